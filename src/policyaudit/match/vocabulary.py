"""The vocabulary of one language, compiled: all phrases of terms and cues, found in one pass of the PhraseMatcher."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_

import spacy
from spacy.lang.punctuation import TOKENIZER_INFIXES
from spacy.matcher import Matcher as TokenMatcher
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import compile_infix_regex
from spacy.vocab import Vocab

from policyaudit.match.kinds import near
from policyaudit.match.language import Context
from policyaudit.match.normal import NUMBER, STOPS, Normaliser, bare
from policyaudit.match.splitting import run_together
from policyaudit.match.terms import ANY_NUMBER, readings
from policyaudit.rubric import RegexTerm, Wording

Hit = near.Hit
Exact = tuple[tuple[int, str], ...]  # (position in the phrase, the form it must have)


@dataclass(frozen=True, slots=True)
class Stream:
    """A document's words as they are compared. ``words`` are the compared forms; the rest runs beside them."""

    words: list[str]
    forms: list[str]  # as written
    starts: list[int]  # first character in the text
    ends: list[int]
    sentence: list[int]  # index of the sentence
    places: list[int]  # how many words stand before it, commas and full stops not counted
    doc: Doc  # all tokens, as spaCy cut the text


@dataclass(slots=True)
class _Term:
    """A term: where its hits go, and its parts in order, each by the number of its set of phrases."""

    name: str
    parts: tuple[int, ...]
    gaps: tuple[int, ...]


