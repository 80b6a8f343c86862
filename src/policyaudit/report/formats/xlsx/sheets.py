"""What stands on each sheet of the workbook."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.utils import get_column_letter

from policyaudit.model import Document, ElementFinding, Evidence, Results, Status
from policyaudit.report import view
from policyaudit.report.formats.xlsx.sheet import Column, Sheet

CHARTED = 6  # subjects in the charts; more bars cannot be told apart


def title(results: Results) -> str:
    """The workbook's title: the one document, or how many."""
    if len(results.cards) == 1 and results.documents:
        return view.readable(results.documents[0].title or results.documents[0].name)
    return f"{len(results.cards)} documents"


def fill(book: Any, results: Results) -> None:
    """All sheets, in the order in which they are read."""
    rubric = view.rubric(results)
    about = f"{rubric.title} · {title(results)}"
    subjects = view.subjects(results)
    _summary(book, results, rubric, subjects, about)
    _scorecard(book, "Scorecard", rubric, [s for s in subjects if s.document], about)
    countries = [subject for subject in subjects if not subject.document]
    if countries:
        _scorecard(book, "Countries", rubric, countries, about)
    _evidence(book, results, rubric, about)
    _gaps(book, rubric, subjects, about)
    _contradictions(book, results, rubric, about)
    _documents(book, results, about)
    _method(book, results, rubric, about)


def _summary(book: Any, results: Results, rubric: view.Rubric, subjects: list[view.Subject], about: str) -> None:
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


def _scorecard(book: Any, name: str, rubric: view.Rubric, subjects: list[view.Subject], about: str) -> None:
    columns = (
        Column("Document" if name == "Scorecard" else "Country", 28),
        Column("Section", 9, "middle"),
        Column("Criterion", 10, "short"),
        Column("Title", 28),
        Column("Status", 15),
        Column("Score", 8, "score"),
        Column("Reason", 20),
        Column("Elements found", 30),
        Column("Elements missing", 30),
        Column("Best quotation", 50),
        Column("Place (article)", 18),
        Column("Page", 8, "middle"),
        Column("Quoted from", 20),
        Column("Decision of the reviewer", 18, "entry"),
        Column("Reason of the reviewer", 26, "entry"),
        Column("Reviewer", 16, "entry"),
    )
    sheet = Sheet(book, name, columns, about=about, keep=3)
    for subject in subjects:
        for finding in rubric.ordered(subject.card.findings):
            criterion = rubric.criterion(finding.criterion)
            best = view.best(finding)
            found = [element for element in finding.elements if element.found]
            sheet.row(
                [
                    subject.label,
                    criterion.section,
                    finding.criterion,
                    criterion.title,
                    view.STATUS_WORDS[finding.status],
                    finding.score,
                    finding.reason,
                    _elements(found, criterion, named=subject.document is None),
                    _elements(view.missing(finding, criterion), criterion),
                    best.quote if best else "",
                    best.place if best else "",
                    _pages(best) if best else "",
                    best.document if best else "",
                    *("", "", ""),
                ]
            )
    sheet.finish(status=4, decision=13)


def _evidence(book: Any, results: Results, rubric: view.Rubric, about: str) -> None:
    columns = (
        Column("Document", 28),
        Column("Section", 9, "middle"),
        Column("Criterion", 10, "short"),
        Column("Title", 30),
        Column("Element", 9, "middle"),
        Column("Text of the element", 38),
        Column("Quotation", 80),
        Column("Place (article)", 20),
        Column("Page", 8, "middle"),
        Column("Force", 13),
        Column("To check", 24),
    )
    sheet = Sheet(book, "Evidence", columns, about=about)
    for _, finding in view.rows(results):
        criterion = rubric.criterion(finding.criterion)
        quotations = [(element.id, evidence) for element in finding.elements for evidence in element.evidence]
        quotations += [(opposite.id, evidence) for opposite in finding.contradictions for evidence in opposite.evidence]
        for name, evidence in quotations:
            sheet.row(
                [
                    evidence.document,
                    criterion.section,
                    finding.criterion,
                    criterion.title,
                    name,
                    criterion.element(name),
                    evidence.quote,
                    evidence.place,
                    _pages(evidence),
                    view.FORCE_WORDS[evidence.force],
                    "; ".join(evidence.notes),
                ]
            )
    sheet.finish()


