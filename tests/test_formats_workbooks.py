"""Excel workbooks and spreadsheets, as plan matrices are kept: what their cells show, under their heads."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from filemaking import unzipped, zipped
from policyaudit import run
from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.blocks import RawDocument, Role
from policyaudit.ingest.readers import odt, open_file, xlsx
from policyaudit.model import Document, DocumentKind, Source, TextKind
from test_readers import old

ROWS = (
    ("Plan of Action 2026-2030",),
    ("Axis", "Action", "Lead", "Budget"),
    ("1. Prevention", "Train officers\n- in law\n- in care", "Ministry of Interior", 1500000.5),
    (None, "Campaign", "Ministry of Women", 0.25),
    (),
    ("2. Protection", "Shelters", "Ministry of Women", date(2027, 3, 1)),
    (),
    ("Source: the ministries.",),
)


def matrix() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active.merge_cells("A1:D1")
    book.active.merge_cells("A3:A4")
    book.active["D3"].number_format = '"USD" #,##0.00'
    book.active["D4"].number_format = "0%"
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(book: openpyxl.Workbook) -> RawDocument:
    return xlsx.read(saved(book), name="matrix.xlsx")


def test_a_matrix_reads_row_by_row_as_its_cells_show() -> None:
    blocks = read(matrix()).blocks
    assert [(block.role, block.text) for block in blocks if block.role is not Role.ROW] == [
        (Role.TITLE, "Plan of Action 2026-2030"),
        (Role.PARAGRAPH, "Source: the ministries."),
    ]
    rows = [block.cells for block in blocks if block.role is Role.ROW]
    assert [head for head, _ in rows[1]] == ["Axis", "Action", "Lead", "Budget"]
    assert [[text for _, text in row] for row in rows[1:]] == [
        ["1. Prevention", "Train officers\n- in law\n- in care", "Ministry of Interior", "USD 1500000.50"],
        ["1. Prevention", "Campaign", "Ministry of Women", "25%"],
        ["2. Protection", "Shelters", "Ministry of Women", "2027-03-01"],
    ]


def test_sheets_with_names_are_headings_and_what_is_hidden_is_left_out_with_a_warning() -> None:
    book = matrix()
    book.active.title = "Axis 1"
    book.active.column_dimensions["C"].hidden = True
    second = book.create_sheet("Follow-up of the plan")
    second.append(("The council meets every month.",))
    book.create_sheet("Working notes").append(("not for others",))
    book["Working notes"].sheet_state = "hidden"
    document = read(book)
    said = [block.text for block in document.blocks]
    assert said[-2:] == ["Follow-up of the plan", "The council meets every month."]
    assert document.blocks[-2].role is Role.HEADING
    assert not any("Ministry of" in text or "not for others" in text for text in said)
    assert "Hidden sheets, rows or columns of the workbook (2)" in document.warnings[0]


def test_what_stands_above_the_first_table_is_the_title_and_not_the_name_of_a_sheet(tmp_path: Path) -> None:
    book = matrix()
    book.active.title = "Axis 1"
    second = book.create_sheet("Budget")
    second.append(("Item", "Amount"))
    second.append(("Shelters", 1000))
    path = tmp_path / "matrix.xlsx"
    path.write_bytes(saved(book))
    document = run.read(Source(str(path), "matrix.xlsx"))
    assert isinstance(document, Document)
    assert (document.title, document.kind) == ("Plan of Action 2026-2030", DocumentKind.ACTION_PLAN)


def test_the_title_of_a_single_sheet_is_no_measure(tmp_path: Path) -> None:
    path = tmp_path / "matrix.xlsx"
    path.write_bytes(saved(matrix()))
    document = run.read(Source(str(path), "matrix.xlsx"))
    assert isinstance(document, Document)
    said = {document.text[one.start : one.end]: one.kind for one in document.provisions if one.unit != "row"}
    assert said["Plan of Action 2026-2030"] is TextKind.TITLE
    assert said["Source: the ministries."] is not TextKind.TITLE
    assert {one.path for one in document.provisions if one.unit == "row"} == {f"table 1, row {row}" for row in range(1, 5)}


def test_a_formula_without_a_result_is_told() -> None:
    book = matrix()
    book.active["D6"] = "=D3*2"
    assert any("formulas without a result (1)" in warning for warning in read(book).warnings)


def test_a_second_table_has_heads_of_its_own() -> None:
    book = openpyxl.Workbook()
    first = (("Action", "Lead", "When"), ("Train all officers of the police", "Police", "In the first year of it"))
    second = (("Indicator", "Source", "Goal"), ("Officers who were trained in a year", "Police", "In all, 400 of them"))
    for row in (*first, (), *second):
        book.active.append(row)
    for row in ("1", "4"):
        for column in "ABC":
            book.active[column + row].font = openpyxl.styles.Font(bold=True)
    rows = [block.cells for block in read(book).blocks]
    assert [head for head, _ in rows[1]] == ["Action", "Lead", "When"]
    assert [head for head, _ in rows[3]] == ["Indicator", "Source", "Goal"]


def test_a_report_of_ours_is_no_document() -> None:
    book = matrix()
    book.properties.creator = "policyaudit 1.0"
    with pytest.raises(UnreadableDocument, match="a report of policyaudit"):
        read(book)


def test_an_old_workbook_is_read_through_libreoffice(tmp_path: Path) -> None:
    path = tmp_path / "matrix.xls"
    path.write_bytes(old(saved(matrix()), "xlsx", "xls:MS Excel 97"))
    form, _, document = open_file(path)
    assert form == "xls" and document.blocks == read(matrix()).blocks
    path.write_bytes(path.read_bytes()[:600])
    with pytest.raises(UnreadableDocument, match=r"Save it as \.xlsx"):
        open_file(path)


def test_a_workbook_is_known_whatever_its_name_says(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(saved(matrix()))
    assert open_file(path)[0] == "xlsx"


@pytest.mark.parametrize("rubbish", [b"", b"<x/>", b"rubbish"])
def test_every_part_of_a_workbook_may_be_empty_or_rubbish(rubbish: bytes) -> None:
    parts = unzipped(saved(matrix()))
    for name in parts:
        try:
            xlsx.read(zipped({**parts, name: rubbish}), name="matrix.xlsx")
        except UnreadableDocument as reason:
            assert str(reason).endswith(".")


@pytest.mark.parametrize(
    ("part", "what"), [("ppt/presentation.xml", "PowerPoint"), ("Index/Document.iwa", "Apple"), ("xl/workbook.bin", "xlsb")]
)
def test_other_archives_say_what_they_are(part: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(zipped({part: "<x/>"}))
    with pytest.raises(UnreadableDocument, match=what):
        open_file(path)


def test_the_sheets_of_a_spreadsheet_are_read_and_hidden_ones_are_not() -> None:
    names = ("office", "text", "table", "style")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)

    def table(style: str, *rows: tuple[str, ...]) -> str:
        made = ""
        for row in rows:
            made += "<table:table-row>"
            made += (
                "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in row) + "</table:table-row>"
            )
        return f'<table:table table:style-name="{style}">{made}</table:table>'

    hidden = '<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>'
    body = table("", ("Action", "Lead"), ("Train", "Police")) + table("h", ("not", "shown"))
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{hidden}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    data = zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}, stored="mimetype")
    assert odt.recognises(data[:4096])
    assert [block.text for block in odt.read(data, name="plan.ods").blocks] == ["Action | Lead", "Train | Police"]


def test_a_sheet_of_a_spreadsheet_ends_with_its_last_text_and_not_at_its_edge() -> None:
    names = ("office", "text", "table")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    edge = '<table:table-cell table:number-columns-repeated="16382"/>'

    def cells(*texts: str) -> str:
        return "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in texts)

    title = f'<table:table-cell table:number-columns-spanned="2"><text:p>Plan of the police</text:p></table:table-cell>{edge}'
    actions = (("Train officers", "Police academy"), ("Open shelters for survivors", "Ministry of Women"))
    rows = (title, cells("Action", "Lead") + edge, *(cells(*action) + edge for action in actions))
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table>{body}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    data = zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}, stored="mimetype")
    blocks = odt.read(data, name="plan.ods").blocks
    assert blocks[0].names == "rows", "the title over all columns heads the rows and is none of them"
    assert [text for _, text in blocks[2].cells] == ["Train officers", "Police academy"]
