"""Conditions tried on a document: which passages fulfil them, and how well each carries the element."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

from policyaudit.model import Force
from policyaudit.reading import Mention
from policyaudit.rubric import Condition
from policyaudit.score.field import Field
from policyaudit.score.subject import Subjects

FORCES = {
    "mandatory": frozenset({Force.MANDATORY}),
    "binding": frozenset({Force.MANDATORY, Force.DIRECTORY, Force.STATED}),
    "any": frozenset(Force) - {Force.ASPIRATION},
}


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences that fulfil a condition. ``carried``: the share of the condition's concepts that ``best`` alone carries."""

    best: int  # the sentence that carries most
    sentences: tuple[int, ...]  # all that are needed, in order
    carried: float
    force: Force
    excepted: bool
    core: tuple[int, int]  # from the first to the last of the mentions in ``best``, in characters

    @property
    def rank(self) -> tuple[float, int, int, int]:
        """Sorts the best passage first: one sentence that carries all of it, in mandatory wording, early in the text."""
        return (-self.carried, len(self.sentences), 0 if self.force is Force.MANDATORY else 1, self.best)


def passages(
    condition: Condition, subject: str, field: Field, subjects: Subjects, *, found: frozenset[str] = frozenset()
) -> Iterator[Passage]:
    """Every passage of a document that fulfils a condition, in order of the text. ``found``: elements of the criterion that
    the document is known to have, for conditions that need them."""
    if (condition.kinds and field.document.kind not in condition.kinds) or not found.issuperset(condition.needs):
        return
    about = condition.subject or subject
    for scope in _scopes(condition, field):
        passage = _try(condition, scope, field)
        if passage is None:
            continue
        provision = field.reading.sentences[passage.best].provision
        if condition.units and field.document.provisions[provision].unit not in condition.units:
            continue
        if field.kind(provision) in condition.text and subjects.is_about(provision, about):
            yield passage


def _scopes(condition: Condition, field: Field) -> Iterator[tuple[int, ...]]:
    """The scopes worth trying, each as its provisions or, for ``sentence``, its sentences."""
    reached = []
    for group in _required(condition):
        provisions = field.provisions_with(group, condition.opening)
        if not provisions:
            return
        reached.append(provisions)
    if condition.within == "article":
        articles = ({field.article[index] for index in provisions} for provisions in reached)
        for index in sorted(reduce(and_, articles)):
            last = field.document.provisions[index].last
            yield tuple(i for i in range(index, last) if field.article[i] == index)
        return
    for index in sorted(reduce(and_, reached)):
        yield (index,)


def _required(condition: Condition) -> Iterator[tuple[str, ...]]:
    yield from condition.groups
    if condition.choice:
        yield tuple(name for group in condition.choice for name in group)


def _try(condition: Condition, scope: tuple[int, ...], field: Field) -> Passage | None:
    """The best passage of a scope that fulfils the condition, or None."""
    if condition.within == "sentence" or condition.sequence:
        best: Passage | None = None
        for provision in scope:
            sentences: Sequence[int | None] = field.sentences_of.get(provision, ())
            if field.is_matrix_row(provision):
                sentences = (None,)
            for sentence in sentences:
                found = _fulfil(condition, (provision,), field, only=sentence)
                if found and (best is None or found.rank < best.rank):
                    best = found
        return best
    return _fulfil(condition, scope, field, only=None)


