"""What every reader promises whatever it is given: one line for a file that cannot be read, never a hang, nothing fetched."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from filemaking import akn, epub, odt, paragraph, rtf, unzipped, word, zipped
from policyaudit.errors import UnreadableDocument
from policyaudit.ingest import archive
from policyaudit.ingest.readers import open_file, readers
from test_readers import sample

FORMATS = [reader.FORMAT for reader in readers() if hasattr(reader, "read")]  # but not images, which become another
ENDINGS = {reader.FORMAT: reader.EXTENSIONS[0] for reader in readers()}
LONGEST = 20.0  # seconds, on a slow machine


def outcome(data: bytes, path: Path) -> str:
    """The text of a file, or the line that says why it cannot be read."""
    path.write_bytes(data)
    began = time.monotonic()
    try:
        text = "\n".join(block.text for block in open_file(path)[2].blocks)
    except UnreadableDocument as reason:
        text = str(reason)
        assert "\n" not in text and len(text) < 300
    assert time.monotonic() - began < LONGEST
    return text


QUICK = [form for form in FORMATS if form != "doc"]  # that one starts LibreOffice each time


@pytest.mark.parametrize("form", QUICK)
def test_a_file_cut_off_anywhere(form: str, tmp_path: Path) -> None:
    data = sample(form)
    for share in (0.02, 0.3, 0.6, 0.9, 0.99):
        assert outcome(data[: int(len(data) * share)], tmp_path / f"law{ENDINGS[form]}")


@pytest.mark.parametrize("form", QUICK)
def test_the_same_bytes_give_the_same_blocks_under_any_name(form: str, tmp_path: Path) -> None:
    data = sample(form)
    for name in (f"one{ENDINGS[form]}", f"TWO{ENDINGS[form].upper()}"):
        (tmp_path / name).write_bytes(data)
    one, two = (open_file(tmp_path / name) for name in (f"one{ENDINGS[form]}", f"TWO{ENDINGS[form].upper()}"))
    assert one == two


@pytest.mark.parametrize("form", sorted(set(QUICK) - {"text", "markdown", "html"}))
def test_the_format_is_seen_in_the_file_whatever_its_name_says(form: str, tmp_path: Path) -> None:
    for ending in (".pdf", ".txt", ".docx", ""):
        path = tmp_path / f"law{ending}"
        path.write_bytes(sample(form))
        assert open_file(path)[0] == form


@pytest.mark.parametrize("form", ["docx", "odt", "epub"])
def test_every_part_of_an_archive_may_be_empty_or_rubbish(form: str, tmp_path: Path) -> None:
    parts = unzipped(sample(form))
    for name in parts:
        for content in (b"", b"<a", bytes(range(256))):
            assert outcome(zipped({**parts, name: content}, stored="mimetype"), tmp_path / f"law{ENDINGS[form]}")


def a_bomb(parts: dict[str, bytes], name: str) -> bytes:
    """An archive with a part of a few kilobytes that unpacks to more than any document holds."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for other, content in parts.items():
            if other != name:
                file.writestr(other, content, zipfile.ZIP_STORED if other == "mimetype" else zipfile.ZIP_DEFLATED)
        with file.open(name, "w") as part:
            for _ in range(5):
                part.write(b" " * (1 << 20))
    return buffer.getvalue()


@pytest.mark.parametrize(("form", "part"), [("docx", "word/document.xml"), ("odt", "content.xml"), ("epub", "OEBPS/p0.xhtml")])
def test_an_archive_that_unpacks_without_end(form: str, part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_PART", 4 << 20)
    data = a_bomb(unzipped(sample(form)), part)
    assert len(data) < 100_000
    assert "unpacks to more than" in outcome(data, tmp_path / f"law{ENDINGS[form]}")


LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
)  # fmt: skip


