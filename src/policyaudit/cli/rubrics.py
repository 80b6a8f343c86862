"""``policyaudit rubric``: for those who write and review rubrics."""

from __future__ import annotations

from pathlib import Path

import click

from policyaudit import datafile
from policyaudit.cli import explain, table
from policyaudit.cli.schemas import emit
from policyaudit.errors import UsageError
from policyaudit.rubric import SCHEMAS, Rubric
from policyaudit.rubricfolder import DEFAULT, find, load, untranslated

RUBRIC = click.option("--rubric", "name", default=DEFAULT, show_default=True, metavar="ID|DIR", help="The rubric.")


@click.group(epilog="Example: policyaudit rubric show A1.12")
def rubric() -> None:
    """Check a rubric, and see what it asks for and how."""


@rubric.command(epilog="Example: policyaudit rubric check rubrics/un-women-security-sector")
@click.argument("name", default=DEFAULT, metavar="[ID|DIR]")
@click.option("--lint", "linted", is_flag=True, help="Also remarks on the vocabulary: terms that contradict one another, ...")
@click.option("--terms", "unheard", is_flag=True, help="Also every term that stands in no case.")
@click.option(
    "--corpus", type=click.Path(path_type=Path), metavar="DIR", help="Also the criteria that no document of this folder meets."
)
def check(name: str, linted: bool, unheard: bool, corpus: Path | None) -> int:
    """Validate a rubric's files, its terms, and run all its cases.

    Remarks (--lint, --terms, --corpus) are no faults: they are for a person to weigh. Exit code: 0 no fault, 2 faults, one
    line each.
    """
    from policyaudit import rubriclint, run
    from policyaudit.corpus import gather
    from policyaudit.rubriccases import check_cases

    loaded = load(find(name))
    faults = check_cases(loaded)
    for fault in faults:
        click.echo(table.plain(fault), err=True)
    terms = ", ".join(f"{language} {len(wordings)}" for language, wordings in sorted(loaded.terms.items())) or "none"
    cases = sum(len(several) for several in loaded.cases.values())
    click.echo(f"{loaded.head.id} {loaded.head.version}: {loaded.head.title}")
    click.echo(f"{len(loaded.criteria)} criteria in {len(loaded.sections)} sections, {len(loaded.concepts)} concepts")
    click.echo(f"conditions for {len(loaded.conditions)} criteria; concepts with terms: {terms}")
    for key, conditions in loaded.conditions.items():
        bare = [e for e in loaded.criteria[key].elements if e not in conditions.found_when and e not in conditions.manual]
        if bare:
            click.echo(f"{loaded.place('conditions', key)}: {key} is not assessed: nothing says how to find {', '.join(bare)}")
    for language in sorted(loaded.terms):
        behind = [key for key in loaded.conditions if not loaded.scorable(key, language)]
        if behind:
            click.echo(f"not assessed in {language} for want of terms: {', '.join(behind)}; see rubric show ID")
    for language in sorted(loaded.texts):
        missing = untranslated(loaded, language)
        whole = len(loaded.criteria) - len(missing)
        click.echo(f"texts in {language}: {whole} of {len(loaded.criteria)} criteria{'' if missing else ', all of each'}")
        if missing:
            click.echo(f"reports in {language} print in English: {', '.join(missing)}")
    remarks = rubriclint.lint(loaded) if linted else []
    remarks += rubriclint.unheard(loaded) if unheard else []
    if corpus is not None:
        remarks += rubriclint.never_met(loaded, run.audit(gather((corpus,), endings=run.endings()).sources, loaded).cards)
    for remark in remarks:
        click.echo(table.plain(remark))
    if linted or unheard or corpus is not None:
        click.echo(f"{len(remarks)} remarks")
    failed = f"{len(faults)} faults" if faults else "no fault"
    click.echo(f"{cases} cases: {failed}")
    return 2 if faults else 0


@rubric.command(epilog="Example: policyaudit rubric show A1.12 --language es")
@click.argument("criterion", metavar="ID")
@click.option("--language", "languages", multiple=True, metavar="CODE", help="Terms of this language only; may be given again.")
@RUBRIC
def show(criterion: str, languages: tuple[str, ...], name: str) -> int:
    """Print one criterion: what it asks, how each element is recognised, the terms, the advice, the sources."""
    loaded = load(find(name))
    one = loaded.criteria.get(criterion.upper())
    if one is None:
        section = criterion.upper().split(".")[0]
        known = [key for key in loaded.criteria if key.split(".")[0] == section] or [s.id for s in loaded.sections]
        raise UsageError(f"{criterion}: the rubric has no such criterion; there are {', '.join(known)}")
    for line in explain.criterion(loaded, one, languages or tuple(sorted(loaded.terms))):
        click.echo(line)
    return 0


@rubric.command(epilog="Example: policyaudit rubric coverage")
@RUBRIC
def coverage(name: str) -> int:
    """Print which criteria can be assessed in which language.

    "yes": every element that text can show can be looked for. "2 of 4": only some can, so the criterion stays unscored.
    """
    from policyaudit import run

    loaded = load(find(name))
    languages = sorted({*loaded.terms, *run.languages()})
    rows = [
        [key, one.title, *(_covered(loaded, key, language) for language in languages)] for key, one in loaded.criteria.items()
    ]
    click.echo(table.lines(["criterion", "title", *languages], rows))
    totals = [str(sum(loaded.scorable(key, language) for key in loaded.criteria)) for language in languages]
    click.echo(f"\nassessed of {len(loaded.criteria)}: " + ", ".join(f"{a} {b}" for a, b in zip(languages, totals, strict=True)))
    return 0


@rubric.command("schema", epilog="Example: policyaudit rubric schema section")
@click.argument("name", required=False)
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Write each schema as a file into this folder.")
def rubric_schema(name: str | None, out: Path | None) -> int:
    """Print the JSON Schemas of a rubric's files, for editors: rubric, section, concepts, conditions, terms, cases."""
    emit({key: datafile.schema(shape) for key, shape in SCHEMAS.items()}, name, out)
    return 0


def _covered(loaded: Rubric, key: str, language: str) -> str:
    """ "yes", "–" or how many of the elements can be looked for: "2 of 4"."""
    if loaded.scorable(key, language):
        return "yes"
    conditions = loaded.conditions.get(key)
    speakable = loaded.speakable(language)
    elements = loaded.criteria[key].elements
    ready = [e for e in elements if conditions and any(c.concepts <= speakable for c in conditions.found_when.get(e, ()))]
    return f"{len(ready)} of {len(elements)}" if ready else "–"
