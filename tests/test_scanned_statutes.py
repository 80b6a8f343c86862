"""Scans of statutes as government printers set them: notes in the margin, page numbers, small capitals."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from policyaudit import ingest
from policyaudit.ingest.readers.pdf.furniture import find_furniture, margin_zones
from policyaudit.ingest.readers.pdf.lines import Line
from policyaudit.ingest.recognition.mending import mended
from policyaudit.ingest.recognition.sheet import Printed, Sheet
from policyaudit.model import DocumentKind, Source, TextKind
from test_scans import Draw, a_pdf, needs_recognition, pictured, read

NOTES = (("Duty to", "record."), ("Shelters.",), ("Fees.",))
SECTIONS = (
    (
        "Section 4. Every officer shall record a complaint of",
        "violence on the day on which it is made, shall give a",
        "copy of the record to the survivor without charge and",
    ),
    (
        "Section 5. Every district shall keep a shelter that is",
        "open at night and takes in children with their mother",
        "for as long as the danger lasts, and no fee is charged",
    ),
    (
        "Section 6. No fee is charged for an application for an",
        "order, for the serving of it or for a copy of judgment",
        "and no other costs are borne by those who were harmed",
    ),
)


def statute(*, at_right: bool, gap: float) -> Draw:
    """Sections of one justified column, each with a note in small print beside it, a gap away."""

    def justified(canvas: Canvas, line: str, left: float, right: float, y: float) -> None:
        width = canvas.stringWidth(line, "Times-Roman", 11)
        text = canvas.beginText(left, y)
        text.setFont("Times-Roman", 11)
        text.setWordSpace((right - left - width) / line.count(" "))
        text.textOut(line)
        canvas.drawText(text)

    def draw(canvas: Canvas) -> None:
        left, right = (30.0, 310.0) if at_right else (110.0, 390.0)
        y = 275.0
        for section, note in zip(SECTIONS, NOTES, strict=True):
            canvas.setFont("Times-Roman", 8.5)
            for step, line in enumerate(note):
                if at_right:
                    canvas.drawString(right + gap, y - 9 * step, line)
                else:
                    canvas.drawRightString(left - gap, y - 9 * step, line)
            for line in section:
                justified(canvas, line, left, right, y)
                y -= 14
            canvas.setFont("Times-Roman", 11)
            canvas.drawString(left, y, "as the rules provide.")
            y -= 22

    return draw


@needs_recognition
@pytest.mark.parametrize(("at_right", "gap"), [(True, 8), (True, 20), (False, 12)])
def test_notes_in_the_margin_of_a_scan_stay_out_of_the_sentence(at_right: bool, gap: float, tmp_path: Path) -> None:
    law = read(a_pdf(pictured(statute(at_right=at_right, gap=gap))), tmp_path)
    said = {
        provision.path: law.text[provision.start : provision.end] for provision in law.provisions if provision.unit == "article"
    }
    assert list(said) == ["s. 4", "s. 5", "s. 6"]
    assert " ".join(said["s. 4"].split()) == " ".join((*SECTIONS[0], "as the rules provide."))
    notes = [law.text[p.start : p.end].replace("\n", " ") for p in law.provisions if p.kind is TextKind.NOTE]
    assert notes == [" ".join(note) for note in NOTES]


def a_page(letter: str, *lines: tuple[str, float, float]) -> list[Line]:
    body = [Line(letter * (row + 5), 60, 500, 640 - 14 * row, 10, False, 0, 5, recognised=True) for row in range(35)]
    return [Line(text, x, x + 5 * len(text), base, 10, False, 0, 5, recognised=True) for text, x, base in lines] + body


def furniture(*pages: list[Line]) -> list[list[str]]:
    spans = [(0.0, 842.0)] * len(pages)
    found = find_furniture(list(pages), spans, margin_zones(list(pages), spans), 10)
    return [[line.text for line in lines if id(line) in marked] for lines, marked in zip(pages, found, strict=True)]


def test_the_foot_of_the_first_page_of_a_gazette_is_no_paragraph_479() -> None:
    foot = [("(479)", 280, 120), ("Price: Rs. 3.00", 260, 100), ("[1097(11) Ex. Gaz.]", 60, 85)]
    second = [("480", 60, 760), ("THE GAZETTE, EXTRA., MAY 3, 2011", 180, 760)]
    third = [("THE GAZETTE, EXTRA., MAY 3, 2011", 180, 760), ("481", 500, 760)]
    found = furniture(a_page("k", *foot), a_page("m", *second), a_page("p", *third))
    assert [sorted(one) for one in found] == [sorted(text for text, _, _ in page) for page in (foot, second, third)]
    # A number that the other pages do not count on from is that of a paragraph.
    assert furniture(a_page("k", ("(12)", 60, 120), *foot[1:]), a_page("m", *second), a_page("p", *third))[0] == []


def test_the_mark_of_the_printer_under_a_page_is_no_line_of_its_last_sentence() -> None:
    mark = ("2—D 047365—8,550 (98/03)", 60.0, 120.0)
    assert furniture(a_page("k", mark), a_page("m"), a_page("p")) == [[mark[0]], [], []]


def test_the_numbers_of_the_columns_of_a_table_are_no_page_numbers() -> None:
    head = [(str(column), 60 * column, 760.0) for column in range(1, 8)]
    assert furniture(*(a_page(letter, *head) for letter in "kmp")) == [[], [], []]


def mend(text: str, language: str) -> str:
    lines = tuple(Printed(line, 0, 10 * top, 9, 10 * top + 9, 0.99) for top, line in enumerate(text.split("|")))
    return "|".join(line.text for line in mended({0: Sheet(9, 9, 0, lines)}, language)[0].found)


@pytest.mark.parametrize(
    ("language", "seen", "printed"),
    [
        ("en", "Act No. I oF 2005|WHEREAs it is expedient", "Act No. I OF 2005|WHEREAS it is expedient"),
        ("en", "PART II|the parties|PARTI", "PART II|the parties|PART I"),
        ("es", "TÍTULO II|del título|TÍTULOIII", "TÍTULO II|del título|TÍTULO III"),
        ("en", "or one or two, or both, under section 402or 403", "or one or two, or both, under section 402 or 403"),
        ("pt", "de um dos de que trata o artigo 12de 2006, de", "de um dos de que trata o artigo 12 de 2006, de"),
        ("en", "the zina, zina or zina; ziņa", "the zina, zina or zina; zina"),
        (
            "en",
            "the following, the following, the following Act|Thefollowing",
            "the following, the following, the following Act|The following",
        ),
        ("en", "Notwithstandinganything; reasonablegrounds", "Notwithstanding anything; reasonable grounds"),
        ("fr", "les mesuresurgentes", "les mesures urgentes"),
        (
            "en",
            "the term of imprisonment|irnprisonment at that tirne; time",
            "the term of imprisonment|imprisonment at that time; time",
        ),
        ("en", "Act XXVIl of 1997, Schedule-Il and Schedule II", "Act XXVII of 1997, Schedule-II and Schedule II"),
        (
            "en",
            "(e) a shelter;|of the State;|() a school;|(g) a clinic.",
            "(e) a shelter;|of the State;|(f) a school;|(g) a clinic.",
        ),
        # What may be meant is left as it is.
        ("en", "(e) a shelter;|() a school;|(a) a clinic.", "(e) a shelter;|() a school;|(a) a clinic."),
        ("fr", "Il modernise le journal; Ils moderne", "Il modernise le journal; Ils moderne"),
        ("en", "Christchurch and Sunderland", "Christchurch and Sunderland"),
        ("en", "NGOs, an NGO, the 22nd and the 26th", "NGOs, an NGO, the 22nd and the 26th"),
        ("fr", "LE PARTI, le 1er et le 12e", "LE PARTI, le 1er et le 12e"),
        ("es", "José y Perú, Peru, Peru, Peru", "José y Perú, Peru, Peru, Peru"),
    ],
)
def test_what_recognition_is_known_to_get_wrong_is_set_right(language: str, seen: str, printed: str) -> None:
    assert mend(seen, language) == printed


GAZETTE = """THE GAZETTE

