"""Running heads, running feet and page numbers: what stands at the same place on several pages near one another."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from statistics import median

from policyaudit.ingest.readers.pdf.lines import Line

ZONE = 0.13  # of the page's height, below its usual first line and above its usual last one
NEAR = 12  # pages within which a running head must come again
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[-–—|\[ ]*#(?:\s*[/|-]\s*#)?[-–—|\] ]*")  # but no "#." or "(#)": those number paragraphs
_ROMAN = re.compile(r"[ivxlc]+")

Key = tuple[str, int]


def margin_zones(pages: list[list[Line]], spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """For each page how high its foot reaches and how low its head, given the (bottom, top) of the pages. Pages may be
    printed on larger paper, so what counts is where the text of the document usually begins and ends."""
    heads = [top - max(line.base for line in lines) for lines, (_, top) in zip(pages, spans, strict=True) if lines]
    feet = [min(line.base for line in lines) - bottom for lines, (bottom, _) in zip(pages, spans, strict=True) if lines]
    head, foot = (median(heads), median(feet)) if heads else (0.0, 0.0)
    return [(bottom + foot + ZONE * (top - bottom), top - head - ZONE * (top - bottom)) for bottom, top in spans]


def find_furniture(pages: list[list[Line]], spans: list[tuple[float, float]], zones: list[tuple[float, float]]) -> list[set[int]]:
    """For each page the ``id(line)`` of its furniture. ``spans`` are the (bottom, top) of the pages, ``zones`` their margins.

    Digits count as equal. From the edge of the page inwards, until a line that does not come again: so a phrase that
    happens to begin several pages is not taken for a running head beneath which it stands.
    """
    where: dict[Key, list[int]] = defaultdict(list)
    margins = [_margin_rows(*page) for page in zip(pages, spans, zones, strict=True)]
    for number, rows in enumerate(margins):
        for key in {key for row in rows for key, _ in row[1]}:
            where[key].append(number)
    found: list[set[int]] = []
    for number, rows in enumerate(margins):
        marked: set[int] = set()
        missed = {True: 0, False: 0}
        for at_top, row in rows:
            if missed[at_top] > 1:
                continue
            if any(_comes_again(where, key, number, len(pages)) for key, _ in row):
                marked.update(id(line) for _, line in row)
            else:
                missed[at_top] += 1
        found.append(marked)
    return found


def _margin_rows(
    lines: list[Line], span: tuple[float, float], zone: tuple[float, float]
) -> list[tuple[bool, list[tuple[Key, Line]]]]:
    """The rows of lines near the page's edges, from the edge inwards: (at the top, [(key, line)])."""
    rows: dict[tuple[bool, int], list[tuple[Key, Line]]] = defaultdict(list)
    for line in lines:
        if zone[0] < line.base < zone[1] or line.turned:
            continue
        at_top = line.base >= zone[1]
        place = int((span[1] - line.base if at_top else line.base - span[0]) // 4)
        rows[at_top, place].append(((_mask(line.text), place if at_top else -1 - place), line))
    return [(at_top, rows[at_top, place]) for at_top, place in sorted(rows, key=lambda row: row[1])]


def _comes_again(where: dict[Key, list[int]], key: Key, number: int, pages: int) -> bool:
    mask, place = key
    wanted = 2 if pages < 5 else 3
    if sum(letter.isalpha() for letter in mask) < 4:  # a number or a list mark: only where most pages have it
        wanted = max(2, pages // 3) if _PAGE_NUMBER.fullmatch(mask) else max(3, pages // 2)
        near = pages
    else:
        near = NEAR
    here = 0
    for shift in (-1, 0, 1):
        numbers = where.get((mask, place + shift), [])
        here += bisect_left(numbers, number + near + 1) - bisect_left(numbers, number - near)
    return here >= wanted


def _mask(text: str) -> str:
    text = _DIGITS.sub("#", text.strip().lower())
    return "#" if _ROMAN.fullmatch(text) else text
