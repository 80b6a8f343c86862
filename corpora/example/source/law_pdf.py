"""law.txt -> the PDF of the example law, the same bytes each time.

The source is one paragraph a line. A line that begins with "@" sets the layout (part, section, schedule, columns ...);
the others are text, indented by four spaces for each level below the first.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)

RUNNING_HEAD = "Prevention of Gender-Based Violence and Protection of Survivors"
NUMBER = "No. 14 of 2019"
FOOT = "Republic of Valdoria (an invented country): example material, no law in force anywhere"
MARGIN, TOP, BOTTOM, GUTTER = 25 * mm, 27 * mm, 24 * mm, 7 * mm
_ITEM = re.compile(r"(?P<label>\(\w+\)|\d+\.) (?P<text>.+)")

_BASE = ParagraphStyle(
    "base",
    fontName="Times-Roman",
    fontSize=10.5,
    leading=13,
    spaceAfter=4,
    alignment=TA_JUSTIFY,
    bulletFontName="Times-Roman",
    bulletFontSize=10.5,
)
_CENTRE = ParagraphStyle("centre", parent=_BASE, alignment=TA_CENTER)
STYLES = {
    "text": _BASE,
    "title": ParagraphStyle(
        "title", parent=_CENTRE, fontName="Times-Bold", fontSize=15, leading=19, spaceBefore=10, spaceAfter=8
    ),
    "line": _CENTRE,
    "notice": ParagraphStyle(
        "notice",
        parent=_CENTRE,
        fontName="Times-Italic",
        borderWidth=0.5,
        borderColor="black",
        borderPadding=5,
        spaceBefore=14,
        spaceAfter=16,
    ),
    "heading": ParagraphStyle(
        "heading", parent=_CENTRE, fontName="Times-Bold", fontSize=11.5, leading=14, spaceBefore=12, spaceAfter=6, keepWithNext=1
    ),
    "section": ParagraphStyle(
        "section",
        parent=_BASE,
        fontName="Times-Bold",
        spaceBefore=7,
        spaceAfter=3,
        alignment=0,
        leftIndent=18,
        firstLineIndent=-18,
        keepWithNext=1,
    ),
    "contents": ParagraphStyle("contents", parent=_BASE, spaceAfter=1, leftIndent=40, firstLineIndent=-22),
    "contents part": ParagraphStyle("contents part", parent=_CENTRE, spaceBefore=6, spaceAfter=2, keepWithNext=1),
    "longtitle": ParagraphStyle("longtitle", parent=_BASE, fontName="Times-Bold", spaceBefore=6, spaceAfter=6),
    "repealed": ParagraphStyle("repealed", parent=_BASE, fontName="Times-Italic", leftIndent=18),
}


def build_law(source: str, target: Path) -> None:
    """Write the PDF of ``source`` (the text of law.txt) to ``target``."""
    rl_config.invariant = 1
    width, height = A4
    inner, depth = width - 2 * MARGIN, height - TOP - BOTTOM
    column = (inner - GUTTER) / 2
    plain = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
    whole = Frame(MARGIN, BOTTOM, inner, depth, id="whole", **plain)
    left = Frame(MARGIN, BOTTOM, column, depth, id="left", **plain)
    right = Frame(MARGIN + column + GUTTER, BOTTOM, column, depth, id="right", **plain)
    # Without compression the bytes do not depend on the zlib at hand, and a change shows in a diff.
    document = BaseDocTemplate(
        str(target), pagesize=A4, title=_title(source), author="", subject=FOOT, lang="en-GB", invariant=1, pageCompression=0
    )
    document.addPageTemplates(
        [
            PageTemplate(id="cover", frames=[whole], onPage=_foot),
            PageTemplate(id="1", frames=[whole], onPage=_furniture),
            PageTemplate(id="2", frames=[left, right], onPage=_furniture),
        ]
    )
    document.build(_story(source))


def _title(source: str) -> str:
    return [line for line in source.splitlines() if line.startswith("@title ")][1].removeprefix("@title ").capitalize()


def _story(source: str) -> list[Flowable]:
    story: list[Flowable] = []
    for line in source.splitlines():
        if not line.strip():
            continue
        if not line.startswith("@"):
            story.append(_text(line))
            continue
        command, _, rest = line[1:].partition(" ")
        parts = [part.strip() for part in rest.split("|")]
        match command:
            case "title" | "longtitle" | "repealed" | "notice":
                story.append(_paragraph(rest, command))
            case "line" | "invented" | "assent":
                story.append(_paragraph(rest, "line"))
            case "preamble":
                story.append(_paragraph(rest, "heading"))
            case "contents":
                story += [NextPageTemplate("1"), PageBreak(), *_contents(rest, source), PageBreak()]
            case "columns":
                story += [NextPageTemplate(rest), PageBreak()]
            case "part":
                story.append(_paragraph(" — ".join(parts), "heading"))
            case "section":
                story.append(_paragraph(". ".join(parts), "section"))
            case "schedule":
                name, place, heading = parts
                story += [Spacer(1, 10), _paragraph(name, "heading"), _paragraph(place, "line"), _paragraph(heading, "heading")]
            case _:
                raise ValueError(f"law.txt: unknown command @{command}")
    return story


def _contents(heading: str, source: str) -> list[Flowable]:
    story: list[Flowable] = [_paragraph(heading, "heading")]
    for line in source.splitlines():
        command, _, rest = line.partition(" ")
        parts = [part.strip() for part in rest.split("|")]
        if command == "@part":
            story.append(_paragraph(" — ".join(parts), "contents part"))
        elif command == "@section":
            story.append(_paragraph(". ".join(parts), "contents"))
        elif command == "@schedule":
            story.append(_paragraph(f"{parts[0]} — {parts[2].capitalize()}", "contents"))
    return story


def _text(line: str) -> Paragraph:
    depth = (len(line) - len(line.lstrip())) // 4
    text = line.strip()
    item = _ITEM.match(text)
    indent = 18 + 20 * depth
    if item is None:
        return Paragraph(html.escape(text, quote=False), ParagraphStyle("flush", parent=_BASE, leftIndent=18 * (depth > 0)))
    style = ParagraphStyle("item", parent=_BASE, leftIndent=indent + 4, bulletIndent=indent - 18)
    return Paragraph(f"<bullet>{item['label']}</bullet>{html.escape(item['text'], quote=False)}", style)


def _paragraph(text: str, style: str) -> Paragraph:
    return Paragraph(html.escape(text, quote=False), STYLES[style])


def _furniture(canvas: Canvas, document: BaseDocTemplate) -> None:
    width, height = A4
    canvas.saveState()
    canvas.setFont("Times-Italic", 9)
    first, last = (NUMBER, RUNNING_HEAD) if document.page % 2 else (RUNNING_HEAD, NUMBER)
    canvas.drawString(MARGIN, height - 18 * mm, first)
    canvas.drawRightString(width - MARGIN, height - 18 * mm, last)
    canvas.setLineWidth(0.4)
    canvas.line(MARGIN, height - 20 * mm, width - MARGIN, height - 20 * mm)
    canvas.restoreState()
    _foot(canvas, document)


def _foot(canvas: Canvas, document: BaseDocTemplate) -> None:
    canvas.saveState()
    canvas.setFont("Times-Roman", 8)
    canvas.drawString(MARGIN, 14 * mm, FOOT)
    canvas.drawRightString(A4[0] - MARGIN, 14 * mm, str(document.page))
    canvas.restoreState()
