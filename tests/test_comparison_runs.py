"""policyaudit diff: what changed between two dates, two versions of a law and two rubrics, by document and by country."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

ORDERS = "1. The court shall issue a protection order, free of charge.\n"
FEES = "1. A person who asks the court for a protection order shall pay a fee for the protection order.\n"


def audited(folder: Path, name: str, files: dict[str, str], rubric: Path, policyaudit: Callable[..., Any]) -> Path:
    corpus = folder / f"corpus-{name}"
    corpus.mkdir()
    rows = ["file,country,kind,title,language,year,status,instrument"]
    for file, text in files.items():
        (corpus / file).write_text(f"# Act\n\n{text}", encoding="utf-8")
        rows.append(f"{file},KEN,law,Act,en,2010,,{file.split('-')[0]}")
    (corpus / "manifest.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    out = folder / f"run-{name}"
    assert policyaudit("audit", corpus, "--rubric", rubric, "--out", out, "--format", "json").code == 0
    return out


def test_two_versions_of_a_law_are_compared_by_document_and_by_country(
    tmp_path: Path, rubric_folder: Path, policyaudit: Callable[..., Any]
) -> None:
    old = audited(tmp_path, "old", {"orders-2010.md": ORDERS}, rubric_folder, policyaudit)
    new = audited(tmp_path, "new", {"orders-2020.md": FEES}, rubric_folder, policyaudit)
    told = policyaudit("diff", old, new).out
    assert "orders-2020.md: compared with orders-2010.md, another version of the same instrument" in told
    assert "only in the first run" not in told
    rows = list(csv.DictReader(io.StringIO(policyaudit("diff", old, new, "--format", "csv").out)))
    assert {(row["level"], row["subject"], row["country"]) for row in rows} == {
        ("document", "orders-2020.md", "KEN"),
        ("country", "KEN", "KEN"),
    }
    lost = next(row for row in rows if row["level"] == "country" and row["part"] == "b")
    assert (lost["what"], lost["old_document"], lost["old_quote"]) == (
        "lost",
        "orders-2010.md",
        ORDERS.strip().removeprefix("1. "),
    )
    stated = next(row for row in rows if row["level"] == "country" and row["part"] == "x1")
    assert (stated["what"], stated["new_quote"]) == ("gained", FEES.strip().removeprefix("1. "))


def test_what_may_be_the_rubric_and_not_the_law_is_marked(
    tmp_path: Path, rubric_folder: Path, policyaudit: Callable[..., Any]
) -> None:
    old = audited(tmp_path, "old", {"orders.md": ORDERS}, rubric_folder, policyaudit)
    terms = rubric_folder / "terms" / "en" / "all.yaml"
    terms.write_text(terms.read_text(encoding="utf-8").replace("[free of charge]", "[at no cost]"), encoding="utf-8")
    new = audited(tmp_path, "new", {"orders.md": ORDERS}, rubric_folder, policyaudit)
    told = json.loads(policyaudit("diff", old, new, "--format", "json").out)
    assert [(one["document"], one["part"], one["what"], one["rule_changed"]) for one in told["countries"]] == [
        ("KEN", "b", "lost", True)
    ]
    assert any("not the same in both: A1.01;" in note for note in told["notes"])
    refused = policyaudit("compare", old, new)
    assert refused.code == 2
    assert "--mix-versions" in refused.err
