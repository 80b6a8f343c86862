"""OpenDocument and Rich Text: numbers, tables, notes, tracked changes."""

from __future__ import annotations

import pytest

from filemaking import odt, odt_table, rtf, rtf_table
from policyaudit.ingest.blocks import Manner, RawDocument, Role
from policyaudit.ingest.readers import odt as odt_reader
from policyaudit.ingest.readers import rtf as rtf_reader


def read_odt(body: str, styles: str = "", *, changes: str = "accepted") -> RawDocument:
    return odt_reader.read(odt(body, styles), name="law.odt", manner=Manner(changes=changes))


def read_rtf(body: str, *, changes: str = "accepted") -> RawDocument:
    return rtf_reader.read(rtf(body), name="law.rtf", manner=Manner(changes=changes))


def texts(document: RawDocument, *roles: Role) -> list[str]:
    return [block.text for block in document.blocks if not roles or block.role in roles]


# ---------------------------------------------------------------- OpenDocument

LIST = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>'
    '<text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="3"/></text:list-style>'
)


def odt_list(*items: str, more: str = "") -> str:
    inner = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f'<text:list text:style-name="L" {more}>{inner}</text:list>'


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def test_odt_lists_count_as_on_screen() -> None:
    nested = p("one") + "<text:list><text:list-item>" + p("a") + "</text:list-item><text:list-item>" + p("b")
    nested += "<text:list><text:list-item>" + p("deep") + "</text:list-item></text:list></text:list-item></text:list>"
    body = odt_list(nested, p("two")) + p("between") + odt_list(p("three"), more='text:continue-numbering="true"')
    body += odt_list(p("new")) + odt_list("<text:p>seven</text:p>").replace(
        "<text:list-item>", '<text:list-item text:start-value="7">'
    )
    assert texts(read_odt(body, LIST)) == [
        "1. one", "(a) a", "(b) b", "1.b.1 deep", "2. two", "between", "3. three", "1. new", "7. seven",
    ]  # fmt: skip


CHANGES = (
    '<text:tracked-changes><text:changed-region text:id="i"><text:insertion/></text:changed-region>'
    '<text:changed-region text:id="d"><text:deletion><text:p>may </text:p></text:deletion></text:changed-region>'
    '</text:tracked-changes><text:p>The police <text:change text:change-id="d"/><text:change-start text:change-id="i"/>shall '
    '<text:change-end text:change-id="i"/>act.</text:p>'
)


@pytest.mark.parametrize(("changes", "shown"), [("accepted", "The police shall act."), ("original", "The police may act.")])
def test_odt_tracked_changes(changes: str, shown: str) -> None:
    document = read_odt(CHANGES, changes=changes)
    assert texts(document) == [shown]
    assert "tracked changes (2)" in document.warnings[0]


def test_odt_notes_hidden_text_contents_and_merged_cells() -> None:
    styles = '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    note = (
        "<text:note><text:note-citation>3</text:note-citation><text:note-body>"
        + p("See the Act.")
        + "</text:note-body></text:note>"
    )
    body = f"<text:table-of-content><text:index-body>{p('1. Duties 4')}</text:index-body></text:table-of-content>"
    body += p(f'A duty{note}.<text:span text:style-name="H"> hidden</text:span>')
    table = odt_table(("Goal", "Action"), ("Protection", "Train"), ("", "Equip"))
    table = table.replace(
        "<table:table-cell><text:p>Protection", '<table:table-cell table:number-rows-spanned="2"><text:p>Protection'
    )
    table = table.replace("<table:table-cell><text:p></text:p></table:table-cell>", "<table:covered-table-cell/>")
    document = read_odt(body + table, styles)
    assert texts(document, Role.CONTENTS) == ["1. Duties 4"]
    assert texts(document, Role.PARAGRAPH, Role.NOTE) == ["A duty.", "3 See the Act."]
    rows = [block.cells for block in document.blocks if block.role is Role.ROW]
    assert rows[1:] == [(("Goal", "Protection"), ("Action", "Train")), (("Goal", "Protection"), ("Action", "Equip"))]


