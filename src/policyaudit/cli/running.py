"""``policyaudit run`` and ``policyaudit status``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policyaudit import corpus
from policyaudit.cli import table
from policyaudit.cli.options import RUBRIC, SECTION, checked, iso_date, listed, today
from policyaudit.cli.recognising import reading_options
from policyaudit.errors import UsageError
from policyaudit.places import is_url, reaching
from policyaudit.rubricfolder import find

if TYPE_CHECKING:
    from policyaudit.run import Manner
    from policyaudit.running import Tell

EVERY = 10.0  # seconds between two lines of progress where stderr is no terminal


@click.command(epilog="Example: policyaudit run corpora/example --jobs 4 --as-of 2026-06-30 --out reports/example")
@click.argument("place", metavar="CORPUS")
@RUBRIC
@SECTION
@click.option(
    "--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="What works the documents."
)
@click.option("--address", metavar="ADDRESS", help="With --engine ray: the cluster, as ray://HOST:10001 or auto.")
@click.option(
    "--deadline",
    type=click.FloatRange(min=0, min_open=True),
    default=1800,
    show_default=True,
    metavar="SECONDS",
    help="For one document.",
)
@click.option(
    "--memory",
    type=click.FloatRange(min=0, min_open=True),
    default=4096,
    show_default=True,
    metavar="MB",
    help="For one document.",
)
@reading_options
@click.option("--again", is_flag=True, help="Try again the documents that failed.")
@click.option("--as-of", metavar="DATE", help="The date of the audit.  [default: that of the run that goes on, else today]")
@click.option("--out", metavar="DIR|URL", help="Where the run goes.  [default: reports/NAME of the corpus]")
def run(
    place: str,
    rubric_name: str,
    sections: tuple[str, ...],
    engine: str,
    address: str | None,
    deadline: float,
    memory: float,
    manner: Manner,
    again: bool,
    as_of: str | None,
    out: str | None,
) -> int:
    """Audit a whole corpus in several processes; a run that was stopped goes on by the same command.

    CORPUS is a folder, a manifest or a URL (s3://...). Each document has --deadline seconds and --memory megabytes; one that
    takes more is listed as failed, and the others go on. --jobs says how many are worked at once. The run folder is as that
    of policyaudit audit. Exit code: 0 all documents assessed, 1 some could not be, 2 wrong usage or a faulty rubric.
    """
    from policyaudit import reviewing, running
    from policyaudit import run as corridor
    from policyaudit.engines import Limits

    if address and engine != "ray":
        raise UsageError("--address names a Ray cluster; give --engine ray with it")
    asked = checked("--as-of", iso_date, as_of)
    rubric_folder = find(rubric_name)
    wanted = [name.upper() for name in listed(sections)]
    endings = corridor.endings()
    found = running.gather_remote(place, endings=endings) if is_url(place) else corpus.gather([Path(place)], endings=endings)
    for note in found.notes:
        click.echo(table.plain(note), err=True)
    if not found.sources and not found.failures:
        click.echo("nothing to audit", err=True)
        return 1
    jobs = click.get_current_context().params["jobs"]  # of documents; each scan is then read by one process
    folder = out or str(Path("reports") / _name(place))
    with _progress() as tell:
        summary = running.carry_out(
            found,
            rubric_folder,
            folder=folder,
            sections=wanted,
            manner=manner,
            as_of=asked or running.date_of(folder, today()),
            engine=running.Engine(engine, jobs, address, Limits(deadline, memory)),
            again=again,
            tell=tell,
        )
    if not is_url(place) and not is_url(folder):
        reviewing.remember(Path(folder), Path(place).parent if place.lower().endswith(".csv") else Path(place))
    for failure in summary.failures:
        click.echo(f"failed: {table.plain(failure.name)}: {table.plain(failure.message)}", err=True)
    assessed = summary.total + len(found.failures) - len(summary.failures)
    stood = summary.total - summary.worked
    click.echo(
        f"{assessed} documents assessed, {len(summary.failures)} failed; {summary.worked} worked now, {stood} stood from before; "
        f"as of {summary.as_of}"
    )
    click.echo(f"run: {folder}  (reports: policyaudit report {folder})")
    return 1 if summary.failures or not summary.scored else 0


@click.command(epilog="Example: policyaudit status reports/example")
@click.argument("run_folder", metavar="RUN")
@click.option("--failed", "list_failed", is_flag=True, help="List the documents that failed, and why.")
@click.option("--json", "as_json", is_flag=True, help="As JSON on stdout.")
def status(run_folder: str, list_failed: bool, as_json: bool) -> int:
    """Say how far a run is: done, failed, left, documents a minute, time left."""
    from policyaudit import running

    with reaching(run_folder):
        pace = running.pace_of(run_folder)
        failed = list(running.failures_of(run_folder)) if list_failed else []
    if as_json:
        more = {"left": pace.left, "per_minute": pace.per_minute, "seconds_left": pace.seconds_left}
        click.echo(json.dumps({**asdict(pace), **more}, indent=1))
    else:
        ended = pace.before + pace.done
        rate = f"{pace.per_minute:.1f} a minute" if pace.per_minute else "not known yet"
        click.echo(f"documents {pace.total}")
        click.echo(f"done      {ended - pace.failed}")
        click.echo(f"failed    {pace.failed}")
        click.echo(f"left      {pace.left}")
        click.echo(f"rate      {rate}")
        if pace.left and pace.seconds_left is not None:
            click.echo(f"time left {_spoken(pace.seconds_left)}")
    for failure in failed:
        click.echo(f"{table.plain(failure.name)}: {table.plain(failure.message)}")
    return 0


def _name(place: str) -> str:
    """The name of a run: of the corpus."""
    if is_url(place):
        return place.rstrip("/").rsplit("/", 1)[-1] or "corpus"
    full = Path(place).resolve()
    return (full.parent if full.suffix.lower() == ".csv" else full).name or "corpus"


def _spoken(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{round(seconds)} s"
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60} min"


@contextmanager
def _progress() -> Iterator[Tell]:
    """A bar with rate and time left on stderr; where that is no terminal, a line now and then and one for each failure."""
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from policyaudit.running import Pace
    from policyaudit.tasks import Done, Task

    console = Console(stderr=True)
    said = 0.0

    def pace_in_words(pace: Pace) -> str:
        rate = f"{pace.per_minute:.1f}/min" if pace.per_minute else ""
        left = f", {_spoken(pace.seconds_left)} left" if pace.seconds_left else ""
        return rate + left

    if not console.is_terminal:

        def in_lines(pace: Pace, task: Task, done: Done) -> None:
            nonlocal said
            if pace.told - said >= EVERY:
                said = pace.told
                click.echo(f"[{pace.before + pace.done}/{pace.total}] {pace_in_words(pace)}", err=True)

        yield in_lines
        return
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as bar:
        line = bar.add_task("starting", total=None)

        def in_bar(pace: Pace, task: Task, done: Done) -> None:
            name = escape(table.plain(task.source.name))
            words = f"{pace_in_words(pace)}  {name}"
            bar.update(line, total=pace.total, completed=pace.before + pace.done, description=words)

        yield in_bar
