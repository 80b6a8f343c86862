"""Web pages as law portals make them, and books: the law whole, the page around it left out."""

from __future__ import annotations

import pytest

from filemaking import epub
from policyaudit.ingest.blocks import Manner, RawDocument, Role
from policyaudit.ingest.decoding import decode, mended
from policyaudit.ingest.readers import epub as epub_reader
from policyaudit.ingest.readers import html, markdown


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
