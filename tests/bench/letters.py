"""How many letters and digits of pdfium's text stand in the text of the Document, for every native PDF of ../shared/corpus.

Run it with ``python tests/bench/letters.py [name ...]``. What is page furniture counts too: it stands in the text as such.
Letters are counted as pdfium gives them, ligatures undone and accents composed, without regard to order or case of the page.
"""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from pathlib import Path

import pypdfium2

from policyaudit import ingest
from policyaudit.cli import table
from policyaudit.ingest.blocks import Manner
from policyaudit.model import Source, TextKind

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
LEAST = 0.995
NATIVE = 200  # letters a page at the least


def main() -> None:
    if not (CORPUS / "manifest.csv").is_file():
        sys.exit(f"the real documents are not there: {CORPUS}")
    paths = [
        path for path in sorted(CORPUS.rglob("*.pdf")) if not sys.argv[1:] or any(name in path.name for name in sys.argv[1:])
    ]
    rows = []
    for path in paths:
        found = kept(path)
        if found is not None:
            share, furniture, lost = found
            common = " ".join(f"{letter}:{count}" for letter, count in lost.most_common(6))
            rows.append((share, [path.name[:70], f"{share:.4f}", f"{furniture:.3f}", common]))
    rows.sort(key=lambda row: row[0])
    print(table.lines(["native PDF", "letters kept", "of these furniture", "lost most"], [row for _, row in rows]))
    print(f"\n{sum(share >= LEAST for share, _ in rows)} of {len(rows)} keep at least {LEAST:.1%}")


def kept(path: Path) -> tuple[float, float, Counter[str]] | None:
    """(share of pdfium's letters that stand in the text, share of the text's letters that are furniture, the letters lost); None
    for a scan."""
    raw: Counter[str] = Counter()
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            text = page.get_textpage()
            raw.update(letters(text.get_text_range()))
            text.close()
            page.close()
        if raw.total() < NATIVE * len(pdf):
            return None
    document = ingest.read(Source(str(path), path.name), Manner(recognise=False))
    ours = letters(document.text)
    furniture = sum(letters(document.text[p.start : p.end]).total() for p in document.provisions if p.kind is TextKind.FURNITURE)
    lost = raw - ours
    return 1 - lost.total() / raw.total(), furniture / max(ours.total(), 1), lost


def letters(text: str) -> Counter[str]:
    """The letters and digits of a text, each with its count."""
    return Counter(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


if __name__ == "__main__":
    main()
