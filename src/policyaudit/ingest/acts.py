"""Several acts in one document, as in an issue of a gazette: where the next one begins. Its articles are counted afresh, and it
does not stand under the schedule of the act before it."""

from __future__ import annotations

from policyaudit.ingest.blocks import Role
from policyaudit.ingest.numbering import fold
from policyaudit.ingest.pieces import Piece
from policyaudit.ingest.sequence import INSERTED_RANK, Node
from policyaudit.ingest.tree import Tree

_LONGEST = 250
_FIRST = (".1", "-1", ".I")
_RECITALS = 30  # pieces before the enacting words, among which one must recite
_AHEAD = 8  # pieces after them, within which the first article stands
_TITLE = 12  # provisions before the recitals, within which the act's own title stands
_PASSED = (Role.FURNITURE, Role.NOTE, Role.CONTENTS)


def begins(tree: Tree, index: int) -> int | None:
    """The place of the first recital, where a piece holds the enacting words of another act: recitals stand before it and an
    article with the number one after it. None for any other piece."""
    piece = tree.pieces[index]
    text = piece.text.strip()
    if piece.role in _PASSED or len(text) > _LONGEST or not (text[-1] in ":—–-" or piece.role is Role.HEADING):
        return None
    if any(node.rank == INSERTED_RANK for node in tree.stack):
        return None
    said = fold(text)
    if not any(cue in said for cue in tree.grammar.enacts) or not _one_follows(tree, index):
        return None
    return _recital(tree, index)


def _one_follows(tree: Tree, index: int) -> bool:
    for piece in tree.pieces[index + 1 : index + 1 + _AHEAD]:
        mark = piece.mark
        if mark is None or piece.role in _PASSED:
            continue
        if mark.unit is not None:
            if mark.unit.unit == "article":
                return mark.value == 1
            continue  # a part or chapter may stand before the first article
        return any(style in _FIRST and value == 1 for style, value in mark.readings) and bool(tree.grammar.bare_articles)
    return False


def _recital(tree: Tree, index: int) -> int | None:
    first = None
    for position in range(index, max(index - _RECITALS, -1), -1):
        piece = tree.pieces[position]
        if piece.role in _PASSED:
            continue
        if piece.mark is not None and piece.mark.unit is not None:
            break
        if fold(piece.text.lstrip(' "“«.·')).startswith(tuple(tree.grammar.whereas)):
            first = position
    return first


def set_apart(tree: Tree, recital: Piece) -> None:
    """Takes what stands before the recital, back to the title of the act that begins there, out of the act before it: the title
    then heads all that follows."""
    heads: list[int] = []
    place = next(index for index, node in enumerate(tree.nodes) if node.end > recital.start)
    for index in range(place - 1, max(place - 1 - _TITLE, -1), -1):
        node = tree.nodes[index]
        if node.unit not in ("heading", "text"):
            break
        if node.unit == "heading":
            heads.append(index)
    tree.act = None
    if not heads:
        tree.stack.clear()
        return
    numbered = [index for index in heads if any(map(str.isdigit, tree.nodes[index].heading))]
    first = (numbered or heads)[-1]
    head = tree.nodes[first]
    _move(head, None)
    before = {id(node) for node in tree.nodes[:first]}
    for node in tree.nodes[first + 1 :]:
        if node.parent is None or id(node.parent) in before:
            _move(node, head)
    tree.act, head.begins_act = head, True
    tree.stack[:] = [head]


def _move(node: Node, parent: Node | None) -> None:
    if node.parent is not None:
        node.parent.children.remove(node)
    node.parent = parent
    if parent is not None:
        parent.children.append(node)
