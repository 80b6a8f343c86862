"""reviews.csv: the decisions of reviewers as data, a row a decision, in the order in which they came.

UTF-8 with a byte order mark, so that spreadsheet programs read it. A cell that such a program would take for a formula has an
apostrophe before it, which is taken off again when it is read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from policyaudit.errors import UsageError
from policyaudit.model import Decision, Review

FILENAME = "reviews.csv"
COLUMNS = tuple(field.name for field in fields(Review))
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


def read(rows: Iterable[tuple[int, Mapping[str, str]]], path: object) -> list[Review]:
    """The decisions of the rows of a reviews.csv, each with its line. Raises UsageError for one that is none."""
    reviews = []
    for line, row in rows:
        values = {name: _plain(row.get(name) or "") for name in COLUMNS}
        decision = values.pop("decision")
        if decision not in set(Decision):
            raise UsageError(f"{path}:{line}: {decision!r} is no decision; permitted: {', '.join(Decision)}")
        final = values.pop("final").lower() == "yes"
        reviews.append(Review(decision=Decision(decision), final=final, **values))
    return reviews


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
