"""The tables of a page that was read from its image, from the rules found in the picture."""

from __future__ import annotations

from itertools import pairwise

from policyaudit.ingest.readers.pdf.lines import Line
from policyaudit.ingest.readers.pdf.rules import grids_of
from policyaudit.ingest.readers.pdf.tables import Table, TableCell, take_tables
from policyaudit.ingest.recognition import Sheet

_APART = 1.3  # times the usual step from line to line, from which a row may end


def take_pictured(sheet: Sheet, lines: list[Line], height: float) -> tuple[list[Table], list[Line]]:
    """(the tables of a recognised page, the lines that stand in none of them). ``height`` is that of the page in points."""
    scale = height / sheet.height
    across = [(height - y * scale, x0 * scale, x1 * scale) for y, x0, x1 in sheet.ruling.across]
    down = [(x * scale, height - y1 * scale, height - y0 * scale) for x, y0, y1 in sheet.ruling.down]
    tables: list[Table] = []
    for left, top, right, bottom in sheet.ruling.open:
        frame = left * scale, height - bottom * scale, right * scale, height - top * scale
        levels = [y for y, _, _ in across if frame[1] - 1 < y < frame[3] + 1]
        xs = sorted({x for x, low, high in down if frame[1] - 1 < (low + high) / 2 < frame[3] + 1})
        table, lines = _open_table(xs, sorted(levels, reverse=True), lines)
        tables += table
        down = [wall for wall in down if not frame[1] - 1 < (wall[1] + wall[2]) / 2 < frame[3] + 1]
        across = [rule for rule in across if rule[0] not in levels]
    closed, lines = take_tables(grids_of(across, down), lines, None, 0)
    return sorted([*tables, *closed], key=lambda table: -table.top), lines


def _open_table(xs: list[float], ys: list[float], lines: list[Line]) -> tuple[list[Table], list[Line]]:
    """(the table, or none, that has its columns between ``xs`` and rules at ``ys``; the lines outside of it)."""

    def inside(line: Line) -> bool:
        return ys[-1] < line.base + 0.25 * line.size < ys[0] and xs[0] - line.size < (line.x0 + line.x1) / 2 < xs[-1] + line.size

    rows: list[list[TableCell]] = []
    tops: list[float] = []
    for top, bottom in pairwise(ys):
        band = [line for line in lines if inside(line) and bottom < line.base + 0.25 * line.size < top]
        for row in _rows(band, xs):
            tops.append(max(line.top for cell in row for line in cell.lines))
            rows.append(row)
    if len(rows) < 2:
        return [], lines
    return [Table(xs, ys[0], ys[-1], rows, tops, ruled=False)], [line for line in lines if not inside(line)]


def _rows(lines: list[Line], xs: list[float]) -> list[list[TableCell]]:
    """What stands between two rules, in rows: one begins where the first column begins anew after a wider step than usual."""
    levels: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.base):
        if levels and levels[-1][0].base - line.base <= 0.5 * line.size:
            levels[-1].append(line)
        else:
            levels.append([line])
    steps = sorted(one[0].base - two[0].base for one, two in pairwise(levels))
    usual = steps[len(steps) // 2] if steps else 0.0
    rows: list[list[TableCell]] = []
    before = None
    for level in levels:
        first = min(level, key=lambda line: line.x0)
        apart = before is not None and before - level[0].base > _APART * usual and first.x0 < xs[1] and len(level) > 1
        if before is None or apart:
            rows.append([TableCell(column, column, 1) for column in range(len(xs) - 1)])
        for line in level:
            column = sum(edge <= (line.x0 + line.x1) / 2 for edge in xs[1:-1])
            rows[-1][column].lines.append(line)
        before = level[0].base
    return rows