@dataclass(slots=True)
class Vocabulary:
    """All phrases by number, each found once however many terms it is part of, and the terms made of them."""

    context: Context
    language: str
    nlp: spacy.language.Language = field(init=False)
    normal: Normaliser = field(init=False)
    stop: frozenset[str] = field(init=False)  # the compared forms of words that say nothing about a passage
    _joins: frozenset[str] = field(init=False)
    _little: frozenset[str] = field(init=False)  # words that may be pieces of others run together
    _plain: Vocab = field(init=False)  # of compared forms: knows nothing of a word but itself, which is quick to note
    _matcher: PhraseMatcher = field(init=False)
    _phrases: dict[tuple[tuple[str, ...], Exact], int] = field(default_factory=dict)
    _spelled: dict[str, int | None] = field(default_factory=dict)  # a phrase as terms write it -> its number
    _exact: list[Exact] = field(default_factory=list)  # for each phrase, the forms that must be exact
    _single: list[set[str]] = field(default_factory=list)  # for each phrase, the names that it says by itself
    _led_by: dict[int, list[_Term]] = field(default_factory=lambda: defaultdict(list))  # part -> near terms tried if it is said
    _parts_of: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))  # phrase -> the sets it is in
    _part_numbers: dict[frozenset[int], int] = field(default_factory=dict)
    patterns: list[tuple[str, str, re.Pattern[str]]] = field(default_factory=list)  # concept, anchor, expression
    token_patterns: dict[str, list[tuple[str, TokenMatcher]]] = field(default_factory=lambda: defaultdict(list))  # anchor ->
    words_of: dict[str, frozenset[str]] = field(default_factory=dict)
    _cut: dict[str, tuple[str, ...]] = field(default_factory=dict)  # a word of a term -> its tokens, which recur in many

    def __post_init__(self) -> None:
        self.nlp = spacy.blank(self.language)
        self.nlp.max_length = 10**9
        if self.context.cuts:
            # spaCy's own patterns of some languages keep hyphened words whole; those of all languages cut them
            patterns = compile_infix_regex([*TOKENIZER_INFIXES, *self.context.cuts])
            self.nlp.tokenizer.infix_finditer = patterns.finditer  # type: ignore[union-attr]
        self.normal = Normaliser(
            self.language,
            skip=frozenset(self.context.skip),
            same=self.context.same,
            numbers=frozenset(self.context.numbers),
            rewrite=self.context.rewrite,
        )
        self.stop = frozenset(form for word in self.context.stopwords if (form := self.normal(word)))
        self._joins = frozenset(form for word in self.context.joins if (form := self.normal(word)))
        context = self.context
        self._little = frozenset((*context.stopwords, *context.skip, *context.same, *context.numbers))
        self._plain = Vocab()
        self._matcher = PhraseMatcher(self._plain, attr="ORTH")

    # ------------------------------------------------------------ filling it

    def add(self, name: str, terms: Iterable[str]) -> None:
        """Add phrases and near terms under a name (a concept, or a cue beginning with "@" or "!")."""
        self._add(name, [way for term in terms for way in readings(term)])

    def _add(self, name: str, ways: Iterable[tuple[list[list[str]], list[int]]]) -> None:
        for pieces, gaps in ways:
            parts = [{n for phrase in phrases if (n := self._phrase(phrase)) is not None} for phrases in pieces]
            if len(parts) == 1:
                for number in parts[0]:
                    self._single[number].add(name)
            elif all(parts):
                term = _Term(name, tuple(self._part(frozenset(part)) for part in parts), tuple(gaps))
                self._led_by[min(term.parts, key=lambda part: len(self._led_by.get(part, ())))].append(term)

    def said(self, term: str) -> list[str]:
        """A term as text, in every way it can be read; nothing stands in its gaps."""
        return [" ".join(words) for pieces, _ in readings(term) for words in itertools.product(*pieces)]

    def _part(self, phrases: frozenset[int]) -> int:
        """The number of a set of phrases any of which may stand in one place; many terms share one ("shall|must")."""
        if phrases not in self._part_numbers:
            self._part_numbers[phrases] = len(self._part_numbers)
            for phrase in phrases:
                self._parts_of[phrase].append(self._part_numbers[phrases])
        return self._part_numbers[phrases]

    def _phrase(self, phrase: str) -> int | None:
        """The number of a phrase, new or known; None if nothing of it is ever compared ("the")."""
        if phrase not in self._spelled:
            self._spelled[phrase] = self._numbered(phrase)
        return self._spelled[phrase]

    def _numbered(self, phrase: str) -> int | None:
        words: list[str] = []
        exact: list[tuple[int, str]] = []
        for piece in phrase.split():
            if piece == ANY_NUMBER:
                words += [NUMBER] if words[-1:] != [NUMBER] else []
                continue
            strict = piece.startswith("=") and len(piece) > 1
            for token in self._tokens(piece[1:] if strict else piece):
                form = self.normal(token)
                if form is None:
                    continue
                if strict:
                    exact.append((len(words), bare(token)))
                if form != NUMBER or words[-1:] != [NUMBER]:
                    words.append(form)
        if not words:
            return None
        key = (tuple(words), tuple(exact))
        if key not in self._phrases:
            self._phrases[key] = len(self._exact)
            self._exact.append(key[1])
            self._single.append(set())
            self._matcher.add(str(self._phrases[key]), [Doc(self._plain, words=words)])
        return self._phrases[key]

    def add_concept(self, name: str, wording: Wording) -> None:
        """Add all terms of a concept, of every kind, and its exclusions."""
        phrases = [term for term in wording.terms if isinstance(term, str)]
        ways = [way for phrase in phrases for way in readings(phrase)]
        self._add(name, ways)
        self.add("!" + name, wording.exclude)
        for term in wording.terms:
            if isinstance(term, str):
                continue
            if isinstance(term, RegexTerm):
                self.patterns.append((name, term.anchor, re.compile(term.regex, re.IGNORECASE)))
            else:
                matcher = TokenMatcher(self.nlp.vocab)
                matcher.add(name, [term.tokens])
                self.token_patterns[term.anchor].append((name, matcher))
        pieces = {piece for several, _ in ways for part in several for one in part for piece in one.split()}
        words = {word for piece in pieces for word in self.content(piece)}
        self.words_of[name] = frozenset(words - self.stop)

    def content(self, text: str) -> list[str]:
        """The words of a text in their compared form, without punctuation and numbers."""
        forms = (self.normal(token.lstrip("=")) for piece in text.split() for token in self._tokens(piece))
        return [form for form in forms if form and form != NUMBER and form[0].isalpha()]

    def _tokens(self, piece: str) -> tuple[str, ...]:
        """A word between spaces as spaCy cuts it; the same words stand in thousands of phrases."""
        if piece not in self._cut:
            self._cut[piece] = tuple(token.text for token in self.nlp.make_doc(piece))
        return self._cut[piece]

    # ------------------------------------------------------------ using it

    def stream(self, text: str, sentences: Sequence[tuple[int, int, int, bool]]) -> Stream:
        """The text's words in compared form, those outside every sentence left out. Numbers side by side become one."""
        doc = self.nlp.make_doc(text)
        apart = run_together(doc, self.language, little=self._little, endings=frozenset(self.context.endings))
        result = Stream([], [], [], [], [], [], doc)
        words = 0
        at, count = 0, len(sentences)
        for word, start, end in _words(doc, apart):
            while at < count and sentences[at][1] <= start:
                at += 1
            if at == count:
                break
            if start < sentences[at][0]:
                continue
            form = self.normal(word)
            if form == NUMBER and word.isalpha() and self._joined(result, at):
                for parallel in (result.words, result.forms, result.starts, result.ends, result.sentence, result.places):
                    parallel.pop()
                words -= 1
            if form is None or (form == NUMBER and result.words[-1:] == [NUMBER] and result.sentence[-1] == at):
                continue
            result.words.append(form)
            result.forms.append(word)
            result.starts.append(start)
            result.ends.append(end)
            result.sentence.append(at)
            result.places.append(words)
            words += form not in STOPS
        return result

    def _joined(self, stream: Stream, sentence: int) -> bool:
        """Whether the stream ends with a number and what joins it to the next: "vinte e"."""
        words = stream.words[-2:]
        return len(words) == 2 and words[0] == NUMBER and words[1] in self._joins and stream.sentence[-2] == sentence

    def hits(self, stream: Stream) -> dict[str, list[Hit]]:
        """Where each name is said: token ranges in order, one pass over the stream."""
        said: dict[int, list[Hit]] = defaultdict(list)
        words = Doc(self._plain, words=stream.words) if stream.words else Doc(self._plain)
        strings = self._plain.strings
        number_of: dict[int, int] = {}
        for key, first, last in self._matcher(words):
            if stream.sentence[first] != stream.sentence[last - 1]:
                continue
            if key not in number_of:
                number_of[key] = int(strings[key])
            number = number_of[key]
            exact = self._exact[number]
            if not exact or all(bare(stream.forms[first + position]) == form for position, form in exact):
                said[number].append((first, last))
        found: dict[str, list[Hit]] = defaultdict(list)
        for number, hits in said.items():
            for name in self._single[number]:
                found[name] += hits
        self._join(said, stream, found)
        return {name: _longest(found[name]) for name in sorted(found)}

    def _join(self, said: Mapping[int, list[Hit]], stream: Stream, found: dict[str, list[Hit]]) -> None:
        """Add where the near terms are said. Only terms whose parts are all said are looked at, and of those only the sentences
        in which all of them are: by sets, so that the many terms that are not said cost next to nothing."""
        phrases_of: dict[int, list[int]] = defaultdict(list)
        for number in said:
            for part in self._parts_of.get(number, ()):
                phrases_of[part].append(number)
        by_sentence: dict[int, dict[int, list[Hit]]] = {}  # phrase -> sentence -> where it stands in it
        bits: dict[int, int] = {}  # phrase -> the sentences in which it is said, a bit each: far smaller than sets of numbers
        sets: dict[int, int] = {}  # part -> the same, of all its phrases
        several: dict[tuple[int, int], list[Hit]] = {}  # (part, sentence) -> where it stands in it

        def sentences(part: int) -> int:
            if part not in sets:
                for number in phrases_of[part]:
                    if number not in by_sentence:
                        places: dict[int, list[Hit]] = {}
                        for hit in said[number]:
                            places.setdefault(stream.sentence[hit[0]], []).append(hit)
                        by_sentence[number], bits[number] = places, _bits(places)
                sets[part] = reduce(or_, map(bits.__getitem__, phrases_of[part]))
            return sets[part]

        def hits(part: int, sentence: int) -> list[Hit]:
            if (part, sentence) not in several:
                inside = [by_sentence[number].get(sentence, ()) for number in phrases_of[part]]
                several[part, sentence] = sorted(hit for few in inside for hit in few)
            return several[part, sentence]

        for part in phrases_of:
            several.clear()  # what one leading part needs is seldom needed by the next
            for term in self._led_by.get(part, ()):
                if any(other not in phrases_of for other in term.parts):
                    continue
                for sentence in _numbers(reduce(and_, map(sentences, term.parts))):
                    parts = [hits(other, sentence) for other in term.parts]
                    found[term.name] += near.find(parts, term.gaps, stream.sentence, stream.places)


