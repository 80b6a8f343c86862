"""The sheet Review: a row an element, the machine's columns protected, the reviewer's open; and the sheet that explains it.

What a row is about stands in a hidden last column, so that rows can be sorted, filtered and deleted, columns moved or added
and heads translated, and ``returned.py`` still finds its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policyaudit.agreement import Disagreement
from policyaudit.looking import ToReview, Why
from policyaudit.model import Document, Evidence, Finding, Results, Review
from policyaudit.report import decided, view
from policyaudit.report.formats.xlsx import bound
from policyaudit.report.formats.xlsx.sheet import Column, Sheet
from policyaudit.report.translation import N_, Translation
from policyaudit.reviews import machine_said, shown_hash, text_hash

MOST = 20_000  # rows in a scorecard: what a spreadsheet program still sorts at once, and more than anybody reads
SHEET, GUIDE = N_("Review"), N_("How to review")
KEY = "policyaudit-key"  # head of the hidden column, the same in every language

WHY_WORDS: Mapping[Why, str] = {
    Why.DISPUTED: N_("reviewers disagree"),
    Why.AGAIN: N_("decided before; the text, the rubric or the finding has changed since"),
    Why.CONTRADICTION: N_("contradiction"),
    Why.DOUBTFUL: N_("doubtful passage"),
    Why.SCAN: N_("read from a scan, not surely: compare with the page"),
    Why.ABSENT: N_("absent, in a core criterion"),
    Why.QUESTION: N_("no text can show it"),
    Why.SAMPLE: N_("random tenth, as a check on the machine"),
}

# The heads by which a returned workbook is understood; see returned.py.
DOCUMENT, CRITERION, ELEMENT = N_("Document"), N_("Criterion"), N_("Element")
DECIDED, REASON, QUOTED, PLACE = N_("Your decision"), N_("Your reason"), N_("Your quotation"), N_("Its place (article)")
COLUMNS = (
    Column(DOCUMENT, 22),
    Column("Section", 8, "middle"),
    Column(CRITERION, 10, "short"),
    Column(ELEMENT, 9, "middle"),
    Column("What is asked", 40),
    Column("Why it is here, what to check", 26),
    Column("Finding of the machine", 18),
    Column("Best quotation, or nearest passage", 58),
    Column("Place (article)", 14),
    Column("Page", 7, "middle"),
    Column("Decided so far", 22),
    Column(DECIDED, 16, "entry"),
    Column(REASON, 28, "entry"),
    Column(QUOTED, 44, "entry"),
    Column(PLACE, 15, "entry"),
    Column(KEY, 12, "hidden"),
)
_CHOICE = 11


@dataclass(frozen=True, slots=True)
class _Subject:
    """What the rows of one document share."""

    label: str
    document: Document
    hash: str
    findings: Mapping[str, Finding]


def write(results: Results, chosen: Sequence[ToReview], path: Path, words: Translation) -> None:
    """A workbook of the chosen rows alone, with the sheet that explains."""
    rubric = view.rubric(results)
    title = words.gettext("For review: %(title)s", title=rubric.title)
    book = bound.new(title, results.run.package_version)
    fill(book, results, rubric, chosen, title, words)
    bound.save(book, path)


def fill(book: Any, results: Results, rubric: view.Rubric, chosen: Sequence[ToReview], about: str, words: Translation) -> None:
    """The two sheets. Where there are more than MOST rows, the sheet that explains alone, which says what to do instead."""
    if len(chosen) <= MOST:
        _rows(book, results, rubric, chosen, about, words)
    guide(book, about, words, too_many=len(chosen) if len(chosen) > MOST else 0)
    criteria(book, rubric, chosen, about, words)


def criteria(book: Any, rubric: view.Rubric, chosen: Iterable[ToReview | Disagreement], about: str, words: Translation) -> None:
    """The sheet that says in full what the criteria of the rows ask."""
    columns = (
        Column("Section", 9, "middle"),
        Column(CRITERION, 10, "short"),
        Column("Title", 30),
        Column("What the criterion asks", 60),
        Column("Elements", 50),
        Column("Stated against it", 40),
        Column("Why it matters", 50),
        Column("Sources", 64),
    )
    sheet = Sheet(book, N_("Criteria"), columns, about=about, words=words, keep=2)
    named = {one.criterion for one in chosen}
    for identifier, one in rubric.criteria.items():
        if identifier in named:
            elements, opposites = (_listed(part) for part in (one.elements, one.contradicted_by))
            texts = (one.title, one.requirement, elements, opposites, one.why, "\n".join(one.sources))
            sheet.row((one.section, identifier, *texts))
    sheet.finish()


def key(one: ToReview | Disagreement, state: str, quotation: str, text: str) -> str:
    """What the hidden column holds: criterion, element, hashes of what is shown and of the text, document."""
    return "|".join((one.criterion, one.element, shown_hash(state, quotation), text[:10], one.document))


def _rows(book: Any, results: Results, rubric: view.Rubric, chosen: Sequence[ToReview], about: str, words: Translation) -> None:
    sheet = Sheet(book, SHEET, COLUMNS, about=about, words=words, keep=4)
    so_far: dict[tuple[str, str, str], list[Review]] = {}
    for review in (*results.reopened, *results.reviews):
        so_far.setdefault(review.key, []).append(review)
    subjects: dict[str, _Subject] = {}
    cards = {card.name: card for card in results.machine or results.cards}
    documents = {document.name: document for document in results.documents}
    for one in chosen:
        if one.document not in subjects:
            document = documents[one.document]
            findings = {finding.criterion: finding for finding in cards[one.document].findings}
            subjects[one.document] = _Subject(view.readable(one.document), document, text_hash(document.text), findings)
        subject = subjects[one.document]
        finding = subject.findings[one.criterion]
        criterion = rubric.criterion(one.criterion)
        state, evidence = machine_said(finding, one.element)
        shown = shown_passage(finding, one.element, evidence)
        near = shown is not None and not evidence
        sheet.row(
            [
                subject.label,
                criterion.section,
                one.criterion,
                one.element,
                asked(finding, criterion, one.element, words),
                _to_check(one, evidence, words),
                finding_said(state, near, words),
                shown.quote if shown else "",
                shown.place if shown else "",
                page(shown) if shown else "",
                decided.brief(so_far.get(one.key, ()), words),
                *("", "", "", ""),
                key(one, state, evidence[0].quote if evidence else "", subject.hash),
            ],
            looks={7: "near", 8: "near", 9: "near middle"} if near else None,
        )
    sheet.finish()
    for_decisions(sheet, _CHOICE, words)


def for_decisions(sheet: Sheet, column: int, words: Translation) -> None:
    """Let decisions be chosen in a column (from 0), and protect what is not the reviewer's."""
    sheet.for_entries(
        column,
        (words.gettext(word) for word in decided.DECISION_WORDS.values()),
        fault=words.gettext("Choose one of the list."),
    )


