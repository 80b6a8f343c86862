"""Bad input gets one clear line, and nothing else is lost."""

from __future__ import annotations

import io
import json
import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

Command = Callable[..., Any]
GOOD = "# Act on protection orders\n\n1. The court shall issue a protection order, free of charge.\n\n2. Señoras y señores.\n"
HEAD = "file,country,kind,title,language,year,status\n"


def pdf(*, lines: int = 40, password: str | None = None) -> bytes:
    out = io.BytesIO()
    encrypt = StandardEncryption(password, ownerPassword="owner") if password else None
    page = canvas.Canvas(out, encrypt=encrypt, invariant=1)
    for number in range(lines):
        page.drawString(72, 800 - 18 * number, f"{number + 1}. The court shall issue a protection order.")
    page.showPage()
    page.save()
    return out.getvalue()


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")


BAD = {
    "empty.md": (b"", "empty"),
    "blank.txt": (b" \n\n\t\n", "empty"),
    "picture.pdf": (png(), "image"),
    "cut.pdf": (pdf()[:300], "PDF"),
    "locked.pdf": (pdf(password="secret"), "password"),
    "scan.pdf": (pdf(lines=0), "text"),
    "nozip.docx": (b"this is no Word file, whatever its name says", ""),
    "cutzip.docx": (b"PK\x03\x04" + bytes(range(60)), ""),
    "binary.txt": (bytes(range(256)) * 40, ""),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One good document among all the bad ones."""
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "good.md").write_text(GOOD, encoding="utf-8")
    for name, (data, _) in BAD.items():
        (inside / name).write_bytes(data)
    return inside


def test_each_bad_file_is_told_in_a_line_and_the_good_one_is_audited(
    folder: Path, rubric_folder: Path, policyaudit: Command, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    arguments = ("audit", folder, folder / "lost.pdf", "--rubric", rubric_folder, "--kind", "law", "--language", "en")
    outcome = policyaudit(*arguments, "--format", "xlsx,html,json,csv", "--out", out)
    assert outcome.code == 1
    assert "1 assessed, 10 failed" in outcome.out and "good.md" in outcome.out
    told = {line.split(":")[0]: line for line in outcome.err.splitlines() if ":" in line}
    for name, (_, word) in BAD.items():
        assert len(told[name]) > len(name) + 15 and word in told[name]
    assert "no such file" in told["lost.pdf"]
    assert "Traceback" not in outcome.err and "please report" not in outcome.err

    failures = {failure["name"] for failure in json.loads((out / "run.json").read_text(encoding="utf-8"))["failures"]}
    assert failures == {*BAD, "lost.pdf"}
    page = (out / "gap-report.html").read_text(encoding="utf-8")
    book = openpyxl.load_workbook(out / "scorecard.xlsx")
    cells = {str(cell.value) for row in book["Documents"].iter_rows() for cell in row}
    for name in failures:
        assert name in page and name in cells


@pytest.mark.parametrize("name", BAD)
def test_read_tells_a_bad_file_in_one_line(name: str, folder: Path, policyaudit: Command) -> None:
    outcome = policyaudit("read", folder / name)
    assert (outcome.code, outcome.out) == (1, "")
    assert len(outcome.err.splitlines()) == 1 and outcome.err.startswith(f"{folder / name}: ")


def test_nothing_that_could_be_assessed_is_exit_1(
    folder: Path, rubric_folder: Path, policyaudit: Command, tmp_path: Path
) -> None:
    outcome = policyaudit("audit", folder / "empty.md", "--rubric", rubric_folder, "--out", tmp_path / "out")
    assert outcome.code == 1 and "0 assessed, 1 failed" in outcome.out
    (folder / "none").mkdir()
    outcome = policyaudit("audit", folder / "none", "--rubric", rubric_folder, "--out", tmp_path / "out")
    assert outcome.code == 1 and "no document in it" in outcome.err


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-8-sig"])
def test_text_in_other_encodings_is_read(encoding: str, policyaudit: Command, tmp_path: Path) -> None:
    data = GOOD.encode(encoding)
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe" + data if encoding == "utf-16-le" else data)
    outcome = policyaudit("read", tmp_path / "a.txt", "--text")
    assert outcome.code == 0 and "Señoras y señores" in outcome.out


def test_a_language_without_terms_is_unscored_and_never_zero(rubric_folder: Path, policyaudit: Command, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Gesetz\n\n1. Das Gericht erlässt eine Schutzanordnung.\n", encoding="utf-8")
    arguments = ("audit", tmp_path / "a.md", "--rubric", rubric_folder, "--kind", "law", "--language", "de", "--json")
    outcome = policyaudit(*arguments, "--out", tmp_path / "out")
    (row,) = json.loads(outcome.out)["documents"]
    assert outcome.code == 1, "nothing could be assessed"
    assert row["unscored"] == 2 and row["not_found"] == 0 and row["coverage"] == 0
    assert all(section["score"] is None for section in row["sections"])


WRONG = {
    "--language xx": "--language: unknown language 'xx'; permitted: ISO 639-1",
    "--kind laws": "--kind: unknown kind 'laws'; permitted: law, action_plan",
    "--country Kenya": "--country: unknown country code 'Kenya'",
    "--section Z9": "--section Z9: the rubric has no such section; it has A1, B1",
    "--format pdf": "--format: unknown format 'pdf'; permitted: csv, docx, html, json, jsonld, parquet, xlsx",
    "--rubric nowhere": "--rubric nowhere: neither a folder",
    "--manifest nowhere.csv": "nowhere.csv: no such file",
    "--ouput x": "No such option",
}


@pytest.mark.parametrize("options", WRONG)
def test_wrong_usage_is_one_line_and_exit_2(options: str, rubric_folder: Path, policyaudit: Command, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD, encoding="utf-8")
    rubric = () if "--rubric" in options else ("--rubric", rubric_folder)
    outcome = policyaudit("audit", tmp_path / "a.md", *rubric, "--out", tmp_path / "out", *options.split())
    assert (outcome.code, outcome.out) == (2, "")
    assert len(outcome.err.splitlines()) == 1 and WRONG[options] in outcome.err
    assert not (tmp_path / "out").exists()


def test_a_missing_path_is_wrong_usage(policyaudit: Command, tmp_path: Path) -> None:
    for command in ("audit", "read", "report"):
        outcome = policyaudit(command, tmp_path / "nowhere")
        assert outcome.code == 2 and len(outcome.err.splitlines()) == 1 and "nowhere: no" in outcome.err.replace("not", "no")


@pytest.mark.parametrize(
    ("file", "before", "after", "told"),
    [
        ("sections/A1.yaml", "requirement: The law", "requirment: The law", "did you mean 'requirement'?"),
        ("sections/A1.yaml", "id: A1.02", "id: A1.01", "the id stands in"),
        ("terms/en/all.yaml", "fee: {terms: [pay a fee]}\n", "", "concept 'fee' is used here and has no terms"),
    ],
)
def test_a_faulty_rubric_stops_before_anything_is_read(
    file: str, before: str, after: str, told: str, rubric_folder: Path, policyaudit: Command, tmp_path: Path
) -> None:
    text = (rubric_folder / file).read_text(encoding="utf-8")
    (rubric_folder / file).write_text(text.replace(before, after), encoding="utf-8")
    (tmp_path / "a.md").write_text(GOOD, encoding="utf-8")
    for command in (
        ("audit", tmp_path / "a.md", "--rubric", rubric_folder, "--out", tmp_path / "out"),
        ("rubric", "check", rubric_folder),
    ):
        outcome = policyaudit(*command)
        assert outcome.code == 2 and told in outcome.err and str(rubric_folder) in outcome.err
    assert not (tmp_path / "out").exists()


def test_an_output_folder_that_cannot_be_written_is_told_before_the_work(
    rubric_folder: Path, policyaudit: Command, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text(GOOD, encoding="utf-8")
    (tmp_path / "file").write_text("")
    outs = [tmp_path / "file", tmp_path / "file" / "run"]
    if hasattr(os, "geteuid") and os.geteuid() != 0:
        (tmp_path / "closed").mkdir(mode=0o500)
        outs.append(tmp_path / "closed")
    for out in outs:
        outcome = policyaudit("audit", tmp_path / "a.md", "--rubric", rubric_folder, "--out", out)
        assert outcome.code == 2 and len(outcome.err.splitlines()) == 1 and "cannot be written" in outcome.err


def test_a_manifest_without_a_column_stops_and_one_without_a_file_does_not(
    rubric_folder: Path, policyaudit: Command, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text(GOOD, encoding="utf-8")
    manifest = tmp_path / "manifest.csv"
    arguments = ("audit", "--manifest", manifest, "--rubric", rubric_folder, "--out", tmp_path / "out")
    manifest.write_text("file,country\na.md,KEN\n")
    outcome = policyaudit(*arguments)
    assert outcome.code == 2 and "manifest.csv:1: missing columns kind, title" in outcome.err
    manifest.write_text(HEAD + "a.md,KEN,law,,en,,\nlost.md,KEN,law,,en,,\n")
    outcome = policyaudit(*arguments)
    assert outcome.code == 1 and "1 assessed, 1 failed" in outcome.out
    assert "lost.md: no such file" in outcome.err and "manifest.csv:3" in outcome.err
