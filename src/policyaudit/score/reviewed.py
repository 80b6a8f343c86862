"""Results with the decisions of reviewers applied: elements as decided, statuses, scores and countries worked out anew.

The machine's own finding is kept beside (``machine``, ``machine_status``, ``nearest``). A decision counts while its ground is
unchanged. Where reviewers disagree the one marked final counts; without one the machine's finding stands, as disputed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from policyaudit.model import (
    Card,
    Contradiction,
    Decision,
    Document,
    ElementFinding,
    Evidence,
    Finding,
    Results,
    Review,
    SectionScore,
    Status,
)
from policyaudit.reviews import asked, criteria, meant, text_hash
from policyaudit.rubric import Binding
from policyaudit.score.ground import ground
from policyaudit.score.quoting import cited, places
from policyaudit.score.statuses import SCORED, by_section, judge
from policyaudit.score.unite import united
from policyaudit.score.versions import SUPERSEDED

Key = tuple[str, str]  # criterion, element
_OF_REVIEWER = "Decided by a reviewer."
_ALL_OUT = "A reviewer decided that it does not apply."


def apply(results: Results, reviews: Iterable[Review]) -> Results:
    """The results as the reviewers leave them; ``reviews`` of documents that the run does not hold are left out. The results
    must be the machine's own. ``Results.reviews`` are then those that hold, ``reopened`` those whose ground has changed."""
    current = placed(results, reviews)
    if not current:
        return results
    holding, reopened = standing(results, current)
    names = [document.name for document in results.documents]
    by_document: dict[str, dict[Key, list[Review]]] = defaultdict(lambda: defaultdict(list))
    for review in holding:
        by_document[review.document][review.criterion, review.element].append(review)
    texts = criteria(results.rubric)
    cards = tuple(
        _reviewed(card, document, by_document[document.name], texts) if document.name in by_document else card
        for card, document in zip(results.cards, results.documents, strict=True)
    )
    changed = {
        document: {criterion for criterion, _ in decisions} for document, decisions in by_document.items() if document in names
    }
    countries = tuple(_country(card, results, cards, changed) for card in results.countries)
    return replace(
        results, cards=cards, countries=countries, reviews=tuple(holding), reopened=tuple(reopened), machine=results.cards
    )


def placed(results: Results, reviews: Iterable[Review]) -> list[Review]:
    """The last decision of each reviewer on each element of the run's documents, in order of the run. A document that was
    renamed is known by its text."""
    order = {document.name: number for number, document in enumerate(results.documents)}
    several = list(reviews)
    renamed: dict[str, str] = {}
    if any(review.document not in order for review in several):
        renamed = {text_hash(document.text): document.name for document in reversed(results.documents)}
    last: dict[tuple[str, str, str, str, bool], Review] = {}
    for review in sorted(several, key=lambda review: review.date):
        name = review.document if review.document in order else renamed.get(review.text_hash, "")
        if name:
            one = review if name == review.document else replace(review, document=name)
            last.pop((*one.key, one.reviewer, one.final), None)
            last[(*one.key, one.reviewer, one.final)] = one
    rank = {key: number for number, key in enumerate(asked(results.rubric))}
    return sorted(last.values(), key=lambda r: (order[r.document], rank.get((r.criterion, r.element), len(rank)), r.date))


def standing(results: Results, reviews: Iterable[Review]) -> tuple[list[Review], list[Review]]:
    """The decisions that hold, and those that must be made again since their ground has changed."""
    texts = asked(results.rubric)
    documents = {document.name: document for document in results.documents}
    findings = {card.name: {finding.criterion: finding for finding in card.findings} for card in results.cards}
    holding: list[Review] = []
    reopened: list[Review] = []
    for review in reviews:
        question, finding = texts.get((review.criterion, review.element)), findings[review.document].get(review.criterion)
        if question is None or finding is None:
            continue  # the rubric, or this run's part of it, does not ask it
        now = ground(review, question, finding, documents[review.document])
        (holding if now == review.ground else reopened).append(review)
    return holding, reopened


def settled(reviews: Sequence[Review]) -> tuple[Review | None, tuple[Review, ...]]:
    """The decision that counts of several on one element, in the name of all who made it; or None and all of them, where
    reviewers disagree."""
    final = [review for review in reviews if review.final]
    if final:
        return final[-1], ()
    if len({meant(review) for review in reviews}) == 1:
        one = next((review for review in reversed(reviews) if review.quotation), reviews[-1])
        return replace(one, reviewer=", ".join(sorted({review.reviewer for review in reviews}))), ()
    return None, tuple(reviews)


# ---------------------------------------------------------------- one document


def _reviewed(
    card: Card, document: Document, decisions: Mapping[Key, Sequence[Review]], texts: Mapping[str, Mapping[str, object]]
) -> Card:
    mine: dict[str, dict[str, Sequence[Review]]] = defaultdict(dict)
    for (criterion, element), several in decisions.items():
        mine[criterion][element] = several
    findings = tuple(
        _decided(finding, document, mine[finding.criterion], texts.get(finding.criterion, {}))
        if finding.criterion in mine
        else finding
        for finding in card.findings
    )
    return replace(card, findings=findings, sections=_sections(card.sections, findings))


