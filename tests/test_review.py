"""The reviewer's round trip: a workbook goes out, comes back in whatever state, and the reports show what was decided."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from conftest import REQUIRED, Outcome
from making import document, rubric
from policyaudit import looking, reviewing, store
from policyaudit.match import Matcher
from policyaudit.model import Decision, Results, Review, RunInfo, Status
from policyaudit.report import view
from policyaudit.report.formats.xlsx import bound, review
from policyaudit.report.translation import ENGLISH
from policyaudit.reviews import asked, machine_said
from policyaudit.score import assess, quoting, reviewed, unite
from policyaudit.score.ground import ground

LAW = """# Act on domestic violence

## Article 1

A survivor of domestic violence may ask the court for a protection order.

## Article 2

The “protection order” shall be served by the court on the re-\nspondent within a day.

## Article 3

The survivor shall pay a fee for the protection order.
"""
Call = Callable[..., Outcome]
ENTRIES = ("Your decision", "Your reason", "Your quotation", "Its place (article)")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "kenya"
    folder.mkdir()
    (folder / "law.md").write_text(LAW, encoding="utf-8")
    head = "file,country,kind,title,language,year,status\n"
    (folder / "manifest.csv").write_text(head + "law.md,KEN,law,Act on domestic violence,en,2015,in_force\n", encoding="utf-8")
    return folder


@pytest.fixture
def audited(corpus: Path, rubric_folder: Path, policyaudit: Call) -> Path:
    """The run of the corpus. The machine finds A1.01 a, not b, and claims the opposite x1; it does not find A1.02 a."""
    return _audit(corpus, rubric_folder, policyaudit)


def _audit(corpus: Path, rubric: Path, policyaudit: Call) -> Path:
    run = corpus.parent / "run"
    outcome = policyaudit("audit", corpus, "--rubric", rubric, "--out", run, "--as-of", "2026-06-30")
    assert outcome.code == 0, outcome.err
    return run


def filled(path: Path, decisions: dict[str, tuple[str, ...]], *, sheet: str = "Review", head: int = 1) -> Path:
    """The workbook with decisions entered: "A1.01 a" -> decision, reason, quotation, place, as far as given."""
    book = openpyxl.load_workbook(path)
    ws = book[sheet]
    column = {cell.value: cell.column for cell in ws[head]}
    for row in range(head + 1, ws.max_row + 1):
        name = f"{ws.cell(row, column['Criterion']).value} {ws.cell(row, column['Element']).value}"
        for title, value in zip(ENTRIES, decisions.get(name, ()), strict=False):
            ws.cell(row, column[title]).value = value
    out = path.with_name("filled.xlsx")
    book.save(out)
    return out


def take_in(policyaudit: Call, workbook: Path, run: Path, *more: object, reviewer: str = "AB", code: int = 0) -> Outcome:
    outcome = policyaudit("review", "import", workbook, run, "--reviewer", reviewer, "--date", "2026-11-26", *more)
    assert outcome.code == code, outcome.err + outcome.out
    return outcome


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def status(results: Results, criterion: str) -> tuple[Status, float | None]:
    finding = next(finding for finding in results.cards[0].findings if finding.criterion == criterion)
    return finding.status, finding.score


def test_what_a_reviewer_decides_is_kept_as_data_and_shown_by_the_reports(audited: Path, corpus: Path, policyaudit: Call) -> None:
    assert status(store.load(audited), "A1.01") == (Status.CONTRADICTED, 0.0)
    quotation = 'The "protection order" shall be served by the court on the respondent'
    workbook = filled(
        audited / "scorecard.xlsx",
        {
            "A1.01 a": ("agree",),
            "A1.01 b": ("found", "", quotation),
            "A1.01 x1": ("not found", "the fee was abolished"),
            "A1.02 a": ("not applicable", "it is no law on training"),
        },
    )
    take_in(policyaudit, workbook, audited)
    kept = {(row["criterion"], row["element"]): row for row in rows(corpus / "reviews.csv")}
    assert {key: row["decision"] for key, row in kept.items()} == {
        ("A1.01", "a"): "agree",
        ("A1.01", "b"): "found",
        ("A1.01", "x1"): "not_found",
        ("A1.02", "a"): "not_applicable",
    }
    own = kept["A1.01", "b"]
    document = store.load(audited).documents[0]
    assert own["quotation"] in document.text and "“protection order”" in own["quotation"]  # the text's own slice
    assert (own["place"], own["machine"], own["reviewer"], own["date"]) == ("art. 2", "not_found", "AB", "2026-11-26")
    assert kept["A1.01", "x1"]["machine_quotation"] == "The survivor shall pay a fee for the protection order."
    results = reviewing.load(audited)
    assert status(results, "A1.01") == (Status.MET, 1.0)
    assert status(results, "A1.02") == (Status.NOT_APPLICABLE, None)
    finding = results.cards[0].findings[0]
    assert finding.machine_status is Status.CONTRADICTED and finding.refused[0].evidence
    assert [one.machine for one in finding.elements] == [True, False]
    assert finding.elements[1].evidence[0].place == "art. 2"
    country = results.countries[0].findings[0]
    assert (country.status, country.machine_status) == (Status.MET, Status.CONTRADICTED)
    assert {section.section: section.score for section in results.countries[0].sections}["A1"] == 1.0
    assert status(store.load(audited), "A1.01") == (Status.CONTRADICTED, 0.0)  # the machine's finding stays as it was
    assert policyaudit("report", audited, "--format", "xlsx").code == 0
    card = openpyxl.load_workbook(audited / "scorecard.xlsx")["Scorecard"]
    said = next(row for row in card.iter_rows(values_only=True) if row[2] == "A1.01")
    assert "x1) not found (AB, 2026-11-26): the fee was abolished" in said[-1]
    assert "The machine proposed: contradicted." in said[-1] and said[4] == "met"


def _sorted_and_moved(path: Path) -> None:
    """Rows sorted backwards and one deleted, a column added in front and the heads moved down, one column moved."""
    book = openpyxl.load_workbook(path)
    ws = book["Review"]
    several = [[cell.value for cell in row] for row in ws.iter_rows()]
    body = sorted(several[1:], key=lambda row: str(row[2]) + str(row[3]), reverse=True)[:-1]
    new = book.create_sheet("Hoja 1")
    new.append(["Notes of the ministry"])
    for row in [several[0], *body]:
        new.append(["mine", *row[5:], *row[:5]])
    book.remove(ws)
    book.save(path)


def _as_google(path: Path) -> None:
    """Values alone in inline strings: no styles, no protection, no hidden column, a dimension that says A1."""
    book = openpyxl.load_workbook(path)
    plain = openpyxl.Workbook(write_only=True)
    ws = plain.create_sheet("Copy of Review")
    for row in book["Review"].iter_rows(values_only=True):
        ws.append([str(value) if value is not None else "" for value in row])
    plain.save(path)


def _without_key(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    ws = book["Review"]
    ws.delete_cols(ws.max_column)
    book.save(path)


def _by_libreoffice(path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        if REQUIRED:
            pytest.fail("no LibreOffice, and POLICYAUDIT_REQUIRE_ALL=1 asks for it")
        pytest.skip("no LibreOffice on PATH")
    profile = path.parent / "profile"
    for source, ending in ((path, "ods"), (path.with_suffix(".ods"), "xlsx")):
        subprocess.run(
            [
                office,
                f"-env:UserInstallation=file://{profile}",
                "--headless",
                "--convert-to",
                ending,
                "--outdir",
                path.parent,
                source,
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )


@pytest.mark.parametrize("handled", [_sorted_and_moved, _as_google, _without_key, _by_libreoffice])
def test_a_workbook_is_understood_whatever_became_of_it(
    audited: Path, corpus: Path, policyaudit: Call, handled: Callable[[Path], None]
) -> None:
    workbook = filled(
        audited / "scorecard.xlsx",
        {
            "A1.01 b": ("found", "", "may ask the court for a protection order"),
            "A1.02 a": ("not found", "agreed with the police"),
        },
    )
    handled(workbook)
    take_in(policyaudit, workbook, audited)
    kept = {f"{row['criterion']} {row['element']}": row for row in rows(corpus / "reviews.csv")}
    assert {name: row["decision"] for name, row in kept.items()} == {"A1.01 b": "found", "A1.02 a": "not_found"}
    assert kept["A1.01 b"]["place"] == "art. 1" and kept["A1.02 a"]["reason"] == "agreed with the police"


@pytest.mark.parametrize("language", ["es", "fr", "pt"])
def test_a_workbook_in_another_language_is_understood(audited: Path, corpus: Path, policyaudit: Call, language: str) -> None:
    out = audited / "other.xlsx"
    assert policyaudit("review", "export", audited, "--out", out, "--all", "--report-language", language).code == 0
    book = openpyxl.load_workbook(out)
    ws = book.worksheets[0]
    choices = ws.data_validations.dataValidation[0].formula1.strip('"').split(",")
    assert len(set(choices)) == len(Decision) and "agree" not in choices
    for number, choice in enumerate(choices):
        if number < ws.max_row - 1:
            ws.cell(number + 2, 12).value = choice
            ws.cell(number + 2, 13).value = "a reason"
    book.save(out)
    policyaudit("review", "import", out, audited, "--reviewer", "AB", "--date", "2026-11-26")
    taken = [row["decision"] for row in rows(corpus / "reviews.csv")]
    assert taken == ["agree", "found", "not_found", "not_applicable"][: len(taken)] and len(taken) >= 3


def test_what_cannot_be_placed_is_listed_and_kept(audited: Path, corpus: Path, policyaudit: Call) -> None:
    workbook = filled(
        audited / "scorecard.xlsx",
        {
            "A1.01 a": ("perhaps",),
            "A1.01 b": ("found", "", "Orders are served by a court upon the respondent within one day"),
            "A1.01 x1": ("", "I have to think about it"),
            "A1.02 a": ("found",),
        },
    )
    outcome = take_in(policyaudit, workbook, audited, code=1)
    assert not (corpus / "reviews.csv").exists()
    kept = {f"{row['criterion']} {row['element']}": row for row in rows(workbook.with_name("filled-unplaced.csv"))}
    assert kept["A1.01 a"]["why"].startswith("“perhaps” is no decision; choose one from the list of the cell (agree, found,")
    assert "is not in the text" in kept["A1.01 b"]["why"] and kept["A1.01 b"]["nearest"].startswith("art. 2: ")
    assert kept["A1.01 x1"]["reason"] == "I have to think about it"
    assert kept["A1.01 x1"]["why"].startswith("no decision was chosen;")
    assert "neither a quotation nor a reason" in kept["A1.02 a"]["why"]
    assert "nearest in the text" in outcome.err and "filled-unplaced.csv" in outcome.err
    book = openpyxl.load_workbook(workbook)
    for row in range(2, book["Review"].max_row + 1):
        for column in (12, 13, 14):
            book["Review"].cell(row, column).value = None
    book["Review"].cell(2, 12).value = "agree"
    book.save(workbook)
    take_in(policyaudit, workbook, audited)
    assert len(rows(corpus / "reviews.csv")) == 1 and not workbook.with_name("filled-unplaced.csv").exists()


def test_decisions_are_carried_over_while_their_ground_stands(
    audited: Path, corpus: Path, rubric_folder: Path, policyaudit: Call
) -> None:
    workbook = filled(
        audited / "scorecard.xlsx",
        {
            "A1.01 a": ("agree",),
            "A1.01 b": ("found", "", "shall be served by the court"),
            "A1.01 x1": ("agree",),
            "A1.02 a": ("agree",),
        },
    )
    take_in(policyaudit, workbook, audited)

    def names(reviews: tuple[Any, ...]) -> set[str]:
        return {f"{review.criterion} {review.element}" for review in reviews}

    # The text changes elsewhere: what stands on a passage stays, what stands on an absence comes up again.
    (corpus / "law.md").write_text(LAW + "\n## Article 4\n\nThis Act is in force.\n", encoding="utf-8")
    results = reviewing.load(_audit(corpus, rubric_folder, policyaudit))
    assert names(results.reviews) == {"A1.01 a", "A1.01 b", "A1.01 x1"} and names(results.reopened) == {"A1.02 a"}
    out = audited / "again.xlsx"
    assert "1  decided before, to be decided again" in policyaudit("review", "export", audited, "--out", out).out
    # A passage that a decision stands on goes: it comes up again, and the machine's finding stands.
    (corpus / "law.md").write_text(LAW.replace("shall be served by", "is served by"), encoding="utf-8")
    results = reviewing.load(_audit(corpus, rubric_folder, policyaudit))
    assert "A1.01 b" in names(results.reopened)
    assert not next(e for e in results.cards[0].findings[0].elements if e.id == "b").found
    # The rubric asks something else of one element: only the decision on that one falls.
    (corpus / "law.md").write_text(LAW, encoding="utf-8")
    section = rubric_folder / "sections" / "A1.yaml"
    section.write_text(section.read_text().replace("the order is free of charge", "the order costs nothing"))
    results = reviewing.load(_audit(corpus, rubric_folder, policyaudit))
    assert names(results.reopened) == {"A1.01 b"}


def test_where_reviewers_disagree_the_machine_stands_until_it_is_settled(audited: Path, corpus: Path, policyaudit: Call) -> None:
    scorecard = audited / "scorecard.xlsx"
    take_in(policyaudit, filled(scorecard, {"A1.02 a": ("not applicable", "no"), "A1.01 x1": ("agree",)}), audited)
    take_in(policyaudit, filled(scorecard, {"A1.02 a": ("agree",), "A1.01 x1": ("agree",)}), audited, reviewer="CD")
    results = reviewing.load(audited)
    element = results.cards[0].findings[1].elements[0]
    assert [review.reviewer for review in element.disputed] == ["AB", "CD"] and element.decided is None
    assert status(results, "A1.02") == (Status.NOT_FOUND, 0.0)
    assert results.cards[0].findings[0].contradictions[0].decided is not None
    out = audited / "look.xlsx"
    assert "reviewers disagree" in policyaudit("review", "export", audited, "--out", out).out
    workbook = filled(scorecard, {"A1.02 a": ("not applicable", "no")})
    unsettled = take_in(policyaudit, workbook, audited, "--reviews", corpus.parent / "copy.csv", reviewer="both")
    assert "only --final settles that" not in unsettled.err  # nobody disagrees in that file
    shutil.copy(corpus / "reviews.csv", corpus.parent / "copy.csv")
    unsettled = take_in(policyaudit, workbook, audited, "--reviews", corpus.parent / "copy.csv", reviewer="both")
    assert "1 of them are on elements on which reviewers disagree; only --final settles that" in unsettled.err
    take_in(policyaudit, workbook, audited, "--final", reviewer="both")
    assert status(reviewing.load(audited), "A1.02") == (Status.NOT_APPLICABLE, None)
    assert len(rows(corpus / "reviews.csv")) == 5


def test_the_same_workbook_taken_in_twice_changes_nothing(audited: Path, corpus: Path, policyaudit: Call) -> None:
    workbook = filled(audited / "scorecard.xlsx", {"A1.01 a": ("agree", "@SUM(A1)")})
    take_in(policyaudit, workbook, audited)
    before = (corpus / "reviews.csv").read_bytes()
    assert b"'@SUM(A1)" in before
    policyaudit("review", "import", workbook, audited, "--reviewer", "AB", "--date", "2027-01-01")
    assert (corpus / "reviews.csv").read_bytes() == before
    assert reviewing.kept(audited)[0].reason == "@SUM(A1)"


def test_a_decision_on_another_state_of_the_run_is_not_taken(
    audited: Path, corpus: Path, rubric_folder: Path, policyaudit: Call
) -> None:
    workbook = filled(audited / "scorecard.xlsx", {"A1.01 x1": ("agree",), "A1.02 a": ("agree",)})
    workbook = workbook.replace(corpus.parent / "filled.xlsx")
    text = LAW.replace("shall pay a fee", "shall always pay a fee")
    (corpus / "law.md").write_text(text, encoding="utf-8")
    _audit(corpus, rubric_folder, policyaudit)
    outcome = take_in(policyaudit, workbook, audited, code=1)
    assert "finding is another one" in outcome.err and "text is another one" in outcome.err


def test_the_sheet_is_protected_but_for_what_a_reviewer_writes(audited: Path) -> None:
    book = openpyxl.load_workbook(audited / "scorecard.xlsx")
    ws = book["Review"]
    assert ws.protection.sheet and not ws.protection.password
    assert not (ws.protection.autoFilter or ws.protection.sort or ws.protection.formatColumns)
    heads = [cell.value for cell in ws[1]]
    for cell in ws[2]:
        assert cell.protection.locked is (heads[cell.column - 1] not in ENTRIES)
    assert ws.column_dimensions[get_column_letter(heads.index("policyaudit-key") + 1)].hidden
    assert "How to review" in book.sheetnames


def test_a_file_that_is_no_workbook_is_said_in_one_line(audited: Path, tmp_path: Path, policyaudit: Call) -> None:
    wrong = tmp_path / "notes.xlsx"
    wrong.write_text("no workbook")
    outcome = policyaudit("review", "import", wrong, audited, "--reviewer", "AB")
    assert outcome.code == 2 and "save it as Excel workbook" in outcome.err
    openpyxl.Workbook().save(wrong)
    outcome = policyaudit("review", "import", wrong, audited, "--reviewer", "AB")
    assert outcome.code == 2 and "Your decision" in outcome.err and len(outcome.err.strip().splitlines()) == 1


def test_decisions_follow_a_document_that_was_renamed(audited: Path, policyaudit: Call) -> None:
    take_in(policyaudit, filled(audited / "scorecard.xlsx", {"A1.01 x1": ("not found", "no")}), audited)
    results = store.load(audited)
    renamed = replace(
        results,
        documents=tuple(replace(one, name="other.md") for one in results.documents),
        cards=tuple(replace(one, name="other.md") for one in results.cards),
        countries=(),
    )
    assert reviewing.applied(renamed, audited).cards[0].findings[0].refused


@pytest.mark.parametrize(
    ("quotation", "found"),
    [
        ("'protection order' shall be served", "“protection order” shall be served"),
        ("served by the court on the respon-\n dent within", "served by the court on the re-\nspondent within"),
        ("A survivor … a protection order", "A survivor of domestic violence may ask the court for a protection order"),
        ("The survivor shall [...] fee for the protection order.", "The survivor shall pay a fee for the protection order."),
        ("urvivor shall pay", None),
        ("shall pay … may ask", None),
        ("“…”", None),
    ],
)
def test_a_quotation_is_found_as_people_copy_it(quotation: str, found: str | None) -> None:
    spans = quoting.places(LAW, quotation)
    assert [LAW[start:end] for start, end in spans][:1] == ([found] if found else [])


def test_the_nearest_passage_is_in_whole_sentences_and_as_long_as_what_was_meant() -> None:
    near = quoting.nearest(
        document("# A", "1. Police", "2. Every police officer shall without delay register the complaint."),
        "Police shall register complaints",
    )
    assert near is not None and near.quote.startswith("Every police officer shall") and near.place == "2."
    assert quoting.nearest(document("1. A court."), "Zwölf Boxkämpfer jagen Viktor quer") is None


def test_a_workbook_can_be_restricted(audited: Path, tmp_path: Path, policyaudit: Call) -> None:
    out = tmp_path / "look.xlsx"
    outcome = policyaudit("review", "export", audited, "--out", out, "--section", "B1")
    assert outcome.code == 2 or openpyxl.load_workbook(out)["Review"].max_row == 1
    assert policyaudit("review", "export", audited, "--out", out, "--country", "KEN", "--section", "a1", "--all").code == 0
    assert openpyxl.load_workbook(out)["Review"].max_row == 5
    outcome = policyaudit("review", "export", audited, "--out", out, "--why", "sample,contradiction")
    assert outcome.code == 0 and {line.split(maxsplit=1)[1] for line in outcome.out.splitlines()[:-1]} == {
        "contradictions",
        "of the random tenth",
    }
    outcome = policyaudit("review", "export", audited, "--out", out, "--why", "luck")
    assert outcome.code == 2 and "permitted: disputed, again, contradiction" in outcome.err
    outcome = policyaudit("review", "export", audited, "--out", out, "--document", "no.md")
    assert outcome.code == 2 and "--document no.md: not in this run" in outcome.err


def test_a_comparison_counts_what_reviewers_decided(audited: Path, tmp_path: Path, policyaudit: Call) -> None:
    take_in(policyaudit, filled(audited / "scorecard.xlsx", {"A1.01 x1": ("not found", "no")}), audited)
    assert policyaudit("compare", audited, "--out", tmp_path / "compared").code == 0
    table = next((tmp_path / "compared").glob("*.xlsx"))
    said = [row for row in openpyxl.load_workbook(table)["Quotations"].iter_rows(values_only=True) if row[1] == "A1.01"]
    assert said[0][3] == "partly met"


def test_a_new_audit_says_what_became_of_the_decisions(
    audited: Path, corpus: Path, rubric_folder: Path, policyaudit: Call
) -> None:
    take_in(policyaudit, filled(audited / "scorecard.xlsx", {"A1.01 x1": ("not found", "no"), "A1.01 a": ("agree",)}), audited)
    (corpus / "law.md").write_text(LAW.replace("pay a fee", "pay a fee in advance"), encoding="utf-8")
    outcome = policyaudit("audit", corpus, "--rubric", rubric_folder, "--out", audited, "--as-of", "2026-06-30")
    assert "1 hold and stand in the reports" in outcome.out and "1 must be made again" in outcome.out


def test_too_many_rows_for_a_sheet_are_said_and_not_written(audited: Path, tmp_path: Path) -> None:
    results = store.load(audited)
    book = bound.new("many", "0")
    one = looking.everything(results)[0]
    review.fill(book, results, view.rubric(results), (one,) * (review.MOST + 1), "many", ENGLISH)
    bound.save(book, tmp_path / "many.xlsx")
    made = openpyxl.load_workbook(tmp_path / "many.xlsx")
    assert "Review" not in made.sheetnames
    assert "20,001 elements" in made["How to review"]["B2"].value and "review export" in made["How to review"]["B2"].value


def decide(results: Results, **decisions: Review) -> Results:
    """The results with decisions on elements of their first criterion, each on the ground that it has today."""
    finding, read = results.cards[0].findings[0], results.documents[0]
    several = []
    for name, one in decisions.items():
        state, evidence = machine_said(finding, name)
        review = replace(
            one,
            document=read.name,
            criterion=finding.criterion,
            element=name,
            machine=state,
            machine_quotation=evidence[0].quote if evidence else "",
        )
        question = asked(results.rubric)[finding.criterion, name]
        several.append(replace(review, ground=ground(review, question, finding, read)))
    return reviewed.apply(results, several)


def judged(conditions: dict[str, list[dict[str, object]]], *lines: str, language: str = "en", **options: Any) -> Results:
    made = rubric({"fee": ["fee"], "free": ["free of charge"]}, conditions, **options)
    read = document(*lines, language=language)
    card = assess(read, Matcher(made).read(read), made)
    info = RunInfo("t", "1", "0", "0", {}, ())
    return Results(info, made.as_data(), (read,), (card,), (unite("KEN", [card], made, described=(read,)),), ())


def said(decision: str, quotation: str = "") -> Review:
    return Review("", "", "", Decision(decision), quotation=quotation, reviewer="AB", date="2026-11-26")


def test_what_the_machine_could_not_judge_is_judged_once_every_element_is_decided() -> None:
    results = judged({"a": [{"all": ["fee"]}], "b": [{"all": ["free"]}]}, "1. Sin costo.", language="es")
    assert results.cards[0].findings[0].status is Status.UNSCORED
    half = decide(results, a=said("found", "Sin costo."))
    assert half.cards[0].findings[0].score is None and half.countries[0].findings[0].score is None
    whole = decide(results, a=said("found", "Sin costo."), b=said("not_found"))
    finding, country = whole.cards[0].findings[0], whole.countries[0].findings[0]
    assert (finding.status, finding.score, finding.machine_status) == (Status.PARTLY, 0.5, Status.UNSCORED)
    assert finding.elements[0].evidence[0].place == "1." and [one.machine for one in finding.elements] == [None, None]
    assert (country.status, country.score) == (Status.PARTLY, 0.5)


def test_a_question_is_answered_and_then_counts() -> None:
    results = judged({"a": [{"all": ["free"]}]}, "1. It is free of charge.", manual={"b": "Is it so in practice?"})
    assert results.cards[0].findings[0].score == 1.0
    assert decide(results, b=said("not_found")).cards[0].findings[0].score == 0.5
    assert decide(results, b=said("not_applicable")).cards[0].findings[0].score == 1.0


def test_a_contradiction_that_a_reviewer_found_counts_as_one() -> None:
    results = judged({"a": [{"all": ["free"]}]}, "1. It is free of charge.", "2. Fees are due nevertheless.")
    after = decide(results, a=said("contradicted", "Fees are due nevertheless."))
    for finding in (after.cards[0].findings[0], after.countries[0].findings[0]):
        assert (finding.status, finding.score) == (Status.CONTRADICTED, 0.0)
        assert finding.contradictions[0].evidence[0].place == "2."
    refused = after.cards[0].findings[0].elements[0]
    assert refused.machine and not refused.found and refused.nearest[0].quote == "It is free of charge."


def test_without_a_corpus_the_decisions_stand_in_the_run(corpus: Path, rubric_folder: Path, policyaudit: Call) -> None:
    run = corpus.parent / "run"
    law = corpus / "law.md"
    options = ("--rubric", rubric_folder, "--out", run, "--as-of", "2026-06-30", "--country", "KEN", "--kind", "law")
    assert policyaudit("audit", law, *options).code == 0
    take_in(policyaudit, filled(run / "scorecard.xlsx", {"A1.01 x1": ("not found", "no")}), run)
    assert rows(run / "reviews.csv") and not (corpus / "reviews.csv").exists()
    assert "1 hold" in policyaudit("audit", law, *options).out
    assert policyaudit("report", run, "--reviews", run / "none.csv").code == 2


def test_a_second_reviewer_sees_nothing_of_what_the_first_decided(audited: Path, tmp_path: Path, policyaudit: Call) -> None:
    take_in(policyaudit, filled(audited / "scorecard.xlsx", {"A1.01 x1": ("not found", "the fee was abolished")}), audited)
    out = tmp_path / "look.xlsx"

    def shown(*more: str) -> dict[str, str | None]:
        assert policyaudit("review", "export", audited, "--out", out, *more).code == 0
        return {f"{row[2]} {row[3]}": row[10] for row in openpyxl.load_workbook(out)["Review"].iter_rows(values_only=True)}

    assert "A1.01 x1" not in shown() and "A1.01 x1" not in shown("--reviewer", "AB")
    assert shown("--reviewer", "CD")["A1.01 x1"] is None
    assert shown("--all")["A1.01 x1"] == "not found (AB, 2026-11-26): the fee was abolished"


def test_two_reviewers_of_the_same_initials_lose_nothing_and_one_in_two_spellings_is_not_two(
    audited: Path, corpus: Path, policyaudit: Call
) -> None:
    scorecard = audited / "scorecard.xlsx"
    take_in(policyaudit, filled(scorecard, {"A1.01 a": ("agree", "it says so"), "A1.02 a": ("agree",)}), audited)
    workbook = filled(scorecard, {"A1.01 a": ("not found", "it permits"), "A1.02 a": ("agree",)})
    outcome = take_in(policyaudit, workbook, audited)
    assert "1 of them say otherwise than AB said before" in outcome.err and "initials of their own" in outcome.err
    old = rows(workbook.with_name("filled-replaced.csv"))
    assert [(row["criterion"], row["decision"], row["reason"]) for row in old] == [("A1.01", "agree", "it says so")]
    assert "replaced" not in take_in(policyaudit, workbook, audited).err
    outcome = take_in(policyaudit, workbook, audited, reviewer="ab", code=2)
    assert "there are decisions of AB; write it so" in outcome.err
    export = ("review", "export", audited, "--out", audited / "out.xlsx", "--reviewer")
    assert policyaudit(*export, "ab").code == policyaudit(*export, " ").code == 2 and policyaudit(*export, " AB").code == 0
    assert {row["reviewer"] for row in rows(corpus / "reviews.csv")} == {"AB"}


def test_a_reason_that_was_taken_for_a_formula_is_kept_as_it_was_typed(audited: Path, policyaudit: Call) -> None:
    workbook = filled(audited / "scorecard.xlsx", {"A1.01 a": ("agree", "=1+1"), "A1.01 x1": ("agree", "=-the fee")})
    policyaudit("review", "import", workbook, audited, "--reviewer", "AB")
    assert {review.reason for review in reviewing.kept(audited)} == {"=1+1", "=-the fee"}


def test_a_workbook_of_another_run_is_told_in_a_line(audited: Path, corpus: Path, policyaudit: Call) -> None:
    workbook = filled(audited / "scorecard.xlsx", {name: ("not applicable", "no") for name in ("A1.01 a", "A1.01 b", "A1.02 a")})
    store_of_another = workbook.with_name("other.xlsx")
    book = openpyxl.load_workbook(workbook)
    for row in list(book["Review"].iter_rows(min_row=2)):
        row[-1].value = str(row[-1].value).replace("law.md", "act.md")
        row[-1].value = "|".join([*str(row[-1].value).split("|")[:3], "0000000000", "act.md"])
    book.save(store_of_another)
    outcome = take_in(policyaudit, store_of_another, audited, code=1)
    assert "other.xlsx: 3 rows are about act.md, which the run does not hold" in outcome.err
    assert "not taken:" not in outcome.err and len(rows(workbook.with_name("other-unplaced.csv"))) == 3


def test_a_run_that_was_moved_away_from_its_decisions_says_so(audited: Path, corpus: Path, policyaudit: Call) -> None:
    take_in(policyaudit, filled(audited / "scorecard.xlsx", {"A1.01 a": ("agree",)}), audited)
    away = corpus.parent / "deep" / "er" / "run"
    shutil.copytree(audited, away)
    outcome = policyaudit("report", away, "--format", "csv")
    assert outcome.code == 0 and "the corpus of this run is not at" in outcome.err
    outcome = policyaudit("report", away, "--format", "csv", "--reviews", corpus / "reviews.csv")
    assert "corpus" not in outcome.err and [row["decided_by"] for row in rows(away / "findings.csv")].count("AB")


def test_reviews_csv_is_read_as_spreadsheet_programs_save_it_and_a_bad_row_is_named(
    audited: Path, corpus: Path, policyaudit: Call
) -> None:
    scorecard = audited / "scorecard.xlsx"
    take_in(policyaudit, filled(scorecard, {"A1.01 a": ("agree",), "A1.02 a": ("not applicable", "no; never")}), audited)
    path = corpus / "reviews.csv"
    table = [list(row.values()) for row in rows(path)]
    head = list(rows(path)[0])

    def save(*several: list[str]) -> None:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows([head, *several])

    day, decision, reviewer = head.index("date"), head.index("decision"), head.index("reviewer")
    table[0][day], table[1][day], table[0][decision] = "26/11/2026", "03/12/2026", "Agree"
    save(*table)
    assert [(one.date, one.decision) for one in reviewing.kept(audited)] == [
        ("2026-11-26", Decision.AGREE),
        ("2026-12-03", Decision.NOT_APPLICABLE),
    ]
    table[0][day] = "02/11/2026"  # of February or of November?
    table[1][decision] = "maybe"
    table.append([*table[0]])
    table[2][reviewer] = ""
    save(*table)
    for command in (("report", audited), ("audit", corpus), ("agreement", audited)):
        outcome = policyaudit(*command)
        assert outcome.code == 2
        assert [line.split("reviews.csv")[1][:3] for line in outcome.err.splitlines() if "reviews.csv:" in line] == [
            ":2:",
            ":3:",
            ":4:",
        ]
    save(["law.md"])
    head.remove("decision")
    save(["law.md"])
    assert "reviews.csv:1: no column decision" in policyaudit("agreement", audited).err
    assert "policyaudit review import takes it in" in policyaudit("agreement", audited, scorecard).err


@pytest.mark.parametrize(
    ("named", "place"), [("", ""), ("art. 9", ""), ("art. 2", "art. 2"), ("Section 2", "art. 2"), ("annex", "")]
)
def test_words_that_stand_in_several_articles_need_their_place(audited: Path, policyaudit: Call, named: str, place: str) -> None:
    workbook = filled(audited / "scorecard.xlsx", {"A1.01 b": ("found", "", "protection order", named)})
    outcome = take_in(policyaudit, workbook, audited, code=0 if place else 1)
    if place:
        assert [review.place for review in reviewing.kept(audited)] == [place]
    else:
        assert "stands in several places (art. 1, art. 2, art. 3); quote more, or name its place so" in outcome.err


def test_a_reviewer_is_one(audited: Path, policyaudit: Call) -> None:
    outcome = policyaudit("review", "import", audited / "scorecard.xlsx", audited, "--reviewer", "AB, CD")
    assert outcome.code == 2 and "--reviewer AB, CD: commas" in outcome.err
