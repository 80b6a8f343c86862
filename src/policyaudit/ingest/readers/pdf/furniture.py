"""Running heads, running feet and page numbers: what stands at the same place on several pages near one another."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from functools import lru_cache
from statistics import median

from policyaudit.ingest.readers.pdf.lines import Line

ZONE = 0.13  # of the page's height, below its usual first line and above its usual last one
NEAR = 12  # pages within which a running head must come again
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[-–—|\[ ]*#(?:\s*[/|-]\s*#)?[-–—|\] ]*")  # but no "#." or "(#)": those number paragraphs
_ROMAN = re.compile(r"[ivxlc]+")
_BRACKETED = re.compile(r"\(\d{1,4}\)")
_SHEET = re.compile(
    r"\d{1,2}\s?[-–—]+\s?[A-Z]{1,3}[ .]*\d{4,}[\d ,.–—/()-]*"
)  # the printer's mark under the first page of a sheet
_NUMBERED = re.compile(r"\W*(?P<first>\d{1,4})(?=\s|$)|.*(?:\s|[-–—|/])(?P<last>\d{1,4})\W*$")
_SIGNS = re.compile(r"[^\w#]")
_LABEL = re.compile(r"[^\W\d_]{3,15}\.?\s*#\s?[ºª°]?[.:–—-]*")  # "article #", "sección #."
_LEVEL = 2  # such steps between the numbers of pages, which are printed at one height or, with a line less above, near it
_SHAKE = 6  # steps of 4 points by which a page may lie higher on the glass than the next
_STRAY = 6  # letters and digits at most of what was written by hand beyond a running head
_COLUMN = 25  # letters of a line of a column
_LONGEST = 120  # letters of a running head or foot with a page number
_AGREE = 2  # pages whose numbers agree with one in brackets
_BELOW = 60  # letters at most of what stands under the number of a page: a price, the number of an order

Key = tuple[str, int]
Counted = dict[tuple[bool, int], tuple[int, int]]
Row = tuple[bool, list[tuple[Key, Line]]]  # whether at the top of the page, and its lines with their keys


def margin_zones(pages: list[list[Line]], spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """For each page how high its foot reaches and how low its head, given the (bottom, top) of the pages. Pages may be
    printed on larger paper, so what counts is where the text of the document usually begins and ends."""
    heads = [top - max(line.base for line in lines) for lines, (_, top) in zip(pages, spans, strict=True) if lines]
    feet = [min(line.base for line in lines) - bottom for lines, (bottom, _) in zip(pages, spans, strict=True) if lines]
    head, foot = (median(heads), median(feet)) if heads else (0.0, 0.0)
    return [(bottom + foot + ZONE * (top - bottom), top - head - ZONE * (top - bottom)) for bottom, top in spans]


def find_furniture(
    pages: list[list[Line]], spans: list[tuple[float, float]], zones: list[tuple[float, float]], size: float
) -> list[set[int]]:
    """For each page the ``id(line)`` of its furniture. ``spans`` are the (bottom, top) of the pages, ``zones`` their margins,
    ``size`` is that of the text.

    A line is furniture that comes again on pages near, digits counting as equal; that holds the number of its page; or that
    stands just where, and is just as large as, furniture of many other pages, in letters of another size than the text: so
    heads and feet are known that change from section to section. All that from the edge of the page inwards, until a line of
    which nothing is true: so a phrase that happens to begin several pages is not taken for a running head.
    """
    where: dict[Key, list[int]] = defaultdict(list)
    margins = _labelled([_margin_rows(*page) for page in zip(pages, spans, zones, strict=True)])
    for number, rows in enumerate(margins):
        for key in {key for row in rows for key, _ in row[1]}:
            where[key].append(number)
    steps = _page_numbers(margins)
    found: list[set[int]] = []
    for number, rows in enumerate(margins):
        marked: set[int] = set()
        missed = {True: 0, False: 0}
        beyond: dict[bool, list[Line]] = {True: [], False: []}
        for at_top, row in rows:
            if missed[at_top] > 1:
                continue
            runs = [
                id(line)
                for key, line in (row if _few_numbers(row) else ())
                if _comes_again(where, key, number, len(pages), recognised=line.recognised)
                or (_has_number(line, key, at_top, number, steps) and not (line.recognised and len(row) > 1))
            ]
            if not at_top and _SHEET.fullmatch(row[0][1].text.strip()):
                marked.add(id(row[0][1]))
            elif runs:
                marked.update(id(line) for _, line in row if id(line) in runs or not _is_text(line, pages[number], at_top))
                marked.update(id(line) for line in beyond[at_top])
            elif all(line.recognised and len(key[0]) <= _STRAY for key, line in row):
                beyond[at_top] += [line for _, line in row]
            else:
                missed[at_top] += 1
        found.append(marked)
    _mark_bracketed(margins, found)
    _mark_places(margins, spans, found, size)
    return found


def _labelled(margins: list[list[Row]]) -> list[list[Row]]:
    """The rows, with the keys of labels told apart by their numbers: "Section 3." that heads a page by chance is no other page's
    "Section 4.", while a running head says the same number again. Numbers that count the pages stay equal."""
    steps: dict[str, Counter[int]] = defaultdict(Counter)
    for number, rows in enumerate(margins):
        for _, row in rows:
            for (mask, _), line in row:
                if _LABEL.fullmatch(mask) and (printed := _DIGITS.search(line.text)):
                    steps[mask][int(printed[0]) - number] += 1
    labels = {mask for mask, counts in steps.items() if counts.most_common(1)[0][1] < max(2, counts.total() / 2)}
    if not labels:
        return margins
    return [
        [
            (at_top, [((line.text.strip().lower() if mask in labels else mask, place), line) for (mask, place), line in row])
            for at_top, row in rows
        ]
        for rows in margins
    ]


def _page_numbers(margins: list[list[Row]]) -> Counted:
    """By how much the number printed at the top (True) or foot of a page differs from that of the page, where many pages agree,
    and between which places it stands. Numbers of lines and rows differ so too, but stand at another height on each page: what is
    printed beside them is text."""
    said: dict[tuple[bool, int], dict[int, int]] = defaultdict(dict)  # page -> place, that nearest to the edge
    reach = _LEVEL
    for number, rows in enumerate(margins):
        for at_top, row in rows:
            for (_, place), line in row:
                value = _number_of(line.text)
                if value is not None:
                    said[at_top, value - number].setdefault(number, place)
                    reach = _SHAKE if line.recognised else reach
    wanted = max(3, len(margins) // 5)
    counted: Counted = {}
    for key, found in said.items():
        if len(found) >= wanted:
            places = sorted(found.values())
            count, begin = max((bisect_right(places, place + reach) - index, place) for index, place in enumerate(places))
            counted[key] = (begin - 1, begin + reach + 1) if count >= wanted else (1, 0)
    return counted


@lru_cache(maxsize=16384)  # asked twice of each line near the edge of a page
def _number_of(text: str) -> int | None:
    """The number with which a short line begins or ends."""
    match = _NUMBERED.match(text) if len(text) <= _LONGEST and _DIGITS.search(text) else None
    if match is None or (match["first"] and text.rstrip()[-1:] in ".,;:)"):
        return None  # a footnote begins with a number too
    return int(match["first"] or match["last"])


def _has_number(line: Line, key: Key, at_top: bool, number: int, steps: Counted) -> bool:
    printed = _number_of(line.text)
    if printed is None or (between := steps.get((at_top, printed - number))) is None:
        return False
    return between[0] <= key[1] <= between[1] or _PAGE_NUMBER.fullmatch(key[0]) is not None


def _is_text(line: Line, lines: list[Line], at_top: bool) -> bool:
    """Whether what stands on one level with a running head is the first line of a column, or the last: others go on with it."""
    if len(line.text) < _COLUMN or line.recognised:
        return False
    for other in lines:
        away = line.base - other.base if at_top else other.base - line.base
        if 0 < away < 1.5 * line.size and abs(other.x0 - line.x0) < 2 and abs(other.size - line.size) < 0.3:
            return len(other.text) >= _COLUMN
    return False


def _few_numbers(row: list[tuple[Key, Line]]) -> bool:
    """Whether a row is no head of a table, whose columns are numbered: that of a page holds its number, or two."""
    return sum(line.text.strip().isdigit() for _, line in row) < 3


def _mark_bracketed(margins: list[list[Row]], found: list[set[int]]) -> None:
    """Marks the number of a page in brackets, as gazettes print it at the foot of the first page of an issue, and the price or
    the number of an order under it. Paragraphs are numbered so too: other pages must say that the count is right."""
    brackets = [
        (number, line)
        for number, rows in enumerate(margins)
        for at_top, row in rows
        if not at_top and len(row) == 1 and _BRACKETED.fullmatch((line := row[0][1]).text.strip())
    ]
    if not brackets:
        return
    steps = Counter(
        value - number
        for number, rows in enumerate(margins)
        for value in {_number_of(line.text) for _, row in rows for _, line in row}
        if value is not None
    )
    for number, bracket in brackets:
        under = [line for at_top, row in margins[number] if not at_top for _, line in row if line.base < bracket.base]
        if steps[int(bracket.text.strip()[1:-1]) - number] >= _AGREE and all(len(line.text) <= _BELOW for line in under):
            found[number].update(id(line) for line in (bracket, *under))


def _mark_places(margins: list[list[Row]], spans: list[tuple[float, float]], found: list[set[int]], size: float) -> None:
    """Marks the lines that stand where furniture stands on many other pages."""

    def place(line: Line, at_top: bool, span: tuple[float, float]) -> tuple[bool, int, int]:
        return at_top, round(span[1] - line.base if at_top else line.base - span[0]), round(line.size * 2)

    usual = Counter(
        key
        for rows, span, marked in zip(margins, spans, found, strict=True)
        for key in {place(line, at_top, span) for at_top, row in rows for _, line in row if id(line) in marked}
    )
    wanted = max(3, len(margins) // 5)
    for rows, span, marked in zip(margins, spans, found, strict=True):
        closed = {True: False, False: False}
        for at_top, row in rows:
            if any(id(line) in marked for _, line in row):
                continue
            keys = [place(line, at_top, span) for _, line in row]
            running = all(usual[key] >= wanted and abs(key[2] / 2 - size) >= 0.5 for key in keys)
            if running and not closed[at_top] and marked:
                marked.update(id(line) for _, line in row)
            else:
                closed[at_top] = True


def _margin_rows(lines: list[Line], span: tuple[float, float], zone: tuple[float, float]) -> list[Row]:
    """The rows of lines near the page's edges, from the edge inwards: (at the top, [(key, line)])."""
    rows: dict[tuple[bool, int], list[tuple[Key, Line]]] = defaultdict(list)
    before: dict[bool, tuple[float, int]] = {}
    foot, head = zone
    outside = [line for line in lines if not (foot < line.base < head or line.turned)]
    outside.sort(key=lambda line: -line.base)
    for line in outside:
        at_top = line.base >= zone[1]
        place = int((span[1] - line.base if at_top else line.base - span[0]) // 4)
        mask = _mask(line.text)
        if line.recognised:
            # A page may have lain a little askew, and full stops come and go.
            base, last = before.get(at_top, (line.base + 2 * line.size, place))
            place = last if base - line.base < 0.5 * line.size else place
            before[at_top] = line.base, place
            if sum(map(str.isalpha, mask)) >= 4:
                mask = _SIGNS.sub("", mask)
        rows[at_top, place].append(((mask, place if at_top else -1 - place), line))
    return [(at_top, rows[at_top, place]) for at_top, place in sorted(rows, key=lambda row: row[1])]


def _comes_again(where: dict[Key, list[int]], key: Key, number: int, pages: int, *, recognised: bool) -> bool:
    mask, place = key
    wanted, near = _wanted(mask, pages)
    here = 0
    reach = _SHAKE if recognised else 1
    for shift in range(-reach, reach + 1):
        numbers = where.get((mask, place + shift), [])
        here += bisect_left(numbers, number + near + 1) - bisect_left(numbers, number - near)
    return here >= wanted


@lru_cache(maxsize=16384)
def _wanted(mask: str, pages: int) -> tuple[int, int]:
    """On how many pages a line must come again, and within how many."""
    if sum(map(str.isalpha, mask)) < 4:  # a number or a list mark: only where most pages have it
        return max(2, pages // 3) if _PAGE_NUMBER.fullmatch(mask) else max(3, pages // 2), pages
    return 2 if pages < 5 else 3, NEAR


@lru_cache(maxsize=16384)  # running heads are said on every page
def _mask(text: str) -> str:
    text = _DIGITS.sub("#", text.strip().lower())
    return "#" if _ROMAN.fullmatch(text) else text
