"""gap-report.docx: the gap report as a Word document, for those who go on writing in it.

Headings are Word's own styles, so that its navigation and its table of contents work; the contents are filled by Word when it
opens the file and asks, as only Word knows the pages. The same results give the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document as new_document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from policyaudit.model import Contradiction, ElementFinding, Evidence, Finding, Results, Status
from policyaudit.report import decided, view
from policyaudit.report.translation import ENGLISH, Translation

FORMAT = "docx"
FILENAME = "gap-report.docx"

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the only time that a packed file may have, so that the same results give the same bytes
_SHOWN = 2  # quotations of an element that are printed


def write(results: Results, path: Path, words: Translation = ENGLISH) -> None:
    """Write the report; countries first, then documents, each by section, gaps before what was found."""
    book = new_document()
    rubric = view.rubric(results)
    _styles(book)
    properties = book.core_properties
    properties.title = words.gettext("Gap report: %(title)s", title=rubric.title)
    properties.author, properties.comments, properties.language = "policyaudit", "", words.language
    properties.created = properties.modified = datetime(*_EPOCH[:3])
    _front(book, results, rubric, words)
    for subject in view.subjects(results, words):
        _subject(book, subject, results, rubric, words)
    book.add_heading(words.gettext("Method and limits"), 1)
    for limit in view.LIMITS:
        book.add_paragraph(words.gettext(limit), style="List Bullet")
    packed = io.BytesIO()
    book.save(packed)
    path.write_bytes(_timeless(packed.getvalue()))


def _styles(book: Any) -> None:
    quote = book.styles.add_style("Quotation", WD_STYLE_TYPE.PARAGRAPH)
    quote.base_style = book.styles["Normal"]
    quote.font.italic = True
    quote.paragraph_format.left_indent = Pt(18)
    who = book.styles.add_style("Decided", WD_STYLE_TYPE.PARAGRAPH)
    who.base_style = book.styles["Normal"]
    who.font.color.rgb = RGBColor(0x0B, 0x4F, 0x85)
    who.paragraph_format.left_indent = Pt(18)
    place = book.styles.add_style("Place", WD_STYLE_TYPE.PARAGRAPH)
    place.base_style = book.styles["Normal"]
    place.font.size, place.font.color.rgb = Pt(9), RGBColor(0x44, 0x44, 0x44)
    place.paragraph_format.left_indent = Pt(18)


def _front(book: Any, results: Results, rubric: view.Rubric, words: Translation) -> None:
    book.add_heading(words.gettext("Gap report"), 0)
    book.add_paragraph(
        words.gettext("Read against: %(rubric)s, version %(version)s", rubric=rubric.title, version=rubric.version)
    )
    book.add_paragraph(
        words.gettext(
            "A machine proposes, a person decides. Each finding stands on a quotation to be checked; each gap means “not found "
            "in the documents read”."
        )
    )
    review = decided.reviewed(results, words)
    book.add_paragraph(review.said[0])
    _contents(book, words)
    book.add_heading(words.gettext("What was audited"), 1)
    heads = (
        words.gettext("Document"),
        words.gettext("Country"),
        words.gettext("Kind"),
        words.gettext("Language"),
        words.gettext("Status of the document"),
        words.gettext("Pages"),
    )
    table = _table(book, dict(zip(heads, (6.4, 2.4, 2.2, 1.9, 1.9, 1.4), strict=True)))
    for document in results.documents:
        cells = (
            document.title or document.name,
            words.country(document.country) if document.country else "",
            words.named(document.kind.value),
            words.language_name(document.language),
            words.named(document.status or ""),
            str(len(document.pages) or ""),
        )
        _row(table, cells)
    for failure in results.failures:
        book.add_paragraph(
            view.readable(f"{words.gettext('not assessed').capitalize()}: {failure.name}: {failure.message}"), style="List Bullet"
        )
    for document in results.documents:
        for warning in document.warnings:
            book.add_paragraph(view.readable(f"{document.name}: {warning}"), style="List Bullet")
    _review(book, review, rubric, words)


def _review(book: Any, review: decided.Reviewed, rubric: view.Rubric, words: Translation) -> None:
    book.add_heading(words.gettext("How it was reviewed"), 1)
    for line in review.said:
        book.add_paragraph(line)
    if review.rows:
        heads = (
            words.gettext("Section"),
            words.gettext("Elements judged by two or more"),
            words.gettext("Judged the same"),
            words.gettext("Alpha"),
            words.gettext("What that permits"),
        )
        table = _table(book, dict(zip(heads, (5.4, 2.8, 2.0, 1.6, 4.4), strict=True)))
        for section, *figures in review.rows:
            title = f"{section} {rubric.sections.get(section, '')}" if section else words.gettext("all")
            _row(table, (title, *figures))


def _subject(book: Any, subject: view.Subject, results: Results, rubric: view.Rubric, words: Translation) -> None:
    book.add_heading(subject.label, 1)
    heads = (words.gettext("Section"), words.gettext("Score"), words.gettext("Assessed of applicable"))
    table = _table(book, dict(zip(heads, (9.6, 2.0, 4.0), strict=True)))
    for section in subject.card.sections:
        if section.applicable:
            title = f"{section.section} {rubric.sections.get(section.section, '')}"
            assessed = words.gettext("%(some)s of %(all)s", some=section.scored, all=section.applicable)
            _row(table, (title, words.percent(section.score), assessed))
    for heading, statuses in (
        (words.gettext("Contradictions"), (Status.CONTRADICTED,)),
        (words.gettext("Gaps"), (Status.NOT_FOUND, Status.PARTLY)),
        (words.gettext("What stands"), (Status.MET,)),
    ):
        findings = rubric.ordered(subject.card.findings, *statuses)
        if findings:
            book.add_heading(f"{heading} ({len(findings)})", 2)
        for finding in findings:
            _finding(book, finding, rubric.criterion(finding.criterion), words, named=subject.document is None)
    left = rubric.ordered(subject.card.findings, Status.UNSCORED, Status.ERROR)
    if left:
        book.add_heading(f"{words.gettext('not assessed').capitalize()} ({len(left)})", 2)
    for finding in left:
        book.add_paragraph(
            f"{finding.criterion} {rubric.criterion(finding.criterion).title}: {finding.reason}", style="List Bullet"
        )
    # What a document of this kind cannot carry is not listed; what a person decided is.
    out = [one for one in rubric.ordered(subject.card.findings, Status.NOT_APPLICABLE) if one.machine_status is not None]
    if out:
        book.add_heading(f"{words.gettext('not applicable').capitalize()} ({len(out)})", 2)
    for finding in out:
        _finding(book, finding, rubric.criterion(finding.criterion), words, named=subject.document is None)


def _finding(book: Any, finding: Finding, criterion: view.Criterion, words: Translation, *, named: bool) -> None:
    """A finding; ``named``: its decisions with the documents that they are about."""

    def who(part: ElementFinding | Contradiction) -> None:
        # The passage of a contradiction is printed below, refused or not.
        said = decided.sentences(part, words, named=named, quoted=isinstance(part, ElementFinding))
        if said:
            book.add_paragraph(" ".join(said), style="Decided")

    def tell(word: str, what: ElementFinding | Contradiction) -> None:
        book.add_paragraph(f"{word}: {criterion.element(what.id)}", style="List Bullet")
        who(what)
        for evidence in what.evidence[:_SHOWN]:
            book.add_paragraph(view.readable(evidence.quote), style="Quotation")
            book.add_paragraph(_place(evidence, words), style="Place")

    book.add_heading(f"{finding.criterion} {criterion.title}", 3)
    line = book.add_paragraph()
    line.add_run(words.gettext(view.STATUS_WORDS[finding.status]).capitalize()).bold = True
    line.add_run(f", {words.percent(finding.score)}. {criterion.requirement}")
    before = decided.before(finding, words)
    if before:
        book.add_paragraph(before, style="Decided")
    for opposite in finding.contradictions:
        tell(words.gettext("States the opposite"), opposite)
    for element in finding.elements:
        if element.found:
            tell(words.gettext("Found"), element)
    for element in view.missing(finding, criterion):
        tell(words.gettext("Not found"), element)
    for opposite in finding.refused:
        tell(words.gettext("Refused by a reviewer: the machine took this for the opposite"), opposite)
    for element in finding.elements:
        if not element.counts and not element.question:
            tell(words.gettext("Decided not to apply (it counts neither way)"), element)
    for element in view.questions(finding):
        book.add_paragraph(
            words.gettext("To be answered by a person: %(question)s", question=element.question), style="List Bullet"
        )
    if finding.status in view.GAPS and criterion.advice:
        advice = book.add_paragraph()
        advice.add_run(words.gettext("What to do.") + " ").bold = True
        advice.add_run(criterion.advice)
        for evidence, _ in view.nearest(finding)[:_SHOWN]:
            book.add_paragraph(words.gettext("Nearest passage: %(place)s", place=_place(evidence, words)), style="Place")
            book.add_paragraph(view.readable(evidence.quote), style="Quotation")
        if criterion.sources:
            book.add_paragraph(words.gettext("Sources: %(sources)s", sources="; ".join(criterion.sources)), style="Place")


def _place(evidence: Evidence, words: Translation) -> str:
    page = view.pages(evidence)
    parts = (
        evidence.document,
        evidence.place,
        words.gettext("p. %(page)s", page=page) if page else "",
        *view.to_check(evidence, words),
    )
    return view.readable(", ".join(part for part in parts if part))


def _contents(book: Any, words: Translation) -> None:
    """The field from which Word makes a table of contents, and the wish that it do so when it opens the file."""
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    book.settings.element.append(update)
    run = book.add_paragraph().add_run()
    for kind, text in (
        ("begin", ""),
        ("", 'TOC \\o "1-3" \\h \\z \\u'),
        ("separate", ""),
        ("text", words.gettext("Update this field for the contents.")),
        ("end", ""),
    ):
        if kind in ("begin", "separate", "end"):
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:t" if kind else "w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = text
        run._r.append(part)


def _table(book: Any, heads: Mapping[str, float]) -> Any:
    """A table with these heads, repeated on every page, and the widths of their columns in centimetres."""
    table = book.add_table(rows=1, cols=len(heads))
    table.style = "Light Grid Accent 1"
    table.autofit = False
    for column, cell, (head, width) in zip(table.columns, table.rows[0].cells, heads.items(), strict=True):
        column.width = cell.width = Cm(width)
        cell.text = head
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def _row(table: Any, values: tuple[str, ...]) -> None:
    for cell, column, value in zip(table.add_row().cells, table.columns, values, strict=True):
        cell.width = column.width
        cell.text = view.readable(value)


def _timeless(packed: bytes) -> bytes:
    """The package with the same time on every file in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name, data in _parts(before):
            after.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _parts(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for entry in package.infolist():
        yield entry.filename, package.read(entry)
