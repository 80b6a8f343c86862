"""How one criterion was decided on one document: what was looked for, what stood where, and what stood in the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policyaudit.model import Document, Evidence, TextKind
from policyaudit.reading import Mention, Reading
from policyaudit.rubric import Condition, CriterionConditions, Rubric
from policyaudit.score.conditions import passages
from policyaudit.score.evidence import Citer
from policyaudit.score.field import Field
from policyaudit.score.subject import Subjects
from policyaudit.sections import Criterion

SHOWN = 3  # mentions of a concept that are shown


@dataclass(frozen=True, slots=True)
class Said:
    """A concept (or several that may stand for one another) that a condition names: how often it is said, and where first."""

    names: str  # "police|prosecutor"
    times: int
    first: tuple[Evidence, ...]  # the sentences of its first mentions
    words: tuple[tuple[int, int], ...] = ()  # its first mentions themselves


@dataclass(frozen=True, slots=True)
class Tried:
    """One condition tried. ``passages`` fulfil it. Where there are none, ``obstacles`` says what it failed on: each with the
    best passage that would fulfil the condition without that demand."""

    condition: Condition
    subject: str
    said: tuple[Said, ...]
    passages: tuple[Evidence, ...]
    obstacles: tuple[tuple[str, Evidence], ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """How one element, or one opposite, was decided."""

    id: str
    text: str
    tried: tuple[Tried, ...]
    question: str = ""  # where it is left to a reviewer
    nearest: tuple[Evidence, ...] = ()  # only where nothing was found

    @property
    def found(self) -> bool:
        return any(tried.passages for tried in self.tried)


def decide(criterion: Criterion, document: Document, reading: Reading, rubric: Rubric) -> tuple[Decision, ...]:
    """The decision on every element and opposite of a criterion, in the rubric's order, each of its conditions tried anew."""
    field = Field(document, reading, rubric)
    subjects = Subjects(field)
    citer = Citer(field)
    conditions = rubric.conditions.get(criterion.id, CriterionConditions())
    plain: dict[str, tuple[Tried, ...]] = {}
    for found in (frozenset[str](), None):
        have = frozenset(name for name, several in plain.items() if any(t.passages for t in several)) if found is None else found
        for name in (*criterion.elements, *criterion.contradicted_by):
            if name not in conditions.manual and not any(t.passages for t in plain.get(name, ())):
                several = conditions.found_when.get(name, ())
                plain[name] = tuple(_tried(c, conditions.subject, field, subjects, citer, have) for c in several)
    return tuple(
        Decision(
            name,
            text,
            plain.get(name, ()),
            conditions.manual.get(name, ""),
            ()
            if any(t.passages for t in plain.get(name, ())) or name in conditions.manual
            else citer.nearest(conditions.found_when.get(name, ())),
        )
        for name, text in (*criterion.elements.items(), *criterion.contradicted_by.items())
    )


def _tried(condition: Condition, subject: str, field: Field, subjects: Subjects, citer: Citer, found: frozenset[str]) -> Tried:
    fulfilled = citer.of(passages(condition, subject, field, subjects, found=found))
    groups = (*condition.all, *condition.sequence, *condition.any)
    said = tuple(_said(group, field, citer) for group in dict.fromkeys(groups))
    obstacles: list[tuple[str, Evidence]] = []
    if not fulfilled:
        for demand, without in _relaxed(condition, field):
            best = citer.of(passages(without, subject, field, subjects, found=frozenset("abcdefgh")), most=1)
            if best:
                obstacles.append((demand, best[0]))
    return Tried(condition, condition.subject or subject, said, fulfilled, tuple(obstacles))


def _said(group: str, field: Field, citer: Citer) -> Said:
    mentions: list[Mention] = sorted(
        (m for name in group.split("|") for places in field.by_sentence(name).values() for m in field.mentions(places)),
        key=lambda m: m.token,
    )
    sentences = list(dict.fromkeys(m.sentence for m in mentions))[:SHOWN]
    return Said(
        group,
        len(mentions),
        tuple(citer.cite(index, index) for index in sentences),
        tuple((m.start, m.end) for m in mentions[:SHOWN]),
    )


def because(decision: Decision, text: str) -> str:
    """A decision in a clause: what was said of the condition that is fulfilled, or of the one that came nearest and what it
    failed on. ``text`` is the document's."""
    if not decision.tried:
        return "nothing says how to find it"
    tried = min(decision.tried, key=lambda t: (not t.passages, sum(not said.times for said in t.said), not t.obstacles))
    number = decision.tried.index(tried) + 1
    parts = [f"{said.names} {_times(said, text)}" for said in tried.said]
    if not tried.passages:
        absent = any(not said.times for said in tried.said)
        parts += [f"failed on: {demand}" for demand, _ in tried.obstacles]
        parts += [] if tried.obstacles or absent else ["failed on more than one demand"]
    return f"condition {number} of {len(decision.tried)}: {'; '.join(parts)}"


def _times(said: Said, text: str) -> str:
    if not said.times:
        return "not said"
    quotes = [" ".join(text[start:end].split()) for start, end in said.words]
    return f"said {said.times}× ({', '.join(repr(quote) for quote in dict.fromkeys(quotes))})"


def _relaxed(condition: Condition, field: Field) -> Iterator[tuple[str, Condition]]:
    """The condition with one demand less, and that demand in words; each demand that it makes, once."""
    names = tuple(sorted(condition.concepts))
    if condition.needs:
        yield f"element {' and '.join(condition.needs)} is not found", condition.model_copy(update={"needs": ()})
    if condition.kinds and field.document.kind not in condition.kinds:
        yield "this kind of document is not among those it is for", condition.model_copy(update={"kinds": ()})
    if condition.none:
        yield f"{', '.join(condition.none)} stands there too", condition.model_copy(update={"none": ()})
    yield "negation", condition.model_copy(update={"negated": (), "either": names})
    if condition.force != "any":
        yield f"force: not {condition.force}", condition.model_copy(update={"force": "any"})
    if condition.sequence:
        yield f"more than {condition.gap} words between", condition.model_copy(update={"gap": 10**6})
        within = "article" if condition.within == "article" else "provision"
        without = {"all": (*condition.all, *condition.sequence), "sequence": (), "within": within}
        yield "another order, or not in one sentence", condition.model_copy(update=without)
    elif condition.within == "sentence":
        yield "not in one sentence", condition.model_copy(update={"within": "provision"})
    if condition.within != "article" and not condition.sequence:
        yield "not in one provision", condition.model_copy(update={"within": "article"})
    yield "in text that binds nobody", condition.model_copy(update={"text": tuple(TextKind)})
    yield "the text is about something else", condition.model_copy(update={"subject": "any"})
