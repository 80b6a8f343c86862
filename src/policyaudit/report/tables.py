"""The rows of a table as a page shows them: column heads, bands over all columns, cells merged over rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policyaudit.model import Provision


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell in its row: the range of its text, the text of its column's head, and over how many columns and rows it runs."""

    start: int
    end: int
    head: str = ""
    is_head: bool = False
    columns: int = 1
    rows: int = 1


def placed(rows: Sequence[Provision]) -> list[list[Placed]]:
    """The cells of each row from left to right. A cell carried down from a row above is that row's, running over both; where
    that row is not among these, it stands here again."""
    width = max((cell.column for row in rows for cell in row.cells), default=0) + 1
    return [_row(rows, number, width) for number in range(len(rows))]


def _row(rows: Sequence[Provision], number: int, width: int) -> list[Placed]:
    row = rows[number]
    names = bool(row.heading)
    if len(row.cells) < 2 and (names or not row.cells):
        return [Placed(row.start, row.end, is_head=names, columns=width)]  # a band, or a row that is no more than its text
    cells = {cell.column: cell for cell in row.cells}
    shown = []
    for column in range(width):
        cell = cells.get(column)
        if cell is None:
            shown.append(Placed(row.end, row.end, is_head=names))
            continue
        above = next((at for at in range(number, -1, -1) if rows[at].start <= cell.start and cell.end <= rows[at].end), None)
        if above is not None and above < number and _runs(rows[above : number + 1], column, cell.start):
            continue
        rowspan = 1
        while number + rowspan < len(rows) and _runs(rows[number : number + rowspan + 1], column, cell.start):
            rowspan += 1
        shown.append(Placed(cell.start, cell.end, cell.head, names, rows=rowspan))
    return shown


def _runs(rows: Sequence[Provision], column: int, start: int) -> bool:
    """Whether the cell that begins there stands in that column in all of these rows."""
    return all(any(cell.column == column and cell.start == start for cell in row.cells) for row in rows)
