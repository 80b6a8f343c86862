"""The reports, opened as their readers open them: the workbook with openpyxl, the page in a real Chromium."""

from __future__ import annotations

import csv
import dataclasses
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from policyaudit import report
from policyaudit.errors import UsageError
from policyaudit.model import (
    Card,
    Contradiction,
    Document,
    DocumentKind,
    ElementFinding,
    Evidence,
    Failure,
    Finding,
    Force,
    Page,
    Provision,
    Results,
    RunInfo,
    SectionScore,
    Status,
    TextKind,
)
from policyaudit.report import view

FORMULA = '=HYPERLINK("http://example.invalid/","open")'
SCRIPT = "<script>document.title='taken'</script><img src=http://example.invalid/x onerror=alert(1)>"
LONG = "la autoridad 😀 competente " * 1600  # more than 40,000 characters, and more UTF-16 units than that
ARABIC = "على الشرطة أن تتخذ إجراءات الحماية فورًا"

RUBRIC: dict[str, object] = {
    "id": "sample",
    "title": "Sample rubric: police and violence against women",
    "version": "1.0",
    "sections": [
        {
            "id": name,
            "title": title,
            "criteria": [
                {
                    "id": f"{name}.{number:02}",
                    "title": criterion,
                    "requirement": f"The law gives the police an express duty: {criterion.lower()}.",
                    "why": "Without an express duty nobody can be held to account for inaction.",
                    "passing": f"Provided for: {criterion.lower()}",
                    "failing": f"Not provided for: {criterion.lower()}",
                    "advice": "Add an article that names the authority, the act, the time limit and the sanction.",
                    "applies_to": ["law"],
                    "elements": {
                        "a": "the authority is named",
                        "b": "an interim order can be made without notice",
                        "c": "a time limit is set",
                    },
                    "contradicted_by": {"x1": "the order depends on prior mediation"},
                    "sources": ["VKC 1118", "GR 35, para. 31"],
                }
                for number, criterion in enumerate(criteria, 1)
            ],
        }
        for name, title, criteria in (
            (
                "A1",
                "Ensure that national laws cover the security sector",
                (
                    *("Statutory mandate", "Protection orders: available, fast, free", "Power to enter and arrest"),
                    *("No mediation before protection", "Weapons of the aggressor", "Firearms & <licences>"),
                ),
            ),
            ("A3", "Codes of conduct and discipline", ("Zero tolerance", "Duty to report", "Complaints by survivors")),
            ("C6", "One-stop centres", ("Joint services", "Referral")),
        )
    ],
}

PROVISION = (
    "ARTÍCULO 26.- Medidas preventivas urgentes. Durante cualquier etapa del proceso el juez interviniente deberá, de "
    "oficio o a petición de parte, ordenar una o más de las siguientes medidas. La autoridad policial ejecutará la orden "
    "dentro de las veinticuatro horas y dejará constancia escrita de lo actuado en el registro correspondiente."
)


def document(name: str = "laws/ley-protección.pdf", *, country: str | None = "UTO", quotes: tuple[str, ...] = ()) -> Document:
    """An invented law: one provision after the other, one a page, then each quotation as a provision of its own."""
    parts = [PROVISION.replace("26", str(number)) for number in range(20, 32)] + list(quotes)
    text, provisions, pages = "", [], []
    for index, part in enumerate(parts):
        start = len(text)
        text += part + "\n"
        path = f"art. {20 + index}"
        provisions.append(
            Provision(index, None, 0, "article", path, path, "", TextKind.OPERATIVE, start, start, len(text) - 1, index + 1)
        )
        pages.append(Page(index + 1, start, len(text), has_text=index != 2))
    return Document(
        name=name,
        stem=name.rsplit(".", 1)[0],
        sha256="ab" * 32,
        format="pdf",
        country=country,
        kind=DocumentKind.LAW,
        title="Ley de protección integral <b>&amp;</b>",
        language="es",
        year=2009,
        status="in_force",
        guessed=("kind", "year"),
        text=text,
        pages=tuple(pages),
        provisions=tuple(provisions),
        warnings=("Page 3 has no text and was not read.",),
    )


