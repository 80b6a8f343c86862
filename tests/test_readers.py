"""What the readers promise: text in reading order, nothing lost, one clear line for a file that cannot be read."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from pypdfium2 import PdfDocument
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from filemaking import akn, epub, odt, odt_table, rtf, rtf_table
from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.blocks import CELL_GAP, Block, RawDocument, Role
from policyaudit.ingest.decoding import decode
from policyaudit.ingest.libreoffice import PROGRAMS
from policyaudit.ingest.readers import open_file, readers

WIDTH, HEIGHT = A4
LAW = (
    "1. The police shall record every complaint of domestic violence and shall hand the complainant a copy of the record. "
    "2. A protection order is issued on the day on which it is applied for, without a fee and without notice to the respondent."
)


# ---------------------------------------------------------------- making files


def a_pdf(draw: Callable[[Canvas], None], **options: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, **options)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def wrapped(text: str, letters: int) -> list[str]:
    """Lines as a typesetter breaks them, at spaces only."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def put(canvas: Canvas, lines: list[str], *, x: float, y: float, font: str = "Courier", size: float = 10) -> float:
    """Draws the lines under one another; returns the height below the last one."""
    canvas.setFont(font, size)
    for line in lines:
        canvas.drawString(x, y, line)
        y -= size * 1.2
    return y


