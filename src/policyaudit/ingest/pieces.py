"""The blocks of a document as one canonical text, cut into pieces: the paragraphs, and the items that stand inside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from policyaudit.ingest.blocks import Block, Given, RawDocument, Role
from policyaudit.ingest.inline import inline_marks, inner_bare, unmarked
from policyaudit.ingest.numbering import Mark, UnitFinder, fold, generic_mark
from policyaudit.ingest.sentences import goes_on, is_sentence, unbroken, without_stamps
from policyaudit.languages import Grammar
from policyaudit.model import Cell, Page


@dataclass(slots=True)
class Piece:
    """A paragraph, heading, row or item: ``text`` is that of the document in [start, end)."""

    start: int
    end: int
    text: str
    role: Role
    level: int = 0
    bold: bool = False
    size: float = 0.0
    indent: float = 0.0
    mark: Mark | None = None
    inline: bool = False  # it stands inside a paragraph, so that its mark may be none
    section: bool = False  # it stands inside a paragraph and is numbered as only sections are: "4.—(1)"
    term: bool = False  # it defines a term inside a paragraph
    language: str = ""  # of a column of a bilingual page, "" for the document's own
    defines: str = ""  # the term in quotation marks that it defines
    cells: tuple[Cell, ...] = ()
    names: str = ""  # of a row: see Block.names
    given: Given | None = None

    @property
    def rest(self) -> str:
        """What stands after the label."""
        return self.text[self.mark.end :].strip() if self.mark else self.text.strip()


def lay_out(raw: RawDocument) -> tuple[str, list[Piece], tuple[Page, ...]]:
    """The canonical text, its paragraphs, and its pages (without the pages' turns inside a word being lost)."""
    parts: list[str] = []
    pieces: list[Piece] = []
    turns: dict[int, int] = {}  # page -> where it begins
    above: dict[int, Cell] = {}  # the last cell of each column of the table at hand
    at = 0
    for block in unbroken(without_stamps([_without_words(block) for block in raw.blocks if block.text.strip()])):
        text = block.text.rstrip()
        broken = bool(pieces) and goes_on(pieces[-1], block)
        if broken and pieces[-1].role is Role.HEADING and is_sentence(f"{pieces[-1].text} {text}"):
            pieces[-1].role, pieces[-1].level, pieces[-1].bold = Role.PARAGRAPH, 0, False
        if parts:
            parts.append(" " if broken else "\n")
            at += 1
        if block.page:
            turns.setdefault(block.page, at)
        for offset, page in block.breaks:
            turns.setdefault(page, at + min(offset, len(text)))
        parts.append(text)
        if broken:
            pieces[-1].text += f" {text}"
            at = pieces[-1].end = at + len(text)
            continue
        pieces.append(
            Piece(
                at,
                at + len(text),
                text,
                block.role,
                block.level,
                block.bold,
                block.size,
                block.indent,
                cells=tuple(_cells(block, at, above)) if above or block.role is Role.ROW else (),
                names=block.names,
                language=block.language,
                given=block.given,
            )
        )
        at += len(text)
    _running_feet(pieces)
    return "".join(parts), pieces, _pages(raw, turns, at)


_PRINTED = (Role.PARAGRAPH, Role.HEADING, Role.ITEM, Role.CONTENTS)
_LONGEST_NOTICE = 200
_QUOTES = frozenset("\"'“”‘’«»")


def _without_words(block: Block) -> Block:
    """The block, as furniture where no letter or digit stands in it: a row of stars or a line of dashes under a text. Quotation
    marks say where inserted text begins and ends. A line about the copyright is furniture too."""
    if block.text[0] == "©" and len(block.text) < _LONGEST_NOTICE and block.given is None:
        return replace(block, role=Role.FURNITURE)
    plain = block.text[0].isalnum() or block.role not in _PRINTED or block.given is not None
    if plain or any(letter.isalnum() or letter in _QUOTES for letter in block.text):
        return block
    return replace(block, role=Role.FURNITURE)


_OFTEN = 5  # times that a heading must stand in a text to be taken for a running head


def _could_run(text: str) -> bool:
    return len(text) < 250 and text[-1] not in ".:;" and text.count(" ") >= 4 and _capitals(text)


_FOOT = re.compile(r"(?P<heading>.{3,120}?)\s[-–—|]\s\d{1,4}$")


def _running_feet(pieces: Sequence[Piece]) -> None:
    """A heading said again with a page number after it is the foot of a page, and a long one said on every page its head."""
    heads = Counter(piece.text for piece in pieces if piece.role is not Role.ROW and _could_run(piece.text))
    often = {text for text, times in heads.items() if times >= _OFTEN}
    said: set[str] = set()
    for piece in pieces if often else ():
        if piece.text in often and piece.role is not Role.ROW:
            if piece.text in said:
                piece.role = Role.FURNITURE
            said.add(piece.text)
    said.clear()
    for piece in pieces:
        foot = _FOOT.match(piece.text) if piece.text[-1:].isdigit() else None
        if foot and fold(foot["heading"]).strip() in said:
            piece.role = Role.FURNITURE
        elif piece.role in (Role.HEADING, Role.TITLE):
            said.add(fold(piece.text).strip())


def _cells(block: Block, at: int, above: dict[int, Cell]) -> Iterator[Cell]:
    """The cells of a row that begins at ``at``, those carried down being the ones ``above``, which is brought up to date."""
    if block.role is not Role.ROW:
        if block.role not in (Role.FURNITURE, Role.NOTE):
            above.clear()
        return
    offset = 0
    for column, (head, text) in enumerate(block.cells):
        if column in block.carried:
            if column in above:
                yield replace(above[column], head=head)
            continue
        found = block.text.find(text, offset) if text else -1
        if found < 0:
            above.pop(column, None)
            continue
        offset = found + len(text)
        above[column] = Cell(at + found, at + offset, column, head)
        yield above[column]


def _pages(raw: RawDocument, turns: dict[int, int], length: int) -> tuple[Page, ...]:
    empty = set(raw.empty_pages)
    pages: list[Page] = []
    following = length
    for number in range(raw.pages, 0, -1):
        start = min(turns.get(number, following), following)
        pages.append(Page(number, 0 if number == 1 else start, following, number not in empty, raw.recognised.get(number)))
        following = start
    return tuple(reversed(pages))


def mark_pieces(pieces: Sequence[Piece], finder: UnitFinder, grammar: Grammar) -> list[Piece]:
    """The pieces with their marks, paragraphs cut before every mark that could open an item."""
    result: list[Piece] = []
    above: dict[int, Cell] = {}
    said = Counter(piece.text for piece in pieces if piece.role is Role.FURNITURE)
    for index, piece in enumerate(pieces):
        if piece.role is Role.ROW:
            piece.cells = tuple(_as_above(cell, piece, above, grammar) for cell in piece.cells)
        elif piece.role not in (Role.FURNITURE, Role.NOTE):
            above.clear()
        if piece.role is Role.FURNITURE and said[piece.text] == 1 and _is_no_foot(piece, finder):
            piece.role = Role.PARAGRAPH
        if piece.role in _WHOLE:
            result.append(piece)
            continue
        piece.mark = _mark(piece, finder, grammar.suffixes)
        if _uncut(piece, finder):
            result.append(piece)
        else:
            result.extend(_cut(piece, finder, grammar, follows=partial(_following, pieces, index, finder)))
    for piece in result:
        if piece.mark is None and piece.role in _RUNNING:
            piece.defines = finder.defined(piece.text)
    return result


_WHOLE = (Role.FURNITURE, Role.CONTENTS, Role.ROW, Role.NOTE)
_RUNNING = (Role.PARAGRAPH, Role.ITEM)


def _uncut(piece: Piece, finder: UnitFinder) -> bool:
    """Whether a piece certainly holds no place where it would be cut, as most do."""
    return unmarked(piece.text, max(piece.mark.end - 1, 0) if piece.mark else 0) and finder.silent(piece.text)


_DITTO = re.compile(r"[-–—.\s]*(?:[\"“”″〃»]+|['’]{2})[-–—.\s]*")


def _as_above(cell: Cell, piece: Piece, above: dict[int, Cell], grammar: Grammar) -> Cell:
    """The cell, or the one above it if it says no more than that it is the same."""
    text = piece.text[max(cell.start - piece.start, 0) : max(cell.end - piece.start, 0)]
    if text and cell.column in above and (_DITTO.fullmatch(text) or folded(text) in grammar.as_above):
        return replace(above[cell.column], head=cell.head)
    above[cell.column] = cell
    return cell


def _is_no_foot(piece: Piece, finder: UnitFinder) -> bool:
    """Whether what stands at the edge of a page is the first line of an article, and not what is repeated there."""
    mark = finder.find(piece.text)
    return mark is not None and mark.unit is not None and mark.unit.rank == 100 and len(piece.rest) > 25 + mark.end


def _unit_of(piece: Piece, finder: UnitFinder) -> Mark | None:
    """The mark of the division or article that a piece opens, None if it opens none."""
    mark = finder.find(piece.text)
    return mark if mark is not None and mark.unit is not None and mark.unit.rank <= 100 and opens(piece, mark) else None


_SENTENCE = re.compile(r"[.;,]\s*$")


def _mark(piece: Piece, finder: UnitFinder, suffixes: tuple[str, ...]) -> Mark | None:
    mark = finder.find(piece.text)
    if mark and opens(piece, mark):
        return mark
    headed = piece.role is Role.HEADING or piece.bold
    return generic_mark(piece.text, headed=headed, suffixes=suffixes) or finder.written(piece.text)


def opens(piece: Piece, mark: Mark) -> bool:
    """Whether a paragraph that begins with a unit's word opens that unit, or only speaks of one."""
    unit = mark.unit
    if unit is None:
        return True
    label, rest = piece.text[: mark.end], piece.text[mark.end :].strip()
    if label.lstrip(" \"“”«‘'*_>")[:1].islower() and piece.role is not Role.HEADING:
        return False  # "section 382 (theft)": a line of a list of references
    separated = bool(re.search(r"[.:\-–—)*\]]\s*$", label))
    begins_low = bool(rest) and (rest[0].islower() or rest[0] in ",;/&%")
    if not rest:
        return not re.match(r"\s*[\"“”«(]", piece.text) or len(piece.text) < 60
    shouted = piece.text.strip()[:4].isupper() and len(piece.text) < 100
    if begins_low and not (separated and (unit.rank >= 100 or shouted)):
        return False
    if unit.rank >= 150:
        return True
    if unit.rank >= 100:
        # "Section 12(1) applies": a reference, not a label.
        if rest[0] == "(" and not label[-1:].isspace() and not separated:
            after = re.sub(r"^(?:\([^)]{1,4}\))+\s*", "", rest)
            return after[:1].isupper()
        return separated or not rest[0].isdigit()
    if rest[0] in ">|":
        return True  # the first of a chain of labels
    headed = piece.role in (Role.HEADING, Role.TITLE) or piece.bold or _capitals(piece.text)
    if not mark.number:  # "Schedule", "Anexo": without a number only as a heading
        bracketed = label.strip().isupper() and rest[0] in "([" and rest[-1] in ")]"  # "SCHEDULE (Section 7)"
        return (headed and len(piece.text) < 150) or (len(rest) < 60 and (separated or bracketed))
    if headed:
        return len(piece.text) < 400
    return len(piece.text) < 160 and not _SENTENCE.search(piece.text) and (separated or rest[0].isupper())


_SMALL = bytes(range(ord("a"), ord("z") + 1))


def _capitals(text: str) -> bool:
    plain = text.encode("ascii", "ignore")
    if len(plain) - len(plain.translate(None, _SMALL)) > 0.15 * len(text):
        return False  # quickly said of nearly every paragraph
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 4 and sum(letter.isupper() for letter in letters) > 0.85 * len(letters)


def capitals(text: str) -> bool:
    """Whether a text is set in capitals."""
    return _capitals(text)


_AFTER_LABEL = re.compile(r"\s*(?=\((?:\d{1,2}|[a-z]{1,4})\)[\s“\"]?)")


def _following(pieces: Sequence[Piece], index: int, finder: UnitFinder) -> Mark | None:
    """The unit that the piece after this one opens."""
    after = next((piece for piece in pieces[index + 1 : index + 4] if piece.role is not Role.FURNITURE), None)
    return _unit_of(after, finder) if after else None


def after_label(piece: Piece, finder: UnitFinder, grammar: Grammar) -> Iterator[Piece]:
    """A piece cut before the marks that follow its label and stand in its text."""
    return _cut(piece, finder, grammar, follows=lambda: None)


def _cut(piece: Piece, finder: UnitFinder, grammar: Grammar, *, follows: Callable[[], Mark | None]) -> Iterator[Piece]:
    text = piece.text
    begin = piece.mark.end if piece.mark else 0
    cuts = {0}
    if piece.mark and piece.mark.unit is None and not piece.mark.decimal and piece.mark.readings[0][0][0] == "•":
        yield piece
        return
    if begin and (after_label := _AFTER_LABEL.match(text, begin)):
        cuts.add(after_label.end())
    cuts.update(at for at in inline_marks(text, grammar, max(begin - 1, 0)) if at > 0 and at > begin - 1)
    terms: set[int] = set()
    articles: set[int] = set()
    divisions: set[int] = set()
    if not finder.silent(text):
        terms = {at for at in finder.terms(text) if at > begin} if piece.role is not Role.HEADING else set()
        articles = {at for at in finder.inside(text) if at > begin}
        divisions = {at for at in finder.divisions(text, follows=follows) if at >= begin}
        if divisions:
            cuts = {at for at in cuts if at < min(divisions)}
    bare = {at for at in inner_bare(text) if at > begin} if grammar.bare_articles else set()
    places = sorted(cuts | terms | articles | divisions | bare)
    if len(places) == 1:
        yield piece
        return
    for at, end in pairwise((*places, len(piece.text))):
        text = piece.text[at:end].rstrip()
        if not at:
            yield replace(piece, end=piece.start + len(text), text=text)
            continue
        mark = None if at in terms else finder.find(text) if at in articles or at in divisions else generic_mark(text)
        part = replace(piece, start=piece.start + at, end=piece.start + at + len(text), text=text, mark=mark, inline=True)
        part.term = at in terms
        part.section = at in bare and mark is not None
        if at in articles and (mark is None or not opens(part, mark)):
            part.mark = None
        yield part


def folded(text: str) -> str:
    """A heading's words for comparison: no case, accents, numbers, leaders or stops around them."""
    return re.sub(r"\s+", " ", re.sub(r"^[\W\d]+|[\W\d_]+$", "", fold(text)))
