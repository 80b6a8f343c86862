"""``policyaudit read``: what was read as Akoma Ntoso that validates, as a page to check, and many documents in a line each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from making import document
from policyaudit import ingest, run
from policyaudit.ingest.blocks import Block, RawDocument, Role, row_block
from policyaudit.model import Cell, Document, DocumentKind, Fact, Page, Source, TextKind

Command = Callable[..., Any]
HERE = Path(__file__).parent
EXAMPLE = HERE.parent / "corpora" / "example"
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
OURS = "{urn:policyaudit:reading:1}"


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(HERE / "data" / "akomantoso" / "akomantoso30.xsd")))


def validated(one: Document, schema: etree.XMLSchema) -> etree._Element:
    root = etree.fromstring(run.written(one, "akn"), etree.XMLParser(huge_tree=True))
    schema.assertValid(root)
    return root


def read_again(one: Document, tmp_path: Path) -> Document:
    path = tmp_path / "again.xml"
    path.write_bytes(run.written(one, "akn"))
    return ingest.read(Source(str(path), path.name))


def labels(one: Document) -> list[str]:
    """The numbers of all that is numbered in the body, as printed."""
    front = (TextKind.FURNITURE, TextKind.CONTENTS, TextKind.TITLE, TextKind.PREAMBLE)
    return [re.sub(r"\W+", "", p.label) for p in one.provisions if re.sub(r"\W+", "", p.label) and p.kind not in front]


def letters(one: Document) -> str:
    several = (one.text[p.start : p.end] for p in one.provisions if p.kind is not TextKind.FURNITURE)
    return re.sub(r"\W+", "", "".join(several)).lower()


def structured(*blocks: Block, **known: Any) -> Document:
    return ingest.structured(Source("a.md", "a.md", **known), "markdown", "0" * 64, RawDocument(tuple(blocks)))


# ---------------------------------------------------------------- Akoma Ntoso


@pytest.mark.parametrize(
    "path", sorted(p for p in EXAMPLE.iterdir() if p.suffix in (".pdf", ".docx", ".html", ".md") and p.stem != "README"), ids=str
)
def test_the_example_documents_are_valid_akoma_ntoso_and_come_back(path: Path, schema: etree.XMLSchema, tmp_path: Path) -> None:
    one = ingest.read(Source(str(path), path.name))
    validated(one, schema)
    again = read_again(one, tmp_path)
    if one.kind is DocumentKind.LAW:
        assert labels(again) == labels(one)
    assert again.language == one.language and again.year == one.year
    assert abs(len(letters(again)) - len(letters(one))) <= 0.02 * len(letters(one))


def test_the_hierarchy_is_that_of_the_provisions(schema: etree.XMLSchema) -> None:
    one = structured(
        Block("POLICE ACT", Role.TITLE),
        Block("CHAPTER II Duties", Role.HEADING),
        Block("Article 5 bis.- Reports. The police shall:"),
        Block("(a) record every report;"),
        Block("(b) keep it."),
        Block("Article 6.- The court decides."),
        kind=DocumentKind.LAW,
        language="en",
        country="KEN",
        year=2015,
    )
    root = validated(one, schema)
    act = root[0]
    assert act.tag == f"{AKN}act" and act.find(f".//{AKN}preface//{AKN}docTitle").text == "POLICE ACT"
    assert act.find(f".//{AKN}FRBRcountry").get("value") == "ke"
    article = act.find(f".//{AKN}chapter/{AKN}article")
    assert article.get("eId") == "chp_ii__art_5-bis" and article.get(f"{OURS}place") == "art. 5 bis"
    assert article.find(f"{AKN}num").text.startswith("Article 5 bis")
    assert [point.get("eId") for point in article.iter(f"{AKN}point")] == [
        "chp_ii__art_5-bis__point_a",
        "chp_ii__art_5-bis__point_b",
    ]
    assert "".join(article.find(f"{AKN}intro").itertext()).strip().endswith("The police shall:")


def test_a_number_said_twice_has_two_identifiers(schema: etree.XMLSchema) -> None:
    root = validated(document("1. One.", "1. One again.", "  (a) x", "  (a) y"), schema)
    assert [e.get("eId") for e in root.iter(f"{AKN}article")] == ["art_1", "art_1-2"]


def test_kinds_of_text_have_their_elements(schema: etree.XMLSchema) -> None:
    one = document(
        "Recital that considers much.",
        "1. Article 9 is replaced:",
        "  9. The new text binds.",
        "2. Repealed.",
        "A note of change.",
        "Page 7",
        "3. The last article.",
        kinds={0: TextKind.PREAMBLE, 2: TextKind.QUOTED, 3: TextKind.REPEALED, 4: TextKind.NOTE, 5: TextKind.FURNITURE},
    )
    root = validated(one, schema)
    assert "considers" in "".join(root.find(f".//{AKN}preamble").itertext())
    (quoted,) = root.iter(f"{AKN}quotedStructure")
    assert quoted.find(f"{AKN}article/{AKN}num").text == "9."
    assert [e.get("eId") for e in root.iter(f"{AKN}article") if e.get("status") == "removed"] == ["art_2"]
    assert "A note of change." in "".join(root.find(f".//{AKN}authorialNote").itertext())
    assert "Page 7" not in "".join(root.itertext())


def test_tables_keep_heads_bands_and_merged_cells(schema: etree.XMLSchema) -> None:
    rows = (
        replace(row_block([("", "Action"), ("", "Responsible")]), bold=True, names="columns"),
        row_block([("Action", "Train officers"), ("Responsible", "Ministry")]),
        row_block([("Action", "Train judges"), ("Responsible", "Ministry")], carried=(1,)),
    )
    one = structured(Block("National Action Plan", Role.TITLE), *rows, kind=DocumentKind.ACTION_PLAN, language="en")
    root = validated(one, schema)
    (table,) = root.iter(f"{AKN}table")
    assert root[0].tag == f"{AKN}doc"
    assert ["".join(cell.itertext()).strip() for cell in table.iter(f"{AKN}th")] == ["Action", "Responsible"]
    texts = [["".join(cell.itertext()).strip() for cell in row] for row in table.iter(f"{AKN}tr")][1:]
    assert texts == [["Train officers", "Ministry"], ["Train judges"]]
    assert [cell.get("rowspan") for cell in table.iter(f"{AKN}td")] == [None, "2", None]


def test_an_annex_is_an_attachment_and_an_empty_document_is_valid(schema: etree.XMLSchema) -> None:
    one = structured(
        Block("POLICE ACT", Role.TITLE),
        Block("Article 1.- The police act."),
        Block("ANNEX I Forms", Role.HEADING),
        Block("1. The form of a report."),
        kind=DocumentKind.LAW,
        language="en",
    )
    root = validated(one, schema)
    (attachment,) = root.iter(f"{AKN}attachment")
    assert "The form of a report." in "".join(attachment.itertext())
    validated(replace(document("x"), text="", provisions=()), schema)


def test_nothing_in_a_document_breaks_the_xml_or_its_identifiers(schema: etree.XMLSchema) -> None:
    one = document("1. A <b>& \x00\x08\ud800 \ufffe]]> text.", "§ 2º ٣ عربي. النص", "  (a ) x", "𝟚. y", title="<&\x01>")
    one = replace(
        one,
        facts=(Fact("title", "a\x02<\n&", "guess"), Fact("date", "some day", "file"), Fact("number", "12 & 13", "text", 0, 3)),
        warnings=("Odd \x00 & <warning>",),
        pages=(Page(1, 0, 5), Page(2, 5, len(one.text))),
        provisions=tuple(replace(p, eid="has space" if p.index else "kept_1", language="ar") for p in one.provisions),
    )
    root = validated(one, schema)
    assert root.find(f".//{AKN}article").get("eId") == "kept_1"
    assert root.find(f".//{OURS}fact[@name='number']").get("page") == "1"


def test_real_documents_are_valid_and_come_back(shared: Path, schema: etree.XMLSchema, tmp_path: Path) -> None:
    chosen = (
        "laws/arg_ley-26485-vcm_2009.md",
        "laws/esp_ley-27-2003-orden-proteccion_2003.md",
        "laws/lka_trafficking-convention-act_2005.pdf",
        "laws/lka_victims-witnesses-protection-act_2015.pdf",
        "laws/chn_anti-domestic-violence-law_2015.md",
        "laws/grc_nomos-3500-endooikogeneiaki-via_2006.md",
        "laws/lux_loi-violence-domestique_2003.md",
        "laws/phl_ra9262-vawc_2004.md",
        "plans/per_plan-nacional-accion-infancia-2002-2010.md",
        "codes/usa_hanover-park-pd-discipline_2018.pdf",
        "codes/nzl_nz-police-off-duty-policy_2020.docx",
        "codes/fra_code-deontologie-police-gendarmerie_2014.md",
    )
    for name in chosen:
        one = ingest.read(Source(str(shared / "corpus" / name), name))
        validated(one, schema)
        again = read_again(one, tmp_path)
        assert abs(len(letters(again)) - len(letters(one))) <= 0.02 * len(letters(one)), name
        if one.kind is DocumentKind.LAW:
            assert labels(again) == labels(one), name


# ---------------------------------------------------------------- the page


def page_of(one: Document) -> tuple[html.HtmlElement, str]:
    data = run.written(one, "html").decode()
    return html.fromstring(data), data


def test_the_page_shows_provisions_kinds_pages_facts_and_warnings() -> None:
    one = document("1. The police shall act.", "2. Repealed.", "Page 2", kinds={1: TextKind.REPEALED, 2: TextKind.FURNITURE})
    one = replace(
        one,
        pages=(
            Page(1, 0, 20, recognised=0.91, legibility=0.875),
            Page(2, 20, len(one.text)),
            Page(3, len(one.text), len(one.text), False),
        ),
        facts=(Fact("status", "draft", "text", 0, 9), Fact("kind", "law", "guess")),
        warnings=("The numbering of articles has gaps.",),
    )
    tree, data = page_of(one)
    assert "confidence 91%" in data and "legibility 88%" in data and "no text was read on this page" in data
    assert "has gaps" in tree.xpath("//section[@class='warnings']")[0].text_content()
    assert tree.xpath("//*[@id='p-1']//*[@class='chip']")[0].text == "repealed"
    (where,) = tree.xpath("//table[@class='facts']//a")
    assert where.get("href") == "#p-0" and "1. The po" in where.text_content()
    assert [details.get("open") for details in tree.xpath("//details")] == [None]
    assert "guessed" in tree.xpath("//table[@class='facts']")[0].text_content()
    for link in tree.xpath("//a[starts-with(@href, '#')]"):
        assert tree.xpath(f"//*[@id='{link.get('href')[1:]}']")


def test_nothing_in_a_document_can_run_in_the_page() -> None:
    bad = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    one = document(f"1. {bad}", f"# {bad}", title=bad)
    cells = (Cell(one.provisions[0].start, one.provisions[0].end, 0, bad), Cell(0, 3, 1, '"><script>'))
    rows = tuple(replace(p, unit="row", cells=cells) for p in one.provisions)
    for each in (one, replace(one, provisions=rows, facts=(Fact("title", bad, bad),), warnings=(bad,), name=bad)):
        tree, data = page_of(each)
        assert not tree.xpath("//script | //img | //*[@onerror] | //iframe | //form")
        assert "default-src 'none'" in data and "<script" not in data


# ---------------------------------------------------------------- the command


def test_forms_go_to_stdout_or_a_file(policyaudit: Command, tmp_path: Path, schema: etree.XMLSchema) -> None:
    path = tmp_path / "act.md"
    path.write_text("# Police Act\n\n1. The police shall act.\n", encoding="utf-8")
    outcome = policyaudit("read", path, "--format", "akn")
    schema.assertValid(etree.fromstring(outcome.out.encode()))
    assert outcome.code == 0
    assert policyaudit("read", path, "--format", "html", "--out", tmp_path / "sub" / "act.html").out == ""
    assert "The police shall act." in (tmp_path / "sub" / "act.html").read_text(encoding="utf-8")
    assert policyaudit("read", path, "--format", "text").out == policyaudit("read", path, "--text").out
    wrong = policyaudit("read", path, "--format", "pdf")
    assert wrong.code == 2 and "akn" in wrong.err and "html" in wrong.err
    assert policyaudit("read", path, "--format", "text", "--json").code == 2
    assert policyaudit("read", path, "--as-of", "30.6.2026").code == 2


def test_several_documents_are_a_line_each_and_go_into_a_folder(policyaudit: Command, tmp_path: Path) -> None:
    outcome = policyaudit("read", EXAMPLE)
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert len(lines) == 5 and lines[0].split()[:2] == ["Document", "Kind"]
    assert any("proyecto-de-reforma.md" in line and " draft " in line for line in lines)
    assert policyaudit("read", EXAMPLE, "--format", "akn").code == 2
    done = policyaudit("read", EXAMPLE, "--format", "akn", "--out", tmp_path / "xml")
    assert done.code == 0 and len(list((tmp_path / "xml").glob("*.xml"))) == 4
    again = {path.name: path.read_bytes() for path in (tmp_path / "xml").iterdir()}
    policyaudit("read", EXAMPLE, "--format", "akn", "--out", tmp_path / "xml")
    assert again == {path.name: path.read_bytes() for path in (tmp_path / "xml").iterdir()}


def test_what_cannot_be_read_is_named_and_the_rest_is_shown(policyaudit: Command, tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text("# Police Act\n\n1. The police shall act.\n", encoding="utf-8")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    outcome = policyaudit("read", tmp_path / "good.md", tmp_path / "bad.pdf")
    assert outcome.code == 1 and "good.md" in outcome.out and "bad.pdf" in outcome.err


def test_the_date_of_the_audit_is_kept_and_makes_the_same_bytes(
    policyaudit: Command, rubric_folder: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.md"
    plan.write_text("# National Action Plan 2018-2022\n\nThe ministry shall train the police.\n", encoding="utf-8")
    asked = ("audit", plan, "--rubric", rubric_folder, "--format", "json")
    runs = []
    for name in ("one", "two"):
        policyaudit(*asked, "--as-of", "2026-06-30", "--out", tmp_path / name)
        runs.append({p.name: p.read_bytes() for p in (tmp_path / name).rglob("*") if p.is_file()})
    assert runs[0] == runs[1]
    assert b'"as_of": "2026-06-30"' in runs[0]["run.json"] and b"had ended" in runs[0]["plan.json"]
    policyaudit(*asked, "--as-of", "2020-06-30", "--out", tmp_path / "early")
    assert b"had ended" not in (tmp_path / "early" / "documents" / "plan.json").read_bytes()