def a_docx(fill: Callable[[docx.document.Document], None]) -> bytes:
    document = docx.Document()
    fill(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def sample(form: str) -> bytes:
    """A small proper document of a format: a heading, a numbered paragraph, and a table of two rows under heads."""
    if form == "pdf":

        def draw(canvas: Canvas) -> None:
            y = put(canvas, ["Duties of the police"], x=60, y=780, font="Helvetica-Bold", size=14)
            put(canvas, wrapped(LAW, 70), x=60, y=y - 12)
            for index, x in enumerate((60, 260, 460)):
                canvas.line(x, 640, x, 580)
                if index < 2:
                    put(canvas, [("Action", "Term")[index]], x=x + 4, y=625, font="Courier-Bold")
                    put(canvas, [("Train officers", "2030")[index]], x=x + 4, y=605)
                    put(canvas, [("Open a desk", "2031")[index]], x=x + 4, y=585)
            for level in (640, 620, 600, 580):
                canvas.line(60, level, 460, level)

        return a_pdf(draw)
    if form == "docx":

        def fill(document: docx.document.Document) -> None:
            document.add_heading("Duties of the police", 1)
            document.add_paragraph(LAW)
            table = document.add_table(rows=3, cols=2)
            for row, texts in zip(
                table.rows, (("Action", "Term"), ("Train officers", "2030"), ("Open a desk", "2031")), strict=True
            ):
                for cell, text in zip(row.cells, texts, strict=True):
                    run = cell.paragraphs[0].add_run(text)
                    run.bold = text in ("Action", "Term")

        return a_docx(fill)
    if form == "xlsx":
        book = openpyxl.Workbook()
        book.active.title = "Duties of the police"
        book.active["A1"] = LAW
        second = book.create_sheet("Sheet2")
        for row in (("Action", "Term"), ("Train officers", "2030"), ("Open a desk", "2031")):
            second.append(row)
        for cell in second[1]:
            cell.font = openpyxl.styles.Font(bold=True)
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()
    if form == "odt":
        table = odt_table(("Action", "Term"), ("Train officers", "2030"), ("Open a desk", "2031"))
        return odt(f'<text:h text:outline-level="1">Duties of the police</text:h><text:p>{LAW}</text:p>{table}')
    if form == "rtf":
        table = rtf_table(("Action", "Term"), ("Train officers", "2030"), ("Open a desk", "2031"))
        return rtf(rf"\pard\s1\b Duties of the police\b0\par\pard {LAW}\par {table}")
    if form == "epub":
        table = "<tr><th>Action</th><th>Term</th></tr><tr><td>Train officers</td><td>2030</td></tr>"
        table += "<tr><td>Open a desk</td><td>2031</td></tr>"
        return epub(f"<h1>Duties of the police</h1><p>{LAW}</p>", f"<table>{table}</table>")
    if form == "akn":
        table = "<tr><th><p>Action</p></th><th><p>Term</p></th></tr><tr><td><p>Train officers</p></td><td><p>2030</p></td></tr>"
        table += "<tr><td><p>Open a desk</p></td><td><p>2031</p></td></tr>"
        return akn(
            f'<section eId="sec_1"><num>1</num><heading>Duties of the police</heading><content><p>{LAW}</p>'
            f"<table>{table}</table></content></section>"
        )
    if form == "doc":
        return old(sample("docx"), "docx", "doc:MS Word 97")
    if form == "html":
        return (
            "<!DOCTYPE html><html lang='en'><head><title>Duties</title></head><body><nav><a href='/'>Home</a></nav>"
            f"<h1>Duties of the police</h1><p>{LAW}</p><table><tr><th>Action</th><th>Term</th></tr>"
            "<tr><td>Train officers</td><td>2030</td></tr><tr><td>Open a desk</td><td>2031</td></tr></table></body></html>"
        ).encode()
    if form == "markdown":
        return (
            f"---\ntitle: Duties\n---\n# Duties of the police\n\n{LAW}\n\n| Action | Term |\n| --- | --- |\n"
            "| Train officers | 2030 |\n| Open a desk | 2031 |\n"
        ).encode()
    return f"Duties of the police\n\n{LAW}\n\nAction, Term\n\nTrain officers, 2030\n\nOpen a desk, 2031\n".encode()


@cache
def old(data: bytes, ending: str, form: str) -> bytes:
    """A document as LibreOffice saves it in an old format: its ending, and LibreOffice's name for it."""
    program = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if program is None:
        if os.environ.get("POLICYAUDIT_REQUIRE_ALL") == "1":
            pytest.fail("LibreOffice is not installed, and POLICYAUDIT_REQUIRE_ALL=1 asks for it")
        pytest.skip("LibreOffice, through which old files are read, is not installed")
    with tempfile.TemporaryDirectory() as folder:
        source = written(Path(folder) / f"law.{ending}", data)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", form, "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return (Path(folder) / f"law.{form.partition(':')[0]}").read_bytes()


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def read_as(form: str, data: bytes) -> RawDocument:
    return next(reader for reader in readers() if form == reader.FORMAT).read(data, name=f"document.{form}")


def texts(document: RawDocument, *roles: Role) -> list[str]:
    return [block.text for block in document.blocks if not roles or block.role in roles]


def one(document: RawDocument, words: str) -> Block:
    (block,) = [block for block in document.blocks if words in block.text]
    return block


# ---------------------------------------------------------------- every reader


FORMATS = [reader.FORMAT for reader in readers() if hasattr(reader, "read")]  # but not images: see test_scans


def test_the_formats_are_found_in_the_folder() -> None:
    assert {"akn", "doc", "docx", "epub", "html", "markdown", "odt", "pdf", "rtf", "text"} <= set(FORMATS)
    assert len(set(FORMATS)) == len(FORMATS)


@pytest.mark.parametrize("form", FORMATS)
def test_a_proper_file_is_recognised_and_read(form: str, tmp_path: Path) -> None:
    reader = next(reader for reader in readers() if form == reader.FORMAT)
    data = sample(form)
    found, digest, document = open_file(written(tmp_path / f"law{reader.EXTENSIONS[0]}", data))
    assert found == form
    assert len(digest) == 64
    whole = " ".join(texts(document))
    assert "record every complaint of domestic violence" in whole
    assert whole.index("Duties of the police") < whole.index("complaint") < whole.index("Train officers")
    assert not any("\n" in text or "  " in text or text != text.strip() for text in texts(document))
    assert document == reader.read(data, name="law")


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"doc", "text"}))
def test_table_rows_carry_their_column_heads(form: str) -> None:
    rows = [block for block in read_as(form, sample(form)).blocks if block.role is Role.ROW]
    assert [row.cells for row in rows[1:]] == [
        (("Action", "Train officers"), ("Term", "2030")),
        (("Action", "Open a desk"), ("Term", "2031")),
    ]
    assert rows[0].text == CELL_GAP.join(("Action", "Term"))


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"doc", "text"}))
def test_headings_are_told_from_paragraphs(form: str) -> None:
    document = read_as(form, sample(form))
    assert one(document, "Duties of the police").role in (Role.HEADING, Role.TITLE)
    assert one(document, "hand the complainant").role in (Role.PARAGRAPH, Role.ITEM)


