"""The one place that knows RapidOCR: a grey image in, its lines out.

The models stand in RapidOCR's wheel, so that nothing is fetched. Every recogniser works in one thread, so that its sums,
and with them its figures, are the same whatever the number of recognisers beside it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from importlib import metadata, util
from itertools import pairwise
from typing import Any

from policyaudit.ingest.recognition.margins import Margins, margins
from policyaudit.ingest.recognition.ruling import Box, Ruling, Stroke, ruling
from policyaudit.ingest.recognition.sheet import Printed, Sheet
from policyaudit.ingest.recognition.strays import SURE, reads, strays

REVISION = 5  # of this module: another number makes what is kept of earlier readings void

_DETECTION_SIDE = 1600  # pixels of the longer side in which lines are looked for; letters are read from the full image
_PARAMETERS = {
    "Global.log_level": "critical",
    "Global.use_cls": False,
    "Global.text_score": 0.0,
    "Global.max_side_len": 100_000,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
_PROBE = 6  # lines that are read both ways to see which way up the page is
_CLEAR = 0.9  # their mean confidence from which the page is taken to stand upright
_LEAST_PIECE = 0.4  # of the height of a line, that stands beyond a wall at least, where it is cut there
_TALL = 2.0  # heights to a width, from which a line runs up or down the page
_FULL_WIDTH = {
    ord(wide): plain for wide, plain in zip("，；：！？（）［］【】“”‘’、。．％", ",;:!?()[][]\"\"'',..%", strict=True)
}


def version() -> str | None:
    """The recogniser and all that can change what it reads, as one word; None where the extra is not installed."""
    if any(util.find_spec(name) is None for name in ("rapidocr", "onnxruntime")):
        return None
    return f"rapidocr-{metadata.version('rapidocr')}-onnxruntime-{metadata.version('onnxruntime')}-{REVISION}"


class Recogniser:
    """Reads one page at a time; for several at once there must be several."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR

        self._engine = RapidOCR(params=_PARAMETERS)

    def read(self, image: Any) -> Sheet:
        """The lines of a page, given as a grey image (rows of bytes, 0 black), turned upright."""
        import numpy

        turn = 0
        boxes = self._boxes(image)
        if _sideways(boxes):
            turn, image = 1, numpy.rot90(image)
            boxes = self._boxes(image)
        if len(boxes) and self._upside_down(image, boxes):
            turn, image = turn + 2, numpy.rot90(image, 2)
            boxes = self._boxes(image)
        height, width = image.shape[:2]
        tilt = _tilt(boxes)
        straight = [_straight(box, tilt, width, height) for box in boxes.tolist()]
        upright = _set_straight(image, tilt)
        rules = ruling(upright, straight)
        notes = margins(upright, straight, rules)
        boxes = _cut_at_walls(boxes, straight, (*rules.down, *notes.cuts))
        printed = _printed(boxes, self._texts(image, boxes), tilt, width, height)
        passed = [box for box in strays(upright, straight, rules) if box[2] > box[0]]
        corners = numpy.array([[(a, b), (c, b), (c, d), (a, d)] for a, b, c, d in passed], numpy.float32).reshape(-1, 4, 2)
        again = _printed(corners, self._texts(upright, corners), 0.0, width, height)
        printed += [line for line in again if line.confidence >= SURE and reads(line.text, in_table=_in_table(line, rules))]
        return Sheet(width, height, turn, tuple(_beside(line, notes) for line in printed), rules)

    def _boxes(self, image: Any) -> Any:
        """The four corners of every line found, in pixels of the image."""
        import cv2
        import numpy

        scale = min(1.0, _DETECTION_SIDE / max(image.shape[:2]))
        small = image if scale == 1 else cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        found = self._engine(_coloured(small), use_det=True, use_cls=False, use_rec=False)
        boxes = getattr(found, "boxes", None)
        return numpy.zeros((0, 4, 2), numpy.float32) if boxes is None else (boxes / scale).astype(numpy.float32)

    def _texts(self, image: Any, boxes: Any) -> list[tuple[str, float]]:
        import numpy

        if not len(boxes):
            return []
        crops = self._engine.crop_text_regions(_coloured(image), boxes)
        found = self._recognised(crops)
        # What runs up or down the page comes turned one way, right or wrong.
        tall = [at for at, box in enumerate(boxes) if math.dist(box[1], box[2]) > _TALL * math.dist(box[0], box[1])]
        other = self._recognised([numpy.ascontiguousarray(numpy.rot90(crops[at], 2)) for at in tall])
        for at, turned in zip(tall, other, strict=True):
            found[at] = max(found[at], turned, key=lambda one: one[1])
        return found

    def _recognised(self, crops: list[Any]) -> list[tuple[str, float]]:
        if not crops:
            return []
        found = self._engine.recognize_txt(crops)
        return [(text, float(score)) for text, score in zip(found.txts or (), found.scores or (), strict=True)]

    def _upside_down(self, image: Any, boxes: Any) -> bool:
        """Whether the widest lines are read better when the page is turned round."""
        import numpy

        widest = sorted(boxes, key=lambda box: -_length(box))[:_PROBE]
        as_is = [score for _, score in self._texts(image, numpy.array(widest))]
        if sum(as_is) >= _CLEAR * len(as_is):
            return False
        height, width = image.shape[:2]
        round_about = numpy.array([[(width - x, height - y) for x, y in (*box[2:], *box[:2])] for box in widest], numpy.float32)
        turned = [score for _, score in self._texts(numpy.ascontiguousarray(numpy.rot90(image, 2)), round_about)]
        return sum(turned) > sum(as_is)


