"""The bullets of lists that are drawn and not printed, as browsers do when they make a PDF of a web page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from policyaudit.ingest.marks import begins_unit
from policyaudit.ingest.readers.pdf.asking import Box
from policyaudit.ingest.readers.pdf.lines import Line, turn_point

LEAST_SIGNS = 2  # of one size beside the lines of a page: a single one may be anything
MOST_SIGNS = 200  # small shapes of a page with more are a drawing
FARTHEST = 3.0  # from its line, in letter sizes
SMALLEST, LARGEST = 0.15, 0.75  # in letter sizes


def give_bullets(signs: Sequence[Box], lines: Iterable[Line], turn: int) -> None:
    """Puts a bullet before every line that has a small round or square shape to its left, where a page has several of one size.
    ``signs`` are the boxes of such shapes as they stand on the page, ``turn`` is the direction of its text."""
    if not LEAST_SIGNS <= len(signs) <= MOST_SIGNS:
        return
    turned = [turn_point(x0, y0, turn) + turn_point(x1, y1, turn) for x0, y0, x1, y1 in signs]
    places = [(min(x0, x1), max(x0, x1), (y0 + y1) / 2) for x0, y0, x1, y1 in turned]
    found = [(line, sign) for line in lines if (sign := _beside(line, places)) is not None]
    sizes = Counter(round(right - left) for _, (left, right, _) in found)
    for line, (left, right, _) in found:
        if sizes[round(right - left)] >= LEAST_SIGNS:
            line.text = f"• {line.text}"
            line.x0 = left


def _beside(line: Line, signs: Sequence[tuple[float, float, float]]) -> tuple[float, float, float] | None:
    """The sign before the first letter of a line, which has none of its own."""
    for left, right, middle in signs:
        if not SMALLEST * line.size < right - left < LARGEST * line.size:
            continue
        if line.base - 0.1 * line.size < middle < line.base + 0.75 * line.size and 0 < line.x0 - right < FARTHEST * line.size:
            return None if line.turned or begins_unit(line.text) else (left, right, middle)
    return None
