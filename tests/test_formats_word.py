"""Word documents: what stands on the screen, and what does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from filemaking import W, paragraph, unzipped, word, zipped
from policyaudit.ingest.blocks import Manner, RawDocument, Role
from policyaudit.ingest.readers import docx


def read(data: bytes, *, changes: str = "accepted") -> RawDocument:
    return docx.read(data, name="draft.docx", manner=Manner(changes=changes))


def texts(document: RawDocument, *roles: Role) -> list[str]:
    return [block.text for block in document.blocks if not roles or block.role in roles]


def level(place: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbers(*levels: str, lists: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{lists}'


def item(text: str, place: int = 0, key: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{key}"/></w:numPr>')


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("decimal", ["1.", "2.", "3."]),
        ("decimalZero", ["01.", "02.", "03."]),
        ("lowerLetter", ["a.", "b.", "c."]),
        ("upperRoman", ["I.", "II.", "III."]),
        ("lowerRoman", ["i.", "ii.", "iii."]),
        ("bullet", ["•", "•", "•"]),
    ],
)
def test_numbers_in_every_form(form: str, shown: list[str]) -> None:
    document = read(word(item("one") + item("two") + item("three"), numbering=numbers(level(0, form, "%1."))))
    assert texts(document) == [f"{mark} {text}" for mark, text in zip(shown, ("one", "two", "three"), strict=True)]


@pytest.mark.parametrize(
    ("language", "shown"), [("en-GB", "1st 2nd 3rd 4th"), ("es-ES", "1º 2º 3º 4º"), ("fr-FR", "1er 2e 3e 4e")]
)
def test_ordinals_in_the_documents_language(language: str, shown: str) -> None:
    styles = f'<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="{language}"/></w:rPr></w:rPrDefault></w:docDefaults>'
    body = "".join(item("x") for _ in range(4))
    document = read(word(body, numbering=numbers(level(0, "ordinal", "%1")), styles=styles))
    assert [text.removesuffix(" x") for text in texts(document)] == shown.split()


def test_levels_within_levels_begin_anew_and_legal_ones_are_in_figures() -> None:
    levels = (level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<w:isLgl/>"), level(2, "lowerLetter", "(%3)"))
    body = item("A") + item("b", 1) + item("c", 2) + item("d", 2) + item("e", 1) + item("f", 2) + item("B") + item("g", 1)
    assert texts(read(word(body, numbering=numbers(*levels)))) == [
        "I. A", "1.1 b", "(a) c", "(b) d", "1.2 e", "(a) f", "II. B", "2.1 g",
    ]  # fmt: skip


def test_a_level_that_is_told_not_to_begin_anew_goes_on() -> None:
    levels = (level(0, "decimal", "Part %1"), level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>'))
    body = item("A") + item("b", 1) + item("B") + item("c", 1)
    assert texts(read(word(body, numbering=numbers(*levels)))) == ["Part 1 A", "1. b", "Part 2 B", "2. c"]


def test_a_list_that_starts_over() -> None:
    lists = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    lists += '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    body = item("one") + item("two") + item("five", key=2) + item("six", key=2)
    document = read(word(body, numbering=numbers(level(0, "decimal", "%1."), lists=lists)))
    assert texts(document) == ["1. one", "2. two", "5. five", "6. six"]


def test_headings_are_numbered_through_their_style() -> None:
    style = '<w:style w:type="paragraph" w:styleId="H{0}"><w:name w:val="heading {0}"/><w:pPr><w:numPr><w:numId w:val="1"/>'
    style += "</w:numPr></w:pPr></w:style>"
    levels = (
        level(0, "decimal", "Article %1.", '<w:pStyle w:val="H1"/>'),
        level(1, "decimal", "%1.%2", '<w:pStyle w:val="H2"/>'),
    )
    body = "".join(paragraph(text, f'<w:pStyle w:val="{key}"/>') for text, key in (("A", "H1"), ("b", "H2"), ("B", "H1")))
    document = read(word(body, numbering=numbers(*levels), styles=style.format(1) + style.format(2)))
    assert [(block.text, block.role, block.level) for block in document.blocks] == [
        ("Article 1. A", Role.HEADING, 1),
        ("1.1 b", Role.HEADING, 2),
        ("Article 2. B", Role.HEADING, 1),
    ]


def test_an_empty_item_counts_as_word_counts_it() -> None:
    document = read(word(item("one") + item("") + item("three"), numbering=numbers(level(0, "decimal", "%1."))))
    assert texts(document) == ["1. one", "3. three"]


CHANGED = (
    "<w:p><w:r><w:t xml:space='preserve'>The police </w:t></w:r><w:del><w:r><w:delText xml:space='preserve'>may </w:delText>"
    "</w:r></w:del><w:ins><w:r><w:t xml:space='preserve'>shall </w:t></w:r></w:ins><w:r><w:t>act.</w:t></w:r></w:p>"
    "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>The court hears </w:t></w:r></w:p>"
    "<w:p><w:r><w:t>both sides.</w:t></w:r></w:p>"
    "<w:moveFrom><w:p><w:r><w:t>A moved paragraph.</w:t></w:r></w:p></w:moveFrom>"
    "<w:tbl><w:tr><w:trPr><w:ins/></w:trPr><w:tc><w:p><w:r><w:t>New</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>row</w:t>"
    "</w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>Old</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>line</w:t></w:r>"
    "</w:p></w:tc></w:tr></w:tbl><w:p/><w:moveTo><w:p><w:r><w:t>A moved paragraph.</w:t></w:r></w:p></w:moveTo>"
)


def test_tracked_changes_as_accepted_and_as_before() -> None:
    accepted, original = read(word(CHANGED)), read(word(CHANGED), changes="original")
    assert texts(accepted) == [
        "The police shall act.", "The court hears both sides.", "New | row", "Old | line", "A moved paragraph.",
    ]  # fmt: skip
    assert texts(original) == [
        "The police may act.", "The court hears", "both sides.", "A moved paragraph.", "Old | line",
    ]  # fmt: skip
    assert "as if all were accepted" in accepted.warnings[0] and "as it was before" in original.warnings[0]


def test_the_command_reads_a_draft_as_it_was(policyaudit: Callable[..., object], tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    path.write_bytes(word(CHANGED))
    assert "shall act" in policyaudit("read", path, "--text").out  # type: ignore[attr-defined]
    assert "may act" in policyaudit("read", path, "--text", "--changes", "original").out  # type: ignore[attr-defined]


def field(code: str, result: str) -> str:
    marks = {kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")}
    return f"{marks['begin']}<w:r>{code}</w:r>{marks['separate']}<w:r><w:t>{result}</w:t></w:r>{marks['end']}"


def test_fields_show_their_result_and_not_their_code() -> None:
    inner = field("<w:instrText>MERGEFIELD x</w:instrText>", "never shown")
    outer = field(f"<w:instrText>IF </w:instrText></w:r>{inner}<w:r><w:t> = 1</w:t>", "section 4")
    assert texts(read(word(f"<w:p><w:r><w:t xml:space='preserve'>under </w:t></w:r>{outer}</w:p>"))) == ["under section 4"]


def test_a_field_that_never_ends_takes_no_text_with_it() -> None:
    begun = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>The police shall act.</w:t></w:r></w:p>'
    assert texts(read(word(begun + paragraph("The court decides.")))) == ["The police shall act.", "The court decides."]


def test_what_is_in_the_file_but_not_on_the_screen_is_left_out() -> None:
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>shown</w:t></w:r></w:p>"
    prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + paragraph("Click here") + "</w:sdtContent></w:sdt>"
    control = "<w:sdt><w:sdtContent>" + paragraph("filled in") + "</w:sdtContent></w:sdt>"
    comment = f'<w:comment w:id="1">{paragraph("why?")}</w:comment>'
    document = read(word(hidden + prompt + control, comments=comment))
    assert texts(document) == ["shown", "filled in"]
    assert any("comments" in warning for warning in document.warnings)


def test_notes_stand_after_their_paragraph_and_boxes_are_read_once() -> None:
    note = f'<w:footnote w:id="2">{paragraph("See the Police Act.")}</w:footnote>'
    body = '<w:p><w:r><w:t>A duty</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>.</w:t></w:r></w:p>'
    alternative = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent>{paragraph('In a box')}</w:txbxContent>"
    either = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    body += f'<w:p xmlns:mc="{alternative}"><w:r><mc:AlternateContent>{either}</mc:AlternateContent></w:r></w:p>'
    document = read(word(body, footnotes=note))
    assert [(block.text, block.role) for block in document.blocks] == [
        ("A duty.", Role.PARAGRAPH),
        ("1 See the Police Act.", Role.NOTE),
        ("In a box", Role.PARAGRAPH),
    ]


@pytest.mark.parametrize(("words", "status"), [("DRAFT", "draft"), ("BORRADOR", "draft"), ("CONFIDENTIAL", None)])
def test_a_watermark_says_that_it_is_a_draft(words: str, status: str | None) -> None:
    mark = f'<w:p><w:r><w:pict><v:shape><v:textpath string="{words}"/></v:shape></w:pict></w:r></w:p>'
    document = read(word(paragraph("Article 1."), header=mark))
    assert document.facts.get("status") == status
    assert texts(document, Role.FURNITURE) == [words]


def test_a_table_within_a_cell_and_a_cell_over_rows() -> None:
    def cell(content: str, merge: str = "") -> str:
        return f"<w:tc><w:tcPr>{merge}</w:tcPr>{content}</w:tc>"

    inner = f"<w:tbl><w:tr>{cell(paragraph('Unit'))}{cell(paragraph('Judge'))}</w:tr></w:tbl>"
    begin, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = f"<w:tr>{cell(paragraph('Goal'), begin)}{cell(paragraph('Train') + inner)}</w:tr>"
    rows += f"<w:tr>{cell('<w:p/>', on)}{cell(paragraph('Equip'))}</w:tr>"
    first, second = read(word(f"<w:tbl>{rows}</w:tbl>")).blocks
    assert first.cells == (("", "Goal"), ("", "Train\nUnit | Judge"))
    assert second.cells == (("", "Goal"), ("", "Equip"))
    assert second.text == "Equip"


def test_the_strict_variant_is_read_too() -> None:
    names = {
        W: "http://purl.oclc.org/ooxml/wordprocessingml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
            "http://purl.oclc.org/ooxml/officeDocument/relationships"
        ),
    }
    parts = unzipped(word(item("The police shall act."), numbering=numbers(level(0, "decimal", "%1."))))
    for plain, strict in names.items():
        parts = {name: content.replace(plain.encode(), strict.encode()) for name, content in parts.items()}
    assert texts(read(zipped(parts))) == ["1. The police shall act."]


def test_a_deleted_paragraph_end_joins_over_bookmarks_and_takes_no_number() -> None:
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = paragraph("The court hears the ", f"{number}<w:rPr><w:del/></w:rPr>")
    between = '<w:bookmarkStart w:id="7" w:name="b"/><w:bookmarkEnd w:id="7"/>'
    data = word(gone + between + item("applicant.") + item("The police attend."), numbering=numbers(level(0, "decimal", "%1.")))
    assert texts(read(data)) == ["1. The court hears the applicant.", "2. The police attend."]
    assert texts(read(data, changes="original")) == ["1. The court hears the", "2. applicant.", "3. The police attend."]


def test_endnotes_count_for_themselves_and_a_note_keeps_a_sign_of_its_own() -> None:
    notes = "".join(
        f'<w:footnote w:id="{key}">{paragraph(text)}</w:footnote>' for key, text in ((2, "One"), (3, "* Two"), (4, "Three"))
    )
    runs = "".join(
        f'<w:r><w:footnoteReference w:id="{key}"{own}/></w:r>' for key, own in ((2, ""), (3, ' w:customMarkFollows="1"'))
    )
    body = (
        f"<w:p><w:r><w:t>A duty</w:t></w:r>{runs}<w:r><w:endnoteReference w:id='2'/><w:footnoteReference w:id='4'/></w:r></w:p>"
    )
    endnotes = f'<w:endnote w:id="2">{paragraph("At the end")}</w:endnote>'
    assert texts(read(word(body, footnotes=notes, endnotes=endnotes)), Role.NOTE) == ["1 One", "* Two", "i At the end", "2 Three"]


def test_a_large_initial_stands_before_its_word() -> None:
    initial = paragraph("T", '<w:framePr w:dropCap="drop" w:lines="3"/>')
    assert texts(read(word(initial + paragraph("he State shall act.")))) == ["The State shall act."]


def test_paragraphs_for_new_and_old_programs_are_read_once() -> None:
    around = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    choice, fallback = (f"<mc:{tag}>{paragraph(text)}</mc:{tag}>" for tag, text in (("Choice", "New"), ("Fallback", "Old")))
    body = f'<mc:AlternateContent xmlns:mc="{around}">{choice}{fallback}</mc:AlternateContent>'
    assert texts(read(word(body + paragraph("After.")))) == ["New", "After."]


def test_text_is_hidden_by_its_style_too_and_a_cell_to_be_filled_in_keeps_its_place() -> None:
    styles = '<w:style w:type="character" w:styleId="C"><w:rPr><w:vanish/></w:rPr></w:style>'
    styles += '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>'
    styles += '<w:style w:type="paragraph" w:styleId="Q"><w:basedOn w:val="P"/></w:style>'
    body = '<w:p><w:r><w:t>Shown</w:t></w:r><w:r><w:rPr><w:rStyle w:val="C"/></w:rPr><w:t> hidden</w:t></w:r></w:p>'
    body += paragraph("all hidden", '<w:pStyle w:val="Q"/>')
    cells = [f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Police", "Enter a duty", "At once")]
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{cells[1]}</w:sdtContent></w:sdt>"
    document = read(word(f"{body}<w:tbl><w:tr>{cells[0]}{prompt}{cells[2]}</w:tr></w:tbl>", styles=styles))
    assert [block.text for block in document.blocks] == ["Shown", "Police | At once"]
    assert [text for _, text in document.blocks[1].cells] == ["Police", "", "At once"]


def test_lines_broken_by_hand_are_items_where_they_begin_as_such() -> None:
    lines = "</w:t><w:br/><w:t>".join(("The court orders", "protection of the survivor:", "a) at once;", "b) in full."))
    body = f"<w:p><w:r><w:t>{lines}</w:t></w:r></w:p>"
    assert texts(read(word(body))) == ["The court orders protection of the survivor:", "a) at once;", "b) in full."]


def test_the_first_line_of_a_table_of_contents_is_one_of_it(tmp_path: Path, policyaudit: Callable[..., object]) -> None:
    marks = {kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")}
    first = (
        f"{marks['begin']}<w:r><w:instrText> TOC </w:instrText></w:r>{marks['separate']}<w:r><w:t>Article 1 Scope 1</w:t></w:r>"
    )
    body = f"{paragraph('Contents')}<w:p>{first}</w:p>{paragraph('Article 2 Duties 2')}<w:p>{marks['end']}</w:p>"
    body += (
        paragraph("Article 1 Scope") + paragraph("The Act applies.") + paragraph("Article 2 Duties") + paragraph("Police attend.")
    )
    assert texts(read(word(body)), Role.CONTENTS) == ["Article 1 Scope 1", "Article 2 Duties 2"]
    path = tmp_path / "act.docx"
    path.write_bytes(word(body))
    shown = policyaudit("read", path).out  # type: ignore[attr-defined]
    assert "art. 1 · article · Article 1 Scope The Act applies." in shown and "art. 2 · article" in shown


DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def related(data: bytes, name: str, content: str) -> bytes:
    """The document with one more part, which it calls k."""
    parts = unzipped(data)
    relations = parts["word/_rels/document.xml.rels"].decode()
    one = f'<Relationship Id="k" Type="{RELATED}/aFChunk" Target="{name}"/></Relationships>'
    return zipped({**parts, "word/_rels/document.xml.rels": relations.replace("</Relationships>", one), f"word/{name}": content})


def test_the_words_of_a_diagram_are_read() -> None:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    points = "".join(f"<d:pt><d:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></d:t></d:pt>" for text in ("Prevent", "Protect"))
    body = f'<w:p><w:r><d:relIds xmlns:d="{DIAGRAM}" xmlns:r="{RELATED}" r:dm="k"/></w:r></w:p>'
    data = related(word(body), "data.xml", f'<d:dataModel xmlns:d="{DIAGRAM}" xmlns:a="{drawing}">{points}</d:dataModel>')
    assert texts(read(data)) == ["Prevent", "Protect"]


@pytest.mark.parametrize("archived", [False, True])
def test_a_web_page_put_in_whole_is_read(archived: bool) -> None:
    page = "<html><body><h1>Article 1</h1><p>The police shall attend.</p></body></html>"
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n"
    chunk = f'<w:altChunk xmlns:r="{RELATED}" r:id="k"/>'
    document = read(related(word(chunk), "page.mht", f"{head}{page}\n--x--\n" if archived else page))
    assert texts(document) == ["Article 1", "The police shall attend."] and not document.warnings
    other = read(related(word(chunk + paragraph("Text.")), "other.rtf", "{\\rtf1 Text}"))
    assert texts(other) == ["Text."] and "not read" in other.warnings[0]


def test_paragraphs_that_a_conversion_cut_at_the_width_of_a_page_are_made_whole() -> None:
    lines = ("The police shall attend the place without any", "delay and shall protect the survivor and all", "children.")
    cut = "".join(paragraph(line) for _ in range(3) for line in lines)
    assert texts(read(word(cut))) == [" ".join(lines)] * 3
    one_line_each = "".join(paragraph(f"{number}. The police shall attend") for number in range(1, 7))
    assert len(read(word(one_line_each)).blocks) == 6
