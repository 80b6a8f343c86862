"""Passages as they look: strips cut from the pages of a PDF, the whole width of the page, as small PNG files.

Where the page has a text, the strip is found by the first and the last words of the passage. On a scan it is found by how far
into the page's text the passage stands, with room above and below; it may then begin or end some lines off.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pypdfium2 import PdfDocument, PdfiumError, PdfPage

WIDTH = 880  # pixels of a strip
ROOM = 13  # points above and below
SCAN_ROOM = 0.07  # of the page's height above and below, where the place is only estimated
LEAST, MOST = 0.04, 0.45  # of the page's height that a strip shows at least and at most


@dataclass(frozen=True, slots=True)
class Passage:
    """What to cut out. ``page`` counts from 1; ``begins`` and ``ends``: how far into the page's text, in [0, 1], it stands;
    ``runs_on``: it goes on to another page."""

    key: tuple[int, int]
    page: int
    words: str
    begins: float
    ends: float
    runs_on: bool


def cut(data: bytes, passages: Iterable[Passage]) -> Iterator[tuple[tuple[int, int], bytes]]:
    """The passages as PNG files in 16 greys, by their keys. Those that cannot be shown are left out."""
    try:
        document = PdfDocument(data)
    except PdfiumError:
        return
    try:
        for passage in passages:
            if not 1 <= passage.page <= len(document):
                continue
            page = document[passage.page - 1]
            try:
                yield passage.key, _strip(page, passage)
            except PdfiumError:
                continue
            finally:
                page.close()
    finally:
        document.close()


def _strip(page: PdfPage, passage: Passage) -> bytes:
    width, height = page.get_size()
    top, bottom = _found(page, passage, height) or _estimated(passage)
    if bottom - top < LEAST:
        top, bottom = top - LEAST / 2, bottom + LEAST / 2
    top = max(top, 0.0)
    bottom = min(bottom, 1.0, top + MOST)
    crop = (0, (1 - bottom) * height, 0, top * height)
    image = page.render(scale=WIDTH / width, crop=crop, grayscale=True).to_numpy()
    return _png(image.reshape(image.shape[0], -1))


def _found(page: PdfPage, passage: Passage, height: float) -> tuple[float, float] | None:
    """From where to where the passage stands, as shares of the height from above; None if its words are not found."""
    if page.get_rotation():
        return None
    text = page.get_textpage()
    try:
        words = passage.words.split()
        first = _at(text, words[:6]) or _at(text, words[:3])
        if first is None:
            return None
        last = None if passage.runs_on else _at(text, words[-6:], after=first[0]) or _at(text, words[-3:], after=first[0])
        offset = page.get_cropbox()[1]
        high = text.get_charbox(first[0])
        top = 1 - (high[3] + ROOM - offset) / height
        if last is None:
            return top, 1.0 if passage.runs_on else top + 0.2
        low = text.get_charbox(sum(last) - 1)
        bottom = 1 - (low[1] - ROOM - offset) / height
        return (top, bottom) if bottom > top else (top, top + MOST)  # it runs on in the next column
    finally:
        text.close()


def _at(text: Any, words: list[str], after: int = 0) -> tuple[int, int] | None:
    """Where the words stand in a page's text: first character and how many; None if they do not."""
    if not words:
        return None
    search = text.search(" ".join(words), index=after)
    found: tuple[int, int] | None = search.get_next()
    search.close()
    return found


def _estimated(passage: Passage) -> tuple[float, float]:
    return passage.begins - SCAN_ROOM, (1.0 if passage.runs_on else passage.ends) + SCAN_ROOM


def _png(grey: Any) -> bytes:
    """A PNG file (ISO/IEC 15948) of four bits a pixel from rows of greys of eight."""
    levels = (grey >> 4).astype("uint8")
    if levels.shape[1] % 2:
        levels = levels[:, :-1]
    packed = (levels[:, ::2] << 4) | levels[:, 1::2]
    rows = b"".join(b"\0" + row.tobytes() for row in packed)
    head = struct.pack(">IIBBBBB", levels.shape[1], levels.shape[0], 4, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
