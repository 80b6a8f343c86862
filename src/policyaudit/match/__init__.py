"""Who says what where: finds the concepts of a rubric in a document, and what stands around each mention."""

from __future__ import annotations

from policyaudit.match.matcher import Matcher

__all__ = ["Matcher"]
