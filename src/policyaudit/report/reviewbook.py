"""The workbook of a reviewer: written for one, and read when it comes back."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from policyaudit.errors import UsageError
from policyaudit.looking import ToReview
from policyaudit.model import Results
from policyaudit.report import sentences
from policyaudit.report.formats.xlsx import returned, review
from policyaudit.report.formats.xlsx.returned import Entry as Entry
from policyaudit.report.translation import translation

MOST = review.MOST
read = returned.entries


def write(results: Results, chosen: Sequence[ToReview], path: Path, language: str) -> None:
    """Write a workbook of the chosen rows in a language of the reports, whole or not at all. Raises UsageError."""
    words = translation(language)
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            review.write(sentences.in_language(results, words), chosen, part, words)
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(
            f"cannot write {path}: {error.strerror or error}; close the file if it is open, or choose another with --out"
        ) from error
