"""The command line as its users see it: what it prints, where it puts things, its exit code."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policyaudit import __version__, run
from policyaudit.cli import options, program

Command = Callable[..., Any]
LAW = """# Act on protection orders

1. The court shall issue a protection order, free of charge.

2. Every police officer shall be trained on domestic violence.
"""
BAD_LAW = "# Act\n\n1. For a protection order the survivor shall pay a fee.\n"
HEAD = "file,country,kind,title,language,year,status\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "act.md").write_text(LAW, encoding="utf-8")
    (folder / "bad.md").write_text(BAD_LAW, encoding="utf-8")
    rows = "act.md,XVA,law,Act,en,2015,in_force\nbad.md,XVA,law,Bad act,en,2016,\n"
    (folder / "manifest.csv").write_text(HEAD + rows, encoding="utf-8")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_an_audit_ends_with_a_table_and_says_where_the_reports_are(
    corpus: Path, rubric_folder: Path, policyaudit: Command, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    outcome = policyaudit("audit", corpus, "--rubric", rubric_folder, "--out", out)
    assert outcome.code == 0
    assert f"using {corpus / 'manifest.csv'}" in outcome.err and "[2/2] bad.md" in outcome.err
    lines = outcome.out.splitlines()
    assert lines[1].split() == ["document", "kind", "lang.", "sions", "met", "partly", "found", "dicted", "age"]
    act, bad = lines[2].split(), lines[3].split()
    assert act[:3] == ["act.md", "law", "en"] and act[4:] == ["2", "0", "0", "0", "100%"]
    assert bad[:1] == ["bad.md"] and bad[7] == "1", "one contradicted"
    assert str(out / "scorecard.xlsx") in lines and str(out / "gap-report.html") in lines
    assert (out / "scorecard.xlsx").is_file() and (out / "gap-report.html").is_file()


def test_a_country_unites_its_documents_and_keeps_the_contradiction(
    corpus: Path, rubric_folder: Path, policyaudit: Command, tmp_path: Path
) -> None:
    policyaudit("audit", corpus, "--rubric", rubric_folder, "--out", tmp_path)
    (country,) = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["countries"]
    findings = {finding["criterion"]: finding for finding in country["findings"]}
    assert country["name"] == "XVA" and country["documents"] == ["act.md", "bad.md"]
    assert findings["A1.01"]["status"] == "contradicted" and findings["A1.01"]["score"] == 0
    assert findings["A1.02"]["status"] == "met" and findings["A1.02"]["elements"][0]["document"] == "act.md"
    assert findings["B1.01"]["status"] == "not_applicable" and findings["B1.01"]["score"] is None


def test_a_draft_counts_for_nothing_in_its_country(
    corpus: Path, rubric_folder: Path, policyaudit: Command, tmp_path: Path
) -> None:
    manifest = corpus / "manifest.csv"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("2016,", "2016,Draft"), encoding="utf-8")
    outcome = policyaudit("audit", corpus, "--rubric", rubric_folder, "--out", tmp_path)
    (country,) = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["countries"]
    assert outcome.code == 0 and "bad.md" in outcome.out, "it is assessed for itself"
    assert country["documents"] == ["act.md"] and country["findings"][0]["status"] == "met"


def test_json_is_all_that_stands_on_stdout(corpus: Path, rubric_folder: Path, policyaudit: Command, tmp_path: Path) -> None:
    outcome = policyaudit("audit", corpus, "--rubric", rubric_folder, "--out", tmp_path / "out", "--json", "--format", "csv")
    summary = json.loads(outcome.out)
    assert [row["document"] for row in summary["documents"]] == ["act.md", "bad.md"]
    assert summary["documents"][0]["met"] == 2 and summary["documents"][0]["coverage"] == 1.0
    assert summary["failures"] == [] and len(summary["reports"]) == 1
    with open(summary["reports"][0], encoding="utf-8-sig", newline="") as table:
        assert {row["document"] for row in csv.DictReader(table)} == {"act.md", "bad.md"}


def test_two_runs_give_the_same_bytes(corpus: Path, rubric_folder: Path, policyaudit: Command, tmp_path: Path) -> None:
    for name in ("one", "two"):
        policyaudit("audit", corpus, "--rubric", rubric_folder, "--out", tmp_path / name, "--format", "xlsx,html,json,csv")
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_reports_are_made_again_from_the_run_folder_alone(
    corpus: Path, rubric_folder: Path, policyaudit: Command, tmp_path: Path
) -> None:
    run, again = tmp_path / "run", tmp_path / "again"
    policyaudit("audit", corpus, "--rubric", rubric_folder, "--out", run, "--format", "xlsx,html,json,csv")
    shutil.rmtree(corpus)
    shutil.rmtree(rubric_folder)
    outcome = policyaudit("report", run, "--format", "xlsx,html,json,csv", "--out", again)
    assert outcome.code == 0 and len(outcome.out.splitlines()) == 4
    assert files(again) == {name: data for name, data in files(run).items() if (again / name).exists()}
    assert len(files(again)) == 10  # the tables of the csv are six files more


def test_reports_of_an_earlier_run_are_not_taken_for_documents(
    corpus: Path, rubric_folder: Path, policyaudit: Command, tmp_path: Path
) -> None:
    (corpus / "manifest.csv").unlink()
    arguments = ("audit", corpus, "--rubric", rubric_folder, "--kind", "law", "--out", corpus / "reports")
    first, second = policyaudit(*arguments), policyaudit(*arguments)
    assert "2 assessed, 0 failed" in first.out and "2 assessed, 0 failed" in second.out
    assert "reports of earlier runs left out: 2" in second.err


def test_a_section_alone_is_assessed_and_noted(corpus: Path, rubric_folder: Path, policyaudit: Command, tmp_path: Path) -> None:
    outcome = policyaudit("audit", corpus, "--rubric", rubric_folder, "--out", tmp_path, "--section", "A1", "--json")
    assert [s["section"] for s in json.loads(outcome.out)["documents"][0]["sections"]] == ["A1"]
    assert json.loads((tmp_path / "run.json").read_text())["run"]["sections"] == ["A1"]


def test_kind_and_language_are_guessed_and_the_guess_is_shown(rubric_folder: Path, policyaudit: Command, tmp_path: Path) -> None:
    (tmp_path / "law.md").write_text(LAW, encoding="utf-8")
    outcome = policyaudit("audit", tmp_path / "law.md", "--rubric", rubric_folder, "--out", tmp_path / "out")
    assert outcome.code == 0 and "law?" in outcome.out and "en?" in outcome.out and "? guessed" in outcome.out
    told = policyaudit(
        *("audit", tmp_path / "law.md", "--rubric", rubric_folder, "--out", tmp_path / "out"),
        *("--kind", "law", "--language", "en", "--country", "xva"),
    )
    assert "?" not in told.out
    assert json.loads((tmp_path / "out/documents/law.json").read_text())["country"] == "XVA"


def test_without_out_the_run_stands_under_reports(
    corpus: Path, rubric_folder: Path, policyaudit: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    policyaudit("audit", "corpus", "--rubric", rubric_folder)
    policyaudit("audit", "corpus/act.md", "--rubric", rubric_folder)
    policyaudit("audit", "--manifest", "corpus/manifest.csv", "--rubric", rubric_folder)
    assert sorted(path.name for path in (tmp_path / "reports").iterdir()) == ["act", "corpus"]


def test_a_report_of_an_earlier_run_is_named_and_left(
    corpus: Path, rubric_folder: Path, policyaudit: Command, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    policyaudit("audit", corpus, "--rubric", rubric_folder, "--out", out, "--format", "xlsx")
    outcome = policyaudit("audit", corpus, "--rubric", rubric_folder, "--out", out, "--format", "html")
    assert f"{out / 'scorecard.xlsx'} is of an earlier run" in outcome.err and (out / "scorecard.xlsx").exists()


def test_a_fault_of_ours_on_one_document_does_not_stop_the_others(
    corpus: Path, rubric_folder: Path, policyaudit: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from policyaudit import run

    def fails_on_bad(document: Any, reading: Any, rubric: Any) -> Any:
        if document.name == "bad.md":
            raise KeyError("broken\nin two lines")
        return assess(document, reading, rubric)

    assess = run.assess
    monkeypatch.setattr(run, "assess", fails_on_bad)
    outcome = policyaudit("audit", corpus, "--rubric", rubric_folder, "--out", tmp_path / "out")
    assert outcome.code == 1 and "1 assessed, 1 failed" in outcome.out
    assert "bad.md: a fault of ours, please report: KeyError" in outcome.err


def test_read_prints_the_provisions_for_a_person_to_check(policyaudit: Command, tmp_path: Path) -> None:
    path = tmp_path / "law.md"
    path.write_text(LAW.replace("officer", "officer\x1b[31m"), encoding="utf-8")
    outcome = policyaudit("read", path)
    assert outcome.code == 0 and "kind       law (guessed)" in outcome.out and "language   en (guessed)" in outcome.out
    places = [line for line in outcome.out.splitlines() if "The court shall" in line or "Every police" in line]
    assert len(places) == 2 and "1" in places[0].split("·")[0] and "2" in places[1].split("·")[0]
    assert "\x1b" not in outcome.out, "a document must not command the terminal"
    document = json.loads(policyaudit("read", path, "--json").out)
    assert document["text"][document["provisions"][-1]["start"] :].strip().startswith("2.")


def test_rubric_show_reads_like_a_page(rubric_folder: Path, policyaudit: Command) -> None:
    outcome = policyaudit("rubric", "show", "a1.01", "--rubric", rubric_folder)
    assert outcome.code == 0
    for part in (
        "A1.01  Protection orders",
        "looked for in: law, operational policy",
        "assessed in: en",
        "a  a court may be asked for a protection order",
        "found where court and protection_order stand in one provision, in words that bind",
        "x1  a fee is asked for",
        "en  protection order · not: data protection order",
        "Add an article on protection orders",
        "A work (1993)",
    ):
        assert part in outcome.out
    unknown = policyaudit("rubric", "show", "A1.09", "--rubric", rubric_folder)
    assert unknown.code == 2 and "there are A1.01, A1.02" in unknown.err


def test_rubric_coverage_tells_what_can_be_assessed_in_which_language(rubric_folder: Path, policyaudit: Command) -> None:
    lines = policyaudit("rubric", "coverage", "--rubric", rubric_folder).out.splitlines()
    column = lines[0].split().index("en")
    rows = {line.split()[0]: line.split()[-(len(lines[0].split()) - column) :] for line in lines[1:4]}
    assert rows["A1.01"][0] == "yes" and rows["B1.01"][0] == "–"
    assert "en 2" in lines[-1] and "es 0" in lines[-1]


def test_rubric_check_runs_the_cases(rubric_folder: Path, policyaudit: Command) -> None:
    outcome = policyaudit("rubric", "check", rubric_folder)
    assert outcome.code == 0 and "2 cases: no fault" in outcome.out and outcome.err == ""
    cases = rubric_folder / "cases/en/A1.yaml"
    text = cases.read_text(encoding="utf-8").replace("found: [a, b]\n  not_contradicted", "found: [a, b]\n  contradicted")
    cases.write_text(text.replace("not_found: [a, b]", "found: [b]"), encoding="utf-8")
    outcome = policyaudit("rubric", "check", rubric_folder)
    assert outcome.code == 2
    first, second = outcome.err.splitlines()
    assert "cases/en/A1.yaml:1: A1.01: opposite x1 was not found" in first
    assert "cases/en/A1.yaml:6: A1.01: element b was not found" in second
    assert "condition 1 of 1: " in second and "not said" in second


def test_rubric_check_names_elements_that_nothing_looks_for(rubric_folder: Path, policyaudit: Command) -> None:
    path = rubric_folder / "conditions/A1.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    b:\n      - {all: [protection_order, free_of_charge]}\n", ""), encoding="utf-8")
    (rubric_folder / "cases/en/A1.yaml").unlink()
    outcome = policyaudit("rubric", "check", rubric_folder)
    assert outcome.code == 0 and "A1.yaml:1: A1.01 is not assessed: nothing says how to find b" in outcome.out


def test_the_shipped_rubric_passes_its_own_check(policyaudit: Command) -> None:
    outcome = policyaudit("rubric", "check")
    assert (outcome.code, outcome.err) == (0, "")


def test_schema_prints_one_or_all(policyaudit: Command) -> None:
    assert set(json.loads(policyaudit("schema").out)) == {"card", "document", "run"}
    assert json.loads(policyaudit("schema", "card").out)["title"] == "Card"
    assert "there are card, document, run" in policyaudit("schema", "cards").err


def commands(group: Any = program, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    return [path, *(found for name, inner in getattr(group, "commands", {}).items() for found in commands(inner, (*path, name)))]


@pytest.mark.parametrize("path", commands(), ids=" ".join)
def test_every_help_ends_with_an_example_to_paste(path: tuple[str, ...], policyaudit: Command) -> None:
    outcome = policyaudit(*path, "--help")
    example = " ".join(outcome.out.split("Example:")[1].split())
    assert outcome.code == 0 and example.startswith(" ".join(("policyaudit", *path)))


def test_version_and_module(policyaudit: Command) -> None:
    assert policyaudit("--version").out.split()[-1] == __version__
    done = subprocess.run([sys.executable, "-m", "policyaudit", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.split()[-1] == __version__


def test_the_help_names_the_report_formats_and_languages_there_are(policyaudit: Command) -> None:
    words = set(policyaudit("audit", "--help").out.replace(",", " ").replace(".", " ").split())
    assert words.issuperset(run.formats()) and words.issuperset(run.report_languages())
    assert sorted(options.FORMATS) == sorted(run.formats())
