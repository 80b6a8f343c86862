"""What the surroundings make of a mention: force, negation, exception, pointer. The idea is ConText, recast for law.

A cue reaches as far as its sentence or clause says, never a fixed number of characters. An item of an enumeration that has
no force of its own takes that of the sentence that opens the enumeration.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

import numpy

from policyaudit.columns import Flags, Ints, column, spread
from policyaudit.match.hits import Hit, Hits
from policyaudit.match.stream import Stream
from policyaudit.model import Document, Force
from policyaudit.reading import FORCES, Command, Sentence

CUES: dict[str, Force | None] = {
    "@neutral": None,  # "as may be required" says nothing about the duty around it
    "@mandatory": Force.MANDATORY,
    "@directory": Force.DIRECTORY,
    "@permissive": Force.PERMISSIVE,
    "@aspiration": Force.ASPIRATION,
}
OPENERS = ":—–-,"  # what the sentence that opens an enumeration ends with
NONE = -1


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Of each place asked for: its force as a place in FORCES, and whether it is negated, excepted, or in a pointer."""

    force: Ints
    negated: Flags
    excepted: Flags
    pointer: Flags


class Cues:
    """The cues of one document, and what they make of a mention."""

    def __init__(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        hits: Hits,
        stream: Stream,
        finite: Sequence[tuple[int, Force]],
        concepts: tuple[Ints, Ints],
        *,
        plain: Container[int] = (),
    ) -> None:
        """``finite``: words whose very form gives a force (a future tense). ``concepts``: the places of any concept as (first,
        one past the last), in order; a negation that is part of one ("shall not refuse") reaches to its end, so that it
        negates no more than "refuse". A phrase with nothing after the negation but what gives force ("no podrá") says
        nothing of how far it reaches. ``plain``: sentences that command where nothing in them says otherwise."""
        self._plain = plain
        self._sentences = sentences
        self._document = document
        self._stream = stream
        self._hits = hits
        self._ends = hits.get("@no-ends", [])
        self._commas, self._semicolons = stream.rows_of(",", ";"), stream.rows_of(";")
        self._by_provision: dict[int, list[int]] = defaultdict(list)
        for index, sentence in enumerate(sentences):
            if not sentence.heading:
                self._by_provision[sentence.provision].append(index)
        said = [(first, last, force) for name, force in CUES.items() for first, last in hits.get(name, ())]
        said += [(word, word + 1, force) for word, force in finite]
        self._governing = _governing(said)
        self._starts = column([first for first, *_ in self._governing])
        self._forces = column([FORCES.index(force) for *_, force in self._governing])
        self._forced = stream.sentence[self._starts]  # the sentence of each
        self._last_force = dict(zip(self._forced.tolist(), self._forces.tolist(), strict=True))  # in each sentence
        self._negations: dict[int, list[Hit]] = defaultdict(list)  # by sentence, what is negated
        self._negate(concepts, _covered([(first, last) for first, last, _ in said], len(stream)))
        self._negated = _covered([one for several in self._negations.values() for one in several], len(stream))
        exceptions = [(last, self._clause_end(first, last, self._semicolons)) for first, last in hits.get("@exception", ())]
        self._excepted = _covered(exceptions, len(stream))

    def _negate(self, concepts: tuple[Ints, Ints], forceful: Flags) -> None:
        """Note what is negated."""
        never = numpy.array(self._hits.get("@no-never", []), numpy.int64).reshape(-1, 2)
        for name in ("@no-clause", "@no-sentence"):
            cues = self._hits.get(name, [])
            phrases = zip(cues, _around(cues, *concepts), _around(cues, never[:, 0], never[:, 1]), strict=True)
            for (first, last), end, exempt in phrases:
                if exempt is None:
                    whole = end is not None and not forceful[last:end].all()
                    reach = end if end is not None and whole else self._reach(first, last, clause=name == "@no-clause")
                    self._negations[int(self._stream.sentence[first])].append((last, reach))

    def commands(self) -> list[Command]:
        """What gives each sentence its force, in order of the text, and where the one stands whom it binds."""
        hits, places, size = self._hits, self._stream.places, len(self._stream)
        bearing = {name: _covered(hits.get(f"@bearer-{name}", []), size) for name in ("before", "after", "nobody")}
        described = {last + more for _, last in hits.get("@bearer-relative", ()) for more in (0, 1)}  # "qui", "qui ne"
        nobody = [(first, self._reach(first, first + 1, clause=True)) for first, _ in hits.get("@no-clause", ())]
        forbidden = _covered(nobody, size)  # "no officer shall"
        result = []
        for (first, last, force), at in zip(self._governing, self._forced.tolist(), strict=True):
            bearer = next((name for name, covered in bearing.items() if covered[first:last].any()), "before")
            bearer = "nobody" if first in described else bearer
            forbids = any(first <= start <= last + 1 for start, _ in self._negations.get(at, ())) or bool(forbidden[first])
            result.append(Command(at, int(places[first]), int(places[last - 1]) + 1, force, forbids, bearer))
        return result

    def around(self, first: Ints) -> Surroundings:
        """What stands around mentions, by the first word of each."""
        sentence = self._stream.sentence[first]
        # The last cue before the mention governs it; failing that, the first after it.
        force = numpy.full(len(first), NONE)
        behind = numpy.searchsorted(self._starts, first, "right")
        for at in (behind, behind - 1):
            there = numpy.flatnonzero((at >= 0) & (at < len(self._starts)))
            there = there[self._forced[at[there]] == sentence[there]]
            force[there] = self._forces[at[there]]
        negated = self._negated[first]
        silent = numpy.flatnonzero(force == NONE)
        inherited = {at: self._inherited(at) for at in numpy.unique(sentence[silent]).tolist()}
        forces = numpy.full(len(self._sentences), NONE)
        forces[list(inherited)] = [given for given, _ in inherited.values()]
        force[silent] = forces[sentence[silent]]
        negated[silent] |= numpy.isin(sentence[silent], [at for at, (_, forbids) in inherited.items() if forbids])
        return Surroundings(force, negated, self._excepted[first], self._pointed(first))

    def _pointed(self, first: Ints) -> Flags:
        """Whether each word stands in a pointer to another text: one that holds no word for the text itself."""
        own = self._hits.get("@own", [])
        pointers = []
        for begin, end in self._hits.get("@pointer", ()):
            at = bisect_left(own, (begin, 0))
            if at == len(own) or own[at][1] > end:
                pointers.append((begin, end))
        begins, ends = column([begin for begin, _ in pointers]), column([end for _, end in pointers])
        before = numpy.searchsorted(begins, first, "right") - 1
        pointed: Flags = (before >= 0) & (first < numpy.append(ends, 0)[before])
        return pointed

    def _inherited(self, sentence: int) -> tuple[int, bool]:
        """The force of a sentence in which nothing gives one, and whether it is negated: as the sentence says that opens the
        enumeration in which it stands; else it commands or states."""
        force, negated = NONE, False
        opener = self._opener(sentence)
        if opener is not None:
            end = self._sentences[opener].tokens[1]
            force = self._last_force.get(opener, NONE)
            negated = any(reach >= end for _, reach in self._negations.get(opener, ()))
        if force != NONE:
            return force, negated
        return FORCES.index(Force.MANDATORY if sentence in self._plain else Force.STATED), negated

    def _opener(self, sentence: int) -> int | None:
        """The sentence that opens the enumeration in which this one stands."""
        provision = self._document.provisions[self._sentences[sentence].provision]
        item = provision.unit == "item"
        parent = provision.parent
        while parent is not None:
            several = self._by_provision.get(parent)
            above = self._document.provisions[parent]
            if several:
                last = several[-1]
                text = self._document.text[self._sentences[last].start : self._sentences[last].end].rstrip()
                if not (item or text[-1:] in OPENERS):
                    return None
                if last in self._last_force or above.unit != "item":
                    return last
            elif not item:
                return None
            parent = above.parent
        return None

    def _clause_end(self, cue: int, start: int, stops: Sequence[int]) -> int:
        """Where the clause of a cue that goes on at ``start`` ends: at the next of the stops, at the latest with the sentence."""
        end: int = self._sentences[self._stream.sentence[cue]].tokens[1]
        at = bisect_left(stops, start)
        return min(stops[at], end) if at < len(stops) else end

    def _reach(self, cue: int, start: int, *, clause: bool) -> int:
        """How far a negation reaches that goes on at ``start``."""
        end = self._clause_end(cue, start, self._commas if clause else self._semicolons)
        at = bisect_left(self._ends, (start, 0))
        return min(self._ends[at][0], end) if at < len(self._ends) else end


