"""plan.txt -> the DOCX of the example plan, the same bytes each time.

The source is one paragraph a line. A line that begins with "@" sets the style or opens the table; in the table, cells
are parted by "|" and "^" merges a cell with the one above; "[^1]" is the mark of a footnote.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

MADE = datetime.datetime(2023, 1, 2, 9, 0, 0)
WIDTHS = (9.0, 4.6, 5.0, 3.2, 2.9)  # of the table's columns, in cm
NUMBERING = "99"
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_MARK = re.compile(r"\[\^(\d+)\]")


def build_plan(source: str, target: Path) -> None:
    """Write the DOCX of ``source`` (the text of plan.txt) to ``target``."""
    document = docx.Document()
    _settings(document)
    notes: dict[str, str] = {}
    table: Table | None = None
    for line in filter(str.strip, source.splitlines()):
        command, _, rest = line[1:].partition(" ") if line.startswith("@") else ("", "", line)
        if table is not None and (not command or command == "group"):
            _row(table, rest, group=command == "group")
            continue
        if table is not None:
            _merge(table)
            table = None
        match command:
            case "title":
                document.add_paragraph(rest, style="Title")
                document.core_properties.title = rest
            case "subtitle":
                document.add_paragraph(rest, style="Subtitle")
            case "note":
                document.add_paragraph().add_run(rest).italic = True
            case "plain":
                heading = document.add_paragraph(rest, style="Heading 1")
                heading._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 0  # without the style's number
            case "h1" | "h2":
                document.add_paragraph(rest, style=f"Heading {command[1]}")
            case "landscape" | "portrait":
                _turn(document, landscape=command == "landscape")
            case "table":
                table = _table(document, rest)
            case "footnote":
                number, _, text = rest.partition(" ")
                notes[number] = text
            case "":
                _text(document, rest)
            case _:
                raise ValueError(f"plan.txt: unknown command @{command}")
    _footnotes(document, notes)
    _prune(document)
    _save(document, target)


def _settings(document: Document) -> None:
    properties = document.core_properties
    properties.author = properties.last_modified_by = ""
    properties.comments = ""
    properties.language = "es"
    properties.created = properties.modified = MADE
    properties.revision = 1
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "es-ES")
    normal.element.get_or_add_rPr().append(language)
    _number_headings(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    head = section.header.paragraphs[0]
    head.text = "Plan Nacional de Acción 2023-2027 · República de Valdoria (país inventado)"
    foot = section.footer.paragraphs[0]
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = foot.add_run()
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        mark.text = text or None
        run._r.append(mark)


def _number_headings(document: Document) -> None:
    """Number the heading styles as Word does: the numbers stand in the list definition and not in the text."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading{level + 1}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="576" w:hanging="576"/></w:pPr></w:lvl>'
        for level, text in enumerate(("%1.", "%1.%2."))
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{NUMBERING}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{NUMBERING}"><w:abstractNumId w:val="{NUMBERING}"/></w:num>'))
    for level in (0, 1):
        properties = document.styles[f"Heading {level + 1}"].element.get_or_add_pPr()
        number = properties.get_or_add_numPr()
        number.get_or_add_ilvl().val = level
        number.get_or_add_numId().val = int(NUMBERING)


def _text(document: Document, line: str) -> None:
    bullet = line.startswith("* ")
    paragraph = document.add_paragraph(style="List Bullet" if bullet else None)
    for place, piece in enumerate(_MARK.split(line.removeprefix("* "))):
        if place % 2:
            _reference(paragraph, piece)
        elif piece:
            paragraph.add_run(piece)


def _reference(paragraph: Paragraph, number: str) -> None:
    run = paragraph.add_run()
    run.font.superscript = True
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), number)
    run._r.append(mark)


def _footnotes(document: Document, notes: dict[str, str]) -> None:
    """Add the part that holds the footnotes; python-docx has no call for it."""
    fixed = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
        for kind, number, mark in (("separator", -1, "separator"), ("continuationSeparator", 0, "continuationSeparator"))
    )
    own = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
        for number, text in notes.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    xml = f"{head}<w:footnotes {nsdecls('w')}>{fixed}{own}</w:footnotes>"
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _turn(document: Document, *, landscape: bool) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    long, short = Cm(29.7), Cm(21)
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.left_margin = section.right_margin = Cm(2.5)


def _table(document: Document, heads: str) -> Table:
    names = [name.strip() for name in heads.split("|")]
    table = document.add_table(rows=1, cols=len(names), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for cell, name in zip(table.rows[0].cells, names, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
        _shade(cell, "D9E2EC")
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    return table


def _row(table: Table, line: str, *, group: bool) -> None:
    cells = table.add_row().cells
    if group:
        whole = cells[0].merge(cells[-1])
        whole.paragraphs[0].add_run(line).bold = True
        _shade(whole, "F0F3F6")
        return
    for cell, text in zip(cells, line.split("|"), strict=True):
        cell.paragraphs[0].add_run(text.strip()).font.size = Pt(9.5)


def _merge(table: Table) -> None:
    """Set the widths and merge each cell that holds "^" with the one above it."""
    for column, width in enumerate(WIDTHS):
        table.columns[column].width = Cm(width)
        for cell in table.columns[column].cells:
            if cell._tc.grid_span == 1:
                cell.width = Cm(width)
    for row, upper in zip(table.rows[:0:-1], table.rows[-2::-1], strict=True):  # from below, so that runs of "^" join up
        for cell, above in zip(row.cells, upper.cells, strict=True):
            if cell.text.startswith("^"):
                cell.paragraphs[0].clear()
                above.merge(cell)


def _shade(cell: _Cell, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>'))


def _prune(document: Document) -> None:
    """Take out what python-docx's template brings and the plan does not use: nine tenths of the file."""
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in {"Normal Table", "Table Grid"}:
            style.delete()
    package = document.part.package
    for owner in (document.part, package):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in {"stylesWithEffects", "thumbnail", "customXml"}:
                del owner.rels[key]


def _save(document: Document, target: Path) -> None:
    """Save with fixed times, in fixed order and without compression, so that the bytes are the same everywhere."""
    raw = io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as made, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as fixed:
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, date_time=MADE.timetuple()[:6])
            entry.create_system = 0
            fixed.writestr(entry, made.read(name))