# ---------------------------------------------------------------- PDF


def test_other_files_within_a_pdf_are_told() -> None:
    document = pypdfium2.PdfDocument(sample("pdf"))
    document.new_attachment("annex.pdf").set_data(b"%PDF-1.7")
    buffer = io.BytesIO()
    document.save(buffer)
    assert [warning for warning in read_as("pdf", buffer.getvalue()).warnings if "other files within it (1)" in warning]


def test_two_columns_under_a_title_across_both() -> None:
    left = [f"Left {word} line of the first column" for word in ("one", "two", "three", "four", "five", "six")]
    right = [f"right {word} line of the second one" for word in ("one", "two", "three", "four", "five", "six")]

    def draw(canvas: Canvas) -> None:
        put(canvas, ["A title that stands across both of the columns"], x=60, y=780, size=14)
        for index in range(6):  # row by row, as scanners write them
            put(canvas, [left[index]], x=60, y=740 - 12 * index, size=9)
            put(canvas, [right[index]], x=320, y=740 - 12 * index, size=9)
        put(
            canvas,
            ["Below the columns the text runs across the whole page again, from one margin to the other."],
            x=60,
            y=650,
            size=9,
        )

    whole = " ".join(texts(read_as("pdf", a_pdf(draw))))
    order = [whole.index(words) for words in ("A title", "Left one", "Left six", "right one", "right six", "Below the columns")]
    assert order == sorted(order)


def test_a_paragraph_runs_over_the_page_end_past_foot_and_head() -> None:
    first = wrapped(LAW * 3, 75)

    def draw(canvas: Canvas) -> None:
        for page, lines in enumerate((first[:5], first[5:], ["3. An appeal does not stay the order."]), 1):
            put(canvas, ["Ministry of Example Affairs"], x=60, y=810, size=8)
            put(canvas, lines, x=60, y=760)
            put(canvas, [f"Page {page} of 3"], x=250, y=30, size=8)
            canvas.showPage()

    document = read_as("pdf", a_pdf(draw))
    running = next(block for block in document.blocks if block.breaks)
    assert running.page == 1
    ((offset, page),) = running.breaks
    assert page == 2
    assert running.text[offset:].startswith(first[5])
    assert texts(document, Role.FURNITURE) == [
        "Ministry of Example Affairs",
        "Page 1 of 3",
        "Ministry of Example Affairs",
        "Page 2 of 3",
        "Ministry of Example Affairs",
        "Page 3 of 3",
    ]
    pages = [block.page for block in document.blocks]
    assert pages == sorted(pages)


def test_hyphens_are_healed_but_real_ones_kept() -> None:
    lines = [
        "The long-term aim of this regulation is that every com-",
        "plaint of violence is recorded by officers who had a long-",
        "term course at the police school, in the district of Anti-",
        "Lebanon, and who were chosen for it without any delay.",
    ]
    (text,) = texts(read_as("pdf", a_pdf(lambda canvas: put(canvas, lines, x=60, y=700) and None)))
    assert "every complaint of violence" in text
    assert "a long-term course" in text
    assert "of Anti-Lebanon, and" in text


def test_footnotes_and_contents_are_marked() -> None:
    def draw(canvas: Canvas) -> None:
        put(
            canvas,
            ["1. Duties of the police .................... 3", "2. Offences ............................... 12"],
            x=60,
            y=780,
        )
        put(canvas, wrapped(LAW * 4, 70), x=60, y=700)
        put(canvas, ["1 See the Police Act, section 4."], x=60, y=60, size=7)

    document = read_as("pdf", a_pdf(draw))
    assert texts(document, Role.CONTENTS) == ["1. Duties of the police … 3", "2. Offences … 12"]
    assert texts(document, Role.NOTE) == ["1 See the Police Act, section 4."]


