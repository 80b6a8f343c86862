"""gap-report.html: one file to read, print and pass on. It asks nothing of a network and reads well without JavaScript.

All text goes through Jinja2's autoescape; only our own style sheet and script are put in as they are, and the page's
Content-Security-Policy names them by their hashes, so that nothing a document says can run or load anything.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from policyaudit.model import Document, Evidence, Finding, Force, Results, Status
from policyaudit.report import view

FORMAT = "html"
FILENAME = "gap-report.html"

_TEMPLATES = Path(__file__).parent.parent / "templates"
_OPEN_CHAPTERS = 4  # with more countries and documents than this, each stands folded


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


@dataclass(frozen=True, slots=True)
class Element:
    id: str
    text: str
    carrier: str  # in a country: the document that carries it
    same_as: str  # an earlier element with the same best passage, which is then not printed twice
    passages: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding as one group of the page shows it."""

    anchor: str
    link: str  # anchor of the other half of a partly met criterion; ""
    criterion: view.Criterion
    status: Status
    score: str
    reason: str
    opposites: tuple[Element, ...]
    missing: tuple[Element, ...]
    nearest: tuple[Quotation, ...]
    found: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    heading: str
    intro: str
    sections: tuple[tuple[str, str, tuple[Entry, ...]], ...]  # id, title, entries

    @property
    def size(self) -> int:
        return sum(len(entries) for _, _, entries in self.sections)


@dataclass(frozen=True, slots=True)
class Bar:
    section: str
    title: str
    score: float | None
    coverage: float | None
    scored: int
    applicable: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Chapter:
    """What the page says about one subject."""

    number: int
    mark: str  # a country's code; a document's number in the list of documents
    slug: str
    label: str
    name: str
    is_country: bool
    documents: tuple[str, ...]
    counts: dict[Status, int]
    bars: tuple[Bar, ...]
    groups: tuple[Group, ...]
    marks: dict[str, Status]  # criterion -> status


