"""Runs at scale, by the command line as a user gives it. Machines differ and are busy: the ratios count.

    python tests/bench/scale.py grow 500 5000      cost per document and memory of the parent, by size of the corpus
    python tests/bench/scale.py kill 20            kill -9 of the run at random moments, then going on: the same bytes?
    python tests/bench/scale.py kill-ray 5         kill -9 of a Ray worker at a random moment: the same bytes at the end?
    python tests/bench/scale.py jobs [CORPUS]      one process, two, Ray with two, nothing changed, one section changed

Beside the time on the clock stands that of the processors, of the run and all its children, which a busy machine spoils less. A
command that fails, and bytes that differ, end the bench with status 1. The documents of ``grow`` and ``kill`` are made from
corpora/example, each with words of its own, so that no cache has them.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pycountry

from policyaudit.rubricfolder import DEFAULT, shipped

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "corpora" / "example"
REAL = ROOT.parent / "shared" / "corpus"
CODES = sorted(country.alpha_3 for country in pycountry.countries)
FEWEST, EACH = 10, 25
"""Countries of a made corpus at least, and the documents of one where there are more: large corpora are of more countries."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["grow", "kill", "kill-ray", "jobs"])
    parser.add_argument("more", nargs="*")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="scale-") as folder:
        work = Path(folder)
        rubric = work / "rubric"
        shutil.copytree(shipped() / DEFAULT, rubric)  # one state of it, whatever is edited meanwhile
        if given.what == "grow":
            grow([int(size) for size in given.more or ("500", "5000")], work, rubric)
        elif given.what == "kill":
            kill(int(given.more[0]) if given.more else 20, work, rubric)
        elif given.what == "kill-ray":
            kill_worker(int(given.more[0]) if given.more else 5, work, rubric)
        else:
            jobs(Path(given.more[0]) if given.more else REAL, work, rubric)


