"""What two runs say differently: findings gained, lost and changed, document by document, each with both quotations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from policyaudit.model import Card, Contradiction, ElementFinding, Evidence, Finding, Results

GAINED, LOST, MOVED, STATUS = "gained", "lost", "moved", "status"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that the second run says otherwise than the first.

    ``what``: gained or lost (an element is found now, or no longer; an opposite is stated now, or no longer), moved (found in
    both, but the best passage is another), status (judged in one run only: unscored, not applicable).
    """

    document: str
    criterion: str
    part: str  # the element or opposite ("a", "x1"); "" where the whole criterion changed its status
    what: str
    before: str  # statuses of the criterion: "partly"
    after: str
    old: Evidence | None = None
    new: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """``changes`` stand in the order of the second run's documents and of the rubric."""

    changes: tuple[Change, ...]
    only_before: tuple[str, ...]  # documents assessed in the first run only
    only_after: tuple[str, ...]
    other_text: tuple[str, ...]  # documents in both whose file is not the same
    notes: tuple[str, ...] = ()  # what else differs between the runs: rubric, version, sections
    scores: dict[str, tuple[float | None, float | None]] = field(default_factory=dict)  # document -> mean score before, after


def between(before: Results, after: Results) -> Difference:
    """The differences between two runs. Documents are matched by name, criteria by their id; criteria that only one of the
    runs assessed are left out and named in a note."""
    files = {document.name: document.sha256 for document in before.documents}
    old = {card.name: card for card in before.cards}
    new = {card.name: card for card in after.cards}
    both = [document for document in after.documents if document.name in files]
    changes: list[Change] = []
    for document in both:
        changes += _cards(document.name, old[document.name], new[document.name])
    return Difference(
        tuple(changes),
        tuple(name for name in old if name not in new),
        tuple(name for name in new if name not in old),
        tuple(document.name for document in both if document.sha256 != files[document.name]),
        tuple(_notes(before, after)),
        {document.name: (_mean(old[document.name]), _mean(new[document.name])) for document in both},
    )


def _cards(document: str, before: Card, after: Card) -> Iterator[Change]:
    old = {finding.criterion: finding for finding in before.findings}
    for finding in after.findings:
        if finding.criterion in old:
            yield from _findings(document, old[finding.criterion], finding)


def _findings(document: str, before: Finding, after: Finding) -> Iterator[Change]:
    statuses = (str(before.status), str(after.status))
    if (before.score is None) != (after.score is None):
        yield Change(document, after.criterion, "", STATUS, *statuses)
        return
    pairs: list[tuple[str, Evidence | None, Evidence | None]] = []
    old_elements = {element.id: element for element in before.elements}
    pairs += [(e.id, _best(old_elements.get(e.id)), _best(e)) for e in after.elements]
    stated = {opposite.id: opposite for opposite in before.contradictions}
    now = {opposite.id: opposite for opposite in after.contradictions}
    pairs += [(name, _best(stated.get(name)), _best(now.get(name))) for name in sorted({*stated, *now})]
    for part, old, new in pairs:
        if old is None and new is None:
            continue
        what = GAINED if old is None else LOST if new is None else MOVED
        if what is not MOVED or (old and new and " ".join(old.quote.split()) != " ".join(new.quote.split())):
            yield Change(document, after.criterion, part, what, *statuses, old, new)


def _best(part: ElementFinding | Contradiction | None) -> Evidence | None:
    return part.evidence[0] if part is not None and part.evidence else None


def _mean(card: Card) -> float | None:
    scores = [finding.score for finding in card.findings if finding.score is not None]
    return sum(scores) / len(scores) if scores else None


def _notes(before: Results, after: Results) -> Iterator[str]:
    one, other = before.run, after.run
    if one.rubric != other.rubric:
        yield f"the runs are of different rubrics: {one.rubric} and {other.rubric}; only criteria with the same id are compared"
    elif one.rubric_sha256 != other.rubric_sha256:
        yield f"the rubric's files differ (versions {one.rubric_version} and {other.rubric_version})"
    if one.package_version != other.package_version:
        yield f"made by different versions of policyaudit: {one.package_version} and {other.package_version}"
    if one.sections != other.sections:
        names = [", ".join(run.sections) or "all sections" for run in (one, other)]
        yield f"assessed against {names[0]} and against {names[1]}; only what both have is compared"
    if one.libraries != other.libraries:
        yield "made with different versions of libraries"