def test_a_table_over_two_pages_has_its_heads_once_and_merged_cells_filled() -> None:
    def page(canvas: Canvas, rows: list[tuple[str, str]], *, merged: bool) -> None:
        top = 700
        levels = [top - 30 * index for index in range(len(rows) + 1)]
        for index, level in enumerate(levels):
            canvas.line(200 if merged and index == 2 else 60, level, 500, level)
        for x in (60, 200, 500):
            canvas.line(x, top, x, levels[-1])
        for level, (one, two) in zip(levels, rows, strict=False):
            put(canvas, [one], x=64, y=level - 15, font="Courier-Bold" if one == "Objective" else "Courier")
            put(canvas, [two], x=204, y=level - 15, font="Courier-Bold" if two == "Action" else "Courier")
        canvas.showPage()

    def draw(canvas: Canvas) -> None:
        page(
            canvas,
            [("Objective", "Action"), ("Protection", "Train all officers"), ("", "Open a desk in each station")],
            merged=True,
        )
        page(canvas, [("Objective", "Action"), ("Prevention", "Talk in every school")], merged=False)

    rows = [block for block in read_as("pdf", a_pdf(draw)).blocks if block.role is Role.ROW]
    assert [row.cells for row in rows] == [
        (("", "Objective"), ("", "Action")),
        (("Objective", "Protection"), ("Action", "Train all officers")),
        (("Objective", "Protection"), ("Action", "Open a desk in each station")),
        (("Objective", "Prevention"), ("Action", "Talk in every school")),
    ]
    assert [row.page for row in rows] == [1, 1, 1, 2]


def test_a_page_with_nothing_to_read_is_blank_and_not_lost() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, wrapped(LAW, 70), x=60, y=700)
        canvas.showPage()
        canvas.rect(100, 100, 300, 300, fill=1)
        canvas.showPage()

    document = read_as("pdf", a_pdf(draw))
    assert (document.pages, document.empty_pages) == (2, ())


# ---------------------------------------------------------------- Word


def test_word_numbers_are_printed_as_on_screen() -> None:
    def fill(document: docx.document.Document) -> None:
        for text in ("The police shall:", "record every complaint;", "inform the complainant."):
            document.add_paragraph(text, style="List Number" if not text.endswith(":") else None)
        document.add_paragraph("a bullet", style="List Bullet")

    document = read_as("docx", a_docx(fill))
    assert texts(document) == ["The police shall:", "1. record every complaint;", "2. inform the complainant.", "• a bullet"]


def test_word_changes_count_as_accepted_and_tables_stand_in_their_place() -> None:
    def fill(document: docx.document.Document) -> None:
        paragraph = document.add_paragraph("The police ")
        for tag, inner, text in (("w:del", "w:delText", "may "), ("w:ins", "w:t", "shall ")):
            change = OxmlElement(tag)
            run = OxmlElement("w:r")
            piece = OxmlElement(inner)
            piece.text = text
            piece.set(qn("xml:space"), "preserve")
            run.append(piece)
            change.append(run)
            paragraph._p.append(change)
        paragraph.add_run("act at once.")
        table = document.add_table(rows=1, cols=2)
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Budget", "400"
        document.add_paragraph("After the table.")
        document.sections[0].header.paragraphs[0].text = "Draft of the Ministry"

    document = read_as("docx", a_docx(fill))
    assert texts(document, Role.PARAGRAPH, Role.ROW) == ["The police shall act at once.", "Budget | 400", "After the table."]
    assert texts(document, Role.FURNITURE) == ["Draft of the Ministry"]
    assert document.warnings == ("The document has tracked changes (2): it was read as if all were accepted.",)


def test_word_cells_merged_downwards_are_filled() -> None:
    def fill(document: docx.document.Document) -> None:
        table = document.add_table(rows=3, cols=2)
        for row, line in zip(table.rows, (("Goal", "Action"), ("Protection", "Train"), ("", "Equip")), strict=True):
            for cell, text in zip(row.cells, line, strict=True):
                cell.paragraphs[0].add_run(text).bold = line[0] == "Goal"
        table.cell(1, 0).merge(table.cell(2, 0))

    rows = [block.cells for block in read_as("docx", a_docx(fill)).blocks]
    assert rows[1:] == [(("Goal", "Protection"), ("Action", "Train")), (("Goal", "Protection"), ("Action", "Equip"))]


