"""What the page says: a chapter for each country and document, its findings in groups. No markup; see the templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policyaudit.model import Contradiction, ElementFinding, Evidence, Finding, Results, Status
from policyaudit.report import decided, guidance, view
from policyaudit.report.formats.html.briefing import Briefing, briefing
from policyaudit.report.formats.html.quotations import LESS_ROOM, ROOM, Quotation, Quoter
from policyaudit.report.originals import Place
from policyaudit.report.translation import Translation


@dataclass(frozen=True, slots=True)
class Element:
    id: str
    text: str
    passages: tuple[Quotation, ...] = ()
    carrier: str = ""  # in a country: the document that carries it
    remark: str = ""  # a sentence that stands behind its text
    decided: tuple[str, ...] = ()  # who decided what on it, and what the machine had proposed


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
    questions: tuple[Element, ...]  # left to the reviewer
    nearest: tuple[Quotation, ...]  # the nearest passage of each missing element
    further: tuple[Quotation, ...]  # the next ones
    found: tuple[Element, ...]
    refused: tuple[Element, ...] = ()  # contradictions that the machine claimed and a reviewer refused
    left_out: tuple[Element, ...] = ()  # elements that a reviewer decided to be not applicable
    before: str = ""  # what the machine had proposed, where decisions changed it


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    heading: str
    intro: str
    sections: tuple[tuple[str, str, tuple[Entry, ...]], ...]  # id, title, entries; of what is open: status, reason, entries

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
    """What the page says about one subject. ``page`` is the file that it has to itself, "" if it stands among the others."""

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
    prefix: str  # of its anchors
    page: str
    brief: Briefing

    @property
    def link(self) -> str:
        """Where it begins."""
        return self.page or f"#{self.slug}"

    def finding(self, criterion: str) -> str:
        """The link to its finding on a criterion."""
        return f"{self.page}#{self.prefix}{criterion}"

    @property
    def scored(self) -> tuple[Bar, ...]:
        """The sections that have a score; all, if none has."""
        return tuple(bar for bar in self.bars if bar.score is not None) or self.bars

    @property
    def unscored(self) -> tuple[Bar, ...]:
        return tuple(bar for bar in self.bars if bar not in self.scored)


def chapters(
    results: Results,
    rubric: view.Rubric,
    slugs: dict[str, str],
    words: Translation,
    *,
    folder: str = "",
    links: Mapping[str, str],
    pictures: Mapping[Place, str],
) -> tuple[Chapter, ...]:
    """Countries first, then documents. With ``folder`` each has a page of its own there. ``links`` and
    ``pictures`` as of a Quoter."""
    rules = guidance.guidance(results, words.language)
    documents = {document.name: document for document in results.documents}
    subjects = view.subjects(results, words)
    numbers = {document.name: number for number, document in enumerate(results.documents, 1)}
    alone = bool(folder) or len(subjects) == 1
    result = []
    for number, subject in enumerate(subjects, 1):
        slug = slugs[subject.card.name]
        card = subject.card
        name = subject.document.name if subject.document else ""
        prefix = "" if alone else f"{slug}-"
        quotation = Quoter(documents, slugs, name, words, links, dict(pictures))
        result.append(
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
                prefix=prefix,
                page=f"{folder}/{slug}.html" if folder else "",
                brief=briefing(card, rubric, rules, prefix, quotation),
            )
        )
    return tuple(result)


def _quotations(quotation: Quoter, evidence: tuple[Evidence, ...]) -> tuple[Quotation, ...]:
    return tuple(quotation(one, room=LESS_ROOM if number else ROOM) for number, one in enumerate(evidence))


def _groups(
    rubric: view.Rubric, findings: Iterable[Finding], prefix: str, quotation: Quoter, *, is_country: bool
) -> tuple[Group, ...]:
    findings = tuple(findings)
    words = quotation.words
    plan = (
        (
            "contradictions",
            words.gettext("Contradictions"),
            words.gettext(
                "The documents of this country state the opposite of what these criteria ask. They come first: nothing else "
                "that was found makes up for them."
            )
            if is_country
            else words.gettext(
                "The document states the opposite of what these criteria ask. They come first: nothing else that was found "
                "makes up for them."
            ),
            (Status.CONTRADICTED,),
        ),
        (
            "gaps",
            words.gettext("Gaps"),
            words.gettext(
                "What was not found, what could be added, and the nearest passages that were considered. Look at these "
                "passages before you call anything a gap."
            ),
            (Status.NOT_FOUND, Status.PARTLY),
        ),
        (
            "found",
            words.gettext("Met and partly met"),
            words.gettext("What was found, each element with its quotation marked inside its provision."),
            (Status.MET, Status.PARTLY),
        ),
        (
            "open",
            words.gettext("Not applicable and not assessed"),
            words.gettext("No judgement and no score, for the reason given. This is not zero."),
            (Status.NOT_APPLICABLE, Status.UNSCORED, Status.ERROR),
        ),
    )
    groups = []
    for key, heading, intro, statuses in plan:
        parts: dict[tuple[str, str], list[Entry]] = {}
        for finding in rubric.ordered(findings, *statuses):
            entry = _entry(rubric, finding, key, prefix, quotation)
            part = (entry.status.value, entry.reason) if key == "open" else _section(rubric, entry.criterion)
            parts.setdefault(part, []).append(entry)
        order = list(parts.items())
        if key == "open":  # what might yet be judged first; of the reasons, those of many criteria
            order.sort(key=lambda part: (part[0][0] == Status.NOT_APPLICABLE, -len(part[1])))
        groups.append(Group(key, heading, intro, tuple((*part, tuple(entries)) for part, entries in order)))
    return tuple(groups)


def _section(rubric: view.Rubric, criterion: view.Criterion) -> tuple[str, str]:
    return criterion.section, rubric.sections.get(criterion.section, "")


def _entry(rubric: view.Rubric, finding: Finding, key: str, prefix: str, quotation: Quoter) -> Entry:
    criterion = rubric.criterion(finding.criterion)
    anchor, link = f"{prefix}{finding.criterion}", ""
    partly = finding.status is Status.PARTLY
    if partly:  # stands in two groups: what is missing, and what was found
        anchor, link = (anchor, f"{anchor}-found") if key == "gaps" else (f"{anchor}-found", anchor)
    words = quotation.words

    def told(
        one: ElementFinding | Contradiction, passages: tuple[Quotation, ...] = (), remark: str = "", *, quoted: bool = True
    ) -> Element:
        said = decided.sentences(one, words, named=not quotation.own, quoted=quoted)
        return Element(one.id, criterion.element(one.id), passages, remark=remark, decided=said)

    gap, judged = key != "found", finding.status in view.GAPS or finding.status is Status.MET
    leading = {_place(element.nearest[0]) for element in finding.elements if element.nearest}
    near = view.nearest(finding) if gap else []
    nowhere = words.gettext("No passage shares words with it.")
    opposed = words.gettext("The text says the opposite of it.")
    return Entry(
        anchor=anchor,
        link=link,
        criterion=criterion,
        status=finding.status,
        score=words.percent(finding.score) if finding.score is not None else words.gettext("no score"),
        reason=view.readable(finding.reason),
        opposites=tuple(
            told(o, _quotations(quotation, o.evidence), "" if o.id in (criterion.contradicted_by or {}) else opposed)
            for o in finding.contradictions
        ),
        missing=tuple(told(e, remark="" if e.nearest else nowhere) for e in (view.missing(finding, criterion) if gap else [])),
        questions=tuple(
            told(e, remark=view.readable(e.question)) for e in (view.questions(finding) if judged and (gap or not partly) else [])
        ),
        nearest=tuple(quotation(e, elements=tuple(names)) for e, names in near if _place(e) in leading),
        further=tuple(quotation(e, elements=tuple(names)) for e, names in near if _place(e) not in leading),
        found=_found(finding, criterion, quotation) if judged and not (gap and partly) else (),
        refused=tuple(
            told(o, _quotations(quotation, o.evidence[:1]), quoted=False) for o in finding.refused if gap or not partly
        ),
        left_out=tuple(told(e) for e in finding.elements if not e.counts and not e.question and (gap or not partly)),
        before=decided.before(finding, words),
    )


def _found(finding: Finding, criterion: view.Criterion, quotation: Quoter) -> tuple[Element, ...]:
    """The elements found. One with the best passage of an earlier one says so, and the passage is not printed twice."""
    found: list[Element] = []
    shown: dict[tuple[str, int, int], str] = {}
    for element in finding.elements:
        if not element.found:
            continue
        same = shown.get(_place(element.evidence[0]), "") if element.evidence else ""
        if element.evidence:
            shown.setdefault(_place(element.evidence[0]), element.id)
        found.append(
            Element(
                element.id,
                criterion.element(element.id),
                () if same else _quotations(quotation, element.evidence),
                quotation.elsewhere(element.document),
                quotation.words.gettext("Same passage as element %(name)s.", name=same) if same else "",
                decided.sentences(element, quotation.words, named=not quotation.own),
            )
        )
    return tuple(found)


def _place(evidence: Evidence) -> tuple[str, int, int]:
    return evidence.document, evidence.start, evidence.end
