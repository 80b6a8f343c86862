"""HTML pages: the document in them, without navigation, banners and scripts."""

from __future__ import annotations

import re

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.blocks import AS_USUAL, Manner, RawDocument
from policyaudit.ingest.letters import clean
from policyaudit.ingest.markup import around, page
from policyaudit.ingest.markup.walk import blocks_of
from policyaudit.ingest.unwrapping import rejoined

FORMAT = "html"
EXTENSIONS = (".html", ".htm", ".xhtml")
READS_TEXT = True

_START = re.compile(rb"<!doctype\s+html|<html[\s>]|<(?:body|div|article|section|main|h1|p)[\s>][^\0]*</", re.IGNORECASE)
_MANY_HIDDEN = 50  # words


def recognises(head: bytes) -> bool:
    """Whether the bytes are an HTML page or a piece of one."""
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if plain.startswith(b"<?xml"):
        return b"<html" in plain[:2048].lower()
    return plain.startswith(b"<") and bool(_START.search(plain[:4096]))


def is_sure(head: bytes) -> bool:
    """Whether an office program wrote the page, as such pages go by the names of its own files (.doc, .xls)."""
    return b"urn:schemas-microsoft-com:office:" in head.replace(b"\0", b"")[:8192]


def read(data: bytes, *, name: str, manner: Manner = AS_USUAL) -> RawDocument:
    """The main text of the page as blocks. Raises UnreadableDocument if there is none."""
    root, faults = page(data)
    title = root.findtext(".//title")
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip().lower()
    if root.find(".//frameset") is not None:
        raise UnreadableDocument("The page is only a frame around other pages. Open the page in the frame and save that one.")
    body = root.find("body")
    body = root if body is None else body
    around.without_scripts(body)
    repealed = around.struck(body, manner.changes)
    text, hidden = around.main(body)
    blocks = rejoined(list(blocks_of(text)))
    if not blocks:
        raise UnreadableDocument("The page has no text in it, perhaps since it loads it by script. Save it from a browser.")
    warnings = list(faults)
    if hidden > _MANY_HIDDEN:
        warnings.append(f"The page holds hidden text ({hidden} words) that a browser does not show: it was left out.")
    if repealed:
        warnings.append("Most of the page is struck through, as portals show what is no longer in force.")
    return RawDocument(
        tuple(blocks),
        title=clean(title or "") or None,
        language=language[:2] or None,
        warnings=tuple(warnings),
        facts={"status": "repealed"} if repealed else {},
    )
