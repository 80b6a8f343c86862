"""What Portuguese legal drafting makes of what is said: force, negation, exceptions, pointers, the forms of words."""

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
    made = rubric({"concept": list(terms)}, {"a": [{"all": ["concept"]}]}, language="pt")
    return list(Matcher(made).read(document(*lines, language="pt")).mentions)


def said(text: str, *terms: str) -> list[str]:
    return [text[m.start : m.end] for m in mentions(text, *terms)]


@pytest.mark.parametrize(
    ("text", "term", "found"),
    [
        ("as medidas protetivas de urgência", "medida protetiva", ["medidas protetivas"]),
        ("as medidas protectivas", "medida protetiva", ["medidas protectivas"]),
        ("acções de protecção", "ação de proteção", ["acções de protecção"]),
        (
            "a vigilância electrónica e a vigilância eletrônica",
            "vigilância eletrónica",
            ["vigilância electrónica", "vigilância eletrônica"],
        ),
        ("são vedadas e é vedado", "vedado", ["vedadas", "vedado"]),
        ("o registo da queixa", "registro de queixa", ["registo da queixa"]),
        ("a polícia deve registá-la", "registrar", ["registá-la"]),
        ("o processo é remetê-lo", "remeter", ["remetê"]),
        ("far-se-á a comunicação", "fazer comunicação", ["far-se-á a comunicação"]),
        ("a pena aplicar-se-á", "aplicar", ["aplicar"]),
        ("no âmbito da lei", "âmbito de lei", ["âmbito da lei"]),
        ("pelos agentes da polícia", "por agente de polícia", ["pelos agentes da polícia"]),
        ("maus-tratos e maus tratos", "maus tratos", ["maus-tratos", "maus tratos"]),
        ("a ex-companheira", "ex-companheiro", ["ex-companheira"]),
        ("no prazo de 48 (quarenta e oito) horas", "prazo de <n> horas", ["prazo de 48 (quarenta e oito) horas"]),
        ("em vinte e quatro horas", "em <n> horas", ["em vinte e quatro horas"]),
        ("os dados da redação dada", "dado", ["dados"]),
        ("o(a) ofendido(a)", "ofendido", ["ofendido(a"]),
    ],
)
def test_terms_are_found_in_every_form(text: str, term: str, found: list[str]) -> None:
    assert [one.removesuffix("-la") for one in said(text, term)] == [one.removesuffix("-la") for one in found]


@pytest.mark.parametrize(
    ("text", "force"),
    [
        ("A polícia deverá registrar a queixa.", Force.MANDATORY),
        ("A polícia registará a queixa.", Force.MANDATORY),
        ("Far-se-á o registro da queixa.", Force.MANDATORY),
        ("Lavrar-se-ão autos de toda queixa.", Force.MANDATORY),
        ("Cabe à autoridade policial receber a queixa.", Force.MANDATORY),
        ("Incumbe à polícia receber a queixa.", Force.MANDATORY),
        ("Compete ao delegado receber a queixa.", Force.MANDATORY),
        ("O agente é obrigado a receber a queixa.", Force.MANDATORY),
        ("A polícia obriga-se a receber a queixa.", Force.MANDATORY),
        ("É vedado recusar a queixa.", Force.MANDATORY),
        ("Fica proibido recusar a queixa.", Force.MANDATORY),
        ("É assegurado o direito de queixa.", Force.MANDATORY),
        ("A polícia poderá arquivar a queixa.", Force.PERMISSIVE),
        ("O agente pode receber a queixa.", Force.PERMISSIVE),
        ("É facultada a queixa.", Force.PERMISSIVE),
        ("Recomenda-se reler a queixa.", Force.DIRECTORY),
        ("O agente deveria reler a queixa.", Force.DIRECTORY),
        ("O Estado envidará esforços para acolher a queixa.", Force.ASPIRATION),
        ("A polícia recebe a queixa.", Force.MANDATORY),
        ("O regulamento fixa os critérios da queixa.", Force.MANDATORY),
        ("A critério do juiz, o agente recebe a queixa.", Force.PERMISSIVE),
        ("Poder-se-á arquivar a queixa.", Force.PERMISSIVE),
        ("O juiz deve ponderar a queixa.", Force.MANDATORY),
        ("A vítima tem direito a apresentar queixa.", Force.MANDATORY),
        ("Receber a queixa.", Force.STATED),
    ],
)
def test_force(text: str, force: Force) -> None:
    assert [m.force for m in mentions(text, "queixa")] == [force]


