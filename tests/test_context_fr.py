"""What French legal drafting makes of what is said: force, negation, exceptions, pointers, the forms of words."""

from __future__ import annotations

from pathlib import Path

import pytest

from making import document, rubric
from policyaudit import ingest
from policyaudit.match import Matcher
from policyaudit.model import DocumentKind, Force, Source, TextKind
from policyaudit.reading import Mention
from policyaudit.rubric import Wording


def mentions(text: str | list[str], *terms: str) -> list[Mention]:
    lines = [text] if isinstance(text, str) else text
    made = rubric({"concept": list(terms)}, {"a": [{"all": ["concept"]}]}, language="fr")
    return list(Matcher(made).read(document(*lines, language="fr")).mentions)


def said(text: str, *terms: str) -> list[str]:
    return [text[m.start : m.end] for m in mentions(text, *terms)]


@pytest.mark.parametrize(
    ("text", "term", "found"),
    [
        ("Les plaintes déposées", "plainte déposer", ["plaintes déposées"]),
        ("la victime est informée", "informer", ["informée"]),
        ("la police informe la victime", "informer victime", ["informe la victime"]),
        ("il est puni, elle est punie", "punir", ["puni", "punie"]),
        ("des mesures prises d’office", "prendre office", ["prises d’office"]),
        ("l’auteur des violences", "auteur violence", ["auteur des violences"]),
        ("le dépôt de la plainte", "dépôt plainte", ["dépôt de la plainte"]),
        ("jusqu’à ce qu’il soit statué", "jusqu'à ce qu'il", ["jusqu’à ce qu’il"]),
        ("les agent·e·s et les policier.ère.s", "agent", ["agent·e·s"]),
        ("les agent·e·s et les policier.ère.s", "policier", ["policier.ère.s"]),
        ("tout agent(e) de police", "agent police", ["agent(e) de police"]),
        ("la policière auditionne", "policier", ["policière"]),
        ("dans les vingt-quatre heures", "dans <n> heures", ["dans les vingt-quatre heures"]),
        ("dans un délai de quarante-huit (48) heures", "délai <n> heures", ["délai de quarante-huit (48) heures"]),
        ("LES ORDONNANCES DE PROTECTION", "ordonnance de protection", ["ORDONNANCES DE PROTECTION"]),
    ],
)
def test_terms_are_found_in_every_form(text: str, term: str, found: list[str]) -> None:
    assert said(text, term) == found


@pytest.mark.parametrize(
    ("text", "force"),
    [
        ("Les agents enregistrent la plainte.", Force.MANDATORY),
        ("L'officier de police judiciaire reçoit la plainte.", Force.MANDATORY),
        ("L'agent doit enregistrer la plainte.", Force.MANDATORY),
        ("Les agents sont tenus d'enregistrer la plainte.", Force.MANDATORY),
        ("Il incombe à la police d'enregistrer la plainte.", Force.MANDATORY),
        ("Il est interdit de rejeter la plainte.", Force.MANDATORY),
        ("Est puni d'une amende celui qui rejette la plainte.", Force.MANDATORY),
        ("L'agent enregistrera la plainte.", Force.MANDATORY),
        ("L'agent peut enregistrer la plainte.", Force.PERMISSIVE),
        ("L'agent est habilité à classer la plainte.", Force.PERMISSIVE),
        ("L'agent pourra classer la plainte.", Force.PERMISSIVE),
        ("L'agent devrait relire la plainte.", Force.DIRECTORY),
        ("Il convient de relire la plainte.", Force.DIRECTORY),
        ("Cet axe vise à encourager la plainte.", Force.ASPIRATION),
        ("Le comité contrôle chaque plainte.", Force.MANDATORY),
        ("La victime a droit au suivi de sa plainte.", Force.MANDATORY),
        ("Enregistrement de toute plainte.", Force.STATED),
    ],
)
def test_force(text: str, force: Force) -> None:
    assert [m.force for m in mentions(text, "plainte")] == [force]


def test_an_item_takes_the_force_of_what_opens_the_list() -> None:
    found = mentions(["Le juge peut :", "  a) ordonner la remise de la plainte ;"], "plainte")
    assert [m.force for m in found] == [Force.PERMISSIVE]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("L'agent ne peut refuser la plainte.", True),
        ("L'agent ne refuse pas la plainte.", True),
        ("L'agent ne saurait écarter la plainte.", True),
        ("L'agent ne doit jamais écarter la plainte.", True),
        ("Aucune plainte n'est écartée.", True),
        ("Ni la plainte ni le témoignage ne sont exigés.", True),
        ("Nul ne peut retirer la plainte.", True),
        ("Il est interdit aux agents de refuser la plainte.", True),
        ("L'agent s'abstient de commenter la plainte.", True),
        ("L'agent ne transmet que la plainte.", False),
        ("L'agent peut intervenir avant que la victime ne dépose la plainte.", False),
        ("L'agent consigne non seulement la plainte mais le récit.", False),
        ("L'agent ne reçoit pas seulement la plainte.", False),
        ("L'agent n'attend pas l'ordre, mais enregistre la plainte.", False),
        ("La police enregistre la plainte.", False),
    ],
)
def test_negation(text: str, negated: bool) -> None:
    assert [m.negated for m in mentions(text, "plainte")] == [negated]


@pytest.mark.parametrize(
    ("text", "excepted"),
    [
        ("Le secret est gardé, sauf plainte.", True),
        ("Le secret est gardé, à moins que la plainte ne soit retirée.", True),
        ("L'enquête suit son cours, hors le cas de retrait de la plainte.", True),
        ("L'accès est libre, sous réserve de la plainte.", True),
        ("Le dossier est secret. Toutefois, la plainte est remise à la victime.", True),
        ("La plainte est remise à la victime.", False),
    ],
)
def test_exceptions(text: str, excepted: bool) -> None:
    assert [m.excepted for m in mentions(text, "plainte")] == [excepted]


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ("Les faits sont poursuivis conformément à la loi sur la médiation.", False),
        ("Il est procédé conformément aux règles de médiation du code de procédure pénale.", True),
        ("La police recourt à la médiation.", False),
    ],
)
def test_pointers(text: str, pointer: bool) -> None:
    assert [m.pointer for m in mentions(text, "médiation")] == [pointer]


def test_a_defined_name_stands_for_its_concept() -> None:
    made = rubric(
        {"police": Wording(terms=("officier de police",))}, {"a": [{"all": ["police"]}]}, language="fr", actors=("police",)
    )
    text = "« Agent compétent » désigne un officier de police. L'agent compétent reçoit la plainte."
    found = Matcher(made).read(document(text, language="fr")).mentions
    assert [text[m.start : m.end] for m in found if m.concept == "police"][-1] == "agent compétent"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Article 5. (Abrogé)", TextKind.REPEALED),
        ("Article 5. On entend par violence tout acte qui porte atteinte à une femme.", TextKind.DEFINITION),
        ("Article 5. La police protège la victime.", TextKind.OPERATIVE),
    ],
)
def test_kinds_of_text(tmp_path: Path, line: str, kind: TextKind) -> None:
    path = tmp_path / "loi.md"
    path.write_text(f"# Loi relative aux violences\n\nArticle 4. La police intervient.\n\n{line}\n\nArticle 6. Elle agit.\n")
    read = ingest.read(Source(str(path), "loi.md", kind=DocumentKind.LAW, language="fr"))
    assert kind in {p.kind for p in read.provisions if p.path.endswith("5")}
