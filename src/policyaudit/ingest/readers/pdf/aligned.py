"""Tables without upright rules: columns told by the white space that runs down between them, under a row of heads.

Asks nothing of pdfium: the lines of the page, cut at their wide gaps, are enough. It rather misses a table than makes one
of two columns of prose, a table of contents or a block of addresses: it asks for heads, three columns and three rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from policyaudit.ingest.marks import NUMBER, has_leaders
from policyaudit.ingest.readers.pdf.lines import Line
from policyaudit.ingest.readers.pdf.tables import Table, TableCell

LEAST_COLUMNS = 3
LEAST_ROWS = 3
LONGEST_HEAD = 60  # letters of a line of a head
LONGEST_CELL = 60  # letters that half of the lines of cells may have at most: a column of prose has more
LONGEST_PLAIN_HEAD = 30  # the same, for heads in the type of what stands below them
LONGEST_PLAIN_CELL = 60
GUTTER = 0.6  # in letter sizes: the least white between two columns
FAR = 3.5  # in letter sizes: a step between lines with which a table ends

Strip = tuple[float, float]


@dataclass(slots=True)
class _Level:
    """The pieces of text on one base line, left to right."""

    pieces: list[Line]
    base: float
    size: float


def take_aligned(lines: list[Line]) -> tuple[list[Table], list[Line]]:
    """(the tables that are set by white space alone, the lines that stand in none of them)."""
    levels = _levels([line for line in lines if not line.turned])
    if sum(len(level.pieces) >= LEAST_COLUMNS for level in levels) < 2:
        return [], lines
    tables: list[Table] = []
    taken: set[int] = set()
    at = 0
    while at < len(levels):
        found = _table(levels, at) if len(levels[at].pieces) >= LEAST_COLUMNS else None
        if found is None:
            at += 1
            continue
        table, after = found
        tables.append(table)
        taken.update(id(line) for row in table.rows for cell in row for line in cell.lines)
        at = after
    return tables, [line for line in lines if id(line) not in taken] if taken else lines


def _levels(lines: list[Line]) -> list[_Level]:
    levels: list[_Level] = []
    for line in sorted(lines, key=lambda line: (-line.base, line.x0)):
        last = levels[-1] if levels else None
        if last is not None and last.base - line.base <= 0.25 * max(last.size, line.size):
            last.pieces.append(line)
            last.size = max(last.size, line.size)
        else:
            levels.append(_Level([line], line.base, line.size))
    for level in levels:
        level.pieces.sort(key=lambda line: line.x0)
    return levels


def _table(levels: list[_Level], at: int) -> tuple[Table, int] | None:
    """(the table whose head has its first line of several pieces at this level, the level after it); None if none begins."""
    head = levels[at]
    if not _may_head(head):
        return None
    gutters = _between(head.pieces)
    end = at + 1
    while end < len(levels):
        level = levels[end]
        far = levels[end - 1].base - level.base > FAR * max(head.size, level.size)
        narrowed = _clear(gutters, level, GUTTER * head.size)
        if far or narrowed is None or any(has_leaders(piece.text) for piece in level.pieces):
            break
        gutters = narrowed
        end += 1
    columns = len(gutters) + 1
    body = levels[at + 1 : end]
    middles = [(begin + stop) / 2 for begin, stop in gutters]
    if len(body) < LEAST_ROWS or not _is_table(head, body, [head.pieces[0].x0, *middles, head.pieces[-1].x1 + 1000]):
        return None
    at = _head_begins(levels, at, gutters)
    left = min(piece.x0 for level in levels[at:end] for piece in level.pieces)
    right = max(piece.x1 for level in levels[at:end] for piece in level.pieces)
    xs = [left - 1, *middles, right + 1]
    rows = _rows(levels[at:end], xs)
    if len(rows) <= LEAST_ROWS or sum(1 for row in rows if sum(bool(cell.lines) for cell in row) > 1) <= LEAST_ROWS:
        return None
    tops = [max(line.top for cell in row for line in cell.lines) for row in rows]
    bottom = levels[end - 1].base - 0.3 * head.size
    assert all(len(row) == columns for row in rows)
    return Table(xs, tops[0], bottom, rows, tops, ruled=False), end


def _may_head(level: _Level) -> bool:
    """Whether a line reads as one of column heads: short names."""
    texts = [piece.text.strip() for piece in level.pieces]
    if any(len(text) > LONGEST_HEAD or has_leaders(text) or text[-1:] in ".;," for text in texts):
        return False
    if sum(any(map(str.isalpha, text)) for text in texts) < LEAST_COLUMNS:
        return False
    return _set_apart(level) or not any(
        len(text) > LONGEST_PLAIN_HEAD or not text[:1].isupper() or text[-1] in ":?" or NUMBER.match(text) for text in texts
    )


def _set_apart(level: _Level) -> bool:
    """Whether a line is set in bold type or in capitals."""
    lettered = [piece.text for piece in level.pieces if any(map(str.isalpha, piece.text))]
    return all(piece.bold for piece in level.pieces) or all(map(str.isupper, lettered))


def _head_begins(levels: list[_Level], at: int, gutters: list[Strip]) -> int:
    """Heads of several lines may stand on their last one: the level with the first line of them."""
    while at and levels[at - 1].base - levels[at].base <= 1.5 * levels[at].size:
        above = levels[at - 1]
        if len(above.pieces) == len(gutters) + 1 or not all(piece.bold for piece in above.pieces):
            break
        if _clear(gutters, above, 0.0) is None:
            break
        at -= 1
    return at


def _between(pieces: list[Line]) -> list[Strip]:
    return [(before.x1, after.x0) for before, after in pairwise(pieces)]


def _clear(gutters: list[Strip], level: _Level, least: float) -> list[Strip] | None:
    """The gutters as far as this line leaves them white; None where it closes one."""
    narrowed = []
    for begin, end in gutters:
        # A column may begin further left, or end further right, than its head does.
        for piece in level.pieces:
            if piece.x0 < end and piece.x1 > begin:
                if piece.x0 <= begin and piece.x1 >= end:
                    return None
                if piece.x0 - begin > end - piece.x1:
                    end = piece.x0
                else:
                    begin = piece.x1
        if end - begin < least:
            return None
        narrowed.append((begin, end))
    return narrowed


def _is_table(head: _Level, body: list[_Level], xs: list[float]) -> bool:
    """Whether what stands under a line of heads reads as cells: short, and unlike the heads where those are set apart."""
    pieces = [piece for level in body for piece in level.pieces]
    if median(len(piece.text) for piece in pieces) > LONGEST_CELL or sum(len(level.pieces) > 1 for level in body) < LEAST_ROWS:
        return False
    if _set_apart(head):
        bold = all(piece.bold for piece in head.pieces)
        return sum(piece.bold if bold else piece.text.isupper() for piece in pieces) <= 0.5 * len(pieces)
    beside = [piece for piece in pieces if piece.x0 > xs[1]]
    edges = [[piece.x0 for piece in beside if left < piece.x0 < right] for left, right in pairwise(xs[1:])]
    ragged = any(len(column) < 2 or max(column) - min(column) > head.size for column in edges)
    full = sum(len(level.pieces) == len(xs) - 1 for level in body)
    return not ragged and full >= 2 and max(len(piece.text) for piece in beside) <= LONGEST_PLAIN_CELL


def _rows(levels: list[_Level], xs: list[float]) -> list[list[TableCell]]:
    """The lines of the table in rows. Where some steps between lines are wider than others, rows end there; else a row begins
    with every line that has something in the first column, unless that goes on with a sentence."""
    steps = [one.base - two.base for one, two in pairwise(levels)]
    usual = min(steps)
    apart = [step > 1.3 * usual for step in steps]
    spaced = sum(apart) >= LEAST_ROWS and not all(apart)
    rows: list[list[TableCell]] = []
    for index, level in enumerate(levels):
        cells: list[list[Line]] = [[] for _ in xs[1:]]
        for piece in level.pieces:
            column = max(place for place, edge in enumerate(xs[:-1]) if edge <= (piece.x0 + piece.x1) / 2)
            cells[column].append(piece)
        first = cells[0][0].text.lstrip() if cells[0] else ""
        begins = apart[index - 1] if spaced and index else len(level.pieces) > 1 and bool(first) and not first[0].islower()
        if not rows or begins or (len(rows) == 1 and index and not all(piece.bold for piece in level.pieces)):
            rows.append([TableCell(column, column, 1) for column in range(len(cells))])
        for cell, lines in zip(rows[-1], cells, strict=True):
            cell.lines += lines
    return rows
