"""``policyaudit agreement``: how far reviewers agree, where they do not, and the workbook that settles it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from policyaudit import reviewfile
from policyaudit.agreement import FEWEST, RELIABLE, TENTATIVE, Between, Disagreement, Measure, Verdict, of_all
from policyaudit.cli import table
from policyaudit.cli.deciding import QUOTED
from policyaudit.cli.options import PATH, REPORT_LANGUAGE, RUN, called, report_language, say_astray
from policyaudit.errors import UsageError
from policyaudit.model import Results, Review

LISTED = 20  # disagreements on the screen where nobody asked for the list

ENOUGH = {
    Verdict.RELIABLE: "yes",
    Verdict.TENTATIVE: "only for tentative conclusions",
    Verdict.UNRELIABLE: "no",
    Verdict.FEW: f"no figure: fewer than {FEWEST} elements",
    Verdict.ONE_CATEGORY: "no figure: all judged the same",
}
_WHOLE = {"all": "all", "sample": "random tenth"}
MEASURES = (
    *("level", "subject", "between", "reviewers", "elements", "agreed", "alpha", "alpha_low", "alpha_high", "kappa"),
    "verdict",
)
DISAGREEMENTS = (
    *("document", "criterion", "element", "asked", "reviewer", "decision", "reason", "quotation", "place", "date", "final"),
    *("machine", "machine_quotation"),
)


@click.command(
    epilog="Example: policyaudit agreement reports/kenya\n\n"
    "Example: policyaudit agreement reports/kenya --out to-settle.xlsx\n\n"
    "Example: policyaudit agreement reports/kenya ab/reviews.csv cd/reviews.csv --format csv"
)
@click.argument("run_folder", type=RUN)
@click.argument("several", nargs=-1, type=PATH, metavar="[REVIEWS.csv]...")
@click.option(
    "--by",
    type=click.Choice(("section", "criterion")),
    default="section",
    show_default=True,
    help="How finely the table is divided; csv has both.",
)
@click.option("--disagreements", "only", is_flag=True, help="The list of disagreements alone, whole.")
@click.option("--format", "form", type=click.Choice(("text", "csv")), default="text", show_default=True)
@click.option("--out", type=PATH, metavar="FILE.xlsx", help="Write the workbook in which the disagreements are settled.")
@REPORT_LANGUAGE
def agreement(run_folder: Path, several: tuple[Path, ...], by: str, only: bool, form: str, out: Path | None, spoken: str) -> int:
    """Say how far reviewers agree with one another and with the machine, and whether that is enough to publish.

    Over the elements that both have judged, never over anything else. REVIEWS.csv are files of decisions, of one reviewer or of
    several; without any, those of the run's corpus and folder. What reviewers disagree on stands as the machine found it until it
    is settled: fill in the workbook of --out and take it in with policyaudit review import --final.

    Exit code: 0 compared, 1 nobody has decided anything, 2 wrong usage.
    """
    from policyaudit import agreeing, run

    if out is not None and out.suffix.lower() != ".xlsx":
        raise UsageError(f"--out {out}: the workbook's name must end in .xlsx")
    language = report_language(spoken, run.report_languages())
    if not several:
        say_astray(run_folder)
    results = agreeing.load(run_folder, several)
    if not results.reviews:
        again = f"; {len(results.reopened)} must be made again, since what they stood on has changed" if results.reopened else ""
        click.echo(f"no decision of a reviewer holds{again}; policyaudit review import takes decisions in", err=True)
        return 1
    figures, apart = agreeing.compare(results)
    if form == "csv":
        rows = map(_as_row, _decisions(apart)) if only else map(_as_figures, figures)
        click.echo(reviewfile.as_csv(DISAGREEMENTS if only else MEASURES, rows), nl=False)
    elif only:
        for line in _list(apart):
            click.echo(line)
    else:
        for line in (*_table(figures, by), *_summary(figures, apart)):
            click.echo(line)
    if out is not None:
        _workbook(results, [one for one in apart if one.final is None], out, language, run_folder)
    return 0


def _workbook(results: Results, unsettled: Sequence[Disagreement], out: Path, language: str, run_folder: Path) -> None:
    from policyaudit import agreeing

    if not unsettled:
        click.echo(f"nothing is left to settle; {out} was not written", err=True)
        return
    agreeing.adjudicate(results, unsettled, out, language=language)
    click.echo(f"{len(unsettled)} rows in {out}; once decided:", err=True)
    click.echo(f"policyaudit review import {out} {called(run_folder)} --reviewer NAME --final", err=True)


# ---------------------------------------------------------------- the table


def who(one: Measure) -> str:
    """Between whom, in words."""
    if one.between is Between.DECIDED:
        return "what was decided, and machine"
    if one.between is Between.MACHINE:
        return f"{one.names[0]}, and machine"
    return " and ".join(one.names) if len(one.names) == 2 else ", ".join(one.names)


def _table(figures: Iterable[Measure], by: str) -> Iterator[str]:
    head = ("of", "between", "elements", "agreed", "alpha", "95 %", "kappa", "enough to publish")
    rows = []
    without: dict[Verdict, dict[str, None]] = {}
    figures = list(figures)
    alone = not any(one.between is Between.REVIEWERS for one in figures)
    for one in figures:
        if one.level == by and one.between is Between.MACHINE and not alone:
            continue  # what was decided says it of all of them; csv has each
        if one.level == "all" or (one.level in ("sample", by) and one.alpha is not None):
            share = f"{one.agreed / one.units:.0%}" if one.units else "–"
            ends = "–" if one.low is None or one.high is None else f"{one.low:.2f} to {one.high:.2f}"
            enough = ENOUGH[one.verdict] if one.between in (Between.REVIEWERS, Between.PAIR) else _no_figure(one)
            rows.append(
                (
                    one.subject or _WHOLE[one.level],
                    who(one),
                    str(one.units),
                    share,
                    _figure(one.alpha),
                    ends,
                    _figure(one.kappa),
                    enough,
                )
            )
        elif one.level == by and one.between is Between.REVIEWERS:
            without.setdefault(one.verdict, {})[one.subject] = None
    yield table.lines(head, rows)
    for verdict, subjects in without.items():
        yield f"Between reviewers {ENOUGH[verdict]}: {', '.join(subjects)}"


def _no_figure(one: Measure) -> str:
    """Agreement with the machine publishes nothing; only why there is no figure is said of it."""
    return ENOUGH[one.verdict] if one.alpha is None else ""


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _summary(figures: Sequence[Measure], apart: Sequence[Disagreement]) -> Iterator[str]:
    among = of_all(figures).get(Between.REVIEWERS)
    yield ""
    if among is None:
        yield "One reviewer only: agreement between reviewers needs a second one, who does not see the decisions of the first."
    elif among.alpha is None:
        yield f"Between reviewers there is {ENOUGH[among.verdict]}: judge more elements twice before you publish."
    else:
        yield (
            f"Enough to publish: {ENOUGH[among.verdict]}. Alpha between reviewers is {among.alpha:.3f} (Krippendorff 2004: from "
            f"{RELIABLE:.2f} reliable; from {TENTATIVE} only for tentative conclusions)."
        )
    settled = sum(one.final is not None for one in apart)
    yield f"{len(apart)} disagreements between reviewers, {settled} of them settled."
    if len(apart) - settled:
        yield from _list([one for one in apart if one.final is None][:LISTED])
        if len(apart) - settled > LISTED:
            yield f"and {len(apart) - settled - LISTED} more: --disagreements lists all"


def _list(apart: Iterable[Disagreement]) -> Iterator[str]:
    for one in apart:
        yield ""
        yield table.plain(f"{one.document}  {one.criterion} {one.element}: {one.asked}")
        quoted = f" “{table.shortened(one.machine_quotation, QUOTED)}”" if one.machine_quotation else ""
        yield f"  machine: {one.machine.replace('_', ' ')}{quoted}"
        for review in (*one.reviews, *([one.final] if one.final else [])):
            yield from _said(review)


def _said(review: Review) -> Iterator[str]:
    said = review.decision.value.replace("_", " ")
    reason = f": {review.reason}" if review.reason else ""
    yield "  " + table.plain(f"{review.reviewer}{' (settles it)' if review.final else ''}: {said}{reason}")
    if review.quotation:
        place = f"{review.place}: " if review.place else ""
        yield "    " + table.plain(f"{place}“{table.shortened(review.quotation, QUOTED)}”")


# ---------------------------------------------------------------- csv


def _as_figures(one: Measure) -> dict[str, object]:
    return {
        "level": one.level,
        "subject": one.subject,
        "between": one.between.value,
        "reviewers": "; ".join(one.names),
        "elements": one.units,
        "agreed": one.agreed,
        "alpha": _rounded(one.alpha),
        "alpha_low": _rounded(one.low),
        "alpha_high": _rounded(one.high),
        "kappa": _rounded(one.kappa),
        "verdict": one.verdict.value,
    }


def _rounded(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _decisions(apart: Iterable[Disagreement]) -> Iterator[tuple[Disagreement, Review]]:
    for one in apart:
        for review in (*one.reviews, *([one.final] if one.final else [])):
            yield one, review


def _as_row(pair: tuple[Disagreement, Review]) -> dict[str, object]:
    one, review = pair
    told = {name: getattr(review, name) for name in ("reviewer", "reason", "quotation", "place", "date")}
    about = {name: getattr(one, name) for name in ("document", "criterion", "element", "asked", "machine", "machine_quotation")}
    return {**about, **told, "decision": review.decision.value, "final": "yes" * review.final}