def shown_passage(finding: Finding, name: str, evidence: tuple[Evidence, ...]) -> Evidence | None:
    """The passage of a row: the best of the machine's, else the nearest that it considered."""
    nearest = next((element.nearest for element in finding.elements if element.id == name), ())
    return next(iter((*evidence, *nearest)), None)


def finding_said(state: str, near: bool, words: Translation) -> str:
    """What the machine says, and whether only a near passage stands beside it."""
    said = words.gettext(decided.MACHINE_WORDS[state])
    beside = words.gettext("(nearest beside)")
    return f"{said}\n{beside}" if near else said


def asked(finding: Finding, criterion: view.Criterion, name: str, words: Translation) -> str:
    """What a row asks: the title of its criterion, and the text of its element, question or opposite."""
    question = next((element.question for element in finding.elements if element.id == name), "")
    said = question or criterion.element(name)
    if name.startswith("x"):
        said = words.gettext("stated against it: %(text)s", text=said)
    return f"{criterion.title}\n{name}) {said}"


def _to_check(one: ToReview, evidence: tuple[Evidence, ...], words: Translation) -> str:
    why = [words.gettext(WHY_WORDS[reason]) for reason in one.why]
    return "\n".join((*why, *(view.to_check(evidence[0], words) if evidence else ())))


