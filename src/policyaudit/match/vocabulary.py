"""The vocabulary of one language, compiled: all phrases of terms and cues, found in one pass."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy
import spacy
from spacy.lang.punctuation import TOKENIZER_INFIXES
from spacy.matcher import Matcher as TokenMatcher
from spacy.util import compile_infix_regex

from policyaudit.columns import Ints, bounds, column, spread
from policyaudit.match.hits import Hits
from policyaudit.match.kinds.near import Near
from policyaudit.match.language import Context
from policyaudit.match.normal import NUMBER, Normaliser
from policyaudit.match.phrases import Phrases
from policyaudit.match.splitting import run_together
from policyaudit.match.stream import Forms, Stream, Words, cut, words_of
from policyaudit.match.terms import ANY_NUMBER, readings
from policyaudit.rubric import RegexTerm, Wording


@dataclass(slots=True)
class Vocabulary:
    """All phrases by number, each found once however many terms it is part of, and the terms made of them."""

    context: Context
    language: str
    nlp: spacy.language.Language = field(init=False)
    normal: Normaliser = field(init=False)
    stop: frozenset[str] = field(init=False)  # the compared forms of words that say nothing about a passage
    forms: Forms = field(init=False)
    names: list[str] = field(default_factory=list)  # of concepts and cues
    patterns: list[tuple[str, str, re.Pattern[str]]] = field(default_factory=list)  # concept, anchor, expression
    token_patterns: dict[str, list[tuple[str, TokenMatcher]]] = field(default_factory=lambda: defaultdict(list))  # anchor ->
    words_of: dict[str, frozenset[str]] = field(default_factory=dict)
    _little: frozenset[str] = field(init=False)  # words that may be pieces of others run together
    _numbers: dict[str, int] = field(default_factory=dict)  # of names
    _phrases: Phrases = field(default_factory=Phrases)
    _spelled: dict[str, int | None] = field(default_factory=dict)  # a phrase as terms write it -> its number
    _single: list[set[int]] = field(default_factory=list)  # for each phrase, the names that it says by itself
    _singles: tuple[Ints, Ints] | None = None  # the same as one row, and where those of each phrase begin
    _near: Near = field(default_factory=Near)
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
        self.forms = Forms(self.normal, self.context.joins)
        context = self.context
        self._little = frozenset((*context.stopwords, *context.skip, *context.same, *context.numbers))

    # ------------------------------------------------------------ filling it

    def add(self, name: str, terms: Iterable[str]) -> None:
        """Add phrases and near terms under a name (a concept, or a cue beginning with "@" or "!")."""
        self._add(name, [way for term in terms for way in readings(term)])

    def _add(self, name: str, ways: Iterable[tuple[list[list[str]], list[int]]]) -> None:
        named = self._numbers.setdefault(name, len(self.names))
        if named == len(self.names):
            self.names.append(name)
        self._singles = None
        for pieces, gaps in ways:
            parts = [{n for phrase in phrases if (n := self._phrase(phrase)) is not None} for phrases in pieces]
            if len(parts) == 1:
                for number in parts[0]:
                    self._single[number].add(named)
            elif all(parts):
                self._near.add(named, parts, gaps)

    def said(self, term: str) -> list[str]:
        """A term as text, in every way it can be read; nothing stands in its gaps."""
        return [" ".join(words) for pieces, _ in readings(term) for words in itertools.product(*pieces)]

    def _phrase(self, phrase: str) -> int | None:
        """The number of a phrase, new or known; None if nothing of it is ever compared ("the")."""
        if phrase not in self._spelled:
            self._spelled[phrase] = self._numbered(phrase)
        return self._spelled[phrase]

    def _numbered(self, phrase: str) -> int | None:
        words: list[str] = []
        exact: list[tuple[int, int]] = []
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
                    exact.append((len(words), self.forms.bare(token)))
                if form != NUMBER or words[-1:] != [NUMBER]:
                    words.append(form)
        if not words:
            return None
        number = self._phrases.add([self.forms.number(word) for word in words], tuple(exact))
        if number == len(self._single):
            self._single.append(set())
        return number

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
        words = words_of(doc)
        apart = run_together(text, self.language, words, little=self._little, endings=frozenset(self.context.endings))
        return cut(doc, sentences, self.forms, _taken_apart(words, apart) if apart else words)

    def hits(self, stream: Stream) -> Hits:
        """Where each name is said, in one pass over the stream: of places within one another only the outer."""
        said = self._phrases.find(stream)
        if self._singles is None:
            several = [(phrase, name) for phrase, names in enumerate(self._single) for name in sorted(names)]
            self._singles = column([name for _, name in several]), bounds(column([one for one, _ in several]), len(self._single))
        names, begins = self._singles
        row, single = spread(begins[said.phrase], begins[said.phrase + 1] - begins[said.phrase])
        name, first, last = self._near.find(said, stream, len(self._phrases))
        return Hits.of(
            self.names,
            numpy.append(names[single], name),
            numpy.append(said.first[row], first),
            numpy.append(said.last[row], last),
        )


def _taken_apart(words: Words, apart: Mapping[int, tuple[tuple[str, int, int], ...]]) -> Words:
    """The words of a text, those that the source runs together taken apart."""
    written, *columns = words
    numbers = {one: number for number, one in enumerate(written)}
    rows: list[tuple[int, int, int]] = []
    for index, row in enumerate(zip(*(one.tolist() for one in columns), strict=True)):
        for piece, start, end in apart.get(index, ()):
            rows.append((numbers.setdefault(piece, len(numbers)), start, end))
        if index not in apart:
            rows.append(row)
    which, starts, ends = (column([row[place] for row in rows]) for place in range(3))
    return list(numbers), which, starts, ends


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
