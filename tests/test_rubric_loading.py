"""A faulty rubric is told file by file and line by line, with what is permitted instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from policyaudit import datafile, rubriclint
from policyaudit.errors import UsageError
from policyaudit.rubric import SCHEMAS, Rubric
from policyaudit.rubricfolder import DEFAULT, digest, find, load


def spoil(folder: Path, file: str, before: str, after: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def faults(folder: Path) -> list[str]:
    with pytest.raises(UsageError) as raised:
        load(folder)
    return str(raised.value).replace(f"{folder}/", "").splitlines()


def line(folder: Path, file: str, text: str, *, nth: int = 1) -> int:
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return [number for number, content in enumerate(lines, 1) if text in content][nth - 1]


def test_a_faultless_rubric_loads_and_knows_what_it_can_assess(rubric_folder: Path) -> None:
    rubric = load(rubric_folder)
    assert list(rubric.criteria) == ["A1.01", "A1.02", "B1.01"]
    assert rubric.scorable("A1.01", "en") and rubric.scorable("A1.02", "en")
    assert not rubric.scorable("B1.01", "en"), "a criterion without conditions cannot be assessed"
    assert not rubric.scorable("A1.01", "es"), "a language without terms cannot be assessed"
    assert rubric.cite(rubric.criteria["A1.02"].sources[0]) == "A work (1993), art. 4(i)"


SPOILT = {
    "an unknown key is told with the one that was meant": (
        ("sections/A1.yaml", "requirement: The law", "requirment: The law"),
        ["sections/A1.yaml:7: criteria.A1.01.requirment: unknown key; permitted:", "did you mean 'requirement'?"],
    ),
    "a key left out": (
        ("sections/A1.yaml", "    advice: Add an article on training.\n", ""),
        ["sections/A1.yaml:19: criteria.A1.02.advice: is missing"],
    ),
    "a value that is not permitted, with those that are": (
        ("sections/A1.yaml", "applies_to: [law, operational_policy]", "applies_to: [law, polcy]"),
        ["sections/A1.yaml:6: criteria.A1.01.applies_to.1: 'polcy' is not permitted; permitted: 'law', 'action_plan'"],
    ),
    "an id that stands twice": (
        ("sections/A1.yaml", "id: A1.02", "id: A1.01"),
        ["sections/A1.yaml:19: A1.01: the id stands in", "sections/A1.yaml:4 already"],
    ),
    "a criterion in a section of another name": (
        ("sections/B1.yaml", "id: B1.01", "id: B2.01"),
        ["sections/B1.yaml:4: B2.01: stands in section B1"],
    ),
    "a key that stands twice in a file": (
        ("concepts/all.yaml", "training: {means: training}", "court: {means: training}"),
        ["concepts/all.yaml:6: 'court' stands twice here (first in line 1)"],
    ),
    "a source that is no work of the rubric": (
        ("sections/B1.yaml", "work: W,", "work: CEDAW,"),
        ["sections/B1.yaml:15: B1.01: source 'CEDAW' is not among the works of rubric.yaml"],
    ),
    "a paragraph number of a source that nobody read": (
        ("sections/A1.yaml", "checked: read", "checked: known"),
        ["sections/A1.yaml:30: criteria.A1.02.sources.0: a source that was not read"],
    ),
    "a condition on a concept that is none": (
        ("conditions/A1.yaml", "all: [training]", "all: [trainings]"),
        ["conditions/A1.yaml:13: A1.02.a: 'trainings' is no concept of", "did you mean 'training'?"],
    ),
    "a condition for an element that is none": (
        ("conditions/A1.yaml", "    b:\n", "    d:\n"),
        ["conditions/A1.yaml:6: A1.01.d: no such element; permitted: a, b, x1"],
    ),
    "conditions for a criterion that is none": (
        ("conditions/A1.yaml", "A1.02:", "A1.03:"),
        ["conditions/A1.yaml:10: A1.03: the rubric has no such criterion"],
    ),
    "a condition that asks for nothing": (
        ("conditions/A1.yaml", "{all: [training], force: mandatory}", "{force: mandatory}"),
        ["conditions/A1.yaml:13: A1.02.found_when.a.0: a condition needs all, any or sequence"],
    ),
    "a subject that is none": (
        ("conditions/A1.yaml", "subject: any", "subject: anything"),
        ["conditions/A1.yaml:2: A1.01: subject 'anything' is not permitted; permitted: any, violence"],
    ),
    "a concept without terms": (
        ("terms/en/all.yaml", "fee: {terms: [pay a fee]}\n", ""),
        ["conditions/A1.yaml:9: concept 'fee' is used here and has no terms in any language"],
    ),
    "terms of a concept that is none": (
        ("terms/en/all.yaml", "fee:", "fees:"),
        ["terms/en/all.yaml:4: terms: 'fees' is no concept of", "did you mean 'fee'?"],
    ),
    "a term that is no regular expression": (
        ("terms/en/all.yaml", "[pay a fee]", '[{regex: "fee(", anchor: fee}]'),
        ["terms/en/all.yaml:4: fee.terms.0", "not a valid regular expression"],
    ),
    "a case of an element that is none": (
        ("cases/en/A1.yaml", "found: [a, b]", "found: [a, c]"),
        ["cases/en/A1.yaml:1: A1.01: no such element 'c'; permitted: a, b"],
    ),
    "a case with a kind of document that cannot carry the criterion": (
        ("cases/en/A1.yaml", "kind: law", "kind: budget"),
        ["cases/en/A1.yaml:1: A1.01: kind budget cannot carry it; permitted: law, operational_policy"],
    ),
    "a file that is no YAML": (
        ("terms/en/all.yaml", "court: {terms: [court, magistrate]}", "court: {terms: [court, magistrate}"),
        ["terms/en/all.yaml:1: not valid YAML"],
    ),
}


@pytest.mark.parametrize("case", SPOILT)
def test_faults_name_file_line_and_what_is_permitted(case: str, rubric_folder: Path) -> None:
    (file, before, after), expected = SPOILT[case]
    spoil(rubric_folder, file, before, after)
    told = faults(rubric_folder)
    for part in expected:
        assert any(part in fault for fault in told), told


def test_all_faults_are_told_at_once(rubric_folder: Path) -> None:
    spoil(rubric_folder, "sections/A1.yaml", "requirement: The law", "requirment: The law")
    spoil(rubric_folder, "concepts/all.yaml", "actor: true", "actor: perhaps")
    told = faults(rubric_folder)
    assert {fault.split(":")[0] for fault in told} == {"sections/A1.yaml", "concepts/all.yaml"}


def test_a_concept_in_two_files_is_told_with_both(rubric_folder: Path) -> None:
    (rubric_folder / "concepts" / "more.yaml").write_text("court: {means: a tribunal}\n", encoding="utf-8")
    (fault,) = faults(rubric_folder)
    assert "concepts/more.yaml:1: court stands in" in fault and "concepts/all.yaml:1 already" in fault


def test_a_rubric_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(UsageError, match=f"--rubric nowhere: neither a folder .* there are: .*{DEFAULT}"):
        find("nowhere")


def test_the_hash_follows_the_contents_and_not_the_line_ends_or_cases(rubric_folder: Path) -> None:
    before = digest(rubric_folder)
    for path in rubric_folder.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert digest(rubric_folder) == before
    spoil(rubric_folder, "cases/en/A1.yaml", "free of charge", "without payment")
    assert digest(rubric_folder) == before
    spoil(rubric_folder, "terms/en/all.yaml", "magistrate", "judge")
    assert digest(rubric_folder) != before


@pytest.fixture(scope="module")
def shipped() -> Rubric:
    return load(find(DEFAULT))


def test_the_shipped_rubric_is_whole(shipped: Rubric) -> None:
    assert len(shipped.criteria) == 179
    assert sum(len(criterion.elements) for criterion in shipped.criteria.values()) == 807


@pytest.mark.parametrize("language", ["en", "es"])
def test_sections_a1_and_a3_can_be_assessed(shipped: Rubric, language: str) -> None:
    missing = [key for key in shipped.criteria if key[:2] in ("A1", "A3") and not shipped.scorable(key, language)]
    assert missing == []


def test_editors_get_a_schema_for_each_file_of_a_rubric(policyaudit: Callable[..., object], tmp_path: Path) -> None:
    policyaudit("rubric", "schema", "--out", tmp_path)
    assert {path.stem for path in tmp_path.iterdir()} == set(SCHEMAS)
    published = Path(__file__).resolve().parents[1] / "docs" / "schema" / "rubric"
    for name, shape in SCHEMAS.items():
        assert datafile.schema(shape)["$schema"].endswith("2020-12/schema")
        assert (published / f"{name}.json").read_bytes() == (tmp_path / f"{name}.json").read_bytes(), "run: make schemas"


def test_remarks_on_the_vocabulary(rubric_folder: Path) -> None:
    terms = rubric_folder / "terms" / "en" / "all.yaml"
    terms.write_text(
        terms.read_text(encoding="utf-8").replace(
            "fee: {terms: [pay a fee]}", "fee: {terms: [pay a fee, court fee, tariff], exclude: [pay a fee]}"
        ),
        encoding="utf-8",
    )
    loaded = load(rubric_folder)
    remarks = rubriclint.lint(loaded)
    assert any("terms/en/all.yaml:4: fee: 'pay a fee' is always taken away by the concept's exclusions" in r for r in remarks)
    assert any("no near miss in cases/en" in remark for remark in remarks)
    assert any("fee: no case says 'tariff'" in remark for remark in rubriclint.unheard(loaded))
