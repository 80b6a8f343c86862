"""The card of one document."""

from __future__ import annotations

from policyaudit.model import Card, Contradiction, Document, ElementFinding, Finding, Reading, Status
from policyaudit.rubric import Criterion, CriterionConditions, Rubric
from policyaudit.score.conditions import passages
from policyaudit.score.evidence import Citer
from policyaudit.score.field import Field
from policyaudit.score.statuses import judge, sections
from policyaudit.score.subject import Subjects


def assess(document: Document, reading: Reading, rubric: Rubric) -> Card:
    """The findings of a document on every criterion of a rubric, in the rubric's order, and its sections."""
    field = Field(document, reading, rubric)
    subjects = Subjects(field)
    citer = Citer(field)
    findings = tuple(_finding(criterion, field, subjects, citer) for section in rubric.sections for criterion in section.criteria)
    return Card(document.name, document.country, findings, sections(findings, rubric), (document.name,))


def _finding(criterion: Criterion, field: Field, subjects: Subjects, citer: Citer) -> Finding:
    document, rubric = field.document, field.rubric
    if document.kind not in criterion.applies_to:
        kinds = ", ".join(kind.replace("_", " ") for kind in criterion.applies_to)
        reason = f"A document of the kind {document.kind.replace('_', ' ')} cannot carry it; it is looked for in: {kinds}."
        return Finding(criterion.id, Status.NOT_APPLICABLE, None, reason)
    if not rubric.scorable(criterion.id, document.language):
        reason = f"The rubric has no terms for it in the document's language ({document.language}) yet."
        return Finding(criterion.id, Status.UNSCORED, None, reason)
    if not any(page.has_text for page in document.pages) and document.pages:
        return Finding(criterion.id, Status.UNSCORED, None, "No page of the document could be read.")
    conditions = rubric.conditions[criterion.id]
    elements = tuple(_element(e, conditions, field, subjects, citer) for e in criterion.elements)
    contradictions = []
    for opposite in criterion.contradicted_by:
        evidence = citer.of(
            p for c in conditions.found_when.get(opposite, ()) for p in passages(c, conditions.subject, field, subjects)
        )
        if evidence:
            contradictions.append(Contradiction(opposite, evidence))
    status, score = judge(elements, contradicted=bool(contradictions))
    return Finding(criterion.id, status, score, "", elements, tuple(contradictions))


def _element(element: str, conditions: CriterionConditions, field: Field, subjects: Subjects, citer: Citer) -> ElementFinding:
    if element in conditions.manual:
        return ElementFinding(element, False, question=conditions.manual[element])
    several = conditions.found_when[element]
    evidence = citer.of(p for c in several for p in passages(c, conditions.subject, field, subjects))
    if evidence:
        return ElementFinding(element, True, evidence, document=field.document.name)
    every = [condition for conditions_of in conditions.found_when.values() for condition in conditions_of]
    return ElementFinding(element, False, nearest=citer.nearest(several, wider=every))
