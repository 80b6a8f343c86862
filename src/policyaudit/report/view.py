"""What the formats share: the rubric's texts by criterion, the order of things, words for readers. Pure; makes no output."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from policyaudit.model import (
    Card,
    Document,
    ElementFinding,
    Evidence,
    Fact,
    Finding,
    Force,
    Results,
    SectionScore,
    Status,
)
from policyaudit.report.translation import ENGLISH, N_, Translation

STATUS_WORDS: Mapping[Status, str] = {
    Status.MET: N_("met"),
    Status.PARTLY: N_("partly met"),
    Status.NOT_FOUND: N_("not found in the documents read"),
    Status.CONTRADICTED: N_("contradicted"),
    Status.NOT_APPLICABLE: N_("not applicable"),
    Status.UNSCORED: N_("not assessed"),
    Status.ERROR: N_("error"),
}

STATUS_MEANINGS: Mapping[Status, str] = {
    Status.MET: N_("Every element of the criterion was found. Score 100%."),
    Status.PARTLY: N_("At least one element was found, and at least one was not. The score is the share of elements found."),
    Status.NOT_FOUND: N_(
        "No element was found, although the document was read and could have carried the criterion. Score 0%. "
        "This is not a statement that the country has no such rule."
    ),
    Status.CONTRADICTED: N_(
        "The text states what the criterion names as its opposite. Score 0%, whatever else was found: "
        "a contradiction is never offset."
    ),
    Status.NOT_APPLICABLE: N_(
        "A document of this kind, or this country, cannot carry the criterion. No score; left out of the average and of "
        "the coverage."
    ),
    Status.UNSCORED: N_(
        "The criterion could not be assessed, for the reason given. No score; left out of the average, and it lowers "
        "the coverage. It is neither good nor bad."
    ),
    Status.ERROR: N_("A fault of the program, with its message. No score."),
}

FORCE_WORDS: Mapping[Force, str] = {
    Force.MANDATORY: N_("mandatory"),
    Force.DIRECTORY: N_("recommended"),
    Force.PERMISSIVE: N_("permissive"),
    Force.ASPIRATION: N_("aspiration"),
    Force.STATED: N_("plain statement"),
}

LIMITS: tuple[str, ...] = (
    N_(
        "A machine proposes, a person decides. Every finding is to be checked against the passage it quotes, and every gap "
        "against the passages shown as nearest, before it is relied on."
    ),
    N_(
        "“Not found in the documents read” means that the program did not find the wording in the documents listed here. "
        "The rule may stand in another act, in a regulation or an annex that was not read, or in words the program does not know."
    ),
    N_("Only what is written is assessed, never practice: a rule that is met on paper may not be applied."),
    N_(
        "Headings alone, recitals, quotations of other instruments and repealed text are not evidence unless the rubric says "
        "so, and a pointer to another act is none."
    ),
    N_(
        "A score is the mean of the assessed criteria of one section and must be read with its coverage (assessed of "
        "applicable). Sections are never added up to one figure."
    ),
    N_(
        "A country's result unites the documents read: an element counts if one of them carries it, and the document is "
        "named. A contradiction in any of them stays. Drafts, bills and repealed or expired texts are assessed for themselves "
        "and count for nothing in it."
    ),
    N_(
        "Whether a text is in force, was amended or was struck down by a court is known only as far as the list of documents "
        "says."
    ),
    N_(
        "Quotations are exact copies of the text as read from the file. Where the reading order of a page is wrong, "
        "the quotation is wrong in the same way; the page number leads to the original."
    ),
)

_LONGEST_WORDS = 120  # characters of the place that a fact was read from

GAPS = (Status.CONTRADICTED, Status.NOT_FOUND, Status.PARTLY)


@dataclass(frozen=True, slots=True)
class Criterion:
    """The rubric's texts of one criterion; "" and empty where the rubric says nothing."""

    id: str
    section: str
    title: str = ""
    requirement: str = ""
    why: str = ""
    passing: str = ""
    failing: str = ""
    advice: str = ""
    elements: Mapping[str, str] | None = None
    contradicted_by: Mapping[str, str] | None = None
    sources: tuple[str, ...] = ()

    def element(self, name: str) -> str:
        """The text of an element, or of an opposite such as ``x1``; "" if the rubric has none of that name."""
        return (self.elements or {}).get(name) or (self.contradicted_by or {}).get(name, "")


