"""The corridor of ``policyaudit corpus``: files -> ingest and match -> what is kept of each -> corpus -> report.

Of a document only an Item is kept, in the folder of the cache too, so that looking a corpus over again costs little.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib import metadata, resources
from pathlib import Path

from pydantic import TypeAdapter

from policyaudit import __version__, ingest, run
from policyaudit.corpus import likeness, proposing
from policyaudit.corpus.checking import inventory as inventory
from policyaudit.corpus.datapackage import PROPOSED, TO_CHECK
from policyaudit.corpus.likeness import pairs
from policyaudit.corpus.manifest import FURTHER
from policyaudit.corpus.versions import versions
from policyaudit.engines import Limits, Lost, local
from policyaudit.ingest import dates, identify
from policyaudit.ingest.naming import countries_named
from policyaudit.inventory import Inventory, Item, Pointer, Sure, Told
from policyaudit.languages.identity import identity_of
from policyaudit.match.instruments import instruments, keys
from policyaudit.match.language import languages
from policyaudit.model import Document, Fact, Failure, Source
from policyaudit.report import inventories
from policyaudit.report.inventories import as_json as as_json
from policyaudit.report.inventories import formats as formats
from policyaudit.report.sentences import rubric_in_language
from policyaudit.report.translation import translation
from policyaudit.rubric import Rubric
from policyaudit.run import Manner, Progress

_LONGEST_WORDS = 80
_MANY = 8  # documents to read from which further processes are worth their start
_ITEM = TypeAdapter(Item)


def survey(sources: Sequence[Source], manner: Manner, progress: Progress | None = None) -> Iterator[Item | Failure]:
    """Every document as an Item, or why it cannot be read, in the order of the sources.

    Where many are to be read, ``manner.jobs`` of them are read at once, each in a process that is watched for time and memory.
    """
    known = {source.name: item for source in sources if (item := _kept(source, manner)) is not None}
    left = [source for source in sources if source.name not in known]
    found: dict[str, Item | Failure] = {}
    if len(left) >= _MANY and manner.jobs > 1:
        alone = pickle.dumps(replace(manner, jobs=1, progress=None))
        for source, answer in local.work_through(prepare, alone, left, jobs=manner.jobs, limits=Limits()):
            found[source.name] = Failure(source.name, answer.why) if isinstance(answer, Lost) else answer
            if progress:
                progress(len(known) + len(found) - 1, source.name)
    for done, source in enumerate(sources):
        if source.name in known:
            yield known[source.name]
        elif source.name in found:
            yield found[source.name]
        else:
            if progress:
                progress(done, source.name)
            yield look(source, manner)


def prepare(manner: bytes) -> Callable[[Source], Item | Failure]:
    """The function that reads documents in a process of its own."""
    chosen: Manner = pickle.loads(manner)
    return lambda source: look(source, chosen)


def look(source: Source, manner: Manner) -> Item | Failure:
    """One document as an Item, which is kept in the cache, or why it cannot be read."""
    document = run.read(source, manner)
    if isinstance(document, Failure):
        return document
    item = item_of(document)
    place = _place(source, manner)
    if place:
        _keep(place, item)
    return item


def item_of(document: Document) -> Item:
    """What looking over a corpus needs of a document."""
    language = document.language
    said = likeness.words(document.text)
    heard, whole = identify.language(document.text) if said else (language, False)
    titles = dict.fromkeys([document.title, *(fact.value for fact in document.facts if fact.name == "title")])
    able = language in languages()
    pointed = instruments(document, language) if able else ()
    return Item(
        name=document.name,
        sha256=document.sha256,
        text_sha256=likeness.digest(said),
        country=document.country,
        kind=document.kind,
        title=document.title,
        language=language,
        year=document.year,
        status=document.status,
        guessed=document.guessed,
        facts=tuple(_told(document, fact) for fact in document.facts),
        warnings=document.warnings,
        jurisdiction=document.jurisdiction,
        instrument=document.instrument,
        in_force=document.in_force,
        pages=len(document.pages),
        unread=tuple(page.number for page in document.pages if not page.has_text),
        recognised=sum(page.recognised is not None for page in document.pages),
        words=len(said),
        language_throughout=whole and heard == language,
        named=countries_named(document.text, language),
        called=tuple(dict.fromkeys(key for title in titles for key in keys(_own(title, language), language))) if able else (),
        pointers=tuple(
            Pointer(keys(one.name, language)[0], one.name, one.times, one.places) for one in pointed if keys(one.name, language)
        ),
        sketch=likeness.sketch(said),
    )


def _own(title: str, language: str) -> str:
    """The title without the other instruments that it names: what the act that it is about is called is not its own name."""
    _, own = dates.own_words(title, identity_of(language))
    return title[: len(own)]


def _told(document: Document, fact: Fact) -> Told:
    if fact.start is None or fact.end is None:
        return Told(fact.name, fact.value, fact.origin)
    words = " ".join(document.text[fact.start : fact.end].split())[:_LONGEST_WORDS]
    page = max(bisect_right([page.start for page in document.pages], fact.start) - 1, 0)
    return Told(fact.name, fact.value, fact.origin, words, document.pages[page].number if document.pages else None)


# ---------------------------------------------------------------- the cache


def _place(source: Source, manner: Manner) -> Path | None:
    """Where an Item is kept: by the bytes of the file, what is said of it, how it is read, and by what."""
    if manner.cache is None:
        return None
    try:
        digest = hashlib.sha256(Path(source.path).read_bytes())
    except OSError:
        return None  # reading it will say why
    known = {name: value for name, value in asdict(source).items() if name != "path"}
    by = [__version__, _reader(), *(f"{name} {metadata.version(name)}" for name in run.LIBRARIES)]
    digest.update(json.dumps([known, manner.changes, manner.recognise, by], sort_keys=True).encode())
    key = digest.hexdigest()
    return manner.cache / "items" / key[:2] / f"{key}.json"


@cache
def _reader() -> str:
    """SHA-256 over all that an Item depends on in this program, so that a changed grammar or reader is not missed in between two
    versions."""
    top = Path(str(resources.files("policyaudit")))
    rooms = ("ingest", "match", "languages", "corpus")
    files = [*top.glob("*.py"), *top.glob("*.yaml"), *(file for room in rooms for file in (top / room).rglob("*"))]
    digest = hashlib.sha256()
    for file in sorted(file for file in files if file.suffix in (".py", ".yaml")):
        digest.update(file.relative_to(top).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _kept(source: Source, manner: Manner) -> Item | None:
    """The Item of a file that was looked at in the same manner before; None where there is none, or it is damaged."""
    place = _place(source, manner)
    if place is None:
        return None
    try:
        item: Item = _ITEM.validate_json(place.read_bytes())
    except (OSError, ValueError):
        return None
    return item


def _keep(place: Path, item: Item) -> None:
    """Keep an Item, whole or not at all; a folder that cannot be written to is no reason to stop."""
    half = place.with_suffix(f".{os.getpid()}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        data = json.dumps(_ITEM.dump_python(item, mode="json"), ensure_ascii=False)
        half.write_text(data, encoding="utf-8", errors="backslashreplace")
        half.replace(place)
    except OSError:
        half.unlink(missing_ok=True)


def endings() -> tuple[str, ...]:
    """The endings of files that can be read, with their dot."""
    return ingest.endings()


# ---------------------------------------------------------------- reports


def write(inventory: Inventory, folder: Path, names: Iterable[str], rubric: Rubric, *, language: str = "en") -> tuple[Path, ...]:
    """Write the forms named into the folder, in one of ``run.report_languages``; their paths. Raises UsageError if that fails."""
    words = translation(language)
    sections = rubric_in_language(rubric.as_data(), words)["sections"]
    titles = {one["id"]: one["title"] for section in sections for one in section["criteria"]}  # type: ignore[attr-defined]
    return inventories.write(inventory, folder, names, words=words, titles=titles)


# ---------------------------------------------------------------- corpus init


@dataclass(frozen=True, slots=True)
class Proposed:
    """Rows for a manifest, the names of its columns, and the files that could not be read (each has a row all the same)."""

    head: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    failures: tuple[Failure, ...]


def propose(
    sources: Sequence[Source], manner: Manner, *, above: Sequence[str] = (), progress: Progress | None = None
) -> Proposed:
    """A row for every source. ``above``: the names of the folders that hold the corpus, the nearest last.

    Beside each column that is proposed stands one that says how sure it is and why, and at the end one that names the columns
    to be looked at first. Documents that look like versions of one instrument get an id in common.
    """
    rows = []
    failures = []
    items = []
    columns = (*proposing.FIELDS, "jurisdiction")
    for source, outcome in zip(sources, survey(sources, manner, progress), strict=True):
        if isinstance(outcome, Failure):
            failures.append(outcome)
            found = proposing.unread(source.name, above=above)
        else:
            items.append(outcome)
            found = proposing.proposals(outcome, above=above)
        row = {"file": source.name}
        for column in columns:
            one = found[column]
            row[column] = one.value
            row[f"{column}{PROPOSED}"] = f"{one.sure}: {one.why}" if one.why else str(one.sure)
        doubtful = [column for column in proposing.FIELDS if found[column].sure in (Sure.GUESS, Sure.UNKNOWN)]
        row[TO_CHECK] = ", ".join(doubtful)
        rows.append(row)
    values = {row["file"]: row for row in rows}
    known = [
        replace(item, country=values[item.name]["country"] or None, jurisdiction=values[item.name]["jurisdiction"] or None)
        for item in items
    ]
    for group in versions(known, pairs(known)):
        for name in group.names:
            values[name] |= {"instrument": group.instrument, f"instrument{PROPOSED}": f"{Sure.GUESS}: {group.why}"}
            values[name][TO_CHECK] = ", ".join(filter(None, [values[name][TO_CHECK], "instrument"]))
    head = ("file", *proposing.FIELDS, *FURTHER, *(f"{column}{PROPOSED}" for column in (*columns, "instrument")), TO_CHECK)
    return Proposed(head, tuple(rows), tuple(failures))
