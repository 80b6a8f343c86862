"""Paragraphs put together again where a line begins with the number of what the sentence refers to: "of subsection / (1) to"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyaudit.ingest.blocks import Role
from policyaudit.ingest.numbering import fold
from policyaudit.ingest.pieces import Piece
from policyaudit.languages import Grammar

_MARK = re.compile(r"\(?\w{1,4}\)\s*(?=[a-zà-ÿ,;(])")
_LAST_WORD = re.compile(r"[^\W\d_][^\W\d_-]*(?:-[^\W\d_]+)?$")
_SHORT = 3  # letters of a word that rather joins items ("and", "ou") than names what is referred to
_TEXT = (Role.PARAGRAPH, Role.ITEM)


def with_references(text: str, pieces: Sequence[Piece], grammar: Grammar) -> tuple[str, list[Piece]]:
    """The text and its paragraphs, those made one where the second is no item but the rest of a reference. Places in the text
    stay what they are: a line end becomes a space."""
    joined: list[Piece] = []
    ends: list[int] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if before is not None and piece.text[1:5].find(")") >= 0 and _refers(before, piece, grammar):
            ends.append(before.end)
            before.text = f"{before.text} {piece.text}"
            before.end = piece.end
        else:
            joined.append(piece)
    for end in ends:
        text = f"{text[:end]} {text[end + 1 :]}"
    return text, joined


def _refers(before: Piece, piece: Piece, grammar: Grammar) -> bool:
    if before.role not in _TEXT or piece.role not in _TEXT or before.end + 1 != piece.start or not _MARK.match(piece.text):
        return False
    last = _LAST_WORD.search(before.text)
    return last is not None and len(last[0]) > _SHORT and fold(last[0]) in grammar.references
