"""From mentions to statuses: conditions, subjects, evidence, roll-up."""

from __future__ import annotations

from typing import Any

import pytest

from making import document, rubric
from policyaudit.match import Matcher
from policyaudit.model import BINDING, Card, Document, DocumentKind, Finding, Status, TextKind
from policyaudit.rubric import Rubric, Subject
from policyaudit.score import assess, unite

TERMS: dict[str, Any] = {
    "police": ["police officer", "constable"],
    "refuse": ["refuse"],
    "register": ["register", "record"],
    "complaint": ["complaint"],
    "free": ["free of charge"],
    "fee": ["fee"],
    "violence": ["domestic violence"],
}


def card(made: Rubric, text: Document) -> Card:
    return assess(text, Matcher(made).read(text), made)


def finding(conditions: dict[str, list[dict[str, object]]], *lines: str, **options: Any) -> Finding:
    about = {
        key: options.pop(key) for key in ("subjects", "subject", "manual", "includes", "actors", "applies_to") if key in options
    }
    made = rubric(TERMS, conditions, **about)
    return card(made, document(*lines, **options)).findings[0]


def found(conditions: list[dict[str, object]], *lines: str, **options: Any) -> bool:
    return finding({"a": conditions}, *lines, **options).elements[0].found


def test_status_and_score_follow_from_the_elements() -> None:
    conditions: dict[str, list[dict[str, object]]] = {
        "a": [{"all": ["register"]}],
        "b": [{"all": ["free"]}],
        "x1": [{"all": ["fee"]}],
    }
    both = finding(conditions, "1. A constable shall register it free of charge.")
    assert (both.status, both.score) == (Status.MET, 1.0)
    one = finding(conditions, "1. A constable shall register it.")
    assert (one.status, one.score) == (Status.PARTLY, 0.5)
    none = finding(conditions, "1. A constable shall sing.")
    assert (none.status, none.score) == (Status.NOT_FOUND, 0.0)
    opposed = finding(conditions, "1. A constable shall register it free of charge.", "2. A fee shall be paid.")
    assert (opposed.status, opposed.score) == (Status.CONTRADICTED, 0.0)
    assert [e.found for e in opposed.elements] == [True, True]
    assert opposed.contradictions[0].evidence[0].quote == "A fee shall be paid."


def test_what_cannot_be_judged_has_no_score_and_a_reason() -> None:
    conditions: dict[str, list[dict[str, object]]] = {"a": [{"all": ["register"]}]}
    other_kind = finding(conditions, "1. Register.", applies_to=(DocumentKind.BUDGET,))
    assert (other_kind.status, other_kind.score) == (Status.NOT_APPLICABLE, None)
    assert "budget" in other_kind.reason
    other_language = finding(conditions, "1. Registro.", language="es")
    assert (other_language.status, other_language.score) == (Status.UNSCORED, None)
    assert "(es)" in other_language.reason


def test_a_manual_element_counts_neither_way() -> None:
    result = finding({"a": [{"all": ["register"]}]}, "1. Register.", manual={"b": "Does a reader see why?"})
    assert (result.status, result.score) == (Status.MET, 1.0)
    assert result.elements[1].question and not result.elements[1].found


@pytest.mark.parametrize("within", ["sentence", "provision", "article"])
def test_scopes_hold_what_they_say(within: str) -> None:
    conditions: list[dict[str, object]] = [{"all": ["register", "complaint"], "within": within}]
    assert found(conditions, "1. Record the complaint.")
    assert found(conditions, "1. Take the complaint. Then record it.") is (within != "sentence")
    assert found(conditions, "1. Do this:", "  (a) take the complaint;", "  (b) record it.") is (within == "article")
    assert not found(conditions, "1. Take the complaint.", "2. Record it.")


def test_sequence_keeps_order_and_distance() -> None:
    conditions: list[dict[str, object]] = [{"sequence": ["refuse", "complaint"], "gap": 3}]
    assert found(conditions, "1. To refuse to take a complaint is an offence.")
    assert not found(conditions, "1. A complaint may be lodged if others refuse.")
    assert not found(conditions, "1. Those who refuse to come to the station in order to lodge a complaint are fined.")


def test_any_at_least_and_none() -> None:
    two: list[dict[str, object]] = [{"any": ["register", "complaint", "free"], "at_least": 2}]
    assert found(two, "1. Record the complaint.")
    assert not found(two, "1. Record it, and record it again.")
    without: list[dict[str, object]] = [{"all": ["complaint"], "none": ["fee"]}]
    assert found(without, "1. A complaint.")
    assert not found(without, "1. A complaint has a fee.")


def test_force() -> None:
    for force, may, shall, states in (
        ("binding", False, True, True),
        ("mandatory", False, True, False),
        ("any", True, True, True),
    ):
        conditions: list[dict[str, object]] = [{"all": ["register"], "force": force}]
        assert found(conditions, "1. A constable may register it.") is may
        assert found(conditions, "1. A constable shall register it.") is shall
        assert found(conditions, "1. Constables register it.") is states


