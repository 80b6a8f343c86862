"""What is a heading: of an article, of a numbered section, or one that stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import translate
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from policyaudit.ingest.blocks import Role
from policyaudit.ingest.numbering import fold
from policyaudit.ingest.pieces import Piece, capitals
from policyaudit.languages import Grammar

if TYPE_CHECKING:
    from policyaudit.ingest.sequence import Node

_LONGEST = 160
_STOPS = re.compile(r"[.;,:?!]\s*$")
_STRONG_END = re.compile(r"(?:[.:;]\s?[-–—]+|\s?[–—]+|[.:]\s?[-–—])\s*(?=\S)")
_WEAK_END = re.compile(r"\.\s+(?=[\"“«(¿A-ZÁÉÍÓÚÑÀÂÇÊÔ0-9])")
_COLON_END = re.compile(r":\s+(?=[\"“(A-Z])")
_BRACKETED = re.compile(r"\s*[(\[](?![ivx\d]{1,4}\)|[a-z]\))[^()\[\]]{2,120}[)\]]\s*[.:]?\s?[-–—]*\s*")
_REFERENCE = re.compile(r"\s*[(\[][^()]{3,60}\d[^()]{0,10}(?:\([^()]{1,4}\)[^()]{0,20})*[)\]][.:]?\s*$")
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r"^[\s.:\-–—*|>]+|(?<![\s:\-–—*|>])[\s:\-–—*|>]+$")
_UNNAMED = re.compile(r"^[\W\d]+|(?<![\W\d])[\W\d]+$")
_UNKNOWN = 99.0  # a heading without a level stands under those that have one
TITLE_LEVEL = 0.5
_LONG_HEADING = 15  # words


class SentenceWords:
    """The words of a language by which a sentence is told from a heading."""

    def __init__(self, grammar: Grammar) -> None:
        self._words = frozenset(grammar.sentence_words)
        self._forms = re.compile(grammar.sentence_forms or "(?!)")

    def count(self, text: str) -> int:
        """How many different ones stand in a text."""
        said = {word for word in re.findall(r"\w+", text.lower())}
        return sum(1 for word in said if fold(word) in self._words or self._forms.fullmatch(word))


def tidy(text: str) -> str:
    """A heading without the stops and dashes around it."""
    text = _SPACE.sub(" ", text).strip()
    text = _AROUND.sub("", text)
    if text.endswith(".") and not text.endswith(".."):
        text = text[:-1].rstrip()
    return text[1:-1] if text.startswith("(") and text.endswith(")") and text.count("(") == 1 else text


@lru_cache(maxsize=64)  # asked of the same first lines again and again while a title is looked for
def named(heading: str) -> str:
    """A heading's words as the language files write them: in lower case, without accents, numbers and stops around them."""
    return _SPACE.sub(" ", _UNNAMED.sub("", fold(heading)))


def is_called(said: str, phrases: Sequence[str]) -> bool:
    """Whether a heading, as ``named`` gives it, is one of the phrases; a star stands for any words."""
    plain, starred = _phrases(tuple(phrases))
    return said in plain or starred.match(said) is not None


@cache
def _phrases(phrases: tuple[str, ...]) -> tuple[frozenset[str], re.Pattern[str]]:
    """The phrases, and one pattern for those with a star."""
    return frozenset(phrases), re.compile("|".join(translate(phrase) for phrase in phrases if "*" in phrase) or "(?!)")


def level(piece: Piece) -> float:
    """How deep a heading stands, 1 outermost."""
    if piece.role is Role.TITLE:
        return TITLE_LEVEL
    return float(piece.level) if piece.level else _UNKNOWN


def deeper(piece: Piece, own: float, above: Node) -> bool:
    """Whether a heading stands under the one above it."""
    theirs = above.level or _UNKNOWN
    if own != theirs:
        return own > theirs
    if piece.size and above.size and abs(piece.size - above.size) > 0.4:
        return piece.size < above.size
    return bool(above.bold and not piece.bold and piece.size)


