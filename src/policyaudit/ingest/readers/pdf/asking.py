"""What pdfium is asked about the letters of a page, at as little cost as Python allows.

The prototypes of pypdfium2 check and convert every argument, which takes longer than pdfium takes to answer. So the few
functions that are called for every line have prototypes of our own here, which take handles and addresses as numbers.
"""

from __future__ import annotations

import ctypes
import math
from array import array
from collections.abc import Callable
from ctypes import c_double, c_float, c_int, c_ulong, c_void_p
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError


def quick(function: object, returns: object, *takes: object) -> Callable[..., Any]:
    """The function of pdfium, to be called with handles and addresses as numbers."""
    address = ctypes.cast(function, c_void_p).value  # type: ignore[arg-type]
    return ctypes.PYFUNCTYPE(returns, *takes)(address)  # type: ignore[arg-type]


_get_text = quick(pdfium.FPDFText_GetText, c_int, c_void_p, c_int, c_int, c_void_p)
_count_rects = quick(pdfium.FPDFText_CountRects, c_int, c_void_p, c_int, c_int)
_get_rect = quick(pdfium.FPDFText_GetRect, c_int, c_void_p, c_int, c_void_p, c_void_p, c_void_p, c_void_p)
_get_origin = quick(pdfium.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, c_void_p, c_void_p)
_get_size = quick(pdfium.FPDFText_GetFontSize, c_double, c_void_p, c_int)
_get_matrix = quick(pdfium.FPDFText_GetMatrix, c_int, c_void_p, c_int, c_void_p)
_text_object = quick(pdfium.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
_get_font = quick(pdfium.FPDFTextObj_GetFont, c_void_p, c_void_p)
_get_mode = quick(pdfium.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
get_char_box = quick(pdfium.FPDFText_GetCharBox, c_int, c_void_p, c_int, c_void_p, c_void_p, c_void_p, c_void_p)

count_objects = quick(pdfium.FPDFPage_CountObjects, c_int, c_void_p)
get_object = quick(pdfium.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
get_type = quick(pdfium.FPDFPageObj_GetType, c_int, c_void_p)
count_segments = quick(pdfium.FPDFPath_CountSegments, c_int, c_void_p)
get_segment = quick(pdfium.FPDFPath_GetPathSegment, c_void_p, c_void_p, c_int)
get_point = quick(pdfium.FPDFPathSegment_GetPoint, c_int, c_void_p, c_void_p, c_void_p)
get_segment_type = quick(pdfium.FPDFPathSegment_GetType, c_int, c_void_p)
get_draw_mode = quick(pdfium.FPDFPath_GetDrawMode, c_int, c_void_p, c_void_p, c_void_p)
get_object_matrix = quick(pdfium.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
count_form_objects = quick(pdfium.FPDFFormObj_CountObjects, c_int, c_void_p)
get_form_object = quick(pdfium.FPDFFormObj_GetObject, c_void_p, c_void_p, c_ulong)
get_bounds = quick(pdfium.FPDFPageObj_GetBounds, c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)

Box = tuple[float, float, float, float]  # left, bottom, right, top
_DEEPEST = 3  # forms within one another that are looked into


def drawings(page: Any) -> tuple[int, list[Box]]:
    """How many paths are drawn on a page, those of its forms among them, and the boxes of its images."""
    paths = 0
    images: list[Box] = []
    box = (c_float * 4)()
    places = [ctypes.addressof(box) + 4 * index for index in range(4)]

    def look(into: int, count: Callable[..., int], get: Callable[..., int], depth: int) -> None:
        nonlocal paths
        for index in range(count(into)):
            item = get(into, index)
            kind = get_type(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                paths += 1
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE and get_bounds(item, *places):
                left, bottom, right, top = box
                images.append((left, bottom, right, top))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                look(item, count_form_objects, get_form_object, depth + 1)

    look(ctypes.cast(page, c_void_p).value or 0, count_objects, get_object, 1)
    return paths, images


_EMBOLDENED = pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
_USUAL_NAME = 120  # bytes that the name of a font takes up, at most in nearly all files
_OBLIQUE = 0.15  # sine of the angle from which on letters are neither upright nor turned by a quarter


class Handle:
    """A handle of pdfium, as ``raw``."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw


class OpenPage(Handle):
    """A page with its text, as handles of pdfium; to be closed. The helpers of pypdfium2 keep a list of what is open, which
    costs more than the opening. Raises PdfiumError where pdfium cannot open it."""

    def __init__(self, document: PdfDocument, index: int) -> None:
        super().__init__(pdfium.FPDF_LoadPage(document.raw, index))
        if not self.raw:
            raise PdfiumError("The page cannot be opened.")
        self.text = Handle(pdfium.FPDFText_LoadPage(self.raw))
        if not self.text.raw:
            pdfium.FPDF_ClosePage(self.raw)
            raise PdfiumError("The text of the page cannot be opened.")

    def close(self) -> None:
        pdfium.FPDFText_ClosePage(self.text.raw)
        pdfium.FPDF_ClosePage(self.raw)

    def box(self) -> tuple[float, float, float, float]:
        """(left, bottom, right, top) of what is seen of the page."""
        rect = pdfium.FS_RECTF()
        if not pdfium.FPDF_GetPageBoundingBox(self.raw, ctypes.byref(rect)):
            return 0.0, 0.0, 612.0, 792.0
        return rect.left, rect.bottom, rect.right, rect.top


class Asker:
    """The questions to pdfium about one page of text, with the places for its answers made once."""

    def __init__(self, page: OpenPage) -> None:
        self.text = page.text.raw
        self.page = ctypes.cast(self.text, c_void_p).value
        self.fonts: dict[int, bool] = {}
        self.doubles = array("d", (0.0,) * 4)  # read faster than an array of ctypes
        first = self.doubles.buffer_info()[0]
        self.places = (first, first + 8, first + 16, first + 24)
        self.edges = [c_double() for _ in range(4)]
        self.matrix = array("f", (0.0,) * 6)
        self.matrix_place = self.matrix.buffer_info()[0]

    def letters(self) -> tuple[str, int]:
        """The text of the page and the number of its characters as pdfium counts them."""
        count = pdfium.FPDFText_CountChars(self.text)
        if count <= 0:
            return "", 0
        buffer = array("H", bytes(4 * count + 4))
        written = _get_text(self.page, 0, count, buffer.buffer_info()[0])
        return buffer[: max(written - 1, 0)].tobytes().decode("utf-16-le", "surrogatepass"), count

    def spans(self, start: int, count: int, turn: int) -> list[tuple[float, float]]:
        """(left, right) of each text object among the characters, in their order, seen with this direction upright."""
        left, top, right, bottom = self.places
        values, page = self.doubles, self.page
        rects = _count_rects(page, start, count)
        if rects == 1 and turn == 0:
            _get_rect(page, 0, left, top, right, bottom)
            return [(values[0], values[2])]
        found = []
        for index in range(rects):
            _get_rect(page, index, left, top, right, bottom)
            if turn == 0:
                found.append((values[0], values[2]))
            elif turn == 1:
                found.append((values[3], values[1]))
            elif turn == 2:
                found.append((-values[2], -values[0]))
            else:
                found.append((-values[1], -values[3]))
        return found

    def origin(self, index: int) -> tuple[float, float]:
        """Where a character stands on its base line."""
        values = self.doubles
        _get_origin(self.page, index, self.places[0], self.places[1])
        return values[0], values[1]

    def size_and_direction(self, index: int) -> tuple[float, int, bool]:
        """Size of the letters as printed, in points, the direction of the line in quarter turns, and whether it runs askew.

        pdfium's font size is the operand in the file, often 1, the true size standing in the matrix.
        """
        size = _get_size(self.page, index)
        if not _get_matrix(self.page, index, self.matrix_place):
            return abs(size), 0, False
        a, b, c, d, _, _ = self.matrix
        if b == 0 == c and a * size > 0:
            return abs(size * d), 0, False
        turn = 0 if abs(a) >= abs(b) else 1
        # A negative size turns the letters round once more.
        if (b if turn else a) * size < 0:
            turn += 2
        return abs(size) * math.hypot(c, d), turn, min(abs(a), abs(b)) > _OBLIQUE * math.hypot(a, b)

    def pale(self, index: int) -> bool:
        """Whether a character is printed in a light or see-through colour."""
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        refs = [ctypes.byref(value) for value in (red, green, blue, alpha)]
        if not pdfium.FPDFText_GetFillColor(self.text, index, *refs):
            return False
        return alpha.value < 160 or min(red.value, green.value, blue.value) > 140

    def ends(self, index: int) -> tuple[float, float]:
        """(left, right) of the ink of an upright character."""
        pdfium.FPDFText_GetCharBox(self.text, index, *(ctypes.byref(value) for value in self.edges))
        return self.edges[0].value, self.edges[1].value

    def bold(self, first: int, last: int, middle: int) -> bool:
        """Whether the characters at all of these places are bold. Where the first and the last are of one text object, what
        stands between them is too."""
        known = 0
        for index in (last, first, middle):
            letters = _text_object(self.page, index)
            if letters == known:
                return True
            if not letters:
                return False
            font = _get_font(letters) or 0
            heavy = self.fonts.get(font)
            if heavy is None:
                heavy = self.fonts[font] = self._bold_font(index)
            # Fill and stroke together is how word processors embolden a font that has no bold cut.
            if not heavy and _get_mode(letters) != _EMBOLDENED:
                return False
            known = letters
        return True

    def _bold_font(self, index: int) -> bool:
        page = self.text
        flags = c_int()
        name = ctypes.create_string_buffer(_USUAL_NAME)
        length = pdfium.FPDFText_GetFontInfo(page, index, name, _USUAL_NAME, ctypes.byref(flags))
        if length > _USUAL_NAME:
            name = ctypes.create_string_buffer(length)
            pdfium.FPDFText_GetFontInfo(page, index, name, length, ctypes.byref(flags))
        cut = name.value.decode("utf-8", "ignore").lower()
        return bool(flags.value & (1 << 18)) or any(word in cut for word in ("bold", "black", "heavy", "semibd", "-demi"))
