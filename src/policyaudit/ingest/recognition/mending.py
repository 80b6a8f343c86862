"""What recognition is known to get wrong, set right where the dictionary of the language leaves no doubt.

Three faults: a speck on the paper read as an accent ("sectión") or as a second full stop after a number ("10.."), and a space
lost between words ("frominheriting"). A word that the dictionary knows is never touched, nor one for which there are two ways
to set it right.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from policyaudit.ingest.legibility import Dictionary, dictionary
from policyaudit.ingest.recognition.sheet import Sheet

_WORD = re.compile(r"[^\W\d_]+")
_DOT = re.compile(r"(?<=[^\W\d_])·(?=[^\W\d_])")
_DOUBLE = re.compile(r"(?<=[\dA-Z)])\.\.(?=\s|$)")
_OFTEN = 3  # times that one half of a parted word must stand elsewhere in the document
_LONG = 4  # letters of the shorter half, from which once is enough


def mended(sheets: Mapping[int, Sheet], language: str) -> dict[int, Sheet]:
    """The pages of a document, mended; unchanged where the language has no dictionary."""
    words = dictionary(language)
    if words is None:
        return dict(sheets)
    said = Counter(word.lower() for sheet in sheets.values() for line in sheet.found for word in _WORD.findall(line.text))
    mend = cache(lambda word: _mended(word, words, said))

    def text(line: str) -> str:
        return _WORD.sub(lambda match: mend(match[0]), _DOUBLE.sub(".", _DOT.sub(" ", line)))

    return {
        number: replace(sheet, found=tuple(replace(line, text=text(line.text)) for line in sheet.found))
        for number, sheet in sheets.items()
    }


def _mended(word: str, words: Dictionary, said: Counter[str]) -> str:
    if words.judge(word) is not False:
        return word
    if not word.isascii() and words.judge(bare := "".join(map(_base, word))):
        return bare
    ways = [
        (word[:at], word[at:])
        for at in range(2, len(word) - 1)
        if words.judge(word[:at]) and words.judge(word[at:]) and _stand_alone(word[:at], word[at:], said)
    ]
    return " ".join(ways[0]) if len(ways) == 1 else word


def _stand_alone(first: str, second: str, said: Counter[str]) -> bool:
    """Whether both halves stand in the document by themselves, one of them often if the other is short."""
    times = said[first.lower()], said[second.lower()]
    return min(times) >= 1 and (max(times) >= _OFTEN or min(len(first), len(second)) >= _LONG)


def _base(letter: str) -> str:
    """The letter without what is set on or through it: é is e, ł is l."""
    name, _, added = unicodedata.name(letter, "").partition(" WITH ")
    if not added:
        return letter
    try:
        return unicodedata.lookup(name)
    except KeyError:
        return letter