def _listed(texts: Mapping[str, str] | None) -> str:
    return "\n".join(f"{name}) {text}" for name, text in (texts or {}).items())


def page(evidence: Evidence) -> int | str:
    """The page of a passage, as a number where it is one."""
    pages = view.pages(evidence)
    return int(pages) if pages.isdecimal() else pages


def guide(book: Any, about: str, words: Translation, *, too_many: int = 0, first: Iterable[tuple[str, str]] = ()) -> None:
    """The sheet that explains. ``first``: what else it says, before the rest."""
    columns = (Column("Subject", 26, "strong"), Column("What to do", 110))
    sheet = Sheet(book, GUIDE, columns, about=about, words=words)
    if too_many:
        sheet.row((
            words.gettext(SHEET),
            words.gettext(
                "This run has %(rows)s elements to decide on, too many for one sheet. Make a workbook of what needs a look: "
                "policyaudit review export RUN --out FILE.xlsx, for one country, document or section if need be.",
                rows=words.number(too_many),
            ),
        ))  # fmt: skip
    for subject, text in (*first, *GUIDANCE):
        sheet.row((words.gettext(subject), words.gettext(text)))
    sheet.finish()


GUIDANCE: tuple[tuple[str, str], ...] = (
    (
        N_("What a row is"),
        N_(
            "One element of a criterion in one document, or a statement against it that the machine claims to have found, with "
            "the machine's finding and the passage it stands on. Where nothing was found, the nearest passage stands there in "
            "italics. The sheet “Criteria” says in full what is asked. A machine proposes, a person decides: the light columns "
            "at the right are yours."
        ),
    ),
    (DECIDED, N_("Choose from the list. A row without a decision is none: the machine's proposal stays a proposal.")),
    (N_("agree"), N_("The machine is right, whether it says found, not found or contradicted.")),
    (
        N_("found"),
        N_(
            "The document has it. Copy the passage that says so into “Your quotation”. Without a quotation say in “Your reason” "
            "why there is none, for example that it stands in a picture or in a table that was not read."
        ),
    ),
    (
        N_("not found"),
        N_("The document does not have it: the passage says something else, or does not bind. Say in “Your reason” why."),
    ),
    (N_("not applicable"), N_("It cannot be asked of this document. The element then counts neither way. Say why.")),
    (N_("contradicted"), N_("The text says the opposite. Copy the passage that does: without it the decision is not taken.")),
    (
        QUOTED,
        N_(
            "Copied from the document, word for word. Spaces, line ends, hyphens and quotation marks may differ. A quotation "
            "that is not in the document as read is not taken; you are told the nearest that is."
        ),
    ),
    (PLACE, N_("Only needed where the same words stand in several articles; as in the column “Place (article)”.")),
    (
        N_("Sorting and filtering"),
        N_(
            "Filter, widen columns, delete rows, add columns of your own, save it in another program: it is understood all the "
            "same by its hidden last column. The sheet is protected, without a password, so that what the machine says is not "
            "changed by mistake. Most programs sort a protected sheet, and delete its rows, only after “Unprotect sheet”."
        ),
    ),
    (
        N_("Sending it back"),
        N_(
            "policyaudit review import FILE.xlsx RUN --reviewer INITIALS. What cannot be placed is listed, with the reason, and "
            "kept in a file beside the workbook. The reports made from then on show who decided what."
        ),
    ),
)
