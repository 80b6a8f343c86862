"""How true the findings are: audits the documents that a careful reader labelled and prints what the score tool says of them.

Run by ``make accuracy``; needs ../shared. All sections, all languages; then the documents kept aside, to which nobody tuned;
then what bare words would have found.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from policyaudit import ingest, run
from policyaudit.match import Matcher
from policyaudit.model import DocumentKind, Source
from policyaudit.rubric import Rubric
from policyaudit.rubricfolder import DEFAULT, find, load

SHARED = Path(__file__).resolve().parents[3] / "shared"
GROUPS = ("language", "section", "kind", "document")
KEPT_ASIDE = (
    "arg_dec-637-codigo-conducta-fuerzas-seguridad_2003",
    "arg_dec-658-segundo-pna-1325_2022",
    "chl_ley-20066-vif_2005",
    "fra_code-deontologie-police-gendarmerie_2014",
    "lux_loi-harcelement-sexuel-travail_2000",
    "nzl_nz-police-our-code_2022",
    "usa_urbana-pd-sexual-assault-investigations_2018",
    "zmb_anti-gender-based-violence-act_2011",
)
"""One third of the labelled documents, of every language with more than one; terms and conditions were not tuned to them."""


def main() -> int:
    if not (SHARED / "gold").is_dir():
        print("The labelled documents (../shared/gold) are not there.", file=sys.stderr)
        return 1
    gold = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((SHARED / "gold").glob("*.yaml"))}
    sources = [_source(read) for read in gold.values()]
    rubric = load(find(DEFAULT))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        run.write(run.audit(sources, rubric), place / "run", ())
        print(f"all {len(gold)} documents")
        for group in GROUPS:
            _print(place / "run", SHARED / "gold", group, whole=group == GROUPS[0])
        aside = place / "aside"
        aside.mkdir()
        for name in KEPT_ASIDE:
            (aside / f"{name}.yaml").write_bytes((SHARED / "gold" / f"{name}.yaml").read_bytes())
        print(f"\nthe {len(KEPT_ASIDE)} documents kept aside")
        for group in GROUPS:
            _print(place / "run", aside, group, whole=group == GROUPS[0])
    print(
        "\nbare words: an element counts as found where the concepts of one of its conditions are said anywhere in the document"
    )
    for title, names in (("all documents", tuple(gold)), ("kept aside", KEPT_ASIDE)):
        right, wrong, missed = _bare(rubric, [gold[name] for name in names])
        print(f"  {title}: precision {right / max(1, right + wrong):.2f}, recall {right / max(1, right + missed):.2f}")
    return 0


def _source(read: dict[str, Any]) -> Source:
    file = SHARED / "corpus" / read["document"]
    return Source(str(file), read["document"], kind=DocumentKind(read["kind"]), language=read["language"])


def _print(folder: Path, gold: Path, group: str, *, whole: bool) -> None:
    tool = [sys.executable, SHARED / "tools" / "score_gold.py", folder, "--gold", gold]
    catalogue = SHARED / "catalogue" / "criteria.yaml"
    said = subprocess.run(
        [*tool, "--catalogue", catalogue, "--by", group], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    if whole:
        print("\n".join(said[:2]))
    print(f"\nby {group}\n" + "\n".join(said[2:]))


def _bare(rubric: Rubric, gold: list[dict[str, Any]]) -> tuple[int, int, int]:
    """(right, wrong, missed) elements if the words alone decided, wherever they stand."""
    matcher = Matcher(rubric)
    right = wrong = missed = 0
    for read in gold:
        mentions = matcher.read(ingest.read(_source(read))).mentions
        said = {name for m in mentions for name in rubric.covering.get(m.concept, (m.concept,))}
        for key, criterion in rubric.criteria.items():
            if read["kind"] not in criterion.applies_to or key not in rubric.conditions:
                continue
            theirs = (read.get("findings") or {}).get(key, {})
            for element in criterion.elements:
                if element in (theirs.get("doubtful") or {}):
                    continue
                several = rubric.conditions[key].found_when.get(element, ())
                found = any(
                    all(not said.isdisjoint(group.split("|")) for group in (*c.all, *c.sequence, *c.any[:1])) for c in several
                )
                want = element in (theirs.get("elements") or {})
                right += found and want
                wrong += found and not want
                missed += want and not found
    return right, wrong, missed


if __name__ == "__main__":
    sys.exit(main())
