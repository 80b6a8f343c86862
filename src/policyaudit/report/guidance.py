"""What a report for readers chooses, and by which rule: the gaps that matter most, what stands, who must do what, the four
fields of a SWOT, the questions that no text can answer. The rules are the rubric's data; see ``rubric.Guidance`` and ``Duties``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from policyaudit.model import Card, Duty, Finding, Force, Results, Status
from policyaudit.report import view

JUDGED = (Status.MET, *view.GAPS)
_FULL = Force.MANDATORY


@dataclass(frozen=True, slots=True)
class Guidance:
    """The rubric's rules as a report finds them in the results. An earlier run has none: nothing is core, ten gaps are named."""

    core: tuple[str, ...]  # sections whose gaps come first
    gaps: int  # that a summary names
    questions_from: float  # score in [0, 1] from which a section's questions stand open
    questions: Mapping[str, tuple[str, ...]]  # section -> in the report's language
    actors: Mapping[str, str]  # concept -> title in the report's language, in the order of the rubric
    most: int  # duties kept of each actor


def guidance(results: Results, language: str) -> Guidance:
    """The rules out of ``Results.rubric``, their texts in a language, or in English where they are not said in it."""
    data, duties = (_mapping(results.rubric.get(key)) for key in ("guidance", "duties"))
    actors = [actor for actor in _sequence(duties.get("actors")) if isinstance(actor, Mapping)]
    questions = {
        str(section): tuple(_said(text, language) for text in _sequence(several))
        for section, several in _mapping(data.get("questions")).items()
    }
    return Guidance(
        core=tuple(str(section) for section in _sequence(data.get("core"))),
        gaps=int(str(data.get("gaps", 10))),
        questions_from=float(str(data.get("questions_from", 1))),
        questions=questions,
        actors={str(actor.get("concept")): _said(actor.get("title"), language) for actor in actors},
        most=int(str(duties.get("most", 0))),
    )


def pressing(card: Card, rubric: view.Rubric, rules: Guidance) -> list[Finding]:
    """All gaps, those that matter most first: contradictions, then core sections, then the larger share of elements missing; of
    equals one of each section in turn, in the order of the rubric."""
    gaps = rubric.ordered(card.findings, *view.GAPS)

    def tier(finding: Finding) -> tuple[bool, bool, float]:
        section = rubric.criterion(finding.criterion).section
        missing = 1.0 - (finding.score or 0.0)
        return finding.status is not Status.CONTRADICTED, section not in rules.core, -round(missing, 6)

    turn: Counter[tuple[object, str]] = Counter()
    ranked = []
    for place, finding in enumerate(gaps):
        key = tier(finding), rubric.criterion(finding.criterion).section
        ranked.append((tier(finding), turn[key], place, finding))
        turn[key] += 1
    return [finding for *_, finding in sorted(ranked, key=lambda item: item[:3])]


def standing(card: Card, rubric: view.Rubric, rules: Guidance) -> list[Finding]:
    """The criteria met in full force, those of core sections first."""
    met = [finding for finding in rubric.ordered(card.findings, Status.MET) if in_force(finding)]
    return sorted(met, key=lambda finding: rubric.criterion(finding.criterion).section not in rules.core)


def in_force(finding: Finding) -> bool:
    """Whether every element found is carried by a passage in mandatory wording."""
    found = [element for element in finding.elements if element.found]
    return bool(found) and all(any(e.force is _FULL for e in element.evidence) for element in found)


@dataclass(frozen=True, slots=True)
class Swot:
    """The findings of a card in the four fields. ``opportunities``: partly met, or met in wording that does not command."""

    strengths: list[Finding]
    weaknesses: list[Finding]
    opportunities: list[Finding]
    threats: list[Finding]


def swot(card: Card, rubric: view.Rubric) -> Swot:
    """Each judged finding in one field."""
    met = rubric.ordered(card.findings, Status.MET)
    return Swot(
        strengths=[finding for finding in met if in_force(finding)],
        weaknesses=rubric.ordered(card.findings, Status.NOT_FOUND),
        opportunities=[
            *rubric.ordered(card.findings, Status.PARTLY),
            *(finding for finding in met if not in_force(finding)),
        ],
        threats=rubric.ordered(card.findings, Status.CONTRADICTED),
    )


def by_actor(duties: Iterable[Duty], rules: Guidance) -> list[tuple[str, list[Duty]]]:
    """The title of every actor with its duties, in the order of the rubric; those that have none stand with an empty list."""
    several = list(duties)
    return [(title, [duty for duty in several if duty.actor == actor]) for actor, title in rules.actors.items()]


def asked(card: Card, rules: Guidance) -> list[tuple[str, float | None, bool, tuple[str, ...]]]:
    """The sections that have questions and were assessed: id, score, whether the questions stand open, the questions."""
    return [
        (one.section, one.score, one.score is not None and one.score >= rules.questions_from, rules.questions[one.section])
        for one in card.sections
        if one.scored and rules.questions.get(one.section)
    ]


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _sequence(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()


def _said(text: object, language: str) -> str:
    texts = _mapping(text)
    return view.readable(str(texts.get(language) or texts.get("en") or ""))
