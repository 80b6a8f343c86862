"""How the command line prints: plain columns, and text of documents without anything that a terminal would obey."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len

from policyaudit.model import Status

COUNTED = (Status.MET, Status.PARTLY, Status.NOT_FOUND, Status.CONTRADICTED, Status.UNSCORED)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_NUMBER = re.compile(r"[\d.,%–-]*")


def plain(text: str) -> str:
    """One line: line ends and tabs as spaces, control characters and changes of writing direction left out."""
    return _CONTROL.sub("", " ".join(text.split()))


def lines(head: Sequence[str], rows: Sequence[Sequence[str]], *, indent: str = "") -> str:
    """The rows under their head in columns as wide as needed; columns of numbers stand to the right."""
    cells = [list(head), *([plain(cell) for cell in row] for row in rows)]
    widths = [max(cell_len(row[column]) for row in cells) for column in range(len(head))]
    right = [all(_NUMBER.fullmatch(row[column]) for row in cells[1:]) for column in range(len(head))]
    printed = []
    for row in cells:
        padded = []
        for cell, width, numbers in zip(row, widths, right, strict=True):
            space = " " * (width - cell_len(cell))
            padded.append(space + cell if numbers else cell + space)
        printed.append(indent + "  ".join(padded).rstrip())
    return "\n".join(printed)
