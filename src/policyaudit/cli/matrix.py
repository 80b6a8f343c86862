"""Tables as they are read: each row with its bands, and each cell with its head."""

from __future__ import annotations

from collections.abc import Iterator

from policyaudit.cli import table
from policyaudit.model import Document, Provision


def lines(document: Document) -> Iterator[str]:
    """The rows of all tables, cell by cell under their heads; a cell carried down from a row above is marked with ^."""
    for provision in document.provisions:
        if provision.unit != "row":
            continue
        yield f"{table.plain(provision.path)}{_pages(document, provision)}"
        if provision.heading:
            yield f"    [head] {_on_one_line(provision.heading)}"
            continue
        for cell in provision.cells:
            carried = "" if provision.start <= cell.start and cell.end <= provision.end else "^"
            name = _on_one_line(cell.head) or f"column {cell.column + 1}"
            yield f"    {name}: {carried}{_on_one_line(document.text[cell.start : cell.end])}"


def _on_one_line(text: str) -> str:
    return " ¶ ".join(table.plain(part) for part in text.split("\n"))


def _pages(document: Document, provision: Provision) -> str:
    end = max(provision.end, provision.start + 1)
    numbers = [page.number for page in document.pages if page.start < end and page.end > provision.start]
    return f" (p. {'-'.join(map(str, dict.fromkeys((numbers[0], numbers[-1]))))})" if numbers else ""
