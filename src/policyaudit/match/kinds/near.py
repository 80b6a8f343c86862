"""Phrases near each other: the parts of a term in their order, in one sentence, with a bounded number of words between."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

Hit = tuple[int, int]  # first token, one past the last


def find(parts: Sequence[Sequence[Hit]], gaps: Sequence[int], sentence_of: Sequence[int], places: Sequence[int]) -> list[Hit]:
    """Where the parts follow one another. ``parts[i]`` are the hits of the i-th part in order, ``sentence_of`` gives each
    token's sentence, ``places`` the number of words before it (a comma is none). From each hit of the first part the nearest
    continuation is taken."""
    found: list[Hit] = []
    for start, end in parts[0]:
        last = end
        for hits, gap in zip(parts[1:], gaps, strict=True):
            at = bisect_left(hits, (last, 0))
            if (
                at == len(hits)
                or places[hits[at][0]] - places[last - 1] - 1 > gap
                or sentence_of[hits[at][0]] != sentence_of[start]
            ):
                break
            last = hits[at][1]
        else:
            found.append((start, last))
    return found
