"""corpus-check.xlsx: what a corpus holds and what it lacks, a sheet for each question."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from policyaudit import __version__
from policyaudit.inventory import Inventory
from policyaudit.model import DocumentKind
from policyaudit.report.formats.xlsx import bound
from policyaudit.report.formats.xlsx.sheet import Column, Sheet
from policyaudit.report.translation import ENGLISH, N_, Translation


def write(inventory: Inventory, path: Path, words: Translation = ENGLISH) -> None:
    """Write the workbook. Sheets that would be empty are left out, but for those of countries, documents and what to fetch."""
    documents = words.ngettext("%(num)s document", "%(num)s documents", len(inventory.items))
    title = words.gettext("Corpus check: %(documents)s", documents=documents)
    book = bound.new(title, __version__)
    version = words.gettext("%(rubric)s, version %(version)s", rubric=inventory.rubric, version=inventory.rubric_version)
    about = f"{title} · {version}"
    _countries(book, inventory, about, words)
    _wanted(book, inventory, about, words)
    _documents(book, inventory, about, words)
    _criteria(book, inventory, about, words)
    _twice(book, inventory, about, words)
    _versions(book, inventory, about, words)
    _to_mend(book, inventory, about, words)
    bound.save(book, path)


def _countries(book: Any, inventory: Inventory, about: str, words: Translation) -> None:
    columns = (
        Column("Country", 30),
        *(Column(words.named(kind), 12, "number") for kind in DocumentKind),
        Column("Without force", 10, "number"),
        Column("Criteria that can be judged", 12, "number"),
        Column("Of", 8, "number"),
        Column("What further kinds of document would open", 60),
    )
    banner = (
        words.gettext("What can be judged"),
        words.gettext(
            "A criterion can be judged where a document that counts is of a kind that can carry it, in a language with terms for "
            "it."
        ),
    )
    sheet = Sheet(book, "Countries", columns, about=about, words=words, banner=banner, keep=1)
    for one in inventory.countries:
        more = {kind: words.ngettext("%(num)s more", "%(num)s more", count) for kind, count in one.opens.items()}
        opens = "; ".join(f"{words.label(words.named(kind))} {count}" for kind, count in more.items())
        counts = [one.kinds[kind] for kind in DocumentKind]
        name = words.country(one.country) if one.country else words.gettext("no country known")
        sheet.row([name, *counts, one.without_force, one.judged, one.of, opens])
    sheet.finish()


def _wanted(book: Any, inventory: Inventory, about: str, words: Translation) -> None:
    columns = (
        Column("Country", 26),
        Column("Instrument as named", 60),
        Column("Documents that point to it", 12, "number"),
        Column("Times in all", 10, "number"),
        Column("From where", 90),
    )
    banner = (
        words.gettext("What to fetch next"),
        words.gettext(
            "Instruments that the documents point to and that are not among them, those first that most documents point to."
        ),
    )
    sheet = Sheet(book, "To fetch", columns, about=about, words=words, banner=banner, keep=2)
    for one in inventory.wanted:
        where = "\n".join(f"{name} ({times}): {'; '.join(places)}" for name, times, places in one.sources)
        country = words.country(one.country) if one.country else ""
        sheet.row([country, one.name, len(one.sources), one.times, where])
    sheet.finish()


def _documents(book: Any, inventory: Inventory, about: str, words: Translation) -> None:
    columns = (
        Column("Document", 46),
        Column("Country", 10, "middle"),
        Column("Jurisdiction", 12, "middle"),
        Column("Kind", 18),
        Column("Language", 10, "middle"),
        Column("Year", 8, "year"),
        Column("Status of the document", 14),
        Column("Title", 60),
        Column("Guessed", 22),
        Column("Pages", 8, "number"),
        Column("Pages not read", 10, "number"),
        Column("Pages by recognition", 12, "number"),
        Column("Words", 10, "number"),
        Column("Warnings", 80),
    )
    sheet = Sheet(book, "Documents", columns, about=about, words=words, keep=1)
    for item in inventory.items:
        sheet.row(
            [
                item.name,
                item.country or "",
                item.jurisdiction or "",
                words.named(item.kind),
                item.language,
                item.year,
                words.named(item.status or ""),
                item.title,
                ", ".join(words.named(name) for name in item.guessed),
                item.pages or None,
                len(item.unread) or None,
                item.recognised or None,
                item.words,
                "\n".join(item.warnings),
            ]
        )
    sheet.finish()


def _criteria(book: Any, inventory: Inventory, about: str, words: Translation) -> None:
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
        "kind": N_("no document of such a kind is in the corpus"),
        "language": N_("there are such documents, but not in every country in a language with terms for it"),
    }
    nowhere = words.gettext("yes")
    sheet = Sheet(book, "Criteria", columns, about=about, words=words, keep=1)
    for one in sorted(inventory.uncarried, key=lambda one: (not one.nowhere, -one.countries)):
        kinds = ", ".join(words.named(kind) for kind in one.kinds)
        sheet.row([one.criterion, one.title, kinds, one.countries, nowhere if one.nowhere else "", words.gettext(why[one.why])])
    sheet.finish()


def _twice(book: Any, inventory: Inventory, about: str, words: Translation) -> None:
    if not inventory.likenesses:
        return
    columns = (Column("Document", 60), Column("and", 60), Column("What is the same", 24), Column("Wording shared", 10, "score"))
    same = {"file": N_("the file"), "text": N_("the text"), "near": N_("most of the text")}
    sheet = Sheet(book, "Twice", columns, about=about, words=words)
    for one in inventory.likenesses:
        sheet.row([one.first, one.second, words.gettext(same[one.how]), one.share])
    sheet.finish()


def _versions(book: Any, inventory: Inventory, about: str, words: Translation) -> None:
    if not inventory.versions:
        return
    columns = (
        Column("Country", 10, "middle"),
        Column("Instrument", 46),
        Column("In the manifest", 10, "middle"),
        Column("Why", 50),
        Column("Documents, the oldest first", 80),
    )
    stated = {True: words.gettext("yes"), False: words.gettext("proposed")}
    sheet = Sheet(book, "Versions", columns, about=about, words=words)
    for one in inventory.versions:
        sheet.row([one.country or "", one.instrument, stated[one.stated], one.why, "\n".join(one.names)])
    sheet.finish()


def _to_mend(book: Any, inventory: Inventory, about: str, words: Translation) -> None:
    """What a person should look at, one row a remark."""
    columns = (Column("Document", 60), Column("What", 24), Column("Remark", 100))
    sheet = Sheet(book, "To look at", columns, about=about, words=words)
    for failure in inventory.failures:
        sheet.row([failure.name, words.gettext("cannot be read"), failure.message])
    for item in inventory.items:
        if item.unread:
            count = words.gettext("%(some)s of %(all)s", some=len(item.unread), all=item.pages)
            sheet.row([item.name, words.gettext("pages not read"), count])
        for remark in inventory.denied.get(item.name, ()):
            sheet.row([item.name, words.gettext("manifest and text differ"), remark])
        if item.name in inventory.outdated:
            sheet.row([item.name, words.gettext("force"), inventory.outdated[item.name]])
    for language, names in inventory.speechless.items():
        for name in names:
            sheet.row([name, words.gettext("language without terms"), words.language_name(language)])
    for name in inventory.unlisted:
        sheet.row([name, words.gettext("not in the manifest"), words.gettext("add it with policyaudit corpus init --add")])
    sheet.finish()
