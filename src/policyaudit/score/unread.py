"""What pages that could not be read do to a finding: the one place where that is decided.

What was found stays found. What was not found in a document of which a good part could not be read is not proven absent: the
criterion then has no score. Where only a small part is missing the finding stands, and says which pages it does not know.
"""

from __future__ import annotations

from dataclasses import replace

from policyaudit.model import Document, Finding, Status
from policyaudit.pages import ranges

SHARE = 0.1
"""Part of the pages with anything on them, from which "not found" cannot be said: about what a chapter takes of a law, and
every page of a law of ten pages or fewer. Nothing is known of where in a law a rule stands, so that the chance of having
missed it is about the share of the pages missed; a tenth is the error that the findings themselves are allowed."""


def settled(finding: Finding, document: Document) -> Finding:
    """The finding with what the unread pages of its document leave open."""
    if finding.status not in (Status.NOT_FOUND, Status.PARTLY):
        return finding
    unread = [page.number for page in document.pages if not page.has_text]
    if not unread:
        return finding
    one = len(unread) == 1
    which = f"{'Page' if one else 'Pages'} {ranges(unread)} could not be read"
    held = sum(page.has_text and page.end > page.start for page in document.pages) + len(unread)
    if finding.status is Status.NOT_FOUND and len(unread) >= SHARE * held:
        reason = f"{which} ({len(unread)} of {held} with anything on them), so that it cannot be said that it is not there."
        return Finding(finding.criterion, Status.UNSCORED, None, reason)
    return replace(finding, reason=f"{which}; what was not found may stand there.")
