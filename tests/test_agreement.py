"""Two reviewers: how far they agree, what they disagree on, how it is settled, and what the reports say of it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import Outcome
from policyaudit import agreeing
from policyaudit.agreement import Between, Verdict
from test_review import LAW, filled, take_in

Call = Callable[..., Outcome]
COUNTRIES = ("KEN", "UGA", "RWA", "GHA")
# Each law has four things to decide: A1.01 a and b, the opposite x1 that the machine claims, A1.02 a.
AGREED = {"A1.01 a": ("agree",), "A1.01 b": ("agree",), "A1.01 x1": ("agree",), "A1.02 a": ("agree",)}


@pytest.fixture
def audited(tmp_path: Path, rubric_folder: Path, policyaudit: Call) -> Path:
    """A run of four laws that say the same."""
    folder = tmp_path / "laws"
    folder.mkdir()
    lines = ["file,country,kind,title,language,year,status"]
    for code in COUNTRIES:
        name = f"{code.lower()}.md"
        (folder / name).write_text(LAW.replace("Act on", f"{code} Act on"), encoding="utf-8")
        lines.append(f"{name},{code},law,{code} Act,en,2015,in_force")
    (folder / "manifest.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    run = tmp_path / "run"
    assert policyaudit("audit", folder, "--rubric", rubric_folder, "--out", run, "--as-of", "2026-06-30").code == 0
    return run


@pytest.fixture
def reviewed(audited: Path, policyaudit: Call) -> Path:
    """AB agrees with everything; CD refuses every contradiction. The kenyan one is settled by CHAIR, as CD says."""
    workbook = filled(audited / "scorecard.xlsx", AGREED)
    take_in(policyaudit, workbook, audited, reviewer="AB")
    workbook = filled(audited / "scorecard.xlsx", AGREED | {"A1.01 x1": ("not found", "a fee for a copy, <b>not</b> the order")})
    take_in(policyaudit, workbook, audited, reviewer="CD")
    return audited


def settled(run: Path, policyaudit: Call) -> None:
    """The first of the four disagreements is settled as CD says."""
    out = run / "to-settle.xlsx"
    outcome = policyaudit("agreement", run, "--out", out)
    assert outcome.code == 0 and "4 rows in" in outcome.err, outcome.err
    book = openpyxl.load_workbook(out)
    sheet = book["To settle"]
    column = {cell.value: cell.column for cell in sheet[1]}
    for title, value in (("Your decision", "not found"), ("Your reason", "the fee is for a copy")):
        sheet.cell(2, column[title]).value = value
    book.save(out)
    take_in(policyaudit, out, run, "--final", reviewer="CHAIR")


def test_agreement_is_counted_over_what_both_judged(reviewed: Path, policyaudit: Call) -> None:
    figures, apart = agreeing.compare(agreeing.load(reviewed))
    among = next(one for one in figures if one.level == "all" and one.between is Between.REVIEWERS)
    # 16 elements, 4 of them judged otherwise: values found 8, not found 20, contradicted 4 of 32.
    expected = 1 - 31 * 8 / (32 * 32 - 8 * 8 - 20 * 20 - 4 * 4)
    assert (among.names, among.units, among.agreed) == (("AB", "CD"), 16, 12)
    assert among.alpha == pytest.approx(expected) and among.verdict is Verdict.UNRELIABLE
    with_machine = {one.names[0]: one for one in figures if one.level == "all" and one.between is Between.MACHINE}
    assert with_machine["AB"].kappa == 1 and with_machine["CD"].agreed == 12
    assert [one.document for one in apart] == ["ken.md", "uga.md", "rwa.md", "gha.md"]
    by_criterion = {one.subject: one for one in figures if one.level == "criterion" and one.between is Between.REVIEWERS}
    assert by_criterion["A1.02"].units == 4 and by_criterion["A1.02"].verdict is Verdict.FEW
    printed = policyaudit("agreement", reviewed).out
    assert "Enough to publish: no. Alpha between reviewers is" in printed
    assert "CD: not found: a fee for a copy" in printed and "4 disagreements between reviewers, 0 of them settled" in printed


def test_what_only_one_has_judged_counts_for_nothing(audited: Path, policyaudit: Call) -> None:
    take_in(policyaudit, filled(audited / "scorecard.xlsx", AGREED), audited, reviewer="AB")
    assert "One reviewer only" in policyaudit("agreement", audited).out
    workbook = filled(audited / "scorecard.xlsx", {"A1.02 a": ("agree",)})
    take_in(policyaudit, workbook, audited, reviewer="CD")
    (among,) = [one for one in agreeing.compare(agreeing.load(audited))[0] if (one.level, one.between) == ("all", "reviewers")]
    assert (among.units, among.alpha, among.verdict) == (4, None, Verdict.FEW)
    assert "no figure: fewer than 10 elements" in policyaudit("agreement", audited).out


def test_the_tables_are_data(reviewed: Path, policyaudit: Call) -> None:
    figures = list(csv.DictReader(io.StringIO(policyaudit("agreement", reviewed, "--format", "csv").out.lstrip("\ufeff"))))
    first = figures[0]
    assert (first["level"], first["between"], first["reviewers"], first["verdict"]) == (
        "all",
        "reviewers",
        "AB; CD",
        "unreliable",
    )
    listed = policyaudit("agreement", reviewed, "--format", "csv", "--disagreements").out.lstrip("\ufeff")
    rows = list(csv.DictReader(io.StringIO(listed)))
    assert [(row["reviewer"], row["decision"]) for row in rows[:2]] == [("AB", "agree"), ("CD", "not_found")]
    assert {row["machine_quotation"] for row in rows} == {"The survivor shall pay a fee for the protection order."}


def test_files_of_several_reviewers_are_put_side_by_side(audited: Path, tmp_path: Path, policyaudit: Call) -> None:
    files = []
    for name, decision in (("AB", "agree"), ("CD", "not found")):
        files.append(tmp_path / f"{name}.csv")
        workbook = filled(audited / "scorecard.xlsx", {"A1.01 x1": (decision, "seen")})
        take_in(policyaudit, workbook, audited, "--reviews", files[-1], reviewer=name)
    assert policyaudit("agreement", audited).code == 1  # nobody has decided anything in the corpus itself
    outcome = policyaudit("agreement", audited, *files)
    assert outcome.code == 0 and "4 disagreements" in outcome.out
    missing = policyaudit("agreement", audited, tmp_path / "none.csv")
    assert missing.code == 2 and "none.csv: no such file" in missing.err


def test_a_disagreement_is_settled_by_a_workbook_of_its_own(reviewed: Path, policyaudit: Call) -> None:
    before = agreeing.load(reviewed)
    assert {card.findings[0].status.value for card in before.cards} == {"contradicted"}  # the machine's finding stands
    settled(reviewed, policyaudit)
    sheet = openpyxl.load_workbook(reviewed / "to-settle.xlsx")["To settle"]
    heads = [cell.value for cell in sheet[1]]
    row = [cell.value for cell in sheet[2]]
    assert row[heads.index("AB says")].startswith("agree (AB") and "<b>not</b> the order" in row[heads.index("CD says")]
    results = agreeing.load(reviewed)
    assert [card.findings[0].status.value for card in results.cards] == ["partly", *["contradicted"] * 3]
    figures, apart = agreeing.compare(results)
    assert [one.final.reviewer if one.final else "" for one in apart] == ["CHAIR", "", "", ""]
    among = next(one for one in figures if one.between is Between.REVIEWERS)
    assert among.agreed == 12  # what was settled afterwards makes nobody agree
    outcome = policyaudit("agreement", reviewed, "--out", reviewed / "again.xlsx")
    assert "3 rows in" in outcome.err


def test_every_report_says_who_decided_what(reviewed: Path, policyaudit: Call) -> None:
    settled(reviewed, policyaudit)
    compared = policyaudit("compare", reviewed, "--out", reviewed / "compared")
    assert (
        "Persons decided on findings of GHA, KEN, RWA, UGA; all others are proposals of a machine." in compared.out + compared.err
    )
    assert policyaudit("report", reviewed, "--format", "html,docx,csv,json,jsonld,xlsx").code == 0
    page = (reviewed / "gap-report.html").read_text(encoding="utf-8")
    word = "\n".join(one.text for one in docx.Document(str(reviewed / "gap-report.docx")).paragraphs)
    summary = openpyxl.load_workbook(reviewed / "scorecard.xlsx")["Summary"]
    banner = "\n".join(str(cell.value) for cell in summary["A"][:12])
    for said in (page, word, banner):
        assert "13 of 16 elements were decided by persons (AB, CD, CHAIR)" in said
        assert "Krippendorff’s alpha 0.544 over 16 elements judged by two or more: not enough to publish" in said
        assert "Reviewers disagree on 3 elements" in said
    for said in (page, word):
        assert "Settled by CHAIR on 2026-11-26: refused, because: the fee is for a copy." in said
        assert "Decided by AB, CD on 2026-11-26: found, as the machine proposed." in said
        assert "The machine proposed: contradicted, 0%." in said
    assert "&lt;b&gt;not&lt;/b&gt; the order" in page and "<b>not</b>" not in page
    data = json.loads((reviewed / "results.json").read_text(encoding="utf-8"))
    assert len(data["reviews"]) == 33 and data["agreement"][0]["verdict"] == "unreliable"
    with (reviewed / "findings.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["document"], row["criterion"], row["element"]): row for row in csv.DictReader(file)}
    row = rows["ken.md", "A1.01", "x1"]
    assert (row["found"], row["decision"], row["decided_by"], row["machine"]) == ("0", "not_found", "CHAIR", "contradicted")
    assert rows["uga.md", "A1.01", "x1"]["found"] == "1" and "CD" in rows["uga.md", "A1.01", "x1"]["disputed"]
    notes = json.loads((reviewed / "annotations.jsonld").read_text(encoding="utf-8"))["first"]["items"]
    refused = [note for note in notes if note["creator"] == {"type": "Person", "nickname": "CHAIR"}]
    assert len(refused) == 1 and refused[0]["created"] == "2026-11-26T00:00:00Z"
    assert refused[0]["body"][1]["value"] == "the fee is for a copy"


def test_what_was_decided_not_to_apply_is_not_lost(audited: Path, policyaudit: Call) -> None:
    decisions = {
        "A1.01 b": ("not applicable", "orders are never paid for"),
        "A1.02 a": ("not applicable", "training is no matter"),
    }
    take_in(policyaudit, filled(audited / "scorecard.xlsx", decisions), audited)
    assert policyaudit("report", audited, "--format", "html,docx,csv").code == 0
    page = (audited / "gap-report.html").read_text(encoding="utf-8")
    word = "\n".join(one.text for one in docx.Document(str(audited / "gap-report.docx")).paragraphs)
    for said in (page, word):
        for reason in ("orders are never paid for", "training is no matter"):
            assert said.count(f"Decided by AB on 2026-11-26: not applicable, because: {reason}.") == 4  # once in each document
    with (audited / "tables" / "elements.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["level"] == "document" and row["decision"]]
    assert {(row["found"], row["decision"], row["machine"]) for row in rows} == {("", "not_applicable", "not_found")}


def test_a_report_that_nobody_reviewed_says_so(audited: Path, policyaudit: Call) -> None:
    assert policyaudit("report", audited, "--format", "html,docx,xlsx").code == 0
    told = "No person has reviewed these findings"
    assert told in (audited / "gap-report.html").read_text(encoding="utf-8")
    assert any(told in one.text for one in docx.Document(str(audited / "gap-report.docx")).paragraphs)
    summary = openpyxl.load_workbook(audited / "scorecard.xlsx")["Summary"]
    assert any(told in str(cell.value) for cell in summary["A"])
    outcome = policyaudit("agreement", audited)
    assert outcome.code == 1 and "policyaudit review import takes decisions in" in outcome.err


def test_a_reviewed_page_is_for_everyone(reviewed: Path, policyaudit: Call, chromium: Path) -> None:
    from playwright.sync_api import sync_playwright

    settled(reviewed, policyaudit)
    assert policyaudit("report", reviewed, "--format", "html").code == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-sync"])
        page: Any = browser.new_page(viewport={"width": 360, "height": 800})
        page.goto((reviewed / "gap-report.html").as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 1
        browser.close()


def test_two_files_of_two_persons_with_the_same_initials_are_refused(audited: Path, policyaudit: Call) -> None:
    files = [audited.parent / "one.csv", audited.parent / "other.csv"]
    for file, said in zip(files, (("agree",), ("not found", "a fee for a copy")), strict=True):
        workbook = filled(audited / "scorecard.xlsx", AGREED | {"A1.01 x1": said})
        take_in(policyaudit, workbook, audited, "--reviews", file, reviewer="AB")
    outcome = policyaudit("agreement", audited, *files)
    assert outcome.code == 2 and "other.csv: AB decides otherwise here than in the files before, on 4 elements" in outcome.err
    assert policyaudit("agreement", audited, files[0], files[0]).code == 0
