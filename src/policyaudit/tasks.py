"""One document of a run as a task: read, matched, scored and written, in whatever process it is.

What was read and found before is taken from the cache: a document by the bytes of its file, what is said in it by its text and
the terms, the findings of a section by the document and by all that can change them (the section, its conditions, the concepts,
the terms, our own code). So a changed section needs no vocabulary, whose compiling costs more than judging many documents.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import TypeAdapter, ValidationError

from policyaudit import __version__, run, store
from policyaudit.ingest.facts import expiry
from policyaudit.match import Matcher
from policyaudit.model import Card, Document, Duty, Failure, Finding, Instrument, Source
from policyaudit.places import is_url, place, put
from policyaudit.reading import Reading
from policyaudit.rubric import Rubric
from policyaudit.run import Manner
from policyaudit.score import assess
from policyaudit.score.statuses import sections as scores_of
from policyaudit.sections import Section

READING = ("ingest", "languages", "codes.py", "codes.yaml", "model.py", "pages.py")
MATCHING = ("match", "languages", "columns.py", "reading.py", "rubric.py", "sections.py", "model.py")
JUDGING = ("match", "score", "languages", "columns.py", "reading.py", "rubric.py", "sections.py", "model.py")
"""The parts of the package whose files say how a document is read, what is found said in it, and how that is judged."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What all tasks of a run have in common. ``rubric``: the chosen sections; ``run``: where it is written."""

    rubric: Rubric
    manner: Manner
    as_of: str | None
    run: str
    marks: Marks


@dataclass(frozen=True, slots=True)
class Marks:
    """Hashes by which it is known whether what was found before still holds."""

    reading: str  # of our code and the libraries that read
    matching: str  # of those that look for what is said, and of which concepts are actors
    judging: str  # of those that judge, and of what every section shares: concepts, subjects, which concepts can be said
    sections: dict[str, str]
    terms: dict[str, str]  # by language


@dataclass(frozen=True, slots=True)
class Task:
    """One document. ``key``: the hash of all that its result depends on."""

    source: Source
    stem: str
    key: str


@dataclass(frozen=True, slots=True)
class Done:
    """How a task ended, as kept beside the run. ``entry`` None: it failed, and ``failure`` says why. ``limit``: for want of
    time, memory or luck, and so perhaps not the next time."""

    key: str
    entry: store.Entry | None
    failure: str | None = None
    limit: bool = False
    recognised: bool = False  # pages of it were read by text recognition
    scored: bool = False  # at least one criterion has a score
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Apart:
    """What a card holds besides the findings on its sections."""

    instruments: tuple[Instrument, ...]
    duties: tuple[Duty, ...]


_DONE = TypeAdapter(Done)
_DOCUMENT = TypeAdapter(Document)
_FINDINGS = TypeAdapter(tuple[Finding, ...])
_READING = TypeAdapter(Reading)
_APART = TypeAdapter(Apart)


def setup_of(rubric: Rubric, manner: Manner, as_of: str | None, folder: str) -> Setup:
    """The setup of a run. ``rubric``: the chosen sections."""
    said = {language: sorted(rubric.speakable(language)) for language in sorted(rubric.terms)}
    shared = {
        "concepts": {name: concept.model_dump(mode="json") for name, concept in sorted(rubric.concepts.items())},
        "duties": rubric.head.duties.model_dump(mode="json"),
        "subjects": {name: subject.model_dump(mode="json") for name, subject in sorted(rubric.head.subjects.items())},
        "speakable": said,
    }
    marks = Marks(
        reading=_code(READING),
        matching=_hash([_code(MATCHING), sorted(name for name, concept in rubric.concepts.items() if concept.actor)]),
        judging=_hash([_code(JUDGING), shared]),
        sections={section.id: _hash(_judged_by(section, rubric)) for section in rubric.sections},
        terms={
            language: _hash({name: wording.model_dump(mode="json") for name, wording in sorted(wordings.items())})
            for language, wordings in rubric.terms.items()
        },
    )
    return Setup(replace(rubric, places={}, cases={}), replace(manner, progress=None, jobs=1), as_of, folder, marks)


