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

from policyaudit.model import Decision, Document, Finding, Review
from policyaudit.reviews import machine_said, meant, text_hash
from policyaudit.score.quoting import places


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
