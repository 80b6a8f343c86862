"""Matcher: from a Document to a Reading."""

from __future__ import annotations

import gc
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy

from policyaudit.columns import bounds, column
from policyaudit.match import sentences as cutting
from policyaudit.match.context import Cues
from policyaudit.match.definitions import own_names, places
from policyaudit.match.hits import Hit, Hits
from policyaudit.match.instruments import instruments
from policyaudit.match.kinds import regex, tokens
from policyaudit.match.language import binding_forms, context_of, languages
from policyaudit.match.stream import Stream
from policyaudit.match.vocabulary import Vocabulary, compile_vocabulary
from policyaudit.model import Document, DocumentKind, Force
from policyaudit.reading import Command, Mentions, Reading, Sentence
from policyaudit.rubric import Rubric

WHOLE = 0.25
"""Share of a document's text from which one of its languages carries the whole of it: of a gazette in three columns, each holds
a third; a quotation or an annex in another language holds less."""
_HYPHENED = re.compile(r"\w+(?:-\w+)+")


class Matcher:
    """Finds a rubric's concepts. Each language's vocabulary is compiled when the first document in it comes."""

    def __init__(self, rubric: Rubric) -> None:
        self._rubric = rubric
        self._actors = frozenset(name for name, concept in rubric.concepts.items() if concept.actor)
        self._vocabularies: dict[str, Vocabulary] = {}
        self._words: dict[tuple[str, ...], Mapping[str, frozenset[str]]] = {}

    def read(self, document: Document) -> Reading:
        """The document's sentences and the mentions in them, in order of the text.

        Provisions in another language than the document's (a column of a bilingual gazette) are read in their own. A language
        without terms or without a context file is not read; where none can be, the Reading is empty: nothing was looked for.
        """
        there = dict.fromkeys([document.language, *sorted({p.language for p in document.provisions if p.language})])
        able = [language for language in there if language in self._rubric.terms and language in languages()]
        part = _joined([self._read_in(document, language) for language in able])
        title: frozenset[str] = frozenset()
        for language in able[:1]:
            vocabulary = self._vocabulary(language)
            title = frozenset(vocabulary.hits(vocabulary.stream(document.title, [(0, len(document.title), 0, True)])))
        pointed = instruments(document, able[0]) if able else ()
        whole = tuple(language for language in able if language == document.language or _share(document, language) >= WHOLE)
        words = self._words_of(tuple(able))
        return Reading(document.language, part.sentences, part.mentions, words, title, pointed, whole, part.commands)

    def _words_of(self, languages: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
        """The words of each concept's terms in some languages together."""
        if languages not in self._words:
            words: dict[str, frozenset[str]] = {}
            for language in languages:
                for name, several in self._vocabulary(language).words_of.items():
                    words[name] = words.get(name, frozenset()) | several
            self._words[languages] = words
        return self._words[languages]

    def _read_in(self, document: Document, language: str) -> _Part:
        """What the provisions of one language say."""
        vocabulary = self._vocabulary(language)
        spans = [
            span
            for span in cutting.spans(document, frozenset(vocabulary.context.abbreviations))
            if (document.provisions[span[2]].language or document.language) == language
        ]
        stream = vocabulary.stream(document.text, spans)
        sentences = _sentences(spans, stream, vocabulary)
        hits = vocabulary.hits(stream)
        said = _not_excluded(hits)
        said = said.with_more(_anchored(said, vocabulary, stream, sentences, document.text))
        names = own_names(document.text, stream, said, hits.get("@defines", ()), self._actors)
        said = said.with_more(places(names, stream, vocabulary))
        cues = Cues(
            document,
            sentences,
            hits,
            stream,
            _finite(language, stream, document.text),
            said.places,
            plain=_plain(vocabulary, stream, spans, document) if document.kind is DocumentKind.LAW else (),
        )
        return _Part(tuple(sentences), _mentions(said, stream, cues), tuple(cues.commands()))

    def _vocabulary(self, language: str) -> Vocabulary:
        if language not in self._vocabularies:
            terms = self._rubric.terms[language]
            self._vocabularies[language] = compile_vocabulary(language, context_of(language), terms)
            # It stays, and is large: left out of every later collection of garbage, it saves a quarter of the time of reading.
            gc.collect()
            gc.freeze()
        return self._vocabularies[language]


def _share(document: Document, language: str) -> float:
    """The share of the text that stands in provisions of a language."""
    total = sum(p.end - p.start for p in document.provisions)
    return sum(p.end - p.start for p in document.provisions if p.language == language) / total if total else 0.0


@dataclass(frozen=True, slots=True)
class _Part:
    """What is said in one language."""

    sentences: tuple[Sentence, ...]
    mentions: Mentions
    commands: tuple[Command, ...]


def _joined(parts: list[_Part]) -> _Part:
    """The sentences, mentions and commands of several languages as one row, in order of the text."""
    if not parts:
        return _Part((), Mentions((), *(column([]) for _ in Mentions.COLUMNS)), ())
    if len(parts) == 1:
        return parts[0]
    row = sorted((sentence.start, part, index) for part, one in enumerate(parts) for index, sentence in enumerate(one.sentences))
    number = {(part, index): position for position, (_, part, index) in enumerate(row)}
    commands = [
        replace(command, sentence=number[part, command.sentence]) for part, one in enumerate(parts) for command in one.commands
    ]
    numbers = [column([number[part, index] for index in range(len(one.sentences))]) for part, one in enumerate(parts)]
    names = tuple(sorted({name for one in parts for name in one.mentions.names}))
    place = {name: position for position, name in enumerate(names)}
    concepts = [column([place[name] for name in one.mentions.names]) for one in parts]
    every = [
        replace(one.mentions, names=names, concept=concept[one.mentions.concept], sentence=sentence[one.mentions.sentence])
        for one, concept, sentence in zip(parts, concepts, numbers, strict=True)
    ]
    columns = {name: numpy.concatenate([getattr(one, name) for one in every]) for name in Mentions.COLUMNS}
    order = numpy.lexsort((columns["concept"], -columns["token_end"], columns["token"], columns["sentence"]))
    return _Part(
        tuple(parts[part].sentences[index] for _, part, index in row),
        Mentions(names, **{name: several[order] for name, several in columns.items()}),
        tuple(sorted(commands, key=lambda c: (c.sentence, c.token))),
    )


def _mentions(said: Hits, stream: Stream, cues: Cues) -> Mentions:
    """The mentions of all concepts, in order of the text; of those that begin together the longest first."""
    token, end = stream.places[said.first], stream.places[said.last - 1] + 1
    order = numpy.lexsort((said.name, -end, token))
    first, last = said.first[order], said.last[order]
    around = cues.around(first)
    there = numpy.bincount(said.name, minlength=len(said.names)) > 0
    return Mentions(
        tuple(said.names[number] for number in numpy.flatnonzero(there).tolist()),
        (numpy.cumsum(there) - 1)[said.name[order]],
        stream.starts[first],
        stream.ends[last - 1],
        stream.sentence[first],
        token[order],
        end[order],
        around.force,
        around.negated,
        around.excepted,
        around.pointer,
    )


def _sentences(spans: list[tuple[int, int, int, bool]], stream: Stream, vocabulary: Vocabulary) -> list[Sentence]:
    first = bounds(stream.sentence, len(spans))
    content = numpy.flatnonzero(stream.known.content(vocabulary.stop)[stream.forms])
    strings = stream.known.strings
    words = [strings[form] for form in stream.forms[content].tolist()]
    begins = numpy.searchsorted(content, first).tolist()
    rows = first.tolist()
    return [
        Sentence(start, end, provision, (rows[at], rows[at + 1]), tuple(words[begins[at] : begins[at + 1]]), heading)
        for at, (start, end, provision, heading) in enumerate(spans)
    ]


@lru_cache(maxsize=65536)
def _form_force(word: str, language: str) -> Force | None:
    """The force that the very form of a word gives its sentence."""
    return next((force for force, pattern in binding_forms(language).items() if pattern.match(word)), None)


def _finite(language: str, stream: Stream, text: str) -> list[tuple[int, Force]]:
    """The words whose very form gives their sentence its force."""
    if not binding_forms(language):
        return []
    given = [_form_force(word, language) for word in stream.written]
    forces = {
        row: given[stream.word[row]]
        for row in numpy.flatnonzero(numpy.array([f is not None for f in given], bool)[stream.word]).tolist()
    }
    hyphens = [match.start() for match in re.finditer("-", text)]
    for row in numpy.flatnonzero(numpy.isin(stream.ends, hyphens)).tolist():  # "far-se-á": the ending stands after a hyphen
        hyphened = _HYPHENED.match(text, int(stream.starts[row]))
        forces[row] = _form_force(hyphened.group(), language) if hyphened else forces.get(row)
    return [(row, force) for row, force in sorted(forces.items()) if force is not None]


@lru_cache(maxsize=65536)
def _commands(word: str, compared: str, form: re.Pattern[str], dictionary: re.Pattern[str]) -> bool:
    """Whether a word is a verb in the form in which a plain statement commands."""
    lower = word.lower()
    return lower != compared and bool(dictionary.search(compared) and form.search(lower))


def _plain(vocabulary: Vocabulary, stream: Stream, spans: list[tuple[int, int, int, bool]], document: Document) -> set[int]:
    """The sentences that command although nothing in them says so, see language.Plain."""
    plain = vocabulary.context.force.plain
    if plain is None or not len(stream):
        return set()
    form, dictionary = re.compile(plain.form), re.compile(plain.dictionary)
    compared = [stream.known.of(word) for word in stream.written]
    strings = stream.known.strings
    commands = [
        number >= 0 and _commands(word, strings[number], form, dictionary)
        for word, number in zip(stream.written, compared, strict=True)
    ]
    there = set(stream.sentence[numpy.array(commands, bool)[stream.word]].tolist())
    return {sentence for sentence in there if document.provisions[spans[sentence][2]].kind in plain.text}


def _not_excluded(hits: Hits) -> Hits:
    """Where concepts are said, without what overlaps a phrase that the concept excludes."""
    kept = numpy.array([name[0] not in "@!" for name in hits.names], bool)[hits.name]
    for excluded in hits:
        rows = hits.rows(excluded[1:])
        if excluded[0] == "!" and rows.start < rows.stop:
            out = hits.rows(excluded)
            # Both are in order, and none lies within another: what may overlap is the last that begins before the end.
            at = numpy.searchsorted(hits.first[out], hits.last[rows]) - 1
            kept[rows] &= (at < 0) | (hits.last[out][at] <= hits.first[rows])
    return Hits(hits.names, hits.name[kept], hits.first[kept], hits.last[kept])


def _anchored(
    said: Hits, vocabulary: Vocabulary, stream: Stream, sentences: list[Sentence], text: str
) -> list[tuple[str, int, int]]:
    """The mentions by token patterns and regular expressions, looked for only beside their anchor: (concept, first, last)."""
    more: dict[str, list[Hit]] = defaultdict(list)

    def beside(anchor: str) -> list[Sentence]:
        added = [int(stream.sentence[first]) for first, _ in more.get(anchor, ())]
        return [sentences[at] for at in sorted({*stream.sentence[said.first[said.rows(anchor)]].tolist(), *added})]

    for concept, anchor, pattern in vocabulary.patterns:
        for sentence in beside(anchor):
            for start, end in regex.find(pattern, text, sentence.start, sentence.end):
                more[concept] += _words(stream, start, end)
    for anchor, several in vocabulary.token_patterns.items():
        for sentence in beside(anchor):
            span = stream.doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
            if span is None:
                continue
            for concept, matcher in several:
                for _, start, end in tokens.find(matcher, span):
                    more[concept] += _words(stream, start, end)
    return [(concept, first, last) for concept, places in more.items() for first, last in places]


def _words(stream: Stream, start: int, end: int) -> list[Hit]:
    """The words of a range of characters; none where it holds no whole word that is compared."""
    first, last = bisect_left(stream.ends, start + 1), bisect_left(stream.starts, end)
    return [(first, last)] if first < last else []
