"""Phrases near each other: the parts of a term in their order, in one sentence, with a bounded number of words between."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

Hit = tuple[int, int]  # first token, one past the last


def find(parts: Sequence[Sequence[Hit]], gaps: Sequence[int], sentence_of: Sequence[int], places: Sequence[int]) -> list[Hit]:
    """Where the parts follow one another. ``parts[i]`` are the hits of the i-th part in order, ``sentence_of`` gives each
    token's sentence, ``places`` the number of words before it (a comma is none). From each hit of the first part the nearest
    continuation that leads to the end is taken."""

    def last(part: int, end: int) -> int | None:
        """Where a run ends that goes on with ``part`` after the word before ``end``; the nearest way that leads to the end."""
        if part == len(parts):
            return end
        hits, gap = parts[part], gaps[part - 1]
        for at in range(bisect_left(hits, (end, 0)), len(hits)):
            first, after = hits[at]
            if places[first] - places[end - 1] - 1 > gap or sentence_of[first] != sentence_of[end - 1]:
                return None
            run = last(part + 1, after)
            if run is not None:
                return run
        return None

    return [(start, run) for start, end in parts[0] if (run := last(1, end)) is not None]
