"""The lines of a PDF page as pdfium gives them: text, place and type, at few calls a line.

Asking pdfium about every letter costs more than extracting the text; so the boxes of the text objects of a line are
asked for, and the type of its first, middle and last letter only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2.raw as pdfium

from policyaudit.ingest.readers.pdf.asking import Asker, OpenPage

LARGE = 30.0  # points; pale letters of this size are a watermark
_LONGEST_MARK = 60  # letters of one
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W_]\s+){3,}[^\W_](?![^\W_])")  # "C H A P T E R"
_APART = re.compile(r"\s\S\s+\S\s")  # told sooner: a letter alone, and another
_BEFORE_WORD = re.compile(r"\s(?=\S)")
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
    language: str = ""  # of its column, where columns are in several languages
    watermark: bool = False  # stands behind the text: askew, or large and pale
    recognised: bool = False  # read from the image of the page: its edges are no closer than some points, its ends those of words

    @property
    def top(self) -> float:
        return self.base + 0.75 * self.size


def page_lines(page: OpenPage) -> tuple[list[Line], int]:
    """The lines of a page in the order of its content stream, and the direction of its text in quarter turns."""
    ask = Asker(page)
    text, letters = ask.letters()
    if not text or text.isspace():
        return [], 0
    # Characters beyond the basic plane are one to pdfium and two in the text, so places have to be translated.
    exact = len(text) == letters
    lines: list[Line] = []
    turns: list[int] = []
    behind: list[Line] = []
    weights = [0, 0, 0, 0]
    for start, printed in _printed_lines(text):
        body = printed.strip()
        if not body:
            continue
        if printed[0] != body[0]:
            start += len(printed) - len(printed.lstrip())
        count = len(body)
        if not exact:
            first = pdfium.FPDFText_GetCharIndexFromTextIndex(page.text.raw, start)
            last = pdfium.FPDFText_GetCharIndexFromTextIndex(page.text.raw, start + count - 1)
            if first >= 0 and last >= first:
                start, count = first, last - first + 1
        # The first letter may be a raised sign or a large initial; one in the middle says how large the line is.
        middle = start + _middle(body, count)
        size, turn, askew = ask.size_and_direction(middle)
        if not turn and count == len(body) and _APART.search(body) and _SPACED.search(body):
            body = _closed_up(ask, body, start)
        if askew or (size >= LARGE and count <= _LONGEST_MARK and ask.pale(middle)):
            behind.append(Line(body, 0.0, 0.0, ask.origin(start)[1], size, False, start, count, turned=True))
            continue
        weights[turn] += count
        found = _pieces(ask, body, start, count, size, turn, middle)
        lines += found
        turns += [turn] * len(found)
    if sum(line.count for line in behind) > sum(weights):  # a page set askew
        return behind, 0
    direction = weights.index(max(weights))
    if max(weights) < sum(weights):
        for line, turn in zip(lines, turns, strict=True):
            if turn != direction:
                line.turned = True
                line.x0, line.x1, line.base = _stand_in(line, turn, direction)
    for line in behind:
        line.watermark = True
    return lines + behind, direction


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


def _closed_up(ask: Asker, body: str, start: int) -> str:
    """A line whose words are spaced out, letter by letter, with the letters of a word together again: the gaps between words
    are wider than those between letters. Lists of single letters, as wide apart as words are, stay as they are."""
    places = [index for index, letter in enumerate(body) if not letter.isspace()]
    boxes = [ask.ends(start + index) for index in places]
    gaps = [after[0] - before[1] for before, after in pairwise(boxes)]
    spaced = [gap for gap, before, after in zip(gaps, places, places[1:], strict=False) if after - before > 1]
    if sum(map(len, body.split())) > 1.5 * len(body.split()):
        return body
    usual = sorted(spaced)[len(spaced) // 4]
    closed = body[places[0]]
    for gap, index in zip(gaps, places[1:], strict=True):
        closed += (" " if gap > 1.6 * usual else "") + body[index]
    words = closed.split()
    return closed if max(map(len, words)) > (3 if len(words) > 1 else 4) else body


def _stand_in(line: Line, turn: int, direction: int) -> tuple[float, float, float]:
    """Where a turned line stands in the frame of the page's other text: the box of its own run, seen from there."""
    back = (4 - turn) % 4
    ends = [turn_point(*turn_point(x, line.base, back), direction) for x in (line.x0, line.x1)]
    return min(x for x, _ in ends), max(x for x, _ in ends), min(y for _, y in ends)


