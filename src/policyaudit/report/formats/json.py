"""results.json: cards, country roll-ups, failures and the facts of each document, for other programs; and who decided what.

``reviews`` are the decisions that hold (``decided`` in a card is the one that counts), ``machine`` the cards that they changed as
the machine made them, ``reopened`` decisions that must be made again, ``agreement`` how far reviewers agree (agreement.Measure).
All four are empty where no person has decided anything.

The documents' texts and provisions are left out: they are large, and the run folder keeps them (``documents/<stem>.json``).
``start``, ``end`` and ``context`` of an evidence are characters into that text; ``sha256`` tells that it is the same file.
Quotations are exact, control characters included (escaped). A score that does not exist is ``null``, never 0.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from policyaudit.agreement import measures
from policyaudit.model import Document, Results
from policyaudit.report.translation import ENGLISH, Translation

FORMAT = "json"
FILENAME = "results.json"


def write(results: Results, path: Path, words: Translation = ENGLISH) -> None:
    """Write the results as one JSON object in UTF-8."""
    with path.open("wb") as file:
        file.write(b'{\n"run": ' + _encoded(dataclasses.asdict(results.run)))
        file.write(b',\n"rubric": ' + _encoded(results.rubric))
        file.write(b',\n"documents": ' + _encoded([_facts(document) for document in results.documents]))
        changed = [one for one, card in zip(results.machine, results.cards, strict=False) if one != card]
        for name, cards in ((b"cards", results.cards), (b"countries", results.countries), (b"machine", changed)):
            file.write(b',\n"' + name + b'": [')
            for number, card in enumerate(cards):  # one by one: all of them at once can be more than the memory
                file.write((b",\n" if number else b"\n") + _encoded(dataclasses.asdict(card)))
            file.write(b"]")
        for key, reviews in ((b"reviews", results.reviews), (b"reopened", results.reopened)):
            file.write(b',\n"' + key + b'": ' + _encoded([dataclasses.asdict(review) for review in reviews]))
        file.write(b',\n"agreement": ' + _encoded([dataclasses.asdict(one) for one in measures(results)]))
        file.write(b',\n"failures": ' + _encoded([dataclasses.asdict(failure) for failure in results.failures]))
        file.write(b"\n}\n")


def _encoded(value: object) -> bytes:
    # A lone surrogate, which UTF-8 cannot hold, comes out as \udxxx: exactly its escape in JSON.
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8", errors="backslashreplace")


def _facts(document: Document) -> dict[str, object]:
    names = [field.name for field in dataclasses.fields(document)]
    facts: dict[str, object] = {name: getattr(document, name) for name in names if name not in ("text", "pages", "provisions")}
    facts["facts"] = [dataclasses.asdict(fact) for fact in document.facts]
    facts["characters"] = len(document.text)
    facts["provisions"] = len(document.provisions)
    facts["pages"] = len(document.pages)
    facts["pages_recognised"] = {page.number: page.recognised for page in document.pages if page.recognised is not None}
    facts["pages_without_text"] = [page.number for page in document.pages if not page.has_text]
    return facts
