"""How far reviewers agree with one another and with the machine, over the elements that both judged. Pure.

The figures are Krippendorff's alpha for nominal data (any number of reviewers, gaps allowed) and Cohen's kappa (two). They stand
here in full, each a few lines: the kept library for alpha is under the GPL, which this program cannot require of its users; the
tests hold both to published examples, and alpha to that library.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from policyaudit.model import Card, Contradiction, Decision, ElementFinding, Finding, Results, Review
from policyaudit.reviews import asked, machine_said, meant, sampled

Key = tuple[str, str, str]  # document, criterion, element

# K. Krippendorff, Content Analysis: An Introduction to Its Methodology, 2nd ed. (2004), p. 241: rely on variables with alpha of
# 0.800 or more; consider those between 0.667 and 0.800 only for drawing tentative conclusions.
RELIABLE, TENTATIVE = 0.8, 0.667
# Our own: with two reviewers and two answers equally common, ten elements are the fewest of which one may be judged otherwise and
# alpha still be 0.8. With fewer a figure says how many elements there were, not how reviewers judge.
FEWEST = 10


class Verdict(StrEnum):
    """What a figure permits."""

    RELIABLE = "reliable"  # enough to publish
    TENTATIVE = "tentative"  # only for tentative conclusions
    UNRELIABLE = "unreliable"  # not enough
    FEW = "few"  # no figure: fewer than FEWEST elements were judged by both
    ONE_CATEGORY = "one_category"  # no figure: all were judged the same, so that nothing shows that they can be told apart


class Between(StrEnum):
    REVIEWERS = "reviewers"  # of all with one another
    PAIR = "pair"  # of two reviewers
    MACHINE = "machine"  # of a reviewer with the machine
    DECIDED = "decided"  # of the decisions that count with the machine


@dataclass(frozen=True, slots=True)
class Measure:
    """How far some agree. ``level`` is "all", "sample" (the tenth drawn by lot), "section" or "criterion", ``subject`` the id of
    these two; ``names`` the reviewers compared."""

    level: str
    subject: str
    between: Between
    names: tuple[str, ...]
    units: int  # elements judged by two of them at least
    agreed: int  # of these, those judged the same by all
    alpha: float | None  # 1 agreement in all, 0 as by chance; None where the verdict says why there is none
    low: float | None  # the ends of its 95 % interval (jackknife over the elements); None with alpha
    high: float | None
    kappa: float | None  # of two only
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An element of which reviewers say different things. ``final``: the decision that settled it."""

    document: str
    criterion: str
    element: str
    asked: str  # what the rubric asks
    machine: str  # what the machine says, as in Review
    machine_quotation: str
    reviews: tuple[Review, ...]
    final: Review | None = None


# ---------------------------------------------------------------- the figures


def alpha(units: Iterable[Sequence[str]]) -> float | None:
    """Krippendorff's alpha for nominal data over units, each the values that it was given. At most 1; 0 is chance, below is
    worse than chance. None where no unit has two values, or all values are the same.

    Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), part C, nominal data.
    """
    return _alpha([Counter(values) for values in units if len(values) > 1])


def _alpha(counts: Sequence[Counter[str]]) -> float | None:
    return _of_sums(*_sums(counts))


def _sums(counts: Iterable[Counter[str]]) -> tuple[float, Counter[str]]:
    """The observed coincidences of different values, and how often each value was given in units with two or more."""
    total: Counter[str] = Counter()
    observed = 0.0
    for values in counts:
        observed += _differing(values)
        total.update(values)
    return observed, total


def _differing(values: Counter[str]) -> float:
    n = values.total()
    return sum(count * (n - count) for count in values.values()) / (n - 1)


def _of_sums(observed: float, total: Counter[str]) -> float | None:
    n = total.total()
    expected = n * n - sum(count * count for count in total.values())
    return 1 - (n - 1) * observed / expected if expected else None


