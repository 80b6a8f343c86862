"""The card of one document."""

from __future__ import annotations

from policyaudit.model import Card, Contradiction, Document, ElementFinding, Evidence, Finding, Status
from policyaudit.reading import Reading
from policyaudit.rubric import CriterionConditions, Rubric
from policyaudit.score.conditions import passages
from policyaudit.score.duties import duties
from policyaudit.score.evidence import Citer
from policyaudit.score.field import Field
from policyaudit.score.statuses import judge, sections
from policyaudit.score.subject import Subjects
from policyaudit.score.unread import settled
from policyaudit.sections import Criterion


def assess(document: Document, reading: Reading, rubric: Rubric) -> Card:
    """The findings of a document on every criterion of a rubric, in the rubric's order, and its sections."""
    field = Field(document, reading, rubric)
    subjects = Subjects(field)
    citer = Citer(field)
    findings = tuple(_finding(criterion, field, subjects, citer) for section in rubric.sections for criterion in section.criteria)
    laid = duties(field, subjects, citer)
    judged = sections(findings, rubric)
    return Card(document.name, document.country, findings, judged, (document.name,), reading.instruments, duties=laid)


def _finding(criterion: Criterion, field: Field, subjects: Subjects, citer: Citer) -> Finding:
    document, rubric = field.document, field.rubric
    if document.kind not in criterion.applies_to:
        kinds = ", ".join(sorted(kind.replace("_", " ") for kind in criterion.applies_to))
        reason = f"A document of the kind {document.kind.replace('_', ' ')} cannot carry it; it is looked for in: {kinds}."
        return Finding(criterion.id, Status.NOT_APPLICABLE, None, reason)
    language = next((one for one in field.reading.languages if rubric.scorable(criterion.id, one)), None)
    if language is None:
        known = any(rubric.scorable(criterion.id, language) for language in rubric.terms)
        where = f" in the document's language ({document.language})" if known else ""
        reason = f"The rubric has no terms for it{where} yet."
        return Finding(criterion.id, Status.UNSCORED, None, reason)
    if not any(page.has_text for page in document.pages) and document.pages:
        return Finding(criterion.id, Status.UNSCORED, None, "No page of the document could be read.")
    conditions = rubric.conditions_in(criterion.id, language)

    def evidence(name: str, found: frozenset[str]) -> tuple[Evidence, ...]:
        several = conditions.found_when.get(name, ())
        return citer.of(p for c in several for p in passages(c, conditions.subject, field, subjects, found=found))

    plain = {name: evidence(name, frozenset()) for name in criterion.elements if name not in conditions.manual}
    have = frozenset(name for name, several in plain.items() if several)
    elements = tuple(
        _element(name, conditions, plain.get(name) or evidence(name, have), citer, document.name) for name in criterion.elements
    )
    contradictions = tuple(
        Contradiction(name, several) for name in criterion.contradicted_by if (several := evidence(name, have))
    )
    status, score = judge(elements, contradicted=bool(contradictions))
    return settled(Finding(criterion.id, status, score, "", elements, contradictions), document)


def _element(
    name: str, conditions: CriterionConditions, evidence: tuple[Evidence, ...], citer: Citer, document: str
) -> ElementFinding:
    if name in conditions.manual:
        return ElementFinding(name, False, question=conditions.manual[name])
    if evidence:
        return ElementFinding(name, True, evidence, document=document)
    every = [condition for several in conditions.found_when.values() for condition in several]
    return ElementFinding(name, False, nearest=citer.nearest(conditions.found_when[name], wider=every))
