"""Numbers of articles as scans and consolidated texts have them: with specks and misread letters, behind the sign of a note."""

from __future__ import annotations

import pytest

from policyaudit.ingest import structured
from policyaudit.ingest.blocks import Block, RawDocument, Role
from policyaudit.model import Document, DocumentKind, Source, TextKind

SECTIONS = """
1. Short title.- This Act may be called the Survivors Act.
2. Definitions.- In this Act, "survivor" means a person who was harmed.
{third}
4. Orders.- A court may make a protection order.
5. Rules.- The Minister may make rules.
"""


def read(text: str, language: str) -> Document:
    raw = RawDocument(tuple(Block(line.strip()) for line in text.strip().splitlines()))
    return structured(Source("x", "x.txt", language=language, kind=DocumentKind.LAW, title="", year=2020), "text", "", raw)


def articles(document: Document) -> list[str]:
    return [provision.path for provision in document.provisions if provision.unit == "article"]


@pytest.mark.parametrize(
    "third",
    [
        "73. Duties of police.- The police shall record every complaint.",
        "123. Duties of police. Whoever receives a complaint shall record it.",
        "73. [Duties of police.] Omitted by the Amendment Act of 1999.",
        "3, Duties of police, - The police shall record every complaint.",
        "3: Duties of police.- The police shall record every complaint.",
    ],
)
def test_a_section_behind_the_sign_of_a_note_or_with_a_stop_misread_goes_on_with_the_run(third: str) -> None:
    assert articles(read(SECTIONS.format(third=third), "en")) == ["s. 1", "s. 2", "s. 3", "s. 4", "s. 5"]


def test_letters_are_read_for_figures_only_where_the_number_is_the_next() -> None:
    numbers = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "lO", "1 1", "L2", "'13"]
    text = "\n".join(f"{number}. Duty {place}.- The police shall act." for place, number in enumerate(numbers))
    assert articles(read(text, "en")) == [f"s. {number}" for number in range(1, 14)]


@pytest.mark.parametrize("line", ["L2, which the court may extend", "73. the officers named in it;", "I. Officers of the force"])
def test_what_has_no_heading_of_a_section_is_none(line: str) -> None:
    assert articles(read(SECTIONS.format(third=line), "en")) == ["s. 1", "s. 2", "s. 4", "s. 5"]


def test_an_enumeration_past_ten_is_no_run_of_sections_behind_signs() -> None:
    items = "\n".join(f"{number}. Name of the unit. It keeps a register." for number in range(1, 14))
    document = read(f"1. Short title.- This Act may be called the Units Act.\n2. Units.- The units are:\n{items}", "en")
    assert articles(document) == ["s. 1", "s. 2"]


@pytest.mark.parametrize("label", [".Artículo 2.", "· ARTÍCULO 2.", "Art(culo 2.", "Artículo_ 2~", "Artfculo 2."])
def test_specks_of_a_scan_around_the_label_of_an_article(label: str) -> None:
    text = f"""
    Artículo 1. Objeto. La presente Ley protege a las víctimas.
    {label} La policía recibirá toda denuncia.
    Artículo 3. El juez dictará medidas de protección.
    """
    assert articles(read(text, "es")) == ["art. 1", "art. 2", "art. 3"]


def test_a_dot_halfway_up_before_the_name_of_an_article_is_a_bullet() -> None:
    text = """
    Artículo 1. Objeto. Se aplican, entre otros:
    · Artículo 2. Derecho a la vida.
    · Artículo 19. Derechos de la niña.
    Artículo 2. La policía recibirá toda denuncia.
    """
    assert articles(read(text, "es")) == ["art. 1", "art. 2"]


def test_items_put_in_between_with_degrees_and_words() -> None:
    text = """
    Article 5. Nul ne peut être employé dans la police :
    1° S'il a été condamné ;
    2° S'il est visé par une ordonnance de protection ;
    2° bis S'il a été révoqué ;
    2° ter S'il a été suspendu ;
    3° S'il ne justifie pas de son aptitude.
    """
    found = [provision.path for provision in read(text, "fr").provisions if provision.unit == "item"]
    assert found == ["art. 5(1)", "art. 5(2)", "art. 5(2 bis)", "art. 5(2 ter)", "art. 5(3)"]


def test_numbers_of_a_code_with_letters_leave_no_gaps() -> None:
    numbers = ["R315-17", "R315-18", "R316-1A", "R316-1", "R316-2", "L2234-1", "L2234-1 bis"]
    text = "\n".join(f"Article {number}. La police enregistre toute plainte." for number in numbers)
    document = read(text, "fr")
    assert articles(document) == [f"art. {number}" for number in numbers]
    assert not [warning for warning in document.warnings if "number" in warning or "order" in warning]


