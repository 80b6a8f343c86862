"""scorecard.xlsx: the workbook in which a reviewer goes through the findings. The same results give the same bytes."""

from __future__ import annotations

from pathlib import Path

from policyaudit.model import Results
from policyaudit.report.formats.xlsx import bound, sheets, summary
from policyaudit.report.translation import ENGLISH, Translation

FORMAT = "xlsx"
FILENAME = "scorecard.xlsx"


def write(results: Results, path: Path, words: Translation = ENGLISH) -> None:
    """Write the workbook."""
    book = bound.new(summary.title(results, words), results.run.package_version)
    sheets.fill(book, results, words)
    bound.save(book, path)
