"""The rows of the tables of a PDF, followed over the page end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from policyaudit.ingest.blocks import Block, Role
from policyaudit.ingest.grid import Heads, TableRow, alike, is_new, row_of, table_rows
from policyaudit.ingest.letters import clean, join_lines
from policyaudit.ingest.marks import BULLET, NUMBER, ends_unit, has_leaders, without_leaders
from policyaudit.ingest.readers.pdf.lines import Line
from policyaudit.ingest.readers.pdf.order import joined_pieces
from policyaudit.ingest.readers.pdf.tables import Table, TableCell

NEAR = 5.0  # points by which the columns of one table may differ from page to page


@dataclass(slots=True)
class Running:
    """The last table so far, as far as a continuation on the next page needs it."""

    edges: list[float]  # of its columns, from its left edge
    page: int
    heads: Heads
    last: TableRow


def table_blocks(
    table: Table,
    page: int,
    furniture: set[int],
    running: Running | None,
    before: list[Block],
    *,
    compounds: frozenset[str],
) -> tuple[list[Block], Running | None]:
    """The rows of the table, and what a continuation has to know; ``running`` is the table before this one, ``before`` the
    blocks so far: a row at their end that goes on in this table is taken from them and stands among those given back."""
    rows = _rows(table, page, furniture, compounds)
    if not rows:
        return [], running
    if sum(any(map(has_leaders, row.texts)) for row in rows) > 0.5 * len(rows):
        return [_contents(row) for row in rows], None
    edges = _without_empty_columns(rows, table.xs)
    columns = len(edges) - 1
    places = _places(running.edges, edges) if running is not None and page - running.page <= 1 else None
    if running is None or places is None or is_new(rows, columns, running.heads):
        blocks, heads = table_rows(rows, columns, flat=not table.ruled)
        return blocks, Running(edges, page, heads, rows[-1])
    for row in rows:
        _widen(row, places, len(running.edges) - 1)
    begin = 0
    joined: list[Block] = []
    if running.page < page:
        begin = len(running.heads.rows) if _repeats(rows, running.heads) else 0
        following = rows[begin:]
        if following:
            joined = _joined(following, running, before, compounds)
            _fill_from_above(following, running.last)
    blocks, _ = table_rows(rows, len(running.edges) - 1, known=running.heads, flat=not table.ruled)
    if joined:
        # The row that goes on replaces its rest, and stands before the heads that were said again above that.
        blocks = joined + blocks[:begin] + blocks[begin + 1 :]
    return blocks, Running(running.edges, page, running.heads, rows[-1])


def _joined(rows: list[TableRow], running: Running, before: list[Block], compounds: frozenset[str]) -> list[Block]:
    """The last row of the page before with its rest, which is ``rows[0]``, and what stood at the head of this page; empty, and
    nothing done, where that row is one of its own."""
    at = len(before) - 1
    while at >= 0 and before[at].role in (Role.FURNITURE, Role.NOTE):
        at -= 1
    if at < 0 or before[at].role is not Role.ROW or before[at].names or rows[0].apart or not _goes_on(running.last, rows[0]):
        return []
    page = rows[0].page
    last, rest = running.last, rows[0]
    for column, text in enumerate(rest.texts):
        if not text or not rest.filled[column]:
            continue
        whole = _continued(last.texts[column], text, compounds)
        if last.filled[column]:
            turns = last.turns.setdefault(column, {})
            turns[page] = len(whole) - len(text)
        for row in rows[1:]:
            if row.filled[column] or row.texts[column] != text:
                break
            row.texts[column] = whole
        last.texts[column] = whole
    after = [block for block in before[at + 1 :] if block.page == page]
    before[at:] = [block for block in before[at + 1 :] if block.page < page]
    rows[0].texts, rows[0].filled, rows[0].spans = last.texts, last.filled, last.spans
    rows[0].turns, rows[0].page, rows[0].size, rows[0].indent = last.turns, last.page, last.size, last.indent
    return [row_of(rows[0], running.heads.of_column), *after]


def _continued(first: str, second: str, compounds: frozenset[str]) -> str:
    if first and (BULLET.match(second) or (NUMBER.match(second) and ends_unit(first))):
        return f"{first}\n{second}"
    return join_lines(first, second, compounds=compounds)


def _goes_on(last: TableRow, row: TableRow) -> bool:
    """Whether the first row of a page is the rest of the last one of the page before: more of its cells go on with a sentence
    than begin one, or it has few cells and none that must be new."""
    votes = 0
    filled = [column for column, own in enumerate(row.filled) if own]
    for column in filled:
        before, text = last.texts[column], row.texts[column]
        if not before or not last.filled[column]:
            votes -= 2
        elif before[-1] in ",-" or (text[0].islower() and not ends_unit(before) and not BULLET.match(text)):
            votes += 2
        elif ends_unit(before) or NUMBER.match(text):
            votes -= 1
    few = 2 * len(filled) <= sum(last.filled)
    return votes > 0 or (votes == 0 and few and not row.filled[0])


def _rows(table: Table, page: int, furniture: set[int], compounds: frozenset[str]) -> list[TableRow]:
    columns = len(table.xs) - 1
    rows: list[TableRow] = []
    above: dict[int, tuple[int, str]] = {}  # column -> (rows still covered, text) of a cell merged downwards
    empty = False
    for cells in _head_cut_off(table.rows):
        texts = [""] * columns
        filled = [False] * columns
        spans = []
        lines: list[Line] = []
        for column, (left, text) in list(above.items()):
            texts[column] = text
            above[column] = (left - 1, text)
            if left <= 1:
                del above[column]
        for cell in cells:
            inside = [line for line in cell.lines if id(line) not in furniture]
            text = cell_text(inside, compounds)
            texts[cell.column], filled[cell.column] = text, bool(text)
            spans.append((cell.column, cell.last_column))
            lines += inside
            if cell.rows > 1 and text:
                above[cell.column] = (cell.rows - 1, text)
        if any(filled):
            size = max(lines, key=lambda line: len(line.text)).size
            bold = all(line.bold for line in lines)
            rows.append(TableRow(texts, filled, spans, bold, page=page, size=round(size, 1), indent=round(table.xs[0], 1)))
            rows[-1].apart = empty
            empty = False
        elif all(cell.rows == 1 for cell in cells) and len(cells) > 1:
            empty = True
    return rows


def _head_cut_off(rows: list[list[TableCell]]) -> list[list[TableCell]]:
    """The rows, with the heads cut off from the first row where no rule parts them: bold lines above others in several cells."""
    first = rows[0] if rows else []
    for cell in first:
        cell.lines.sort(key=lambda line: (-line.base, line.x0))
    counts = [next((at for at, line in enumerate(cell.lines) if not line.bold), len(cell.lines)) for cell in first]
    two = sum(0 < count < len(cell.lines) for count, cell in zip(counts, first, strict=True))
    if two < 2 or any(
        cell.rows > 1 or any(line.bold for line in cell.lines[count:]) for count, cell in zip(counts, first, strict=True)
    ):
        return rows
    lowest = min(line.base for count, cell in zip(counts, first, strict=True) for line in cell.lines[:count])
    if any(line.base > lowest for count, cell in zip(counts, first, strict=True) for line in cell.lines[count:]):
        return rows
    heads = [TableCell(cell.column, cell.last_column, 1, cell.lines[:count]) for count, cell in zip(counts, first, strict=True)]
    rest = [TableCell(cell.column, cell.last_column, 1, cell.lines[count:]) for count, cell in zip(counts, first, strict=True)]
    return [heads, rest, *rows[1:]]


def _without_empty_columns(rows: list[TableRow], xs: list[float]) -> list[float]:
    """Takes columns without any text out of the rows; returns the left edges of the others, and the right edge of all,
    from the left edge of the table."""
    used = [column for column in range(len(xs) - 1) if any(row.texts[column] for row in rows)]
    for row in rows:
        row.texts = [row.texts[column] for column in used]
        row.filled = [row.filled[column] for column in used]
        spans = []
        for begin, last in row.spans:
            inside = [place for place, column in enumerate(used) if begin <= column <= last]
            if inside:
                spans.append((inside[0], inside[-1]))
        row.spans = spans
    return [xs[column] - xs[0] for column in used] + [xs[-1] - xs[0]]


def cell_text(lines: list[Line], compounds: frozenset[str]) -> str:
    """The text of a cell, its lines joined; its items and paragraphs stand on lines of their own."""
    text = ""
    part = ""
    lines = joined_pieces(lines)
    if not lines:
        return ""
    steps = [one.base - two.base for one, two in pairwise(lines)]
    usual = min((step for step in steps if step > 0), default=0.0)
    right = max(line.x1 for line in lines)
    for line, step, before in zip(lines, [0.0, *steps], [None, *lines[:-1]], strict=True):
        said = clean(line.text)
        if not said:
            continue
        if part and before is not None:
            apart = step > max(1.3 * usual, 1.6 * line.size)
            counted = NUMBER.match(said) and (ends_unit(part) or right - before.x1 > 3 * line.size or _next(part, said))
            letter = (line.x1 - line.x0) / max(len(line.text), 1)
            room = right - before.x1 - (len(said.split(" ", 1)[0]) + 1) * letter > 4 * line.size and said[0].isupper()
            if apart or counted or room or (BULLET.match(said) and not (said[0] in "-–—" and said[1:2].islower())):
                text += f"{part}\n"
                part = ""
        part = join_lines(part, said, compounds=compounds)
    return text + part


def _next(part: str, said: str) -> bool:
    """Whether a line begins with the number after the one with which the paragraph before it begins."""
    one, two = (re.match(r"\(?(\d{1,3})\b", text) for text in (part, said))
    return one is not None and two is not None and int(two[1]) == int(one[1]) + 1


def _contents(row: TableRow) -> Block:
    """A row of a table of contents that is set as a table."""
    text = " ".join(without_leaders(text) for text in row.texts if text)
    return Block(text, Role.CONTENTS, row.page, bold=row.bold, size=row.size, indent=row.indent)


def _repeats(rows: list[TableRow], heads: Heads) -> bool:
    return bool(heads.rows) and len(rows) > len(heads.rows) and alike(rows[0].texts, heads.rows[0])


def _fill_from_above(rows: list[TableRow], last: TableRow) -> None:
    """At the head of a page the first columns of a row that began on the page before are empty, for as many rows as the
    merged cell covers."""
    for column, text in enumerate(rows[0].texts):
        if text and rows[0] is not last and rows[0].filled[column]:
            return
        for row in rows:
            if row is not rows[0] and (row.texts[column] or any(begin == column for begin, _ in row.spans)):
                break
            row.texts[column] = last.texts[column]


def _places(known: list[float], edges: list[float]) -> list[int] | None:
    """For each column, which one of the table that may go on here it is; None if the edges are not those of that table. A
    page on which a column is empty, or merged throughout, has fewer edges."""
    if abs(known[-1] - edges[-1]) > NEAR:
        return None
    places = []
    for edge in edges[:-1]:
        place = next((place for place, other in enumerate(known[:-1]) if abs(other - edge) <= NEAR), None)
        if place is None:
            return None
        places.append(place)
    return places if len(places) >= max(2, len(known) // 2) else None


def _widen(row: TableRow, places: list[int], columns: int) -> None:
    """Sets the row into the columns of the table that it continues."""
    if len(places) == columns:
        return
    texts, filled = [""] * columns, [False] * columns
    for place, text, own in zip(places, row.texts, row.filled, strict=True):
        texts[place], filled[place] = text, own
    ends = [*(place - 1 for place in places[1:]), columns - 1]
    row.spans = [(places[begin], ends[last]) for begin, last in row.spans]
    row.texts, row.filled = texts, filled
