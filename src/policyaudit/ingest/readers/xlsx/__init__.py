"""Excel workbooks (.xlsx): the sheets that are shown, table by table, as plan matrices are often kept.

Read from the XML itself, as Word documents are: openpyxl, which writes our reports, unpacks without bounds and gives numbers
without the way they are shown.
"""

from __future__ import annotations

from dataclasses import replace

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.archive import ZIP, Archive
from policyaudit.ingest.blocks import AS_USUAL, Manner, RawDocument, Role
from policyaudit.ingest.letters import clean
from policyaudit.ingest.readers.xlsx.book import Book
from policyaudit.ingest.readers.xlsx.sheet import blocks_of, lines_above

FORMAT = "xlsx"
EXTENSIONS = (".xlsx", ".xlsm", ".xltx")

_OURS = "policyaudit "  # what our own reports say of who made them


def recognises(head: bytes) -> bool:
    """Whether the first bytes are those of an archive with the parts of a workbook."""
    return head.startswith(ZIP) and (b"xl/workbook.xml" in head or b"xl/worksheets/" in head)


def read(data: bytes, *, name: str, manner: Manner = AS_USUAL) -> RawDocument:
    """The sheets as blocks. Raises UnreadableDocument for a workbook that is broken, or a report of ours."""
    if not data.startswith(ZIP):
        raise UnreadableDocument("The file is no Excel workbook (.xlsx): it is not a zip archive. Save it again from Excel.")
    archive = Archive(data, "Excel workbook")
    known = archive.xml("docProps/core.xml")
    if known is not None and (known.findtext("{*}creator") or "").startswith(_OURS):
        raise UnreadableDocument("The workbook is a report of policyaudit and no document. Leave it out.")
    book = Book(archive)
    shown = [(sheet.name, list(blocks_of(sheet, book))) for sheet in book.sheets()]
    full = [(title, blocks) for title, blocks in shown if blocks]
    if not full:
        raise UnreadableDocument("The workbook has no text in the sheets that it shows. Check that it was saved whole.")
    title = clean((known.findtext("{*}title") or "") if known is not None else "")
    blocks = [block for named, blocks in full for block in (*book.heading(named, alone=len(full) == 1), *blocks)]
    if above := lines_above(full[0][1]):
        # What stands above the first table says what the workbook is; the name of a sheet only which part that is.
        named = blocks[: blocks.index(above[0])]
        blocks = [*(replace(block, role=Role.TITLE) for block in above), *named, *blocks[len(named) + len(above) :]]
    return RawDocument(
        tuple(blocks),
        title=title if " " in title else None,
        warnings=tuple(book.warnings()),
    )
