"""How true the manifest is that ``policyaudit corpus init`` proposes, against that of the real documents in ../shared.

    python tests/bench/corpora.py            names of folders and files as they are
    python tests/bench/corpora.py --nameless the same files under names that say nothing

Scans are left out, unless --ocr is given. Printed: by column and how sure, how many proposals are those of the manifest.
"""

from __future__ import annotations

import csv
import hashlib
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from rapidfuzz import fuzz

from policyaudit import corpus, surveying
from policyaudit.cli.recognising import cache_folder
from policyaudit.corpus.datapackage import PROPOSED
from policyaudit.inventory import Sure
from policyaudit.run import Manner

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "corpus"
COLUMNS = {"country": "iso3", "kind": "kind", "title": "title", "language": "language", "year": "year"}
ALIKE = 80  # of 100: rapidfuzz's token_set_ratio from which two titles are taken for the same


def main(arguments: list[str]) -> None:
    with (FOLDER / "manifest.csv").open(encoding="utf-8") as file:
        truth = {row["file"]: row for row in csv.DictReader(file)}
    with tempfile.TemporaryDirectory() as made:
        folder, names = FOLDER, {name: name for name in truth}
        if "--nameless" in arguments:
            folder, names = Path(made), {}
            for name in truth:
                bare = "".join(chr(ord("a") + byte % 20) for byte in hashlib.md5(name.encode()).digest()[:8])
                names[bare + Path(name).suffix] = name
                shutil.copyfile(FOLDER / name, folder / (bare + Path(name).suffix))
        manner = Manner(recognise="--ocr" in arguments, cache=cache_folder())
        sources = corpus.contents(folder, endings=surveying.endings()).sources
        proposed = surveying.propose([source for source in sources if source.name in names], manner)
    failed = {failure.name for failure in proposed.failures}
    rows = [row for row in proposed.rows if row["file"] not in failed]
    print(f"{len(rows)} documents, {len(failed)} not read")
    print(f"{'column':10}{'right':>8}{'of':>6}   " + "".join(f"{sure:>16}" for sure in Sure))
    for column, theirs in COLUMNS.items():
        right: Counter[str] = Counter()
        total: Counter[str] = Counter()
        for row in rows:
            stated = truth[names[row["file"]]][theirs]
            if column == "kind" and stated in ("other", "ocr_reference"):
                continue
            sure = row[f"{column}{PROPOSED}"].partition(":")[0]
            total[sure] += 1
            if column == "title":
                right[sure] += fuzz.token_set_ratio(row[column].lower(), stated.lower()) >= ALIKE
            else:
                right[sure] += row[column] == stated
        shares = "".join(f"{f'{right[sure]}/{total[sure]}':>16}" for sure in Sure)
        print(f"{column:10}{right.total():8}{total.total():6}   {shares}")


if __name__ == "__main__":
    main(sys.argv[1:])
