"""What a long article of a law is about: one item that names violence does not make a hundred others about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyaudit import ingest
from policyaudit.match import Matcher
from policyaudit.model import DocumentKind, Source
from policyaudit.rubricfolder import find, load
from policyaudit.score.field import Field
from policyaudit.score.subject import Subjects


@pytest.mark.parametrize(("items", "about"), [(8, True), (120, False)])
def test_a_long_article_is_not_about_what_one_item_names(tmp_path: Path, items: int, about: bool) -> None:
    path = tmp_path / "act.md"
    others = "".join(f"({n}) The keeper of store {n} shall count the blankets.\n\n" for n in range(2, items))
    rest = "".join(f"{n}. Stores are kept in good order.\n\n" for n in range(2, 12))
    path.write_text(
        f"# Stores Act\n\n1. These rules apply:\n\n(1) The domestic violence shelter is counted first.\n\n{others}{rest}",
        encoding="utf-8",
    )
    rubric = load(find("un-women-security-sector")).select(["A1"])
    document = ingest.read(Source(path=str(path), name="act.md", kind=DocumentKind.LAW, language="en"))
    subjects = Subjects(Field(document, Matcher(rubric).read(document), rubric))
    second = next(p.index for p in document.provisions if document.text[p.start : p.end].startswith("(2)"))
    assert subjects.is_about(second - 1, "women_most")
    assert subjects.is_about(second, "women_most") is about
