"""Running heads, running feet and page numbers: what stands at the same place on several pages near one another."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict

from policyaudit.ingest.readers.pdf.lines import Line

ZONE = 0.17  # of the page's height, at the top and at the bottom
NEAR = 12  # pages within which a running head must come again
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[-–—|\[ ]*#(?:\s*[/|-]\s*#)?[-–—|\] ]*")  # but no "#." or "(#)": those number paragraphs
_ROMAN = re.compile(r"[ivxlc]+")

Key = tuple[str, int]


def find_furniture(pages: list[list[Line]], spans: list[tuple[float, float]]) -> list[set[int]]:
    """For each page the ``id(line)`` of its furniture. ``spans`` are the (bottom, top) of the pages.

    Digits count as equal. From the edge of the page inwards, until a line that does not come again: so a phrase that
    happens to begin several pages is not taken for a running head beneath which it stands.
    """
    where: dict[Key, list[int]] = defaultdict(list)
    zones = [_zone_rows(lines, *span) for lines, span in zip(pages, spans, strict=True)]
    for number, rows in enumerate(zones):
        for key in {key for row in rows for key, _ in row[1]}:
            where[key].append(number)
    found: list[set[int]] = []
    for number, rows in enumerate(zones):
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


def _zone_rows(lines: list[Line], bottom: float, top: float) -> list[tuple[bool, list[tuple[Key, Line]]]]:
    """The rows of lines near the page's edges, from the edge inwards: (at the top, [(key, line)])."""
    zone = (top - bottom) * ZONE
    rows: dict[tuple[bool, int], list[tuple[Key, Line]]] = defaultdict(list)
    for line in lines:
        from_top, from_bottom = top - line.base, line.base - bottom
        if min(from_top, from_bottom) < zone and not line.turned:
            at_top = from_top < from_bottom
            place = int(from_top // 4) if at_top else int(from_bottom // 4)
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
