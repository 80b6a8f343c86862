"""The rows of tables in an OpenDocument text, with cells merged across and down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from policyaudit.ingest.grid import TableRow
from policyaudit.ingest.readers.odt.names import TABLE

Cell = Callable[[Any], tuple[str, bool]]  # the text of a cell and whether all of it is bold
_LONGEST_NUMBER = 8  # digits
_MOST = 200  # columns; what stands further right is left out, as in workbooks


def rows_of(table: Any, cell_text: Cell) -> tuple[list[TableRow], int]:
    """(the rows of the table, number of its columns), without those of tables in its cells. Columns after the last one with
    text are left out: a sheet goes on to its edge, and a cell merged over the whole table ends with it."""
    rows: list[TableRow] = []
    above: dict[int, tuple[int, str]] = {}  # column -> (rows still covered, text) of a cell that spans rows
    for row in table.iter(f"{TABLE}table-row"):
        if next(row.iterancestors(f"{TABLE}table")) is table and row.get(f"{TABLE}visibility") != "collapse":
            rows.append(_row(row, above, cell_text))
    columns = max((column + 1 for row in rows for column, text in enumerate(row.texts) if text), default=0)
    for row in rows:
        row.texts = row.texts[:columns] + [""] * (columns - len(row.texts))
        row.filled = row.filled[:columns] + [False] * (columns - len(row.filled))
        row.spans = [(first, min(last, columns - 1)) for first, last in row.spans if first < columns]
    return rows, columns


def _row(row: Any, above: dict[int, tuple[int, str]], cell_text: Cell) -> TableRow:
    texts: list[str] = []
    filled: list[bool] = []
    spans: list[tuple[int, int]] = []
    strong = []
    for cell in row.iter(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
        if next(cell.iterancestors(f"{TABLE}table-row")) is not row:
            continue
        covered = cell.tag == f"{TABLE}covered-table-cell"
        text, bold = ("", False) if covered else cell_text(cell)
        for _ in range(min(_times(cell, "number-columns-repeated"), _MOST - len(texts))):
            column = len(texts)
            left, carried = above.pop(column, (0, ""))
            if covered:
                texts.append(carried)
                filled.append(False)
                if left > 1:
                    above[column] = (left - 1, carried)
                continue
            across = _times(cell, "number-columns-spanned")
            down = _times(cell, "number-rows-spanned")
            if down > 1:
                above[column] = (down - 1, text)
            texts.append(text)
            filled.append(bool(text))
            spans.append((column, column + across - 1))
            strong += [bold] if text else []
    parent = row.getparent()
    head = parent is not None and parent.tag == f"{TABLE}table-header-rows"
    return TableRow(texts, filled, spans, bold=bool(strong) and all(strong), head=head)


def _times(cell: Any, name: str) -> int:
    """How often a cell stands, or how many it covers: 1 where the file does not say it in figures."""
    said = cell.get(f"{TABLE}{name}") or "1"
    return max(int(said), 1) if said.isdecimal() and len(said) < _LONGEST_NUMBER else 1
