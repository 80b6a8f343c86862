"""Passages of a document as they look on its pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from policyaudit.ingest.readers.pdf.cutting import Passage, cut
from policyaudit.model import Document, Evidence

PDF = "pdf"


def pictures(document: Document, folder: Path, passages: Iterable[Evidence]) -> Iterator[tuple[Evidence, bytes]]:
    """Passages with the strip of the page on which each begins, a PNG file. Nothing for a document that is no PDF, does not
    stand in the folder under its name, or is not the file that was read (by its SHA-256)."""
    file = folder / document.name
    if document.format != PDF or not file.resolve().is_relative_to(folder.resolve()) or not file.is_file():
        return
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != document.sha256:
        return
    by_place = {(evidence.start, evidence.end): evidence for evidence in passages if evidence.page is not None}
    for place, png in cut(data, [_passage(evidence, document) for evidence in by_place.values()]):
        yield by_place[place], png


def _passage(evidence: Evidence, document: Document) -> Passage:
    page = next(page for page in document.pages if page.number == evidence.page)
    length = max(page.end - page.start, 1)
    return Passage(
        (evidence.start, evidence.end),
        page.number,
        evidence.quote,
        (evidence.start - page.start) / length,
        min((evidence.end - page.start) / length, 1.0),
        evidence.last_page is not None and evidence.last_page != evidence.page,
    )