def looks_like(piece: Piece) -> bool:
    """Whether a paragraph is a heading by its looks: the format says so, or it is short and bold or in capitals."""
    text = piece.rest
    if not text or piece.role in (Role.ROW, Role.NOTE, Role.CONTENTS, Role.FURNITURE) or len(text) > 400:
        return False
    if text[0].islower() or text[-1] in ";," or text.startswith("__"):
        return False
    if piece.role in (Role.HEADING, Role.TITLE):
        return True
    if piece.inline or len(text) > _LONGEST:
        return False
    return (piece.bold or capitals(text)) and text[-1] not in ".:;," and any(map(str.isalpha, text))


_FIELD = re.compile(r"(?P<name>[^\W\d_][^:\d]{2,34}):\s*(?P<value>\S.*)$")


def field(piece: Piece) -> str:
    """The name of a line of the box at the head of an order, such as "NUMBER: 3.25"; "" for any other line."""
    match = _FIELD.match(piece.text.strip())
    name = match["name"] if match and len(match["value"]) < _LONGEST else ""
    return name if capitals(name) else ""


def is_sentence(piece: Piece, words: SentenceWords) -> bool:
    """Whether what the format calls a heading says a whole sentence, as where all of a text is bold."""
    text = piece.text
    if piece.role is Role.TITLE or len(text) < 80 or capitals(text):
        return False
    return words.count(text) >= 2


def is_broken_line(pieces: Sequence[Piece], index: int) -> bool:
    """Whether what the format calls a heading is a line of the paragraph before it."""
    piece = pieces[index]
    if not index or piece.bold or capitals(piece.text) or not piece.text.rstrip().endswith("."):
        return False
    before = pieces[index - 1]
    return before.role is Role.PARAGRAPH and not re.search(r"[.:;!?”\"»)]\s*$", before.text) and len(before.text) > 60


def same_heading(first: Piece, second: Piece) -> bool:
    """Whether two headings are lines of one: in capitals both, of one size, the first without an end."""
    return (
        second.mark is None
        and first.role is second.role
        and looks_like(second)
        and capitals(first.text)
        and capitals(second.text)
        and abs(first.size - second.size) < 0.5
        and first.level == second.level
        and not _STOPS.search(first.text)
        and not second.text.rstrip().endswith(":")
        and len(first.text) > 25
    )


def refers(pieces: Sequence[Piece], index: int) -> bool:
    """Whether what follows the label of an annex is the reference, in brackets, to the section that speaks of it."""
    if index + 1 >= len(pieces):
        return False
    return bool(_REFERENCE.match(pieces[index].text)) and goes_on(pieces, index + 1, "", 0)


def goes_on(pieces: Sequence[Piece], index: int, heading: str, taken: int) -> bool:
    """Whether a paragraph is the heading, or a further line of it, of the part or chapter announced before it."""
    piece = pieces[index]
    if piece.mark is not None or piece.inline or piece.role not in (Role.HEADING, Role.PARAGRAPH, Role.TITLE):
        return False
    text = piece.text.strip()
    if len(text) > 200 or (_STOPS.search(text) and not capitals(text)):
        return False
    if not heading:
        return text[0].isupper() or text[0].isdigit()
    if taken and capitals(heading) and capitals(text):
        return not _STOPS.search(heading)
    return False


def length(text: str, *, headed: bool, words: SentenceWords, colon: bool = False) -> int:
    """How many letters at the start of an article's text are its heading; 0 if it has none. ``colon``: it may end in one."""
    if not text.strip():
        return 0
    if headed and len(text) < 400 and not _is_text(text, words):
        return len(text)
    inside = bracketed(text)
    if inside:
        return inside
    ends = [(_STRONG_END, 25), (_WEAK_END, 12)]
    if colon:
        ends.append((_COLON_END, 12))
    for pattern, longest in ends:
        match = pattern.search(text, 0, 260)
        before = text[: match.start()] if match else ""
        if match and len(before) > 1 and _is_title(before, words, longest) and not _WEAK_END.search(before):
            return match.end()
    return 0


