"""results.json: cards, country roll-ups, failures and the facts of each document, for other programs.

The documents' texts and provisions are left out: they are large, and the run folder keeps them (``documents/<stem>.json``).
``start``, ``end`` and ``context`` of an evidence are characters into that text; ``sha256`` tells that it is the same file.
Quotations are exact, control characters included (escaped). A score that does not exist is ``null``, never 0.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from policyaudit.model import Document, Results

FORMAT = "json"
FILENAME = "results.json"


def write(results: Results, path: Path) -> None:
    """Write the results as one JSON object in UTF-8."""
    data = {
        "run": dataclasses.asdict(results.run),
        "rubric": results.rubric,
        "documents": [_facts(document) for document in results.documents],
        "cards": [dataclasses.asdict(card) for card in results.cards],
        "countries": [dataclasses.asdict(card) for card in results.countries],
        "failures": [dataclasses.asdict(failure) for failure in results.failures],
    }
    text = json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    # A lone surrogate, which UTF-8 cannot hold, comes out as \udxxx: exactly its escape in JSON.
    path.write_bytes(text.encode("utf-8", errors="backslashreplace"))


def _facts(document: Document) -> dict[str, object]:
    names = [field.name for field in dataclasses.fields(document)]
    facts: dict[str, object] = {name: getattr(document, name) for name in names if name not in ("text", "pages", "provisions")}
    facts["characters"] = len(document.text)
    facts["provisions"] = len(document.provisions)
    facts["pages"] = len(document.pages)
    facts["pages_without_text"] = [page.number for page in document.pages if not page.has_text]
    return facts
