"""Matcher: from a Document to a Reading."""

from __future__ import annotations

import gc
import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace

from policyaudit.match import sentences as cutting
from policyaudit.match.context import Cues
from policyaudit.match.definitions import own_names, places
from policyaudit.match.instruments import instruments
from policyaudit.match.kinds import regex, tokens
from policyaudit.match.language import binding_forms, context_of, languages
from policyaudit.match.normal import NUMBER
from policyaudit.match.vocabulary import Hit, Stream, Vocabulary, compile_vocabulary
from policyaudit.model import Command, Document, DocumentKind, Force, Mention, Reading, Sentence
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

    def read(self, document: Document) -> Reading:
        """The document's sentences and the mentions in them, in order of the text.

        Provisions in another language than the document's (a column of a bilingual gazette) are read in their own. A language
        without terms or without a context file is not read; where none can be, the Reading is empty: nothing was looked for.
        """
        there = dict.fromkeys([document.language, *sorted({p.language for p in document.provisions if p.language})])
        able = [language for language in there if language in self._rubric.terms and language in languages()]
        parts = [self._read_in(document, language) for language in able]
        words: dict[str, frozenset[str]] = {}
        for _, _, _, vocabulary in parts:
            for name, several in vocabulary.words_of.items():
                words[name] = words.get(name, frozenset()) | several
        sentences, mentions, commands = _joined([part[:3] for part in parts])
        title: frozenset[str] = frozenset()
        for *_, vocabulary in parts[:1]:
            title = frozenset(vocabulary.hits(vocabulary.stream(document.title, [(0, len(document.title), 0, True)])))
        pointed = instruments(document, able[0]) if able else ()
        whole = tuple(language for language in able if language == document.language or _share(document, language) >= WHOLE)
        return Reading(document.language, sentences, mentions, words, title, pointed, whole, commands)

    def _read_in(self, document: Document, language: str) -> tuple[list[Sentence], list[Mention], list[Command], Vocabulary]:
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
        found = {name: list(several) for name, several in hits.items() if name[0] not in "@!"}
        _exclude(found, hits)
        _anchored(found, vocabulary, stream, sentences, document.text)
        names = own_names(document.text, stream, found, hits.get("@defines", ()), self._actors)
        for name, several in places(names, stream, vocabulary).items():
            found[name] = sorted({*found[name], *several})
        cues = Cues(
            document,
            sentences,
            hits,
            stream.sentence,
            stream.words,
            _finite(language, stream, document.text),
            [hit for several in found.values() for hit in several],
            plain=_plain(vocabulary, stream, spans, document) if document.kind is DocumentKind.LAW else (),
        )
        said: dict[Hit, list[str]] = defaultdict(list)  # one phrase is often said of several concepts
        for name, several in found.items():
            for hit in several:
                said[hit].append(name)
        mentions = []
        for first, last in sorted(said):
            concepts = said[first, last]
            sentence = stream.sentence[first]
            around = cues.around(first, last, sentence)
            start, end = stream.starts[first], stream.ends[last - 1]
            token, past = stream.places[first], stream.places[last - 1] + 1
            for name in concepts:
                mentions.append(
                    Mention(
                        name, start, end, sentence, token, past, around.force, around.negated, around.excepted, around.pointer
                    )
                )
        mentions.sort(key=lambda m: (m.token, -m.token_end, m.concept))
        return sentences, mentions, cues.commands(hits, stream.places, stream.sentence), vocabulary

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


def _joined(
    parts: list[tuple[list[Sentence], list[Mention], list[Command]]],
) -> tuple[tuple[Sentence, ...], tuple[Mention, ...], tuple[Command, ...]]:
    """The sentences, mentions and commands of several languages as one row, in order of the text."""
    if len(parts) <= 1:
        return (tuple(parts[0][0]), tuple(parts[0][1]), tuple(parts[0][2])) if parts else ((), (), ())
    order = sorted(
        (sentence.start, part, index) for part, (sentences, *_) in enumerate(parts) for index, sentence in enumerate(sentences)
    )
    number = {(part, index): position for position, (_, part, index) in enumerate(order)}
    mentions = [
        replace(mention, sentence=number[part, mention.sentence])
        for part, (_, several, _) in enumerate(parts)
        for mention in several
    ]
    commands = [
        replace(command, sentence=number[part, command.sentence])
        for part, (*_, several) in enumerate(parts)
        for command in several
    ]
    commands.sort(key=lambda c: (c.sentence, c.token))
    mentions.sort(key=lambda m: (m.sentence, m.token, -m.token_end, m.concept))
    return tuple(parts[part][0][index] for _, part, index in order), tuple(mentions), tuple(commands)