def evidence(doc: Document, index: int, words: str = "", **more: Any) -> Evidence:
    """The words (or all) of the document's provision of that index as evidence."""
    provision = doc.provisions[index]
    start = doc.text.index(words, provision.start) if words else provision.start
    end = start + len(words) if words else provision.end
    last = index + 2 if index == 4 else None
    return Evidence(
        doc.name, start, end, doc.text[start:end], provision.path, index + 1, last, (provision.start, provision.end), **more
    )


def card(doc: Document) -> Card:
    duty, order = "La autoridad policial ejecutará la orden", "dentro de las veinticuatro horas"
    last = len(doc.provisions) - 1
    found = ElementFinding("a", True, (evidence(doc, 4, duty, force=Force.MANDATORY), evidence(doc, 5, duty)))
    within = ElementFinding("c", True, (evidence(doc, 4, order, notes=("exception",)),))
    hostile = ElementFinding("b", True, tuple(evidence(doc, index) for index in range(12, last + 1)) or (evidence(doc, 1),))
    absent = tuple(
        ElementFinding(name, False, nearest=tuple(evidence(doc, index, order) for index in (6, 7, 8))) for name in "abc"
    )
    opposite = Contradiction("x1", (evidence(doc, 9, "de oficio o a petición de parte"),))
    findings = (
        Finding("A1.01", Status.MET, 1.0, "", (found, hostile, within)),
        Finding("A1.02", Status.PARTLY, 2 / 3, "", (found, absent[1], within)),
        Finding("A1.03", Status.NOT_FOUND, 0.0, "", absent),
        Finding("A1.04", Status.CONTRADICTED, 0.0, "", (found, *absent[1:]), (opposite,)),
        Finding("A1.05", Status.UNSCORED, None, "There are no terms for this criterion in the document's language."),
        Finding("A1.06", Status.ERROR, None, "The pattern of concept <x> is broken."),
        *(Finding(f"A3.0{n}", Status.NOT_APPLICABLE, None, "A law cannot carry this criterion.") for n in (1, 2, 3)),
        Finding("C6.01", Status.NOT_FOUND, 0.0, "", absent),
        Finding("C6.02", Status.PARTLY, 1 / 3, "", (absent[0], absent[1], within)),
    )
    sections = (
        SectionScore("A1", 5 / 12, 4, 6, {"met": 1, "partly": 1, "not_found": 1, "contradicted": 1, "unscored": 1, "error": 1}),
        SectionScore("A3", None, 0, 0, {"not_applicable": 3}),
        SectionScore("C6", 1 / 6, 2, 2, {"not_found": 1, "partly": 1}),
    )
    return Card(doc.name, doc.country, findings, sections)


def sample(names: tuple[str, ...] = ("laws/ley-protección.pdf",)) -> Results:
    """Results over as many documents as names; all of one country, with its roll-up."""
    hostile = (
        FORMULA,
        SCRIPT,
        LONG,
        ARABIC,
        "- la policía\x00 deberá\x0b actuar",
        "@SUM(A1)",
        "+1 plazo",
        "“Sí”, señaló\r\nla niña",
    )
    documents = tuple(document(name, quotes=hostile if not number else ()) for number, name in enumerate(names))
    cards = tuple(card(doc) for doc in documents)
    first = cards[0]
    country = Card(
        "UTO",
        "UTO",
        tuple(
            dataclasses.replace(
                finding,
                elements=tuple(
                    dataclasses.replace(element, document=first.name if element.found else None) for element in finding.elements
                ),
            )
            for finding in first.findings
        ),
        first.sections,
        names,
    )
    run = RunInfo("sample", "1.0", "cd" * 32, "0.1.0", {"spacy": "3.8.0", "pypdfium2": "5.0.0"}, ("A1", "A3", "C6"))
    failures = (Failure("laws/=cmd.pdf", "The file is protected by a password; remove it and run again. <i>"),)
    return Results(run, RUBRIC, documents, cards, (country,), failures)


THREE = ("laws/ley-protección.pdf", "plans/plan nacional.docx", "plans/plan nacional.pdf")
ALL = ("xlsx", "html", "json", "csv")


# ---------------------------------------------------------------- all formats


def test_formats_are_found_and_named() -> None:
    known = report.formats()
    assert set(ALL) <= set(known)
    assert len({module.FILENAME for module in known.values()}) == len(known)


