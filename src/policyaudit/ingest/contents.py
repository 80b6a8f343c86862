"""Tables of contents: their lines must never be taken for the articles they announce."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from policyaudit.ingest.blocks import Role
from policyaudit.ingest.numbering import fold
from policyaudit.ingest.pieces import Piece
from policyaudit.languages import Grammar

_LONGEST_TITLE = 80
_LONGEST_ENTRY = 260
_PAGE_NUMBER = re.compile(r"[\s.…·_]+\d{1,4}\s*$")
_LEADER = re.compile(r"[.…·_\s]{3,}\d{1,4}\s*$")
_RANGE = re.compile(r"\s*\([^()]*\d[^()]*\)\s*$")  # "(rules 1 to 5)"
_SIGNS = re.compile(r"[\W\d_]+")
_DOTS = "…"  # which readers leave of a row of dots
_ENTRY = re.compile(r"^[^.;:]{0,4}\S.{0,140}[^\s.;:]$")  # no sentence
_LINES = 2
_BETWEEN = 4  # how far lines of a table of contents may stand apart
_MATTER = 12  # pieces that may stand between a table of contents and what its first entry announces


def key(text: str) -> str:
    """The words of a heading, by which an entry and what it announces are known to be the same."""
    text = text.rstrip()
    if text[-1:].isdigit():
        text = _PAGE_NUMBER.sub("", text).rstrip()
    if text[-1:] == ")":
        text = _RANGE.sub("", text)
    return _SIGNS.sub(" ", fold(text)).strip()


def mark_contents(pieces: Sequence[Piece], grammar: Grammar) -> None:
    """Give every line of a table of contents the role CONTENTS: what follows its heading, up to where its first entries are
    said again, or as long as the lines end in page numbers."""
    for index, piece in enumerate(pieces):
        if piece.role is Role.CONTENTS:
            # A dotted line or two in a text is an omission, not a table of contents. Without dots it is the format that says so.
            near = pieces[max(index - 4, 0) : index + 5]
            dotted = _DOTS in piece.text and sum(other.role is Role.CONTENTS for other in near) < 4
            if len(piece.text) > _LONGEST_ENTRY or dotted:
                piece.role = Role.PARAGRAPH
    _fill(pieces)
    titles = {index for index, _ in _called(pieces, {fold(title) for title in grammar.contents}, _LONGEST_TITLE)}
    index = 0
    while index < len(pieces):
        if index in titles:
            end = _before_recitals(pieces, index + 1, _end(pieces, index + 1), grammar)
            for piece in pieces[index + 1 : end]:
                if piece.role not in (Role.FURNITURE, Role.NOTE):
                    piece.role = Role.CONTENTS
            if end > index + 1:
                pieces[index].role = Role.CONTENTS
            index = max(end, index + 1)
        else:
            index += 1


def _fill(pieces: Sequence[Piece]) -> None:
    """A line without a page number between such lines, or right before them and said again further down, is one too."""
    entries = [index for index, piece in enumerate(pieces) if piece.role is Role.CONTENTS]
    gaps = [pieces[before + 1 : after] for before, after in pairwise(entries) if 1 < after - before <= _BETWEEN]
    before_them = [pieces[index - 1] for index in entries[:1] if index]
    wanted = {key(piece.text) for piece in (*chain(*gaps), *before_them) if len(piece.text) < _LONGEST_ENTRY} - {""}
    later = {said for _, said in _called(pieces[entries[-1] + 1 :], wanted, _LONGEST_ENTRY)} if wanted else set()
    for gap in gaps:
        between = [piece for piece in gap if piece.role is not Role.FURNITURE]
        # An entry may run over two lines, with its page number at the end of the second, as over the end of a page.
        broken = len(between) <= _LINES and all(_ENTRY.search(piece.text) for piece in between)
        for piece in between:
            short = len(piece.text) < _LONGEST_ENTRY and piece.role not in (Role.ROW, Role.NOTE)
            if short and (broken or _LEADER.search(piece.text) or key(piece.text) in later):
                piece.role = Role.CONTENTS
    for piece in before_them:
        if key(piece.text) in later:
            piece.role = Role.CONTENTS


def _called(pieces: Sequence[Piece], keys: set[str], longest: int) -> Iterator[tuple[int, str]]:
    """(place, key) of the pieces shorter than ``longest`` letters whose key is one of these."""
    words = {said.split(" ")[0] for said in keys}
    for index, piece in enumerate(pieces):
        if len(piece.text) < longest:
            folded = fold(piece.text)
            if any(map(folded.__contains__, words)) and (said := key(piece.text)) in keys:
                yield index, said


def _end(pieces: Sequence[Piece], start: int) -> int:
    firsts: list[str] = []
    numbered = start
    ended = 0  # where a paragraph too long for an entry stands: the title or preamble of an act may follow its contents
    for position in range(start, len(pieces)):
        piece = pieces[position]
        if piece.role is Role.FURNITURE:
            continue
        if len(piece.text) > _LONGEST_ENTRY:
            ended = ended or position
        if ended and (position - ended > _MATTER or ended - start < 3):
            break
        said = key(piece.text)
        if ended:
            if said and said in firsts[:3]:
                return ended
            continue
        if said and said in firsts:
            # The first entry said again: there the document itself begins.
            if said == firsts[0] and len(firsts) > 1 and numbered == position:
                return position
            if len(firsts) >= 3 and said in firsts[:3]:
                return position - firsts.index(said) if said in firsts[1:3] and _said(pieces, position, firsts) else position
        elif said:
            firsts.append(said)
        if piece.role is Role.CONTENTS or _PAGE_NUMBER.search(piece.text):
            numbered = position + 1
    return numbered


def _before_recitals(pieces: Sequence[Piece], start: int, end: int, grammar: Grammar) -> int:
    """Enacting words may stand between the table of contents and the first article."""
    for position in range(start, end):
        said = fold(pieces[position].text)
        if any(cue in said for cue in grammar.enacts) or any(said.startswith(f"{cue} ") for cue in grammar.recitals):
            return position
    return end


def _said(pieces: Sequence[Piece], position: int, firsts: Sequence[str]) -> bool:
    before = firsts.index(key(pieces[position].text))
    return all(key(pieces[position - before + step].text) == firsts[step] for step in range(before))
