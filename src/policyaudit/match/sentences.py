"""Sentences within the own text of each provision. A label with its heading is a sentence of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyaudit.model import Document

_END = re.compile(r"[.!?…][\"”»’)\]]*\s+(?=[\"“«‘(\[¿¡]*[A-ZÀ-ÖØ-Þ0-9•])")
_LAST_WORD = re.compile(r"(\w+)\.?$")
_NUMBERED = re.compile(r"\d+$")


def spans(document: Document, abbreviations: frozenset[str]) -> Iterator[tuple[int, int, int, bool]]:
    """(start, end, provision, is heading) of each sentence, in order, without white space at the ends."""
    for provision in document.provisions:
        if provision.body > provision.start:
            yield from _trim(document.text, provision.start, provision.body, provision.index, True)
        for start, end in _split(document.text, provision.body, provision.end, abbreviations):
            yield from _trim(document.text, start, end, provision.index, False)


def _split(text: str, start: int, end: int, abbreviations: frozenset[str]) -> Iterator[tuple[int, int]]:
    at = start
    for match in _END.finditer(text, start, end):
        before = _LAST_WORD.search(text, max(at, match.start() - 20), match.start())
        word = before.group(1).lower() if before else ""
        if text[match.start()] == "." and (word in abbreviations or len(word) == 1 or (_NUMBERED.match(word) and len(word) < 3)):
            continue
        yield at, match.end()
        at = match.end()
    if at < end:
        yield at, end


def _trim(text: str, start: int, end: int, provision: int, heading: bool) -> Iterator[tuple[int, int, int, bool]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield start, end, provision, heading