@pytest.mark.parametrize("names", [THREE[:1], THREE], ids=["one", "several"])
def test_the_same_results_give_the_same_bytes(tmp_path: Path, names: tuple[str, ...]) -> None:
    first = report.write(sample(names), tmp_path / "a", ALL)
    second = report.write(sample(names), tmp_path / "b", ALL)
    assert [path.name for path in first] == ["scorecard.xlsx", "gap-report.html", "results.json", "findings.csv"]
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == sorted(["tables", *(path.name for path in first)])


def test_no_entry_of_a_small_workbook_is_of_the_large_kind_that_varies_with_python(tmp_path: Path) -> None:
    report.write(sample(), tmp_path, ["xlsx"])
    with zipfile.ZipFile(tmp_path / "scorecard.xlsx") as book:
        assert {(entry.extract_version, entry.extra) for entry in book.infolist()} == {(20, b"")}


def test_a_run_without_any_assessed_document_is_reported_too(tmp_path: Path) -> None:
    empty = dataclasses.replace(sample(), documents=(), cards=(), countries=())
    for path in report.write(empty, tmp_path, ALL):
        if path.suffix != ".xlsx":
            assert "protected by a password" in path.read_text(encoding="utf-8")
    assert "protected by a password" in str(table(openpyxl.load_workbook(tmp_path / "scorecard.xlsx")["Documents"]))


def test_faulty_wishes_are_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="report format: pptx; the formats are csv, docx, html, json, jsonld, parquet, xlsx"):
        report.write(sample(), tmp_path, ["pptx"])
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot write"):
        report.write(sample(), tmp_path / "file", ["json"])


# ---------------------------------------------------------------- workbook


def table(sheet: Any) -> list[dict[str, Any]]:
    """The rows under the head (the row that the filter begins with), by column head."""
    top = int(re.findall(r"\d+", sheet.auto_filter.ref)[0])
    rows = list(sheet.iter_rows(min_row=top, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Any:
    (path,) = report.write(sample(THREE), tmp_path_factory.mktemp("xlsx"), ["xlsx"])
    return openpyxl.load_workbook(path)


def test_workbook_has_its_sheets_ready_to_work_with(book: Any) -> None:
    assert book.sheetnames == [
        *(
            "Summary",
            "Scorecard",
            "Review",
            "How to review",
            "Criteria",
            "Countries",
            "Evidence",
            "Gaps",
            "Contradictions",
            "Documents",
        ),
        *("Instruments", "Method"),
    ]
    kept = {"Scorecard": "D", "Countries": "D", "Review": "E", "Criteria": "C"}
    for sheet in book.worksheets:
        head = int(re.findall(r"\d+", sheet.auto_filter.ref)[0])
        assert sheet.freeze_panes == f"{kept.get(sheet.title, 'A')}{head + 1}"
        assert sheet.print_title_rows == f"${head}:${head}"
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToWidth == 1
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in sheet.oddFooter.right.text and sheet.oddHeader.left.text
        assert all(dimension.width > 6 for dimension in sheet.column_dimensions.values())
    assert book["Summary"]._charts
    assert book["Scorecard"].conditional_formatting and book["Review"].data_validations.dataValidation
    assert book.properties.created.year == book.properties.modified.year == 1980


def test_no_text_is_ever_a_formula(book: Any) -> None:
    risky = [cell for sheet in book for row in sheet.iter_rows() for cell in row if str(cell.value or "")[:1] in tuple("=+-@")]
    assert {cell.value for cell in risky} >= {FORMULA, "@SUM(A1)", "+1 plazo", "- la policía deberá actuar"}
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in risky)
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type in ("f", "e")]


def test_what_a_cell_cannot_hold_is_cut_visibly(book: Any) -> None:
    quotes = [row["Quotation"] for row in table(book["Evidence"]) if row["Quotation"].startswith(LONG[:60])]
    assert quotes and len(quotes[0].encode("utf-16-le")) // 2 <= 32_767
    assert re.search(r"\[cut here: [\d,]+ characters more", quotes[0][-80:])
    assert ARABIC in [row["Quotation"] for row in table(book["Evidence"])]


