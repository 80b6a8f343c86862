"""Akoma Ntoso: the hierarchy, identifiers and metadata of the document, used as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from filemaking import akn
from policyaudit import run
from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.blocks import Manner
from policyaudit.ingest.readers import akn as akn_reader
from policyaudit.model import Document, Provision, Source, TextKind


def read(data: bytes, tmp_path: Path, name: str = "law.xml") -> Document:
    path = tmp_path / name
    path.write_bytes(data)
    outcome = run.read(Source(str(path), name))
    assert isinstance(outcome, Document), outcome
    return outcome


def at(document: Document, path: str) -> Provision:
    (found,) = [provision for provision in document.provisions if provision.path == path and provision.unit != "text"]
    return found


def text(document: Document, provision: Provision) -> str:
    return document.text[provision.start : provision.end]


FRONT = (
    "<preface><p><shortTitle>Protection Act 2019</shortTitle></p>"
    "<p>An Act <docTitle>to protect survivors</docTitle></p></preface>"
    "<preamble><recitals><recital><num>(1)</num><p>Every person has a right to be safe.</p></recital></recitals></preamble>"
)
BODY = """
<part eId="part_1"><num>Part I</num><heading>Orders</heading>
 <section eId="sec_1"><num>1</num><heading>Protection orders</heading>
  <subsection eId="sec_1__subsec_1"><num>1</num><intro><p>The court shall—</p></intro>
   <paragraph eId="sec_1__subsec_1__para_a"><num>a</num><content><p>issue <i>the</i> order<authorialNote marker="1"><p>See the
     Rules.</p></authorialNote> at once;</p></content></paragraph>
   <paragraph eId="sec_1__subsec_1__para_b"><num>b</num><content><p>hand over a copy.</p>
     <p>No fee is due.</p></content></paragraph>
   <wrapUp><p>in every case.</p></wrapUp>
  </subsection>
 </section>
 <section eId="sec_2" status="removed"><num>2</num><heading>Fees</heading><content><p>A fee is due.</p></content></section>
</part>
<hcontainer name="crossheading"><heading>General</heading>
 <section eId="sec_3"><num>3</num><content><p>In the Penal Code insert<mod><quotedStructure><section eId="sec_3__q"><num>9A</num>
  <content><p>Who threatens commits an offence.</p></content></section></quotedStructure></mod>.</p></content></section>
