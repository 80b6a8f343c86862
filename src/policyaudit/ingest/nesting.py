"""Which divisions of a document stand under which: by the grammar of its language, unless its own numbers show the reverse
(parts under chapters, books under parts)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from policyaudit.ingest.numbering import ARTICLE_RANK, Mark
from policyaudit.ingest.pieces import Piece

_SURE = 2  # times that the numbers of an inner division must begin anew


def ranks(pieces: Sequence[Piece]) -> dict[str, int]:
    """The rank of each sort of division of a document, by how it is cited."""
    marks = [
        piece.mark
        for piece in pieces
        if piece.mark is not None and piece.mark.unit is not None and piece.mark.unit.rank < ARTICLE_RANK and piece.mark.value
    ]
    found = {mark.unit.cite: mark.unit.rank for mark in marks if mark.unit is not None and mark.unit.unit != "annex"}
    for outer, inner in combinations(sorted(found, key=found.__getitem__), 2):
        if found[outer] < found[inner] and _reversed(marks, outer, inner):
            found[inner] = found[outer] - 1
    return found


def _reversed(marks: Sequence[Mark], outer: str, inner: str) -> bool:
    """Whether what the grammar has for the outer division begins anew within each of the inner, whose numbers run on."""
    last = {outer: 0.0, inner: 0.0}
    anew = back = 0
    for mark in marks:
        assert mark.unit is not None
        cite, value = mark.unit.cite, mark.value or 0.0
        if cite == inner and value < last[inner]:
            back += 1  # as where a code has two halves
        if cite == outer and value == 1 < last[outer] and last[inner]:
            anew += 1
        if cite in last:
            last[cite] = value
    return anew >= _SURE and anew > 2 * back
