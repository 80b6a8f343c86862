"""What options mean, the same in every command."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import click

from policyaudit.errors import UsageError
from policyaudit.places import fetched, is_url
from policyaudit.rubricfolder import DEFAULT

T = TypeVar("T")

PATH = click.Path(path_type=Path)


class Run(click.ParamType):  # type: ignore[type-arg]
    """A run folder; one in an object store is copied to this machine for as long as the command works."""

    name = "RUN"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        text = str(value)
        if not is_url(text):
            return Path(text)
        assert ctx is not None
        copy = fetched(text, Path(ctx.with_resource(tempfile.TemporaryDirectory(prefix="policyaudit-"))))
        ctx.meta.setdefault(REMOTE, text)
        return copy


RUN = Run()
REMOTE = "policyaudit.remote"  # in the context's meta: the URL that the (first) run was copied from


def called(run_folder: Path) -> str:
    """What the user called the run."""
    return str(click.get_current_context().meta.get(REMOTE, run_folder))


def must_say(option: str, value: object) -> None:
    """Raises UsageError where a run was copied from an object store and no option says where on this machine the outcome
    goes."""
    url = click.get_current_context().meta.get(REMOTE)
    if url and value is None:
        raise UsageError(f"{url}: say with {option} where on this machine the outcome goes")


FORMATS = ("xlsx", "html", "json", "csv", "parquet", "docx", "jsonld")  # those of report/formats, in the order of the help

MANIFEST = click.option("--manifest", type=PATH, help="CSV with columns file, country, kind, title, language, year, status.")
KIND = click.option(
    "--kind", metavar="KIND", help="law, action_plan, budget, operational_policy or code_of_conduct; guessed if not given."
)
LANGUAGE = click.option("--language", metavar="CODE", help="ISO 639-1 code; detected if not given.")
RUBRIC = click.option(
    "--rubric", "rubric_name", default=DEFAULT, show_default=True, metavar="ID|DIR", help="The rubric to audit against."
)
SECTION = click.option(
    "--section", "sections", multiple=True, metavar="ID", help="Only this section of the rubric; may be given again."
)
FORMAT = click.option(
    "--format",
    "formats",
    multiple=True,
    default=["xlsx,html"],
    show_default=True,
    metavar="LIST",
    help=f"{', '.join(FORMATS)}.",
)
REPORT_LANGUAGE = click.option(
    "--report-language", "spoken", default="en", show_default=True, metavar="CODE", help="Of the reports: en, es, fr or pt."
)

REVIEWS = click.option(
    "--reviews",
    type=PATH,
    metavar="FILE",
    help="The decisions.  [default: reviews.csv beside the manifest of the run's corpus; without a manifest, in the run folder]",
)


def say_astray(run_folder: Path) -> None:
    """Say on stderr where the decisions on a run cannot be found, since it was moved away from its corpus."""
    from policyaudit import reviewing

    folder = reviewing.astray(run_folder)
    if folder:
        click.echo(
            f"{run_folder}: the corpus of this run is not at {folder}; decisions that its reviews.csv holds are not used. "
            "Move the run folder back, or name the file of decisions.",
            err=True,
        )


def checked(option: str, read: Callable[[str], T], value: str | None) -> T | None:
    """The value as ``read`` understands it, None if the option was not given. Raises UsageError with what is permitted."""
    try:
        return None if value is None else read(value)
    except ValueError as fault:
        raise UsageError(f"{option}: {fault}") from None


def iso_date(text: str) -> str:
    """A date such as 2026-06-30. Raises ValueError that says what is permitted."""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise ValueError(f"{text.strip()!r} is not a date; permitted: YYYY-MM-DD such as 2026-06-30") from None


def today() -> str:
    """The date of this day. The only clock in the program; what it says is kept in run.json, so that a run can be repeated."""
    return date.today().isoformat()


def listed(values: Sequence[str]) -> list[str]:
    """The values of an option that may be given again or hold a list (``-x a -x b``, ``-x a,b``), each once."""
    return list(dict.fromkeys(part.strip() for value in values for part in value.split(",") if part.strip()))


def report_language(value: str, permitted: Sequence[str]) -> str:
    """The language that reports are asked for in. Raises UsageError with those there are."""
    code = value.strip().lower()
    if code not in permitted:
        raise UsageError(f"--report-language: no reports in {value.strip()!r}; permitted: {', '.join(permitted)}")
    return code


def formats(values: Sequence[str], permitted: Sequence[str]) -> list[str]:
    """The report formats asked for. Raises UsageError with those there are."""
    names = [name.lower() for name in listed(values)]
    for name in names:
        if name not in permitted:
            raise UsageError(f"--format: unknown format {name!r}; permitted: {', '.join(permitted)}")
    return names