def with_entities(declared: str, used: str) -> dict[str, bytes]:
    """A document of each format of XML that uses an entity."""
    text = f"The police shall act. {used}"
    plain = {
        "docx": word(paragraph(text)),
        "odt": odt(f"<text:p>{text}</text:p>"),
        "epub": epub(f"<p>{text}</p>"),
        "akn": akn(f"<section><num>1</num><content><p>{text}</p></content></section>"),
        "html": f'<?xml version="1.0"?>{declared}<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{text}</p></body></html>'.encode(),
    }
    head = declared.encode()
    mark = b'<?xml version="1.0" encoding="UTF-8"?>'
    made = {"html": plain["html"], "akn": plain["akn"].replace(mark, mark + head)}
    for form in ("docx", "odt", "epub"):
        part = {"docx": "word/document.xml", "odt": "content.xml", "epub": "OEBPS/p0.xhtml"}[form]
        parts = unzipped(plain[form])
        parts[part] = mark + head + parts[part].replace(mark, b"")
        made[form] = zipped(parts, stored="mimetype")
    return made


@pytest.mark.parametrize("form", ["akn", "docx", "epub", "html", "odt"])
def test_entities_within_entities_are_not_written_out(form: str, tmp_path: Path) -> None:
    data = with_entities(LAUGHS + "]>", "&a11;")[form]
    assert len(outcome(data, tmp_path / f"law{ENDINGS[form]}")) < 2000


