"""``policyaudit compare``: countries side by side."""

from __future__ import annotations

from pathlib import Path

import click

from policyaudit.cli import table
from policyaudit.cli.options import PATH, REPORT_LANGUAGE, RUN, must_say, report_language, say_astray


@click.command(epilog="Example: policyaudit compare reports/africa reports/americas --threshold 0.5 --out comparison")
@click.argument("runs", nargs=-1, required=True, type=RUN, metavar="RUN...")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="Share of a section's criteria that must be judged for a country to be ranked in it.",
)
@click.option("--mix-versions", is_flag=True, help="Compare runs of several rubric versions by the criteria that did not change.")
@REPORT_LANGUAGE
@click.option("--out", type=PATH, metavar="DIR", help="Where the workbook and the page go.  [default: the first run]")
def compare(runs: tuple[Path, ...], threshold: float, mix_versions: bool, spoken: str, out: Path | None) -> int:
    """Compare the countries of one or several run folders: a workbook and a page with a heat map.

    Countries are ranked section by section, and only where enough was judged; the others stand apart with what is missing. Exit
    code: 0 compared, 2 the runs cannot be compared.
    """
    from policyaudit import comparing, run

    must_say("--out", out)
    language = report_language(spoken, run.report_languages())
    for folder in runs:
        say_astray(folder)
    compared = comparing.compare(runs, threshold=threshold, mix_versions=mix_versions, language=language)
    for note in compared.notes:
        click.echo(table.plain(note), err=True)
    rows = []
    for section, title in compared.sections.items():
        ranked, others = compared.order(section)
        first = ", ".join(f"{place.name} {place.sections[section].score:.0%}" for place in ranked[:3])
        rows.append([section, table.shortened(title, 40), str(len(ranked)), str(len(others)), first or "–"])
    click.echo(table.lines(["section", "", "ranked", "not ranked", "highest (score of what was judged)"], rows))
    for path in comparing.write(compared, out or runs[0], language=language):
        click.echo(table.plain(str(path)))
    return 0
