"""``policyaudit read``: the provisions of a document as the program sees them, for a person to check."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import asdict
from pathlib import Path

import click

from policyaudit import codes
from policyaudit.cli import matrix, table
from policyaudit.cli.options import changes_option, checked
from policyaudit.errors import UsageError
from policyaudit.model import Document, Failure, Provision, Source

WIDTH = 100  # characters of a provision shown without --full


@click.command(epilog="Example: policyaudit read law.pdf --full | less")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--kind", metavar="KIND", help="law, action_plan, budget, operational_policy or code_of_conduct; guessed if not given."
)
@click.option("--language", metavar="CODE", help="ISO 639-1 code; detected if not given.")
@changes_option
@click.option("--full", is_flag=True, help="The whole text of every provision, not only its beginning.")
@click.option("--text", "as_text", is_flag=True, help="Only the text as read, into which all offsets count.")
@click.option("--tables", "as_tables", is_flag=True, help="Only the tables: each row, its cells under their heads.")
@click.option("--json", "as_json", is_flag=True, help="The document as JSON, as the run folder keeps it.")
def read(
    file: Path,
    kind: str | None,
    language: str | None,
    changes: str,
    full: bool,
    as_text: bool,
    as_tables: bool,
    as_json: bool,
) -> int:
    """Print how FILE is read, to check it.

    Each provision stands on a line with its page, its place, the kind of its text and its beginning.
    Text that binds nobody is marked with its kind: title, contents, preamble, heading, note, quoted, repealed. Exit code:
    0 read, 1 cannot be read, 2 wrong usage.
    """
    from policyaudit import run

    if not file.exists():
        raise UsageError(f"{file}: no such file")
    if file.is_dir():
        raise UsageError(f"{file}: is a folder; policyaudit read takes one file")
    source = Source(
        str(file), file.name, kind=checked("--kind", codes.kind, kind), language=checked("--language", codes.language, language)
    )
    outcome = run.read(source, run.Manner(changes=changes))
    if isinstance(outcome, Failure):
        click.echo(f"{file}: {table.plain(outcome.message)}", err=True)
        return 1
    if as_json:
        click.echo(json.dumps(asdict(outcome), ensure_ascii=False, indent=1).encode("utf-8", errors="backslashreplace"))
    elif as_tables:
        for line in matrix.lines(outcome):
            click.echo(line)
    elif as_text:
        click.echo("\n".join(table.plain(line) for line in outcome.text.split("\n")))
    else:
        _print(outcome, full)
    return 0


def _print(document: Document, full: bool) -> None:
    guess = {name: " (guessed)" if name in document.guessed else "" for name in ("kind", "language", "title", "year")}
    click.echo(f"title      {table.plain(document.title)}{guess['title']}")
    click.echo(f"kind       {document.kind}{guess['kind']}")
    click.echo(f"language   {document.language}{guess['language']}")
    if document.year:
        click.echo(f"year       {document.year}{guess['year']}")
    pages = f", {len(document.pages)} pages" if document.pages else ""
    click.echo(f"read as    {document.format}{pages}, {len(document.text)} characters, {len(document.provisions)} provisions")
    for warning in document.warnings:
        click.echo(f"warning    {table.plain(warning)}")
    click.echo()
    starts = [page.start for page in document.pages]
    for provision in document.provisions:
        click.echo(_line(document, provision, starts, full))


def _line(document: Document, provision: Provision, starts: list[int], full: bool) -> str:
    """A provision as one line: where it is, what it is, how it begins."""
    page = ""
    if starts:
        number = bisect_right(starts, provision.start) - 1
        page = f"p. {document.pages[max(number, 0)].number}"
    text = table.plain(document.text[provision.start : provision.end])
    if not full and len(text) > WIDTH:
        text = text[: WIDTH - 1] + "…"
    kind = "" if provision.kind == "operative" else f"[{provision.kind}] "
    return f"{page:7}{'  ' * provision.level}{table.plain(provision.path)} · {provision.unit} · {kind}{text}"
