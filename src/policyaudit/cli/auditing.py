"""``policyaudit audit`` and ``policyaudit report``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policyaudit import codes, corpus
from policyaudit.cli import summary, table
from policyaudit.cli.options import (
    FORMAT,
    KIND,
    LANGUAGE,
    MANIFEST,
    PATH,
    REPORT_LANGUAGE,
    REVIEWS,
    RUBRIC,
    RUN,
    SECTION,
    checked,
    iso_date,
    listed,
    must_say,
    report_language,
    say_astray,
    today,
)
from policyaudit.cli.options import formats as formats_of
from policyaudit.cli.progress import progress_of
from policyaudit.cli.recognising import reading_options
from policyaudit.errors import UsageError
from policyaudit.rubricfolder import find, load

if TYPE_CHECKING:
    from policyaudit.run import Manner

LINK_SOURCES = click.option(
    "--link-sources",
    "sources",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="Link each passage in the HTML report to its document in this folder, at its page.",
)
SNIPPETS = click.option(
    "--snippets", "pictures", is_flag=True, help="Also show passages as they look on their page (PDF); with --link-sources."
)


@click.command(epilog="Example: policyaudit audit law.pdf plan.docx --country KEN --section A1 --out reports/kenya")
@click.argument("paths", nargs=-1, type=PATH, metavar="PATH...")
@MANIFEST
@click.option("--country", metavar="CODE", help="ISO 3166 alpha-3 code, where the manifest says none.")
@KIND
@LANGUAGE
@reading_options
@RUBRIC
@SECTION
@click.option("--as-of", metavar="DATE", help="The date of the audit, by which a plan may have expired.  [default: today]")
@click.option("--out", type=PATH, metavar="DIR", help="Where the run goes.  [default: reports/NAME of the first path]")
@FORMAT
@REPORT_LANGUAGE
@LINK_SOURCES
@SNIPPETS
@click.option("--json", "as_json", is_flag=True, help="The summary as JSON on stdout instead of the table.")
def audit(
    paths: tuple[Path, ...],
    manifest: Path | None,
    country: str | None,
    kind: str | None,
    language: str | None,
    manner: Manner,
    rubric_name: str,
    sections: tuple[str, ...],
    as_of: str | None,
    out: Path | None,
    formats: tuple[str, ...],
    spoken: str,
    sources: Path | None,
    pictures: bool,
    as_json: bool,
) -> int:
    """Audit documents and write scorecards and reports.

    PATH is a file, or a folder with all documents in it. A folder that holds a manifest.csv is read by it. --country,
    --kind and --language say what the manifest does not. Exit code: 0 all documents assessed, 1 some could not be,
    2 wrong usage or a faulty rubric.
    """
    from policyaudit import reviewing, run

    _together(sources, pictures)
    names = formats_of(formats, run.formats())
    report_in = report_language(spoken, run.report_languages())
    day = checked("--as-of", iso_date, as_of) or today()
    rubric = load(find(rubric_name))
    wanted = [name.upper() for name in listed(sections)]
    rubric.select(wanted)  # a wrong section is said before anything is read
    found = corpus.gather(
        paths,
        endings=run.endings(),
        manifest=manifest,
        country=checked("--country", codes.country, country),
        kind=checked("--kind", codes.kind, kind),
        language=checked("--language", codes.language, language),
    )
    for note in found.notes:
        click.echo(table.plain(note), err=True)
    if not found.sources and not found.failures:
        click.echo("nothing to audit", err=True)
        return 1
    folder = out or Path("reports") / _name(paths, manifest)
    run.prepare(folder)
    reviewing.legible(_corpus(paths, manifest))
    with progress_of(len(found.sources)) as (progress, tell):
        results = run.audit(
            found.sources,
            rubric,
            sections=wanted,
            failures=found.failures,
            progress=progress,
            manner=replace(manner, progress=tell),
            as_of=day,
        )
    reports = run.write(
        results, folder, names, language=report_in, sources=sources, pictures=pictures, corpus=_corpus(paths, manifest)
    )
    for old in run.left_over(folder, names):
        click.echo(f"{old} is of an earlier run and was left as it is", err=True)
    if as_json:
        summary.as_json(results, folder, reports)
    else:
        summary.in_words(results, folder, reports)
        summary.decisions(reviewing.told(results, folder), folder)
    scored = any(finding.score is not None for card in results.cards for finding in card.findings)
    return 1 if results.failures or not scored else 0


@click.command(epilog="Example: policyaudit report reports/example --format xlsx,csv --out /tmp/tables")
@click.argument("run_folder", type=RUN)
@FORMAT
@REPORT_LANGUAGE
@LINK_SOURCES
@SNIPPETS
@REVIEWS
@click.option("--out", type=PATH, metavar="DIR", help="Where the reports go.  [default: RUN_FOLDER]")
def report(
    run_folder: Path,
    formats: tuple[str, ...],
    spoken: str,
    sources: Path | None,
    pictures: bool,
    reviews: Path | None,
    out: Path | None,
) -> int:
    """Make the reports of a run again.

    They are made from the run's folder and show what reviewers decided; the documents are not read again.
    """
    from policyaudit import run

    _together(sources, pictures)
    names = formats_of(formats, run.formats())
    report_in = report_language(spoken, run.report_languages())
    must_say("--out", out)
    if reviews is None:
        say_astray(run_folder)
    made = run.rewrite(
        run_folder, names, out or run_folder, language=report_in, sources=sources, pictures=pictures, reviews=reviews
    )
    for path in made:
        click.echo(path)
    return 0


def _together(sources: Path | None, pictures: bool) -> None:
    """Raises UsageError where pictures are asked for and nothing says what of."""
    if pictures and sources is None:
        raise UsageError("--snippets cuts pictures from the documents: say with --link-sources DIR in which folder they stand")


def _corpus(paths: Sequence[Path], manifest: Path | None) -> Path | None:
    """The folder whose reviews.csv is that of the run: of the manifest, or the one folder audited; None for single files."""
    if manifest is not None:
        return manifest.parent
    if len(paths) != 1:
        return None
    only = paths[0]
    return only if only.is_dir() else only.parent if only.suffix.lower() == ".csv" else None


def _name(paths: Sequence[Path], manifest: Path | None) -> str:
    """The name of a run: of the first folder or file named."""
    first = paths[0] if paths else manifest
    assert first is not None  # gather refuses a call without either
    full = first.resolve()
    if full.suffix.lower() == ".csv":
        full = full.parent
    return (full.name if full.is_dir() else full.stem) or "audit"