def _pieces(ask: Asker, body: str, start: int, count: int, size: float, turn: int, middle: int) -> list[Line]:
    """The line, cut at its wide gaps."""
    spans = ask.spans(start, count, turn)
    if not spans:
        x, base = turn_point(*ask.origin(start), turn)
        return [Line(body, x, x, base, size, ask.bold(start, start, start), start, count)]
    x0, right = spans[0]
    if len(spans) == 1:
        return [_line(ask, body, start, x0, right, size, turn, count, middle)]
    cuts: list[int] = []
    gap = max(size * WIDE_GAP, 8.0)
    begun, ended = spans[0]
    for index, (left, end) in enumerate(spans):
        if left - ended > gap or end < begun - gap:
            cuts.append(index)
        if end > right:
            right = end
        begun, ended = left, end
    if not cuts or len(body) != count:
        return [_line(ask, body, start, x0, right, size, turn, count, middle)]
    pieces = []
    begin = span = 0
    ordered = all(before[0] <= after[0] for before, after in pairwise(spans))
    for cut in cuts:
        split = _place_of(ask, body, start, begin, spans[cut][0], size, turn, ordered=ordered)
        if split is not None:
            far = max(right for _, right in spans[span:cut])
            piece = body[begin:split].rstrip()
            if piece:
                pieces.append(_line(ask, piece, start + begin, spans[span][0], far, size, turn, len(piece)))
            begin, span = split, cut
    far = max(right for _, right in spans[span:])
    pieces.append(_line(ask, body[begin:], start + begin, spans[span][0], far, size, turn, len(body) - begin))
    for line in pieces:
        line.size = ask.size_and_direction(line.start + _middle(line.text, line.count))[0]
    return pieces


def _place_of(ask: Asker, body: str, start: int, begin: int, x: float, size: float, turn: int, *, ordered: bool) -> int | None:
    """Which letter after ``begin`` stands at ``x``: the beginning of a word, as a wide gap holds a space nearly always.
    Where the letters stand in order along the line (``ordered``) it is found by halving."""
    words = [found.end() for found in _BEFORE_WORD.finditer(body, begin)]

    def way(index: int) -> float:
        place = ask.origin(start + index)
        return (turn_point(*place, turn) if turn else place)[0] - x

    for places, slack in ((words, 0.6 * size), (range(begin + 1, len(body)), 0.3 * size)):
        first = bisect_right(places, -slack, key=way) if ordered else 0
        for index in places[first : first + 1] if ordered else places:
            if abs(way(index)) < slack:
                return index
    return None


def _middle(body: str, count: int) -> int:
    """The place of a letter about the middle of the line."""
    middle = count // 2
    if count != len(body) or body[middle].islower():
        return middle
    near = range(middle + 1, min(middle + 6, count))
    for place in near:  # a raised sign or a small capital, as in "286A", says nothing of the line
        if body[place].islower():
            return place
    return middle if body[middle].isalpha() else next((place for place in near if body[place].isalpha()), middle)


def _line(
    ask: Asker, body: str, start: int, x0: float, x1: float, size: float, turn: int, count: int, middle: int | None = None
) -> Line:
    x, y = ask.origin(start)
    if turn:
        x, y = turn_point(x, y, turn)
    if -0.5 * size < x - x0 < 0.5 * size:
        x0 = x  # the left edge of the letter's ink varies with the letter
    if body[-1] == "\u00ad":
        body = body[:-1] + "-"
    bold = ask.bold(start, start + count - 1, start + _middle(body, count) if middle is None else middle)
    return Line(body, x0, x1, y, size, bold, start, count)
