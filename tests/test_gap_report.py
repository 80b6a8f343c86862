"""The gap report for those who act, made by the commands they use and opened in a real Chromium."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from policyaudit import ingest, rubricfolder
from policyaudit.match import Matcher
from policyaudit.model import Card, DocumentKind, Duty, ElementFinding, Evidence, Finding, Force, Source, Status
from policyaudit.report import guidance, view
from policyaudit.score import assess

LAW = """# Act on violence against women

## Article 1
The police shall respond to every complaint of domestic violence within 24 hours.

## Article 2
A police officer who receives a complaint of domestic violence must not send the victim away.

## Article 3
A police officer who commits domestic violence shall be suspended.

## Article 4
Any person who insults a police officer is liable to a fine for domestic violence.

## Article 5
The prosecutor and the court shall inform the survivor of domestic violence of:
(a) the release of the accused;
(b) the date of the trial.

## Article 6
It is the duty of the Minister to publish figures on domestic violence every year.

## Article 7
No member of the police shall mediate in a case of domestic violence.
"""


@pytest.fixture(scope="module")
def rubric() -> Any:
    return rubricfolder.load(rubricfolder.find("un-women-security-sector"))


def duties_of(text: str, language: str, rubric: Any, folder: Path) -> tuple[Duty, ...]:
    path = folder / "law.md"
    path.write_text(text, encoding="utf-8")
    document = ingest.read(Source(str(path), "law.md", kind=DocumentKind.LAW, language=language))
    some = rubric.select(["C6"])
    return assess(document, Matcher(some).read(document), some).duties


def test_duties_are_those_of_whom_the_sentence_binds(rubric: Any, tmp_path: Path) -> None:
    found = {(duty.actor, duty.evidence.place): duty for duty in duties_of(LAW, "en", rubric, tmp_path)}
    assert {actor for actor, _ in found} == {"police", "prosecutor", "court", "ministry", "own_personnel"}
    # Neither the officer who is suspended, nor the one who is insulted, has a duty there.
    assert [place for actor, place in found if actor == "police"] == ["art. 1", "art. 2"]
    assert found["police", "art. 1"].deadline == "within 24 hours"
    assert not found["police", "art. 1"].forbids and found["police", "art. 2"].forbids
    assert found["own_personnel", "art. 7"].forbids
    assert "the date of the trial" in found["court", "art. 5"].evidence.quote  # with the items of its list


HEADS = {
    "es": "# Ley de violencia contra las mujeres\n\n## Artículo 1\n",
    "fr": "# Loi sur les violences faites aux femmes\n\n## Article 1\n",
    "pt": "# Lei sobre a violência contra as mulheres\n\n## Artigo 1\n",
}


@pytest.mark.parametrize(
    ("language", "sentence", "actors"),
    [
        ("es", "La policía deberá proteger a la víctima.", ["police"]),
        ("es", "Corresponde al juez dictar la orden.", ["court"]),
        ("es", "El policía será sancionado por violencia.", []),
        ("fr", "La police doit protéger la victime.", ["police"]),
        ("fr", "Les policiers qui doivent protéger la victime.", []),
        ("pt", "A polícia deverá proteger a vítima.", ["police"]),
    ],
)
def test_duties_in_the_languages(language: str, sentence: str, actors: list[str], rubric: Any, tmp_path: Path) -> None:
    assert [duty.actor for duty in duties_of(f"{HEADS[language]}{sentence}\n", language, rubric, tmp_path)] == actors


def finding(criterion: str, status: Status, score: float, force: Force = Force.MANDATORY) -> Finding:
    passage = Evidence("law.md", 0, 3, "The", "Article 1", None, None, (0, 3), force)
    return Finding(criterion, status, score, elements=(ElementFinding("a", score > 0, (passage,) if score else ()),))


def test_gaps_are_ordered_by_the_rule_that_the_page_states() -> None:
    texts = {
        name: view.Criterion(name, name.split(".")[0]) for name in ("A1.01", "A1.02", "A1.03", "A2.01", "B1.01", "C1.01", "C1.02")
    }
    rubric = view.Rubric("", "", {}, texts)
    rules = guidance.Guidance(("A1", "C1"), 10, 0.5, {}, {}, 60)
    card = Card(
        "law.md",
        None,
        (
            finding("A1.01", Status.NOT_FOUND, 0),
            finding("A1.02", Status.NOT_FOUND, 0),
            finding("A1.03", Status.PARTLY, 0.5),
            finding("A2.01", Status.MET, 1, Force.PERMISSIVE),
            finding("B1.01", Status.CONTRADICTED, 0),
            finding("C1.01", Status.NOT_FOUND, 0),
            finding("C1.02", Status.MET, 1),
        ),
        (),
    )
    order = [one.criterion for one in guidance.pressing(card, rubric, rules)]
    assert order == ["B1.01", "A1.01", "C1.01", "A1.02", "A1.03"]
    fields = guidance.swot(card, rubric)
    assert [one.criterion for one in fields.strengths] == ["C1.02"]
    assert [one.criterion for one in fields.opportunities] == ["A1.03", "A2.01"]
    assert [one.criterion for one in fields.threats] == ["B1.01"]


def policyaudit(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "policyaudit", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of one law, its report beside the law, linked to it."""
    place = tmp_path_factory.mktemp("gap")
    (place / "sources").mkdir()
    (place / "sources" / "a law.md").write_text(LAW, encoding="utf-8")
    sections = ("--section", "A1", "--section", "C1")
    link = ("--link-sources", place / "sources", "--out", place / "run")
    done = policyaudit("audit", place / "sources" / "a law.md", *sections, "--format", "html", *link)
    assert done.returncode == 0, done.stderr
    return place


@pytest.fixture(scope="module")
def page(folder: Path, chromium: Path) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-sync"])
        view = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800}).new_page()
        asked: list[str] = []
        view.on("request", lambda request: asked.append(request.url))
        view.goto((folder / "run" / "gap-report.html").as_uri())
        yield view
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
        browser.close()


def test_the_page_begins_with_what_a_minister_reads(page: Any) -> None:
    heads = page.locator("main h2").all_inner_texts()
    assert heads[0] == "In two minutes"
    assert 1 <= page.locator(".urgent > li").count() <= 10
    assert "one of each section in turn" in page.locator("#brief").inner_text()
    assert page.locator("body").evaluate("body => document.documentElement.scrollWidth") <= 360  # nothing runs off a phone


def test_the_page_says_who_must_do_what_and_who_has_no_duty(page: Any) -> None:
    duties = page.locator("#duties").inner_text()
    assert "within 24 hours" in duties and "must not" in duties
    idle = page.locator("#duties .idle").inner_text()
    assert "Armed forces" in idle and "Courts" not in idle
    assert page.locator("#swot .field").count() == 4


def test_passages_link_to_the_document_by_a_relative_path(page: Any, folder: Path) -> None:
    links = {link.get_attribute("href") for link in page.locator("a.source").all()}
    assert links == {"../sources/a%20law.md"}
    assert str(folder) not in (folder / "run" / "gap-report.html").read_text(encoding="utf-8")


def test_pictures_need_the_folder_of_the_documents(folder: Path) -> None:
    done = policyaudit("report", folder / "run", "--snippets")
    assert done.returncode == 2 and "--link-sources" in done.stderr
