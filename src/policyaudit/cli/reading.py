"""``policyaudit read``: the provisions of a document as the program sees them, for a person to check."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policyaudit import codes
from policyaudit.cli import matrix, table
from policyaudit.cli.options import checked
from policyaudit.cli.recognising import reading_options, shown
from policyaudit.errors import UsageError
from policyaudit.model import Document, Failure, Provision, Source

if TYPE_CHECKING:
    from policyaudit.run import Manner

WIDTH = 100  # characters of a provision shown without --full


@click.command(epilog="Example: policyaudit read law.pdf --full | less")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--kind", metavar="KIND", help="law, action_plan, budget, operational_policy or code_of_conduct; guessed if not given."
)
@click.option("--language", metavar="CODE", help="ISO 639-1 code; detected if not given.")
@reading_options
@click.option("--full", is_flag=True, help="The whole text of every provision, not only its beginning.")
@click.option("--text", "as_text", is_flag=True, help="Only the text as read, into which all offsets count.")
@click.option("--tables", "as_tables", is_flag=True, help="Only the tables: each row, its cells under their heads.")
@click.option("--json", "as_json", is_flag=True, help="The document as JSON, as the run folder keeps it.")
def read(
    file: Path,
    kind: str | None,
    language: str | None,
    manner: Manner,
    full: bool,
    as_text: bool,
    as_tables: bool,
    as_json: bool,
) -> int:
    """Print how FILE is read, to check it.

    Each provision stands on a line with its page, its place, the kind of its text and its beginning. Behind the page of a
    scan stands how sure text recognition is, from 0 to 1.
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
    with shown(manner) as seen:
        outcome = run.read(source, seen)
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
    if document.legibility is not None:
        click.echo(f"legibility {document.legibility:.2f}{_weakest(document)}")
    for warning in document.warnings:
        click.echo(f"warning    {table.plain(warning)}")
    click.echo()
    starts = [page.start for page in document.pages]
    for provision in document.provisions:
        click.echo(_line(document, provision, starts, full))


def _weakest(document: Document) -> str:
    """Its least legible page, where that one is worse than the whole."""
    shares = [(page.legibility, page.number) for page in document.pages if page.legibility is not None]
    least, number = min(shares, default=(1.0, 0))
    return f", page {number} {least:.2f}" if least < (document.legibility or 0.0) else ""


def _line(document: Document, provision: Provision, starts: list[int], full: bool) -> str:
    """A provision as one line: where it is, what it is, how it begins."""
    page = ""
    room = 7 if all(page.recognised is None for page in document.pages) else 15
    if starts:
        number = bisect_right(starts, provision.start) - 1
        on = document.pages[max(number, 0)]
        page = f"p. {on.number}" if on.recognised is None else f"p. {on.number} ({on.recognised:.2f})"
    text = table.plain(document.text[provision.start : provision.end])
    if not full and len(text) > WIDTH:
        text = text[: WIDTH - 1] + "…"
    kind = "" if provision.kind == "operative" else f"[{provision.kind}] "
    return f"{page:{room}}{'  ' * provision.level}{table.plain(provision.path)} · {provision.unit} · {kind}{text}"
