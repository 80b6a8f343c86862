"""corpus-check.xlsx: what a corpus holds and what it lacks, a sheet for each question."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from policyaudit import __version__, codes
from policyaudit.inventory import Inventory
from policyaudit.model import DocumentKind
from policyaudit.report import view
from policyaudit.report.formats.xlsx import bound
from policyaudit.report.formats.xlsx.sheet import Column, Sheet


def write(inventory: Inventory, path: Path) -> None:
    """Write the workbook. Sheets that would be empty are left out, but for those of countries, documents and what to fetch."""
    title = f"Corpus check: {len(inventory.items)} documents"
    book = bound.new(title, __version__)
    about = f"{title} · rubric {inventory.rubric} {inventory.rubric_version}"
    _countries(book, inventory, about)
    _wanted(book, inventory, about)
    _documents(book, inventory, about)
    _criteria(book, inventory, about)
    _twice(book, inventory, about)
    _versions(book, inventory, about)
    _to_mend(book, inventory, about)
    bound.save(book, path)


def _countries(book: Any, inventory: Inventory, about: str) -> None:
    columns = (
        Column("Country", 30),
        *(Column(view.words(kind), 12, "number") for kind in DocumentKind),
        Column("Without force", 10, "number"),
        Column("Criteria that can be judged", 12, "number"),
        Column("Of", 8, "number"),
        Column("What further kinds of document would open", 60),
    )
    banner = (
        "What can be judged",
        "A criterion can be judged where a document that counts is of a kind that can carry it, in a language with terms for it.",
    )
    sheet = Sheet(book, "Countries", columns, about=about, banner=banner, keep=1)
    for one in inventory.countries:
        opens = "; ".join(f"{view.words(kind)}: {count} more" for kind, count in one.opens.items())
        counts = [one.kinds[kind] for kind in DocumentKind]
        name = codes.country_named(one.country) if one.country else "no country known"
        sheet.row([name, *counts, one.without_force, one.judged, one.of, opens])
    sheet.finish()


def _wanted(book: Any, inventory: Inventory, about: str) -> None:
    columns = (
        Column("Country", 26),
        Column("Instrument as named", 60),
        Column("Documents that point to it", 12, "number"),
        Column("Times in all", 10, "number"),
        Column("From where", 90),
    )
    banner = (
        "What to fetch next",
        "Instruments that the documents point to and that are not among them, those first that most documents point to.",
    )
    sheet = Sheet(book, "To fetch", columns, about=about, banner=banner, keep=2)
    for one in inventory.wanted:
        where = "\n".join(f"{name} ({times}): {'; '.join(places)}" for name, times, places in one.sources)
        country = codes.country_named(one.country) if one.country else ""
        sheet.row([country, one.name, len(one.sources), one.times, where])
    sheet.finish()


def _documents(book: Any, inventory: Inventory, about: str) -> None:
    columns = (
        Column("Document", 46),
        Column("Country", 10, "middle"),
        Column("Jurisdiction", 12, "middle"),
        Column("Kind", 18),
        Column("Language", 10, "middle"),
        Column("Year", 8, "year"),
        Column("Status", 14),
        Column("Title", 60),
        Column("Guessed", 22),
        Column("Pages", 8, "number"),
        Column("Pages not read", 10, "number"),
        Column("Pages by recognition", 12, "number"),
        Column("Words", 10, "number"),
        Column("Warnings", 80),
    )
    sheet = Sheet(book, "Documents", columns, about=about, keep=1)
    for item in inventory.items:
        sheet.row(
            [
                item.name,
                item.country or "",
                item.jurisdiction or "",
                view.words(item.kind),
                item.language,
                item.year,
                view.words(item.status or ""),
                item.title,
                ", ".join(item.guessed),
                item.pages or None,
                len(item.unread) or None,
                item.recognised or None,
                item.words,
                "\n".join(item.warnings),
            ]
        )
    sheet.finish()


def _criteria(book: Any, inventory: Inventory, about: str) -> None:
    if not inventory.uncarried:
        return
    columns = (
        Column("Criterion", 10, "short"),
        Column("Title", 60),
        Column("Kinds that can carry it", 40),
        Column("Countries where it cannot be judged", 14, "number"),
        Column("In none at all", 10, "middle"),
        Column("Why", 50),
    )
    why = {
        "kind": "no document of such a kind is in the corpus",
        "language": "there are such documents, but not in every country in a language with terms for it",
    }
    sheet = Sheet(book, "Criteria", columns, about=about, keep=1)
    for one in sorted(inventory.uncarried, key=lambda one: (not one.nowhere, -one.countries)):
        kinds = ", ".join(view.words(kind) for kind in one.kinds)
        sheet.row([one.criterion, one.title, kinds, one.countries, "yes" if one.nowhere else "", why[one.why]])
    sheet.finish()


def _twice(book: Any, inventory: Inventory, about: str) -> None:
    if not inventory.likenesses:
        return
    columns = (Column("Document", 60), Column("and", 60), Column("What is the same", 24), Column("Wording shared", 10, "score"))
    words = {"file": "the file", "text": "the text", "near": "most of the text"}
    sheet = Sheet(book, "Twice", columns, about=about)
    for one in inventory.likenesses:
        sheet.row([one.first, one.second, words[one.how], one.share])
    sheet.finish()


def _versions(book: Any, inventory: Inventory, about: str) -> None:
    if not inventory.versions:
        return
    columns = (
        Column("Country", 10, "middle"),
        Column("Instrument", 46),
        Column("In the manifest", 10, "middle"),
        Column("Why", 50),
        Column("Documents, the oldest first", 80),
    )
    sheet = Sheet(book, "Versions", columns, about=about)
    for one in inventory.versions:
        sheet.row([one.country or "", one.instrument, "yes" if one.stated else "proposed", one.why, "\n".join(one.names)])
    sheet.finish()


def _to_mend(book: Any, inventory: Inventory, about: str) -> None:
    """What a person should look at, one row a remark."""
    sheet = Sheet(book, "To look at", (Column("Document", 60), Column("What", 24), Column("Remark", 100)), about=about)
    for failure in inventory.failures:
        sheet.row([failure.name, "cannot be read", failure.message])
    for item in inventory.items:
        if item.unread:
            sheet.row([item.name, "pages not read", f"{len(item.unread)} of {item.pages}"])
        for said in inventory.denied.get(item.name, ()):
            sheet.row([item.name, "manifest and text differ", said])
        if item.name in inventory.outdated:
            sheet.row([item.name, "force", inventory.outdated[item.name]])
    for language, names in inventory.speechless.items():
        for name in names:
            sheet.row([name, "language without terms", codes.language_named(language)])
    for name in inventory.unlisted:
        sheet.row([name, "not in the manifest", "add it with policyaudit corpus init --add"])
    sheet.finish()
