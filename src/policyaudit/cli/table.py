"""How the command line prints: plain columns, and text of documents without anything that a terminal would obey."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_NUMBER = re.compile(r"[\d.,%–-]*")


def plain(text: str) -> str:
    """One line: line ends and tabs as spaces, control characters and changes of writing direction left out."""
    return _CONTROL.sub("", " ".join(text.split()))


def shortened(text: str, width: int) -> str:
    """The text in at most ``width`` columns: where it is longer, "…" stands for its middle."""
    text = plain(text)
    if cell_len(text) <= width:
        return text
    head = set_cell_size(text, (width - 1) // 3)
    tail = text
    while cell_len(tail) > width - 1 - cell_len(head):
        tail = tail[1:]
    return f"{head}…{tail}"


def lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The rows under their head in columns as wide as needed; columns of numbers stand to the right.

    A name in the head may have several lines; all stand on the last.
    """
    high = max(name.count("\n") for name in head) + 1
    heads = [[""] * (high - 1 - name.count("\n")) + name.split("\n") for name in head]
    cells = [*([name[number] for name in heads] for number in range(high)), *([plain(cell) for cell in row] for row in rows)]
    widths = [max(cell_len(row[column]) for row in cells) for column in range(len(head))]
    right = [all(_NUMBER.fullmatch(row[column]) for row in cells[high:]) for column in range(len(head))]
    printed = []
    for row in cells:
        padded = []
        for cell, width, numbers in zip(row, widths, right, strict=True):
            space = " " * (width - cell_len(cell))
            padded.append(space + cell if numbers else cell + space)
        printed.append("  ".join(padded).rstrip())
    return "\n".join(printed)
