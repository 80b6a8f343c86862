"""What stands on each sheet of the workbook."""

from __future__ import annotations

from typing import Any

from policyaudit.looking import everything
from policyaudit.model import Contradiction, Document, ElementFinding, Evidence, Finding, Results, Status
from policyaudit.report import decided, view
from policyaudit.report.formats.xlsx import instruments, review, summary
from policyaudit.report.formats.xlsx.sheet import Column, Sheet
from policyaudit.report.translation import N_, Translation


def fill(book: Any, results: Results, words: Translation) -> None:
    """All sheets, in the order in which they are read."""
    rubric = view.rubric(results)
    about = f"{rubric.title} · {summary.title(results, words)}"
    subjects = view.subjects(results, words)
    summary.fill(book, results, rubric, subjects, about, words)
    _scorecard(book, N_("Scorecard"), rubric, [s for s in subjects if s.document], about, words)
    review.fill(book, results, rubric, everything(results), about, words)
    countries = [subject for subject in subjects if not subject.document]
    if countries:
        _scorecard(book, N_("Countries"), rubric, countries, about, words)
    _evidence(book, results, rubric, about, words)
    _gaps(book, rubric, subjects, about, words)
    _contradictions(book, results, rubric, about, words)
    _documents(book, results, about, words)
    instruments.fill(book, results, about, words)
    _method(book, results, rubric, about, words)


def _scorecard(book: Any, name: str, rubric: view.Rubric, subjects: list[view.Subject], about: str, words: Translation) -> None:
    columns = (
        Column(N_("Document") if name == "Scorecard" else N_("Country"), 28),
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
        Column("Decided by reviewers", 36),
    )
    sheet = Sheet(book, name, columns, about=about, words=words, keep=3)
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
                    words.gettext(view.STATUS_WORDS[finding.status]),
                    finding.score,
                    _remarks(finding, words),
                    _elements(found, criterion, named=subject.document is None),
                    _elements(view.missing(finding, criterion), criterion),
                    best.quote if best else "",
                    best.place if best else "",
                    _pages(best) if best else "",
                    best.document if best else "",
                    _decided(finding, words),
                ],
                # Beside empty cells a reason runs on in one line, and rows without a judgement stay low.
                looks={6: "short"} if finding.score is None else None,
            )
    sheet.finish(status=4)


def _evidence(book: Any, results: Results, rubric: view.Rubric, about: str, words: Translation) -> None:
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
    sheet = Sheet(book, "Evidence", columns, about=about, words=words)
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
                    words.gettext(view.FORCE_WORDS[evidence.force]),
                    "; ".join(view.to_check(evidence, words)),
                ]
            )
    sheet.finish()


def _gaps(book: Any, rubric: view.Rubric, subjects: list[view.Subject], about: str, words: Translation) -> None:
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
    sheet = Sheet(book, "Gaps", columns, about=about, words=words)
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
                words.gettext("country") if named else words.gettext("document"),
                subject.label,
                words.gettext(view.STATUS_WORDS[finding.status]),
                finding.score,
                _elements(view.missing(finding, criterion), criterion),
                criterion.requirement,
                criterion.advice,
                "\n\n".join(
                    f"({', '.join(names)}) {_place(evidence, words, named=named)}: {evidence.quote}"
                    for evidence, names in view.nearest(finding)[:3]
                ),
            ]
        )
    sheet.finish(status=5)


def _contradictions(book: Any, results: Results, rubric: view.Rubric, about: str, words: Translation) -> None:
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
    sheet = Sheet(book, "Contradictions", columns, about=about, words=words)
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
                        words.gettext(view.FORCE_WORDS[evidence.force]),
                        "; ".join(view.to_check(evidence, words)),
                        criterion.advice,
                    ]
                )
    sheet.finish()