# ---------------------------------------------------------------- HTML, Markdown, text


def test_html_keeps_the_law_and_drops_the_page_around_it() -> None:
    page = """<html lang="es-AR"><head><title>Ley 1</title><script>var a = "no";</script></head><body>
      <header>Ministerio</header><div class="cookie-banner">Usamos cookies</div><nav><a href="/">Inicio</a></nav>
      <main><article><header><h1>Ley 1</h1></header>
      <h2>Artículo 1</h2><p>La policía <b>deberá</b> recibir la denuncia<br>de toda mujer.</p>
      <ol type="a"><li>sin costo;</li><li>sin demora.</li></ol><ul><li>y con respeto</li></ul>
      <p>Se deroga <del>el artículo 4</del>.</p></article></main><footer>© 2020</footer></body></html>"""
    document = read_as("html", page.encode())
    assert (document.title, document.language) == ("Ley 1", "es")
    assert texts(document) == [
        "Ley 1",
        "Artículo 1",
        "La policía deberá recibir la denuncia de toda mujer.",
        "a. sin costo;",
        "b. sin demora.",
        "• y con respeto",
        "Se deroga .",
    ]


def test_a_list_of_links_within_an_html_page_is_its_contents() -> None:
    items = "".join(f'<li><a href="#p{number}">Part {number}. Conduct</a></li>' for number in range(1, 6))
    away = "".join(f'<li><a href="/p{number}">Page {number}</a></li>' for number in range(1, 6))
    page = f"<main><h1>Code</h1><ul>{items}</ul><ul>{away}</ul><ul><li>No officer shall mediate.</li></ul></main>"
    roles = [block.role for block in read_as("html", f"<html><body>{page}</body></html>".encode()).blocks]
    assert roles == [Role.HEADING, *[Role.CONTENTS] * 5, *[Role.FURNITURE] * 5, Role.ITEM]


def test_markdown_numbers_stay_as_printed() -> None:
    source = (
        "---\ntitle: Ley 1\nlang: es\n---\n**Art. 5.** La policía deberá:\n\n"
        "3. recibir;\n\n5. informar.\n\n1986\\. Otro \\- texto\n\n> citado\n"
    )
    document = read_as("markdown", source.encode())
    assert texts(document) == ["Art. 5. La policía deberá:", "3. recibir;", "5. informar.", "1986. Otro - texto", "citado"]
    assert (document.title, document.language) == ("Ley 1", "es")


def test_paragraphs_cut_at_the_width_of_a_page_are_made_whole() -> None:
    sentence = "Las autoridades competentes deberán adoptar las medidas necesarias para que toda mujer pueda denunciar los hechos"
    cut = "\n\n".join("\n\n".join(wrapped(f"{number}) {sentence}.", 40)) for number in range(1, 9))
    assert texts(read_as("markdown", cut.encode())) == [f"{number}) {sentence}." for number in range(1, 9)]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_text_with_a_line_for_each_paragraph(gap: str) -> None:
    lines = ["TITLE ONE", LAW, "(a) " + LAW, "A last line"]
    assert texts(read_as("text", gap.join(lines).encode())) == lines


def test_text_broken_at_a_width_is_joined() -> None:
    paragraphs = [LAW, LAW.replace("police", "prosecutor"), "(a) " + LAW]
    source = "\n\n".join("\n".join(wrapped(paragraph, 60)) for paragraph in paragraphs)
    assert texts(read_as("text", source.encode())) == paragraphs


SPEECHES = {
    "es": "La víctima podrá pedir en cualquier momento la protección de la policía; también la niñez. ¿Quién decide? Artículo 3º",
    "fr": "La victime peut être entendue à tout moment par une officière ; l’enquête commence aussitôt, où qu’elle ait lieu",
    "pt": "A vítima será ouvida sem demora; não haverá conciliação, e a proteção não depende de ação penal. É vedada a mediação",
}


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", sorted(SPEECHES))
def test_letters_come_out_right_in_every_coding(coding: str, language: str) -> None:
    assert decode(SPEECHES[language].encode(coding)) == SPEECHES[language]


