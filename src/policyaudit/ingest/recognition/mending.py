"""What recognition is known to get wrong, set right where the dictionary of the language leaves no doubt.

Six faults: a speck on the paper read as an accent ("sectión") or as a second full stop after a number ("10.."), a space lost
between words ("frominheriting", "402or", "PARTI"), small capitals read as small letters ("oF", "WHEREAs"), and signs that look
alike ("irnprisonment", "XXVIl"), and a letter lost between its brackets. A word that the dictionary knows is never parted, nor
one changed that may be set right in two ways.
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
_LABEL = re.compile(r"\((?P<said>[a-z]?)\)")
_ALONE = re.compile(r"(?<!\w)[^\W\d_]+(?!\w)")
_DOT = re.compile(r"(?<=[^\W\d_])·(?=[^\W\d_])")
_DOUBLE = re.compile(r"(?<=[\dA-Z)])\.\.(?=\s|$)")
_AFTER_NUMBER = re.compile(r"(?<=\d\d)[^\W\d_]{2,}")
_NUMERAL = re.compile(r"(?<=[^\W\d_]{4})(?:I{1,3}|IV|VI{0,3})$")
_MISREAD_NUMERAL = re.compile(r"(?=.*[IVXLC])(?=.*l)[IVXLCl]{2,7}")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})|[XL]{1,2}(?:IX|IV|V?I{0,3})")
_SAME_SHAPE = frozenset("cosvwxz")  # letters that differ from their capitals by size alone
_OFTEN = 3  # times that one half of a parted word must stand elsewhere in the document
_NO_CHANCE, _NO_NAME = 6, 8  # letters of the shorter half of what is no one word by chance, in small letters, or with a capital
_LONG = 4  # letters of the shorter half, from which once is enough


def mended(sheets: Mapping[int, Sheet], language: str) -> dict[int, Sheet]:
    """The pages of a document, mended; unchanged where the language has no dictionary."""
    words = dictionary(language)
    if words is None:
        return dict(sheets)
    written = Counter(word for sheet in sheets.values() for line in sheet.found for word in _ALONE.findall(line.text))
    said = written.copy()  # words as they are written, and in small letters
    for word, times in written.items():
        if not word.islower():
            said[word.lower()] += times
    mend = cache(lambda word: _mended(word, words, said))

    def text(line: str) -> str:
        line = _AFTER_NUMBER.sub(lambda match: _parted(match[0], words, said), _DOUBLE.sub(".", _DOT.sub(" ", line)))
        return _WORD.sub(lambda match: mend(match[0]), line)

    labels = _lost_labels(sheets)
    return {
        number: replace(
            sheet,
            found=tuple(
                replace(line, text=text(labels.get((number, at), "") + line.text[2 * ((number, at) in labels) :]))
                for at, line in enumerate(sheet.found)
            ),
        )
        for number, sheet in sheets.items()
    }


def _lost_labels(sheets: Mapping[int, Sheet]) -> dict[tuple[int, int], str]:
    """The labels of which only the brackets were read, an "(f)" set in italics, by page and line: those between two that are
    one apart from it."""
    labels = [
        (number, at, match["said"])
        for number in sorted(sheets)
        for at, line in sorted(enumerate(sheets[number].found), key=lambda one: (one[1].top, one[1].left))
        if (match := _LABEL.match(line.text)) and not line.turned
    ]
    lost = {}
    for (_, _, before), (number, at, said), (_, _, after) in zip(labels, labels[1:], labels[2:], strict=False):
        if not said and before and after and ord(after) - ord(before) == 2:
            lost[number, at] = f"({chr(ord(before) + 1)})"
    return lost


def _mended(word: str, words: Dictionary, said: Counter[str]) -> str:
    if (known := words.judge(word)) is True:
        return _in_one_case(word, said)
    if _MISREAD_NUMERAL.fullmatch(word) and _ROMAN.fullmatch(numbered := word.replace("l", "I")):
        return numbered
    name = known is None
    if not word.isascii() and not (name and words.judge(word.lower())):
        bare = "".join(map(_base, word))
        if words.judge(bare) or (not name and said[bare] >= _OFTEN):
            return bare
    numeral = _NUMERAL.search(word) if word.isupper() else None
    if numeral and words.judge(first := word[: numeral.start()].lower()) and said[first]:
        return f"{word[: numeral.start()]} {numeral[0]}"
    alike = {word[: at.start()] + "m" + word[at.end() :] for at in re.finditer("rn", word)}
    meant = [other for other in alike if words.judge(other) and said[other.lower()]]
    if len(meant) == 1 and not name:
        return meant[0]
    least = _OFTEN if name else 1  # a name is more easily taken for two words
    ways = [
        (word[:at], word[at:])
        for at in range(2, len(word) - 1)
        if words.judge(word[:at]) and words.judge(word[at:]) and _stand_alone(word[:at], word[at:], said, least)
    ]
    return " ".join(ways[0]) if len(ways) == 1 else word


def _stand_alone(first: str, second: str, said: Counter[str], least: int) -> bool:
    """Whether both halves stand in the document by themselves, one of them often if the other is short; or are so long that no
    word is made of two such."""
    times = said[first.lower()], said[second.lower()]
    if min(len(first), len(second)) >= (_NO_CHANCE if least == 1 else _NO_NAME):
        return True
    return min(times) >= least and (max(times) >= _OFTEN or min(len(first), len(second)) >= _LONG)


def _in_one_case(word: str, said: Counter[str]) -> str:
    """A word in capitals, some of which were read as small letters since they have the same shape."""
    if word.islower() or word.isupper() or word[1:].islower():
        return word
    small = [letter for letter in word if letter.islower()]
    plural = word.endswith("s") and said[word[:-1]]  # of an acronym
    return word.upper() if _SAME_SHAPE.issuperset(small) and not plural else word


def _parted(word: str, words: Dictionary, said: Counter[str]) -> str:
    """A word that stands right behind a number, with the space between them, where it is one that often stands alone."""
    return f" {word}" if said[word] >= _OFTEN and words.judge(word) else word


def _base(letter: str) -> str:
    """The letter without what is set on or through it: é is e, ł is l."""
    name, _, added = unicodedata.name(letter, "").partition(" WITH ")
    if not added:
        return letter
    try:
        return unicodedata.lookup(name)
    except KeyError:
        return letter
