"""``policyaudit read``: the provisions of a document as the program sees them, for a person to check."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policyaudit import codes, corpus
from policyaudit.cli import matrix, table
from policyaudit.cli.options import KIND, LANGUAGE, MANIFEST, PATH, REPORT_LANGUAGE, checked, iso_date, report_language
from policyaudit.cli.recognising import reading_options, shown
from policyaudit.errors import UsageError
from policyaudit.model import Document, Fact, Failure, Provision

if TYPE_CHECKING:
    from policyaudit.run import Manner

WIDTH = 100  # characters of a provision shown without --full
SHOWN = ("outline", "text", "tables", "json")  # what is printed here; the other forms are files, see report/readings
SPEAKS = "html"  # the form with sentences of our own; the others are for programs and for checking in a terminal
ENDINGS = {"outline": ".txt", "text": ".txt", "tables": ".txt", "json": ".json"}


@click.command(epilog="Example: policyaudit read law.pdf --format html --out law.html")
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@MANIFEST
@KIND
@LANGUAGE
@reading_options
@click.option("--as-of", metavar="DATE", help="Warn of a plan whose period had ended at this date.")
@click.option("--format", "form", metavar="FORM", help="outline, text, tables, json, akn or html.  [default: outline]")
@REPORT_LANGUAGE
@click.option("--out", type=PATH, metavar="FILE|DIR", help="Where it goes; a folder for several documents.  [default: stdout]")
@click.option("--full", is_flag=True, help="In the outline the whole text of every provision, not only its beginning.")
@click.option("--text", "as_text", is_flag=True, help="The same as --format text.")
@click.option("--tables", "as_tables", is_flag=True, help="The same as --format tables.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def read(
    paths: tuple[Path, ...],
    manifest: Path | None,
    kind: str | None,
    language: str | None,
    manner: Manner,
    as_of: str | None,
    form: str | None,
    spoken: str,
    out: Path | None,
    full: bool,
    as_text: bool,
    as_tables: bool,
    as_json: bool,
) -> int:
    """Show how documents are read, to check it.

    \b
    outline  each provision on a line: its page, its place, the kind of its text, its beginning
    text     only the text as read, into which all offsets count
    tables   only the tables: each row, its cells under their heads
    json     the document as the run folder keeps it
    akn      Akoma Ntoso 3.0 XML
    html     a page with provisions, kinds of text and warnings in colour

    Behind the page of a scan stands how sure text recognition is, from 0 to 1. Text that binds nobody is marked with its
    kind: title, contents, preamble, heading, note, quoted, repealed. Several documents, or a folder, are summed up in a line
    each. Exit code: 0 all read, 1 some cannot be read, 2 wrong usage.
    """
    from policyaudit import run

    chosen = _chosen(form, {"text": as_text, "tables": as_tables, "json": as_json}, tuple(run.forms()))
    speaking = report_language(spoken, run.report_languages())
    if speaking != "en" and chosen != SPEAKS:
        raise UsageError(f"--report-language is for the page that a person reads: give --format {SPEAKS} with it")
    day = checked("--as-of", iso_date, as_of)
    found = corpus.gather(
        paths,
        endings=run.endings(),
        manifest=manifest,
        kind=checked("--kind", codes.kind, kind),
        language=checked("--language", codes.language, language),
    )
    for note in found.notes:
        click.echo(table.plain(note), err=True)
    failures = list(found.failures)
    several = len(found.sources) + len(failures) > 1 or any(path.is_dir() for path in paths)
    if several and chosen and out is None:
        raise UsageError(f"--format {chosen} of several documents goes into a folder: name it with --out")
    if several and out is not None:
        run.prepare(out)
    stems = corpus.stems(found.sources)
    rows = []
    for source in found.sources:
        with shown(manner) as seen:
            outcome = run.read(source, seen, day)
        if isinstance(outcome, Failure):
            failures.append(outcome if several else replace(outcome, name=str(paths[0])))
            continue
        if several:
            rows.append(_summary(outcome))
        if out is not None or not several:
            data = _written(outcome, chosen or "outline", full, speaking)
            _put(data, _place(out, stems[source.name], _ending(chosen or "outline")) if several else out)
    if rows:
        click.echo(table.lines(_COLUMNS, rows), err=out is not None)
    for failure in failures:
        click.echo(f"{table.plain(failure.name)}: {table.plain(failure.message)}", err=True)
    return 1 if failures or not found.sources else 0


_COLUMNS = ("Document", "Kind", "Language", "Status", "Pages", "Provisions", "Legibility", "Warnings", "Title")


def _summary(document: Document) -> list[str]:
    """A document as a line; what was guessed is marked with a question mark."""
    doubt = {name: "?" if name in document.guessed else "" for name in ("kind", "language", "status")}
    return [
        table.shortened(document.name, 44),
        f"{document.kind}{doubt['kind']}",
        f"{document.language}{doubt['language']}",
        f"{document.status or '-'}{doubt['status']}",
        str(len(document.pages) or "-"),
        str(len(document.provisions)),
        "-" if document.legibility is None else f"{document.legibility:.0%}",
        str(len(document.warnings)),
        table.shortened(document.title, 50),
    ]


def _chosen(form: str | None, flags: dict[str, bool], forms: tuple[str, ...]) -> str | None:
    """The form asked for, None if none was. Raises UsageError for one that does not exist, and for two at once."""
    asked = [*([form.lower()] if form else []), *(name for name, given in flags.items() if given)]
    permitted = (*SHOWN, *forms)
    for name in asked:
        if name not in permitted:
            raise UsageError(f"--format: unknown form {name!r}; permitted: {', '.join(permitted)}")
    if len(set(asked)) > 1:
        raise UsageError(f"one form at a time, not {' and '.join(dict.fromkeys(asked))}")
    return asked[0] if asked else None


def _ending(form: str) -> str:
    from policyaudit import run

    return ENDINGS.get(form) or run.forms()[form]


def _place(out: Path | None, stem: str, ending: str) -> Path:
    assert out is not None  # several documents are written into a folder
    return out.joinpath(*stem.split("/")[:-1], stem.split("/")[-1] + ending)


def _put(data: bytes, place: Path | None) -> None:
    """Write to the file, or to stdout where there is none. Raises UsageError if the file cannot be written."""
    if place is None:
        click.echo(data, nl=False)
        return
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    except OSError as fault:
        raise UsageError(f"{place}: cannot be written ({fault.strerror}); choose another with --out") from None


def _written(document: Document, form: str, full: bool, language: str) -> bytes:
    from policyaudit import run

    if form not in SHOWN:
        return run.written(document, form, language=language)
    if form == "json":
        lines = [json.dumps(asdict(document), ensure_ascii=False, indent=1)]
    elif form == "tables":
        lines = list(matrix.lines(document))
    elif form == "text":
        lines = [table.plain(line) for line in document.text.split("\n")]
    else:
        lines = list(_outline(document, full))
    return "".join(f"{line}\n" for line in lines).encode("utf-8", errors="backslashreplace")


def _outline(document: Document, full: bool) -> Iterator[str]:
    guess = {name: " (guessed)" if name in document.guessed else "" for name in ("kind", "language", "title", "year", "status")}
    yield f"title      {table.plain(document.title)}{guess['title']}"
    yield f"kind       {document.kind}{guess['kind']}"
    yield f"language   {document.language}{guess['language']}"
    if document.status:
        yield f"status     {table.plain(document.status)}{guess['status']}"
    if document.year:
        yield f"year       {document.year}{guess['year']}"
    for fact in document.facts:
        if fact.name in ("number", "date", "period", "consolidated_to", "jurisdiction"):
            yield f"{fact.name.replace('consolidated_to', 'up to'):10.10} {table.plain(fact.value)}{_origin(document, fact)}"
    pages = f", {len(document.pages)} pages" if document.pages else ""
    yield f"read as    {document.format}{pages}, {len(document.text)} characters, {len(document.provisions)} provisions"
    if document.legibility is not None:
        yield f"legibility {document.legibility:.2f}{_weakest(document)}"
    for warning in document.warnings:
        yield f"warning    {table.plain(warning)}"
    yield ""
    starts = [page.start for page in document.pages]
    for provision in document.provisions:
        yield _line(document, provision, starts, full)


def _origin(document: Document, fact: Fact) -> str:
    """Where a fact was read, in brackets; "" where a person said it."""
    if fact.origin == "manifest":
        return ""
    if fact.start is None or fact.end is None:
        return f" ({fact.origin})"
    words = table.plain(document.text[fact.start : fact.end])
    page = bisect_right([page.start for page in document.pages], fact.start) if document.pages else 0
    return f" ({f'p. {document.pages[max(page - 1, 0)].number}' if page else 'text'}: “{words[:WIDTH]}”)"


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
