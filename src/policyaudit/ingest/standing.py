"""What the text says of its own force: that it is a draft, a bill, repealed, in force, or consolidated up to a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from policyaudit.ingest.blocks import Role
from policyaudit.ingest.dates import iso, with_dates
from policyaudit.ingest.identify import cue_pattern, worded
from policyaudit.ingest.numbering import fold
from policyaudit.ingest.pieces import Piece
from policyaudit.languages import Grammar
from policyaudit.languages.identity import Identity, countries_of

_FRONT_PIECES = 40
_HEAD_PIECES = 15
_LONGEST_LINE = 320


@dataclass(frozen=True, slots=True)
class Sign:
    """A status, or a country, and the words that say it; they stand in the title where ``start`` is None."""

    value: str
    words: str
    start: int | None = None
    end: int | None = None
    date: str = ""  # of a consolidation


@dataclass(frozen=True, slots=True)
class Front:
    """How much of a document stands before its text proper, in characters.

    ``head``: the lines around its title, before any recital; ``whole``: all that stands before its first article.
    """

    head: int
    whole: int


def front(pieces: Sequence[Piece], grammar: Grammar) -> Front:
    """The front of a document; of one without articles, its first pieces."""
    recitals = tuple(grammar.recitals)
    head = None
    end = 0
    for index, piece in enumerate(pieces[:_FRONT_PIECES]):
        mark = piece.mark
        if mark is not None and mark.unit is not None and mark.unit.unit == "article" and index:
            break
        said = fold(piece.text)
        proper = index >= _HEAD_PIECES or piece.role is Role.CONTENTS or len(said) > _LONGEST_LINE or mark is not None
        if head is None and index and (proper or (said.startswith(recitals) if recitals else False)):
            head = end
        end = piece.end
    return Front(end if head is None else head, end)


_LINE = re.compile(r"[^\n|]+(?:\| ?[^\n|]+)?")


def status(title: str, text: str, pieces: Sequence[Piece], identity: Identity, *, front: Front) -> Sign | None:
    """The status that a line around the title, or else the title, says; None where nothing does.

    A mark such as DRAFT in a running head or foot stands outside the text and is heeded wherever it does.
    """
    firsts: dict[str, Piece] = {}  # a running head is said on every page
    for piece in pieces:
        if len(piece.text) <= _LONGEST_LINE and (piece.start < front.head or piece.role is Role.FURNITURE):
            firsts.setdefault(piece.text, piece)
    lines = list(firsts.values())
    said = [
        (words, fold(words), piece.start + line.start() + line[0].index(words))
        for piece in lines
        for line in _LINE.finditer(piece.text)
        # "Bill:" is what a promulgation says before the text of the law.
        if (words := line[0].strip()) and words[-1] != ":"
    ]
    for value, standing in identity.statuses.items():
        patterns = [with_dates(pattern, identity) for pattern in standing.lines]
        for words, folded, start in said:
            if any(pattern.search(folded) for pattern in patterns):
                return Sign(value, words, start, start + len(words))
        if any(cue_pattern(cue).search(worded(title)) for cue in standing.title):
            return Sign(value, title)
    return _consolidated(text, identity, front=front.whole)


def _consolidated(text: str, identity: Identity, *, front: int) -> Sign | None:
    folded = fold(text[:front])
    for pattern in identity.consolidated:
        for found in with_dates(pattern, identity).finditer(folded):
            date = iso(found["date"], identity)
            if date:
                return Sign("consolidated", text[found.start() : found.end()], found.start(), found.end(), date)
    return None


@cache
def _folded_countries(language: str) -> dict[str, str]:
    return {fold(name): code for name, code in countries_of(language).items()}


@cache
def _with_countries(pattern: str, language: str) -> re.Pattern[str]:
    """A pattern of a language's file with its ``{country}`` filled in."""
    either = "|".join(sorted(map(re.escape, _folded_countries(language)), key=len, reverse=True))
    return re.compile(pattern.replace("{country}", either), re.MULTILINE)


def country(text: str, identity: Identity, language: str, *, front: int) -> Sign | None:
    """The country whose instrument the first lines say this is, by its ISO 3166 alpha-3 code; None where none is said."""
    names = _folded_countries(language)
    if not names:
        return None
    folded = fold(text[:front])
    hits = [found for pattern in identity.jurisdictions if (found := _with_countries(pattern, language).search(folded))]
    if not hits:
        return None
    first = min(hits, key=lambda found: found.start("country"))
    start, end = first.span("country")
    return Sign(names[first["country"]], text[start:end], start, end)
