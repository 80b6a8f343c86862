"""The site of the documentation: it is built, no link is dead, nothing asks the network, and its examples are true."""

from __future__ import annotations

import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

import pytest

from policyaudit import rubricfolder
from policyaudit.match import Matcher
from policyaudit.model import Failure
from policyaudit.rubric import Case, Rubric
from policyaudit.rubriccases import assess_cases

ROOT = Path(__file__).resolve().parents[1]


class Page(HTMLParser):
    """What a page loads, where it leads, which anchors it has, and the examples that it shows."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.leads: list[str] = []
        self.anchors: set[str] = set()
        self.examples: list[dict[str, Any]] = []  # language, text, status, found, not found, opposites
        self._text = False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        has = {key: value or "" for key, value in attributes}
        self.anchors.update(has[key] for key in ("id", "name") if key in has)
        if tag == "a" and "href" in has:
            self.leads.append(has["href"])
        elif tag == "link" and has.get("rel") not in ("canonical", "prev", "next"):
            self.loads.append(has.get("href", ""))
        elif tag in ("script", "img", "iframe", "source") and "src" in has:
            self.loads.append(has["src"])
        if tag == "pre" and has.get("class") == "example":
            self.examples.append({"language": has["lang"], "text": "", "status": "", "elements": {}, "opposites": set()})
            self._text = True
        elif "data-status" in has:
            self.examples[-1]["status"] = has["data-status"]
        elif "data-element" in has:
            self.examples[-1]["elements"][has["data-element"]] = has["data-found"] == "yes"
        elif "data-opposite" in has:
            self.examples[-1]["opposites"].add(has["data-opposite"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "pre":
            self._text = False

    def handle_data(self, data: str) -> None:
        if self._text:
            self.examples[-1]["text"] += data


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` builds it, for speed with English examples only."""
    folder = tmp_path_factory.mktemp("site")
    # The cases of the other languages are run by `rubric check`, and shown by `make docs`, which fails where one is not true.
    languages = {"POLICYAUDIT_DOCS_LANGUAGES": "en"}
    command = [sys.executable, "-m", "mkdocs", "--quiet", "build", "--site-dir", str(folder)]
    settings = os.environ | languages | {"NO_MKDOCS_2_WARNING": "1"}
    built = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr[-3000:]
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path) for path in sorted(site.rglob("*.html")) if path.name != "404.html"}


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return rubricfolder.load(rubricfolder.find("un-women-security-sector"))


def test_every_criterion_and_section_has_a_page(site: Path, rubric: Rubric) -> None:
    for name in ["index", *(section.id for section in rubric.sections), *rubric.criteria]:
        assert (site / "criteria" / f"{name}.html").is_file(), name


def test_no_link_is_dead(pages: dict[Path, Page]) -> None:
    dead = []
    for path, page in pages.items():
        for link in [*page.leads, *page.loads]:
            if urlsplit(link).scheme:
                continue
            file, anchor = urldefrag(link)
            target = (path.parent / unquote(file)).resolve() if file else path
            if not target.is_file() or (anchor and target in pages and unquote(anchor) not in pages[target].anchors):
                dead.append(f"{path.name}: {link}")
    assert dead == []


def test_no_page_loads_anything_from_elsewhere(pages: dict[Path, Page]) -> None:
    outside = [
        f"{path.name}: {one}" for path, page in pages.items() for one in page.loads if urlsplit(one).scheme or one[:2] == "//"
    ]
    assert outside == []


def test_every_example_is_a_case_and_the_program_says_of_it_what_its_page_prints(pages: dict[Path, Page], rubric: Rubric) -> None:
    """All are held to their cases; of every ninth the text is taken from the page and goes through the program again (it did
    when the page was written)."""
    printed: list[tuple[str, Case, dict[str, Any]]] = []
    for path, page in pages.items():
        for example in page.examples:
            of_page = (c for c in rubric.cases[example["language"]] if c.criterion == path.stem)
            case = next(case for case in of_page if case.text.strip() == example["text"])
            printed.append((example["language"], case.model_copy(update={"text": example["text"]}), example))
    assert {case.criterion for _, case, _ in printed} == set(rubric.criteria)
    for code, case, example in printed:
        where = f"{case.criterion} ({code})"
        assert all(example["elements"][element] for element in case.found), where
        assert not any(example["elements"][element] for element in case.not_found), where
        assert set(case.contradicted) <= example["opposites"], where
        assert example["opposites"].isdisjoint(case.not_contradicted), where
    some = printed[::9]
    outcomes = assess_cases([(code, case) for code, case, _ in some], Matcher(rubric), rubric)
    for (code, case, example), outcome in zip(some, outcomes, strict=True):
        assert not isinstance(outcome, Failure)
        (finding,) = outcome[1].findings
        told: dict[str, Any] = {"status": str(finding.status), "elements": {e.id: e.found for e in finding.elements}}
        told["opposites"] = {x.id for x in finding.contradictions}
        assert told == {key: example[key] for key in told}, f"{case.criterion} ({code})"


def test_the_site_asks_no_network_and_its_search_works_from_a_file(site: Path, chromium: Path) -> None:
    from playwright.sync_api import sync_playwright

    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-sync"])
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        for name in ("index.html", "criteria/A1.12.html", "guides/advocate.html"):
            page.goto((site / name).as_uri())
        page.locator("input.md-search__input").fill("protection order")
        page.locator(".md-search-result__item a").first.wait_for(timeout=20_000)
        assert "A1.12" in page.locator(".md-search-result__list").inner_text()
        browser.close()
    assert len(asked) > 10
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))] == []


def test_pictures_are_small_and_shown() -> None:
    written = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md"))
    for picture in sorted((ROOT / "docs" / "pictures").iterdir()):
        assert picture.stat().st_size < 150_000, picture.name
        assert f"pictures/{picture.name}" in written, f"{picture.name} is shown nowhere"
