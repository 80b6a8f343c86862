"""Countries side by side: for each criterion what every country's card says, and for each section who can be ranked at all.

Sections are never added up. A country is ranked in a section only where enough of all its criteria were judged; what was not
judged says nothing about a country, and why it was not is told instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from policyaudit.errors import UsageError
from policyaudit.model import Card, DocumentKind, Evidence, Failure, Finding, RunInfo, Status, Version, Weaker

THRESHOLD = 0.5  # the share of a section's criteria that must be judged; of the command line, stated in every output


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a document of a run without opening it."""

    name: str
    country: str | None
    jurisdiction: str | None
    kind: DocumentKind | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Run:
    """A run as the comparison takes it. ``rubric``: the texts as its rubric.json holds them."""

    name: str
    info: RunInfo
    rubric: Mapping[str, object]
    cards: tuple[Card, ...]  # of countries and of jurisdictions below them
    documents: tuple[Known, ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    id: str
    section: str
    title: str
    kinds: tuple[str, ...]  # that can carry it
    sha256: str  # over all that decides a finding on it; "" in runs of early versions


@dataclass(frozen=True, slots=True)
class Result:
    """What a country's documents say on a criterion. ``evidence``: the passage to show (of a contradiction, that which states
    it; else the best of its first element found); ``instrument``: what the document with that passage is called."""

    status: Status
    score: float | None
    reason: str
    found: int  # elements, of ``elements``
    elements: int
    evidence: Evidence | None = None
    instrument: str = ""
    weaker: tuple[Weaker, ...] = ()  # lower or later texts that weaken it


@dataclass(frozen=True, slots=True)
class Standing:
    """A country in a section. ``score`` None where nothing was judged; ``rank`` None where it is not ranked."""

    score: float | None
    judged: int
    of: int  # all criteria of the section, whether any document could carry them or not
    rank: int | None = None

    @property
    def coverage(self) -> float:
        return self.judged / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Missing:
    """Something for want of which a place was not judged on so many criteria: kinds of document, any of which could carry them,
    or else a reason; or so many files that could not be read."""

    criteria: int = 0
    kinds: tuple[str, ...] = ()
    reason: str = ""
    files: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A country, or a jurisdiction below one, which is shown but never ranked among countries."""

    name: str  # KEN, or "USA > US-IL"
    country: str
    jurisdiction: str | None
    run: str
    documents: int
    kinds: tuple[str, ...]  # of its documents that count
    unread: int  # files that could not be read
    results: Mapping[str, Result]  # by criterion
    sections: Mapping[str, Standing]
    missing: tuple[Missing, ...]  # what would have to be there to judge the rest: files, then what most criteria want for
    versions: tuple[Version, ...] = ()  # the series of every instrument of which the run has several

    @property
    def judged(self) -> int:
        return sum(standing.judged for standing in self.sections.values())

    @property
    def of(self) -> int:
        return sum(standing.of for standing in self.sections.values())

    @property
    def ranked(self) -> bool:
        """Whether it is ranked in any section."""
        return any(standing.rank for standing in self.sections.values())


@dataclass(frozen=True, slots=True)
class Comparison:
    """``places`` stand by name; ``sections`` maps id to title, in the order of the rubric."""

    rubric: str
    version: str
    package_version: str
    threshold: float
    sections: Mapping[str, str]
    criteria: tuple[Criterion, ...]
    places: tuple[Place, ...]
    notes: tuple[str, ...]

    def order(self, section: str) -> tuple[list[Place], list[Place]]:
        """The countries ranked in a section, best first, and those that are not, by name."""
        countries = [place for place in self.places if not place.jurisdiction]
        ranked = [place for place in countries if place.sections[section].rank]
        return sorted(ranked, key=lambda place: (place.sections[section].rank or 0, place.name)), [
            place for place in countries if not place.sections[section].rank
        ]


def lean(card: Card) -> Card:
    """The card with no more passages than a comparison shows: of each element and opposite the first. All that is held of a run
    while it is compared, where the cards of its countries have those of every document."""
    findings = (
        replace(
            finding,
            elements=tuple(replace(element, evidence=element.evidence[:1], nearest=()) for element in finding.elements),
            contradictions=tuple(replace(opposite, evidence=opposite.evidence[:1]) for opposite in finding.contradictions),
        )
        for finding in card.findings
    )
    return replace(card, findings=tuple(findings), duties=())


def compare(runs: Sequence[Run], *, threshold: float = THRESHOLD, mix_versions: bool = False) -> Comparison:
    """The countries of the runs side by side.

    ``threshold``: the share in [0, 1] of a section's criteria that must be judged for a country to be ranked in it. Raises
    UsageError where the runs cannot be compared: of different rubrics or versions (unless ``mix_versions``, which leaves the
    criteria that all runs have unchanged), or with the same country twice.
    """
    first = runs[0]
    for other in runs[1:]:
        if other.info.rubric != first.info.rubric:
            raise UsageError(f"{other.name}: audited by the rubric {other.info.rubric}, {first.name} by {first.info.rubric}")
    criteria, titles, notes = _in_common(runs, mix_versions)
    _once(runs)
    places = sorted(_places(runs, criteria), key=lambda place: (place.country, place.jurisdiction or ""))
    ranks = {section: _ranks(places, section, threshold) for section in titles}
    versions = list(dict.fromkeys(run.info.rubric_version for run in runs))
    packages = list(dict.fromkeys(run.info.package_version for run in runs))
    if len(packages) > 1:
        notes.append(f"The runs were made by different versions of policyaudit: {', '.join(packages)}.")
    for run in runs:
        if run.info.sections and not set(titles) <= set(run.info.sections):
            notes.append(f"{run.name} was audited against {', '.join(run.info.sections)} only.")
    notes.append(_reviewed(runs))
    return Comparison(
        str(first.rubric.get("title", first.info.rubric)),
        ", ".join(versions),
        ", ".join(packages),
        threshold,
        titles,
        tuple(criteria),
        tuple(_ranked(place, ranks) for place in places),
        tuple(notes),
    )


def _reviewed(runs: Iterable[Run]) -> str:
    """In which countries persons decided on findings."""
    decided = {card.name for run in runs for card in run.cards if any(one.machine_status for one in card.findings)}
    if not decided:
        return "No person has reviewed these findings: they are proposals of a machine."
    return f"Persons decided on findings of {', '.join(sorted(decided))}; all others are proposals of a machine."


def _criteria(rubric: Mapping[str, object]) -> Iterator[tuple[Criterion, str]]:
    """The criteria of a rubric's texts with the titles of their sections."""
    sections = rubric.get("sections")
    for section in sections if isinstance(sections, list) else ():
        for one in section.get("criteria", ()):
            kinds = tuple(str(kind) for kind in one.get("applies_to", ()))
            yield Criterion(one["id"], section["id"], one.get("title", ""), kinds, one.get("sha256", "")), section["title"]


def _in_common(runs: Sequence[Run], mix_versions: bool) -> tuple[list[Criterion], dict[str, str], list[str]]:
    """The criteria to compare, the titles of their sections, and what to tell of it."""
    mixed = len({run.info.rubric_sha256 for run in runs}) > 1
    if mixed and not mix_versions:
        other = next(run for run in runs if run.info.rubric_sha256 != runs[0].info.rubric_sha256)
        told = f"{runs[0].name} ({runs[0].info.rubric_version}) and {other.name} ({other.info.rubric_version})"
        raise UsageError(
            f"{told} were audited by different versions of the rubric; audit again by one, "
            "or compare only the criteria that did not change with --mix-versions"
        )
    by_id: dict[str, list[Criterion]] = {}
    titles: dict[str, str] = {}
    for run in runs:
        for criterion, title in _criteria(run.rubric):
            by_id.setdefault(criterion.id, []).append(criterion)
            titles.setdefault(criterion.section, title)
    kept = [several[0] for several in by_id.values()]
    notes = []
    if mixed:
        kept = [c for c in kept if c.sha256 and [o.sha256 for o in by_id[c.id]] == [c.sha256] * len(runs)]
        if not kept:
            raise UsageError("no criterion is the same in all of these runs; audit them again by one version of the rubric")
        notes.append(
            f"The runs are of different versions of the rubric: of {len(by_id)} criteria {len(kept)} did not change and can be "
            "compared; the others are left out."
        )
    used = {criterion.section for criterion in kept}
    return kept, {section: title for section, title in titles.items() if section in used}, notes


def _once(runs: Sequence[Run]) -> None:
    seen: dict[str, str] = {}
    for run in runs:
        for card in run.cards:
            if card.name in seen:
                raise UsageError(
                    f"{card.name} is in {seen[card.name]} and in {run.name}; see policyaudit diff for two runs of one country"
                )
            seen[card.name] = run.name


def _places(runs: Sequence[Run], criteria: Sequence[Criterion]) -> Iterator[Place]:
    with_card = {card.name for run in runs for card in run.cards}
    told = set()
    for run in runs:
        about = {document.name: document for document in run.documents}
        unread = Counter(failure.country for failure in run.failures if failure.country)
        for card in run.cards:
            yield _place(run.name, card, about, 0 if card.jurisdiction else unread[card.country or card.name], criteria)
        others = [*(d.country for d in run.documents if not d.jurisdiction), *(f.country for f in run.failures)]
        for country in others:  # all it has is unread, or without force
            if country and country not in with_card and country not in told:
                told.add(country)
                yield _place(run.name, Card(country, country, (), ()), about, unread[country], criteria)


def _place(run: str, card: Card, about: Mapping[str, Known], unread: int, criteria: Sequence[Criterion]) -> Place:
    findings = {finding.criterion: finding for finding in card.findings}
    absent = "was not assessed" if findings else "no document of it was read that counts"
    results = {
        c.id: _result(findings[c.id], about) if c.id in findings else Result(Status.UNSCORED, None, absent, 0, 0)
        for c in criteria
    }
    kinds = tuple(sorted({str(about[n].kind) for n in card.documents if n in about and about[n].kind}))
    sections = {section: _standing(results, criteria, section) for section in dict.fromkeys(c.section for c in criteria)}
    missing = tuple(_missing(results, criteria, kinds, unread))
    country = card.country or card.name
    return Place(
        card.name, country, card.jurisdiction, run, len(card.documents), kinds, unread, results, sections, missing, card.versions
    )


def _result(finding: Finding, about: Mapping[str, Known]) -> Result:
    counted = [element for element in finding.elements if element.counts]
    found = [element for element in counted if element.found]
    passages = [e for opposite in finding.contradictions for e in opposite.evidence[:1]]
    passages += [e for element in found for e in element.evidence[:1]]
    first = passages[0] if passages else None
    document = about.get(first.document) if first else None
    named = (document.title or document.name) if document else first.document if first else ""
    return Result(finding.status, finding.score, finding.reason, len(found), len(counted), first, named, finding.weaker)


def _standing(results: Mapping[str, Result], criteria: Sequence[Criterion], section: str) -> Standing:
    several = [results[c.id].score for c in criteria if c.section == section]
    scores = [score for score in several if score is not None]
    return Standing(round(sum(scores) / len(scores), 4) if scores else None, len(scores), len(several))


def _missing(
    results: Mapping[str, Result], criteria: Sequence[Criterion], kinds: tuple[str, ...], unread: int
) -> Iterator[Missing]:
    """Why some criteria were not judged: kinds of document that it lacks, and the other reasons."""
    wanting: Counter[tuple[str, ...]] = Counter()
    others: Counter[str] = Counter()
    for criterion in criteria:
        result = results[criterion.id]
        if result.score is not None:
            continue
        if criterion.kinds and not set(criterion.kinds) & set(kinds):
            wanting[tuple(sorted(criterion.kinds))] += 1  # in whatever order the rubric names them
        else:
            others[result.reason.rstrip(".") or str(result.status)] += 1
    if unread:
        yield Missing(files=unread)
    for several, count in wanting.most_common():
        yield Missing(count, kinds=several)
    for reason, count in others.most_common():
        yield Missing(count, reason=reason)


def _ranks(places: Sequence[Place], section: str, threshold: float) -> dict[str, int]:
    """The rank of each country whose coverage in the section passes; equals share the better rank."""
    scores = {
        place.name: standing.score
        for place in places
        if not place.jurisdiction and (standing := place.sections[section]).score is not None and standing.coverage >= threshold
    }
    several = sorted((score for score in scores.values() if score is not None), reverse=True)
    return {name: 1 + several.index(score) for name, score in scores.items() if score is not None}


def _ranked(place: Place, ranks: Mapping[str, Mapping[str, int]]) -> Place:
    sections = {section: replace(standing, rank=ranks[section].get(place.name)) for section, standing in place.sections.items()}
    return replace(place, sections=sections)
