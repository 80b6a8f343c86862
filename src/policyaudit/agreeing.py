"""The corridor of ``policyaudit agreement``: a run and the decisions of several reviewers -> how far they agree, and the
workbook in which somebody settles what they disagree on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from policyaudit import reviewfile, reviewing, store
from policyaudit.agreement import Disagreement, Measure, disagreements, measures
from policyaudit.errors import UsageError
from policyaudit.model import Results, Review
from policyaudit.report import reviewbook
from policyaudit.score import reviewed


def load(run: Path, several: Sequence[Path] = ()) -> Results:
    """The results of a run folder with the decisions of these files; with those of its corpus and folder where none is named.
    Raises UsageError where one is not there or is damaged, or one reviewer decides otherwise in two of them: two persons of the
    same initials."""
    if not several:
        return reviewing.load(run)
    found: list[Review] = []
    for path in several:
        more = reviewing.kept(run, path)
        before = {(*one.key, one.reviewer, one.final): one.decision for one in found}
        apart = [one for one in more if before.get((*one.key, one.reviewer, one.final), one.decision) != one.decision]
        if apart:
            told = f"{apart[0].reviewer} decides otherwise here than in the files before, on {len(apart)} elements"
            raise UsageError(f"{path}: {told}; if these are two persons, give each other initials in the column reviewer")
        found = reviewfile.merged(found, more)
    return reviewed.apply(store.load(run), found)


def compare(results: Results) -> tuple[tuple[Measure, ...], tuple[Disagreement, ...]]:
    """How far the reviewers agree with one another and with the machine, and where they do not."""
    return measures(results), disagreements(results)


def adjudicate(results: Results, several: Sequence[Disagreement], out: Path, *, language: str = "en") -> None:
    """Write the workbook of what is to be settled. Raises UsageError where it cannot be written."""
    reviewbook.adjudicate(results, several, out, language)
