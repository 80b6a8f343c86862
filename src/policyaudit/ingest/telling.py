"""What must be said beyond a number so that two provisions that bear the same number are told apart: the chapter, where the
articles are counted afresh in each; the paragraph or the term defined, where an article has several lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policyaudit.ingest.sequence import HEADING_RANK, Node
from policyaudit.languages import Grammar
from policyaudit.model import TextKind

_COMPOUND = re.compile(r"\d[-–.]\d")
_NOT_COUNTED = (TextKind.QUOTED, TextKind.INSERTED, TextKind.REPEALED, TextKind.CONTENTS, TextKind.NOTE)


def divisions(nodes: Sequence[Node]) -> dict[int, Node]:
    """By the id of an article: the division that must be named with it, because articles are counted afresh elsewhere. Where
    one count holds most articles of a document, its articles need no more than their number; those of a second act in the same
    document are named with its title."""
    found: dict[int, Node] = {}
    scopes: dict[tuple[int, str], list[Node]] = {}
    for node in nodes:
        if (
            node.unit == "article"
            and node.kind not in _NOT_COUNTED
            and not any(above.unit == "article" for above in _above(node))
        ):
            outer = next((above for above in _above(node) if above.unit == "annex" or above.begins_act), None)
            if outer is not None and outer.begins_act:
                found[id(node)] = outer
                continue
            scopes.setdefault((id(outer), node.cite), []).append(node)
    for articles in scopes.values():
        runs = _runs(articles)
        longest = max(runs, key=len)
        for index, run in enumerate(runs):
            if len(runs) == 1 or (run is longest and 2 * len(run) > len(articles)):
                continue
            other = runs[index - 1] if index else runs[1]
            shared = set(map(id, _above(other[0])))
            own = [above for above in _above(run[0]) if id(above) not in shared and above.rank <= HEADING_RANK]
            for node in run:
                chain = [above for above in _above(node) if above.rank <= HEADING_RANK]
                named = next((above for above in reversed(own) if above in chain), next(iter(chain), None))
                if named is not None:
                    found[id(node)] = named
    return found


def _above(node: Node) -> Iterator[Node]:
    """The provisions that one stands under, the nearest first."""
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _runs(articles: Sequence[Node]) -> list[list[Node]]:
    runs: list[list[Node]] = []
    for node in articles:
        if not runs or (node.value == 1 and not _COMPOUND.search(node.number)):
            runs.append([])
        runs[-1].append(node)
    return runs


def paragraphs(nodes: Sequence[Node], grammar: Grammar) -> dict[int, str]:
    """By the id of a paragraph without a number: how it is cited, where it defines a term, or where a list stands under it and
    another such list in the same article or item."""
    found: dict[int, str] = {}
    lists: dict[int, set[str]] = {}
    counts: dict[int, int] = {}
    for node in nodes:
        owner = node.parent
        while owner is not None and owner.unit == "text":
            owner = owner.parent
        if owner is None:
            continue
        if node.unit == "text":
            counts[id(owner)] = counts.get(id(owner), int(owner.body < owner.end)) + 1
            if node.defines:
                found[id(node)] = f'"{node.defines}"'
                continue
            styles = {child.style for child in node.children if child.style and child.style[0] != "•"}
            if styles & lists.get(id(owner), set()):
                found[id(node)] = grammar.unnumbered.replace("{}", str(counts[id(owner)]))
            lists.setdefault(id(owner), set()).update(styles)
        elif node.style and node.parent is owner and node.style[0] != "•":
            lists.setdefault(id(owner), set()).add(node.style)
    return found


def repeated(nodes: Sequence[Node]) -> frozenset[str]:
    """The headings that stand several times in a document under different ones, so that they say little without those."""
    under: dict[str, set[int]] = {}
    for node in nodes:
        if node.unit == "heading" and node.parent is not None and node.parent.heading:
            under.setdefault(node.heading, set()).add(id(node.parent))
    return frozenset(heading for heading, parents in under.items() if len(parents) > 1)
