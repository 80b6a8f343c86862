"""How pages are laid out: what is text, in which order, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bench import letters
from policyaudit import ingest
from policyaudit.ingest import letters as letters_of
from policyaudit.ingest.blocks import RawDocument, Role
from policyaudit.ingest.readers import open_file
from policyaudit.model import Document, Source, TextKind

TEXT = (
    "The chief of police shall see that every report of violence is written down and that the survivor gets a copy of it "
    "before the officer leaves the place and that a second officer reads it on the same day and signs it in the book of the unit"
)
WORDS = TEXT.split()


def line(number: int, length: int = 12) -> str:
    """A line of running text, another one for every number."""
    return " ".join(WORDS[(number * 7 + place) % len(WORDS)] for place in range(length))


class Sheet:
    """A PDF being drawn, a page at a time, from the top down."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.canvas = Canvas(str(path), pagesize=A4)

    def put(self, x: float, y: float, text: str, size: float = 10, font: str = "Helvetica") -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)

    def body(self, lines: list[str], x: float = 72, top: float = 740, size: float = 10, pitch: float = 13) -> None:
        for place, text in enumerate(lines):
            self.put(x, top - place * pitch, text, size)

    def turn(self) -> None:
        self.canvas.showPage()

    def read(self) -> RawDocument:
        self.canvas.save()
        return open_file(self.path)[2]

    def document(self, language: str = "en") -> Document:
        self.canvas.save()
        return ingest.read(Source(str(self.path), self.path.name, language=language))


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    return Sheet(tmp_path / "drawn.pdf")


def text_of(raw: RawDocument, *roles: Role) -> str:
    return "\n".join(block.text for block in raw.blocks if not roles or block.role in roles)


def running(raw: RawDocument) -> str:
    return "\n".join(block.text for block in raw.blocks if block.role is not Role.FURNITURE)


HALVES = [
    ("This sentence begins at the foot of the first page and", "the officer shall end it at the head of the second one."),
    ("Another one says where the commander keeps the book and", "which of the two deputies shall keep the key to it."),
    ("The third one runs on since the unit was given more room and", "so it ends here, as every sentence that begins does."),
]
SENTENCES = [" ".join(halves) for halves in HALVES]


def broken_over(sheet: Sheet, around: Callable[[int], None]) -> RawDocument:
    """Four pages of text; a sentence runs over each page end. ``around`` draws what stands at the edges of a page."""
    for page in range(4):
        around(page)
        lines = [f"{line(page * 50 + place, 14)}." for place in range(1, 40)]
        sheet.body(
            [HALVES[page - 1][1] if page else "The text begins here.", *lines, HALVES[page][0] if page < 3 else "It ends here."]
        )
        sheet.turn()
    return sheet.read()


def whole(raw: RawDocument) -> list[bool]:
    """For each of the sentences whether it stands in one paragraph, with the page end in it."""
    return [
        any(said in block.text and block.text[block.breaks[0][0] :].startswith(half) for block in raw.blocks if block.breaks)
        for said, (_, half) in zip(SENTENCES, HALVES, strict=True)
    ]


def test_feet_that_change_with_every_section_are_no_text(sheet: Sheet) -> None:
    names = ["Use of Force", "Retired Officers", "Domestic Violence", "Training"]

    def around(page: int) -> None:
        sheet.put(72, 800, "Police Manual", 9)
        sheet.put(400, 40, f"{names[page]} - {page + 1}", 9)

    raw = broken_over(sheet, around)
    for name in names:
        assert name not in running(raw) and name in text_of(raw, Role.FURNITURE)
    assert all(whole(raw))


def test_heads_that_change_sides_are_no_text(sheet: Sheet) -> None:
    def around(page: int) -> None:
        if page % 2:
            sheet.put(400, 800, f"Ministry of Justice {page + 11}", 9)
        else:
            sheet.put(72, 800, f"{page + 11} Gazette of the Republic", 9)

    raw = broken_over(sheet, around)
    assert "Gazette" not in running(raw) and "Ministry" not in running(raw)
    assert all(whole(raw))


