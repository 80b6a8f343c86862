"""annotations.jsonld: every quotation as a W3C Web Annotation, for archives and for viewers of annotated documents.

One annotation an evidence, in a collection: its body says criterion, element and verdict, its target is the document by the
hash of its bytes, with the quotation (TextQuoteSelector), its place in the text as read (TextPositionSelector, in characters)
and its page (FragmentSelector, RFC 8118). Its creator is the person who decided it, with the reason as a second body, or the
program where nobody has. Source: W3C Recommendation "Web Annotation Data Model", 23 February 2017.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from policyaudit.model import Document, Evidence, Results, Review
from policyaudit.report import view
from policyaudit.report.translation import ENGLISH, Translation

FORMAT = "jsonld"
FILENAME = "annotations.jsonld"

_MACHINE = {"type": "Software", "name": "policyaudit"}
_AROUND = 32  # characters before and after a quotation, by which it is found again where the text has moved


def write(results: Results, path: Path, words: Translation = ENGLISH) -> None:
    """Write one AnnotationCollection with all annotations on its first page, in the order of the documents and the rubric."""
    items = list(_annotations(results))
    collection = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationCollection",
        "label": f"Findings against {view.rubric(results).title}, version {results.run.rubric_version}",
        "total": len(items),
        "first": {"type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    text = json.dumps(collection, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    path.write_bytes(text.encode("utf-8", errors="backslashreplace"))


def _annotations(results: Results) -> Iterator[dict[str, Any]]:
    rubric = view.rubric(results)
    documents = {document.name: document for document in results.documents}
    for _, finding in view.rows(results):
        criterion = rubric.criterion(finding.criterion)
        said = [(element.id, "found", element.evidence, element.decided) for element in finding.elements if element.found]
        said += [(opposite.id, "contradicted", opposite.evidence, opposite.decided) for opposite in finding.contradictions]
        said += [(opposite.id, "refused", opposite.evidence, opposite.decided) for opposite in finding.refused]
        for name, verdict, several, review in said:
            for number, evidence in enumerate(several, start=1):
                document = documents.get(evidence.document)
                if document is None:
                    continue
                body = {
                    "type": "TextualBody",
                    "format": "text/plain",
                    "language": "en",
                    "purpose": "assessing",
                    "value": f"{finding.criterion}{name} {verdict}: {criterion.title}: {criterion.element(name)}",
                }
                yield {
                    "id": f"urn:policyaudit:{document.sha256[:16]}:{finding.criterion}:{name}:{number}",
                    "type": "Annotation",
                    "motivation": "assessing",
                    "body": [body, _reason(review)] if review and review.reason else body,
                    **_made(review),
                    "target": {
                        "source": f"urn:sha256:{document.sha256}",
                        "type": "Text",
                        "language": document.language,
                        "selector": list(_selectors(evidence, document)),
                    },
                }


def _made(review: Review | None) -> dict[str, Any]:
    """Who decided it, and on which day, written as the time that the model asks for; the program where nobody has."""
    if review is None:
        return {"creator": _MACHINE}
    made: dict[str, Any] = {"creator": {"type": "Person", "nickname": review.reviewer}, "generator": _MACHINE}
    return {**made, "created": f"{review.date}T00:00:00Z"} if review.date else made


def _reason(review: Review) -> dict[str, str]:
    return {"type": "TextualBody", "format": "text/plain", "purpose": "commenting", "value": view.readable(review.reason)}


def _selectors(evidence: Evidence, document: Document) -> Iterator[dict[str, Any]]:
    text = document.text
    yield {
        "type": "TextQuoteSelector",
        "exact": evidence.quote,
        "prefix": text[max(evidence.start - _AROUND, 0) : evidence.start],
        "suffix": text[evidence.end : evidence.end + _AROUND],
    }
    yield {"type": "TextPositionSelector", "start": evidence.start, "end": evidence.end}
    if evidence.page is not None:
        yield {"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc8118", "value": f"page={evidence.page}"}
