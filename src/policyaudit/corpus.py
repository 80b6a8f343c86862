"""What to audit: a manifest, files and folders -> the sources, with what is known about each."""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from policyaudit import codes
from policyaudit.errors import UsageError
from policyaudit.model import DocumentKind, Failure, Source

if TYPE_CHECKING:
    from _csv import Reader

MANIFEST = "manifest.csv"
REQUIRED = ("file", "country", "kind", "title", "language", "year", "status")
OPTIONAL = frozenset({"status"})  # of those required: may be left out where the list comes from elsewhere
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Corpus:
    """The sources in order, the files that were named and are not there, and what the user should be told (whole lines)."""

    sources: tuple[Source, ...]
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest as read. ``sources`` have no names yet; ``lines``: path -> "manifest.csv:3"."""

    sources: tuple[Source, ...]
    lines: dict[str, str]
    notes: tuple[str, ...] = ()


def gather(
    paths: Sequence[Path],
    *,
    endings: Iterable[str],
    manifest: Path | None = None,
    country: str | None = None,
    kind: DocumentKind | None = None,
    language: str | None = None,
) -> Corpus:
    """Everything that the paths and the manifest name, each file once.

    A folder that holds a manifest.csv is read by it; another folder with all it holds whose ending (".pdf") is among
    ``endings``. With ``manifest`` and paths, the paths choose the files and the manifest says what is known of them.
    ``country``, ``kind`` and ``language`` stand in where the manifest is silent. Names are relative to the folder that all
    have in common. A file that does not exist becomes a Failure; if nothing that was named exists, UsageError.
    """
    if not paths and manifest is None:
        raise UsageError("name a file or a folder to audit, or a manifest with --manifest")
    missing = [path for path in paths if not path.exists()]
    if missing and len(missing) == len(paths):
        raise UsageError("\n".join(f"{path}: no such file or folder" for path in missing))
    known = {ending.lower() for ending in endings}
    notes: list[str] = []
    found: list[Source] = []
    roots: list[Path] = []
    lines: dict[str, str] = {}
    rows: dict[str, Source] = {}

    def take(place: Path) -> tuple[Source, ...]:
        read = read_manifest(place)
        notes.extend(read.notes)
        lines.update(read.lines)
        roots.append(place.parent)
        return read.sources

    if manifest is not None:
        listed = take(manifest)
        rows = {os.path.abspath(source.path): source for source in listed}
        found += [] if paths else listed
    for path in paths:
        inner = path if path.suffix.lower() == ".csv" else path / MANIFEST
        if path not in missing and manifest is None and inner.is_file():
            notes.append(f"using {inner}")
            found += take(inner)
        elif path.is_dir():
            files = _files(path, known, notes)
            under = os.path.join(os.path.abspath(path), "")
            absent = [source for real, source in rows.items() if real.startswith(under) and not Path(source.path).exists()]
            found += [rows.get(os.path.abspath(file), Source(str(file), "")) for file in files] + absent
            roots.append(path)
        else:
            found.append(rows.get(os.path.abspath(path), Source(str(path), "")))
            roots.append(path.parent)
    defaults = {"country": country, "kind": kind, "language": language}
    sources = _named(list({os.path.abspath(source.path): source for source in found}.values()), roots)
    there: list[Source] = []
    failures: list[Failure] = []
    for source in sources:
        known_now: dict[str, Any] = {k: v for k, v in defaults.items() if v and getattr(source, k) is None}
        if Path(source.path).exists():
            there.append(replace(source, **known_now))
        else:
            line = lines.get(source.path)
            failures.append(Failure(source.name, f"no such file: {source.path}" + (f" (named in {line})" if line else "")))
    return Corpus(tuple(there), tuple(failures), tuple(notes))


def stems(sources: Iterable[Source]) -> dict[str, str]:
    """Source name -> path of its card in a run folder: the name without its ending.

    Where that is taken (a.docx beside a.pdf) the later one gets a folder named after its ending: pdf/a.
    """
    result: dict[str, str] = {}
    taken: set[str] = set()
    for source in sources:
        pure = PurePosixPath(source.name)
        stem = str(pure.with_suffix(""))
        folder, number = pure.suffix[1:].lower() or "other", 1
        while stem.casefold() in taken:
            stem = f"{folder}/{pure.with_suffix('')}"
            number += 1
            folder = f"{pure.suffix[1:].lower() or 'other'}-{number}"
        taken.add(stem.casefold())
        result[source.name] = stem
    return result


# ---------------------------------------------------------------- the manifest


def read_manifest(path: Path) -> Manifest:
    """The rows of a manifest. Raises UsageError with every fault, one line each.

    Columns ``file, country, kind, title, language, year, status`` in any order, separated by comma, semicolon or tab;
    further columns are ignored. A column ``iso3`` stands for ``country`` (which may then hold the country's name), and
    ``status`` may be left out. A row whose kind is nothing like a kind of document ("other") is listed but not audited.
    """
    text = _decoded(path)
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        head = [name.strip().lower() for name in next(reader, [])]
        code = "iso3" if "iso3" in head else "country"
        absent = [c for c in REQUIRED if c not in head and c not in OPTIONAL and not (c == "country" and code == "iso3")]
        if absent:
            columns = f"missing column{'s' if len(absent) > 1 else ''} {', '.join(absent)}"
            raise UsageError(f"{path}:1: {columns}; a manifest has {', '.join(REQUIRED)}")
        return _rows(path, reader, head, code)
    except csv.Error as fault:
        raise UsageError(f"{path}:{reader.line_num}: not a valid CSV file: {fault}") from None


def _rows(path: Path, reader: Reader, head: list[str], code: str) -> Manifest:
    sources: list[Source] = []
    faults: list[str] = []
    left_out: Counter[str] = Counter()
    lines: dict[str, str] = {}
    following = reader.line_num + 1  # a row may run over several lines; it is named by its first
    for values in reader:
        where, following = f"{path}:{following}", reader.line_num + 1
        row = {name: value.strip() for name, value in zip(head, values, strict=False)}
        if not any(row.values()):
            continue
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

        def take(name: str, read: Callable[[str], T], *, row: dict[str, str] = row, where: str = where) -> T | None:
            value = row.get(name, "")
            try:
                return read(value) if value else None
            except ValueError as fault:
                faults.append(f"{where}: {fault}")
                return None

        sources.append(
            Source(
                full,
                "",
                take(code, codes.country),
                take("kind", codes.kind),
                row.get("title") or None,
                take("language", codes.language),
                take("year", _year),
                "_".join(row.get("status", "").lower().split()) or None,
            )
        )
    if faults:
        raise UsageError("\n".join(faults))
    if not left_out:
        return Manifest(tuple(sources), lines)
    several = ", ".join(f"{word} ({count})" for word, count in sorted(left_out.items()))
    note = f"{path}: {left_out.total()} rows left out, their kind is none of {', '.join(DocumentKind)}: {several}"
    return Manifest(tuple(sources), lines, (note,))


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
    raise UsageError(f"{path}: cannot be read as text; save the manifest as CSV in UTF-8")


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1000 <= int(text) <= 2999):
        raise ValueError(f"year {text!r} is not a year such as 2015")
    return int(text)


# ---------------------------------------------------------------- files and names


def _files(folder: Path, endings: set[str], notes: list[str]) -> list[Path]:
    """The files of a folder that can be read, in order of their names. Hidden ones and lock files are not looked at."""
    skipped: Counter[str] = Counter()
    files = []
    for path in sorted(folder.rglob("*"), key=lambda p: p.relative_to(folder).as_posix()):
        if not path.is_file() or any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts):
            continue
        if path.suffix.lower() in endings:
            files.append(path)
        else:
            skipped[path.suffix.lower() or "no ending"] += 1
    if skipped:
        several = ", ".join(f"{ending} ({count})" for ending, count in sorted(skipped.items()))
        notes.append(f"{folder}: {skipped.total()} files skipped whose ending cannot be read: {several}")
    if not files:
        notes.append(f"{folder}: no document in it; the endings that can be read are {', '.join(sorted(endings))}")
    return files


def _named(sources: list[Source], roots: list[Path]) -> list[Source]:
    """The sources with their names: relative to the folder that all roots have in common, without any way out of it."""
    real = [os.path.abspath(root) for root in roots]
    try:
        root = os.path.commonpath(real)
    except ValueError:  # different drives
        root = real[0]
    result: dict[str, Source] = {}
    for source in sources:
        relative = PurePosixPath(Path(os.path.relpath(os.path.abspath(source.path), root)).as_posix())
        name = plain = "/".join(part for part in relative.parts if part not in ("..", "/"))
        number = 1
        while name in result:  # ../a.md beside a.md
            number += 1
            name = f"{number}/{plain}"
        result[name] = replace(source, name=name)
    return list(result.values())
