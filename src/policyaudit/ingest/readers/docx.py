"""Word documents (.docx)."""

from __future__ import annotations

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.archive import ZIP
from policyaudit.ingest.blocks import AS_USUAL, Manner, RawDocument
from policyaudit.ingest.word import read_word

FORMAT = "docx"
EXTENSIONS = (".docx", ".docm", ".dotx")


def recognises(head: bytes) -> bool:
    """Whether the first bytes are those of a zip archive, as a Word document is, and do not say that it is another kind."""
    return head.startswith(ZIP) and b"mimetypeapplication/" not in head[:200] and b"xl/workbook.xml" not in head


def read(data: bytes, *, name: str, manner: Manner = AS_USUAL) -> RawDocument:
    """The document as blocks. Raises UnreadableDocument for an archive that is broken or holds no Word document."""
    if not data.startswith(ZIP):
        raise UnreadableDocument("The file is no Word document (.docx): it is not a zip archive. Save it again from Word.")
    return read_word(data, manner)
