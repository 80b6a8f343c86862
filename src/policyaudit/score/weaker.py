"""A duty stated in full by one text of a country and weakened, or contradicted, by a lower text or a later version of it.

Two laws of one rank regulate different matters: that the later one permits what the other demands takes nothing away. So a text
is only held against those that stand above it, and against the earlier versions of itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from policyaudit.model import Evidence, Finding, Weaker
from policyaudit.rubric import Binding
from policyaudit.score.versions import Described, since

Pairs = Sequence[tuple[Described, Finding]]
Full = tuple[Described, Evidence]


def weaker(several: Pairs, binding: Binding, earlier: Pairs = ()) -> tuple[Weaker, ...]:
    """Both passages for each element and each opposite: the text that states it in full, and each that stands below it, or is a
    later version of it, and only recommends or permits it, or states the opposite. ``earlier``: versions of ``several`` that
    are no longer in force. Which kinds of document and of wording bind more is said by the rubric."""
    result: list[Weaker] = []
    every: tuple[list[Full], list[Full]] = ([], [])
    for name in dict.fromkeys(element.id for _, finding in several for element in finding.elements):
        own = (_stating(name, several, binding), _stating(name, earlier, binding))
        for all_of_them, some in zip(every, own, strict=True):
            all_of_them += some
        for document, finding in several:
            for element in finding.elements:
                said_weakly = element.found and element.evidence and all(p.force in binding.weak for p in element.evidence)
                if element.id == name and said_weakly and (above := _above(document, *own, binding)):
                    result.append(Weaker(name, "weaker", above, element.evidence[0]))
    for document, finding in several:
        for opposite in finding.contradictions:
            if opposite.evidence and (above := _above(document, *every, binding)):
                result.append(Weaker(opposite.id, "contradicted", above, opposite.evidence[0]))
    return tuple(result)


def _stating(name: str, several: Pairs, binding: Binding) -> list[Full]:
    """The texts that state an element in full, each with the first passage that does."""
    elements = ((document, element) for document, finding in several for element in finding.elements if element.id == name)
    passages = ((d, next((p for p in e.evidence if p.force in binding.full), None)) for d, e in elements if e.found)
    return [(document, passage) for document, passage in passages if passage is not None]


def _above(document: Described, current: Sequence[Full], earlier: Sequence[Full], binding: Binding) -> Evidence | None:
    """The passage that states it in full: of the texts above the document that which binds most, else its last version before."""
    higher = [pair for pair in current if binding.rank(pair[0].kind) < binding.rank(document.kind)]
    if higher:
        return min(higher, key=lambda pair: binding.rank(pair[0].kind))[1]
    before = [pair for pair in earlier if document.instrument == pair[0].instrument and since(pair[0]) < since(document)]
    return max(before, key=lambda pair: since(pair[0]))[1] if before else None
