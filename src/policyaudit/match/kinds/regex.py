"""Regular expressions, tried on the text of a sentence in which the term's anchor stands."""

from __future__ import annotations

import re
from collections.abc import Iterator


def find(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Character ranges of the matches within ``text[start:end]``."""
    for match in pattern.finditer(text, start, end):
        if match.end() > match.start():
            yield match.start(), match.end()
