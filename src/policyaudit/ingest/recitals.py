"""What an instrument says before it commands, wherever it stands: in front of its articles, in an annex, after a title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyaudit.ingest import headings
from policyaudit.ingest.numbering import fold
from policyaudit.ingest.patterns import either
from policyaudit.ingest.sequence import HEADING_RANK, Node, inside, is_article
from policyaudit.languages import Grammar
from policyaudit.model import TextKind

_LONGEST_PREAMBLE = 40_000
_SHORT_PREAMBLE = 15_000
_LONG_LINE = 700
_SHORT = 30
_SUBJECT = 150  # letters of the line that says who resolves
_PASSED = (TextKind.FURNITURE, TextKind.NOTE, TextKind.CONTENTS)
_TAKEN = (None, TextKind.ANNEX, TextKind.BACKGROUND)


class Recitals:
    """Finds the recitals of a document's instruments and gives them their kind. ``owned``: the nodes that had a kind before
    any was handed down."""

    def __init__(self, text: str, nodes: Sequence[Node], grammar: Grammar, *, owned: frozenset[int]) -> None:
        self.text = text
        self.nodes = nodes
        self.grammar = grammar
        self.owned = owned
        self.enacting = either(grammar.enacting)
        self.proclaiming = either(grammar.proclaiming)
        joins = "|".join(map(re.escape, grammar.joins)) or "(?!)"
        self.open_end = re.compile(rf"[,;:](?: (?:{joins}))?$|,? (?:{joins})[,:]?$")
        self.forms = either([rf"(?:{form})\b.*[,;](?: (?:{joins}))?$" for form in grammar.reciting_forms])
        self.words = headings.SentenceWords(grammar)

    def mark(self) -> None:
        """What stands before the enacting words is preamble, and so is what opens and ends like the recitals beside it."""
        for index, node in enumerate(self.nodes):
            if self._may_enact(node):
                self._before(index, node)
        for order in (range(1, len(self.nodes)), range(len(self.nodes) - 2, -1, -1)):
            for index in order:
                self._beside(index, forward=order.step > 0)

    def _said(self, node: Node) -> str:
        return fold(self.text[node.start : node.end]).strip()

    def _may_enact(self, node: Node) -> bool:
        if node.unit not in ("text", "heading") or node.end - node.start > _LONG_LINE:
            return False
        ends = self.text[node.start : node.end].rstrip()[-1:] == ":"
        return ends or (node.end - node.start < _SHORT and node.unit == "heading")

    def _before(self, index: int, node: Node) -> None:
        """Marks the recitals that end with a line, if it is one that enacts."""
        said = self._said(node)
        said = said if said.endswith(":") else f"{said}:"
        whole = self.proclaiming.search(said) is not None
        if not (whole or self.enacting.search(said)) or inside(node, "article"):
            return
        first = None
        numbered = False
        at = index
        for at in range(index - 1, -2, -1):
            before = self.nodes[at] if at >= 0 else None
            if before is None or before.unit == "annex" or self.nodes[index].start - before.start > _LONGEST_PREAMBLE:
                plain = whole if before is not None else self._is_front(index)
                whole = plain and (before is None or before.unit == "annex") and not numbered
                break
            if is_article(before) or before.unit in ("row", "paragraph") or (before.rank < HEADING_RANK and before.number):
                whole = False
                break
            numbered = numbered or bool(before.style or before.decimal)
            if before.kind is TextKind.PREAMBLE:
                first = at
        if whole:
            first = next((k for k in range(at + 1, index) if self._is_prose(self.nodes[k])), first)
        if first is None:
            return
        for one in self.nodes[first : index + 1]:
            if one.kind in _TAKEN:
                one.kind = TextKind.PREAMBLE
        self._let_go(first, index)

    def _is_front(self, index: int) -> bool:
        """Whether a line that enacts stands near the beginning of a document."""
        return self.nodes[index].start < _SHORT_PREAMBLE

    def _is_prose(self, node: Node) -> bool:
        return node.unit == "text" and node.kind not in _PASSED and node.end - node.start > _SUBJECT

    def _let_go(self, first: int, index: int) -> None:
        """What follows the enacting words under the heading of the recitals commands."""
        heads = {id(node) for node in self.nodes[first : index + 1] if node.unit == "heading"}
        for node in self.nodes[index + 1 :]:
            above = node.parent
            while above is not None and id(above) not in heads:
                above = above.parent
            if above is None:
                return
            if node.kind is TextKind.PREAMBLE and id(node) not in self.owned:
                node.kind = TextKind.ANNEX if inside(node, "annex") else None

    def _beside(self, index: int, *, forward: bool) -> None:
        node = self.nodes[index]
        if node.unit != "text" or node.kind not in _TAKEN:
            return
        beside = self._next(index, -1 if forward else 1)
        if beside is None or beside.kind is not TextKind.PREAMBLE or beside.unit not in ("text", "item"):
            return
        if self.text[node.end - 1] not in ",;" and node.end - node.start > _LONG_LINE:
            return
        said = self._said(node)
        if forward or self.open_end.search(said) is None:
            names = False
        else:  # who resolves, by what powers
            powers = any(cue in said for cue in self.grammar.recitals if " " in cue)
            names = powers or (len(said) < _SUBJECT and said[-1] == "," and not self.words.count(said))
        if (names or self.forms.match(said)) and not inside(node, "article"):
            node.kind = TextKind.PREAMBLE

    def _next(self, index: int, step: int) -> Node | None:
        index += step
        while 0 <= index < len(self.nodes):
            if self.nodes[index].kind not in _PASSED:
                return self.nodes[index]
            index += step
        return None
