"""Web pages as law portals make them, and books: the law whole, the page around it left out."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from filemaking import epub
from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.blocks import Manner, RawDocument, Role
from policyaudit.ingest.decoding import decode, mended
from policyaudit.ingest.readers import epub as epub_reader
from policyaudit.ingest.readers import html, markdown, open_file


def read(body: str, *, head: str = "", changes: str = "accepted") -> RawDocument:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return html.read(page.encode(), name="law.html", manner=Manner(changes=changes))


def texts(document: RawDocument, *roles: Role) -> list[str]:
    return [block.text for block in document.blocks if not roles or block.role in roles]


def articles(first: int, last: int) -> str:
    return "".join(
        f"<p>Article {number}. The police shall record every complaint and hand over a copy of it, number {number}.</p>"
        for number in range(first, last + 1)
    )


def links(*words: str) -> str:
    return "".join(f'<li><a href="/{word}">{word}</a></li>' for word in words)


AROUND = {
    "a bar of navigation": f"<nav><ul>{links('Home', 'Browse', 'Help', 'Search')}</ul></nav>",
    "a menu made of divisions": f'<div class="menu-principal menu"><ul>{links("Inicio", "Leyes", "Ayuda", "Buscar")}</ul></div>',
    "a cookie banner": '<div id="cookie-consent"><p>We use cookies to improve this site.</p><button>Accept</button></div>',
    "crumbs": '<ol class="breadcrumb"><li><a href="/">Home</a></li><li><a href="/l">Laws</a></li></ol>',
    "tools of the page": '<div class="toolbar"><a href="#p">Print</a> <a href="#d">Download</a></div>',
    "links to what is related": f'<aside class="related"><h3>Related</h3><ul>{links("a", "b", "c", "d")}</ul></aside>',
    "an advertisement": '<div class="adsbygoogle"><p>Learn contract law in six weeks, enrol now.</p></div>',
    "a place for an advertisement": '<div class="ad-slot"><p>Learn contract law in six weeks, enrol now.</p></div>',
    "a box beside the text": f'<div class="widget"><h3>News</h3><ul>{links("a", "b", "c")}</ul></div>',
    "a form for a search": '<form action="/s"><label>Search the laws</label><input name="q"></form>',
    "the foot of the page": '<footer><p>Ministry of Justice</p><a href="/terms">Terms of use</a></footer>',
    "a script": "<script>var law = 'Article 99';</script><noscript>Please turn scripts on.</noscript>",
}


@pytest.mark.parametrize("around", sorted(AROUND))
def test_what_stands_around_the_law_is_left_out(around: str) -> None:
    document = read(f"{AROUND[around]}<div id='content'><h1>The Act</h1>{articles(1, 9)}</div>{AROUND[around]}")
    assert [text for text in texts(document) if not text.startswith("Article")] == ["The Act"]
    assert sum(text.startswith("Article") for text in texts(document)) == 9


LAYOUTS = {
    "articles in parts called menu": "".join(f'<div class="menu">{articles(n, n)}</div>' for n in range(1, 10)),
    "a law in an aside beside its annex": f"<main>{articles(1, 5)}</main><aside>{articles(6, 9)}</aside>",
    "a law within a form": f"<form>{articles(1, 4)}</form><form>{articles(5, 9)}</form>",
    "articles folded away": f"{articles(1, 5)}<div class='collapse sidebar'>{articles(6, 9)}</div>",
    "an article element for each article": "".join(f"<article>{articles(n, n)}</article>" for n in range(1, 10)),
    "only the first part in main": f"<main>{articles(1, 6)}</main><div>{articles(7, 9)}</div>",
    "tables for the layout": f"<table><tr><td><b>The Act</b></td></tr><tr><td>{articles(1, 9)}</td></tr></table>",
    "an aria-hidden page behind a dialog": f"<div role='dialog'>Accept?</div><div aria-hidden='true'>{articles(1, 9)}</div>",
    "a header that is the law": f"<header class='header'>{articles(1, 9)}</header>",
}


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_no_article_is_lost_whatever_the_page_calls_its_parts(layout: str) -> None:
    whole = " ".join(texts(read(LAYOUTS[layout])))
    assert [number for number in range(1, 10) if f"Article {number}." not in whole] == []


def test_paragraphs_set_by_line_breaks() -> None:
    document = read("Article 1. The police shall act.<br><br>Article 2. The court<br>decides.<br>(a) at once;<br>(b) in writing.")
    assert texts(document) == [
        "Article 1. The police shall act.",
        "Article 2. The court decides.",
        "(a) at once;",
        "(b) in writing.",
    ]


def test_struck_text_is_gone_unless_it_was_the_text() -> None:
    body = f"{articles(1, 3)}<p>The order lasts <strike>thirty</strike><ins>sixty</ins> days.</p>"
    assert texts(read(body))[-1] == "The order lasts sixty days."
    assert texts(read(body, changes="original"))[-1] == "The order lasts thirty days."


def test_a_page_all_struck_through_is_an_act_out_of_force() -> None:
    document = read("<h1>The Act</h1>" + articles(1, 9).replace("<p>", "<p><strike>").replace("</p>", "</strike></p>"))
    assert document.facts["status"] == "repealed"
    assert "Article 9." in " ".join(texts(document))


def test_a_page_saved_from_word() -> None:
    body = (
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>"
        "&nbsp;&nbsp;</span></span><![endif]>The police shall act.<o:p></o:p></p>"
        "<div style='mso-element:header'><p>Ministry</p></div><p>The court decides.</p>"
        "<div style='mso-element:footnote-list'><div id=ftn1><p>See the Police Act.</p></div></div>"
    )
    document = read(body)
    assert texts(document, Role.PARAGRAPH, Role.ITEM) == ["1. The police shall act.", "The court decides."]
    assert texts(document, Role.NOTE) == ["See the Police Act."]


def test_marks_of_notes_are_no_part_of_the_sentence_but_ordinals_are() -> None:
    body = '<p>A duty<sup><a href="#fn1">1</a></sup> of the 2<sup>o</sup> court.</p><p id="fn1">See the Act.</p>'
    document = read(body)
    assert [(block.text, block.role) for block in document.blocks] == [
        ("A duty of the 2o court.", Role.PARAGRAPH),
        ("See the Act.", Role.NOTE),
    ]


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        (
            '<a class="sdfootnoteanc" href="#s1"><sup>iv</sup></a>',
            '<div id="sdfootnote1"><p><a href="#a1">iv</a> Note.</p></div>',
        ),
        (
            '<a style="mso-footnote-id:ftn1" href="#_ftn1">[1]</a>',
            '<div id="ftn1"><p><a href="#_ftnref1">[1]</a> Note.</p></div>',
        ),
        (
            '<a epub:type="noteref" href="#n">1</a>',
            '<aside epub:type="footnote"><p><sup><a href="#r">1</a></sup> Note.</p></aside>',
        ),
    ],
)
def test_marks_of_notes_as_word_processors_write_them(mark: str, note: str) -> None:
    document = read(f"<table border=1><tr><td>Duty{mark}</td><td>Police</td></tr><tr><td>a b</td><td>c</td></tr></table>{note}")
    assert [block.text for block in document.blocks if block.role is not Role.NOTE] == ["Duty | Police", "a b | c"]
    assert [text[-5:] for text in texts(document, Role.NOTE)] == ["Note."]
    assert texts(document, Role.NOTE)[0][0] in "i[1"


def test_a_matrix_with_a_small_table_in_a_cell_keeps_its_rows() -> None:
    inner = "<table><tr><td>Shelter</td><td>10</td></tr></table>"
    rows = (
        "<td>Goal</td><td>Action</td><td>Lead</td>",
        f"<td>1</td><td>Build{inner}</td><td>Police</td>",
        "<td>2</td><td>b</td><td>c</td>",
    )
    document = read("<table border=1>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    assert [len(block.cells) for block in document.blocks] == [3, 3, 3]
    assert document.blocks[1].cells[1][1].split() == ["Build", "Shelter", "10"]


def test_a_page_that_word_wrote_is_read_under_the_name_of_its_own_files(tmp_path: Path) -> None:
    office = 'xmlns:w="urn:schemas-microsoft-com:office:word"'
    path = tmp_path / "law.doc"
    path.write_text(f"<html {office}><body><p>Article 1. The police attend.</p></body></html>")
    assert open_file(path)[0] == "html"
    path.write_text("<html><body><p>404. There is no such page.</p></body></html>")
    with pytest.raises(UnreadableDocument, match=r"ends in \.doc but holds"):
        open_file(path)


def test_a_page_saved_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    page = f"<html><body><nav>{links('Home', 'Laws', 'Help')}</nav><h1>Niñez</h1>{articles(1, 3)}</body></html>"
    head = "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n"
    parts = "--x\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    parts += base64.encodebytes(page.encode("latin-1")).decode() + "\r\n--x\r\nContent-Type: text/css\r\n\r\np{}\r\n--x--\r\n"
    for name in ("law.mhtml", "law.doc"):
        path = tmp_path / name
        path.write_text(head + parts, newline="")
        form, _, document = open_file(path)
        assert form == "mhtml" and texts(document)[:2] == ["Niñez", texts(read(articles(1, 1)))[0]]
        assert len(document.blocks) == 4


def test_text_set_line_by_line_keeps_its_paragraphs() -> None:
    lines = ("   DOMESTIC VIOLENCE ACT", "", "1. Short title. This Act may be cited as the", "   Domestic Violence Act.", "")
    body = "\n".join((*lines, "2. A police <b>officer</b> shall", "   (a) attend; and", "   (b) record."))
    assert texts(read(f"<pre>{body}</pre><p>The\nend.</p>")) == [
        "DOMESTIC VIOLENCE ACT",
        "1. Short title. This Act may be cited as the Domestic Violence Act.",
        "2. A police officer shall",
        "(a) attend; and",
        "(b) record.",
        "The end.",
    ]


def test_numbers_set_beside_their_sentences_in_a_table_are_articles() -> None:
    rows = (
        ("Article 1", "The police shall attend."),
        ("Article 2", "The court decides."),
        ("", "(a) At once."),
        ("Article 3", "Ends."),
    )
    table = "".join(f"<tr><td>{label}</td><td>{text}</td></tr>" for label, text in rows)
    assert texts(read(f"<table>{table}</table>")) == [
        "Article 1 The police shall attend.", "Article 2 The court decides.", "(a) At once.", "Article 3 Ends.",
    ]  # fmt: skip
    plan = "".join(f"<tr><td>Goal {number}</td><td>Shelters in every province</td></tr>" for number in (1, 2, 3))
    assert [block.role for block in read(f"<table>{plan}</table>").blocks] == [Role.ROW] * 3


def test_numbers_of_lists_as_a_browser_shows_them() -> None:
    body = "<ol style='list-style-type: lower-alpha'><li>one</li><li value=4>four</li><li>five</li></ol>"
    body += "<ol reversed><li>two</li><li>one</li></ol><ul style='list-style:none'><li>(a) own mark</li></ul>"
    assert texts(read(body)) == ["a. one", "d. four", "e. five", "2. two", "1. one", "(a) own mark"]


def test_words_in_cells_stay_whole_and_paragraphs_apart() -> None:
    body = "<table><tr><th>Action</th><th>Who</th></tr><tr><td>Tr<b>ain</b> officers<ul><li>in law</li><li>in care</li></ul></td>"
    body += "<td>Police<br>School</td></tr></table>"
    row = read(body).blocks[-1]
    assert row.cells == (("Action", "Train officers\nin law\nin care"), ("Who", "Police\nSchool"))


def test_a_page_of_frames_says_what_to_do() -> None:
    with pytest.raises(Exception, match="frame"):
        read("<frameset><frame src='a.html'></frameset>")


# ---------------------------------------------------------------- letters

SPEECH = "La víctima podrá pedir protección; también la niñez. «¿Quién decide?» Artículo 3º — “sí”. Où est l’enquête ? Não há."


@pytest.mark.parametrize("coding", ["cp1252", "mac_roman", "cp850", "cp437", "utf-16-le"])
def test_old_codings_without_a_word_about_them(coding: str) -> None:
    speech = SPEECH if coding != "cp437" else "La víctima podrá pedir protección; también la niñez. ¿Quién decide? Así es."
    speech = speech if coding != "cp850" else speech.replace("—", "-").replace("“", "«").replace("”", "»").replace("’", "'")
    assert decode(speech.encode(coding)) == speech


@pytest.mark.parametrize("declared", ["utf-8", "utf-16", "no-such-coding", "iso-8859-1"])
def test_a_wrong_word_about_the_coding_does_no_harm(declared: str) -> None:
    assert decode(SPEECH.encode("cp1252"), declared=declared) == SPEECH


def test_letters_coded_twice_are_put_right_with_a_warning() -> None:
    twice = SPEECH.encode().decode("latin-1")
    text, warnings = mended(twice)
    assert text == SPEECH
    assert len(warnings) == 1 and "coded twice" in warnings[0]
    assert mended(SPEECH) == (SPEECH, ())
    assert mended("IRMÃ” — NÃO")[1] == ()


# ---------------------------------------------------------------- books


def test_a_book_is_read_in_the_order_that_it_names() -> None:
    data = epub("<h1>Two</h1><p>The court decides.</p>", '<h1>One</h1><p>The <a id="x"/>police shall act.</p>', order=(1, 0))
    document = epub_reader.read(data, name="code.epub")
    assert texts(document) == ["One", "The police shall act.", "Two", "The court decides."]
    assert (document.title, document.language) == ("A Code of Conduct", "en")


# ---------------------------------------------------------------- pages turned into Markdown


def test_a_link_broken_over_two_paragraphs_is_one_and_bare_addresses_are_no_text() -> None:
    source = (
        "Artículo 1. La orden dura sesenta días. (Sustituido por la [Ley\n\nN° 26.842](http://example.org/a?id=1) B.O. 2012)\n\n"
        "Fuente: https://example.org/institucion/normas/6321660-525 PDF: https://example.org/uploads/document/file/6321660.pdf\n\n"
        "See https://example.org for the form on which an order is asked for, which is free.\n"
    )
    document = markdown.read(source.encode(), name="ley.md")
    assert texts(document, Role.PARAGRAPH) == [
        "Artículo 1. La orden dura sesenta días. (Sustituido por la Ley N° 26.842 B.O. 2012)",
        "See https://example.org for the form on which an order is asked for, which is free.",
    ]
    assert len(texts(document, Role.FURNITURE)) == 1