PART I

Acts, Ordinances and Regulations

SECRETARIAT

The following Act received assent on 3 May 2011 and is hereby published for general information.

An Act to amend the Penal Code

WHEREAS it is expedient to amend the Penal Code;

It is hereby enacted as follows:

1. Short title.—This Act may be called the Shelters Act.

2. Amendment of the Penal Code.—In section 5,—

(a) the words "in its discretion" shall be omitted.

3. Shelters.—Every district shall keep a shelter.

PRINTED BY THE MANAGER, STATE PRESS. PUBLISHED BY THE CONTROLLER OF FORMS
"""


def test_what_a_gazette_prints_around_an_act_is_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "act.txt"
    path.write_text(GAZETTE, encoding="utf-8")
    law = ingest.read(Source(str(path), path.name, kind=DocumentKind.LAW, language="en"))
    kinds = {law.text[p.start : p.end].split("\n")[0][:22]: p.kind for p in law.provisions}
    front = ("PART I", "SECRETARIAT", "The following Act rece", "An Act to amend the Pe")
    assert [kinds[said] for said in front] == [TextKind.TITLE] * 4
    assert kinds["WHEREAS it is expedien"] is TextKind.PREAMBLE
    assert kinds["PRINTED BY THE MANAGER"] is TextKind.FURNITURE
    headings = [p.heading for p in law.provisions if p.unit == "article"]
    assert headings == ["Short title", "Amendment of the Penal Code", "Shelters"]
