"""The workbook in which disagreements are settled: a row an element, what each reviewer says side by side, then the columns of
a decision as on the sheet Review, so that it comes back the same way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from policyaudit.agreement import Disagreement
from policyaudit.model import Results, Review
from policyaudit.report import decided, view
from policyaudit.report.formats.xlsx import bound, review
from policyaudit.report.formats.xlsx.sheet import Column, Sheet
from policyaudit.report.translation import N_, Translation
from policyaudit.reviews import machine_said, text_hash

_SHEET = N_("To settle")
_GUIDE = (
    (
        N_("To settle"),
        N_(
            "The elements on which reviewers disagree, with what each of them says. Until they are settled the reports show what "
            "the machine found, and say that reviewers disagree. Your decision prevails over theirs, which are kept. Send the "
            "workbook back with: policyaudit review import FILE.xlsx RUN --reviewer INITIALS --final"
        ),
    ),
)
_BEFORE = (
    Column(review.DOCUMENT, 22),
    Column(review.CRITERION, 10, "short"),
    Column(review.ELEMENT, 9, "middle"),
    Column("What is asked", 40),
    Column("Finding of the machine", 13),
    Column("Best quotation, or nearest passage", 44),
    Column("Place (article)", 14),
    Column("Page", 7, "middle"),
)
_AFTER = (
    Column(review.DECIDED, 16, "entry"),
    Column(review.REASON, 28, "entry"),
    Column(review.QUOTED, 44, "entry"),
    Column(review.PLACE, 15, "entry"),
    Column(review.KEY, 12, "hidden"),
)


def write(results: Results, several: Sequence[Disagreement], path: Path, words: Translation) -> None:
    """The workbook of these disagreements."""
    rubric = view.rubric(results)
    title = words.gettext("To settle: %(title)s", title=rubric.title)
    book = bound.new(title, results.run.package_version)
    names = sorted({said.reviewer for one in several for said in one.reviews})
    beside = [Column(words.gettext("%(reviewer)s says", reviewer=view.readable(name)), 44) for name in names]
    sheet = Sheet(book, _SHEET, (*_BEFORE, *beside, *_AFTER), about=title, words=words, keep=3)
    documents = {document.name: document for document in results.documents}
    findings = {(card.name, one.criterion): one for card in results.machine or results.cards for one in card.findings}
    for one in several:
        finding, document = findings[one.document, one.criterion], documents[one.document]
        state, evidence = machine_said(finding, one.element)
        shown = review.shown_passage(finding, one.element, evidence)
        near = shown is not None and not evidence
        says = {said.reviewer: _says(said, words) for said in one.reviews}
        sheet.row(
            [
                one.document,
                one.criterion,
                one.element,
                review.asked(finding, rubric.criterion(one.criterion), one.element, words),
                review.finding_said(state, near, words),
                shown.quote if shown else "",
                shown.place if shown else "",
                review.page(shown) if shown else "",
                *(says.get(name, "") for name in names),
                *("", "", "", ""),
                review.key(one, state, evidence[0].quote if evidence else "", text_hash(document.text)),
            ],
            looks={5: "near", 6: "near", 7: "near middle"} if near else None,
        )
    sheet.finish()
    review.for_decisions(sheet, len(_BEFORE) + len(beside), words)
    review.guide(book, title, words, first=_GUIDE)
    bound.save(book, path)


def _says(said: Review, words: Translation) -> str:
    """A reviewer's decision, reason, quotation and its place, one under another."""
    quoted = f"“{said.quotation}”" if said.quotation else ""
    lines = (decided.brief((said,), words), quoted, said.place if said.quotation else "")
    return "\n".join(line for line in lines if line)
