"""What reviewers decide on: what the rubric asks at each element, what the machine says of it, what a decision comes to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from policyaudit.model import Decision, Evidence, Finding, Review

FOUND, NOT_FOUND, CONTRADICTED = "found", "not_found", "contradicted"
QUESTION, NOT_JUDGED = "question", "not_judged"  # the machine says neither: a person must; it could not judge the criterion
SAMPLE = 10  # one in so many of all elements is looked at as a check on the machine
_STATES = {FOUND: Decision.FOUND, NOT_FOUND: Decision.NOT_FOUND, CONTRADICTED: Decision.CONTRADICTED}


def criteria(rubric: Mapping[str, object]) -> dict[str, dict[str, object]]:
    """The criteria out of ``Results.rubric``, by id."""
    sections = rubric.get("sections")
    several = [one for section in sections for one in section.get("criteria", ())] if isinstance(sections, list | tuple) else []
    return {str(one["id"]): dict(one) for one in several}


def asked(rubric: Mapping[str, object]) -> dict[tuple[str, str], str]:
    """What the rubric asks, by criterion and element or opposite, out of ``Results.rubric``, in its own order."""
    result = {}
    for criterion in criteria(rubric).values():
        for part in ("elements", "contradicted_by"):
            for name, text in _texts(criterion.get(part)):
                result[str(criterion["id"]), name] = f"{criterion.get('requirement')}\n{text}"
    return result


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


def text_hash(text: str) -> str:
    """SHA-256 of a document's text."""
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()


def sampled(key: tuple[str, str, str]) -> bool:
    """Whether document, criterion and element belong to the tenth drawn as a check on the machine: by hash, always the same."""
    return int(text_hash("\n".join(key))[:8], 16) % SAMPLE == 0


def shown_hash(state: str, quotation: str) -> str:
    """A short hash of what a reviewer is shown of an element: what the machine says, and its best quotation."""
    return text_hash(f"{state}\n{quotation}")[:10]


def _texts(part: object) -> list[tuple[str, str]]:
    return [(str(name), str(text)) for name, text in part.items()] if isinstance(part, Mapping) else []
