"""The rows of tables in an OpenDocument text, with cells merged across and down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from policyaudit.ingest.grid import TableRow
from policyaudit.ingest.readers.odt.names import TABLE

Cell = Callable[[Any], tuple[str, bool]]  # the text of a cell and whether all of it is bold
_MOST = 200  # columns in which merged cells are followed


def rows_of(table: Any, cell_text: Cell) -> tuple[list[TableRow], int]:
    """(the rows of the table, number of its columns), without those of tables in its cells."""
    rows: list[TableRow] = []
    above: dict[int, tuple[int, str]] = {}  # column -> (rows still covered, text) of a cell that spans rows
    for row in table.iter(f"{TABLE}table-row"):
        if next(row.iterancestors(f"{TABLE}table")) is table and row.get(f"{TABLE}visibility") != "collapse":
            rows.append(_row(row, above, cell_text))
    columns = max((len(row.texts) for row in rows), default=0)
    for row in rows:
        row.texts += [""] * (columns - len(row.texts))
        row.filled += [False] * (columns - len(row.filled))
    return rows, columns


def _row(row: Any, above: dict[int, tuple[int, str]], cell_text: Cell) -> TableRow:
    texts: list[str] = []
    filled: list[bool] = []
    spans: list[tuple[int, int]] = []
    strong = []
    for cell in row.iter(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
        if next(cell.iterancestors(f"{TABLE}table-row")) is not row:
            continue
        for _ in range(min(int(cell.get(f"{TABLE}number-columns-repeated") or 1), _MOST)):
            column = len(texts)
            left, carried = above.pop(column, (0, ""))
            if cell.tag == f"{TABLE}covered-table-cell":
                texts.append(carried)
                filled.append(False)
                if left > 1:
                    above[column] = (left - 1, carried)
                continue
            text, bold = cell_text(cell)
            across = int(cell.get(f"{TABLE}number-columns-spanned") or 1)
            down = int(cell.get(f"{TABLE}number-rows-spanned") or 1)
            if down > 1:
                above[column] = (down - 1, text)
            texts.append(text)
            filled.append(bool(text))
            spans.append((column, column + across - 1))
            strong += [bold] if text else []
    parent = row.getparent()
    head = parent is not None and parent.tag == f"{TABLE}table-header-rows"
    return TableRow(texts, filled, spans, bold=bool(strong) and all(strong), head=head)
