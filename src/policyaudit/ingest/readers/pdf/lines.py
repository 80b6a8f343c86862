"""The lines of a PDF page as pdfium gives them: text, place and type, at few calls a line.

Asking pdfium about every letter costs more than extracting the text; so the boxes of the text objects of a line are
asked for, and the type of its first, middle and last letter only.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2.raw as pdfium
from pypdfium2 import PdfTextPage

_HYPHEN = "\ufffe"  # pdfium's sign for a hyphen at the end of a line
WIDE_GAP = 1.3  # in letter sizes: a wider gap within a line may be a gutter, a tab or a cell wall


@dataclass(slots=True)
class Line:
    """A stretch of one line without a wide gap. Places are in points, y upwards, turned so that the text runs upright."""

    text: str
    x0: float
    x1: float
    base: float  # the base line
    size: float  # of the letters, as printed
    bold: bool
    start: int  # its first character, as pdfium counts them on the page
    count: int
    turned: bool = False  # runs in another direction than the rest of the page
    tail: bool = False  # ends in a number far from the rest, as in a table of contents
    tab: bool = False  # a wide gap follows its first words, as after a label
    table: int = -1  # stands in for this table of the page
    marginal: bool = False  # a note in the margin, all of its lines

    @property
    def top(self) -> float:
        return self.base + 0.75 * self.size


class _Asker:
    """The calls to pdfium for one page of text, with their out-parameters made once."""

    def __init__(self, textpage: PdfTextPage) -> None:
        self.page = textpage.raw
        self.fonts: dict[int, bool] = {}
        self.doubles = [ctypes.c_double() for _ in range(4)]
        self.refs = [ctypes.byref(value) for value in self.doubles]
        self.matrix = pdfium.FS_MATRIX()
        self.matrix_ref = ctypes.byref(self.matrix)

    def boxes(self, start: int, count: int) -> list[tuple[float, float, float, float]]:
        """(left, bottom, right, top) of each text object among the characters, in their order."""
        left, top, right, bottom = self.doubles
        one, two, three, four = self.refs
        ask, page = pdfium.FPDFText_GetRect, self.page
        found = []
        for index in range(pdfium.FPDFText_CountRects(page, start, count)):
            ask(page, index, one, two, three, four)
            found.append((left.value, bottom.value, right.value, top.value))
        return found

    def box(self, index: int) -> tuple[float, float, float, float]:
        """(left, bottom, right, top) of one character."""
        left, right, bottom, top = self.doubles
        pdfium.FPDFText_GetCharBox(self.page, index, *self.refs)
        return left.value, bottom.value, right.value, top.value

    def origin(self, index: int) -> tuple[float, float]:
        x, y = self.doubles[:2]
        pdfium.FPDFText_GetCharOrigin(self.page, index, self.refs[0], self.refs[1])
        return x.value, y.value

    def size_and_direction(self, index: int) -> tuple[float, int]:
        """Size of the letters as printed, in points, and the direction of the line in quarter turns.

        pdfium's font size is the operand in the file, often 1, the true size standing in the matrix.
        """
        matrix = self.matrix
        size = pdfium.FPDFText_GetFontSize(self.page, index)
        if not pdfium.FPDFText_GetMatrix(self.page, index, self.matrix_ref):
            return abs(size), 0
        turn = 0 if abs(matrix.a) >= abs(matrix.b) else 1
        # A negative size turns the letters round once more.
        if (matrix.b if turn else matrix.a) * size < 0:
            turn += 2
        return abs(size) * math.hypot(matrix.c, matrix.d), turn

    def bold(self, index: int) -> bool:
        letter = pdfium.FPDFText_GetTextObject(self.page, index)
        if not letter:
            return False
        font = pdfium.FPDFTextObj_GetFont(letter)
        key = ctypes.c_void_p.from_buffer(font).value or 0
        known = self.fonts.get(key)
        if known is None:
            known = self.fonts[key] = self._bold_font(index)
        # Fill and stroke together is how word processors embolden a font that has no bold cut.
        return known or pdfium.FPDFTextObj_GetTextRenderMode(letter) == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE

    def _bold_font(self, index: int) -> bool:
        flags = ctypes.c_int()
        length = pdfium.FPDFText_GetFontInfo(self.page, index, None, 0, ctypes.byref(flags))
        name = ctypes.create_string_buffer(max(length, 1))
        pdfium.FPDFText_GetFontInfo(self.page, index, name, length, ctypes.byref(flags))
        cut = name.value.decode("utf-8", "ignore").lower()
        return bool(flags.value & (1 << 18)) or any(word in cut for word in ("bold", "black", "heavy", "semibd", "-demi"))


def page_lines(textpage: PdfTextPage) -> tuple[list[Line], int]:
    """The lines of a page in the order of its content stream, and the direction of its text in quarter turns."""
    text = textpage.get_text_range()
    if not text or text.isspace():
        return [], 0
    ask = _Asker(textpage)
    # Characters beyond the basic plane are one to pdfium and two in the text, so places have to be translated.
    exact = len(text) == textpage.count_chars()
    lines: list[Line] = []
    turns: list[int] = []
    weights = [0, 0, 0, 0]
    for start, printed in _printed_lines(text):
        body = printed.strip()
        if not body:
            continue
        start += len(printed) - len(printed.lstrip())
        count = len(body)
        if not exact:
            first = pdfium.FPDFText_GetCharIndexFromTextIndex(textpage.raw, start)
            last = pdfium.FPDFText_GetCharIndexFromTextIndex(textpage.raw, start + count - 1)
            if first >= 0 and last >= first:
                start, count = first, last - first + 1
        # The first letter may be a raised sign or a large initial; one in the middle says how large the line is.
        size, turn = ask.size_and_direction(start + _middle(body, count))
        weights[turn] += count
        for line in _pieces(ask, body, start, count, size, turn):
            lines.append(line)
            turns.append(turn)
    direction = weights.index(max(weights))
    for line, turn in zip(lines, turns, strict=True):
        line.turned = turn != direction
        if turn != direction and direction != turn:
            line.x0, line.x1, line.base = _stand_in(line, turn, direction)
    return lines, direction


def _printed_lines(text: str) -> Iterator[tuple[int, str]]:
    """(place in the text, line) of every printed line. pdfium joins a line that ends in a hyphen with the next one and
    puts a sign of its own for the hyphen."""
    place = 0
    for line in text.split("\r\n"):
        if _HYPHEN in line:
            begin = 0
            while (end := line.find(_HYPHEN, begin)) >= 0:
                yield place + begin, f"{line[begin:end]}-"
                begin = end + 1
            yield place + begin, line[begin:]
        else:
            yield place, line
        place += len(line) + 2


def turn_point(x: float, y: float, turn: int) -> tuple[float, float]:
    """A point of the page, seen with text of this direction upright."""
    if turn == 0:
        return x, y
    if turn == 1:
        return y, -x
    return (-x, -y) if turn == 2 else (-y, x)


def _stand_in(line: Line, turn: int, direction: int) -> tuple[float, float, float]:
    """Where a turned line stands in the frame of the page's other text: the box of its own run, seen from there."""
    back = (4 - turn) % 4
    ends = [turn_point(*turn_point(x, line.base, back), direction) for x in (line.x0, line.x1)]
    return min(x for x, _ in ends), max(x for x, _ in ends), min(y for _, y in ends)


