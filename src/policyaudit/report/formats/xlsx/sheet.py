"""A sheet as we want every sheet: heads frozen and repeated in print, a filter, widths, wrapped text, text that stays text."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from policyaudit.model import Status
from policyaudit.report import view
from policyaudit.report.translation import ENGLISH, Translation

CELL_LIMIT = 32_767  # UTF-16 units that Excel keeps in a cell
TITLE_LIMIT = 31
LINE, TALLEST = 14.5, 290  # points; not every program fits the height of rows to wrapped text, so we set it
_A3, _A4 = 8, 9
_FONT = "Calibri"  # that of the other cells; a font without a name is another one in LibreOffice
_NOT_IN_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\", " "))

# Blue against orange keeps apart for every kind of colour vision; contradicted is told by its darkness, and all by their word.
COLOURS = {
    Status.MET: ("CFE5F5", "0B3C5D", False),
    Status.PARTLY: ("FFF1C9", "5A4300", False),
    Status.NOT_FOUND: ("FBDCC8", "6B2A00", False),
    Status.CONTRADICTED: ("8C1D18", "FFFFFF", True),
    Status.NOT_APPLICABLE: ("E9E9E9", "595959", False),
    Status.UNSCORED: ("E9E9E9", "595959", False),
    Status.ERROR: ("E8DAF0", "4A235A", True),
}

_LINE = Side(style="thin", color="D5D8DC")
_BORDER = Border(bottom=_LINE)
_GREY = PatternFill("solid", start_color="E9E9E9")
_HEAD = PatternFill("solid", start_color="1F3A54")
_ENTRY = PatternFill("solid", start_color="FFFDF2")


@dataclass(frozen=True, slots=True)
class Column:
    """``look`` is one of the keys of ``_LOOKS``; the width is in characters. The head is translated by the sheet."""

    head: str
    width: int
    look: str = "text"


_LOOKS: dict[str, dict[str, Any]] = {
    "text": {"alignment": Alignment(wrap_text=True, vertical="top"), "border": _BORDER},
    "hidden": {"alignment": Alignment(vertical="top")},
    "short": {"alignment": Alignment(vertical="top"), "border": _BORDER},
    "middle": {"alignment": Alignment(horizontal="center", vertical="top", wrap_text=True), "border": _BORDER},
    "number": {"alignment": Alignment(vertical="top"), "border": _BORDER, "number_format": "#,##0"},
    "year": {"alignment": Alignment(vertical="top", horizontal="center"), "border": _BORDER, "number_format": "0"},
    "score": {"alignment": Alignment(vertical="top", horizontal="center"), "border": _BORDER, "number_format": "0%"},
    "none": {"alignment": Alignment(vertical="top", horizontal="center"), "border": _BORDER, "fill": _GREY},
    "entry": {
        "alignment": Alignment(wrap_text=True, vertical="top"),
        "border": _BORDER,
        "fill": _ENTRY,
        "protection": Protection(locked=False),
        "number_format": "@",
    },
    "near": {  # a passage that is no evidence
        "alignment": Alignment(wrap_text=True, vertical="top"),
        "border": _BORDER,
        "font": Font(name=_FONT, italic=True, color="595959"),
    },
    "near middle": {
        "alignment": Alignment(horizontal="center", vertical="top"),
        "border": _BORDER,
        "font": Font(name=_FONT, italic=True, color="595959"),
    },
    "head": {
        "alignment": Alignment(wrap_text=True, vertical="center"),
        "font": Font(name=_FONT, bold=True, color="FFFFFF"),
        "fill": _HEAD,
    },
    "title": {"font": Font(name=_FONT, bold=True, size=16, color="1F3A54")},
    "note": {"font": Font(name=_FONT, italic=True, color="404040")},
    "strong": {"alignment": Alignment(wrap_text=True, vertical="top"), "font": Font(name=_FONT, bold=True), "border": _BORDER},
}


class Sheet:
    """Rows go out as they come (openpyxl's write-only mode), so that a large result needs little memory.

    ``about`` is printed over every page, ``banner`` stands above the head row, the first ``keep`` columns stay in view.
    """

    def __init__(
        self,
        book: Any,
        title: str,
        columns: tuple[Column, ...],
        *,
        about: str,
        banner: tuple[str, ...] = (),
        keep: int = 0,
        words: Translation = ENGLISH,
    ) -> None:
        self.columns = columns
        self.words = words
        self.ws = ws = book.create_sheet(words.gettext(title).translate(_NOT_IN_TITLE)[:TITLE_LIMIT])
        heads = [words.gettext(column.head) for column in columns]
        self._styles: dict[tuple[str, bool], Any] = {}
        self.head = len(banner) + 1 + bool(banner)  # the number of the head row
        self.last = 0  # the number of the last row written
        for number, column in enumerate(columns, 1):
            ws.column_dimensions[get_column_letter(number)].width = column.width
            ws.column_dimensions[get_column_letter(number)].hidden = column.look == "hidden"
        ws.freeze_panes = f"{get_column_letter(keep + 1)}{self.head + 1}"
        ws.print_title_rows = f"{self.head}:{self.head}"
        ws.page_setup.orientation = "landscape"
        ws.page_setup.paperSize = _A3 if sum(column.width for column in columns) > 200 else _A4
        ws.page_setup.fitToWidth = 1
        ws.page_setup.fitToHeight = 0
        ws.sheet_properties.pageSetUpPr.fitToPage = True
        margins = ws.page_margins
        margins.left = margins.right = 0.4
        margins.top = margins.bottom = 0.7
        ws.HeaderFooter.oddHeader.left.text = _printed(about)
        ws.HeaderFooter.oddHeader.right.text = "&A"
        ws.HeaderFooter.oddFooter.left.text = words.gettext("Machine proposals; to be checked by a person")
        ws.HeaderFooter.oddFooter.right.text = words.gettext("Page &P of &N")
        for number, line in enumerate(banner):
            self._append([self._text(line, "note" if number else "title")])
        if banner:
            self._append([])
        ws.row_dimensions[self.head].height = 2 + LINE * max(
            math.ceil(len(head) * 1.3 / column.width) for head, column in zip(heads, columns, strict=True)
        )
        self._append([self._text(head, "head") for head in heads])

    def row(self, values: Iterable[Any], *, looks: dict[int, str] | None = None) -> None:
        """One row. None in a score column is an empty grey cell; text is never a formula. ``looks`` overrides by column."""
        cells = []
        lines = 1
        for number, (value, column) in enumerate(zip(values, self.columns, strict=True)):
            look = (looks or {}).get(number, column.look)
            lines = max(lines, _lines(value, look, column.width))
            if look == "score" and value is None:
                cells.append(self._cell(None, "none"))
            elif isinstance(value, str):
                cells.append(self._text(value, look))
            else:
                cells.append(self._cell(value, look))
        self.ws.row_dimensions[self.last + 1].height = min(LINE * lines + 2, TALLEST)
        self._append(cells)

    def finish(self, *, status: int | None = None) -> None:
        """Set the filter; colour the column ``status`` (from 0) by status."""
        first, last = self.head + 1, max(self.last, self.head + 1)
        self.ws.auto_filter.ref = f"A{self.head}:{get_column_letter(len(self.columns))}{max(self.last, self.head)}"
        if status is not None:
            letter = get_column_letter(status + 1)
            for name, (fill, ink, bold) in COLOURS.items():
                self.ws.conditional_formatting.add(
                    f"{letter}{first}:{letter}{last}",
                    CellIsRule(
                        operator="equal",
                        formula=[f'"{self.words.gettext(view.STATUS_WORDS[name])}"'],
                        fill=PatternFill("solid", start_color=fill, end_color=fill),
                        font=Font(color=ink, bold=bold),
                    ),
                )

    def for_entries(self, column: int, choices: Iterable[str], *, fault: str) -> None:
        """Let the columns of the look "entry" alone be written in, one (from 0) by choosing; the sheet is protected without a
        password. ``fault`` is shown where something else is written."""
        letter = get_column_letter(column + 1)
        rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True, showErrorMessage=True)
        rule.errorTitle, rule.error = self.words.gettext(self.columns[column].head)[:TITLE_LIMIT], fault[:255]
        rule.add(f"{letter}{self.head + 1}:{letter}{max(self.last, self.head + 1)}")
        self.ws.data_validations.append(rule)
        protection = self.ws.protection
        protection.sheet = True
        for permitted in ("autoFilter", "sort", "formatColumns", "formatRows", "formatCells"):
            setattr(protection, permitted, False)  # the format names what is forbidden

    def _append(self, cells: list[Any]) -> None:
        self.ws.append(cells)
        self.last += 1

    def _text(self, value: str, look: str) -> Any:
        text = fit(view.readable(value))
        if not text:
            return self._cell(None, look)
        # Excel takes what begins with these for a formula once a person edits the cell; the prefix keeps it text then too.
        cell = self._cell(text, look, prefix=text[:1] in ("=", "+", "-", "@", "\t"))
        cell.data_type = "s"
        return cell

    def _cell(self, value: Any, look: str, *, prefix: bool = False) -> Any:
        cell = WriteOnlyCell(self.ws, value)
        style = self._styles.get((look, prefix))
        if style is None:
            for name, setting in _LOOKS[look].items():
                setattr(cell, name, setting)
            cell.quotePrefix = prefix
            style = self._styles[look, prefix] = cell._style
        cell._style = style  # shared, not copied: setting styles anew is most of the time of a large workbook
        return cell


def _lines(value: object, look: str, width: int) -> int:
    """How many lines a cell's text takes, wrapped to its column, as near as a proportional letter allows."""
    if not isinstance(value, str) or not getattr(_LOOKS[look].get("alignment"), "wrap_text", False):
        return 1
    return sum(max(1, math.ceil(len(line) / width)) for line in view.readable(value).split("\n"))


def fit(text: str) -> str:
    """The text if a cell can hold it, else its beginning with a mark that says how much is missing."""
    if len(text) <= CELL_LIMIT // 2 or _units(text) <= CELL_LIMIT:
        return text
    kept = text.encode("utf-16-le")[: 2 * (CELL_LIMIT - 80)].decode("utf-16-le", errors="ignore")
    return f"{kept} … [cut here: {len(text) - len(kept):,} characters more, which stand in the run folder]"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _printed(text: str) -> str:
    """For a print header, which takes & for a code and holds 255 characters."""
    line = view.readable(text).replace("\n", " ")
    return (line if len(line) <= 90 else line[:89] + "…").replace("&", "&&")
