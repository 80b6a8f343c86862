"""``policyaudit corpus``: a manifest proposed for a folder, and what a corpus can be judged on before it is."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policyaudit.corpus import datapackage, described, likeness
from policyaudit.corpus.manifest import read_manifest, read_table
from policyaudit.errors import UsageError

Call = Callable[..., Any]

SECTIONS = [
    f"{number}. A court may on application make a protection order of kind {number} under the Evidence Act, 1995, "
    f"and a police officer of district {number * 7} shall serve it within {number + 20} hours."
    for number in range(1, 25)
]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYAUDIT_CACHE", str(tmp_path_factory.mktemp("cache")))


def put(path: Path, *lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two countries: an act, a later version of it, a bill, and a code that belongs to no country that is said."""
    top = tmp_path / "documents"
    put(top / "Kenya/act_2015.md", "# Domestic Violence Act, 2015", "Laws of Kenya", *SECTIONS)
    put(top / "Kenya/act_2019.md", "# Domestic Violence Act, 2019", "Laws of Kenya", *SECTIONS[:-2])
    put(
        top / "uga_bill.txt",
        "DOMESTIC RELATIONS BILL",
        "1. The court shall hear the Penal Code Act, Cap. 120 in mind.",
        *SECTIONS[5:8],
    )
    put(
        top / "code.md", "# Code of Conduct of the Police", "1. An officer shall show respect.", "2. Officers shall be courteous."
    )
    return top


def rows_of(place: Path) -> dict[str, dict[str, str]]:
    text = place.read_text(encoding="utf-8-sig")
    return {row["file"]: row for row in csv.DictReader(io.StringIO(text))}


def test_init_proposes_each_value_with_how_sure_it_is(policyaudit: Call, folder: Path) -> None:
    outcome = policyaudit("corpus", "init", folder)
    assert outcome.code == 0
    rows = rows_of(folder / "manifest.csv")
    act = rows["Kenya/act_2015.md"]
    assert (act["country"], act["kind"], act["language"], act["year"]) == ("KEN", "law", "en", "2015")
    assert act["title"] == "Domestic Violence Act, 2015"
    assert act["country_proposed"] == "sure: folder “Kenya”; the text: “Kenya”"
    assert rows["uga_bill.txt"]["country"] == "UGA" and rows["uga_bill.txt"]["country_proposed"].startswith("likely: file name")
    assert rows["uga_bill.txt"]["status"] == "bill"
    assert rows["code.md"]["country"] == "" and rows["code.md"]["country_proposed"] == "unknown"
    assert "country" in rows["code.md"]["to_check"]
    # Two versions of one act get one id; what stands alone gets none.
    assert act["instrument"] == rows["Kenya/act_2019.md"]["instrument"] != ""
    assert rows["code.md"]["instrument"] == "" and act["to_check"].endswith("instrument")
    # It is a manifest that every command reads.
    sources = read_manifest(folder / "manifest.csv").sources
    assert {source.country for source in sources} == {"KEN", "UGA", None}


def test_a_folder_that_is_named_for_its_country_and_state(policyaudit: Call, tmp_path: Path) -> None:
    put(tmp_path / "United States/US-IL/act.md", "# Protection Act, 2001", *SECTIONS)
    assert policyaudit("corpus", "init", tmp_path / "United States").code == 0
    (row,) = rows_of(tmp_path / "United States/manifest.csv").values()
    assert (row["country"], row["jurisdiction"]) == ("USA", "US-IL")


def test_a_manifest_is_never_overwritten_unasked(policyaudit: Call, folder: Path) -> None:
    by_hand = "file,country,kind,title,language,year,status,reviewer\ncode.md,KEN,code_of_conduct,Mine,en,2001,in_force,me\n"
    put(folder / "manifest.csv").write_text(by_hand, encoding="utf-8")
    refused = policyaudit("corpus", "init", folder)
    assert refused.code == 2 and "--add" in refused.err and "--force" in refused.err
    assert (folder / "manifest.csv").read_text(encoding="utf-8") == by_hand
    assert policyaudit("corpus", "init", folder, "--add").code == 0
    rows = rows_of(folder / "manifest.csv")
    assert len(rows) == 4 and rows["code.md"]["title"] == "Mine" and rows["code.md"]["reviewer"] == "me"
    again = policyaudit("corpus", "init", folder, "--add")
    assert again.code == 0 and "names every document" in again.out
    assert policyaudit("corpus", "init", folder, "--force").code == 0
    assert rows_of(folder / "manifest.csv")["code.md"]["title"] != "Mine"


def test_what_a_document_calls_itself_becomes_no_formula(policyaudit: Call, tmp_path: Path) -> None:
    put(tmp_path / "in/law.md", '# =HYPERLINK("http://example.org";"Act")', *SECTIONS)
    policyaudit("corpus", "init", tmp_path / "in")
    for row in rows_of(tmp_path / "in/manifest.csv").values():
        assert not any(value.startswith(("=", "+", "-", "@")) for value in row.values())


