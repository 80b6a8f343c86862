"""A run as long tables for statistics programs, and the data dictionary that says what their columns mean.

``documents``, ``findings``, ``elements``, ``evidence`` and ``reviews`` (who decided what): one row a thing, joined by the columns
``level`` and ``subject`` (whose card it is), ``criterion`` and ``element``. What was not judged has no score and no row that says
"not found". Quotations are verbatim; control characters alone are removed. The dictionary is a Frictionless Data Package
(https://datapackage.org).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from policyaudit import agreement
from policyaudit.model import Card, Evidence, Finding, Results
from policyaudit.report import decided, view

Columns = Mapping[str, tuple[str, str]]  # name -> type (string, integer, number), description
_SUBJECT: Columns = {
    "level": ("string", "Whose card it is: document, country, or jurisdiction (below a country). Choose one before counting."),
    "subject": ("string", "The document's name, the country's ISO 3166-1 alpha-3 code, or country > jurisdiction."),
    "criterion": ("string", "Identifier of the criterion in the rubric."),
}
TABLES: Mapping[str, Columns] = {
    "documents": {
        "document": ("string", "Name of the document in every table: its path from the folder of the corpus."),
        "country": ("string", "ISO 3166-1 alpha-3 code."),
        "jurisdiction": ("string", "Below the country: an ISO 3166-2 code, or a name; empty for the whole country."),
        "instrument": ("string", "What all versions of one instrument share; empty where there is one version."),
        "kind": ("string", "Kind of instrument: law, action_plan, budget, operational_policy, code_of_conduct."),
        "title": ("string", "The title by which readers know it."),
        "language": ("string", "ISO 639-1 code."),
        "year": ("integer", "Year of adoption or of this version."),
        "status": ("string", "in_force, draft, repealed and so on, as the manifest or the text says."),
        "in_force": ("string", "Date (ISO 8601) or year from which this version is in force."),
        "guessed": ("string", "Which of kind, language, title, year and status were guessed, parted by semicolons."),
        "sha256": ("string", "SHA-256 of the file."),
        "pages": ("integer", "Pages; empty for formats without pages."),
        "pages_unread": ("integer", "Pages that could not be read; empty for formats without pages."),
        "failure": ("string", "Why the document could not be assessed; it then has no findings. Empty where it was."),
    },
    "findings": {
        **_SUBJECT,
        "country": ("string", "ISO 3166-1 alpha-3 code."),
        "section": ("string", "Section of the rubric."),
        "title": ("string", "Title of the criterion."),
        "status": ("string", "met, partly, not_found, contradicted; or not judged: not_applicable, unscored, error."),
        "score": ("number", "From 0 to 1; empty where it was not judged, which is not 0."),
        "reason": ("string", "Why it was not judged, or what else a reader must know."),
        "elements": ("integer", "Elements that count; those left to a reviewer do not."),
        "elements_found": ("integer", "Of these, those found."),
        "elements_decided": ("integer", "Elements and opposites that a person decided."),
        "machine_status": ("string", "The status as the machine proposed it; empty where no person decided anything on it."),
        "machine_score": ("number", "The score as the machine proposed it, likewise."),
    },
    "elements": {
        **_SUBJECT,
        "element": ("string", "Identifier within the criterion: a, b for elements, x1, x2 for opposites."),
        "text": ("string", "What the rubric asks for."),
        "part": ("string", "element, or opposite (its being stated contradicts the criterion)."),
        "found": ("integer", "1 found or stated, 0 not found; empty where it was not judged or is left to a reviewer."),
        "question": ("string", "What a reviewer must answer where text cannot show the element."),
        "document": ("string", "In the card of a country: the document that carries it."),
        "instrument": ("string", "What that instrument is called."),
        "passages": ("integer", "Passages in the table evidence that it stands on."),
        "decision": (
            "string",
            "What a person decided: found, not_found, not_applicable, contradicted. Empty: a proposal of the machine.",
        ),
        "decided_by": ("string", "Initials or role of who decided."),
        "decided_on": ("string", "Date of the decision, ISO 8601."),
        "decided_reason": ("string", "The reason given."),
        "final": ("string", "yes where it settles what reviewers disagreed on, no for another decision."),
        "machine": (
            "string",
            "What the machine had proposed: found, not_found, contradicted; question or not_judged for neither.",
        ),
        "machine_quote": ("string", "The best passage that the machine proposed it on."),
        "disputed": ("string", "Decisions of reviewers who disagree; none of them counts until one is final."),
    },
    "evidence": {
        **_SUBJECT,
        "element": ("string", "Identifier within the criterion, as in elements."),
        "role": (
            "string",
            "found, opposite, nearest (considered, not enough), stronger and weaker (a pair of a country's texts).",
        ),
        "number": ("integer", "Its place among the passages of that element and role, from 1, best first."),
        "document": ("string", "The document with the passage."),
        "place": ("string", "The provision, as a lawyer would cite it."),
        "page": ("integer", "Page on which it begins, counted from 1 as a viewer does."),
        "last_page": ("integer", "Page on which it ends."),
        "quote": ("string", "The passage, verbatim."),
        "force": ("string", "How strongly its sentence binds: mandatory, directory, permissive, aspiration, stated."),
        "notes": ("string", "What a reviewer should look at, parted by semicolons."),
        "start_char": ("integer", "Where it begins in the text of the document as read, in characters from 0."),
        "end_char": ("integer", "Where it ends, exclusive."),
        "recognised": ("number", "Confidence, from 0 to 1, of text recognition on its least sure page; empty without any."),
    },
    "reviews": {
        "document": ("string", "Name of the document."),
        "criterion": ("string", "Identifier of the criterion in the rubric."),
        "element": ("string", "Identifier within the criterion, as in elements."),
        "reviewer": ("string", "Initials or role of who decided."),
        "date": ("string", "Date of the decision, ISO 8601."),
        "decision": ("string", "agree (with the machine), found, not_found, not_applicable, contradicted."),
        "reason": ("string", "The reason given."),
        "quotation": ("string", "The passage that the reviewer cites, verbatim."),
        "place": ("string", "Its provision."),
        "final": ("string", "yes where it settles what reviewers disagreed on, else no."),
        "holds": ("string", "yes, or no where text, rubric or finding have changed since, so that it must be made again."),
        "machine": (
            "string",
            "What the machine had proposed: found, not_found, contradicted; question or not_judged for neither.",
        ),
        "machine_quotation": ("string", "The best passage that the machine proposed it on."),
        "rubric_version": ("string", "Version of the rubric that it was decided by."),
    },
}
KEYS: Mapping[str, tuple[str, ...]] = {
    "documents": ("document",),
    "findings": ("level", "subject", "criterion"),
    "elements": ("level", "subject", "criterion", "element"),
}


def rows(results: Results, table: str) -> Iterator[dict[str, Any]]:
    """The rows of one of the ``TABLES``, each with all of its columns; None where there is nothing to say."""
    for row in _MAKERS[table](results):
        yield {name: _plain(row.get(name)) for name in TABLES[table]}


def as_csv(results: Results, table: str, path: Path) -> None:
    """Write one of the ``TABLES``: UTF-8 without a byte order mark, comma, quotes doubled, ``\\n`` between rows."""
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.DictWriter(file, list(TABLES[table]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows(results, table))


def dictionary(results: Results, ending: str, mediatype: str) -> bytes:
    """datapackage.json for the tables written as files with that ending."""
    resources = []
    for name, columns in TABLES.items():
        schema: dict[str, Any] = {
            "fields": [{"name": key, "type": kind, "description": said} for key, (kind, said) in columns.items()],
            "missingValues": [""],
        }
        if name in KEYS:
            schema["primaryKey"] = list(KEYS[name])
        if name in ("elements", "evidence"):
            key = list(KEYS["findings"])
            schema["foreignKeys"] = [{"fields": key, "reference": {"resource": "findings", "fields": key}}]
        resource: dict[str, Any] = {"name": name, "path": f"{name}.{ending}", "format": ending, "mediatype": mediatype}
        if ending == "csv":
            resource |= {"encoding": "utf-8", "profile": "tabular-data-resource"}
        resources.append({**resource, "schema": schema})
    run = results.run
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "policyaudit-tables",
        "title": f"Findings by the rubric {run.rubric}, version {run.rubric_version}",
        "version": run.rubric_version,
        "description": f"Made by policyaudit {run.package_version}. Machine proposals; to be checked by a person.",
        "resources": resources,
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode("utf-8", errors="replace")


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return view.readable(value).replace("\r\n", "\n").replace("\r", "\n") or None
    return value


def _cards(results: Results) -> Iterator[tuple[dict[str, Any], Card]]:
    for card in results.cards:
        yield {"level": "document", "subject": card.name, "country": card.country}, card
    for card in results.countries:
        level = "jurisdiction" if card.jurisdiction else "country"
        yield {"level": level, "subject": card.name, "country": card.country}, card


def _findings_of(results: Results) -> Iterator[tuple[dict[str, Any], Finding]]:
    rubric = view.rubric(results)
    for subject, card in _cards(results):
        for finding in rubric.ordered(card.findings):
            yield {**subject, "criterion": finding.criterion}, finding


def _documents(results: Results) -> Iterator[dict[str, Any]]:
    for one in results.documents:
        yield {
            "document": one.name,
            "country": one.country,
            "jurisdiction": one.jurisdiction,
            "instrument": one.instrument,
            "kind": one.kind.value,
            "title": one.title,
            "language": one.language,
            "year": one.year,
            "status": one.status,
            "in_force": one.in_force,
            "guessed": "; ".join(one.guessed),
            "sha256": one.sha256,
            "pages": len(one.pages) or None,
            "pages_unread": sum(not page.has_text for page in one.pages) if one.pages else None,
        }
    for failure in results.failures:
        yield {"document": failure.name, "country": failure.country, "failure": failure.message}


def _findings(results: Results) -> Iterator[dict[str, Any]]:
    rubric = view.rubric(results)
    for key, finding in _findings_of(results):
        counted = [element for element in finding.elements if element.counts]
        criterion = rubric.criterion(finding.criterion)
        judged = finding.score is not None
        yield {
            **key,
            "section": criterion.section,
            "title": criterion.title,
            "status": finding.status.value,
            "score": finding.score,
            "reason": finding.reason,
            "elements": len(counted) if judged else None,
            "elements_found": sum(element.found for element in counted) if judged else None,
            "elements_decided": len(agreement.decisions(finding)),
            "machine_status": finding.machine_status.value if finding.machine_status else None,
            "machine_score": finding.machine_score,
        }


def _elements(results: Results) -> Iterator[dict[str, Any]]:
    rubric = view.rubric(results)
    for key, finding in _findings_of(results):
        criterion = rubric.criterion(finding.criterion)
        for one in finding.elements:
            judged = finding.score is not None and one.counts
            yield {
                **key,
                "element": one.id,
                "text": criterion.element(one.id),
                "part": "element",
                "found": int(one.found) if judged else None,
                "question": one.question,
                "document": one.document,
                "instrument": one.instrument,
                "passages": len(one.evidence),
                **decided.columns(one),
            }
        own = {one.id for one in finding.elements}  # a reviewer may say that the text contradicts an element
        for stated, several in ((1, finding.contradictions), (0, finding.refused)):
            for opposite in several:
                if opposite.id in own:
                    continue
                told = {"text": criterion.element(opposite.id), "part": "opposite", "found": stated}
                yield {
                    **key,
                    "element": opposite.id,
                    **told,
                    "passages": len(opposite.evidence) * stated,
                    **decided.columns(opposite),
                }


def _reviews(results: Results) -> Iterator[dict[str, Any]]:
    for holds, several in (("yes", results.reviews), ("no", results.reopened)):
        for review in several:
            told = {name: getattr(review, name) for name in TABLES["reviews"] if name not in ("final", "holds")}
            yield {**told, "decision": review.decision.value, "final": "yes" if review.final else "no", "holds": holds}


def _evidence(results: Results) -> Iterator[dict[str, Any]]:
    for key, finding in _findings_of(results):
        for element in finding.elements:
            yield from _passages(key, element.id, "found", element.evidence)
            yield from _passages(key, element.id, "nearest", element.nearest)
        for opposite in finding.contradictions:
            yield from _passages(key, opposite.id, "opposite", opposite.evidence)
        for number, pair in enumerate(finding.weaker, 1):
            yield from _passages(key, pair.part, "stronger", (pair.stronger,), first=number)
            yield from _passages(key, pair.part, "weaker", (pair.weaker,), first=number)


def _passages(
    key: dict[str, Any], element: str, role: str, several: tuple[Evidence, ...], *, first: int = 1
) -> Iterator[dict[str, Any]]:
    for number, one in enumerate(several, first):
        yield {
            **key,
            "element": element,
            "role": role,
            "number": number,
            "document": one.document,
            "place": one.place,
            "page": one.page,
            "last_page": one.last_page,
            "quote": one.quote,
            "force": one.force.value,
            "notes": "; ".join(one.notes),
            "start_char": one.start,
            "end_char": one.end,
            "recognised": one.recognised,
        }


_MAKERS = {"documents": _documents, "findings": _findings, "elements": _elements, "evidence": _evidence, "reviews": _reviews}
