"""What is known of a document as a whole, with the place each fact was read from, and where a person and the text disagree.

What a person said stands. What the file's metadata or the text says is proposed beside it, and what is only inferred is
called a guess.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from policyaudit import codes
from policyaudit.ingest import dates, identify, standing, titles
from policyaudit.ingest.blocks import RawDocument
from policyaudit.ingest.pieces import Piece
from policyaudit.languages import Grammar
from policyaudit.languages.identity import Identity, identity_of
from policyaudit.model import WITHOUT_FORCE, DocumentKind, Fact, Page, Source

_FIRST_PAGE = 3000
_LONGEST_QUOTE = 80
_LAST_PIECES = 25
_LONGEST_CLOSING = 300
_STATUSES = (*sorted(WITHOUT_FORCE), "in_force", "consolidated")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a document. ``guessed``: which of kind, language, title, year and status no person said."""

    title: str
    kind: DocumentKind
    year: int | None
    status: str | None
    guessed: tuple[str, ...]
    facts: tuple[Fact, ...]
    warnings: tuple[str, ...]


def known(
    source: Source,
    raw: RawDocument,
    text: str,
    pages: tuple[Page, ...],
    pieces: Sequence[Piece],
    *,
    stem: str,
    language: str,
    grammar: Grammar,
    articles: int,
) -> Known:
    """What the source says of the document, and what the file and the text say, each with its origin."""
    return _Reader(source, raw, text, pages, pieces, stem, language, grammar, identity_of(language)).read(articles)


