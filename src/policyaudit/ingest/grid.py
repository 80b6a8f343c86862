"""Table rows as blocks, whatever the format: column heads found and taken once, merged cells filled from above."""

from __future__ import annotations

from dataclasses import dataclass

from policyaudit.ingest.blocks import Block, row_block

LONGEST_HEAD = 120  # letters


@dataclass(slots=True)
class TableRow:
    """One row. ``texts`` has one for each column, "" where nothing stands; ``filled`` is False where the text is that of
    a cell merged from a row above; ``spans`` are the (first, last) columns of the cells that begin in this row."""

    texts: list[str]
    filled: list[bool]
    spans: list[tuple[int, int]]
    bold: bool = False
    head: bool = False  # the format itself says that this is a row of column heads
    page: int = 0
    size: float = 0.0
    indent: float = 0.0


@dataclass(slots=True)
class Heads:
    """The column heads of a table: what each column is called, and the texts of the rows that say so."""

    of_column: list[str]
    rows: list[list[str]]


def table_rows(rows: list[TableRow], columns: int, *, known: Heads | None = None) -> tuple[list[Block], Heads]:
    """The rows as blocks, and the heads of the table. ``known`` are the heads of the table that these rows continue: they
    are not repeated where the rows begin with them again. Rows without text are left out."""
    rows = [row for row in rows if any(row.filled)]
    if known is not None:
        repeated = 0
        while repeated < min(len(known.rows), len(rows)) and _alike(rows[repeated].texts, known.rows[repeated]):
            repeated += 1
        return [_block(row, known.of_column) for row in rows[repeated:]], known
    first, count = _head_rows(rows, columns)
    heads = Heads(_named(rows[first : first + count], columns), [row.texts for row in rows[first : first + count]])
    none = [""] * columns
    blocks = [_block(row, none, head=index >= first) for index, row in enumerate(rows[: first + count])]
    return blocks + [_block(row, heads.of_column) for row in rows[first + count :]], heads


def _head_rows(rows: list[TableRow], columns: int) -> tuple[int, int]:
    """(index of the first head row, number of head rows); the number is 0 for a table without column heads."""
    marked = sum(1 for row in rows if row.head)
    if marked and marked < len(rows) and all(row.head for row in rows[:marked]):
        return 0, marked
    first = next((index for index, row in enumerate(rows) if sum(row.filled) > 1), len(rows))
    body = rows[first + 1 :]
    if not body:
        return 0, 0
    head = rows[first]
    texts = [text for text, own in zip(head.texts, head.filled, strict=True) if own]
    used = sum(1 for column in range(columns) if any(row.filled[column] for row in body))
    covered = sum(last - begin + 1 for begin, last in head.spans if head.filled[begin])
    if any(len(text) > LONGEST_HEAD or text[-1] in ".;" for text in texts) or covered < 0.6 * max(used, 2):
        return 0, 0
    bodies = [text for row in body for text, own in zip(row.texts, row.filled, strict=True) if own]
    longer = sum(map(len, bodies)) / max(len(bodies), 1) > 1.4 * sum(map(len, texts)) / len(texts)
    distinct = head.bold and not all(row.bold for row in body)
    if not (distinct or (len(texts) > 2 and longer and len(body) > 1)):
        return 0, 0
    deeper = any(last > begin and head.filled[begin] for begin, last in head.spans)
    if deeper and len(body) > 1 and body[0].bold == head.bold and all(len(text) <= 60 for text in body[0].texts):
        return first, 2
    return first, 1


def _named(rows: list[TableRow], columns: int) -> list[str]:
    heads = [""] * columns
    for row in rows:
        for begin, last in row.spans:
            if row.filled[begin]:
                for column in range(begin, min(last + 1, columns)):
                    heads[column] = f"{heads[column]} {row.texts[begin]}".strip()
    return heads


def _block(row: TableRow, heads: list[str], *, head: bool = False) -> Block:
    columns = sorted({begin for begin, _ in row.spans} | {column for column, text in enumerate(row.texts) if text})
    cells = [(heads[column], row.texts[column]) for column in columns]
    return row_block(cells, page=row.page, bold=row.bold or head, size=row.size, indent=row.indent)


def _alike(one: list[str], two: list[str]) -> bool:
    return [_bare(text) for text in one] == [_bare(text) for text in two]


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()
