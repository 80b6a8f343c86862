"""The example corpus: its manifest, its rebuilding, and the expectations that quote it."""

from __future__ import annotations

import csv
import html
import re
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
import yaml

from policyaudit import codes

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpora" / "example"
DOCUMENTS = {
    "law-gender-violence-act.pdf",
    "plan-nacional-de-accion.docx",
    "police-code-of-conduct.html",
    "proyecto-de-reforma.md",
}


@cache
def written(name: str) -> str:
    """The text of a document as published, with every run of white space as one space. Mark-up that is no text is gone."""
    path = CORPUS / name
    if path.suffix == ".pdf":
        pdf = pypdfium2.PdfDocument(path)
        text = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    elif path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(f"word/{part}.xml").decode() for part in ("document", "footnotes")]
        text = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", " ", " ".join(parts))))
    else:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            text = html.unescape(re.sub(r"<[^>]+>", "", text))
        else:
            text = re.sub(r"^> ?", "", text, flags=re.MULTILINE)
    return " ".join(text.split())


def expectations() -> list[dict]:
    return yaml.safe_load((CORPUS / "expected.yaml").read_text(encoding="utf-8"))["documents"]


def quotations() -> list[tuple[str, str, str]]:
    """(document, what it is for, quotation) of every finding, contradiction and trap."""
    found = []
    for document in expectations():
        name = document["document"]
        for criterion, finding in document["findings"].items():
            for element, places in finding.get("elements", {}).items():
                found += [(name, f"{criterion}{element}", place["quote"]) for place in places]
            found += [(name, f"{criterion} contradicted", place["quote"]) for place in finding.get("contradicted", [])]
        found += [(name, f"trap {t['criterion']}{t['element']}", t["quote"]) for t in document["traps"]]
    return found


def test_the_manifest_names_every_document_with_valid_codes():
    with (CORPUS / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["file"] for row in rows} == DOCUMENTS
    assert all((CORPUS / row["file"]).is_file() for row in rows)
    assert {codes.country(row["country"]) for row in rows} == {"XVA"}
    assert {codes.language(row["language"]) for row in rows} == {"en", "es"}
    assert {str(codes.kind(row["kind"])) for row in rows} == {"law", "action_plan", "code_of_conduct"}
    assert [row["file"] for row in rows if row["status"] == "draft"] == ["proyecto-de-reforma.md"]


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_every_document_says_that_the_country_is_invented(name: str):
    text = written(name)
    assert "(an invented country)" in text or "(país inventado)" in text
    assert "does not exist" in text or "no existe" in text


def test_the_files_are_rebuilt_to_the_same_bytes(tmp_path: Path):
    pytest.importorskip("reportlab")
    subprocess.run([sys.executable, str(CORPUS / "source" / "build.py"), str(tmp_path)], check=True)
    built = sorted(path.name for path in tmp_path.iterdir())
    assert built == ["law-gender-violence-act.pdf", "plan-nacional-de-accion.docx"]
    changed = [name for name in built if (tmp_path / name).read_bytes() != (CORPUS / name).read_bytes()]
    assert not changed, "run corpora/example/source/build.py and commit what it writes"


def test_the_law_has_its_sections_in_order():
    source = (CORPUS / "source" / "law.txt").read_text(encoding="utf-8")
    sections = re.findall(r"^@section (\d+) \| (.+)$", source, flags=re.MULTILINE)
    assert [int(number) for number, _ in sections] == list(range(1, len(sections) + 1))
    assert 40 <= len(sections) <= 50
    body = written("law-gender-violence-act.pdf").split("BE IT ENACTED", 1)[1]
    places = [body.index(f"{number}. {heading}") for number, heading in sections]
    assert places == sorted(places)


def test_the_law_refers_only_to_what_it_has():
    source = (CORPUS / "source" / "law.txt").read_text(encoding="utf-8")
    own = set(re.findall(r"^@section (\d+) ", source, flags=re.MULTILINE))
    cited = re.findall(r"\bsections? (\d+)(?!\d)(?!(?:\(\d+\))? of Act)", source)
    assert cited and set(cited) <= own


def test_every_quotation_is_verbatim_and_of_readable_length():
    wrong = [
        (name, purpose, quote)
        for name, purpose, quote in quotations()
        if quote not in written(name) or not (2 if purpose.startswith("trap") else 4) <= len(quote.split()) <= 15
    ]
    assert len(quotations()) > 200
    assert not wrong


def test_expectations_agree_with_themselves():
    documents = expectations()
    assert {document["document"] for document in documents} == DOCUMENTS
    for document in documents:
        for trap in document["traps"]:
            found = document["findings"].get(trap["criterion"], {}).get("elements", {})
            assert trap["element"] not in found, (document["document"], trap)
        for criterion, finding in document["findings"].items():
            both = set(finding.get("elements", {})) & set(finding.get("doubtful", {}))
            assert not both, (document["document"], criterion, both)


def rubric() -> dict[str, dict]:
    """The criteria of sections A1 and A3 by their ids."""
    folder = ROOT / "rubrics" / "un-women-security-sector" / "sections"
    sections = [yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8")) for name in ("A1", "A3")]
    return {criterion["id"]: criterion for section in sections for criterion in section["criteria"]}


def test_expectations_fit_the_rubric():
    criteria = rubric()
    for document in expectations():
        for criterion, finding in document["findings"].items():
            assert document["kind"] in criteria[criterion]["applies_to"], (document["document"], criterion)
            named = set(finding.get("elements", {})) | set(finding.get("doubtful", {}))
            assert named <= set(criteria[criterion]["elements"]), (document["document"], criterion)
            assert "contradicted" not in finding or criteria[criterion]["contradicted_by"]
        for trap in document["traps"]:
            assert trap["element"] in criteria[trap["criterion"]]["elements"]
            assert document["kind"] in criteria[trap["criterion"]]["applies_to"], (document["document"], trap)


def test_what_is_said_of_the_country_follows_from_its_documents():
    said = yaml.safe_load((CORPUS / "expected.yaml").read_text(encoding="utf-8"))["country"]["XVA"]
    findings = [document["findings"] for document in expectations()]
    for criterion, sentence in said.items():
        parts = [finding.get(criterion, {}) for finding in findings]
        if sentence.startswith("met:"):
            found = {element for part in parts for element in part.get("elements", {})}
            assert found == set(rubric()[criterion]["elements"])
        else:
            assert sentence.startswith("contradicted by the law") and any("contradicted" in part for part in parts)
