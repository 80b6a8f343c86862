"""Runs at scale, by the command line as a user gives it. Machines differ and are busy: the ratios count.

    python tests/bench/scale.py grow 500 5000      cost per document and memory of the parent, by size of the corpus
    python tests/bench/scale.py kill 20            kill -9 at random moments, then going on: the same bytes?
    python tests/bench/scale.py jobs [CORPUS]      one process, two, Ray with two, nothing changed, one section changed

The documents of ``grow`` and ``kill`` are made from corpora/example, each with words of its own, so that no cache has them.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

from policyaudit.rubricfolder import DEFAULT, shipped

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "corpora" / "example"
REAL = ROOT.parent / "shared" / "corpus"
CODES = ("KEN", "UGA", "GHA", "ESP", "MEX", "COL", "PER", "CHL", "IRL", "NZL")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["grow", "kill", "jobs"])
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
        else:
            jobs(Path(given.more[0]) if given.more else REAL, work, rubric)


def make(folder: Path, number: int) -> Path:
    """A corpus of so many documents: the text of the example's law, code and plan with a sentence of their own."""
    folder.mkdir()
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
            table.writerow({**row, "file": name, "country": CODES[index % len(CODES)]})
    return folder


def words(corpus: Path, rubric: Path, out: Path, *more: str) -> list[str]:
    return [
        *(sys.executable, "-m", "policyaudit", "run", str(corpus), "--rubric", str(rubric)),
        *("--as-of", "2026-06-30", "--out", str(out), *more),
    ]


def run(command: Sequence[str], cache: Path) -> tuple[float, float]:
    """(seconds, the most memory of the parent alone in MB)."""
    begun = time.monotonic()
    process = subprocess.Popen(
        command, env={**os.environ, "POLICYAUDIT_CACHE": str(cache)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    parent, most = psutil.Process(process.pid), 0.0
    while process.poll() is None:
        try:
            most = max(most, parent.memory_info().rss / 2**20)
        except psutil.Error:
            break
        time.sleep(0.2)
    process.wait()
    return time.monotonic() - begun, most


def results(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and "state" not in path.relative_to(folder).parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def grow(sizes: Sequence[int], work: Path, rubric: Path) -> None:
    for size in sizes:
        corpus = make(work / f"corpus-{size}", size)
        seconds, most = run(words(corpus, rubric, work / f"run-{size}", "--jobs", "2"), work / f"cache-{size}")
        print(f"{size} documents: {seconds:.0f} s, {1000 * seconds / size:.0f} ms each; parent {most:.0f} MB", flush=True)


def kill(times: int, work: Path, rubric: Path) -> None:
    corpus = make(work / "corpus", 24)
    calm_seconds, _ = run(words(corpus, rubric, work / "calm", "--jobs", "2", "--no-cache"), work / "none")
    calm = results(work / "calm")
    moments = random.Random(7)
    same = 0
    for number in range(times):
        out = work / f"killed-{number}"
        command = words(corpus, rubric, out, "--jobs", "2", "--no-cache")
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(0, calm_seconds))
        process.send_signal(signal.SIGKILL)
        process.wait()
        run(command, work / "none")
        equal = results(out) == calm
        same += equal
        print(f"killed {number + 1}: {'the same bytes' if equal else 'OTHER BYTES'}", flush=True)
    print(f"{same} of {times} the same; {len(calm)} files each")


def jobs(corpus: Path, work: Path, rubric: Path) -> None:
    def timed(name: str, cache: str, out: str, *more: str) -> float:
        seconds, most = run(words(corpus, rubric, work / out, *more), work / cache)
        print(f"{name}: {seconds:.1f} s; parent {most:.0f} MB", flush=True)
        return seconds

    one = timed("one process", "cache-1", "run-1", "--jobs", "1", "--no-ocr")
    two = timed("two processes", "cache-2", "run-2", "--jobs", "2", "--no-ocr")
    ray = timed("Ray, two workers", "cache-3", "run-3", "--jobs", "2", "--no-ocr", "--engine", "ray")
    same = timed("nothing changed", "cache-2", "run-2", "--jobs", "2", "--no-ocr")
    section = sorted((rubric / "sections").glob("*.yaml"))[0]
    section.write_text(section.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    text = section.read_text(encoding="utf-8")
    at = text.index("advice:") + len("advice:")
    section.write_text(text[:at] + text[at:].replace(".", " and more.", 1), encoding="utf-8")
    changed = timed("one section changed", "cache-2", "run-2", "--jobs", "2", "--no-ocr")
    print(f"two processes {one / two:.2f} times one; Ray {ray / two - 1:+.0%} of two")
    print(f"nothing changed {same / two:.1%} of the first; one section changed {changed / two:.0%}")
    print("the same files:", results(work / "run-1").keys() == results(work / "run-3").keys())


if __name__ == "__main__":
    main()
