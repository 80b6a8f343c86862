"""reviews.csv: the decisions of reviewers as data, a row a decision, in the order in which they came.

UTF-8 with a byte order mark, so that spreadsheet programs read it. A cell that such a program would take for a formula has an
apostrophe before it, which is taken off again when it is read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date

from policyaudit.errors import UsageError
from policyaudit.model import Decision, Review

FILENAME = "reviews.csv"
COLUMNS = tuple(field.name for field in fields(Review))
_NEEDED = ("document", "criterion", "element", "decision", "reviewer", "date", "ground")
_OTHER_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")  # as spreadsheet programs save one
_LISTED = 10  # faults of one file
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """A table as such a file."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(columns), lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows({key: _guarded(str(value)) for key, value in row.items()} for row in rows)
    return file.getvalue().encode("utf-8-sig", errors="replace")


def written(reviews: Iterable[Review]) -> bytes:
    """Decisions as the bytes of reviews.csv."""
    return as_csv(COLUMNS, ({**{name: getattr(one, name) for name in COLUMNS}, "final": "yes" * one.final} for one in reviews))


def read(head: Sequence[str], rows: Sequence[tuple[int, Mapping[str, str]]], path: object) -> list[Review]:
    """The decisions of the rows of a reviews.csv, each with its line; none of an empty file. Raises UsageError with every fault,
    one line each."""
    absent = [name for name in _NEEDED if name not in head]
    if absent and any(head):
        raise UsageError(f"{path}:1: no column {', '.join(absent)}; name a reviews.csv that policyaudit review import wrote")
    day_first = _day_first(row.get("date", "") for _, row in rows)
    reviews, faults = [], []
    for line, row in rows:
        values = {name: _plain(row.get(name) or "") for name in COLUMNS}
        decision = "_".join(values.pop("decision").lower().split())
        final = values.pop("final").lower()
        day = _iso(values["date"], day_first)
        if decision not in set(Decision):
            faults.append(f"{path}:{line}: {row.get('decision', '')!r} is no decision; permitted: {', '.join(Decision)}")
        elif not values["reviewer"]:
            faults.append(f"{path}:{line}: no reviewer; say who decided, by initials or role")
        elif final not in ("", "yes", "no"):
            faults.append(f"{path}:{line}: final {final!r}; permitted: yes, or nothing")
        elif day is None:
            faults.append(f"{path}:{line}: {values['date']!r} is no date such as 2026-06-30; is a cell missing, or one too many?")
        else:
            reviews.append(Review(decision=Decision(decision), final=final == "yes", **{**values, "date": day}))
    if faults:
        more = [f"and {len(faults) - _LISTED} more rows of {path}"] if len(faults) > _LISTED else []
        raise UsageError("\n".join((*faults[:_LISTED], *more)))
    return reviews


def _day_first(dates: Iterable[str]) -> bool | None:
    """Whether a spreadsheet program saved the dates of a file day first, as 26/11/2026; None where they do not show it."""
    found = [match for day in dates if (match := _OTHER_DATE.fullmatch(day))]
    first, second = (any(int(match[part]) > 12 for match in found) for part in (1, 2))
    return None if first == second else first


def _iso(text: str, day_first: bool | None) -> str | None:
    """The date as ISO 8601; None where it is none, or could be two."""
    match = _OTHER_DATE.fullmatch(text)
    try:
        if match is None:
            return date.fromisoformat(text).isoformat() if text else ""
        if match[1] != match[2] and day_first is None:
            return None
        day, month = (match[1], match[2]) if day_first else (match[2], match[1])
        return date(int(match[3]), int(month), int(day)).isoformat()
    except ValueError:
        return None


def merged(before: Iterable[Review], fresh: Iterable[Review]) -> list[Review]:
    """All decisions, a reviewer's new one on an element in place of the old one. One that says the same again stays as it
    was, date included."""
    kept: dict[tuple[object, ...], Review] = {}
    for one in (*before, *fresh):
        key = (*one.key, one.reviewer, one.final)
        old = kept.get(key)
        if old is not None and _said(old) == _said(one):
            continue
        kept.pop(key, None)
        kept[key] = one
    return list(kept.values())


def _said(review: Review) -> tuple[object, ...]:
    return review.decision, review.reason, review.quotation, review.place, review.ground


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith((*_FORMULA, "'")) else text


def _plain(text: str) -> str:
    return text[1:] if text.startswith("'") else text
