"""Pages of HTML and what is written like it: the text as blocks. Used by the readers of HTML, EPUB and Akoma Ntoso."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.decoding import decode, mended

_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def page(data: bytes) -> tuple[Any, tuple[str, ...]]:
    """(the root element of an HTML or XHTML page, its elements named without a namespace; sentences about its letters).
    Raises UnreadableDocument."""
    declared = _CHARSET.search(data[:4096])
    text, faults = mended(decode(data, declared=declared.group(1).decode("ascii", "ignore") if declared else None))
    is_xml = _DECLARATION.match(text) is not None or 'xmlns="http://www.w3.org/1999/xhtml"' in text[:2048]
    text = _DECLARATION.sub("", text)
    if is_xml:
        # Read as HTML, an element that XHTML closes at once, such as <a id="x"/>, would take in all that follows.
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
        )
        try:
            return plain_names(etree.fromstring(text.encode("utf-8"), parser)), faults
        except (etree.XMLSyntaxError, ValueError):
            pass  # it only says that it is XHTML, as most pages do that say so
    lenient = html.HTMLParser(huge_tree=True)
    try:
        root = html.document_fromstring(text, parser=lenient)
    except (etree.ParserError, ValueError) as error:
        raise UnreadableDocument("The page has no text in it. Save it again with its content.") from error
    if any("depth" in fault.message for fault in lenient.error_log.filter_from_fatals()):
        raise UnreadableDocument("The page puts elements within one another thousands of times. Save its text in another way.")
    return root, faults


def plain_names(root: Any) -> Any:
    """The root, all its elements named without their namespace."""
    for element in root.iter(etree.Element):
        if isinstance(element.tag, str) and element.tag[0] == "{":
            element.tag = element.tag.rsplit("}", 1)[1]
    return root


def drop(element: Any) -> None:
    """Takes an element out; the text that follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def words_in(element: Any) -> int:
    """The number of words of an element's text."""
    return len("".join(element.itertext()).split())