def test_odt_deletions_over_several_items_stand_there_with_their_numbers_before_the_changes() -> None:
    regions = '<text:changed-region text:id="d"><text:deletion>' + p("") + p("Gone.") + p("Was ") + "</text:deletion>"
    regions += '</text:changed-region><text:changed-region text:id="i"><text:insertion/></text:changed-region>'
    inserted = '<text:change-start text:change-id="i"/>New.<text:change-end text:change-id="i"/>'
    body = f"<text:tracked-changes>{regions}</text:tracked-changes>"
    body += odt_list(p('First.<text:change text:change-id="d"/>second.'), p(inserted), p("Third."))
    assert texts(read_odt(body, LIST)) == ["1. First.second.", "2. New.", "3. Third."]
    assert texts(read_odt(body, LIST, changes="original")) == ["1. First.", "2. Gone.", "3. Was second.", "4. Third."]


def test_odt_numbers_in_a_pattern_and_numbered_paragraphs_without_a_list() -> None:
    style = (
        '<text:list-style style:name="L" xmlns:x="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0">'
        '<text:list-level-style-number text:level="1" style:num-format="I" x:num-list-format="Article %1%."/>'
        '<text:list-level-style-number text:level="2" style:num-format="01, 02, 03, ..." x:num-list-format="(%1%-%2%)"/>'
        "</text:list-style>"
    )
    numbered = '<text:numbered-paragraph text:list-id="n" text:style-name="L" text:level="{}">{}</text:numbered-paragraph>'
    body = "".join(numbered.format(place, p(text)) for place, text in ((1, "Scope"), (2, "all"), (2, "more"), (1, "Duties")))
    assert texts(read_odt(body, style)) == ["Article I. Scope", "(I-01) all", "(I-02) more", "Article II. Duties"]


def test_odt_lines_broken_by_hand_hidden_paragraphs_and_shapes() -> None:
    styles = '<style:style style:name="H" style:family="paragraph"><style:text-properties text:display="none"/></style:style>'
    drawing = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
    shape = f'<draw:g xmlns:draw="{drawing}"><draw:rect>{p("In a shape.")}</draw:rect></draw:g>'
    body = p("The court orders:<text:line-break/>a) at once;<text:line-break/>b) in\nfull.")
    body += f'<text:p text:style-name="H">Hidden.</text:p>{p("Before." + shape)}{shape}'
    assert texts(read_odt(body, styles)) == [
        "The court orders:", "a) at once;", "b) in full.", "Before.", "In a shape.", "In a shape.",
    ]  # fmt: skip


# ---------------------------------------------------------------- Rich Text


@pytest.mark.parametrize(
    ("coded", "shown"),
    [
        (r"Ni\'f1ez y protecci\'f3n", "Niñez y protección"),
        (r"\u209\'d1 y \u8220?comillas\u8221?", "Ñ y “comillas”"),
        (r"{\f1 \'cf\'ee\'eb\'e8\'f6\'e8\'ff} y fin", "Полиция y fin"),
        (r"\uc2\u241\'f1\'f1o", "ño"),
        (r"un \endash  dos\~tres, cuatro\_cinco", "un – dos tres, cuatro-cinco"),
        (r"llaves \{ \} y \\", "llaves { } y \\"),
        (r"\u-10179?\u-8704?", "\U0001f600"),
    ],
)
def test_rtf_letters(coded: str, shown: str) -> None:
    assert texts(read_rtf(rf"\pard {coded}\par ")) == [shown]


def test_rtf_numbers_notes_heads_and_what_is_no_text() -> None:
    body = (
        r"{\header\pard Ministry\par}{\*\unknown never}{\info{\title An Act on Orders}}"
        r"{\pict 0102}\pard{\listtext\tab (a)\tab}\ilvl0 record it{\super\chftn{\footnote\pard\chftn  See the Act.\par}};\par"
        r"\pard{\field{\*\fldinst HYPERLINK x}{\fldrslt the order}} stands{\v  hidden}.\par "
    )
    document = read_rtf(body)
    assert [(block.text, block.role) for block in document.blocks] == [
        ("(a) record it;", Role.ITEM),
        ("1 See the Act.", Role.NOTE),
        ("the order stands.", Role.PARAGRAPH),
        ("Ministry", Role.FURNITURE),
    ]
    assert document.title == "An Act on Orders"