def make(folder: Path, number: int) -> Path:
    """A corpus of so many documents: the text of the example's law, code and plan with a sentence of their own."""
    folder.mkdir()
    countries = CODES[: max(FEWEST, number // EACH)]
    with (EXAMPLE / "manifest.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["file"].endswith((".md", ".html"))]
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        for index in range(number):
            row = rows[index % len(rows)]
            source = EXAMPLE / row["file"]
            name = f"{index:05d}{source.suffix}"
            text = source.read_text(encoding="utf-8")
            own = f"Register number {index} of the official journal."
            text = text.replace("</body>", f"<p>{own}</p></body>") if source.suffix == ".html" else f"{text}\n\n{own}\n"
            (folder / name).write_text(text, encoding="utf-8")
            table.writerow({**row, "file": name, "country": countries[index % len(countries)]})
    return folder


def words(corpus: Path, rubric: Path, out: Path, *more: str) -> list[str]:
    return [
        *(sys.executable, "-m", "policyaudit", "run", str(corpus), "--rubric", str(rubric)),
        *("--as-of", "2026-06-30", "--out", str(out), *more),
    ]


@dataclass(frozen=True, slots=True)
class Spent:
    seconds: float  # on the clock
    processor: float  # seconds of processors, of the command and the children that it waited for (not of Ray's workers)
    parent: float  # the most memory of the parent alone, in MB


FINE = (0, 1)
"""The ends of a run that did its work: 1 says that a document failed, as some of real corpora do."""


def run(command: Sequence[str], cache: Path) -> Spent:
    """What a command took. One that fails ends the bench."""
    begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, env={**os.environ, "POLICYAUDIT_CACHE": str(cache)}, stdout=subprocess.DEVNULL, stderr=said
        )
        parent, most = psutil.Process(process.pid), 0.0
        while process.poll() is None:
            with suppress(psutil.Error):
                most = max(most, parent.memory_info().rss / 2**20)
            time.sleep(0.2)
        if process.returncode not in FINE:
            said.seek(0)
            sys.exit(f"{' '.join(command)}\nended with {process.returncode}:\n{said.read().decode(errors='replace')[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(time.monotonic() - begun, processor, most)


def results(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and "state" not in path.relative_to(folder).parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def differing(one: Path, other: Path) -> list[str]:
    """The names of the files of two runs that are not in both with the same bytes."""
    first, second = results(one), results(other)
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


def grow(sizes: Sequence[int], work: Path, rubric: Path) -> None:
    for size in sizes:
        corpus = make(work / f"corpus-{size}", size)
        spent = run(words(corpus, rubric, work / f"run-{size}", "--jobs", "2"), work / f"cache-{size}")
        each, processor = 1000 * spent.seconds / size, 1000 * spent.processor / size
        print(
            f"{size} documents: {spent.seconds:.0f} s, {each:.0f} ms each, {processor:.0f} ms of processors each;"
            f" parent {spent.parent:.0f} MB",
            flush=True,
        )


def kill(times: int, work: Path, rubric: Path) -> None:
    corpus = make(work / "corpus", 24)
    run(words(corpus, rubric, work / "calm", "--jobs", "2", "--no-cache"), work / "none")
    moments = random.Random(7)
    same = 0
    for number in range(times):
        out = work / f"killed-{number}"
        command = words(corpus, rubric, out, "--jobs", "2", "--no-cache")
        done, wanted = out / "state" / "documents", moments.randint(0, 23)  # a plain moment mostly falls into the start
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and len(list(done.rglob("*.json"))) < wanted:
            time.sleep(0.01)
        time.sleep(moments.uniform(0, 0.4))
        process.send_signal(signal.SIGKILL)
        process.wait()
        there = len(list(done.rglob("*.json")))
        run(command, work / "none")
        same += _told(f"killed {number + 1}, {there} of 24 done", work / "calm", out)
    _ended(same, times)


def kill_worker(times: int, work: Path, rubric: Path) -> None:
    """As ``kill``, but it is a worker of Ray that is killed, and the run must come to its end by itself."""
    corpus = make(work / "corpus", 24)
    run(words(corpus, rubric, work / "calm", "--jobs", "2", "--no-cache"), work / "none")
    moments = random.Random(7)
    same = 0
    for number in range(times):
        out = work / f"ray-{number}"
        done, wanted = out / "state" / "documents", moments.randint(1, 20)
        process = subprocess.Popen(
            words(corpus, rubric, out, "--jobs", "2", "--no-cache", "--engine", "ray"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        killed = 0
        while process.poll() is None:
            if not killed and len(list(done.rglob("*.json"))) >= wanted:
                with suppress(psutil.Error):
                    killed = _kill_one(process.pid)
            time.sleep(0.05)
        if process.returncode not in FINE or not killed:
            sys.exit(f"the run on Ray ended with {process.returncode}; workers killed: {bool(killed)}")
        same += _told(f"worker {killed} killed after {wanted} of 24", work / "calm", out)
    _ended(same, times)


def _kill_one(pid: int) -> int:
    """Kill a worker that a command started on Ray; its process id, 0 where none is at work. The workers call themselves ray::."""
    for process in psutil.Process(pid).children(recursive=True):
        if (process.cmdline() or [""])[0].startswith("ray::Worker"):
            process.kill()
            return process.pid
    return 0


def _told(what: str, calm: Path, out: Path) -> bool:
    other = differing(calm, out)
    print(f"{what}: {'OTHER BYTES in ' + ', '.join(other[:5]) if other else 'the same bytes'}", flush=True)
    return not other


def _ended(same: int, times: int) -> None:
    print(f"{same} of {times} the same")
    sys.exit(same != times)


def jobs(corpus: Path, work: Path, rubric: Path) -> None:
    def timed(name: str, cache: str, out: str, *more: str) -> Spent:
        spent = run(words(corpus, rubric, work / out, "--no-ocr", *more), work / cache)
        print(f"{name}: {spent.seconds:.1f} s, {spent.processor:.1f} s of processors; parent {spent.parent:.0f} MB", flush=True)
        return spent

    one = timed("one process", "cache-1", "run-1", "--jobs", "1")
    two = timed("two processes", "cache-2", "run-2", "--jobs", "2")
    ray = timed("Ray, two workers", "cache-3", "run-3", "--jobs", "2", "--engine", "ray")
    other = [*differing(work / "run-1", work / "run-2"), *differing(work / "run-1", work / "run-3")]
    same = timed("nothing changed", "cache-2", "run-2", "--jobs", "2")
    section = sorted((rubric / "conditions").glob("A1*.yaml"))[0]  # of the largest section
    text = section.read_text(encoding="utf-8")
    assert "within: sentence" in text
    section.write_text(text.replace("within: sentence", "within: provision", 1), encoding="utf-8")
    changed = timed("one section changed", "cache-2", "run-2", "--jobs", "2")
    print(f"two processes {one.seconds / two.seconds:.2f} times one; Ray {ray.seconds / two.seconds - 1:+.0%} of two")
    print(f"nothing changed: {same.seconds / two.seconds:.1%} of the first, {same.processor / two.processor:.1%} by processors")
    print(f"one section changed: {changed.seconds / two.seconds:.0%}, {changed.processor / two.processor:.0%} by processors")
    print("one process, two and Ray:", f"OTHER BYTES in {', '.join(other[:5])}" if other else "the same bytes")
    sys.exit(bool(other))


if __name__ == "__main__":
    main()
