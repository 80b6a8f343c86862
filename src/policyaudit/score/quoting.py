"""A reviewer's quotation in the text: where it stands, whatever became of its spaces, hyphens and quotation marks on the way
through a clipboard; and the passage most like it, where it does not stand there. What is cited is always the text's own slice.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache

from rapidfuzz import fuzz, process

from policyaudit.model import Document, Evidence

_LONGEST_NEAREST = 400  # characters of a passage that is offered instead


class Letters:
    """A text by its letters and digits alone, each with its offset: what a quotation is compared by."""

    def __init__(self, text: str) -> None:
        self.text = text
        letters: list[str] = []
        offsets: list[int] = []
        for at, sign in enumerate(text):
            for letter in _letters(sign):
                letters.append(letter)
                offsets.append(at)
        self._letters, self._offsets = "".join(letters), offsets

    def places(self, quotation: str) -> list[tuple[int, int]]:
        """Where the quotation stands in the text, as ``(start, end)``; empty if nowhere, or if it holds no letter."""
        sought = _folded(quotation)
        found = []
        at = self._letters.find(sought) if sought else -1
        while at >= 0:
            start, end = self._offsets[at], self._offsets[at + len(sought) - 1] + 1
            if not _joined(self.text, start) and not _joined(self.text, end):
                found.append(_with_ends(self.text, start, end, quotation.strip()))
            at = self._letters.find(sought, at + 1)
        return found


def places(text: str, quotation: str) -> list[tuple[int, int]]:
    """As ``Letters.places``; quick where the quotation stands in the text as it is."""
    at = text.find(quotation) if quotation else -1
    return [(at, at + len(quotation))] if at >= 0 else Letters(text).places(quotation)


def nearest(document: Document, quotation: str) -> Evidence | None:
    """The passage of the document most like a quotation that is not in it: the best part of the provision that holds most of
    it, by Indel similarity (rapidfuzz partial_ratio); None where nothing is like it at all."""
    own = [document.text[p.start : p.end] for p in document.provisions]
    best = process.extractOne(quotation, own, scorer=fuzz.partial_ratio, processor=str.casefold, score_cutoff=50)
    if best is None:
        return None
    provision = document.provisions[best[2]]
    part = fuzz.partial_ratio_alignment(quotation.casefold(), best[0].casefold())
    if part is None or len(best[0].casefold()) != len(best[0]):
        return cited(document, provision.start, min(provision.end, provision.start + _LONGEST_NEAREST))
    start, end = provision.start + part.dest_start, provision.start + part.dest_end
    while start > provision.start and not document.text[start - 1].isspace():
        start -= 1
    while end < provision.end and not document.text[end].isspace():
        end += 1
    return cited(document, start, min(end, start + _LONGEST_NEAREST))


def cited(document: Document, start: int, end: int) -> Evidence:
    """A stretch of the text as evidence: with the provision in which it begins, and its pages."""
    index = max(bisect_right(document.provisions, start, key=lambda one: one.start) - 1, 0)
    provision = document.provisions[index] if document.provisions else None
    pages = [page for page in document.pages if page.start < end and start < max(page.end, page.start + 1)]
    return Evidence(
        document.name,
        start,
        end,
        document.text[start:end],
        provision.path if provision else "",
        pages[0].number if pages else None,
        pages[-1].number if pages else None,
        (min(provision.start, start), max(provision.end, end)) if provision else (start, end),
        recognised=min((page.recognised for page in pages if page.recognised is not None), default=None),
    )


def _folded(text: str) -> str:
    return "".join(_letters(sign) for sign in text)


@cache
def _letters(sign: str) -> str:
    """A character as it is compared: its letters, digits and marks, small, ligatures and accents taken apart."""
    parts = unicodedata.normalize("NFKD", sign.casefold())
    return "".join(part for part in parts if part.isalnum() or unicodedata.category(part).startswith("M"))


def _joined(text: str, at: int) -> bool:
    """Whether a word runs on over this place. Scripts without capital letters may have no space between words."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return all(sign.isdigit() or sign.lower() != sign.upper() for sign in (before, after))


def _with_ends(text: str, start: int, end: int, quotation: str) -> tuple[int, int]:
    """The place with the sign before and behind it, where the quotation begins or ends with one too."""
    if end < len(text) and not quotation[-1].isalnum() and not text[end].isalnum() and not text[end].isspace():
        end += 1
    if start and not quotation[0].isalnum() and not text[start - 1].isalnum() and not text[start - 1].isspace():
        start -= 1
    return start, end
