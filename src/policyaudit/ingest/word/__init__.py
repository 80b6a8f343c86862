"""Word documents (Office Open XML): what stands on the screen, as blocks. Used by the readers of .docx and of .doc."""

from __future__ import annotations

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.archive import Archive
from policyaudit.ingest.blocks import Manner, RawDocument
from policyaudit.ingest.word.body import Body
from policyaudit.ingest.word.package import Package


def read_word(data: bytes, manner: Manner) -> RawDocument:
    """The document as blocks. Raises UnreadableDocument for an archive that is broken or holds no Word document."""
    archive = Archive(data, "Word document")
    if not any(name.startswith("word/") for name in archive.names):
        raise UnreadableDocument("The file is a zip archive but no Word document. Unpack it and give the documents in it.")
    return Body(Package(archive, changes=manner.changes)).document()
