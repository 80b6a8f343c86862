"""The cases of a rubric: short texts run through reading, matching and scoring, each with the verdict it must get."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from policyaudit import run
from policyaudit.match import Matcher
from policyaudit.model import Card, Document, Failure, Finding, Source, Status
from policyaudit.rubric import Case, Rubric
from policyaudit.score.decisions import because, decide


def check_cases(rubric: Rubric) -> list[str]:
    """The cases that fail, one line each: file and line, criterion, what was expected and what came out, and the condition
    that decided it with what was said of its concepts.

    Empty if all pass. A case is read as a Markdown file, so that it goes the way of every document.
    """
    faults: list[str] = []
    matcher = Matcher(rubric)
    every = [(language, number, case) for language, cases in rubric.cases.items() for number, case in enumerate(cases)]
    outcomes = assess_cases([(language, case) for language, _, case in every], matcher, rubric)
    for (language, number, case), outcome in zip(every, outcomes, strict=True):
        where = f"{rubric.place('cases', language, number)}: {case.criterion}"
        faults += [f"{where}: {fault}" for fault in _told(case, outcome, matcher, rubric)]
    return faults


def assess_cases(
    cases: Iterable[tuple[str, Case]], matcher: Matcher, rubric: Rubric
) -> Iterator[tuple[Document, Card] | Failure]:
    """What the program says of each of the cases, (language, case), in their order: a card of its criterion alone."""
    alone: dict[str, Rubric] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.md"
        for language, case in cases:
            path.write_text(case.text, encoding="utf-8")
            source = Source(str(path), "case.md", kind=case.kind, title=case.title, language=language)
            one = alone.setdefault(case.criterion, _only(rubric, case.criterion))
            yield run.assess_one(source, matcher, one)


def faults_of(case: Case, outcome: tuple[Document, Card] | Failure) -> list[str]:
    """What of an outcome is not as the case says, one sentence each; empty where all is."""
    return [fault for _, fault in _faults(case, outcome)]


def _told(case: Case, outcome: tuple[Document, Card] | Failure, matcher: Matcher, rubric: Rubric) -> list[str]:
    """The faults of a case, each with how it came about."""
    faults = _faults(case, outcome)
    if isinstance(outcome, Failure) or not any(name for name, _ in faults):
        return [fault for _, fault in faults]
    document = outcome[0]
    decisions = decide(rubric.criteria[case.criterion], document, matcher.read(document), rubric)
    why = {decision.id: because(decision, document.text) for decision in decisions}
    return [f"{fault}; {why[name]}" if name in why else fault for name, fault in faults]


def _only(rubric: Rubric, criterion: str) -> Rubric:
    section = next(s for s in rubric.sections if any(c.id == criterion for c in s.criteria))
    one = section.model_copy(update={"criteria": tuple(c for c in section.criteria if c.id == criterion)})
    return replace(rubric, sections=(one,))


def _faults(case: Case, outcome: tuple[Document, Card] | Failure) -> list[tuple[str, str]]:
    """(element or opposite, what is wrong with it); "" where it is the whole criterion."""
    text = " ".join(case.text.split())
    begins = f" (text: {text[:60]}{'…' if len(text) > 60 else ''})"
    if isinstance(outcome, Failure):
        return [("", outcome.message + begins)]
    finding = outcome[1].findings[0]
    if finding.status in (Status.UNSCORED, Status.NOT_APPLICABLE, Status.ERROR):
        return [("", f"is {finding.status}: {finding.reason}{begins}")]
    found = {element.id: element for element in finding.elements if element.found}
    stated = {contradiction.id for contradiction in finding.contradictions}
    faults = [(e, f"element {e} was not found{begins}") for e in case.found if e not in found]
    faults += [(e, f"element {e} must not be found, but was in {_quote(finding, e)}") for e in case.not_found if e in found]
    faults += [(x, f"opposite {x} was not found{begins}") for x in case.contradicted if x not in stated]
    faults += [
        (x, f"opposite {x} must not be found, but was in {_quote(finding, x)}") for x in case.not_contradicted if x in stated
    ]
    return faults


def _quote(finding: Finding, name: str) -> str:
    passages = {element.id: element.evidence for element in finding.elements}
    passages |= {contradiction.id: contradiction.evidence for contradiction in finding.contradictions}
    return " ".join(repr(" ".join(passage.quote.split())) for passage in passages[name][:1])