def test_negation_counts_only_where_it_is_asked_for() -> None:
    plain: list[dict[str, object]] = [{"all": ["police", "refuse", "complaint"]}]
    barred: list[dict[str, object]] = [{"all": ["police", "refuse"], "negated": ["refuse"]}]
    assert not found(plain, "1. No constable shall refuse a complaint.")
    assert found(barred, "1. A constable shall not refuse a complaint.")
    assert not found(barred, "1. A constable may refuse a complaint.")


def test_an_actor_counts_whether_the_duty_is_to_do_or_not_to_do() -> None:
    barred: list[dict[str, object]] = [{"all": ["police", "refuse"], "negated": ["refuse"]}]
    assert found(barred, "1. No constable shall refuse a complaint.", actors=("police",))
    assert not found(barred, "1. No constable shall refuse a complaint.")


def test_either_takes_a_concept_under_a_negation_or_not() -> None:
    conditions: list[dict[str, object]] = [{"all": ["refuse", "complaint"], "either": ["refuse", "complaint"]}]
    assert found(conditions, "1. One shall not refuse a complaint.")
    assert found(conditions, "1. One shall refuse a complaint.")


def test_needs_asks_for_another_element_of_the_document() -> None:
    conditions: dict[str, list[dict[str, object]]] = {
        "a": [{"all": ["register"]}],
        "b": [{"all": ["free"], "needs": ["a"]}],
    }
    assert [e.found for e in finding(conditions, "1. It is free of charge.", "2. Record it.").elements] == [True, True]
    assert [e.found for e in finding(conditions, "1. It is free of charge.").elements] == [False, False]


@pytest.mark.parametrize("kind", [k for k in TextKind if k not in BINDING])
def test_text_that_binds_nobody_is_no_evidence(kind: TextKind) -> None:
    assert not found([{"all": ["register"]}], "1. A constable shall register it.", kinds={0: kind})


def test_a_heading_is_handed_down_but_is_no_evidence_alone() -> None:
    conditions: list[dict[str, object]] = [{"all": ["complaint", "register"]}]
    assert found(conditions, "# Complaints", "  1. They shall be recorded.")
    assert not found(conditions, "# To record complaints", "  1. They shall be welcome.")


def test_an_item_inherits_actors_but_no_other_words() -> None:
    conditions: list[dict[str, object]] = [{"all": ["police", "register"]}]
    lines = ["1. A constable shall, on a complaint:", "  (a) record it;", "  (b) smile."]
    assert found(conditions, *lines, actors=("police",))
    assert not found(conditions, *lines)


def test_a_sequence_may_begin_in_the_opening_of_a_list() -> None:
    lines = ["1. A constable shall, on a complaint:", "  (a) record it free of charge;", "  (b) smile."]
    told: list[dict[str, object]] = [{"sequence": ["police", "register", "free"], "gap": 3}]
    assert found(told, *lines, actors=("police",))
    assert not found(told, *lines)
    other: list[dict[str, object]] = [{"sequence": ["complaint", "register"]}]
    assert not found(other, *lines)
    assert found([other[0] | {"opening": ["complaint"]}], *lines)
    assert not found([{"sequence": ["police", "complaint"], "opening": ["complaint"]}], *lines[1:], actors=("police",))


def test_an_including_concept_is_found_through_what_it_includes() -> None:
    assert found([{"all": ["authority"]}], "1. A constable shall come.", includes={"authority": ["police"]})


def test_subjects() -> None:
    subjects = {"violence": Subject(means="violence", concepts=("violence",), title=("violence",), share=0.5)}
    conditions: list[dict[str, object]] = [{"all": ["register"]}]

    def about(*lines: str, **options: Any) -> bool:
        return found(conditions, *lines, subjects=subjects, subject="violence", **options)

    assert not about("1. Record the cattle.", "2. Sing.", "3. Dance.")
    assert about("1. Record the cattle.", "2. Domestic violence is a crime.", "3. Domestic violence is punished.")
    assert about("1. On domestic violence:", "  (a) record it.", "2. Sing.", "3. Dance.")
    assert not about("1. On domestic violence:", "  (a) come.", "2. Record the cattle.", "3. Sing.", "4. Dance.")
    assert about("Domestic Violence Act", "1. Record it.", "2. Sing.", "3. Dance.", kinds={0: TextKind.TITLE})
    assert about("1. Record it.", "2. Sing.", "3. Dance.", title="Domestic Violence Act")


