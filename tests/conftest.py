"""What several tests need: the real documents beside the project, a browser, a small rubric, the command line."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from policyaudit import cli

REQUIRED = os.environ.get("POLICYAUDIT_REQUIRE_ALL") == "1"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def _without(what: str) -> None:
    """Skip for want of something; where everything is required, fail instead."""
    if REQUIRED:
        pytest.fail(f"{what}, and POLICYAUDIT_REQUIRE_ALL=1 asks for it")
    pytest.skip(what)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents that stands beside the project; it is no part of it."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not (folder / "corpus" / "manifest.csv").is_file():
        _without("the real documents (../shared/corpus) are not there")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The path of a Chromium or Chrome."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        _without("no Chromium or Chrome on PATH")
    assert found is not None
    return Path(found)


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def policyaudit(capfd: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """The command line: policyaudit("audit", path) -> its exit code, standard output and standard error."""

    def call(*arguments: object) -> Outcome:
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            cli.main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        code = left.value.code
        return Outcome(code if isinstance(code, int) else 0, out, err)

    return call


FILES = {
    "rubric.yaml": """
id: small
title: A small rubric
version: "1"
about: Two criteria, for tests.
works: {W: "A work (1993)"}
subjects:
  violence: {means: violence against women, concepts: [violence], title: [violence], share: 0.3}
""",
    "sections/A1.yaml": """
id: A1
title: Orders
criteria:
  - id: A1.01
    title: Protection orders
    applies_to: [law, operational_policy]
    requirement: The law provides for protection orders that are free of charge.
    why: A survivor without money needs them too.
    passing: Protection orders are free
    failing: No free protection order was found
    advice: Add an article on protection orders, free of charge.
    elements:
      a: a court may be asked for a protection order
      b: the order is free of charge
    contradicted_by:
      x1: a fee is asked for
    sources:
      - {work: W, checked: known}
  - id: A1.02
    title: Training
    applies_to: [law]
    requirement: Police officers are trained.
    why: Untrained officers do harm.
    passing: Training is required
    failing: No training was found
    advice: Add an article on training.
    elements:
      a: training is required
    sources:
      - {work: W, place: art. 4(i), checked: read}
""",
    "sections/B1.yaml": """
id: B1
title: Codes
criteria:
  - id: B1.01
    title: Respect
    applies_to: [code_of_conduct]
    requirement: The code asks for respect.
    why: Respect matters.
    passing: Respect is asked for
    failing: Respect was not found
    advice: Add a rule on respect.
    elements:
      a: respect is asked for
    sources:
      - {work: W, checked: known}
""",
    "concepts/all.yaml": """
court: {means: a court, actor: true}
protection_order: {means: an order that protects a survivor}
free_of_charge: {means: without payment}
fee: {means: payment}
violence: {means: violence against women}
training: {means: training}
""",
    "conditions/A1.yaml": """
A1.01:
  subject: any
  found_when:
    a:
      - {all: [court, protection_order]}
    b:
      - {all: [protection_order, free_of_charge]}
    x1:
      - {all: [protection_order, fee], within: sentence}
A1.02:
  found_when:
    a:
      - {all: [training], force: mandatory}
""",
    "terms/en/all.yaml": """
court: {terms: [court, magistrate]}
protection_order: {terms: [protection order], exclude: [data protection order]}
free_of_charge: {terms: [free of charge]}
fee: {terms: [pay a fee]}
violence: {terms: [violence, domestic violence]}
training: {terms: [training, train]}
""",
    "cases/en/A1.yaml": """
- criterion: A1.01
  kind: law
  text: "1. The court shall issue a protection order, free of charge."
  found: [a, b]
  not_contradicted: [x1]
- criterion: A1.01
  kind: law
  text: "1. The court shall issue a data protection order."
  not_found: [a, b]
""",
}


@pytest.fixture
def rubric_folder(tmp_path: Path) -> Path:
    """A small faultless rubric in English, to be spoilt by a test."""
    folder = tmp_path / "small"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return folder
