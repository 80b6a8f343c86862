"""How well scans are read: word error rate against the transcriptions beside them in ../shared (``make bench-scans``).

A transcription (``law.ocr-ref.md``) is itself the work of a machine, with faults of its own: it leaves out page numbers,
running heads and section numbers, and holds nonsense where a table stands sideways. The rate is that of words (letters and
digits, lower case): those inserted, left out or replaced, of the words of the transcription. Beside it stand the rate without
page furniture, and the legibility of the transcription itself.

``--page FOLDER``: a folder with transcriptions of what is printed, made by hand (``law.txt``; they are not part of the project).
Then two more rates are given for these laws: that of the reading against the page, and that of the hand-made transcription, which
has no errors, against the one in ../shared. No reading can be better than that and true to the page.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections import Counter
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from policyaudit import ingest
from policyaudit.cli import table
from policyaudit.cli.recognising import cache_folder
from policyaudit.ingest.blocks import Manner
from policyaudit.ingest.legibility import legibility
from policyaudit.model import Document, Source, TextKind

LAWS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "laws"
HIGHEST = 0.13


def main() -> None:
    files = sorted(LAWS.glob("pak_*.ocr-ref.md"))
    if not files:
        sys.exit(f"the scans are not there: {LAWS}")
    parser = argparse.ArgumentParser(description="Word error rates of scans")
    parser.add_argument("names", nargs="*", help="parts of the names of the laws; all where there is none")
    parser.add_argument("--page", type=Path, help="folder with transcriptions made by hand, each law.txt")
    arguments = parser.parse_args()
    chosen = arguments.names
    rows, worst = [], 0.0
    for reference in files:
        law = reference.with_name(reference.name.removesuffix(".ocr-ref.md") + ".pdf")
        if chosen and not any(name in law.name for name in chosen):
            continue
        began = time.perf_counter()
        document = ingest.read(Source(str(law), law.name, language="en"), Manner(jobs=os.cpu_count() or 1, cache=cache_folder()))
        took = time.perf_counter() - began
        said = reference.read_text(encoding="utf-8")
        rate = error_rate(said, document.text)
        kinds = Counter(step.tag for step in Levenshtein.editops(words(said), words(document.text)))
        rows_of_tables = [document.text[p.start : p.end] for p in document.provisions if p.unit == "row"]
        worst = max(worst, rate)
        by_hand = arguments.page / f"{law.stem}.txt" if arguments.page else None
        printed = by_hand.read_text(encoding="utf-8") if by_hand and by_hand.exists() else ""
        confidence = [page.recognised for page in document.pages if page.recognised is not None]
        rows.append(
            [
                law.stem,
                str(len(document.pages)),
                f"{rate:.3f}",
                f"{kinds['replace']} {kinds['delete']} {kinds['insert']}",
                str(len(words("\n".join(rows_of_tables)))),
                f"{error_rate(said, without_furniture(document)):.3f}",
                f"{error_rate(printed, document.text):.3f}" if printed else "",
                f"{error_rate(said, printed):.3f}" if printed else "",
                f"{min(confidence, default=0):.2f}",
                f"{document.legibility or 0:.2f}",
                f"{legibility(said, 'en') or 0:.2f}",
                ", ".join(dict.fromkeys(p.path.split("(")[0] for p in document.provisions if p.unit == "article")),
                f"{took:.1f}",
            ]
        )
        print(
            table.lines(
                (
                    "law",
                    "pages",
                    "error rate",
                    "replaced,\nleft out, put in",
                    "words in\ntables",
                    "without\nfurniture",
                    "of the\npage",
                    "page of\ntranscription",
                    "least\nconfidence",
                    "legibi-\nlity",
                    "of the\ntranscription",
                    "sections found",
                    "seconds",
                ),
                rows[-1:],
            ),
            flush=True,
        )
    print(f"\nhighest error rate {worst:.3f}, permitted {HIGHEST}")


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def error_rate(reference: str, text: str) -> float:
    """Words inserted, left out or replaced, of the words of the reference."""
    wanted = words(reference)
    return Levenshtein.distance(wanted, words(text)) / len(wanted)


def without_furniture(document: Document) -> str:
    return "\n".join(document.text[p.start : p.end] for p in document.provisions if p.kind is not TextKind.FURNITURE)


if __name__ == "__main__":
    main()
