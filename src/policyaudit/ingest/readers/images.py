"""Photographs and scans that are image files: PNG, JPEG, TIFF. They are read as the pages of a scanned PDF are."""

from __future__ import annotations

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.blocks import AS_USUAL, Manner
from policyaudit.ingest.recognition import HOW_TO_INSTALL, version
from policyaudit.ingest.recognition.photographs import as_pdf, frames

FORMAT = "image"
EXTENSIONS = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
READ_AS = "pdf"

_HEADS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")


def recognises(head: bytes) -> bool:
    """Whether the first bytes are those of an image."""
    return head.startswith(_HEADS)


def converted(data: bytes, *, manner: Manner = AS_USUAL) -> bytes:
    """The image as a PDF, each of its frames a page. Raises UnreadableDocument where it cannot be opened or recognised."""
    if not manner.recognise:
        raise UnreadableDocument("The file is an image, which is read by text recognition, and that was switched off.")
    if version() is None:
        raise UnreadableDocument(
            f"The file is an image, which is read by text recognition, and that is not installed. {HOW_TO_INSTALL}"
        )
    pictures = frames(data)
    if not pictures:
        raise UnreadableDocument("The image is damaged and cannot be opened. Scan or export it again.")
    return as_pdf(pictures)
