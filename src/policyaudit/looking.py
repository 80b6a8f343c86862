"""What a reviewer should look at in a run, and why. Pure; the results are those with decisions applied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from policyaudit.model import Card, Contradiction, Decision, ElementFinding, Finding, Results, Status
from policyaudit.reviews import CONTRADICTED, FOUND, NOT_FOUND, QUESTION, criteria, machine_said, sampled

RECOGNISED = 0.9  # confidence of text recognition below which a passage is compared with its picture


class Why(StrEnum):
    """Why a row is there, the most pressing first."""

    DISPUTED = "disputed"  # reviewers disagree
    AGAIN = "again"  # decided before, but its ground has changed
    CONTRADICTION = "contradiction"
    DOUBTFUL = "doubtful"  # the passage has a note, or binds nobody
    SCAN = "scan"  # read from an image, and not surely
    ABSENT = "absent"  # not found, in a core criterion
    QUESTION = "question"  # text cannot show it
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class ToReview:
    """One element of one document, or an opposite that the machine claims. ``why`` is empty where all are listed."""

    document: str
    criterion: str
    element: str
    why: tuple[Why, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        return self.document, self.criterion, self.element


def everything(results: Results) -> tuple[ToReview, ...]:
    """Every element of every criterion that the document can carry, and every claimed contradiction, in order of the run."""
    return tuple(ToReview(card.name, finding.criterion, name) for card, finding, name in _elements(results))


def worth_a_look(results: Results) -> tuple[ToReview, ...]:
    """What still needs a look: claimed contradictions, doubtful passages and those on badly recognised pages, absences in core
    criteria, what reviewers disagree on or must decide again, and a tenth by hash as a check, always the same. What was decided
    is left out."""
    decided = {review.key for review in results.reviews}
    again = {review.key for review in results.reopened}
    disputed = _disputed(results)
    core = _core(results.rubric)
    chosen = []
    for card, finding, name in _elements(results):
        key = (card.name, finding.criterion, name)
        if key in decided and key not in disputed:
            continue
        why = [*([Why.DISPUTED] if key in disputed else []), *([Why.AGAIN] if key in again else [])]
        chosen_for = set(why) | set(_reasons(finding, name, core)) | ({Why.SAMPLE} if sampled(key) else set())
        if chosen_for:
            chosen.append(ToReview(*key, tuple(reason for reason in Why if reason in chosen_for)))
    return tuple(chosen)


def _elements(results: Results) -> Iterator[tuple[Card, Finding, str]]:
    """What can be decided on, with the machine's own card and finding; criteria in the rubric's order, contradictions last."""
    texts = criteria(results.rubric)
    order = {criterion: number for number, criterion in enumerate(texts)}
    for card in results.machine or results.cards:
        for finding in sorted(card.findings, key=lambda one: order.get(one.criterion, len(order))):
            if finding.status is Status.NOT_APPLICABLE:
                continue
            listed = texts.get(finding.criterion, {}).get("elements")
            names = [element.id for element in finding.elements] or list(listed if isinstance(listed, Mapping) else ())
            for name in (*names, *(contradiction.id for contradiction in finding.contradictions)):
                yield card, finding, name


def _reasons(finding: Finding, name: str, core: frozenset[str]) -> Iterator[Why]:
    state, evidence = machine_said(finding, name)
    if state == CONTRADICTED:
        yield Why.CONTRADICTION
    if state == NOT_FOUND and not core.isdisjoint((finding.criterion, finding.criterion.split(".")[0])):
        yield Why.ABSENT
    if state == QUESTION:
        yield Why.QUESTION
    if state in (FOUND, CONTRADICTED) and evidence:
        if evidence[0].notes:
            yield Why.DOUBTFUL
        if evidence[0].recognised is not None and evidence[0].recognised < RECOGNISED:
            yield Why.SCAN


def _disputed(results: Results) -> set[tuple[str, str, str]]:
    found = set()
    for card in results.cards:
        for finding in card.findings:
            parts: tuple[ElementFinding | Contradiction, ...] = (*finding.elements, *finding.contradictions)
            found |= {(card.name, finding.criterion, one.id) for one in parts if one.disputed}
    return found


def _core(rubric: Mapping[str, object]) -> frozenset[str]:
    """The criteria, or whole sections, that the rubric calls core."""
    guidance = rubric.get("guidance")
    rules = guidance if isinstance(guidance, Mapping) else {}
    return frozenset(str(one) for one in rules.get("look_if_absent") or rules.get("core") or ())


def summary(results: Results) -> Mapping[str, int]:
    """How many decisions hold, overrule the machine, are disputed, and must be made again."""
    counts: dict[str, int] = defaultdict(int)
    for review in results.reviews:
        counts["holding"] += 1
        counts["overruling"] += review.decision is not Decision.AGREE and review.decision.value != review.machine
    counts["disputed"], counts["reopened"] = len(_disputed(results)), len(results.reopened)
    return counts
