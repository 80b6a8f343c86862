"""OpenDocument texts (.odt, and .fodt in one XML file): paragraphs, lists with their numbers, tables, notes; and the tables of
spreadsheets (.ods), which are written in the same way."""

from __future__ import annotations

from typing import Any

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.archive import ZIP, Archive, xml
from policyaudit.ingest.blocks import AS_USUAL, Manner, RawDocument
from policyaudit.ingest.letters import clean
from policyaudit.ingest.readers.odt.content import Content
from policyaudit.ingest.readers.odt.names import DC, OFFICE
from policyaudit.ingest.readers.odt.styles import Styles
from policyaudit.ingest.unwrapping import rejoined
from policyaudit.ingest.watermarks import status_of

FORMAT = "odt"
EXTENSIONS = (".odt", ".ott", ".fodt", ".ods")

_TYPES = tuple(b"mimetypeapplication/vnd.oasis.opendocument." + kind for kind in (b"text", b"spreadsheet"))
_FLAT = b"urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_HOW = {"accepted": "it was read as if all were accepted", "original": "it was read as it was before them"}


def recognises(head: bytes) -> bool:
    """Whether the first bytes are those of an OpenDocument text: an archive that begins with its media type, or flat XML."""
    if head.startswith(ZIP):
        return any(kind in head[:300] for kind in _TYPES)
    return (
        head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml") and _FLAT in head[:8192] and b"office:document " in head[:8192]
    )


def read(data: bytes, *, name: str, manner: Manner = AS_USUAL) -> RawDocument:
    """The document as blocks. Raises UnreadableDocument for one that is broken, locked or no text."""
    content, styles, meta = _parts(data)
    bodies = [content.find(f"{OFFICE}body/{OFFICE}{kind}") for kind in ("text", "spreadsheet")] if content is not None else []
    text = next((body for body in bodies if body is not None), None)
    if text is None:
        raise UnreadableDocument("The OpenDocument file holds no text document. Save it as .odt from a word processor.")
    known = Styles([root for root in (styles, content) if root is not None])
    reading = Content(text, known, manner.changes)
    try:
        blocks = rejoined(reading.blocks())
    except RecursionError as error:
        raise UnreadableDocument("The document puts its elements too deep within one another. Check how it was made.") from error
    roots = [root for root in (styles, content) if root is not None]
    margins = list(reading.margins(roots))
    warnings: tuple[str, ...] = ()
    if reading.changed:
        warnings = (f"The document has tracked changes ({reading.changed}): {_HOW[manner.changes]}.",)
    status = next((status for mark in reading.watermarks(roots) if (status := status_of(mark))), None)
    title = clean((meta.findtext(f".//{DC}title") if meta is not None else "") or "")
    return RawDocument(
        (*blocks, *margins),
        title=title if " " in title else None,
        warnings=warnings,
        facts={"status": status} if status else {},
    )


def _parts(data: bytes) -> tuple[Any, Any, Any]:
    """(content, styles, metadata) as XML."""
    if not data.startswith(ZIP):
        root = xml(data, "OpenDocument text")
        return root, None, root
    archive = Archive(data, "OpenDocument text")
    manifest = archive.read("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise UnreadableDocument("The OpenDocument text is locked with a password. Save it again without one.")
    return archive.xml("content.xml"), archive.xml("styles.xml"), archive.xml("meta.xml")
