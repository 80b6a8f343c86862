"""Scans of statutes as government printers set them: notes in the margin, page numbers, small capitals."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from policyaudit.model import TextKind
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
