"""From pieces to provisions: the tree of parts, articles, items and paragraphs as the document numbers them."""

from __future__ import annotations

from collections.abc import Sequence

from policyaudit.ingest import acts, headings, items, nesting, sequence
from policyaudit.ingest.articles import Articles
from policyaudit.ingest.blocks import Role
from policyaudit.ingest.numbering import ARTICLE_RANK, ITEM_RANK
from policyaudit.ingest.pieces import Piece
from policyaudit.ingest.sequence import HEADING_RANK, Node
from policyaudit.ingest.tree import Tree
from policyaudit.languages import Grammar
from policyaudit.model import TextKind

_LONGEST_TITLE = 250
_HEAD = 15  # pieces within which the box at the head of an order stands
_LINE = 150
_KINDS = {Role.FURNITURE: TextKind.FURNITURE, Role.CONTENTS: TextKind.CONTENTS, Role.NOTE: TextKind.NOTE}


def provisions(pieces: Sequence[Piece], grammar: Grammar, *, bare_articles: bool) -> list[Node]:
    """The provisions that the pieces make, in order of the text."""
    nodes = _Builder(Tree(pieces, grammar), bare_articles=bare_articles).build()
    spoken = {piece.start: piece.language for piece in pieces if piece.language}
    for node in nodes if spoken else ():
        node.language = spoken.get(node.start, "")
    return nodes