@dataclass(slots=True)
class _Reader:
    source: Source
    raw: RawDocument
    text: str
    pages: tuple[Page, ...]
    pieces: Sequence[Piece]
    stem: str
    language: str
    grammar: Grammar
    identity: Identity

    def read(self, articles: int) -> Known:
        front = standing.front(self.pieces, self.grammar)
        named = titles.title(self.raw, self.text, self.pieces, self.grammar, self.identity)
        title = self.source.title or named.words
        kind, kinds = self._kind(title, named, articles)
        status, signs, warnings = self._status(title, named, front)
        stated = self._stated(named, kind, front)
        year, years, said = self._year(title, named, stated)
        languages, other = self._languages()
        warnings += said + other
        facts = [*self._titles(named), *kinds, *languages, *signs, *years, *stated]
        facts += self._country(front.whole, warnings)
        mine = {"kind": self.source.kind, "language": self.source.language, "title": self.source.title, "year": self.source.year}
        guessed = [name for name, value in mine.items() if value is None]
        if status and not self.source.status:
            guessed.append("status")
        return Known(title, kind, year, status, tuple(guessed), tuple(facts), tuple(warnings))

    def _titles(self, named: titles.Title) -> list[Fact]:
        facts = [Fact("title", self.source.title, "manifest")] if self.source.title else []
        if named.words and named.words != self.source.title:
            facts.append(Fact("title", named.words, named.origin, named.start, named.end))
        return facts

    def _kind(self, title: str, named: titles.Title, articles: int) -> tuple[DocumentKind, list[Fact]]:
        given = self.raw.facts.get("kind", "")
        if given in list(DocumentKind):
            guess, origin, words = DocumentKind(given), "file", ""
        else:
            own, _ = dates.own_words(title, self.identity)
            guess, words = identify.kind(own, self.stem, self.text, self.grammar, self.identity, articles=articles)
            origin = "guess"
        place = self._within(named, words)
        if self.source.kind is None:
            return guess, [Fact("kind", guess.value, origin, *place)]
        facts = [Fact("kind", self.source.kind.value, "manifest")]
        return self.source.kind, facts if guess is self.source.kind else [*facts, Fact("kind", guess.value, origin, *place)]

    def _within(self, named: titles.Title, words: str) -> tuple[int | None, int | None]:
        """The place of words of the title in the text, where it was read there."""
        if not words or named.start is None or named.end is None:
            return None, None
        said = identify.worded(self.text[named.start : named.end])
        return (named.start, named.end) if f" {words} " in said else (None, None)

    def _status(self, title: str, named: titles.Title, front: standing.Front) -> tuple[str | None, list[Fact], list[str]]:
        """The status that holds, what was said of it, and what the user should be told."""
        mine = self.source.status
        facts = [Fact("status", mine, "manifest")] if mine else []
        given = "_".join(self.raw.facts.get("status", "").lower().split())
        sign = standing.status(named.words or title, self.text, self.pieces, self.identity, front=front)
        found, why = None, ""
        if given in _STATUSES and not (sign and given not in WITHOUT_FORCE):
            found, why = given, "the file itself says so"
            facts += [Fact("status", given, "file")] if given != mine else []
        elif sign is not None:
            start, end = (sign.start, sign.end) if sign.start is not None else (named.start, named.end)
            found, why = sign.value, f"{self._place(start)} says “{_short(sign.words)}”"
            if sign.value != mine:
                facts.append(Fact("status", sign.value, "text", start, end))
            if sign.date:
                facts.append(Fact("consolidated_to", sign.date, "text", start, end))
        if mine:
            weak, strong = (one in WITHOUT_FORCE for one in (found, mine))
            warned = found is not None and weak != strong
            told = f"The status is {_words(mine)}, as the manifest says, but the text reads like {_words(found or '')}: {why}."
            return mine, facts, [told] if warned else []
        if found in WITHOUT_FORCE:
            told = (
                f"Read as {_words(found)}, because {why}; it is left out of its country's card. "
                "If it is in force, say status in_force in the manifest."
            )
            return found, facts, [told]
        return found, facts, []

    def _stated(self, named: titles.Title, kind: DocumentKind, front: standing.Front) -> list[Fact]:
        """Number, date and, for a plan or budget, its period."""
        facts = []
        given = self.raw.facts
        for name, found in (
            ("number", dates.number(named.words, self.text, self.identity, front=front.head)),
            ("date", dates.date(named.words, self.text, self.identity, front=front.head) or self._closing()),
            ("period", self._period(named) if kind in (DocumentKind.ACTION_PLAN, DocumentKind.BUDGET) else None),
        ):
            if given.get(name):
                facts.append(Fact(name, given[name], "file"))
            elif found:
                place = (found.start, found.end) if found.start >= 0 else (None, None)
                facts.append(Fact(name, found.value, "text" if found.start >= 0 else named.origin, *place))
        return facts

    def _closing(self) -> dates.Found | None:
        """The date in the closing words: "Done at ..., 12 May 2006"."""
        for piece in self.pieces[-_LAST_PIECES:]:
            if len(piece.text) < _LONGEST_CLOSING and identify.is_any(self.grammar.closing, piece.text):
                found = dates.any_date(piece.text, self.identity)
                if found:
                    return dates.Found(found.value, piece.start + found.start, piece.start + found.end)
        return None

    def _period(self, named: titles.Title) -> dates.Found | None:
        """The period of a plan: in its title, as known or as read, in its file's name, or in the first lines."""
        for words in (self.source.title or "", named.words, self.stem.rpartition("/")[2].replace("_", " ")):
            found = dates.period(words, self.identity)
            if found:
                at = self.text.find(words[found.start : found.end], 0, 20_000)
                place = (at, at + found.end - found.start) if at >= 0 else (-1, -1)
                return dates.Found(found.value, *place)
        first = [piece for piece in self.pieces if piece.start < _FIRST_PAGE and len(piece.text) < 200]
        for piece in first:
            found = dates.period(piece.text, self.identity)
            if found:
                return dates.Found(found.value, piece.start + found.start, piece.start + found.end)
        return None

    def _year(self, title: str, named: titles.Title, stated: list[Fact]) -> tuple[int | None, list[Fact], list[str]]:
        mine = self.source.year
        facts = [Fact("year", str(mine), "manifest")] if mine else []
        read = dates.year_of(named.words, self.text[: 2 * _FIRST_PAGE], self.identity)
        of_file = dates.year(self.stem.rpartition("/")[2].replace("_", " ").replace("-", " "))
        dated = next((dates.year(fact.value) for fact in stated if fact.name == "date"), None)
        own = dates.year_of(title, "", self.identity) if self.source.title else None
        proposed = (
            (own, "manifest"),
            (dates.year(self.raw.facts.get("year", "")), "file"),
            (read, "text" if named.origin != "file" else "file"),
            (of_file, "file"),
            (dated, "text"),
        )
        value, origin = next((one for one in proposed if one[0]), (None, "guess"))
        value = value or dates.most_named(self.text[:_FIRST_PAGE], self.identity)
        if value is None:
            return mine, facts, []
        place = self._year_place(named, value, origin, stated)
        if mine is None:
            return value, [Fact("year", str(value), origin, *place)], []
        read = dates.year_of(named.words, "", self.identity)
        if read and read != mine and str(mine) not in named.words:
            told = f"The year is {mine}, as the manifest says, but the title as read names {read}."
            return mine, [*facts, Fact("year", str(read), "text", *self._year_place(named, read, "text", stated))], [told]
        return mine, facts, []

    def _year_place(self, named: titles.Title, value: int, origin: str, stated: list[Fact]) -> tuple[int | None, int | None]:
        if origin != "text":
            return None, None
        for fact in stated:
            if fact.name == "date" and fact.value.startswith(str(value)) and fact.start is not None:
                return fact.start, fact.end
        start = named.start or 0
        at = self.text.find(str(value), start, start + _FIRST_PAGE)
        return (at, at + 4) if at >= 0 else (None, None)

    def _languages(self) -> tuple[list[Fact], list[str]]:
        mine = self.source.language
        if mine is None:
            origin = "file" if self.raw.language == self.language else "guess"
            return [Fact("language", self.language, origin)], []
        facts = [Fact("language", mine, "manifest")]
        heard = identify.other_language(self.text, mine) if len(self.text) >= _LONGEST_QUOTE else None
        if heard is None:
            return facts, []
        told = (
            f"The language is {codes.language_named(mine)}, as the manifest says, but the text looks like "
            f"{codes.language_named(heard)}."
        )
        return [*facts, Fact("language", heard, "guess")], [told]

    def _country(self, front: int, warnings: list[str]) -> list[Fact]:
        mine = self.source.country
        facts = [Fact("jurisdiction", mine, "manifest")] if mine else []
        given = self.raw.facts.get("jurisdiction", "")
        if given:
            return facts if given.upper() == mine else [*facts, Fact("jurisdiction", given, "file")]
        sign = standing.country(self.text, self.identity, self.language, front=front)
        if sign is None or sign.value == mine:
            return facts
        if mine:
            warnings.append(
                f"The country is {codes.country_named(mine)}, as the manifest says, but {self._place(sign.start)} names "
                f"{codes.country_named(sign.value)}."
            )
        return [*facts, Fact("jurisdiction", sign.value, "text", sign.start, sign.end)]

    def _place(self, start: int | None) -> str:
        if start is None:
            return "the title"
        if not self.pages:
            return "the beginning"
        return f"p. {self.pages[max(bisect_right([page.start for page in self.pages], start) - 1, 0)].number}"


def expiry(facts: Sequence[Fact], as_of: str) -> str | None:
    """A sentence that says that the document's period had ended at a date (ISO 8601); None if it had not, or has none."""
    period = next((fact.value for fact in facts if fact.name == "period"), "")
    if not period or not dates.expired(period, as_of):
        return None
    return f"Its period {period} had ended at the date of the audit, {as_of}; it is assessed as if it still held."


def _words(status: str) -> str:
    named = {"draft": "a draft", "bill": "a bill"}
    return named.get(status, status.replace("_", " "))


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST_QUOTE else f"{words[: _LONGEST_QUOTE - 1]}…"
