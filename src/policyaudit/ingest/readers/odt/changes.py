"""Tracked deletions put back where they were, for a text as it was before its changes."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from policyaudit.ingest.readers.odt.names import TABLE, TEXT

_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")


def put_back(text: Any, deleted: Mapping[str | None, Any]) -> None:
    """Puts deletions that run over the ends of paragraphs back as paragraphs, each with a number of its own where it had one:
    the first goes on in the paragraph that holds the mark, the last begins what follows the mark. ``deleted``: key -> deletion.
    """
    for mark in list(text.iter(f"{TEXT}change")):
        deletion, holder = deleted.get(mark.get(f"{TEXT}change-id")), mark.getparent()
        if deletion is None or holder.tag not in _PARAGRAPHS or deletion.find(f".//{TABLE}table") is not None:
            continue
        paragraphs = [deepcopy(paragraph) for paragraph in deletion.iter(*_PARAGRAPHS)]
        if len(paragraphs) > 1:
            _put(mark, holder, paragraphs)


def _put(mark: Any, holder: Any, paragraphs: list[Any]) -> None:
    last = holder.makeelement(holder.tag, dict(holder.attrib))
    last.text = mark.tail
    last.extend(list(mark.itersiblings()))
    holder.remove(mark)
    _append(holder, paragraphs[0])
    _prepend(last, paragraphs[-1])
    place = holder.getparent()
    in_list = place.tag == f"{TEXT}list-item"
    before = place if in_list else holder
    for paragraph in (*paragraphs[1:-1], last):
        paragraph.tail = None
        block = paragraph
        if in_list:
            block = place.makeelement(place.tag, {})
            block.append(paragraph)
        before.addnext(block)
        before = block
    if in_list:
        before.extend(list(holder.itersiblings()))


def _append(holder: Any, paragraph: Any) -> None:
    """What stands in a paragraph, at the end of another."""
    if len(holder):
        holder[-1].tail = (holder[-1].tail or "") + (paragraph.text or "")
    else:
        holder.text = (holder.text or "") + (paragraph.text or "")
    holder.extend(list(paragraph))


def _prepend(holder: Any, paragraph: Any) -> None:
    """What stands in a paragraph, at the beginning of another."""
    inner = list(paragraph)
    if inner:
        inner[-1].tail = (inner[-1].tail or "") + (holder.text or "")
        holder.text = paragraph.text
    else:
        holder.text = (paragraph.text or "") + (holder.text or "")
    for child in reversed(inner):
        holder.insert(0, child)
