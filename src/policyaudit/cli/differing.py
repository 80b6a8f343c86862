"""``policyaudit diff``: what two runs say differently."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policyaudit.cli import table
from policyaudit.cli.deciding import passage

if TYPE_CHECKING:
    from policyaudit.difference import Change, Difference

SIGNS = {"gained": "+", "lost": "-", "moved": "~", "status": "!"}
PATH = click.Path(path_type=Path)


@click.command(epilog="Example: policyaudit diff reports/before reports/after")
@click.argument("run_a", type=PATH)
@click.argument("run_b", type=PATH)
@click.option("--moved", is_flag=True, help="Also list what is found in both, but on another passage.")
@click.option("--json", "as_json", is_flag=True, help="The differences as JSON on stdout.")
def diff(run_a: Path, run_b: Path, moved: bool, as_json: bool) -> int:
    """List findings gained, lost and changed from the run in folder RUN_A to that in RUN_B.

    "+" gained, "-" lost, "~" found on another passage, "!" judged in one of the runs only. An opposite (x1, x2) that is
    gained is a contradiction. Exit code: 0 compared, 2 one of the folders holds no run.
    """
    from policyaudit import run

    difference = run.difference(run_a, run_b)
    if as_json:
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
    shown = [change for change in difference.changes if moved or change.what != "moved"]
    for name, (before, after) in difference.scores.items():
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
    yield f"  {SIGNS[change.what]} {change.criterion}{f' {change.part}' if change.part else ''}: {statuses.replace('_', ' ')}"
    for evidence in (change.old, change.new):
        if evidence is not None:
            yield from passage(evidence, "      ")


def _score(score: float | None) -> str:
    return "–" if score is None else f"{score:.2f}"
