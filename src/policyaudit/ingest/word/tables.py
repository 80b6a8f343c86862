"""The rows of Word tables, with cells merged across and down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from policyaudit.ingest.grid import TableRow
from policyaudit.ingest.word.elements import W, is_on, number, value, within
from policyaudit.ingest.word.styles import Styles

Cell = Callable[[Any], tuple[str, bool]]  # the text of a cell and whether all of it is bold
_Placed = tuple[int, int, str, bool]  # first column, last column, text, whether the cell begins in this row


def rows_of(table: Any, styles: Styles, cell_text: Cell) -> tuple[list[TableRow], int]:
    """(the rows of the table, number of its columns)."""
    found: list[tuple[list[_Placed], bool, bool]] = []
    merged: dict[int, str] = {}  # column -> text of the cell that is merged downwards
    columns = 0
    styled = _first_row_is_styled(table, styles)
    for row in within(table, "tr"):
        placed, bold = _row(row, merged, cell_text)
        columns = max([columns, *(last + 1 for _, last, _, _ in placed)])
        found.append((placed, bold, (styled and not found) or bool(is_on(row, "trPr/tblHeader"))))
    rows = []
    for placed, bold, head in found:
        texts = [""] * columns
        filled = [False] * columns
        for begin, _, text, own in placed:
            texts[begin], filled[begin] = text, own and bool(text)
        spans = [(begin, last) for begin, last, _, own in placed if own]
        rows.append(TableRow(texts, filled, spans, bold=bold, head=head))
    return rows, columns


def _row(row: Any, merged: dict[int, str], cell_text: Cell) -> tuple[list[_Placed], bool]:
    """The cells of a row in their columns, and whether all of it is bold. ``merged`` is kept for the next row."""
    column = number(row, "trPr/gridBefore") or 0
    placed: list[_Placed] = []
    bold = True
    for cell in within(row, "tc"):
        across = max(min(number(cell, "tcPr/gridSpan") or 1, 1000), 1)
        down = cell.find(f"{W}tcPr/{W}vMerge")
        text, cell_bold = cell_text(cell)
        goes_on = down is not None and down.get(f"{W}val") != "restart"
        sideways = cell.find(f"{W}tcPr/{W}hMerge")
        if sideways is not None and sideways.get(f"{W}val") != "restart" and not text and placed:
            begin, _, before, own = placed[-1]
            placed[-1] = (begin, column + across - 1, before, own)
        elif goes_on and not text:
            placed.append((column, column + across - 1, merged.get(column, ""), False))
        else:
            placed.append((column, column + across - 1, text, True))
            bold = bold and (cell_bold or not text)
        if down is None:
            merged.pop(column, None)
        elif not goes_on:
            merged[column] = text
        column += across
    return placed, bold


def is_frame(table: Any) -> bool:
    """Whether a table only places text on the page: it has one column, or holds other tables and one full cell in a row."""
    rows = [list(within(row, "tc")) for row in within(table, "tr")]
    if all(len(cells) <= 1 for cells in rows):
        return True
    if table.find(f".//{W}tbl") is None:
        return False
    return all(sum(1 for cell in cells if any(part.text for part in cell.iter(f"{W}t"))) <= 1 for cells in rows)


def _first_row_is_styled(table: Any, styles: Styles) -> bool:
    """Whether the table's style sets its first row off. The plain grid, which is Word's default, does not."""
    look = table.find(f"{W}tblPr/{W}tblLook")
    style = styles.elements.get(value(table, "tblPr/tblStyle") or "")
    if look is None or style is None:
        return False
    on = look.get(f"{W}firstRow") in ("1", "true") or int(look.get(f"{W}val") or "0", 16) & 0x20
    return bool(on) and any(part.get(f"{W}type") == "firstRow" for part in style.findall(f"{W}tblStylePr"))
