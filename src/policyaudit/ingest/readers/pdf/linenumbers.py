"""What is printed beside the lines of a page and is no text: their numbers, as bills have them, of every line or every fifth, and
the signs by which a revised text marks what was changed."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from policyaudit.ingest.readers.pdf.lines import Line

EDGE = 4.0  # points between edges that are told apart
LEAST = 8  # numbers, where every line has one
LEAST_FIFTHS = 3  # numbers, where every fifth line has one
CHANGED = re.compile(r"[*†‡►▼◄]\s?[A-Z]?\d{0,3}(?<=\w)|[|¦▌]+")  # "*3", "►M1", "▼B", bars; a star alone may begin an item
APART = 1.5  # letter sizes between a sign and the text


def line_numbers(lines: list[Line]) -> list[Line]:
    """Those of the lines of a page that are the number of the line beside them, from the top down; empty where its lines have
    no numbers. Paragraphs that are numbered in the margin have several lines to a number, and no fifth part of the numbers."""
    digits = [line for line in lines if len(line.text) <= 3 and line.text.isascii() and line.text.isdigit()]
    if len(digits) < LEAST_FIFTHS:
        return []
    # They stand under one another, by their last digits. What stands above them, as a running head, says nothing of the margin.
    edges = Counter(round(line.x1 / EDGE) for line in digits)
    edge = max(edges, key=lambda edge: (edges[edge - 1] + edges[edge] + edges[edge + 1], edge))
    digits = [line for line in digits if abs(line.x1 / EDGE - edge) < 2] or digits
    top, bottom = max(line.base for line in digits), min(line.base for line in digits)
    rest = [line for line in lines if len(line.text) > 10 and not line.turned and bottom - 1 <= line.base <= top + 1]
    if not rest:
        return []
    left, right = min(line.x0 for line in rest), max(line.x1 for line in rest)
    for beside in (
        [line for line in digits if line.x1 <= left + 1],
        [line for line in digits if line.x0 >= right - 1],
    ):
        beside.sort(key=lambda line: -line.base)
        values = [int(line.text) for line in beside]
        if len(values) < LEAST_FIFTHS:
            continue
        steps = {after - before for before, after in pairwise(values)}
        rows = len({round(line.base) for line in rest if beside[-1].base - 1 <= line.base <= beside[0].base + 1})
        if steps == {1} and len(values) >= LEAST and rows <= 1.25 * len(values):
            return beside
        if steps == {5} and values[0] == 5 and 4 * (len(values) - 1) <= rows <= 6 * len(values):
            return beside
    return []


def change_signs(lines: list[Line]) -> list[Line]:
    """Those of the lines of a page that are signs of a change, left of all of its text or right of it."""
    signs = [line for line in lines if len(line.text) <= 5 and CHANGED.fullmatch(line.text)]
    if not signs:
        return []
    rest = [line for line in lines if len(line.text) > 20 and not line.turned]
    if not rest:
        return []
    left, right = min(line.x0 for line in rest), max(line.x1 for line in rest)
    return [sign for sign in signs if sign.x1 < left - APART * sign.size or sign.x0 > right + APART * sign.size]