def _is_text(text: str, words: SentenceWords) -> bool:
    """Whether what stands on the line of an article's label, set as a heading, is the article itself and not its heading."""
    said = words.count(text)
    if not said or capitals(text):
        return False
    if said > 1 and text.count(" ") >= _LONG_HEADING - 4 and text.rstrip().endswith("."):
        return True
    return text.count(" ") >= _LONG_HEADING or (_WEAK_END.search(text) is not None and not _STRONG_END.search(text))


def bracketed(text: str) -> int:
    """The length of a heading in brackets at the start of a text: "(Objeto).- ..."."""
    match = _BRACKETED.match(text)
    return match.end() if match and text.lstrip()[1].isupper() else 0


def _is_title(text: str, words: SentenceWords, longest: int) -> bool:
    said = re.findall(r"\w+", fold(text))
    return 0 < len(said) <= longest and not words.count(text) and not text.lstrip()[0].islower()


def stands_alone(pieces: Sequence[Piece], index: int, body: int, words: SentenceWords) -> bool:
    """Whether all that stands in the paragraph of an article's label is its heading, the body following in the next."""
    piece = pieces[index]
    text = piece.text[body - piece.start :].strip()
    if not text or len(text) > _LONGEST or index + 1 >= len(pieces):
        return False
    after = pieces[index + 1]
    if (after.mark is not None and after.mark.unit is not None) or after.role is Role.HEADING:
        return False
    if re.search(r"[.:;]\s?[-–—]+$|[–—]$", text):
        inner = _STRONG_END.search(text)
        if inner and text[inner.start()] == "." and text[inner.end()].isupper():
            return False  # "Amendment of Act X.—In section 5,—" has its heading before the first dash
        return _is_title(text, words, 25) and not _WEAK_END.search(text)
    if text[-1] in ":;,":
        return text[-1] == ":" and len(text) < 60 and _is_title(text, words, 8) and after.mark is None
    if text[-1] == ".":
        return _is_title(text, words, 12 if after.inline else 8)
    if after.inline or after.mark is not None:
        return _is_title(text, words, 20)
    return text[0].isupper() and after.text[:1].isupper() and not after.inline


def precedes_article(pieces: Sequence[Piece], index: int, words: SentenceWords) -> bool:
    """Whether a short line is the heading of the article whose label follows it, as where headings stood in the margin."""
    piece = pieces[index]
    text = piece.text.strip()
    if (
        piece.role is not Role.PARAGRAPH
        or piece.inline
        or not 3 < len(text) < 110
        or _STOPS.search(text)
        or not text[0].isupper()
    ):
        return False
    following = pieces[index + 1] if index + 1 < len(pieces) else None
    before = pieces[index - 1].text.rstrip() if index else "."
    if following is None or following.mark is None or following.inline or before[-1:] not in '.;:)]”"':
        return False
    unit = following.mark.unit
    return (unit is not None and unit.unit == "article") and _is_title(text, words, 15)


def is_article_heading(pieces: Sequence[Piece], index: int, words: SentenceWords) -> bool:
    """Whether the paragraph after an article's label is its heading."""
    if index + 1 >= len(pieces):
        return False
    piece, after = pieces[index], pieces[index + 1]
    if piece.mark is not None or piece.inline or piece.role not in (Role.HEADING, Role.PARAGRAPH):
        return False
    if after.inline or (after.mark is not None and after.mark.unit is not None):
        return False
    text = piece.text.strip()
    if looks_like(piece):
        return len(text) < 200
    return len(text) < 100 and not _STOPS.search(text) and _is_title(text, words, 15)
