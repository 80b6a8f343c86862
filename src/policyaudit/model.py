"""The types that the rooms hand on, in the order in which they arise.

ingest -> Document, match -> Reading, score -> Card, store and report <- Results.

Every ``start`` and ``end`` is a half-open range of characters into ``Document.text``. A quotation is always
``document.text[start:end]``, so it cannot differ from the source as read. All types are frozen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class DocumentKind(StrEnum):
    """What sort of instrument a document is; a criterion names the kinds that can carry it."""

    LAW = "law"
    ACTION_PLAN = "action_plan"
    BUDGET = "budget"
    OPERATIONAL_POLICY = "operational_policy"
    CODE_OF_CONDUCT = "code_of_conduct"


class TextKind(StrEnum):
    """What sort of text a stretch of a document is. Only some of it binds anybody (see ``BINDING``)."""

    TITLE = "title"
    CONTENTS = "contents"
    PREAMBLE = "preamble"  # recitals, foreword, statement of reasons
    BACKGROUND = "background"  # situation analysis, history, description of the past
    HEADING = "heading"  # a heading that stands alone, with no text of its own
    DEFINITION = "definition"
    OPERATIVE = "operative"
    ANNEX = "annex"
    NOTE = "note"  # footnote, editor's note of change
    QUOTED = "quoted"  # text of another instrument, quoted
    INSERTED = "inserted"  # what an act puts into another act: it enacts that text
    REPEALED = "repealed"
    FURNITURE = "furniture"  # running heads and feet, page numbers, navigation


BINDING = frozenset({TextKind.DEFINITION, TextKind.OPERATIVE, TextKind.ANNEX, TextKind.INSERTED})
"""Kinds of text that bind or commit somebody, so that an element can stand on them."""


WITHOUT_FORCE = frozenset({"draft", "bill", "repealed", "expired"})
"""Statuses of a document that is assessed for itself but counts for nothing in its country's card."""


# ---------------------------------------------------------------- what goes in


@dataclass(frozen=True, slots=True)
class Source:
    """One file to audit and what is known about it before it is read; None is not known, and will be guessed or left open."""

    path: str  # where the file is
    name: str  # its name in every output: relative to the corpus, with forward slashes
    country: str | None = None  # ISO 3166 alpha-3, upper case
    kind: DocumentKind | None = None
    title: str | None = None
    language: str | None = None  # ISO 639-1
    year: int | None = None
    status: str | None = None  # in_force, draft, repealed ... as the manifest says; see WITHOUT_FORCE
    jurisdiction: str | None = None  # below the country: an ISO 3166-2 code such as US-IL, or a name as given
    instrument: str | None = None  # a short id that all versions of one instrument share
    in_force: str | None = None  # from when this version is in force: an ISO date, or a year alone


# ---------------------------------------------------------------- ingest


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row, with text in it. ``head`` is the text of its column's head ("" where the column has none; the
    head of a group stands before it: "2018 / T1"). A cell that is merged down from a row above, or says "as above", is the
    range of that row's cell, outside the row's own text."""

    start: int
    end: int
    column: int
    head: str


@dataclass(frozen=True, slots=True)
class Provision:
    """A numbered or unnumbered unit as the document divides itself: part, article, paragraph, item, table row.

    Provisions stand in the order of the text and form a tree by ``parent``. The own text of a provision is
    ``[start, end)``: label, heading and body, without its children. The label and heading are ``[start, body)``, the
    body is ``[body, end)`` (empty for a heading that stands alone). Descendants are ``provisions[index + 1 : last]``.
    """

    index: int
    parent: int | None
    level: int  # 0 for the outermost
    unit: str  # part, chapter, section, article, paragraph, item, heading, row, text
    label: str  # as printed: "ARTÍCULO 26.-", "(a)", "3.25.4 B"; "" without a number
    path: str  # as a lawyer would cite it: "art. 26(a)(2)"; the nearest heading where nothing is numbered
    heading: str  # its own heading, "" if it has none
    kind: TextKind
    start: int
    body: int
    end: int
    last: int
    cells: tuple[Cell, ...] = ()  # only for rows
    language: str = ""  # only where it is not the document's own: a column of a bilingual gazette
    eid: str = ""  # its identifier in the source, where the format has one (Akoma Ntoso eId)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the source, numbered from 1 as a viewer counts it. ``has_text`` is False for a page that could not be read."""

    number: int
    start: int
    end: int
    has_text: bool = True
    recognised: float | None = None  # confidence of text recognition (OCR) in [0, 1]; None for a page with text of its own
    legibility: float | None = None  # share of its words that are whole words of the language; None for too few words to tell


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known about a document as a whole, and where from. Proposed, never silently trusted, unless a person said it."""

    name: str  # title, number, date, jurisdiction, language, kind, status, consolidated_to, year, period
    value: str  # dates as ISO 8601, periods as "2018-2022", kinds and statuses as in DocumentKind and WITHOUT_FORCE
    origin: str  # "manifest" (a person said it), "text", "file" (its name or metadata) or "guess"
    start: int | None = None  # where in the text it was read, if it was
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: one canonical text, and everything else as offsets into it."""

    name: str
    stem: str  # path of its card and text in a run folder, without the ending
    sha256: str  # of the file's bytes
    format: str  # the reader that read it: pdf, docx, html, markdown, text
    country: str | None
    kind: DocumentKind
    title: str
    language: str
    year: int | None
    status: str | None
    guessed: tuple[str, ...]  # which of kind, language, title, year, status were guessed
    text: str
    pages: tuple[Page, ...]  # empty for formats without pages
    provisions: tuple[Provision, ...]
    warnings: tuple[str, ...]  # whole sentences, for the user
    facts: tuple[Fact, ...] = ()  # what the document is, each with the place it was read from
    legibility: float | None = None  # of the whole document, as of a Page
    jurisdiction: str | None = None  # these three as the manifest says them, see Source
    instrument: str | None = None
    in_force: str | None = None


