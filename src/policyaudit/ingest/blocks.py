"""What a reader hands to ``structure``: the document as a row of blocks, in reading order, with nothing interpreted yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from policyaudit.model import TextKind


class Role(StrEnum):
    """What the format itself says of a block. A format that says nothing gives PARAGRAPH."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # a list item; its mark, if any, stands at the start of the text
    ROW = "row"  # a table row
    NOTE = "note"  # footnote, marginal note
    CONTENTS = "contents"  # a line of a table of contents
    FURNITURE = "furniture"  # running head or foot, page number, navigation


@dataclass(frozen=True, slots=True)
class Given:
    """Where a block stands in the hierarchy that the format itself states (Akoma Ntoso). Nothing is guessed then.

    A block with a ``unit`` opens a provision; one without goes on with the body of the provision opened last.
    """

    depth: int = 0  # 0 for the outermost
    unit: str = ""  # as Provision.unit
    number: str = ""  # as cited: "26", "a"
    label: int = 0  # letters at the start of the text that are its label
    heading: int = 0  # letters at the start of the text that are label and heading
    eid: str = ""  # identifier of the element
    name: str = ""  # what the format calls it: "section"
    cite: str = ""  # how it is cited where the document's language does not say, {} standing for its number
    kind: TextKind | None = None  # None leaves it to be found out


CELL_GAP = " | "
"""What stands between the cells of a row in its text."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, item or table row, its lines already joined and its hyphens healed.

    ``page`` counts from 1; 0 in formats without pages. ``breaks`` are the page ends inside the block: (offset in
    ``text`` where the new page begins, its number). ``level``: depth of a heading or item as the format knows it, 0 if it
    does not. ``cells``: for rows, (head of the column, text of the cell), column by column. ``carried`` are the columns whose
    text stands in a row above, in a cell merged down; ``text`` is the texts of the other cells that are not empty, joined by
    ``CELL_GAP``. Within a cell, paragraphs and items stand on lines of their own. The rows of column heads themselves stand
    there once, bold. Pages never step back from one block to the next.
    """

    text: str
    role: Role = Role.PARAGRAPH
    page: int = 0
    level: int = 0
    breaks: tuple[tuple[int, int], ...] = ()
    cells: tuple[tuple[str, str], ...] = ()
    carried: tuple[int, ...] = ()
    names: str = ""  # of a row: "columns" for one of column heads, "rows" for a band that heads the rows after it
    bold: bool = False
    size: float = 0.0  # of the letters, in points; 0 where unknown
    indent: float = 0.0  # left edge in points; 0 where unknown
    language: str = ""  # of a column of a bilingual page, where the layout tells; "" is the document's own
    given: Given | None = None  # only in formats that state their hierarchy; then every block has it


def row_block(
    cells: Iterable[tuple[str, str]],
    *,
    carried: tuple[int, ...] = (),
    names: str = "",
    breaks: tuple[tuple[int, int], ...] = (),
    page: int = 0,
    bold: bool = False,
    size: float = 0.0,
    indent: float = 0.0,
) -> Block:
    """A table row of these (head, text) cells, its text made from those that are not carried down from a row above."""
    cells = tuple(cells)
    text = CELL_GAP.join(text for column, (_, text) in enumerate(cells) if text and column not in carried)
    return Block(
        text,
        Role.ROW,
        page,
        breaks=breaks,
        cells=cells,
        carried=carried,
        names=names,
        bold=bold,
        size=size,
        indent=indent,
    )


@dataclass(frozen=True, slots=True)
class RawDocument:
    """What a reader returns. ``pages`` is the number of pages (0 in formats without), ``empty_pages`` those without text."""

    blocks: tuple[Block, ...]
    pages: int = 0
    empty_pages: tuple[int, ...] = ()
    title: str | None = None  # as the format's own metadata says, if it says something useful
    language: str | None = None
    spoken: str = ""  # the language of the blocks that have none of their own, where others have one
    warnings: tuple[str, ...] = ()
    recognised: Mapping[int, float] = field(default_factory=dict)  # page -> confidence, for pages read by text recognition
    facts: Mapping[str, str] = field(default_factory=dict)  # what the format's metadata says: name of a model.Fact -> value


@dataclass(frozen=True, slots=True)
class Manner:
    """How a file is to be read, where there is a choice. A reader heeds what concerns its format."""

    changes: str = "accepted"  # tracked changes: "accepted" (insertions count, deletions do not) or "original" (as before)
    recognise: bool = True  # read pages without text by OCR, where the extra is installed
    cache: Path | None = None  # folder where recognised text is kept by the hash of the file; None keeps nothing
    jobs: int = 1  # how many pages are recognised at once
    progress: Callable[[int, int], None] | None = None  # called with pages recognised, pages to recognise


AS_USUAL = Manner()