def test_the_data_package_is_one_by_the_standards_own_program(policyaudit: Call, folder: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    policyaudit("corpus", "init", folder)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert [field["name"] for field in package["resources"][0]["schema"]["fields"]][:2] == ["file", "country"]
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    text = (folder / "manifest.csv").read_text(encoding="utf-8-sig")
    (folder / "manifest.csv").write_text(text.replace(",code_of_conduct,", ",codex,"), encoding="utf-8")
    assert not frictionless.Package(str(folder / "datapackage.json")).validate().valid


FAULTS = {
    '{"resources": [}': ":1: not valid JSON",
    '{\n "resources": []\n}': ":2: resources: ",
    '{\n "resources": [\n  {"path": "manifest.csv"}\n ]\n}': ":3: resources.0.name: field required",
    '{"resources": [{"name": "m", "path": "manifest.csv", "schema": {"fields": [\n {"name": "a", "type": "text"}]}}]}': ":2: ",
    '{"resources": [\n{"name": "m", "path": "a.csv", "data": []}]}': "a resource has either path or data",
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_faulty_data_package_is_told_by_line(policyaudit: Call, text: str, folder: Path) -> None:
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    outcome = policyaudit("corpus", "check", folder)
    assert outcome.code == 2
    assert f"{folder / 'datapackage.json'}" in outcome.err and FAULTS[text] in outcome.err


def test_a_manifest_is_held_to_what_its_data_package_permits(tmp_path: Path) -> None:
    field = {"name": "licence", "constraints": {"required": True, "enum": ["open", "closed"]}}
    dated = {"name": "fetched", "type": "date"}
    schema = {"fields": [{"name": "file", "constraints": {"unique": True}}, field, dated]}
    resource = {"name": "manifest", "path": "manifest.csv", "schema": schema}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}), encoding="utf-8")
    put(tmp_path / "a.md", "1. Text.")
    lines = ["file,licence,fetched", "a.md,open,2024-02-30", "a.md,,2024-02-28", "c.md,shut,"]
    (tmp_path / "manifest.csv").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        described(tmp_path, endings=(".md",))
    told = str(raised.value).replace(f"{tmp_path / 'manifest.csv'}", "manifest.csv").splitlines()
    assert [line.partition(" (")[0] for line in told] == [
        "manifest.csv:3: file 'a.md' stands in line 2 already",
        "manifest.csv:3: licence is empty, and datapackage.json requires it",
        "manifest.csv:4: licence 'shut' is none of open, closed",
        "manifest.csv:2: fetched '2024-02-30' is not of the type date",
    ]
    assert read_table(tmp_path / "manifest.csv").rows[0][0] == 2
    assert datapackage.read(tmp_path / "datapackage.json").resources[0].name == "manifest"


def check(policyaudit: Call, folder: Path, *arguments: object) -> Any:
    outcome = policyaudit("corpus", "check", folder, "--json", "--as-of", "2026-06-30", *arguments)
    return json.loads(outcome.out)


def test_check_says_what_can_be_judged(policyaudit: Call, folder: Path, rubric_folder: Path) -> None:
    policyaudit("corpus", "init", folder)
    put(folder / "later.md", "# Police Act, 2020", *SECTIONS)
    put(
        folder / "Kenya/gesetz.md",
        "# Gesetz",
        "§ 1 Die Polizei schützt die Opfer häuslicher Gewalt und ihre Kinder vor jeder Gefahr.",
    )
    policyaudit("corpus", "init", folder, "--add", "--no-cache")
    put(folder / "new.md", "# Act", "1. Text.")
    section = rubric_folder / "sections/A1.yaml"
    section.write_text(
        section.read_text(encoding="utf-8").replace("applies_to: [law]", "applies_to: [code_of_conduct]"), encoding="utf-8"
    )
    found = check(policyaudit, folder, "--rubric", rubric_folder)
    by_country = {one["country"]: one for one in found["countries"]}
    # A law carries the first criterion, a code would open the second, and nothing is known of the third; a bill does not count.
    assert (by_country["KEN"]["judged"], by_country["KEN"]["of"], by_country["KEN"]["opens"]) == (1, 3, {"code_of_conduct": 1})
    assert (by_country["UGA"]["judged"], by_country["UGA"]["without_force"]) == (0, 1)
    assert found["outdated"]["uga_bill.txt"].startswith("bill")
    assert found["speechless"] == {"de": ["Kenya/gesetz.md"]}
    assert found["unlisted"] == ["new.md"]
    assert [one["criterion"] for one in found["uncarried"] if one["nowhere"]] == ["B1.01"]
    assert {one["criterion"]: one["countries"] for one in found["uncarried"]} == {"A1.01": 1, "A1.02": 2, "B1.01": 3}