@pytest.mark.parametrize(("changes", "shown"), [("accepted", "The police shall act."), ("original", "The police may act.")])
def test_rtf_tracked_changes(changes: str, shown: str) -> None:
    document = read_rtf(r"\pard The police {\deleted may }{\revised shall }act.\par ", changes=changes)
    assert texts(document) == [shown]
    assert "tracked changes" in document.warnings[0]


def test_rtf_cells_over_columns_and_rows() -> None:
    table = rtf_table(("Goal", "Action"), ("Protection", "Train"), ("", "Equip"))
    table = table.replace(r"\cellx3000", r"\clvmgf\cellx3000", 2).replace(r"\clvmgf", "", 1)
    head, first, second = table.split(r"\row ")[:3]
    second = second.replace(r"\cellx3000", r"\clvmrg\cellx3000")
    wide = r"\trowd\cellx6000\pard\intbl Over both\cell\row \pard "
    document = read_rtf(rf"{head}\row {first}\row {second}\row {wide}\pard After.\par ")
    rows = [block.cells for block in document.blocks if block.role is Role.ROW]
    assert rows[1:3] == [(("Goal", "Protection"), ("Action", "Train")), (("Goal", "Protection"), ("Action", "Equip"))]
    assert texts(document)[-2:] == ["Over both", "After."]


def test_rtf_that_breaks_off_keeps_its_text_and_says_so() -> None:
    document = rtf_reader.read(rtf(r"\pard The police shall act.\par The court")[:-1], name="law.rtf")
    assert texts(document) == ["The police shall act.", "The court"]
    assert "cut off" in document.warnings[0]


def test_rtf_endnotes_count_for_themselves_and_a_note_keeps_a_sign_of_its_own() -> None:
    note = r"{\super\chftn{\footnote%s\chftn  %s}}"
    body = rf"\pard One{note % ('', 'first')} two{note % (chr(92) + 'ftnalt', 'last')}{{\super *{{\footnote * own}}}}"
    assert texts(read_rtf(rf"{body}{note % ('', 'second')}\par "), Role.NOTE) == ["1 first", "i last", "* own", "2 second"]


def test_rtf_boxes_are_read_once_after_their_paragraph() -> None:
    old = r"{\shprslt{\*\do{\dptxbxtext In a box.}}}"
    box = rf"{{\shp{{\*\shpinst{{\sp{{\sn x}}{{\sv 1}}}}{{\shptxt\pard In a box.\par Second line.\par}}}}{old}}}"
    document = read_rtf(rf"\pard Around{box} the box.\par {{\*\do{{\dptxbxtext\pard Old box.\par}}}}\pard After.\par ")
    assert texts(document) == ["Around the box.", "In a box.", "Second line.", "After.", "Old box."]


def test_rtf_contents_deleted_paragraph_ends_and_lines_broken_by_hand() -> None:
    field = r"{\field{\*\fldinst{ TOC \\\\o }}{\fldrslt \pard Scope\tab 1\par Duties\tab 2}}\par "
    joined = r"\pard{\listtext 1.\tab}The court hears {\deleted\par}\pard{\listtext 2.\tab}the survivor.\par "
    lines = r"\pard It orders:\line a) at once;\line b) in full.\par "
    document = read_rtf(field + joined + lines)
    assert texts(document, Role.CONTENTS) == ["Scope 1", "Duties 2"]
    assert texts(document)[2:] == ["2. The court hears the survivor.", "It orders:", "a) at once;", "b) in full."]
    assert texts(read_rtf(joined, changes="original")) == ["1. The court hears", "2. the survivor."]


def test_rtf_text_in_two_codings_is_read_once() -> None:
    assert texts(read_rtf(r"\pard Ni{\upr{n}{\*\ud{\u241?}}}ez.\par ")) == ["Niñez."]
