"""How an act ends: its closing words, who signed it and in what office, and what a web page puts after them. Nothing stands
under a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from policyaudit.ingest import headings
from policyaudit.ingest.numbering import ITEM_RANK, fold
from policyaudit.ingest.patterns import either
from policyaudit.ingest.pieces import capitals
from policyaudit.ingest.sequence import Node, is_article, nearest
from policyaudit.languages import Grammar
from policyaudit.model import DocumentKind, TextKind

_TAKEN = (None, TextKind.OPERATIVE, TextKind.ANNEX, TextKind.DEFINITION)
_ASIDE = (TextKind.NOTE, TextKind.FURNITURE)
_LONGEST = 300  # letters of what follows the closing words
_LONGEST_FORMULA = 1_200
_LONG_NAME = 7  # words
_FEWEST = 2  # names in a row that need no office beside them
_BETWEEN = re.compile(r"\s+[-–—/;]\s*|[-–—/;]\s+|\.-|(?<=[a-zà-ÿ])\.\s+(?=[A-ZÀ-Þ])")
_NAME = re.compile(r"(?:[A-ZÀ-Þ][\w'’-]*\.?|[a-zà-ÿ]{1,3}|d['’][A-ZÀ-Þ]\w+)")


class Closing:
    """Sets the kind of the closing words and signatures of a document, and takes what they seem to head from under them."""

    def __init__(self, text: str, nodes: Sequence[Node], grammar: Grammar) -> None:
        self.text = text
        self.nodes = nodes
        self.grammar = grammar
        self.words = headings.SentenceWords(grammar)
        self.closing = either(grammar.closing)
        self.final = either(grammar.final)
        self.offices = either(grammar.offices)
        last = next((at for at in range(len(nodes) - 1, -1, -1) if is_article(nodes[at])), -1)
        self.last_article = last
        self.annex = _annex(nodes[last]) if last >= 0 else None

    def mark(self) -> None:
        """Closing words, and all short text after them, are furniture; so are the names and offices that follow the last
        article without them."""
        started = False
        index = 0
        while index < len(self.nodes):
            node = self.nodes[index]
            started = started or is_article(node) or bool(node.style or node.decimal)
            if started and self._stands_free(node) and self.closing.match(self._said(node)):
                index = self._closed(index)
            elif index > self.last_article >= 0 and self._part(index) and _annex(node) is self.annex:
                index = self._signed(index, closed=self._is_formula(self.nodes[index - 1]))
            else:
                index += 1

    def _is_formula(self, node: Node) -> bool:
        """Whether an article says no more than that the act is to be made known, or when it comes into force."""
        if not is_article(node):
            return False
        said = fold(self.text[node.start : node.end])
        return self.closing.match(said[node.body - node.start :].strip()) is not None or self.final.search(said) is not None

    def _stands_free(self, node: Node) -> bool:
        """Whether a node is a paragraph or heading without a number; a dash before a line, or the initial of a name, makes it no
        item of a list."""
        if node.unit == "item":
            return (node.style[:1] == "•" and not node.children) or (node.style == ".A" and bool(node.heading))
        return node.unit in ("text", "heading")

    def _said(self, node: Node) -> str:
        return fold(self._words_of(node))

    def _words_of(self, node: Node) -> str:
        begin, end = node.start, min(node.end, node.start + _LONGEST_FORMULA)
        while begin < end and not self.text[begin].isalnum():
            begin += 1
        while begin < end and not self.text[end - 1].isalnum():
            end -= 1
        return self.text[begin:end]

    def _closed(self, index: int) -> int:
        """Marks from the closing words on; the place of the first provision that is none of them."""
        first, home = index, self._home(index)
        while index < len(self.nodes):
            node = self.nodes[index]
            length = node.end - node.start
            formula = self._stands_free(node) and self.closing.match(self._said(node)) is not None
            if node.unit == "item" and self._stands_free(node):
                ends = length > _LONGEST or (node.style == ".A" and not self._part(index))
            elif node.unit == "item":
                ends = bool(node.heading and node.style) or length > _LONGEST
            elif node.unit == "heading":
                ends = not (formula or self._is_signature(index))
            else:
                ends = node.unit != "text" or node.kind is TextKind.CONTENTS or self._is_title(node)
                if self._is_title(node) and node.kind in _TAKEN:
                    node.kind = TextKind.TITLE
                ends = ends or (length > _LONGEST and not formula and not self._part(index))
            if ends and not (formula and length <= _LONGEST_FORMULA):
                break
            self._take(node, home)
            index += 1
        return max(index, first + 1)

    def _signed(self, index: int, *, closed: bool) -> int:
        """Marks the names and offices that begin here, if they are signatures; the place after them. ``closed``: the act has
        just ended."""
        after = index
        parts: list[str] = []
        while after < len(self.nodes) and (part := self._part(after)):
            parts.append(part)
            after += 1
        before = self.text[self.nodes[index - 1].start : self.nodes[index - 1].end].rstrip() if index else ""
        beside = any({first, second} == {"office", "name"} for first, second in pairwise(parts))
        ends = after == len(self.nodes) or self.nodes[after].unit in ("annex", "heading") or self._is_aside(self.nodes[after])
        signed = beside or ("names" in parts and (ends or closed)) or ("name" in parts and ends and closed)
        if before.endswith(":") or not signed:
            return after
        home = self._home(index)
        for node in self.nodes[index:after]:
            self._take(node, home)
        return after

    def _is_aside(self, node: Node) -> bool:
        return node.kind in _ASIDE

    def _part(self, index: int) -> str:
        """What a provision is of a signature: "office", "name", "names" of several, "rest" of a line; "" if none."""
        node = self.nodes[index]
        if not self._stands_free(node) or node.end - node.start > _LONGEST or (node.style and not node.heading):
            return ""
        if self._is_aside(node):
            return "rest" if self._part_follows(index) else ""
        said = self._words_of(node)
        if self.text[node.start : node.end].rstrip()[-1:] in ":?" or any(map(str.isdigit, said)):
            return ""
        if self.offices.match(fold(said)):
            return "office" if not self.words.count(said) else ""
        persons = [person for person in map(str.strip, _BETWEEN.split(said)) if person]
        if not persons or not all(map(_is_name, persons)) or self._names_a_part(said):
            return ""
        if sum(1 for person in persons if " " in person) >= _FEWEST:
            return "names"
        return "name" if any(" " in person for person in persons) else "rest"

    def _part_follows(self, index: int) -> bool:
        return index + 1 < len(self.nodes) and not self._is_aside(self.nodes[index + 1]) and bool(self._part(index + 1))

    def _names_a_part(self, said: str) -> bool:
        """Whether a line names a part of a document, or a document, and no person."""
        named = f" {headings.named(said)} "
        parts = (
            *self.grammar.background,
            *self.grammar.sources,
            *self.grammar.preamble,
            *self.grammar.contents,
            *self.grammar.definition,
        )
        if headings.is_called(named.strip(), parts):
            return True
        return any(f" {fold(cue)} " in named for cues in self.grammar.kinds.values() for cue in cues.title)

    def _is_signature(self, index: int) -> bool:
        """Whether a heading after the closing words is a name, not the title of the plan or code that the act adopts."""
        node = self.nodes[index]
        part = self._part(index)
        under_office = part == "name" and index > 0 and self.offices.match(self._said(self.nodes[index - 1])) is not None
        if part == "names" or under_office or (part and (not node.children or self._goes_on(index + 1))):
            return True
        if node.children or node.heading.count(" ") >= _LONG_NAME or 0 < node.level <= 6:
            return False
        said = f" {headings.named(node.heading)} "
        return not any(
            f" {fold(cue)} " in said
            for kind, cues in self.grammar.kinds.items()
            if kind is not DocumentKind.LAW
            for cue in cues.title
        )

    def _is_title(self, node: Node) -> bool:
        """Whether a paragraph in capitals names the plan or rules that the act adopts."""
        said = self._words_of(node)
        return capitals(said) and self._names_a_part(said)

    def _goes_on(self, index: int) -> bool:
        """Whether a provision is one of the closing words or signatures."""
        return bool(self._part(index)) or self.closing.match(self._said(self.nodes[index])) is not None

    def _take(self, node: Node, home: Node | None) -> None:
        """Makes a line that closes an act furniture. What seemed to stand under it stands where it stood; the line itself goes
        with the article before it, if there is one: ``home``."""
        if node.kind in _TAKEN:
            node.kind = TextKind.FURNITURE
            if node.heading:
                self._unhead(node)
        if (
            home is None
            or node.kind not in _ASIDE
            or node.children
            or node.unit not in ("text", "item")
            or _article(node) is home
        ):
            return
        if node.parent is not None:
            node.parent.children.remove(node)
        node.parent = home
        home.children.append(node)

    def _unhead(self, node: Node) -> None:
        above = node.parent
        for child in node.children:
            child.parent = above
        if above is not None:
            at = above.children.index(node) + 1
            above.children[at:at] = node.children
        node.children = []
        node.unit, node.rank, node.heading, node.style = "text", ITEM_RANK, "", ""
        node.label = node.number = node.cite = ""
        node.body = node.start

    def _home(self, index: int) -> Node | None:
        """The article after which the closing words and signatures at ``index`` stand."""
        return _article(self.nodes[index - 1]) if index else None


def _is_name(said: str) -> bool:
    """Whether a line could be the name of a person: few words, all with a capital but for the little ones between them."""
    words = said.replace(",", " ").split()
    capitals = sum(1 for word in words if word[0].isupper())
    return 0 < len(words) <= _LONG_NAME and words[0][0].isupper() and capitals > 0 and all(map(_NAME.fullmatch, words))


def _annex(node: Node) -> Node | None:
    return nearest(node, "annex")


def _article(node: Node) -> Node | None:
    return nearest(node, "article")