# ---------------------------------------------------------------- match


class Force(StrEnum):
    """How strongly the sentence around a mention binds."""

    MANDATORY = "mandatory"  # shall, must, is to; deberá, future tense
    DIRECTORY = "directory"  # should
    PERMISSIVE = "permissive"  # may, can; podrá
    ASPIRATION = "aspiration"  # seek to, explore, consider
    STATED = "stated"  # none of these: a plain statement


@dataclass(frozen=True, slots=True)
class Instrument:
    """Another act, code or treaty that a document points to. ``start`` and ``end``: where it is named first."""

    name: str
    times: int
    places: tuple[str, ...]  # the first provisions that name it
    start: int
    end: int


# ---------------------------------------------------------------- score


class Status(StrEnum):
    MET = "met"
    PARTLY = "partly"
    NOT_FOUND = "not_found"
    CONTRADICTED = "contradicted"
    NOT_APPLICABLE = "not_applicable"
    UNSCORED = "unscored"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage. ``quote`` is ``text[start:end]`` of the document named; ``place`` is its article; ``context`` is the
    ``(start, end)`` of the provision around it, for showing the quotation in its provision."""

    document: str  # Document.name
    start: int
    end: int
    quote: str
    place: str
    page: int | None
    last_page: int | None  # another number where the passage runs over a page end
    context: tuple[int, int]
    force: Force = Force.STATED
    notes: tuple[str, ...] = ()  # what a reviewer should look at: "exception", ...
    recognised: float | None = None  # confidence, in [0, 1], of the least sure of its pages read by text recognition (OCR)


class Decision(StrEnum):
    """What a reviewer says of one element, or of an opposite that the machine claims."""

    AGREE = "agree"  # with the machine, whatever it says
    FOUND = "found"
    NOT_FOUND = "not_found"  # of an opposite: it is not stated
    NOT_APPLICABLE = "not_applicable"  # it counts neither way
    CONTRADICTED = "contradicted"  # the text says the opposite


@dataclass(frozen=True, slots=True)
class Review:
    """One decision of one reviewer: a row of reviews.csv. What the machine said stands beside it, and stays.

    ``ground`` is a hash of what the decision stands on (see score/ground.py); where it is another one today, the decision holds
    no longer and comes up again. ``final``: it settles what reviewers disagreed on.
    """

    document: str  # Document.name
    criterion: str
    element: str  # "a"; or "x1", an opposite
    decision: Decision
    reason: str = ""
    quotation: str = ""  # the reviewer's own: verbatim as in Document.text
    place: str = ""
    reviewer: str = ""  # initials or role
    date: str = ""  # ISO 8601
    rubric_version: str = ""
    text_hash: str = ""  # SHA-256 of Document.text
    ground: str = ""
    machine: str = ""  # found, not_found or contradicted; question or not_judged where it said neither
    machine_quotation: str = ""  # its best, "" without any
    final: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is about: document, criterion, element."""
        return self.document, self.criterion, self.element


