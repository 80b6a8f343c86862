"""What a document is: its language, kind, title and year, guessed where the source does not say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from py3langid.langid import LanguageIdentifier, _load_identifier

from policyaudit.ingest.blocks import RawDocument, Role
from policyaudit.ingest.numbering import fold
from policyaudit.ingest.pieces import Piece
from policyaudit.languages import Grammar
from policyaudit.model import DocumentKind

# Languages in which laws are written and that a text could be taken for; the fewer, the surer the guess.
LANGUAGES = (
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "gl", "he", "hi", "hr", "hu", "id",
    "is", "it", "ja", "ko", "lt", "lv", "mk", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "th",
    "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip
_SAMPLE = 6000
_FIRST_PAGES = 6000
_OPENING = 1500
_SUBTITLE = 40
_RECENT = 1930  # older years in a text are mostly those of the laws that it cites
_ADOPTED = 4.0
_YEAR = re.compile(r"(?<![\d/.])(1[89]\d\d|20[0-4]\d)(?![\d/])")
_LONGEST_TITLE = 250
_SIGNS = re.compile(r"[\W_]+")


@cache
def _identifier() -> LanguageIdentifier:
    return _load_identifier(langs=list(LANGUAGES))


def language(text: str) -> str:
    """The ISO 639-1 code of the language in which most of the text is written."""
    if len(text) <= 3 * _SAMPLE:
        samples = [text]
    else:
        samples = [text[at : at + _SAMPLE] for at in (len(text) // 4, len(text) // 2, 3 * len(text) // 4)]
    votes = [str(_identifier().classify(_words(sample))[0]) for sample in samples]
    return max(votes, key=lambda vote: (votes.count(vote), -votes.index(vote)))


def _words(text: str) -> str:
    return re.sub(r"https?://\S+|[\d_|*#]+", " ", text)


def title(raw: RawDocument, pieces: Sequence[Piece]) -> str:
    """The title as the reader knows it, else the title block, the first heading, or the first line; "" for none."""
    if raw.title:
        return raw.title
    able = [
        piece
        for piece in pieces[:40]
        if piece.role not in (Role.FURNITURE, Role.CONTENTS, Role.ROW, Role.NOTE) and piece.text.strip()
    ]
    for wanted in ((Role.TITLE,), (Role.HEADING,), (Role.PARAGRAPH, Role.ITEM)):
        for index, piece in enumerate(able):
            if piece.role in wanted and sum(map(str.isalpha, piece.text)) > 4:
                return _whole(able, index)
    return ""


def _whole(pieces: Sequence[Piece], index: int) -> str:
    """A title may run over several lines of the same looks."""
    first = pieces[index]
    lines = [first.text.strip()]
    for piece in pieces[index + 1 : index + 4]:
        alike = piece.role is first.role and piece.level == first.level and abs(piece.size - first.size) < 0.5 and first.size > 0
        if not alike or first.role is Role.PARAGRAPH:
            break
        lines.append(piece.text.strip())
    return " ".join(lines)[:_LONGEST_TITLE].strip()


def year(text: str) -> int | None:
    """The first year that the text names, None if it names none: for a title or a file's name."""
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def year_of(title: str, name: str, text: str) -> int | None:
    """The year of a document: that of its title or the short line beneath, of its file's name, or the one its first page
    names most."""
    _, _, after = text[:_FIRST_PAGES].partition(title) if title else ("", "", "")
    beneath = after.strip().partition("\n")[0]
    for said in (title, beneath if len(beneath) < _SUBTITLE else "", name.replace("_", " ").replace("-", " ")):
        found = year(said)
        if found:
            return found
    years = [int(match[1]) for match in _YEAR.finditer(text[:3000]) if int(match[1]) >= _RECENT]
    return max(years, key=lambda one: (years.count(one), -years.index(one))) if years else None


def kind(title: str, name: str, text: str, grammar: Grammar, *, articles: int) -> DocumentKind:
    """The kind that the cues of title, first pages and structure speak for most; a law where nothing speaks."""
    said, named = (f" {_SIGNS.sub(' ', fold(words))} " for words in (title, name))
    first = fold(text[:_FIRST_PAGES])
    opening = f" {_SIGNS.sub(' ', first[:_OPENING])} "
    adopts = "|".join(map(re.escape, map(fold, grammar.adopts))) or "(?!)"
    scores = {}
    for candidate in DocumentKind:
        cues = grammar.kinds.get(candidate)
        score = 0.0
        if cues:
            found = [2.0 + 0.3 * cue.count(" ") for cue in cues.title if f" {fold(cue)} " in said]
            # "Act" or "Decree" is the form of many an instrument whose title also says what it is.
            score += max(found, default=0.0) if candidate is DocumentKind.LAW else 1.5 * sum(found)
            score += sum(1.0 for cue in cues.title if f" {fold(cue)} " in named)
            if candidate is not DocumentKind.LAW:
                # A decree that approves a plan is read for the plan.
                names = "|".join(re.escape(_SIGNS.sub(" ", fold(cue))) for cue in cues.title)
                adopted = re.compile(rf" (?:{adopts}) (?:\w+ ){{0,4}}?(?:{names}) ")
                score += _ADOPTED if adopted.search(said) else 0.75 * _ADOPTED if adopted.search(opening) else 0.0
            score += sum(min(first.count(fold(cue)), 2) * 0.5 for cue in cues.text)
        scores[candidate] = score
    if articles >= 5:
        scores[DocumentKind.LAW] += 1.5
    best = max(scores.values())
    if best <= 0:
        return DocumentKind.LAW if articles else DocumentKind.OPERATIONAL_POLICY
    return next(candidate for candidate in DocumentKind if scores[candidate] == best)