def _sections(sections: Sequence[SectionScore], findings: Sequence[Finding]) -> tuple[SectionScore, ...]:
    """The sections of a card with the findings that they now have."""
    held = {
        section.section: [f.criterion for f in findings if f.criterion.split(".")[0] == section.section] for section in sections
    }
    return by_section(findings, held)


def _decided(
    finding: Finding, document: Document, decisions: Mapping[str, Sequence[Review]], texts: Mapping[str, object]
) -> Finding:
    """A finding as reviewers leave it."""
    judged = finding.status in SCORED
    asked_for = texts.get("elements")
    names = list(asked_for) if isinstance(asked_for, Mapping) else []
    before = finding.elements or tuple(ElementFinding(name, False) for name in names)
    counted = {name: settled(several) for name, several in decisions.items()}
    contradictions: list[Contradiction] = []
    refused: list[Contradiction] = []
    for claimed in finding.contradictions:
        review, disputed = counted.get(claimed.id, (None, ()))
        one = replace(claimed, decided=review, disputed=disputed)
        out = review is not None and meant(review) in (Decision.NOT_FOUND, Decision.NOT_APPLICABLE)
        (refused if out else contradictions).append(one)
    elements = []
    for element in before:
        review, disputed = counted.get(element.id, (None, ()))
        if review is None:
            elements.append(replace(element, disputed=disputed))
            continue
        own = _own(review, document)
        elements.append(_element(element, review, own, judged=judged))
        if meant(review) is Decision.CONTRADICTED:
            contradictions.append(Contradiction(element.id, own, review))
    if not any(review for review, _ in counted.values()):
        return replace(finding, elements=tuple(elements), contradictions=tuple(contradictions))
    return _judged(replace(finding, elements=tuple(elements), contradictions=tuple(contradictions), refused=tuple(refused)))


def _judged(finding: Finding) -> Finding:
    """The finding with its status and score from elements that were decided. One that the machine could not judge is judged
    once a person has decided every element of it."""
    before, elements = finding.status, finding.elements
    finding = replace(finding, machine_status=before, machine_score=finding.score)
    if before not in SCORED and not finding.contradictions and any(element.decided is None for element in elements):
        return finding
    if not finding.contradictions and not any(element.counts for element in elements):
        out = any(element.decided for element in elements)
        return replace(finding, status=Status.NOT_APPLICABLE, score=None, reason=_ALL_OUT) if out else finding
    status, score = judge(elements, contradicted=bool(finding.contradictions))
    reason = finding.reason if before in SCORED else _OF_REVIEWER
    return replace(finding, status=status, score=score, reason=reason)


def _element(element: ElementFinding, review: Review, own: tuple[Evidence, ...], *, judged: bool) -> ElementFinding:
    machine = element.found if judged and not element.question else None
    if meant(review) is Decision.FOUND:
        others = tuple(one for one in element.evidence if not own or not (own[0].start < one.end and one.start < own[0].end))
        evidence = (*own, *others)
        return replace(
            element, found=True, evidence=evidence, question="", document=review.document, decided=review, machine=machine
        )
    nearest = (*element.evidence, *element.nearest)
    return replace(
        element, found=False, evidence=(), nearest=nearest, question="", document=None, decided=review, machine=machine
    )


def _own(review: Review, document: Document) -> tuple[Evidence, ...]:
    """The reviewer's quotation as evidence; of several places the one that the reviewer named, else the first."""
    several = [cited(document, start, end) for start, end in places(document.text, review.quotation)] if review.quotation else []
    named = [one for one in several if review.place and review.place == one.place]
    return tuple((named or several)[:1])


# ---------------------------------------------------------------- countries


def _country(card: Card, results: Results, cards: Sequence[Card], changed: Mapping[str, set[str]]) -> Card:
    """The card of a country with the criteria united anew on which a decision was made in one of its documents."""
    anew = {criterion for name in card.documents for criterion in changed.get(name, ())}
    again = any(version.document in changed for version in card.versions)
    if not anew and not again:
        return card
    of = {one.name: one for one in cards}
    documents = {document.name: document for document in results.documents}
    described = [documents[name] for name in card.documents]
    binding = Binding.model_validate(results.rubric.get("binding") or {})
    replaced = [version.document for version in card.versions if version.reason.startswith(SUPERSEDED)]
    findings = []
    for place, finding in enumerate(card.findings):
        if finding.criterion in anew:
            earlier = [(documents[name], of[name].findings[place]) for name in replaced]
            one = united([of[name].findings[place] for name in card.documents], described, binding, earlier)
            finding = replace(one, machine_status=finding.status, machine_score=finding.score)
        findings.append(finding)
    versions = tuple(replace(version, sections=of[version.document].sections) for version in card.versions)
    return replace(card, findings=tuple(findings), sections=_sections(card.sections, findings), versions=versions)