def _bits(numbers: Iterable[int]) -> int:
    """A set of numbers as the bits of one."""
    bits = bytearray()
    for number in numbers:
        if number >> 3 >= len(bits):
            bits.extend(bytes((number >> 3) + 1 - len(bits)))
        bits[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(bits, "little")


def _numbers(bits: int) -> Iterator[int]:
    """The numbers of a set of ``_bits``, in order."""
    for place, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        while byte:
            low = byte & -byte
            yield 8 * place + low.bit_length() - 1
            byte ^= low


def _words(doc: Doc, apart: Mapping[int, tuple[tuple[str, int, int], ...]]) -> Iterator[tuple[str, int, int]]:
    """(word, first character, one past the last) of every token, those that the source runs together taken apart."""
    strings = doc.vocab.strings
    known: dict[int, str] = {}
    for index, (key, start, length) in enumerate(doc.to_array(["ORTH", "IDX", "LENGTH"]).tolist()):
        if index in apart:
            yield from apart[index]
            continue
        word = known.get(key)
        if word is None:
            word = known[key] = str(strings[key])
        yield word, start, start + length


def _longest(hits: list[Hit]) -> list[Hit]:
    """In order, without those that lie within another."""
    result: list[Hit] = []
    for hit in sorted(set(hits), key=lambda h: (h[0], -h[1])):
        if not result or hit[1] > result[-1][1]:
            result.append(hit)
    return result


def compile_vocabulary(language: str, context: Context, terms: Mapping[str, Wording]) -> Vocabulary:
    """The vocabulary of a language: the rubric's terms and the language's own cues (their names begin with "@")."""
    vocabulary = Vocabulary(context, language)
    for name in sorted(terms):
        vocabulary.add_concept(name, terms[name])
    for force in ("mandatory", "directory", "permissive", "aspiration", "neutral"):
        vocabulary.add(f"@{force}", getattr(context.force, force))
    for bearer in ("nobody", "before", "after", "relative"):
        vocabulary.add(f"@bearer-{bearer}", getattr(context.bearing, bearer))
    vocabulary.add("@no-clause", context.negation.clause)
    vocabulary.add("@no-sentence", context.negation.sentence)
    vocabulary.add("@no-ends", context.negation.ends)
    vocabulary.add("@no-never", context.negation.never)
    vocabulary.add("@exception", context.exception)
    vocabulary.add("@pointer", context.pointer)
    vocabulary.add("@own", context.own)
    vocabulary.add("@defines", context.defines)
    return vocabulary
