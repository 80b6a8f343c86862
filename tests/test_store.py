"""The run folder: complete, equal when read back, the same bytes each time, and careful with what is not ours."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import making
from policyaudit import store
from policyaudit.errors import UsageError
from policyaudit.match import Matcher
from policyaudit.model import Card, Failure, Results, RunInfo
from policyaudit.score import assess, unite


def results(*stems: str) -> Results:
    rubric = making.rubric(
        {"court": ["court"], "order": ["protection order"], "fee": ["pay a fee"]},
        {"a": [{"all": ["court", "order"]}], "b": [{"all": ["order", "fee"], "force": "mandatory"}], "x1": [{"all": ["fee"]}]},
    )
    text = ("# Órdenes", "1. The court shall issue a protection order.", "2. The survivor must pay a fee.")
    matcher = Matcher(rubric)
    documents = [replace(making.document(*text), name=f"{stem}.md", stem=stem, country="XVA") for stem in stems]
    cards = [assess(document, matcher.read(document), rubric) for document in documents]
    info = RunInfo("small", "1", "ab" * 32, "0.1.0", {"spacy": "3.8"}, ("A1",))
    united = (unite("XVA", cards, rubric),) if cards else ()
    failures = (Failure("lost.pdf", "is empty: 0 bytes"),)
    return Results(info, rubric.as_data(), tuple(documents), tuple(cards), united, failures)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_what_is_written_is_read_back_equal(tmp_path: Path) -> None:
    before = results("laws/a", "b")
    store.write(before, tmp_path)
    assert store.load(tmp_path) == replace(before, rubric=json.loads(json.dumps(before.rubric)))
    assert set(files(tmp_path)) == {
        *("run.json", "rubric.json", "cards/b.json", "cards/laws/a.json", "documents/b.json", "documents/laws/a.json")
    }


def test_the_same_results_give_the_same_bytes(tmp_path: Path) -> None:
    store.write(results("a", "b"), tmp_path / "one")
    store.write(results("a", "b"), tmp_path / "two")
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert all(data.endswith(b"\n") for data in files(tmp_path / "one").values())
    assert "Órdenes" in (tmp_path / "one/documents/a.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("countries", [0, 1, 3])
def test_the_countries_of_a_run_are_written_and_read_one_at_a_time(countries: int, tmp_path: Path) -> None:
    """A run of thousands of documents never holds them all, and its run.json is laid out as if it did."""
    told = results("a", "b")
    several = tuple(replace(told.countries[0], name=f"X{letter}A", country=f"X{letter}A") for letter in "VWX"[:countries])
    store.write(replace(told, countries=several), tmp_path)
    text = (tmp_path / "run.json").read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), indent=1, ensure_ascii=False) + "\n"
    assert tuple(store.roll_ups(tmp_path)) == several
    assert store.heading(tmp_path) == replace(store.index(tmp_path), countries=())
    (tmp_path / "run.json").write_text(json.dumps(json.loads(text)), encoding="utf-8")  # as another program may lay it out
    assert tuple(store.roll_ups(tmp_path)) == several
    half = text[: int(len(text) * 0.9)] if several else text[:-3]
    (tmp_path / "run.json").write_text(half, encoding="utf-8")
    with pytest.raises(UsageError, match=r"run\.json"):
        list(store.roll_ups(tmp_path))


def test_a_run_whose_countries_fail_half_way_leaves_no_half_file(tmp_path: Path) -> None:
    told = results("a")

    def failing() -> Iterator[Card]:
        yield told.countries[0]
        raise UsageError("cards/b.json: not whole")

    with pytest.raises(UsageError, match="not whole"):
        store.put_index(tmp_path, store.Index(told.run, (), (), ()), failing())
    assert list(tmp_path.iterdir()) == []


def test_evidence_is_a_slice_of_the_stored_text(tmp_path: Path) -> None:
    store.write(results("a"), tmp_path)
    text = json.loads((tmp_path / "documents/a.json").read_text(encoding="utf-8"))["text"]
    (finding,) = json.loads((tmp_path / "cards/a.json").read_text(encoding="utf-8"))["findings"]
    (contradiction,) = finding["contradictions"]
    assert finding["status"] == "contradicted" and finding["score"] == 0
    assert text[contradiction["start"] : contradiction["end"]] == contradiction["evidence"][0]["quote"]
    found = [element for element in finding["elements"] if element["found"]]
    assert found and all(text[e["start"] : e["end"]] == e["quote"] for element in found for e in element["evidence"])


def test_a_second_run_replaces_the_first_and_leaves_what_is_not_ours(tmp_path: Path) -> None:
    store.write(results("old/a", "b"), tmp_path)
    (tmp_path / "cards/notes.json").write_text("mine")
    (tmp_path / "remarks.txt").write_text("mine")
    store.write(results("b", "c"), tmp_path)
    assert set(files(tmp_path)) == {
        *("run.json", "rubric.json", "cards/b.json", "cards/c.json", "documents/b.json", "documents/c.json"),
        *("cards/notes.json", "remarks.txt"),
    }
    assert not (tmp_path / "cards/old").exists()
    assert [document.stem for document in store.load(tmp_path).documents] == ["b", "c"]


def test_a_forged_run_folder_leads_to_no_file_outside(tmp_path: Path) -> None:
    precious = tmp_path / "precious.json"
    precious.write_text("mine")
    folder = tmp_path / "run"
    store.write(results("a"), folder)
    index = json.loads((folder / "run.json").read_text())
    index["documents"][0]["stem"] = "../../precious"
    (folder / "run.json").write_text(json.dumps(index))
    with pytest.raises(UsageError, match="not the name of a file in a run folder"):
        store.load(folder)
    store.write(results("b"), folder)
    assert precious.read_text() == "mine"


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("run.json", None, "not a run folder"),
        ("run.json", "{", "not valid JSON"),
        ("cards/a.json", None, "not whole"),
        ("cards/a.json", "{}", "not of a run of this version"),
        ("rubric.json", "[]", "not of a run of this version"),
    ],
)
def test_a_broken_run_folder_is_told(file: str, text: str | None, told: str, tmp_path: Path) -> None:
    store.write(results("a"), tmp_path)
    if text is None:
        (tmp_path / file).unlink()
    else:
        (tmp_path / file).write_text(text)
    with pytest.raises(UsageError, match=told):
        store.load(tmp_path)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"cannot be written.*--out"):
        store.prepare(tmp_path / "file" / "run")


def test_the_published_schemas_describe_what_is_written(tmp_path: Path) -> None:
    store.write(results("a"), tmp_path)
    published = Path(__file__).resolve().parents[1] / "docs" / "schema"
    for name, file in (("run", "run.json"), ("card", "cards/a.json"), ("document", "documents/a.json")):
        schema = json.loads((published / f"{name}.json").read_text(encoding="utf-8"))
        assert schema == json.loads(json.dumps(store.schema()[name])), "run: make schemas"
        Draft202012Validator(schema).validate(json.loads((tmp_path / file).read_text(encoding="utf-8")))


def test_the_score_tool_reads_a_run_folder(shared: Path, tmp_path: Path) -> None:
    gold = "document: laws/a.md\nkind: law\nlanguage: en\nfindings: {}\n"
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold/a.yaml").write_text(gold)
    store.write(results("laws/a"), tmp_path / "run")
    command = [sys.executable, shared / "tools/score_gold.py", tmp_path / "run", "--gold", tmp_path / "gold", "--json"]
    printed = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    assert printed["documents"] == 1 and printed["precision"] == 0.0, "its one found element is in no gold"
