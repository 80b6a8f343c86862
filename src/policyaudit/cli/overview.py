"""What ``policyaudit corpus`` says at its end: what was proposed, and what a corpus can be judged on."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from policyaudit import codes
from policyaudit.cli import table
from policyaudit.inventory import Coverage, Inventory, Sure
from policyaudit.model import DocumentKind

ROWS = 25  # of each list; all stand in the files
WIDEST = 140
COLUMNS = ("country", "kind", "title", "language", "year", "status")


def proposed(rows: Sequence[Mapping[str, str]], place: Path) -> None:
    """How sure the proposals are, by column, and what to do next."""
    counts = {
        column: Counter(row[f"{column}_proposed"].partition(":")[0] for row in rows if f"{column}_proposed" in row)
        for column in COLUMNS
    }
    lines = [[column, *(str(counts[column][sure] or "-") for sure in Sure)] for column in COLUMNS]
    click.echo(table.lines(["column", *Sure], lines))
    click.echo()
    several = "1 document" if len(rows) == 1 else f"{len(rows)} documents"
    click.echo(f"{place}: {several} described; correct it, first what stands under to_check, then run policyaudit corpus check")


def checked(inventory: Inventory, reports: Iterable[Path]) -> None:
    """What can be judged, then what to look at, then what to fetch, then where all of it stands."""
    click.echo(table.lines(_HEAD, [_row(one) for one in _countries(inventory)]))
    if len(inventory.countries) > ROWS:
        click.echo(f"and {len(inventory.countries) - ROWS} more countries")
    for title, several in _lists(inventory):
        lines = list(several)
        if lines:
            click.echo(f"\n{title} ({len(lines)})")
            for line in lines[:ROWS]:
                click.echo(f"  {table.shortened(line, max(WIDEST, shutil.get_terminal_size().columns) - 2)}")
            if len(lines) > ROWS:
                click.echo(f"  and {len(lines) - ROWS} more")
    click.echo()
    for failure in inventory.failures:
        click.echo(f"{table.plain(failure.name)}: {table.plain(failure.message)}", err=True)
    click.echo(f"{len(inventory.items)} documents read, {len(inventory.failures)} could not be")
    written = list(reports)
    for path in written:
        click.echo(path)
    if not written:
        click.echo("--out DIR writes all of it as a workbook and a page")


_HEAD = ("country", "law", "plan", "budget", "policy", "code", "without\nforce", "criteria\njudged", "would open more")
_SHORT = {
    DocumentKind.LAW: "law",
    DocumentKind.ACTION_PLAN: "plan",
    DocumentKind.BUDGET: "budget",
    DocumentKind.OPERATIONAL_POLICY: "policy",
    DocumentKind.CODE_OF_CONDUCT: "code",
}


def _countries(inventory: Inventory) -> list[tuple[str, ...]]:
    """The first rows of the table; those with most documents first, where not all fit."""
    several = list(inventory.countries)
    if len(several) > ROWS:
        most = sorted(several, key=lambda one: (-one.documents, one.country))[:ROWS]
        several = [one for one in several if one in most]
    return [
        (
            codes.country_named(one.country) if one.country else "no country known",
            *(str(one.kinds[kind] or "-") for kind in DocumentKind),
            str(one.without_force or "-"),
            f"{one.judged}/{one.of}",
            ", ".join(f"{_SHORT[kind]} +{count}" for kind, count in one.opens.items()) or _speechless(one),
        )
        for one in several
    ]


def _row(cells: tuple[str, ...]) -> list[str]:
    return [table.shortened(cells[0], 28), *cells[1:]]


def _lists(inventory: Inventory) -> Iterator[tuple[str, Iterable[str]]]:
    nowhere = [one for one in inventory.uncarried if one.nowhere]
    yield (
        "Criteria that no document at hand could carry",
        (f"{one.criterion} {one.title}: " + ", ".join(_SHORT[kind] for kind in one.kinds) for one in nowhere),
    )
    yield (
        "Languages without terms",
        (f"{codes.language_named(code)}: {_several(names)}" for code, names in inventory.speechless.items()),
    )
    yield (
        "Pages that cannot be read",
        (f"{item.name}: {len(item.unread)} of {item.pages}" for item in inventory.items if item.unread),
    )
    words = {"file": "the same file", "text": "the same text", "near": "nearly the same text"}
    yield (
        "Standing twice",
        (f"{one.first} = {one.second}: {words[one.how]} ({one.share:.0%})" for one in inventory.likenesses),
    )
    yield (
        "Versions of one instrument",
        (
            f"{one.instrument}{'' if one.stated else ' (proposed)'}: {', '.join(one.names)} ({one.why})"
            for one in inventory.versions
        ),
    )
    yield "Drafts, repealed and expired texts", (f"{name}: {why}" for name, why in inventory.outdated.items())
    yield (
        "Where manifest and text differ",
        (f"{name}: {said}" for name, several in inventory.denied.items() for said in several),
    )
    yield "Files that the manifest does not name", inventory.unlisted
    yield (
        "What to fetch next: instruments pointed to that are not in the corpus",
        (
            f"{one.country or '-'}  {one.name}: {_often(one.times)} in {_several([name for name, _, _ in one.sources])}"
            for one in inventory.wanted
        ),
    )


def _speechless(one: Coverage) -> str:
    """Said of a country in whose languages nothing can be judged, whatever documents it had."""
    return "" if one.judged else "(no terms in its languages)"


def _often(times: int) -> str:
    return "once" if times == 1 else f"{times} times"


def _several(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{len(names)} documents, such as {names[0]}"
