"""The ruling lines of a table in the picture of a page, and the white strips that part columns where no lines are drawn.

Rules are long thin strokes, found by what is left of the ink when all short strokes are wiped away. The rules across come
first; a wall counts only where it stands between two of them from top to bottom, so that letters under one another, the edge
of the paper and the grain of a bad copy are no walls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

Box = tuple[float, float, float, float]  # left, top, right, bottom
Stroke = tuple[float, float, float]  # place across, from, to

SAME = 10.0  # pixels within which two strokes are one
_GRAIN = 51  # pixels of the neighbourhood that tells ink from paper
_DARKER = 25  # by how much ink is darker than it
_ACROSS, _DOWN = 80, 45  # the shortest strokes, in pixels at 200 dots an inch
_TORN = 9  # pixels of a gap that is mended in a stroke
_SHARE = 0.2  # of the width of the page, that a rule across spans at least
_WHOLE = 0.8  # of a rule, that its longest stroke spans, from which that tells where the rule is
_WIDE = 0.4  # of the width of the page, that such a stroke spans: more than smeared letters do
_SPAN = 0.9  # of a row's height, that a wall covers at least
_SPECK = 14  # pixels of ink that are no letter
_FAINT = 0.33  # of the contrast of the clearest rule: what has less is the grain of the copy
_LOW = 100  # pixels: in a row as low as that, a letter may reach from rule to rule
_NARROW = 5  # pixels of the narrowest white strip between two heads
_LEAST = 6  # lines of text in an open table


@dataclass(frozen=True, slots=True)
class Ruling:
    """The rules of a page in pixels, y downwards: (y, from x, to x) across and (x, from y, to y) down. ``open`` are the
    tables, as (left, top, right, bottom), whose columns are parted by white space: their walls are not drawn."""

    across: tuple[Stroke, ...] = ()
    down: tuple[Stroke, ...] = ()
    open: tuple[Box, ...] = ()


NO_RULES = Ruling()


@dataclass(slots=True)
class _Band:
    """What lies between a rule and the next one below it."""

    left: float
    top: float
    right: float
    bottom: float
    walls: list[float]


def ruling(image: Any, boxes: Sequence[Box]) -> Ruling:
    """The rules of the tables on a page: a grey image that stands straight, and the boxes of its lines of text."""
    ink = ink_of(image)
    strength = {rule: _contrast(image.T, *rule) for rule in _across(ink) if not _through_text(rule, boxes)}
    faint = _FAINT * max(strength.values(), default=0.0)
    across = [rule for rule, contrast in strength.items() if contrast >= faint]
    if len(across) < 2:
        return NO_RULES
    bands = _bands(across)
    _find_walls(bands, [one for one in _strokes(ink, down=True) if _contrast(image, *one) >= faint], boxes)
    tables = _tables([band for band in bands if len(band.walls) >= 3])
    closed = [_box(table) for table in tables]
    down = [(x, band.top, band.bottom) for table in tables for band in table for x in band.walls]
    opened: list[Box] = []
    ink = _without_specks(ink)
    for above, under, end in zip(across, across[1:], across[2:], strict=False):
        box = (min(above[1], end[1]), above[0], max(above[2], end[2]), end[0])
        if _alike(above, under) and _alike(under, end) and not any(_overlap(box, other) for other in (*closed, *opened)):
            strips = _strips(ink, box, under[0], boxes)
            if strips:
                opened.append(box)
                down += [(x, box[1], box[3]) for x in (box[0], *strips, box[2])]
    kept = [rule for rule in across if any(b[1] - 1 <= rule[0] <= b[3] + 1 for b in (*closed, *opened))]
    return Ruling(_rounded(kept), _rounded(down), tuple(opened))


def _rounded(strokes: list[Stroke]) -> tuple[Stroke, ...]:
    return tuple((round(place, 1), round(begin, 1), round(end, 1)) for place, begin, end in strokes)


def ink_of(image: Any) -> Any:
    """What is darker than the paper around it, as 255 on 0."""
    import cv2

    return cv2.adaptiveThreshold(image, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _GRAIN, _DARKER)


def _strokes(ink: Any, *, down: bool) -> list[Stroke]:
    """The long thin strokes in one direction."""
    import cv2
    import numpy

    if down:
        ink = numpy.ascontiguousarray(ink.T)
    least = _DOWN if down else _ACROSS
    # A stroke that leans a little is whole again once it is made thicker.
    thick = cv2.dilate(ink, numpy.ones((3, 1), numpy.uint8))
    mended = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, numpy.ones((1, _TORN), numpy.uint8))
    left = cv2.morphologyEx(mended, cv2.MORPH_OPEN, numpy.ones((1, least), numpy.uint8))
    _, _, found, _ = cv2.connectedComponentsWithStats(left)
    return [
        (y + high / 2, float(x), float(x + wide)) for x, y, wide, high, _ in found[1:].tolist() if high <= 1.4 * SAME + wide / 60
    ]


def _across(ink: Any) -> list[Stroke]:
    """The rules across, their pieces joined, those of a double rule too, from the top down."""
    width = ink.shape[1]
    lines: list[list[Stroke]] = []
    for stroke in sorted(_strokes(ink, down=False)):
        for line in lines[-4:]:
            if abs(sum(one[0] for one in line) / len(line) - stroke[0]) <= SAME:
                line.append(stroke)
                break
        else:
            lines.append([stroke])
    rules = []
    for line in lines:
        for begin, end, pieces in _runs([(one[1], one[2]) for one in line], 4 * SAME):
            if end - begin >= _SHARE * width and pieces >= 0.75 * (end - begin):
                inside = [one for one in line if begin <= one[1] and one[2] <= end]
                longest = max(inside, key=lambda one: one[2] - one[1])
                if longest[2] - longest[1] >= max(_WHOLE * (end - begin), _WIDE * width):
                    inside = [longest]  # the others may be the letters that stand close under it
                length = sum(one[2] - one[1] for one in inside)
                rules.append((sum(one[0] * (one[2] - one[1]) for one in inside) / length, begin, end))
    return sorted(rules)


def _runs(pieces: list[tuple[float, float]], gap: float) -> list[tuple[float, float, float]]:
    """(from, to, how much of it is covered) of the pieces that follow one another without a wider gap."""
    runs: list[list[float]] = []
    for begin, end in sorted(pieces):
        if runs and begin <= runs[-1][1] + gap:
            runs[-1][2] += max(0.0, end - max(begin, runs[-1][1]))
            runs[-1][1] = max(runs[-1][1], end)
        else:
            runs.append([begin, end, end - begin])
    return [(begin, end, covered) for begin, end, covered in runs]


def _through_text(rule: Stroke, boxes: Sequence[Box]) -> bool:
    """Whether most of a stroke runs through the middle of lines: it is made of their letters."""
    y, x0, x1 = rule
    through = 0.0
    for left, top, right, bottom in boxes:
        quarter = 0.25 * (bottom - top)
        if top + quarter < y < bottom - quarter:
            through += max(0.0, min(x1, right) - max(x0, left))
    return through > 0.3 * (x1 - x0)


def _cuts_lines(x: float, boxes: Sequence[Box]) -> bool:
    """Whether most lines about a wall go through it. One or two lines of neighbouring cells may be taken for one; not most."""
    through = sum(left + SAME < x < right - SAME for left, _, right, _ in boxes)
    ending = sum(min(abs(left - x), abs(right - x)) <= 2 * SAME for left, _, right, _ in boxes)
    return through >= 3 and through > ending


def _bands(across: list[Stroke]) -> list[_Band]:
    """The rows between rules: each rule with the next one under it."""
    bands = []
    for at, (y, x0, x1) in enumerate(across):
        for low, begin, end in across[at + 1 :]:
            left, right = max(x0, begin), min(x1, end)
            if low - y > 1.5 * SAME and right - left >= 0.6 * min(x1 - x0, end - begin):
                bands.append(_Band(min(x0, begin), y, max(x1, end), low, []))
                break
    return bands


def _find_walls(bands: list[_Band], uprights: list[Stroke], boxes: Sequence[Box]) -> None:
    """Gives each band that has text in it its walls. In a low one a letter may reach from rule to rule: there only those walls
    count that a higher band above or below has too, or with which they are as high as no letter is."""
    for band in bands:
        inside = [box for box in boxes if band.top < (box[1] + box[3]) / 2 < band.bottom]
        band.walls = [x for x in _walls(uprights, band) if not _cuts_lines(x, inside)] if inside else []
        band.walls += _open_sides(band, inside)
    found = [sorted(band.walls) for band in bands]
    for band, walls in zip(bands, found, strict=True):
        if _height(band) < _LOW:
            near = [at for at, one in enumerate(bands) if one.top == band.bottom or one.bottom == band.top]
            tall = [at for at in near if found[at] and _height(bands[at]) >= _LOW]
            together = [at for at in near if found[at] and _height(bands[at]) + _height(band) >= _LOW]
            high = [wall for at in tall or together for wall in found[at]]
            band.walls = [wall for wall in walls if any(abs(wall - other) <= 2 * SAME for other in high)]


def _height(band: _Band) -> float:
    return band.bottom - band.top


def _open_sides(band: _Band, boxes: Sequence[Box]) -> list[float]:
    """The ends of the rules of a band, where there is text between them and the last wall, and no wall at the side."""
    if len(band.walls) < 2:
        return []
    first, last = min(band.walls), max(band.walls)
    middles = [(left + right) / 2 for left, _, right, _ in boxes]
    sides = [band.left] if any(band.left - SAME < x < first for x in middles) else []
    return sides + ([band.right] if any(last < x < band.right + SAME for x in middles) else [])


def _walls(uprights: list[Stroke], band: _Band) -> list[float]:
    """Where uprights stand in a band from top to bottom."""
    top, bottom = band.top + SAME / 2, band.bottom - SAME / 2
    walls: list[list[Stroke]] = []
    for x, y0, y1 in sorted(uprights):
        if not (band.left - 2 * SAME <= x <= band.right + 2 * SAME and y0 < bottom and y1 > top):
            continue
        if walls and x - walls[-1][0][0] <= SAME:
            walls[-1].append((x, y0, y1))
        else:
            walls.append([(x, y0, y1)])
    found = []
    for wall in walls:
        covered = sum(run[2] for run in _runs([(max(y0, top), min(y1, bottom)) for _, y0, y1 in wall], 0))
        if covered >= _SPAN * (bottom - top):
            found.append(sum(x for x, _, _ in wall) / len(wall))
    return found


def _tables(bands: list[_Band]) -> list[list[_Band]]:
    """The bands that follow one another, with their walls set under one another."""
    tables: list[list[_Band]] = []
    for band in bands:
        if tables and tables[-1][-1].bottom == band.top:
            tables[-1].append(band)
        else:
            tables.append([band])
    for table in tables:
        places: list[list[float]] = []
        for wall in sorted(wall for band in table for wall in band.walls):
            if places and wall - places[-1][-1] <= SAME:
                places[-1].append(wall)
            else:
                places.append([wall])
        middle = {wall: sum(place) / len(place) for place in places for wall in place}
        for band in table:
            band.walls = sorted({middle[wall] for wall in band.walls})
    return tables


def _box(table: list[_Band]) -> Box:
    return table[0].walls[0], table[0].top, table[0].walls[-1], table[-1].bottom


def _alike(one: Stroke, other: Stroke) -> bool:
    """Whether two rules begin and end under one another."""
    return abs(one[1] - other[1]) <= 2.5 * SAME and abs(one[2] - other[2]) <= 2.5 * SAME


def _contrast(image: Any, place: float, begin: float, end: float) -> float:
    """By how much a stroke down is darker than what stands beside it: the grain of a bad copy is so by little."""
    import numpy

    x, part = round(place), image[round(begin) : round(end)].astype(numpy.int16)
    beside = numpy.concatenate([part[:, max(0, x - 14) : max(1, x - 6)], part[:, x + 7 : x + 15]], axis=1)
    middle = part[:, max(0, x - 3) : x + 4]
    if not middle.size or not beside.size:
        return 0.0
    return float((numpy.median(beside, axis=1) - middle.min(axis=1)).mean())


def _without_specks(ink: Any) -> Any:
    import cv2
    import numpy

    _, labels, found, _ = cv2.connectedComponentsWithStats(ink)
    large = found[:, cv2.CC_STAT_AREA] >= _SPECK
    large[0] = False
    return large[labels].astype(numpy.uint8)


def _strips(ink: Any, box: Box, under: float, boxes: Sequence[Box]) -> list[float]:
    """The middles of the white strips that run down a table from its first rule to its last, by the second of them, which
    parts the heads from the rows; empty where they part no columns with a head over each."""
    left, top, right, bottom = (round(edge) for edge in box)
    high = [low - above for _, above, _, low in boxes if top < (above + low) / 2 < bottom]
    if len(high) < _LEAST or under - top > bottom - under:
        return []
    line = median(high)
    thick = round(SAME)
    head, body = ink[top + thick : round(under) - thick, left:right], ink[round(under) + thick : bottom - thick, left:right]
    if not len(head) or not len(body) or len(head) > 5 * line:
        return []
    white = (head.sum(axis=0) + body.sum(axis=0)) <= 1
    # Columns may stand so close that no more than the space of a word is between them: then the heads tell them apart.
    by_heads = _stretches(head.any(axis=0), 0.8 * line)
    for columns in (by_heads, _stretches(~white, 0.45 * line)):
        strips = [_widest(white, before[1], after[0], _NARROW) for before, after in pairwise(columns)]
        walls = [strip for strip in strips if strip is not None]
        if len(columns) < 3 or len(walls) < len(strips):
            continue
        edges = [0, *(round(wall) for wall in walls), right - left]
        filled = [[bool(part[:, begin:end].any()) for begin, end in pairwise(edges)] for part in (head, body)]
        if all(sum(part) >= max(3, len(columns) - 1) for part in filled):
            return [left + wall for wall in walls]
    return []


def _stretches(inked: Any, gap: float) -> list[tuple[int, int]]:
    """(from, to) of what is inked without a wider gap."""
    found: list[tuple[int, int]] = []
    for x in inked.nonzero()[0].tolist():
        if found and x - found[-1][1] < gap:
            found[-1] = found[-1][0], x
        else:
            found.append((x, x))
    return found


def _widest(white: Any, begin: int, end: int, least: int) -> float | None:
    """The middle of the widest white stretch that touches these two places or lies between them; None if all are narrow."""
    runs = [(one, two) for one, two in _stretches(white, 2) if one < end and two > begin and two - one >= least]
    if not runs:
        return None
    one, two = max(runs, key=lambda run: run[1] - run[0])
    return (one + two) / 2


def _overlap(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] - SAME and two[1] < one[3] - SAME
