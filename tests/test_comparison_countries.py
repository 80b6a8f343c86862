"""The results of a country: which document carries an element, which version counts, what a lower text takes away."""

from __future__ import annotations

from dataclasses import replace

from making import document, rubric
from policyaudit.match import Matcher
from policyaudit.model import Card, Document, DocumentKind
from policyaudit.rubric import Binding, Rubric
from policyaudit.score import assess, countries, unite

LAW, CODE = DocumentKind.LAW, DocumentKind.CODE_OF_CONDUCT


def made() -> Rubric:
    terms = {"register": ["register"], "fee": ["fee"]}
    one = rubric(terms, {"a": [{"all": ["register"]}], "x1": [{"all": ["fee"]}]})
    return replace(one, head=one.head.model_copy(update={"binding": Binding(order=((LAW,), (CODE,)))}))


def text(name: str, line: str, **about: object) -> Document:
    return replace(document(line), name=name, country="XVA", **about)  # type: ignore[arg-type]


def united(*documents: Document, as_of: str | None = None) -> list[Card]:
    one = made()
    matcher = Matcher(one)
    cards = {d.name: assess(d, matcher.read(d), one) for d in documents}
    return list(countries(documents, lambda d: cards[d.name], one, as_of))


def test_the_document_that_binds_most_carries_the_element_and_is_named() -> None:
    code = text("code.md", "1. Officers shall register it.", kind=CODE, title="Code")
    law = text("law.md", "1. The police shall register it.", kind=LAW, title="Act 1")
    (card,) = united(code, law)
    element = card.findings[0].elements[0]
    assert (element.document, element.instrument, element.evidence[0].document) == ("law.md", "Act 1", "law.md")
    assert card.findings[0].weaker == ()


def test_a_code_that_only_recommends_what_the_law_demands_is_told_with_both_quotations() -> None:
    law = text("law.md", "1. The police shall register it.", kind=LAW)
    code = text("code.md", "1. Officers should register it.", kind=CODE)
    (card,) = united(law, code)
    (one,) = card.findings[0].weaker
    assert (one.part, one.how, one.stronger.quote, one.weaker.quote) == (
        "a",
        "weaker",
        "The police shall register it.",
        "Officers should register it.",
    )
    (other,) = united(replace(law, kind=CODE), replace(code, kind=LAW))
    assert other.findings[0].weaker == ()  # the law is weaker than the code: nothing lower took anything away


def test_a_later_version_that_weakens_or_contradicts_is_held_against_the_one_it_replaced() -> None:
    old = text("old.md", "1. The police shall register it.", kind=LAW, year=2010, instrument="act")
    milder = text("new.md", "1. The police should register it.", kind=LAW, year=2020, instrument="act")
    (one,) = united(old, milder)[0].findings[0].weaker
    assert (one.part, one.how, one.stronger.document, one.weaker.document) == ("a", "weaker", "old.md", "new.md")
    opposite = text("new.md", "1. A fee is due.", kind=LAW, year=2020, instrument="act")
    (one,) = united(old, opposite)[0].findings[0].weaker
    assert (one.part, one.how, one.weaker.document) == ("x1", "contradicted", "new.md")


def test_another_law_takes_nothing_away_by_being_later_nor_a_code_from_a_law_no_longer_in_force() -> None:
    old = text("old.md", "1. The police shall register it.", kind=LAW, year=2010)
    other = text("new.md", "1. The police should register it.", kind=LAW, year=2020)
    assert united(old, other)[0].findings[0].weaker == ()
    code = text("code.md", "1. Officers should register it.", kind=CODE)
    act = replace(old, instrument="act")
    silent = text("new.md", "1. The court sits in public.", kind=LAW, year=2020, instrument="act")
    assert united(act, silent, code)[0].findings[0].weaker == ()


def test_only_the_version_in_force_counts_and_the_others_are_its_history() -> None:
    old = text("v1.md", "1. The police shall register it.", kind=LAW, instrument="act", year=2010)
    new = text("v2.md", "1. It is repeated.", kind=LAW, instrument="act", in_force="2020-07-01")
    assert united(old, new)[0].documents == ("v2.md",)
    assert united(old, new, as_of="2020-06-30")[0].documents == ("v1.md",)
    card = united(old, new, as_of="2026-01-01")[0]
    assert [(v.document, v.counted, v.sections[0].score) for v in card.versions] == [("v1.md", False, 1.0), ("v2.md", True, 0.0)]
    assert "v2.md" in card.versions[0].reason
    assert united(old, new, as_of="2009-12-31") == []


def test_of_a_document_no_more_passages_are_held_than_shown_and_nothing_is_lost_by_it() -> None:
    """The passage that binds may stand behind those that are shown; a text that also commands is not a weaker one."""
    one = made()
    mixed = [f"{n}. The police {word} register it." for n, word in enumerate(("may", "should", "should", "shall"), 1)]
    law = replace(document(*mixed), name="law.md", country="XVA", kind=LAW)
    code = replace(document(*mixed), name="code.md", country="XVA", kind=CODE)
    mild = text("mild.md", "1. Officers should register it.", kind=CODE)
    matcher = Matcher(one)
    cards = {}
    for each in (code, law, mild):
        card = assess(each, matcher.read(each), one)
        (finding,) = card.findings
        elements = tuple(
            replace(e, evidence=tuple(sorted(e.evidence, key=lambda passage: passage.force == "mandatory")))
            for e in finding.elements
        )
        cards[each.name] = replace(card, findings=(replace(finding, elements=elements),))
    assert [e.force for e in cards["law.md"].findings[0].elements[0].evidence] == ["directory", "directory", "mandatory"]
    (lean,) = countries((code, law, mild), lambda d: cards[d.name], one)
    whole = unite("XVA", list(cards.values()), one, country="XVA", described=(code, law, mild))
    assert lean == whole
    assert [(w.stronger.document, w.weaker.document) for w in lean.findings[0].weaker] == [("law.md", "mild.md")]


def test_what_lies_below_a_country_stands_apart() -> None:
    national = text("n.md", "1. It is repeated.", kind=LAW)
    state = text("s.md", "1. The police shall register it.", kind=LAW, jurisdiction="US-IL")
    country, below = united(state, national)
    assert (country.documents, country.apart, country.findings[0].score) == (("n.md",), ("US-IL",), 0.0)
    assert (below.name, below.jurisdiction, below.country, below.documents) == ("XVA > US-IL", "US-IL", "XVA", ("s.md",))


def test_a_criterion_keeps_its_fingerprint_until_something_behind_it_changes() -> None:
    one = made()
    again = replace(
        one, terms={"en": {**one.terms["en"], "register": one.terms["en"]["register"].model_copy(update={"terms": ("record",)})}}
    )
    assert made().fingerprints == one.fingerprints
    assert again.fingerprints != one.fingerprints
