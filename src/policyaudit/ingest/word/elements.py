"""Names and properties in WordprocessingML."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
FALLBACK = f"{_COMPATIBLE}Fallback"
# What may stand around paragraphs, rows or cells without being more than a wrapper.
AROUND = frozenset(
    (
        *(f"{W}{tag}" for tag in ("sdt", "sdtContent", "ins", "moveTo", "del", "moveFrom", "customXml", "smartTag")),
        *(f"{_COMPATIBLE}{tag}" for tag in ("AlternateContent", "Choice", "Fallback")),
    )
)


@cache
def _named(path: str) -> str:
    return "/".join(f"{W}{step}" for step in path.split("/"))


def value(element: Any, path: str) -> str | None:
    """The ``w:val`` of the first element on the path, as ``pPr/pStyle``; None if there is none."""
    found = element.find(_named(path))
    return None if found is None else found.get(f"{W}val")


def number(element: Any, path: str) -> int | None:
    """The same as a whole number; None also where it is none."""
    found = value(element, path) or ""
    return int(found) if found.lstrip("-").isdigit() else None


def is_on(element: Any, path: str) -> bool | None:
    """Whether a property that is on or off is set; None if it is not named."""
    found = element.find(_named(path))
    return None if found is None else found.get(f"{W}val") not in ("0", "false", "off", "none")


def within(parent: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those that stand in a content control."""
    for element in parent:
        if element.tag == f"{W}{tag}":
            yield element
        elif element.tag in AROUND:
            yield from within(element, tag)


def drop(element: Any) -> None:
    """Takes an element out, but not the text after it."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
