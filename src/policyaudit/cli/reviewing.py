"""``policyaudit review``: what a reviewer must look at goes out as a workbook, and what a reviewer decided comes back."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from policyaudit import codes
from policyaudit.cli import table
from policyaudit.cli.options import (
    PATH,
    REPORT_LANGUAGE,
    REVIEWS,
    RUN,
    called,
    checked,
    iso_date,
    listed,
    must_say,
    report_language,
    say_astray,
    today,
)
from policyaudit.errors import UsageError
from policyaudit.looking import Why

_WHY = {
    "disputed": "reviewers disagree",
    "again": "decided before, to be decided again",
    "contradiction": "contradictions",
    "doubtful": "doubtful passages",
    "scan": "passages read from a scan, and not surely",
    "absent": "absences in core criteria",
    "question": "questions that no text can answer",
    "sample": "of the random tenth",
}
SHOWN = 20  # rows that were not taken, listed on the screen; all stand in the file


@click.group(
    epilog="Example: policyaudit review export reports/kenya --out to-review.xlsx\n\n"
    "Example: policyaudit review import to-review.xlsx reports/kenya --reviewer AB"
)
def review() -> None:
    """Take the decisions of reviewers in, and say what still needs a look."""


@review.command("export", epilog="Example: policyaudit review export reports/kenya --out to-review.xlsx")
@click.argument("run_folder", type=RUN)
@click.option("--out", type=PATH, required=True, metavar="FILE.xlsx", help="Where the workbook goes.")
@click.option(
    "--reviewer", metavar="NAME", help="For this reviewer: what NAME has decided is left out, what others have is not shown."
)
@click.option("--country", metavar="CODE", help="Only the documents of this country.")
@click.option("--document", "documents", multiple=True, metavar="NAME", help="Only this document; may be given again.")
@click.option("--section", "sections", multiple=True, metavar="ID", help="Only this section; may be given again.")
@click.option(
    "--why",
    "reasons",
    multiple=True,
    metavar="LIST",
    help=f"Only the rows that are there for one of these reasons: {', '.join(_WHY)}.",
)
@click.option("--all", "all_rows", is_flag=True, help="Every element, not only what needs a look.")
@REPORT_LANGUAGE
@REVIEWS
def export(
    run_folder: Path,
    out: Path,
    reviewer: str | None,
    country: str | None,
    documents: tuple[str, ...],
    sections: tuple[str, ...],
    reasons: tuple[str, ...],
    all_rows: bool,
    spoken: str,
    reviews: Path | None,
) -> int:
    """Write a workbook of what still needs a look in a run.

    Contradictions, doubtful passages, pages read from a scan and not surely, absences in core criteria, decisions that must be
    made again since text, rubric or finding changed, and a random tenth as a check on the machine, always the same. Each row
    says why it is there. What was decided is left out.
    """
    from policyaudit import reviewing, run

    if out.suffix.lower() != ".xlsx":
        raise UsageError(f"--out {out}: the workbook's name must end in .xlsx")
    language = report_language(spoken, run.report_languages())
    asked = [reason.lower() for reason in listed(reasons)]
    for reason in asked:
        if reason not in _WHY:
            raise UsageError(f"--why: unknown reason {reason!r}; permitted: {', '.join(_WHY)}")
    if asked and all_rows:
        raise UsageError("--why and --all exclude each other")
    only = reviewing.Only(
        checked("--country", codes.country, country),
        documents,
        tuple(section.upper() for section in listed(sections)),
        tuple(Why(reason) for reason in asked),
    )
    if reviews is None:
        say_astray(run_folder)
    chosen = reviewing.export(
        run_folder,
        out,
        language=language,
        reviewer=None if reviewer is None else _named(reviewer),
        all_rows=all_rows,
        reviews=reviews,
        only=only,
    )
    counts = Counter(why for one in chosen for why in [why for why in one.why if not asked or why.value in asked][:1])
    for why, count in counts.items():
        click.echo(f"{count:6}  {_WHY[why.value]}")
    click.echo(f"{len(chosen):6}  rows in {out}")
    return 0


def _named(reviewer: str) -> str:
    name = " ".join(reviewer.split())
    if not name:
        raise UsageError("--reviewer: say who decides, by initials or role")
    if "," in name or ";" in name:
        raise UsageError(f"--reviewer {name}: commas and semicolons part several reviewers in the reports; leave them out")
    return name


@review.command("import", epilog="Example: policyaudit review import scorecard.xlsx reports/kenya --reviewer AB")
@click.argument("workbook", type=PATH, metavar="FILE.xlsx")
@click.argument("run_folder", type=RUN)
@click.option("--reviewer", required=True, metavar="NAME", help="Initials or role of who decided.")
@click.option("--date", "day", metavar="DATE", help="Of the decisions.  [default: today]")
@click.option("--final", is_flag=True, help="These decisions settle what reviewers disagree on.")
@REVIEWS
def take_in(workbook: Path, run_folder: Path, reviewer: str, day: str | None, final: bool, reviews: Path | None) -> int:
    """Take in the decisions of a scorecard, or of a workbook of policyaudit review export, that came back from a reviewer.

    Rows may be sorted, filtered or deleted, columns moved or added. What cannot be placed is listed and kept in
    FILE-unplaced.csv beside the workbook. Exit code: 0 all taken, 1 some could not be.
    """
    from policyaudit import reviewing

    must_say("--reviews", reviews)
    name = _named(reviewer)
    date = checked("--date", iso_date, day) or today()
    if reviews is None:
        say_astray(run_folder)
    done = reviewing.take_in(workbook, run_folder, reviewer=name, date=date, reviews=reviews, final=final)
    elsewhere = Counter(one.entry.document for one in done.unplaced if one.why.startswith(reviewing.NO_DOCUMENT))
    for document, rows in elsewhere.most_common(SHOWN):
        told = table.plain(f"{rows} rows are about {document or 'no document'}")
        click.echo(f"{workbook}: {told}, which the run does not hold; is it the workbook of another run?", err=True)
    here = [one for one in done.unplaced if not one.why.startswith(reviewing.NO_DOCUMENT)]
    for one in here[:SHOWN]:
        entry = one.entry
        where = " ".join(part for part in (entry.document, entry.criterion, entry.element) if part)
        click.echo(table.plain(f"not taken: {entry.sheet}, row {entry.row} ({where}): {one.why}"), err=True)
        if one.nearest:
            click.echo(table.plain(f"  nearest in the text: {table.shortened(' '.join(one.nearest.split()), 300)}"), err=True)
    if len(here) > SHOWN:
        click.echo(f"and {len(here) - SHOWN} more not taken", err=True)
    if done.unplaced_in:
        click.echo(f"{len(done.unplaced)} rows were not taken; they are kept in {done.unplaced_in}", err=True)
    if done.replaced_in:
        click.echo(
            f"{done.replaced} of them say otherwise than {name} said before; what was said before is kept in {done.replaced_in}. "
            f"If {name} stands for two persons, give each initials of their own.",
            err=True,
        )
    if done.unsettled:
        click.echo(f"{done.unsettled} of them are on elements on which reviewers disagree; only --final settles that", err=True)
    if done.silent:
        click.echo(f"{done.silent} decisions overrule the machine without a reason; give one in the workbook and import it again")
    click.echo(f"{len(done.taken)} decisions of {name}, {done.fresh} of them new: {done.path}")
    if done.taken:
        told = f" --reviews {reviews}" if reviews else ""
        click.echo(f"policyaudit report {called(run_folder)}{told} makes the reports with them")
    elif not done.unplaced:
        click.echo("no row has a decision; choose them in the column “Your decision”", err=True)
    return 1 if done.unplaced or not done.taken else 0