def test_a_note_between_the_halves_of_a_sentence_stays_out_of_it(sheet: Sheet) -> None:
    def around(page: int) -> None:
        notes = ["See the report of the committee.", "Law 5 of 2001.", "Book of the unit, leaf 7.", "As said in the report."]
        sheet.put(72, 130, f"{page + 1} {notes[page]}", 7)

    raw = broken_over(sheet, around)
    assert all(whole(raw))
    assert len([block for block in raw.blocks if block.role is Role.NOTE]) == 4


def test_a_watermark_askew_is_a_status_and_no_text(sheet: Sheet) -> None:
    for page in range(2):
        sheet.canvas.saveState()
        sheet.canvas.translate(300, 400)
        sheet.canvas.rotate(45)
        sheet.canvas.setFillGray(0.8)
        sheet.put(-100, 0, "DRAFT", 72)
        sheet.canvas.restoreState()
        sheet.body([f"{line(page * 30 + place)}" for place in range(30)])
        sheet.turn()
    raw = sheet.read()
    assert raw.facts["status"] == "draft"
    assert "DRAFT" not in running(raw) and text_of(raw, Role.FURNITURE).count("DRAFT") == 2


def test_a_large_pale_mark_across_the_page_is_a_status_too(sheet: Sheet) -> None:
    sheet.canvas.setFillGray(0.85)
    sheet.put(100, 250, "DRAFT", 90)
    sheet.canvas.setFillGray(0)
    sheet.body([line(place) for place in range(30)])
    raw = sheet.read()
    assert raw.facts["status"] == "draft" and "DRAFT" not in running(raw)


def test_a_large_title_in_black_is_no_watermark(sheet: Sheet) -> None:
    sheet.put(100, 760, "DRAFT POLICY", 40)
    sheet.body([line(place) for place in range(30)], top=700)
    raw = sheet.read()
    assert "status" not in raw.facts and "DRAFT POLICY" in running(raw)


@pytest.mark.parametrize("spaced", ["C H A P T E R   O N E", "CHAPTER ONE"])
def test_a_heading_set_letter_by_letter_is_read_as_words(sheet: Sheet, spaced: str) -> None:
    if " " in spaced[:2]:
        sheet.put(200, 760, spaced, 14)
    else:
        text = sheet.canvas.beginText(200, 760)
        text.setFont("Helvetica", 14)
        text.setCharSpace(7)
        text.textLine(spaced)
        sheet.canvas.drawText(text)
    sheet.body([line(place) for place in range(20)], top=720)
    assert "CHAPTER ONE" in running(sheet.read())


def test_a_list_of_single_letters_stays_as_it_is(sheet: Sheet) -> None:
    sheet.body(["Officers shall tick one of the boxes", "Y N N Y", *(line(place) for place in range(20))])
    assert "Y N N Y" in running(sheet.read())


def test_numbers_of_lines_are_no_text(sheet: Sheet) -> None:
    for page in range(2):
        for place in range(25):
            sheet.put(50, 740 - place * 24, str(place + 1), 10)
            sheet.put(80, 740 - place * 24, line(page * 25 + place), 10)
        sheet.turn()
    raw = sheet.read()
    assert not re.search(r"\d", running(raw))
    assert "25" in text_of(raw, Role.FURNITURE)


def test_every_fifth_number_in_the_margin_is_no_text(sheet: Sheet) -> None:
    for place in range(30):
        sheet.put(80, 740 - place * 15, line(place), 10)
        if place % 5 == 4:
            sheet.put(520, 740 - place * 15, str(place + 1), 10)
    assert not re.search(r"\d", running(sheet.read()))


def test_paragraphs_with_a_number_in_the_margin_keep_it(sheet: Sheet) -> None:
    for place in range(12):
        sheet.put(50, 740 - place * 45, str(place + 1), 10)
        for part in range(3):
            sheet.put(80, 740 - place * 45 - part * 13, line(place * 3 + part), 10)
    raw = sheet.read()
    assert all(re.search(rf"\b{number}\b", running(raw)) for number in range(1, 13))