def _fulfil(condition: Condition, scope: tuple[int, ...], field: Field, *, only: int | None) -> Passage | None:
    """The passage of a scope (or of one sentence of it) in which all that the condition asks for stands."""
    groups, choice = condition.groups, condition.choice

    def bodies(names: Sequence[str]) -> list[Mention]:
        found: list[Mention] = []
        for name in names:
            if only is not None:
                mentions = field.mentions(field.by_sentence(name).get(only, ()))
            else:
                by = field.by_provision(name)
                mentions = [m for index in scope for m in field.mentions(by.get(index, ()))]
            found += [m for m in mentions if _counts(m, condition, _negation(name, condition, field))]
        return found

    def above(names: Sequence[str]) -> bool:
        return any(
            index in field.under_heading(name) or name in field.opened(index, condition.opening)
            for name in names
            for index in scope
        )

    if any(_present(group, scope, only, field) for group in condition.absent):
        return None
    chosen: list[list[Mention]] = []
    missing = 0
    for group in groups[: len(condition.all)]:
        mentions = bodies(group)
        if mentions:
            chosen.append(mentions)
        elif above(group):
            missing += 1
        else:
            return None
    if condition.sequence:
        several = [bodies(group) for group in groups[len(condition.all) :]]
        run = _in_order(several, condition.gap, field)
        opened = {name for index in scope for name in field.opened(index, condition.opening)}
        while run is None and len(several) > 1 and not opened.isdisjoint(groups[len(groups) - len(several)]):
            several = several[1:]  # who, and what the opening of a list says, stands above the item
            missing += 1
            run = _in_order(several, condition.gap, field)
        if run is None:
            return None
        chosen += [[mention] for mention in run]
    if choice:
        options = [mentions for group in choice if (mentions := bodies(group))]
        headed = sum(1 for group in choice if not bodies(group) and above(group))
        if len(options) + headed < condition.at_least:
            return None
        missing += min(headed, max(0, condition.at_least - len(options)))
        chosen += options[: max(condition.at_least, 1)] if condition.at_least == 1 else options
    if not chosen:
        return None
    return _passage(chosen, len(chosen) + missing)


def _negation(name: str, condition: Condition, field: Field) -> bool | None:
    """Whether a concept must (True) or must not (False) stand under a negation; None where either will do, as for actors."""
    if name in condition.negated:
        return True
    return None if name in condition.either or name in field.actors else False


def _counts(mention: Mention, condition: Condition, negation: bool | None) -> bool:
    """Whether a mention in the body may stand for its concept under a condition."""
    if (mention.pointer and condition.pointer == "no") or (negation is not None and mention.negated is not negation):
        return False
    return mention.force in FORCES[condition.force]


def _present(names: Sequence[str], scope: tuple[int, ...], only: int | None, field: Field) -> bool:
    if only is not None:
        return any(only in field.by_sentence(name) for name in names)
    return any(index in field.by_provision(name) for name in names for index in scope)


def _in_order(several: Sequence[Sequence[Mention]], gap: int, field: Field) -> list[Mention] | None:
    """Mentions that follow one another, each at most ``gap`` words after the one before or in another cell of its row; None if
    there are none."""
    if not all(several):
        return None
    runs = [[mention] for mention in several[0]]
    for following in several[1:]:
        runs = [
            [*run, mention]
            for run in runs
            for mention in following
            if run[-1].token_end <= mention.token <= run[-1].token_end + gap or field.in_two_cells(run[-1], mention)
        ]
        if not runs:
            return None
    return min(runs, key=lambda run: (run[-1].token_end - run[0].token, run[0].token))


def _passage(chosen: Sequence[Sequence[Mention]], asked: int) -> Passage:
    """The sentences that carry what was found: first the one with most of it, then the nearest for the rest."""
    count: dict[int, int] = {}
    for mentions in chosen:
        for sentence in {m.sentence for m in mentions}:
            count[sentence] = count.get(sentence, 0) + 1
    best = min(count, key=lambda s: (-count[s], s))
    needed = {best}
    used: list[Mention] = []
    for mentions in chosen:
        nearest = min(mentions, key=lambda m: (abs(m.sentence - best), m.token))
        needed.add(nearest.sentence)
        used.append(nearest)
    strongest = min((m.force for m in used if m.sentence == best), key=list(Force).index)
    inside = [m for m in used if m.sentence == best]
    core = (min(m.start for m in inside), max(m.end for m in inside))
    return Passage(best, tuple(sorted(needed)), count[best] / asked, strongest, any(m.excepted for m in used), core)
