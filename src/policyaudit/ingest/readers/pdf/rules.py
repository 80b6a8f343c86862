"""The ruled lines of a page, and the grids of cells that they make."""

from __future__ import annotations

import ctypes
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import compress, repeat

import pypdfium2.raw as pdfium

from policyaudit.ingest.readers.pdf.asking import (
    Box,
    Handle,
    OpenPage,
    count_objects,
    count_segments,
    get_bounds,
    get_draw_mode,
    get_object,
    get_object_matrix,
    get_point,
    get_segment,
    get_segment_type,
    get_type,
)
from policyaudit.ingest.readers.pdf.lines import Line, turn_point

THIN = 3.0  # a box thinner than this is a line
SNAP = 3.5  # lines nearer than this are one
LEAST = 6.0  # a shorter line is part of a letter or a mark
LEAST_SIGN = 1.5  # a smaller shape is no bullet
LEAST_LEVELS = 4  # rules across without any down that may be those of a table
LONGEST_HEAD = 60  # letters of a line of its heads
MOST_RULES = 4000  # a page with more is a drawing, and no table is looked for

Rule = tuple[float, float, float]  # place across, from, to
Rules = tuple[list[Rule], list[Rule]]  # across, down


@dataclass(slots=True)
class Area:
    """One cell of a grid: rows ``row`` to ``last_row``, columns ``column`` to ``last_column``, both included."""

    row: int
    column: int
    last_row: int
    last_column: int


@dataclass(slots=True)
class Grid:
    """A ruled table. ``xs`` run left to right and ``ys`` from the top down; ``areas`` stand row by row."""

    xs: list[float]
    ys: list[float]
    areas: list[Area] = field(default_factory=list)

    def area_at(self, x: float, y: float) -> Area | None:
        column = bisect_right(self.xs, x) - 1
        row = bisect_right([-edge for edge in self.ys], -y) - 1
        for area in self.areas:
            if area.row <= row <= area.last_row and area.column <= column <= area.last_column:
                return area
        return None


def page_grids(page: OpenPage, textpage: Handle, lines: list[Line], turn: int) -> tuple[list[Grid], list[Box]]:
    """The grids with two columns at least, from the top of the page down; none within another. And the boxes of the shapes that
    may be the bullets of lists."""
    drawn, shaded, signs = _rules(page, turn)
    found: list[Grid] = []
    # The edges of coloured areas are rules only where no lines are drawn: shading also lies behind lines of text.
    for across, down in (drawn, (drawn[0] + shaded[0], drawn[1] + shaded[1])):
        if len(across) < 2 or len(down) < 2 or len(across) + len(down) > MOST_RULES:
            continue
        rules = _snapped(across), _snapped(down)
        found = _outer_grids(*rules)
        if found:
            clear = _clear_of_text(rules, textpage, lines, turn)
            found = found if clear == rules else _outer_grids(*clear)
            break
    if LEAST_LEVELS <= len(drawn[0]) <= MOST_RULES:
        found += [grid for grid in _level_grids(_snapped(drawn[0]), lines) if not any(_overlap(grid, other) for other in found)]
        found.sort(key=lambda grid: (-grid.ys[0], grid.xs[0]))
    return found, signs


def grids_of(across: list[Rule], down: list[Rule]) -> list[Grid]:
    """The grids that these rules make, as in ``page_grids``: those of a page that is a picture."""
    return _outer_grids(_snapped(across), _snapped(down))


def _overlap(one: Grid, two: Grid) -> bool:
    return one.ys[-1] < two.ys[0] and two.ys[-1] < one.ys[0] and one.xs[0] < two.xs[-1] and two.xs[0] < one.xs[-1]


def _level_grids(across: list[Rule], lines: list[Line]) -> list[Grid]:
    """The tables whose rows are ruled off and whose columns stand apart by white space only."""
    stacks: list[list[Rule]] = []
    for rule in sorted(across, key=lambda rule: -rule[0]):
        for stack in stacks:
            if abs(stack[-1][1] - rule[1]) < SNAP and abs(stack[-1][2] - rule[2]) < SNAP:
                stack.append(rule)
                break
        else:
            stacks.append([rule])
    return [grid for stack in stacks if len(stack) >= LEAST_LEVELS and (grid := _level_grid(stack, lines)) is not None]


def _level_grid(stack: list[Rule], lines: list[Line]) -> Grid | None:
    ys = [y for y, _, _ in stack]
    left, right = stack[0][1], stack[0][2]
    rows: list[list[Line]] = [[] for _ in ys[1:]]
    for line in lines:
        middle = line.base + 0.25 * line.size
        if ys[-1] < middle < ys[0] and line.x0 < right and line.x1 > left and not line.turned:
            if line.x0 < left - SNAP or line.x1 > right + 2 * line.size:
                return None
            rows[bisect_right([-y for y in ys], -middle) - 1].append(line)
    filled = [row for row in rows if row]
    if len(filled) < LEAST_LEVELS - 1:
        return None
    edges = _white_strips([line for row in filled for line in row], left, right)
    xs = [left, *edges, right]
    columns = [{bisect_right(xs, (line.x0 + line.x1) / 2) for line in row} for row in filled]
    if len(xs) < 3 or sum(len(here) > 1 for here in columns) < max(LEAST_LEVELS - 1, 0.7 * len(filled)):
        return None
    if len(xs) == 3 and all(line.text.strip().isdigit() for row in filled for line in row if line.x0 > xs[1]):
        return None  # headings with their page numbers
    if any(len(line.text) > LONGEST_HEAD for line in filled[0]) or len(filled[0]) > 2 * (len(xs) - 1):
        return None
    areas = [Area(row, column, row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)]
    return Grid(xs, ys, areas)


