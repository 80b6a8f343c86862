"""Speed and memory on the real documents beside the project (../shared): run it with ``make bench``.

Machines differ and are busy: the ratios count, not the seconds. All figures come from one process on one core, one after the
other, except the memory, which processes of their own measure. PyMuPDF stands beside for comparison only: its licence keeps it
out of the program.
"""

from __future__ import annotations

import csv
import gc
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pymupdf
import pypdfium2

from policyaudit import ingest
from policyaudit.cli import table
from policyaudit.ingest.blocks import Manner
from policyaudit.match import Matcher
from policyaudit.model import Document, DocumentKind, Source
from policyaudit.rubric import Rubric
from policyaudit.rubricfolder import DEFAULT, find, load
from policyaudit.score import assess

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
EVERY = 12  # pdfplumber reads only every so many pages: it would take minutes
SCORED = ("A1", "A3")
MANNER = Manner(recognise=False)  # text recognition is another matter


def main() -> None:
    if sys.argv[1:2] == ["--memory"]:
        print(json.dumps(memory(Path(sys.argv[2]))))
        return
    if sys.argv[1:2] == ["--growth"]:
        print(json.dumps(growth()))
        return
    if not (CORPUS / "manifest.csv").is_file():
        sys.exit(f"the real documents are not there: {CORPUS}")
    rubric = load(find(DEFAULT)).select(SCORED)
    sources = native()
    pages = sum(count for _, count in sources)
    print(f"{len(sources)} native PDFs, {pages} pages; {len(rubric.criteria)} criteria\n")

    raw = timed(lambda: [raw_text(source.path) for source, _ in sources])
    print(f"pypdfium2, raw text of every page: {raw:.1f} s", flush=True)
    mupdf = timed(lambda: [mupdf_text(source.path) for source, _ in sources])
    print(f"PyMuPDF, get_text of every page: {mupdf:.1f} s", flush=True)
    sampled, plumber = plumbed([source.path for source, _ in sources])
    print(f"pdfplumber, extract_text of every {EVERY}th page ({sampled} pages): {plumber:.1f} s", flush=True)
    matcher = Matcher(rubric)
    warm(matcher, rubric)
    documents: list[Document] = []
    reading = timed(lambda: documents.extend(ingest.read(source, MANNER) for source, _ in sources))
    print(f"policyaudit, reading: {reading:.1f} s", flush=True)
    many = timed(lambda: [assess(document, matcher.read(document), rubric) for document in documents])
    print(f"policyaudit, matching and scoring {len(rubric.criteria)} criteria: {many:.1f} s", flush=True)
    small = few(rubric, 6)
    matcher = Matcher(small)
    warm(matcher, small)
    less = timed(lambda: [assess(document, matcher.read(document), small) for document in documents])
    print(f"policyaudit, matching and scoring {len(small.criteria)} criteria: {less:.1f} s\n", flush=True)

    speed = {
        "pypdfium2 raw text": pages / raw,
        "PyMuPDF get_text": pages / mupdf,
        "policyaudit reading": pages / reading,
        "policyaudit reading + matching + scoring": pages / (reading + many),
        "pdfplumber extract_text": sampled / plumber,
    }
    ours = speed["policyaudit reading + matching + scoring"]
    rows = [[name, f"{value:.1f}", f"{value / ours:.2f}"] for name, value in speed.items()]
    print(table.lines(["", "pages/s", "ratio"], rows))
    plain = speed["policyaudit reading"] / speed["pdfplumber extract_text"]
    print(f"\nreading takes {reading / raw:.2f} times pypdfium2's raw text and is {plain:.1f} times as fast as pdfplumber")
    run, smaller = reading + many, reading + less
    print(f"\n{len(rubric.criteria)} against {len(small.criteria)} criteria: {run / smaller:.2f} times the run")
    print(f"({run:.1f} s, {smaller:.1f} s); {many / less:.2f} times the matching and scoring alone")
    largest = max(CORPUS.rglob("*.pdf"), key=page_count)
    peak = of_its_own("--memory", str(largest))
    above = peak["peak"] - peak["before"]
    print(f"peak memory on the manual of {peak['pages']} pages: {above:.0f} MiB above the {peak['before']:.0f} MiB before")
    grown = of_its_own("--growth")
    print(f"memory after all were read once: {grown['once']:.0f} MiB, twice: {grown['twice']:.0f} MiB")


