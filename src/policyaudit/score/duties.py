"""Who must do what: the duties that a document lays on the actors of the rubric.

Only what is sure counts: a sentence of binding text that opens its clause with an actor, soon followed by words that command
(or, where a language names the bearer behind them, words that command and then the actor). Commands in the passive bind
somebody else, and are left out. What opens a list is quoted with its items.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy

from policyaudit.model import BINDING, Card, Document, Duty, Evidence, Force
from policyaudit.reading import Command, Mention, Reading
from policyaudit.rubric import Rubric
from policyaudit.score.evidence import Citer
from policyaudit.score.field import Field
from policyaudit.score.subject import Subjects

LONGEST = 900  # characters of a list that is quoted with the sentence that opens it
JOINS = 3  # letters at most of the words that join two actors or stand before the second: and, or, the
BEHIND = 3  # words at most between a command and the actor behind it
_CLAUSE = re.compile(r"[,;:•–—]\s|[()\n]")
_WORD = re.compile(r"\w[\w'’-]*")
_OPENS = re.compile(r"[:—–-]\s*$")


def duties(field: Field, subjects: Subjects, citer: Citer) -> tuple[Duty, ...]:
    """The duties of a document: by actor in the rubric's order, then in order of the text, at most so many as it keeps."""
    document, reading, rubric = field.document, field.reading, field.rubric
    wanted = {*(actor.concept for actor in rubric.head.duties.actors), *rubric.head.duties.deadlines}
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    asked = numpy.array([name in wanted for name in reading.mentions.names], bool)
    for row in numpy.flatnonzero(asked[reading.mentions.concept]).tolist():
        mention = reading.mentions[row]
        by_sentence[mention.sentence].append(mention)
    found: dict[str, list[Duty]] = defaultdict(list)
    seen: set[tuple[str, int]] = set()
    for command in reading.commands:
        sentence = reading.sentences[command.sentence]
        if command.force is not Force.MANDATORY or sentence.heading or field.kind(sentence.provision) not in BINDING:
            continue
        if not subjects.is_about(sentence.provision, rubric.head.duties.subject):
            continue
        mentions = by_sentence.get(command.sentence, [])
        for mention in _bearers(command, mentions, document, reading, rubric):
            if (mention.concept, command.sentence) not in seen:
                seen.add((mention.concept, command.sentence))
                deadline = _deadline(command, mentions, document, rubric)
                evidence = _with_items(citer.cite(command.sentence, command.sentence, force=command.force), command, field)
                found[mention.concept].append(Duty(mention.concept, evidence, command.forbids, deadline))
    return tuple(duty for actor in rubric.head.duties.actors for duty in found[actor.concept][: rubric.head.duties.most])


def united(cards: Iterable[Card], rubric: Rubric) -> tuple[Duty, ...]:
    """The duties of several documents together, those of the first document first, at most so many as the rubric keeps."""
    every = [duty for card in cards for duty in card.duties]
    most = rubric.head.duties.most
    return tuple(
        duty for actor in rubric.head.duties.actors for duty in [duty for duty in every if duty.actor == actor.concept][:most]
    )


def _bearers(
    command: Command, mentions: Sequence[Mention], document: Document, reading: Reading, rubric: Rubric
) -> Iterator[Mention]:
    """Those whom a command binds: one actor, or several in a row."""
    settings = rubric.head.duties
    if command.bearer == "nobody":
        return
    actors = _outer(mentions, rubric)
    if command.bearer == "after":
        behind = [m for m in actors if 0 <= m.token - command.token_end <= BEHIND]
        yield from behind[:1]
        return
    before = [m for m in actors if m.token_end <= command.token]
    earlier = [c for c in reading.commands if c.sentence == command.sentence and c.token < command.token]
    if not before:
        return
    row = [before[-1]]
    for mention in reversed(before[:-1]):
        between = document.text[mention.end : row[0].start]
        if row[0].token - mention.token_end > 1 or any(len(word) > JOINS for word in _WORD.findall(between)):
            break
        row.insert(0, mention)
    for several in [row[at:] for at in range(len(row))]:
        if _opens_clause(several[0], 1 if len(several) > 1 else settings.lead + 1, document, reading):
            if _governs(command, several[-1], earlier, settings.gap):
                yield from several
            return
    # Behind the one who is bound another may be named: "the police officer who meets the court shall".
    first = before[0]
    if _opens_clause(first, 1, document, reading) and _governs(command, first, earlier, settings.gap):
        yield first


def _governs(command: Command, mention: Mention, earlier: Sequence[Command], gap: int) -> bool:
    """Whether a command stands at most so many words behind a mention, with no other one between."""
    return command.token - mention.token_end <= gap and not any(other.token >= mention.token_end for other in earlier)


def _opens_clause(mention: Mention, lead: int, document: Document, reading: Reading) -> bool:
    """Whether at most so many words stand between a mention and the beginning of its clause, an article among them."""
    text = document.text[reading.sentences[mention.sentence].start : mention.start]
    cut = max((match.end() for match in _CLAUSE.finditer(text)), default=0)
    return len(_WORD.findall(text[cut:])) <= lead


def _outer(mentions: Sequence[Mention], rubric: Rubric) -> list[Mention]:
    """The mentions of listed actors, in order of the text: none inside a longer one, and where one phrase names two actors the
    one listed first."""
    order = {actor.concept: number for number, actor in enumerate(rubric.head.duties.actors)}
    actors = sorted((m for m in mentions if m.concept in order), key=lambda m: (m.token, -m.token_end, order[m.concept]))
    outer: list[Mention] = []
    for mention in actors:
        if not outer or mention.token_end > outer[-1].token_end:
            outer.append(mention)
    return outer


def _deadline(command: Command, mentions: Sequence[Mention], document: Document, rubric: Rubric) -> str:
    """The words of the sentence that say by when, those behind the command first; "" if there are none."""
    said = [m for m in mentions if m.concept in rubric.head.duties.deadlines]
    said.sort(key=lambda m: (rubric.head.duties.deadlines.index(m.concept), m.token < command.token, m.token, -m.token_end))
    return " ".join(document.text[said[0].start : said[0].end].split()) if said else ""


def _with_items(evidence: Evidence, command: Command, field: Field) -> Evidence:
    """The quotation with the items of the list that its sentence opens, as many as it has room for."""
    sentence = field.reading.sentences[command.sentence]
    provision = field.document.provisions[sentence.provision]
    text = field.document.text
    if evidence.end != sentence.end or sentence.end < provision.end - 2 or not _OPENS.search(evidence.quote):
        return evidence
    end = evidence.end
    for below in field.document.provisions[provision.index + 1 : provision.last]:
        if below.end - evidence.start > LONGEST or below.kind not in BINDING:
            break
        end = max(end, below.end)
    end = evidence.start + len(text[evidence.start : end].rstrip())
    return replace(
        evidence,
        end=end,
        quote=text[evidence.start : end],
        last_page=_page(field, end),
        context=(evidence.context[0], max(evidence.context[1], end)),
    )


def _page(field: Field, end: int) -> int | None:
    """The page on which a passage ends; None in formats without pages."""
    numbers = [page.number for page in field.document.pages if page.start < end]
    return numbers[-1] if numbers else None
