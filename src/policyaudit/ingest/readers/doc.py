"""Old Word documents (.doc): LibreOffice, where it is installed, makes .docx of them."""

from __future__ import annotations

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.blocks import AS_USUAL, Manner, RawDocument
from policyaudit.ingest.libreoffice import OLD_OFFICE, made_new
from policyaudit.ingest.word import read_word

FORMAT = "doc"
EXTENSIONS = (".doc", ".dot")

_WORD = "WordDocument".encode("utf-16-le")  # the stream in it that only a Word document has


def recognises(head: bytes) -> bool:
    """Whether the first bytes are those of an old Office file; which sort shows only further in."""
    return head.startswith(OLD_OFFICE)


def read(data: bytes, *, name: str, manner: Manner = AS_USUAL) -> RawDocument:
    """The document as blocks, as LibreOffice converts it. Raises UnreadableDocument where it cannot be converted."""
    if _WORD not in data:
        raise UnreadableDocument(
            "The file is an old Word file that is cut off, an old Excel or PowerPoint file, or a new file with a password. "
            "Save it as .docx, without a password."
        )
    return read_word(made_new(data, what="Word document", old="doc", new="docx", reads="MS Word 97"), manner)