def interval(units: Iterable[Sequence[str]]) -> tuple[float, float] | None:
    """The 95 % interval of alpha by the jackknife over the units; None where it cannot be told, as where all agree.

    Source: B. Efron, The Jackknife, the Bootstrap and Other Resampling Plans (1982), chapter 3; normal limits, cut at 1.
    """
    counts = [Counter(values) for values in units if len(values) > 1]
    observed, total = _sums(counts)
    whole = _of_sums(observed, total)
    without = []
    for values in counts:
        one = _of_sums(observed - _differing(values), total - values)
        if whole is None or one is None:
            return None
        without.append(one)
    if whole is None or len(without) < 2:
        return None
    mean = sum(without) / len(without)
    variance = (len(without) - 1) / len(without) * sum((one - mean) ** 2 for one in without)
    if variance < 1e-12:
        return None
    reach = 1.96 * variance**0.5
    return max(whole - reach, -1.0), min(whole + reach, 1.0)


def kappa(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two over what each said of the same units; None without a unit, or where both said one thing only.

    Source: J. Cohen, A Coefficient of Agreement for Nominal Scales, Educational and Psychological Measurement 20 (1960) 37-46.
    """
    several = list(pairs)
    n = len(several)
    first, second = Counter(one for one, _ in several), Counter(two for _, two in several)
    same = sum(one == two for one, two in several)
    by_chance = sum(first[value] * second[value] for value in first)
    return (n * same - by_chance) / (n * n - by_chance) if n * n != by_chance else None


def verdict(figure: float | None, units: int) -> Verdict:
    """What an alpha over so many units permits."""
    if units < FEWEST:
        return Verdict.FEW
    if figure is None:
        return Verdict.ONE_CATEGORY
    figure = round(figure, 3)  # the thresholds have three places
    return Verdict.RELIABLE if figure >= RELIABLE else Verdict.TENTATIVE if figure >= TENTATIVE else Verdict.UNRELIABLE


# ---------------------------------------------------------------- over a run


def reviewers(results: Results) -> tuple[str, ...]:
    """Who decided, in alphabetical order; not those who only settled what others disagreed on."""
    return tuple(sorted({review.reviewer for review in results.reviews if not review.final}))


def measures(results: Results) -> tuple[Measure, ...]:
    """Of a run with decisions applied: over all of it, over the tenth drawn by lot, by section, then by criterion, in the order
    of the rubric. Only decisions that hold count; what the machine left to a person it has not judged. What reviewers look at is
    chosen, as what is doubtful: only the tenth says how right the machine is on the whole."""
    names = reviewers(results)
    said, decided = _said(results), _decided(results)
    machine = {key: state for key, state, _ in _states(results) if state in set(Decision)}
    compared: list[tuple[Between, tuple[str, ...], dict[Key, tuple[str, ...]]]] = []
    if len(names) > 1:
        compared.append((Between.REVIEWERS, names, {key: tuple(values.values()) for key, values in said.items()}))
    if len(names) > 2:
        for pair in combinations(names, 2):
            both = {key: tuple(values[name] for name in pair if name in values) for key, values in said.items()}
            compared.append((Between.PAIR, pair, both))
    for name in names:
        own = {key: values[name] for key, values in said.items() if name in values}
        compared.append((Between.MACHINE, (name,), _beside(own, machine)))
    if len(names) > 1 or any(review.final for review in results.reviews):
        compared.append((Between.DECIDED, (), _beside(decided, machine)))
    sections = held(results.rubric)
    levels = [("all", ""), ("sample", ""), *(("section", section) for section in sections)]
    levels += [("criterion", criterion) for several in sections.values() for criterion in several]
    section_of = {criterion: section for section, several in sections.items() for criterion in several}
    grouped = [(between, named, _grouped(units, section_of)) for between, named, units in compared]
    return tuple(
        _measure(level, subject, between, named, units[level, subject])
        for level, subject in levels
        for between, named, units in grouped
        if level == "all" or units[level, subject]
    )


def _grouped(
    units: Mapping[Key, tuple[str, ...]], section_of: Mapping[str, str]
) -> defaultdict[tuple[str, str], list[tuple[str, ...]]]:
    """The values of each unit that two have judged, by what it belongs to."""
    found: defaultdict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
    for key, values in units.items():
        if len(values) > 1:
            criterion = key[1]
            for group in (("all", ""), ("section", section_of.get(criterion, "")), ("criterion", criterion)):
                found[group].append(values)
            if sampled(key):
                found["sample", ""].append(values)
    return found


def _beside(values: Mapping[Key, str], machine: Mapping[Key, str]) -> dict[Key, tuple[str, ...]]:
    return {key: (value, machine[key]) for key, value in values.items() if key in machine}


def _measure(level: str, subject: str, between: Between, names: tuple[str, ...], units: Sequence[tuple[str, ...]]) -> Measure:
    figure = alpha(units) if len(units) >= FEWEST else None
    ends = interval(units) if figure is not None else None
    two = between is not Between.REVIEWERS or len(names) == 2
    agreed = sum(len(set(values)) == 1 for values in units)
    return Measure(
        level,
        subject,
        between,
        names,
        len(units),
        agreed,
        figure,
        ends[0] if ends else None,
        ends[1] if ends else None,
        kappa((values[0], values[1]) for values in units) if two and len(units) >= FEWEST else None,
        verdict(figure, len(units)),
    )


def disagreements(results: Results) -> tuple[Disagreement, ...]:
    """The elements of which reviewers say different things, in order of the run; those that were settled too."""
    texts = asked(results.rubric)
    several: dict[Key, list[Review]] = defaultdict(list)
    for review in results.reviews:
        several[review.key].append(review)
    states = {key: (state, quotation) for key, state, quotation in _states(results)}
    found = []
    for key, reviews in several.items():
        own = tuple(review for review in reviews if not review.final)
        if len({meant(review) for review in own}) > 1:
            final = next((review for review in reversed(reviews) if review.final), None)
            state, quotation = states.get(key, ("", ""))
            question = texts.get(key[1:], "").partition("\n")[2]
            found.append(Disagreement(*key, question, state, quotation, own, final))
    return tuple(found)


def _said(results: Results) -> dict[Key, dict[str, str]]:
    """What each reviewer says of each element, agreement with the machine resolved."""
    said: dict[Key, dict[str, str]] = {}
    for review in results.reviews:
        if not review.final:
            said.setdefault(review.key, {})[review.reviewer] = meant(review).value
    return {key: dict(sorted(values.items())) for key, values in said.items()}


def _states(results: Results) -> Iterator[tuple[Key, str, str]]:
    """What the machine says of everything that was decided, and its best quotation."""
    findings = {(card.name, finding.criterion): finding for card in results.machine or results.cards for finding in card.findings}
    for key in dict.fromkeys(review.key for review in results.reviews):
        finding = findings.get(key[:2])
        if finding is not None:
            state, evidence = machine_said(finding, key[2])
            yield key, state, evidence[0].quote if evidence else ""


def _decided(results: Results) -> dict[Key, str]:
    """The decisions that count."""
    return {review.key: meant(review).value for card in results.cards for review in counting(card)}


def counting(card: Card) -> Iterator[Review]:
    """The decisions that count in a card, in its order."""
    for finding in card.findings:
        yield from decisions(finding)


def decisions(finding: Finding) -> tuple[Review, ...]:
    """The decisions that count in a finding, each once."""
    parts: tuple[ElementFinding | Contradiction, ...] = (*finding.elements, *finding.contradictions, *finding.refused)
    return tuple(dict.fromkeys(part.decided for part in parts if part.decided is not None))


def held(rubric: Mapping[str, object]) -> dict[str, list[str]]:
    """The criteria of each section, out of ``Results.rubric``."""
    sections = rubric.get("sections")
    several = sections if isinstance(sections, list | tuple) else ()
    return {str(one["id"]): [str(criterion["id"]) for criterion in one.get("criteria", ())] for one in several}


def of_all(several: Iterable[Measure]) -> Mapping[Between, Measure]:
    """The measures over a whole run, the first of each sort."""
    found: dict[Between, Measure] = {}
    for one in several:
        if one.level == "all":
            found.setdefault(one.between, one)
    return found
