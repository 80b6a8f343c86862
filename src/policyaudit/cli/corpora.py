"""``policyaudit corpus``: a manifest proposed for a folder, and what a corpus can be judged on before it is."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policyaudit import corpus
from policyaudit.cli import overview, table
from policyaudit.cli.options import REPORT_LANGUAGE, checked, iso_date, report_language, today
from policyaudit.cli.options import formats as formats_of
from policyaudit.cli.progress import progress_of
from policyaudit.cli.recognising import reading_options
from policyaudit.corpus import datapackage, manifest
from policyaudit.errors import UsageError
from policyaudit.model import Failure
from policyaudit.rubricfolder import DEFAULT, find, load

if TYPE_CHECKING:
    from policyaudit.inventory import Item
    from policyaudit.run import Manner

PATH = click.Path(path_type=Path)
FORMATS = "xlsx,html"


@click.group(name="corpus", epilog="Example: policyaudit corpus init documents; policyaudit corpus check documents")
def group() -> None:
    """Describe a folder of documents, and see what it can be judged on."""


@group.command(epilog="Example: policyaudit corpus init documents/kenya")
@click.argument("folder", type=PATH)
@click.option("--out", type=PATH, metavar="FILE", help="Where the manifest goes.  [default: FOLDER/manifest.csv]")
@click.option("--force", is_flag=True, help="Write over a manifest that is there.")
@click.option("--add", is_flag=True, help="Keep the rows of the manifest that is there and add the files it does not name.")
@reading_options
def init(folder: Path, out: Path | None, force: bool, add: bool, manner: Manner) -> int:
    """Propose a manifest for a folder of documents.

    Country, kind, language, title, year and status are read from the names of folders and files and from the texts. Beside
    each stands how sure it is (sure, likely, guess, unknown) and what says so: correct the values in a spreadsheet program,
    first those named under to_check. A datapackage.json that describes the columns is written beside it.

    Exit code: 0 a manifest was written, 1 some files could not be read, 2 wrong usage.
    """
    from policyaudit import surveying

    place = out or folder / manifest.MANIFEST
    if force and add:
        raise UsageError("--force writes anew and --add keeps what is there: only one of them can be done")
    if place.exists() and not (force or add):
        raise UsageError(f"{place}: there is one already; --add adds the files it does not name, --force writes it anew")
    found = corpus.contents(folder, endings=surveying.endings())
    for note in found.notes:
        click.echo(table.plain(note), err=True)
    before = manifest.read_table(place) if add and place.exists() else None
    named = {row.get("file", "").replace("\\", "/") for _, row in before.rows} if before else set()
    sources = [source for source in found.sources if source.name not in named]
    if not sources and before is None:
        click.echo("nothing to describe", err=True)
        return 1
    with progress_of(len(sources)) as (progress, tell):
        above = [folder.resolve().name]
        proposed = surveying.propose(sources, replace(manner, progress=tell), above=above, progress=progress)
    head = (*before.head, *(column for column in proposed.head if column not in before.head)) if before else proposed.head
    kept = [row for _, row in before.rows] if before else []
    if sources:
        rows = [*kept, *(row | {"iso3": row["country"]} for row in proposed.rows)]
        _put(place, manifest.written(head, rows))
    package = place.parent / datapackage.DATAPACKAGE
    if place.name == manifest.MANIFEST and (force or not package.exists()):
        columns = head if sources or before is None else before.head
        data = datapackage.described(columns, folder.resolve().name)
        _put(package, (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode())
    if not sources:
        click.echo(f"{place}: names every document of {folder} already")
        return 0
    for failure in proposed.failures:
        click.echo(f"{table.plain(failure.name)}: {table.plain(failure.message)}", err=True)
    overview.proposed(proposed.rows, place)
    return 1 if proposed.failures else 0


@group.command(epilog="Example: policyaudit corpus check documents --out reports/corpus")
@click.argument("folder", type=PATH)
@click.option("--rubric", "rubric_name", default=DEFAULT, show_default=True, metavar="ID|DIR", help="What is to be judged.")
@click.option("--as-of", metavar="DATE", help="The date by which a plan may have expired.  [default: today]")
@click.option("--out", type=PATH, metavar="DIR", help="Write what was found into this folder, too.")
@click.option(
    "--format", "formats", multiple=True, default=[FORMATS], show_default=True, metavar="LIST", help="xlsx, html, json."
)
@REPORT_LANGUAGE
@click.option("--json", "as_json", is_flag=True, help="All of it as JSON on stdout.")
@reading_options
def check(
    folder: Path,
    rubric_name: str,
    as_of: str | None,
    out: Path | None,
    formats: tuple[str, ...],
    spoken: str,
    as_json: bool,
    manner: Manner,
) -> int:
    """See what a corpus can be judged on, before it is audited.

    Every document is read once, --jobs of them at once. Shown are the kinds of documents by country, the criteria that none
    of them could carry, languages without terms, pages that cannot be read, documents that stand twice, versions of one
    instrument, drafts and repealed or expired texts, where a text says otherwise than the manifest, and the instruments that
    the documents point to and that are not among them: what to fetch next.

    Exit code: 0 all could be read, 1 some could not, 2 wrong usage or a faulty manifest or datapackage.json.
    """
    from policyaudit import run, surveying

    language = report_language(spoken, run.report_languages())
    names = formats_of(formats, surveying.formats())
    day = checked("--as-of", iso_date, as_of) or today()
    rubric = load(find(rubric_name))
    found = corpus.gather([folder], endings=surveying.endings())
    unlisted, notes = corpus.described(folder, endings=surveying.endings())
    for note in (*found.notes, *notes):
        click.echo(table.plain(note), err=True)
    items: list[Item] = []
    failures: list[Failure] = list(found.failures)
    with progress_of(len(found.sources)) as (progress, tell):
        for outcome in surveying.survey(found.sources, replace(manner, progress=tell), progress):
            if isinstance(outcome, Failure):
                failures.append(outcome)
            else:
                items.append(outcome)
    result = surveying.inventory(items, failures, rubric, as_of=day, notes=(*found.notes, *notes), unlisted=unlisted)
    reports = surveying.write(result, out, names, rubric, language=language) if out else ()
    if as_json:
        click.echo(surveying.as_json(result))
    else:
        overview.checked(result, reports)
    return 1 if failures or not items else 0


def _put(place: Path, data: bytes) -> None:
    """Write a file. Raises UsageError if it cannot be written."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    except OSError as fault:
        raise UsageError(f"{place}: cannot be written ({fault.strerror}); choose another with --out") from None
