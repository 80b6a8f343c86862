"""The worked example of the tutorial on rubrics: its cases hold, and its act gets the verdict that a careful reader gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from policyaudit import rubricfolder, store
from policyaudit.rubriccases import check_cases

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpora" / "example-data-protection"
RUBRIC = rubricfolder.find("example-data-protection")


def test_the_example_is_not_the_default() -> None:
    assert rubricfolder.DEFAULT == "un-women-security-sector"


def test_every_case_holds_and_every_criterion_has_cases_in_both_languages() -> None:
    rubric = rubricfolder.load(RUBRIC)
    assert check_cases(rubric) == []
    for language in ("en", "es"):
        assert {case.criterion for case in rubric.cases[language] if case.found} == set(rubric.criteria)
        assert {case.criterion for case in rubric.cases[language] if case.not_found and not case.found} == set(rubric.criteria)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the command of the tutorial finds in the act, by criterion."""
    from policyaudit.cli import main

    out = tmp_path_factory.mktemp("data-protection")
    with pytest.raises(SystemExit) as left:
        main(["audit", str(CORPUS), "--rubric", "example-data-protection", "--as-of", "2026-06-30", "--out", str(out)])
    assert not left.value.code
    (card,) = store.load(out).cards
    return {finding.criterion: finding for finding in card.findings}


EXPECTED = yaml.safe_load((CORPUS / "expected.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("criterion", sorted(EXPECTED))
def test_the_act_gets_the_verdict_of_a_careful_reader(found: dict[str, Any], criterion: str) -> None:
    expected, finding = EXPECTED[criterion], found[criterion]
    assert finding.status == expected["status"]
    assert {e.id: e.evidence[0].place for e in finding.elements if e.found} == expected["found"]
    assert {x.id: x.evidence[0].place for x in finding.contradictions} == expected.get("contradicted", {})


def test_the_tutorial_prints_the_files_as_they_are() -> None:
    """Whoever copies a line of the tutorial gets what the rubric has."""
    tutorial = (ROOT / "docs" / "own-rubric.md").read_text(encoding="utf-8")
    files = "\n".join(path.read_text(encoding="utf-8") for path in sorted(RUBRIC.rglob("*.yaml")))
    lines = {" ".join(line.split()) for line in files.splitlines()}
    blocks = [block.split("```")[0] for block in tutorial.split("```yaml\n")[1:]]
    printed = [" ".join(line.split()) for block in blocks for line in block.splitlines()]
    assert len(printed) > 30
    assert [line for line in printed if line and not line.startswith("#") and line not in lines] == []
