"""The documents themselves, for a report that points at them: links that open one, and pictures of passages."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from policyaudit.model import Evidence, Results

Place = tuple[str, int, int]
"""A passage: Document.name, first character, one past the last."""


@dataclass(frozen=True, slots=True)
class Originals:
    """``folder``: where the files stand under their names, None where that is not known. ``pictures``: PNG files by passage."""

    folder: Path | None = None
    pictures: Mapping[Place, bytes] = field(default_factory=dict)

    def links(self, names: Iterable[str], page: Path) -> dict[str, str]:
        """By name of a document the address that leads to its file from a page, relative to that page, so that both can be moved
        together and say nothing of where they stand. Only for files that are there."""
        if self.folder is None:
            return {}
        folder, result = self.folder.resolve(), {}
        for name in names:
            file = folder.joinpath(name).resolve()
            if not (file.is_relative_to(folder) and file.is_file()):
                continue
            try:
                result[name] = quote(os.path.relpath(file, page.resolve().parent).replace(os.sep, "/"))
            except ValueError:  # on another drive
                continue
        return result

    def addresses(self) -> dict[Place, str]:
        """The pictures as data: addresses."""
        return {place: "data:image/png;base64," + base64.b64encode(png).decode() for place, png in self.pictures.items()}


NO_ORIGINALS = Originals()
MOST = 150  # pictures in a report
BYTES = 6_000_000  # of all pictures of a report together


def worth_showing(results: Results) -> dict[str, list[Evidence]]:
    """By document, the passages that a report shows as pictures, at most ``MOST``: those of scans first, then contradictions,
    then the best passage of each element found, in the order of the cards."""
    cards = (*results.countries, *results.cards)
    several: dict[Place, Evidence] = {}
    for card in cards:
        for finding in card.findings:
            for contradiction in finding.contradictions:
                _put(several, contradiction.evidence)
    for card in cards:
        for finding in card.findings:
            for element in finding.elements:
                _put(several, element.evidence)
    chosen = sorted(several.values(), key=lambda evidence: evidence.recognised is None)[:MOST]  # stable
    return {name: [e for e in chosen if e.document == name] for name in dict.fromkeys(e.document for e in chosen)}


def _put(several: dict[Place, Evidence], evidence: tuple[Evidence, ...]) -> None:
    for first in evidence[:1]:
        several.setdefault((first.document, first.start, first.end), first)
