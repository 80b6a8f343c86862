"""Files that are images: their frames, and the PDF that has each of them on a page of its own."""

from __future__ import annotations

import zlib
from typing import Any

_PAPER = 842.0  # points of the longer side of a page (A4); an image does not say how large what it shows is
_PIXELS = 2339  # of that side, at 200 dots an inch


def frames(data: bytes) -> list[Any]:
    """The pictures in a PNG, JPEG or TIFF file, grey, in rows of bytes; none if it is broken. The extra must be installed."""
    import cv2
    import numpy

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)  # what is wrong with a file is said by us
    try:
        _, found = cv2.imdecodemulti(numpy.frombuffer(data, numpy.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error:
        return []
    return [_sized(_grey(frame)) for frame in found]


def _grey(frame: Any) -> Any:
    """The frame in grey; what is see-through is white as paper."""
    import cv2
    import numpy

    if frame.dtype != numpy.uint8:
        frame = (frame / max(float(frame.max()), 1.0) * 255).astype(numpy.uint8)
    if frame.ndim == 2:
        return frame
    if frame.shape[2] == 4:
        seen = frame[:, :, 3:].astype(numpy.uint16)
        frame = ((frame[:, :, :3] * seen + 255 * (255 - seen)) // 255).astype(numpy.uint8)
    return cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY) if frame.shape[2] == 3 else frame[:, :, 0]


def _sized(frame: Any) -> Any:
    """The frame no larger than recognition wants it."""
    import cv2

    scale = _PIXELS / max(frame.shape)
    return cv2.resize(frame, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else frame


def as_pdf(pictures: list[Any]) -> bytes:
    """A PDF with one of these grey pictures on each page; the same bytes each time."""
    pages = range(len(pictures))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pictures), b" ".join(b"%d 0 R" % (3 + 3 * page) for page in pages)),
    ]
    for page, picture in zip(pages, pictures, strict=True):
        high, wide = picture.shape
        size = b"%.2f %.2f" % (wide * _PAPER / max(wide, high), high * _PAPER / max(wide, high))
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]/Contents %d 0 R/Resources<</XObject<</I %d 0 R>>>>>>"
            % (size, 4 + 3 * page, 5 + 3 * page),
            _stream(b"", b"%s 0 0 %s 0 0 cm /I Do" % tuple(size.split())),
            _stream(
                b"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/Width %d/Height %d"
                % (wide, high),
                zlib.compress(picture.tobytes(), 1),
            ),
        ]
    made = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def _stream(says: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (says, len(content), content)