def _gaps(book: Any, rubric: view.Rubric, subjects: list[view.Subject], about: str) -> None:
    columns = (
        Column("Section", 9, "middle"),
        Column("Criterion", 10, "short"),
        Column("Title", 30),
        Column("Level", 11),
        Column("Country or document", 28),
        Column("Status", 15),
        Column("Score", 8, "score"),
        Column("What is missing", 44),
        Column("What the criterion asks", 40),
        Column("Advice", 50),
        Column("Nearest passages that were considered", 70),
    )
    sheet = Sheet(book, "Gaps", columns, about=about)
    gaps = [(subject, finding) for subject in subjects for finding in subject.card.findings if finding.status in view.GAPS]
    place = {identifier: number for number, identifier in enumerate(rubric.criteria)}
    # Stable: within a criterion the countries stay before the documents.
    for subject, finding in sorted(gaps, key=lambda gap: place.get(gap[1].criterion, len(place))):
        criterion = rubric.criterion(finding.criterion)
        named = subject.document is None
        sheet.row(
            [
                criterion.section,
                finding.criterion,
                criterion.title,
                "country" if named else "document",
                subject.label,
                view.STATUS_WORDS[finding.status],
                finding.score,
                _elements(view.missing(finding, criterion), criterion),
                criterion.requirement,
                criterion.advice,
                "\n\n".join(
                    f"({', '.join(names)}) {_place(evidence, named=named)}: {evidence.quote}"
                    for evidence, names in view.nearest(finding)[:3]
                ),
            ]
        )
    sheet.finish(status=5)


def _contradictions(book: Any, results: Results, rubric: view.Rubric, about: str) -> None:
    columns = (
        Column("Section", 9, "middle"),
        Column("Criterion", 10, "short"),
        Column("Title", 32),
        Column("Document", 28),
        Column("Opposite", 10, "middle"),
        Column("What the criterion names as its opposite", 44),
        Column("Quotation", 80),
        Column("Place (article)", 20),
        Column("Page", 8, "middle"),
        Column("Force", 13),
        Column("To check", 24),
        Column("Advice", 50),
    )
    sheet = Sheet(book, "Contradictions", columns, about=about)
    for subject, finding in view.rows(results):
        criterion = rubric.criterion(finding.criterion)
        for opposite in finding.contradictions:
            for evidence in opposite.evidence:
                sheet.row(
                    [
                        criterion.section,
                        finding.criterion,
                        criterion.title,
                        subject.label,
                        opposite.id,
                        criterion.element(opposite.id),
                        evidence.quote,
                        evidence.place,
                        _pages(evidence),
                        view.FORCE_WORDS[evidence.force],
                        "; ".join(evidence.notes),
                        criterion.advice,
                    ]
                )
    sheet.finish()


def _documents(book: Any, results: Results, about: str) -> None:
    columns = (
        Column("Document", 36),
        Column("Result", 12),
        Column("Warnings, or why it failed", 60),
        Column("Title", 40),
        Column("Country", 9, "middle"),
        Column("Kind", 18),
        Column("Language", 10, "middle"),
        Column("Year", 8, "year"),
        Column("Status", 14),
        Column("Guessed", 20),
        Column("Format", 10),
        Column("Pages", 8, "number"),
        Column("Pages without text", 12, "text"),
        Column("Provisions", 11, "number"),
        Column("Characters", 12, "number"),
        Column("SHA-256 of the file", 68, "short"),
    )
    sheet = Sheet(book, "Documents", columns, about=about)
    for failure in results.failures:
        sheet.row([failure.name, "not assessed", failure.message, *[""] * 4, None, *[""] * 3, None, "", None, None, ""])
    for document in results.documents:
        sheet.row(_facts(document))
    sheet.finish()


def _facts(document: Document) -> list[Any]:
    return [
        document.name,
        "assessed",
        "\n".join(document.warnings),
        document.title,
        document.country or "",
        view.words(document.kind.value),
        document.language,
        document.year,
        view.words(document.status or ""),
        ", ".join(document.guessed),
        document.format,
        len(document.pages) or None,
        ", ".join(str(page.number) for page in document.pages if not page.has_text),
        len(document.provisions),
        len(document.text),
        document.sha256,
    ]


def _method(book: Any, results: Results, rubric: view.Rubric, about: str) -> None:
    sheet = Sheet(book, "Method", (Column("Subject", 34, "strong"), Column("What holds", 120)), about=about)
    run = results.run
    rows = [
        ("Rubric", f"{rubric.title} ({run.rubric}), version {run.rubric_version}"),
        ("SHA-256 of the rubric", run.rubric_sha256),
        ("Sections assessed", ", ".join(run.sections) or "all"),
        ("policyaudit", run.package_version),
        *((name, version) for name, version in sorted(run.libraries.items())),
        *((f"Status: {view.STATUS_WORDS[status]}", view.STATUS_MEANINGS[status]) for status in Status),
        *((f"Limit {number}", text) for number, text in enumerate(view.LIMITS, 1)),
    ]
    for row in rows:
        sheet.row(row)
    sheet.finish()


def _elements(elements: list[ElementFinding], criterion: view.Criterion, *, named: bool = False) -> str:
    """One element a line, with the document that carries it where the row is about a country."""
    return "\n".join(
        f"{element.id}) {criterion.element(element.id)}{f' [{element.document}]' if named and element.document else ''}"
        for element in elements
    )


def _pages(evidence: Evidence) -> int | str:
    """A single page as a number, so that it sorts and Excel does not complain of numbers kept as text."""
    pages = view.pages(evidence)
    return int(pages) if pages.isdecimal() else pages


def _place(evidence: Evidence, *, named: bool) -> str:
    page = view.pages(evidence)
    parts = [evidence.document if named else "", evidence.place, f"p. {page}" if page else ""]
    return ", ".join(part for part in parts if part)
