"""A reviewer's quotation in the text: where it stands, whatever became of its spaces, hyphens and quotation marks on the way
through a clipboard; and the passage most like it, where it does not stand there. What is cited is always the text's own slice.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache

from rapidfuzz import fuzz, process

from policyaudit.model import Document, Evidence

_LONGEST = 2000  # characters of the text that a quotation with words left out may run over
_LEFT_OUT = re.compile(r"[\[(]\s*(?:…|\.{3,})\s*[\])]|…|\.{3,}")
_LONGEST_NEAREST = 400  # characters of the sentences that are offered instead
_SENTENCE_END = re.compile(r"[.;:!?。؟।](?=\s)|\n\s*\n")
_LIKE = 62  # per cent of likeness from which a passage is worth naming


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
        """Where the quotation stands in the text, as ``(start, end)``; empty if nowhere, or if it holds no letter. One with words
        left out ("The police shall … register it") stands where its parts follow one another."""
        whole = self._places(quotation)
        parts = [part for part in _LEFT_OUT.split(quotation) if _folded(part)]
        if whole or len(parts) < 2:
            return whole
        several = [self._places(part) for part in parts]
        return [(start, end) for start, first_end in several[0] if (end := _following(first_end, start + _LONGEST, several[1:]))]

    def _places(self, quotation: str) -> list[tuple[int, int]]:
        sought = _folded(quotation)
        found = []
        at = self._letters.find(sought) if sought else -1
        while at >= 0:
            start, end = self._offsets[at], self._offsets[at + len(sought) - 1] + 1
            if not _joined(self.text, start) and not _joined(self.text, end):
                found.append(_with_ends(self.text, start, end, quotation.strip()))
            at = self._letters.find(sought, at + 1)
        return found


def _following(end: int, limit: int, several: list[list[tuple[int, int]]]) -> int:
    """Where the last of several parts ends that follow one another from ``end`` on, each at its first place; 0 if they do not."""
    for spans in several:
        end = next((last for first, last in spans if first >= end and last <= limit), 0)
        if not end:
            return 0
    return end


def places(text: str, quotation: str) -> list[tuple[int, int]]:
    """As ``Letters.places``; quick where the quotation stands in the text as it is."""
    at = text.find(quotation) if quotation else -1
    end = at + len(quotation)
    return [(at, end)] if at >= 0 and not _joined(text, at) and not _joined(text, end) else Letters(text).places(quotation)


def nearest(document: Document, quotation: str) -> Evidence | None:
    """The passage of the document most like a quotation that is not in it, in whole sentences: by Indel similarity (rapidfuzz
    partial_ratio), window by window; None where nothing is much like it."""
    sought, text = _small(quotation.strip()), _small(document.text)
    step = max(len(sought), 20)
    windows = [text[at : at + 2 * step] for at in range(0, max(len(text) - step // 2, 1), step)]
    best = process.extractOne(sought, windows, scorer=fuzz.partial_ratio, score_cutoff=_LIKE) if sought else None
    part = fuzz.partial_ratio_alignment(sought, best[0]) if best else None
    if best is None or part is None:
        return None
    start, end = best[2] * step + part.dest_start, best[2] * step + part.dest_end
    return _whole(cited(document, start, max(end, start + 1)), document)


def _whole(part: Evidence, document: Document) -> Evidence:
    """The sentences of the provision that a passage lies in; of a long one its whole words alone."""
    text, (first, last) = document.text, part.context
    start = max((match.end() for match in _SENTENCE_END.finditer(text, first, part.start)), default=first)
    end = next((match.start() + 1 for match in _SENTENCE_END.finditer(text, max(part.end - 1, first), last)), last)
    if end - start > _LONGEST_NEAREST:
        start, end = part.start, part.end
        while start > first and not text[start - 1].isspace():
            start -= 1
        while end < last and not text[end].isspace():
            end += 1
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return cited(document, start, start + len(text[start:end].rstrip()))


def _small(text: str) -> str:
    """The text in small letters, as long as it was."""
    return "".join(small if len(small := sign.lower()) == 1 else sign for sign in text)


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