@pytest.mark.parametrize("form", ["akn", "docx", "epub", "html", "odt"])
def test_no_other_file_is_read_through_an_entity(form: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the hidden words")
    data = with_entities(f"<!DOCTYPE x [<!ENTITY e SYSTEM '{secret.as_uri()}'>]>", "&e;")[form]
    assert "hidden words" not in outcome(data, tmp_path / f"law{ENDINGS[form]}")


DEEP: dict[str, Callable[[int], bytes]] = {
    "html": lambda n: ("<html><body>" + "<div>" * n + "The police shall act." + "</div>" * n + "</body></html>").encode(),
    "akn": lambda n: akn("<section><content>" * n + "<p>The police shall act.</p>" + "</content></section>" * n),
    "docx": lambda n: word("<w:sdt><w:sdtContent>" * n + paragraph("The police shall act.") + "</w:sdtContent></w:sdt>" * n),
    "odt": lambda n: odt("<text:section>" * n + "<text:p>The police shall act.</text:p>" + "</text:section>" * n),
    "rtf": lambda n: rtf("{" * n + "The police shall act." + "}" * n + r"\par "),
    "markdown": lambda n: (">" * n + " The police shall act.\n").encode(),
}


@pytest.mark.parametrize("form", sorted(DEEP))
def test_elements_within_elements(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"law{ENDINGS[form]}"
    assert "The police shall act." in outcome(DEEP[form](20), path)
    for depth in (110, 300, 1000, 30_000):
        assert outcome(DEEP[form](depth), path)


def test_a_page_of_a_thousand_font_elements_is_read(tmp_path: Path) -> None:
    page = "<html><body>" + "<font>" * 1000 + "<p>The police shall act.</p>"
    assert "The police shall act." in outcome(page.encode(), tmp_path / "law.html")


HUGE: dict[str, Callable[[], bytes]] = {
    "cells that span a million columns": lambda: (
        b"<html><body><table>"
        + b"<tr><td colspan=1000000 rowspan=1000000>x</td><td>y</td></tr>" * 300
        + b"</table></body></html>"
    ),
    "thousands of list items": lambda: b"<html><body><ol>" + b"<li>No fee is due.</li>" * 10_000 + b"</ol></body></html>",
    "one line without an end": lambda: b"<html><body><p>" + b"word " * 400_000 + b"</p></body></html>",
    "thousands of menus": lambda: b"<html><body>" + b"<div class='menu'><p>a</p></div>" * 10_000 + b"</body></html>",
}


@pytest.mark.parametrize("case", sorted(HUGE))
def test_a_page_made_to_take_long(case: str, tmp_path: Path) -> None:
    assert outcome(HUGE[case](), tmp_path / "law.html")


def test_a_locked_odt_and_slides_say_what_they_are(tmp_path: Path) -> None:
    parts = unzipped(odt("<text:p>x</text:p>"))
    locked = zipped({**parts, "META-INF/manifest.xml": "<m:manifest><m:encryption-data/></m:manifest>"}, stored="mimetype")
    assert "password" in outcome(locked, tmp_path / "law.odt")
    slides = zipped({**parts, "mimetype": "application/vnd.oasis.opendocument.presentation"}, stored="mimetype")
    assert "slides" in outcome(slides, tmp_path / "law.odp")


def sheet(rows: str, styles: str = "", shared: str = "") -> bytes:
    """A workbook of one sheet, written by hand to say what no program writes."""
    main, related = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org"
    relation = f'<Relationship xmlns="{related}/package/2006/relationships" Id="r" Target="worksheets/sheet1.xml"/>'
    return zipped(
        {
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{related}/officeDocument/2006/relationships">'
            '<sheets><sheet name="Plan" r:id="r"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships>{relation}</Relationships>",
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
            "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{main}"><si><t>{shared}</t></si></sst>',
        }
    )


TRAINED = '<c t="inlineStr"><is><t>Train the police.</t></is></c>'
ONE = '<c s="1"><v>1</v></c>'
DATES = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
ZEROS = '<numFmts><numFmt numFmtId="200" formatCode="0.{}"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs>'
STRANGE = {
    "no number": (f'<row><c s="1"><v>nan</v></c><c s="1"><v>inf</v></c>{TRAINED}</row>', DATES),
    "places in other figures": (f'<row r="²"><c s="²"><v>1</v></c><c t="s"><v>²</v></c>{TRAINED}</row>', ""),
    "places of a thousand figures": (f'<row r="{"9" * 5000}"><c t="s"><v>{"9" * 5000}</v></c>{TRAINED}</row>', ""),
    "a million decimals": (f"<row>{ONE * 50}{TRAINED}</row>", ZEROS.format("0" * 1_000_000)),
}


@pytest.mark.parametrize("case", sorted(STRANGE))
def test_a_workbook_that_says_what_no_program_writes(case: str, tmp_path: Path) -> None:
    rows, styles = STRANGE[case]
    text = outcome(sheet(rows, styles), tmp_path / "plan.xlsx")
    assert "Train the police." in text and len(text) < 5000


def test_a_text_kept_once_and_shown_without_end(tmp_path: Path) -> None:
    rows = '<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>' * 2500
    assert "more text than any document" in outcome(sheet(rows, shared="x" * 32_000), tmp_path / "plan.xlsx")


def test_a_spreadsheet_whose_cells_say_strangely_how_often_they_stand(tmp_path: Path) -> None:
    for said in ("x", "1.5", "-3", "²", "9" * 5000, "1000000"):
        cell = f'<table:table-cell table:number-columns-repeated="{said}" table:number-rows-spanned="{said}">'
        cells = f"{cell}<text:p>Train the police.</text:p></table:table-cell>" * 30
        row = f"<table:table-row>{cells}</table:table-row>"
        table = odt(f"<table:table>{row * 100}</table:table>")
        assert "Train the police." in outcome(table, tmp_path / "plan.odt")


def test_a_saved_page_with_parts_within_parts(tmp_path: Path) -> None:
    def within(place: int) -> str:
        return f'Content-Type: multipart/mixed; boundary="b{place}"\n\n--b{place}\n'

    page = "Content-Type: text/html\n\n<p>The police shall act.</p>\n"
    for depth in (3, 3000):
        said = outcome(f"MIME-Version: 1.0\n{''.join(map(within, range(depth)))}{page}".encode(), tmp_path / "law.mht")
        assert ("shall act" if depth == 3 else "too deep") in said


def test_one_sheet_named_many_times_is_read_once(tmp_path: Path) -> None:
    parts = unzipped(sheet(f"<row>{TRAINED}</row>"))
    named = b'<sheet name="Plan" r:id="r"/>'
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(named, named * 500)
    assert outcome(zipped(parts), tmp_path / "plan.xlsx") == "Train the police."
