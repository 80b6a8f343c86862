"""Takes the pictures of the reports that the documentation shows, in Chromium: ``make pictures``.

Only the example corpora are shown. Pictures have few colours and a fixed width, so that each stays under 150 KB.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import FloatRect, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
WIDTH, COLOURS = 1100, 64


class Shot(NamedTuple):
    """A picture: the page (a report made below), the first element shown (None: the top of the page), and how high it is."""

    name: str
    page: str
    begins: str | None
    height: int


SHOTS = (
    Shot("gap-report", "law/gap-report.html", None, 1000),
    Shot("contradictions", "law/gap-report.html", "#contradictions-head", 900),
    Shot("duties", "law/gap-report.html", "#duties-head", 620),
    Shot("gap-report-es", "law-es/gap-report.html", None, 700),
    Shot("several", "example/gap-report.html", None, 900),
    Shot("reading", "reading.html", None, 900),
    Shot("corpus-check", "corpus/corpus-check.html", None, 700),
    Shot("own-rubric", "own-rubric/gap-report.html", None, 900),
)


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        _make(Path(made))
        browser = playwright.chromium.launch(executable_path=_browser(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": WIDTH, "height": 1000}, color_scheme="light")
        for shot in SHOTS:
            page.goto((Path(made) / shot.page).as_uri())
            _save(_shoot(page, shot), PICTURES / f"{shot.name}.png")
        browser.close()


def _browser() -> str:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return found or sys.exit("no Chromium or Chrome on PATH: the pictures are taken in one")


def _make(folder: Path) -> None:
    """The reports that are shown, in a folder, by the commands that a user gives."""
    law = "corpora/example/law-gender-violence-act.pdf"
    date = ("--as-of", "2026-06-30")
    linked = ("--link-sources", "corpora/example", "--snippets")
    own = ("corpora/example-data-protection", "--rubric", "example-data-protection")
    for command in (
        ("audit", law, "--section", "A1", "--section", "C3", *date, *linked, "--format", "html", "--out", "law"),
        ("report", str(folder / "law"), "--format", "html", "--report-language", "es", "--out", "law-es"),
        ("report", "reports/example", "--format", "html", "--out", "example"),
        ("read", law, "--format", "html", "--out", "reading.html"),
        ("corpus", "check", "corpora/example", *date, "--format", "html", "--out", "corpus"),
        ("audit", *own, *date, "--format", "html", "--out", "own-rubric"),
    ):
        *before, out = command
        program = [sys.executable, "-m", "policyaudit"]
        subprocess.run([*program, *before, str(folder / out)], cwd=ROOT, check=True, capture_output=True)


def _shoot(page: Page, shot: Shot) -> bytes:
    left = top = 0.0
    if shot.begins:
        box = page.locator(shot.begins).bounding_box()
        if box is None:
            sys.exit(f"{shot.page}: {shot.begins} is not there")
        left, top = max(box["x"] - 20, 0), max(box["y"] - 20, 0)
    clip: FloatRect = {"x": left, "y": top, "width": WIDTH - left, "height": shot.height}
    return page.screenshot(full_page=True, clip=clip)


def _save(taken: bytes, path: Path) -> None:
    Image.open(io.BytesIO(taken)).convert("RGB").quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    main()
