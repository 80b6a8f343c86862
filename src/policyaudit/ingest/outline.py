"""The outline that a person checks a reading by: one line for each provision."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from policyaudit.model import Document, TextKind

_SHOWN = 100


def outline(document: Document) -> Iterator[str]:
    """The lines: what the document is, its warnings, then every provision with page, path, kind if not operative, heading
    and the beginning of its body."""
    yield f"title     {document.title}" + _guess(document, "title")
    yield f"language  {document.language}" + _guess(document, "language")
    yield f"kind      {document.kind.value}" + _guess(document, "kind")
    yield f"year      {document.year if document.year is not None else 'unknown'}" + _guess(document, "year")
    if document.pages:
        empty = sum(1 for page in document.pages if not page.has_text)
        yield f"pages     {len(document.pages)}" + (f", {empty} without text" if empty else "")
    yield f"read as   {document.format}, {len(document.provisions)} provisions"
    for warning in document.warnings:
        yield f"warning   {warning}"
    yield ""
    starts = [page.start for page in document.pages]
    for provision in document.provisions:
        page = f"p{bisect_right(starts, provision.start):<4}" if starts else ""
        body = " ".join(document.text[provision.body : provision.end].split())
        parts = [
            provision.path or "-",
            f"<{provision.kind.value}>" if provision.kind is not TextKind.OPERATIVE else "",
            f"[{provision.heading}]" if provision.heading else "",
            body if len(body) <= _SHOWN else f"{body[:_SHOWN]}…",
        ]
        yield f"{page}{'  ' * provision.level}{'  '.join(part for part in parts if part)}"


def _guess(document: Document, name: str) -> str:
    return " (guessed)" if name in document.guessed else ""
