"""Lines joined into paragraphs, headings, items, notes and lines of a table of contents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from policyaudit.ingest.blocks import Block, Role
from policyaudit.ingest.letters import clean, join_lines
from policyaudit.ingest.marks import BULLET, NAMED, NOTE, NUMBER, WORD, ends_unit, has_leaders, without_leaders
from policyaudit.ingest.readers.pdf.lines import Line
from policyaudit.ingest.readers.pdf.order import Column

_DASHES = "—―"
FULL = 500  # letters of a page of text
MANY_SIZES = 7  # half points; printed documents have up to five sizes in common use, recognised scans more


@dataclass(frozen=True, slots=True)
class Print:
    """How a document is printed: what its own lines have to be compared with."""

    size: float  # of most letters, in points
    pitch: dict[int, float]  # usual distance of lines within a paragraph, by size rounded to a point
    bold: bool  # whether most of the text is bold
    capitals: bool  # whether most of the text is in capitals
    compounds: frozenset[str]  # words written with a hyphen within lines
    right: float  # usual right margin of a page with one column
    bodies: dict[int, float] = field(default_factory=dict)  # size of most letters of a page, where it is set in larger print

    def pitch_of(self, size: float) -> float:
        return self.pitch.get(round(size)) or size * 1.25


def measured(columns: list[list[Column]], compounds: frozenset[str]) -> Print:
    """How the document is printed; ``columns`` are those of each page, ``compounds`` its words with a hyphen.

    Where every line has another size, as text recognition leaves them, lines of about the usual size are given that."""
    sizes: Counter[float] = Counter()
    steps: dict[int, Counter[float]] = {}
    rights: list[float] = []
    letters = bold = capitals = 0
    bodies: list[Counter[float]] = []
    for page in columns:
        exact: dict[float, int] = {}
        for column in page:
            if len(page) == 1 and len(column.lines) >= 8:
                rights.append(column.right)
            before: Line | None = None
            for line in column.lines:
                if line.table >= 0 or line.marginal:
                    before = None
                    continue
                count = len(line.text)
                letters += count
                exact[line.size] = exact.get(line.size, 0) + count
                if line.bold:
                    bold += count
                if line.text.isupper():
                    capitals += count
                if before is not None and abs(before.size - line.size) < 0.6 and abs(before.x0 - line.x0) < 3:
                    step = before.base - line.base
                    if 0.8 * line.size < step < 3 * line.size:
                        steps.setdefault(round(line.size), Counter())[round(step * 2) / 2] += 1
                before = line
        bodies.append(_in_halves(exact))
        sizes.update(bodies[-1])
    pitch = {size: _pitch(counts) for size, counts in steps.items()}
    size = max(sizes, key=lambda key: (sizes[key], key)) if sizes else 10.0
    if sum(1 for count in sizes.values() if count > 0.015 * sizes.total()) >= MANY_SIZES:
        size, pitch = _evened(columns, sizes, steps)
    rights.sort()
    right = rights[len(rights) * 3 // 4] if rights else 0.0
    larger = {number: body for number, counts in enumerate(bodies, 1) if (body := _body(counts)) > size}
    return Print(size, pitch, bold > letters / 2, capitals > letters / 2, compounds, right, larger)


def _body(sizes: Counter[float]) -> float:
    """The size in which most of a page is set; 0 for a page with few letters, as one with a title has."""
    size = max(sizes, key=lambda key: sizes[key], default=0.0)
    return size if sizes[size] >= max(FULL, 0.6 * sizes.total()) else 0.0


def _in_halves(exact: dict[float, int]) -> Counter[float]:
    """Letters by size, the sizes rounded to half a point."""
    sizes: Counter[float] = Counter()
    for size, count in exact.items():
        sizes[round(size * 2) / 2] += count
    return sizes


def common_size(lines: Iterable[Line]) -> float:
    """The size of most letters, in points."""
    exact: dict[float, int] = {}
    for line in lines:
        exact[line.size] = exact.get(line.size, 0) + len(line.text)
    sizes = _in_halves(exact)
    return max(sizes, key=lambda key: (sizes[key], key)) if sizes else 10.0


def _evened(
    columns: list[list[Column]], sizes: Counter[float], steps: dict[int, Counter[float]]
) -> tuple[float, dict[int, float]]:
    """Gives all lines of about the middle size exactly that; returns it, and the distance of lines at it."""
    passed = 0
    size = 10.0
    for size in sorted(sizes):
        passed += sizes[size]
        if passed * 2 >= sizes.total():
            break
    for page in columns:
        for line in (line for column in page for line in column.lines if line.table < 0):
            if 0.6 * size <= line.size <= 1.5 * size:
                line.size = size
    every: Counter[float] = Counter()
    for counts in steps.values():
        every.update(counts)
    return size, {round(size): _pitch(every)} if every else {}


def _pitch(counts: Counter[float]) -> float:
    """The smallest usual step: larger ones stand between paragraphs."""
    total = counts.total()
    near = {step: counts[step - 0.5] + counts[step] + counts[step + 0.5] for step in counts}
    return next((step for step in sorted(near) if near[step] >= 0.2 * total), max(near, key=lambda step: near[step]))


@dataclass(slots=True)
class _Open:
    """A paragraph being gathered."""

    lines: list[Line]
    column: Column
    page: int
    text: str
    breaks: list[tuple[int, int]] = field(default_factory=list)


class Paragraphs:
    """Gathers lines into blocks. Lines of one document are added in reading order; ``blocks`` holds what is finished."""

    def __init__(self, style: Print, *, role: Role | None = None) -> None:
        self.style = style
        self.role = role
        self.blocks: list[Block] = []
        self.open: _Open | None = None
        self.body = style.size  # of the page at hand

    def add(self, line: Line, column: Column, page: int) -> None:
        """The next line of the document, of this column, on this page."""
        self.body = self.style.bodies.get(page, self.style.size)
        text = clean(line.text)
        if not text:
            return
        if self.role is None and ((line.tail and _is_contents(column)) or has_leaders(text)):
            self._contents(text, line, page)
            return
        current = self.open
        if current is not None and self._continues(current, line, text, column):
            joined = join_lines(current.text, text, compounds=self.style.compounds)
            if page != (current.breaks[-1][1] if current.breaks else current.page):
                current.breaks.append((len(joined) - len(text), page))
            current.text = joined
            current.lines.append(line)
            current.column = column
            return
        self.close()
        self.open = _Open([line], column, page, text)

    def would_continue(self, line: Line, column: Column) -> bool:
        """Whether this line, if it were added next, would go on with the paragraph at hand."""
        text = clean(line.text)
        return self.open is not None and bool(text) and self._continues(self.open, line, text, column)

    def close(self) -> None:
        """Ends the paragraph at hand."""
        current, self.open = self.open, None
        if current is None:
            return
        first = current.lines[0]
        size = first.size if len(current.lines) == 1 else max(current.lines, key=_length).size
        bold = first.bold and all(line.bold for line in current.lines)
        role = self.role or self._role(current, size, bold)
        self.blocks.append(
            Block(
                current.text,
                role,
                current.page,
                language=first.language,
                breaks=tuple(current.breaks),
                bold=bold,
                size=round(size, 1),
                indent=round(first.x0, 1),
            )
        )

    def _contents(self, text: str, line: Line, page: int) -> None:
        text = without_leaders(text)
        current = self.open
        if current is not None and len(current.lines) == 1 and self.blocks and self.blocks[-1].role is Role.CONTENTS:
            step = current.lines[0].base - line.base
            if 0 < step < 1.5 * line.size and not current.text.endswith("."):
                text, self.open = join_lines(current.text, text), None
        self.close()
        self.blocks.append(Block(text, Role.CONTENTS, page, bold=line.bold, size=round(line.size, 1), indent=round(line.x0, 1)))

    def _role(self, current: _Open, size: float, bold: bool) -> Role:
        text = current.text
        if BULLET.match(text):
            return Role.ITEM
        if current.breaks or len(current.lines) > 4 or len(text) > 200:
            return Role.PARAGRAPH
        if not (len(text) > 2 and text[:3].isalpha()) and sum(map(str.isalpha, text)) < 3:
            return Role.PARAGRAPH
        if text[-1] in ";,":
            return Role.PARAGRAPH
        if size >= 1.12 * self.body and not (text[-1] == "." and len(text) > 80):
            return Role.HEADING
        if bold and not self.style.bold and size >= 0.9 * self.style.size and (not ends_unit(text) or len(text) < 80):
            return Role.HEADING
        if _in_capitals(text) and not self.style.capitals and len(text) < 120:
            return Role.HEADING  # capitals of a smaller size too: small capitals are
        return Role.PARAGRAPH

    def _continues(self, current: _Open, line: Line, text: str, column: Column) -> bool:
        """Whether the line goes on with the paragraph at hand."""
        before = current.lines[-1]
        one, two = before.size, line.size
        if one != two and abs(one - two) > 0.1 * max(one, two) and not _small_capitals(before, line):
            return False
        if self.role is Role.NOTE and NOTE.match(text) and ends_unit(current.text):
            return False
        plain = WORD.match(text) is not None  # as most lines are within a paragraph
        if not plain and BULLET.match(text) and not (text[0] in "-–—" and text[1:2].islower()):
            return False
        if before.language != line.language:
            return False
        open_end = not ends_unit(current.text)
        lower = text[0].islower()
        if column is not current.column:
            return self._runs_over(current, line, text, open_end)
        if current.text[-1] in _DASHES and line.x0 - max(before.x0, current.lines[0].x0) > line.size:
            return False  # "if any of these is so—" and under it, further in, what is meant
        # Within a sentence a wider step is no end: a raised sign or a field pushes lines apart.
        allowed = 1.2 if not open_end else 1.7 if lower else 1.35
        if not 0 < before.base - line.base <= allowed * self.style.pitch_of(line.size) + 0.5:
            return False
        if line.tab and current.lines[0].tab and abs(current.lines[0].x0 - line.x0) < 2:
            return False
        if not plain and len(text) > 1 and (NUMBER.match(text) or NAMED.match(text)):
            aligned = abs(before.x0 - line.x0) < 2 and (len(current.lines) > 1 or not NUMBER.match(current.text))
            return open_end and aligned and self._full(before, line, text, column) and not before.bold
        if before.bold != line.bold and not (open_end and lower):
            # A bold run may end within a line, so only a bold line by itself is a heading of what follows.
            if before.bold and len(current.lines) == 1 and self._full(before, line, text, column) and open_end:
                return not all(word[0].isupper() for word in current.text.split() if word[0].isalpha())
            return False
        if not self._full(before, line, text, column):
            if open_end and lower:
                return True
            return open_end and self._heading_like(before) and self._heading_like(line)
        if _in_capitals(current.text) != _in_capitals(text) and min(len(text), len(current.text)) > 8:
            return False
        shift = line.x0 - before.x0
        if abs(shift) <= 0.8 * line.size or open_end:
            return True
        if len(current.lines) == 1:
            return shift < 0 or bool(NUMBER.match(current.text) or BULLET.match(current.text)) or open_end
        return False

    def _runs_over(self, current: _Open, line: Line, text: str, open_end: bool) -> bool:
        """Whether a paragraph goes on at the head of the next column or page."""
        before = current.lines[-1]
        if not open_end or NUMBER.match(text) or NAMED.match(text) or (before.bold != line.bold and not text[0].islower()):
            return False
        if text[0].islower():
            return not (len(current.lines) == 1 and self._heading_like(before) and not before.text.endswith("-"))
        heading = len(current.lines) < 3 and not BULLET.match(current.text) and self._heading_like(before)
        return not heading and self._full(before, line, text, current.column)

    def _full(self, before: Line, line: Line, text: str, column: Column) -> bool:
        """Whether the line before runs to the margin, so that the next word had no room in it."""
        right = column.right
        if len(column.lines) < 8 and self.style.right > right and self.style.right > column.left:
            right = self.style.right
        word = text.split(" ", 1)[0]
        letter = (line.x1 - line.x0) / max(len(line.text), 1)
        return right - before.x1 <= (len(word) + 1) * letter + 1.5 * line.size

    def _heading_like(self, line: Line) -> bool:
        return (
            (line.bold and not self.style.bold)
            or line.size >= 1.12 * self.body
            or (_in_capitals(line.text) and not self.style.capitals)
        )


def _length(line: Line) -> int:
    return len(line.text)


def _small_capitals(before: Line, line: Line) -> bool:
    """Whether two lines differ in size since words in small capitals stand at the middle of one of them, within a sentence."""
    small, large = sorted((before, line), key=lambda one: one.size)
    shouted = sum(map(str.isupper, small.text)) > 0.4 * len(small.text) and not small.text.isupper()
    return shouted and small.size >= 0.7 * large.size and not ends_unit(before.text) and before.bold == line.bold


def _is_contents(column: Column) -> bool:
    tails = sum(1 for line in column.lines if line.tail)
    return tails >= 4 and tails >= 0.5 * len(column.lines)


def _in_capitals(text: str) -> bool:
    """Whether the text is set in capitals, and not a number with an abbreviation."""
    return text.isupper() and sum(map(str.isalpha, text)) > max(3, len(text) // 2)
