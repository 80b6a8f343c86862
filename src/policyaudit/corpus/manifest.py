"""The manifest of a corpus: manifest.csv, in which a person says what is known of each file."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from policyaudit import codes
from policyaudit.errors import UsageError
from policyaudit.model import DocumentKind, Source

MANIFEST = "manifest.csv"
REQUIRED = ("file", "country", "kind", "title", "language", "year", "status")
FURTHER = ("jurisdiction", "instrument", "in_force")
OPTIONAL = frozenset({"status"})  # of those required: may be left out where the list comes from elsewhere
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest as read. ``sources`` have no names yet; ``lines``: path -> "manifest.csv:3"."""

    sources: tuple[Source, ...]
    lines: dict[str, str]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file as its cells stand: the names of its columns, and its rows, each with its line (the first of those it takes)."""

    head: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def read_table(path: Path) -> Table:
    """A table separated by comma, semicolon or tab, in any encoding that a spreadsheet program saves; empty rows left out.

    Names of columns are in lower case, cells without space around them. Raises UsageError for what is no such table.
    """
    text = _decoded(path)
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    rows = []
    try:
        head = tuple(name.strip().lower() for name in next(reader, []))
        following = reader.line_num + 1  # a row may run over several lines; it is named by its first
        for values in reader:
            line, following = following, reader.line_num + 1
            row = {name: value.strip() for name, value in zip(head, values, strict=False)}
            if any(row.values()):
                rows.append((line, row))
    except csv.Error as fault:
        raise UsageError(f"{path}:{reader.line_num}: not a valid CSV file: {fault}") from None
    return Table(head, tuple(rows))


def read_manifest(path: Path) -> Manifest:
    """The rows of a manifest. Raises UsageError with every fault, one line each.

    Columns ``file, country, kind, title, language, year, status`` in any order, and ``jurisdiction, instrument, in_force``
    where there are states or versions; further columns are ignored. A column ``iso3`` stands for ``country`` (which may then
    hold the country's name), and ``status`` may be left out. A row whose kind is nothing like a kind of document ("other") is
    listed but not audited.
    """
    table = read_table(path)
    code = "iso3" if "iso3" in table.head else "country"
    absent = [c for c in REQUIRED if c not in table.head and c not in OPTIONAL and not (c == "country" and code == "iso3")]
    if absent:
        columns = f"missing column{'s' if len(absent) > 1 else ''} {', '.join(absent)}"
        raise UsageError(f"{path}:1: {columns}; a manifest has {', '.join(REQUIRED)}")
    sources: list[Source] = []
    faults: list[str] = []
    left_out: Counter[str] = Counter()
    lines: dict[str, str] = {}
    for line, row in table.rows:
        where = f"{path}:{line}"
        file = row.get("file", "").replace("\\", "/")
        if not file:
            faults.append(f"{where}: a row without file")
            continue
        full = str(path.parent / file)
        if full in lines:
            faults.append(f"{where}: {file} stands in {lines[full]} already")
        lines[full] = where
        word = row.get("kind", "")
        if word and word.lower() not in list(DocumentKind) and codes.near_kind(word) is None:
            left_out[word] += 1
            continue
        sources.append(_source(full, row, code, where, faults))
    if faults:
        raise UsageError("\n".join(faults))
    if not left_out:
        return Manifest(tuple(sources), lines)
    several = ", ".join(f"{word} ({count})" for word, count in sorted(left_out.items()))
    note = f"{path}: {left_out.total()} rows left out, their kind is none of {', '.join(DocumentKind)}: {several}"
    return Manifest(tuple(sources), lines, (note,))


def _source(full: str, row: dict[str, str], code: str, where: str, faults: list[str]) -> Source:
    """The source of a row; what is wrong with it is added to the faults."""

    def take(name: str, read: Callable[[str], T]) -> T | None:
        value = row.get(name, "")
        try:
            return read(value) if value else None
        except ValueError as fault:
            faults.append(f"{where}: {fault}")
            return None

    country, below = take(code, codes.country), take("jurisdiction", codes.jurisdiction)
    whole = codes.country_of_jurisdiction(below) if below else None
    if country and whole not in (None, country):
        faults.append(f"{where}: the jurisdiction {below} belongs to {codes.country_named(whole or '')}, not to {country}")
    return Source(
        full,
        "",
        country,
        take("kind", codes.kind),
        row.get("title") or None,
        take("language", codes.language),
        take("year", _year),
        "_".join(row.get("status", "").lower().split()) or None,
        below,
        row.get("instrument") or None,
        take("in_force", _since),
    )


def _decoded(path: Path) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file") from None
    except OSError as fault:
        raise UsageError(f"{path}: cannot be read ({fault.strerror})") from None
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(f"{path}: cannot be read as text; save it as CSV in UTF-8")


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1000 <= int(text) <= 2999):
        raise ValueError(f"year {text!r} is not a year such as 2015")
    return int(text)


def _since(text: str) -> str:
    """An ISO date or a year, from which a version is in force. Raises ValueError that says what is permitted."""
    try:
        return str(_year(text)) if text.isdigit() else date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"in_force {text!r} is not a date such as 2015-06-30, nor a year such as 2015") from None


def written(head: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """A manifest as a CSV file: UTF-8 with a byte order mark, by which spreadsheet programs know it. What documents say of
    themselves cannot become a formula: a cell begins with no sign that makes one."""
    file = io.StringIO(newline="")
    table = csv.DictWriter(file, list(head), restval="", extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    for row in rows:
        table.writerow({name: value if name == "file" else cell(value) for name, value in row.items()})
    return file.getvalue().encode("utf-8-sig", errors="replace")


def cell(text: str) -> str:
    """A text for a cell of CSV: one line, without control characters, and no formula."""
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(line.split()).lstrip("=+-@")
