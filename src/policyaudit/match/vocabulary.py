"""The vocabulary of one language, compiled: all phrases of terms and cues, found in one pass of the PhraseMatcher."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import spacy
from spacy.matcher import Matcher as TokenMatcher
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from policyaudit.match.kinds import near
from policyaudit.match.language import Context
from policyaudit.match.normal import NUMBER, Normaliser, plain
from policyaudit.match.terms import ANY_NUMBER, parse
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
    sentence: list[int]  # index of the sentence; -1 outside any
    doc: Doc  # all tokens, as spaCy cut the text


@dataclass(slots=True)
class _Term:
    """A term: where its hits go, and for each part how often it was hit."""

    name: str
    gaps: tuple[int, ...]
    parts: int


@dataclass(slots=True)
class Vocabulary:
    """Phrases by number. ``uses`` says, for each phrase, of which term which part it is, and which forms must be exact."""

    context: Context
    language: str
    nlp: spacy.language.Language = field(init=False)
    normal: Normaliser = field(init=False)
    _matcher: PhraseMatcher = field(init=False)
    _phrases: dict[tuple[str, ...], int] = field(default_factory=dict)
    _uses: list[list[tuple[int, int, Exact]]] = field(default_factory=list)
    _terms: list[_Term] = field(default_factory=list)
    patterns: list[tuple[str, str, re.Pattern[str]]] = field(default_factory=list)  # concept, anchor, expression
    token_patterns: dict[str, list[tuple[str, TokenMatcher]]] = field(default_factory=lambda: defaultdict(list))  # anchor ->
    words_of: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.nlp = spacy.blank(self.language)
        self.nlp.max_length = 10**9
        self.normal = Normaliser(
            self.language,
            skip=frozenset(self.context.skip),
            same=self.context.same,
            numbers=frozenset(self.context.numbers),
        )
        self._matcher = PhraseMatcher(self.nlp.vocab, attr="ORTH")

    # ------------------------------------------------------------ filling it

    def add(self, name: str, terms: Iterable[str]) -> None:
        """Add phrases and near terms under a name (a concept, or a cue beginning with "@" or "!")."""
        for term in terms:
            parts, gaps = parse(term)
            number = len(self._terms)
            self._terms.append(_Term(name, tuple(gaps), len(parts)))
            for part, phrases in enumerate(parts):
                for phrase in phrases:
                    self._add_phrase(phrase, number, part)

    def _add_phrase(self, phrase: str, term: int, part: int) -> None:
        words: list[str] = []
        exact: list[tuple[int, str]] = []
        for piece in phrase.split():
            if piece == ANY_NUMBER:
                words += [NUMBER] if words[-1:] != [NUMBER] else []
                continue
            strict = piece.startswith("=") and len(piece) > 1
            for token in self.nlp.make_doc(piece[1:] if strict else piece):
                form = self.normal(token.text)
                if form is None:
                    continue
                if strict:
                    exact.append((len(words), plain(token.text)))
                if form != NUMBER or words[-1:] != [NUMBER]:
                    words.append(form)
        if not words:
            return
        key = tuple(words)
        if key not in self._phrases:
            self._phrases[key] = len(self._uses)
            self._uses.append([])
            self._matcher.add(str(self._phrases[key]), [Doc(self.nlp.vocab, words=words)])
        self._uses[self._phrases[key]].append((term, part, tuple(exact)))

    def add_concept(self, name: str, wording: Wording) -> None:
        """Add all terms of a concept, of every kind, and its exclusions."""
        phrases = [term for term in wording.terms if isinstance(term, str)]
        self.add(name, phrases)
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
        stop = {form for word in self.context.stopwords if (form := self.normal(word))}
        words = {w for phrase in phrases for part in parse(phrase)[0] for one in part for w in self.content(one)}
        self.words_of[name] = frozenset(words - stop)

    def content(self, text: str) -> list[str]:
        """The words of a text in their compared form, without punctuation and numbers."""
        forms = (self.normal(token.text.lstrip("=")) for token in self.nlp.make_doc(text))
        return [form for form in forms if form and form != NUMBER and form[0].isalpha()]

    # ------------------------------------------------------------ using it

    def stream(self, text: str, sentences: Sequence[tuple[int, int, int, bool]]) -> Stream:
        """The text's words in compared form, those outside every sentence left out. Numbers side by side become one."""
        doc = self.nlp.make_doc(text)
        result = Stream([], [], [], [], [], doc)
        at, count = 0, len(sentences)
        for token in doc:
            start = token.idx
            while at < count and sentences[at][1] <= start:
                at += 1
            if at == count:
                break
            if start < sentences[at][0]:
                continue
            form = self.normal(token.text)
            if form is None or (form == NUMBER and result.words[-1:] == [NUMBER] and result.sentence[-1] == at):
                continue
            result.words.append(form)
            result.forms.append(token.text)
            result.starts.append(start)
            result.ends.append(start + len(token.text))
            result.sentence.append(at)
        return result

    def hits(self, stream: Stream) -> dict[str, list[Hit]]:
        """Where each name is said: token ranges in order, one pass over the stream."""
        found: dict[str, list[Hit]] = defaultdict(list)
        parts: dict[tuple[int, int], list[Hit]] = defaultdict(list)
        words = Doc(self.nlp.vocab, words=stream.words) if stream.words else Doc(self.nlp.vocab)
        strings = self.nlp.vocab.strings
        for key, first, last in self._matcher(words):
            if stream.sentence[first] != stream.sentence[last - 1]:
                continue
            for term, part, exact in self._uses[int(strings[key])]:
                if any(plain(stream.forms[first + position]) != form for position, form in exact):
                    continue
                if self._terms[term].parts == 1:
                    found[self._terms[term].name].append((first, last))
                else:
                    parts[term, part].append((first, last))
        for term, count in {(t, self._terms[t].parts) for t, _ in parts}:
            if all((term, part) in parts for part in range(count)):
                several = [sorted(parts[term, part]) for part in range(count)]
                found[self._terms[term].name] += near.find(several, self._terms[term].gaps, stream.sentence)
        return {name: _longest(hits) for name, hits in found.items()}


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
    for force in ("mandatory", "directory", "permissive", "aspiration"):
        vocabulary.add(f"@{force}", getattr(context.force, force))
    vocabulary.add("@no-clause", context.negation.clause)
    vocabulary.add("@no-sentence", context.negation.sentence)
    vocabulary.add("@no-ends", context.negation.ends)
    vocabulary.add("@exception", context.exception)
    vocabulary.add("@pointer", context.pointer)
    vocabulary.add("@own", context.own)
    vocabulary.add("@defines", context.defines)
    return vocabulary
