"""A passage as the page shows it: marked in its provision, with its place, a link to the original, a picture of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from policyaudit.model import Document, Evidence, Force
from policyaudit.report import view
from policyaudit.report.originals import Place
from policyaudit.report.translation import Translation


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage as the page shows it. ``elements`` are those it was considered for."""

    text: view.Passage
    document: str  # its name, "" where the chapter is about that document
    anchor: str
    language: str
    place: str
    page: str
    force: str
    notes: tuple[str, ...]
    elements: tuple[str, ...] = ()
    original: str = ""  # the link that opens the source there, "" where it is not known
    picture: str = ""  # the passage as it looks on its page, a data: address


ROOM, LESS_ROOM = 600, 320  # characters of a provision shown around the best quotation, and around any other


@dataclass(frozen=True, slots=True)
class Quoter:
    """Makes quotations for a chapter. ``own`` is the document that it is about, "" for a country's."""

    documents: dict[str, Document]
    slugs: dict[str, str]
    own: str
    words: Translation
    links: Mapping[str, str] = field(default_factory=dict)  # by name of a document, to its file
    pictures: dict[Place, str] = field(default_factory=dict)  # data: addresses of those not shown yet

    def elsewhere(self, document: str | None) -> str:
        """The name of a document, if the chapter is not about it."""
        return "" if document is None or document == self.own else view.readable(document)

    def __call__(self, evidence: Evidence, *, elements: tuple[str, ...] = (), room: int = LESS_ROOM) -> Quotation:
        document = self.documents.get(evidence.document)
        return Quotation(
            text=view.passage(evidence, document, limit=room, words=self.words),
            document=self.elsewhere(evidence.document),
            anchor=self.slugs.get(evidence.document, ""),
            language=document.language if document else "",
            place=view.readable(evidence.place),
            page=view.pages(evidence),
            # A plain statement needs no remark; everything weaker or stronger does.
            force="" if evidence.force is Force.STATED else self.words.gettext(view.FORCE_WORDS[evidence.force]),
            notes=view.to_check(evidence, self.words),
            elements=elements,
            original=self._original(evidence, document),
            picture=self._picture(evidence),
        )

    def _picture(self, evidence: Evidence) -> str:
        """The picture of a passage where it is shown for the first time; it is large."""
        return self.pictures.pop((evidence.document, evidence.start, evidence.end), "")

    def _original(self, evidence: Evidence, document: Document | None) -> str:
        link = self.links.get(evidence.document, "")
        if link and document is not None and document.format == "pdf" and evidence.page is not None:
            return f"{link}#page={evidence.page}"  # RFC 8118, section 3
        return link
