"""How well a document says what it is: reads the documents of ../shared/corpus without their manifest and compares.

    .venv/bin/python tests/bench/identify.py [--show kind] [--blind]

``--blind`` hides the files' names too, which often hold a year. Titles in the manifest are often descriptions in English or
short forms; "near" counts a title also where one holds the other, or most of the shorter one's words.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

from policyaudit import corpus, run
from policyaudit.ingest.numbering import fold
from policyaudit.model import Document, Failure, Source

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
ALIKE = 0.8  # similarity of two titles, letters and digits only
MOST = 0.6  # of the words of the shorter title


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--show", choices=("kind", "language", "year", "title"), help="list the disagreements on this")
    options.add_argument("--blind", action="store_true", help="hide the files' names")
    asked = options.parse_args()
    if not (CORPUS / "manifest.csv").is_file():
        print("The real documents (../shared/corpus) are not there.", file=sys.stderr)
        return 1
    agreed: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    unread = 0
    for known, document in _read(blind=asked.blind):
        if isinstance(document, Failure):
            unread += 1
            continue
        for name, good in _compared(known, document).items():
            for group in ("all", f"kind {known.kind}", f"language {known.language}"):
                total[name, group] += 1
                agreed[name, group] += good
            if name == asked.show and not good:
                print(f"{known.path.rpartition('/')[2]}: {_said(name, known)} / {_said(name, document)}")
    groups = sorted({group for _, group in total}, key=lambda group: (group != "all", -total["kind", group]))
    names = ("kind", "language", "year", "title", "near title")
    print(f"\n{'':28}" + "".join(f"{name:>14}" for name in names))
    for group in groups:
        cells = (f"{agreed[name, group]}/{total[name, group]} {agreed[name, group] / total[name, group]:.0%}" for name in names)
        print(f"{group:28}" + "".join(f"{cell:>14}" for cell in cells))
    print(f"\n{unread} documents could not be read")
    return 0


def _read(*, blind: bool) -> Iterator[tuple[Source, Document | Failure]]:
    manner = run.Manner(recognise=False)
    with tempfile.TemporaryDirectory() as folder:
        for number, known in enumerate(corpus.read_manifest(CORPUS / "manifest.csv").sources):
            path = Path(known.path)
            if blind:
                hidden = Path(folder) / f"document{path.suffix}"
                hidden.unlink(missing_ok=True)
                hidden.symlink_to(path)
                path = hidden
            yield known, run.read(Source(str(path), path.name if not blind else f"{number}{path.suffix}"), manner)


def _compared(known: Source, document: Document) -> dict[str, bool]:
    ours, theirs = (re.sub(r"[\W_]+", "", fold(title)) for title in (document.title, known.title or ""))
    alike = SequenceMatcher(None, ours, theirs, autojunk=False).ratio() >= ALIKE
    one, other = (set(re.findall(r"\w{3,}", fold(title))) for title in (document.title, known.title or ""))
    shorter = min(len(one), len(other))
    near = alike or (theirs and theirs in ours) or (ours and ours in theirs) or (shorter and len(one & other) >= MOST * shorter)
    return {
        "kind": document.kind is known.kind,
        "language": document.language == known.language,
        "year": document.year == known.year,
        "title": alike,
        "near title": bool(near),
    }


def _said(name: str, one: Source | Document) -> str:
    return str(getattr(one, name))[:150]


if __name__ == "__main__":
    sys.exit(main())
