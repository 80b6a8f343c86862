"""What that is worth: statuses and scores, element by element, for a document and for a country."""

from __future__ import annotations

from policyaudit.score.assess import assess
from policyaudit.score.unite import countries, unite

__all__ = ["assess", "countries", "unite"]
