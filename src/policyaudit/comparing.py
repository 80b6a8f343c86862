"""The corridor of ``policyaudit compare``: run folders -> store -> comparison -> report.

Only what a run says of its countries is read (run.json and rubric.json); the documents and their cards stay closed, unless
reviewers decided something of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from policyaudit import comparison, reviewing, store
from policyaudit.comparison import Comparison, Known, Run
from policyaudit.errors import UsageError
from policyaudit.report.comparisons import write as write


def compare(folders: Sequence[Path], *, threshold: float = comparison.THRESHOLD, mix_versions: bool = False) -> Comparison:
    """The countries of the runs in these folders side by side. Raises UsageError where they cannot be compared."""
    runs = [_run(folder) for folder in dict.fromkeys(folders)]
    compared = comparison.compare(runs, threshold=threshold, mix_versions=mix_versions)
    if not compared.places:
        names = ", ".join(str(folder) for folder in folders)
        raise UsageError(f"{names}: no country to compare; give --country to the audit, or a manifest with the column country")
    return compared


def _run(folder: Path) -> Run:
    head = store.index(folder)
    known = tuple(Known(one.name, one.country, one.jurisdiction, one.kind, one.title) for one in head.documents)
    return Run(str(folder), head.run, store.rubric(folder), reviewing.countries(folder), known, head.failures)