def test_columns_are_read_one_after_the_other(sheet: Sheet) -> None:
    for column in range(3):
        sheet.body([f"c{column} {line(column * 20 + place, 9)}"[:38] for place in range(20)], x=50 + column * 175, size=8)
    said = re.findall(r"\bc(\d)", running(sheet.read()))
    assert said == sorted(said) and len(said) == 60


def test_words_cut_at_line_and_page_ends_are_whole(sheet: Sheet) -> None:
    sheet.body([*(line(place) for place in range(50)), "and in every case the officer shall be respon-"])
    sheet.turn()
    sheet.body(["sible for the inter\u00ad", "view of the survivor.", *(line(place) for place in range(30))])
    said = running(sheet.read())
    assert "shall be responsible for the interview of the survivor." in said


def test_footnotes_and_furniture_are_kept_as_such(sheet: Sheet) -> None:
    for page in range(4):
        sheet.put(72, 800, "Police Manual", 9)
        sheet.body([line(page * 30 + place) for place in range(30)])
        sheet.turn()
    document = sheet.document()
    kinds = {
        provision.kind for provision in document.provisions if document.text[provision.start : provision.end] == "Police Manual"
    }
    assert kinds == {TextKind.FURNITURE}


ENGLISH = [
    "Every officer shall write down the report of the",
    "survivor on the day on which it is made and shall",
    "give a copy of it to the survivor without a fee.",
]
FRENCH = [
    "Tout policier consigne par écrit la déclaration de",
    "la victime le jour où elle est faite et lui en remet",
    "une copie sans frais dans les meilleurs délais.",
]


def test_columns_in_two_languages_are_told_apart(sheet: Sheet) -> None:
    sheet.body(ENGLISH * 8, x=50)
    sheet.body(FRENCH * 8, x=320)
    raw = sheet.read()
    spoken = (
        {block.language for block in raw.blocks if "survivor" in block.text},
        {block.language for block in raw.blocks if "victime" in block.text},
    )
    assert spoken == ({""}, {"fr"})


@pytest.mark.parametrize(
    ("said", "own", "other"), [(None, "survivor", "victime"), ("en", "survivor", "victime"), ("fr", "victime", "survivor")]
)
def test_the_column_in_the_language_of_the_document_is_its_own(sheet: Sheet, said: str | None, own: str, other: str) -> None:
    sheet.body(ENGLISH * 8, x=50)
    sheet.body(FRENCH * 9, x=320)
    sheet.canvas.save()
    document = ingest.read(Source(str(sheet.path), "law.pdf", language=said))
    spoken = {p.language for p in document.provisions if own in document.text[p.start : p.end]}
    assert document.language == (said or "en") and spoken == {""}
    assert {p.language for p in document.provisions if other in document.text[p.start : p.end]} == {
        "en" if said == "fr" else "fr"
    }


def test_columns_in_one_language_have_none_of_their_own(sheet: Sheet) -> None:
    sheet.body(ENGLISH * 8, x=50)
    sheet.body(ENGLISH * 8, x=320)
    assert {block.language for block in sheet.read().blocks} == {""}


def test_a_raised_sign_and_small_capitals_do_not_break_a_sentence(sheet: Sheet) -> None:
    sheet.body(["The commander keeps the reports that the officers of the"], top=740)
    sheet.put(72, 727, "unit have written and that each of them 1 signs and reads on", 10)
    sheet.body(["the day on which they were made."], top=714)
    sheet.body([line(place) + "." for place in range(12)], top=680)
    assert "of the unit have written and that each of them 1 signs and reads on the day" in running(sheet.read())


@pytest.mark.parametrize(
    "name",
    [
        "codes/usa_urbana-pd-conduct_2018.pdf",
        "laws/lka_national-police-academy-act_2011.pdf",
        "variety/usa_federal-register-3col_2020.pdf",
    ],
)
def test_no_letter_of_a_real_document_is_lost(shared: Path, name: str) -> None:
    found = letters.kept(shared / "corpus" / name)
    assert found is not None and found[0] >= letters.LEAST


