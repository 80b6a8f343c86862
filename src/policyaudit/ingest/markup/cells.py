"""Tables in markup: which hold data, and their rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from policyaudit.ingest.blocks import Block
from policyaudit.ingest.grid import TableRow, table_rows
from policyaudit.ingest.letters import clean
from policyaudit.ingest.markup import words_in
from policyaudit.ingest.unwrapping import broken_lines

_CELLS = ("td", "th")
_BREAKS = ("br", "eol")
_APART = re.compile(r"\n\s*\n")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LINES = frozenset((*_HEADINGS, "p", "div", "li", "tr", "ul", "ol", "dd", "dt", "table", "item"))
_MANY_ROWS = 3
_LONG = 400  # words in a cell of a table that only places parts of the page
_MOST_COLUMNS = 200  # in which merged cells are followed
_Placed = tuple[int, int, str, bool]  # first column, last column, text, whether the cell begins in this row


def is_data(table: Any) -> bool:
    """Whether a table holds data, and is not there to place parts of the page."""
    own = _rows(table)
    rows = [[cell for cell in row if cell.tag in _CELLS] for row in own]
    wide = [row for row in rows if sum(1 for cell in row if words_in(cell)) > 1]
    if table.find(".//table") is not None:
        # A matrix with a small table in one of its cells, and no page laid out in cells.
        full = [row for row in wide if sum(1 for cell in row if words_in(cell)) > 2]
        if len(full) < _MANY_ROWS or not (_has_lines(table) or any(cell.tag == "th" or _has_lines(cell) for cell in full[0])):
            return False
    elif table.find(".//th") is not None:
        return True
    if len(wide) < 2:
        return False
    return not any(cell.find(f".//{tag}") is not None for row in rows for cell in row for tag in _HEADINGS) and not any(
        words_in(cell) > _LONG for row in rows for cell in row
    )


def _has_lines(element: Any) -> bool:
    return (element.get("border") or "0") != "0" or "border" in (element.get("style") or "")


def _rows(table: Any) -> list[Any]:
    """The rows of a table, without those of tables in its cells."""
    return [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]


def table_blocks(table: Any) -> Iterator[Block]:
    """The caption and the rows of a table."""
    caption = table.find("caption")
    if caption is not None and clean("".join(caption.itertext())):
        yield Block(clean("".join(caption.itertext())))
    found: list[tuple[list[_Placed], bool]] = []
    above: dict[int, tuple[int, str]] = {}  # column -> (rows still covered, text) of a cell that spans rows
    columns = 0
    for row in _rows(table):
        cells = [cell for cell in row if cell.tag in _CELLS]
        placed = _placed(cells, above)
        columns = max([columns, *(last + 1 for _, last, _, _ in placed)])
        parent = row.getparent()
        head = bool(cells) and (all(cell.tag == "th" for cell in cells) or (parent is not None and parent.tag == "thead"))
        found.append((placed, head))
    rows: list[TableRow] = []
    for placed, head in found:
        texts = [""] * columns
        filled = [False] * columns
        for begin, _, text, own in placed:
            texts[begin], filled[begin] = text, own and bool(text)
        rows.append(TableRow(texts, filled, [(begin, last) for begin, last, _, own in placed if own], head=head, bold=head))
    yield from table_rows(rows, columns)[0]


def _placed(cells: list[Any], above: dict[int, tuple[int, str]]) -> list[_Placed]:
    """The cells of a row in their columns. ``above`` is kept for the next row."""
    now = {place: text for place, (left, text) in above.items() if left}
    above.update({place: (left - 1, text) for place, (left, text) in above.items() if left})
    for place in [place for place, (left, _) in above.items() if not left and place not in now]:
        del above[place]
    placed: list[_Placed] = []
    column = 0
    for cell in cells:
        while column in now:
            column += 1
        across = min(_span(cell, "colspan"), max(_MOST_COLUMNS - column, 1))
        down = _span(cell, "rowspan") if column < _MOST_COLUMNS else 1
        text = cell_text(cell)
        placed.append((column, column + across - 1, text, True))
        if down > 1:
            for place in range(column, column + across):
                above[place] = (down - 1, text if place == column else "")
        column += across
    return placed + [(place, place, text, False) for place, text in now.items() if text]


def cell_text(cell: Any) -> str:
    """The text of a cell, its paragraphs and items on lines of their own."""
    lines = [line for piece in _APART.split(running_text(cell)) for line in broken_lines(piece, hard=True)]
    return "\n".join(text for line in lines if (text := clean(line)))


def running_text(element: Any) -> str:
    """The text within an element as it stands, with a line end for a line break and two where a block begins or ends."""
    parts: list[str] = []
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if inner.tag in _BREAKS:
            parts.append("\n" if event == "start" else "")
        elif inner is not element and inner.tag in _LINES:
            parts.append("\n\n")
        if event == "start":
            parts.append((inner.text or "").replace("\n", " "))
        elif inner is not element:
            parts.append(" " if inner.tag in _CELLS else "")
            parts.append((inner.tail or "").replace("\n", " "))
    return "".join(parts)


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return max(int(value), 1) if value.isdigit() and len(value) < 8 else 1
