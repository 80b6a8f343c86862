"""Keep it: a run as a folder from which every report can be made again.

    run.json                 what it was made with, the documents in order, country roll-ups, failures; written last
    rubric.json              the rubric's texts as the reports print them
    cards/**/<stem>.json     one scorecard per document
    documents/**/<stem>.json the document as read: its canonical text, pages, provisions, warnings

The keys are those of ``model``; ``schema`` describes them. The same results give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError, to_json

from policyaudit.errors import UsageError
from policyaudit.model import Card, Document, DocumentKind, Failure, Results, RunInfo
from policyaudit.places import is_local, put


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of a run, by the path of its two files (``stem``), with what can be told without opening them; each as in
    Document, None where it is not known or the run is of an earlier version."""

    name: str
    stem: str
    sha256: str
    country: str | None = None
    jurisdiction: str | None = None
    instrument: str | None = None
    kind: DocumentKind | None = None
    language: str | None = None
    title: str | None = None
    year: int | None = None
    status: str | None = None
    in_force: str | None = None


@dataclass(frozen=True, slots=True)
class Index:
    """run.json."""

    run: RunInfo
    documents: tuple[Entry, ...]
    failures: tuple[Failure, ...]
    countries: tuple[Card, ...]


INDEX = "run.json"
_COUNTRIES = b'"countries": ['
_NO_COUNTRIES = _COUNTRIES + b"]"
RUBRIC = "rubric.json"
_INDEX = TypeAdapter(Index)
_CARD = TypeAdapter(Card)
_DOCUMENT = TypeAdapter(Document)
_RUBRIC = TypeAdapter(dict[str, object])


def prepare(folder: Path) -> None:
    """Make the folder, and see that it can be written, before a long run. Raises UsageError if not."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: cannot be written, it is a file and not a folder; choose another folder with --out")
    trial = folder / ".trial"
    try:
        put(trial, b"")
        trial.unlink()
    except OSError as fault:
        raise UsageError(f"{folder}: cannot be written ({fault.strerror}); choose another folder with --out") from None


def write(results: Results, folder: Path) -> None:
    """Write a run into the folder in place of the run that it holds. What is not of a run stays untouched.

    A folder in which writing broke off has no run.json. Raises UsageError if the folder cannot be written.
    """
    prepare(folder)
    before = stems(folder)
    try:
        drop_index(folder)
        put_rubric(folder, results.rubric)
        for read, judged in zip(results.documents, results.cards, strict=True):
            put_document(folder, read)
            put_card(folder, read.stem, judged)
        for stem in sorted(before - {read.stem for read in results.documents}):
            drop(folder, stem)
        head = Index(results.run, tuple(entry_of(read) for read in results.documents), results.failures, results.countries)
        put_index(folder, head)
    except OSError as fault:
        raise UsageError(f"{fault.filename or folder}: cannot be written ({fault.strerror})") from None


def put_document(folder: Path, read: Document) -> None:
    """Write a document as read. Raises OSError, as do all that write one file; the file is whole or not there."""
    put(_inside(folder, "documents", read.stem), as_bytes(_DOCUMENT.dump_python(read, mode="json")))


def put_card(folder: Path, stem: str, judged: Card) -> None:
    """Write the scorecard of the document with this stem."""
    put(_inside(folder, "cards", stem), as_bytes(_stored(judged)))


def put_rubric(folder: Path, texts: dict[str, object]) -> None:
    """Write the rubric's texts."""
    put(folder / RUBRIC, as_bytes(texts))


def put_index(folder: Path, head: Index, countries: Iterable[Card] | None = None) -> None:
    """Write run.json, by which a run is whole: after all else. ``countries``: the roll-ups, in place of those of the head; only
    one is asked for and held at a time, for together they are far larger than all else that a long run needs."""
    put(folder / INDEX, _index_in_pieces(head, head.countries if countries is None else countries))


def _index_in_pieces(head: Index, countries: Iterable[Card]) -> Iterator[bytes]:
    """The same bytes as of the whole at once."""
    opening, closing = as_bytes(_INDEX.dump_python(replace(head, countries=()), mode="json")).rsplit(_NO_COUNTRIES, 1)
    yield opening + _COUNTRIES
    between = b""
    for one in countries:
        yield between + b"\n  " + as_bytes(_CARD.dump_python(one, mode="json")).rstrip(b"\n").replace(b"\n", b"\n  ")
        between = b","
    yield (b"\n ]" if between else b"]") + closing


def drop_index(folder: Path) -> None:
    """Take run.json away, before anything else of the run changes."""
    (folder / INDEX).unlink(missing_ok=True)


def drop(folder: Path, stem: str) -> None:
    """Remove the files of a document that is no longer of the run, and folders that became empty."""
    for room in ("cards", "documents"):
        path = _inside(folder, room, stem)
        path.unlink(missing_ok=True)
        _tidy(path.parent, folder)


def has(folder: Path, stem: str) -> bool:
    """Whether both files of a document are there."""
    return all(_inside(folder, room, stem).is_file() for room in ("cards", "documents"))


def stems(folder: Path) -> set[str]:
    """The documents of the run that a folder holds; none where it holds none that we know."""
    try:
        return {entry.stem for entry in heading(folder).documents if _inside(folder, "cards", entry.stem)}
    except UsageError:
        return set()


def entry_of(document: Document) -> Entry:
    """The line of a document in the index of its run."""
    return Entry(
        document.name,
        document.stem,
        document.sha256,
        country=document.country,
        jurisdiction=document.jurisdiction,
        instrument=document.instrument,
        kind=document.kind,
        language=document.language,
        title=document.title,
        year=document.year,
        status=document.status,
        in_force=document.in_force,
    )


