"""What stands in other parts of a Word document but on its pages: the words of diagrams, and pages put in whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.archive import ZIP
from policyaudit.ingest.blocks import Block
from policyaudit.ingest.letters import clean
from policyaudit.ingest.markup import around, page
from policyaudit.ingest.markup.walk import blocks_of
from policyaudit.ingest.markup.webarchive import is_archive, page_in
from policyaudit.ingest.word.package import Package

_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def diagrams(element: Any, package: Package) -> Iterator[str]:
    """The texts of the boxes of the diagrams in a paragraph, in the order in which they were made."""
    for reference in element.iter(f"{_DIAGRAM}relIds"):
        root = package.related(reference.get(f"{_RELATED}dm"))
        for point in root.iter(f"{_DIAGRAM}pt") if root is not None else ():
            lines = ("".join(part.text or "" for part in line.iter(f"{_DRAWING}t")) for line in point.iter(f"{_DRAWING}p"))
            yield from filter(None, map(clean, lines))


def put_in(chunk: Any, package: Package) -> list[Block] | None:
    """A web page that was put into the document whole, as programs that write Word files from the web do; None if what was
    put in is none."""
    data = package.bytes_of(chunk.get(f"{_RELATED}id"))
    if not data or data.startswith((ZIP, b"{\\rtf")):
        return None
    try:
        root, _ = page(page_in(data) if is_archive(data) else data)
    except UnreadableDocument:
        return None
    body = root.find("body")
    body = root if body is None else body
    around.without_scripts(body)
    around.struck(body, package.changes)
    return list(blocks_of(body))
