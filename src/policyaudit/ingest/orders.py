"""How a standing order is cited: by its own name and number, before that of the place in it ("General Order 3.25 IV.B.2")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyaudit.ingest.numbering import fold
from policyaudit.languages import Grammar
from policyaudit.languages.identity import Identity
from policyaudit.model import Fact

_HEAD = 1500  # letters in which an order says what it is


def cited(text: str, facts: Sequence[Fact], identity: Identity, grammar: Grammar) -> str:
    """The name and number of an order whose head says both, such as "General Order 3.25"; "" for any other document."""
    number = next((fact for fact in facts if fact.name == "number" and fact.start is not None), None)
    if number is None or (number.start or 0) > _HEAD:
        return ""
    signs = "|".join(map(re.escape, grammar.number_signs)) or "(?!)"
    head, printed = fold(text[:_HEAD]), re.escape(fold(number.value))
    for name in identity.orders:
        words = re.escape(fold(name)).replace(r"\ ", r"\s+")
        if re.search(rf"^\W*{words}\W*$|\b{words}\b[^\w\n]*(?:{signs})?[^\w\n]*{printed}", head, re.MULTILINE):
            return f"{name} {number.value}"
    return ""