@pytest.mark.parametrize("word", ["Section", "Artículo", "Article", "Artigo"])
def test_articles_that_begin_pages_are_no_running_heads(sheet: Sheet, word: str) -> None:
    names = ["DUTIES OF THE CHIEF", "REPORTS", "THE BOOK OF THE UNIT", "DEPUTIES"]

    def around(page: int) -> None:
        sheet.put(72, 800, "Rules of the Unit", 9)
        sheet.put(280, 40, f"Page {page + 1}", 9)

    for page, name in enumerate(names):
        around(page)
        sheet.put(72, 740, f"{word} {2 * page + 3}.")
        sheet.put(160, 740, name)
        sheet.body([f"{line(page * 50 + place, 14)}." for place in range(40)], top=720)
        sheet.turn()
    raw = sheet.read()
    for page, name in enumerate(names):
        assert f"{word} {2 * page + 3}. {name}" in running(raw)
    assert "Rules of the Unit" not in running(raw) and "Page" not in running(raw)


def test_a_section_named_on_each_of_its_pages_is_a_running_head(sheet: Sheet) -> None:
    def around(page: int) -> None:
        sheet.put(72, 800, f"Chapter {page // 2 + 1}", 9)

    raw = broken_over(sheet, around)
    assert "Chapter" not in running(raw) and all(whole(raw))


def test_bullets_that_are_drawn_begin_items(sheet: Sheet) -> None:
    items = [
        "write the report on the same day",
        "give the survivor a copy of it",
        "tell the chief of police where the book is kept",
    ]
    sheet.put(72, 740, "The officer who takes the report shall:")
    for place, item in enumerate(items):
        sheet.canvas.circle(88, 726.5 - 14 * place, 2, stroke=0, fill=1)
        sheet.put(96, 723 - 14 * place, item)
    sheet.canvas.circle(300, 400, 2, stroke=0, fill=1)
    sheet.body([line(place) for place in range(20)], top=660)
    document = sheet.document()
    found = [document.text[one.start : one.end] for one in document.provisions if one.unit == "item"]
    assert found == [f"• {item}" for item in items]


def test_a_single_shape_beside_a_line_is_no_bullet(sheet: Sheet) -> None:
    sheet.canvas.circle(66, 743.5, 2, stroke=0, fill=1)
    sheet.body([line(place) for place in range(20)])
    assert "•" not in text_of(sheet.read())


def test_an_item_in_larger_print_runs_over_the_page_end(sheet: Sheet) -> None:
    sheet.body([line(place) for place in range(40)], top=780)
    sheet.put(72, 180, "• The law of the 6th of July that amends the decree of the chief of the po-", 13)
    sheet.put(84, 163, "lice on the books of the units and on the keys, and the law of the 20th of July", 13)
    sheet.turn()
    sheet.put(84, 780, "2006 that amends the decree on the same books.", 13)
    sheet.body([line(place) for place in range(40)], top=750)
    assert "the law of the 20th of July 2006 that amends" in text_of(sheet.read())


def test_lines_that_hang_out_of_their_column_do_not_mix_it_with_the_other(sheet: Sheet) -> None:
    left = [f"left {place} {line(place, 5)}" for place in range(40)]
    for place, text in enumerate(left):
        sheet.canvas.setFont("Helvetica", 9)
        sheet.canvas.drawRightString(300, 740 - 15 * place, text)
    for place in range(40):
        hangs = place % 20 == 4
        label = f"ARTICLE {place // 20 + 1}. " if hangs else "right "
        sheet.put(306 if hangs else 340 + 4 * (place % 5), 740 - 15 * place, f"{label}{line(place + 60, 4)}", 9)
    said = running(sheet.read())
    order = re.findall(r"\bleft \d+|ARTICLE \d|right", said)
    assert order[:40] == [f"left {place}" for place in range(40)]
    assert [found for found in order[40:] if found != "right"] == ["ARTICLE 1", "ARTICLE 2"]


def test_a_column_in_smaller_print_is_text_and_no_note_in_the_margin(sheet: Sheet) -> None:
    for _ in range(2):
        sheet.body([line(place, 14) for place in range(40)])
        sheet.turn()
    sheet.body([f"small {line(place, 9)}" for place in range(30)], x=50, size=7.5)
    sheet.body([line(place, 8) for place in range(30)], x=320)
    raw = sheet.read()
    assert not text_of(raw, Role.NOTE)
    assert text_of(raw, Role.PARAGRAPH).count("small ") == 30