def test_no_judgement_never_looks_like_zero(book: Any) -> None:
    rows = {(row["Document"], row["Criterion"]): row for row in table(book["Scorecard"])}
    assert len(rows) == 3 * 11
    name = THREE[0]
    assert rows[name, "A1.03"]["Score"] == 0
    assert rows[name, "A1.03"]["Status"] == "not found in the documents read"
    for criterion in ("A1.05", "A1.06", "A3.01"):
        assert rows[name, criterion]["Score"] is None
        assert rows[name, criterion]["Reason"]
    cell = next(c for row in book["Scorecard"].iter_rows() for c in row if row[2].value == "A1.05" and c.column == 6)
    assert cell.value is None and cell.fill.fgColor.rgb.endswith("E9E9E9")
    summary = {(row["Country or document"], row["Section"]): row for row in table(book["Summary"])}
    assert summary[name, "A3"]["Score"] is None and summary[name, "A3"]["Coverage"] is None
    assert summary[name, "A1"]["Coverage"] == pytest.approx(4 / 6)


def test_scorecard_row_says_what_was_found_and_where(book: Any) -> None:
    row = next(row for row in table(book["Scorecard"]) if row["Criterion"] == "A1.02")
    assert row["Elements found"] == "a) the authority is named\nc) a time limit is set"
    assert row["Elements missing"] == "b) an interim order can be made without notice"
    assert (row["Best quotation"], row["Place (article)"], row["Page"]) == (
        *("La autoridad policial ejecutará la orden", "art. 24", "5–6"),
    )
    assert row["Decided by reviewers"] is None
    country = next(row for row in table(book["Countries"]) if row["Criterion"] == "A1.02")
    assert "[laws/ley-protección.pdf]" in country["Elements found"]


def test_gaps_and_contradictions(book: Any) -> None:
    gaps = table(book["Gaps"])
    assert [row["Criterion"] for row in gaps if row["Country or document"] == THREE[1]] == [
        *("A1.02", "A1.03", "A1.04", "C6.01", "C6.02"),
    ]
    assert [row["Section"] for row in gaps] == sorted(row["Section"] for row in gaps)
    assert all(row["Advice"] and row["What is missing"] and row["Nearest passages that were considered"] for row in gaps)
    assert [row["Document"] for row in table(book["Contradictions"])] == list(THREE)
    assert table(book["Documents"])[0]["Warnings, or why it failed"].startswith("The file is protected by a password")


# ---------------------------------------------------------------- data


def test_csv_is_a_full_long_table(tmp_path: Path) -> None:
    (path,) = report.write(sample(THREE), tmp_path, ["csv"])
    assert not path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3 * (11 * 3 + 1) + 1
    by = {(row["document"], row["criterion"], row["element"]): row for row in rows}
    assert by[THREE[0], "A1.02", "b"]["found"] == "0" and by[THREE[0], "A1.02", "b"]["nearest_quote"]
    assert by[THREE[0], "A1.05", "a"]["found"] == by[THREE[0], "A1.05", "a"]["score"] == ""
    assert by[THREE[0], "A1.01", "b"]["quote"] == FORMULA
    assert by[THREE[0], "A1.04", "x1"]["quote"] == "de oficio o a petición de parte"
    assert rows[-1]["status"] == "error" and "password" in rows[-1]["reason"]


def test_json_holds_everything_but_the_texts(tmp_path: Path) -> None:
    results = sample(THREE)
    (path,) = report.write(results, tmp_path, ["json"])
    data = json.loads(path.read_text(encoding="utf-8"))
    assert set(data) == {field.name for field in dataclasses.fields(Results)} | {"agreement"}
    assert "text" not in data["documents"][0] and data["documents"][0]["pages_without_text"] == [3]
    quotes = [one["quote"] for one in data["cards"][0]["findings"][0]["elements"][1]["evidence"]]
    assert LONG in quotes and "- la policía\x00 deberá\x0b actuar" in quotes
    assert data["cards"][0]["findings"][4]["score"] is None


# ---------------------------------------------------------------- page


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium,
            args=[
                *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
                *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            ],
        )
        yield running
        running.close()


