"""What ``policyaudit audit`` says at its end: the table and what to look at, or the same as JSON."""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from policyaudit import codes
from policyaudit.cli import table
from policyaudit.model import Card, Document, Results, Status

COUNTED = (Status.MET, Status.PARTLY, Status.NOT_FOUND, Status.CONTRADICTED, Status.UNSCORED)
WARNINGS = 12  # lines of them; all stand in the reports
WIDTH = 100  # columns of the table, where the terminal is not wider
NARROWEST = 20  # columns left to a document's name, however wide the rest is
HEAD = ("document", "kind", "lang.", "provi-\nsions", "met", "partly", "not\nfound", "contra-\ndicted", "cover-\nage")


def as_json(results: Results, folder: Path, reports: Sequence[Path]) -> None:
    """The summary on stdout and nothing else there; failures on stderr too."""
    _failures(results)
    summary = {
        "folder": str(folder),
        "reports": [str(path) for path in reports],
        "documents": _rows(results),
        "failures": [{"document": failure.name, "message": failure.message} for failure in results.failures],
    }
    click.echo(json.dumps(summary, ensure_ascii=False, indent=1).encode("utf-8", errors="backslashreplace"))


def in_words(results: Results, folder: Path, reports: Sequence[Path]) -> None:
    """Warnings, then the table, then what failed and where the reports are: what matters most stands last."""
    warnings = [f"{document.name}: {warning}" for document in results.documents for warning in document.warnings]
    for warning in warnings[:WARNINGS]:
        click.echo(f"warning: {table.plain(warning)}", err=True)
    if len(warnings) > WARNINGS:
        click.echo(f"and {len(warnings) - WARNINGS} more warnings, which stand in the reports", err=True)
    rows = _rows(results)
    if rows:
        click.echo(table.lines(HEAD, _fitted([_cells(row) for row in rows])))
        for note in _notes(results):
            click.echo(note)
        click.echo()
    _failures(results)
    click.echo(f"{len(rows)} assessed, {len(results.failures)} failed")
    for path in reports:
        click.echo(path)
    click.echo(f"{folder}: the run, from which policyaudit report makes further reports")


def _failures(results: Results) -> None:
    for failure in results.failures:
        click.echo(f"{table.plain(failure.name)}: {table.plain(failure.message)}", err=True)


def _notes(results: Results) -> Iterator[str]:
    """What the table does not say of itself, in whole lines."""
    if any({"kind", "language"} & set(document.guessed) for document in results.documents):
        yield "? guessed from the text; if it is wrong, say it with --kind and --language or in a manifest"
    bare = Counter(
        document.language for document, card in zip(results.documents, results.cards, strict=True) if not _scored(card)
    )
    if bare:
        names = ", ".join(codes.language_named(code) for code in sorted(bare))
        several = "1 document was" if bare.total() == 1 else f"{bare.total()} documents were"
        yield f"– {several} read, but nothing could be judged; the reports say why; language: {names}"
    if len(results.documents) > 1 and not any(document.country for document in results.documents):
        yield "no country was named, so none has a result of its own; say it with --country or in a manifest"
    partial = {s.section for card in results.cards for s in card.sections if s.applicable and not s.scored}
    judged = dict.fromkeys(s.section for card in results.cards for s in card.sections if s.scored)
    if partial and judged:
        yield f"coverage: criteria judged of those applicable; there are terms for {', '.join(judged)} so far"


def _scored(card: Card) -> int:
    return sum(section.scored for section in card.sections)


def _rows(results: Results) -> list[dict[str, Any]]:
    return [_row(document, card) for document, card in zip(results.documents, results.cards, strict=True)]


def _row(document: Document, card: Card) -> dict[str, Any]:
    """The line of a document in the summary. ``coverage``: scored of applicable criteria, None where none is applicable."""
    totals = {str(status): sum(section.counts.get(status, 0) for section in card.sections) for status in COUNTED}
    applicable = sum(section.applicable for section in card.sections)
    return {
        "document": document.name,
        "kind": str(document.kind),
        "language": document.language,
        "guessed": list(document.guessed),
        "provisions": len(document.provisions),
        **totals,
        "scored": _scored(card),
        "coverage": round(_scored(card) / applicable, 4) if applicable else None,
        "sections": [
            {"section": s.section, "score": s.score, "scored": s.scored, "applicable": s.applicable} for s in card.sections
        ],
        "warnings": list(document.warnings),
    }


def _cells(row: dict[str, Any]) -> list[str]:
    guess = {name: "?" if name in row["guessed"] else "" for name in ("kind", "language")}
    # Where nothing was judged, a count of 0 would look like a judgement.
    counts = [str(row[status]) if row["scored"] else "–" for status in COUNTED[:-1]]
    coverage = "–" if row["coverage"] is None else f"{row['coverage']:.0%}"
    first = [row["document"], row["kind"] + guess["kind"], row["language"] + guess["language"], str(row["provisions"])]
    return [*first, *counts, coverage]


def _fitted(rows: list[list[str]]) -> list[list[str]]:
    """The rows with their documents' names shortened to what the other columns leave of the width."""
    wide = max(WIDTH, shutil.get_terminal_size().columns) if sys.stdout.isatty() else WIDTH
    rest = sum(
        2 + max(max(len(row[column]) for row in rows), *(len(line) for line in HEAD[column].split("\n")))
        for column in range(1, len(HEAD))
    )
    return [[table.shortened(row[0], max(wide - rest, NARROWEST)), *row[1:]] for row in rows]


def decisions(counts: Mapping[str, int], folder: Path) -> None:
    """What reviewers decided of these documents before; nothing where nobody did."""
    if counts:
        click.echo(
            f"decisions of reviewers: {counts['holding']} hold and stand in the reports (the table shows what the machine "
            f"found), {counts['reopened']} must be made again, {counts['disputed']} elements are disputed"
        )
    if counts.get("reopened") or counts.get("disputed"):
        click.echo(f"policyaudit review export {folder} --out FILE.xlsx lists what needs a look")