def test_check_names_the_instruments_that_are_pointed_to_and_missing(
    policyaudit: Call, folder: Path, rubric_folder: Path
) -> None:
    policyaudit("corpus", "init", folder)
    wanted = {(one["country"], one["name"]): one for one in check(policyaudit, folder, "--rubric", rubric_folder)["wanted"]}
    evidence = wanted["KEN", "Evidence Act, 1995"]
    assert evidence["times"] == 46
    assert [(name, times) for name, times, _ in evidence["sources"]] == [("Kenya/act_2015.md", 24), ("Kenya/act_2019.md", 22)]
    # Once it is there, it is not missing any more; in Uganda it still is.
    put(folder / "Kenya/evidence.md", "# Evidence Act, 1995", "1. A survivor may testify.", "2. The court shall hear her.")
    policyaudit("corpus", "init", folder, "--add")
    names = {(one["country"], one["name"]) for one in check(policyaudit, folder, "--rubric", rubric_folder)["wanted"]}
    assert ("KEN", "Evidence Act, 1995") not in names and ("UGA", "Evidence Act, 1995") in names


def test_what_stands_twice_and_what_is_a_version(policyaudit: Call, folder: Path, rubric_folder: Path) -> None:
    put(folder / "Kenya/copy.txt", "Domestic Violence Act, 2015", "Laws of Kenya", *SECTIONS)  # other bytes, the same words
    policyaudit("corpus", "init", folder)
    found = check(policyaudit, folder, "--rubric", rubric_folder)
    pairs = {frozenset((one["first"], one["second"])): one["how"] for one in found["likenesses"]}
    assert pairs[frozenset(("Kenya/act_2015.md", "Kenya/copy.txt"))] == "text"
    assert pairs[frozenset(("Kenya/act_2015.md", "Kenya/act_2019.md"))] == "near"
    (versions,) = found["versions"]
    assert versions["names"][-1] == "Kenya/act_2019.md" and versions["stated"]


def test_a_text_that_says_otherwise_than_the_manifest(policyaudit: Call, folder: Path, rubric_folder: Path) -> None:
    policyaudit("corpus", "init", folder)
    text = (folder / "manifest.csv").read_text(encoding="utf-8-sig").replace("Kenya/act_2015.md,KEN,", "Kenya/act_2015.md,TZA,")
    (folder / "manifest.csv").write_text(text, encoding="utf-8")
    denied = check(policyaudit, folder, "--rubric", rubric_folder)["denied"]
    assert denied == {"Kenya/act_2015.md": ["country: the manifest says TZA, the text (“Kenya”) KEN"]}


def test_a_second_look_takes_everything_from_the_cache(
    policyaudit: Call, folder: Path, rubric_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policyaudit("corpus", "init", folder)
    first = check(policyaudit, folder, "--rubric", rubric_folder)
    from policyaudit import run

    def not_again(*_: object) -> None:
        raise AssertionError("a document was read again")

    monkeypatch.setattr(run, "read", not_again)
    assert check(policyaudit, folder, "--rubric", rubric_folder) == first


def test_the_files_of_a_check_say_the_same_twice(policyaudit: Call, folder: Path, tmp_path: Path, rubric_folder: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    put(folder / "Kenya/bad.pdf", "no PDF")
    outs = [tmp_path / "one", tmp_path / "two"]
    for out in outs:
        outcome = policyaudit("corpus", "check", folder, "--rubric", rubric_folder, "--out", out, "--format", "xlsx,html,json")
        assert outcome.code == 1 and "Kenya/bad.pdf" in outcome.err  # one file could not be read
    for name in ("corpus-check.xlsx", "corpus-check.html", "corpus-check.json"):
        assert (outs[0] / name).read_bytes() == (outs[1] / name).read_bytes()
    book = openpyxl.load_workbook(outs[0] / "corpus-check.xlsx")
    assert {"Countries", "To fetch", "Documents", "Criteria", "Versions", "To look at"} <= set(book.sheetnames)
    page = (outs[0] / "corpus-check.html").read_text(encoding="utf-8")
    assert "Evidence Act, 1995" in page and "<script" not in page


def test_likeness_is_near_the_true_share_of_wording() -> None:
    said = likeness.words("\n".join(SECTIONS))
    changed = [*said[: len(said) * 3 // 4], *(word + "x" for word in said[len(said) * 3 // 4 :])]
    runs = [{tuple(one[at : at + 5]) for at in range(len(one) - 4)} for one in (said, changed)]
    true = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
    first, second = likeness.sketch(said), likeness.sketch(changed)
    assert abs(sum(a == b for a, b in zip(first, second, strict=True)) / len(first) - true) < 0.12
    assert likeness.sketch(said[:20]) == ()
    assert len(likeness.words("家庭暴力 is one")) == 6


def test_documents_read_at_once_give_what_they_give_one_by_one(policyaudit: Call, tmp_path: Path, rubric_folder: Path) -> None:
    for number in range(9):
        put(tmp_path / f"many/ken_{number}.md", f"# Protection Act {number}, 2001", *SECTIONS[number : number + 9])
    put(tmp_path / "many/bad.pdf", "no PDF")
    several = [check(policyaudit, tmp_path / "many", "--rubric", rubric_folder, "--no-cache", "--jobs", jobs) for jobs in (1, 2)]
    assert several[0] == several[1] and len(several[0]["items"]) == 9 and len(several[0]["failures"]) == 1
