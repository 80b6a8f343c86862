"""Scans: which pages are read from their image, what comes of it, and what is said where that cannot be done."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdfium2 import PdfDocument
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from making import document, rubric
from policyaudit import ingest
from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.blocks import Manner
from policyaudit.ingest.readers.pdf.furniture import find_furniture, margin_zones
from policyaudit.ingest.readers.pdf.lines import Line
from policyaudit.ingest.recognition import recognise, version
from policyaudit.ingest.recognition.sheet import Printed, Sheet
from policyaudit.match import Matcher
from policyaudit.model import Document, Finding, Page, Source, Status
from policyaudit.score import assess

WIDE, HIGH = 420.0, 298.0  # points: small pages are read fast
LAW = (
    "Section 1. Protection orders",
    "The court shall issue a protection order on the day",
    "on which it is applied for, without a fee.",
    "Section 2. Duties of the police",
    "(a) A police officer shall record every complaint;",
    "(b) a refusal is an offence.",
)
SECOND = (
    "Section 3. Shelters",
    "Every district keeps a shelter that is open at night",
    "and takes in children together with their mother.",
)
THIRD = (
    "Section 4. Training of judges",
    "No judge hears a case of rape who has not been trained",
    "in how such a case is heard, by women among others.",
)


def mapped_wrongly(lines: Sequence[str]) -> list[str]:
    return ["".join(chr(ord(c) + 3) if c.isalpha() else c for c in line) for line in lines]


needs_recognition = pytest.mark.skipif(version() is None, reason="text recognition (policyaudit[ocr]) is not installed")
Draw = Callable[[Canvas], None]


def typed(lines: Sequence[str], *, invisible: bool = False) -> Draw:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(40, HIGH - 50)
        text.setFont("Times-Roman", 13)
        text.setTextRenderMode(3 if invisible else 0)
        for line in lines:
            text.textLine(line)
        canvas.drawText(text)

    return draw


def a_pdf(*pages: Draw, rotate: int = 0) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDE, HIGH), invariant=True)
    for draw in pages:
        canvas.setPageSize((WIDE, HIGH))
        canvas.setPageRotation(rotate)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def scanned(lines: Sequence[str], *, turned: int = 0) -> Draw:
    """A page that is nothing but the picture of a page, laid on the glass in quarter turns against the clock."""
    page = PdfDocument(a_pdf(typed(lines)))[0]
    picture = page.render(scale=200 / 72, grayscale=True).to_pil().convert("L").rotate(90 * turned, expand=True)

    def draw(canvas: Canvas) -> None:
        size = (HIGH, WIDE) if turned % 2 else (WIDE, HIGH)
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(picture), 0, 0, *size)

    return draw


def both(*several: Draw) -> Draw:
    def draw(canvas: Canvas) -> None:
        for one in several:
            one(canvas)

    return draw


def nothing(canvas: Canvas) -> None:
    canvas.line(40, 40, 200, 40)


def read(data: bytes, folder: Path, **manner: Any) -> Document:
    path = folder / "law.pdf"
    path.write_bytes(data)
    return ingest.read(Source(str(path), path.name, language="en"), Manner(**manner))


def paths(law: Document) -> list[str]:
    return [provision.path for provision in law.provisions if provision.unit in ("article", "item")]


# ---------------------------------------------------------------- reading


@needs_recognition
def test_each_page_goes_its_own_way(tmp_path: Path) -> None:
    pages = (typed(LAW), scanned(SECOND), nothing, both(scanned(THIRD), typed(mapped_wrongly(THIRD), invisible=True)))
    law = read(a_pdf(*pages), tmp_path)
    assert [page.recognised is not None for page in law.pages] == [False, True, False, True]
    assert all(page.has_text for page in law.pages)  # a page with nothing on it is not a page unread
    for words in ("open at night and takes in children", "who has not been trained in how such a case is heard"):
        assert words in law.text
    assert mapped_wrongly(THIRD)[1] not in law.text
    assert paths(law) == ["s. 1", "s. 2", "s. 2(a)", "s. 2(b)", "s. 3", "s. 4"]
    assert min(page.recognised for page in law.pages if page.recognised is not None) > 0.9
    assert any("Pages 2, 4 were read from the image" in warning for warning in law.warnings)


def test_good_text_under_an_image_is_left_as_it_is(tmp_path: Path) -> None:
    law = read(a_pdf(both(scanned(LAW), typed(LAW, invisible=True))), tmp_path)
    assert (law.pages[0].recognised, law.pages[0].legibility) == (None, 1.0)


@needs_recognition
@pytest.mark.parametrize("turned", [1, 2])
def test_a_page_that_lay_the_wrong_way_on_the_glass_is_turned(turned: int, tmp_path: Path) -> None:
    law = read(a_pdf(scanned(LAW, turned=turned)), tmp_path)
    assert paths(law) == ["s. 1", "s. 2", "s. 2(a)", "s. 2(b)"]


@needs_recognition
def test_a_page_that_the_file_says_to_turn_is_turned(tmp_path: Path) -> None:
    assert paths(read(a_pdf(scanned(LAW, turned=1), rotate=90), tmp_path)) == ["s. 1", "s. 2", "s. 2(a)", "s. 2(b)"]


@needs_recognition
def test_a_scan_is_recognised_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = a_pdf(scanned(LAW))
    first = read(data, tmp_path, cache=tmp_path / "kept")
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "rapidocr.main", None)  # what makes a recogniser
        assert read(data, tmp_path, cache=tmp_path / "kept") == first
        with pytest.raises(ImportError):
            read(data, tmp_path)
    (kept,) = (tmp_path / "kept").rglob("*.json")
    kept.write_text("{", encoding="utf-8")
    assert read(data, tmp_path, cache=tmp_path / "kept", jobs=2) == first


@needs_recognition
def test_what_was_recognised_before_an_interruption_is_kept(tmp_path: Path) -> None:
    picture = PdfDocument(a_pdf(typed(LAW[:1])))[0].render(scale=2, grayscale=True).to_numpy()

    def broken_off(page: int) -> Any:
        if page == 2:
            raise KeyboardInterrupt
        return picture

    seen: list[tuple[int, int]] = []
    manner = Manner(cache=tmp_path, progress=lambda done, total: seen.append((done, total)))
    with pytest.raises(KeyboardInterrupt):
        recognise([0, 1, 2], broken_off, sha256="0" * 64, manner=manner)
    seen.clear()
    sheets = recognise([0, 1, 2], lambda page: picture, sha256="0" * 64, manner=manner)
    assert seen[0][0] >= 1 and seen[-1] == (3, 3)
    assert sheets[0] == sheets[2] and sheets[0].lines[0].text == LAW[0]


def table(*, walls: bool) -> Draw:
    """A table of three columns, its rules across drawn, those down where ``walls`` says so."""
    rows = (
        ("1", "2", "3"),
        ("7", "Keeping a woman from her share", "Not bailable"),
        ("8", "Forced marriage of a child, by whomever", "Bailable"),
    )

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 12)
        canvas.drawString(40, HIGH - 40, "Section 9. The following shall be inserted in the schedule:")
        for level, row in enumerate(rows):
            for left, text in zip((50, 100, 270), row, strict=True):
                words = text.split()
                for line, part in enumerate((words[:3], words[3:])):
                    canvas.drawString(left, HIGH - 80 - 40 * level - 14 * line, " ".join(part))
        for y in (62, 90, *((140,) if walls else ()), 200):
            canvas.line(40, HIGH - y, 380, HIGH - y)
        for x in (40, 90, 258, 380) if walls else ():
            canvas.line(x, HIGH - 62, x, HIGH - 200)

    return draw


def pictured(draw: Draw) -> Draw:
    picture = PdfDocument(a_pdf(draw))[0].render(scale=200 / 72, grayscale=True).to_pil().convert("L")
    return lambda canvas: canvas.drawImage(ImageReader(picture), 0, 0, WIDE, HIGH) and None


@needs_recognition
@pytest.mark.parametrize("walls", [True, False])
def test_the_cells_of_a_table_in_a_scan_are_kept_apart(walls: bool, tmp_path: Path) -> None:
    law = read(a_pdf(pictured(table(walls=walls))), tmp_path)
    rows = [law.text[p.start : p.end] for p in law.provisions if p.unit == "row"]
    assert rows == [
        "1 | 2 | 3",
        "7 | Keeping a woman from her share | Not bailable",
        "8 | Forced marriage of a child, by whomever | Bailable",
    ]


@needs_recognition
def test_a_photograph_is_read_as_a_scan_is_and_its_frames_are_pages(tmp_path: Path) -> None:
    frames = [PdfDocument(a_pdf(typed(lines)))[0].render(scale=2).to_pil() for lines in (LAW, SECOND)]
    tiff = tmp_path / "law.tif"
    frames[0].save(tiff, save_all=True, append_images=frames[1:])
    law = ingest.read(Source(str(tiff), tiff.name, language="en"), Manner())
    assert (law.format, len(law.pages)) == ("image", 2)
    assert paths(law) == ["s. 1", "s. 2", "s. 2(a)", "s. 2(b)", "s. 3"]
    assert all(page.recognised for page in law.pages)


def test_an_image_that_cannot_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = tmp_path / "law.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0 cut off")
    if version() is not None:
        with pytest.raises(UnreadableDocument, match="damaged"):
            ingest.read(Source(str(photo), photo.name), Manner())
    with pytest.raises(UnreadableDocument, match="switched off"):
        ingest.read(Source(str(photo), photo.name), Manner(recognise=False))
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(UnreadableDocument, match=r"pip install 'policyaudit\[ocr\]'"):
        ingest.read(Source(str(photo), photo.name), Manner())


def test_a_running_head_is_known_although_its_pages_lay_askew_on_the_glass() -> None:
    def page(number: int, shift: float) -> list[Line]:
        said = (("2." if number == 2 else str(number), 60.0), (f"THE GAZETTE, EXTRA{'.,'[number % 2]} MAY {number}, 2005", 200.0))
        head = [Line(text, x, x + 90, 760 + shift + x / 90, 10, False, 0, 5, recognised=True) for text, x in said]
        body = [
            Line("kmpqrs"[number] * (row + 5), 60, 500, 700 - 14 * row, 10, False, 0, 5, recognised=True) for row in range(40)
        ]
        return head + body

    pages = [page(number, shift) for number, shift in enumerate((0.0, 9.0, 17.0, 4.0), 1)]
    spans = [(0.0, 842.0)] * 4
    found = find_furniture(pages, spans, margin_zones(pages, spans), 10)
    assert [{line.text for line in lines if id(line) in marked} for lines, marked in zip(pages, found, strict=True)] == [
        {line.text for line in lines[:2]} for lines in pages
    ]


def test_without_the_extra_a_line_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(UnreadableDocument, match=r"pip install 'policyaudit\[ocr\]'"):
        read(a_pdf(scanned(LAW)), tmp_path)
    law = read(a_pdf(typed(LAW), scanned(LAW), nothing), tmp_path)
    assert [page.has_text for page in law.pages] == [True, False, True]
    assert any("Page 2" in warning and "policyaudit[ocr]" in warning for warning in law.warnings)


def test_recognition_can_be_switched_off(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="switched off"):
        read(a_pdf(scanned(LAW)), tmp_path, recognise=False)
    law = read(a_pdf(typed(LAW), scanned(LAW)), tmp_path, recognise=False)
    assert [page.has_text for page in law.pages] == [True, False]


def test_confidence_is_weighted_by_letters() -> None:
    lines = (Printed("x" * 90, 0, 0, 1, 1, 1.0), Printed("y" * 10, 0, 0, 1, 1, 0.2))
    sheet = Sheet(10, 10, 0, lines)
    assert (sheet.confidence, sheet.lines) == (0.92, lines[:1])
    assert Sheet.from_data(sheet.as_data()) == sheet
    assert Sheet(10, 10, 0, ()).confidence is None


# ---------------------------------------------------------------- judging


def judged(*lines: str, pages: int, unread: Sequence[int] = (), recognised: float | None = None) -> Finding:
    """The finding on a criterion that asks for a protection order, free of charge, in a document of so many pages."""
    text = document(*lines)
    ends = [round(len(text.text) * (number + 1) / pages) for number in range(pages)]
    text = replace(
        text,
        pages=tuple(
            Page(number, start, end, number not in unread, recognised)
            for number, (start, end) in enumerate(zip([0, *ends[:-1]], ends, strict=True), 1)
        ),
    )
    made = rubric(
        {"order": ["protection order"], "free": ["free of charge"]}, {"a": [{"all": ["order"]}], "b": [{"all": ["free"]}]}
    )
    return assess(text, Matcher(made).read(text), made).findings[0]


def test_what_may_stand_on_a_page_not_read_is_not_called_missing() -> None:
    silent = [f"{number}. The minister shall report on matter {number} to the assembly." for number in range(1, 40)]
    finding = judged(*silent, pages=5, unread=[2, 3])
    assert (finding.status, finding.score) == (Status.UNSCORED, None)
    assert finding.reason.startswith("Pages 2-3 could not be read (2 of 5")
    little = judged(*silent, pages=20, unread=[7])
    assert (little.status, little.score) == (Status.NOT_FOUND, 0.0)
    assert little.reason == "Page 7 could not be read; what was not found may stand there."
    assert judged(*silent, pages=5).reason == ""


def test_what_was_found_stays_found_whatever_was_not_read() -> None:
    partly = judged("1. The court shall issue a protection order.", pages=2, unread=[2])
    assert (partly.status, partly.score) == (Status.PARTLY, 0.5)
    assert "Page 2 could not be read" in partly.reason
    met = judged("1. The court shall issue a protection order free of charge.", pages=2, unread=[2])
    assert (met.status, met.reason) == (Status.MET, "")


def test_evidence_from_a_scan_says_how_sure_its_page_is() -> None:
    finding = judged("1. The court shall issue a protection order.", pages=1, recognised=0.91)
    assert finding.elements[0].evidence[0].recognised == 0.91
    assert judged("1. The court shall issue a protection order.", pages=1).elements[0].evidence[0].recognised is None
