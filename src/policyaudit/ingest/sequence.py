"""Where an enumerated item belongs: which open enumeration it goes on with, or whether it opens one of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from policyaudit.ingest import headings
from policyaudit.ingest.numbering import ARTICLE_RANK, ITEM_RANK, Decimal, Mark, Reading
from policyaudit.ingest.pieces import Piece
from policyaudit.model import Cell, TextKind

HEADING_RANK = 65
DECIMAL_RANK = 70
INSERTED_RANK = 101
CHAPEAU = (":", "—", "–", "-", ":-")
_FAR = 40  # pieces that are looked through for what comes next


@dataclass(slots=True, eq=False)
class Node:
    """A provision being made."""

    unit: str
    rank: int
    start: int
    body: int
    end: int
    label: str = ""
    heading: str = ""
    style: str = ""
    value: float = 0.0
    number: str = ""
    cite: str = ""
    decimal: Decimal = ()
    level: float = 0.0  # of a heading, as the format knows it; 0 unknown
    size: float = 0.0
    indent: float = 0.0
    bold: bool = False
    kind: TextKind | None = None
    cells: tuple[Cell, ...] = ()
    language: str = ""  # where it is not the document's own
    defines: str = ""  # the term that a definition defines
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    eid: str = ""  # identifier in the source, where the format has one
    begins_act: bool = False  # it is the title of an act that is not the first of the document


@dataclass(frozen=True, slots=True)
class Place:
    """``at``: the place in the stack of the item before it in the same enumeration, None if it opens one."""

    at: int | None
    style: str
    value: float
    exact: bool


def readings_ahead(pieces: Sequence[Piece], index: int, far: int = _FAR) -> Iterator[tuple[int, tuple[Reading, ...]]]:
    """The readings of the marks that follow, up to the next article or heading."""
    for position in range(index + 1, min(index + 1 + far, len(pieces))):
        mark = pieces[position].mark
        if mark is None:
            if pieces[position].role == "heading":
                return
            continue
        if mark.unit is not None or mark.decimal:
            return
        yield position, mark.readings


def place(stack: Sequence[Node], pieces: Sequence[Piece], index: int, chapeau: bool) -> Place | None:
    """Where the item at ``index`` goes; None if its mark is none, being only words inside or at the start of a paragraph."""
    piece = pieces[index]
    mark = piece.mark
    assert mark is not None
    open_from = _reach(stack, headed=piece.role == "heading" or piece.bold)
    options: list[tuple[float, Place]] = []
    for reading in mark.readings:
        style, value = reading
        options += _options(stack, open_from, style, value, pieces, index, chapeau)
    if not options:
        return None
    options.sort(key=lambda option: option[0])
    best = options[0][1]
    if best.exact and best.at is not None:
        first = next((o for _, o in options if o.at is None and o.value == 1), None)
        if first and first.style != best.style and _begins_roman(pieces, index, best, first, chapeau):
            best = first
    if piece.inline and not best.exact:
        # Inside a paragraph only what runs in sequence is an item.
        directly = bool(stack) and stack[-1].unit == "article" and stack[-1].end == stack[-1].body
        introduced = best.style[:2] == "()" and (chapeau or directly)
        if best.value != 1 or not (introduced or _goes_on(pieces, index, best.style)):
            return None
    elif best.at is None and not best.exact and best.value != 1 and not _credible(mark, best, piece):
        return None
    return best


def _reach(stack: Sequence[Node], *, headed: bool) -> int:
    """The first place of the stack whose enumeration can be gone on with."""
    for position in range(len(stack) - 1, -1, -1):
        node = stack[position]
        if node.rank < HEADING_RANK or node.unit in ("article", "paragraph"):
            return position + 1
        if node.unit == "heading" and not headed:
            return position + 1
    return 0


def _options(
    stack: Sequence[Node], open_from: int, style: str, value: float, pieces: Sequence[Piece], index: int, chapeau: bool
) -> Iterator[tuple[float, Place]]:
    piece = pieces[index]
    bullet = style[0] == "•"
    nested = value == 1 and chapeau and bool(stack) and stack[-1].style == style and _nested(pieces, index, stack[-1])
    is_open = False
    for position in range(len(stack) - 1, open_from - 1, -1):
        node = stack[position]
        if node.style != style:
            continue
        depth = 0.05 * (len(stack) - position)
        if bullet:
            if piece.level and node.level and piece.level != node.level:
                continue
            if piece.indent and node.indent and abs(piece.indent - node.indent) > 8:
                continue
            yield depth, Place(position, style, node.value + 1, True)
            return
        is_open = True
        step = value - node.value
        if 0 < step <= 1:
            yield depth, Place(position, style, value, True)
        elif value == 1:
            yield (0.9 if nested else 0.4) + depth, Place(position, style, value, False)
        elif 1 < step <= 4:
            yield 2 + depth, Place(position, style, value, False)
        else:
            yield 3.5 + depth, Place(position, style, value, False)
    if bullet:
        yield 0.5, Place(None, style, 1, True)
    elif value == 1:
        yield (0.5 if not is_open or nested else 1.5), Place(None, style, value, False)
    else:
        yield 3 + min(value, 50) / 50, Place(None, style, value, False)


def _nested(pieces: Sequence[Piece], index: int, outer: Node) -> bool:
    """Whether an enumeration that begins within an item of the same style stands under it: the outer one then goes on after
    it, or it stands further in."""
    if outer.indent and pieces[index].indent > outer.indent + 8:
        return True
    run = 1.0
    for _, readings in readings_ahead(pieces, index):
        value = next((value for style, value in readings if style == outer.style), None)
        if value is None:
            continue
        if 0 < value - run <= 1:
            run = value
        else:
            return 0 < value - outer.value <= 1
    return False


def _begins_roman(pieces: Sequence[Piece], index: int, goes_on: Place, begins: Place, chapeau: bool) -> bool:
    """Whether a mark that could go on with letters, or begin Roman numbers, begins them: what follows decides."""
    for _, readings in readings_ahead(pieces, index, 12):
        for style, value in readings:
            if style == begins.style and value == begins.value + 1:
                return True
            if style == goes_on.style and value == goes_on.value + 1:
                return False
    return chapeau


def _goes_on(pieces: Sequence[Piece], index: int, style: str) -> bool:
    return any((style, 2.0) in readings for _, readings in readings_ahead(pieces, index))


def _credible(mark: Mark, best: Place, piece: Piece) -> bool:
    """Whether an enumeration may begin with this, although it is not the first of its kind."""
    if best.style == "word":
        return False
    if piece.role == "item" or headings.looks_like(piece):
        return True
    if best.style in ("()1", "()a", "()i", ")1", ")a", ")i", "§", "°1"):
        return best.value <= 60
    if best.style == ".1":
        return best.value <= 60
    return len(mark.number) > 1 and best.style in (".I", "-I")


def text_parent(stack: Sequence[Node], pieces: Sequence[Piece], index: int) -> int:
    """How much of the stack stays open for an unnumbered paragraph: it belongs to an item where that item's enumeration
    goes on after it, or where the item is only a heading; else to what the enumeration stands under."""
    items = [position for position, node in enumerate(stack) if node.rank >= ITEM_RANK]
    if not items:
        return len(stack)
    first = items[0]
    piece = pieces[index]
    for _, readings in readings_ahead(pieces, index):
        for style, value in readings:
            if style[0] == "•":
                continue
            for position in range(len(stack) - 1, first - 1, -1):
                node = stack[position]
                if node.style == style and 0 < value - node.value <= 1:
                    inner = range(len(stack) - 1, position, -1)
                    return next((at for at in inner if stack[at].heading and stack[at].decimal), position) + 1
    goes_on = _decimal_goes_on(stack, first, pieces, index)
    for position in range(len(stack) - 1, first - 1, -1):
        node = stack[position]
        if position == goes_on or (node.heading and (node.style or node.decimal)) or node.style == "word":
            return position + 1
        if node.style and piece.indent and node.indent and piece.indent > node.indent + 6:
            return position + 1
    return first


def _decimal_goes_on(stack: Sequence[Node], first: int, pieces: Sequence[Piece], index: int) -> int | None:
    """The place of the open item that a number such as 3.25.4, the next that follows, stands under or comes after; None if there
    is none."""
    if not any(map(_decimal_of, stack[first:])):
        return None
    for piece in pieces[index + 1 : index + 1 + _FAR]:
        mark = piece.mark
        if (mark is None and piece.role == "heading") or (mark is not None and mark.unit is not None):
            return None
        own = mark.decimal if mark is not None else ()
        for position in range(len(stack) - 1, first - 1, -1) if own else ():
            # A number of one part counts only where it does not itself stand under one of several.
            nested = any(outer.decimal for outer in stack[:position])
            above = stack[position].decimal if nested else _decimal_of(stack[position])
            if above and len(above) < len(own) and own[: len(above)] == above:
                return position
            if above and len(above) == len(own) and own[:-1] == above[:-1] and 0 < own[-1] - above[-1] <= 2:
                return position
    return None


def _decimal_of(node: Node) -> Decimal:
    """The number of an item as one of the sort 3.25.4, of which 3 is one."""
    return node.decimal or ((int(node.value),) if node.style in (".1", "-1", ".I", "-I") else ())


def keeps_items_of(stack: Sequence[Node], rank: int) -> int:
    """How much of the stack stays open for a unit of this rank."""
    keep = len(stack)
    while keep and stack[keep - 1].rank >= rank:
        keep -= 1
    return keep


def decimal_parent(stack: Sequence[Node], decimal: Decimal) -> tuple[int, bool]:
    """(how much of the stack stays open for a number such as 3.25.4, whether it goes on with one that is open)."""
    for position in range(len(stack) - 1, -1, -1):
        node = stack[position]
        own = _decimal_of(node)
        if own and len(own) < len(decimal) and decimal[: len(own)] == own:
            return position + 1, True
        if node.rank <= HEADING_RANK and node.unit != "heading":
            break
    for position, node in enumerate(stack):
        if node.decimal and len(node.decimal) >= len(decimal):
            step = decimal[-1] - node.decimal[len(decimal) - 1]
            return position, decimal[:-1] == node.decimal[: len(decimal) - 1] and 0 < step <= 2
    keep = len(stack)
    while keep and stack[keep - 1].rank >= ITEM_RANK and not (stack[keep - 1].style and stack[keep - 1].heading):
        keep -= 1
    return keep, decimal[-1] == 1


def is_article(node: Node) -> bool:
    return node.unit == "article" and node.rank == ARTICLE_RANK


def nearest(node: Node | None, unit: str) -> Node | None:
    """The provision of a sort that one is or stands under, None if there is none."""
    while node is not None and node.unit != unit:
        node = node.parent
    return node


def inside(node: Node, unit: str) -> bool:
    """Whether a provision stands under one of a sort, however deep."""
    return nearest(node.parent, unit) is not None