def _coloured(image: Any) -> Any:
    """A grey image in the three channels that the models want."""
    import numpy

    return numpy.ascontiguousarray(numpy.repeat(image[:, :, None], 3, axis=2))


def _length(box: Any) -> float:
    return float(math.dist(box[0], box[1]))


def _sideways(boxes: Any) -> bool:
    """Whether most of the print runs up or down the page: by area, so that page numbers do not count."""
    along = across = 0.0
    for box in boxes:
        wide, high = math.dist(box[0], box[1]), math.dist(box[1], box[2])
        if wide >= 2 * high:
            along += wide * high
        elif high >= 2 * wide:
            across += wide * high
    return across > along


def _printed(boxes: Any, texts: list[tuple[str, float]], tilt: float, width: int, height: int) -> list[Printed]:
    """What was found, its boxes set straight by the tilt of the page."""
    lines = []
    latin = _mostly_latin([text for text, _ in texts])
    for box, (text, score) in zip(boxes.tolist(), texts, strict=True):
        text = " ".join(text.translate(_FULL_WIDTH).split()) if latin else text.strip()
        if not text or (latin and not any(letter.isascii() and letter.isalnum() for letter in text)):
            continue
        left, top, right, bottom = (round(edge, 1) for edge in _straight(box, tilt, width, height))
        turned = bottom - top > _TALL * (right - left)
        if not turned or score >= SURE:
            lines.append(Printed(text, left, top, right, bottom, round(score, 4), turned and len(text) > 2))
    return lines


def _straight(box: list[list[float]], tilt: float, width: int, height: int) -> Box:
    """The edges of a box, seen with the page set straight."""
    sine, cosine = math.sin(-tilt), math.cos(-tilt)
    middle_x, middle_y = width / 2, height / 2
    corners = [
        (
            middle_x + (x - middle_x) * cosine - (y - middle_y) * sine,
            middle_y + (x - middle_x) * sine + (y - middle_y) * cosine,
        )
        for x, y in box
    ]
    return (
        (corners[0][0] + corners[3][0]) / 2,
        (corners[0][1] + corners[1][1]) / 2,
        (corners[1][0] + corners[2][0]) / 2,
        (corners[2][1] + corners[3][1]) / 2,
    )


def _set_straight(image: Any, tilt: float) -> Any:
    """The image turned by the tilt of its lines."""
    import cv2

    height, width = image.shape[:2]
    if abs(tilt) * max(height, width) < 1:
        return image
    turned = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(tilt), 1.0)
    return cv2.warpAffine(image, turned, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)


def _cut_at_walls(boxes: Any, straight: list[Box], down: Sequence[Stroke]) -> Any:
    """The boxes, those that reach over the wall between two cells, or into a note beside the text, cut there."""
    import numpy

    pieces = []
    for box, (left, top, right, bottom) in zip(boxes.tolist(), straight, strict=True):
        middle = (top + bottom) / 2
        least = _LEAST_PIECE * (bottom - top)
        walls = [x for x, y0, y1 in down if y0 < middle < y1 and left + least < x < right - least]
        edges = [left, *sorted(walls), right]
        for begin, end in pairwise(edges):
            one, two = ((x - left) / max(right - left, 1.0) for x in (begin, end))
            upper, lower = (box[0], box[1]), (box[3], box[2])
            pieces.append([_along(upper, one), _along(upper, two), _along(lower, two), _along(lower, one)])
    return numpy.array(pieces, numpy.float32).reshape(-1, 4, 2)


def _beside(line: Printed, notes: Margins) -> Printed:
    return replace(line, beside=True) if not line.turned and notes.beside(line.left, line.right) else line


def _in_table(line: Printed, rules: Ruling) -> bool:
    middle = (line.top + line.bottom) / 2
    walls = [x for x, y0, y1 in rules.down if y0 < middle < y1]
    return bool(walls) and min(walls) < (line.left + line.right) / 2 < max(walls)


def _along(edge: tuple[list[float], list[float]], share: float) -> tuple[float, float]:
    (x0, y0), (x1, y1) = edge
    return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share


def _tilt(boxes: Any) -> float:
    """The angle of the page's lines, in radians: the middle one, weighted by length."""
    angles = sorted(
        (math.atan2(box[1][1] - box[0][1], box[1][0] - box[0][0]), _length(box))
        for box in boxes.tolist()
        if math.dist(box[0], box[1]) >= 5 * math.dist(box[1], box[2])
    )
    half = sum(length for _, length in angles) / 2
    for angle, length in angles:
        half -= length
        if half <= 0:
            return angle if abs(angle) < math.radians(10) else 0.0
    return 0.0


def _mostly_latin(texts: list[str]) -> bool:
    letters = [letter for text in texts for letter in text if letter.isalpha()]
    return sum(ord(letter) < 0x250 for letter in letters) >= 0.8 * len(letters)
