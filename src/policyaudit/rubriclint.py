"""What may be wrong with a rubric's vocabulary although every file is valid. Each remark is one line with its place."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from policyaudit.datafile import Place
from policyaudit.match import hearing
from policyaudit.model import Card, Status
from policyaudit.rubric import Condition, Rubric


def lint(rubric: Rubric) -> list[str]:
    """Terms that contradict one another, and elements that no case guards against being found too easily."""
    remarks: list[str] = []
    for language in sorted(rubric.terms):
        remarks += _opposed(rubric, language)
        remarks += _killed(rubric, language)
        remarks += _unguarded(rubric, language)
    return list(dict.fromkeys(remarks))


def unheard(rubric: Rubric) -> list[str]:
    """Terms that stand in no case of their language, one line each: nothing shows that they match what they should."""
    remarks = []
    for language, terms in sorted(rubric.terms.items()):
        cases = rubric.cases.get(language, ())
        for concept, index in hearing.unheard(language, terms, [case.text for case in cases]):
            where = rubric.place("terms", language, concept, "terms", index)
            remarks.append(f"{where}: {concept}: no case says {terms[concept].terms[index]!r}")
    return remarks


def never_met(rubric: Rubric, cards: Iterable[Card]) -> list[str]:
    """Criteria that could be judged on some of these documents and of which none meets even one element."""
    judged: set[str] = set()
    met: set[str] = set()
    for card in cards:
        for finding in card.findings:
            if finding.status not in (Status.UNSCORED, Status.NOT_APPLICABLE, Status.ERROR):
                judged.add(finding.criterion)
            if any(element.found for element in finding.elements):
                met.add(finding.criterion)
    return [
        f"{rubric.place('conditions', key)}: {key}: no document meets any of it" for key in rubric.criteria if key in judged - met
    ]


def _opposed(rubric: Rubric, language: str) -> Iterator[str]:
    """A term of two concepts of which one condition asks for the one and excludes the other."""
    terms = rubric.terms[language]
    phrases = {name: {term for term in wording.terms if isinstance(term, str)} for name, wording in terms.items()}
    for place, condition in _conditions(rubric):
        wanted = {name for group in (*condition.all, *condition.any, *condition.sequence) for name in group.split("|")}
        unwanted = {name for group in condition.none for name in group.split("|")} - wanted
        for one, other in itertools.product(sorted(wanted), sorted(unwanted)):
            both = phrases.get(one, set()) & phrases.get(other, set())
            if both:
                what = f"{place[1]}.{place[3]} asks for {one} and excludes {other}"
                yield f"{rubric.place(*place)}: {what}: {language} says {min(both)!r} for both"


def _conditions(rubric: Rubric) -> Iterator[tuple[Place, Condition]]:
    for key, conditions in rubric.conditions.items():
        for element, several in conditions.found_when.items():
            for index, condition in enumerate(several):
                yield ("conditions", key, "found_when", element, index), condition


def _killed(rubric: Rubric, language: str) -> Iterator[str]:
    for name, wording in rubric.terms[language].items():
        for index in hearing.killed(language, wording):
            where = rubric.place("terms", language, name, "terms", index)
            yield f"{where}: {name}: {wording.terms[index]!r} is always taken away by the concept's exclusions"


def _unguarded(rubric: Rubric, language: str) -> Iterator[str]:
    """Elements that are looked for in a language and of which no case of it says that they must not be found."""
    guarded = {
        (case.criterion, name) for case in rubric.cases.get(language, ()) for name in (*case.not_found, *case.not_contradicted)
    }
    for key, conditions in rubric.conditions.items():
        if rubric.scorable(key, language):
            bare = [
                name for name in rubric.criteria[key].elements if name in conditions.found_when and (key, name) not in guarded
            ]
            if bare:
                yield f"{rubric.place('conditions', key)}: {key}: no near miss in cases/{language} for {', '.join(bare)}"