def _governing(cues: list[tuple[int, int, Force | None]]) -> list[tuple[int, int, Force]]:
    """Cues in order; of two that overlap the earlier, and of two at one place the longer ("will consider" before "will").
    Neutral ones take away what they overlap and govern nothing."""
    result: list[tuple[int, int, Force | None]] = []
    for cue in sorted(cues, key=lambda c: (c[0], -c[1])):
        if not result or cue[0] >= result[-1][1]:
            result.append(cue)
    return [(first, last, force) for first, last, force in result if force is not None]


def _covered(ranges: Iterable[Hit], size: int) -> Flags:
    """For each of ``size`` words, whether a range holds it."""
    covered = numpy.zeros(size, bool)
    for first, last in ranges:
        covered[first:last] = True
    return covered


def _around(cues: Sequence[Hit], first: Ints, last: Ints) -> list[int | None]:
    """For each cue the end of the phrase around it that begins last, and is the longest of those; None where there is none.
    The phrases are given in order by their first words and one past their last; one that is no longer than the cue counts not."""
    if not len(cues) or not len(first):
        return [None] * len(cues)
    begin, end = (column(list(one)) for one in zip(*cues, strict=True))
    low = numpy.searchsorted(first, begin - int((last - first).max()))
    cue, phrase = spread(low, numpy.searchsorted(first, begin, "right") - low)
    fits = (last[phrase] >= end[cue]) & (last[phrase] - first[phrase] > (end - begin)[cue])
    best = dict(zip(cue[fits].tolist(), last[phrase[fits]].tolist(), strict=True))  # the last of each stays
    return [best.get(number) for number in range(len(cues))]
