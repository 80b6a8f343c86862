"""A criterion in words: what it asks, how each element is recognised, and how each language says it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from policyaudit.rubric import Condition, Rubric, Wording
from policyaudit.sections import Criterion

WIDTH = 110
WITHIN = {"sentence": "in one sentence", "provision": "in one provision", "article": "in one article"}
UNITS = {"row": "a row of a table", "item": "an item of a list", "article": "an article"}
FORCE = {"mandatory": "in mandatory words", "binding": "in words that bind", "any": ""}


def criterion(rubric: Rubric, one: Criterion, languages: Sequence[str]) -> Iterator[str]:
    """The lines of a criterion with its conditions, and the terms of every concept they use in these languages."""
    conditions = rubric.conditions.get(one.id)
    yield f"{one.id}  {one.title}"
    yield f"looked for in: {', '.join(kind.replace('_', ' ') for kind in one.applies_to)}"
    scorable = [language for language in languages if rubric.scorable(one.id, language)]
    yield f"assessed in: {', '.join(scorable) or 'no language yet'}"
    yield from _part("Requirement", one.requirement)
    yield from _part("Why", one.why)
    yield from ("", "Elements")
    used: dict[str, None] = {}
    for name, text in (*one.elements.items(), *one.contradicted_by.items()):
        if name not in one.elements and name == next(iter(one.contradicted_by)):
            yield from ("", "Contradicted by")
        yield from _wrapped(text, first=f"  {name}  ", rest=" " * (4 + len(name)))
        if conditions and name in conditions.manual:
            yield from _wrapped("left to a reviewer: " + conditions.manual[name], first="       ")
        elif conditions and name not in conditions.found_when:
            yield "       (not looked for yet)"
        for condition in conditions.found_when.get(name, ()) if conditions else ():
            sentence = in_words(condition, conditions.subject if conditions else "any")
            yield from _wrapped("found where " + sentence, first="       - ", rest=" " * 9)
            used |= dict.fromkeys(sorted(condition.concepts))
    if used:
        yield from ("", "Concepts")
    for name in sorted(used):
        yield from _concept(rubric, name, languages)
    yield from _part("Advice for a gap", one.advice)
    yield from ("", "Sources")
    for source in one.sources:
        yield from _wrapped(f"{rubric.cite(source)} (checked: {source.checked})", first="  ", rest="    ")


def in_words(condition: Condition, subject: str) -> str:
    """A condition as a sentence's end: "police and arrest stand in one provision, in words that bind, ..."."""
    asked = []
    if condition.all:
        asked.append(" and ".join(_either(group) for group in condition.all))
    if condition.any:
        number = "one" if condition.at_least == 1 else str(condition.at_least)
        asked.append(f"at least {number} of {', '.join(_either(group) for group in condition.any)}")
    if condition.sequence:
        asked.append(f"{', then '.join(_either(g) for g in condition.sequence)} with at most {condition.gap} words between")
    alone = len(condition.all) == 1 and not condition.any and not condition.sequence
    parts = [f"{' and '.join(asked)} {'stands' if alone else 'stand'} {WITHIN[condition.within]}"]
    if condition.none:
        parts.append(f"without {', '.join(_either(group) for group in condition.none)}")
    if condition.negated:
        parts.append(f"{', '.join(condition.negated)} under a negation")
    if condition.either:
        parts.append(f"{', '.join(condition.either)} under a negation or not")
    if condition.opening:
        parts.append(f"{', '.join(condition.opening)} in the opening of the list if need be")
    if condition.needs:
        parts.append(f"where element {' and '.join(condition.needs)} is found too")
    if FORCE[condition.force]:
        parts.append(FORCE[condition.force])
    if condition.text != Condition.model_fields["text"].default:
        parts.append(f"in text of the kind {', '.join(condition.text)}")
    if condition.kinds:
        parts.append(f"only in: {', '.join(kind.replace('_', ' ') for kind in condition.kinds)}")
    if condition.units:
        parts.append(f"only in: {', '.join(UNITS[unit] for unit in condition.units)}")
    if condition.pointer == "any":
        parts.append("also where the text points to another act")
    about = condition.subject or subject
    parts.append("whatever the text is about" if about == "any" else f"in a text about: {about}")
    return ", ".join(parts)


def _either(group: str) -> str:
    names = group.split("|")
    return names[0] if len(names) == 1 else f"({' or '.join(names)})"


def _concept(rubric: Rubric, name: str, languages: Sequence[str]) -> Iterator[str]:
    concept = rubric.concepts[name]
    includes = f"; includes {', '.join(concept.includes)}" if concept.includes else ""
    yield from _wrapped(f"{name}: {concept.means}{includes}", first="  ", rest="    ")
    for language in languages:
        wording = rubric.terms.get(language, {}).get(name)
        if wording:
            yield from _wrapped(_said(wording), first=f"    {language}  ", rest=" " * 8)


def _said(wording: Wording) -> str:
    terms = [
        term if isinstance(term, str) else f"/{term.regex}/" if hasattr(term, "regex") else "(a pattern of words)"
        for term in wording.terms
    ]
    excluded = f" · not: {', '.join(wording.exclude)}" if wording.exclude else ""
    return ", ".join(terms) + excluded


def _part(head: str, text: str) -> Iterator[str]:
    yield from ("", head)
    yield from _wrapped(text, first="  ")


def _wrapped(text: str, *, first: str, rest: str | None = None) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), WIDTH, initial_indent=first, subsequent_indent=first if rest is None else rest)