def index(folder: Path) -> Index:
    """What run.json of a run folder says. Raises UsageError where it is no run folder or the run was broken off."""
    if not (folder / INDEX).is_file():
        raise UsageError(f"{folder}: not a run folder, or its run was broken off: there is no {INDEX}; run policyaudit audit")
    found: Index = _read(folder / INDEX, _INDEX)
    return found


def heading(folder: Path) -> Index:
    """What run.json says, without its countries, which are far larger and stay unread. Raises UsageError as ``index`` does."""
    return _parted(folder)[0]


def roll_ups(folder: Path) -> Iterator[Card]:
    """The cards of the countries of a run, in order, one held at a time. Raises UsageError as ``index`` does."""
    head, countries = _parted(folder)
    yield from head.countries if countries is None else countries


def _parted(folder: Path) -> tuple[Index, Iterator[Card] | None]:
    """run.json as the lines that we write it in: what stands before the countries, and these one by one. One that is laid out
    otherwise is read whole, and then the countries are in the first part and the second is None."""
    path = folder / INDEX
    opening: list[str] = []
    with suppress(OSError, ValueError), path.open(encoding="utf-8") as file:
        for line in file:
            if line.startswith(' "countries": ['):
                head = _INDEX.validate_python(json.loads("".join(opening) + ' "countries": []}'))
                return head, _one_by_one(path, len(opening) + 1)
            opening.append(line)
    return index(folder), None


def _one_by_one(path: Path, before: int) -> Iterator[Card]:
    """The countries of run.json, whose first line follows so many others. A line of two spaces and a bracket ends each."""
    lines: list[str] = []
    try:
        with path.open(encoding="utf-8") as file:
            for line in islice(file, before, None):
                if line.startswith("  }"):
                    yield _CARD.validate_python(json.loads("".join(lines) + "}"))
                    lines = []
                else:
                    lines.append(line)
        if "".join(lines).split() not in (["]", "}"], ["}"]):
            raise ValueError("it breaks off")
    except (OSError, ValueError) as fault:
        raise UsageError(f"{path}: damaged among its countries ({' '.join(str(fault).split())[:200]})") from None


def rubric(folder: Path) -> dict[str, object]:
    """The rubric's texts as the reports of a run print them."""
    found: dict[str, object] = _read(folder / RUBRIC, _RUBRIC)
    return found


def card(folder: Path, entry: Entry) -> Card:
    """The scorecard of one document of a run. Raises UsageError where its file is missing or damaged, as do all below."""
    found: Card = _read(_inside(folder, "cards", entry.stem), _CARD)
    return found


def cards(folder: Path) -> Iterator[tuple[Entry, Card]]:
    """Every document of a run with its card, in order, one file open at a time."""
    for entry in heading(folder).documents:
        yield entry, card(folder, entry)


def document(folder: Path, entry: Entry) -> Document:
    """One document of a run as it was read."""
    found: Document = _read(_inside(folder, "documents", entry.stem), _DOCUMENT)
    return found


def load(folder: Path) -> Results:
    """The results of a run folder, equal to those written. Raises UsageError where it is no run folder or not whole."""
    head = index(folder)
    documents = tuple(document(folder, entry) for entry in head.documents)
    findings = tuple(card(folder, entry) for entry in head.documents)
    return Results(head.run, rubric(folder), documents, findings, head.countries, head.failures)


def schema() -> dict[str, Any]:
    """JSON Schemas of the files of a run folder: card, document, run."""
    schemas: dict[str, Any] = {}
    for name, shape in (("card", _CARD), ("document", _DOCUMENT), ("run", _INDEX)):
        schemas[name] = {"$schema": "https://json-schema.org/draft/2020-12/schema", **shape.json_schema(mode="serialization")}
    contradiction = schemas["card"]["$defs"]["Contradiction"]
    place = {"type": "integer", "description": "of its first evidence"}
    contradiction["properties"] |= {"start": place, "end": place}
    return schemas


def _stored(card: Card) -> dict[str, Any]:
    """A card as its file holds it: each contradiction says its place itself, beside its evidence."""
    data: dict[str, Any] = _CARD.dump_python(card, mode="json")
    for finding in data["findings"]:
        for contradiction in finding["contradictions"]:
            for first in contradiction["evidence"][:1]:
                contradiction |= {"start": first["start"], "end": first["end"]}
    return data


def as_bytes(data: object) -> bytes:
    """Data as the text of a JSON file. (The standard library's own encoder is some eight times slower as soon as it indents.)"""
    with suppress(PydanticSerializationError):
        return to_json(data, indent=1) + b"\n"
    text = json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    return text.encode("utf-8", errors="backslashreplace")  # a lone surrogate, which the fast one refuses, becomes its own escape


def _read(path: Path, shape: TypeAdapter[Any]) -> Any:
    try:
        return shape.validate_python(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file; the run folder is not whole") from None
    except OSError as fault:
        raise UsageError(f"{path}: cannot be read ({fault.strerror})") from None
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{path}: not of a run of this version: {where}: {first['msg']}") from None
    except ValueError as fault:
        raise UsageError(f"{path}: not valid JSON: {fault}") from None


def _inside(folder: Path, room: str, stem: str) -> Path:
    """The file of a stem. Raises UsageError for a stem that leads out of the folder, as a forged run.json might have it."""
    parts = stem.split("/")
    if any(part in ("", ".", "..") for part in parts) or "\\" in stem or ":" in parts[0]:
        raise UsageError(f"{folder}: {stem!r} is not the name of a file in a run folder")
    return folder.joinpath(room, *parts[:-1], parts[-1] + ".json")


def _tidy(folder: Path, top: Path) -> None:
    """Remove folders that became empty, up to the run folder."""
    while is_local(folder) and folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
