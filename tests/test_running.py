"""Runs of a whole corpus: they go on after any end, do nothing twice, and lose no document to another."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from policyaudit.engines import Limits, Lost, local

DAY = "2026-06-30"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYAUDIT_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Six short laws of two countries, and a file that holds nothing."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    rows = ["file,country,kind,title,language,year,status"]
    for number in range(6):
        text = f"# Act {number}\n\n1. The court shall issue a protection order, free of charge, within {number + 1} days.\n"
        (folder / f"act-{number}.md").write_text(text, encoding="utf-8")
        rows.append(f"act-{number}.md,{'KEN' if number % 2 else 'UGA'},law,Violence Act {number},en,2000,in_force")
    (folder / "empty.md").write_bytes(b"")
    rows.append("empty.md,KEN,law,Nothing,en,2000,in_force")
    (folder / "manifest.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def results(folder: Path) -> dict[str, bytes]:
    """The files of a run that hold results."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and "state" not in path.relative_to(folder).parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def command(corpus: Path, rubric: Path, out: Path, *more: str) -> list[str]:
    words = ["run", str(corpus), "--rubric", str(rubric), "--as-of", DAY, "--out", str(out), "--jobs", "2", *more]
    return [sys.executable, "-m", "policyaudit", *words]


def test_same_files_as_audit_and_nothing_twice(
    policyaudit: Callable[..., Any], corpus: Path, rubric_folder: Path, tmp_path: Path
) -> None:
    head = rubric_folder / "rubric.yaml"
    head.write_text(head.read_text("utf-8") + "duties: {actors: [{concept: court, title: {en: Courts}}]}\n", "utf-8")
    common = (corpus, "--rubric", rubric_folder, "--as-of", DAY)
    policyaudit("audit", *common, "--out", tmp_path / "audit", "--format", "csv")
    first = policyaudit("run", *common, "--out", tmp_path / "run", "--jobs", "2")
    assert first.code == 1 and "6 documents assessed, 1 failed; 7 worked now" in first.out
    assert "empty.md: The file is empty" in first.err
    by_run, by_audit = results(tmp_path / "run"), results(tmp_path / "audit")
    assert by_run == {name: by_audit[name] for name in by_run} and "run.json" in by_run
    assert [duty["actor"] for duty in json.loads(by_run["cards/act-0.json"])["duties"]] == ["court"]
    second = policyaudit("run", *common, "--out", tmp_path / "run")
    assert "0 worked now, 7 stood from before" in second.out
    (corpus / "act-3.md").write_text("1. The court shall issue a protection order.\n", encoding="utf-8")
    assert "1 worked now, 6 stood" in policyaudit("run", *common, "--out", tmp_path / "run").out
    assert "1 worked now, 6 stood" in policyaudit("run", *common, "--out", tmp_path / "run", "--again").out
    told = json.loads(policyaudit("status", tmp_path / "run", "--json").out)
    assert (told["total"], told["failed"], told["left"]) == (7, 1, 0)


def test_a_changed_section_costs_that_section_only(
    policyaudit: Callable[..., Any], corpus: Path, rubric_folder: Path, tmp_path: Path
) -> None:
    common = ("run", corpus, "--rubric", rubric_folder, "--as-of", DAY, "--jobs", "1")
    policyaudit(*common, "--out", tmp_path / "run")
    shelf = tmp_path / "cache"
    count = {name: len(list((shelf / name).rglob("*.json.z"))) for name in ("documents", "readings", "findings")}
    assert count == {"documents": 6, "readings": 6, "findings": 12}
    changed = rubric_folder / "conditions" / "A1.yaml"
    changed.write_text(
        changed.read_text("utf-8").replace("{all: [protection_order, free_of_charge]}", "{all: [free_of_charge]}"), "utf-8"
    )
    policyaudit(*common, "--out", tmp_path / "run")
    again = {name: len(list((shelf / name).rglob("*.json.z"))) for name in ("documents", "readings", "findings")}
    assert again == {"documents": 6, "readings": 6, "findings": 18}
    wording = rubric_folder / "sections" / "A1.yaml"
    wording.write_text(wording.read_text("utf-8").replace("Add an article on training.", "Add an article on it."), "utf-8")
    policyaudit(*common, "--out", tmp_path / "run")
    assert len([path for path in (shelf / "findings").rglob("*") if path.is_file()]) == 18  # advice decides nothing
    policyaudit(*common, "--out", tmp_path / "fresh", "--no-cache")
    assert results(tmp_path / "run") == results(tmp_path / "fresh")