def test_an_entry_of_the_contents_that_runs_over_two_lines_is_no_section() -> None:
    entries = [f"Section {number}. DUTY OF THE OFFICER {number} … {number + 10}" for number in range(1, 8)]
    lines = [*entries[:5], "Section 6. FINDING AND DECISION IN CASES NOT", "ARISING UNDER THE AGREEMENT … 29", *entries[6:]]
    body = [f"Section {number}. DUTY OF THE OFFICER {number} The officer shall record it." for number in range(1, 8)]
    blocks = [Block(line, Role.CONTENTS if "…" in line else Role.PARAGRAPH) for line in lines] + [Block(line) for line in body]
    source = Source("x", "x.txt", language="en", kind=DocumentKind.LAW, title="", year=2020)
    document = structured(source, "text", "", RawDocument(tuple(blocks)))
    assert articles(document) == [f"s. {number}" for number in range(1, 8)]


@pytest.mark.parametrize(
    ("heading", "first", "second", "third"),
    [
        ("# DISPOSICIONES TRANSITORIAS", "PRIMERA.-", "SEGUNDA.-", "Tercera.-"),
        ("# RESUELVE:", "PRIMERO:", "SEGUNDO:", "TERCERO:"),
        ("# DISPOSICIONES FINALES", "Uno.", "Dos.", "Tres."),
    ],
)
def test_provisions_numbered_in_words(heading: str, first: str, second: str, third: str) -> None:
    lines = [
        Block("Ley de protección", Role.HEADING, level=1),
        Block("Artículo 1. La presente Ley protege a las víctimas."),
        Block(heading[2:], Role.HEADING, level=2),
        Block(f"{first} La policía recibirá toda denuncia."),
        Block("La denuncia puede ser verbal."),
        Block(f"{second} El juez dictará medidas."),
        Block(f"{third} Publíquese."),
    ]
    source = Source("x", "x.txt", language="es", kind=DocumentKind.LAW, title="", year=2020)
    document = structured(source, "text", "", RawDocument(tuple(lines)))
    found = [provision.label for provision in document.provisions if provision.unit == "item"]
    assert found == [first, second, third]
    name = first.strip(".:-").capitalize()
    assert next(p.path for p in document.provisions if p.unit == "item").endswith(f", {name}")


@pytest.mark.parametrize("line", ["Segunda. La policía vigilará.", "Primero de mayo.", "Uno de los jueces dictará medidas."])
def test_words_of_number_that_begin_no_run_are_text(line: str) -> None:
    document = read(f"Artículo 1. La policía recibirá toda denuncia.\n{line}\nArtículo 2. El juez dictará medidas.", "es")
    assert not [provision for provision in document.provisions if provision.unit == "item"]


@pytest.mark.parametrize(
    ("language", "text", "path"),
    [
        ("es", "Artículo 16.- Inicio\n16.1 El procedimiento se inicia.\n16.2 La queja se presenta.", "art. 16.2"),
        ("en", "Section 16. Complaints\n16.1 The procedure begins.\n16.2 The complaint is made.", "s. 16.2"),
    ],
)
def test_numbers_that_go_on_from_that_of_their_article_are_cited_with_it(language: str, text: str, path: str) -> None:
    assert path in [provision.path for provision in read(text, language).provisions]


def test_provisions_numbered_in_words_go_on_after_what_they_insert() -> None:
    text = """
    Disposición adicional primera. Modificación de la Ley Orgánica 6/1985.
    Uno. Se añade un nuevo artículo 44 bis, con el siguiente texto:
    «Artículo 44 bis. Cuando una víctima lo pida, el juez dictará medidas.
    El juez las revisará cada mes.»
    Dos. Se modifica el artículo 357, por la Ley Orgánica de 2003:
    «Artículo 357. El magistrado oirá a la víctima.»
    Tres. Se suprime el artículo 360.
    """
    document = read(text, "es")
    found = {provision.label: provision for provision in document.provisions if provision.unit == "item"}
    assert [provision.path for provision in found.values()] == [f"disp. adic. 1({number})" for number in ("Uno", "Dos", "Tres")]
    assert {provision.kind for provision in found.values()} == {TextKind.OPERATIVE}


def test_incisos_that_bear_their_name() -> None:
    text = """
    ARTICULO 11.- Medidas de la policía:
    Inciso a).- Registrar toda denuncia, en particular:
    1) la denuncia verbal;
    2) la denuncia por escrito.
    Incisos b) y c).- Sin reglamentar.
    Inciso 4).- El inciso a) se aplica a todo el personal.
    Inciso segundo del artículo 3: rige desde hoy.
    ARTICULO 12.- Comuníquese.
    """
    found = [provision.path for provision in read(text, "es").provisions if provision.unit in ("paragraph", "item")]
    assert found == [
        "art. 11 inc. a",
        "art. 11 inc. a(1)",
        "art. 11 inc. a(2)",
        "art. 11 inc. b",
        "art. 11 inc. 4",
    ]
