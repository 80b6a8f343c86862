"""Pages that have to be read from their image: which they are, their picture, and their lines as the PDF reader wants them.

Each page goes its own way. Text that is text stays. Text that says nothing (letters mapped to the wrong signs, the work of
a poor recogniser under an image) and images are read by recognition, and what it reads counts where it is the better.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from statistics import median
from typing import Any

from pypdfium2 import PdfDocument, PdfiumError, PdfPage

from policyaudit.ingest import identify
from policyaudit.ingest.blocks import Manner
from policyaudit.ingest.legibility import legibility, odd_letters, page_legibility, quality
from policyaudit.ingest.readers.pdf.asking import drawings
from policyaudit.ingest.readers.pdf.lines import Line
from policyaudit.ingest.readers.pdf.pictured import take_pictured
from policyaudit.ingest.readers.pdf.tables import Table
from policyaudit.ingest.recognition import HOW_TO_INSTALL, Sheet, recognise, version
from policyaudit.ingest.recognition.mending import mended
from policyaudit.pages import ranges

_DPI = 200
_MOST_PIXELS = 4000  # of the longer side, whatever the paper
_MARGIN = 0.2  # a page of names or figures has few words either way: what is read must be plainly better
_TRACES = 5  # lines found without one that can be read, from which an image is no picture
_SAMPLE = 2000  # characters from which the language of a document is told


class Route(Enum):
    """How a page is to be read."""

    TEXT = "its text is good"
    SUSPECT = "its text says little"
    IMAGE = "it is an image"
    BLANK = "there is nothing on it"


@dataclass(slots=True)
class Picture:
    """What was read from the image of a page, all in points."""

    tables: list[Table]
    lines: list[Line]  # those in no table
    notes: list[Line]  # those in the margin, the lines of a note together
    turned: list[Line]  # those that run up or down the page
    span: tuple[float, float]  # bottom and top of the page


@dataclass(slots=True)
class Reread:
    """What became of the pages that were looked at. Pages count from 1."""

    read: dict[int, Picture]  # those read from their image
    confidence: dict[int, float]
    unread: tuple[int, ...]  # images that could not be read, and text that says nothing
    warnings: tuple[str, ...]


def reread(document: PdfDocument, texts: Sequence[str | None], sha256: Callable[[], str], manner: Manner) -> Reread:
    """The pages that need it read from their image. ``texts`` holds what each page says of itself, None for one that cannot
    be opened; ``sha256`` is asked for the hash of the file only where a page is to be recognised."""
    if not manner.recognise:  # only what holds no text need then be known
        few = quality().few_words
        bare = [index for index, text in enumerate(texts) if text is not None and len(text.split(None, few)) < few]
        pictures = (index + 1 for index in bare if _without_words(document, index, texts[index] or "") is Route.IMAGE)
        return Reread({}, {}, tuple(pictures), ())
    language = _language(texts)
    routes: dict[int, Route] = {}
    for index, text in enumerate(texts):
        if text is not None and (route := _route(document, index, text, language)) is not Route.TEXT:
            routes[index] = route
    wanted = [index for index, route in routes.items() if route in (Route.IMAGE, Route.SUSPECT)]
    images = [index for index in wanted if routes[index] is Route.IMAGE]
    if not wanted or version() is None:
        warnings = (_not_installed(routes),) if wanted else ()
        return Reread({}, {}, tuple(index + 1 for index in images), warnings)

    def picture(index: int) -> Any:
        return _picture(document, index)

    sheets = recognise(wanted, picture, sha256=sha256(), manner=manner, images=f"{_DPI}dpi")
    seen = " ".join(line.text for sheet in sheets.values() for line in sheet.lines)
    sheets = mended(sheets, language or identify.language(seen[:_SAMPLE])[0])
    better = {index: sheet for index, sheet in sheets.items() if _better(sheet, texts[index] or "", language)}
    heights = {index: _height(document, index, sheet) for index, sheet in better.items()}
    usual = _common((sheet, heights[index]) for index, sheet in better.items())
    read = {index + 1: _read(sheet, heights[index], usual) for index, sheet in better.items()}
    confidence = {index + 1: sheet.confidence or 0.0 for index, sheet in better.items()}
    # An image in which nothing is found is a picture; one in which much is found and nothing can be read is a page unread.
    unread = [index + 1 for index in images if not sheets[index].lines and len(sheets[index].found) >= _TRACES]
    return Reread(read, confidence, tuple(unread), ())


def _language(texts: Sequence[str | None]) -> str:
    sample = ""
    for text in texts:
        sample += text or ""
        if len(sample) > _SAMPLE:
            break
    return identify.language(sample[:_SAMPLE])[0] if sample.strip() else ""


def _route(document: PdfDocument, index: int, text: str, language: str) -> Route:
    limits = quality()
    words = len(text.split())
    if words < limits.few_words:
        return _without_words(document, index, text)
    if odd_letters(text) > limits.odd_letters * len(text):
        return Route.SUSPECT
    if words < limits.stamped_words and _stamped(document, index):
        return Route.SUSPECT
    share = page_legibility(text, language) if language else None
    if share is None or share >= limits.suspect_under_image:
        return Route.TEXT
    if share >= limits.suspect_legibility:
        return Route.SUSPECT if _under_image(document, index) else Route.TEXT
    return Route.SUSPECT


def _without_words(document: PdfDocument, index: int, text: str) -> Route:
    paths, cover = _drawn(document, index)
    limits = quality()
    if cover >= limits.image_share or paths >= limits.drawn_paths:
        return Route.IMAGE
    return Route.TEXT if text.strip() else Route.BLANK


def _under_image(document: PdfDocument, index: int) -> bool:
    return _drawn(document, index)[1] > 0.8


def _stamped(document: PdfDocument, index: int) -> bool:
    """Whether the few words of a page stand on a scan: an image of at least half the page that is mostly bright paper."""
    if _drawn(document, index)[1] < 0.5:
        return False
    page = document[index]
    try:
        bitmap = page.render(scale=0.25, grayscale=True)
        shades = bitmap.to_numpy().ravel()
    finally:
        page.close()
    paper = int(shades.max()) - 48
    bright = float((shades >= paper).mean())
    return paper > 128 and 0.6 < bright < 0.998


def _drawn(document: PdfDocument, index: int) -> tuple[int, float]:
    """How many paths are drawn on a page, and what share of it is under images; some scanners write a page in strips."""
    try:
        page = document[index]
    except PdfiumError:
        return 0, 0.0
    try:
        width, height = page.get_size()
        paths, images = drawings(page.raw)
    finally:
        page.close()
    cover = sum((right - left) * (top - bottom) for left, bottom, right, top in images) / (width * height)
    return paths, min(cover, 1.0)


def _picture(document: PdfDocument, index: int) -> Any:
    """The page as a grey image, in rows of bytes."""
    page = document[index]
    try:
        scale = min(_DPI / 72, _MOST_PIXELS / max(page.get_size()))
        image = page.render(scale=scale, grayscale=True).to_numpy()
        return (image if image.ndim == 2 else image[:, :, 0]).copy()
    finally:
        page.close()


def _height(document: PdfDocument, index: int, sheet: Sheet) -> float:
    """The height of a page in points, as it stands upright."""
    page: PdfPage = document[index]
    try:
        return float(page.get_size()[0 if sheet.turn % 2 else 1])
    finally:
        page.close()


def _better(sheet: Sheet, text: str, language: str) -> bool:
    """Whether recognition made more of a page than stands in its text."""
    if not sheet.lines:
        return False
    seen = " ".join(line.text for line in sheet.lines)
    if len(text.split()) < quality().stamped_words and len(seen) > 1.5 * len(text.strip()):
        return True
    languages = {language, identify.language(seen)[0]} - {""}
    told, own = (max((legibility(words, one) or 0.0 for one in languages), default=0.0) for words in (seen, text))
    return told > own + (0.0 if own >= quality().suspect_legibility else _MARGIN)


def _common(sheets: Iterable[tuple[Sheet, float]]) -> float:
    """The height of most lines, in points, of these pages with their heights in points."""
    heights = [
        (line.bottom - line.top) * height / sheet.height
        for sheet, height in sheets
        for line in sheet.lines
        for _ in range(max(1, len(line.text) // 10))
    ]
    return median(heights) if heights else 0.0


def _read(sheet: Sheet, height: float, usual: float) -> Picture:
    lines = _lines(sheet, height, usual)
    tables, level = take_pictured(sheet, [line for line in lines if not (line.turned or line.marginal)], height)
    notes = _gathered([line for line in lines if line.marginal])
    return Picture(tables, level, notes, [line for line in lines if line.turned], (0.0, height))


def _gathered(lines: list[Line]) -> list[Line]:
    """Each note in the margin as one line, which stands just above the line of text beside which it begins."""
    notes: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.x0 > lines[0].x1 or line.x1 < lines[0].x0, -line.base)):
        last = notes[-1][-1] if notes else None
        if last is not None and 0 <= last.base - line.base <= _STEP * line.size and line.x0 < last.x1 and last.x0 < line.x1:
            notes[-1].append(line)
        else:
            notes.append([line])
    return [
        replace(
            note[0],
            text="\n".join(line.text for line in note),
            x0=min(line.x0 for line in note),
            x1=max(line.x1 for line in note),
            base=note[0].base + 0.3 * note[0].size,
        )
        for note in notes
    ]


def _lines(sheet: Sheet, height: float, usual: float) -> list[Line]:
    """The lines of a recognised page in points. ``usual`` is the height of most lines of the document.

    A box is as high as the letters in it happen to be, and one page is laid on the glass a little larger than another; so
    letters count as of one size unless they are plainly larger or smaller.
    """
    scale = height / sheet.height
    own = _common([(sheet, height)])
    common = usual if 0.75 * usual < own < 1.33 * usual else own
    found = []
    for line in sheet.lines:
        high = ((line.right - line.left) if line.turned else (line.bottom - line.top)) * scale
        alike = 0.7 * own < high < 1.3 * own or 0.8 * common < high < 1.25 * common  # a page may hold a table in small print
        size = _LETTERS * (_BESIDE * common if line.beside else common if alike else high * common / own)
        middle = height - (line.top + line.bottom) / 2 * scale
        left, right, base = line.left * scale, line.right * scale, middle - 0.35 * size
        found.append(
            Line(
                line.text,
                left,
                right,
                base,
                size,
                False,
                0,
                len(line.text),
                line.turned,
                marginal=line.beside,
                recognised=True,
            )
        )
    return found


_BESIDE = 0.9  # size of the letters of a note in the margin as a share of those of the text
_STEP = 1.8  # sizes from one line of a note to the next, at most
_LETTERS = 0.72  # size of the letters as a share of the box around their line, which has a margin


def _not_installed(routes: dict[int, Route]) -> str:
    pages = [index + 1 for index, route in routes.items() if route in (Route.IMAGE, Route.SUSPECT)]
    which = "Page" if len(pages) == 1 else "Pages"
    return f"{which} {ranges(pages)} must be read from the image, and text recognition is not installed. {HOW_TO_INSTALL}"


def no_text(again: Reread, manner: Manner) -> str:
    """Why nothing at all could be read of a PDF, or of an image, and what to do."""
    if not again.unread:
        return "There is no text: the pages are blank or images without words. Check that it is the right file."
    if not manner.recognise:
        return "The PDF has no text: its pages are images (a scan), and text recognition was switched off."
    if again.warnings:
        return f"The PDF has no text: its pages are images (a scan), and text recognition is not installed. {HOW_TO_INSTALL}"
    return "This is a scan of which nothing can be read. Scan it again, straight and at 300 dots an inch."