def test_an_item_takes_the_force_of_what_opens_the_list() -> None:
    found = mentions(["O juiz poderá:", "  I - determinar a entrega da queixa;"], "queixa")
    assert [m.force for m in found] == [Force.PERMISSIVE]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("O agente não recusará a queixa.", True),
        ("Nenhuma queixa será recusada.", True),
        ("O agente jamais divulgará a queixa.", True),
        ("O processo segue sem queixa.", True),
        ("É vedado ao agente recusar a queixa.", True),
        ("São proibidas a divulgação e a retirada da queixa.", True),
        ("Em hipótese alguma se recusará a queixa.", True),
        ("O agente abster-se-á de comentar a queixa.", True),
        ("Nem o laudo nem a queixa são exigidos.", True),
        ("Não se exige senão a queixa.", False),
        ("O agente não poderá deixar de registrar a queixa.", False),
        ("O agente não recebe apenas a queixa.", False),
        ("O agente não espera ordem, mas registra a queixa.", False),
        ("A polícia registra a queixa.", False),
    ],
)
def test_negation(text: str, negated: bool) -> None:
    assert [m.negated for m in mentions(text, "queixa")] == [negated]


@pytest.mark.parametrize(
    ("text", "excepted"),
    [
        ("O sigilo é mantido, salvo queixa.", True),
        ("O sigilo é mantido, exceto em caso de queixa.", True),
        ("O inquérito prossegue, ressalvada a queixa.", True),
        ("O acesso é livre, desde que haja queixa.", True),
        ("O processo é sigiloso. Excetua-se a queixa.", True),
        ("O processo é sigiloso. Todavia, a queixa é entregue à vítima.", True),
        ("A queixa é entregue à vítima.", False),
    ],
)
def test_exceptions(text: str, excepted: bool) -> None:
    assert [m.excepted for m in mentions(text, "queixa")] == [excepted]


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ("Procede-se nos termos da mediação do Código Civil.", True),
        ("Aplica-se o disposto na lei de mediação.", False),
        ("A polícia recorre à mediação.", False),
    ],
)
def test_pointers(text: str, pointer: bool) -> None:
    assert [m.pointer for m in mentions(text, "mediação")] == [pointer]


def test_a_defined_name_stands_for_its_concept() -> None:
    made = rubric(
        {"police": Wording(terms=("órgão de polícia criminal",))}, {"a": [{"all": ["police"]}]}, language="pt", actors=("police",)
    )
    text = "«Autoridade» significa órgão de polícia criminal. A Autoridade recebe a queixa."
    found = Matcher(made).read(document(text, language="pt")).mentions
    assert [text[m.start : m.end] for m in found if m.concept == "police"][-1] == "Autoridade"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Art. 5º (Revogado)", TextKind.REPEALED),
        ("Art. 5º (Vetado)", TextKind.REPEALED),
        (
            "Artigo 5.º Para efeitos da presente lei, entende-se por violência o ato que ofende a mulher.",
            TextKind.DEFINITION,
        ),
        ("Artigo 5.º A polícia protege a vítima.", TextKind.OPERATIVE),
    ],
)
def test_kinds_of_text(tmp_path: Path, line: str, kind: TextKind) -> None:
    path = tmp_path / "lei.md"
    path.write_text(f"# Lei contra a violência\n\nArt. 4º A polícia intervém.\n\n{line}\n\nArt. 6º Ela age.\n", encoding="utf-8")
    read = ingest.read(Source(str(path), "lei.md", kind=DocumentKind.LAW, language="pt"))
    assert kind in {p.kind for p in read.provisions if p.path.endswith("5")}