def _documents(book: Any, results: Results, about: str, words: Translation) -> None:
    columns = (
        Column("Document", 36),
        Column("Result", 12),
        Column("Warnings, or why it failed", 60),
        Column("Title", 40),
        Column("Country", 18),
        Column("Kind", 18),
        Column("Language", 14),
        Column("Year", 8, "year"),
        Column("Status of the document", 14),
        Column("Guessed", 20),
        Column("What is known of it, and where from", 60),
        Column("Format", 10),
        Column("Pages", 8, "number"),
        Column("Pages not read", 12, "text"),
        Column("Read from a scan", 20, "text"),
        Column("Legibility", 10, "score"),
        Column("Provisions", 11, "number"),
        Column("Characters", 12, "number"),
        Column("SHA-256 of the file", 68, "short"),
    )
    sheet = Sheet(book, "Documents", columns, about=about, words=words)
    for failure in results.failures:
        result = words.gettext("not assessed")
        sheet.row([failure.name, result, failure.message, *[""] * 4, None, *[""] * 4, None, "", "", None, None, None, ""])
    for document in results.documents:
        sheet.row(_facts(document, words))
    sheet.finish()


def _facts(document: Document, words: Translation) -> list[Any]:
    return [
        document.name,
        words.gettext("assessed"),
        "\n".join(document.warnings),
        document.title,
        words.country(document.country or ""),
        words.named(document.kind.value),
        words.language_name(document.language),
        document.year,
        words.named(document.status or ""),
        ", ".join(words.named(name) for name in document.guessed),
        "\n".join(view.fact_lines(document, words)),
        document.format,
        len(document.pages) or None,
        ", ".join(str(page.number) for page in document.pages if not page.has_text),
        view.scans(document, words),
        document.legibility,
        len(document.provisions),
        len(document.text),
        document.sha256,
    ]


def _method(book: Any, results: Results, rubric: view.Rubric, about: str, words: Translation) -> None:
    columns = (Column("Subject", 34, "strong"), Column("What holds", 120))
    sheet = Sheet(book, "Method", columns, about=about, words=words)
    run = results.run
    rows = [
        (
            words.gettext("Rubric"),
            words.gettext("%(rubric)s, version %(version)s", rubric=f"{rubric.title} ({run.rubric})", version=run.rubric_version),
        ),
        (words.gettext("SHA-256 of the rubric"), run.rubric_sha256),
        (words.gettext("Date of the audit"), run.as_of or words.gettext("not asked")),
        (words.gettext("Sections assessed"), ", ".join(run.sections) or words.gettext("all")),
        ("policyaudit", run.package_version),
        *((name, version) for name, version in sorted(run.libraries.items())),
        *(
            (
                words.gettext("Status: %(status)s", status=words.gettext(view.STATUS_WORDS[status])),
                words.gettext(view.STATUS_MEANINGS[status]),
            )
            for status in Status
        ),
        *((words.gettext("Limit %(number)s", number=number), words.gettext(text)) for number, text in enumerate(view.LIMITS, 1)),
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


def _remarks(finding: Finding, words: Translation) -> str:
    """The reason of a status, and what is left to the reviewer."""
    asked = [
        words.gettext("For the reviewer: %(question)s", question=f"{element.id}) {element.question}")
        for element in view.questions(finding)
    ]
    best = view.best(finding)
    if best and best.recognised is not None:
        sure = words.figure(best.recognised)
        asked.append(words.gettext("The quotation was read from a scan, confidence %(figure)s.", figure=sure))
    return "\n".join([finding.reason, *asked] if finding.reason else asked)


def _decided(finding: Finding, words: Translation) -> str:
    """Who decided what on the criterion, a decision a line; and what it was before, where they changed it."""
    parts: tuple[ElementFinding | Contradiction, ...] = (*finding.elements, *finding.contradictions, *finding.refused)
    lines = []
    for part in parts:
        if part.decided:
            lines.append(f"{part.id}) {decided.brief((part.decided,), words)}")
        if part.disputed:
            lines.append(f"{part.id}) {words.gettext('reviewers disagree')}: {decided.brief(part.disputed, words)}")
    if finding.machine_status is not None and finding.machine_status is not finding.status:
        before = words.gettext(view.STATUS_WORDS[finding.machine_status])
        lines.append(words.gettext("The machine proposed: %(status)s.", status=before))
    return "\n".join(dict.fromkeys(lines))


def _pages(evidence: Evidence) -> int | str:
    """A single page as a number, so that it sorts and Excel does not complain of numbers kept as text."""
    pages = view.pages(evidence)
    return int(pages) if pages.isdecimal() else pages


def _place(evidence: Evidence, words: Translation, *, named: bool) -> str:
    page = view.pages(evidence)
    parts = [evidence.document if named else "", evidence.place, words.gettext("p. %(page)s", page=page) if page else ""]
    return ", ".join(part for part in parts if part)
