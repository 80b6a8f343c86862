"""The card of a country: the union of what its documents say, the document named element by element."""

from __future__ import annotations

from collections.abc import Sequence

from policyaudit.model import Card, Contradiction, ElementFinding, Finding, Status
from policyaudit.rubric import Rubric
from policyaudit.score.statuses import SCORED, judge, sections

NEAREST = 3


def unite(country: str, cards: Sequence[Card], rubric: Rubric) -> Card:
    """One card from those of a country's documents. An element is found where any document has it; a contradiction in any
    of them stays visible and is not offset. A criterion that no document could be judged on has no score."""
    findings = tuple(
        _united([_of(card, criterion.id) for card in cards]) for section in rubric.sections for criterion in section.criteria
    )
    documents = tuple(card.name for card in cards)
    return Card(country, country, findings, sections(findings, rubric), documents)


def _of(card: Card, criterion: str) -> Finding:
    return next(finding for finding in card.findings if finding.criterion == criterion)


def _united(findings: Sequence[Finding]) -> Finding:
    scored = [finding for finding in findings if finding.status in SCORED]
    criterion = findings[0].criterion
    if not scored:
        for status in (Status.UNSCORED, Status.ERROR, Status.NOT_APPLICABLE):
            for finding in findings:
                if finding.status is status:
                    return Finding(criterion, status, None, finding.reason)
    elements = tuple(
        _best([f.elements[index] for f in scored if index < len(f.elements)]) for index in range(len(scored[0].elements))
    )
    opposites: dict[str, Contradiction] = {}
    for finding in scored:
        for contradiction in finding.contradictions:
            before = opposites.get(contradiction.id)
            evidence = (*before.evidence, *contradiction.evidence) if before else contradiction.evidence
            opposites[contradiction.id] = Contradiction(contradiction.id, evidence)
    status, score = judge(elements, contradicted=bool(opposites))
    contradictions = tuple(opposites[key] for key in sorted(opposites))
    left_open = sum(finding.status is Status.UNSCORED for finding in findings)
    reason = f"{left_open} of its documents could not be assessed on it." if left_open else ""
    return Finding(criterion, status, score, reason, elements, contradictions)


def _best(several: Sequence[ElementFinding]) -> ElementFinding:
    """The same element of several documents: the evidence of all that have it, the first named; else the nearest of all."""
    found = [element for element in several if element.found]
    if found:
        evidence = tuple(e for element in found for e in element.evidence[:2])
        return ElementFinding(found[0].id, True, evidence, document=found[0].document)
    question = next((element.question for element in several if element.question), "")
    nearest = tuple(e for element in several for e in element.nearest[:1])[:NEAREST]
    return ElementFinding(several[0].id, False, nearest=nearest, question=question)
