"""The first sheet of the workbook: scores and coverage by section, with charts."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.utils import get_column_letter

from policyaudit.model import Results, Status
from policyaudit.report import view
from policyaudit.report.formats.xlsx.sheet import Column, Sheet

CHARTED = 6  # subjects in the charts; more bars cannot be told apart


def title(results: Results) -> str:
    """The workbook's title: the one document, or how many."""
    if len(results.cards) == 1 and results.documents:
        return view.readable(results.documents[0].title or results.documents[0].name)
    return f"{len(results.cards)} documents"


def fill(book: Any, results: Results, rubric: view.Rubric, subjects: list[view.Subject], about: str) -> None:
    """The sheet Summary: each subject's sections with score and coverage, and their charts."""
    columns = (
        Column("Country or document", 34),
        Column("Section", 9, "middle"),
        Column("Section title", 44),
        Column("Score", 9, "score"),
        Column("Coverage", 10, "score"),
        Column("Assessed", 10, "number"),
        Column("Applicable", 11, "number"),
        *(Column(view.STATUS_WORDS[status].capitalize(), 13, "number") for status in Status),
    )
    failed = f"; {len(results.failures)} could not be read, see Documents" if results.failures else ""
    banner = (
        f"Scorecard: {title(results)}",
        f"{rubric.title}, version {rubric.version}. Documents assessed: {len(results.cards)}{failed}.",
        "Score: mean of the assessed criteria of a section. Coverage: assessed of applicable. Read one with the other; "
        "sections are not added up. An empty grey score is not zero: nothing was assessed.",
        "A machine proposes, a person decides: check each finding against its quotation.",
    )
    sheet = Sheet(book, "Summary", columns, about=about, banner=banner)
    blocks: list[tuple[view.Subject, int, int]] = []
    for subject in subjects:
        first = sheet.last + 1
        for section in subject.card.sections:
            sheet.row(
                [
                    subject.label,
                    section.section,
                    rubric.sections.get(section.section, ""),
                    section.score,
                    view.coverage(section),
                    section.scored,
                    section.applicable,
                    *(section.counts.get(status.value, 0) for status in Status),
                ]
            )
        if sheet.last >= first:
            blocks.append((subject, first, sheet.last))
    sheet.finish()
    if not blocks:
        return
    # A short table has its charts below, where they print with it; a long one at its side, where they are found.
    short = sheet.last - sheet.head <= 28
    column, row = ("A", sheet.last + 2) if short else (get_column_letter(len(columns) + 2), sheet.head)
    other = "F" if short else column
    if len(blocks) == 1:
        series = [("Score", blocks[0], 4), ("Coverage", blocks[0], 5)]
        _chart(sheet, "Score and coverage by section", series, f"{column}{row}")
        return
    shown = f" (first {CHARTED} of {len(blocks)})" if len(blocks) > CHARTED else ""
    for name, number, anchor in (
        ("Score", 4, f"{column}{row}"),
        ("Coverage", 5, f"{other}{row if short else row + 22}"),
    ):
        chosen = [(block[0].label, block, number) for block in blocks[:CHARTED]]
        _chart(sheet, f"{name} by section{shown}", chosen, anchor)


def _chart(sheet: Sheet, name: str, series: list[tuple[str, tuple[view.Subject, int, int], int]], anchor: str) -> None:
    chart = BarChart()
    chart.type = "col"
    chart.title = name
    chart.height, chart.width = 9.5, 21
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, 1
    chart.y_axis.majorUnit = 0.25
    chart.y_axis.number_format = "0%"
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.legend.position = "b"
    chart.title.overlay = chart.legend.overlay = False  # Excel lays them over the bars if nothing is said
    chart.gapWidth = 60
    colours = ("0072B2", "E69F00", "009E73", "CC79A7", "56B4E9", "6B4C9A")
    for (label, (_, first, last), column), colour in zip(series, colours, strict=False):
        one = Series(Reference(sheet.ws, min_col=column, min_row=first, max_row=last), title=label[:60])
        one.graphicalProperties.solidFill = colour
        chart.series.append(one)
    _, first, last = series[0][1]
    chart.set_categories(Reference(sheet.ws, min_col=2, min_row=first, max_row=last))
    sheet.ws.add_chart(chart, anchor)
