"""The field on which conditions are tried: where in a document each concept stands, by sentence, provision and article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from policyaudit.model import Document, Mention, Reading, TextKind
from policyaudit.rubric import Rubric

ARTICLE, ITEM = "article", "item"
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
        self.by_sentence: dict[str, dict[int, list[Mention]]] = defaultdict(lambda: defaultdict(list))
        self.by_provision: dict[str, dict[int, list[Mention]]] = defaultdict(lambda: defaultdict(list))
        self.headed: dict[str, set[int]] = defaultdict(set)  # provisions whose own heading names the concept
        for mention in reading.mentions:
            sentence = reading.sentences[mention.sentence]
            for name in rubric.covering.get(mention.concept, (mention.concept,)):
                if sentence.heading or self.kind(sentence.provision) is TextKind.HEADING:
                    self.headed[name].add(sentence.provision)
                else:
                    self.by_sentence[name][mention.sentence].append(mention)
                    self.by_provision[name][sentence.provision].append(mention)
        self._under: dict[str, frozenset[int]] = {}
        self._said: dict[int, frozenset[str]] = {}  # concepts in the bodies of a provision and of those above it

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
        """Provisions whose own heading, or one above them, names the concept."""
        if concept not in self._under:
            found: set[int] = set()
            for index in self.headed.get(concept, ()):
                found.update(range(index, self.document.provisions[index].last))
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
        """The concepts in the body of a provision and in those above it."""
        if provision not in self._said:
            parent = self.document.provisions[provision].parent
            above = frozenset() if parent is None else self._said_down_to(parent)
            self._said[provision] = above | self._said_in.get(provision, set())
        return self._said[provision]

    @cached_property
    def _said_in(self) -> dict[int, set[str]]:
        """The concepts in the body of each provision."""
        result: dict[int, set[str]] = defaultdict(set)
        for name, places in self.by_provision.items():
            for provision in places:
                result[provision].add(name)
        return result

    def provisions_with(self, concepts: Iterable[str], also: Iterable[str] = ()) -> set[int]:
        """Provisions in whose body, own heading or headings above one of the concepts stands, or to which the opening of
        their list hands it down (``also``: concepts handed down besides the inherited ones)."""
        found: set[int] = set()
        for concept in concepts:
            bodies = self.by_provision.get(concept, {})
            found.update(bodies)
            found.update(self.under_heading(concept))
            if concept in self.inherited or concept in also:
                for index in bodies:
                    found.update(range(index, self.document.provisions[index].last))
        return found
