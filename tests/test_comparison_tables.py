"""The long tables open in pandas and DuckDB without cleaning, and say what the run says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import pandas
import pytest

from policyaudit import store
from policyaudit.report import longtables

DOCS = Path(__file__).resolve().parents[1] / "docs" / "comparing.md"
TEXTS = {
    "ken_law.md": '# Act\n\n1. The court shall issue a protection order, "free of charge",\nand at once; =1+1 é.\n',
    "ken_code.md": "# Code\n\n1. Officers may pay a fee for a protection order.\n",
    "mex_law.md": "# Act\n\n1. Whoever asks the court for a protection order shall pay a fee for the protection order.\n",
}
MANIFEST = """file,country,kind,title,language,year,status
ken_law.md,KEN,law,"Act, 2010",en,2010,in_force
ken_code.md,KEN,code_of_conduct,Code,en,2012,
mex_law.md,MEX,law,Act,en,,
gone.md,GHA,law,Gone,en,2001,
"""


@pytest.fixture
def run(tmp_path: Path, rubric_folder: Path, policyaudit: Callable[..., Any]) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "manifest.csv").write_text(MANIFEST, encoding="utf-8")
    out = tmp_path / "run"
    assert policyaudit("audit", folder, "--rubric", rubric_folder, "--out", out, "--format", "csv,parquet").code == 1
    return out


def summary(folder: Path) -> list[tuple[Any, ...]]:
    """What the run itself says of countries and sections."""
    rows = []
    for card in store.index(folder).countries:
        for one in card.sections:
            rows.append((card.name, one.section, one.score, one.scored, one.applicable, sum(one.counts.values())))
    return sorted(rows)


def test_the_query_of_the_docs_reproduces_the_summary(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = re.search(r"```sql\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    monkeypatch.chdir(run / "tables")
    for query in (found[1], found[1].replace(".parquet", ".csv")):
        assert duckdb.sql(query).fetchall() == summary(run)


def test_pandas_reads_them_without_cleaning(run: Path) -> None:
    findings = pandas.read_csv(run / "tables" / "findings.csv")
    assert findings["score"].dtype == "float64"
    of_countries = findings[findings.level == "country"].groupby(["subject", "section"], as_index=False)
    means = of_countries.agg(score=("score", "mean"), judged=("score", "count"))
    found = [(a, b, None if pandas.isna(c) else round(c, 4), d) for a, b, c, d in means.itertuples(index=False)]
    assert found == [row[:4] for row in summary(run)]
    elements = pandas.read_csv(run / "tables" / "elements.csv")
    evidence = pandas.read_csv(run / "tables" / "evidence.csv")
    joined = evidence.merge(elements, on=["level", "subject", "criterion", "element"], how="left", validate="many_to_one")
    assert joined["part"].notna().sum() == len(evidence[evidence.role.isin(["found", "nearest", "opposite"])])
    documents = pandas.read_csv(run / "tables" / "documents.csv")
    assert list(documents[documents.failure.notna()].document) == ["gone.md"]


def test_quotations_are_verbatim_in_both_forms(run: Path) -> None:
    head = store.index(run)
    texts = {entry.name: store.document(run, entry).text for entry in head.documents}
    for ending in ("csv", "parquet"):
        rows = duckdb.sql(f"SELECT document, quote, start_char, end_char FROM '{run}/tables/evidence.{ending}'").fetchall()
        assert rows
        assert all(texts[name][start:end] == quote for name, quote, start, end in rows)


def test_the_dictionary_describes_the_tables(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = frictionless.validate(str(run / "tables" / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])
    package = json.loads((run / "tables" / "datapackage-parquet.json").read_text(encoding="utf-8"))
    types = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE"}
    for resource in package["resources"]:
        told = {field["name"]: types[field["type"]] for field in resource["schema"]["fields"]}
        monkeypatch.chdir(run / "tables")
        read = duckdb.sql(f"DESCRIBE SELECT * FROM '{resource['path']}'").fetchall()
        assert {row[0]: row[1] for row in read} == told
    assert {resource["name"] for resource in package["resources"]} == set(longtables.TABLES)


def test_the_same_run_gives_the_same_bytes(run: Path, policyaudit: Callable[..., Any], tmp_path: Path) -> None:
    policyaudit("report", run, "--format", "csv,parquet", "--out", tmp_path / "again")
    names = sorted(path.name for path in (run / "tables").iterdir())
    assert names == sorted(path.name for path in (tmp_path / "again" / "tables").iterdir())
    assert len(names) == 12
    for name in names:
        assert (run / "tables" / name).read_bytes() == (tmp_path / "again" / "tables" / name).read_bytes(), name
