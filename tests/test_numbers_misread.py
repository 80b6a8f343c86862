"""Numbers of articles as scans and consolidated texts have them: with specks and misread letters, behind the sign of a note."""

from __future__ import annotations

import pytest

from policyaudit.ingest import structured
from policyaudit.ingest.blocks import Block, RawDocument, Role
from policyaudit.model import Document, DocumentKind, Source

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
