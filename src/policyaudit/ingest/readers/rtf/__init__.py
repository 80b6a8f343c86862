"""Rich Text (.rtf), read by its own grammar: the libraries for it give running text without tables, notes and headings."""

from __future__ import annotations

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.blocks import AS_USUAL, Manner, RawDocument
from policyaudit.ingest.letters import clean
from policyaudit.ingest.readers.rtf.text import Text

FORMAT = "rtf"
EXTENSIONS = (".rtf",)

_HOW = {"accepted": "it was read as if all were accepted", "original": "it was read as it was before them"}


def recognises(head: bytes) -> bool:
    """Whether the first bytes are those of a Rich Text file."""
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf")


def read(data: bytes, *, name: str, manner: Manner = AS_USUAL) -> RawDocument:
    """The document as blocks. Raises UnreadableDocument for one that is cut off before its text or has none."""
    if not recognises(data):
        raise UnreadableDocument("The file is no Rich Text file (.rtf). Save it again from a word processor.")
    text = Text(data.decode("latin-1"), original=manner.changes == "original")
    blocks = text.blocks()
    if not blocks:
        raise UnreadableDocument("The Rich Text file has no text in it; it may be cut off. Save it again from a word processor.")
    warnings = []
    if text.changed:
        warnings.append(f"The document has tracked changes ({text.changed}): {_HOW[manner.changes]}.")
    if text.open_groups:
        warnings.append("The file ends before its text does: it is cut off. Download or save it again.")
    title = clean(text.title)
    return RawDocument(blocks, title=title if " " in title else None, warnings=tuple(warnings))