@pytest.mark.parametrize("sign", ["*3", "*M1", "|"])
def test_signs_of_change_in_the_margin_are_no_text(sheet: Sheet, sign: str) -> None:
    sheet.canvas.setFont("Helvetica", 10)
    for place, label in enumerate("ABC"):
        sheet.put(72, 740 - 39 * place, f"{label}. The officer who takes the report shall read it to the survivor and")
        sheet.put(86, 727 - 39 * place, f"{line(place, 12)}.")
    sheet.put(36, 740, sign)
    document = sheet.document()
    assert [p.label for p in document.provisions if p.unit == "item"] == ["A.", "B.", "C."]


def test_a_star_with_its_item_is_no_sign_of_change(sheet: Sheet) -> None:
    for place in range(6):
        sheet.put(48, 740 - 13 * place, "*")
        sheet.put(72, 740 - 13 * place, f"{line(place, 12)}.")
    assert text_of(sheet.read()).count("*") == 6


def test_columns_end_above_a_figure_and_begin_again_under_it(sheet: Sheet) -> None:
    said = [f"{line(number, 6)} Q{number:02}" for number in range(40)]
    for x, first in ((72, 0), (320, 10)):
        sheet.body(said[first : first + 10], x=x)
        sheet.body(said[20 + first : 30 + first], x=x, top=400)
    assert re.findall(r"Q\d\d", text_of(sheet.read())) == [f"Q{number:02}" for number in range(40)]


def test_columns_beside_a_drawing_with_names_are_read_one_after_the_other(sheet: Sheet) -> None:
    said = [f"{line(number, 6)} Q{number:02}" for number in range(30)]
    for place in range(15):
        sheet.put(40, 700 - 17 * place, said[place], 8)
        sheet.put(230, 704 - 17 * place, said[15 + place], 8)
    for place in range(16):
        sheet.put(430 + 60 * (place % 2), 708 - 15.5 * place, ["Scrutiny", "Our values"][place % 2], 8)
    sheet.put(430, 440, "You can find more about this here.", 8)
    assert re.findall(r"Q\d\d", text_of(sheet.read())) == [f"Q{number:02}" for number in range(30)]


def test_short_lines_of_a_page_in_larger_print_are_no_headings(sheet: Sheet) -> None:
    for _ in range(3):
        sheet.body([f"{line(place, 14)}." for place in range(45)])
        sheet.turn()
    sheet.put(72, 760, "Units and their books", 16)
    sheet.put(72, 730, "Units with a book of their own: 27", 13)
    sheet.put(72, 713, "Units that share one: 12", 13)
    sheet.body([f"{line(place, 11)}." for place in range(20)], top=690, size=13, pitch=17)
    raw = sheet.read()
    assert text_of(raw, Role.HEADING) == "Units and their books"
    assert "Units with a book of their own: 27" in [block.text for block in raw.blocks]


@pytest.mark.parametrize(("letter", "rest", "said"), [("T", "he chief", "The chief"), ("A", " chief", "A chief")])
def test_a_large_initial_begins_the_first_line_beside_it(sheet: Sheet, letter: str, rest: str, said: str) -> None:
    sheet.put(72, 716, letter, 34)
    indent = 2.8 if rest.startswith(" ") else 0
    sheet.put(98 + indent, 732, f"{rest.strip()} shall keep the book of the unit and see that nobody else")
    sheet.put(98, 720, "takes it out of the room in which it is kept and")
    sheet.body([line(place) for place in range(10)], top=707, pitch=12)
    assert text_of(sheet.read()).startswith(f"{said} shall keep the book of the unit and see that nobody else takes it")


def test_a_title_over_the_middle_one_of_three_columns_stands_first(sheet: Sheet) -> None:
    said = [f"{line(number, 7)} Q{number:02}" for number in range(60)]
    sheet.put(270, 770, "RULES", 16)
    for column, x in enumerate((40, 220, 400)):
        sheet.body(said[20 * column : 20 * column + 20], x=x, size=8)
    text = text_of(sheet.read())
    assert text.startswith("RULES") and re.findall(r"Q\d\d", text) == [f"Q{number:02}" for number in range(60)]


