"""Web pages saved in one file with their pictures (.mht, .mhtml); also what web programs give as .doc or .xls."""

from __future__ import annotations

from policyaudit.ingest.blocks import AS_USUAL, Manner
from policyaudit.ingest.markup.webarchive import is_archive, page_in

FORMAT = "mhtml"
EXTENSIONS = (".mht", ".mhtml")
READ_AS = "html"


def recognises(head: bytes) -> bool:
    """Whether the first bytes are the head of a web page saved with all that belongs to it."""
    return is_archive(head)


def converted(data: bytes, *, manner: Manner = AS_USUAL) -> bytes:
    """The page in it, as HTML. Raises UnreadableDocument if there is none."""
    return page_in(data)
