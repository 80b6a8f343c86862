"""Words that the source runs together ("lepresentplan") or tears apart at a line end ("preven tion"), for matching only.

Offsets stay those of the source: a piece is the range of its letters. A word is split only where its pieces are all known
and where such words are not rare, so that names and compounds of a clean text are never cut.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy
import simplemma

from policyaudit.match.stream import Words

Part = tuple[int, int]  # first character and one past the last, in the word or in the text

NEAR = 300  # tokens on either side of a word that are looked at for others like it
LEAST_NEAR = 5  # how many different ones must be run together, the word itself counted
LEAST_LETTERS = 5
LONG = 12  # letters from which a word that is none is looked at first
LEAST_LONG = 2  # how many such must be run together for the others to be looked at
LONGEST = 80  # letters of a word that is tried
LONGEST_PIECE = 26
LITTLE = 4  # letters up to which a piece must be a word that the text itself often writes apart
OFTEN = 4  # times
LEAST_ELIDED = 2  # times that a letter with its apostrophe must stand in a text
LEAST_MEAN = 3  # letters of the pieces
NAME = 3  # times that a word with a capital must stand in a text to be a name

_RUNS = re.compile(r"[^\W\d_]+|\d+|[^\w]+|_+")
_ELIDED = re.compile(r"[^\W\d_][’']")
_ACCENTS = "\u0301\u0300\u0302"
_WORTH = re.compile(r"[^\W\d_]{2}")
_NOT_WORDS = re.compile(r"[@/\\_\-–.]\S|www|http|\([^\W\d_]{1,3}\)?$")
_CHANGE = re.compile(r"[^\W\d_A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ]|[^\W\d_]\d|\d[^\W\d_]")


@lru_cache(maxsize=65536)
def _known(word: str, language: str) -> bool:
    return simplemma.is_known(word, lang=language)


class Splitter:
    """The words of one text, by which what is run together in it is taken apart."""

    def __init__(self, counts: Counter[str], language: str, *, little: Container[str], endings: Container[str]) -> None:
        """``counts``: how often each token stands in the text. ``little``: words of the language that say nothing, which its
        dictionary may lack, in lower case; only these may be pieces of one or two letters. ``endings``: see language.Context."""
        self.language = language
        self.counts = counts
        self.little = little
        self.endings = endings
        self.lower: Counter[str] = Counter()
        self.suspects: set[str] = set()
        self._split: dict[str, tuple[Part, ...]] = {}
        for word, count in self.counts.items():
            lower = word.lower()
            self.lower[lower] += count
            if len(word) >= LEAST_LETTERS and not _known(lower, language) and self._suspect(word):
                self.suspects.add(word)

    def is_clean(self) -> bool:
        """Whether hardly a word of the text is run together. The long ones tell, and there are few of them in a clean text."""
        long = (word for word in self.suspects if len(word) >= LONG or _CHANGE.search(word))
        return sum(1 for word in long if _surely(word, self._pieces(word))) < LEAST_LONG

    def parts(self, words: Sequence[str], spaced: Sequence[bool]) -> dict[int, tuple[Part, ...]]:
        """For each token that is run together, its pieces as ranges within it. The pieces of a word torn in two are ranges from
        the beginning of its first token, with the white space counted as one character; its second token has none.
        ``words``: the tokens in their order; ``spaced``: whether a space follows each."""
        found: dict[int, tuple[Part, ...]] = {}
        places: list[int] = []  # of the first of each that is surely run together: words with words, not with numbers
        said: set[str] = set()
        for index, word in enumerate(words):
            if word not in self.suspects or index in found:
                continue
            pieces = self._pieces(word)
            if pieces:
                found[index] = pieces
            elif spaced[index] and index + 1 < len(words) and self._fragment(words[index + 1]):
                joined = self._joined(word, words[index + 1])
                if joined:
                    found[index], found[index + 1] = joined, ()
            if word not in said and _surely(word, found.get(index, ())):
                places.append(index)
                said.add(word)
        return {
            index: pieces
            for index, pieces in found.items()
            if bisect_right(places, index + NEAR) - bisect_left(places, index - NEAR) >= LEAST_NEAR
        }

    def _suspect(self, word: str) -> bool:
        """Whether a word is none of the language and no name, so that it may be several."""
        if len(word) > LONGEST or not _WORTH.search(word) or _NOT_WORDS.search(word):
            return False
        changes = _CHANGE.search(word) is not None
        if self._is_word(word):
            return False
        frequent = self.counts[word]
        return frequent < (NAME if word[0].isupper() and not changes else 2 * OFTEN)

    def _is_word(self, word: str) -> bool:
        bare = word.strip("'’()[]\"«»“”.,;:")
        lower = bare.lower()
        return not bare or _known(bare, self.language) or _known(lower, self.language) or lower in self.little

    def _fragment(self, word: str) -> bool:
        """Whether a word may be the second half of one torn in two."""
        return word.isalpha() and word.islower() and self.lower[word] < OFTEN and (len(word) < 3 or not self._is_word(word))

    def _joined(self, first: str, second: str) -> tuple[Part, ...]:
        pieces = self._pieces(first + second) or (((0, len(first + second)),) if self._is_word(first + second) else ())
        seam = len(first)
        if not any(begin < seam < end and end - begin > LITTLE for begin, end in pieces):
            return ()
        return tuple((begin + (begin >= seam), end + (end > seam)) for begin, end in pieces)

    def _pieces(self, word: str) -> tuple[Part, ...]:
        if word not in self._split:
            self._split[word] = tuple(self._best(word))
        return self._split[word]

    def _best(self, word: str) -> list[Part]:
        """The fewest and longest words that make up this one; empty if nothing does, or only itself."""
        count = len(word)
        costs: list[float] = [0.0, *([float("inf")] * count)]
        came: list[int] = [0] * (count + 1)
        for run in _RUNS.finditer(word):
            for begin in range(run.start(), run.end() if word[run.start()].isalpha() else run.start() + 1):
                if costs[begin] == float("inf"):
                    continue
                for end, cost in self._from(word, begin, run.end()):
                    if costs[begin] + cost < costs[end] - 1e-9:
                        costs[end], came[end] = costs[begin] + cost, begin
        if costs[count] == float("inf"):
            return []
        parts: list[Part] = []
        end = count
        while end:
            if word[came[end]].isalnum():
                parts.append((came[end], end))
            end = came[end]
        parts.reverse()
        letters = [end - begin for begin, end in parts if word[begin].isalpha()]
        if len(parts) < 2 or max(letters, default=0) < LITTLE or sum(letters) < LEAST_MEAN * len(letters):
            return []
        pieces = [word[begin:end].lower() for begin, end in parts]
        if len(parts) == 2 and (pieces[-1] in self.endings or not all(self.lower[piece] for piece in pieces)):
            return []  # a word or name that the dictionary lacks may be two words by chance
        return parts

    def _from(self, word: str, begin: int, last: int) -> Iterator[tuple[int, float]]:
        """(end, cost) of every piece that may begin here, within the run of letters, figures or signs that ends at ``last``."""
        if not word[begin].isalpha():
            yield last, 1.0 if word[begin].isdigit() else 0.0
            return
        elided = _ELIDED.match(word, begin)
        if elided and self.counts[elided.group()] >= LEAST_ELIDED:
            yield elided.end(), 1.3
        for end in range(begin + 1, min(last, begin + LONGEST_PIECE) + 1):
            cost = self._cost(word, begin, end)
            if cost:
                yield end, cost

    def _cost(self, word: str, start: int, end: int) -> float:
        """What a piece of letters costs; 0 if it is none."""
        piece = word[start:end]
        count = len(piece)
        if count > 1 and piece.isupper():
            after = word[end : end + 1]
            whole = not word[start - 1 : start].isupper() and not after.isupper()
            return 1.2 if whole and (self.counts[piece] or after.isdigit() or not after) else 0.0
        if count > 1 and not piece[1:].islower():
            return 0.0
        own = self.lower[piece.lower()]
        if count <= LITTLE:
            # A short word counts only where the text writes it apart again and again.
            least = (0, 3 * OFTEN, OFTEN, OFTEN, 1)[count]
            if own < least or (count == 1 and not piece.islower()) or not self._is_known(piece):
                return 0.0
            if count <= 2 and piece.lower() not in self.little:
                return 0.0
        elif not self._is_known(piece):
            # A word that the dictionary lacks, unless it is run together itself.
            whole = count == len(word)
            if whole or own < OFTEN // 2 or self._pieces(piece.lower()):
                return 0.0
        return 1.0 - 0.0005 * count * count - (0.05 if own else 0.0) + (0.3 if count == 1 else 0.0)

    def _is_known(self, piece: str) -> bool:
        lower = piece.lower()
        if _known(lower, self.language) or lower in self.little:
            return True
        # Capitals are often printed without their accents.
        return piece[0].isupper() and any(
            _known(unicodedata.normalize("NFC", lower[0] + accent) + lower[1:], self.language) for accent in _ACCENTS
        )


def _surely(word: str, pieces: Sequence[Part]) -> bool:
    """Whether a word stands against a word in it, with no figure and no sign between."""
    return any(
        before[1] == after[0] and word[before[0] : before[0] + 1].isalpha() and word[after[0] : after[0] + 1].isalpha()
        for before, after in pairwise(pieces)
    )


def run_together(
    text: str,
    language: str,
    words: Words,
    *,
    little: Container[str] = (),
    endings: Container[str] = (),
) -> dict[int, tuple[tuple[str, int, int], ...]]:
    """For each token that is run together or torn, by its number: its pieces as (word, first character, one past the last),
    none for the second half of a torn one. Empty for a clean text. ``little`` and ``endings`` as for Splitter."""
    written, word, starts, ends = words
    counts = Counter(dict(zip(written, numpy.bincount(word, minlength=len(written)).tolist(), strict=True)))
    splitter = Splitter(counts, language, little=little, endings=endings)
    if splitter.is_clean():
        return {}
    found = {}
    spaced = [text[end : end + 1] == " " for end in ends.tolist()]
    for index, pieces in splitter.parts([written[number] for number in word.tolist()], spaced).items():
        start = int(starts[index])
        ranges = [(start + begin, start + end) for begin, end in pieces]
        found[index] = tuple(("".join(text[begin:end].split()), begin, end) for begin, end in ranges)
    return found
