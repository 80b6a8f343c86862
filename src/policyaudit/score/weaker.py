"""A duty stated in full by one text of a country and weakened, or contradicted, by a lower or later one."""

from __future__ import annotations

from collections.abc import Sequence

from policyaudit.model import Evidence, Finding, Weaker
from policyaudit.rubric import Binding
from policyaudit.score.versions import Described, since


def weaker(several: Sequence[tuple[Described, Finding]], binding: Binding) -> tuple[Weaker, ...]:
    """Both passages for each element and each opposite: the strongest text that states it in full, and each text that stands
    below it or came later and only recommends or permits it, or states the opposite. Which kinds of document and of wording
    bind more is said by the rubric."""
    result: list[Weaker] = []
    full: list[tuple[Described, Evidence]] = []
    names = dict.fromkeys(element.id for _, finding in several for element in finding.elements)
    for name in names:
        stated = [(d, e) for d, finding in several for e in finding.elements if e.id == name and (e.evidence or e.nearest)]
        strong = [
            (document, passage)
            for document, element in stated
            if element.found and (passage := next((p for p in element.evidence if p.force in binding.full), None))
        ]
        if not strong:
            continue
        strongest, passage = min(strong, key=lambda pair: binding.rank(pair[0].kind))
        full.append((strongest, passage))
        for document, element in stated:
            if element.found and below(document, strongest, binding) and all(p.force in binding.weak for p in element.evidence):
                result.append(Weaker(name, "weaker", passage, element.evidence[0]))
    for document, finding in several:
        for opposite in finding.contradictions:
            above = next((pair for pair in full if below(document, pair[0], binding)), None)
            if above and opposite.evidence:
                result.append(Weaker(opposite.id, "contradicted", above[1], opposite.evidence[0]))
    return tuple(result)


def below(document: Described, other: Described, binding: Binding) -> bool:
    """Whether a document stands below another, or beside it and came later."""
    mine, its = binding.rank(document.kind), binding.rank(other.kind)
    return document is not other and (mine > its or (mine == its and since(document) > since(other) != ""))
