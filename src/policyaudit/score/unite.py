"""The cards of countries: the union of what their documents say, the document that binds most named element by element."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from policyaudit.model import Card, Contradiction, ElementFinding, Evidence, Finding, Status, Version
from policyaudit.rubric import Binding, Rubric
from policyaudit.score.duties import united as duties_of
from policyaudit.score.statuses import SCORED, judge, sections
from policyaudit.score.versions import SUPERSEDED, Described, not_counted, since
from policyaudit.score.weaker import Pairs, weaker

NEAREST = 3
SHOWN = 2  # passages of each document that the card of its country shows for an element
D = TypeVar("D", bound=Described)


def countries(documents: Sequence[D], card_of: Callable[[D], Card], rubric: Rubric, as_of: str | None = None) -> Iterator[Card]:
    """The card of every country that has a document in force at ``as_of`` (ISO 8601; None: whatever is latest), in the order
    of the codes, each followed by those of the jurisdictions below it.

    Only the cards of one country or jurisdiction are asked for and held at a time, so that a run of any size can be united.
    """
    groups: dict[tuple[str, str], list[D]] = defaultdict(list)
    for document in documents:
        if document.country:
            groups[document.country, document.jurisdiction or ""].append(document)
    below: dict[str, list[str]] = defaultdict(list)
    for country, jurisdiction in sorted(groups):
        if jurisdiction:
            below[country].append(jurisdiction)
    for country, jurisdiction in sorted(groups):
        several = groups[country, jurisdiction]
        left_out = not_counted(several, as_of)
        counted = [document for document in several if document.name not in left_out]
        if not counted:
            continue
        names = {document.name for document in counted}
        needed = [document for document in several if document.instrument or document.name in names]
        cards = {document.name: _needed(card_of(document), rubric.head.binding) for document in needed}
        yield unite(
            f"{country} > {jurisdiction}" if jurisdiction else country,
            [cards[document.name] for document in counted],
            rubric,
            country=country,
            described=counted,
            jurisdiction=jurisdiction or None,
            apart=() if jurisdiction else tuple(below[country]),
            versions=_versions(several, left_out, cards),
            earlier=[(d, cards[d.name]) for d in several if d.instrument and left_out.get(d.name, "").startswith(SUPERSEDED)],
        )


def unite(
    name: str,
    cards: Sequence[Card],
    rubric: Rubric,
    *,
    country: str | None = None,
    described: Sequence[Described] = (),
    jurisdiction: str | None = None,
    apart: tuple[str, ...] = (),
    versions: tuple[Version, ...] = (),
    earlier: Sequence[tuple[Described, Card]] = (),
) -> Card:
    """One card from those of a country's documents. An element is found where any document has it; a contradiction in any
    of them stays visible and is not offset. A criterion that no document could be judged on has no score. ``described``: the
    documents of the cards, in their order; without them none binds more than another. ``earlier``: the versions that the
    documents replaced, which count for nothing and against which only the later ones are held."""
    by_criterion = [{finding.criterion: finding for finding in card.findings} for card in cards]
    replaced: dict[str, list[tuple[Described, Finding]]] = defaultdict(list)
    for document, card in earlier:
        for finding in card.findings:
            replaced[finding.criterion].append((document, finding))
    findings = tuple(
        united([findings[criterion.id] for findings in by_criterion], described, rubric.head.binding, replaced[criterion.id])
        for section in rubric.sections
        for criterion in section.criteria
    )
    documents = tuple(card.name for card in cards)
    judged = sections(findings, rubric)
    return Card(
        name,
        country or name,
        findings,
        judged,
        documents,
        jurisdiction=jurisdiction,
        apart=apart,
        versions=versions,
        duties=duties_of(cards, rubric),
    )


def _needed(card: Card, binding: Binding) -> Card:
    """The card with no more passages than the card of its country is made of: a country may have hundreds of documents."""
    return replace(
        card,
        findings=tuple(replace(f, elements=tuple(_lean(element, binding) for element in f.elements)) for f in card.findings),
    )


def _lean(element: ElementFinding, binding: Binding) -> ElementFinding:
    """The element with the passages it shows, and the first of others that say how it binds (see ``weaker`` and ``_bound``)."""
    if len(element.evidence) <= SHOWN and len(element.nearest) <= 1:
        return element
    full = next((p for p in element.evidence if p.force in binding.full), None)
    strong = next((p for p in element.evidence if p.force not in binding.weak), None)
    evidence: list[Evidence] = list(element.evidence[:SHOWN])
    evidence += [p for p in element.evidence[SHOWN:] if p is full or p is strong]
    return replace(element, evidence=tuple(evidence), nearest=element.nearest[:1])


def _versions(several: Sequence[Described], left_out: dict[str, str], cards: dict[str, Card]) -> tuple[Version, ...]:
    """The series of every instrument of which there is more than one version."""
    series: dict[str, list[Described]] = defaultdict(list)
    for document in several:
        if document.instrument:
            series[document.instrument].append(document)
    return tuple(
        Version(
            instrument,
            document.name,
            since(document) or None,
            document.status,
            document.name not in left_out,
            left_out.get(document.name, ""),
            cards[document.name].sections,
        )
        for instrument in sorted(series)
        if len(series[instrument]) > 1
        for document in sorted(series[instrument], key=since)
    )


def united(findings: Sequence[Finding], described: Sequence[Described], binding: Binding, earlier: Pairs = ()) -> Finding:
    """What several documents say about one criterion, as one finding. Decisions of reviewers count as the documents' own.
    ``earlier``: what the versions said that the documents replaced."""
    scored = [finding for finding in findings if finding.status in SCORED]
    criterion = findings[0].criterion
    if not scored:
        for status in (Status.UNSCORED, Status.ERROR, Status.NOT_APPLICABLE):
            for finding in findings:
                if finding.status is status:
                    return Finding(criterion, status, None, finding.reason)
    by_name = {document.name: document for document in described}
    elements = tuple(
        _best([f.elements[index] for f in scored if index < len(f.elements)], by_name, binding)
        for index in range(len(scored[0].elements))
    )
    opposites: dict[str, Contradiction] = {}
    for finding in scored:
        for contradiction in finding.contradictions:
            before = opposites.get(contradiction.id)
            evidence = (*before.evidence, *contradiction.evidence) if before else contradiction.evidence
            decided = before.decided if before and before.decided else contradiction.decided
            opposites[contradiction.id] = Contradiction(contradiction.id, evidence, decided)
    status, score = judge(elements, contradicted=bool(opposites))
    contradictions = tuple(opposites[key] for key in sorted(opposites))
    left_open = sum(finding.status is Status.UNSCORED for finding in findings)
    reason = f"{left_open} of its documents could not be assessed on it." if left_open else ""
    pairs = [(d, f) for d, f in zip(described, findings, strict=True) if f.status in SCORED] if described else []
    return Finding(criterion, status, score, reason, elements, contradictions, weaker(pairs, binding, earlier))


def _best(several: Sequence[ElementFinding], by_name: dict[str, Described], binding: Binding) -> ElementFinding:
    """The same element of several documents: the evidence of all that have it, that of the document that binds most first (of
    equals the one in full force, then the first); else the nearest of all."""
    found = sorted((element for element in several if element.found), key=lambda element: _bound(element, by_name, binding))
    if found:
        evidence = tuple(e for element in found for e in element.evidence[:SHOWN])
        document = by_name.get(found[0].document or "")
        instrument = (document.title or document.instrument) if document else None
        first = found[0]
        return ElementFinding(
            first.id, True, evidence, document=first.document, instrument=instrument, decided=first.decided, machine=first.machine
        )
    question = next((element.question for element in several if element.question), "")
    nearest = tuple(e for element in several for e in element.nearest[:1])[:NEAREST]
    # What a reviewer said of one document says that a country lacks it, or that it does not apply, where no other counts.
    decided = next((e.decided for e in several if e.decided and (e.counts or not any(e.counts for e in several))), None)
    return ElementFinding(several[0].id, False, nearest=nearest, question=question, decided=decided)


def _bound(element: ElementFinding, by_name: dict[str, Described], binding: Binding) -> tuple[int, bool]:
    document = by_name.get(element.document or "")
    in_full = any(passage.force in binding.full for passage in element.evidence)
    return (binding.rank(document.kind) if document else len(binding.order), not in_full)
