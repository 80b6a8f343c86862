"""Word documents (Office Open XML): what stands on the screen, as blocks. Used by the readers of .docx and of .doc."""

from __future__ import annotations

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.archive import Archive
from policyaudit.ingest.blocks import Manner, RawDocument
from policyaudit.ingest.word.body import Body
from policyaudit.ingest.word.package import Package

# Other documents that are zip archives, by a part that each has.
_OTHERS = (
    ("ppt/", "a PowerPoint presentation"),
    ("Index/Slide", "a Keynote presentation of Apple"),
    ("Index/Document.iwa", "a Pages or Numbers document of Apple"),
    ("index.apxl", "a Keynote presentation of Apple"),
    ("index.xml", "an old Pages document of Apple"),
    ("visio/", "a Visio drawing"),
    ("xl/", "an Excel workbook of a kind that is not read (.xlsb)"),
)


def read_word(data: bytes, manner: Manner) -> RawDocument:
    """The document as blocks. Raises UnreadableDocument for an archive that is broken or holds no Word document."""
    archive = Archive(data, "Word document")
    if not any(name.startswith("word/") for name in archive.names):
        what = next((words for part, words in _OTHERS if any(name.startswith(part) for name in archive.names)), None)
        raise UnreadableDocument(
            f"The file is {what}. Export its text as .docx or PDF."
            if what
            else "The file is a zip archive but no Word document. Unpack it and give the documents in it."
        )
    return Body(Package(archive, changes=manner.changes)).document()