@dataclass(frozen=True, slots=True)
class Rubric:
    """The rubric's texts, in its own order. ``sections`` maps id to title."""

    title: str
    version: str
    sections: Mapping[str, str]
    criteria: Mapping[str, Criterion]

    def criterion(self, identifier: str) -> Criterion:
        """The criterion of that id; one with empty texts if the rubric does not hold it."""
        return self.criteria.get(identifier) or Criterion(identifier, identifier.split(".")[0])

    def ordered(self, findings: Iterable[Finding], *statuses: Status) -> list[Finding]:
        """The findings of these statuses (of all, if none is given) in the order of the rubric."""
        place = {identifier: number for number, identifier in enumerate(self.criteria)}
        chosen = [finding for finding in findings if not statuses or finding.status in statuses]
        return sorted(chosen, key=lambda finding: place.get(finding.criterion, len(place)))


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a part of a report is about: one document, or one country as the union of its documents (``document`` None)."""

    card: Card
    label: str
    document: Document | None

    @property
    def country(self) -> str:
        return self.card.country or ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotation inside as much of its provision as is worth showing; "…" marks where ``before`` or ``after`` is cut."""

    before: str
    quote: str
    after: str


def rubric(results: Results) -> Rubric:
    """The rubric's texts out of ``Results.rubric``. Texts are cleaned with ``readable``."""
    data = results.rubric
    sections: dict[str, str] = {}
    criteria: dict[str, Criterion] = {}
    for section in _dicts(data.get("sections")):
        name = _text(section.get("id"))
        sections[name] = _text(section.get("title"))
        for criterion in _dicts(section.get("criteria")):
            identifier = _text(criterion.get("id"))
            criteria[identifier] = Criterion(
                identifier,
                name,
                **{key: _text(criterion.get(key)) for key in ("title", "requirement", "why", "passing", "failing", "advice")},
                elements=_texts(criterion.get("elements")),
                contradicted_by=_texts(criterion.get("contradicted_by")),
                sources=_list(criterion.get("sources")),
            )
    version = _text(data.get("version")) or results.run.rubric_version
    return Rubric(_text(data.get("title")) or results.run.rubric, version, sections, criteria)


def subjects(results: Results, words: Translation = ENGLISH) -> list[Subject]:
    """Country roll-ups first, then documents. A country of which one document was read is that document and not repeated."""
    documents = {document.name: document for document in results.documents}
    countries = [
        Subject(card, words.country(readable(card.name)), None) for card in results.countries if len(set(card.documents)) > 1
    ]
    return countries + [Subject(card, readable(card.name), documents.get(card.name)) for card in results.cards]


def rows(results: Results) -> Iterator[tuple[Subject, Finding]]:
    """Every document's findings, documents in order of the results and findings in order of the rubric."""
    texts = rubric(results)
    for subject in subjects(results):
        if subject.document is not None:
            for finding in texts.ordered(subject.card.findings):
                yield subject, finding


def missing(finding: Finding, criterion: Criterion) -> list[ElementFinding]:
    """The elements not found, without those left to a reviewer. Where a gap lists no elements at all, those of the rubric;
    empty for what is no judgement."""
    if finding.status not in GAPS:
        return []
    if not finding.elements:
        return [] if finding.status is Status.CONTRADICTED else [ElementFinding(e, False) for e in criterion.elements or {}]
    return [element for element in finding.elements if not element.found and element.counts]


def questions(finding: Finding) -> list[ElementFinding]:
    """The elements that text cannot show: each has a question for the reviewer, and counts neither way."""
    return [element for element in finding.elements if element.question]


def nearest(finding: Finding) -> list[tuple[Evidence, list[str]]]:
    """The passages considered for the missing elements, each once with the elements it was considered for, best first."""
    ranked: dict[tuple[str, int, int], tuple[int, Evidence, list[str]]] = {}
    for element in finding.elements:
        for rank, evidence in enumerate(() if element.found else element.nearest):
            key = (evidence.document, evidence.start, evidence.end)
            best, _, names = ranked.get(key, (rank, evidence, []))
            ranked[key] = (min(rank, best), evidence, [*names, element.id])
    order = sorted(ranked.values(), key=lambda item: (item[0], -len(item[2])))
    return [(evidence, names) for _, evidence, names in order]


def best(finding: Finding) -> Evidence | None:
    """The one quotation that stands for a finding: its contradiction, else the first of its first found element; or None."""
    for contradiction in finding.contradictions:
        if contradiction.evidence:
            return contradiction.evidence[0]
    for element in finding.elements:
        if element.found and element.evidence:
            return element.evidence[0]
    return None