class Opened:
    """A page of the report with what happened while it was open."""

    def __init__(self, page: Any, path: Path) -> None:
        self.page, self.url = page, path.as_uri()
        self.requests: list[str] = []
        self.troubles: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.troubles.append(message.text))
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("dialog", lambda dialog: (self.troubles.append(dialog.message), dialog.dismiss()))
        page.goto(self.url)

    def check(self) -> None:
        assert [url for url in self.requests if not url.startswith((self.url, "data:,"))] == []
        assert self.troubles == []


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Any]:
    contexts = []

    def _open(results: Results, **options: Any) -> Opened:
        (path,) = report.write(results, tmp_path, ["html"])
        contexts.append(browser.new_context(**options))
        return Opened(contexts[-1].new_page(), path)

    yield _open
    for context in contexts:
        context.close()


def test_page_runs_nothing_of_a_document_and_asks_no_network(opened: Any) -> None:
    one = opened(sample(THREE))
    page = one.page
    assert page.title() == "Gap report: UTO: 3 documents"
    assert page.locator("script").count() == 1 and page.locator("img, iframe, link:not([rel=icon])").count() == 0
    assert page.get_by_text("<script>document.title=").count() > 0
    one.check()


def test_page_reads_in_order_without_javascript(opened: Any) -> None:
    one = opened(sample(), java_script_enabled=False)
    heads = one.page.locator("main h2").all_inner_texts()
    assert [re.sub(r"\s*\d+$", "", head) for head in heads] == [
        *("In two minutes", "What was audited", "How it was reviewed", "Summary", "Contradictions", "Gaps", "Met and partly met"),
        *("Not applicable and not assessed", "Who must do what"),
        *("For the planning workshop: strengths, weaknesses, opportunities, threats", "Method and limits"),
    ]
    assert not one.page.locator("#filter").is_visible()
    article = one.page.locator("[id='A1.04']")
    assert article.is_visible()
    for text in ("contradicted", "the order depends on prior mediation", "de oficio o a petición de parte", "art. 29", "p. 10"):
        assert article.get_by_text(text).first.is_visible(), text
    assert one.page.locator("#audited").get_by_text("guessed").count() >= 2
    assert "protected by a password" in one.page.locator("#audited").inner_text()
    details = one.page.locator("[id='A1.03'] details").first
    details.locator("summary").first.click()
    assert details.locator("blockquote").first.is_visible()
    one.check()


def test_quotation_is_marked_in_its_provision_and_in_its_language(opened: Any) -> None:
    one = opened(sample())
    quote = one.page.locator("[id='A1.01'] blockquote").first
    assert quote.get_attribute("lang") == "es"
    assert quote.locator("mark").inner_text() == "La autoridad policial ejecutará la orden"
    assert quote.inner_text() == PROVISION.replace("26", "24")
    arabic = one.page.locator("mark", has_text=ARABIC)
    assert arabic.count() == 1
    direction = "node => getComputedStyle(node.closest('blockquote')).direction"
    assert arabic.evaluate(direction) == "rtl" and quote.locator("mark").evaluate(direction) == "ltr"
    # No page may be wider than a phone.
    one.page.set_viewport_size({"width": 360, "height": 800})
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 360
    one.check()


def test_filter_shows_what_is_asked_for_and_links_get_past_it(opened: Any) -> None:
    one = opened(sample())
    page = one.page
    page.select_option("#by-section", "A1")
    page.select_option("#by-status", "partly")
    visible = page.locator(".finding:visible").evaluate_all("all => all.map(one => one.id)")
    assert visible == ["A1.02", "A1.02-found"]
    assert "Entries shown: 2 of" in page.locator("#filtered").inner_text()
    page.evaluate("location.hash = '#C6.01'")
    page.wait_for_selector("[id='C6.01']:visible")
    page.click("#clear")
    assert page.locator(".finding[hidden]").count() == 0
    assert not page.locator("[id='A3.01']").is_visible(), "what was not judged stands folded"
    page.evaluate("location.hash = '#A3.01'")
    page.wait_for_selector("[id='A3.01']:visible")
    one.check()


