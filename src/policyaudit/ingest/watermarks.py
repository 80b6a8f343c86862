"""What the words that stand large behind the text of a page say of the document's status."""

from __future__ import annotations

import re

from policyaudit.ingest.numbering import fold
from policyaudit.languages import grammar_of, languages


def status_of(mark: str) -> str | None:
    """The status that a watermark states in any language that is known ("draft"); None for "CONFIDENTIAL" and the like."""
    said = f" {re.sub(r'[^a-z]+', ' ', fold(mark))} "
    for language in languages():
        for status, words in grammar_of(language).watermarks.items():
            if any(f" {fold(word)} " in said for word in words):
                return status
    return None