def _judged_by(section: Section, rubric: Rubric) -> list[Any]:
    """What decides the findings on a section: of its texts nothing, so that a new wording costs no judging."""
    result: list[Any] = []
    for criterion in section.criteria:
        conditions = rubric.conditions.get(criterion.id)
        decided_by = [criterion.id, sorted(criterion.applies_to), list(criterion.elements), list(criterion.contradicted_by)]
        result.append([*decided_by, conditions and conditions.model_dump(mode="json")])
    return result


def base_of(rubric_sha256: str, sections: Iterable[str], manner: Manner, as_of: str | None) -> str:
    """The hash of all that the results of every document of a run depend on; known before the rubric is loaded."""
    code = [_code(READING), _code(JUDGING)]
    return _hash([code, rubric_sha256, sorted(set(sections)), manner.changes, manner.recognise, as_of])


def key_of(source: Source, stem: str, stamp: str, base: str) -> str:
    """The key of a document's task. ``stamp``: what tells one state of its file from another."""
    known = {name: value for name, value in asdict(source).items() if name != "path"}
    return _hash([known, stem, stamp, base])


@cache
def _code(parts: tuple[str, ...]) -> str:
    """The hash of some of our own files, and of the libraries whose version can change a finding."""
    total = hashlib.sha256()
    top = Path(__file__).parent
    for part in parts:
        files = [top / part] if (top / part).is_file() else sorted((top / part).rglob("*"))
        for file in files:
            if file.suffix in (".py", ".yaml"):
                total.update(file.relative_to(top).as_posix().encode())
                total.update(file.read_bytes())
    versions = {}
    for name in (*run.LIBRARIES, *run.RECOGNITION):
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = ""
    return _hash([total.hexdigest(), __version__, versions])


