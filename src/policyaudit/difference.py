"""What two runs say differently: findings gained, lost and changed, by document and by country, each with both quotations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from policyaudit.model import Card, Contradiction, Document, ElementFinding, Evidence, Finding, Results

GAINED, LOST, MOVED, STATUS = "gained", "lost", "moved", "status"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that the second run says otherwise than the first.

    ``what``: gained or lost (an element is found now, or no longer; an opposite is stated now, or no longer), moved (found in
    both, but the best passage is another), status (judged in one run only: unscored, not applicable).
    """

    document: str  # or, in the changes of countries, the country ("KEN") or jurisdiction ("USA > US-IL")
    criterion: str
    part: str  # the element or opposite ("a", "x1"); "" where the whole criterion changed its status
    what: str
    before: str  # statuses of the criterion: "partly"
    after: str
    old: Evidence | None = None
    new: Evidence | None = None
    country: str | None = None
    rule_changed: bool = False  # the criterion, its conditions or terms are not the same in both runs: it may be that alone


@dataclass(frozen=True, slots=True)
class Difference:
    """``changes`` stand in the order of the second run's documents and of the rubric."""

    changes: tuple[Change, ...]
    only_before: tuple[str, ...]  # documents assessed in the first run only
    only_after: tuple[str, ...]
    other_text: tuple[str, ...]  # documents in both whose file is not the same
    notes: tuple[str, ...] = ()  # what else differs between the runs: rubric, version, sections
    scores: dict[str, tuple[float | None, float | None]] = field(default_factory=dict)  # document -> mean score before, after
    countries: tuple[Change, ...] = ()  # what changed for countries and jurisdictions, as all their documents together say it
    country_scores: dict[str, tuple[float | None, float | None]] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)  # document -> the other version of its instrument in the first run


def between(before: Results, after: Results) -> Difference:
    """The differences between two runs. Documents are matched by name, and where an instrument has one other version in each
    run, by that; criteria are matched by their id, and those that only one of the runs assessed are left out and named in a
    note."""
    files = {document.name: document.sha256 for document in before.documents}
    old = {card.name: card for card in before.cards}
    new = {card.name: card for card in after.cards}
    versions = _versions(before, after)
    was = {document.name: versions.get(document.name, document.name) for document in after.documents}
    both = [document for document in after.documents if was[document.name] in files]
    changed = _rules_changed(before.rubric, after.rubric)
    changes: list[Change] = []
    for document in both:
        changes += _cards(document.name, old[was[document.name]], new[document.name], changed)
    lands = {card.name: card for card in before.countries}
    shared = [card for card in after.countries if card.name in lands]
    return Difference(
        tuple(changes),
        tuple(name for name in old if name not in new and name not in versions.values()),
        tuple(name for name in new if was[name] not in old),
        tuple(document.name for document in both if document.sha256 != files[was[document.name]]),
        tuple(_notes(before, after, changed)),
        {document.name: (_mean(old[was[document.name]]), _mean(new[document.name])) for document in both},
        tuple(change for card in shared for change in _cards(card.name, lands[card.name], card, changed)),
        {card.name: (_mean(lands[card.name]), _mean(card)) for card in shared},
        versions,
    )


def _versions(before: Results, after: Results) -> dict[str, str]:
    """The documents of the second run alone whose instrument has one version of its own in either run."""
    names = [{document.name for document in run.documents} for run in (before, after)]
    alone = [
        [document for document in run.documents if document.instrument and document.name not in others]
        for run, others in ((before, names[1]), (after, names[0]))
    ]
    counts = [Counter(map(_instrument, several)) for several in alone]
    single = {_instrument(one): one.name for one in alone[0] if counts[0][_instrument(one)] == 1}
    return {one.name: single[key] for one in alone[1] if counts[1][key := _instrument(one)] == 1 and key in single}


def _instrument(document: Document) -> tuple[str | None, str | None, str | None]:
    return document.country, document.jurisdiction, document.instrument


def _rules_changed(before: Mapping[str, object], after: Mapping[str, object]) -> frozenset[str]:
    """The criteria of both rubrics whose fingerprints are not the same. Rubrics of early runs have none: not known to differ."""
    old, new = _fingerprints(before), _fingerprints(after)
    return frozenset(name for name, print_ in new.items() if name in old and old[name] and print_ and old[name] != print_)


def _fingerprints(rubric: Mapping[str, object]) -> dict[str, str]:
    sections = rubric.get("sections")
    several = sections if isinstance(sections, list) else []
    return {one["id"]: one.get("sha256", "") for section in several for one in section.get("criteria", ())}


def _cards(document: str, before: Card, after: Card, changed: frozenset[str]) -> Iterator[Change]:
    old = {finding.criterion: finding for finding in before.findings}
    for finding in after.findings:
        if finding.criterion in old:
            for change in _findings(document, old[finding.criterion], finding):
                yield replace(change, country=after.country, rule_changed=finding.criterion in changed)


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


def _notes(before: Results, after: Results, changed: frozenset[str]) -> Iterator[str]:
    one, other = before.run, after.run
    if one.rubric != other.rubric:
        yield f"the runs are of different rubrics: {one.rubric} and {other.rubric}; only criteria with the same id are compared"
    elif one.rubric_sha256 != other.rubric_sha256:
        yield f"the rubric's files differ (versions {one.rubric_version} and {other.rubric_version})"
    if changed:
        yield f"criteria that are not the same in both: {', '.join(sorted(changed))}; marked [rule changed]"
    if one.package_version != other.package_version:
        yield f"made by different versions of policyaudit: {one.package_version} and {other.package_version}"
    if one.sections != other.sections:
        names = [", ".join(run.sections) or "all sections" for run in (one, other)]
        yield f"assessed against {names[0]} and against {names[1]}; only what both have is compared"
    if one.libraries != other.libraries:
        yield "made with different versions of libraries"