</hcontainer>
"""


def test_the_hierarchy_and_identifiers_are_the_documents_own(tmp_path: Path) -> None:
    document = read(akn(BODY, front=FRONT), tmp_path)
    section = at(document, "s. 1")
    assert (section.eid, section.heading, section.label, section.unit) == ("sec_1", "Protection orders", "1", "article")
    assert document.provisions[section.parent or 0].path == "Part I"
    paragraph = at(document, "s. 1(1)(a)")
    assert paragraph.eid == "sec_1__subsec_1__para_a"
    assert text(document, paragraph) == "a issue the order at once;"
    assert document.provisions[paragraph.parent or 0].eid == "sec_1__subsec_1"
    assert text(document, at(document, "s. 1(1)")) == "1 The court shall—"
    under = [p for p in document.provisions if p.unit == "text" and p.path.startswith("s. 1(1)")]
    assert [(text(document, p), p.kind) for p in under] == [
        ("1 See the Rules.", TextKind.NOTE),
        ("No fee is due.", TextKind.OPERATIVE),
        ("in every case.", TextKind.OPERATIVE),
    ]


def test_kinds_of_text_come_from_the_format(tmp_path: Path) -> None:
    document = read(akn(BODY, front=FRONT), tmp_path)
    kinds = {text(document, p): p.kind for p in document.provisions}
    assert kinds["(1) Every person has a right to be safe."] is TextKind.PREAMBLE
    assert kinds["Protection Act 2019"] is TextKind.TITLE
    assert kinds["2 Fees\nA fee is due."] is TextKind.REPEALED
    assert kinds["General"] is TextKind.HEADING
    assert kinds["9A Who threatens commits an offence."] is TextKind.INSERTED
    assert at(document, "s. 3").kind is TextKind.OPERATIVE


def test_a_structure_that_is_only_quoted_or_taken_out_enacts_nothing(tmp_path: Path) -> None:
    quoted = (
        '<quotedStructure eId="q{0}"><section><num>{0}</num><content><p>Old words {0}.</p></content></section></quotedStructure>'
    )
    body = f"<section eId='s'><num>3</num><content><p>As said:{quoted.format(7)}</p><p><mod>Delete{quoted.format(8)}</mod></p>"
    analysis = (
        '<analysis><activeModifications><textualMod type="repeal"><old href="#q8"/></textualMod></activeModifications></analysis>'
    )
    document = read(akn(f"{body}</content></section>", meta=analysis), tmp_path)
    kinds = {text(document, p): p.kind for p in document.provisions}
    assert kinds["7 Old words 7."] is kinds["8 Old words 8."] is TextKind.QUOTED


@pytest.mark.parametrize(("changes", "shown"), [("accepted", "shall"), ("original", "may")])
def test_quotation_signs_and_tracked_changes_of_the_format(changes: str, shown: str) -> None:
    words = (
        '<p>for <mod><quotedText startQuote="“" endQuote="”">man</quotedText></mod>: who <del>may </del><ins>shall </ins>act</p>'
    )
    data = akn(f"<section><num>1</num><content>{words}</content></section>")
    blocks = akn_reader.read(data, name="law.xml", manner=Manner(changes=changes)).blocks
    assert [block.text for block in blocks] == [f"1 for “man”: who {shown} act"]


def test_headings_between_sections_and_schedules_with_a_first_page_of_their_own(tmp_path: Path) -> None:
    section = "<section eId='s{0}'><num>{0}</num><content><p>Duty {0}.</p></content></section>"
    body = (
        f"<crossHeading>Of the police</crossHeading>{section.format(1)}<crossHeading>Of courts</crossHeading>{section.format(2)}"
    )
    data = akn(body).decode()
    schedule = (
        "<attachments><attachment eId='att'><doc name='schedule'><meta/><preface><p><docTitle>SECOND SCHEDULE</docTitle></p>"
    )
    schedule += "</preface><mainBody><p>Names of courts.</p></mainBody></doc></attachment></attachments></act>"
    document = read(data.replace("</act>", schedule).encode(), tmp_path)
    headings = {text(document, p): (p.unit, p.kind) for p in document.provisions}
    assert headings["Of the police"] == headings["Of courts"] == ("heading", TextKind.HEADING)
    assert headings["SECOND SCHEDULE"] == ("annex", TextKind.ANNEX)
    inside = next(p for p in document.provisions if text(document, p) == "Names of courts.")
    assert inside.parent is not None and document.provisions[inside.parent].unit == "annex" and inside.kind is TextKind.ANNEX


def test_what_the_metadata_say(tmp_path: Path) -> None:
    document = read(akn(BODY, front=FRONT), tmp_path)
    facts = {fact.name: fact.value for fact in document.facts if fact.origin == "file"}
    assert (document.title, document.language, document.kind) == ("Protection Act 2019", "en", "law")
    assert (facts["jurisdiction"], facts["date"], facts["number"]) == ("KEN", "2019-05-04", "14")
    assert read(akn(BODY, kind="bill"), tmp_path).status == "bill"


@pytest.mark.parametrize(("date", "status"), [("2020-06-01", "repealed"), ("2030-01-01", None)])
def test_a_repeal_counts_from_its_day(date: str, status: str | None, tmp_path: Path) -> None:
    meta = f'<lifecycle source="#x"><eventRef date="{date}" type="repeal" source="#x"/></lifecycle>'
    document = read(akn(BODY, meta=meta), tmp_path)
    assert document.status == status
    assert any("2030" in warning for warning in document.warnings) is (status is None)


def test_articles_over_paragraphs_and_sections_that_hold_articles(tmp_path: Path) -> None:
    body = (
        '<section eId="sec_1"><num>Section 1</num><heading>Orders</heading><article eId="art_1"><num>Article 1</num>'
        '<paragraph eId="art_1__para_1"><num>1.</num><list><intro><p>The court:</p></intro><point eId="pt_a"><num>(a)</num>'
        '<content><p>decides;</p></content></point></list></paragraph></article><article eId="art_1bis"><num>Article 1 bis</num>'
        "<content><p>No fee is due.</p></content></article></section>"
    )
    document = read(akn(body), tmp_path)
    assert [(p.path, p.unit, p.eid) for p in document.provisions if p.eid.startswith(("art", "pt"))] == [
        ("art. 1", "article", "art_1"),
        ("art. 1(1)", "item", "art_1__para_1"),
        ("art. 1(1)(a)", "item", "pt_a"),
        ("art. 1 bis", "article", "art_1bis"),
    ]
    assert document.provisions[0].unit == "section"


def test_a_table_and_a_schedule(tmp_path: Path) -> None:
    body = (
        '<section eId="sec_1"><num>1</num><content><p>As listed:</p><table><tr><th><p>Post</p></th><th><p>Term</p></th></tr>'
        "<tr><td><p>Judge</p></td><td><p>2030</p></td></tr></table></content></section>"
        '<hcontainer name="schedule" eId="sched_1"><num>Schedule 1</num><heading>Forms</heading><paragraph eId="s1p1">'
        "<num>1</num><content><p>The form is free.</p></content></paragraph></hcontainer>"
    )
    document = read(akn(body), tmp_path)
    row = [p for p in document.provisions if p.unit == "row"][-1]
    assert [(cell.head, document.text[cell.start : cell.end]) for cell in row.cells] == [("Post", "Judge"), ("Term", "2030")]
    assert at(document, "Schedule 1").kind is TextKind.ANNEX
    assert at(document, "Schedule 1, 1").kind is TextKind.ANNEX


def test_the_older_namespace_and_a_prefix_are_known() -> None:
    data = akn(BODY, front=FRONT)
    older = data.replace(b"http://docs.oasis-open.org/legaldocml/ns/akn/3.0", b"http://www.akomantoso.org/2.0")
    prefixed = (
        data.replace(b"<", b"<an:").replace(b"<an:/", b"</an:").replace(b"<an:?xml", b"<?xml").replace(b"xmlns=", b"xmlns:an=")
    )
    plain = [block.text for block in akn_reader.read(data, name="law.xml").blocks]
    for other in (older, prefixed):
        assert akn_reader.recognises(other)
        assert [block.text for block in akn_reader.read(other, name="law.xml").blocks] == plain


def test_an_act_of_another_standard_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="not Akoma Ntoso"):
        akn_reader.read(b"<?xml version='1.0'?><Legislation><P>1</P></Legislation>", name="law.xml")


@pytest.mark.parametrize("name", ["gbr_akn-pga-2014-27_2014", "ita_akn-normattiva-cad_2005", "usa_akn-usc-title-9-ch-3_2010"])
def test_real_acts_keep_every_letter_and_identifier(name: str, shared: Path) -> None:
    from collections import Counter

    from lxml import etree

    path = shared / "corpus" / "laws" / f"{name}.xml"
    root = etree.parse(path).getroot()
    for meta in list(root.iter("{*}meta")):
        meta.getparent().remove(meta)
    wanted = Counter(filter(str.isalnum, "".join(root.itertext(etree.Element))))
    outcome = run.read(Source(str(path), path.name))
    assert isinstance(outcome, Document)
    assert not wanted - Counter(filter(str.isalnum, outcome.text))
    units = [
        e.get("eId") for e in root.iter("{*}article", "{*}section", "{*}subsection", "{*}paragraph", "{*}chapter", "{*}point")
    ]
    own = {provision.eid for provision in outcome.provisions}
    assert [eid for eid in units if eid and eid not in own] == []