class _Builder:
    """Takes the pieces one by one and puts each where it belongs."""

    def __init__(self, tree: Tree, *, bare_articles: bool) -> None:
        self.tree = tree
        self.articles = Articles(tree, bare=bare_articles)
        self.ranks = nesting.ranks(tree.pieces)

    def build(self) -> list[Node]:
        index = 0
        while index < len(self.tree.pieces):
            index = self._take(index)
        return self.tree.nodes

    def _take(self, index: int) -> int:
        piece = self.tree.pieces[index]
        if self.articles.bare and not piece.inline:
            self.articles.set_right(piece)
        mark = piece.mark
        if piece.role not in (Role.ROW, Role.FURNITURE, Role.NOTE):
            self.tree.bands.clear()
        self.articles.end_quotation(index)
        if self.articles.found and (recital := acts.begins(self.tree, index)) is not None:
            acts.set_apart(self.tree, self.tree.pieces[recital])
            self.articles.begin_anew()
        if piece.role in _KINDS:
            self.tree.leaf(piece, kind=_KINDS[piece.role])
        elif piece.language:
            self.tree.leaf(piece)  # the same text in another language has the same numbers
        elif piece.role is Role.ROW:
            items.row(self.tree, piece)
        elif piece.term:
            items.term(self.tree, piece)
        elif mark is None:
            return self._as_text(index)
        elif mark.unit is not None and mark.unit.rank < ARTICLE_RANK:
            return self._division(index)
        elif mark.unit is not None and mark.unit.unit == "article":
            piece.inline = piece.inline or self.articles.is_reference(index)
            if piece.inline and not self.articles.goes_on(mark.value):
                return self._as_text(index)
            return self.articles.add(index, mark.unit.cite)
        elif mark.unit is not None:
            keep = sequence.keeps_items_of(self.tree.stack, mark.unit.rank)
            self.tree.open(piece, unit="paragraph", rank=mark.unit.rank, keep=keep)
        elif self.articles.repeats_label(index):
            node = self.tree.nodes[-1]
            node.end = piece.end
            node.body = piece.end - len(piece.rest)
        elif self.articles.is_bare(index) or (piece.section and self.articles.goes_on(mark.readings[0][1])):
            return self.articles.add(index, self.tree.grammar.bare_articles)
        else:
            after = items.decimal(self.tree, index) if mark.decimal else items.item(self.tree, index)
            return self._as_text(index) if after is None else after
        return index + 1

    def _as_text(self, index: int) -> int:
        """What looked like a number is part of the paragraph."""
        piece = self.tree.pieces[index]
        piece.mark = None
        if piece.inline and self.tree.nodes:
            self.tree.nodes[-1].end = piece.end
            if self.tree.nodes[-1].unit == "heading":
                self.tree.nodes[-1].unit = "text"
            return index + 1
        return self._unmarked(index)

    def _unmarked(self, index: int) -> int:
        piece = self.tree.pieces[index]
        words = self.tree.sentence_words
        if headings.looks_like(piece) and not (
            headings.is_broken_line(self.tree.pieces, index) or headings.is_sentence(piece, words)
        ):
            return self._heading(index)
        if headings.precedes_article(self.tree.pieces, index, self.tree.sentence_words) or self.articles.precedes_bare(index):
            return self._heading(index)
        keep = sequence.text_parent(self.tree.stack, self.tree.pieces, index)
        node = Node("text", ITEM_RANK, piece.start, piece.start, piece.end, indent=piece.indent, defines=piece.defines)
        self.tree.push(node, keep)
        return index + 1

    def _division(self, index: int) -> int:
        piece = self.tree.pieces[index]
        assert piece.mark and piece.mark.unit
        unit = piece.mark.unit
        rank = self.ranks.get(unit.cite, unit.rank)
        stood = list(self.tree.stack)
        keep = len(self.tree.stack)
        while keep:
            top = self.tree.stack[keep - 1]
            if top is self.tree.act:
                break
            if top.unit == "heading":
                if self.tree.is_apart(top, piece):
                    keep -= 1
                    continue
                deeper = piece.level and top.level and piece.level > top.level
                if unit.unit != "annex" and (not top.children or deeper):
                    break
            elif top.rank < rank:
                break
            keep -= 1
        node = self.tree.open(piece, unit=unit.unit, rank=rank, keep=keep)
        if unit.unit != "annex" or piece.end - node.body < _LONGEST_TITLE:
            self.tree.head(node, piece.end - node.body, piece)
        index += 1
        taken = 0
        if unit.unit == "annex" and not node.heading and headings.refers(self.tree.pieces, index):
            node.end = node.body = self.tree.pieces[index].end
            index += 1
        while index < len(self.tree.pieces) and taken < 3 and headings.goes_on(self.tree.pieces, index, node.heading, taken):
            node.heading = f"{node.heading} {self.tree.pieces[index].text.strip()}".strip()
            node.end = node.body = self.tree.pieces[index].end
            index += 1
            taken += 1
        if self._is_said_again(node, stood, index):
            return index
        if unit.unit == "annex":
            self.articles.restart()
        return index

    def _is_said_again(self, node: Node, stood: list[Node], index: int) -> bool:
        """Whether a label only repeats that of a division which is open, as where each article bears the chain of its
        divisions; it is then no division but goes with what stands there."""
        if not node.number:
            return False
        label = (node.unit, node.number, node.cite)
        position = next((at for at, above in enumerate(stood) if (above.unit, above.number, above.cite) == label), None)
        if position is None:
            return False
        above = stood[position]
        named = [headings.named(one.heading) for one in (above, node)]
        if not (named[0].startswith(named[1]) or named[1].startswith(named[0])):
            return False
        self.tree.withdraw()
        above.heading = above.heading or node.heading
        mark = self.tree.pieces[index].mark if index < len(self.tree.pieces) else None
        unit = mark.unit if mark is not None else None
        deeper = unit is not None and node.rank < self.ranks.get(unit.cite, unit.rank) < ARTICLE_RANK
        self.tree.stack[:] = stood if deeper else stood[: position + 1]
        node.unit, node.kind, node.parent = "text", TextKind.FURNITURE, None
        node.heading, node.number, node.cite, node.label, node.body = "", "", "", "", node.start
        node.rank = ITEM_RANK
        self.tree.attach(node)
        return True

    def _at_head(self, index: int) -> bool:
        """Whether no number and no text of some length stands before a piece."""
        return index < _HEAD and not any(
            node.number or (node.unit == "text" and node.end - node.body > _LINE) for node in self.tree.nodes
        )

    def _heading(self, index: int) -> int:
        piece = self.tree.pieces[index]
        name = headings.field(piece) if self._at_head(index) else ""
        if name and headings.named(name) not in self.tree.grammar.title_fields:
            self.tree.leaf(piece, kind=TextKind.TITLE)
            return index + 1
        level = headings.level(piece)
        keep = len(self.tree.stack)
        while keep:
            top = self.tree.stack[keep - 1]
            if top is self.tree.act:
                break
            if top.rank < HEADING_RANK:
                if not (piece.level and top.level and top.level >= piece.level and top.children):
                    break
            elif top.heading and top.unit != "text":
                if top.style and not (piece.level and top.level):
                    if items.continues(self.tree, top, index):
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
        if name:  # "TITLE: ..." heads all that follows
            node.label, node.kind = piece.text[: piece.text.index(":") + 1], TextKind.TITLE
            node.heading, node.level = headings.tidy(piece.text[len(node.label) :]), headings.TITLE_LEVEL
            keep = 0
        self.tree.push(node, keep)
        index += 1
        while index < len(self.tree.pieces) and headings.same_heading(piece, self.tree.pieces[index]):
            node.heading = f"{node.heading} {headings.tidy(self.tree.pieces[index].text)}"
            node.end = node.body = self.tree.pieces[index].end
            index += 1
        return index
