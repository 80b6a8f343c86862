"""The rows of the ruled tables of a page: which text stands in which cell."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from itertools import pairwise

from policyaudit.ingest.readers.pdf.asking import Handle, get_char_box
from policyaudit.ingest.readers.pdf.lines import Line, turn_point
from policyaudit.ingest.readers.pdf.rules import Area, Grid

FLOWING = 8  # a cell as wide as its table with more lines than this is a frame around running text


@dataclass(slots=True)
class TableCell:
    """A cell, or several merged into one: columns ``column`` to ``last_column``, over ``rows`` rows of the grid."""

    column: int
    last_column: int
    rows: int
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table as it stands on one page. ``rows[i]`` holds the cells that begin in row i of the grid."""

    xs: list[float]
    top: float
    bottom: float
    rows: list[list[TableCell]]
    tops: list[float]
    ruled: bool = True  # its cells are told by lines, not by white space


def take_tables(grids: list[Grid], lines: list[Line], textpage: Handle | None, turn: int) -> tuple[list[Table], list[Line]]:
    """(the tables of a page, the lines that stand in none of them). Without ``textpage``, as on a page that is a picture, no
    line is cut at the walls of cells."""
    tables = []
    for grid in grids:
        inside: list[Line] = []
        outside: list[Line] = []
        begun = _overruns(grid, lines)
        for line in lines:
            if id(line) in begun:
                inside.append(line)
                continue
            middle = line.base + 0.25 * line.size
            crosses = line.x0 < grid.xs[-1] and line.x1 > grid.xs[0]
            (inside if crosses and grid.ys[-1] < middle < grid.ys[0] and not line.turned else outside).append(line)
        if not inside:
            continue
        table, loose = _filled(grid, inside, begun, textpage, turn)
        if table is not None:
            tables.append(table)
            lines = outside + loose
    return tables, lines


def _overruns(grid: Grid, lines: list[Line]) -> dict[int, Line]:
    """Text that runs out of its cell and past the edge of the table, where the page shows nothing of it: by its id, the line
    in that cell with which it begins."""
    begun: dict[int, Line] = {}
    for before, line in pairwise(lines):
        out = line.x1 > grid.xs[-1] + 2 * line.size and line.x0 > before.x1 - 1 and abs(line.base - before.base) < 1
        first = begun.get(id(before), before)
        if out and not line.turned and grid.area_at(first.x0 + 1, first.base + 0.25 * first.size) is not None:
            begun[id(line)] = first
    return begun


def _filled(
    grid: Grid, lines: list[Line], begun: dict[int, Line], textpage: Handle | None, turn: int
) -> tuple[Table | None, list[Line]]:
    """The grid with its text, and the lines that turn out to be running text in a frame."""
    contents: dict[int, list[Line]] = {id(area): [] for area in grid.areas}
    loose: list[Line] = []
    for line in lines:
        if id(line) in begun:
            first = begun[id(line)]
            owner = grid.area_at(first.x0 + 1, first.base + 0.25 * first.size)
            if owner is not None:
                contents[id(owner)].append(line)
            continue
        for piece in _cut_at_walls(grid, line, textpage, turn):
            area = grid.area_at((piece.x0 + piece.x1) / 2, piece.base + 0.25 * piece.size)
            if area is None:
                loose.append(piece)
            else:
                contents[id(area)].append(piece)
    columns = len(grid.xs) - 1
    rows: list[list[TableCell]] = [[] for _ in range(len(grid.ys) - 1)]
    for area in grid.areas:
        inside = contents[id(area)]
        if _spans_table(area, columns) and len(inside) > FLOWING:
            loose += inside
            continue
        rows[area.row] += _unmerged(grid, area, inside)
    filled = [cell for row in rows for cell in row if cell.lines]
    # A frame around text, a coloured heading or a drawing has hardly a cell beside another.
    if len(filled) < 3 or len({cell.column for cell in filled}) < 2 or not any(_beside(row) for row in rows):
        return None, lines
    return Table(grid.xs, grid.ys[0], grid.ys[-1], rows, grid.ys[:-1]), loose


def _unmerged(grid: Grid, area: Area, lines: list[Line]) -> list[TableCell]:
    """An area as a cell, or as one for each column where its lines stand beside each other in the columns of the table, and
    only the wall between them is missing."""
    down = area.last_row - area.row + 1
    columns = range(area.column, area.last_column + 1)
    parts: dict[int, list[Line]] = {column: [] for column in columns}
    for line in lines:
        column = next((at for at in columns if grid.xs[at] - 2 < line.x0 and line.x1 < grid.xs[at + 1] + 2), None)
        if column is None:
            return [TableCell(area.column, area.last_column, down, lines)]
        parts[column].append(line)
    told = [column for column in columns if parts[column]]
    level = {round(line.base) for line in parts[told[0]]} if told else set()
    if len(told) < 2 or not all(any(round(line.base) in level for line in parts[column]) for column in told[1:]):
        return [TableCell(area.column, area.last_column, down, lines)]
    ends = [*(column - 1 for column in told[1:]), area.last_column]
    begins = [area.column, *told[1:]]
    return [TableCell(begin, end, down, parts[column]) for begin, end, column in zip(begins, ends, told, strict=True)]


def _spans_table(area: Area, columns: int) -> bool:
    return area.column == 0 and area.last_column == columns - 1


def _beside(row: list[TableCell]) -> bool:
    return sum(1 for cell in row if cell.lines) > 1


def _cut_at_walls(grid: Grid, line: Line, textpage: Handle | None, turn: int) -> list[Line]:
    """The line cut where it runs through the wall between two cells."""
    level = line.base + 0.25 * line.size
    area = grid.area_at(line.x0 + 1, level)
    if textpage is None:
        return [line]
    if area is not None and line.x1 <= grid.xs[area.last_column + 1] + 2:
        return [line]
    if not any(line.x0 + 1 < wall < line.x1 - 1 for wall in grid.xs) or len(line.text) != line.count:
        return [line]
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    box = (ctypes.c_double * 4)()
    places = [ctypes.addressof(box) + 8 * index for index in range(4)]
    pieces: list[Line] = []
    owner: Area | None = None
    begin = 0
    x0 = line.x0
    x1 = line.x0
    for index, letter in enumerate(line.text):
        if letter.isspace():
            continue
        get_char_box(handle, line.start + index, *places)
        left, right, bottom, top = box
        one, two = turn_point(left, bottom, turn)[0], turn_point(right, top, turn)[0]
        low, high = min(one, two), max(one, two)
        here = grid.area_at((low + high) / 2, level)
        if index and here is not owner and line.text[begin:index].strip():
            pieces.append(_part(line, begin, index, x0, x1))
            begin, x0 = index, low
        owner = here
        x1 = high
    pieces.append(_part(line, begin, len(line.text), x0, max(x1, x0)))
    return pieces


def _part(line: Line, begin: int, end: int, x0: float, x1: float) -> Line:
    text = line.text[begin:end].rstrip()
    return Line(text, x0, x1, line.base, line.size, line.bold, line.start + begin, len(text))
