"""The other instruments that a document points to: acts, codes, decrees, treaties. What it says there was not read."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from policyaudit.match.language import context_of
from policyaudit.match.normal import plain
from policyaudit.model import Document, Instrument, TextKind

SILENT = frozenset({TextKind.FURNITURE, TextKind.CONTENTS, TextKind.TITLE})
PLACES = 3  # of each instrument that are kept
_YEAR = re.compile(r"\W+(?:(?:of|de|du|do)\s+)?(?:1[6-9]|20)\d\d\W*$")
_NUMBER = re.compile(r"n(?:[or]|ro|um|umero)?")  # the sign of a number, however it is written
_WORD = re.compile(r"\w+")


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern.replace(" ", r"\s+")) for pattern in context_of(language).instruments)


def instruments(document: Document, language: str) -> tuple[Instrument, ...]:
    """The instruments that the document names, the most often named first, without itself.

    An instrument named with and without its year is one. Names are given as the document writes them, the longest way.
    """
    own = {_key(document.title, language), *(_key(match, language) for match in _named(document.title, language))}
    times: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {}
    places: dict[str, list[tuple[int, int, str]]] = {}
    for provision in document.provisions:
        if provision.kind in SILENT:
            continue
        taken = provision.start
        hits = sorted(
            (match.start(1), -match.end(1))
            for pattern in _patterns(language)
            for match in pattern.finditer(document.text, provision.start, provision.end)
        )
        for first, minus in hits:
            if first < taken:
                continue
            start, taken = _bounds(document.text, first, -minus, language)
            name = " ".join(document.text[start:taken].split())
            key = _key(name, language)
            if key and key not in own:
                times[key] += 1
                written.setdefault(key, Counter())[name] += 1
                places.setdefault(key, []).append((start, taken, provision.path))
    return tuple(
        Instrument(
            max(written[key], key=lambda name: (len(name), name)),
            times[key],
            tuple(dict.fromkeys(path for _, _, path in places[key]))[:PLACES],
            places[key][0][0],
            places[key][0][1],
        )
        for key in sorted(times, key=lambda key: (-times[key], key))
    )


def keys(words: str, language: str) -> tuple[str, ...]:
    """What the words may be known by among the instruments that documents name: all of them, and each instrument named in them.
    Empty for a single word."""
    said = (words, *_named(words, language))
    return tuple(dict.fromkeys(key for one in said if (key := _key(one, language))))


def _named(text: str, language: str) -> list[str]:
    spans = (_bounds(text, *match.span(1), language) for pattern in _patterns(language) for match in pattern.finditer(text))
    return [text[start:end] for start, end in spans]


def _bounds(text: str, start: int, end: int, language: str) -> tuple[int, int]:
    """A name without the words around it that are none of its own: "Under the Penal Code", "Código Penal y de la"."""
    context = context_of(language)
    before = {*context.skip, *context.before_instruments}
    after = {*context.skip, *context.same, *context.stopwords}
    words = list(_WORD.finditer(text, start, end))
    while len(words) > 1 and plain(words[0].group()) in before:
        words.pop(0)
    while len(words) > 1 and words[-1].group().islower() and plain(words[-1].group()) in after:
        words.pop()
    return (words[0].start(), words[-1].end()) if words else (start, end)


def _key(name: str, language: str) -> str:
    """What makes two names one: their words without year, case and accents; "" for a name of one word ("Act")."""
    words = _WORD.findall(plain(_YEAR.sub("", name)))
    kept = [word for word in words if word not in context_of(language).skip and not _NUMBER.fullmatch(word)]
    return " ".join(kept) if len(kept) > 1 else ""
