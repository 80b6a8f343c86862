"""The corridor of ``policyaudit run``: a corpus as tasks for an engine, what they wrote as one run.

Beside what every run folder holds, ``state/`` keeps how far the run is: ``run.json`` what it is a run of, ``progress.json`` its
pace, ``documents/`` how the task of each document ended. A task that ended with the same key is not done again.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath

from pydantic import TypeAdapter, ValidationError

from policyaudit import run, store, tasks
from policyaudit.corpus import Corpus, stems
from policyaudit.corpus.manifest import MANIFEST, read_manifest
from policyaudit.engines import Limits, Lost, cluster, local
from policyaudit.errors import UsageError
from policyaudit.model import Failure, Source
from policyaudit.places import is_local, is_url, place, put, stamp
from policyaudit.rubric import Rubric
from policyaudit.rubricfolder import digest, load
from policyaudit.run import Manner
from policyaudit.score import countries
from policyaudit.tasks import Done, Task

EVERY = 2.0  # seconds between two notes of how far the run is


@dataclass(frozen=True, slots=True)
class Engine:
    """What works the tasks. ``jobs`` at once, None: one for each processor. ``address``: of a Ray cluster."""

    name: str = "local"
    jobs: int | None = None
    address: str | None = None
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Pace:
    """How far a run is. ``before``: ended in earlier calls; ``begun`` and ``told``: when this call began, and when it last
    said so, in seconds since 1970."""

    total: int
    before: int
    done: int  # in this call
    failed: int  # of all that ended
    begun: float
    told: float
    whole: bool = False

    @property
    def left(self) -> int:
        return self.total - self.before - self.done

    @property
    def per_minute(self) -> float | None:
        """Documents a minute in this call; None before the first."""
        spent = self.told - self.begun
        return 60 * self.done / spent if self.done and spent > 0 else None

    @property
    def seconds_left(self) -> float | None:
        """How long it will take at this pace; None where that is not known yet."""
        rate = self.per_minute
        return 60 * self.left / rate if rate else None


@dataclass(frozen=True, slots=True)
class Summary:
    """What a call of the run did. ``worked``: tasks done in it; ``scored``: any criterion of any document has a score."""

    total: int
    worked: int
    failures: tuple[Failure, ...]
    scored: bool
    as_of: str | None


Tell = Callable[[Pace, Task, Done], None]
_PACE = TypeAdapter(Pace)


def gather_remote(url: str, *, endings: Sequence[str]) -> Corpus:
    """The corpus at a URL: what its manifest.csv names, or else every file whose ending can be read."""
    import tempfile

    top = place(url)
    try:
        there = {path.path.removeprefix(top.path).lstrip("/"): path for path in top.rglob("*") if path.is_file()}  # type: ignore[attr-defined]
    except (OSError, ValueError) as fault:
        raise UsageError(f"{url}: cannot be read ({' '.join(str(fault).split())})") from None
    if not there:
        raise UsageError(f"{url}: nothing there; check the URL and who may read it")
    if MANIFEST not in there:
        named = [Source(str(path), name) for name, path in sorted(there.items()) if PurePosixPath(name).suffix.lower() in endings]
        return Corpus(tuple(named))
    with tempfile.TemporaryDirectory(prefix="policyaudit-") as folder:
        copy = Path(folder) / MANIFEST
        copy.write_bytes(there[MANIFEST].read_bytes())
        rows = read_manifest(copy).sources
        names = [Path(os.path.relpath(source.path, folder)).as_posix() for source in rows]
    sources = [replace(row, path=str(there[name]), name=name) for row, name in zip(rows, names, strict=True) if name in there]
    missing = [Failure(name, f"named in {url.rstrip('/')}/{MANIFEST} and not there") for name in names if name not in there]
    return Corpus(tuple(sources), tuple(missing), (f"using {url.rstrip('/')}/{MANIFEST}",))


def date_of(folder: str, today: str) -> str:
    """The date of the audit where none is asked for: that of the unfinished run in the folder, so that it goes on; else today."""
    try:
        head = json.loads(_head(place(folder)).read_text(encoding="utf-8"))
        return str(head["as_of"]) if not head["whole"] and head["as_of"] else today
    except (OSError, ValueError, KeyError, TypeError):
        return today


def carry_out(
    corpus: Corpus,
    rubric_folder: Path,
    *,
    folder: str,
    sections: Sequence[str] = (),
    manner: Manner,
    as_of: str | None,
    engine: Engine,
    again: bool = False,
    tell: Tell | None = None,
) -> Summary:
    """Assess every source of a corpus that is not done, and make one run of all. Raises UsageError where that cannot begin.

    The rubric is loaded only where there is work to do. The files are those that ``run.audit`` and ``run.write`` would write.
    ``again``: try also those that failed.
    """
    out = place(folder)
    base = tasks.base_of(digest(rubric_folder), sections, manner, as_of)
    stem_of = stems(corpus.sources)
    planned = [_task(source, stem_of[source.name], base) for source in corpus.sources]
    limits = f"{engine.limits.seconds:g} {engine.limits.megabytes:g}"
    before = _read_head(out)
    same_limits = before.get("limits") == limits
    left: list[Task] = []
    failed = 0  # of those that need no work
    for task in planned:  # of how they ended nothing is kept: there may be many thousands
        state = tasks.state_of(tasks.state_file(out, task.stem))
        if not _stands(task, state, out, again=again, same_limits=same_limits):
            left.append(task)
        elif state is not None and state.failure is not None:
            failed += 1
    head = {
        "base": base,
        "documents": hashlib.sha256(json.dumps([task.key for task in planned]).encode()).hexdigest(),
        "missing": [asdict(failure) for failure in corpus.failures],
        "as_of": as_of,
        "limits": limits,
    }
    worked = len(left)
    if left or before != {**head, "whole": True} or not (out / store.INDEX).is_file():
        rubric = load(rubric_folder)
        chosen = rubric.select(sections)
        setup = tasks.setup_of(chosen, manner, as_of, folder)
        store.prepare(out)
        known = store.stems(out)
        store.drop_index(out)
        put(_head(out), store.as_bytes({**head, "whole": False}))
        pace = Pace(len(planned), len(planned) - worked, 0, failed, time.time(), time.time())
        _work(left, setup, out, engine, pace, tell)
        _clear(out, known, {task.stem for task in planned})
        _finish(out, planned, corpus.failures, rubric, chosen, as_of)
        put(_head(out), store.as_bytes({**head, "whole": True}))
    own: list[Failure] = []
    scored = False
    for task in planned:
        state = tasks.state_of(tasks.state_file(out, task.stem))
        if state is not None and state.failure is not None:
            own.append(Failure(task.source.name, state.failure, task.source.country))
        scored = scored or (state is not None and state.scored)
    return Summary(len(planned), worked, (*corpus.failures, *own), scored, as_of)


def pace_of(folder: str) -> Pace:
    """How far the run in a folder is. Raises UsageError where none was begun there."""
    try:
        return _PACE.validate_python(json.loads(_pace(place(folder)).read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError):
        raise UsageError(f"{folder}: no run was begun there with policyaudit run") from None


def failures_of(folder: str) -> Iterator[Failure]:
    """The documents of a run that failed, one at a time."""
    top = place(folder) / "state" / "documents"
    for path in sorted(top.rglob("*.json"), key=str):
        state = tasks.state_of(path)
        if state is not None and state.failure is not None:
            yield Failure(_stem(path, top), state.failure)


# ---------------------------------------------------------------- the parts of a run


def _task(source: Source, stem: str, base: str) -> Task:
    try:
        if is_url(source.path):
            told = stamp(place(source.path))
        else:
            with open(source.path, "rb") as file:
                told = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        told = ""  # reading it will say why
    return Task(source, stem, tasks.key_of(source, stem, told, base))


def _stands(task: Task, state: Done | None, out: Path, *, again: bool, same_limits: bool) -> bool:
    """Whether a document needs no work."""
    if state is None or state.key != task.key:
        return False
    if state.failure is not None:
        return not again and (same_limits or not state.limit)
    return not is_local(out) or store.has(out, task.stem)


def _work(left: Sequence[Task], setup: tasks.Setup, out: Path, engine: Engine, pace: Pace, tell: Tell | None) -> None:
    """Have the tasks done, and keep how far they are."""
    put(_pace(out), _PACE.dump_json(pace))
    if left:
        common = pickle.dumps(setup)
        if engine.name == "ray":
            answers = cluster.work_through(
                tasks.prepare, common, left, jobs=engine.jobs, limits=engine.limits, address=engine.address
            )
        else:
            jobs = engine.jobs or os.cpu_count() or 1
            answers = local.work_through(tasks.prepare, common, left, jobs=jobs, limits=engine.limits)
        for task, answer in answers:
            done = answer
            if isinstance(done, Lost):
                store.drop(out, task.stem)
                done = Done(task.key, None, done.why, limit=True)
                tasks.keep_state(out, task.stem, done)
            failed = pace.failed + (done.failure is not None)
            now = time.time()
            due = now - pace.told >= EVERY
            pace = replace(pace, done=pace.done + 1, failed=failed, told=now if due else pace.told)
            if due:
                put(_pace(out), _PACE.dump_json(pace))
            if tell:
                tell(replace(pace, told=now), task, done)
    put(_pace(out), _PACE.dump_json(replace(pace, told=time.time(), whole=True)))


def _clear(out: Path, known: set[str], wanted: set[str]) -> None:
    """Remove what is of documents that are no longer of the run."""
    top = out / "state" / "documents"
    old = {_stem(path, top) for path in top.rglob("*.json")} if top.is_dir() else set()
    for stem in sorted((known | old) - wanted):
        store.drop(out, stem)
        tasks.state_file(out, stem).unlink(missing_ok=True)


def _stem(path: Path, top: Path) -> str:
    return path.relative_to(top).with_suffix("").as_posix()


def _finish(
    out: Path, planned: Sequence[Task], missing: Sequence[Failure], rubric: Rubric, chosen: Rubric, as_of: str | None
) -> None:
    """Make one run of what the tasks wrote. Cards are read again a country at a time, and each country is written before the
    next: together they are larger than all else that the parent of a long run holds."""
    entries: list[store.Entry] = []
    failures = list(missing)
    scanned = False
    for task in planned:
        state = tasks.state_of(tasks.state_file(out, task.stem))
        if state is None or state.key != task.key:
            raise UsageError(f"{out}: {task.source.name} is not done, another run may be writing there; give the command again")
        if state.entry is None:
            failures.append(Failure(task.source.name, state.failure or "", task.source.country))
            continue
        entries.append(state.entry)
        scanned = scanned or state.recognised
    united = countries(entries, lambda entry: store.card(out, entry), chosen, as_of)
    store.put_rubric(out, chosen.as_data())
    made = run.made_with(rubric, chosen, as_of, scanned=scanned)
    store.put_index(out, store.Index(made, tuple(entries), tuple(failures), ()), united)


def _head(out: Path) -> Path:
    return out / "state" / "run.json"


def _pace(out: Path) -> Path:
    return out / "state" / "progress.json"


def _read_head(out: Path) -> dict[str, object]:
    try:
        data = json.loads(_head(out).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}