def of_its_own(*arguments: str) -> dict[str, float]:
    """What a process of its own measures."""
    done = subprocess.run([sys.executable, __file__, *arguments], capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def native() -> list[tuple[Source, int]]:
    """The PDFs with a text layer, with what the manifest says of them and their number of pages."""
    with open(CORPUS / "manifest.csv", encoding="utf-8-sig", newline="") as rows:
        known = {row["file"]: row for row in csv.DictReader(rows)}
    result = []
    for path in sorted(CORPUS.rglob("*.pdf")):
        pages = page_count(path)
        if raw_text(str(path)) / pages > 200:
            row = known.get(path.relative_to(CORPUS).as_posix(), {})
            kind = next((kind for kind in DocumentKind if kind == row.get("kind")), None)
            result.append((Source(str(path), path.name, kind=kind, language=row.get("language") or None), pages))
    return result


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def page_count(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf)


def raw_text(path: str) -> int:
    """The number of characters that pdfium gives."""
    total = 0
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            text = page.get_textpage()
            total += len(text.get_text_range())
            text.close()
            page.close()
    return total


def mupdf_text(path: str) -> int:
    """The number of characters that MuPDF gives."""
    with pymupdf.open(path) as pdf:
        return sum(len(page.get_text()) for page in pdf)


def plumbed(paths: Sequence[str]) -> tuple[int, float]:
    """Pages read and seconds taken by pdfplumber, which opens every file and reads every so many pages."""
    count = 0
    start = time.process_time()
    for path in paths:
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages[::EVERY]:
                page.extract_text()
                page.close()
                count += 1
    return count, time.process_time() - start


def warm(matcher: Matcher, rubric: Rubric) -> None:
    """Have the vocabulary compiled, as it is once in a run."""
    line = "1. The court shall issue a protection order."
    path = Path(__file__).with_name("warm.md")
    try:
        path.write_text(line, encoding="utf-8")
        document = ingest.read(Source(str(path), "warm.md", kind=DocumentKind.LAW, language="en"))
    finally:
        path.unlink(missing_ok=True)
    assess(document, matcher.read(document), rubric)


def few(rubric: Rubric, number: int) -> Rubric:
    """The rubric with its first criteria that can be assessed in English, and only their conditions and terms."""
    chosen = [key for key in rubric.criteria if rubric.scorable(key, "en")][:number]
    sections = tuple(
        section.model_copy(update={"criteria": kept})
        for section in rubric.sections
        if (kept := tuple(c for c in section.criteria if c.id in chosen))
    )
    return replace(rubric, sections=sections)


def memory(path: Path) -> dict[str, float]:
    """Peak memory in MiB before and after one document went through reading, matching and scoring."""
    rubric = load(find(DEFAULT)).select(SCORED)
    matcher = Matcher(rubric)
    warm(matcher, rubric)
    before = peak_memory()
    document = ingest.read(Source(str(path), path.name, kind=DocumentKind.OPERATIONAL_POLICY, language="en"), MANNER)
    assess(document, matcher.read(document), rubric)
    return {"pages": len(document.pages), "before": before, "peak": peak_memory()}


def growth() -> dict[str, float]:
    """MiB in use after every native PDF was read once, and after all were read again."""
    found = []
    for _ in range(2):
        for source, _ in native():
            ingest.read(source, MANNER)
        gc.collect()
        found.append(memory_now())
    return {"once": found[0], "twice": found[1]}


def memory_now() -> float:
    """MiB of this process as it is now; where the system does not tell, the most it ever was."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 2**10
    return peak_memory()


def peak_memory() -> float:
    """MiB of this process. Linux counts the memory of the process that started us into ru_maxrss, so we ask /proc there."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


if __name__ == "__main__":
    main()