def _white_strips(lines: list[Line], left: float, right: float) -> list[float]:
    """The middles of the strips down a table in which nothing stands, where they are wide enough to part columns."""
    edges = []
    reach = left
    for line in sorted(lines, key=lambda line: line.x0):
        if line.x0 - reach > line.size and reach > left:
            edges.append((line.x0 + reach) / 2)
        reach = max(reach, line.x1)
    return [edge for edge in edges if left < edge < right]


def _outer_grids(across: list[Rule], down: list[Rule]) -> list[Grid]:
    grids = [grid for rules in _groups(across, down) if (grid := _grid(*rules)) is not None]
    grids.sort(key=lambda grid: (-grid.ys[0], grid.xs[0], grid.ys[-1]))
    outer: list[Grid] = []
    for grid in grids:
        if not any(_within(grid, other) for other in outer):
            outer.append(grid)
    return outer


def _clear_of_text(rules: Rules, textpage: Handle, lines: list[Line], turn: int) -> Rules:
    """The rules without those that run through letters or underline them: frames of links and marks, not walls of cells."""
    across = [(y, x0, x1) for y, x0, x1 in rules[0] if not any(_through(y, x0, x1, line) for line in lines if not line.turned)]
    down = []
    for x, y0, y1 in rules[1]:
        beside = [line for line in lines if y0 < line.base + 0.25 * line.size < y1 and not line.turned]
        through = [line for line in beside if line.x0 + 2 < x < line.x1 - 2]
        hits = 0
        for line in through:
            place = turn_point(x, line.base + 0.25 * line.size, (4 - turn) % 4)
            hits += pdfium.FPDFText_GetCharIndexAtPos(textpage.raw, *place, 0.0, 0.0) >= 0
        if hits < 3 and hits < max(1, 0.3 * len(beside)):
            down.append((x, y0, y1))
    return across, down


def _through(y: float, x0: float, x1: float, line: Line) -> bool:
    """Whether a rule across runs through a line, or along its base for no more than its length."""
    if line.x0 >= x1 or line.x1 <= x0:
        return False
    under = line.x0 - 2 <= x0 and x1 <= line.x1 + 2 and line.base - 0.35 * line.size < y
    return (under or line.base + 0.1 * line.size < y) and y < line.base + 0.5 * line.size


def _within(grid: Grid, other: Grid) -> bool:
    return (
        other.xs[0] - 1 <= grid.xs[0]
        and grid.xs[-1] <= other.xs[-1] + 1
        and grid.ys[0] <= other.ys[0] + 1
        and other.ys[-1] - 1 <= grid.ys[-1]
    )


def _rules(page: OpenPage, turn: int) -> tuple[Rules, Rules, list[Box]]:
    """(rules across, rules down) as drawn, and the same for the edges of areas that are only filled, in the frame in
    which the page's text is upright; and the boxes of small shapes, as high as they are wide, as they stand on the page."""
    signs: list[Box] = []
    drawn: Rules = ([], [])
    shaded: Rules = ([], [])
    bounds = array("f", (0.0,) * 4)
    places = [bounds.buffer_info()[0] + 4 * index for index in range(4)]
    modes = (ctypes.c_int * 2)()  # fill and stroke
    mode_places = ctypes.addressof(modes), ctypes.addressof(modes) + 4
    handle = ctypes.cast(page.raw, ctypes.c_void_p).value
    path = pdfium.FPDF_PAGEOBJ_PATH
    items = list(map(get_object, repeat(handle), range(count_objects(handle))))
    # Most of what stands on a page is text, and is passed over without a step of Python for each.
    for item in compress(items, map(path.__eq__, map(get_type, items))):
        if not get_bounds(item, *places):
            continue
        left, bottom, right, top = bounds
        width, height = right - left, top - bottom
        if width < LEAST and height < LEAST:
            if width > LEAST_SIGN and abs(width - height) < 0.2 * width:
                signs.append((left, bottom, right, top))
            continue
        if width < THIN or height < THIN:
            _add_box(drawn, (left, bottom, right, top), turn)
            continue
        if count_segments(item) <= 6:
            get_draw_mode(item, *mode_places)
            _add_box(drawn if modes[1] else shaded, (left, bottom, right, top), turn)
        else:
            for box in _strokes(item):
                _add_box(drawn, box, turn)
        if len(drawn[0]) + len(drawn[1]) > MOST_RULES:
            break
    return drawn, shaded, signs


