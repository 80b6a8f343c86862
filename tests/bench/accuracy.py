"""How true the findings are: audits the documents that a careful reader labelled and prints what the score tool says of them.

Run by ``make accuracy``; needs ../shared. The gold and the catalogue are given to the tool in a view with the languages and
sections that the rubric can score, so that nothing counts as missed that the program says it does not assess.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from policyaudit import run
from policyaudit.model import DocumentKind, Source
from policyaudit.rubricfolder import DEFAULT, find, load

SHARED = Path(__file__).resolve().parents[3] / "shared"
LANGUAGES = ("en", "es")
SECTIONS = ("A1", "A3")
GROUPS = ("language", "section", "kind", "document")


def main() -> int:
    if not (SHARED / "gold").is_dir():
        print("The labelled documents (../shared/gold) are not there.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        views = Path(folder)
        (views / "gold").mkdir()
        catalogue = yaml.safe_load((SHARED / "catalogue" / "criteria.yaml").read_text(encoding="utf-8"))
        catalogue["sections"] = [section for section in catalogue["sections"] if section["id"] in SECTIONS]
        (views / "criteria.yaml").write_text(yaml.safe_dump(catalogue), encoding="utf-8")
        sources = []
        for path in sorted((SHARED / "gold").glob("*.yaml")):
            read = yaml.safe_load(path.read_text(encoding="utf-8"))
            if read["language"] in LANGUAGES:
                (views / "gold" / path.name).write_bytes(path.read_bytes())
                file = SHARED / "corpus" / read["document"]
                sources.append(Source(str(file), read["document"], kind=DocumentKind(read["kind"]), language=read["language"]))
        run.write(run.audit(sources, load(find(DEFAULT)), sections=SECTIONS), views / "run", ())
        for group in GROUPS:
            tool = [sys.executable, SHARED / "tools" / "score_gold.py", views / "run", "--gold", views / "gold"]
            said = subprocess.run(
                [*tool, "--catalogue", views / "criteria.yaml", "--by", group], check=True, capture_output=True, text=True
            ).stdout.splitlines()
            if group == GROUPS[0]:
                print("\n".join(said[:2]))
            print(f"\nby {group}\n" + "\n".join(said[2:]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
