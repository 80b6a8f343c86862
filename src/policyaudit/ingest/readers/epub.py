"""Books in EPUB: pages of XHTML in the order in which the book says they are read."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.archive import ZIP, Archive
from policyaudit.ingest.blocks import AS_USUAL, Block, Manner, RawDocument, Role
from policyaudit.ingest.letters import clean
from policyaudit.ingest.markup import around, page
from policyaudit.ingest.markup.walk import blocks_of

FORMAT = "epub"
EXTENSIONS = (".epub",)

_CONTAINER = "META-INF/container.xml"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_LOCKED = "META-INF/encryption.xml"


def recognises(head: bytes) -> bool:
    """Whether the first bytes are those of an EPUB, whose archive begins with its media type or else says where its pages are."""
    return head.startswith(ZIP) and (b"mimetypeapplication/epub+zip" in head[:200] or _CONTAINER.encode() in head)


def read(data: bytes, *, name: str, manner: Manner = AS_USUAL) -> RawDocument:
    """The pages of the book as blocks. Raises UnreadableDocument for a book that is broken or locked."""
    archive = Archive(data, "EPUB")
    container = archive.xml(_CONTAINER)
    root = container.find(".//{*}rootfile") if container is not None else None
    place = (root.get("full-path") or "") if root is not None else ""
    book = archive.xml(place)
    if book is None:
        raise UnreadableDocument("The EPUB is damaged: it does not say what is in it. Download it again.")
    folder = posixpath.dirname(place)
    items = {item.get("id"): item for item in book.iterfind("{*}manifest/{*}item")}
    blocks: list[Block] = []
    missing = 0
    for reference in book.iterfind("{*}spine/{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or "html" not in (item.get("media-type") or "html"):
            continue
        target = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
        content = archive.read(target)
        if not content:
            missing += 1
            continue
        is_contents = "nav" in (item.get("properties") or "").split()
        blocks += _page(content, manner, is_contents=is_contents)
    if not blocks:
        locked = _LOCKED in archive.names
        raise UnreadableDocument(
            "The EPUB is locked by its publisher. Give the text in another format."
            if locked
            else "The EPUB has no text in it, perhaps only images of its pages. Give the text in another format."
        )
    title, language = book.findtext(f".//{_DUBLIN}title"), book.findtext(f".//{_DUBLIN}language")
    return RawDocument(
        tuple(blocks),
        title=clean(title or "") or None,
        language=(language or "").strip().lower()[:2] or None,
        warnings=(f"{missing} of the book's pages are missing from the file.",) if missing else (),
    )


def _page(content: bytes, manner: Manner, *, is_contents: bool) -> list[Block]:
    root, _ = page(content)
    body = root.find("body")
    body = root if body is None else body
    around.without_scripts(body)
    around.struck(body, manner.changes)
    blocks = list(blocks_of(body))
    return [Block(block.text, Role.CONTENTS) for block in blocks] if is_contents else blocks
