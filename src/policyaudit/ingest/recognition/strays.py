"""Letters that the search for lines passed over: the number of a section that stands alone in front of its first line, the
head of a column.

What is inked, as high as a letter, in none of the lines found, and level with one of them or in a cell of a table, is looked
at once more. It counts where it reads as a number, a label or a word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median
from typing import Any

from policyaudit.ingest.recognition.ruling import Box, Ruling, ink_of

SURE = 0.8  # confidence from which such a piece counts
_READS = re.compile(r"[^\w\s]{0,2}\w{1,5}[^\w\s]{1,2}|.*[^\W\d_]{3}.*")
_IN_TABLE = re.compile(r"\d{1,4}")
_MOST = 80  # pieces on a page; with more it is the grain of the paper


def reads(text: str, *, in_table: bool) -> bool:
    """Whether what was found is a label such as "(a)" or "12-A.", or a word; in a table also a bare number, which elsewhere a
    speck is easily taken for."""
    return _READS.fullmatch(text) is not None or (in_table and _IN_TABLE.fullmatch(text) is not None)


def strays(image: Any, boxes: Sequence[Box], rules: Ruling) -> list[Box]:
    """The boxes of the pieces that are in none of ``boxes``, on a grey image that stands straight."""
    if not boxes:
        return []
    high = median(bottom - top for _, top, _, bottom in boxes)
    loose = [mark for mark in _marks(image, high) if not any(_holds(box, mark, 0.1 * high) for box in boxes)]
    pieces: list[list[float]] = []
    at_hand: list[list[float]] = []  # those that may still grow
    for left, top, right, bottom in sorted(loose):
        at_hand = [piece for piece in at_hand if left - piece[2] <= 0.45 * high]
        for piece in at_hand:
            if top < piece[3] and bottom > piece[1]:
                piece[:] = piece[0], min(piece[1], top), max(piece[2], right), max(piece[3], bottom)
                break
        else:
            at_hand.append([left, top, right, bottom])
            pieces.append(at_hand[-1])
    near = [piece for piece in pieces if piece[3] - piece[1] <= high and _belongs(piece, boxes, rules, high)]
    if len(near) > _MOST:
        return []
    return [_with_margin(piece, boxes, high) for piece in near]


def _marks(image: Any, high: float) -> list[Box]:
    """The marks of ink that are as high as a letter in lines whose boxes are so high."""
    import cv2

    _, _, found, _ = cv2.connectedComponentsWithStats(ink_of(image))
    return [
        (x, y, x + wide, y + tall)
        for x, y, wide, tall, area in found[1:].tolist()
        if 0.33 * high <= tall <= high and wide <= 1.2 * high and area >= 0.12 * wide * tall
    ]


def _holds(box: Box, mark: Box, slack: float) -> bool:
    x, y = (mark[0] + mark[2]) / 2, (mark[1] + mark[3]) / 2
    return box[0] - slack < x < box[2] + slack and box[1] - slack < y < box[3] + slack


def _belongs(piece: list[float], boxes: Sequence[Box], rules: Ruling, high: float) -> bool:
    """Whether a piece is level with a line close by, or stands in a table."""
    x, y = (piece[0] + piece[2]) / 2, (piece[1] + piece[3]) / 2
    for left, top, right, bottom in boxes:
        away = max(left - piece[2], piece[0] - right)
        if abs((top + bottom) / 2 - y) <= 0.3 * high and away <= 4 * high and right - left > 4 * high:
            return True
    walls = [at for at, begin, end in rules.down if begin < y < end]
    return len(walls) > 1 and min(walls) < x < max(walls) and min(abs(at - x) for at in walls) > 0.3 * high


def _with_margin(piece: list[float], boxes: Sequence[Box], high: float) -> Box:
    """The box around a piece with the white that recognition wants, and the point that may follow it."""
    left, top, right, bottom = piece
    middle = (top + bottom) / 2
    level = [box for box in boxes if box[1] < middle < box[3] and box[0] >= right]
    end = min([right + 0.5 * high, *(box[0] + 0.1 * high for box in level)])
    return left - 0.25 * high, middle - 0.5 * high, max(end, right + 0.1 * high), middle + 0.5 * high
