"""One page that shows a person how a document was read: its facts, its provisions, the kind of each stretch of text.

Nothing in it runs, and it asks nothing of a network. What a document says is escaped by ``report/web.py``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policyaudit import __version__
from policyaudit.model import Document, Page, Provision, TextKind
from policyaudit.report import view, web
from policyaudit.report.sentences import said
from policyaudit.report.tables import Placed, placed
from policyaudit.report.translation import ENGLISH, N_, Translation
from policyaudit.report.view import readable

FORM = "html"
ENDING = ".html"

_DEEPEST = 8  # levels of indent that a page has room for

MEANINGS = {
    TextKind.OPERATIVE: N_("binds or commits somebody; findings stand on it"),
    TextKind.DEFINITION: N_("says what a word means; findings may stand on it"),
    TextKind.ANNEX: N_("an annex or schedule; findings may stand on it"),
    TextKind.TITLE: N_("the title and what stands around it"),
    TextKind.CONTENTS: N_("a table of contents"),
    TextKind.PREAMBLE: N_("recitals, foreword, statement of reasons"),
    TextKind.BACKGROUND: N_("describes a situation or the past"),
    TextKind.HEADING: N_("a heading that stands alone"),
    TextKind.NOTE: N_("a footnote or a note of change"),
    TextKind.QUOTED: N_("text of another instrument"),
    TextKind.INSERTED: N_("text that this act puts into another act"),
    TextKind.REPEALED: N_("no longer in force"),
    TextKind.FURNITURE: N_("running heads and feet, page numbers; folded"),
}
NAMES = (
    *(N_("operative"), N_("definition"), N_("annex"), N_("title"), N_("contents"), N_("preamble"), N_("background")),
    *(N_("heading"), N_("note"), N_("quoted"), N_("inserted"), N_("repealed"), N_("furniture")),
)
"""What the kinds of text are called, for the catalogues."""


@dataclass(frozen=True, slots=True)
class Said:
    """A fact as the page shows it. ``anchor`` leads to the provision in which it was read, "" where it was not."""

    name: str
    value: str
    origin: str
    manner: str
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing after the other: a page that begins, a provision, a table, or what was left folded."""

    sort: str  # page, provision, table, folded
    anchor: str = ""
    place: str = ""
    page: str = ""
    kind: TextKind = TextKind.OPERATIVE
    unit: str = ""
    depth: int = 0
    language: str = ""
    label: str = ""
    heading: str = ""
    body: str = ""
    note: str = ""  # of a page: how it was read
    poor: bool = False
    rows: tuple[tuple[tuple[Placed, str], ...], ...] = ()  # the cells of a table, each with its text
    lines: tuple[str, ...] = ()


def written(document: Document, words: Translation = ENGLISH) -> bytes:
    """The page in UTF-8; what the document says stays in its own language."""
    style, style_hash = web.ours("reading.css")
    counted = Counter(provision.kind for provision in document.provisions)
    page = web.template("reading.html.j2", words).render(
        document=document,
        title=readable(document.title or document.name),
        warnings=[readable(said(warning, words)) for warning in document.warnings],
        facts=_facts(document, words),
        kinds=[(kind, words.gettext(MEANINGS[kind]), counted[kind]) for kind in MEANINGS if counted[kind]],
        entries=list(_entries(document, words)),
        generator="policyaudit " + __version__,
        style=style,
        style_hash=style_hash,
    )
    return page.encode("utf-8", errors="replace")


def _facts(document: Document, words: Translation) -> list[Said]:
    starts = [provision.start for provision in document.provisions]
    shown = []
    for fact in document.facts:
        at = -1 if fact.start is None else bisect_right(starts, fact.start) - 1
        shown.append(
            Said(
                words.named(fact.name),
                view.fact_value(fact, words),
                fact.origin,
                *view.origin(fact, document, words).partition(": ")[::2],
                anchor=f"p-{at}" if at >= 0 else "",
            )
        )
    return shown


def _entries(document: Document, words: Translation) -> Iterator[Entry]:
    """The provisions in order of the text, rows gathered in tables and furniture in folds, with the pages between them."""
    pages = iter(document.pages)
    following = next(pages, None)
    gathered: list[Provision] = []
    for provision in document.provisions:
        sort = _sort(provision)
        if gathered and (sort == "provision" or sort != _sort(gathered[0])):
            yield _gathered(document, gathered, words)
            gathered = []
        while following is not None and following.start <= provision.start:
            if gathered and following.has_text:
                yield _gathered(document, gathered, words)
                gathered = []
            yield _page(following, words)
            following = next(pages, None)
        if sort == "provision":
            yield _provision(document, provision)
        else:
            gathered.append(provision)
    if gathered:
        yield _gathered(document, gathered, words)
    while following is not None:
        yield _page(following, words)
        following = next(pages, None)


def _sort(provision: Provision) -> str:
    if provision.kind is TextKind.FURNITURE:
        return "folded"
    return "table" if provision.unit == "row" else "provision"


def _page(page: Page, words: Translation) -> Entry:
    notes = []
    if not page.has_text:
        notes.append(words.gettext("no text was read on this page"))
    if page.recognised is not None:
        sure = words.percent(page.recognised)
        notes.append(words.gettext("a scan, read by text recognition, confidence %(share)s", share=sure))
    if page.legibility is not None:
        notes.append(words.gettext("legibility %(share)s", share=words.percent(page.legibility)))
    return Entry("page", anchor=f"page-{page.number}", page=str(page.number), note="; ".join(notes), poor=not page.has_text)


def _provision(document: Document, provision: Provision) -> Entry:
    head = document.text[provision.start : provision.body]
    label = provision.label if head.startswith(provision.label) else ""
    return Entry(
        "provision",
        anchor=f"p-{provision.index}",
        place=readable(provision.path),
        page=str(_page_number(document, provision.start) or ""),
        kind=provision.kind,
        unit=provision.unit,
        depth=min(provision.level, _DEEPEST),
        language=provision.language,
        label=readable(label),
        heading=readable(head[len(label) :]).strip(),
        body=readable(document.text[provision.body : provision.end]).strip(),
    )


def _gathered(document: Document, several: Sequence[Provision], words: Translation) -> Entry:
    first, last = several[0], several[-1]
    if first.kind is TextKind.FURNITURE:
        lines = tuple(readable(document.text[one.start : one.end]) for one in several)
        return Entry("folded", anchor=f"p-{first.index}", kind=TextKind.FURNITURE, lines=lines)
    place = readable(first.path)
    if first is not last:
        place = f"{place.rpartition(', ')[0] or place}, {words.ngettext('%(num)s row', '%(num)s rows', len(several))}"
    kind = next((one.kind for one in several if one.kind is not TextKind.HEADING), first.kind)
    return Entry(
        "table",
        anchor=f"p-{first.index}",
        place=place,
        page=str(_page_number(document, first.start) or ""),
        kind=kind,
        unit="table",
        depth=min(first.level, _DEEPEST),
        rows=tuple(tuple((cell, readable(document.text[cell.start : cell.end])) for cell in row) for row in placed(several)),
    )


def _page_number(document: Document, at: int) -> int | None:
    if not document.pages:
        return None
    return document.pages[max(bisect_right([page.start for page in document.pages], at) - 1, 0)].number
