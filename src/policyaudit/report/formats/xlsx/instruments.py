"""The sheet of instruments that the documents point to and that were not read with them: what to fetch next."""

from __future__ import annotations

from typing import Any

from policyaudit.model import Results
from policyaudit.report.formats.xlsx.sheet import Column, Sheet
from policyaudit.report.translation import Translation

COLUMNS = (
    Column("Document", 36),
    Column("Points to", 60),
    Column("Times", 8, "number"),
    Column("First in", 50),
)


def fill(book: Any, results: Results, about: str, words: Translation) -> None:
    """One row for each instrument that a document names, the most often named first."""
    sheet = Sheet(book, "Instruments", COLUMNS, about=about, words=words)
    for card in results.cards:
        for instrument in card.instruments:
            sheet.row([card.name, instrument.name, instrument.times, "; ".join(instrument.places)])
    sheet.finish()
