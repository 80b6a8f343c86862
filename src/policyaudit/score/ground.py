"""What a reviewer's decision stands on. While that is the same, the decision holds; when it changes, it comes up again.

- A quotation of the reviewer's own (found, contradicted): on what the rubric asks, and on the quotation, as long as it is in
  the text. The text around it may change.
- What the machine shows (agreeing with what it found or claims): on what the rubric asks, and on the machine's best quotation
  of then, as long as it is among those that the machine cites.
- An absence (not found, also agreed to; found without a quotation): on what the rubric asks and on the whole text, since a
  rule may have been added anywhere; and on what the machine shows, where that was refused.
- That an element does not apply: on what the rubric asks alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from policyaudit.model import Decision, Document, Evidence, Finding, Review
from policyaudit.score.quoting import places

FOUND, NOT_FOUND, CONTRADICTED = "found", "not_found", "contradicted"
QUESTION, NOT_JUDGED = "question", "not_judged"
_STATES = {FOUND: Decision.FOUND, NOT_FOUND: Decision.NOT_FOUND, CONTRADICTED: Decision.CONTRADICTED}
Asked = Mapping[tuple[str, str], str]  # (criterion, element or opposite) -> what the rubric asks there


def text_hash(text: str) -> str:
    """SHA-256 of a document's text."""
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()


def asked(rubric: Mapping[str, object]) -> dict[tuple[str, str], str]:
    """What the rubric asks at each element and opposite, out of ``Results.rubric``, in its own order."""
    result = {}
    for criterion in criteria(rubric).values():
        for part in ("elements", "contradicted_by"):
            for name, text in _texts(criterion.get(part)):
                result[str(criterion["id"]), name] = f"{criterion.get('requirement')}\n{text}"
    return result


def criteria(rubric: Mapping[str, object]) -> dict[str, dict[str, object]]:
    """The criteria out of ``Results.rubric``, by id."""
    sections = rubric.get("sections")
    several = [one for section in sections for one in section.get("criteria", ())] if isinstance(sections, list | tuple) else []
    return {str(one["id"]): dict(one) for one in several}


def _texts(part: object) -> list[tuple[str, str]]:
    return [(str(name), str(text)) for name, text in part.items()] if isinstance(part, Mapping) else []


def machine_said(finding: Finding, element: str) -> tuple[str, tuple[Evidence, ...]]:
    """What the machine says of an element or opposite (one of the words above), and its passages."""
    for contradiction in finding.contradictions:
        if contradiction.id == element:
            return CONTRADICTED, contradiction.evidence
    for one in finding.elements:
        if one.id == element:
            return (QUESTION, ()) if one.question else (FOUND, one.evidence) if one.found else (NOT_FOUND, ())
    return (NOT_FOUND if finding.score is not None else NOT_JUDGED), ()


def meant(review: Review) -> Decision:
    """What a decision comes to, agreement resolved: found, not found, contradicted or not applicable."""
    return _STATES.get(review.machine, Decision.NOT_APPLICABLE) if review.decision is Decision.AGREE else review.decision


def ground(review: Review, asked: str, finding: Finding, document: Document) -> str:
    """The hash of what the decision stands on in this document, as the machine reads it now and the rubric asks now."""
    state, evidence = machine_said(finding, review.element)
    shown = review.machine_quotation if review.machine_quotation in [one.quote for one in evidence] else ""
    decided = meant(review)
    basis: tuple[str, ...]
    if decided is Decision.NOT_APPLICABLE:
        basis = ()
    elif decided is Decision.NOT_FOUND:
        basis = (text_hash(document.text), state, shown)
    elif review.quotation and review.decision is not Decision.AGREE:
        basis = ("own", review.quotation if places(document.text, review.quotation) else "")
    elif review.machine_quotation:
        basis = ("shown", state, shown)
    else:
        basis = (text_hash(document.text),)
    data = json.dumps([asked, str(decided), *basis], ensure_ascii=False)
    return hashlib.sha256(data.encode("utf-8", errors="surrogatepass")).hexdigest()[:32]