def _pieces(ask: _Asker, body: str, start: int, count: int, size: float, turn: int) -> list[Line]:
    """The line, cut at its wide gaps."""
    boxes = ask.boxes(start, count)
    if turn:
        boxes = [_turn_box(box, turn) for box in boxes]
    if not boxes:
        x, base = turn_point(*ask.origin(start), turn)
        return [Line(body, x, x, base, size, ask.bold(start), start, count)]
    gap = max(size * WIDE_GAP, 8.0)
    cuts = [
        index
        for index, (before, after) in enumerate(pairwise(boxes), 1)
        if after[0] - before[2] > gap or after[2] < before[0] - gap
    ]
    if not cuts or len(body) != count:
        return [_line(ask, body, start, boxes[0][0], max(box[2] for box in boxes), size, turn, count=count)]
    pieces = []
    begin = box = 0
    for cut in cuts:
        split = _place_of(ask, body, start, begin, boxes[cut][0], size, turn)
        if split is not None:
            far = max(right for _, _, right, _ in boxes[box:cut])
            piece = body[begin:split].rstrip()
            if piece:
                pieces.append(_line(ask, piece, start + begin, boxes[box][0], far, size, turn))
            begin, box = split, cut
    far = max(right for _, _, right, _ in boxes[box:])
    pieces.append(_line(ask, body[begin:], start + begin, boxes[box][0], far, size, turn))
    for line in pieces:
        line.size = ask.size_and_direction(line.start + _middle(line.text, line.count))[0]
    return pieces


def _place_of(ask: _Asker, body: str, start: int, begin: int, x: float, size: float, turn: int) -> int | None:
    """Which letter after ``begin`` stands at ``x``: the beginning of a word, as a wide gap holds a space nearly always."""
    anywhere = range(begin + 1, len(body))
    words = (index for index in anywhere if body[index - 1].isspace() and not body[index].isspace())
    for places, slack in ((words, 0.6), (anywhere, 0.3)):
        for index in places:
            if abs(turn_point(*ask.origin(start + index), turn)[0] - x) < slack * size:
                return index
    return None


def _middle(body: str, count: int) -> int:
    """The place of a letter about the middle of the line."""
    middle = count // 2
    return middle + 1 if count == len(body) > middle + 1 and body[middle].isspace() else middle


def _line(ask: _Asker, body: str, start: int, x0: float, x1: float, size: float, turn: int, *, count: int | None = None) -> Line:
    count = len(body) if count is None else count
    origin, base = turn_point(*ask.origin(start), turn)
    if abs(origin - x0) < 0.5 * size:
        x0 = origin  # the left edge of the letter's ink varies with the letter
    if body[-1] == "\u00ad":
        body = body[:-1] + "-"
    middle = start + _middle(body, count)
    bold = ask.bold(start + count - 1) and ask.bold(start) and ask.bold(middle)
    return Line(body, x0, x1, base, size, bold, start, count)


def _turn_box(box: tuple[float, float, float, float], turn: int) -> tuple[float, float, float, float]:
    one = turn_point(box[0], box[1], turn)
    two = turn_point(box[2], box[3], turn)
    return min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1])
