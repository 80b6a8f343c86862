"""The workbook of a reviewer: written for one, and read when it comes back."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from policyaudit.agreement import Disagreement
from policyaudit.errors import UsageError
from policyaudit.looking import ToReview
from policyaudit.model import Results
from policyaudit.report import sentences
from policyaudit.report.formats.xlsx import adjudication, returned, review
from policyaudit.report.formats.xlsx.returned import Entry as Entry
from policyaudit.report.translation import Translation, translation

MOST = review.MOST
read = returned.entries


def write(results: Results, chosen: Sequence[ToReview], path: Path, language: str) -> None:
    """Write a workbook of the chosen rows in a language of the reports, whole or not at all. Raises UsageError."""
    _whole(results, path, language, lambda told, part, words: review.write(told, chosen, part, words))


def adjudicate(results: Results, several: Sequence[Disagreement], path: Path, language: str) -> None:
    """Write a workbook in which disagreements are settled; otherwise as ``write``."""
    _whole(results, path, language, lambda told, part, words: adjudication.write(told, several, part, words))


def _whole(results: Results, path: Path, language: str, fill: Callable[[Results, Path, Translation], None]) -> None:
    words = translation(language)
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.touch()  # a folder that cannot be written is known before the work
        try:
            fill(sentences.in_language(results, words), part, words)
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(
            f"cannot write {path}: {error.strerror or error}; close the file if it is open, or choose another with --out"
        ) from error
