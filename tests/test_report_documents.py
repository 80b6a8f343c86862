"""The outputs that other programs go on with: the Word document and the Web Annotations."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import docx
import pytest

from policyaudit import report, store
from policyaudit.model import Results, Status

RUN = Path(__file__).parents[1] / "reports" / "example"


@pytest.fixture(scope="module")
def results() -> Results:
    return store.load(RUN)


@pytest.fixture(scope="module")
def written(results: Results, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    names = ("docx", "jsonld")
    return dict(zip(names, report.write(results, tmp_path_factory.mktemp("documents"), names), strict=True))


def test_word_document_has_headings_contents_and_every_gap(results: Results, written: dict[str, Path]) -> None:
    book = docx.Document(str(written["docx"]))
    headings = [paragraph.text for paragraph in book.paragraphs if paragraph.style.name.startswith("Heading")]
    for card in results.cards:
        for finding in card.findings:
            if finding.status in (Status.NOT_FOUND, Status.PARTLY, Status.CONTRADICTED):
                assert any(heading.startswith(f"{finding.criterion} ") for heading in headings)
    assert "TOC" in book.element.xml and "updateFields" in book.settings.element.xml
    assert len(book.tables) > len(results.cards)


def test_word_document_quotes_verbatim(results: Results, written: dict[str, Path]) -> None:
    texts = ["".join(document.text.split()) for document in results.documents]
    quotes = [p.text for p in docx.Document(str(written["docx"])).paragraphs if p.style.name == "Quotation"]
    assert len(quotes) > 100
    assert all(any("".join(quote.split()) in text for text in texts) for quote in quotes)


def test_word_document_opens_in_an_office_program(written: dict[str, Path], tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [office, profile, "--headless", "--convert-to", "txt:Text", "--outdir", str(tmp_path), str(written["docx"])]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert "Gap report" in (tmp_path / "gap-report.txt").read_text(encoding="utf-8", errors="replace")


def test_annotations_point_into_the_texts(results: Results, written: dict[str, Path]) -> None:
    data: dict[str, Any] = json.loads(written["jsonld"].read_text(encoding="utf-8"))
    assert data["@context"] == "http://www.w3.org/ns/anno.jsonld" and data["type"] == "AnnotationCollection"
    items = data["first"]["items"]
    assert data["total"] == len(items) > 100
    assert len({item["id"] for item in items}) == len(items)
    texts = {f"urn:sha256:{document.sha256}": document.text for document in results.documents}
    for item in items:
        text = texts[item["target"]["source"]]
        quote, position, *page = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text[: position["start"]].endswith(quote["prefix"]) and text[position["end"] :].startswith(quote["suffix"])
        assert all(one["value"].startswith("page=") for one in page)


def test_the_same_results_give_the_same_bytes(results: Results, written: dict[str, Path], tmp_path: Path) -> None:
    for name, path in zip(written, report.write(results, tmp_path, written), strict=True):
        assert path.read_bytes() == written[name].read_bytes(), name