def test_invisible_and_joined_letters_are_made_plain() -> None:
    (text,) = texts(read_as("text", "o\ufb03cer\u00a0pro\u00adtec\u200btion cafe\u0301\u2011bar\x07".encode()))
    assert text == "officer protection café-bar"


# ---------------------------------------------------------------- bad input


def locked_pdf() -> bytes:
    return a_pdf(lambda canvas: put(canvas, [LAW], x=60, y=700) and None, encrypt=pdfencrypt.StandardEncryption("secret"))


def a_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("notes.txt", "nothing here")
    return buffer.getvalue()


PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("law.pdf", lambda: b"", "empty"),
    "only blanks": ("law.txt", lambda: b" \n\n ", "empty"),
    "a PNG named .pdf": ("law.pdf", lambda: PNG, "image"),
    "a PNG named .txt": ("law.txt", lambda: PNG, "image"),
    "a truncated PDF": ("law.pdf", lambda: sample("pdf")[:-400], "cut off"),
    "a PDF of rubbish": ("law.pdf", lambda: b"%PDF-1.4\nrubbish\n%%EOF", "damaged"),
    "a locked PDF": ("law.pdf", locked_pdf, "password"),
    "a page with nothing on it": ("law.pdf", lambda: a_pdf(lambda canvas: canvas.rect(9, 9, 99, 99, fill=1)), "blank"),
    "a DOCX that is no zip": ("law.docx", lambda: b"This is no zip archive at all.", "plain text"),
    "a zip that is no DOCX": ("law.docx", a_zip, "no Word document"),
    "a truncated DOCX": ("law.docx", lambda: sample("docx")[:3000], "cut off"),
    "a binary called .txt": ("law.txt", lambda: bytes(range(256)) * 20, "not a document"),
    "an old Word file": ("law.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word"),
    "a web page named .pdf": ("law.pdf", lambda: sample("html"), "plain text"),
    "a page without text": ("law.html", lambda: b"<!DOCTYPE html><html><body><script>x()</script></body></html>", "no text"),
}


@pytest.mark.parametrize("case", sorted(BAD))
def test_a_bad_file_gives_one_line_that_says_what_to_do(case: str, tmp_path: Path) -> None:
    name, make, words = BAD[case]
    with pytest.raises(UnreadableDocument) as caught:
        open_file(written(tmp_path / name, make()))
    message = str(caught.value)
    assert words in message
    assert "\n" not in message and name not in message
    assert len([part for part in message.split(". ") if part]) >= 2  # why, and what to do


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.pdf", tmp_path):
        with pytest.raises(UnreadableDocument):
            open_file(path)


@pytest.mark.parametrize(("form", "ending"), [("pdf", ".docx"), ("pdf", ".txt"), ("docx", ".pdf"), ("html", ".txt"), ("pdf", "")])
def test_what_a_file_holds_counts_more_than_its_name(form: str, ending: str, tmp_path: Path) -> None:
    assert open_file(written(tmp_path / f"law{ending}", sample(form)))[0] == form


# ---------------------------------------------------------------- real documents


def letters(text: str) -> Counter[str]:
    return Counter(filter(str.isalnum, text))


@pytest.mark.parametrize(
    "name",
    [
        "codes/usa_rockford-pd-domestics-involving-department-members_2018.pdf",
        "codes/usa_hanover-park-pd-domestic-violence-procedure_2018.pdf",
        "laws/pak_anti-rape-investigation-trial-act_2021.pdf",
        "variety/usa_federal-register-3col_2020.pdf",
    ],
)
def test_no_letter_of_a_real_pdf_is_lost(name: str, shared: Path) -> None:
    path = shared / "corpus" / name
    raw: Counter[str] = Counter()
    with PdfDocument(path) as document:
        for page in document:
            raw += letters(page.get_textpage().get_text_range())
    _, _, read = open_file(path)
    found = letters(" ".join(block.text for block in read.blocks))
    assert sum((raw - found).values()) <= 0.005 * sum(raw.values())
