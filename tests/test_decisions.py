"""How a criterion was decided, and what two runs say differently."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from making import document, rubric
from policyaudit.match import Matcher
from policyaudit.model import TextKind
from policyaudit.score.decisions import Decision, decide

Command = Callable[..., Any]
TERMS: dict[str, Any] = {"police": ["police officer"], "register": ["register"], "complaint": ["complaint"], "fee": ["fee"]}
DUTY = {"all": ["police", "complaint"], "sequence": ["register", "complaint"], "none": ["fee"], "within": "sentence"}


def decided(condition: dict[str, Any], *lines: str, **options: Any) -> Decision:
    made = rubric(TERMS, {"a": [condition]})
    text = document(*lines, **options)
    return decide(made.criteria["A1.01"], text, Matcher(made).read(text), made)[0]


def test_what_is_found_shows_the_concepts_and_the_passage() -> None:
    decision = decided(DUTY, "1. A police officer shall register a complaint.")
    assert decision.found
    (tried,) = decision.tried
    assert [(said.names, said.times) for said in tried.said] == [("police", 1), ("complaint", 1), ("register", 1)]
    assert tried.passages[0].quote == "A police officer shall register a complaint."
    assert not tried.obstacles and not decision.nearest


@pytest.mark.parametrize(
    ("line", "obstacle"),
    [
        ("1. A police officer may register a complaint.", "force: not binding"),
        ("1. A police officer shall not register a complaint.", "negation"),
        ("1. A police officer shall register a complaint against a fee.", "fee stands there too"),
        ("1. A police officer who has the complaint shall register it.", "another order, or not in one sentence"),
        ("1. A police officer is at the desk. The clerk shall register the complaint.", "another order, or not in one sentence"),
    ],
)
def test_what_is_not_found_names_the_one_demand_that_failed(line: str, obstacle: str) -> None:
    decision = decided(DUTY, line)
    assert not decision.found
    assert obstacle in [demand for demand, _ in decision.tried[0].obstacles]
    assert all(evidence.quote in line for _, evidence in decision.tried[0].obstacles)


def test_text_that_binds_nobody_is_named() -> None:
    decision = decided(DUTY, "1. A police officer shall register a complaint.", kinds={0: TextKind.PREAMBLE})
    assert [demand for demand, _ in decision.tried[0].obstacles] == ["in text that binds nobody"]


def test_a_concept_that_is_never_said_is_shown_as_such() -> None:
    decision = decided(DUTY, "1. A police officer shall write a report.")
    assert {said.names: said.times for said in decision.tried[0].said} == {"police": 1, "complaint": 0, "register": 0}
    assert not decision.tried[0].obstacles
    assert decision.nearest


def test_explain_says_on_the_command_line_why(rubric_folder: Path, policyaudit: Command, tmp_path: Path) -> None:
    (tmp_path / "act.md").write_text("# Act\n\n1. The court may issue a protection order, free of charge.\n", encoding="utf-8")
    outcome = policyaudit("explain", "a1.01", tmp_path / "act.md", "--rubric", rubric_folder, "--kind", "law")
    assert outcome.code == 0
    assert outcome.out.startswith("A1.01  ")
    assert "protection_order" in outcome.out
    assert policyaudit("explain", "Z9.99", tmp_path / "act.md", "--rubric", rubric_folder).code == 2


def test_diff_lists_what_was_gained_and_lost_with_both_quotations(
    rubric_folder: Path, policyaudit: Command, tmp_path: Path
) -> None:
    law = tmp_path / "act.md"
    runs = []
    for number, order in enumerate(("shall issue a protection order, free of charge", "may hear the applicant")):
        law.write_text(f"# Act\n\n1. The court {order}.\n", encoding="utf-8")
        runs.append(tmp_path / f"run{number}")
        policyaudit("audit", law, "--rubric", rubric_folder, "--kind", "law", "--language", "en", "--out", runs[-1])
    outcome = policyaudit("diff", *runs)
    assert outcome.code == 0
    assert "act.md: another file in the second run" in outcome.out
    assert "- A1.01" in outcome.out and "The court shall issue a protection order" in outcome.out
    back = json.loads(policyaudit("diff", runs[1], runs[0], "--json").out)
    assert {change["what"] for change in back["changes"]} == {"gained"}
    same = policyaudit("diff", runs[0], runs[0])
    assert same.out.strip() == "0 gained, 0 lost, 0 on another passage, 0 judged in one run only"
    assert policyaudit("diff", runs[0], tmp_path).code == 2
