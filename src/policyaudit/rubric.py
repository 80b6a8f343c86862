"""The rubric: what must be there (sections), how it is recognised (conditions), and how it is said (terms).

A rubric is a folder:

    rubric.yaml            id, title, version, works cited, subjects
    sections/*.yaml        criteria with their elements, opposites, advice and sources: for lawyers
    concepts/*.yaml        the vocabulary, free of any language: what each concept means, which includes which
    conditions/*.yaml      for each element the conditions over concepts, any of which suffices
    terms/<lang>/*.yaml    how a language says each concept
    cases/<lang>/*.yaml    short texts with the verdict they must get
    texts/<lang>/*.yaml    titles, requirements, advice ... of the criteria in another language, for its reports

``match`` needs only the terms, ``score`` only sections, concepts and conditions. ``rubricfolder`` loads and checks it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, field_validator, model_validator

from policyaudit.datafile import Place
from policyaudit.errors import UsageError
from policyaudit.model import BINDING, DocumentKind, Force, TextKind
from policyaudit.sections import Citation, Criterion, ElementId, OppositeId, Section, SectionTexts, Strict, Text, Translated

ConceptName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Alternatives = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\|[a-z][a-z0-9_]*)*$")]


# ---------------------------------------------------------------- concepts and conditions: how it is recognised


class Concept(Strict):
    """A thing that texts speak of. ``actor``: somebody who can bear a duty; handed down from the sentence that opens a list
    to its items, and counted whether the duty is to do or not to do. ``handed_down``: no actor, but handed down likewise
    ("shall inform the victim of:")."""

    means: Text
    includes: tuple[ConceptName, ...] = ()
    actor: bool = False
    handed_down: bool = False


Groups = tuple[tuple[str, ...], ...]  # concepts of which one is asked for, and another, and another


class Condition(Strict):
    """One way in which an element can be found. All that is given must hold in one scope (``within``).

    ``all`` and ``sequence`` name concepts, or alternatives as ``police|prosecutor``. ``sequence``: in this order, in one
    sentence, with at most ``gap`` words between neighbours. ``any``: at least ``at_least`` different ones. ``none``: absent
    from the scope. ``negated``: those of the named concepts that must stand under a negation; ``either``: those that may;
    all others must not, except actors. ``needs``: elements of the criterion that the document must have besides.
    ``opening``: concepts that may stand in the sentence that opens the list of which the provision is an item, as actors may.
    ``force``: mandatory (shall), binding (anything but permissive and aspiration), any. ``subject``: what the text must be
    about (a subject of rubric.yaml, or ``any``). ``units``: only in a row of a table, an item of a list or an article.
    ``pointer: any``: what the text says another act says counts too. Concepts may stand in a heading above, but at least
    one must stand in the body.
    """

    all: tuple[Alternatives, ...] = ()
    any: tuple[Alternatives, ...] = ()
    at_least: int = Field(default=1, ge=1)
    none: tuple[Alternatives, ...] = ()
    sequence: tuple[Alternatives, ...] = ()
    gap: int = Field(default=12, ge=0, le=60)
    negated: tuple[ConceptName, ...] = ()
    either: tuple[ConceptName, ...] = ()
    needs: tuple[ElementId, ...] = ()
    opening: tuple[ConceptName, ...] = ()
    within: Literal["sentence", "provision", "article"] = "provision"
    force: Literal["mandatory", "binding", "any"] = "binding"
    text: tuple[TextKind, ...] = tuple(sorted(BINDING))
    kinds: tuple[DocumentKind, ...] = ()
    units: tuple[Literal["row", "item", "article"], ...] = ()
    pointer: Literal["no", "any"] = "no"
    subject: str | None = None

    @model_validator(mode="after")
    def _asks_for_something(self) -> Condition:
        if not (self.all or self.any or self.sequence):
            raise ValueError("a condition needs all, any or sequence")
        return self

    @property
    def concepts(self) -> frozenset[str]:
        """Every concept named."""
        return _named((*self.all, *self.any, *self.none, *self.sequence, *self.negated))

    @property
    def groups(self) -> Groups:
        """The alternatives of ``all`` and then those of ``sequence``, taken apart."""
        return _apart((*self.all, *self.sequence))

    @property
    def choice(self) -> Groups:
        """Those of ``any``."""
        return _apart(self.any)

    @property
    def absent(self) -> Groups:
        """Those of ``none``."""
        return _apart(self.none)


@cache
def _apart(alternatives: tuple[str, ...]) -> Groups:
    return tuple(tuple(group.split("|")) for group in alternatives)


@cache
def _named(alternatives: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name for group in _apart(alternatives) for name in group)


class CriterionConditions(Strict):
    """How one criterion is recognised. ``manual``: elements that text cannot show, each with the question for a reviewer."""

    subject: str = "violence"
    found_when: dict[Annotated[str, Field(pattern=r"^([a-h]|x[1-9])$")], tuple[Condition, ...]] = Field(default={})
    manual: dict[ElementId, Text] = Field(default={})


class Subject(Strict):
    """What a text can be about. A provision is about it where it, its article or a heading above names one of ``concepts``,
    or a heading above one of ``headings``; a document as a whole where it is one of ``kinds``, its title names one of
    ``title``, or the ``share`` of its articles that name one of ``concepts`` is reached. With ``whole``, only a document as a
    whole is about it, and no provision by itself. With ``near``, the article that a provision belongs to does not suffice: the
    provision itself or one that it hangs under must name it, so that an article of many parts is not about what one of them
    names. A document whose title names one of ``unless_title`` is not about it anywhere (a report on what was done), nor is one
    that says one of ``unless_said`` of itself ("this booklet")."""

    means: Text
    concepts: tuple[ConceptName, ...] = ()
    headings: tuple[ConceptName, ...] = ()
    title: tuple[ConceptName, ...] = ()
    unless_title: tuple[ConceptName, ...] = ()
    unless_said: tuple[ConceptName, ...] = ()
    kinds: tuple[DocumentKind, ...] = ()
    share: float | None = Field(default=None, gt=0, le=1)
    whole: bool = False
    near: bool = False


# ---------------------------------------------------------------- terms: how it is said


class TokensTerm(Strict):
    """A spaCy token pattern, tried only in sentences where a mention of the concept ``anchor`` stands."""

    tokens: list[dict[str, Any]]
    anchor: ConceptName


class RegexTerm(Strict):
    """A regular expression (case is ignored), tried only in sentences where a mention of the concept ``anchor`` stands."""

    regex: str
    anchor: ConceptName

    @field_validator("regex")
    @classmethod
    def _compiles(cls, regex: str) -> str:
        try:
            re.compile(regex)
        except re.error as fault:
            raise ValueError(f"not a valid regular expression: {fault}") from None
        return regex


class Wording(Strict):
    """How one language says a concept. A term is a phrase matched by dictionary forms; see docs in the rubric guide."""

    terms: tuple[str | TokensTerm | RegexTerm, ...] = Field(min_length=1)
    exclude: tuple[str, ...] = ()  # phrases that contain a term and mean something else: "data protection order"


# ---------------------------------------------------------------- the folder


class Case(Strict):
    """A short text and the verdict it must get. Elements that are named nowhere may be either."""

    criterion: str
    kind: DocumentKind
    text: str
    title: str = "Act on violence against women"
    found: tuple[ElementId, ...] = ()
    not_found: tuple[ElementId, ...] = ()
    contradicted: tuple[OppositeId, ...] = ()
    not_contradicted: tuple[OppositeId, ...] = ()
    why: str = ""


class Binding(Strict):
    """What binds more than what, for the results of a country. ``order``: kinds of document, those that bind most first, those
    that bind alike together. ``full``: the force of a duty stated in full; ``weak``: the forces that take from it."""

    order: tuple[tuple[DocumentKind, ...], ...] = ()
    full: tuple[Force, ...] = (Force.MANDATORY,)
    weak: tuple[Force, ...] = (Force.DIRECTORY, Force.PERMISSIVE, Force.ASPIRATION)

    def rank(self, kind: DocumentKind | None) -> int:
        """The place of a kind of document in the order, 0 for what binds most; those not named stand together at the end."""
        return next((place for place, kinds in enumerate(self.order) if kind in kinds), len(self.order))


Multilingual = dict[Annotated[str, Field(pattern=r"^[a-z]{2}$")], Text]
"""One text in the languages of the reports, by ISO 639-1 code."""


class Actor(Strict):
    concept: ConceptName
    title: Multilingual


class Duties(Strict):
    """Who must do what: the ``actors`` whose duties are listed, in this order, where a passage is about ``subject``. An actor is
    bound by a command in the same sentence at most ``gap`` words behind, where at most ``lead`` words stand before the actor in
    its clause. ``deadlines``: concepts that say by when. At most ``most`` are kept of each actor in a document."""

    actors: tuple[Actor, ...] = ()
    subject: str = "any"
    deadlines: tuple[ConceptName, ...] = ()
    lead: int = Field(default=1, ge=0)
    gap: int = Field(default=10, ge=0)
    most: int = Field(default=60, ge=1)


class Guidance(Strict):
    """How a report for readers chooses. ``core``: sections whose gaps come first; ``gaps``: how many the summary names;
    ``questions``: by section what no text can answer, opened where it scores ``questions_from`` or more. ``look_if_absent``:
    criteria, or whole sections, whose elements a reviewer is shown where they were not found; without any, those of ``core``."""

    core: tuple[str, ...] = ()
    look_if_absent: tuple[str, ...] = ()
    gaps: int = Field(default=10, ge=1)
    questions_from: float = Field(default=0.5, ge=0, le=1)
    questions: dict[str, tuple[Multilingual, ...]] = Field(default={})


class Head(Strict):
    """rubric.yaml. ``works``: the full names of the works cited, by abbreviation."""

    id: str
    title: Text
    version: str
    about: Text
    works: dict[str, Text]
    subjects: dict[str, Subject]
    binding: Binding = Binding()
    duties: Duties = Duties()
    guidance: Guidance = Guidance()


CONCEPTS = TypeAdapter(dict[ConceptName, Concept])
CONDITIONS = TypeAdapter(dict[str, CriterionConditions])
TERMS = TypeAdapter(dict[ConceptName, Wording])
CASES = TypeAdapter(tuple[Case, ...])
SCHEMAS: dict[str, Any] = {
    "rubric": TypeAdapter(Head),
    "section": TypeAdapter(Section),
    "concepts": CONCEPTS,
    "conditions": CONDITIONS,
    "terms": TERMS,
    "cases": CASES,
    "texts": TypeAdapter(SectionTexts),
}


@dataclass(frozen=True)
class Rubric:
    """A rubric as loaded and checked."""

    folder: Path
    head: Head
    sections: tuple[Section, ...]
    concepts: Mapping[str, Concept]
    conditions: Mapping[str, CriterionConditions]
    terms: Mapping[str, Mapping[str, Wording]]  # language -> concept -> wording
    cases: Mapping[str, tuple[Case, ...]]  # language -> cases
    sha256: str
    texts: Mapping[str, Translated] = field(default_factory=dict)  # language -> texts
    places: Mapping[Place, str] = field(default_factory=dict, compare=False, repr=False)  # ("terms", "en", "court") -> file:line

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        return {criterion.id: criterion for section in self.sections for criterion in section.criteria}

    @cached_property
    def covering(self) -> dict[str, tuple[str, ...]]:
        """For each concept: itself and every concept that includes it, directly or not."""
        above: dict[str, set[str]] = {name: {name} for name in self.concepts}
        for name in self.concepts:
            for below in self._below(name):
                above.setdefault(below, {below}).add(name)
        return {name: tuple(sorted(names)) for name, names in above.items()}

    @cached_property
    def opening(self) -> frozenset[str]:
        """The concepts that any condition lets a list hand down from the sentence that opens it."""
        several = [several for one in self.conditions.values() for several in one.found_when.values()]
        return frozenset(name for conditions in several for condition in conditions for name in condition.opening)

    def _below(self, name: str) -> set[str]:
        found: set[str] = set()
        todo = list(self.concepts[name].includes)
        while todo:
            below = todo.pop()
            if below not in found:
                found.add(below)
                todo += self.concepts[below].includes if below in self.concepts else ()
        return found

    def conditions_in(self, criterion: str, language: str) -> CriterionConditions:
        """The conditions of a criterion whose every concept the language can say; one without its words for an exception would
        find too much."""
        if (criterion, language) not in self._in_language:
            conditions, speakable = self.conditions[criterion], self.speakable(language)
            kept = {name: tuple(c for c in several if c.concepts <= speakable) for name, several in conditions.found_when.items()}
            self._in_language[criterion, language] = conditions.model_copy(update={"found_when": kept})
        return self._in_language[criterion, language]

    @cached_property
    def _in_language(self) -> dict[tuple[str, str], CriterionConditions]:
        return {}

    def speakable(self, language: str) -> frozenset[str]:
        """The concepts that can be matched in a language: with terms of their own or through one they include."""
        return self._speakable.get(language, frozenset())

    @cached_property
    def _speakable(self) -> dict[str, frozenset[str]]:
        below = {name: self._below(name) | {name} for name in self.concepts}
        return {
            language: frozenset(name for name, names in below.items() if not names.isdisjoint(own))
            for language, own in self.terms.items()
        }

    def scorable(self, criterion: str, language: str) -> bool:
        """Whether every element of a criterion can be looked for in a language (or is marked manual, but not all are)."""
        conditions = self.conditions.get(criterion)
        if conditions is None or language not in self.terms:
            return False
        elements = [e for e in self.criteria[criterion].elements if e not in conditions.manual]
        speakable = self.speakable(language)
        return bool(elements) and all(any(c.concepts <= speakable for c in conditions.found_when.get(e, ())) for e in elements)

    @cached_property
    def fingerprints(self) -> dict[str, str]:
        """For each criterion a SHA-256 of all that can change a finding on it: what it asks, its conditions, the subjects they
        name and every concept and term behind them. Titles, advice and sources do not count."""
        return {name: self._fingerprint(criterion) for name, criterion in self.criteria.items()}

    def _fingerprint(self, criterion: Criterion) -> str:
        asked = criterion.model_dump(mode="json", include={"id", "applies_to", "requirement", "elements", "contradicted_by"})
        conditions = self.conditions.get(criterion.id)
        several = [c for group in conditions.found_when.values() for c in group] if conditions else []
        named = sorted({c.subject or "" for c in several} | ({conditions.subject} if conditions else set()))
        subjects = {name: self.head.subjects[name] for name in named if name in self.head.subjects}
        concepts = {name for c in several for name in (*c.concepts, *c.either, *c.opening)}
        concepts |= {
            name for s in subjects.values() for name in (*s.concepts, *s.headings, *s.title, *s.unless_title, *s.unless_said)
        }
        todo = [name for name in concepts if name in self.concepts]
        while todo:  # what a concept includes, and what its terms are anchored to
            name = todo.pop()
            wordings = [own[name] for own in self.terms.values() if name in own]
            anchors = {term.anchor for wording in wordings for term in wording.terms if not isinstance(term, str)}
            fresh = (self._below(name) | anchors) - concepts
            concepts |= fresh
            todo += [other for other in fresh if other in self.concepts]
        data = {
            "asked": asked,
            "conditions": conditions.model_dump(mode="json") if conditions else None,
            "subjects": {name: subject.model_dump(mode="json") for name, subject in subjects.items()},
            "concepts": {
                name: self.concepts[name].model_dump(mode="json", exclude={"means"})
                for name in sorted(concepts & set(self.concepts))
            },
            "terms": {
                language: {name: own[name].model_dump(mode="json") for name in sorted(concepts) if name in own}
                for language, own in sorted(self.terms.items())
            },
        }
        return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()

    def select(self, sections: Iterable[str]) -> Rubric:
        """The same rubric with some sections only; raises UsageError for a section that it does not have."""
        wanted = list(dict.fromkeys(sections))
        have = [section.id for section in self.sections]
        unknown = [s for s in wanted if s not in have]
        if unknown:
            raise UsageError(f"--section {unknown[0]}: the rubric has no such section; it has {', '.join(have)}")
        if not wanted:
            return self
        chosen = replace(self, sections=tuple(section for section in self.sections if section.id in wanted))
        # What does not depend on the sections is worked out once for all selections.
        chosen.__dict__.update(covering=self.covering, _speakable=self._speakable)
        return chosen

    def place(self, *place: str | int) -> str:
        """ "file:line" of a place, or of the nearest around it that is known: ("conditions", "A1.12", "found_when", "a")."""
        while place and place not in self.places:
            place = place[:-1]
        return self.places.get(place, str(self.folder))

    def as_data(self) -> dict[str, object]:
        """The texts as reports print them, with each source as one line; ``texts`` are those in other languages."""
        return {
            "id": self.head.id,
            "title": self.head.title,
            "version": self.head.version,
            "about": self.head.about,
            "sections": [
                {
                    "id": section.id,
                    "title": section.title,
                    "criteria": [
                        c.model_dump(mode="json", exclude={"sources"})
                        | {"sources": [self.cite(s) for s in c.sources], "sha256": self.fingerprints[c.id]}
                        for c in section.criteria
                    ],
                }
                for section in self.sections
            ],
            "binding": self.head.binding.model_dump(mode="json"),
            "guidance": self.head.guidance.model_dump(mode="json"),
            "duties": self.head.duties.model_dump(mode="json"),
            "texts": {language: self._texts(texts) for language, texts in sorted(self.texts.items())},
        }

    def _texts(self, texts: Translated) -> dict[str, object]:
        chosen = {section.id for section in self.sections}
        return {
            **texts.head.model_dump(mode="json", exclude_none=True),
            "sections": {section.id: section.title for section in texts.sections if section.title and section.id in chosen},
            "criteria": {
                key: own.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
                for key, own in texts.criteria.items()
                if key in self.criteria
            },
        }

    def cite(self, source: Citation) -> str:
        name = self.head.works.get(source.work, source.work)
        return f"{name}, {source.place}" if source.place else name
