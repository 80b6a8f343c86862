"""Web pages in one file with all that belongs to them (.mht, .mhtml), as browsers save them and Word, "single file web page"."""

from __future__ import annotations

import email.policy
import re
from email import message_from_bytes

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.decoding import decode

_HEAD = re.compile(rb"\s*(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_MARK = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
_PAGES = re.compile(rb"^content-type:\s*(?:multipart/|text/html)", re.IGNORECASE | re.MULTILINE)


def is_archive(head: bytes) -> bool:
    """Whether the first bytes of a file are the head of a web page saved with all that belongs to it."""
    found = _HEAD.match(head[:8192].lstrip(b"\xef\xbb\xbf").replace(b"\r\n", b"\n"))
    return found is not None and _MARK.search(found[0]) is not None and _PAGES.search(found[0]) is not None


def page_in(data: bytes) -> bytes:
    """The page itself, in UTF-8: of several the one that the file begins with, the frame of the others apart. Raises
    UnreadableDocument if there is none."""
    try:
        message = message_from_bytes(data.lstrip(b"\xef\xbb\xbf \t\r\n"), policy=email.policy.compat32)
        parts = list(message.walk())
    except RecursionError as error:
        raise UnreadableDocument("The saved web page nests its parts too deep. Check how it was made.") from error
    texts = []
    for part in parts:
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                texts.append(decode(content, declared=part.get_content_charset()))
    if not texts:
        raise UnreadableDocument("The saved web page has no page in it. Save it again from a browser.")
    return next((text for text in texts if "<frameset" not in text.lower()), texts[0]).encode("utf-8")
