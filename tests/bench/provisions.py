"""Articles found in real documents beside the project (../shared) against those counted by hand in provisions.yaml.

An article counts as found where a provision of the document's own (not quoted, not in an annex, not of a table of contents)
bears its number; what bears a number that is not counted is invented. A number counted twice must be found twice.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from policyaudit import ingest
from policyaudit.errors import UnreadableDocument
from policyaudit.model import Document, DocumentKind, Provision, Source, TextKind

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parents[2] / "shared" / "corpus"
NOT_ITS_OWN = {TextKind.QUOTED, TextKind.INSERTED, TextKind.ANNEX, TextKind.CONTENTS, TextKind.FURNITURE, TextKind.NOTE}


@dataclass(frozen=True)
class Count:
    """The numbers of a document against those counted: found in both, missed, and invented."""

    found: int
    missed: tuple[str, ...]
    invented: tuple[str, ...]


def main() -> None:
    if not (CORPUS / "manifest.csv").is_file():
        sys.exit(f"the real documents are not there: {CORPUS}")
    counted = yaml.safe_load((HERE / "provisions.yaml").read_text(encoding="utf-8"))
    with (CORPUS / "manifest.csv").open(encoding="utf-8") as file:
        manifest = {row["file"]: row for row in csv.DictReader(file)}
    total = missed = invented = 0
    for name, truth in counted.items():
        try:
            document = ingest.read(source(name, manifest[name]))
        except UnreadableDocument as fault:
            print(f"{name:75} not read: {fault}")
            lost = len(truth.get("paths") or spread(truth["numbers"]))
            total, missed = total + lost, missed + lost
            continue
        if "paths" in truth:
            counts = [("", compare(numbered_paths(document), [f"{truth['order']} {path}" for path in truth["paths"]]))]
        else:
            counts = [("", compare(numbers(document, truth["unit"]), spread(truth["numbers"])))]
        if "schedule" in truth:
            counts.append(("schedules", compare(in_annexes(document, truth["unit"]), spread(truth["schedule"]))))
        for part, count in counts:
            of = count.found + len(count.missed)
            print(f"{name + (f' ({part})' if part else ''):75} {count.found:4} of {of:4}{_said(count)}")
            if not part:
                total, missed, invented = total + of, missed + len(count.missed), invented + len(count.invented)
    share = (total - missed) / total
    print(f"\n{len(counted)} documents: {total - missed} of {total} articles found ({share:.1%}), {invented} invented")


def _said(count: Count) -> str:
    parts = [f"{word}: {', '.join(said)}" for word, said in (("missed", count.missed), ("invented", count.invented)) if said]
    return "  " + "; ".join(parts) if parts else ""


def source(name: str, row: dict[str, str]) -> Source:
    """A document of the corpus with what its manifest says of it."""
    known = row["kind"] in list(DocumentKind)
    return Source(
        path=str(CORPUS / name),
        name=name,
        country=row["iso3"],
        kind=DocumentKind(row["kind"]) if known else None,
        title=row["title"],
        language=row["language"] if re.fullmatch("[a-z]{2}", row["language"]) else None,
    )


def numbers(document: Document, unit: str) -> list[str]:
    """The numbers of a document's own provisions of a unit, as their paths cite them; of articles, those with its usual sign."""
    own = [p for p in document.provisions if p.unit == unit and not _within(document, p, NOT_ITS_OWN)]
    return _usual([_cited(provision) for provision in own])


def numbered_paths(document: Document) -> list[str]:
    """The paths of a document's own provisions that bear a number or letter, for orders that have no articles."""
    own = [p for p in document.provisions if p.unit in ("item", "section") and p.label and not _within(document, p, NOT_ITS_OWN)]
    return [provision.path for provision in own]


def in_annexes(document: Document, unit: str) -> list[str]:
    """The numbers of the same unit, and of outer items, in the annexes."""
    own = [p for p in document.provisions if _within(document, p, {TextKind.ANNEX})]
    outer = [p for p in own if p.unit in (unit, "item") and not _beneath(document, p, (unit, "item"))]
    return [_cited(provision)[1] for provision in outer if _cited(provision)[1]]


def _beneath(document: Document, provision: Provision, units: Sequence[str]) -> bool:
    above = provision.parent
    while above is not None:
        if document.provisions[above].unit in units:
            return True
        above = document.provisions[above].parent
    return False


def _within(document: Document, provision: Provision, kinds: set[TextKind]) -> bool:
    at: int | None = provision.index
    while at is not None:
        if document.provisions[at].kind in kinds:
            return True
        at = document.provisions[at].parent
    return False


def _cited(provision: Provision) -> tuple[str, str]:
    """(sign, number) of the last part of a path: ("art.", "14 bis")."""
    last = re.split(r", (?=[^,]*$)", provision.path)[-1]
    match = re.match(r"(?P<sign>[^\d]*?\.)?\s*(?P<number>(?:[A-Z]+[.*\s]?)?\d.*|[IVXLC]+(?:er)?)$", last)
    return (match["sign"] or "", _plain(match["number"])) if match else (last, "")


def _usual(cited: Sequence[tuple[str, str]]) -> list[str]:
    signs = Counter(sign for sign, number in cited if number)
    usual = signs.most_common(1)[0][0] if signs else ""
    return [number for sign, number in cited if number and sign == usual]


def _plain(number: str) -> str:
    base = unicodedata.normalize("NFD", re.sub(r"(?<=I)er$", "", number))
    return "".join(letter for letter in base if not unicodedata.combining(letter)).replace(".", "").strip().lower()


def spread(ranges: Sequence[str | int]) -> list[str]:
    """Every number of the ranges: "1-3" is 1, 2 and 3; "131-1..3" is 131-1, 131-2 and 131-3."""
    found: list[str] = []
    for one in map(str, ranges):
        ends = re.fullmatch(r"()(\d+)-(\d+)", one) or re.fullmatch(r"(.*\D)(\d+)\.\.(\d+)", one)
        if ends and int(ends[2]) < int(ends[3]):  # 122-1 is the number of an article
            found += [_plain(f"{ends[1]}{number}") for number in range(int(ends[2]), int(ends[3]) + 1)]
        else:
            found.append(_plain(one))
    return found


def compare(read: Sequence[str], counted: Sequence[str]) -> Count:
    """What was read against what was counted, number by number, as often as each stands there."""
    here, there = Counter(read), Counter(counted)
    return Count((here & there).total(), tuple((there - here).elements()), tuple((here - there).elements()))


if __name__ == "__main__":
    main()