def test_a_near_subject_must_be_named_in_the_provision_or_above_it() -> None:
    conditions: list[dict[str, object]] = [{"all": ["register"]}]

    def about(*lines: str, near: bool) -> bool:
        subjects = {"violence": Subject(means="violence", concepts=("violence",), share=0.5, near=near)}
        return found(conditions, *lines, subjects=subjects, subject="violence")

    elsewhere = (
        "1. The constable shall:",
        "  (a) record the cattle;",
        "  (b) report domestic violence.",
        "2. Sing.",
        "3. Dance.",
    )
    above = ("1. On domestic violence:", "  (a) record it.", "2. Sing.", "3. Dance.")
    assert about(*elsewhere, near=False) and not about(*elsewhere, near=True)
    assert about(*above, near=True)


def test_a_document_whose_title_says_that_it_is_a_report_is_about_nothing() -> None:
    about = Subject(means="violence", concepts=("violence",), title=("violence",), unless_title=("register",))
    lines = ("1. On a complaint of domestic violence, come.", "2. Sing.")
    conditions: list[dict[str, object]] = [{"all": ["complaint"]}]
    asked: dict[str, Any] = {"subjects": {"violence": about}, "subject": "violence"}
    assert found(conditions, *lines, title="Domestic violence plan", **asked)
    assert not found(conditions, *lines, title="Domestic violence: what we record", **asked)


def test_a_document_that_says_that_it_is_a_booklet_is_about_nothing() -> None:
    about = Subject(means="violence", concepts=("violence",), title=("violence",), unless_said=("register",))
    asked: dict[str, Any] = {"subjects": {"violence": about}, "subject": "violence"}
    lines = ("1. On a complaint of domestic violence, come.", "2. Sing.")
    assert found([{"all": ["complaint"]}], *lines, **asked)
    assert not found([{"all": ["complaint"]}], *lines, "3. We record it.", **asked)


def test_evidence_is_a_slice_and_the_best_comes_first() -> None:
    made = rubric(TERMS, {"a": [{"all": ["register", "complaint"], "within": "article"}]})
    text = document(
        "1. On a complaint:", "  (a) come;", "  (b) record what is said.", "2. A constable shall record the complaint."
    )
    evidence = card(made, text).findings[0].elements[0].evidence
    assert evidence[0].quote == "A constable shall record the complaint."
    assert all(text.text[e.start : e.end] == e.quote for e in evidence)
    assert evidence[0].place == "2."


def test_a_long_quotation_is_cut_to_the_clauses_that_carry_it() -> None:
    made = rubric(TERMS, {"a": [{"sequence": ["register", "complaint"]}]})
    filler = "; ".join(f"sing the song number {n} of the book of songs" for n in range(40))
    text = document(f"1. A constable shall {filler}; record the complaint at once; {filler}.")
    (evidence,) = card(made, text).findings[0].elements[0].evidence
    assert "record the complaint at once" in evidence.quote
    assert len(evidence.quote) <= 600
    assert text.text[evidence.start : evidence.end] == evidence.quote
    assert evidence.quote.startswith("sing") or evidence.quote.startswith("record")


def test_what_is_not_found_shows_the_nearest_passages() -> None:
    result = finding(
        {"a": [{"sequence": ["refuse", "complaint"], "negated": ["refuse"]}]},
        "1. The moon is round.",
        "2. A complaint is a paper.",
        "3. Who may refuse a complaint is not said.",
        "4. Trees grow.",
    )
    assert [e.quote for e in result.elements[0].nearest][:2] == [
        "Who may refuse a complaint is not said.",
        "A complaint is a paper.",
    ]


def test_sections_give_the_mean_of_scored_criteria_and_the_coverage() -> None:
    made = rubric(TERMS, {"a": [{"all": ["register"]}], "b": [{"all": ["free"]}]})
    (section,) = card(made, document("1. Record it.")).sections
    assert (section.score, section.scored, section.applicable) == (0.5, 1, 1)
    (unscored,) = card(made, document("1. Registro.", language="es")).sections
    assert (unscored.score, unscored.scored, unscored.applicable) == (None, 0, 1)


def test_a_country_is_the_union_of_its_documents() -> None:
    conditions: dict[str, list[dict[str, object]]] = {
        "a": [{"all": ["register"]}],
        "b": [{"all": ["free"]}],
        "x1": [{"all": ["fee"]}],
    }
    made = rubric(TERMS, conditions)
    from dataclasses import replace

    first = replace(document("1. Record it."), name="law.md")
    second = replace(document("1. It is free of charge."), name="policy.md")
    third = replace(document("1. A fee is due."), name="decree.md")
    cards = [card(made, text) for text in (first, second, third)]
    both = unite("XVA", cards[:2], made).findings[0]
    assert (both.status, both.score) == (Status.MET, 1.0)
    assert [e.document for e in both.elements] == ["law.md", "policy.md"]
    all_three = unite("XVA", cards, made).findings[0]
    assert all_three.status is Status.CONTRADICTED
    assert all_three.contradictions[0].evidence[0].document == "decree.md"
