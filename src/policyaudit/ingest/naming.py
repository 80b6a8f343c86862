"""Which countries a text names, and how often: a hint at whose instrument it is where nothing says so plainly."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from policyaudit import codes
from policyaudit.ingest.numbering import fold
from policyaudit.languages.identity import countries_of

_READ = 60_000  # characters of the beginning that are looked at, and
_CLOSING = 5_000  # of the end
_MOST = 3
_WORD = re.compile(rf"(?:\w|{codes.VOWEL_SIGNS.pattern})+")


def countries_named(text: str, language: str) -> tuple[tuple[str, int], ...]:
    """The countries that the text names most, by ISO 3166 alpha-3 code, with how often; empty where none, or where the names
    of countries in its language are not known. A name must begin with a capital, where the script has them."""
    names = _by_first_word(language)
    if not names:
        return ()
    read = text if len(text) <= _READ + _CLOSING else f"{text[:_READ]}\n{text[-_CLOSING:]}"
    words = _WORD.findall(read)
    folded = [fold(word) for word in words]
    found: Counter[str] = Counter()
    at = 0
    while at < len(words):
        step = 1
        if not words[at].islower():
            for name, code in names.get(folded[at], ()):
                if tuple(folded[at : at + len(name)]) == name:
                    found[code] += 1
                    step = len(name)
                    break
        at += step
    for unspaced, code in _unspaced(language).items():
        found[code] += read.count(unspaced)
    return tuple((code, times) for code, times in found.most_common(_MOST) if times)


@cache
def _names(language: str) -> dict[str, str]:
    return countries_of(language) or codes.country_names(language)


@cache
def _by_first_word(language: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word -> the names that begin with it, as their words, the longest first."""
    names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, code in _names(language).items():
        words = tuple(_WORD.findall(fold(name)))
        names.setdefault(words[0], []).append((words, code))
    return {word: sorted(several, key=lambda one: (-len(one[0]), one)) for word, several in names.items()}


@cache
def _unspaced(language: str) -> dict[str, str]:
    """The names, in a language that is written without spaces between words."""
    return _names(language) if language in ("zh", "ja", "th") else {}
