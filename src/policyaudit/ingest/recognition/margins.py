"""The notes that old statutes print beside their text, in the picture of a page: where the text ends and the margin begins.

Most lines of such a page end at the same place, and some go on beyond it after a strip of white: these are two lines, one of
the text and one of a note, which the search for lines took for one. They are cut there. On a page in columns as much stands
beyond that place as before it, so nothing is cut.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from policyaudit.ingest.recognition.ruling import Box, Ruling, Stroke, ink_of

_LEAST = 6  # lines that begin, or end, at one place
_SHARE = 0.4  # of the long lines of the page, that they are at least
_LONG = 0.6  # of the width of the wide lines, from which a line is long
_SAME = 0.5  # heights of a line, within which two lines end at one place
_BEYOND = 1.2  # heights of a line, by which one reaches into the margin at least
_LABEL = 2.0  # heights of a line, that most notes are wider than: less are numbers and letters of a list
_WHITE = 0.2  # heights of a line, that the white between text and note is wide at least
_WIDEST = 0.5  # of the width of the text, that a note may be
_MOST = 0.5  # of the long lines, that may stand beside the text
_SMALLER = 0.95  # of the height of the text, that of notes at most


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the text begins and ends, None where nothing stands beside it, in pixels; and the places at which lines that
    reach from the text into a note are to be cut: (x, from y, to y)."""

    left: float | None = None
    right: float | None = None
    cuts: tuple[Stroke, ...] = ()

    def beside(self, left: float, right: float) -> bool:
        """Whether what stands between two edges stands in a margin."""
        middle = (left + right) / 2
        return (self.left is not None and middle < self.left) or (self.right is not None and middle > self.right)


NO_MARGINS = Margins()


def margins(image: Any, boxes: Sequence[Box], rules: Ruling) -> Margins:
    """The margins with notes of a page: a grey image that stands straight, the boxes of its lines, the rules of its tables."""
    lines = [box for box in boxes if box[2] - box[0] > box[3] - box[1] and not _in_table(box, rules)]
    if len(lines) < _LEAST:
        return NO_MARGINS
    widths = sorted(box[2] - box[0] for box in lines)
    wide = widths[len(widths) * 3 // 4]
    long = [box for box in lines if box[2] - box[0] >= _LONG * wide]
    right = _edge([box[2] for box in long], [box[3] - box[1] for box in long], last=True)
    left = _edge([box[0] for box in long], [box[3] - box[1] for box in long], last=False)
    if left is None or right is None or not any(box[2] < left or box[0] > right or _crosses(box, left, right) for box in lines):
        return NO_MARGINS
    ink = ink_of(image)
    mirrored = [(-box[2], box[1], -box[0], box[3]) for box in lines]
    to_right = _notes(ink, lines, long, left, right)
    to_left = _notes(ink[:, ::-1], mirrored, [(-b[2], b[1], -b[0], b[3]) for b in long], -right, -left)
    cuts = [*(to_right or ()), *((-x, top, bottom) for x, top, bottom in to_left or ())]
    return Margins(None if to_left is None else left, None if to_right is None else right, tuple(sorted(cuts)))


def _in_table(box: Box, rules: Ruling) -> bool:
    middle = (box[1] + box[3]) / 2
    return any(top < middle < bottom for _, top, bottom in rules.down)


def _crosses(box: Box, left: float, right: float) -> bool:
    high = box[3] - box[1]
    return box[2] > right + _BEYOND * high or box[0] < left - _BEYOND * high


def _edge(places: Iterable[float], heights: Iterable[float], *, last: bool) -> float | None:
    """Where most of the lines end; None where they end everywhere."""
    ends = sorted(places)
    slack = _SAME * median(heights)
    counts = [(bisect_right(ends, end + slack) - bisect_left(ends, end - slack), end) for end in ends]
    count, edge = max(counts, key=lambda one: (one[0], one[1] if last else -one[1]))
    return edge if count >= max(_LEAST, _SHARE * len(ends)) else None


def _notes(ink: Any, lines: Sequence[Box], long: Sequence[Box], left: float, right: float) -> list[Stroke] | None:
    """The places where lines are to be cut at the right edge of the text; None where what stands beyond it is no note."""
    cuts: list[Stroke] = []
    widths: list[float] = []
    alone: list[float] = []
    offset = ink.shape[1] if right <= 0 else 0  # the picture seen in the mirror runs from minus its width to 0
    for box in lines:
        high = box[3] - box[1]
        if box[0] >= right - _SAME * high:
            widths.append(box[2] - box[0])
            alone.append(high)
        elif box[2] > right + _BEYOND * high:
            gap = _gap(ink, box, right + offset)
            if gap is None:
                if abs(box[0] + box[2] - left - right) < 4 * high:  # a heading, set at the middle
                    continue
                return None
            cuts.append((gap - offset, box[1], box[3]))
            widths.append(box[2] - right)
    text = median(box[3] - box[1] for box in long)
    if not widths or len(widths) > _MOST * len(long) or max(widths) > _WIDEST * (right - left):
        return None
    if median(widths) < _LABEL * text or (alone and median(alone) > _SMALLER * text):
        return None
    return cuts


def _gap(ink: Any, box: Box, edge: float) -> float | None:
    """The middle of the strip of white about the edge of the text, in the picture of a line; None where there is none."""
    high = box[3] - box[1]
    begin, end = int(edge - high), int(edge + high)
    strip = ink[int(box[1] + 0.15 * high) : int(box[3] - 0.1 * high), max(begin, 0) : end]
    if not strip.size:
        return None
    best, since = (0, 0), None
    for place, dark in enumerate([*(strip > 0).any(axis=0).tolist(), True]):
        if not dark:
            since = place if since is None else since
        elif since is not None:
            best, since = max(best, (place - since, since)), None
    middle = max(begin, 0) + best[1] + best[0] / 2
    return middle if best[0] >= _WHITE * high and abs(middle - edge) <= _SAME * high else None
