"""Table rows as blocks, whatever the format: heads found and taken once, bands told from rows, merged cells carried down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from policyaudit.ingest.blocks import CELL_GAP, Block, Role, row_block
from policyaudit.ingest.marks import BULLET, NAMED, NUMBER, begins_unit, ends_unit

LONGEST_HEAD = 120  # letters
LONGEST_BAND = 250
HEAD_GAP = " / "
"""What stands between a group's head and the head of a column in it."""

_MOST_HEAD_ROWS = 3
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORT = 60
_LABELS = 3
_LONGEST_LABEL = 25


@dataclass(slots=True)
class TableRow:
    """One row. ``texts`` has one for each column, "" where nothing stands; ``filled`` is False where the text is that of
    a cell merged from a row above; ``spans`` are the (first, last) columns of the cells that begin in this row.
    ``turns``: for each column, where in its text a new page begins: page -> offset."""

    texts: list[str]
    filled: list[bool]
    spans: list[tuple[int, int]]
    bold: bool = False
    head: bool = False  # the format itself says that this is a row of column heads
    page: int = 0
    size: float = 0.0
    indent: float = 0.0
    apart: bool = False  # an empty row stands before it
    turns: dict[int, dict[int, int]] = field(default_factory=dict)


@dataclass(slots=True)
class Heads:
    """The column heads of a table: what each column is called, and the texts of the rows that say so."""

    of_column: list[str]
    rows: list[list[str]]


def table_rows(
    rows: list[TableRow], columns: int, *, known: Heads | None = None, flat: bool = False
) -> tuple[list[Block], Heads]:
    """The rows as blocks, and the heads of the table. ``known`` are the heads of the table that these rows continue; where the
    rows say them again, there or further down, they are furniture. ``flat``: the format cannot merge cells, so that an empty
    cell at the beginning of a row stands for the one above it. Rows without text are left out."""
    rows = [_once(row, columns) for row in rows if any(row.filled)]
    if known is None and _sets_labels_apart(rows, columns):
        return list(_beside_labels(rows)), Heads([""] * columns, [])
    blocks: list[Block] = []
    if known is None:
        first, count = _head_rows(rows, columns)
        heads = Heads(_named(rows[first : first + count], columns), [row.texts for row in rows[first : first + count]])
        none = [""] * columns
        blocks = [row_of(row, none, names=_names(row, columns)) for row in rows[:first]]
        blocks += [row_of(row, none, names="columns") for row in rows[first : first + count]]
        rows = rows[first + count :]
    else:
        heads = known
    above: TableRow | None = None
    following = _after_heads(rows, heads)
    for index, row in enumerate(rows):
        if following[index]:
            blocks.append(repeated(row))
            continue
        names = _names(row, columns)
        if not names and (flat or row.bold) and _is_flat_band(row, rows[index + 1 :]):
            names = "rows"
        if names:
            above = None
        elif flat:
            if above is not None:
                carry(row, above)
            above = row
        blocks.append(row_of(row, heads.of_column, names=names))
    return blocks, heads


def _sets_labels_apart(rows: Sequence[TableRow], columns: int) -> bool:
    """Whether a table only sets the numbers of articles or items beside their sentences, as old law portals and word processors
    do. Not asked of formats with pages, where layout is looked at otherwise."""
    if columns != 2 or len(rows) < _LABELS or any(row.head or row.page for row in rows):
        return False
    labelled = [row.texts for row in rows if row.filled[0]]
    if len(labelled) < _LABELS or any(len(label) > _LONGEST_LABEL or not begins_unit(label) for label, _ in labelled):
        return False
    said = [text for _, text in labelled if text]
    alone = all(NAMED.match(label) or not any(map(str.isalpha, NUMBER.sub("", label, count=1))) for label, _ in labelled)
    return alone and sum(map(ends_unit, said)) > 0.7 * len(labelled)


def _beside_labels(rows: Sequence[TableRow]) -> Iterator[Block]:
    for row in rows:
        label, text = (text if own else "" for text, own in zip(row.texts, row.filled, strict=True))
        lines = f"{label} {text}".strip().split("\n")
        yield from (Block(line, Role.ITEM if BULLET.match(line) else Role.PARAGRAPH) for line in lines)


def row_of(row: TableRow, heads: Sequence[str], *, names: str = "") -> Block:
    """The row as a block; ``names`` as in Block."""
    cells = []
    at = 0
    turns: dict[int, int] = {}
    for column, text in enumerate(row.texts):
        cells.append(("" if names else _head_of(row, column, heads), text))
        if text and row.filled[column]:
            for page, offset in row.turns.get(column, {}).items():
                turns[page] = min(turns.get(page, at + offset), at + offset)
            at += len(text) + len(CELL_GAP)
    carried = tuple(column for column, text in enumerate(row.texts) if text and not row.filled[column])
    breaks: list[tuple[int, int]] = []
    for page in sorted(turns):
        breaks.append((max(turns[page], breaks[-1][0] if breaks else 0), page))
    return row_block(
        cells,
        carried=carried,
        names=names,
        breaks=tuple(breaks),
        page=row.page,
        bold=row.bold or names == "columns",
        size=row.size,
        indent=row.indent,
    )


def repeated(row: TableRow) -> Block:
    """Column heads that are said again at the head of a page."""
    text = row_block([("", text) for text in row.texts]).text
    return Block(text, Role.FURNITURE, row.page, bold=row.bold, size=row.size, indent=row.indent)


def carry(row: TableRow, above: TableRow) -> None:
    """The first cells of a row, as far as they are empty, are those of the row above."""
    for column, text in enumerate(row.texts):
        if text:
            return
        row.texts[column] = above.texts[column]