def test_numbers_of_lines_under_a_running_head_are_no_text(sheet: Sheet) -> None:
    for page in range(2):
        sheet.put(72, 800, f"Protection Bill {page + 1}", 9)
        for place in range(30):
            sheet.put(72, 740 - 14 * place, f"{place + 1}", 8)
            sheet.put(100, 740 - 14 * place, f"{line(place + 30 * page, 12)} Q{place:02}.")
        sheet.turn()
    raw = sheet.read()
    assert re.findall(r"Q\d\d", running(raw)) == [f"Q{place:02}" for place in range(30)] * 2
    assert not re.search(r"\b\d+ ", running(raw))


def test_lines_that_begin_with_numbers_are_not_those_of_pages(sheet: Sheet) -> None:
    for page in range(6):
        lines = [f"{line(page * 50 + place, 12)}." for place in range(40)]
        lines[page % 3] = f"{page + 4} officers of this unit keep the book of the unit and the key to the room"
        sheet.body(lines)
        sheet.put(290, 40, f"{page + 1}")
        sheet.turn()
    raw = sheet.read()
    assert running(raw).count("officers of this unit keep the book") == 6
    assert [block.text for block in raw.blocks if block.role is Role.FURNITURE] == [str(page + 1) for page in range(6)]


def test_a_column_that_begins_level_with_a_running_head_is_text(sheet: Sheet) -> None:
    for page in range(4):
        words = [" ".join(WORDS[(page * 13 + place * 3 + step * 5) % len(WORDS)] for step in range(6)) for place in range(30)]
        said = [f"{text} Q{page}{place:02}" for place, text in enumerate(words)]
        sheet.put(60, 740, "Official Gazette", 9)
        sheet.body(said[:14], x=60, top=714)
        sheet.body(said[14:], x=320)
        sheet.turn()
    raw = sheet.read()
    assert re.findall(r"Q\d{3}", running(raw)) == [f"Q{page}{place:02}" for page in range(4) for place in range(30)]
    assert "Gazette" not in running(raw)


def test_what_stands_under_a_dash_and_further_in_is_a_paragraph(sheet: Sheet) -> None:
    sheet.put(72, 740, "The chief may open the book of the unit where the officer who keeps it—")
    sheet.put(100, 727, "has been away from the unit for more than a month and a day in all; or")
    sheet.put(100, 714, "has said so in writing.")
    sheet.put(72, 690, "The deputy reads the book on the same day and signs it, and the key—which")
    sheet.put(72, 677, "nobody else may keep—stays with the chief.")
    text = text_of(sheet.read()).split("\n")
    assert text[1].startswith("has been away") and text[-1].endswith("the key—which nobody else may keep—stays with the chief.")


def test_a_small_capital_in_the_middle_of_a_line_says_nothing_of_its_size(sheet: Sheet) -> None:
    sheet.put(72, 740, "The following new sections are hereby put into this act right")
    writing = sheet.canvas.beginText(72, 727)
    parts = ("next to what stands there as section 286", " of it and shall have effect from now on")
    for text, size in ((parts[0], 10), ("A", 7), (parts[1], 10)):
        writing.setFont("Helvetica", size)
        writing.textOut(text)
    sheet.canvas.drawText(writing)
    sheet.body([f"{line(place)}." for place in range(20)], top=700)
    assert "right next to what stands there as section 286A of it and shall" in text_of(sheet.read())


def test_a_word_with_a_hyphen_of_another_sign_keeps_it_at_a_line_end() -> None:
    compounds = letters_of.compounds_in(["Every non\u2010core post and every three\u2011yearly check"])
    assert letters_of.join_lines("a check of each non-", "core worker", compounds=compounds) == "a check of each non-core worker"
    assert letters_of.join_lines("every three-", "yearly check", compounds=compounds) == "every three-yearly check"
    assert letters_of.join_lines("the pre-", "vention of it", compounds=compounds) == "the prevention of it"
