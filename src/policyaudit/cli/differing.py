"""``policyaudit diff``: what two runs say differently."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policyaudit.cli import table
from policyaudit.cli.deciding import passage
from policyaudit.cli.options import RUN

if TYPE_CHECKING:
    from policyaudit.difference import Change, Difference

SIGNS = {"gained": "+", "lost": "-", "moved": "~", "status": "!"}


@click.command(epilog="Example: policyaudit diff reports/before reports/after")
@click.argument("run_a", type=RUN)
@click.argument("run_b", type=RUN)
@click.option("--moved", is_flag=True, help="Also list what is found in both, but on another passage.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "csv", "json")),
    default="text",
    show_default=True,
    help="csv: one row a change, with both quotations verbatim.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def diff(run_a: Path, run_b: Path, moved: bool, form: str, as_json: bool) -> int:
    """List findings gained, lost and changed from the run in folder RUN_A to that in RUN_B.

    "+" gained, "-" lost, "~" found on another passage, "!" judged in one of the runs only. An opposite (x1, x2) that is
    gained is a contradiction. Two versions of one instrument (column instrument of the manifest) are compared with each other.
    Countries follow the documents: what they gained and lost by all of them together.

    Exit code: 0 compared, 2 one of the folders holds no run.
    """
    from policyaudit import run

    difference = run.difference(run_a, run_b)
    if form == "csv":
        click.echo(_csv(difference, moved).encode("utf-8", errors="replace"), nl=False)
        return 0
    if as_json or form == "json":
        click.echo(json.dumps(asdict(difference), ensure_ascii=False, indent=1).encode("utf-8", errors="backslashreplace"))
        return 0
    for line in _lines(difference, moved):
        click.echo(line)
    return 0


def _lines(difference: Difference, moved: bool) -> Iterator[str]:
    yield from difference.notes
    for what, names in (
        ("only in the first run", difference.only_before),
        ("only in the second run", difference.only_after),
        ("another file in the second run", difference.other_text),
    ):
        for name in names:
            yield f"{table.plain(name)}: {what}"
    for name, other in difference.versions.items():
        yield f"{table.plain(name)}: compared with {table.plain(other)}, another version of the same instrument"
    for scores, changes in (
        (difference.scores, difference.changes),
        (difference.country_scores, difference.countries),
    ):
        shown = [change for change in changes if moved or change.what != "moved"]
        for name, (before, after) in scores.items():
            several = [change for change in shown if change.document == name]
            if several:
                yield ""
                yield f"{table.plain(name)}: mean score {_score(before)} -> {_score(after)}"
                for change in several:
                    yield from _change(change)
    counts = Counter(change.what for change in difference.changes)
    yield ""
    yield (
        f"{counts['gained']} gained, {counts['lost']} lost, {counts['moved']} on another passage, "
        f"{counts['status']} judged in one run only"
    )


def _change(change: Change) -> Iterator[str]:
    statuses = change.before if change.before == change.after else f"{change.before} -> {change.after}"
    rule = " [rule changed]" if change.rule_changed else ""
    part = f" {change.part}" if change.part else ""
    yield f"  {SIGNS[change.what]} {change.criterion}{part}: {statuses.replace('_', ' ')}{rule}"
    for evidence in (change.old, change.new):
        if evidence is not None:
            yield from passage(evidence, "      ")


def _csv(difference: Difference, moved: bool) -> str:
    """One row a change, of documents and then of countries."""
    passages = [f"{side}_{name}" for side in ("old", "new") for name in ("document", "place", "page", "quote")]
    head = ["level", "subject", "country", "criterion", "part", "what", "before", "after", "rule_changed", *passages]
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(head)
    for level, changes in (("document", difference.changes), ("country", difference.countries)):
        for one in changes:
            if one.what == "moved" and not moved:
                continue
            row: list[object] = [level, one.document, one.country, one.criterion, one.part, one.what, one.before, one.after]
            row.append(int(one.rule_changed))
            for side in (one.old, one.new):
                row += [side.document, side.place, side.page, side.quote] if side else [None] * 4
            rows.writerow(row)
    return text.getvalue()


def _score(score: float | None) -> str:
    return "–" if score is None else f"{score:.2f}"