def test_every_link_and_every_criterion_has_its_anchor(opened: Any) -> None:
    for names in (THREE[:1], THREE):
        one = opened(sample(names))
        links = one.page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))")
        ids = one.page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
        assert {link.removeprefix("#") for link in links} <= set(ids)
        assert len(ids) == len(set(ids))
        assert {"A1.01", "A1.05", "A3.01", "C6.02"} <= set(ids)
        if len(names) > 1:
            assert {"uto-A1.01", "laws-ley-proteccion-A1.01", "plans-plan-nacional-2-A1.04"} <= set(ids)
    one.page.goto(one.url + "#plans-plan-nacional-2-A1.04")
    assert one.page.locator("[id='plans-plan-nacional-2-A1.04']").is_visible()
    one.check()


def test_a_large_report_has_a_page_for_each_document_and_every_link_leads_somewhere(browser: Any, tmp_path: Path) -> None:
    names = tuple(f"laws/{number}.pdf" for number in range(25))
    (path,) = report.write(sample(names), tmp_path, ["html"])
    pages = {path, *(tmp_path / "gap-report").iterdir()}
    assert len(pages) == 1 + 1 + 25, "the overview, the country, the documents"
    ids: dict[Path, set[str]] = {}
    links: dict[Path, list[str]] = {}
    page = browser.new_page()
    for file in pages:
        page.goto(file.as_uri())
        ids[file] = set(page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)"))
        links[file] = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))")
    page.close()
    assert "gap-report/laws-3.html#A1.04" in links[path] and "gap-report/uto.html#A1.04" in links[path]
    for file, several in links.items():
        for link in several:
            name, _, anchor = link.partition("#")
            target = (file.parent / name).resolve() if name else file
            assert not anchor or anchor in ids[target], f"{file.name}: {link}"
    (tmp_path / "gap-report" / "mine.html").write_text("<p>a reader's own notes</p>")
    report.write(sample(), tmp_path, ["html"])
    assert [file.name for file in (tmp_path / "gap-report").iterdir()] == ["mine.html"], "old pages go, others stay"


def test_what_is_left_to_the_reviewer_is_never_shown_as_missing(tmp_path: Path) -> None:
    results = sample()
    (first, *others) = results.cards[0].findings[1:]
    asked = ElementFinding("b", False, question="Do all ranks understand it?")
    finding = dataclasses.replace(first, elements=(first.elements[0], asked, first.elements[2]), status=Status.MET, score=1.0)
    card = dataclasses.replace(results.cards[0], findings=(finding, *others))
    report.write(dataclasses.replace(results, cards=(card,)), tmp_path, ALL)
    page = (tmp_path / "gap-report.html").read_text(encoding="utf-8")
    assert page.count("Do all ranks understand it?") == 1 and "For the reviewer to answer" in page
    row = table(openpyxl.load_workbook(tmp_path / "scorecard.xlsx")["Scorecard"])[0]
    assert "Do all ranks understand it?" in row["Reason"] and not row["Elements missing"]
    with (tmp_path / "findings.csv").open(encoding="utf-8", newline="") as file:
        (line,) = [row for row in csv.DictReader(file) if row["criterion"] == "A1.02" and row["element"] == "b"]
    assert line["found"] == "" and line["question"] == "Do all ranks understand it?"


def test_print_shows_the_folded_passages(opened: Any) -> None:
    one = opened(sample(), java_script_enabled=False)
    one.page.emulate_media(media="print")
    assert one.page.locator("[id='A1.03'] details blockquote").first.is_visible()
    assert not one.page.locator(".side").is_visible()


# ---------------------------------------------------------------- view


def test_passage_is_cut_between_words_around_the_quotation() -> None:
    doc = document(quotes=(f"{'antes ' * 400}la orden de protección {'después ' * 400}",))
    shown = view.passage(evidence(doc, 12, "la orden de protección"), doc)
    assert shown.quote == "la orden de protección"
    assert shown.before.startswith("… antes ") and shown.after.endswith(" después …")
    assert 400 < len(shown.before + shown.quote + shown.after) < 640


def test_passages_are_shown_once_with_all_their_elements() -> None:
    doc = document()
    finding = card(doc).findings[2]
    assert [(one.place, names) for one, names in view.nearest(finding)] == [
        *(("art. 26", ["a", "b", "c"]), ("art. 27", ["a", "b", "c"]), ("art. 28", ["a", "b", "c"])),
    ]


def test_no_score_is_a_dash_and_not_a_zero() -> None:
    assert (view.percent(None), view.percent(0.0), view.percent(2 / 3)) == ("–", "0%", "67%")
