"""The rows of Rich Text tables, which are only a run of cells with right edges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from policyaudit.ingest.blocks import Block
from policyaudit.ingest.grid import TableRow, table_rows

_NEAR = 30  # twentieths of a point within which two edges are one


@dataclass(slots=True)
class Edge:
    """What the definition of a row says of one of its cells."""

    right: int
    goes_down: bool = False  # goes on with the cell above
    goes_on: bool = False  # goes on with the cell before


@dataclass(slots=True)
class Row:
    """A row as read: its cells' texts, and their definition."""

    edges: list[Edge] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    bold: bool = False
    head: bool = False


def blocks_of(rows: list[Row]) -> Iterator[Block]:
    """The rows of one table as blocks."""
    rights: list[int] = []
    for right in sorted({edge.right for row in rows for edge in row.edges}):
        if not rights or right - rights[-1] > _NEAR:
            rights.append(right)
    columns = max(len(rights), max(len(row.texts) for row in rows))
    above: dict[int, str] = {}
    made = []
    for row in rows:
        texts, filled = [""] * columns, [False] * columns
        spans: list[tuple[int, int]] = []
        begin = 0
        for index, text in enumerate(row.texts):
            edge = row.edges[index] if index < len(row.edges) else None
            last = max(_column(rights, edge.right), begin) if edge else begin
            begin, last = min(begin, columns - 1), min(last, columns - 1)
            if edge and edge.goes_on and spans and not text:
                spans[-1] = (spans[-1][0], last)
            elif edge and edge.goes_down and not text:
                texts[begin] = above.get(begin, "")
            else:
                texts[begin] = f"{texts[begin]} {text}".strip() if texts[begin] else text
                filled[begin] = bool(texts[begin])
                spans.append((begin, last))
                above[begin] = text
            begin = last + 1
        made.append(TableRow(texts, filled, spans, bold=row.bold, head=row.head))
    yield from table_rows(made, columns)[0]


def _column(rights: list[int], right: int) -> int:
    return next((place for place, edge in enumerate(rights) if right - edge <= _NEAR), len(rights) - 1)
