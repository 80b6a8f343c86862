"""The field on which conditions are tried: where in a document each concept stands, by sentence, provision and article."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

import numpy

from policyaudit.columns import Ints, bounds, column, spread
from policyaudit.model import Document, TextKind
from policyaudit.reading import Mention, Reading
from policyaudit.rubric import Rubric

ARTICLE, ITEM = "article", "item"
MATRIX = 3  # cells with a head that a row of a matrix has at least
HEADINGS = frozenset({"heading", "part", "chapter", "section"})
"""Units (see model.Provision.unit) by which the text that is read together under ``within: article`` is found."""


class Field:
    """One document and its reading, indexed. A mention counts for its concept and for every concept that includes it."""

    def __init__(self, document: Document, reading: Reading, rubric: Rubric) -> None:
        self.document = document
        self.reading = reading
        self.rubric = rubric
        self.actors = frozenset(name for name, concept in rubric.concepts.items() if concept.actor)
        self.inherited = self.actors | {name for name, concept in rubric.concepts.items() if concept.handed_down}
        self.headed: dict[str, set[int]] = defaultdict(set)  # provisions whose own heading names the concept
        self._columns: dict[int, tuple[int, int]] = {}  # first character of a cell of a matrix -> (its row, its column)
        self._told: dict[str, set[int]] = defaultdict(set)  # rows whose column heads or merged cells name the concept
        self._under: dict[str, frozenset[int]] = {}
        self._reaches: dict[tuple[str, bool], frozenset[int]] = {}
        self._handed: dict[int, frozenset[str]] = {}  # concepts in the bodies of a provision and of those above it
        self._with: dict[tuple[tuple[str, ...], tuple[str, ...]], frozenset[int]] = {}
        self._made: dict[int, Mention] = {}
        self._index()

    def _index(self) -> None:
        """Sort the mentions by the concepts that they count for."""
        mentions, covering = self.reading.mentions, self.rubric.covering
        said = numpy.bincount(mentions.concept, minlength=len(mentions.names)).tolist()
        above = [covering.get(name, (name,)) if said[number] else () for number, name in enumerate(mentions.names)]
        names = sorted({name for several in above for name in several})
        number = {name: place for place, name in enumerate(names)}
        counted = column([number[name] for several in above for name in several])
        counts = column([len(several) for several in above])
        row, which = spread((numpy.cumsum(counts) - counts)[mentions.concept], counts[mentions.concept])
        name = counted[which]
        sentences = self.reading.sentences
        provisions = column([sentence.provision for sentence in sentences])
        heads = [one.heading or self.kind(one.provision) is TextKind.HEADING for one in sentences]
        over = self._over_rows()
        if over:
            self._tell(over, row, [names[one] for one in name.tolist()])
        heading = numpy.array(heads, bool)[mentions.sentence[row]]
        for one, provision in zip(name[heading].tolist(), provisions[mentions.sentence[row[heading]]].tolist(), strict=True):
            self.headed[names[one]].add(provision)
        order = numpy.argsort(name[~heading], kind="stable")
        self._rows = row[~heading][order]  # of mentions in bodies, those of one concept together, in order of the text
        sentence = mentions.sentence[self._rows]
        self._in_sentences = _Places(names, name[~heading][order], sentence)
        self._in_provisions = _Places(names, name[~heading][order], provisions[sentence])

    def _tell(self, over: Mapping[int, tuple[int, list[int]]], row: Ints, names: Sequence[str]) -> None:
        """Note what column heads and merged cells say of the rows below them. ``row`` and ``names``: the mentions, and the
        concept that each counts for."""
        mentions, begins = self.reading.mentions, column(sorted(over))
        at = numpy.searchsorted(begins, mentions.start[row], "right") - 1
        last = column([over[begin][0] for begin in begins.tolist()])
        for one in numpy.flatnonzero((at >= 0) & (mentions.end[row] <= last[at])).tolist():
            self._told[names[one]].update(over[int(begins[at[one]])][1])

    def by_provision(self, concept: str) -> Mapping[int, range]:
        """The provisions in whose bodies a concept stands, each with what ``mentions`` asks for."""
        return self._in_provisions.of(concept)

    def by_sentence(self, concept: str) -> Mapping[int, range]:
        """The sentences of bodies in which a concept stands, each with what ``mentions`` asks for."""
        return self._in_sentences.of(concept)

    def mentions(self, places: Iterable[int]) -> list[Mention]:
        """Mentions in order of the text, from what ``by_provision`` or ``by_sentence`` gave."""
        result = []
        for place in places:
            row = int(self._rows[place])
            if row not in self._made:
                self._made[row] = self.reading.mentions[row]
            result.append(self._made[row])
        return result

    def _over_rows(self) -> dict[int, tuple[int, list[int]]]:
        """The cells that name what stands in rows below them, column heads and merged ones: first character -> (one past the
        last, the rows)."""
        over: dict[int, tuple[int, list[int]]] = {}
        heads: list[tuple[int, int, str]] = []
        for row in self.document.provisions:
            if not row.cells:
                heads = heads if row.kind in (TextKind.FURNITURE, TextKind.NOTE) else []
                continue
            if row.kind is TextKind.HEADING and len(row.cells) > 1:
                heads = [(cell.start, cell.end, self.document.text[cell.start : cell.end]) for cell in row.cells]
                continue
            matrix = sum(bool(cell.head) for cell in row.cells) >= MATRIX
            for cell in row.cells:
                if matrix:
                    self._columns.setdefault(cell.start, (row.index, cell.column))
                if not row.start <= cell.start < row.end:
                    over.setdefault(cell.start, (cell.end, []))[1].append(row.index)
                for start, end, name in heads:
                    if name in cell.head:
                        over.setdefault(start, (end, []))[1].append(row.index)
        return over

    @cached_property
    def _cell_starts(self) -> list[int]:
        return sorted(self._columns)

    def is_matrix_row(self, provision: int) -> bool:
        """Whether a provision is a row whose cells, each under its head, say one thing together: who does what by when."""
        return sum(bool(cell.head) for cell in self.document.provisions[provision].cells) >= MATRIX

    def in_two_cells(self, one: Mention, two: Mention) -> bool:
        """Whether two mentions stand in different cells of one row of a matrix, where their order says nothing."""
        at, other = (bisect_right(self._cell_starts, mention.start) - 1 for mention in (one, two))
        if at < 0 or other < 0:
            return False
        first, second = self._columns[self._cell_starts[at]], self._columns[self._cell_starts[other]]
        return first[0] == second[0] and first[1] != second[1]

    def kind(self, provision: int) -> TextKind:
        return self.document.provisions[provision].kind

    @cached_property
    def article(self) -> list[int]:
        """For each provision, the article it belongs to. Where a text has no articles, it is the numbered item straight
        under a heading that has items of its own, and else the section under the nearest heading."""
        result: list[int] = []
        for provision in self.document.provisions:
            above = provision.parent
            if (
                provision.unit == ARTICLE
                or above is None
                or self._heads(provision.index)
                or (self._heads(above) and provision.unit == ITEM and provision.last > provision.index + 1)
            ):
                result.append(provision.index)
            else:
                result.append(result[above])
        return result

    def _heads(self, index: int) -> bool:
        """Whether a provision is a heading over others and no article itself."""
        provision = self.document.provisions[index]
        return provision.unit in HEADINGS or (provision.kind is TextKind.HEADING and provision.unit != ARTICLE)

    @cached_property
    def sentences_of(self) -> dict[int, list[int]]:
        """The sentences in the body of each provision."""
        result: dict[int, list[int]] = defaultdict(list)
        for index, sentence in enumerate(self.reading.sentences):
            if not sentence.heading:
                result[sentence.provision].append(index)
        return result

    def under_heading(self, concept: str) -> frozenset[int]:
        """Provisions whose own heading, or one above them, names the concept; rows of which a column head or a cell merged down
        from above does."""
        if concept not in self._under:
            found: set[int] = set()
            for index in self.headed.get(concept, ()):
                found.update(range(index, self.document.provisions[index].last))
            found.update(self._told.get(concept, ()))
            self._under[concept] = frozenset(found)
        return self._under[concept]

    def opened(self, provision: int, also: Iterable[str] = ()) -> frozenset[str]:
        """What the sentences that open the list of a provision hand down to it: actors and other inherited concepts said
        there, and those of ``also``."""
        above = self.document.provisions[provision].parent
        if above is None:
            return frozenset()
        return frozenset(name for name in self._said_down_to(above) if name in self.inherited or name in also)

    def _said_down_to(self, provision: int) -> frozenset[str]:
        """The concepts in the body of a provision and in those above it, as far as any are handed down."""
        if provision not in self._handed:
            parent = self.document.provisions[provision].parent
            above = frozenset() if parent is None else self._said_down_to(parent)
            self._handed[provision] = above | self._said_in.get(provision, set())
        return self._handed[provision]

    @cached_property
    def _said_in(self) -> dict[int, set[str]]:
        """The concepts in the body of each provision that its list may hand down."""
        result: dict[int, set[str]] = defaultdict(set)
        for name in self.inherited | self.rubric.opening:
            for provision in self.by_provision(name):
                result[provision].add(name)
        return result

    def provisions_with(self, concepts: tuple[str, ...], also: tuple[str, ...] = ()) -> frozenset[int]:
        """Provisions in whose body, own heading or headings above one of the concepts stands, or to which the opening of
        their list hands it down (``also``: concepts handed down besides the inherited ones)."""
        known = self._with.get((concepts, also))
        if known is None:
            reached = [self._reached(name, name in self.inherited or name in also) for name in concepts]
            known = self._with[concepts, also] = frozenset().union(*reached)
        return known

    def _reached(self, concept: str, down: bool) -> frozenset[int]:
        """The provisions in which one concept stands, or to which it comes from above. ``down``: lists hand it down."""
        if (concept, down) not in self._reaches:
            bodies = self.by_provision(concept)
            found = {*bodies, *self.under_heading(concept)}
            if down:
                for index in bodies:
                    found.update(range(index, self.document.provisions[index].last))
            self._reaches[concept, down] = frozenset(found)
        return self._reaches[concept, down]


class _Places:
    """Rows that are sorted by concept, and of one concept by where they stand, taken together by place."""

    def __init__(self, names: Sequence[str], name: Ints, place: Ints) -> None:
        """``name`` gives for each row a place in ``names``."""
        changes = (numpy.diff(name, prepend=-1) != 0) | (numpy.diff(place, prepend=-1) != 0)
        begins = numpy.flatnonzero(changes)
        self._begins = [*begins.tolist(), len(name)]
        self._places = place[begins].tolist()
        self._bounds = dict(zip(names, pairwise(bounds(name[begins], len(names)).tolist()), strict=True))
        self._known: dict[str, dict[int, range]] = {}

    def of(self, concept: str) -> Mapping[int, range]:
        """By place the rows of a concept."""
        known = self._known.get(concept)
        if known is None:
            first, last = self._bounds.get(concept, (0, 0))
            rows = (range(begin, end) for begin, end in pairwise(self._begins[first : last + 1]))
            known = self._known[concept] = dict(zip(self._places[first:last], rows, strict=True))
        return known