def passage(evidence: Evidence, document: Document | None, *, limit: int = 600, words: Translation = ENGLISH) -> Passage:
    """The quotation with its provision around it, about ``limit`` characters in all; cuts fall between words."""
    quote = evidence.quote
    cut = ""
    if len(quote) > 2 * limit:
        more = len(quote) - 2 * limit
        cut = f" … [{words.ngettext('%(num)s character more', '%(num)s characters more', more)}]"
        quote = quote[: 2 * limit]
    start, end = evidence.context
    if document is None or not start <= evidence.start <= evidence.end <= end <= len(document.text):
        return Passage("", readable(quote) + cut, "")
    before, after = document.text[start : evidence.start], document.text[evidence.end : end]
    room = max(limit - len(quote), limit // 4)
    # What one side does not need goes to the other.
    left = min(len(before), max(room // 2, room - len(after)))
    right = min(len(after), room - left)
    if left < len(before):
        before = "… " + before[len(before) - left :].partition(" ")[2]
    if right < len(after):
        after = after[:right].rpartition(" ")[0] + " …"
    return Passage(readable(before), readable(quote) + cut, readable(after) if not cut else "")


def percent(score: float | None) -> str:
    """A score in words: "67%"; "–" where there is none, which is not zero."""
    return "–" if score is None else f"{score * 100:.0f}%"


def coverage(section: SectionScore) -> float | None:
    """Scored of applicable, in [0, 1]; None where nothing is applicable."""
    return section.scored / section.applicable if section.applicable else None


def pages(evidence: Evidence) -> str:
    """The page or pages of a passage: "12", "12–13"; "" in formats without pages."""
    if evidence.page is None:
        return ""
    last = evidence.last_page
    return f"{evidence.page}–{last}" if last is not None and last != evidence.page else str(evidence.page)


def to_check(evidence: Evidence, words: Translation = ENGLISH) -> tuple[str, ...]:
    """What a reviewer should look at in a passage, cleaned with ``readable``; that it was read from a scan stands last."""
    notes = tuple(words.gettext(readable(note)) for note in evidence.notes)
    return notes if evidence.recognised is None else (*notes, scanned(evidence.recognised, words))


def scanned(confidence: float, words: Translation = ENGLISH) -> str:
    """That a passage was read from an image, and how surely."""
    return words.gettext("read from a scan, confidence %(figure)s", figure=words.figure(confidence))


def scans(document: Document, words: Translation = ENGLISH) -> str:
    """How many pages were read from images and how surely: "3 pages, confidence 0.96 to 0.99"; "" if there are none."""
    figures = [page.recognised for page in document.pages if page.recognised is not None]
    if not figures:
        return ""
    least, most = words.figure(min(figures)), words.figure(max(figures))
    sure = least if least == most else words.gettext("%(least)s to %(most)s", least=least, most=most)
    pages = words.ngettext("%(num)s page", "%(num)s pages", len(figures))
    return words.gettext("%(pages)s, confidence %(figure)s", pages=pages, figure=sure)


ORIGINS: Mapping[str, str] = {
    "manifest": N_("said by a person"),
    "text": N_("read in the text"),
    "file": N_("from the file’s name or metadata"),
    "guess": N_("guessed"),
}


def origin(fact: Fact, document: Document, words: Translation = ENGLISH) -> str:
    """Where a fact comes from, in words: "said by a person", "read in the text, p. 1: “DRAFT”"."""
    said = words.gettext(ORIGINS.get(fact.origin, fact.origin))
    if fact.start is None or fact.end is None:
        return said
    starts = [page.start for page in document.pages]
    page = ""
    if starts:
        number = document.pages[max(bisect_right(starts, fact.start) - 1, 0)].number
        page = ", " + words.gettext("p. %(page)s", page=number)
    quoted = " ".join(readable(document.text[fact.start : fact.end]).split())
    return f"{said}{page}: “{quoted if len(quoted) <= _LONGEST_WORDS else quoted[: _LONGEST_WORDS - 1] + '…'}”"


def fact_value(fact: Fact, words: Translation = ENGLISH) -> str:
    """A fact's value as people read it."""
    if fact.name == "language":
        return words.language_name(fact.value)
    if fact.name == "jurisdiction":
        return words.country(fact.value)
    return readable(words.named(fact.value) if fact.name in ("kind", "status") else fact.value)


def fact_lines(document: Document, words: Translation = ENGLISH) -> list[str]:
    """What is known of a document, a fact a line: "status: draft (read in the text, p. 1: “DRAFT”)"."""
    return [
        f"{words.label(words.named(fact.name))} {fact_value(fact, words)} ({origin(fact, document, words)})"
        for fact in document.facts
    ]


def words(name: str) -> str:
    """An identifier such as ``action_plan`` as a reader wants it."""
    return name.replace("_", " ")


def counts(card: Card) -> dict[Status, int]:
    """How many findings of a card have each status, all statuses named."""
    return {status: sum(finding.status is status for finding in card.findings) for status in Status}


# Control characters, lone surrogates and non-characters: no XML or HTML can hold them, and no reader can see them.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def readable(text: str) -> str:
    """The text without characters that no output can show; line ends become ``\\n``. All else stays as it is."""
    return _UNREADABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _text(value: object) -> str:
    return "" if value is None else readable(str(value)).strip()


def _list(value: object) -> tuple[str, ...]:
    return tuple(_text(item) for item in value) if isinstance(value, list | tuple) else ()


def _texts(value: object) -> dict[str, str]:
    return {str(key): _text(text) for key, text in value.items()} if isinstance(value, Mapping) else {}


def _dicts(value: object) -> list[Mapping[str, object]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list | tuple) else []
