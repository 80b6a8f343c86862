"""comparison.xlsx: countries by sections and by criteria, the coverage beside every score, the ranking of each section."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from policyaudit.comparison import Comparison, Place
from policyaudit.report import view
from policyaudit.report.beside import lacking, lies_in, named
from policyaudit.report.formats.xlsx import bound
from policyaudit.report.formats.xlsx.sheet import Column, Sheet
from policyaudit.report.translation import ENGLISH, N_, Translation


def write(comparison: Comparison, path: Path, words: Translation = ENGLISH) -> None:
    """Write the workbook; the same comparison gives the same bytes."""
    number = sum(not place.jurisdiction for place in comparison.places)
    title = words.ngettext("Comparison of %(num)s country", "Comparison of %(num)s countries", number)
    book = bound.new(title, comparison.package_version)
    version = words.gettext("%(rubric)s, version %(version)s", rubric=comparison.rubric, version=comparison.version)
    about = f"{title} · {version}"
    rule = words.gettext(
        "A country is ranked in a section where at least %(share)s of all its criteria were judged; sections are never added up. "
        "An empty grey cell was not judged and says nothing about a country.",
        share=words.percent(comparison.threshold),
    )
    banner = (about, rule, *comparison.notes)
    _by_section(
        book,
        comparison,
        about,
        (*banner, words.gettext("Countries ranked in no section stand below the others, with what is missing.")),
        words,
    )
    _ranking(book, comparison, about, banner, words)
    _by_criterion(book, comparison, about, banner, words)
    _quotations(book, comparison, about, words)
    _weaker(book, comparison, about, words)
    _versions(book, comparison, about, words)
    _criteria(book, comparison, about, words)
    bound.save(book, path)


def _groups(comparison: Comparison) -> Iterator[tuple[str, list[Place]]]:
    """The places with how they stand: those ranked somewhere, those nowhere, those below a country."""
    countries = [place for place in comparison.places if not place.jurisdiction]
    yield N_("ranked"), [place for place in countries if place.ranked]
    yield N_("not ranked"), [place for place in countries if not place.ranked]
    yield N_("below a country: not ranked"), [place for place in comparison.places if place.jurisdiction]


def _by_section(book: Any, comparison: Comparison, about: str, banner: tuple[str, ...], words: Translation) -> None:
    columns = [Column("Country", 30), Column("Region", 22), Column("Standing", 13), Column("Documents", 11, "number")]
    columns += [Column("Files not read", 9, "number"), Column("Coverage: judged of all criteria", 11, "score")]
    for section in comparison.sections:
        columns += [
            Column(words.gettext("%(section)s score", section=section), 8, "score"),
            Column(words.gettext("%(section)s coverage", section=section), 9, "score"),
        ]
    columns.append(Column("What is missing", 90))
    sheet = Sheet(book, "Countries by sections", tuple(columns), about=about, words=words, banner=banner, keep=1)
    for standing, places in _groups(comparison):
        for place in places:
            row: list[Any] = [
                named(place, words),
                lies_in(place, words)[1],
                words.gettext(standing),
                place.documents,
                place.unread,
            ]
            row.append(place.judged / place.of if place.of else None)
            for section in comparison.sections:
                row += [place.sections[section].score, place.sections[section].coverage]
            sheet.row([*row, "; ".join(lacking(one, words) for one in place.missing)])
    sheet.finish()


def _ranking(book: Any, comparison: Comparison, about: str, banner: tuple[str, ...], words: Translation) -> None:
    columns = (
        Column("Section", 9),
        Column("Section title", 40),
        Column("Rank", 12, "middle"),
        Column("Country", 30),
        Column("Score", 9, "score"),
        Column("Criteria judged", 10, "number"),
        Column("Of all", 8, "number"),
        Column("Coverage", 10, "score"),
    )
    sheet = Sheet(book, "Ranking by section", columns, about=about, words=words, banner=banner, keep=4)
    for section, title in comparison.sections.items():
        ranked, others = comparison.order(section)
        for place in (*ranked, *others):
            one = place.sections[section]
            sheet.row(
                [
                    section,
                    title,
                    one.rank or words.gettext("not ranked"),
                    named(place, words),
                    one.score,
                    one.judged,
                    one.of,
                    one.coverage,
                ],
            )
    sheet.finish()


def _by_criterion(book: Any, comparison: Comparison, about: str, banner: tuple[str, ...], words: Translation) -> None:
    columns = [Column("Country", 30), Column("Standing", 13), Column("Coverage: judged of all criteria", 11, "score")]
    columns += [Column(criterion.id, 8, "score") for criterion in comparison.criteria]
    sheet = Sheet(book, "Countries by criteria", tuple(columns), about=about, words=words, banner=banner, keep=1)
    for standing, places in _groups(comparison):
        for place in places:
            scores = [place.results[criterion.id].score for criterion in comparison.criteria]
            sheet.row([named(place, words), words.gettext(standing), place.judged / place.of if place.of else None, *scores])
    sheet.finish()


def _quotations(book: Any, comparison: Comparison, about: str, words: Translation) -> None:
    columns = (
        Column("Country", 26),
        Column("Criterion", 10, "short"),
        Column("Title", 36),
        Column("Status", 20),
        Column("Score", 8, "score"),
        Column("Elements found", 10, "number"),
        Column("Of", 6, "number"),
        Column("Quotation", 80),
        Column("Place", 24),
        Column("Page", 7, "number"),
        Column("Instrument", 40),
        Column("Weaker texts", 9, "number"),
        Column("Document", 40),
    )
    sheet = Sheet(book, "Quotations", columns, about=about, words=words, keep=2)
    for place in comparison.places:
        for criterion in comparison.criteria:
            one = place.results[criterion.id]
            if one.evidence is None:
                continue
            said = words.gettext(view.STATUS_WORDS[one.status])
            row = [named(place, words), criterion.id, criterion.title, said, one.score, one.found, one.elements]
            first = one.evidence
            sheet.row([*row, first.quote, first.place, first.page, one.instrument, len(one.weaker) or None, first.document])
    sheet.finish(status=3)


def _weaker(book: Any, comparison: Comparison, about: str, words: Translation) -> None:
    """Duties that one text of a country states in full and a lower or later one weakens; left out where there are none."""
    how = {"weaker": words.gettext("weaker"), "contradicted": words.gettext("contradicted")}
    rows = [
        [named(place, words), criterion.id, criterion.title, pair.part, how[pair.how]]
        + [value for one in (pair.stronger, pair.weaker) for value in (one.quote, one.place, one.document)]
        for place in comparison.places
        for criterion in comparison.criteria
        for pair in place.results[criterion.id].weaker
    ]
    columns = [Column("Country", 26), Column("Criterion", 10, "short"), Column("Title", 34), Column("Part", 6), Column("How", 13)]
    for which in (N_("Stronger text"), N_("Weaker text")):
        columns += [Column(which, 60), Column("Place", 20), Column("Document", 34)]
    if rows:
        sheet = Sheet(book, "Weaker texts", tuple(columns), about=about, words=words, keep=2)
        for row in rows:
            sheet.row(row)
        sheet.finish()


def _versions(book: Any, comparison: Comparison, about: str, words: Translation) -> None:
    """The history of every instrument with several versions, by section; left out where there are none."""
    columns = [Column("Country", 26), Column("Instrument", 20), Column("Document", 40), Column("In force from", 12, "short")]
    columns += [Column("Status of the document", 12), Column("Counts for the country", 10), Column("Why not", 40)]
    columns += [Column(words.gettext("%(section)s score", section=section), 8, "score") for section in comparison.sections]
    several = [(place, version) for place in comparison.places for version in place.versions]
    if several:
        sheet = Sheet(book, "Versions", tuple(columns), about=about, words=words, keep=2)
        for place, one in several:
            scores = {section.section: section.score for section in one.sections}
            row = [
                named(place, words),
                one.instrument,
                one.document,
                one.since or "",
                words.named(one.status) if one.status else "",
                words.gettext("yes") if one.counted else words.gettext("no"),
            ]
            sheet.row([*row, one.reason, *(scores.get(section) for section in comparison.sections)])
        sheet.finish()


def _criteria(book: Any, comparison: Comparison, about: str, words: Translation) -> None:
    columns = (
        Column("Criterion", 11),
        Column("Title", 60),
        Column("Section", 50),
        Column("Kinds of document that can carry it", 50),
        Column("Countries judged", 11, "number"),
        Column("Mean score of these", 11, "score"),
    )
    sheet = Sheet(book, "Criteria", columns, about=about, words=words, keep=1)
    for criterion in comparison.criteria:
        of_countries = (place.results[criterion.id].score for place in comparison.places if not place.jurisdiction)
        scores = [score for score in of_countries if score is not None]
        mean = sum(scores) / len(scores) if scores else None
        kinds = ", ".join(words.named(kind) for kind in criterion.kinds)
        section = f"{criterion.section} {comparison.sections[criterion.section]}"
        sheet.row([criterion.id, criterion.title, section, kinds, len(scores), mean])
    sheet.finish()