def test_killed_at_random_moments_it_goes_on_to_the_same_bytes(corpus: Path, rubric_folder: Path, tmp_path: Path) -> None:
    subprocess.run(command(corpus, rubric_folder, tmp_path / "calm", "--no-cache"), check=False, capture_output=True)
    calm = results(tmp_path / "calm")
    moments = random.Random(5)
    words = command(corpus, rubric_folder, tmp_path / "killed")
    for _ in range(3):
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(0.5, 5))
        process.send_signal(signal.SIGKILL)
        process.wait()
    subprocess.run(words, check=False, capture_output=True)
    assert results(tmp_path / "killed") == calm


def test_a_document_over_its_limits_is_one_failure(
    policyaudit: Callable[..., Any], corpus: Path, rubric_folder: Path, tmp_path: Path
) -> None:
    common = ("run", corpus, "--rubric", rubric_folder, "--as-of", DAY, "--out", tmp_path / "run", "--jobs", "2")
    small = policyaudit(*common, "--memory", "10")
    assert small.code == 1 and "took more than 10 MB of memory; give it more with --memory" in small.err
    whole = policyaudit(*common)
    assert "6 documents assessed, 1 failed" in whole.out


def test_one_clear_line_each(policyaudit: Callable[..., Any], corpus: Path, tmp_path: Path) -> None:
    outcome = policyaudit("run", corpus, "--address", "auto")
    assert (outcome.code, outcome.err) == (2, "--address names a Ray cluster; give --engine ray with it\n")
    outcome = policyaudit("status", tmp_path)
    assert outcome.code == 2 and outcome.err == f"{tmp_path}: no run was begun there with policyaudit run\n"


# ---------------------------------------------------------------- the engine alone


def working(setup: bytes) -> Callable[[str], str]:
    """A worker that does as it is told."""

    def work(task: str) -> str:
        if task == "hang":
            time.sleep(600)
        if task == "grow":
            kept = []
            for _ in range(600):
                kept.append(bytearray(os.urandom(2**20)))
                time.sleep(0.01)
        if task == "die":
            os._exit(3)
        if task == "die once":
            mark = Path(setup.decode()) / "died"
            if not mark.exists():
                mark.touch()
                os._exit(3)
        return f"{task} by {os.getpid()}"

    return work


def ended(answers: Iterator[tuple[str, str | Lost]]) -> dict[str, str]:
    return {task: answer.why if isinstance(answer, Lost) else "done" for task, answer in answers}


def test_what_hangs_grows_or_dies_costs_the_others_nothing(tmp_path: Path) -> None:
    tasks = ["a", "hang", "b", "grow", "die", "c", "die once", "d"]
    found = ended(local.work_through(working, str(tmp_path).encode(), tasks, jobs=2, limits=Limits(seconds=8, megabytes=300)))
    assert {task for task, how in found.items() if how == "done"} == {"a", "b", "c", "d", "die once"}
    assert "not done after 8 seconds" in found["hang"]
    assert "took more than 300 MB" in found["grow"]
    assert "its process died 3 times" in found["die"]


def test_a_child_is_used_for_many_tasks(tmp_path: Path) -> None:
    answers = list(local.work_through(working, b"", [str(n) for n in range(20)], jobs=2, limits=Limits()))
    assert len({str(answer).split(" by ")[1] for _, answer in answers}) <= 2