@dataclass(frozen=True, slots=True)
class ElementFinding:
    """Whether one element was found. Where reviewers decided, ``found`` and ``evidence`` are as they say: ``machine`` keeps what
    the machine found, and a passage of the machine's that was refused stands first in ``nearest``."""

    id: str
    found: bool
    evidence: tuple[Evidence, ...] = ()  # best first; empty unless found
    nearest: tuple[Evidence, ...] = ()  # the nearest passages considered; only where not found
    question: str = ""  # what a reviewer must answer where text cannot show the element; it then counts neither way
    document: str | None = None  # in a country roll-up: the document that binds most of those that carry it
    instrument: str | None = None  # and what that instrument is called
    decided: Review | None = None  # the decision that counts
    machine: bool | None = None  # what the machine found; None where nothing was decided, or the machine judged nothing
    disputed: tuple[Review, ...] = ()  # decisions of reviewers who disagree, none of them final: the machine's finding stands

    @property
    def counts(self) -> bool:
        """Whether it counts in the score: it is no question left to a reviewer, and was not decided to be not applicable."""
        return not self.question and (self.decided is None or self.decided.decision is not Decision.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Contradiction:
    id: str  # which opposite of the criterion is stated; an element, where a reviewer says that the text contradicts it
    evidence: tuple[Evidence, ...]
    decided: Review | None = None  # the decision that counts
    disputed: tuple[Review, ...] = ()  # as of an ElementFinding


@dataclass(frozen=True, slots=True)
class Weaker:
    """In a roll-up: a duty that one text states in full and a lower or later one of the same country weakens or contradicts."""

    part: str  # the element, or the opposite that the weaker text states
    how: str  # "weaker" (it only permits or recommends) or "contradicted"
    stronger: Evidence
    weaker: Evidence


@dataclass(frozen=True, slots=True)
class Finding:
    """What a document (or, in a roll-up, a country) says about one criterion.

    ``score`` is in [0, 1], or None for a status that is not a judgement, and then ``reason`` says why in a sentence.
    """

    criterion: str
    status: Status
    score: float | None
    reason: str = ""
    elements: tuple[ElementFinding, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    weaker: tuple[Weaker, ...] = ()  # only in a roll-up
    refused: tuple[Contradiction, ...] = ()  # contradictions that the machine claims and a reviewer refused
    machine_status: Status | None = None  # what they were before reviewers decided; None where nothing was decided
    machine_score: float | None = None


@dataclass(frozen=True, slots=True)
class SectionScore:
    """Mean score of a section's scored criteria, with its coverage: scored of applicable. ``score`` None if none is scored."""

    section: str
    score: float | None
    scored: int
    applicable: int
    counts: dict[str, int] = field(default_factory=dict)  # Status value -> number of criteria


@dataclass(frozen=True, slots=True)
class Version:
    """In a roll-up: one version of an instrument of which there are several, in order of time, so that they form a series."""

    instrument: str
    document: str
    since: str | None  # from when it is in force: an ISO date, or a year alone
    status: str | None
    counted: bool  # it is the one in force, and counts for the country
    reason: str  # why it does not count; "" where it does
    sections: tuple[SectionScore, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """What a document says that somebody must do, or must not."""

    actor: str  # the concept
    evidence: Evidence
    forbids: bool = False
    deadline: str = ""  # the words that say by when, as in the text; "" where none stand with it


@dataclass(frozen=True, slots=True)
class Card:
    """The scorecard of one document, or of one country (or jurisdiction below it) as the union of its documents."""

    name: str  # Document.name, the country code, or "USA > US-IL"
    country: str | None
    findings: tuple[Finding, ...]
    sections: tuple[SectionScore, ...]
    documents: tuple[str, ...] = ()  # in a roll-up: the documents it unites
    instruments: tuple[Instrument, ...] = ()  # what the document points to and what was not read with it; not in a roll-up
    jurisdiction: str | None = None  # in the roll-up of what lies below a country
    apart: tuple[str, ...] = ()  # in a country's: the jurisdictions below it, which have cards of their own
    versions: tuple[Version, ...] = ()  # in a roll-up: instruments of which there are several versions
    duties: tuple[Duty, ...] = ()  # by actor in the order of the rubric, then in order of the text


# ---------------------------------------------------------------- what comes out


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be assessed, with one line that says why and what to do."""

    name: str
    message: str
    country: str | None = None  # as the manifest says


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What a run was made with: everything needed to make it again."""

    rubric: str
    rubric_version: str
    rubric_sha256: str  # over the rubric's files
    package_version: str
    libraries: dict[str, str]  # those that shape the result: name -> version
    sections: tuple[str, ...]  # sections assessed; empty means all
    as_of: str | None = None  # the date of the audit (ISO 8601), by which a plan's period may have ended; None was not asked


@dataclass(frozen=True, slots=True)
class Results:
    """The product: every report is made from this alone. ``criteria`` holds the rubric's texts as the reports print them."""

    run: RunInfo
    rubric: dict[str, object]  # the rubric as data: id, title, sections -> criteria -> texts (see rubric.Rubric)
    documents: tuple[Document, ...]
    cards: tuple[Card, ...]  # one per document, in the same order
    countries: tuple[Card, ...]  # one per country named in the sources
    failures: tuple[Failure, ...]
    reviews: tuple[Review, ...] = ()  # decisions that hold, applied to cards and countries (score/reviewed.py)
    reopened: tuple[Review, ...] = ()  # decisions whose ground has changed: applied to nothing, to be made again
    machine: tuple[Card, ...] = ()  # the cards as the machine made them, where decisions changed them; empty where none did
