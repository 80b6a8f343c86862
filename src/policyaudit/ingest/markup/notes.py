"""Footnotes of a page: which elements hold them, and the signs in the text that point to them."""

from __future__ import annotations

import re
from typing import Any

from policyaudit.ingest.markup import drop

_FOOTNOTES = re.compile(r"foot-?notes?|endnotes?|notas?-al-pie|mso-element:(?:foot|end)note-list", re.IGNORECASE)
_NOTE_ID = re.compile(r"_?(?:fn|ftn|edn|(?:sd)?(?:foot|end)note|nota?e?)[-_]?\d+$", re.IGNORECASE)
_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡]{1,3}|[a-z]|[ivxlc]{2,6})[\])]?$")
_POINTS = re.compile(r"note-?ref|footnote-?(?:anc|ref)|endnote-?(?:anc|ref)|mso-(?:foot|end)note-id", re.IGNORECASE)
_TYPE = "{http://www.idpf.org/2007/ops}type"  # of an element of a book


def is_note(element: Any) -> bool:
    """Whether an element holds a footnote, or all of them."""
    return bool(_FOOTNOTES.search(_names(element)) or _NOTE_ID.match(element.get("id") or ""))


def without_marks(root: Any) -> None:
    """Takes out the signs that point to notes; those at the beginning of the notes themselves stay."""
    for element in list(root.iter("a", "sup")):
        if element.getparent() is not None and _is_mark(element) and not any(map(is_note, element.iterancestors())):
            drop(element)


def _is_mark(element: Any) -> bool:
    """Whether an element is a raised link, or one that says so itself, and no ordinal or power."""
    if element.tag == "sup":
        raised = element.find(".//a") is not None
    else:
        inward = (element.get("href") or "#").startswith("#")
        raised = inward and (element.find(".//sup") is not None or _POINTS.search(_names(element)) is not None)
    return raised and bool(_MARK.match("".join(element.itertext()).strip()))


def _names(element: Any) -> str:
    return " ".join(
        (
            element.get("role") or "",
            element.get("class") or "",
            (element.get("style") or "").replace(" ", ""),
            element.get(_TYPE) or element.get("epub:type") or "",
        )
    )
