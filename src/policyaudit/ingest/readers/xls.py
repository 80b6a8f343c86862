"""Old Excel workbooks (.xls): LibreOffice, where it is installed, makes .xlsx of them."""

from __future__ import annotations

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.blocks import AS_USUAL, Manner
from policyaudit.ingest.libreoffice import OLD_OFFICE, made_new

FORMAT = "xls"
EXTENSIONS = (".xls", ".xlt")
READ_AS = "xlsx"

_BOOKS = tuple(stream.encode("utf-16-le") for stream in ("Workbook", "Book"))  # one of which every workbook has


def recognises(head: bytes) -> bool:
    """Whether the first bytes are those of an old Office file and show no Word document."""
    return head.startswith(OLD_OFFICE) and "WordDocument".encode("utf-16-le") not in head


def converted(data: bytes, *, manner: Manner = AS_USUAL) -> bytes:
    """The workbook as .xlsx. Raises UnreadableDocument where it cannot be converted."""
    if not any(stream in data for stream in _BOOKS):
        raise UnreadableDocument(
            "The file is an old Excel workbook that is cut off, another old Office file, or a new file with a password. "
            "Save it as .xlsx, without a password."
        )
    return made_new(data, what="Excel workbook", old="xls", new="xlsx", reads="MS Excel 97")