def _add_box(rules: Rules, box: tuple[float, float, float, float], turn: int) -> None:
    across, down = rules
    one, two = turn_point(box[0], box[1], turn), turn_point(box[2], box[3], turn)
    x0, x1 = sorted((one[0], two[0]))
    y0, y1 = sorted((one[1], two[1]))
    if y1 - y0 < THIN:
        if x1 - x0 >= LEAST:
            across.append(((y0 + y1) / 2, x0, x1))
    elif x1 - x0 < THIN:
        if y1 - y0 >= LEAST:
            down.append(((x0 + x1) / 2, y0, y1))
    else:
        across += [(y0, x0, x1), (y1, x0, x1)]
        down += [(x0, y0, y1), (x1, y0, y1)]


def _strokes(item: int) -> list[tuple[float, float, float, float]]:
    """The upright and level strokes of a path that draws many lines at once."""
    matrix = (ctypes.c_float * 6)()
    get_object_matrix(item, ctypes.addressof(matrix))
    a, b, c, d, e, f = matrix
    point = array("f", (0.0, 0.0))
    places = point.buffer_info()[0], point.buffer_info()[0] + 4
    line = pdfium.FPDF_SEGMENT_LINETO
    last: tuple[float, float] | None = None
    found = []
    for index in range(min(count_segments(item), MOST_RULES)):
        segment = get_segment(item, index)
        get_point(segment, *places)
        x, y = point
        x, y = a * x + c * y + e, b * x + d * y + f
        if last is not None:
            x0, y0 = last
            straight = -0.7 < x - x0 < 0.7 or -0.7 < y - y0 < 0.7
            if straight and get_segment_type(segment) == line:
                found.append((min(x, x0), min(y, y0), max(x, x0), max(y, y0)))
        last = x, y
    return found


def _snapped(rules: list[Rule]) -> list[Rule]:
    """Rules that lie on one line, within a hair, made one where they touch."""
    rules.sort()
    lines: list[list[Rule]] = []
    for rule in rules:
        if lines and rule[0] - lines[-1][0][0] <= SNAP:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    snapped: list[Rule] = []
    for line in lines:
        place = sum(rule[0] for rule in line) / len(line)
        line.sort(key=lambda rule: rule[1])
        begin, end = line[0][1], line[0][2]
        for _, start, stop in line[1:]:
            if start <= end + SNAP:
                end = max(end, stop)
            else:
                snapped.append((place, begin, end))
                begin, end = start, stop
        snapped.append((place, begin, end))
    return snapped


def _groups(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The rules that hang together by crossing or touching."""
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for upright, (x, y0, y1) in enumerate(down, start=len(across)):
        for level, (y, x0, x1) in enumerate(across):
            if y0 - SNAP <= y <= y1 + SNAP and x0 - SNAP <= x <= x1 + SNAP:
                parent[root(upright)] = root(level)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, rule in enumerate([*across, *down]):
        groups.setdefault(root(index), ([], []))[index >= len(across)].append(rule)
    return list(groups.values())


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    xs = sorted({x for x, _, _ in down})
    ys = sorted({y for y, _, _ in across}, reverse=True)
    if len(xs) < 3 or not ys:
        return None
    # A row that runs over the page end has no rule there, only its upright ones go on.
    above, below = (sum(high > ys[0] + LEAST for _, _, high in down), sum(low < ys[-1] - LEAST for _, low, _ in down))
    if above > 1:
        ys.insert(0, max(high for _, _, high in down))
    if below > 1:
        ys.append(min(low for _, low, _ in down))
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 2 or rows < 1 or columns * rows < 3 or columns * rows > MOST_RULES:
        return None
    owner = list(range(columns * rows))

    def root(index: int) -> int:
        while owner[index] != index:
            index = owner[index]
        return index

    walls = [_at(down, x) for x in xs]
    levels = [_at(across, y) for y in ys]
    for row in range(rows):
        for column in range(columns):
            index = row * columns + column
            if column + 1 < columns and not _walled(walls[column + 1], ys[row + 1], ys[row]):
                owner[root(index + 1)] = root(index)
            if row + 1 < rows and not _walled(levels[row + 1], xs[column], xs[column + 1]):
                owner[root(index + columns)] = root(index)
    areas: dict[int, Area] = {}
    for row in range(rows):
        for column in range(columns):
            area = areas.setdefault(root(row * columns + column), Area(row, column, row, column))
            area.row, area.last_row = min(area.row, row), max(area.last_row, row)
            area.column, area.last_column = min(area.column, column), max(area.last_column, column)
    if len(areas) < 3:
        return None
    return Grid(xs, ys, sorted(areas.values(), key=lambda area: (area.row, area.column)))


def _at(rules: list[Rule], place: float) -> list[Rule]:
    return [rule for rule in rules if abs(rule[0] - place) < 0.1]


def _walled(rules: list[Rule], begin: float, end: float) -> bool:
    """Whether rules at one place cover most of the way from ``begin`` to ``end``."""
    covered = sum(max(0.0, min(end, stop) - max(begin, start)) for _, start, stop in rules)
    return covered >= 0.6 * (end - begin)
