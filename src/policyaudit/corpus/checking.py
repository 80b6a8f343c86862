"""A corpus looked over: what can be judged with it, what stands twice, what does not count, what is missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from policyaudit import codes
from policyaudit.corpus.likeness import likenesses, pairs
from policyaudit.corpus.versions import versions
from policyaudit.corpus.wanted import wanted
from policyaudit.inventory import Coverage, Inventory, Item, Told, Uncarried
from policyaudit.model import WITHOUT_FORCE, DocumentKind, Failure
from policyaudit.rubric import Rubric
from policyaudit.sections import Criterion

NOWHERE = ""  # the country of documents of which none is known


def inventory(
    items: Sequence[Item],
    failures: Iterable[Failure],
    rubric: Rubric,
    *,
    as_of: str | None = None,
    notes: Iterable[str] = (),
    unlisted: Iterable[str] = (),
) -> Inventory:
    """What the corpus holds. ``as_of``: the date by which a plan's period may have ended; None asks nothing of that."""
    related = pairs(items)
    coverage, uncarried = _coverage(items, rubric)
    speechless: dict[str, list[str]] = {}
    for item in items:
        if item.language not in rubric.terms:
            speechless.setdefault(item.language, []).append(item.name)
    denied = {item.name: said for item in items if (said := tuple(_denied(item)))}
    return Inventory(
        rubric.head.id,
        rubric.head.version,
        as_of,
        tuple(items),
        tuple(failures),
        coverage,
        uncarried,
        {language: tuple(speechless[language]) for language in sorted(speechless)},
        likenesses(related),
        versions(items, related),
        {item.name: why for item in items if (why := _outdated(item, as_of))},
        denied,
        wanted(items),
        tuple(notes),
        tuple(unlisted),
        {one.country: codes.country_named(one.country) for one in coverage if one.country},
    )


def _coverage(items: Sequence[Item], rubric: Rubric) -> tuple[tuple[Coverage, ...], tuple[Uncarried, ...]]:
    """What each country's documents could carry, and the criteria that are not carried in one country at least."""
    criteria = list(rubric.criteria.values())

    @cache
    def scorable(criterion: str, language: str) -> bool:
        return rubric.scorable(criterion, language)

    countries = sorted({item.country or NOWHERE for item in items})
    rows = []
    lacking: dict[str, list[str]] = {criterion.id: [] for criterion in criteria}
    for country in countries:
        here = [item for item in items if (item.country or NOWHERE) == country]
        counting = [item for item in here if item.counts]
        there = {(item.kind, item.language) for item in counting}
        judged = {c.id for c in criteria if any(k in c.applies_to and scorable(c.id, lang) for k, lang in there)}
        for criterion in criteria:
            if criterion.id not in judged:
                lacking[criterion.id].append(country)
        kinds = Counter(item.kind for item in counting)
        languages = {language for _, language in there} or {item.language for item in here}
        opens = {
            kind: sum(
                c.id not in judged and kind in c.applies_to and any(scorable(c.id, one) for one in languages) for c in criteria
            )
            for kind in DocumentKind
            if not kinds[kind]
        }
        rows.append(
            Coverage(
                country,
                {kind: kinds[kind] for kind in DocumentKind},
                len(counting),
                len(here) - len(counting),
                len(judged),
                len(criteria),
                {kind: count for kind, count in opens.items() if count},
            )
        )
    kinds_there = {item.kind for item in items if item.counts}
    uncarried = [_uncarried(c, lacking[c.id], len(countries), kinds_there) for c in criteria if lacking[c.id]]
    return tuple(rows), tuple(uncarried)


def _uncarried(criterion: Criterion, lacking: Sequence[str], countries: int, there: set[DocumentKind]) -> Uncarried:
    why = "language" if there & set(criterion.applies_to) else "kind"
    return Uncarried(criterion.id, criterion.title, criterion.applies_to, len(lacking), len(lacking) == countries, why)


def _outdated(item: Item, as_of: str | None) -> str:
    """Why a document counts for nothing, or may not any more; "" where nothing says so."""
    if item.status in WITHOUT_FORCE:
        whose = "the manifest" if "status" not in item.guessed else "the text"
        return f"{(item.status or '').replace('_', ' ')}, as {whose} says; it does not count for its country"
    period = item.fact("period") or ""
    last = re.search(r"(?<!\d)(\d{4})$", period)
    if as_of and last and int(last[1]) < int(as_of[:4]):
        return f"its period {period} had ended by {as_of}; it counts, unless the manifest says expired"
    return ""


def _denied(item: Item) -> Iterator[str]:
    """Where file or text say otherwise than the manifest, in whole lines."""
    mine: Mapping[str, str | None] = {
        "kind": item.kind.value,
        "language": item.language,
        "year": str(item.year) if item.year else None,
        "status": item.status,
        "jurisdiction": item.country,
    }
    for fact in item.facts:
        stated = mine.get(fact.name)
        column = "country" if fact.name == "jurisdiction" else fact.name
        by_hand = column not in item.guessed and stated is not None
        if not by_hand or fact.origin == "manifest" or fact.value.lower() == (stated or "").lower():
            continue
        if fact.name == "status" and (fact.value in WITHOUT_FORCE) == (stated in WITHOUT_FORCE):
            continue
        if fact.name == "kind" and (not fact.words or fact.value == DocumentKind.LAW):
            continue  # inferred from the form of the text, or that form itself: many a code or plan is enacted by a law
        yield f"{column}: the manifest says {stated}, {_said(fact)} {fact.value}"


def _said(fact: Told) -> str:
    page = f"p. {fact.page}" if fact.page else "the text"
    if fact.words:
        return f"{page} (“{fact.words}”)"
    return "the file says" if fact.origin == "file" else "the text looks like"
