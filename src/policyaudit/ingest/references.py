"""Paragraphs put together again where a line begins with the number of what the sentence refers to: "of subsection / (1) to"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyaudit.ingest.blocks import Role
from policyaudit.ingest.numbering import fold
from policyaudit.ingest.pieces import Piece
from policyaudit.languages import Grammar

_MARK = re.compile(r"\(?(?P<label>\w{1,4})\)\s*(?=[a-zà-ÿ,;(])")
_FOLLOWING = {"1": "2", "a": "b", "A": "B", "i": "ii", "I": "II"}  # after the first mark of a list
_LAST_WORD = re.compile(r"[^\W\d_][^\W\d_-]*(?:-[^\W\d_]+)?$")
_LONGEST_WORD = 60
_SHORT = 3  # letters of a word that rather joins items ("and", "ou") than names what is referred to
_TEXT = (Role.PARAGRAPH, Role.ITEM)


def with_references(text: str, pieces: Sequence[Piece], grammar: Grammar) -> tuple[str, list[Piece]]:
    """The text and its paragraphs, those made one where the second is no item but the rest of a reference. Places in the text
    stay what they are: a line end becomes a space."""
    joined: list[Piece] = []
    ends: list[int] = []
    for index, piece in enumerate(pieces):
        before = joined[-1] if joined else None
        if before is not None and ")" in piece.text[1:6] and _refers(before, piece, pieces[index + 1 : index + 4], grammar):
            ends.append(before.end)
            before.text = f"{before.text} {piece.text}"
            before.end = piece.end
        else:
            joined.append(piece)
    begins = [0, *(end + 1 for end in ends)]
    return " ".join(text[begin:end] for begin, end in zip(begins, [*ends, None], strict=True)), joined


def _refers(before: Piece, piece: Piece, after: Sequence[Piece], grammar: Grammar) -> bool:
    if before.role not in _TEXT or piece.role not in _TEXT or before.end + 1 != piece.start:
        return False
    mark = _MARK.match(piece.text)
    last = _LAST_WORD.search(before.text[-_LONGEST_WORD:]) if mark else None
    if mark is None or last is None or len(last[0]) <= _SHORT or fold(last[0]) not in grammar.references:
        return False
    # "under this section / (a) for ...; / (b) for ...": a list.
    listed = _MARK.match(next((other.text for other in after if other.role in _TEXT), ""))
    return listed is None or listed["label"] != _FOLLOWING.get(mark["label"])
