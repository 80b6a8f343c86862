"""The tree of provisions while it is being made: what is open, and how a provision is added to it."""

from __future__ import annotations

from collections.abc import Sequence

from policyaudit.ingest import headings
from policyaudit.ingest.blocks import Role
from policyaudit.ingest.numbering import ITEM_RANK
from policyaudit.ingest.pieces import Piece
from policyaudit.ingest.sequence import Node
from policyaudit.languages import Grammar
from policyaudit.model import TextKind


class Tree:
    """The pieces of a document, the nodes made of them in order of the text, and the stack of those that are open."""

    def __init__(self, pieces: Sequence[Piece], grammar: Grammar) -> None:
        self.pieces = pieces
        self.grammar = grammar
        self.nodes: list[Node] = []
        self.stack: list[Node] = []
        self.bands: list[Node] = []  # the rows of the table at hand that head the rows after them
        self.act: Node | None = None  # the title of an act that is not the first of the document: all of the act stands under it
        self.sentence_words = headings.SentenceWords(grammar)
        self.front = (*grammar.preamble, *grammar.contents)
        self.background = frozenset((*grammar.background, *grammar.sources))
        self.sources = frozenset(grammar.sources)
        self.middle = pieces[-1].end // 2 if pieces else 0

    def leaf(self, piece: Piece, *, kind: TextKind | None = None, unit: str = "text", rank: int = ITEM_RANK) -> Node:
        """A provision that nothing stands under, at the place that is open."""
        node = Node(unit, rank, piece.start, piece.start, piece.end, kind=kind, cells=piece.cells)
        self.attach(node)
        return node

    def attach(self, node: Node) -> None:
        above = self.bands or self.stack
        if above:
            node.parent = above[-1]
            above[-1].children.append(node)
        self.nodes.append(node)

    def push(self, node: Node, keep: int) -> None:
        del self.stack[keep:]
        self.attach(node)
        self.stack.append(node)

    def withdraw(self) -> None:
        """Takes the provision added last out again."""
        node = self.nodes.pop()
        self.stack.pop()
        if node.parent is not None:
            node.parent.children.pop()

    def open(self, piece: Piece, *, unit: str, rank: int, keep: int, cite: str = "") -> Node:
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
        self.push(node, keep)
        return node

    def head(self, node: Node, length: int, piece: Piece) -> None:
        """The first ``length`` letters of the body are the heading."""
        text = piece.text[node.body - piece.start :]
        node.heading = headings.tidy(text[:length])
        rest = text[length:]
        node.body = min(node.body + length + len(rest) - len(rest.lstrip()), node.end)

    def is_plain(self, index: int) -> bool:
        piece = self.pieces[index]
        return piece.mark is None and piece.role is Role.PARAGRAPH and not headings.looks_like(piece) and not piece.inline

    def is_apart(self, node: Node, piece: Piece) -> bool:
        """Whether a heading is that of a foreword, an introduction or the like, under which no numbered heading stands unless
        the format says so."""
        if node.unit != "heading":
            return False
        said = headings.named(node.heading)
        deeper = piece.level and node.level and piece.level > node.level
        if said in self.sources and node.start > self.middle:
            # At the end of a document the parts of a bibliography are numbered, from 1.
            begins = piece.mark is not None and any(value == 1 for _, value in piece.mark.readings)
            return not deeper and not begins and not any(child.number for child in node.children)
        return headings.is_called(said, self.front) or (not deeper and said in self.background)

    def out_of_front(self, piece: Piece, keep: int) -> int:
        """A numbered heading ends the foreword or introduction that stands open without a number."""
        for position in range(keep):
            if self.is_apart(self.stack[position], piece):
                return position
        return keep
