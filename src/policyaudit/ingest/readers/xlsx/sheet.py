"""A sheet as blocks: the lines that stand alone above, between and below its tables, and the rows of these."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from policyaudit.ingest.blocks import Block, Role
from policyaudit.ingest.grid import Heads, TableRow, is_new, table_rows
from policyaudit.ingest.letters import clean
from policyaudit.ingest.marks import BULLET
from policyaudit.ingest.readers.xlsx.book import Book, Sheet, whole

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_MOST = 200  # columns
_LONGEST_TITLE = 200  # letters
_TITLE_LINES = 6
_Spans = dict[tuple[int, int], tuple[int, int]]  # (row, column) where a merged cell begins -> its last row and column


@dataclass(slots=True)
class _Line:
    number: int  # of its row, from 1
    texts: dict[int, str] = field(default_factory=dict)  # column, from 1 -> text
    bold: bool = True


def blocks_of(sheet: Sheet, book: Book) -> Iterator[Block]:
    """What a sheet shows, in order of its rows."""
    spans = dict(_merged(sheet.root))
    lines = list(_lines(sheet.root, book))
    used = sorted({column for line in lines for column in line.texts})
    known: Heads | None = None
    for part in _parts(lines, spans):
        alone, rest = _before_table(part, spans)
        yield from alone
        if not rest:
            continue
        rows = _rows(rest, used, spans, sheet.heads)
        if known is not None and is_new(rows, len(used), known):
            known = None
        blocks, known = table_rows(rows, len(used), known=known)
        yield from blocks


def lines_above(blocks: Sequence[Block]) -> list[Block]:
    """The short lines that stand alone above the first table of a sheet; none if it has no table."""
    above = list(takewhile(lambda block: block.role is Role.PARAGRAPH and len(block.text) < _LONGEST_TITLE, blocks))
    return above if len(above) < len(blocks) and blocks[len(above)].role is Role.ROW and len(above) <= _TITLE_LINES else []


def _lines(root: Any, book: Book) -> Iterator[_Line]:
    """The rows with something in them."""
    hidden = _hidden_columns(root)
    book.hidden += bool(hidden) and any(_place(cell.get("r"))[1] in hidden for cell in root.iter("{*}c") if len(cell))
    following = 1
    for row in root.iterfind("{*}sheetData/{*}row"):
        number = whole(row.get("r")) or following
        line, column = _Line(number), 0
        following = number + 1
        for cell in row.iterfind("{*}c"):
            column = _place(cell.get("r"))[1] or column + 1
            text = "\n".join(filter(None, map(clean, book.value(cell).split("\n")))) if column <= _MOST else ""
            if text and column not in hidden:
                line.texts[column] = text
                line.bold = line.bold and book.look(cell).bold
        if line.texts and row.get("hidden") in ("1", "true"):
            book.hidden += 1
        elif line.texts:
            yield line


def _parts(lines: list[_Line], spans: _Spans) -> Iterator[list[_Line]]:
    """The lines in runs between empty rows; a cell that is merged over such a row holds them together."""
    part: list[_Line] = []
    reach = 0
    for line in lines:
        if part and line.number > max(part[-1].number, reach) + 1:
            yield part
            part = []
        part.append(line)
        reach = max([reach, *(spans.get((line.number, column), (0, 0))[0] for column in line.texts)])
    if part:
        yield part


def _before_table(part: list[_Line], spans: _Spans) -> tuple[list[Block], list[_Line]]:
    """(the lines that stand alone before a table, the rows of the table)."""
    first = next((index for index, line in enumerate(part) if len(line.texts) > 1), len(part))
    # A cell merged down is the beginning of a table, though it stands alone in its row.
    while first and any(
        spans.get((part[first - 1].number, column), (0, 0))[0] > part[first - 1].number for column in part[first - 1].texts
    ):
        first -= 1
    blocks = []
    for line in part[:first]:
        for text in next(iter(line.texts.values())).split("\n"):
            blocks.append(Block(text, Role.ITEM if BULLET.match(text) else Role.PARAGRAPH, bold=line.bold))
    return blocks, part[first:]


def _rows(lines: list[_Line], used: list[int], spans: _Spans, heads: tuple[int, int]) -> list[TableRow]:
    """The rows of a table, in the columns that the sheet uses. Cells merged down are those of the rows below too."""
    rows = []
    above: dict[int, tuple[int, str]] = {}  # column -> (last row of a merged cell, its text)
    for line in lines:
        texts, filled = [""] * len(used), [False] * len(used)
        own = []
        for place, column in enumerate(used):
            last_row, last_column = spans.get((line.number, column), (line.number, column))
            if column in line.texts:
                texts[place], filled[place] = line.texts[column], True
                own.append((place, bisect_right(used, max(last_column, column)) - 1))
                above[column] = (last_row, line.texts[column])
            elif line.number <= above.get(column, (0, ""))[0]:
                texts[place] = above[column][1]
        head = heads[0] <= line.number <= heads[1]
        rows.append(TableRow(texts, filled, own, bold=line.bold, head=head))
    return rows


def _merged(root: Any) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for cell in root.iterfind("{*}mergeCells/{*}mergeCell"):
        begin, _, end = (cell.get("ref") or "").partition(":")
        if _place(begin)[0] and _place(end)[0]:
            yield _place(begin), _place(end)


def _hidden_columns(root: Any) -> set[int]:
    found: set[int] = set()
    for item in root.iterfind("{*}cols/{*}col"):
        first, last = whole(item.get("min")), whole(item.get("max"))
        if item.get("hidden") in ("1", "true") and first is not None and last is not None:
            found.update(range(first, min(last, _MOST) + 1))
    return found


def _place(reference: str | None) -> tuple[int, int]:
    """(row, column) of a cell, from 1; (0, 0) for none."""
    match = _PLACE.fullmatch(reference or "")
    if match is None:
        return 0, 0
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column
