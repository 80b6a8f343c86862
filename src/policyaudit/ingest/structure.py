"""From blocks to provisions: the tree of parts, articles, items and paragraphs as the document numbers them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policyaudit.ingest import headings, sequence
from policyaudit.ingest.blocks import Role
from policyaudit.ingest.numbering import ARTICLE_RANK, ITEM_RANK, Mark
from policyaudit.ingest.pieces import Piece, capitals
from policyaudit.ingest.sequence import CHAPEAU, DECIMAL_RANK, HEADING_RANK, INSERTED_RANK, Node
from policyaudit.languages import Grammar
from policyaudit.model import TextKind

_QUOTED = re.compile(r"\s*[\"“«‘'”]")
_AMENDS = 30  # articles that are looked through for the one that goes on after an inserted one


@dataclass(slots=True)
class Numbering:
    """The run of articles that is open."""

    last: float = 0.0
    inserted: bool = False


class Tree:
    """Takes the pieces of a document one by one and puts each where it belongs."""

    def __init__(self, pieces: Sequence[Piece], grammar: Grammar, *, bare_articles: bool) -> None:
        self.pieces = pieces
        self.grammar = grammar
        self.bare = bare_articles
        self.nodes: list[Node] = []
        self.stack: list[Node] = []
        self.run = Numbering()
        self.sentence_words = frozenset(grammar.sentence_words)
        self.front = frozenset((*grammar.preamble, *grammar.contents))
        self.background = frozenset(grammar.background)
        self.articles = [
            (index, piece.mark.value)
            for index, piece in enumerate(pieces)
            if piece.mark and piece.mark.unit and piece.mark.unit.unit == "article" and piece.mark.value is not None
        ]

    def build(self) -> list[Node]:
        """The provisions in order of the text."""
        index = 0
        while index < len(self.pieces):
            index = self._take(index)
        return self.nodes

    # ------------------------------------------------------------ which

    def _take(self, index: int) -> int:
        piece = self.pieces[index]
        mark = piece.mark
        if piece.role is Role.FURNITURE:
            self._leaf(piece, kind=TextKind.FURNITURE)
        elif piece.role is Role.CONTENTS:
            self._leaf(piece, kind=TextKind.CONTENTS)
        elif piece.role is Role.NOTE:
            self._leaf(piece, kind=TextKind.NOTE)
        elif piece.role is Role.ROW:
            self._row(piece)
        elif piece.term:
            self._term(piece)
        elif mark is None:
            return self._as_text(index) if piece.inline else self._unmarked(index)
        elif mark.unit is not None and mark.unit.rank < ARTICLE_RANK:
            return self._division(index)
        elif mark.unit is not None and mark.unit.unit == "article":
            if piece.inline and not 0 < (mark.value or 0) - self.run.last <= 1:
                return self._as_text(index)
            return self._article(index, mark.unit.cite)
        elif mark.unit is not None:
            self._open(piece, unit="paragraph", rank=mark.unit.rank, keep=sequence.keeps_items_of(self.stack, mark.unit.rank))
        elif self.bare and self._is_bare_article(index):
            return self._article(index, self.grammar.bare_articles)
        elif mark.decimal:
            return self._decimal(index)
        else:
            return self._item(index)
        return index + 1

    def _is_bare_article(self, index: int) -> bool:
        piece = self.pieces[index]
        mark = piece.mark
        if mark is None or piece.inline or not mark.readings or mark.readings[0][0] not in (".1", "-1"):
            return False
        value = mark.readings[0][1]
        step = value - self.run.last
        if 0 < step <= 1:
            # "1." inside an article that is itself an enumeration goes on with that.
            return not any(node.style == ".1" and 0 < value - node.value <= 1 for node in self.stack)
        return 1 < step <= 3 and not any(node.style == ".1" for node in self.stack)

    def _precedes_bare_article(self, index: int) -> bool:
        piece = self.pieces[index]
        text = piece.text.strip()
        return (
            self.bare
            and index + 1 < len(self.pieces)
            and piece.role is Role.PARAGRAPH
            and 3 < len(text) < 110
            and text[0].isupper()
            and text[-1] not in ".;:,"
            and self._is_bare_article(index + 1)
        )

    # ------------------------------------------------------------ each

    def _leaf(self, piece: Piece, *, kind: TextKind | None = None, unit: str = "text", rank: int = ITEM_RANK) -> Node:
        """A provision that nothing stands under, at the place that is open."""
        node = Node(unit, rank, piece.start, piece.start, piece.end, kind=kind, cells=piece.cells)
        self._attach(node)
        return node

    def _attach(self, node: Node) -> None:
        if self.stack:
            node.parent = self.stack[-1]
            self.stack[-1].children.append(node)
        self.nodes.append(node)

    def _push(self, node: Node, keep: int) -> None:
        del self.stack[keep:]
        self._attach(node)
        self.stack.append(node)

    def _term(self, piece: Piece) -> None:
        """A definition stands under the article, or the subsection, that opens the list of definitions."""
        keep = len(self.stack)
        while keep and self.stack[keep - 1].rank >= ITEM_RANK:
            above = self.stack[keep - 2] if keep > 1 else None
            if self.stack[keep - 1].style in ("()1", ".1") and above is not None and above.unit == "article":
                break
            keep -= 1
        self._push(Node("text", ITEM_RANK, piece.start, piece.start, piece.end, indent=piece.indent), keep)

    def _row(self, piece: Piece) -> None:
        keep = len(self.stack)
        while keep and self.stack[keep - 1].unit == "text":
            keep -= 1
        del self.stack[keep:]
        self._leaf(piece, unit="row")

    def _open(self, piece: Piece, *, unit: str, rank: int, keep: int, cite: str = "") -> Node:
        mark = piece.mark
        end = mark.end if mark else 0
        node = Node(
            unit,
            rank,
            piece.start,
            min(piece.start + end + len(piece.text[end:]) - len(piece.text[end:].lstrip()), piece.end),
            piece.end,
            label=piece.text[:end].strip(),
            number=mark.number if mark else "",
            cite=cite or (mark.unit.cite if mark and mark.unit else ""),
            value=mark.value or 0.0 if mark else 0.0,
            level=piece.level,
            size=piece.size,
            indent=piece.indent,
            bold=piece.bold,
        )
        self._push(node, keep)
        return node

    def _head(self, node: Node, length: int, piece: Piece) -> None:
        """The first ``length`` letters of the body are the heading."""
        text = piece.text[node.body - piece.start :]
        node.heading = headings.tidy(text[:length])
        rest = text[length:]
        node.body = min(node.body + length + len(rest) - len(rest.lstrip()), node.end)

    def _division(self, index: int) -> int:
        piece = self.pieces[index]
        assert piece.mark and piece.mark.unit
        unit = piece.mark.unit
        keep = len(self.stack)
        while keep:
            top = self.stack[keep - 1]
            if top.unit == "heading":
                if self._is_apart(top, piece):
                    keep -= 1
                    continue
                deeper = piece.level and top.level and piece.level > top.level
                if unit.unit != "annex" and (not top.children or deeper):
                    break
            elif top.rank < unit.rank:
                break
            keep -= 1
        node = self._open(piece, unit=unit.unit, rank=unit.rank, keep=keep)
        if unit.unit == "annex":
            self.run = Numbering()
        self._head(node, piece.end - node.body, piece)
        index += 1
        taken = 0
        while index < len(self.pieces) and taken < 3 and headings.goes_on(self.pieces, index, node.heading, taken):
            node.heading = f"{node.heading} {self.pieces[index].text.strip()}".strip()
            node.end = node.body = self.pieces[index].end
            index += 1
            taken += 1
        return index

    def _article(self, index: int, cite: str) -> int:
        piece = self.pieces[index]
        mark = piece.mark
        assert mark is not None
        value = mark.value if mark.unit else mark.readings[0][1]
        value = 0.0 if value is None else value
        inserted = self._is_inserted(index, value)
        if not inserted:
            self.run = Numbering(last=value)
        else:
            self.run.inserted = True
        rank = INSERTED_RANK if inserted else ARTICLE_RANK
        keep = sequence.keeps_items_of(self.stack, rank)
        if not inserted:
            while keep and self.stack[keep - 1].rank >= DECIMAL_RANK:
                keep -= 1
        keep = self._out_of_front(piece, keep)
        node = self._open(piece, unit="article", rank=rank, keep=keep, cite=cite)
        node.value = value
        length = headings.length(
            piece.text[node.body - piece.start :],
            headed=piece.role is Role.HEADING or piece.bold,
            words=self.sentence_words,
            colon=self.bare,
        )
        alone = length >= piece.end - node.body or headings.stands_alone(self.pieces, index, node.body, self.sentence_words)
        if alone:
            self._head(node, piece.end - node.body, piece)
        elif length:
            self._head(node, length, piece)
        return self._article_body(node, index + 1)

    def _article_body(self, node: Node, index: int) -> int:
        """The heading and the first paragraph of an article whose label stands on a line of its own."""
        if node.body < node.end:
            return index
        if not node.heading and headings.is_article_heading(self.pieces, index, self.sentence_words):
            piece = self.pieces[index]
            node.heading = headings.tidy(piece.text)
            node.body = node.end = piece.end
            index += 1
        if index < len(self.pieces) and self._is_plain(index):
            piece = self.pieces[index]
            node.body, node.end = piece.start, piece.end
            length = 0 if node.heading else headings.bracketed(piece.text)
            if length:
                self._head(node, length, piece)
            index += 1
        return index

    def _is_plain(self, index: int) -> bool:
        piece = self.pieces[index]
        return piece.mark is None and piece.role is Role.PARAGRAPH and not headings.looks_like(piece) and not piece.inline

    def _is_inserted(self, index: int, value: float) -> bool:
        """Whether an article is one that the article before it inserts into another act."""
        if not any(sequence.is_article(node) for node in self.stack):
            return False
        step = value - self.run.last
        before = self.pieces[index - 1].text.rstrip() if index else ""
        quoted = bool(_QUOTED.match(self.pieces[index].text))
        introduced = before.endswith(CHAPEAU) or quoted
        if 0 < step <= 1:
            if not introduced and not self.run.inserted:
                return False
            ahead = [number for position, number in self.articles if position > index][:_AMENDS]
            return value in ahead and (introduced or self.run.inserted)
        if value == 1 and not quoted and not self.run.inserted:
            return False
        return introduced or self.run.inserted

    def _decimal(self, index: int) -> int:
        piece = self.pieces[index]
        mark = piece.mark
        assert mark is not None
        keep, goes_on = sequence.decimal_parent(self.stack, mark.decimal)
        named = piece.role is Role.HEADING and bool(piece.rest)
        if not goes_on and not named and not (mark.strong and self._has_next(index)):
            return self._as_text(index)
        if headings.looks_like(piece):
            keep = self._out_of_front(piece, keep)
        node = self._open(piece, unit="section" if headings.looks_like(piece) else "item", rank=DECIMAL_RANK, keep=keep)
        node.rank = DECIMAL_RANK + len(mark.decimal)
        node.decimal = mark.decimal
        if headings.looks_like(piece):
            self._head(node, piece.end - node.body, piece)
        return index + 1

    def _has_next(self, index: int) -> bool:
        """Whether a number such as 3.25.4 is followed by one that goes on from it, as numbers of a document do."""
        mark = self.pieces[index].mark
        own = mark.decimal if mark else ()
        for piece in self.pieces[index + 1 : index + 60]:
            other = piece.mark.decimal if piece.mark else ()
            if other and (
                other[: len(own)] == own or (other[: len(own) - 1] == own[:-1] and other[len(own) - 1 : len(own)] == (own[-1] + 1,))
            ):
                return True
        return False

    def _item(self, index: int) -> int:
        piece = self.pieces[index]
        mark = piece.mark
        assert mark is not None
        chapeau = bool(self.nodes) and self._opens_list(index)
        found = sequence.place(self.stack, self.pieces, index, chapeau)
        if found is None:
            return self._as_text(index)
        if found.at is not None:
            keep = found.at
        else:
            keep = len(self.stack)
            while keep and self.stack[keep - 1].unit == "text" and not chapeau:
                keep -= 1
            if found.style[0] == "•":
                keep = self._bullet_depth(piece, keep)
            elif headings.looks_like(piece):
                keep = self._out_of_front(piece, keep)
        sibling = self.stack[found.at] if found.at is not None else None
        node = self._open(piece, unit="item", rank=ITEM_RANK, keep=keep)
        node.style, node.value = found.style, found.value
        if not piece.inline and (headings.looks_like(piece) or self._titled(index, node, sibling)):
            self._head(node, piece.end - node.body, piece)
        return self._filled(node, index + 1)

    def _titled(self, index: int, node: Node, sibling: Node | None) -> bool:
        """Whether an item is a heading by what stands around it: short, without an end, and followed by paragraphs of its own
        if it is the first of its kind, or like the one before it."""
        text = self.pieces[index].rest
        if not 3 < len(text) < 110 or not text[0].isupper() or text[-1] in ".;:,?" or node.style[:1] == "•":
            return False
        if sibling is not None and node.value > sibling.value:
            return bool(sibling.heading)
        after = self.pieces[index + 1] if index + 1 < len(self.pieces) else None
        return after is not None and self._is_plain(index + 1) and len(after.text) > len(text) and after.text[:1].isupper()

    def _continues(self, node: Node, index: int) -> bool:
        """Whether the numbered headings of which this is one go on further down."""
        for piece in self.pieces[index + 1 :]:
            mark = piece.mark
            if mark is None or piece.inline:
                continue
            if mark.unit is not None and mark.unit.rank <= ARTICLE_RANK:
                return False
            for style, value in mark.readings:
                outer = style in (".I", ".A", "-I") and len(piece.rest) < 160 and piece.rest[-1:] not in ";,."
                if style == node.style and (outer or headings.looks_like(piece)):
                    if 0 < value - node.value <= 1:
                        return True
                    if value == 1 and len(mark.readings) == 1:
                        return False
        return False

    def _filled(self, node: Node, index: int) -> int:
        """An item whose mark stands alone on its line has the next paragraph for its body."""
        if node.body < node.end or node.heading or index >= len(self.pieces):
            return index
        piece = self.pieces[index]
        if piece.mark is not None or piece.role not in (Role.PARAGRAPH, Role.ITEM) or (piece.inline and not piece.term):
            return index
        node.body, node.end = piece.start, piece.end
        return index + 1

    def _is_apart(self, node: Node, piece: Piece) -> bool:
        """Whether a heading is that of a foreword, an introduction or the like, under which no numbered heading stands unless
        the format says so."""
        if node.unit != "heading":
            return False
        said = headings.named(node.heading)
        deeper = piece.level and node.level and piece.level > node.level
        return said in self.front or (not deeper and said in self.background)

    def _out_of_front(self, piece: Piece, keep: int) -> int:
        """A numbered heading ends the foreword or introduction that stands open without a number."""
        for position in range(keep):
            if self._is_apart(self.stack[position], piece):
                return position
        return keep

    def _bullet_depth(self, piece: Piece, keep: int) -> int:
        """A bullet that stands further out than the open ones does not stand under them."""
        while keep and self.stack[keep - 1].style[:1] == "•":
            top = self.stack[keep - 1]
            further_out = piece.indent and top.indent and piece.indent < top.indent - 4
            if not (further_out or (piece.level and top.level and piece.level < top.level)):
                break
            keep -= 1
        return keep

    def _opens_list(self, index: int) -> bool:
        position = index - 1
        while position >= 0 and self.pieces[position].role in (Role.FURNITURE, Role.NOTE):
            position -= 1
        return position >= 0 and self.pieces[position].text.rstrip().endswith(CHAPEAU)

    def _as_text(self, index: int) -> int:
        """What looked like a number is part of the paragraph."""
        piece = self.pieces[index]
        piece.mark = None
        if piece.inline and self.nodes:
            self.nodes[-1].end = piece.end
            if self.nodes[-1].unit == "heading":
                self.nodes[-1].unit = "text"
            return index + 1
        return self._unmarked(index)

    def _unmarked(self, index: int) -> int:
        piece = self.pieces[index]
        if headings.looks_like(piece) and not headings.is_broken_line(self.pieces, index):
            return self._heading(index)
        if headings.precedes_article(self.pieces, index, self.sentence_words) or self._precedes_bare_article(index):
            return self._heading(index)
        keep = sequence.text_parent(self.stack, self.pieces, index)
        node = Node("text", ITEM_RANK, piece.start, piece.start, piece.end, indent=piece.indent)
        self._push(node, keep)
        return index + 1

    def _heading(self, index: int) -> int:
        piece = self.pieces[index]
        level = headings.level(piece)
        keep = len(self.stack)
        while keep:
            top = self.stack[keep - 1]
            if top.rank < HEADING_RANK:
                if not (piece.level and top.level and top.level >= piece.level and top.children):
                    break
            elif top.heading and top.unit != "text":
                if top.style and not (piece.level and top.level):
                    if self._continues(top, index):
                        break
                elif headings.deeper(piece, level, top):
                    break
            keep -= 1
        node = Node(
            "heading",
            HEADING_RANK,
            piece.start,
            piece.end,
            piece.end,
            heading=headings.tidy(piece.text),
            level=level,
            size=piece.size,
            bold=piece.bold,
        )
        self._push(node, keep)
        index += 1
        while index < len(self.pieces) and headings.same_heading(piece, self.pieces[index]):
            node.heading = f"{node.heading} {headings.tidy(self.pieces[index].text)}"
            node.end = node.body = self.pieces[index].end
            index += 1
        return index


def bare_articles(pieces: Sequence[Piece], grammar: Grammar, *, law: bool) -> bool:
    """Whether a document numbers its articles without a word before the number."""
    if not grammar.bare_articles or not law:
        return False
    worded = sum(1 for piece in pieces if _is_article(piece.mark))
    bare = sum(
        1 for piece in pieces if piece.mark and not piece.inline and piece.mark.readings[:1] and piece.mark.readings[0][0] == ".1"
    )
    return bare > 2 * worded or worded < 2


def _is_article(mark: Mark | None) -> bool:
    return mark is not None and mark.unit is not None and mark.unit.unit == "article"


__all__ = ["Tree", "bare_articles", "capitals"]