def _hash(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


# ---------------------------------------------------------------- how a task ended


def state_file(folder: Path, stem: str) -> Path:
    """Where it is kept how the task of a document ended."""
    pure = PurePosixPath(stem)
    return folder.joinpath("state", "documents", *pure.parts[:-1], pure.name + ".json")


def keep_state(folder: Path, stem: str, done: Done) -> None:
    """Keep how a task ended. Raises OSError."""
    put(state_file(folder, stem), store.as_bytes(_DONE.dump_python(done, mode="json")))


def state_of(path: Path) -> Done | None:
    """How a task ended; None where it has not, or what is kept of it is damaged."""
    try:
        return _DONE.validate_python(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError):
        return None


# ---------------------------------------------------------------- the work


def prepare(setup: bytes) -> Callable[[Task], Done]:
    """The function that works the tasks of a run in this process; vocabularies are compiled once."""
    common: Setup = pickle.loads(setup)
    matcher = Matcher(common.rubric)
    return lambda task: work(task, common, matcher)


def work(task: Task, setup: Setup, matcher: Matcher) -> Done:
    """Assess one document and write what was found into the run, last of all how it ended."""
    begun = time.monotonic()
    folder = place(setup.run)
    with tempfile.TemporaryDirectory(prefix="policyaudit-") as fetched:
        outcome = run.guarded(task.source, lambda: _assessed(task, setup, matcher, Path(fetched)))
    seconds = round(time.monotonic() - begun, 3)
    if isinstance(outcome, Failure):
        store.drop(folder, task.stem)
        done = Done(task.key, None, outcome.message, seconds=seconds)
    else:
        document, card = outcome
        store.put_document(folder, document)
        store.put_card(folder, task.stem, card)
        recognised = any(page.recognised is not None for page in document.pages)
        scored = any(finding.score is not None for finding in card.findings)
        done = Done(task.key, store.entry_of(document), recognised=recognised, scored=scored, seconds=seconds)
    keep_state(folder, task.stem, done)
    return done


def _assessed(task: Task, setup: Setup, matcher: Matcher, fetched: Path) -> tuple[Document, Card]:
    source = task.source
    if is_url(source.path):
        copy = fetched / PurePosixPath(source.path).name
        copy.write_bytes(place(source.path).read_bytes())
        source = replace(source, path=str(copy))
    document = _read(source, setup)
    card = _judged(document, setup, matcher)
    told = expiry(document.facts, setup.as_of) if setup.as_of else None
    warnings = (*document.warnings, told) if told else document.warnings
    return replace(document, stem=task.stem, warnings=warnings), card


def _read(source: Source, setup: Setup) -> Document:
    from policyaudit import ingest

    known = {name: value for name, value in asdict(source).items() if name != "path"}
    file = hashlib.sha256(Path(source.path).read_bytes()).hexdigest()
    key = _hash([file, known, setup.manner.changes, setup.manner.recognise, setup.marks.reading])
    document = _kept(setup, "documents", key, _DOCUMENT)
    if document is None:
        document = ingest.read(source, setup.manner)
        _keep(setup, "documents", key, _DOCUMENT, document)
    assert isinstance(document, Document)
    return document


def _judged(document: Document, setup: Setup, matcher: Matcher) -> Card:
    """The card of a document; only sections are judged whose findings are not in the cache."""
    rubric, marks = setup.rubric, setup.marks
    languages = sorted({document.language, *(p.language for p in document.provisions if p.language)})
    terms = {language: marks.terms[language] for language in languages if language in marks.terms}
    text = _hash(_DOCUMENT.dump_python(document, mode="json"))
    keys = {section.id: _hash([text, marks.judging, terms, marks.sections[section.id]]) for section in rubric.sections}
    whole = _hash([text, marks.judging, terms])
    found = {name: findings for name, key in keys.items() if (findings := _kept(setup, "findings", key, _FINDINGS)) is not None}
    apart = _kept(setup, "apart", whole, _APART)
    missing = [section.id for section in rubric.sections if section.id not in found]
    if missing or apart is None:
        chosen = rubric.select(missing)
        card = assess(document, _matched(document, setup, matcher, _hash([text, marks.matching, terms])), chosen)
        apart = Apart(card.instruments, card.duties)
        _keep(setup, "apart", whole, _APART, apart)
        for section, findings in _by_section(chosen.sections, card.findings):
            found[section] = findings
            _keep(setup, "findings", keys[section], _FINDINGS, findings)
    every = tuple(finding for section in rubric.sections for finding in found[section.id])
    judged = scores_of(every, rubric)
    return Card(document.name, document.country, every, judged, (document.name,), apart.instruments, duties=apart.duties)


def _matched(document: Document, setup: Setup, matcher: Matcher, key: str) -> Reading:
    """What is said in a document, as kept under the key or looked for now."""
    reading = _kept(setup, "readings", key, _READING)
    if reading is None:
        reading = matcher.read(document)
        _keep(setup, "readings", key, _READING, reading)
    assert isinstance(reading, Reading)
    return reading


def _by_section(sections: Iterable[Section], findings: tuple[Finding, ...]) -> list[tuple[str, tuple[Finding, ...]]]:
    result = []
    first = 0
    for section in sections:
        last = first + len(section.criteria)
        result.append((section.id, findings[first:last]))
        first = last
    return result


# ---------------------------------------------------------------- the cache


def _kept(setup: Setup, shelf: str, key: str, shape: TypeAdapter[Any]) -> Any:
    if setup.manner.cache is None:
        return None
    try:
        packed = (setup.manner.cache / shelf / key[:2] / f"{key}.json.z").read_bytes()
        return shape.validate_python(json.loads(zlib.decompress(packed)))
    except (OSError, ValueError, ValidationError, zlib.error):
        return None


def _keep(setup: Setup, shelf: str, key: str, shape: TypeAdapter[Any], value: Any) -> None:
    """Keep a value; a folder that cannot be written to is no reason to stop."""
    if setup.manner.cache is None:
        return
    data = json.dumps(shape.dump_python(value, mode="json"), separators=(",", ":")).encode("ascii")
    try:
        put(setup.manner.cache / shelf / key[:2] / f"{key}.json.z", zlib.compress(data, 1))
    except OSError:
        return
