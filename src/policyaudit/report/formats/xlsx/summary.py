"""The first sheet of the workbook: scores and coverage by section, with charts."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.utils import get_column_letter

from policyaudit.model import Results, Status
from policyaudit.report import decided, view
from policyaudit.report.formats.xlsx.sheet import Column, Sheet
from policyaudit.report.translation import N_, Translation

CHARTED = 6  # subjects in the charts; more bars cannot be told apart


def title(results: Results, words: Translation) -> str:
    """The workbook's title: the one document, or how many."""
    if len(results.cards) == 1 and results.documents:
        return view.readable(results.documents[0].title or results.documents[0].name)
    return words.ngettext("%(num)s document", "%(num)s documents", len(results.cards))


def fill(book: Any, results: Results, rubric: view.Rubric, subjects: list[view.Subject], about: str, words: Translation) -> None:
    """The sheet Summary: each subject's sections with score and coverage, and their charts."""
    columns = (
        Column("Country or document", 34),
        Column("Section", 9, "middle"),
        Column("Section title", 44),
        Column("Score", 9, "score"),
        Column("Coverage", 10, "score"),
        Column("Assessed", 10, "number"),
        Column("Applicable", 11, "number"),
        *(Column(_capital(words.gettext(view.STATUS_WORDS[status])), 13, "number") for status in Status),
    )
    read = words.gettext("Documents assessed: %(number)s.", number=words.number(len(results.cards)))
    if results.failures:
        failed = words.number(len(results.failures))
        read += " " + words.gettext("Could not be read: %(number)s, see Documents.", number=failed)
    banner = (
        words.gettext("Scorecard: %(title)s", title=title(results, words)),
        words.gettext("%(rubric)s, version %(version)s.", rubric=rubric.title, version=rubric.version) + " " + read,
        words.gettext(
            "Score: mean of the assessed criteria of a section. Coverage: assessed of applicable. Read one with the other; "
            "sections are not added up. An empty grey score is not zero: nothing was assessed."
        ),
        words.gettext("A machine proposes, a person decides: check each finding against its quotation."),
        *decided.reviewed(results, words).said,
    )
    sheet = Sheet(book, "Summary", columns, about=about, banner=banner, words=words)
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
        series = [(words.gettext("Score"), blocks[0], 4), (words.gettext("Coverage"), blocks[0], 5)]
        _chart(sheet, words.gettext("Score and coverage by section"), series, f"{column}{row}")
        return
    shown = ""
    if len(blocks) > CHARTED:
        shown = " " + words.gettext("(first %(few)s of %(all)s)", few=CHARTED, all=words.number(len(blocks)))
    for name, number, anchor in (
        (N_("Score by section"), 4, f"{column}{row}"),
        (N_("Coverage by section"), 5, f"{other}{row if short else row + 22}"),
    ):
        chosen = [(block[0].label, block, number) for block in blocks[:CHARTED]]
        _chart(sheet, words.gettext(name) + shown, chosen, anchor)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


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
