"""Where a document says its title: in its metadata, the head of a form, the clause of the short title, or its first lines."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from policyaudit.ingest import identify
from policyaudit.ingest.blocks import RawDocument, Role
from policyaudit.ingest.headings import is_called, named
from policyaudit.ingest.numbering import fold
from policyaudit.ingest.pieces import Piece, capitals
from policyaudit.languages import Grammar
from policyaudit.languages.identity import Identity

_LONGEST = 250
_FIRST = 60  # pieces among which a title is looked for
_HEAD_OF_FORM = 20
_SHORT_TITLE_BY = 15_000
_FEWEST_LETTERS = 5
_NOT_TITLES = (Role.FURNITURE, Role.CONTENTS, Role.NOTE)
_PLACEHOLDER = re.compile(r"^\W*\[[^\]]*\]\W*$")
_SIZED = 2.0
_MISREAD = re.compile(r"\w[·•@\[\]{}|\\~^<>]+[\w.]|^[@·•~^{}|\\<>]")  # signs within words, as on bad scans
_SMALL_WORD = re.compile(r"\s[a-záéíóúà]{1,3}$")  # a line that ends so breaks off
_SHORT_WORD = re.compile(r"\s[^\W\d_]{1,3}$")  # and one that ends so may


@dataclass(frozen=True, slots=True)
class Title:
    """A title and where it comes from, as a model.Fact has it."""

    words: str
    origin: str
    start: int | None = None
    end: int | None = None


def title(raw: RawDocument, text: str, pieces: Sequence[Piece], grammar: Grammar, identity: Identity) -> Title:
    """The title of the metadata, else of the form's head, else the short title, else the best of the first lines; "" for none."""
    given = " ".join(html.unescape(raw.title or "").split())
    if given and not _PLACEHOLDER.match(given) and not _names_no_document(given, grammar, identity):
        start = text.find(given, 0, 20_000)
        if start >= 0 and _SHORT_WORD.search(given):
            longer = _best_line(text, pieces, grammar, identity)
            if longer is not None and longer.words.startswith(given):
                return longer
        return Title(given, "file", *((start, start + len(given)) if start >= 0 else ()))
    return (
        _labelled(pieces, identity)
        or _short(text, identity)
        or _best_line(text, pieces, grammar, identity)
        or Title(given, "file" if given else "guess")
    )


def _labelled(pieces: Sequence[Piece], identity: Identity) -> Title | None:
    """What stands after "Subject:" in the head of a form."""
    if not identity.labels:
        return None
    labels = "|".join(map(re.escape, identity.labels))
    pattern = re.compile(rf"(?:^|\| ?|\n)\W{{0,4}}(?:{labels})\W{{0,3}}[:|]\s*(?:\*\*\s*)?([^|\n]{{4,200}}?)\s*(?:\||$)")
    for piece in pieces[:_HEAD_OF_FORM]:
        found = pattern.search(fold(piece.text)) if piece.role not in _NOT_TITLES else None
        if found and sum(map(str.isalpha, found[1])) >= _FEWEST_LETTERS:
            start, end = piece.start + found.start(1), piece.start + found.end(1)
            return Title(piece.text[found.start(1) : found.end(1)].strip(" *"), "text", start, end)
    return None


def _short(text: str, identity: Identity) -> Title | None:
    """The title by which an act may be cited."""
    folded = fold(text[:_SHORT_TITLE_BY])
    for pattern in identity.cited:
        found = re.search(pattern, folded)
        if found:
            start, end = found.span("title")
            return Title(" ".join(text[start:end].split()).strip(" ,"), "text", start, end)
    return None


def _best_line(text: str, pieces: Sequence[Piece], grammar: Grammar, identity: Identity) -> Title | None:
    able = [p for p in pieces[:_FIRST] if p.role not in (*_NOT_TITLES, Role.ROW) and p.text.strip()]
    sizes = sorted(piece.size for piece in pieces if piece.size)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    best: tuple[float, Title] | None = None
    cues = identify.kind_cues(grammar, identity)
    for index, piece in enumerate(able):
        if piece.mark is not None and piece.mark.unit is not None and index:
            break  # the first article or chapter
        last = _last(able, index, grammar, identity)
        words = " ".join(one.text.strip() for one in able[index : last + 1])
        if sum(map(str.isalpha, words)) < _FEWEST_LETTERS:
            continue
        score = {Role.TITLE: 3.0, Role.HEADING: 1.5}.get(piece.role, 0.0) + 0.3 * piece.bold - 0.1 * index
        score += min(_SIZED, 2 * max(piece.size / usual - 1, 0.0)) if usual else 0.0
        score += 1.0 if capitals(words) and len(words) < _LONGEST else 0.0
        if identify.has_cue(identify.worded(words), cues):
            score += 2.0
        if _names_no_document(words, grammar, identity):
            score -= 5.0
        if _MISREAD.search(words):
            score -= 2.5
        if _is_sentence(words) or piece.mark is not None or words.endswith(":"):
            score -= 2.5
        if best is None or score > best[0]:
            start, end = piece.start, able[last].end
            best = score, Title(words[:_LONGEST].strip(), "text", start, min(end, start + _LONGEST))
    return best[1] if best else None


def _last(pieces: Sequence[Piece], index: int, grammar: Grammar, identity: Identity) -> int:
    """A title may run over several lines of the same looks: the index of its last."""
    first = pieces[index]
    last = index
    if _names_no_document(first.text, grammar, identity):
        return last
    for position in range(index + 1, min(index + 4, len(pieces))):
        piece = pieces[position]
        alike = piece.role is first.role and piece.level == first.level and abs(piece.size - first.size) < 0.5
        if first.role is Role.PARAGRAPH:
            before = pieces[position - 1].text.rstrip()
            broken = bool(_SMALL_WORD.search(before)) or piece.text[:1].islower()
            shouted = capitals(first.text) and capitals(piece.text) and not before.endswith((".", ":"))
            alike = alike and len(piece.text) < _LONGEST and (broken or shouted)
        elif not first.size:
            alike = False
        if not alike or piece.mark is not None or _names_no_document(piece.text, grammar, identity):
            break
        last = position
    return last


def _is_sentence(words: str) -> bool:
    return words[:1].islower() or (words.rstrip().endswith((".", ";", ":", ",")) and words.count(" ") > 12) or len(words) > 400


def _names_no_document(words: str, grammar: Grammar, identity: Identity) -> bool:
    """Whether a line names the issuer, the form or a part of every document, and not this one."""
    said = named(words)
    if _PLACEHOLDER.match(words) or sum(map(str.isalpha, words)) * 2 < len(words.replace(" ", "")):
        return True
    if any(
        is_called(said, several)
        for several in (grammar.contents, grammar.preamble, grammar.background, grammar.sources, grammar.definition)
    ):
        return True
    if identify.is_any(identity.forms, words):
        return True
    cues = identify.kind_cues(grammar, identity)
    return identify.is_any(identity.issuers, words) and not identify.has_cue(identify.worded(words), cues)
