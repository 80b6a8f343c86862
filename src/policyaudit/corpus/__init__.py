"""What to audit: a manifest, files and folders -> the sources, with what is known about each."""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from policyaudit.corpus import datapackage
from policyaudit.corpus.manifest import MANIFEST, read_table
from policyaudit.corpus.manifest import read_manifest as read_manifest
from policyaudit.errors import UsageError
from policyaudit.model import DocumentKind, Failure, Source

_WORKBOOK_MARK = re.compile(rb"<dc:creator[^>]*>policyaudit ")  # in the properties of every workbook of ours
REPORT_MARK = b'<meta name="generator" content="policyaudit '  # near the top of every gap report


@dataclass(frozen=True, slots=True)
class Corpus:
    """The sources in order, the files that were named and are not there, and what the user should be told (whole lines)."""

    sources: tuple[Source, ...]
    failures: tuple[Failure, ...] = ()
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
    search = _Search({ending.lower() for ending in endings})
    if manifest is not None:
        listed = search.manifest(manifest)
        search.rows = {os.path.abspath(source.path): source for source in listed}
        search.found += [] if paths else listed
    for path in paths:
        inner = path if path.suffix.lower() == ".csv" else path / MANIFEST
        if path not in missing and manifest is None and inner.is_file():
            search.notes.append(f"using {inner}")
            search.found += search.manifest(inner)
        else:
            search.path(path)
    sources = _named(list({os.path.abspath(source.path): source for source in search.found}.values()), search.roots)
    there = [source for source in sources if Path(source.path).exists()]
    failures = [search.failure(source) for source in sources if not Path(source.path).exists()]
    defaults = {"country": country, "kind": kind, "language": language}
    return Corpus(tuple(_completed(source, defaults) for source in there), tuple(failures), tuple(search.notes))


def contents(folder: Path, *, endings: Iterable[str]) -> Corpus:
    """Every file of a folder that can be read, whatever a manifest in it says. Raises UsageError where it is no folder."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: {'not a folder' if folder.exists() else 'no such folder'}; name the folder of the documents")
    search = _Search({ending.lower() for ending in endings})
    search.path(folder)
    return Corpus(tuple(_named(search.found, search.roots)), (), tuple(search.notes))


def described(folder: Path, *, endings: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The files of a folder that its manifest does not name, and what the user should be told of how it is described.

    Raises UsageError with every fault of its manifest.csv and datapackage.json, one line each.
    """
    place = folder if folder.suffix.lower() == ".csv" else folder / MANIFEST
    package = place.parent / datapackage.DATAPACKAGE
    notes = []
    told = datapackage.read(package) if package.is_file() else None
    if not place.is_file():
        return (), (f"{folder}: no {MANIFEST}; policyaudit corpus init proposes one",)
    table = read_table(place)
    schema = datapackage.schema_of(told) if told else None
    if schema is not None:
        faults = list(datapackage.faults(place, table, schema))
        if faults:
            raise UsageError("\n".join(faults))
    elif told is None:
        notes.append(f"{place.parent}: no {datapackage.DATAPACKAGE}; policyaudit corpus init --add writes one")
    else:
        notes.append(f"{package}: says nothing of the columns of {MANIFEST}")
    named = {row.get("file", "").replace("\\", "/") for _, row in table.rows}
    there = contents(place.parent, endings=endings).sources
    return tuple(source.name for source in there if source.name not in named), tuple(notes)


@dataclass
class _Search:
    """What was found so far. ``rows``: absolute path -> what the manifest says of that file."""

    endings: set[str]
    found: list[Source] = field(default_factory=list)
    roots: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lines: dict[str, str] = field(default_factory=dict)
    rows: dict[str, Source] = field(default_factory=dict)

    def manifest(self, place: Path) -> tuple[Source, ...]:
        """The sources of a manifest, with its notes and lines taken over."""
        read = read_manifest(place)
        self.notes += read.notes
        self.lines |= read.lines
        self.roots.append(place.parent)
        return read.sources

    def path(self, path: Path) -> None:
        """Take in a file, or a folder's files and what the manifest names in it although it is not there."""
        if not path.is_dir():
            self.found.append(self._known(path))
            self.roots.append(path.parent)
            return
        under = os.path.join(os.path.abspath(path), "")
        absent = [source for real, source in self.rows.items() if real.startswith(under) and not Path(source.path).exists()]
        self.found += [self._known(file) for file in _files(path, self.endings, self.notes)] + absent
        self.roots.append(path)

    def failure(self, source: Source) -> Failure:
        """Of a file that does not exist."""
        line = self.lines.get(source.path)
        return Failure(source.name, f"no such file: {source.path}" + (f" (named in {line})" if line else ""))

    def _known(self, path: Path) -> Source:
        return self.rows.get(os.path.abspath(path), Source(str(path), ""))


def _completed(source: Source, defaults: dict[str, Any]) -> Source:
    """The source with the defaults where it says nothing."""
    return replace(source, **{name: value for name, value in defaults.items() if value and getattr(source, name) is None})


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


# ---------------------------------------------------------------- files and names


def _files(folder: Path, endings: set[str], notes: list[str]) -> list[Path]:
    """The files of a folder that can be read, in order of their names. Hidden ones and lock files are not looked at."""
    skipped: Counter[str] = Counter()
    own = 0
    files = []
    for path in sorted(folder.rglob("*"), key=lambda p: p.relative_to(folder).as_posix()):
        if not path.is_file() or any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts):
            continue
        if path.suffix.lower() in endings and _is_report(path):
            own += 1
        elif path.suffix.lower() in endings:
            files.append(path)
        else:
            skipped[path.suffix.lower() or "no ending"] += 1
    if skipped:
        several = ", ".join(f"{ending} ({count})" for ending, count in sorted(skipped.items()))
        notes.append(f"{folder}: {skipped.total()} files skipped whose ending cannot be read: {several}")
    if own:
        notes.append(f"{folder}: reports of earlier runs left out: {own}")
    if not files:
        notes.append(f"{folder}: no document in it; the endings that can be read are {', '.join(sorted(endings))}")
    return files


def _is_report(path: Path) -> bool:
    """Whether the file is a gap report or workbook of ours, which quotes laws and is none."""
    if path.suffix.lower() == ".xlsx":
        return _is_own_workbook(path)
    if path.suffix.lower() not in (".html", ".htm"):
        return False
    try:
        with path.open("rb") as file:
            return REPORT_MARK in file.read(2000)
    except OSError:
        return False  # it is read later, and then told


def _is_own_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as book, book.open("docProps/core.xml") as part:
            return _WORKBOOK_MARK.search(part.read(4000)) is not None
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, RuntimeError, NotImplementedError, OSError, EOFError):
        return False


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
