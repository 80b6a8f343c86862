"""Speed and memory on the real documents beside the project (../shared): run it with ``make bench``.

Machines differ and are busy: the ratios count, not the seconds. All figures come from one process on one core, one after the
other, except the memory, which processes of their own measure. PyMuPDF stands beside for comparison only: its licence keeps it
out of the program. Dictionaries and vocabularies are loaded before the clock starts.
"""

from __future__ import annotations

import csv
import gc
import json
import re
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
import spacy

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
TIMES = 2  # a file is read so often, and the shortest time counts
MATCHED = 600  # pages on which the rubric is compared with the tokenizer, of documents in one language
LANGUAGE = "en"
TENFOLD = 10
PLAIN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")  # a phrase without signs that mean something
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
    rubric = load(find(DEFAULT))
    sources = native()
    pages = sum(count for _, count in sources)
    print(f"{len(sources)} native PDFs, {pages} pages; {len(rubric.criteria)} criteria\n", flush=True)
    matcher = Matcher(rubric)
    warm(matcher, rubric)
    documents = of_reading(sources, pages, matcher, rubric)
    of_matching(documents, rubric)
    of_memory()


def of_reading(sources: Sequence[tuple[Source, int]], pages: int, matcher: Matcher, rubric: Rubric) -> list[Document]:
    """Prints how fast pages are read, beside what others take; returns the documents."""
    documents: list[Document] = []
    raw = reading = mupdf = matching = 0.0
    for source, _ in sources:
        read: list[Document] = []
        raw += min(timed(lambda: raw_text(source.path)) for _ in range(TIMES))  # noqa: B023
        reading += min(timed(lambda: read.append(ingest.read(source, MANNER))) for _ in range(TIMES))  # noqa: B023
        mupdf += timed(lambda: mupdf_text(source.path))  # noqa: B023
        matching += timed(lambda: assess(read[0], matcher.read(read[0]), rubric))  # noqa: B023
        documents.append(read[0])
    sampled, plumber = plumbed([source.path for source, _ in sources])
    speed = {
        "pypdfium2, raw text": pages / raw,
        "PyMuPDF, get_text": pages / mupdf,
        "policyaudit, reading": pages / reading,
        "policyaudit, whole audit": pages / (reading + matching),
        f"pdfplumber, extract_text ({sampled} pages)": sampled / plumber,
    }
    ours = speed["policyaudit, reading"]
    print(table.lines(["", "pages/s", "to reading"], [[name, f"{one:.1f}", f"{one / ours:.2f}"] for name, one in speed.items()]))
    print(
        f"\nreading takes {reading / raw:.2f} times pypdfium2's raw text, and is {ours * plumber / sampled:.1f} times as fast as"
    )
    print(f"pdfplumber; matching and scoring every criterion takes {matching / reading:.2f} times the reading\n", flush=True)
    return documents


def of_matching(documents: Sequence[Document], rubric: Rubric) -> None:
    """Prints what the rubric costs beside the tokenizer alone, and what ten times its phrases would."""
    chosen: list[Document] = []
    for document in documents:
        if document.language == LANGUAGE and sum(len(one.pages) for one in chosen) < MATCHED:
            chosen.append(document)
    tokenizer = spacy.blank(LANGUAGE)
    tokenizer.max_length = 10**9
    larger = tenfold(rubric)
    matchers = [(Matcher(one), one) for one in (rubric, larger)]
    for matcher, one in matchers:
        warm(matcher, one, (LANGUAGE,))
    tokens = 0.0
    matched, judged = [0.0, 0.0], [0.0, 0.0]  # with the rubric's phrases, and with ten times as many
    for document in chosen:
        tokens += min(timed(lambda: tokenizer.make_doc(document.text)) for _ in range(TIMES))  # noqa: B023
        for at, (matcher, one) in enumerate(matchers):
            reading = matcher.read(document)
            matched[at] += min(timed(lambda: matcher.read(document)) for _ in range(TIMES))  # noqa: B023
            judged[at] += min(timed(lambda: assess(document, reading, one)) for _ in range(TIMES))  # noqa: B023
    phrases = [sum(len(wording.terms) for wording in one.terms[LANGUAGE].values()) for one in (rubric, larger)]
    letters = sum(len(document.text) for document in chosen)
    whole, ten = (one + other for one, other in zip(matched, judged, strict=True))
    print(f"on {len(chosen)} documents of language {LANGUAGE} ({letters} characters), beside spaCy's tokenizer on the same text:")
    found, judging, longer, both = matched[0] / tokens, judged[0] / tokens, matched[1] / matched[0], ten / whole
    print(f"finding all that is said takes {found:.2f} times as long, tokenizing counted,")
    print(f"and judging every criterion {judging:.2f} times. With {phrases[1]} terms instead of {phrases[0]}")
    print(f"finding takes {longer:.2f} times as long, both together {both:.2f} times.\n")


def of_memory() -> None:
    """Prints the memory that the longest document takes, and whether it grows from document to document."""
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


def warm(matcher: Matcher, rubric: Rubric, languages: Sequence[str] = ("en", "es", "fr", "pt")) -> None:
    """Have dictionaries loaded and vocabularies compiled, as they are once in a run."""
    path = Path(__file__).with_name("warm.md")
    try:
        path.write_text("1. The court shall issue a protection order.", encoding="utf-8")
        for language in languages:
            document = ingest.read(Source(str(path), "warm.md", kind=DocumentKind.LAW, language=language))
            assess(document, matcher.read(document), rubric)
    finally:
        path.unlink(missing_ok=True)


def tenfold(rubric: Rubric) -> Rubric:
    """The rubric with ten times the phrases in one language: each is also said with one of its other words after it."""
    wordings = rubric.terms[LANGUAGE]
    plain = {
        name: [term for term in one.terms if isinstance(term, str) and PLAIN.fullmatch(term)] for name, one in wordings.items()
    }
    words = sorted({word for terms in plain.values() for term in terms for word in term.split()})
    wanted = sum(len(one.terms) for one in wordings.values()) * (TENFOLD - 1)
    each = wanted // sum(map(len, plain.values())) + 1
    longer = {}
    at = 0
    for name, one in wordings.items():
        more = [
            f"{term} {words[(at + 7 * place + step) % len(words)]}"
            for place, term in enumerate(plain[name])
            for step in range(each)
        ]
        at += len(more)
        longer[name] = one.model_copy(update={"terms": (*one.terms, *more)})
    return replace(rubric, terms={**rubric.terms, LANGUAGE: longer})


def memory(path: Path) -> dict[str, float]:
    """Peak memory in MiB before and after one document went through reading, matching and scoring."""
    rubric = load(find(DEFAULT))
    matcher = Matcher(rubric)
    warm(matcher, rubric, (LANGUAGE,))
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
