"""A workbook that came back from a reviewer: what was entered, row by row, whatever became of the sheet on the way.

The sheet is known by its heads, in any language of the reports, and a row by its hidden last column; where that is gone, by
document, criterion and element. Nothing is judged here but what a decision's words mean.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from policyaudit.errors import UsageError
from policyaudit.model import Decision
from policyaudit.report import decided
from policyaudit.report.formats.xlsx import review
from policyaudit.report.translation import Translation, languages, translation

_HEAD_ROWS = 40  # among which the heads are looked for
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")  # in the XML of a sheet
_FAULTS = ("#NAME?", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#N/A", "#NULL!", "Err:")  # of words taken for a formula
Row = tuple[Any, ...]
_NEEDED = (review.DECIDED, review.CRITERION, review.ELEMENT)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row in which a reviewer wrote something. ``shown`` and ``text``: hashes of what the reviewer was shown and of the text,
    "" where the row has lost them. ``decision``: None where what was written is none; ``said`` is what was written."""

    sheet: str
    row: int
    document: str
    criterion: str
    element: str
    shown: str
    text: str
    said: str
    decision: Decision | None
    reason: str
    quotation: str
    place: str


def entries(path: Path) -> list[Entry]:
    """The rows of all review sheets of a workbook in which something was entered. Raises UsageError where there is no such
    sheet, or the file is no workbook."""
    found: list[Entry] = []
    known = False
    for title, several in _sheets(path):
        rows = enumerate(several, 1)
        places = _places(rows)
        if places is not None:
            known = True
            found += _read(title, rows, places)
    if not known:
        heads = ", ".join(f"“{head}”" for head in _NEEDED)
        raise UsageError(
            f"{path}: no sheet with the columns {heads}; import a scorecard or a workbook of policyaudit review export"
        )
    return found


def _sheets(path: Path) -> Iterator[tuple[str, Iterator[Row]]]:
    """The sheets of a workbook, each with its rows. Where a formula has no result, or a fault, what was typed stands."""
    book, typed = _opened(path, data_only=True), None
    try:
        with ZipFile(path) as archive:
            parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
            if any(_FORMULA.search(archive.read(name)) for name in parts):
                typed = _opened(path, data_only=False)
        for place, sheet in enumerate(book.worksheets):
            sheet.reset_dimensions()  # some programs write none, or wrong ones
            rows = sheet.iter_rows(values_only=True)
            if typed is not None:
                typed.worksheets[place].reset_dimensions()
                rows = map(_typed, rows, typed.worksheets[place].iter_rows(values_only=True))
            yield sheet.title, rows
    except (BadZipFile, KeyError, ValueError, TypeError, SyntaxError) as fault:
        told = " ".join(str(fault).split())[:100]
        raise UsageError(f"{path}: a damaged workbook ({told}); open it, and save it again as Excel workbook (.xlsx)") from None
    finally:
        book.close()
        if typed is not None:
            typed.close()


def _opened(path: Path, *, data_only: bool) -> Any:
    try:
        return load_workbook(path, read_only=True, data_only=data_only)
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file") from None
    except (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, SyntaxError, OSError) as fault:
        if isinstance(fault, OSError) and fault.strerror:  # otherwise openpyxl's word for a file of another kind
            raise UsageError(f"{path}: cannot be read ({fault.strerror}); close it if it is open, or save a copy") from None
        raise UsageError(f"{path}: not a workbook that can be read; save it as Excel workbook (.xlsx)") from None


def _typed(values: Row, formulas: Row) -> Row:
    return tuple(
        formula if value is None or str(value).startswith(_FAULTS) else value
        for value, formula in zip(values, formulas, strict=True)
    )


def _places(rows: Iterator[tuple[int, Row]]) -> dict[str, int] | None:
    """The column of each head of ours, after the rows down to the heads have been taken; None where there are no heads."""
    for number, row in rows:
        places: dict[str, int] = {}
        for column, value in enumerate(row):
            head = _heads().get(_folded(value))
            if head and head not in places:
                places[head] = column
        if review.DECIDED in places and (review.KEY in places or all(name in places for name in _NEEDED)):
            return places
        if number >= _HEAD_ROWS:
            break
    return None


def _read(sheet: str, rows: Iterator[tuple[int, Row]], places: Mapping[str, int]) -> Iterator[Entry]:
    for number, row in rows:

        def cell(head: str, row: Row = row) -> str:
            column = places.get(head)
            return _text(row[column]) if column is not None and column < len(row) else ""

        said, reason, quotation, place = (cell(head) for head in (review.DECIDED, review.REASON, review.QUOTED, review.PLACE))
        if not (said or reason or quotation or place):
            continue
        criterion, element, shown, text, document = _keyed(cell(review.KEY)) or (
            *(cell(review.CRITERION), cell(review.ELEMENT).casefold(), "", "", cell(review.DOCUMENT)),
        )
        decision = _decisions().get(_folded(said))
        yield Entry(sheet, number, document, criterion, element, shown, text, said, decision, reason, quotation, place)


def _keyed(key: str) -> tuple[str, str, str, str, str] | None:
    """The parts of the hidden column; None where it is empty or damaged."""
    parts = key.split("|", 4)
    return (parts[0], parts[1], parts[2], parts[3], parts[4]) if len(parts) == 5 and all(parts) else None


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()


def _folded(value: object) -> str:
    """A head or a word of decision as it is compared: without case, accents, and whatever stands between words."""
    if not isinstance(value, str):
        return ""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", value.casefold()) if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain).split())


def _spoken() -> list[Translation]:
    """Every language of the reports, English last, whose words win over another language's."""
    return [translation(language) for language in reversed(languages())]


@cache
def _heads() -> dict[str, str]:
    """Heads in every language -> the head in English."""
    heads = (review.DOCUMENT, review.CRITERION, review.ELEMENT, review.DECIDED, review.REASON, review.QUOTED, review.PLACE)
    known = {_folded(words.gettext(head)): head for words in _spoken() for head in heads}
    return known | {_folded(review.KEY): review.KEY}


@cache
def _decisions() -> dict[str, Decision]:
    """Words of decision in every language, and the words of reviews.csv."""
    words = {_folded(spoken.gettext(word)): decision for spoken in _spoken() for decision, word in decided.DECISION_WORDS.items()}
    return words | {_folded(decision.value): decision for decision in Decision}
