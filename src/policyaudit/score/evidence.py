"""Passages made citable: a verbatim slice with its place and page; and the nearest passages for what was not found."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy

from policyaudit.columns import Ints, bounds, column, spread
from policyaudit.model import BINDING, Evidence, Force
from policyaudit.rubric import Condition
from policyaudit.score.conditions import Passage
from policyaudit.score.field import Field

MOST = 5  # passages shown for an element found
NEAREST = 3  # passages shown for one not found
CONCEPT, WORD = 2.0, 0.5  # what it is worth to share a concept with an element, and a word of its terms
LONGEST = 600  # characters of a quotation beyond which it is cut to the clauses that carry the element
Weights = numpy.ndarray[Any, numpy.dtype[numpy.float64]]
_CLAUSE = re.compile(r"[;:|•·]\s+|\s[-–—]\s+|\n+")


class Citer:
    """Makes evidence of one document's sentences."""

    def __init__(self, field: Field) -> None:
        self._field = field
        self._page_starts = [page.start for page in field.document.pages]

    def cite(
        self,
        first: int,
        last: int,
        *,
        core: tuple[int, int] | None = None,
        force: Force = Force.STATED,
        notes: tuple[str, ...] = (),
    ) -> Evidence:
        """The text from one sentence to another of the same provision, as evidence. One that is too long to read is cut to the
        clauses around ``core``, or to its beginning."""
        document, sentences = self._field.document, self._field.reading.sentences
        start, end = sentences[first].start, sentences[last].end
        if end - start > LONGEST:
            start, end = self._cut(start, end, core or (start, start))
        provision = document.provisions[sentences[first].provision]
        return Evidence(
            document.name,
            start,
            end,
            document.text[start:end],
            provision.path,
            self._page(start),
            self._page(max(start, end - 1)),
            (provision.start, provision.end),
            force,
            notes,
            self._recognised(start, max(start, end - 1)),
        )

    def _cut(self, start: int, end: int, core: tuple[int, int]) -> tuple[int, int]:
        """As many whole clauses before and after the core as LONGEST holds; the clauses of the core itself in any case."""
        text = self._field.document.text
        ends = [match.end() for match in _CLAUSE.finditer(text, start, end)]
        before = [at for at in (start, *ends) if at <= core[0]]
        after = [match.start() for match in _CLAUSE.finditer(text, core[1], end)] + [end]
        first = next((at for at in before if after[0] - at <= LONGEST), before[-1])
        last = next((at for at in reversed(after) if at - first <= LONGEST), after[0])
        return first, first + len(text[first:last].rstrip())

    def _page(self, at: int) -> int | None:
        return self._field.document.pages[self._index(at)].number if self._page_starts else None

    def _index(self, at: int) -> int:
        return max(0, bisect_right(self._page_starts, at) - 1)

    def _recognised(self, start: int, last: int) -> float | None:
        """How sure recognition is of the pages of a passage; None where none of them is a scan."""
        if not self._page_starts:
            return None
        pages = self._field.document.pages[self._index(start) : self._index(last) + 1]
        return min((page.recognised for page in pages if page.recognised is not None), default=None)

    def of(self, passages: Iterable[Passage], *, most: int = MOST) -> tuple[Evidence, ...]:
        """The best passages as evidence, best first, no place twice. A passage over several sentences gives one quotation
        where they follow one another in a provision, else the best sentence first and then the others."""
        result: list[Evidence] = []
        taken: set[int] = set()
        for passage in sorted(passages, key=lambda p: p.rank):
            if passage.best in taken:
                continue
            notes = ("exception",) if passage.excepted else ()
            for first, last in self._runs(passage):
                if len(result) < most and not taken.intersection(range(first, last + 1)):
                    core = passage.core if first <= passage.best <= last else None
                    result.append(self.cite(first, last, core=core, force=passage.force, notes=notes))
                    taken.update(range(first, last + 1))
            if len(result) >= most:
                break
        return tuple(result)

    def _runs(self, passage: Passage) -> list[tuple[int, int]]:
        """Neighbouring sentences of one provision taken together; the run with the best sentence first."""
        sentences = self._field.reading.sentences
        runs: list[tuple[int, int]] = []
        for index in passage.sentences:
            if runs and index - runs[-1][1] == 1 and sentences[index].provision == sentences[runs[-1][0]].provision:
                runs[-1] = (runs[-1][0], index)
            else:
                runs.append((index, index))
        return sorted(runs, key=lambda run: (not run[0] <= passage.best <= run[1], run[0]))

    # ------------------------------------------------------------ what was not found

    @cached_property
    def _postings(self) -> tuple[dict[str, int], Ints, Ints, Weights]:
        """Where each word of the binding sentences, and each concept said in them, stands: its number, where its rows begin, and
        as columns the sentences that hold it and what it is worth in each: its part of Okapi BM25."""
        field = self._field
        sentences, mentions = field.reading.sentences, field.reading.mentions
        binding = numpy.array([not one.heading and field.kind(one.provision) in BINDING for one in sentences], bool)
        numbers: dict[str, int] = {}
        above = [["@" + name for name in field.rubric.covering.get(concept, ())] for concept in mentions.names]
        for word in (word for one in sentences for word in one.words):
            numbers.setdefault(word, len(numbers))
        for word in (word for several in above for word in several):
            numbers.setdefault(word, len(numbers))
        concepts = column([numbers[word] for several in above for word in several])
        counts = column([len(several) for several in above])
        row, which = spread((numpy.cumsum(counts) - counts)[mentions.concept], counts[mentions.concept])
        words = numpy.append(column([numbers[word] for one in sentences for word in one.words]), concepts[which])
        lengths = column([len(one.words) for one in sentences])
        where = numpy.append(numpy.repeat(numpy.arange(len(sentences)), lengths), mentions.sentence[row])
        words, where = words[binding[where]], where[binding[where]]
        sizes = numpy.bincount(where, minlength=len(sentences))
        mean = sizes[binding].sum() / binding.sum() if binding.any() else 1
        pairs = numpy.sort(words * len(sentences) + where)
        begins = numpy.flatnonzero(numpy.diff(pairs, prepend=-1))
        times = numpy.diff(begins, append=len(pairs))
        words, where = pairs[begins] // len(sentences), pairs[begins] % len(sentences)
        parts = times * 2.2 / (times + 1.2 * (0.25 + 0.75 * sizes[where] / mean))
        rows = bounds(words, len(numbers))
        held = numpy.diff(rows)
        rare = numpy.log(1 + (binding.sum() - held + 0.5) / (held + 0.5))
        weights = numpy.array([CONCEPT if word[:1] == "@" else WORD for word in numbers])
        return numbers, rows, where, parts * (rare * weights)[words]

    def nearest(self, conditions: Sequence[Condition], *, wider: Sequence[Condition] = ()) -> tuple[Evidence, ...]:
        """The passages that share most with what an element asks for, by Okapi BM25 (k1 1.2, b 0.75; Robertson and Zaragoza
        2009) over concepts and the words of their terms. Ties go to the earlier passage. Where nothing is shared with the
        conditions of the element, those of its whole criterion (``wider``) are asked; empty if nothing is shared with them."""
        names = {name for condition in conditions for name in condition.concepts}
        words = self._field.reading.words
        query = {f"@{name}" for name in names}.union(*(words.get(name, ()) for name in names))
        return self._ranked(query) or (self.nearest(wider) if wider else ())

    def _ranked(self, query: set[str]) -> tuple[Evidence, ...]:
        numbers, rows, where, worth = self._postings
        known = sorted(query & numbers.keys())
        words = column([numbers[word] for word in known])
        _, row = spread(rows[words], rows[words + 1] - rows[words])
        scores = numpy.bincount(where[row], worth[row], len(self._field.reading.sentences))
        scores = scores.round(9)
        shared = numpy.flatnonzero(scores)
        if len(shared) > NEAREST:
            least = numpy.partition(scores[shared], -NEAREST)[-NEAREST]
            shared = shared[scores[shared] >= least]
        best = sorted(shared.tolist(), key=lambda index: (-scores[index], index))[:NEAREST]
        return tuple(self.cite(index, index) for index in best)
