"""The kind of each provision: what binds, and what only introduces, describes, quotes or was repealed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from policyaudit.ingest import headings, pointers
from policyaudit.ingest.closing import Closing
from policyaudit.ingest.numbering import closes_quotation, fold, opens_quotation
from policyaudit.ingest.patterns import either
from policyaudit.ingest.recitals import Recitals
from policyaudit.ingest.sequence import HEADING_RANK, INSERTED_RANK, Node, inside, is_article
from policyaudit.languages import Grammar
from policyaudit.model import DocumentKind, TextKind

_INHERITED = (
    TextKind.QUOTED,
    TextKind.INSERTED,
    TextKind.PREAMBLE,
    TextKind.BACKGROUND,
    TextKind.DEFINITION,
    TextKind.ANNEX,
    TextKind.REPEALED,
)
_LONG_TITLE = 280
_PART_BEFORE = 40  # provisions of the part of a gazette before an act, and of its recitals
_AFTER_RECITALS = 6  # provisions from the last recital to the first article, or part
_LONGEST_PREAMBLE = 40_000
_SHORT_PREAMBLE = 15_000
_LONG_NOTE = 700
_LONG_QUOTATION = 60  # provisions that one may run over
_LONG_REPEALED = 260
_FOOTNOTE = re.compile(r"\[\d{1,3}\](?=\s?\w)")
_QUOTATION = re.compile(r"\s*[“\"«][^“”\"«»]{200,}[”\"»][.;)\d\s]*$")


class Kinds:
    """Sets the kind of the nodes of one document."""

    def __init__(self, text: str, nodes: Sequence[Node], grammar: Grammar, *, kind: DocumentKind, title: str) -> None:
        self.text = text
        self.nodes = nodes
        self.grammar = grammar
        self.kind = kind
        self.bodies: dict[tuple[int, int], str] = {}  # looked at more than once
        self.title = fold(title)
        self.notes = either(grammar.notes)
        self.repealed = either(grammar.repealed)
        self.defines = either(grammar.defines)
        self.whereas = tuple(grammar.whereas) or ("\0",)
        self.reciting = either([rf"(?:{cue})\b.*[,;]$" for cue in grammar.reciting])
        self.recitals = either([rf"{re.escape(cue)}\b" for cue in grammar.recitals])
        self.page = either(grammar.page)
        self.adverts = either(grammar.adverts)
        self.first = next((index for index, node in enumerate(nodes) if node.unit == "article"), None)

    def assign(self, *, stated: bool = False) -> None:
        """Every node gets its kind. ``stated``: the format itself says what stands before the first article and at the end."""
        for node in self.nodes:
            node.kind = node.kind or self._own(node)
        self._quotations()
        owned = frozenset(id(node) for node in self.nodes if node.kind is not None)
        for node in self.nodes:
            above = _handed_down(node)
            if (node.kind is None and above in _INHERITED) or (above is TextKind.REPEALED and node.kind is not TextKind.NOTE):
                node.kind = above
        if self.kind is not DocumentKind.LAW:
            pointers.mark(self.text, self.nodes, self.grammar, owned=owned)
        if not stated:
            self._front()
            Recitals(self.text, self.nodes, self.grammar, owned=owned).mark()
            Closing(self.text, self.nodes, self.grammar).mark()
        for node in self.nodes:
            titled = node.heading or (node.rank < HEADING_RANK and node.label)
            standing = node.unit != "article" and titled and node.body == node.end
            if standing and node.kind in (None, TextKind.ANNEX, TextKind.DEFINITION):
                node.kind = TextKind.HEADING if node.kind is None else node.kind
            node.kind = node.kind or TextKind.OPERATIVE

    def _body(self, node: Node) -> str:
        place = node.body, node.end
        body = self.bodies.get(place)
        if body is None:
            body = self.bodies[place] = fold(self.text[node.body : node.end]).strip()
        return body

    def _own(self, node: Node) -> TextKind | None:
        if node.unit == "heading" and self.adverts.match(fold(node.heading)):
            return TextKind.FURNITURE
        if node.heading:
            named = self._named(node)
            if named:
                return named
        if node.unit == "annex":
            return TextKind.ANNEX
        if node.unit == "article" and node.rank == INSERTED_RANK:
            return TextKind.INSERTED
        body = self._body(node)
        if node.unit == "article":
            return self._article(node, body)
        if node.defines or (node.unit in ("item", "paragraph") and self.defines.match(body)):
            return TextKind.DEFINITION
        if node.unit in ("text", "item") and not node.number and not inside(node, "article") and self._recites(body):
            return TextKind.PREAMBLE
        if node.unit in ("text", "item") and body[:1] == "[" and self._is_footnote(node, body):
            return TextKind.NOTE
        if node.unit in ("text", "item") and len(body) < _LONG_NOTE:
            if self.notes.match(body) and node.style != "word":
                return TextKind.NOTE
            if self.adverts.match(body):
                return TextKind.FURNITURE
            if node.unit == "item" and len(body) < _LONG_REPEALED and self.repealed.match(body):
                return TextKind.REPEALED
        if node.unit == "text" and self.first is not None and _QUOTATION.match(body) and not inside(node, "article"):
            return TextKind.QUOTED
        return None

    def _is_footnote(self, node: Node, body: str) -> bool:
        """Whether a paragraph begins with a number in square brackets to which the text before it refers."""
        mark = _FOOTNOTE.match(body)
        if mark is None:
            return False
        before = self.text.find(mark[0], 0, node.start)
        return before > 0 and self.text[before - 1] != "\n"

    def _quotations(self) -> None:
        """What an article puts into another act reaches from the mark that opens it to the one that closes it."""
        if self.first is None:
            return
        for index, node in enumerate(self.nodes):
            if node.kind is not None or not index or not inside(node, "article"):
                continue
            before = self.nodes[index - 1]
            if self.text[before.start : before.end].rstrip().endswith(":") and opens_quotation(self.text[node.start : node.end]):
                for last in range(index, min(index + _LONG_QUOTATION, len(self.nodes))):
                    if is_article(self.nodes[last]) or self.nodes[last].rank < HEADING_RANK:
                        break
                    if closes_quotation(self.text[self.nodes[last].start : self.nodes[last].end]):
                        for quoted in self.nodes[index : last + 1]:
                            quoted.kind = quoted.kind or TextKind.INSERTED
                        break

    def _article(self, node: Node, body: str) -> TextKind | None:
        only = not any(child.unit in ("item", "paragraph", "row") for child in node.children)
        said = body or fold(node.heading)
        if not said and node.children:
            said = self._body(node.children[0])
        if only and len(said) < _LONG_REPEALED and self.repealed.match(said):
            return TextKind.REPEALED
        if not body and node.children:
            body = self._body(node.children[0])
        if self.defines.match(body):
            return TextKind.DEFINITION
        return None

    def _named(self, node: Node) -> TextKind | None:
        heading = headings.named(node.heading)
        if headings.is_called(heading, self.grammar.definition):
            return TextKind.DEFINITION
        if node.unit == "article":
            return None
        if node.unit == "heading" and heading in self.grammar.contents:
            return TextKind.CONTENTS
        binding = self.kind in (DocumentKind.LAW, DocumentKind.OPERATIONAL_POLICY, DocumentKind.CODE_OF_CONDUCT)
        described = (*self.grammar.background, *self.grammar.sources)
        for kind, phrases in ((TextKind.PREAMBLE, self.grammar.preamble), (TextKind.BACKGROUND, described)):
            if kind is TextKind.BACKGROUND and self.kind in (DocumentKind.OPERATIONAL_POLICY, DocumentKind.CODE_OF_CONDUCT):
                continue  # under such a heading a policy states its principles and aims
            if headings.is_called(heading, phrases):
                return kind
            if not binding and any(heading.startswith(f"{phrase} ") and len(heading) < len(phrase) + 90 for phrase in phrases):
                return kind
        return None

    def _front(self) -> None:
        """What stands before the first article of an act: its title, then its preamble. Elsewhere only the leading headings."""
        front = self.nodes[: self._first_numbered()]
        bodies = [fold(node.heading) if node.unit == "heading" else self._body(node) for node in front]
        length = front[-1].end if front else 0
        articles = sum(1 for node in self.nodes if is_article(node))
        recited = any(map(self._recital, bodies))
        is_act = self.kind is DocumentKind.LAW or (recited and (articles >= 3 or length < _SHORT_PREAMBLE))
        if self.first is not None and is_act and (length < 0.5 * len(self.text) or (recited and length < _LONGEST_PREAMBLE)):
            self._act_front(front, bodies)
            return
        leading = itertools.takewhile(
            lambda node: node.unit == "heading" and not node.number,
            (node for node in self.nodes if node.kind is not TextKind.FURNITURE),
        )
        for index, node in enumerate(leading):
            heading = fold(node.heading)
            if node.kind is None and (not index or heading in self.title or self.title in heading):
                node.kind = TextKind.TITLE

    def _first_numbered(self) -> int:
        """The place of the first article, or part of the act: not of the part of a gazette in which the act is printed, after
        which the act recites what it is made for."""
        first = next((i for i, node in enumerate(self.nodes) if node.unit == "article" or _is_division(node)), 0)
        if self.first is None or first == self.first:
            return first
        near = range(first + 1, min(first + _PART_BEFORE, self.first))
        recitals = [i for i in near if self.nodes[i].unit == "text" and self._recital(self._body(self.nodes[i]))]
        if not recitals:
            return first
        begins = next(i for i in range(recitals[-1], self.first + 1) if i == self.first or _is_division(self.nodes[i]))
        return begins if begins - recitals[-1] <= _AFTER_RECITALS else first

    def _act_front(self, front: Sequence[Node], bodies: Sequence[str]) -> None:
        preamble = False
        first = next((node for node in front if node.kind is None and node.unit == "heading"), None)
        first = first if first is not None and not any(node.kind is None for node in front[: front.index(first)]) else None
        for node, body in zip(front, bodies, strict=True):
            if node.kind not in (None, TextKind.PREAMBLE):
                continue
            if self.page.match(body):
                node.kind = TextKind.FURNITURE
            elif preamble or node.kind is TextKind.PREAMBLE or (node is not first and self._opens_preamble(node, body)):
                preamble = True
                node.kind = TextKind.PREAMBLE
            else:
                node.kind = TextKind.TITLE

    def _opens_preamble(self, node: Node, body: str) -> bool:
        return self._recital(body) or (node.unit != "heading" and len(body) > _LONG_TITLE)

    def _recites(self, body: str) -> bool:
        return body.startswith(self.whereas) or self.reciting.match(body) is not None

    def _recital(self, body: str) -> bool:
        return self.recitals.match(body) is not None or any(cue in body[-200:] for cue in self.grammar.enacts)


def _handed_down(node: Node) -> TextKind | None:
    """The kind of the provision that one stands under; a note has nothing under it."""
    above = node.parent
    while above is not None and above.kind is TextKind.NOTE:
        above = above.parent
    return above.kind if above is not None else None


def _is_division(node: Node) -> bool:
    return node.rank < HEADING_RANK and node.unit != "heading"
