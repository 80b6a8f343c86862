"""A text's words as they are compared, in columns: a word is a row, and the same words have the same numbers."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy

from policyaudit.columns import Flags, Ints, column
from policyaudit.match.normal import NUMBER, STOPS, Normaliser, bare

if TYPE_CHECKING:
    from spacy.tokens import Doc

LEFT_OUT = -1
Words = tuple[list[str], Ints, Ints, Ints]
"""All words of a text: the different ones as they are written; which of them each is; its first character; one past its last."""


class Forms:
    """The compared forms of one language by number, and what is known of each word as it is written."""

    def __init__(self, normal: Normaliser, joins: Iterable[str]) -> None:
        """``joins``: the words that stand within a number in words."""
        self.strings: list[str] = []
        self._numbers: dict[str, int] = {}
        self._normal = normal
        self._known: dict[str, int] = {}
        self._bare: dict[str, int] = {}
        self._content = numpy.zeros(0, bool)
        self.figure = self.number(NUMBER)
        self.stops = column([self.number(stop) for stop in sorted(STOPS)])
        self.joins = column([self.number(form) for word in joins if (form := normal(word))])

    def number(self, form: str) -> int:
        """The number of a compared form, new or known."""
        number = self._numbers.setdefault(form, len(self.strings))
        if number == len(self.strings):
            self.strings.append(form)
        return number

    def of(self, word: str) -> int:
        """The number of the form of a word as it is written; LEFT_OUT where it is not compared."""
        number = self._known.get(word)
        if number is None:
            form = self._normal(word)
            number = self._known[word] = LEFT_OUT if form is None else self.number(form)
        return number

    def bare(self, word: str) -> int:
        """The number of the very form of a word, see normal.bare."""
        number = self._bare.get(word)
        if number is None:
            number = self._bare[word] = self.number(bare(word))
        return number

    def content(self, stop: Container[str]) -> Flags:
        """For each form by number, whether it says something of what a passage is about: no number, no sign, none of ``stop``."""
        new = self.strings[len(self._content) :]
        said = [form[:1].isalpha() and form not in stop and form != NUMBER for form in new]
        self._content = numpy.append(self._content, numpy.array(said, bool))
        return self._content


@dataclass(frozen=True)
class Stream:
    """The words of a text that are compared, in order. ``written`` are the different words as they are written, ``word`` tells
    for each row which of them it is, ``forms`` its compared form; ``starts`` and ``ends`` are characters of the text,
    ``sentence`` numbers the sentences, ``places`` counts the words before it, commas and full stops not counted."""

    doc: Doc
    known: Forms
    written: list[str] = field(repr=False)
    word: Ints
    forms: Ints
    starts: Ints
    ends: Ints
    sentence: Ints
    places: Ints

    def __len__(self) -> int:
        return len(self.forms)

    @cached_property
    def bare(self) -> Ints:
        """The number of each row's very form."""
        return column([self.known.bare(word) for word in self.written])[self.word]

    def compared(self, first: int, last: int) -> list[str]:
        """The compared forms of some rows."""
        strings = self.known.strings
        return [strings[number] for number in self.forms[first:last].tolist()]

    def rows_of(self, *forms: str) -> list[int]:
        """The rows that have one of the compared forms."""
        return numpy.flatnonzero(numpy.isin(self.forms, [self.known.number(form) for form in forms])).tolist()


def words_of(doc: Doc) -> Words:
    """All words of a text as spaCy cut it."""
    tokens = doc.to_array(["ORTH", "IDX", "LENGTH"])
    keys, which = numpy.unique(tokens[:, 0], return_inverse=True)
    starts = tokens[:, 1].astype(numpy.int64)
    strings = doc.vocab.strings
    return [str(strings[key]) for key in keys.tolist()], which, starts, starts + tokens[:, 2].astype(numpy.int64)


def cut(doc: Doc, sentences: Sequence[tuple[int, int, int, bool]], known: Forms, words: Words) -> Stream:
    """The rows of a text: words outside every sentence are left out, and numbers side by side become one."""
    written, word, starts, ends = words
    at = numpy.searchsorted(column([end for _, end, *_ in sentences]), starts, "right")
    opens = numpy.append(column([start for start, *_ in sentences]), numpy.iinfo(numpy.int64).max)
    forms = column([known.of(one) for one in written])[word] if written else column([])
    kept = numpy.flatnonzero((starts >= opens[at]) & (forms != LEFT_OUT))
    kept = kept[_one_of_several(written, word[kept], forms[kept], at[kept], known)]
    forms = forms[kept]
    counted = ~numpy.isin(forms, known.stops)
    return Stream(doc, known, written, word[kept], forms, starts[kept], ends[kept], at[kept], numpy.cumsum(counted) - counted)


def _one_of_several(written: Sequence[str], word: Ints, forms: Ints, sentence: Ints, known: Forms) -> Ints:
    """The rows that stay where numbers side by side become one: "24 (twenty-four)", "vinte e quatro"."""
    figure = forms == known.figure
    before = numpy.flatnonzero(figure[1:] & (figure[:-1] | numpy.isin(forms[:-1], known.joins))) + 1
    dropped: set[int] = set()
    for row in before.tolist():
        last = row - 1
        if not figure[last]:
            # What joins two numbers in words goes with the second.
            if last == 0 or not figure[last - 1] or sentence[last - 1] != sentence[row] or not written[word[row]].isalpha():
                continue
            dropped.add(last)
            last -= 1
        if sentence[last] == sentence[row]:
            dropped.add(row)
    kept = numpy.ones(len(forms), bool)
    kept[list(dropped)] = False
    return numpy.flatnonzero(kept)
