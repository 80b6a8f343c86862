"""Provisions from a format that states its own hierarchy: nothing is guessed but how they are cited."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyaudit.ingest.blocks import Given, Role
from policyaudit.ingest.numbering import ARTICLE_RANK, ITEM_RANK, UnitFinder, number_value
from policyaudit.ingest.pieces import Piece
from policyaudit.ingest.sequence import HEADING_RANK, Node
from policyaudit.model import TextKind

_RANKS = {"annex": 0, "part": 20, "chapter": 40, "section": 60, "heading": HEADING_RANK, "article": ARTICLE_RANK}
_KINDS = {Role.FURNITURE: TextKind.FURNITURE, Role.CONTENTS: TextKind.CONTENTS, Role.NOTE: TextKind.NOTE}
_DECIMAL = re.compile(r"\d+(?:\.\d+)+")


def is_given(pieces: Sequence[Piece]) -> bool:
    """Whether the format states the hierarchy of these pieces."""
    return any(piece.given is not None for piece in pieces)


def provisions(pieces: Sequence[Piece], finder: UnitFinder) -> list[Node]:
    """The provisions as the format divides them, in order of the text. ``finder`` knows how the language cites its units."""
    nodes: list[Node] = []
    stack: list[tuple[int, Node]] = []  # (depth, provision) of those that are open
    last = 0.0  # value of the last article's number
    for piece in pieces:
        given = piece.given or Given()
        if not given.unit and nodes and piece.role not in (*_KINDS, Role.ROW) and not nodes[-1].cells and stack:
            if stack[-1][1] is nodes[-1]:
                nodes[-1].end = piece.end
                continue
            given = Given(stack[-1][0] + 1, "text", kind=given.kind)
        node = _node(piece, given, finder)
        if node.unit == "article" and node.value:
            # An article put in after another ("6 quater" after "6 ter") stands after it, whatever its letters say.
            inserted = int(node.value) == int(last) and node.value <= last
            last = node.value = last + 0.001 if inserted else node.value
        while stack and stack[-1][0] >= given.depth:
            stack.pop()
        if stack:
            node.parent = stack[-1][1]
            node.parent.children.append(node)
        nodes.append(node)
        if node.unit != "row":
            stack.append((given.depth, node))
    return nodes


def _node(piece: Piece, given: Given, finder: UnitFinder) -> Node:
    unit = "row" if piece.role is Role.ROW else given.unit or "text"
    label, number, cite = piece.text[: given.label].strip(), given.number, ""
    value = number_value(number) if number else None
    if unit in ("annex", "part", "chapter", "section", "article"):
        mark = finder.find(label) or finder.find(f"{given.name} {number}")
        cite = mark.unit.cite if mark and mark.unit else given.cite
        if mark and mark.number:
            number, value = mark.number, mark.value
    heading = piece.text[given.label : given.heading].strip()
    return Node(
        unit,
        _RANKS.get(unit, ITEM_RANK),
        piece.start,
        min(piece.start + _after(piece.text, max(given.label, given.heading)), piece.end),
        piece.end,
        label=label,
        heading=heading,
        style="()" if unit == "item" and number else "",
        value=value or 0.0,
        number=number,
        cite=cite,
        decimal=tuple(map(int, number.split("."))) if unit == "item" and _DECIMAL.fullmatch(number) else (),
        kind=given.kind or _KINDS.get(piece.role),
        cells=piece.cells,
        eid=given.eid,
    )


def _after(text: str, end: int) -> int:
    """Where the body begins: after the white space that follows label and heading."""
    return end + len(text[end:]) - len(text[end:].lstrip())
