"""The kind of each provision: what binds, and what only introduces, describes, quotes or was repealed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyaudit.ingest.numbering import fold
from policyaudit.ingest.sequence import HEADING_RANK, Node, is_article
from policyaudit.languages import Grammar
from policyaudit.model import DocumentKind, TextKind

_INHERITED = (TextKind.PREAMBLE, TextKind.BACKGROUND, TextKind.DEFINITION, TextKind.ANNEX, TextKind.REPEALED)
_LONG_NOTE = 700
_LONG_REPEALED = 260
_QUOTATION = re.compile(r"\s*[“\"«][^“”\"«»]{200,}[”\"»][.;)\d\s]*$")


class Kinds:
    """Sets the kind of the nodes of one document."""

    def __init__(self, text: str, nodes: Sequence[Node], grammar: Grammar, *, kind: DocumentKind, title: str) -> None:
        self.text = text
        self.nodes = nodes
        self.grammar = grammar
        self.kind = kind
        self.title = fold(title)
        self.notes = _compiled(grammar.notes)
        self.repealed = _compiled(grammar.repealed)
        self.defines = _compiled(grammar.defines)
        self.closing = _compiled(grammar.closing)
        self.page = _compiled(grammar.page)
        self.adverts = _compiled(grammar.adverts)
        self.first = next((index for index, node in enumerate(nodes) if node.unit == "article"), None)

    def assign(self) -> None:
        """Every node gets its kind."""
        for node in self.nodes:
            node.kind = node.kind or self._own(node)
        for node in self.nodes:
            above = node.parent.kind if node.parent is not None else None
            if node.kind is None and above in _INHERITED:
                node.kind = above
            elif above is TextKind.REPEALED and node.kind is not TextKind.NOTE:
                node.kind = above
        self._front()
        self._end()
        for node in self.nodes:
            standing = node.unit != "article" and node.heading and node.body == node.end
            if standing and node.kind in (None, TextKind.ANNEX, TextKind.DEFINITION):
                node.kind = TextKind.HEADING if node.kind is None else node.kind
            node.kind = node.kind or TextKind.OPERATIVE

    def _body(self, node: Node) -> str:
        return fold(self.text[node.body : node.end]).strip()

    def _own(self, node: Node) -> TextKind | None:
        if node.heading:
            named = self._named(node)
            if named:
                return named
        if node.unit == "annex":
            return TextKind.ANNEX
        body = self._body(node)
        if node.unit == "article":
            return self._article(node, body)
        if node.unit in ("text", "item") and len(body) < _LONG_NOTE:
            if any(pattern.match(body) for pattern in self.notes):
                return TextKind.NOTE
            if any(pattern.match(body) for pattern in self.adverts):
                return TextKind.FURNITURE
            if node.unit == "item" and len(body) < _LONG_REPEALED and any(pattern.match(body) for pattern in self.repealed):
                return TextKind.REPEALED
        if node.unit == "text" and self.first is not None and _QUOTATION.match(body) and not _inside_article(node):
            return TextKind.QUOTED
        return None

    def _article(self, node: Node, body: str) -> TextKind | None:
        only = not any(child.unit in ("item", "paragraph", "row") for child in node.children)
        said = body or fold(node.heading)
        if not said and node.children:
            said = self._body(node.children[0])
        if only and len(said) < _LONG_REPEALED and any(pattern.match(said) for pattern in self.repealed):
            return TextKind.REPEALED
        if not body and node.children:
            body = self._body(node.children[0])
        if any(pattern.match(body) for pattern in self.defines):
            return TextKind.DEFINITION
        return None

    def _named(self, node: Node) -> TextKind | None:
        heading = re.sub(r"^[\W\d]+|[\W\d]+$", "", fold(node.heading))
        heading = re.sub(r"\s+", " ", heading)
        if heading in self.grammar.definition:
            return TextKind.DEFINITION
        if node.unit == "article":
            return None
        if node.unit == "heading" and heading in self.grammar.contents:
            return TextKind.CONTENTS
        binding = self.kind in (DocumentKind.LAW, DocumentKind.OPERATIONAL_POLICY, DocumentKind.CODE_OF_CONDUCT)
        for kind, phrases in ((TextKind.PREAMBLE, self.grammar.preamble), (TextKind.BACKGROUND, self.grammar.background)):
            for phrase in phrases:
                longer = heading.startswith(phrase + " ") and len(heading) < len(phrase) + 90 and not binding
                if heading == phrase or longer:
                    return kind
        return None

    def _front(self) -> None:
        """What stands before the first article of an act: its title, then its preamble. Elsewhere only the leading headings."""
        seen_preamble = False
        articles = sum(1 for node in self.nodes if is_article(node))
        before = self.nodes[self.first].start if self.first is not None else 0
        if self.first is not None and (articles >= 3 or self.kind is DocumentKind.LAW) and before < 0.5 * len(self.text):
            end = next(i for i, node in enumerate(self.nodes) if node.unit == "article" or _is_division(node))
            for node in self.nodes[:end]:
                if node.kind not in (None, TextKind.PREAMBLE):
                    continue
                body = fold(self.text[node.start : node.end]).strip()
                if node.kind is None and node.heading and node.unit == "heading":
                    body = fold(node.heading)
                if any(pattern.match(body) for pattern in self.page):
                    node.kind = TextKind.FURNITURE
                elif node.kind is TextKind.PREAMBLE or seen_preamble or self._recital(body):
                    seen_preamble = True
                    node.kind = TextKind.PREAMBLE
                else:
                    node.kind = TextKind.TITLE
            return
        for index, node in enumerate(self.nodes):
            if node.unit != "heading" or node.number:
                break
            heading = fold(node.heading)
            if node.kind is None and (not index or heading in self.title or self.title in heading):
                node.kind = TextKind.TITLE

    def _recital(self, body: str) -> bool:
        return any(re.match(rf"{re.escape(cue)}\b", body) for cue in self.grammar.recitals) or any(
            cue in body[-200:] for cue in self.grammar.enacts
        )

    def _end(self) -> None:
        """The closing words of an act, the signatures, and what a web page puts after them."""
        closed = False
        started = False
        for node in self.nodes:
            if is_article(node):
                started = True
            signature = node.unit == "heading" and node.heading.count(" ") < 7 and (not node.level or node.level > 6)
            if node.unit not in ("text", "item") and not (closed and signature):
                closed = False
                continue
            body = self._body(node)
            if started and node.unit == "text" and any(pattern.match(body) for pattern in self.closing):
                closed = True
            if closed and len(body) > 300:
                closed = False
            if closed and node.kind in (None, TextKind.OPERATIVE, TextKind.ANNEX, TextKind.DEFINITION):
                node.kind = TextKind.FURNITURE


def _compiled(patterns: Sequence[str]) -> list[re.Pattern[str]]:
    return [re.compile(pattern, re.DOTALL) for pattern in patterns]


def _is_division(node: Node) -> bool:
    return node.rank < HEADING_RANK and node.unit != "heading"


def _inside_article(node: Node) -> bool:
    above = node.parent
    while above is not None:
        if above.unit == "article":
            return True
        above = above.parent
    return False
