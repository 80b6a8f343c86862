"""Mentions: what is found, and what its surroundings make of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from making import document, rubric
from policyaudit.match import Matcher
from policyaudit.model import Force
from policyaudit.reading import Mention
from policyaudit.rubric import RegexTerm, TokensTerm, Wording


def mentions(text: str | list[str], terms: dict[str, list[str] | Wording], *, language: str = "en") -> list[Mention]:
    lines = [text] if isinstance(text, str) else text
    made = rubric(terms, {"a": [{"all": [next(iter(terms))]}]}, language=language)
    return list(Matcher(made).read(document(*lines, language=language)).mentions)


def said(text: str, *terms: str, language: str = "en") -> list[str]:
    found = mentions(text, {"concept": list(terms)}, language=language)
    return [text[m.start : m.end] for m in found]


@pytest.mark.parametrize(
    ("text", "term", "found"),
    [
        ("Two Protection Orders were issued.", "protection order", ["Protection Orders"]),
        ("They shall respect her.", "respectful", []),
        ("A respectful officer.", "respect", []),
        ("for gender-based violence", "gender based violence", ["gender-based violence"]),
        ("for gender based violence", "gender-based violence", ["gender based violence"]),
        ("shall record the complaint", "record complaint", ["record the complaint"]),
        ("within twenty-four (24) hours of it", "within <n> hours", ["within twenty-four (24) hours"]),
        ("within 3 days", "within <n> (hour|day)", ["within 3 days"]),
        ("refused, out of hand, to register", "refuse .. register", []),
        ("refused the oral complaint", "refuse .. complaint", ["refused the oral complaint"]),
        ("refuse. The complaint", "refuse ... complaint", []),
        (
            "no suit for what is done, or meant to be done in faith",
            "suit ... done .. faith",
            ["suit for what is done, or meant to be done in faith"],
        ),
        ("the month of May may come", "=may", ["May", "may"]),
        ("persons under 18 or 16", "under =18", ["under 18"]),
        ("order of protection", "order (of|) protection", ["order of protection"]),
        ("inform the victim of it", "inform .. (promptly|) .. victim", ["inform the victim"]),
        ("inform at once the victim", "inform .. (at once|) .. victim", ["inform at once the victim"]),
        ("the victim(s) shall", "victim shall", ["victim(s) shall"]),
        ("the victim’s “statement”", "victim's statement", ["victim’s “statement"]),
    ],
)
def test_terms_are_found_by_dictionary_form(text: str, term: str, found: list[str]) -> None:
    assert said(text, term) == found


@pytest.mark.parametrize(
    ("text", "term", "found"),
    [
        ("Las medidas de protección dictadas", "medida de protección", ["medidas de protección"]),
        ("LAS MEDIDAS DE PROTECCION", "medida de protección", ["MEDIDAS DE PROTECCION"]),
        ("la víctima del delito", "víctima de delito", ["víctima del delito"]),
        ("recibirá la denuncia", "recibir denuncia", ["recibirá la denuncia"]),
        ("dentro de las cuarenta y ocho (48) horas", "dentro de <n>", ["dentro de las cuarenta"]),
    ],
)
def test_spanish_terms(text: str, term: str, found: list[str]) -> None:
    assert said(text, term, language="es") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("An officer who fails knowingly to report commits a fault.", ["fails knowingly to report"]),
        ("An officer who omits a report commits a fault.", ["omits"]),
        ("An officer who reports commits nothing.", []),
        ("The duty to act at once or within two days binds.", ["at once", "within two days"]),
    ],
)
def test_alternatives_may_hold_gaps_and_brackets(text: str, found: list[str]) -> None:
    assert said(text, "(fail .. report|omit)", "(at (this|) once|within (<n>|few) days)") == found


def test_an_exclusion_kills_what_it_overlaps() -> None:
    terms = {"order": Wording(terms=("protection order",), exclude=("data protection order",))}
    text = "A data protection order is no protection order."
    assert [m.start for m in mentions(text, terms)] == [text.rindex("protection order")]


def test_anchored_kinds_look_only_beside_their_anchor() -> None:
    terms: dict[str, list[str] | Wording] = {
        "hours": ["hours"],
        "limit": Wording(terms=(RegexTerm(regex=r"\b\d+h\b", anchor="hours"),)),
        "verb": Wording(terms=(TokensTerm(tokens=[{"LOWER": "act"}, {"IS_ALPHA": True}], anchor="hours"),)),
    }
    text = ["In 24h they act fast.", "Hours count: in 48h they act well."]
    found = {(m.concept, m.start > 20) for m in mentions(text, terms)}
    assert found == {("hours", True), ("limit", True), ("verb", True)}


@pytest.mark.parametrize(
    ("language", "text", "force"),
    [
        ("en", "The officer shall register the KEY.", Force.MANDATORY),
        ("en", "The officer may register the KEY.", Force.PERMISSIVE),
        ("en", "The officer should register the KEY.", Force.DIRECTORY),
        ("en", "If it may be so, the officer must register the KEY.", Force.MANDATORY),
        ("en", "We will seek to register the KEY.", Force.ASPIRATION),
        ("en", "The court shall consider the KEY.", Force.MANDATORY),
        ("en", "Police register the KEY.", Force.STATED),
        ("en", "The officer must give such help as may be required and explain the KEY.", Force.MANDATORY),
        ("en", "The KEY is strictly prohibited and may be punished.", Force.MANDATORY),
        ("en", "The victim is entitled to the KEY.", Force.MANDATORY),
        ("es", "La autoridad recibirá la KEY.", Force.MANDATORY),
        ("es", "La autoridad podrá crear la KEY.", Force.PERMISSIVE),
        ("es", "Créase la KEY.", Force.MANDATORY),
        ("es", "Será elegida por criterios de mérito la KEY.", Force.MANDATORY),
        ("es", "La víctima tiene derecho a la KEY.", Force.MANDATORY),
        ("es", "La autoridad deberá recibir la KEY.", Force.MANDATORY),
        ("es", "La autoridad podrá recibir la KEY.", Force.PERMISSIVE),
        ("es", "Se procurará recibir la KEY.", Force.DIRECTORY),
        ("es", "Queda prohibida la KEY.", Force.MANDATORY),
        ("es", "La autoridad prestará la ayuda que puedan pedir y recibir la KEY.", Force.MANDATORY),
    ],
)
def test_force(language: str, text: str, force: Force) -> None:
    (found,) = mentions(text, {"key": ["=KEY"]}, language=language)
    assert found.force is force


def test_an_item_takes_the_force_and_the_negation_of_the_sentence_that_opens_the_list() -> None:
    lines = ["1. An officer shall not-", "  (a) refuse the KEY;", "  (b) delay it, though he may ask for the KEY."]
    first, second = mentions(lines, {"key": ["=KEY"]})
    assert (first.force, first.negated) == (Force.MANDATORY, True)
    assert (second.force, second.negated) == (Force.PERMISSIVE, False)


@pytest.mark.parametrize("opening", ["An officer must-", "No officer shall-", "An officer shall not—", "An officer shall:"])
def test_the_sign_that_ends_an_opening_may_stand_at_its_last_word(opening: str) -> None:
    (found,) = mentions([f"1. {opening}", "  (a) take the KEY."], {"key": ["=KEY"]})
    assert found.force is Force.MANDATORY
    assert found.negated is ("no" in opening.lower())


@pytest.mark.parametrize(
    ("language", "text", "negated"),
    [
        ("en", "An officer shall not refuse the KEY.", True),
        ("en", "No officer shall refuse the KEY.", True),
        ("en", "Where no force is used, record the KEY.", False),
        ("en", "They shall not wait but take the KEY.", False),
        ("en", "Steps, including and not limited to the KEY.", False),
        ("en", "Not later than Monday the officer shall take the KEY.", False),
        ("es", "En un plazo no mayor de dos días se recibirá la KEY.", False),
        ("es", "No podrá negarse la KEY.", True),
        ("es", "Ningún agente rechazará la KEY.", True),
        ("es", "No habrá demora; se recibirá la KEY.", False),
    ],
)
def test_negation_reaches_as_far_as_its_clause(language: str, text: str, negated: bool) -> None:
    (found,) = mentions(text, {"key": ["=KEY"]}, language=language)
    assert found.negated is negated


def test_a_negation_within_a_concept_reaches_to_its_end() -> None:
    terms: dict[str, list[str] | Wording] = {"key": ["=KEY"], "never": ["shall not refuse"], "refusal": ["refuse"]}
    found = mentions("He shall not refuse to take the KEY.", terms)
    assert [(m.concept, m.negated) for m in found] == [("never", False), ("refusal", True), ("key", False)]


@pytest.mark.parametrize(
    ("language", "phrase", "text"),
    [
        ("en", "shall not", "He shall not take the KEY."),
        ("es", "no podrá", "El agente no podrá tomar la KEY."),
        ("fr", "ne doit pas", "L'agent ne doit pas prendre la KEY."),
        ("pt", "não deve", "O agente não deve tomar a KEY."),
    ],
)
def test_a_concept_of_negation_and_force_alone_does_not_end_the_negation(language: str, phrase: str, text: str) -> None:
    found = mentions(text, {"key": ["=KEY"], "never": [phrase]}, language=language)
    assert [m.negated for m in found if m.concept == "key"] == [True]


def test_exceptions_and_pointers() -> None:
    (kept,) = mentions("It is secret, except with the KEY.", {"key": ["=KEY"]})
    assert kept.excepted
    pointer, own = mentions(
        ["Taken in accordance with the KEY Code.", "Taken in accordance with the KEY of this Act."], {"key": ["=KEY"]}
    )
    assert pointer.pointer and not own.pointer


def test_names_that_the_document_defines() -> None:
    made = rubric({"police": ["police officer"], "unit": ["special unit"]}, {"a": [{"all": ["police"]}]}, actors=("police",))
    lines = [
        '1. "authorised officer" means a police officer of rank; "day" means a day on which no police officer works; '
        '"person" means a police officer or another.',
        "2. A Special Unit (SOIU) is created.",
        "3. The authorised officer calls the SOIU every day about a person.",
    ]
    text = document(*lines)
    third = text.text.index("3. The")
    found = [(m.concept, text.text[m.start : m.end]) for m in Matcher(made).read(text).mentions if m.start > third]
    assert found == [("police", "authorised officer"), ("unit", "SOIU")]


def test_a_language_without_terms_is_not_looked_at() -> None:
    made = rubric({"key": ["=KEY"]}, {"a": [{"all": ["key"]}]})
    assert len(Matcher(made).read(document("Der KEY", language="de")).mentions) == 0


def test_the_same_input_gives_the_same_reading() -> None:
    lines = ["1. The officer shall register the KEY.", "  (a) and the lock, unless the KEY is lost."]
    made = rubric({"key": ["=KEY", "lock"], "other": ["register .. key"]}, {"a": [{"all": ["key"]}]})
    assert Matcher(made).read(document(*lines)) == Matcher(made).read(document(*lines))


def test_a_column_in_another_language_is_read_in_its_own() -> None:
    two = rubric({"police": ["police officer"]}, {"a": [{"all": ["police"]}]})
    two = replace(two, terms={**two.terms, "es": {"police": Wording(terms=("agente de policía",))}})
    text = document(
        "1. A police officer shall help.", "2. Los agentes de policía prestarán ayuda.", "3. Police officers shall help."
    )
    provisions = tuple(replace(p, language="es" if p.index == 1 else "") for p in text.provisions)
    reading = Matcher(two).read(replace(text, provisions=provisions))
    assert reading.languages == ("en", "es")
    assert [text.text[m.start : m.end] for m in reading.mentions] == ["police officer", "agentes de policía", "Police officers"]
    assert [reading.sentences[m.sentence].provision for m in reading.mentions] == [0, 1, 2]
