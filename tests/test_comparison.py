"""policyaudit compare: who is ranked, what is told of the others, and what the workbook and the page show of it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from policyaudit import comparing, comparison, rubricfolder
from policyaudit.codes import codes as countries_of_the_world
from policyaudit.comparison import Known, Missing, Run
from policyaudit.errors import UsageError
from policyaudit.model import (
    Card,
    Contradiction,
    DocumentKind,
    ElementFinding,
    Evidence,
    Failure,
    Finding,
    RunInfo,
    Status,
    Version,
    Weaker,
)

ORDER = "1. The court shall issue a protection order, free of charge."
TEXTS = {
    "ken/law.md": f"# Act\n\n{ORDER}\n\n2. Police officers shall undergo training.\n",
    "mex/law.md": "# Act\n\n1. A person who asks the court for a protection order shall pay a fee for the protection order.\n",
    "gha/code.md": "# Code of conduct\n\n1. Officers shall be polite.\n",
}
RUBRIC: dict[str, object] = {
    "title": "A rubric",
    "sections": [
        {
            "id": "A",
            "title": "First",
            "criteria": [{"id": f"A.0{n}", "title": f"No. {n}", "applies_to": ["law"], "sha256": f"{n}"} for n in (1, 2, 3, 4)],
        }
    ],
}
INFO = RunInfo("r", "1", "aa", "1.0", {}, ())


def card(country: str, scores: Sequence[float | None], **about: Any) -> Card:
    status = {1.0: Status.MET, 0.0: Status.NOT_FOUND, None: Status.NOT_APPLICABLE}
    findings = tuple(
        Finding(f"A.0{number}", status.get(score, Status.PARTLY), score, "" if score is not None else "No law was read.")
        for number, score in enumerate(scores, 1)
    )
    return Card(country, country[:3], findings, (), (f"{country}.md",), **about)


def made(*cards: Card, name: str = "run", info: RunInfo = INFO, failures: tuple[Failure, ...] = ()) -> Run:
    known = tuple(Known(f"{one.name}.md", one.country, one.jurisdiction, DocumentKind.LAW, "An act") for one in cards)
    return Run(name, info, RUBRIC, cards, known, failures)


def test_only_countries_with_enough_judged_are_ranked_and_the_others_stand_apart() -> None:
    run = made(
        card("KEN", [1.0, 0.0, 0.5, None]),
        card("MEX", [1.0, None, None, None]),  # all that was judged is met, but too little was judged
        card("GHA", [1.0, 1.0, None, None]),
        failures=(Failure("fji.pdf", "cannot be read", "FJI"),),
    )
    ranked, others = comparison.compare([run], threshold=0.5).order("A")
    assert [(place.name, place.sections["A"].rank, place.sections["A"].score) for place in ranked] == [
        ("GHA", 1, 1.0),
        ("KEN", 2, 0.5),
    ]
    assert [(place.name, place.sections["A"].score, place.sections["A"].judged) for place in others] == [
        ("FJI", None, 0),
        ("MEX", 1.0, 1),
    ]
    assert others[0].missing == (Missing(files=1), Missing(4, kinds=("law",)))
    assert others[1].missing == (Missing(3, reason="No law was read"),)
    assert [place.name for place in comparison.compare([run], threshold=0.75).order("A")[0]] == ["KEN"]


def test_equals_share_a_rank_and_what_lies_below_a_country_has_none() -> None:
    below = replace(card("USA", [1.0] * 4), name="USA > US-IL", jurisdiction="US-IL")
    compared = comparison.compare([made(card("KEN", [1.0] * 4), card("MEX", [1.0] * 4), card("GHA", [0.0] * 4), below)])
    ranked, others = compared.order("A")
    assert [(place.name, place.sections["A"].rank) for place in ranked] == [("KEN", 1), ("MEX", 1), ("GHA", 3)]
    assert others == []
    assert [place.sections["A"].rank for place in compared.places if place.jurisdiction] == [None]


def test_versions_of_the_rubric_are_mixed_only_when_asked_and_then_by_what_did_not_change() -> None:
    changed = {
        **RUBRIC,
        "sections": [
            {
                "id": "A",
                "title": "First",
                "criteria": [
                    {"id": "A.01", "title": "", "applies_to": ["law"], "sha256": "1"},
                    {"id": "A.02", "title": "", "applies_to": ["law"], "sha256": "other"},
                    {"id": "A.05", "title": "", "applies_to": ["law"], "sha256": "5"},
                ],
            }
        ],
    }
    old = made(card("KEN", [1.0] * 4), name="old")
    new = replace(
        made(card("MEX", [1.0] * 4), name="new"), info=replace(INFO, rubric_version="2", rubric_sha256="bb"), rubric=changed
    )
    with pytest.raises(UsageError, match=r"old .1. and new .2.*--mix-versions"):
        comparison.compare([old, new])
    compared = comparison.compare([old, new], mix_versions=True)
    assert [criterion.id for criterion in compared.criteria] == ["A.01"]
    assert compared.notes == (
        "The runs are of different versions of the rubric: of 5 criteria 1 did not change and can be compared; the others are "
        "left out.",
        "No person has reviewed these findings: they are proposals of a machine.",
    )


def test_a_country_in_two_runs_is_refused() -> None:
    with pytest.raises(UsageError, match="KEN is in one and in two"):
        comparison.compare([made(card("KEN", [1.0] * 4), name="one"), made(card("KEN", [1.0] * 4), name="two")])


def test_weaker_texts_and_versions_have_sheets_with_both_quotations(tmp_path: Path) -> None:
    law = Evidence("law.md", 0, 5, "The police shall.", "art. 1", None, None, (0, 5))
    code = replace(law, document="code.md", quote="=Officers may.", place="art. 9")
    one = card("KEN", [1.0, 1.0, 0.0, 0.0], versions=(Version("act", "law.md", "2010", None, False, "A later one is in force."),))
    first = replace(one.findings[0], weaker=(Weaker("a", "weaker", law, code),))
    compared = comparison.compare([made(replace(one, findings=(first, *one.findings[1:])))])
    (path,) = comparing.write(compared, tmp_path, ["xlsx"])
    book = openpyxl.load_workbook(path)
    rows = list(book["Weaker texts"].iter_rows(values_only=True))
    assert rows[-1][5:] == ("The police shall.", "art. 1", "law.md", "=Officers may.", "art. 9", "code.md")
    assert book["Weaker texts"].cell(2, 9).data_type == "s"  # text, and no formula
    assert list(book["Versions"].iter_rows(values_only=True))[-1][1:6] == ("act", "law.md", "2010", None, "no")


@pytest.fixture
def audited(tmp_path: Path, rubric_folder: Path, policyaudit: Callable[..., Any]) -> Path:
    folder = tmp_path / "corpus"
    for name, text in TEXTS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    rows = ["ken/law.md,KEN,law,Act,en,2010", "mex/law.md,MEX,law,Act,en,2011", "gha/code.md,GHA,code_of_conduct,Code,en,2012"]
    (folder / "manifest.csv").write_text("file,country,kind,title,language,year\n" + "\n".join(rows) + "\n", encoding="utf-8")
    out = tmp_path / "run"
    assert policyaudit("audit", folder, "--rubric", rubric_folder, "--out", out, "--format", "json").code == 0
    return out


def test_the_workbook_and_the_page_of_a_run(audited: Path, tmp_path: Path, policyaudit: Callable[..., Any]) -> None:
    out = tmp_path / "compared"
    done = policyaudit("compare", audited, "--out", out)
    assert done.code == 0
    assert "KEN 50%" in done.out
    book = openpyxl.load_workbook(out / "comparison.xlsx")
    rows = [[cell.value for cell in row] for row in book["Ranking by section"].iter_rows()]
    first = [row[2:] for row in rows if row[0] == "A1"]
    assert first == [
        [1, "Kenya (KEN)", 0.5, 2, 2, 1],
        [2, "Mexico (MEX)", 0, 2, 2, 1],
        ["not ranked", "Ghana (GHA)", None, 0, 2, 0],
    ]
    quoted = [row for row in book["Quotations"].iter_rows(values_only=True) if row[:2] == ("Kenya (KEN)", "A1.01")]
    assert quoted[0][7] == ORDER.removeprefix("1. ")
    before = [(out / name).read_bytes() for name in ("comparison.xlsx", "comparison.html")]
    policyaudit("compare", audited, "--out", out)
    assert before == [(out / name).read_bytes() for name in ("comparison.xlsx", "comparison.html")]


@pytest.fixture
def browser(chromium: Path) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-sync"])
        yield running
        running.close()


def test_a_reader_finds_the_quotation_behind_a_cell_and_filters(audited: Path, browser: Any) -> None:
    (_, path) = comparing.write(comparing.compare([audited]), audited)
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(path.as_uri())
    page.locator("tr", has_text="Kenya (KEN)").first.locator("td").first.click()
    page.wait_for_selector("#panel:not([hidden])")
    assert page.inner_text("#panel-quote") == ORDER.removeprefix("1. ")
    assert "2 of 2 elements found" in page.inner_text("#panel-status")
    page.focus("#cells")
    page.keyboard.press("ArrowRight")
    page.locator("#panel-title", has_text="A1.02").wait_for()
    page.select_option("#by-region", label="Americas")
    visible = page.locator(".heatmap tr[data-p]:visible th")
    assert [text.split(" (")[0] for text in visible.all_inner_texts()] == ["Mexico"]
    page.select_option("#by-kind", "code_of_conduct")
    assert page.locator(".heatmap thead th:visible span").all_inner_texts() == ["B1.01"]
    page.click("#clear")
    page.locator(".heatmap tr[data-p]", has_text="Kenya").wait_for(state="visible")
    assert faults == []
    assert asked == [path.as_uri()]


def test_the_page_speaks_the_language_asked_for(audited: Path, browser: Any, tmp_path: Path) -> None:
    (_, path) = comparing.write(comparing.compare([audited], language="es"), tmp_path, language="es")
    page = browser.new_page(locale="es")
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.lang") == "es"
    page.locator("tr", has_text="Kenia (KEN)").first.locator("td").first.click()
    page.wait_for_selector("#panel:not([hidden])")
    assert page.inner_text("#panel-quote") == ORDER.removeprefix("1. ")  # what the law says stays as it is
    assert "2 de 2 elementos encontrados" in page.inner_text("#panel-status")
    page.select_option("#by-region", label="América")
    assert "criterios" in page.inner_text("#told")
    text = page.inner_text("body")
    assert not [word for word in ("Country", "judged", "ranked", "Section by", "could not", " of all") if word in text]


def test_axe_finds_nothing_on_the_page(audited: Path, browser: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    (_, path) = comparing.write(comparing.compare([audited]), audited)
    page = browser.new_context(bypass_csp=True).new_page()  # else the page does not let axe in
    page.goto(path.as_uri())
    page.locator(".heatmap td").first.click()
    page.wait_for_selector("#panel:not([hidden])")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_without_a_script_the_tables_stand(audited: Path, browser: Any) -> None:
    (_, path) = comparing.write(comparing.compare([audited]), audited)
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(path.as_uri())
    assert page.locator(".heatmap tr[data-p] td:visible").count() == 9
    assert page.locator(".multiple table").count() == page.locator(".multiple svg").count() == 2
    assert not page.locator("#filters").is_visible()


def test_two_hundred_countries_by_all_criteria_are_quick_and_small(tmp_path: Path) -> None:
    """Workbook under 20 s, page under 3 MB: with a quotation of its own behind each cell, which packs worse than real ones."""
    rubric = rubricfolder.load(Path(__file__).resolve().parents[1] / "rubrics" / "un-women-security-sector")
    codes = sorted(countries_of_the_world().countries)[:200]
    chance = random.Random(5)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 11))) for _ in range(9000)]
    criteria = [criterion.id for section in rubric.sections for criterion in section.criteria]

    def finding(country: str, criterion: str) -> Finding:
        quote = " ".join(chance.choices(words, k=40))
        passage = Evidence(f"{country}/law.md", 0, len(quote), quote, f"art. {chance.randint(1, 300)}", 3, 3, (0, 10))
        if chance.random() < 0.05:
            return Finding(criterion, Status.CONTRADICTED, 0.0, "", (), (Contradiction("x1", (passage,)),))
        return Finding(criterion, Status.PARTLY, 0.5, "", (ElementFinding("a", True, (passage,)), ElementFinding("b", False)))

    cards = tuple(Card(code, code, tuple(finding(code, one) for one in criteria), (), (f"{code}/law.md",)) for code in codes)
    known = tuple(Known(f"{code}/law.md", code, None, DocumentKind.LAW, f"Act of {code}") for code in codes)
    compared = comparison.compare([Run("run", INFO, rubric.as_data(), cards, known, ())])
    started = time.process_time()
    workbook, page = comparing.write(compared, tmp_path)
    assert (len(codes), len(criteria) >= 179) == (200, True)
    assert time.process_time() - started < 20
    assert page.stat().st_size < 3_000_000
    assert workbook.stat().st_size > 0
