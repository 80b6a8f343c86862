"""The rows of the ruled tables of a PDF, followed over the page end."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from policyaudit.ingest.blocks import Block, Role
from policyaudit.ingest.grid import Heads, TableRow, table_rows
from policyaudit.ingest.letters import clean, join_lines
from policyaudit.ingest.marks import has_leaders, without_leaders
from policyaudit.ingest.readers.pdf.lines import Line
from policyaudit.ingest.readers.pdf.order import joined_pieces
from policyaudit.ingest.readers.pdf.tables import Table


@dataclass(slots=True)
class Running:
    """The last table so far, as far as a continuation on the next page needs it."""

    widths: list[float]
    page: int
    heads: Heads
    last: list[str]  # the texts of its last row


def table_blocks(
    table: Table, page: int, furniture: set[int], running: Running | None, *, compounds: frozenset[str]
) -> tuple[list[Block], Running | None]:
    """The rows of the table, and what a continuation has to know; ``running`` is the table before this one."""
    rows = _rows(table, page, furniture, compounds)
    if not rows:
        return [], running
    if sum(any(map(has_leaders, row.texts)) for row in rows) > 0.5 * len(rows):
        return [_contents(row) for row in rows], None
    edges = _without_empty_columns(rows, table.xs)
    columns = len(edges) - 1
    widths = [right - left for left, right in pairwise(edges)]
    if running is None or page - running.page > 1 or not _same_widths(running.widths, widths):
        blocks, heads = table_rows(rows, columns)
        return blocks, Running(widths, page, heads, rows[-1].texts)
    following = rows[len(running.heads.rows) :] if running.page < page and _repeats(rows, running.heads) else rows
    if following and running.page < page:
        _fill_from_above(following, running.last)
    blocks, heads = table_rows(rows, columns, known=running.heads)
    return blocks, Running(widths, page, heads, rows[-1].texts)


def _rows(table: Table, page: int, furniture: set[int], compounds: frozenset[str]) -> list[TableRow]:
    columns = len(table.xs) - 1
    rows: list[TableRow] = []
    above: dict[int, tuple[int, str]] = {}  # column -> (rows still covered, text) of a cell merged downwards
    for cells in table.rows:
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
    return rows


def _without_empty_columns(rows: list[TableRow], xs: list[float]) -> list[float]:
    """Takes columns without any text out of the rows; returns the left edges of the others, and the right edge of all."""
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
    return [xs[column] for column in used] + [xs[-1]]


def cell_text(lines: list[Line], compounds: frozenset[str]) -> str:
    """The text of a cell, its lines joined."""
    text = ""
    for line in joined_pieces(lines):
        text = join_lines(text, clean(line.text), compounds=compounds)
    return text


def _contents(row: TableRow) -> Block:
    """A row of a table of contents that is set as a table."""
    text = " ".join(without_leaders(text) for text in row.texts if text)
    return Block(text, Role.CONTENTS, row.page, bold=row.bold, size=row.size, indent=row.indent)


def _repeats(rows: list[TableRow], heads: Heads) -> bool:
    return bool(heads.rows) and len(rows) > len(heads.rows) and rows[0].texts == heads.rows[0]


def _fill_from_above(rows: list[TableRow], last: list[str]) -> None:
    """At the head of a page the first columns of a row that began on the page before are empty, for as many rows as the
    merged cell covers."""
    for column, text in enumerate(rows[0].texts):
        if text:
            return
        for row in rows:
            if row is not rows[0] and (row.texts[column] or any(begin == column for begin, _ in row.spans)):
                break
            row.texts[column] = last[column]


def _same_widths(one: list[float], two: list[float]) -> bool:
    return len(one) == len(two) and all(abs(left - right) < 5 for left, right in zip(one, two, strict=True))
