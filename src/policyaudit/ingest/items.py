"""Enumerated items, numbers such as 3.25.4, definitions inside a paragraph, and rows of tables."""

from __future__ import annotations

import re

from policyaudit.ingest import headings, sequence
from policyaudit.ingest.blocks import Role
from policyaudit.ingest.numbering import ARTICLE_RANK, ITEM_RANK
from policyaudit.ingest.pieces import Piece
from policyaudit.ingest.sequence import CHAPEAU, DECIMAL_RANK, Node
from policyaudit.ingest.tree import Tree

_ONLY_NUMBERS = re.compile(r"(?=.*\d)[\d.,;\s]+[a-z]?")


def item(tree: Tree, index: int) -> int | None:
    """Adds an item; the place of the next piece, None if its mark is none."""
    piece = tree.pieces[index]
    mark = piece.mark
    assert mark is not None
    chapeau = bool(tree.nodes) and _opens_list(tree, index)
    found = _next_in_words(tree, piece) or sequence.place(tree.stack, tree.pieces, index, chapeau)
    if found is None:
        return None
    if found.at is not None:
        keep = found.at
    else:
        keep = len(tree.stack)
        while keep and tree.stack[keep - 1].unit == "text" and not chapeau:
            keep -= 1
        if found.style[0] == "•":
            keep = _bullet_depth(tree, piece, keep)
        elif found.style == "§":  # stands under the article, whatever enumeration is open
            keep = sequence.keeps_items_of(tree.stack, ITEM_RANK)
        elif headings.looks_like(piece):
            keep = tree.out_of_front(piece, keep)
    sibling = tree.stack[found.at] if found.at is not None and found.at < len(tree.stack) else None
    node = tree.open(piece, unit="item", rank=ITEM_RANK, keep=keep)
    node.style, node.value = found.style, found.value
    if not piece.inline and (headings.looks_like(piece) or _titled(tree, index, node, sibling)):
        tree.head(node, piece.end - node.body, piece)
    return _filled(tree, node, index + 1)


def _next_in_words(tree: Tree, piece: Piece) -> sequence.Place | None:
    """Where a provision numbered in words goes on with the run before it, whatever text of other acts the provisions of the run
    insert: beside the one before it, under what that stands under."""
    style, value = piece.mark.readings[0] if piece.mark and piece.mark.readings else ("", 0.0)
    if style != "word":
        return None
    before = next((node for node in reversed(tree.nodes) if node.style == style), None)
    if before is None or not 0 < value - before.value <= 2 or (before.parent is not None and before.parent not in tree.stack):
        return None
    at = tree.stack.index(before.parent) + 1 if before.parent is not None else 0
    return sequence.Place(at, style, value, True)


def _titled(tree: Tree, index: int, node: Node, sibling: Node | None) -> bool:
    """Whether an item is a heading by what stands around it: short, without an end, and followed by paragraphs of its own
    if it is the first of its kind, or like the one before it."""
    text = tree.pieces[index].rest
    if not 3 < len(text) < 110 or not text[0].isupper() or text[-1] in ".;:,?" or node.style[:1] == "•":
        return False
    if sibling is not None and node.value > sibling.value:
        return bool(sibling.heading)
    after = tree.pieces[index + 1] if index + 1 < len(tree.pieces) else None
    return after is not None and tree.is_plain(index + 1) and len(after.text) > len(text) and after.text[:1].isupper()


def _filled(tree: Tree, node: Node, index: int) -> int:
    """An item whose mark stands alone on its line has the next paragraph for its body."""
    if node.body < node.end or node.heading or index >= len(tree.pieces):
        return index
    piece = tree.pieces[index]
    if piece.mark is not None or piece.role not in (Role.PARAGRAPH, Role.ITEM) or (piece.inline and not piece.term):
        return index
    node.body, node.end = piece.start, piece.end
    return index + 1


def _bullet_depth(tree: Tree, piece: Piece, keep: int) -> int:
    """A bullet that stands further out than the open ones does not stand under them."""
    while keep and tree.stack[keep - 1].style[:1] == "•":
        top = tree.stack[keep - 1]
        further_out = piece.indent and top.indent and piece.indent < top.indent - 4
        if not (further_out or (piece.level and top.level and piece.level < top.level)):
            break
        keep -= 1
    return keep


