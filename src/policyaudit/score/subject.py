"""What a provision, and a document as a whole, is about: the subjects of rubric.yaml."""

from __future__ import annotations

from policyaudit.model import BINDING, DocumentKind, TextKind
from policyaudit.rubric import Subject
from policyaudit.score.field import Field

LONG = 80  # provisions: a schedule of a law read as one article speaks of many things; a section of a manual does not


class Subjects:
    """For each subject of the rubric, the provisions of one document that are about it."""

    def __init__(self, field: Field) -> None:
        self._field = field
        self._known: dict[str, frozenset[int] | None] = {}

    def is_about(self, provision: int, subject: str) -> bool:
        """Whether a provision is about a subject; ``any`` is always so."""
        if subject == "any":
            return True
        if subject not in self._known:
            self._known[subject] = self._provisions(self._field.rubric.head.subjects[subject])
        about = self._known[subject]
        return about is None or provision in about

    def _provisions(self, subject: Subject) -> frozenset[int] | None:
        """The provisions about a subject; None where the whole document is."""
        field = self._field
        if self._titled(subject.unless_title) or any(field.by_provision(concept) for concept in subject.unless_said):
            return frozenset()
        if field.document.kind in subject.kinds or self._titled(subject.title):
            return None
        named: set[int] = set()
        for concept in subject.concepts:
            named.update(field.by_provision(concept))
            named.update(field.under_heading(concept))
        for concept in subject.headings:
            named.update(field.under_heading(concept))
        articles = {field.article[index] for index in named}
        binding = {field.article[p.index] for p in field.document.provisions if p.kind in BINDING and p.end > p.body}
        if subject.share is not None and binding and len(articles & binding) >= subject.share * len(binding):
            return None
        if subject.whole:
            return frozenset()
        inside: set[int] = set(named)
        for index in named if subject.near else {self._around(index) for index in named}:
            provision = field.document.provisions[index]
            inside.update(range(index, provision.last))
        return frozenset(inside)

    def _around(self, provision: int) -> int:
        """The widest unit around a provision still about one thing: its article, or what of a long one in a law it stands in."""
        provisions, article = self._field.document.provisions, self._field.article[provision]
        if self._field.document.kind is not DocumentKind.LAW:
            return article
        at = provision
        while at != article:
            parent = provisions[at].parent
            if parent is None or provisions[parent].last - parent > LONG:
                break
            at = parent
        return at

    def _titled(self, concepts: tuple[str, ...]) -> bool:
        """Whether the title, as known or as it stands in the text, names one of the concepts."""
        field = self._field
        said = {name for concept in field.reading.title for name in field.rubric.covering.get(concept, ())}
        if not said.isdisjoint(concepts):
            return True
        for concept in concepts:
            for index in (*field.by_provision(concept), *field.headed.get(concept, ())):
                provision = field.document.provisions[index]
                if provision.kind is TextKind.TITLE:
                    return True
        return False
