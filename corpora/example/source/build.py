"""Build the PDF and the Word file of the example corpus: python corpora/example/source/build.py [FOLDER].

The files are written to FOLDER, by default to corpora/example. Needs reportlab and python-docx. The same sources give the
same bytes each time.
"""

from __future__ import annotations

import sys
from pathlib import Path

from law_pdf import build_law
from plan_docx import build_plan

SOURCE = Path(__file__).resolve().parent


def build(folder: Path) -> None:
    """Write the law and the plan into ``folder``; the code and the draft are written by hand as they stand."""
    build_law((SOURCE / "law.txt").read_text(encoding="utf-8"), folder / "law-gender-violence-act.pdf")
    build_plan((SOURCE / "plan.txt").read_text(encoding="utf-8"), folder / "plan-nacional-de-accion.docx")


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE.parent)