def _opens_list(tree: Tree, index: int) -> bool:
    position = index - 1
    while position >= 0 and tree.pieces[position].role in (Role.FURNITURE, Role.NOTE):
        position -= 1
    return position >= 0 and tree.pieces[position].text.rstrip().endswith(CHAPEAU)


def continues(tree: Tree, node: Node, index: int) -> bool:
    """Whether the numbered headings of which this is one go on further down."""
    for piece in tree.pieces[index + 1 :]:
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


def decimal(tree: Tree, index: int) -> int | None:
    """Adds a section numbered like 3.25.4; the place of the next piece, None if the number is none of the document's own."""
    piece = tree.pieces[index]
    mark = piece.mark
    assert mark is not None
    if _ONLY_NUMBERS.fullmatch(piece.rest):
        return None  # the standards that an order answers to, not a section of its own
    keep, goes_on = sequence.decimal_parent(tree.stack, mark.decimal)
    named = piece.role is Role.HEADING and bool(piece.rest)
    if not goes_on and not named and not (mark.strong and _has_next(tree, index)):
        return None
    if headings.looks_like(piece):
        keep = tree.out_of_front(piece, keep)
    node = tree.open(piece, unit="section" if headings.looks_like(piece) else "item", rank=DECIMAL_RANK, keep=keep)
    node.rank = DECIMAL_RANK + len(mark.decimal)
    node.decimal = mark.decimal
    if headings.looks_like(piece):
        tree.head(node, piece.end - node.body, piece)
    return index + 1


def _has_next(tree: Tree, index: int) -> bool:
    """Whether a number such as 3.25.4 is followed by one that goes on from it, as numbers of a document do."""
    mark = tree.pieces[index].mark
    own = mark.decimal if mark else ()
    for piece in tree.pieces[index + 1 : index + 60]:
        other = piece.mark.decimal if piece.mark else ()
        if other and (other[: len(own)] == own or other[: len(own)] == (*own[:-1], own[-1] + 1)):
            return True
    return False


def term(tree: Tree, piece: Piece) -> None:
    """A definition stands under the article, or the subsection, that opens the list of definitions."""
    keep = len(tree.stack)
    while keep and tree.stack[keep - 1].rank >= ITEM_RANK:
        above = tree.stack[keep - 2] if keep > 1 else None
        if tree.stack[keep - 1].style in ("()1", ".1") and above is not None and above.unit == "article":
            break
        keep -= 1
    node = Node("text", ITEM_RANK, piece.start, piece.start, piece.end, indent=piece.indent, defines=piece.defines)
    tree.push(node, keep)


def row(tree: Tree, piece: Piece) -> None:
    """A row of a table stands under the band that heads it, a band under the one that heads it."""
    keep = len(tree.stack)
    while keep and tree.stack[keep - 1].unit == "text":
        keep -= 1
    del tree.stack[keep:]
    if piece.names == "columns":
        tree.bands.clear()
    elif piece.names == "rows":
        del tree.bands[_band_depth(tree, piece) :]
    node = tree.leaf(piece, unit="row")
    if piece.names:
        node.heading = headings.tidy(piece.text)
        node.body = node.end
    if piece.names == "rows":
        tree.bands.append(node)


def _band_depth(tree: Tree, piece: Piece) -> int:
    """How many of the open bands a band stands under: those before the one of its own sort ("Axis 1", "Axis 2"), or all of
    them where nothing stands between."""
    own = _sort(piece.text)
    for depth, band in enumerate(tree.bands):
        if _sort(band.heading) == own:
            return depth
    last = tree.bands[-1] if tree.bands else None
    return len(tree.bands) if last is None or last is tree.nodes[-1] else len(tree.bands) - 1


def _sort(heading: str) -> str:
    """What sort of band a heading makes: its first word, or the shape of its number."""
    first = heading.split(" ", 1)[0].lower().strip(".:)-–—")
    return re.sub(r"\d+", "0", first)
