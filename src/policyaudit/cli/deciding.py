"""``policyaudit explain``: how one criterion was decided on one document."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policyaudit import codes
from policyaudit.cli import table
from policyaudit.cli.explain import WIDTH, in_words
from policyaudit.cli.options import checked
from policyaudit.cli.recognising import reading_options, shown
from policyaudit.errors import UsageError
from policyaudit.model import Evidence, Failure, Source
from policyaudit.rubricfolder import DEFAULT, find, load

if TYPE_CHECKING:
    from policyaudit.run import Manner
    from policyaudit.score.decisions import Decision, Tried

QUOTED = 240  # characters of a passage that are shown


@click.command(epilog="Example: policyaudit explain A1.12 law.pdf")
@click.argument("criterion", metavar="CRITERION")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", metavar="KIND", help="law, action_plan, budget, operational_policy or code_of_conduct.")
@click.option("--language", metavar="CODE", help="ISO 639-1 code; detected if not given.")
@click.option("--title", metavar="TEXT", help="The document's title, where it is not to be guessed.")
@click.option("--rubric", "rubric_name", default=DEFAULT, show_default=True, metavar="ID|DIR", help="The rubric.")
@reading_options
def explain(
    criterion: str, file: Path, kind: str | None, language: str | None, title: str | None, rubric_name: str, manner: Manner
) -> int:
    """Print how each element of CRITERION was decided on FILE.

    For every condition: which concepts stand where, which passages fulfil it, and where none does, the demand that it
    failed on with the passage that came nearest. Exit code: 0 explained, 1 cannot be assessed, 2 wrong usage.
    """
    from policyaudit import run

    rubric = load(find(rubric_name))
    one = rubric.criteria.get(criterion.upper())
    if one is None:
        raise UsageError(f"{criterion}: the rubric has no such criterion; policyaudit rubric coverage lists them")
    if not file.is_file():
        raise UsageError(f"{file}: {'is a folder; policyaudit explain takes one file' if file.is_dir() else 'no such file'}")
    source = Source(
        str(file),
        file.name,
        title=title,
        kind=checked("--kind", codes.kind, kind),
        language=checked("--language", codes.language, language),
    )
    with shown(manner) as told:
        outcome = run.explain(source, rubric, one, told)
    if isinstance(outcome, Failure):
        click.echo(f"{file}: {table.plain(outcome.message)}", err=True)
        return 1
    finding, decisions = outcome
    score = "" if finding.score is None else f", score {finding.score:g}"
    click.echo(f"{one.id}  {one.title}: {str(finding.status).replace('_', ' ')}{score}")
    if finding.reason:
        click.echo(finding.reason)
        return 1
    for decision in decisions:
        for line in _decision(decision, contradicts=decision.id in one.contradicted_by):
            click.echo(line)
    return 0


def _decision(decision: Decision, *, contradicts: bool) -> Iterator[str]:
    verdict = "left to a reviewer" if decision.question else "found" if decision.found else "not found"
    yield ""
    kind = "opposite " if contradicts else ""
    yield from _wrapped(f"{kind}{decision.id}  {decision.text}: {verdict.upper()}", "")
    if decision.question:
        yield from _wrapped(decision.question, "   ")
    elif not decision.tried:
        yield "   nothing says how to find it"
    for number, tried in enumerate(decision.tried, 1):
        yield from _tried(number, tried)
    if decision.nearest and not contradicts:
        yield "   nearest passages:"
        for evidence in decision.nearest:
            yield from passage(evidence, "     ")


def _tried(number: int, tried: Tried) -> Iterator[str]:
    yield from _wrapped(f"{number}. {in_words(tried.condition, tried.subject)}", "   ", "      ")
    for said in tried.said:
        places = "; ".join(f"{evidence.place or 'text'}{_page(evidence)}" for evidence in said.first)
        yield from _wrapped(
            f"{said.names}: {said.times or 'not said'}{f', first in {places}' if places else ''}", "      ", " " * 9
        )
    for evidence in tried.passages:
        yield "      fulfilled:"
        yield from passage(evidence, "        ")
    for demand, evidence in tried.obstacles:
        yield f"      fails on this alone: {demand}"
        yield from passage(evidence, "        ")


def passage(evidence: Evidence, indent: str) -> Iterator[str]:
    """The lines of a passage with its place, shortened to what a terminal can show."""
    quote = table.plain(evidence.quote)
    short = quote if len(quote) <= QUOTED else quote[:QUOTED].rsplit(" ", 1)[0] + " …"
    yield from _wrapped(f"{evidence.place or 'text'}{_page(evidence)}: “{short}”", indent, indent + "  ")


def _page(evidence: Evidence) -> str:
    return f", p. {evidence.page}" if evidence.page else ""


def _wrapped(text: str, indent: str, rest: str | None = None) -> list[str]:
    return textwrap.wrap(table.plain(text), WIDTH, initial_indent=indent, subsequent_indent=indent if rest is None else rest)
