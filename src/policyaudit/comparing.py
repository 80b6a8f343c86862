"""The corridor of ``policyaudit compare``: run folders -> store -> comparison -> report.

Only what a run says of its countries is read (run.json and rubric.json); the documents and their cards stay closed, unless
reviewers decided something of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from policyaudit import comparison, reviewing, store
from policyaudit.comparison import Comparison, Known, Run
from policyaudit.errors import UsageError
from policyaudit.report import comparisons
from policyaudit.report.sentences import rubric_in_language
from policyaudit.report.translation import Translation, translation


def compare(
    folders: Sequence[Path], *, threshold: float = comparison.THRESHOLD, mix_versions: bool = False, language: str = "en"
) -> Comparison:
    """The countries of the runs in these folders side by side, the rubric's titles in the language given. Raises UsageError
    where they cannot be compared."""
    words = translation(language)
    runs = [_run(folder, words) for folder in dict.fromkeys(folders)]
    compared = comparison.compare(runs, threshold=threshold, mix_versions=mix_versions)
    if not compared.places:
        names = ", ".join(str(folder) for folder in folders)
        raise UsageError(f"{names}: no country to compare; give --country to the audit, or a manifest with the column country")
    return compared


def write(
    compared: Comparison, folder: Path, names: Iterable[str] = comparisons.NAMES, *, language: str = "en"
) -> tuple[Path, ...]:
    """Write the workbook and the page in a language; their paths. Raises UsageError if that fails."""
    return comparisons.write(compared, folder, names, words=translation(language))


def _run(folder: Path, words: Translation) -> Run:
    head = store.heading(folder)
    cards = tuple(comparison.lean(card) for card in reviewing.countries(folder))
    known = tuple(Known(one.name, one.country, one.jurisdiction, one.kind, one.title) for one in head.documents)
    return Run(str(folder), head.run, rubric_in_language(store.rubric(folder), words), cards, known, head.failures)
