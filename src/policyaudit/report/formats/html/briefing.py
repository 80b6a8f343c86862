"""What a chapter says to those who act: the executive summary, who must do what, SWOT and the questions for people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from policyaudit.model import Card, Duty, Evidence, Finding, Status
from policyaudit.report import guidance, view
from policyaudit.report.formats.html.quotations import Quotation, Quoter
from policyaudit.report.guidance import Guidance

STANDS = 5  # criteria named as what stands
_ROOM = 700  # characters of a duty that are shown


@dataclass(frozen=True, slots=True)
class Point:
    """A finding in one line. ``text`` says it as a sentence, ``why`` what hangs on it."""

    link: str
    id: str
    text: str
    status: Status
    why: str = ""
    opposites: tuple[str, ...] = ()  # what the text states instead
    quotation: Quotation | None = None
    core: bool = False
    missing: int = 0
    elements: int = 0


@dataclass(frozen=True, slots=True)
class Charge:
    """A duty of somebody."""

    quotation: Quotation
    forbids: bool
    deadline: str


@dataclass(frozen=True, slots=True)
class Questions:
    section: str
    title: str
    score: float | None
    opened: bool
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    judged: int
    stands: tuple[Point, ...]
    standing: int  # how many stand in all
    contradictions: tuple[Point, ...]
    gaps: tuple[Point, ...]  # those that matter most, contradictions left out
    gap_count: int
    rules: Guidance
    strengths: tuple[Point, ...]
    weaknesses: tuple[Point, ...]
    opportunities: tuple[Point, ...]
    threats: tuple[Point, ...]
    charges: tuple[tuple[str, tuple[Charge, ...]], ...]  # actors with duties
    idle: tuple[str, ...]  # actors without
    questions: tuple[Questions, ...]


def briefing(card: Card, rubric: view.Rubric, rules: Guidance, prefix: str, quotation: Quoter) -> Briefing:
    """The briefing on one card. ``prefix`` is that of the chapter's anchors."""
    quotation = replace(quotation, pictures={})  # they stand with the findings

    def points(findings: Iterable[Finding]) -> tuple[Point, ...]:
        return tuple(_point(finding, rubric, rules, prefix, quotation) for finding in findings)

    pressing = guidance.pressing(card, rubric, rules)
    opposed = [finding for finding in pressing if finding.status is Status.CONTRADICTED]
    rest = [finding for finding in pressing if finding.status is not Status.CONTRADICTED]
    stands = guidance.standing(card, rubric, rules)
    fields = guidance.swot(card, rubric)
    by_actor = guidance.by_actor(card.duties, rules)
    return Briefing(
        judged=sum(finding.status in guidance.JUDGED for finding in card.findings),
        stands=points(stands[:STANDS]),
        standing=len(stands),
        contradictions=points(opposed[: rules.gaps]),
        gaps=points(rest[: max(rules.gaps - len(opposed), 0)]),
        gap_count=len(pressing),
        rules=rules,
        strengths=points(fields.strengths),
        weaknesses=points(fields.weaknesses),
        opportunities=points(fields.opportunities),
        threats=points(fields.threats),
        charges=tuple((title, tuple(_charge(duty, quotation) for duty in several)) for title, several in by_actor if several),
        idle=tuple(title for title, several in by_actor if not several),
        questions=tuple(
            Questions(section, rubric.sections.get(section, ""), score, opened, several)
            for section, score, opened, several in guidance.asked(card, rules)
        ),
    )


def _point(finding: Finding, rubric: view.Rubric, rules: Guidance, prefix: str, quotation: Quoter) -> Point:
    criterion = rubric.criterion(finding.criterion)
    met, opposed = finding.status is Status.MET, finding.status is Status.CONTRADICTED
    best = view.best(finding) if opposed else None
    text = criterion.passing if met else criterion.failing
    if opposed or finding.status is Status.PARTLY:  # what fails as a whole does not say that part of it is there
        text = criterion.title
    return Point(
        link=f"#{prefix}{finding.criterion}",
        id=finding.criterion,
        text=text or criterion.title,
        status=finding.status,
        why=criterion.why,
        opposites=tuple(filter(None, (criterion.element(one.id) for one in finding.contradictions))),
        quotation=_short(quotation, best, 400) if best else None,
        core=criterion.section in rules.core,
        missing=len(view.missing(finding, criterion)),
        elements=len(criterion.elements or {}),
    )


def _charge(duty: Duty, quotation: Quoter) -> Charge:
    # Its force is said already.
    return Charge(replace(_short(quotation, duty.evidence, _ROOM), force=""), duty.forbids, view.readable(duty.deadline))


def _short(quotation: Quoter, evidence: Evidence, room: int) -> Quotation:
    """The quotation alone, without its provision, cut between words to so many characters."""
    quote = view.readable(evidence.quote)
    if len(quote) > room:
        quote = quote[:room].rpartition(" ")[0] + " …"
    return replace(quotation(evidence), text=view.Passage("", quote, ""))
