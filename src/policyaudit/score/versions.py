"""Which documents count for a country: of each instrument the one version that is in force, and no drafts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol

from policyaudit.model import WITHOUT_FORCE, DocumentKind

SUPERSEDED = "A later version is in force"
"""How the reason begins why a version that was replaced does not count."""


class Described(Protocol):
    """What must be known of a document, without its text: a Document, or its line in the index of a run."""

    @property
    def name(self) -> str: ...
    @property
    def country(self) -> str | None: ...
    @property
    def jurisdiction(self) -> str | None: ...
    @property
    def instrument(self) -> str | None: ...
    @property
    def kind(self) -> DocumentKind | None: ...
    @property
    def title(self) -> str | None: ...
    @property
    def year(self) -> int | None: ...
    @property
    def status(self) -> str | None: ...
    @property
    def in_force(self) -> str | None: ...


def since(document: Described) -> str:
    """From when a version is in force, as its in_force or else its year says; "" where neither is known. Sorts by time."""
    return document.in_force or (f"{document.year:04}" if document.year is not None else "")


def not_counted(documents: Sequence[Described], as_of: str | None) -> dict[str, str]:
    """The documents that count for nothing, by name, each with the reason in a sentence. ``as_of`` in ISO 8601; None counts
    whatever comes latest. Of two versions of the same day the later in the order of the documents counts."""
    reasons: dict[str, str] = {}
    versions: dict[str, list[Described]] = defaultdict(list)
    for document in documents:
        if document.status in WITHOUT_FORCE:
            reasons[document.name] = f"It is marked as {str(document.status).replace('_', ' ')}."
        elif as_of and since(document) > as_of:
            reasons[document.name] = f"It was not yet in force on {as_of}."
        elif document.instrument:
            versions[document.instrument].append(document)
    for several in versions.values():
        latest = sorted(several, key=since)[-1]
        for older in several:
            if older is not latest:
                reasons[older.name] = f"{SUPERSEDED}: {latest.name}."
    return reasons