def write(results: Results, path: Path) -> None:
    """Write the page."""
    rubric = view.rubric(results)
    slugs = _slugs([card.name for card in (*results.countries, *results.cards)])
    chapters = _chapters(results, rubric, slugs)
    style, script = ((_TEMPLATES / f"report.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"percent": view.percent, "words": view.words, "readable": view.readable}
    page = environment.get_template("report.html.j2").stream(
        results=results,
        rubric=rubric,
        chapters=chapters,
        single=len(chapters) == 1,
        folded=len(chapters) > _OPEN_CHAPTERS,
        documents=[(document, slugs.get(document.name, "")) for document in results.documents],
        title=_title(results),
        languages=sorted({document.language for document in results.documents}),
        used=[s for s in rubric.sections if any(bar.section == s for chapter in chapters for bar in chapter.bars)],
        Status=Status,
        status_words=view.STATUS_WORDS,
        meanings=view.STATUS_MEANINGS,
        force_words=view.FORCE_WORDS,
        limits=view.LIMITS,
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
    )
    with path.open("wb") as file:
        page.dump(file, encoding="utf-8", errors="replace")


def _title(results: Results) -> str:
    if len(results.documents) == 1:
        return view.readable(results.documents[0].title or results.documents[0].name)
    countries = sorted({document.country for document in results.documents if document.country})
    count = f"{len(results.documents)} documents"
    if not countries:
        return count
    return f"{', '.join(countries) if len(countries) <= 6 else f'{len(countries)} countries'}: {count}"


def _chapters(results: Results, rubric: view.Rubric, slugs: dict[str, str]) -> tuple[Chapter, ...]:
    documents = {document.name: document for document in results.documents}
    subjects = view.subjects(results)
    numbers = {document.name: number for number, document in enumerate(results.documents, 1)}
    single = len(subjects) == 1
    chapters = []
    for number, subject in enumerate(subjects, 1):
        slug = slugs[subject.card.name]
        card = subject.card
        name = subject.document.name if subject.document else ""
        prefix = "" if single else f"{slug}-"
        quotation = _quoter(documents, slugs, name)
        chapters.append(
            Chapter(
                number=number,
                mark=str(numbers.get(name, number)) if name else view.readable(card.name),
                slug=slug,
                label=view.readable((subject.document.title if subject.document else "") or subject.label),
                name=subject.label,
                is_country=subject.document is None,
                documents=tuple(dict.fromkeys(card.documents)),
                counts=view.counts(card),
                bars=tuple(
                    Bar(
                        section.section,
                        rubric.sections.get(section.section, ""),
                        section.score,
                        view.coverage(section),
                        section.scored,
                        section.applicable,
                        section.counts,
                    )
                    for section in card.sections
                ),
                groups=_groups(rubric, card.findings, prefix, quotation, is_country=not name),
                marks={finding.criterion: finding.status for finding in card.findings},
            )
        )
    return tuple(chapters)


Quoter = Callable[..., Quotation]

_ROOM, _LESS_ROOM = 600, 320  # characters of a provision shown around the best quotation, and around any other


def _quoter(documents: dict[str, Document], slugs: dict[str, str], own: str) -> Quoter:
    def quotation(evidence: Evidence, *, elements: tuple[str, ...] = (), room: int = _LESS_ROOM) -> Quotation:
        document = documents.get(evidence.document)
        return Quotation(
            text=view.passage(evidence, document, limit=room),
            document="" if evidence.document == own else view.readable(evidence.document),
            anchor=slugs.get(evidence.document, ""),
            language=document.language if document else "",
            place=view.readable(evidence.place),
            page=view.pages(evidence),
            # A plain statement needs no remark; everything weaker or stronger does.
            force="" if evidence.force is Force.STATED else view.FORCE_WORDS[evidence.force],
            notes=tuple(view.readable(note) for note in evidence.notes),
            elements=elements,
        )

    return quotation


def _quotations(quotation: Quoter, evidence: tuple[Evidence, ...]) -> tuple[Quotation, ...]:
    return tuple(quotation(one, room=_LESS_ROOM if number else _ROOM) for number, one in enumerate(evidence))


def _groups(
    rubric: view.Rubric, findings: Iterable[Finding], prefix: str, quotation: Quoter, *, is_country: bool
) -> tuple[Group, ...]:
    findings = tuple(findings)
    where = "documents of this country" if is_country else "document"
    plan = (
        (
            "contradictions",
            "Contradictions",
            f"The {where} state{'' if is_country else 's'} the opposite of what these criteria ask. They come first: "
            "nothing else that was found makes up for them.",
            (Status.CONTRADICTED,),
        ),
        (
            "gaps",
            "Gaps",
            "What was not found, what could be added, and the nearest passages that were considered. Look at these "
            "passages before you call anything a gap.",
            (Status.NOT_FOUND, Status.PARTLY),
        ),
        (
            "found",
            "Met and partly met",
            "What was found, each element with its quotation marked inside its provision.",
            (Status.MET, Status.PARTLY),
        ),
        (
            "open",
            "Not applicable and not assessed",
            "No judgement and no score, for the reason given. This is not zero.",
            (Status.NOT_APPLICABLE, Status.UNSCORED, Status.ERROR),
        ),
    )
    groups = []
    for key, heading, intro, statuses in plan:
        by_section: dict[str, list[Entry]] = {}
        for finding in rubric.ordered(findings, *statuses):
            entry = _entry(rubric, finding, key, prefix, quotation)
            by_section.setdefault(entry.criterion.section, []).append(entry)
        sections = tuple((name, rubric.sections.get(name, ""), tuple(entries)) for name, entries in by_section.items())
        groups.append(Group(key, heading, intro, sections))
    return tuple(groups)


def _entry(rubric: view.Rubric, finding: Finding, key: str, prefix: str, quotation: Quoter) -> Entry:
    criterion = rubric.criterion(finding.criterion)
    anchor = f"{prefix}{finding.criterion}"
    link = ""
    if finding.status is Status.PARTLY:  # stands in two groups: what is missing, and what was found
        anchor, link = (anchor, f"{anchor}-found") if key == "gaps" else (f"{anchor}-found", anchor)
    gap, judged = key != "found", finding.status in view.GAPS or finding.status is Status.MET
    found: list[Element] = []
    if not (gap and finding.status is Status.PARTLY) and judged:
        shown: dict[tuple[str, int, int], str] = {}
        for element in finding.elements:
            if element.found:
                first = element.evidence[0] if element.evidence else None
                place = (first.document, first.start, first.end) if first else ("", 0, 0)
                same = shown.get(place, "") if first else ""
                shown.setdefault(place, element.id)
                quotes = () if same else _quotations(quotation, element.evidence)
                carrier = view.readable(element.document or "")
                found.append(Element(element.id, criterion.element(element.id), carrier, same, quotes))
    return Entry(
        anchor=anchor,
        link=link,
        criterion=criterion,
        status=finding.status,
        score=view.percent(finding.score) if finding.score is not None else "no score",
        reason=view.readable(finding.reason),
        opposites=tuple(
            Element(o.id, criterion.element(o.id), "", "", _quotations(quotation, o.evidence)) for o in finding.contradictions
        ),
        missing=tuple(
            Element(element.id, criterion.element(element.id), "", "", ())
            for element in (view.missing(finding, criterion) if gap else [])
        ),
        nearest=tuple(quotation(evidence, elements=tuple(names)) for evidence, names in view.nearest(finding)) if gap else (),
        found=tuple(found),
    )


def _slugs(names: list[str]) -> dict[str, str]:
    """A name for the anchors of each: lower-case letters without accents, digits and hyphens; no two are the same."""
    slugs: dict[str, str] = {}
    for name in names:
        plain = unicodedata.normalize("NFKD", re.sub(r"\.\w{1,8}$", "", name)).encode("ascii", "ignore").decode()
        slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "document"
        number, unique = 1, slug
        while unique in slugs.values():
            number += 1
            unique = f"{slug}-{number}"
        slugs.setdefault(name, unique)
    return slugs


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()
