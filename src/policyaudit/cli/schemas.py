"""``policyaudit schema``: what the JSON files of a run hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from policyaudit.errors import UsageError


def emit(schemas: dict[str, Any], name: str | None, out: Path | None) -> None:
    """Print one schema, or all by name; or write each as NAME.json into a folder. Raises UsageError for an unknown name."""
    if name is not None and name not in schemas:
        raise UsageError(f"no schema {name!r}; there are {', '.join(schemas)}")
    chosen = schemas if name is None else {name: schemas[name]}
    if out is None:
        click.echo(json.dumps(chosen if name is None else schemas[name], ensure_ascii=False, indent=1))
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
        for key, value in chosen.items():
            text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
            (out / f"{key}.json").write_bytes(text.encode())
            click.echo(out / f"{key}.json")
    except OSError as fault:
        raise UsageError(f"{out}: cannot be written ({fault.strerror})") from None


@click.command(epilog="Example: policyaudit schema card")
@click.argument("name", required=False)
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Write each schema as a file into this folder.")
def schema(name: str | None, out: Path | None) -> int:
    """Print the JSON Schema of a run's files.

    NAME is card, document or run; all three are printed if it is not given.
    """
    from policyaudit import run

    emit(run.schema(), name, out)
    return 0
