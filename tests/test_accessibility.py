"""Every page that we write, for everyone: no violation found by axe-core, keyboard, phone width, zoom, print, no script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from policyaudit.cli import main

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "corpora" / "example"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of the example, by what they are."""
    folder = tmp_path_factory.mktemp("pages")
    law, code = EXAMPLE / "law-gender-violence-act.pdf", EXAMPLE / "police-code-of-conduct.html"
    for command in (
        ["audit", str(law), str(code), "--section", "A2", "--section", "A3", "--format", "html", "--out", str(folder)],
        ["read", str(law), "--format", "html", "--out", str(folder / "reading.html")],
        ["corpus", "check", str(EXAMPLE), "--format", "html", "--out", str(folder)],
    ):
        with pytest.raises(SystemExit) as left:
            main(command)
        assert not left.value.code
    found = {"gap report": folder / "gap-report.html", "reading": folder / "reading.html", "corpus": folder / "corpus-check.html"}
    assert all(path.exists() for path in found.values())
    return found


KINDS = ("gap report", "reading", "corpus")


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-sync"])
        yield running
        running.close()


def opened(browser: Any, path: Path, **options: Any) -> Any:
    page = browser.new_context(**options).new_page()
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(browser: Any, pages: dict[str, Path], kind: str, scheme: str) -> None:
    page = opened(browser, pages[kind], color_scheme=scheme)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
    page.context.close()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [360, 640], ids=["phone", "200 % zoom of 1280"])
def test_nothing_runs_out_at_the_side(browser: Any, pages: dict[str, Path], kind: str, width: int) -> None:
    page = opened(browser, pages[kind], viewport={"width": width, "height": 800})
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 1
    page.context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_asked_of_the_network(browser: Any, pages: dict[str, Path], kind: str) -> None:
    page = browser.new_context(offline=True).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(pages[kind].as_uri())
    page.keyboard.press("Tab")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    page.context.close()


def test_the_gap_report_is_worked_by_keyboard_alone(browser: Any, pages: dict[str, Path]) -> None:
    page = opened(browser, pages["gap report"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"  # the first stop leads past the contents
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.tagName"))
    assert reached & {"SUMMARY", "A"}
    page.context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_reads_without_script_and_prints(browser: Any, pages: dict[str, Path], kind: str, tmp_path: Path) -> None:
    page = opened(browser, pages[kind], java_script_enabled=False)
    assert len(page.inner_text("body")) > 500
    printed = tmp_path / "printed.pdf"
    page.pdf(path=str(printed))
    assert printed.stat().st_size > 10_000
    page.context.close()
