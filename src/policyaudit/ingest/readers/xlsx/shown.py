"""Numbers of a workbook as its cells show them: dates, shares, amounts with their currency."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

_LITERAL = re.compile(r'"([^"]*)"|\[\$([^\]-]*)[^\]]*\]|\\(.)|\[[^\]]*\]|_.|\*.')
_DIGITS = re.compile(r"[0#?][0#?.,]*")
_MOST_DECIMALS = 30  # as many as Excel shows
_DAYS = (datetime(1899, 12, 30), datetime(1904, 1, 1))
_BUILTIN = {
    "9": "0%", "10": "0.00%", "14": "d/m/yy", "15": "d-mmm-yy", "16": "d-mmm", "17": "mmm-yy", "18": "h:mm", "19": "h:mm:ss",
    "20": "h:mm", "21": "h:mm:ss", "22": "d/m/yy h:mm", "45": "mm:ss", "47": "mm:ss", "2": "0.00", "4": "#,##0.00",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """``form``: how numbers are shown, as the workbook writes it, "" for as they are."""

    form: str = ""
    bold: bool = False


def builtin(key: str) -> str:
    """The form that a number stands for without being written in the workbook."""
    return _BUILTIN.get(key, "")


def shown(text: str, form: str, *, since_1904: bool = False) -> str:
    """A number as its cell shows it: dates as ISO 8601, thousands not set apart. The text itself where it is no number."""
    try:
        number = float(text)
    except ValueError:
        return text
    if not math.isfinite(number):
        return text
    form = form.split(";")[0]
    bare = _LITERAL.sub("", form)
    if re.search(r"[dmyhs]", bare, re.IGNORECASE) and not _DIGITS.search(bare):
        return _moment(number, bare.lower(), since_1904=since_1904) or text
    digits = _DIGITS.search(bare)
    decimals = min(digits[0].partition(".")[2].count("0"), _MOST_DECIMALS) if digits else None
    if "%" in bare:
        return f"{number * 100:.{decimals or 0}f}%"
    plain = f"{number:.{10 if decimals is None else decimals}f}"
    if "." in plain and decimals is None:
        plain = plain.rstrip("0").rstrip(".")
    before, after = _around(form)
    return f"{before}{plain}{after}".strip()


def _around(form: str) -> tuple[str, str]:
    """The words and signs of money that a form puts before and after the number."""
    pieces = ["", ""]
    place, at = 0, 0
    for match in re.finditer(f"{_LITERAL.pattern}|([0#?][0#?.,]*)|([$€£¥])| ", form):
        if match[4]:
            place = 1
        else:
            pieces[place] += match[1] or match[2] or match[3] or match[5] or " "
        at = match.end()
    return (pieces[0], pieces[1]) if at else ("", "")


def _moment(number: float, form: str, *, since_1904: bool) -> str:
    """A date, a month or a time of day; "" for a number that is none."""
    try:
        moment = _DAYS[since_1904] + timedelta(seconds=round(number * 86400))
    except OverflowError:
        return ""
    parts = []
    if "y" in form or "d" in form:
        parts.append(moment.strftime("%Y-%m-%d" if "d" in form else "%Y-%m" if "m" in form else "%Y"))
    if "h" in form:
        parts.append(moment.strftime("%H:%M"))
    return " ".join(parts) or moment.strftime("%m")
