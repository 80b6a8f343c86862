"""All phrases of a vocabulary, found in one pass: a tree of words, walked from every word of the text at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy

from policyaudit.columns import Ints, bounds, column, spread

if TYPE_CHECKING:
    from policyaudit.match.stream import Stream

Exact = tuple[tuple[int, int], ...]  # (position in the phrase, the number of the form that the word there must have)
NONE = -1
FIRST, LENGTH = 40, 28  # bits of a row as one number from which the first word stands, and the length; below them the phrase


@dataclass(frozen=True, slots=True)
class Said:
    """Where phrases stand, a row each: ``[first, last)`` are words of the stream. Sorted by first, then last."""

    phrase: Ints
    first: Ints
    last: Ints

    def __len__(self) -> int:
        return len(self.phrase)


class Phrases:
    """Phrases by number. Their words are numbers too: those of the compared forms of one language."""

    def __init__(self) -> None:
        self.exact: list[Exact] = []  # for each phrase, the words that must have one very form
        self._numbers: dict[tuple[tuple[int, ...], Exact], int] = {}
        self._next: list[dict[int, int]] = [{}]  # for each step of the tree, the word that follows -> the step it leads to
        self._ends: list[list[int]] = [[]]  # for each step, the phrases that end with it

    def __len__(self) -> int:
        return len(self.exact)

    def add(self, words: Sequence[int], exact: Exact) -> int:
        """The number of a phrase, new or known."""
        key = (tuple(words), exact)
        if key not in self._numbers:
            self._numbers[key] = len(self.exact)
            self.exact.append(exact)
            step = 0
            for word in words:
                if word not in self._next[step]:
                    self._next[step][word] = len(self._next)
                    self._next.append({})
                    self._ends.append([])
                step = self._next[step][word]
            self._ends[step].append(self._numbers[key])
            self.__dict__.pop("_tree", None)
            self.__dict__.pop("_asked", None)
        return self._numbers[key]

    @cached_property
    def _tree(self) -> tuple[Ints, Ints, Ints, Ints, Ints, int]:
        """The tree in columns: where a first word leads; every later (step, word) as one number, sorted, and where each leads;
        where the phrases that end with each step begin among all that end; these; one more than the highest word."""
        words = 1 + max((word for follows in self._next for word in follows), default=0)
        first = numpy.full(words, NONE)
        first[list(self._next[0])] = list(self._next[0].values())
        pairs = sorted(
            (step * words + word, to) for step, follows in enumerate(self._next) if step for word, to in follows.items()
        )
        ends = [(step, phrase) for step, several in enumerate(self._ends) for phrase in several]
        return (
            first,
            column([pair for pair, _ in pairs]),
            column([to for _, to in pairs]),
            bounds(column([step for step, _ in ends]), len(self._next)),
            column([phrase for _, phrase in ends]),
            words,
        )

    def find(self, stream: Stream) -> Said:
        """Where the phrases stand, each within one sentence; those that ask for a very form only where it stands."""
        begins, pairs, leads, ends, phrases, words = self._tree
        # A word that no phrase holds leads nowhere: it gets a number past all of them.
        forms = numpy.append(numpy.minimum(stream.forms, words), words)
        sentences = numpy.append(stream.sentence, NONE)
        steps = numpy.append(begins, NONE)[forms[:-1]]
        at = numpy.flatnonzero(steps != NONE)
        steps = steps[at]
        found: list[tuple[Ints, Ints, Ints]] = []
        length = 1
        while len(at):
            owner, member = spread(ends[steps], ends[steps + 1] - ends[steps])
            found.append((phrases[member], at[owner], at[owner] + length))
            after = at + length
            word = forms[numpy.minimum(after, len(stream.forms))]
            inside = (word < words) & (sentences[numpy.minimum(after, len(stream.forms))] == sentences[at])
            at, steps, word = at[inside], steps[inside], word[inside]
            wanted = steps * words + word
            place = numpy.searchsorted(pairs, wanted)
            known = pairs[numpy.minimum(place, len(pairs) - 1)] == wanted if len(pairs) else numpy.zeros(len(at), bool)
            at, steps = at[known], leads[place[known]]
            length += 1
        if not found:
            return Said(column([]), column([]), column([]))
        phrase, first, last = (numpy.concatenate(several) for several in zip(*found, strict=True))
        rows = numpy.sort((first << FIRST) | ((last - first) << LENGTH) | phrase)
        said = Said(rows & ((1 << LENGTH) - 1), rows >> FIRST, (rows >> FIRST) + ((rows >> LENGTH) & ((1 << FIRST - LENGTH) - 1)))
        return self._as_asked(said, stream)

    @cached_property
    def _asked(self) -> tuple[Ints, Ints, Ints]:
        """Where the very forms that each phrase asks for begin among all; in which of its words they stand; their numbers."""
        several = [(number, *one) for number, exact in enumerate(self.exact) for one in exact]
        phrase, place, form = (column(list(one)) for one in zip(*several, strict=True)) if several else (column([]),) * 3
        return bounds(phrase, len(self.exact)), place, form

    def _as_asked(self, said: Said, stream: Stream) -> Said:
        """Only the rows whose words have the very forms that their phrases ask for."""
        begins, place, form = self._asked
        if not len(place):
            return said
        row, asked = spread(begins[said.phrase], begins[said.phrase + 1] - begins[said.phrase])
        wrong = stream.bare[said.first[row] + place[asked]] != form[asked]
        kept = numpy.ones(len(said), bool)
        kept[row[wrong]] = False
        return Said(said.phrase[kept], said.first[kept], said.last[kept])