def _sentences(spans: list[tuple[int, int, int, bool]], stream: Stream, vocabulary: Vocabulary) -> list[Sentence]:
    result = []
    for index, (start, end, provision, heading) in enumerate(spans):
        first = bisect_left(stream.sentence, index)
        last = bisect_left(stream.sentence, index + 1)
        words = tuple(w for w in stream.words[first:last] if w[0].isalpha() and w not in vocabulary.stop and w != NUMBER)
        result.append(Sentence(start, end, provision, (first, last), words, heading))
    return result


def _finite(language: str, stream: Stream, text: str) -> list[tuple[int, Force]]:
    """The tokens whose very form gives their sentence its force."""
    patterns = binding_forms(language)
    if not patterns:
        return []
    known: dict[str, Force | None] = {}
    result = []
    for index, form in enumerate(stream.forms):
        word = form
        if text[stream.ends[index] : stream.ends[index] + 1] == "-":  # "far-se-á": the ending stands after a hyphen
            hyphened = _HYPHENED.match(text, stream.starts[index])
            word = hyphened.group() if hyphened else form
        if word not in known:
            known[word] = next((force for force, pattern in patterns.items() if pattern.match(word)), None)
        force = known[word]
        if force is not None:
            result.append((index, force))
    return result


def _plain(vocabulary: Vocabulary, stream: Stream, spans: list[tuple[int, int, int, bool]], document: Document) -> set[int]:
    """The sentences that command although nothing in them says so, see language.Plain."""
    plain = vocabulary.context.force.plain
    if plain is None:
        return set()
    form, dictionary = re.compile(plain.form), re.compile(plain.dictionary)
    known: dict[str, bool] = {}
    result: set[int] = set()
    for word, compared, sentence in zip(stream.forms, stream.words, stream.sentence, strict=True):
        if word not in known:
            lower = word.lower()
            known[word] = lower != compared and bool(dictionary.search(compared) and form.search(lower))
        if known[word] and document.provisions[spans[sentence][2]].kind in plain.text:
            result.add(sentence)
    return result


def _exclude(found: dict[str, list[Hit]], hits: dict[str, list[Hit]]) -> None:
    """Drop what overlaps a phrase that the concept excludes."""
    for name in list(found):
        excluded = hits.get("!" + name)
        if excluded:
            found[name] = [h for h in found[name] if not any(e[0] < h[1] and h[0] < e[1] for e in excluded)]


def _anchored(found: dict[str, list[Hit]], vocabulary: Vocabulary, stream: Stream, sentences: list[Sentence], text: str) -> None:
    """Add the mentions by token patterns and regular expressions, looked for only beside their anchor."""
    for concept, anchor, pattern in vocabulary.patterns:
        for sentence in _sentences_with(anchor, found, stream, sentences):
            for start, end in regex.find(pattern, text, sentence.start, sentence.end):
                _add(found, concept, stream, start, end)
    for anchor, several in vocabulary.token_patterns.items():
        for sentence in _sentences_with(anchor, found, stream, sentences):
            span = stream.doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
            if span is None:
                continue
            for concept, matcher in several:
                for _, start, end in tokens.find(matcher, span):
                    _add(found, concept, stream, start, end)


def _sentences_with(anchor: str, found: dict[str, list[Hit]], stream: Stream, sentences: list[Sentence]) -> list[Sentence]:
    indices = sorted({stream.sentence[first] for first, _ in found.get(anchor, ())})
    return [sentences[index] for index in indices]


def _add(found: dict[str, list[Hit]], concept: str, stream: Stream, start: int, end: int) -> None:
    first = bisect_left(stream.ends, start + 1)
    last = bisect_left(stream.starts, end)
    if first < last:
        found.setdefault(concept, []).append((first, last))
