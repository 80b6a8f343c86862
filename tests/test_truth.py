"""How true the findings are: against what a careful reader found in real documents, and in the example corpus.

The floors are those the project promises (docs/accuracy.md has the figures). They are floors for whole sets, not for a file:
a change of terms that loses one element and gains three is a good change.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from policyaudit import run
from policyaudit.corpus import gather
from policyaudit.model import DocumentKind, Results, Source
from policyaudit.rubricfolder import DEFAULT, find, load

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "corpora" / "example"
SECTIONS = ("A1", "A3")  # those for which the example says what is expected


@dataclass
class Count:
    right: int = 0
    wrong: int = 0
    missed: int = 0
    places: list[bool] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def pinpoint(self) -> float:
        return sum(self.places) / max(1, len(self.places))


Row = tuple[str, bool, bool, bool | None]  # criterion and element, a reader found it, we found it, in that place


def compared(results: Results, name: str, read: dict[str, Any], tool: ModuleType | None) -> Iterator[Row]:
    """A row for each element of a document that was judged."""
    document = next(d for d in results.documents if d.name == name)
    card = next(c for c in results.cards if c.name == name)
    for finding in card.findings:
        mine = {element.id: element for element in finding.elements}
        theirs = (read.get("findings") or {}).get(finding.criterion, {})
        want, doubtful = theirs.get("elements") or {}, theirs.get("doubtful") or {}
        for element, found in mine.items():
            if element in doubtful:
                continue
            place = None
            if tool and element in want and found.found:
                squeezed, at = tool.squeeze(document.text)
                quotes = [p for q in want[element] for p in tool.places(q["quote"], squeezed, at)]
                place = tool.near([(e.start, e.end) for e in found.evidence], quotes)
            yield finding.criterion + element, element in want, found.found, place


def count(rows: Iterator[Row], total: Count) -> None:
    for _, want, got, place in rows:
        total.right += want and got
        total.wrong += got and not want
        total.missed += want and not got
        if place is not None:
            total.places.append(place)


@pytest.fixture(scope="module")
def example() -> Results:
    given = gather([EXAMPLE], endings=run.endings())
    return run.audit(given.sources, load(find(DEFAULT)), sections=SECTIONS)


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
def test_findings_agree_with_a_careful_reader(language: str, shared: Path) -> None:
    spec = importlib.util.spec_from_file_location("score_gold", shared / "tools" / "score_gold.py")
    assert spec and spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    gold = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((shared / "gold").glob("*.yaml"))]
    gold = [read for read in gold if read["language"] == language]
    assert gold
    sources = [
        Source(str(shared / "corpus" / read["document"]), read["document"], kind=DocumentKind(read["kind"]), language=language)
        for read in gold
    ]
    results = run.audit(sources, load(find(DEFAULT)))
    assert not results.failures
    total = Count()
    for read in gold:
        count(compared(results, read["document"], read, tool), total)
    assert total.precision >= 0.72
    assert total.recall >= 0.60
    assert total.pinpoint >= 0.72


def test_findings_agree_with_the_reading_of_the_example(example: Results) -> None:
    assert not example.failures
    total = Count()
    for read in yaml.safe_load((EXAMPLE / "expected.yaml").read_text(encoding="utf-8"))["documents"]:
        if example_status(example, read["document"]) != "draft":
            count(compared(example, read["document"], read, None), total)
    assert total.precision >= 0.65
    assert total.recall >= 0.50


def example_status(results: Results, name: str) -> str | None:
    return next(document.status for document in results.documents if document.name == name)


def test_every_quotation_of_a_run_is_a_slice_of_its_document(example: Results) -> None:
    texts = {document.name: document.text for document in example.documents}
    seen = 0
    for card in (*example.cards, *example.countries):
        for finding in card.findings:
            passages = [e for element in finding.elements for e in (*element.evidence, *element.nearest)]
            passages += [e for contradiction in finding.contradictions for e in contradiction.evidence]
            for evidence in passages:
                assert texts[evidence.document][evidence.start : evidence.end] == evidence.quote
                assert evidence.quote.strip()
                seen += 1
    assert seen > 100


def test_what_is_not_found_shows_where_we_looked(example: Results) -> None:
    for card in example.cards:
        for finding in card.findings:
            assert all(e.nearest for e in finding.elements if not e.found and not e.question), (card.name, finding.criterion)