def is_new(rows: Sequence[TableRow], columns: int, known: Heads) -> bool:
    """Whether rows that could continue a table have column heads of their own, which are not those of the table."""
    first, count = _head_rows(list(rows), columns)
    return bool(count and known.rows) and rows[first].bold and not alike(rows[first].texts, known.rows[0])


def alike(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether two rows say the same, signs and capitals apart."""
    return [_bare(text) for text in one] == [_bare(text) for text in two]


def _after_heads(rows: Sequence[TableRow], heads: Heads) -> list[bool]:
    """For each row, whether it is one of the table's heads said again."""
    again = [False] * len(rows)
    length = len(heads.rows)
    for begin in range(len(rows) - length + 1 if length else 0):
        if all(alike(rows[begin + step].texts, heads.rows[step]) for step in range(length)):
            again[begin : begin + length] = [True] * length
    return again


def _once(row: TableRow, columns: int) -> TableRow:
    """The row, with a text that a converter has put into every column of a merged cell standing there once."""
    if columns > 1 and all(row.filled) and len(set(row.texts)) == 1 and len(_bare(row.texts[0])) > 3:
        row.texts = [row.texts[0]] + [""] * (columns - 1)
        row.filled = [True] + [False] * (columns - 1)
        row.spans = [(0, columns - 1)]
    return row


def _names(row: TableRow, columns: int) -> str:
    """ "rows" for a band: one cell across the whole table that reads as a heading of the rows after it."""
    own = [column for column, text in enumerate(row.texts) if text]
    if len(own) != 1 or not row.filled[own[0]] or columns < 2:
        return ""
    last = next((last for begin, last in row.spans if begin == own[0]), own[0])
    return "rows" if own[0] == 0 and last == columns - 1 and _is_heading(row.texts[own[0]]) else ""


def _is_flat_band(row: TableRow, following: Sequence[TableRow]) -> bool:
    """Whether a row with nothing but its first cell heads the rows after it, though the cell is not merged with the others."""
    if sum(row.filled) != 1 or not row.filled[0] or len(row.texts) < 3 or not following:
        return False
    return sum(following[0].filled) > 1 and len(row.texts[0]) <= LONGEST_HEAD and _is_heading(row.texts[0])


def _is_heading(text: str) -> bool:
    return (
        len(text) <= LONGEST_BAND
        and text[-1] not in ";,"
        and (text[-1] != "." or len(text) <= 80)
        and any(map(str.isalpha, text))
    )


def _head_rows(rows: list[TableRow], columns: int) -> tuple[int, int]:
    """(index of the first head row, number of head rows); the number is 0 for a table without column heads."""
    marked = sum(1 for row in rows if row.head)
    first = next((index for index, row in enumerate(rows) if sum(row.filled) > 1), len(rows))
    if first < marked < len(rows) and all(row.head for row in rows[:marked]):
        return first, marked - first
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
    if not (distinct or (len(texts) > 2 and len(body) > 1 and (longer or _over_numbers(head, body)))):
        return 0, 0
    count = 1
    while count < min(_MOST_HEAD_ROWS, len(rows) - first - 1) and _goes_deeper(rows[first + count - 1], rows[first + count]):
        count += 1
    return first, count


def _over_numbers(head: TableRow, body: Sequence[TableRow]) -> bool:
    """Whether a row of words or years stands over columns that hold numbers, all but the first."""
    for column in range(1, len(head.texts)):
        below = [row.texts[column] for row in body if row.filled[column]]
        numbers = sum(not any(map(str.isalpha, text)) for text in below)
        name = head.texts[column]
        if not head.filled[column] or numbers < 0.7 * len(below) or not (_YEAR.fullmatch(name) or any(map(str.isalpha, name))):
            return False
    return not head.filled[0] or any(map(str.isalpha, head.texts[0]))


def _goes_deeper(head: TableRow, row: TableRow) -> bool:
    """Whether a row stands in the head, under a group of columns that the row before it names."""
    groups = [(begin, last) for begin, last in head.spans if last > begin and head.filled[begin]]
    own = [column for column, filled in enumerate(row.filled) if filled]
    if len(own) < 2 or any(len(row.texts[column]) > _SHORT for column in own):
        return False
    if groups:
        divided = any(sum(begin <= column <= last for column in own) > 1 for begin, last in groups)
        under = all(any(begin <= column <= last for begin, last in groups) for column in own)
        return divided and (under or row.bold == head.bold)
    # Where cells cannot be merged, the name of a group stands in each of its columns.
    same = {column for column in range(1, len(head.texts)) if head.texts[column] and head.texts[column] == head.texts[column - 1]}
    same |= {column - 1 for column in same}
    return bool(same) and same.issuperset(column for column in own if row.texts[column] != head.texts[column])


def _named(rows: list[TableRow], columns: int) -> list[str]:
    heads: list[list[str]] = [[] for _ in range(columns)]
    for row in rows:
        for begin, last in row.spans:
            if row.filled[begin]:
                for column in range(begin, min(last + 1, columns)):
                    if row.texts[begin] not in heads[column]:
                        heads[column].append(row.texts[begin])
    return [HEAD_GAP.join(names) for names in heads]


def _head_of(row: TableRow, column: int, heads: Sequence[str]) -> str:
    """The head of a cell: of all its columns, if it covers several."""
    if not row.filled[column]:
        return heads[column]
    last = next((last for begin, last in row.spans if begin == column), column)
    names = dict.fromkeys(head for head in heads[column : last + 1] if head)
    return ", ".join(names)


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()
