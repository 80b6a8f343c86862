"""From the stretches of text on a page to its lines in the order in which they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, takewhile
from statistics import median

from policyaudit.ingest.readers.pdf.lines import WIDE_GAP, Line

LEAST_LINES = 3  # on each side of a gutter
MANY_LINES = 12
INITIAL = 1.7  # letter sizes of the text that a large initial is high at least
GUTTER = 5.0  # points at the least
FIGURE = 5.0  # letter sizes: white over the whole width of a page, this high, is a figure, over and under which columns are read


@dataclass(slots=True)
class Column:
    """Lines under one another, from the top down, between the same margins."""

    lines: list[Line]
    left: float
    right: float


def page_columns(pieces: list[Line]) -> list[Column]:
    """The columns of a page in reading order; a page without gutters is one column."""
    columns: list[Column] = []
    if any(len(piece.text) == 1 for piece in pieces):
        pieces = _with_initials(pieces)
    for group in _split([piece for piece in pieces if not piece.marginal]):
        lines = joined_pieces(group)
        if lines:
            columns.append(Column(lines, min(line.x0 for line in lines), max(line.x1 for line in lines)))
    for note in (piece for piece in pieces if piece.marginal):
        _place_note(note, columns)
    return columns


def _with_initials(pieces: list[Line]) -> list[Line]:
    """The pieces, with a large initial that reaches down beside several lines put before the first of them. A word of one letter
    stays a word: then the line begins with a space, further right than those under it."""
    kept = list(pieces)
    for initial in [piece for piece in pieces if len(piece.text) == 1 and piece.text.isupper()]:
        beside = [
            line
            for line in pieces
            if INITIAL * line.size < initial.size
            and -1 < line.x0 - initial.x1 < line.size
            and initial.base - 0.3 * line.size < line.base < initial.top
        ]
        beside.sort(key=lambda line: -line.base)
        if len(beside) > 1:
            first, second = beside[:2]
            first.text = initial.text + (" " if first.x0 - second.x0 > 0.15 * first.size else "") + first.text
            kept = [piece for piece in kept if piece is not initial]
    return kept


def _place_note(note: Line, columns: list[Column]) -> None:
    """Puts a marginal note before the line beside which it begins, the highest of those that are not above it."""
    below = [
        (-line.base, number, place)
        for number, column in enumerate(columns)
        for place, line in enumerate(column.lines)
        if line.base <= note.base and not line.marginal
    ]
    if below:
        _, number, place = min(below)
        columns[number].lines.insert(place, note)
    elif columns:
        columns[-1].lines.append(note)


def marginal_notes(pieces: list[Line], size: float) -> list[Line]:
    """The pieces of a page with small print beside its text gathered into notes, each one piece that stands just above the
    line beside which it begins. ``size`` is that of the text."""
    text = [piece for piece in pieces if piece.size >= 0.95 * size and len(piece.text) > 20]
    small = [piece for piece in pieces if piece.size <= 0.88 * size and piece.table < 0]
    if len(text) < LEAST_LINES or not small:
        return pieces
    left, right = min(piece.x0 for piece in text), max(piece.x1 for piece in text)
    top, bottom = max(piece.base for piece in text), min(piece.base for piece in text)
    high = [piece for piece in small if bottom - size <= piece.base <= top + size]
    sides = ([piece for piece in high if piece.x1 <= left + 1], [piece for piece in high if piece.x0 >= right - 1])
    # Small print as wide as the text is a column of it, as where two acts share the page of a gazette.
    beside = [piece for side in sides if side and median(map(_width, side)) <= 0.5 * (right - left) for piece in side]
    if not beside:
        return pieces
    notes: list[list[Line]] = []
    for line in joined_pieces(beside):
        if notes and notes[-1][-1].base - line.base <= 1.5 * line.size and abs(notes[-1][-1].x0 - line.x0) < 4 * size:
            notes[-1].append(line)
        else:
            notes.append([line])
    gathered = [
        Line(
            "\n".join(line.text for line in note),
            min(line.x0 for line in note),
            max(line.x1 for line in note),
            note[0].base + 0.3 * size,
            note[0].size,
            False,
            note[0].start,
            0,
            marginal=True,
        )
        for note in notes
    ]
    taken = {id(piece) for piece in beside}
    return [piece for piece in pieces if id(piece) not in taken] + gathered


def _width(piece: Line) -> float:
    return piece.x1 - piece.x0


def joined_pieces(pieces: list[Line]) -> list[Line]:
    """Pieces on one base line made one line, raised signs too; the lines from the top down."""
    if all(
        before.base - after.base > 0.6 * before.size and before.base - after.base > 0.6 * after.size
        for before, after in pairwise(pieces)
    ):
        return pieces
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.base, piece.x0)):
        for row in reversed(rows[-3:]):
            if _same_line(row, piece):
                row.append(piece)
                break
        else:
            rows.append([piece])
    return [row[0] if len(row) == 1 else _one_line(row) for row in rows]


def _same_line(row: list[Line], piece: Line) -> bool:
    if piece.table >= 0 or row[0].table >= 0:
        return False
    large = row[0] if len(row) == 1 else max(row, key=lambda line: line.size)
    apart = abs(large.base - piece.base)
    if apart > 0.6 * large.size and apart > 0.6 * piece.size:
        return False  # further than any raised sign
    if apart > 0.25 * max(large.size, piece.size):
        small, big = sorted((piece, large), key=lambda line: line.size)
        raised = small.size < 0.8 * big.size or len(small.text) <= 3
        if not raised or not -0.35 * big.size <= small.base - big.base <= 0.6 * big.size:
            return False
    # The boxes of recognised lines have a margin, with which they reach into one another.
    for line in row:
        slack = min(piece.size, (line.x1 - line.x0) / 2, (piece.x1 - piece.x0) / 2) if piece.recognised else 1.5
        if piece.x0 < line.x1 - slack and line.x0 < piece.x1 - slack:
            return False
    return True


def _one_line(row: list[Line]) -> Line:
    row.sort(key=lambda line: line.x0)
    large = max(row, key=lambda line: (line.size * min(len(line.text), 3), len(line.text)))
    text = row[0].text
    for before, after in pairwise(row):
        gap = " " if after.recognised or after.x0 - before.x1 > 0.2 * large.size else ""
        text += gap + after.text
    return Line(
        text,
        row[0].x0,
        max(line.x1 for line in row),
        large.base,
        large.size,
        all(line.bold for line in row),
        row[0].start,
        sum(line.count for line in row),
        tab=row[1].x0 - row[0].x1 > WIDE_GAP * large.size,
        tail=row[-1].text.isdigit() and row[-1].x0 - row[-2].x1 > 2 * large.size,
        recognised=any(line.recognised for line in row),
    )


def _split(pieces: list[Line]) -> list[list[Line]]:
    """The pieces in groups in reading order, each with one column."""
    if len(pieces) < 2 * LEAST_LINES:
        return [pieces] if pieces else []
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    best: tuple[int, float, list[tuple[list[Line], list[Line]]]] | None = None
    for middle in _gutters(pieces, left, right):
        bands = _bands(pieces, middle, (left + right) / 2)
        gain = sum(_letters(one) + _letters(two) for one, two in bands if _is_pair(one, two, right - left))
        if gain and (best is None or gain > best[0]):
            best = (gain, middle, bands)
    if best is None:
        return [pieces]
    groups: list[list[Line]] = []
    plain: list[Line] = []
    for one, two in best[2]:
        # Once the page has this gutter, a short remainder on both sides of it is a pair of columns too.
        if one and two and (_is_pair(one, two, right - left) or min(len(one), len(two)) > 1):
            if plain:
                groups.append(plain)
                plain = []
            groups += _split(one) + _split(two)
        else:
            plain += one + two
    return groups + ([plain] if plain else [])


def _letters(pieces: list[Line]) -> int:
    return sum(len(piece.text) for piece in pieces)


def _gutters(pieces: list[Line], left: float, right: float) -> list[float]:
    """Where gutters may be: before the left edge of many lines, and where hardly a line passes."""
    beyond = left + 0.2 * (right - left)
    counts = Counter(int(piece.x0 // 3) for piece in pieces if piece.x0 > beyond)
    if sum(counts.values()) < LEAST_LINES:
        return []
    strong = [(counts[slot] + counts[slot + 1], slot) for slot in counts]
    strong = sorted((item for item in strong if item[0] >= LEAST_LINES), key=lambda item: (-item[0], item[1]))[:4]
    edges = [min(piece.x0 for piece in pieces if slot * 3 <= piece.x0 < slot * 3 + 6) for _, slot in strong]
    return [edge - 2 for edge in edges] + _clear_strips(pieces, beyond, right - 0.2 * (right - left))


def _clear_strips(pieces: list[Line], begin: float, end: float) -> list[float]:
    """The middles of the widest strips down the page that hardly a piece passes, and of the emptiest stretch of each; a scan
    set askew has no common edge."""
    width = int(end - begin)
    changes = [0] * (width + 2)
    for piece in pieces:
        changes[min(max(int(piece.x0 - begin), 0), width)] += 1
        changes[min(max(int(piece.x1 - begin) + 1, 0), width + 1)] -= 1
    most = max(2, len(pieces) // 8)
    strips: list[tuple[int, int]] = []  # (-width, beginning)
    heights: list[int] = []  # how many pieces pass at each place
    passing = 0
    since = None
    for place, change in enumerate(changes):
        passing += change
        heights.append(passing)
        if passing <= most and place < width:
            since = place if since is None else since
        elif since is not None:
            strips.append((since - place, since))
            since = None
    middles: dict[float, None] = {}
    for size, since in sorted(strips)[:3]:
        if -size >= GUTTER:
            middles |= {begin + since - size / 2: None, begin + _emptiest(heights, since, since - size): None}
    return list(middles)


def _emptiest(heights: Sequence[int], begin: int, end: int) -> float:
    """The middle of the longest stretch between two places that the fewest pieces pass: beside it the first lines of
    paragraphs may hang out of their column."""
    fewest = min(heights[begin:end])
    longest, place = (0, begin), begin
    for few, run in groupby(heights[begin:end], lambda height: height == fewest):
        length = len(list(run))
        if few and length > longest[0]:
            longest = (length, place)
        place += length
    return longest[1] + longest[0] / 2


def _bands(pieces: list[Line], middle: float, centre: float) -> list[tuple[list[Line], list[Line]]]:
    """The page in bands from the top down: (left, right) of a gutter; a piece across it is a band alone, and so is a title at the
    top that stands over the ``centre`` of the page, where that is the middle one of three columns."""
    bands: list[tuple[list[Line], list[Line]]] = []
    one: list[Line] = []
    two: list[Line] = []
    before = None
    pieces = sorted(pieces, key=lambda piece: -piece.base)
    alone = takewhile(_stands_alone, pairwise(pieces))
    titles = [id(piece) for piece, _ in alone if abs((piece.x0 + piece.x1) / 2 - centre) < 0.5 * piece.size]
    bands += [([piece], []) for piece in pieces if id(piece) in titles]
    for piece in pieces:
        if id(piece) in titles:
            continue
        if before is not None and before.base - piece.top > FIGURE * before.size and one and two:
            bands.append((one, two))
            one, two = [], []
        before = piece
        if piece.x1 <= middle + 1:
            one.append(piece)
        elif piece.x0 >= middle - 1:
            two.append(piece)
        else:
            if one or two:
                bands.append((one, two))
                one, two = [], []
            bands.append(([piece], []))
    if one or two:
        bands.append((one, two))
    return bands


def _stands_alone(two: tuple[Line, Line]) -> bool:
    """Whether the first of two pieces stands above all of the second."""
    return two[0].base - two[1].base > 0.8 * two[1].size


def _is_pair(one: list[Line], two: list[Line], width: float) -> bool:
    """Whether the two sides are columns of running text, not labels with values or a list with hanging numbers."""
    if min(len(one), len(two)) < LEAST_LINES:
        return False
    for side in (one, two):
        left, right = min(piece.x0 for piece in side), max(piece.x1 for piece in side)
        # The longer lines say how wide a column is: lists have short ones, and so have the names in drawings beside a text.
        widths = sorted(piece.x1 - piece.x0 for piece in side)[len(side) * (3 if len(side) >= MANY_LINES else 2) // 4]
        if right - left < 0.18 * width or _letters(side) < 15 * len(side):
            return False
        # A side with several columns has short lines for its width, yet long ones for the page.
        if widths < 0.5 * (right - left) and widths < 0.22 * width:
            return False
    top = min(one[0].base, two[0].base)
    bottom = max(one[-1].base, two[-1].base)
    least = min(one[0].base - one[-1].base, two[0].base - two[-1].base)
    return top - bottom >= 0.5 * least
