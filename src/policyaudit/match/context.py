"""What the surroundings make of a mention: force, negation, exception, pointer. The idea is ConText, recast for law.

A cue reaches as far as its sentence or clause says, never a fixed number of characters. An item of an enumeration that has
no force of its own takes that of the sentence that opens the enumeration.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

from policyaudit.model import Command, Document, Force, Sentence

Hit = tuple[int, int]
FORCES: dict[str, Force | None] = {
    "@neutral": None,  # "as may be required" says nothing about the duty around it
    "@mandatory": Force.MANDATORY,
    "@directory": Force.DIRECTORY,
    "@permissive": Force.PERMISSIVE,
    "@aspiration": Force.ASPIRATION,
}
OPENERS = ":—–-,"  # what the sentence that opens an enumeration ends with


@dataclass(frozen=True, slots=True)
class Surroundings:
    force: Force
    negated: bool
    excepted: bool
    pointer: bool


class Cues:
    """The cues of one document by sentence, and what they make of a mention."""

    def __init__(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        hits: Mapping[str, Sequence[Hit]],
        sentence_of: Sequence[int],
        words: Sequence[str],
        finite: Sequence[tuple[int, Force]],
        concepts: Sequence[Hit],
        *,
        plain: Container[int] = (),
    ) -> None:
        """``finite``: tokens whose very form gives a force (a future tense). ``concepts``: the phrases said of any concept; a
        negation that is part of one ("shall not refuse") reaches to its end, so that it negates no more than "refuse". A phrase
        with nothing after the negation but what gives force ("no podrá") says nothing of how far it reaches. ``plain``:
        sentences that command where nothing in them says otherwise."""
        self._plain = plain
        self._sentences = sentences
        self._document = document
        self._words = words
        self._by_provision: dict[int, list[int]] = defaultdict(list)
        for index, sentence in enumerate(sentences):
            if not sentence.heading:
                self._by_provision[sentence.provision].append(index)
        said: dict[int, list[tuple[int, int, Force | None]]] = defaultdict(list)
        for name, force in FORCES.items():
            for first, last in hits.get(name, ()):
                said[sentence_of[first]].append((first, last, force))
        for token, force in finite:
            said[sentence_of[token]].append((token, token + 1, force))
        forceful = {token for cues in said.values() for first, last, _ in cues for token in range(first, last)}
        self._forces = {at: governing for at, cues in said.items() if (governing := _governing(cues))}
        around = _cover(concepts)
        never = _cover(hits.get("@no-never", ()))
        self._negations: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for name in ("@no-clause", "@no-sentence"):
            for first, last in hits.get(name, ()):
                if never(first, last):
                    continue
                at = sentence_of[first]
                phrase = around(first, last)
                end = (
                    phrase[1]
                    if phrase and any(token not in forceful for token in range(last, phrase[1]))
                    else self._reach(at, last, hits.get("@no-ends", ()), clause=name == "@no-clause")
                )
                self._negations[at].append((last, end))
        self._exceptions: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for first, last in hits.get("@exception", ()):
            at = sentence_of[first]
            self._exceptions[at].append((last, self._clause_end(at, last, ";")))
        own = set(hits.get("@own", ()))
        self._pointers = [hit for hit in hits.get("@pointer", ()) if not any(hit[0] <= o[0] and o[1] <= hit[1] for o in own)]
        self._pointer_starts = [hit[0] for hit in self._pointers]

    def commands(self, hits: Mapping[str, Sequence[Hit]], places: Sequence[int], sentence_of: Sequence[int]) -> list[Command]:
        """What gives each sentence its force, in order of the text, and where the one stands whom it binds. ``places``: where
        each token of the stream stands in the document, as Mention counts; ``sentence_of`` its sentence."""
        touching = {bearer: _touching(hits.get(f"@bearer-{bearer}", ())) for bearer in ("before", "after", "nobody")}
        described = {last + more for _, last in hits.get("@bearer-relative", ()) for more in (0, 1)}  # "qui", "qui ne"
        ends = hits.get("@no-ends", ())
        nobody = [
            (first, self._reach(sentence_of[first], first + 1, ends, clause=True)) for first, _ in hits.get("@no-clause", ())
        ]
        result = []
        for at in sorted(self._forces):
            negated = [start for start, _ in self._negations.get(at, ())]
            for first, last, force in self._forces[at]:
                bearer = next((name for name, touches in touching.items() if touches(first, last)), "before")
                bearer = "nobody" if first in described else bearer
                forbids = any(first <= start <= last + 1 for start in negated)
                forbids = forbids or any(no <= first < end for no, end in nobody)  # "no officer shall"
                result.append(Command(at, places[first], places[last - 1] + 1, force, forbids, bearer))
        return result

    def around(self, first: int, last: int, sentence: int) -> Surroundings:
        """What stands around the mention with tokens ``[first, last)``."""
        force = self._force(first, sentence)
        negated = _within(first, self._negations.get(sentence, ()))
        opener = None if force is not None else self._opener(sentence)
        if opener is not None:
            force, inherited = self._opening(opener)
            negated = negated or inherited
        excepted = _within(first, self._exceptions.get(sentence, ()))
        at = bisect_right(self._pointer_starts, first) - 1
        pointer = at >= 0 and first < self._pointers[at][1]
        if force is None:
            force = Force.MANDATORY if sentence in self._plain else Force.STATED
        return Surroundings(force, negated, excepted, pointer)

    def _force(self, first: int, sentence: int) -> Force | None:
        """The last cue before the mention governs it; failing that, the first after it."""
        cues = self._forces.get(sentence)
        if not cues:
            return None
        governing = cues[0][2]
        for start, _, force in cues:
            if start > first:
                break
            governing = force
        return governing

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
                if last in self._forces or above.unit != "item":
                    return last
            elif not item:
                return None
            parent = above.parent
        return None

    def _opening(self, sentence: int) -> tuple[Force | None, bool]:
        cues = self._forces.get(sentence, ())
        end = self._sentences[sentence].tokens[1]
        return (cues[-1][2] if cues else None), any(e >= end for _, e in self._negations.get(sentence, ()))

    def _clause_end(self, sentence: int, start: int, stop: str) -> int:
        end = self._sentences[sentence].tokens[1]
        return next((t for t in range(start, end) if self._words[t] in stop), end)

    def _reach(self, sentence: int, start: int, ends: Sequence[Hit], *, clause: bool) -> int:
        end = self._clause_end(sentence, start, ",;" if clause else ";")
        at = bisect_left(ends, (start, 0))
        return min(ends[at][0], end) if at < len(ends) else end


def _within(token: int, ranges: Sequence[Hit]) -> bool:
    return bool(ranges) and any(start <= token < end for start, end in ranges)


def _governing(cues: list[tuple[int, int, Force | None]]) -> list[tuple[int, int, Force]]:
    """Cues in order; of two that overlap the earlier, and of two at one place the longer ("will consider" before "will").
    Neutral ones take away what they overlap and govern nothing."""
    result: list[tuple[int, int, Force | None]] = []
    for cue in sorted(cues, key=lambda c: (c[0], -c[1])):
        if not result or cue[0] >= result[-1][1]:
            result.append(cue)
    return [(first, last, force) for first, last, force in result if force is not None]


def _touching(spans: Sequence[Hit]) -> Callable[[int, int], bool]:
    """A function that tells whether any of the spans overlaps a range."""
    taken = {token for first, last in spans for token in range(first, last)}
    return lambda first, last: any(token in taken for token in range(first, last))


def _cover(spans: Sequence[Hit]) -> Callable[[int, int], Hit | None]:
    """A function that gives the first of the spans that holds a range and is longer than it, or None."""
    ordered = sorted(spans)
    starts = [span[0] for span in ordered]
    longest = max((last - first for first, last in ordered), default=0)

    def around(first: int, last: int) -> Hit | None:
        at = bisect_right(starts, first) - 1
        while at >= 0 and first - starts[at] <= longest:
            if ordered[at][1] >= last and ordered[at][1] - ordered[at][0] > last - first:
                return ordered[at]
            at -= 1
        return None

    return around
