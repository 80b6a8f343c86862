"""findings.csv: a long table for statistics programs, one row per document, criterion and element.

UTF-8 without a byte order mark, comma, quotes doubled, ``\\n`` between rows. ``found`` and ``score`` are empty, not 0, where
the criterion was not judged; ``found`` also where an element is left to the reviewer, whose ``question`` is then given. A
stated opposite is a row of its own with the id of the opposite (``x1``) as its element. A document that could not be
assessed is one row with status ``error`` and the reason.

Where a person decided, ``found`` and ``status`` are as decided, ``decision`` and the columns after it say who did and why, and
``machine`` what the machine had found. ``disputed`` holds the decisions of reviewers who disagree, which change nothing until
one is final. All are empty where no person has decided anything. The table ``tables/reviews.csv`` has every decision.

Quotations are verbatim, and deliberately so: many honest ones begin with a dash or a plus, and a table for statistics must
hold what the document says. A spreadsheet that opens the file directly may take such a cell for a formula; spreadsheet
users should open scorecard.xlsx, where every text is a text, or import this file with all columns as text. Only control
characters are removed (results.json has them).

Beside it the folder ``tables`` holds the same run as five tables that can be joined, with their data dictionary: see
report/longtables.py.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from policyaudit.model import Document, Evidence, Finding, Results, Status
from policyaudit.places import put
from policyaudit.report import decided, longtables, view
from policyaudit.report.translation import ENGLISH, Translation

FORMAT = "csv"
FILENAME = "findings.csv"

COLUMNS = (
    *(
        "document",
        "country",
        "kind",
        "language",
        "year",
        "document_status",
        "document_status_from",
        "section",
        "criterion",
        "criterion_title",
        "status",
        "score",
    ),
    *("reason", "element", "element_text", "found", "passages", "quote", "place", "page", "last_page", "force", "notes"),
    *("start", "end", "nearest_quote", "nearest_place", "nearest_page", "question", "recognised"),
    *(
        "decision",
        "decided_by",
        "decided_on",
        "decided_reason",
        "final",
        "machine",
        "machine_quote",
        "disputed",
        "machine_status",
    ),
)


def write(results: Results, path: Path, words: Translation = ENGLISH) -> None:
    """Write the table; every row has the same columns. And the five tables into the folder ``tables`` beside it."""
    tables = path.parent / "tables"
    tables.mkdir(exist_ok=True)
    for name in longtables.TABLES:
        longtables.as_csv(results, name, tables / f"{name}.csv")
    put(tables / "datapackage.json", longtables.dictionary(results, "csv", "text/csv"))
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        table.writeheader()
        for row in _rows(results):
            table.writerow({key: view.readable(value) if isinstance(value, str) else value for key, value in row.items()})


def _rows(results: Results) -> Iterator[dict[str, object]]:
    rubric = view.rubric(results)
    for subject, finding in view.rows(results):
        criterion = rubric.criterion(finding.criterion)
        document = subject.document
        shared: dict[str, object] = {
            "document": subject.card.name,
            "country": subject.country,
            "kind": document.kind.value if document else "",
            "language": document.language if document else "",
            "year": document.year if document else None,
            "document_status": (document.status if document else None) or "",
            "document_status_from": _status_from(document),
            "section": criterion.section,
            "criterion": finding.criterion,
            "criterion_title": criterion.title,
            "status": finding.status.value,
            "score": "" if finding.score is None else round(finding.score, 6),
            "reason": finding.reason,
            "machine_status": finding.machine_status.value if finding.machine_status else "",
        }
        for name, text, fields in _elements(finding, criterion):
            yield {**shared, "element": name, "element_text": text, **fields}
    for failure in results.failures:
        yield {"document": failure.name, "status": Status.ERROR.value, "reason": failure.message}


def _status_from(document: Document | None) -> str:
    """Where the status of a document comes from, as a model.Fact has it; "" where it has none."""
    facts = document.facts if document else ()
    return next((fact.origin for fact in facts if fact.name == "status"), "")


def _elements(finding: Finding, criterion: view.Criterion) -> Iterator[tuple[str, str, dict[str, object]]]:
    known = {element.id: element for element in finding.elements}
    judged = finding.score is not None
    names = [*(criterion.elements or {}), *(name for name in known if name not in (criterion.elements or {}))]
    for name in names or [""]:
        element = known.get(name)
        fields: dict[str, object] = {}
        if element is not None and element.question:
            fields = {"question": element.question}
        elif element is not None and judged and element.counts:
            fields = {"found": int(element.found), "passages": len(element.evidence), **_quotation(element.evidence)}
            if not element.found and element.nearest:
                first = element.nearest[0]
                fields |= {"nearest_quote": first.quote, "nearest_place": first.place, "nearest_page": first.page}
        if element is not None:
            opposed = next((one for one in finding.contradictions if one.id == name), None)  # as a reviewer says
            fields |= {**(_quotation(opposed.evidence) if opposed else {}), **decided.columns(element)}
        yield name, criterion.element(name), fields
    for opposite in finding.contradictions:
        if opposite.id not in known:
            fields = {"found": 1, "passages": len(opposite.evidence), **_quotation(opposite.evidence)}
            yield opposite.id, criterion.element(opposite.id), {**fields, **decided.columns(opposite)}
    for opposite in finding.refused:
        yield opposite.id, criterion.element(opposite.id), {"found": 0, "passages": 0, **decided.columns(opposite)}


def _quotation(evidence: tuple[Evidence, ...]) -> dict[str, object]:
    if not evidence:
        return {}
    first = evidence[0]
    return {
        "quote": first.quote,
        "place": first.place,
        "page": first.page,
        "last_page": first.last_page,
        "force": first.force.value,
        "notes": "; ".join(first.notes),
        "recognised": first.recognised,
        "start": first.start,
        "end": first.end,
    }
