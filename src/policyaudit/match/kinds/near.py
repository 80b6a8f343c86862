"""Phrases near each other: the parts of a term in their order, in one sentence, with a bounded number of words between.

All terms are looked for at once, each from the rarer of its two ends: what is said of it there is followed word by word
through the text, so that the many terms of which a part is not said cost next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy

from policyaudit.columns import Ints, bounds, column, spread
from policyaudit.match.phrases import Said

if TYPE_CHECKING:
    from policyaudit.match.stream import Stream

NONE = -1
BLOCK = 200_000  # places looked at at once


class Near:
    """The near terms of a vocabulary. A part is a set of phrases any of which may stand in one place; many terms share one."""

    def __init__(self) -> None:
        self._names: list[int] = []  # of each term
        self._parts: list[tuple[int, ...]] = []
        self._gaps: list[tuple[int, ...]] = []
        self._numbers: dict[frozenset[int], int] = {}  # of each part

    def add(self, name: int, parts: Iterable[Iterable[int]], gaps: Sequence[int]) -> None:
        """A term: the number of its name, its parts as sets of phrases, and how many words may stand between two of them."""
        self._names.append(name)
        self._parts.append(tuple(self._numbers.setdefault(frozenset(part), len(self._numbers)) for part in parts))
        self._gaps.append(tuple(gaps))
        self.__dict__.pop("_columns", None)
        self.__dict__.pop("_members", None)

    @cached_property
    def _columns(self) -> tuple[Ints, Ints, Ints, Ints]:
        """Of each term its name, the number of its parts, the parts and the gaps behind them, the rows filled up with NONE."""
        width = max(map(len, self._parts))
        parts = numpy.full((len(self._parts), width), NONE)
        gaps = numpy.zeros((len(self._parts), width), numpy.int64)
        for row, (one, between) in enumerate(zip(self._parts, self._gaps, strict=True)):
            parts[row, : len(one)] = one
            gaps[row, : len(between)] = between
        return column(self._names), column([len(one) for one in self._parts]), parts, gaps

    @cached_property
    def _members(self) -> tuple[Ints, Ints]:
        """The phrases of all parts, and where those of each begin."""
        members = [(number, phrase) for phrases, number in self._numbers.items() for phrase in sorted(phrases)]
        return column([phrase for _, phrase in members]), bounds(column([number for number, _ in members]), len(self._numbers))

    def find(self, said: Said, stream: Stream, phrases: int) -> tuple[Ints, Ints, Ints]:
        """Where the terms stand, as columns: name, first word, one past the last. From each place of the first part the nearest
        continuation that leads to the end is taken. ``phrases``: how many phrases there are."""
        nothing = column([]), column([]), column([])
        if not self._names or not len(said):
            return nothing
        names, lengths, parts, gaps = self._columns
        members, begins = self._members
        times = numpy.bincount(said.phrase, minlength=phrases)
        often = numpy.append(numpy.add.reduceat(times[members], begins[:-1]), numpy.iinfo(numpy.int64).max)  # NONE is the last
        possible = numpy.flatnonzero(often[parts].min(axis=1) > 0)
        if not len(possible):
            return nothing
        names, lengths, parts, gaps = names[possible], lengths[possible], parts[possible], gaps[possible]
        text = _Text(said, stream, parts, members, begins, times)
        ends = parts[numpy.arange(len(parts)), lengths - 1]
        backwards = often[ends] < often[parts[:, 0]]
        terms, rows = text.standing(numpy.flatnonzero(~backwards), parts[~backwards, 0])
        back, here = text.standing(numpy.flatnonzero(backwards), ends[backwards])
        for part in range(parts.shape[1] - 2, -1, -1):
            shorter = lengths[back] < part + 2
            owner, before = text.before(here[~shorter], parts[back[~shorter], part], gaps[back[~shorter], part])
            once = numpy.unique(back[~shorter][owner] * len(said) + before)
            back, here = numpy.append(back[shorter], once // len(said)), numpy.append(here[shorter], once % len(said))
        terms, rows = numpy.append(terms, back), numpy.append(rows, here)
        last = text.follow(rows, parts[terms], gaps[terms], lengths[terms])
        led = last != NONE
        return names[terms[led]], said.first[rows[led]], last[led]


class _Text:
    """Where phrases stand in one text, for going from one to the next. Rows are those of ``said``."""

    def __init__(self, said: Said, stream: Stream, parts: Ints, members: Ints, begins: Ints, times: Ints) -> None:
        """``parts``: those looked for; ``members`` and ``begins`` as in Near; ``times``: how often each phrase is said."""
        self._said = said
        self._places = stream.places
        words = len(stream)
        self._words_to = numpy.searchsorted(stream.places, numpy.arange(int(stream.places[-1]) + 2))
        edges = numpy.flatnonzero(numpy.diff(stream.sentence, prepend=NONE, append=NONE))
        sentence = numpy.repeat(numpy.arange(len(edges) - 1), numpy.diff(edges))
        self._opens, self._closes = edges[:-1][sentence], edges[1:][sentence]
        self._by_first = bounds(said.first, words + 1)
        self._order = numpy.argsort(said.last, kind="stable")
        self._by_last = bounds(said.last[self._order], words + 1)
        self._by_phrase = numpy.argsort(said.phrase, kind="stable")
        self._times = times
        self._phrase_begins = numpy.cumsum(times) - times
        # The phrases of each part that are said, and a table of both in which a phrase is looked up in one step.
        spoken = numpy.flatnonzero(times)
        wanted = numpy.unique(parts[parts != NONE])
        self._part_row = numpy.zeros(len(begins), numpy.int64)
        self._part_row[wanted] = numpy.arange(len(wanted))
        phrase_row = numpy.zeros(len(times), numpy.int64)
        phrase_row[spoken] = numpy.arange(len(spoken))
        owner, member = spread(begins[wanted], begins[wanted + 1] - begins[wanted])
        member = members[member]
        said_too = times[member] > 0
        self._member_owner, self._members = owner[said_too], member[said_too]
        self._holds = numpy.zeros((len(wanted), len(spoken)), bool)
        self._holds[self._member_owner, phrase_row[self._members]] = True
        self._phrase = phrase_row[said.phrase]

    def standing(self, terms: Ints, part: Ints) -> tuple[Ints, Ints]:
        """Where a part of each term stands, as (term, row)."""
        begins = bounds(self._member_owner, len(self._holds))
        row = self._part_row[part]
        owner, member = spread(begins[row], begins[row + 1] - begins[row])
        phrase = self._members[member]
        again, place = spread(self._phrase_begins[phrase], self._times[phrase])
        return terms[owner[again]], self._by_phrase[place]

    def after(self, rows: Ints, part: Ints, gap: Ints) -> tuple[Ints, Ints]:
        """Where a part stands at most so many words after each row, in its sentence, as (position in ``rows``, row)."""
        end = self._said.last[rows]
        reach = self._words_to[numpy.minimum(self._places[end - 1] + gap + 2, len(self._words_to) - 1)]
        low, high = self._by_first[end], self._by_first[numpy.minimum(self._closes[end - 1], reach)]
        return self._holding(part, low, high, numpy.arange(len(self._phrase)))

    def before(self, rows: Ints, part: Ints, gap: Ints) -> tuple[Ints, Ints]:
        """Where a part stands at most so many words before each row, in its sentence, as (position in ``rows``, row)."""
        first = self._said.first[rows]
        reach = self._words_to[numpy.maximum(self._places[first] - 1 - gap, 0)]
        low, high = self._by_last[numpy.maximum(self._opens[first], reach) + 1], self._by_last[first + 1]
        return self._holding(part, low, high, self._order)

    def _holding(self, part: Ints, low: Ints, high: Ints, order: Ints) -> tuple[Ints, Ints]:
        """Of the rows ``order[low] .. order[high]`` those that say a phrase of the part; few enough at once to bear in memory."""
        counts = numpy.maximum(high - low, 0)
        blocks = numpy.searchsorted(numpy.cumsum(counts), numpy.arange(0, int(counts.sum()) + BLOCK, BLOCK))
        found = []
        for first, last in pairwise([*blocks.tolist(), len(counts)]):
            owner, at = spread(low[first:last], counts[first:last])
            kept = self._holds[self._part_row[part[first:last]][owner], self._phrase[order[at]]]
            found.append((owner[kept] + first, order[at[kept]]))
        return numpy.concatenate([owner for owner, _ in found]), numpy.concatenate([row for _, row in found])

    def follow(self, rows: Ints, parts: Ints, gaps: Ints, lengths: Ints) -> Ints:
        """One past the last word of each term that begins at a row; NONE where it does not go on to its end."""
        run, here = numpy.arange(len(rows)), rows
        steps = []
        for part in range(1, parts.shape[1]):
            going = numpy.flatnonzero(lengths[run] > part)
            owner, following = self.after(here[going], parts[run[going], part], gaps[run[going], part - 1])
            steps.append((run, here, going[owner]))
            run, here = run[going[owner]], following
        ends = self._said.last[here]
        for part, (run, here, came_from) in reversed(list(enumerate(steps, 1))):
            leads = ends != NONE
            came_from, ends = came_from[leads], ends[leads]
            nearest = numpy.flatnonzero(numpy.diff(came_from, prepend=NONE))
            before = numpy.where(lengths[run] == part, self._said.last[here], NONE)
            before[came_from[nearest]] = ends[nearest]
            ends = before
        return ends
