"""Drafting styles in four languages, as small texts: what is an article, an item, a heading, and what binds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policyaudit.ingest import structured
from policyaudit.ingest.blocks import Block, RawDocument, Role, row_block
from policyaudit.languages import grammar_of, languages
from policyaudit.model import Document, DocumentKind, Provision, Source, TextKind


def blocks(text: str) -> list[Block]:
    """A line a block: "# " a heading, with its depth, "** " bold."""
    found = []
    for line in filter(None, map(str.strip, text.strip().splitlines())):
        depth = len(line) - len(line.lstrip("#"))
        if depth:
            found.append(Block(line[depth:].strip(), Role.HEADING, level=depth))
        elif line.startswith("** "):
            found.append(Block(line[3:], bold=True))
        else:
            found.append(Block(line))
    return found


def read(text: str | list[Block], language: str, kind: DocumentKind = DocumentKind.LAW) -> Document:
    raw = RawDocument(tuple(blocks(text) if isinstance(text, str) else text))
    source = Source("x", "x.txt", language=language, kind=kind, title="", year=2020)
    return structured(source, "text", "", raw)


def paths(document: Document, *units: str) -> list[str]:
    return [p.path for p in document.provisions if p.unit in units]


def at(document: Document, path: str) -> Provision:
    return next(p for p in document.provisions if p.path == path)


def body(document: Document, path: str) -> str:
    found = at(document, path)
    return document.text[found.body : found.end]


def kind_of(document: Document, begins: str) -> TextKind:
    return next(p.kind for p in document.provisions if document.text[p.start : p.end].startswith(begins))


# ---------------------------------------------------------------- numbering


def test_english_sections_with_their_items_in_one_paragraph() -> None:
    document = read(
        """
        # PART II
        # DUTIES OF POLICE
        Section 12. (1) The police shall (a) respond without delay; (b) record the complaint; and (c) inform the survivor.
        (2) Nothing in section 9 (a) or (b) limits this duty.
        Section 13. Protection orders. - A court may grant an order under subsections (1) and (2).
        """,
        "en",
    )
    assert paths(document, "article", "item") == [
        "s. 12",
        "s. 12(1)",
        "s. 12(1)(a)",
        "s. 12(1)(b)",
        "s. 12(1)(c)",
        "s. 12(2)",
        "s. 13",
    ]
    assert at(document, "Part II").heading == "DUTIES OF POLICE"
    assert at(document, "s. 13").heading == "Protection orders"
    assert body(document, "s. 12(1)(b)") == "record the complaint; and"
    assert body(document, "s. 12(2)").endswith("limits this duty.")


def test_sections_without_a_word_before_their_number() -> None:
    document = read(
        """
        BE it enacted by the Parliament as follows:
        1. Short title.—(1) This Act may be called the Example Act.
        (2) It shall come into force at once.
        2. Definitions. In this Act, unless the context otherwise requires—
        (a) "child" means a person under eighteen years;
        (b) "court" means the family court.
        3. Duties of police.—(1) A police officer shall—
        (i) take the complainant to a place of safety;
        (ii) seize any weapon.
        """,
        "en",
    )
    assert paths(document, "article") == ["s. 1", "s. 2", "s. 3"]
    assert [at(document, f"s. {n}").heading for n in (1, 2, 3)] == ["Short title", "Definitions", "Duties of police"]
    assert "s. 3(1)(ii)" in paths(document, "item")
    assert at(document, "s. 2(b)").kind is TextKind.DEFINITION


def test_spanish_articles_in_their_many_spellings() -> None:
    document = read(
        """
        TÍTULO I
        DISPOSICIONES GENERALES
        CAPÍTULO II
        Objeto
        ARTÍCULO 1º.- Objeto. La presente ley tiene por objeto proteger a las mujeres.
        Art. 2° - Ámbito. Rige en todo el territorio:
        a) en lo público;
        b) en lo privado.
        Artículo 3
        (Principios).- Son principios de esta ley:
        1. la debida diligencia;
        2. la igualdad.
        ARTICULO 3 bis.- La policía recibirá la denuncia según el artículo 5 de la ley.
        Artículo 5 de la Ley 100 queda vigente.
        Artículo cuarto.- Comuníquese.
        Disposición final primera. Entrada en vigor.
        Entra en vigor al día siguiente.
        """,
        "es",
    )
    assert paths(document, "article") == ["art. 1", "art. 2", "art. 3", "art. 3 bis", "art. 4", "disp. final 1"]
    assert paths(document, "part", "chapter") == ["Tít. I", "Tít. I, Cap. II"]
    assert at(document, "Tít. I").heading == "DISPOSICIONES GENERALES"
    assert [at(document, f"art. {n}").heading for n in (1, 2, 3)] == ["Objeto", "Ámbito", "Principios"]
    assert paths(document, "item") == ["art. 2(a)", "art. 2(b)", "art. 3(1)", "art. 3(2)"]
    assert at(document, "disp. final 1").heading == "Entrada en vigor"


def test_french_articles_and_their_paragraphs() -> None:
    document = read(
        """
        # Chapitre Ier : Dispositions générales
        Art. 1er. La présente loi protège les victimes.
        # Article L. 2234-1
        I. - L'autorité donne des ordres.
        II. - Le policier :
        1° rend compte ;
        2° exécute.
        # Article R434-2
        Les agents agissent avec loyauté.
        """,
        "fr",
    )
    assert paths(document, "article") == ["art. 1", "art. L. 2234-1", "art. R434-2"]
    assert paths(document, "item") == [
        "art. L. 2234-1(I)",
        "art. L. 2234-1(II)",
        "art. L. 2234-1(II)(1)",
        "art. L. 2234-1(II)(2)",
    ]
    assert at(document, "Chap. Ier").heading == "Dispositions générales"


def test_portuguese_paragraphs_incisos_and_alineas() -> None:
    document = read(
        """
        CAPÍTULO I
        DISPOSIÇÕES PRELIMINARES
        Art. 1º Esta Lei cria mecanismos para coibir a violência.
        Art. 2º São formas de violência:
        I - a física, que compreende:
        a) lesões;
        b) ameaças;
        II - a psicológica.
        § 1º O poder público desenvolverá políticas.
        § 2º Cabe à família respeitar os direitos.
        Parágrafo único. A lei protege todas.
        """,
        "pt",
    )
    assert paths(document, "article") == ["art. 1", "art. 2"]
    assert "art. 2(I)(b)" in paths(document, "item") and "art. 2(II)" in paths(document, "item")
    assert "art. 2 § 2" in paths(document, "item")
    assert at(document, "art. 2 par. único").unit == "paragraph"


def test_numbers_of_a_policy() -> None:
    document = read(
        """
        # 311.4 INVESTIGATIONS
        The following guidelines should be followed:
        (a) Officers should obtain statements.
        1. From the victim.
        2. From witnesses.
        (b) Officers should photograph injuries.
        # 311.4.1 IF A SUSPECT IS ARRESTED
        Officers should advise the victim.
        # 311.5 TRAINING
        Training is given each year.
        """,
        "en",
        DocumentKind.OPERATIONAL_POLICY,
    )
    assert paths(document, "section") == ["311.4", "311.4.1", "311.5"]
    assert paths(document, "item") == ["311.4(a)", "311.4(a)(1)", "311.4(a)(2)", "311.4(b)"]
    parent = at(document, "311.4.1").parent
    assert parent is not None and document.provisions[parent].path == "311.4"
    assert document.provisions[at(document, "311.4.1").index + 1].path == "311.4.1"


def test_a_paragraph_between_numbers_of_several_parts_stands_under_the_one_before() -> None:
    document = read(
        """
        1. Purpose
        1.1. This policy protects survivors of violence.
        It applies to all members of the service.
        1.1.1. A member shall report any act of violence.
        It is reported in writing:
        (a) at once;
        (b) with its place.
        1.1.2. The report is kept.
        2. Sanctions
        A sanction follows.
        2.1. Dismissal is possible.
        """,
        "en",
        DocumentKind.OPERATIONAL_POLICY,
    )
    assert paths(document, "item") == ["1", "1.1", "1.1.1", "1.1.1(a)", "1.1.1(b)", "1.1.2", "2", "2.1"]
    assert paths(document, "text") == ["1.1", "1.1.1", "2"]


def test_roman_headings_over_letters_over_numbers() -> None:
    document = read(
        """
        ** I. PURPOSE
        This order sets out the response to domestic violence.
        ** II. PROCEDURES
        A. Officers will respond to every call.
        1. Two officers will be sent.
        a. One speaks with the victim.
        B. Officers will make a report.
        ** III. TRAINING
        A. Training is given each year.
        """,
        "en",
        DocumentKind.OPERATIONAL_POLICY,
    )
    assert paths(document, "item") == ["I", "II", "II.A", "II.A.1", "II.A.1.a", "II.B", "III", "III.A"]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (["(g)", "(h)", "(i)", "(j)"], ["g", "h", "i", "j"]),
        (["(h)", "(i)", "(ii)", "(i)"], ["h", "h(i)", "h(ii)", "i"]),
        (["(iii)", "(iv)", "(v)", "(vi)"], ["iii", "iv", "v", "vi"]),
        (["(u)", "(v)", "(w)", "(x)"], ["u", "v", "w", "x"]),
    ],
)
def test_a_letter_or_a_roman_number(marks: list[str], expected: list[str]) -> None:
    """The sequence decides; the last case of the second row is the letter after (h)."""
    lines = ["Section 1. The police shall do what follows:", *(f"{mark} what is told here;" for mark in marks)]
    document = read("\n".join(lines), "en")
    found = [path.removeprefix("s. 1").strip("()").replace(")(", "(") for path in paths(document, "item")]
    assert [path + ")" * ("(" in path) for path in found] == expected


def test_every_bullet_is_an_item_under_its_chapeau() -> None:
    signs = "•‣▪○–➢*-"
    for sign in signs:
        document = read(f"# Response\nOfficers must:\n{sign} Listen to the victim\n{sign} Make a report\nThey act at once.", "en")
        items = [p for p in document.provisions if p.unit == "item"]
        assert len(items) == 2, sign
        chapeau = document.provisions[items[0].parent or 0]
        assert document.text[chapeau.start : chapeau.end] == "Officers must:"
        assert items[1].path == "Response"


def test_an_article_that_an_article_inserts_stands_under_it() -> None:
    document = read(
        """
        Artículo 1°. Objeto de la ley. Protege a las víctimas.
        Artículo 2°. Adiciónese el artículo 138A en los siguientes términos:
        Artículo 138A. Acceso carnal. El que realice la conducta incurrirá en prisión.
        Artículo 3°. Vigencia. Rige desde su promulgación.
        """,
        "es",
    )
    assert paths(document, "article") == ["art. 1", "art. 2", "art. 2, art. 138A", "art. 3"]
    assert not document.warnings


def test_gaps_and_disorder_among_articles_are_warned_of() -> None:
    document = read("\n".join(f"Article {n}. The police shall act." for n in (1, 2, 5, 4)), "en")
    assert document.warnings == (
        "The numbering of articles has gaps between 2 and 5.",
        "Articles stand out of order: 4 after 5.",
    )


def test_a_repealed_article_is_no_gap() -> None:
    assert not read("Artículo 1. A.\nArtículo 2. Derogado.\nArtículo 3. B.", "es").warnings


# ---------------------------------------------------------------- kinds of text


def test_a_table_of_contents_is_not_the_articles() -> None:
    document = read(
        """
        # The Example Act
        ARRANGEMENT OF SECTIONS
        1. Short title
        2. Definitions
        3. Duties of police
        BE it enacted by the Parliament as follows:
        1. Short title
        This Act may be cited as the Example Act.
        2. Definitions
        In this Act, "court" means the family court.
        3. Duties of police
        Police shall respond without delay.
        """,
        "en",
    )
    assert paths(document, "article") == ["s. 1", "s. 2", "s. 3"]
    assert sum(p.kind is TextKind.CONTENTS for p in document.provisions) == 4
    assert body(document, "s. 3") == "Police shall respond without delay."


@pytest.mark.parametrize(
    ("language", "text", "recital", "operative"),
    [
        (
            "en",
            "# Act\nWHEREAS violence is a crime;\nBe it enacted as follows:\nSection 1. Act now.\nSection 2. End.",
            "WHEREAS",
            "Section 1",
        ),
        (
            "es",
            "# Ley\nCONSIDERANDO:\nQue la violencia es un delito,\nDECRETA:\nArtículo 1. Rige.\nArtículo 2. Fin.",
            "Que la",
            "Artículo 1",
        ),
        (
            "fr",
            "# Loi\nVu la Constitution ;\nConsidérant la violence ;\nArticle 1. La loi protège.\nArticle 2. Fin.",
            "Considérant",
            "Article 1",
        ),
        ("pt", "# Lei\nO PRESIDENTE DA REPÚBLICA faço saber:\nArt. 1º Protege.\nArt. 2º Fim.", "O PRESIDENTE", "Art. 1"),
    ],
)
def test_recitals_do_not_bind(language: str, text: str, recital: str, operative: str) -> None:
    document = read(text, language)
    assert document.provisions[0].kind is TextKind.TITLE
    assert kind_of(document, recital) is TextKind.PREAMBLE
    assert kind_of(document, operative) is TextKind.OPERATIVE


def test_repealed_notes_annex_and_background() -> None:
    document = read(
        """
        Artículo 1.- Toda mujer tiene derecho a la protección.
        (Artículo sustituido por art. 1 de la Ley N° 100 B.O. 1/1/2010)
        Artículo 2.- (Derogado por Ley 200)
        Artículo 3.- La policía actuará.
        ANEXO I
        1. Formulario de denuncia.
        """,
        "es",
    )
    assert kind_of(document, "(Artículo sustituido") is TextKind.NOTE
    assert at(document, "art. 2").kind is TextKind.REPEALED
    assert at(document, "art. 3").kind is TextKind.OPERATIVE
    assert {p.kind for p in document.provisions if p.path.startswith("Anexo I")} == {TextKind.ANNEX}
    plan = read(
        "# Plan\n# Situation Analysis\nViolence is frequent.\n# Actions\nThe police shall train.", "en", DocumentKind.ACTION_PLAN
    )
    assert kind_of(plan, "Violence is") is TextKind.BACKGROUND
    assert kind_of(plan, "The police shall") is TextKind.OPERATIVE


def test_a_foreword_does_not_swallow_the_numbered_plan_after_it() -> None:
    document = read(
        "PRESENTACIÓN\nEl plan recoge aprendizajes.\nI. OBJETIVOS\nEl Estado capacitará.", "es", DocumentKind.ACTION_PLAN
    )
    assert kind_of(document, "El plan") is TextKind.PREAMBLE
    assert kind_of(document, "El Estado") is TextKind.OPERATIVE


def test_definitions_inside_one_paragraph_are_provisions_of_their_own() -> None:
    text = (
        'Section 2. Interpretation. In this Act, unless the context otherwise requires— "child" means a person under 18; "court" '
        'means— (a) the family court; or (b) the High Court; "police" means the police service.'
    )
    document = read(text, "en")
    said = [document.text[p.start : p.end] for p in document.provisions]
    assert '"police" means the police service.' in said
    assert {p.kind for p in document.provisions} == {TextKind.DEFINITION}


def test_rows_keep_their_cells() -> None:
    rows = [
        row_block([("Action", "Action"), ("Who", "Who")], bold=True),
        row_block([("Action", "Train officers"), ("Who", "Ministry")]),
    ]
    heads = [Block("Plan", Role.HEADING, level=1), Block("Matrix", Role.HEADING, level=2)]
    document = read([*heads, *rows], "en", DocumentKind.ACTION_PLAN)
    row = document.provisions[-1]
    assert (row.unit, row.path) == ("row", "Matrix, table 1, row 2")
    assert [(document.text[c.start : c.end], c.head) for c in row.cells] == [("Train officers", "Action"), ("Ministry", "Who")]


def test_pages_and_those_without_text() -> None:
    raw = RawDocument(
        (Block("Section 1. The police shall act at once.", page=1, breaks=((20, 2),)), Block("Section 2. End.", page=4)),
        pages=4,
        empty_pages=(3,),
    )
    document = structured(Source("x", "x.pdf"), "pdf", "", raw)
    assert [(page.start, page.end, page.has_text) for page in document.pages] == [
        (0, 20, True),
        (20, 41, True),
        (41, 41, False),
        (41, 56, True),
    ]
    assert "Page 3 has no text and could not be read." in document.warnings
    assert document.guessed == ("kind", "language", "title", "year")


def test_a_language_without_a_grammar_is_read_with_a_warning() -> None:
    text = "§ 1 Zákon chrání oběti domácího násilí a jejich práva.\na) na pomoc,\nb) na informace.\nPolicie koná hned."
    raw = RawDocument(tuple(blocks(text)))
    document = structured(Source("x", "x.txt"), "text", "", raw)
    assert document.language not in languages()
    assert any("without a grammar" in warning for warning in document.warnings)
    assert [p.unit for p in document.provisions].count("item") >= 2


# ---------------------------------------------------------------- what always holds


@pytest.mark.parametrize("language", languages())
def test_the_grammars_load(language: str) -> None:
    grammar = grammar_of(language)
    assert grammar.units and grammar.recitals and grammar.kinds


_LINES = st.sampled_from(
    [
        "Artículo 1.- Objeto. Protege a todas:",
        "Artículo 2",
        "ARTÍCULO 7.- (Derogado)",
        "CAPÍTULO I",
        "ANEXO",
        "a) primero;",
        "b) segundo: (i) uno; (ii) dos; y (iii) tres.",
        "1. Uno",
        "1.1 Dos",
        "I.",
        "• punto",
        "o Punto",
        "Un párrafo sin número, que sigue.",
        "de una línea que sigue",
        "Considerando que es así,",
        "ÍNDICE",
        "(1) Uno. (2) Dos.",
        "§ 3º Tercero",
        "   ",
        "12.—(1) Doce",
    ]
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(_LINES, st.sampled_from(list(Role)), st.integers(0, 3)), max_size=25), st.sampled_from(["es", "en", "xx"])
)
def test_provisions_nest_and_cover_the_text(lines: list[tuple[str, Role, int]], language: str) -> None:
    document = read([Block(text, role, level=level) for text, role, level in lines], language)
    end = 0
    for index, provision in enumerate(document.provisions):
        assert provision.index == index
        assert not document.text[end : provision.start].strip()
        assert end <= provision.start <= provision.body <= provision.end
        end = provision.end
        assert index < provision.last <= len(document.provisions)
        if provision.parent is None:
            assert provision.level == 0
        else:
            above = document.provisions[provision.parent]
            assert above.index < index < above.last and provision.last <= above.last and provision.level == above.level + 1
    assert not document.text[end:].strip()
    assert "".join(document.text.split()) == "".join("".join(text for text, _, _ in lines).split())


# ---------------------------------------------------------------- what is a heading and what is text


def test_an_article_set_as_a_heading_is_text() -> None:
    document = read(
        """
        # LEY DE DISCIPLINA
        ##### ARTICULO 1º — Toda persona que sufriese lesiones por parte de alguno de los integrantes podrá denunciarlas.
        ##### ARTICULO 2º — Control. Los superiores controlarán el mérito de las sanciones que se apliquen.
        ##### ARTICULO 3º — De los deberes del personal
        El personal cumplirá sus deberes.
        """,
        "es",
    )
    assert body(document, "art. 1").startswith("Toda persona")
    assert at(document, "art. 2").heading == "Control"
    assert body(document, "art. 2").startswith("Los superiores")
    assert at(document, "art. 3").heading == "De los deberes del personal"


@pytest.mark.parametrize(
    "said",
    [
        "La policía notificará la medida de protección en forma inmediata.",
        "Quedan prohibidas las medidas de protección recíprocas.",
        "La policía sólo allanará una morada con orden judicial.",
    ],
)
def test_a_first_sentence_with_a_duty_is_no_heading(said: str) -> None:
    document = read(f"Artículo 1. {said} El juzgado dará cuenta.\nArtículo 2. Objeto. La ley protege.", "es")
    assert body(document, "art. 1").startswith(said)
    assert at(document, "art. 2").heading == "Objeto"


def test_portuguese_and_french_headings_with_little_words() -> None:
    document = read("Artigo 1. Direitos e deveres. O pessoal cumprirá a lei.\nArtigo 2. É proibido mediar. A lei diz.", "pt")
    assert [p.heading for p in document.provisions if p.unit == "article"] == ["Direitos e deveres", ""]
    document = read("Article 1 : Atteinte à la pudeur.- Quiconque commet une atteinte est puni.", "fr")
    assert at(document, "art. 1").heading == "Atteinte à la pudeur"


def test_a_clause_that_repeals_is_not_repealed() -> None:
    document = read(
        """
        Artículo 44. Queda derogada toda norma que se oponga a la presente ley.
        Artículo 45. Derogado por la Ley 5.
        Artículo 46. Queda derogado.
        """,
        "es",
    )
    assert [p.kind for p in document.provisions] == [TextKind.OPERATIVE, TextKind.REPEALED, TextKind.REPEALED]
    document = read("Section 1. The 1990 Act is repealed.\nSection 2. Section 7 repealed by Act 5 of 1999.", "en")
    assert [p.kind for p in document.provisions] == [TextKind.OPERATIVE, TextKind.REPEALED]


def test_a_recital_on_the_line_of_its_heading_is_preamble() -> None:
    text = "# Código de conducta\nCONSIDERANDO: Que la policía debe proteger;\nArtículo 1. La policía registrará toda denuncia."
    for kind in (DocumentKind.LAW, DocumentKind.CODE_OF_CONDUCT):
        assert kind_of(read(text, "es", kind), "CONSIDERANDO") is TextKind.PREAMBLE


@pytest.mark.parametrize(
    ("language", "recitals", "operative"),
    [
        (
            "en",
            ("Recalling its resolution 10 (1999),", "Deeply concerned that women are targeted,"),
            "1. Urges States to train the police;",
        ),
        (
            "fr",
            ("Rappelant sa résolution 10 (1999),", "Consciente des effets des conflits,"),
            "1. Demande aux États de former la police;",
        ),
        (
            "es",
            ("Recordando su resolución 10 (1999),", "Preocupada por la impunidad,"),
            "1. Insta a los Estados a formar a la policía;",
        ),
        (
            "pt",
            ("Recordando a sua resolução 10 (1999),", "Preocupado com a impunidade,"),
            "1. Exorta os Estados a formar a polícia;",
        ),
    ],
)
def test_the_recitals_of_a_resolution_are_preamble(language: str, recitals: tuple[str, str], operative: str) -> None:
    """A resolution has no articles: its recitals are told by the participle that opens them and the comma that ends them."""
    document = read("\n".join(("# Resolution 20 (2001)", *recitals, operative)), language)
    assert {kind_of(document, recital) for recital in recitals} == {TextKind.PREAMBLE}
    assert kind_of(document, operative) is TextKind.OPERATIVE


@pytest.mark.parametrize(
    ("language", "heading", "listed"),
    [
        ("en", "Legal basis", "Domestic Violence Act, No. 4 of 2011"),
        ("es", "Base normativa", "Ley 27337, Código de los Niños y Adolescentes"),
        ("fr", "Base juridique", "Loi n° 06/018 sur les violences sexuelles"),
        ("pt", "Base legal", "Lei n.º 29/2009, sobre a violência doméstica"),
    ],
)
def test_the_instruments_that_a_plan_rests_on_are_no_measure_of_it(language: str, heading: str, listed: str) -> None:
    document = read(f"# Plan\n\n## {heading}\n\n* {listed}\n", language, DocumentKind.ACTION_PLAN)
    assert kind_of(document, f"* {listed}") is TextKind.BACKGROUND


def test_a_principle_that_opens_like_a_recital_binds() -> None:
    text = "# Policy\n1. Duties\nRecognising the first signs of abuse is a duty of every officer."
    document = read(text, "en", DocumentKind.OPERATIONAL_POLICY)
    assert kind_of(document, "Recognising the first") is TextKind.OPERATIVE


# ---------------------------------------------------------------- contents, annexes, plans


def test_a_table_of_contents_without_page_numbers_ends_before_the_long_title() -> None:
    document = read(
        f"""
        # SAFETY ACT
        ARRANGEMENT OF SECTIONS
        PART I — PRELIMINARY
        1. Short title
        2. Duty
        FIRST SCHEDULE — Factors
        AN ACT to provide {"for the safety of survivors " * 12}
        PART I — PRELIMINARY
        1. Short title
        (1) This Act may be cited as the Safety Act.
        2. Duty
        (1) Every officer shall respond.
        3. Training
        (1) Every officer shall be trained.
        4. Records
        (1) Every officer shall keep records.
        5. Reports
        (1) Every officer shall report.
        # FIRST SCHEDULE
        (Section 2(1))
        # FACTORS TO BE ASKED
        1. earlier violence;
        2. threats.
        """,
        "en",
    )
    assert paths(document, "article") == ["s. 1", "s. 2", "s. 3", "s. 4", "s. 5"]
    assert kind_of(document, "FIRST SCHEDULE — Factors") is TextKind.CONTENTS
    assert at(document, "First Schedule").heading == "FACTORS TO BE ASKED"
    assert at(document, "First Schedule, 2").kind is TextKind.ANNEX


def test_text_belongs_to_the_numbered_heading_above_it_and_not_to_the_title() -> None:
    document = read(
        [
            Block("Plan 2023 · Republic", Role.FURNITURE),
            Block("National Plan of Action", Role.TITLE),
            *blocks(
                """
                # 1. Framework
                ## 1.1. Scope
                The plan binds the police.
                # 2. Actions
                Each action has a budget.
                """
            ),
        ],
        "en",
        DocumentKind.ACTION_PLAN,
    )
    assert kind_of(document, "National Plan") is TextKind.TITLE
    assert [p.path for p in document.provisions if p.unit == "text"][1:] == ["1.1", "2"]


def test_a_message_is_preamble() -> None:
    text = "# Code\n## Message from the Ministry\nThe Ministry hopes.\n## Part A. Conduct\n1. No officer shall mediate."
    document = read(text, "en", DocumentKind.CODE_OF_CONDUCT)
    assert kind_of(document, "The Ministry hopes") is TextKind.PREAMBLE
    assert kind_of(document, "1. No officer") is TextKind.OPERATIVE


def test_a_sentence_over_the_end_of_a_page_is_one() -> None:
    document = read(
        [
            Block("1. Attendance", page=1),
            Block("(1) A police officer who receives a report shall attend without delay and", page=1),
            Block("Gazette of 2019", Role.FURNITURE, page=1),
            Block("No. 14 of 2019", Role.FURNITURE, page=2),
            Block("shall hear the survivor apart from the suspect.", page=2),
            Block("(2) The officer shall make a record.", page=2),
        ],
        "en",
    )
    assert body(document, "s. 1(1)").endswith("without delay and shall hear the survivor apart from the suspect.")
    assert [p.path for p in document.provisions if p.kind is not TextKind.FURNITURE] == ["s. 1", "s. 1(1)", "s. 1(2)"]
    assert kind_of(document, "Gazette") is TextKind.FURNITURE


# ---------------------------------------------------------------- conversions gone wrong


def test_a_label_said_twice_is_one_article() -> None:
    document = read(
        """
        ### Artículo 16 – Llamamiento. Es la convocatoria
        Artículo 16.- Llamamiento. Es la convocatoria de los ciudadanos.
        ### Artículo 17 – Formas
        Artículo 17.- Formas. El llamamiento será público.
        """,
        "es",
    )
    assert paths(document, "article") == ["art. 16", "art. 17"]
    assert body(document, "art. 17") == "El llamamiento será público."
    document = read("### Section 3\n3.-(1) The Court may grant an order.\n(2) The order shall be served.", "en")
    assert [p.path for p in document.provisions] == ["s. 3", "s. 3(1)", "s. 3(2)"]


def test_a_reference_that_a_conversion_made_a_heading_is_no_article() -> None:
    document = read(
        """
        ### Artigo 94
        O registo dos casamentos a que se refere o número 2 do
        ### Artigo 79 – da presente Lei é efectuado por transcrição, com base
        nos documentos que o comprovem.
        ### Artigo 95
        O casamento não pode ser invocado.
        """,
        "pt",
    )
    assert paths(document, "article") == ["art. 94", "art. 95"]


def test_sections_put_in_with_letters() -> None:
    text = "\n".join(f"{number}. A battalion shall perform duty {number}." for number in ("1", "2", "2A", "2B", "2D", "2C", "3"))
    assert paths(read(text, "en"), "article") == ["s. 1", "s. 2", "s. 2A", "s. 2B", "s. 2D", "s. 2C", "s. 3"]


# ---------------------------------------------------------------- what a document is


@pytest.mark.parametrize(
    ("text", "language", "kind", "year"),
    [
        (
            "# Decreto 4786 por el cual se adopta la Estrategia Nacional\nArtículo 1. Adóptase.",
            "es",
            DocumentKind.ACTION_PLAN,
            None,
        ),
        ("# Ley por la cual se expide el Régimen Disciplinario\nArtículo 1. Falta.", "es", DocumentKind.CODE_OF_CONDUCT, None),
        ("# Ordenanza 32\nQue aprueba el Plan de Acción Regional\nArtículo 1. Texto.", "es", DocumentKind.ACTION_PLAN, None),
        ("# Decreto que crea el registro\nArtículo 1. Créase el registro.", "es", DocumentKind.LAW, None),
        (
            "# Plan Nacional de Acción\n2023-2027\nLa encuesta de 2021 indica; en 2021 hubo más.",
            "es",
            DocumentKind.ACTION_PLAN,
            2023,
        ),
    ],
)
def test_kind_and_year_of_an_act_that_adopts_another_text(text: str, language: str, kind: DocumentKind, year: int | None) -> None:
    document = structured(Source("x", "x.txt", language=language), "text", "", RawDocument(tuple(blocks(text))))
    assert (document.kind, document.year) == (kind, year)


def test_numbers_that_run_once_through_an_order_need_no_heading() -> None:
    text = "# ORDER 5\n# NUMBER: 5\n# APPENDICES: NONE\nI. PROCEDURES\nA. Officers respond.\nB. Officers report.\nII. RECORDS"
    document = read(text, "en", DocumentKind.OPERATIONAL_POLICY)
    assert paths(document, "item") == ["I", "I.A", "I.B", "II"]
    text = "# Plan of action\n## Aim one\n1. Train officers.\n2. Open desks.\n## Aim two\n1. Count cases.\n2. Report them."
    document = read(text, "en", DocumentKind.ACTION_PLAN)
    assert paths(document, "item") == ["Aim one, 1", "Aim one, 2", "Aim two, 1", "Aim two, 2"]


# ---------------------------------------------------------------- acts that amend others


@pytest.mark.parametrize(
    ("language", "text", "own"),
    [
        (
            "es",
            """
            ARTÍCULO 1.- Créase el registro.
            ARTÍCULO 2.- La policía lo llevará.
            ARTÍCULO 3.- El registro es gratuito.
            ARTÍCULO 4.- Sustitúyese el artículo 79 del Código, por el siguiente:
            Artículo 79: La víctima será oída.
            ARTÍCULO 5.- Sustitúyese el artículo 5 de la ley del registro, por el siguiente:
            Artículo 5: La víctima será informada.
            Artículo 6: La víctima podrá opinar.
            ARTÍCULO 6.- Publíquese.
            """,
            ["art. 1", "art. 2", "art. 3", "art. 4", "art. 5", "art. 6"],
        ),
        (
            "fr",
            """
            Art. I. La police intervient.
            Art. II. Elle informe la victime.
            Art. III. Elle tient un registre.
            Art. IV. Le Code est complété comme suit:
            L'article 30 est suivi d'un article 30-1 libellé comme suit:
            «Art. 30-1. La menace est punie.
            La peine est doublée en cas de récidive.»
            L'article 31 est abrogé.
            Art. 1017-1. Le juge statue.
            Art. V. La loi entre en vigueur.
            """,
            ["art. I", "art. II", "art. III", "art. IV", "art. V"],
        ),
        (
            "pt",
            """
            Art. 1º A polícia registrará o caso.
            Art. 2º O art. 152 do Código passa a vigorar com a seguinte redação:
            "Art. 152. O juiz poderá determinar o comparecimento." (NR)
            Art. 3º Esta lei entra em vigor.
            """,
            ["art. 1", "art. 2", "art. 3"],
        ),
        (
            "en",
            """
            Section 1. This Act amends the Police Act.
            Section 2. After section 30 of the Police Act there is inserted the following:
            "Section 30A. The officer shall attend without delay.
            Section 30B. The officer shall record the complaint."
            Section 3. Section 31 of the Police Act is repealed.
            """,
            ["s. 1", "s. 2", "s. 3"],
        ),
    ],
)
def test_an_amending_act_keeps_its_numbers_and_quotes_what_it_inserts(language: str, text: str, own: list[str]) -> None:
    document = read(text, language)
    assert [p.path for p in document.provisions if p.unit == "article" and p.kind is TextKind.OPERATIVE] == own
    quoted = [p for p in document.provisions if p.kind is TextKind.INSERTED]
    assert quoted and all(p.kind is not TextKind.INSERTED or p.path != own[-1] for p in document.provisions)
    assert not [warning for warning in document.warnings if "numbering" in warning or "order" in warning]


def test_what_follows_a_quotation_is_the_acts_own() -> None:
    document = read(
        """
        Art. I. La police intervient.
        Art. II. Le Code est modifié comme suit:
        L'article 30 est complété par un alinéa libellé comme suit:
        «La peine est doublée en cas de récidive.
        Elle est publique.»
        L'article 31 est abrogé.
        """,
        "fr",
    )
    assert kind_of(document, "«La peine") is TextKind.INSERTED
    assert kind_of(document, "Elle est publique") is TextKind.INSERTED
    assert kind_of(document, "L'article 31") is TextKind.OPERATIVE


def test_a_gap_left_by_a_page_that_could_not_be_read_is_no_insertion() -> None:
    text = "Section 1. A.\nSection 2. The court may order the respondent—\nSection 4. The court shall hear both.\nSection 5. B."
    document = read(text, "en")
    assert paths(document, "article") == ["s. 1", "s. 2", "s. 4", "s. 5"]
    assert any("2 and 4" in warning for warning in document.warnings)


# ---------------------------------------------------------------- divisions said again, or inside a paragraph


@pytest.mark.parametrize(
    ("language", "text", "divisions"),
    [
        (
            "fr",
            """
            Livre 1 > Titre 1 > Chapitre 1
            Article 1 - La loi protège.
            Livre 1 > Titre 1 > Chapitre 2
            Article 2 - La police agit.
            Livre 1 > Titre 2
            Article 3 - Le juge statue.
            """,
            ["Livre 1", "Livre 1, Titre 1", "Livre 1, Titre 1, Chap. 1", "Livre 1, Titre 1, Chap. 2", "Livre 1, Titre 2"],
        ),
        (
            "es",
            """
            TÍTULO I
            CAPÍTULO I
            DISPOSICIONES GENERALES
            Artículo 1. La ley protege.
            TÍTULO I
            CAPÍTULO I
            DISPOSICIONES GENERALES
            Artículo 2. La policía actúa.
            TÍTULO II DE LA POLICÍA
            TÍTULO II
            Artículo 3. El juez resuelve.
            """,
            ["Tít. I", "Tít. I, Cap. I", "Tít. II"],
        ),
        (
            "pt",
            """
            Título I > Capítulo I
            Artigo 1. A lei protege. TÍTULO II DA POLÍCIA CAPÍTULO I DOS DEVERES
            Artigo 2. A polícia age.
            """,
            ["Tít. I", "Tít. I, Cap. I", "Tít. II", "Tít. II, Cap. I"],
        ),
        (
            "en",
            """
            Part I
            Section 1 – Title
            This Act may be cited as the Safety Act. Part II – Duties of police
            Part II
            Section 2 – Duty
            The officer shall attend to a survivor. Schedule (Section 2) Code of conduct for officers
            Section 1 – Persons
            The code binds every officer.
            """,
            ["Part I", "Part II", "Schedule"],
        ),
    ],
)
def test_divisions_repeated_in_a_chain_or_inside_a_paragraph(language: str, text: str, divisions: list[str]) -> None:
    document = read(text, language)
    assert paths(document, "part", "chapter", "annex") == divisions
    if language == "en":
        assert paths(document, "article") == ["s. 1", "s. 2", "Schedule, s. 1"]
        assert at(document, "Schedule, s. 1").kind is TextKind.ANNEX


# ---------------------------------------------------------------- the same number twice


def test_sections_counted_afresh_in_each_chapter_are_cited_with_it() -> None:
    text = "CHAPTER I\nSection 1. A.\nSection 2. B.\nCHAPTER II\nSection 1. C.\nSection 2. D.\nCHAPTER III\nSection 1. E."
    assert paths(read(text, "en"), "article") == ["Ch. I, s. 1", "Ch. I, s. 2", "Ch. II, s. 1", "Ch. II, s. 2", "Ch. III, s. 1"]
    text = "Artículo 1. Apruébase.\nTÍTULO I\nArtículo 1. A.\nArtículo 2. B.\nArtículo 3. C.\nTRANSITORIOS\nArtículo 1. Rige hoy."
    assert paths(read(text, "es"), "article") == ["art. 1", "art. 1", "art. 2", "art. 3", "TRANSITORIOS, art. 1"]


@pytest.mark.parametrize(
    ("language", "text", "items"),
    [
        (
            "es",
            "Artículo 1. Son propios:\na) los suyos;\nb) los heredados.\nSe entienden por tales:\na) los usucapidos;\nb) otros.",
            ["art. 1(a)", "art. 1(b)", "art. 1, párr. 2(a)", "art. 1, párr. 2(b)"],
        ),
        (
            "fr",
            "Article 1 : Est puni :\n1° le vol ;\n2° la menace.\nEst aussi puni :\n1° le recel ;\n2° la fuite.",
            ["art. 1(1)", "art. 1(2)", "art. 1, al. 2(1)", "art. 1, al. 2(2)"],
        ),
        (
            "pt",
            "Artigo 1. São próprios:\na) os seus;\nb) os herdados.\nSão também:\na) os doados;\nb) outros.",
            ["art. 1(a)", "art. 1(b)", "art. 1, par. 2(a)", "art. 1, par. 2(b)"],
        ),
        (
            "en",
            'Section 1. In this Act— "child" means—\n(a) a minor;\n(b) a ward; "court" means—\n(a) one;\n(b) another.',
            ['s. 1 "child"(a)', 's. 1 "child"(b)', 's. 1 "court"(a)', 's. 1 "court"(b)'],
        ),
    ],
)
def test_several_lists_in_one_article_are_told_apart(language: str, text: str, items: list[str]) -> None:
    assert paths(read(text, language), "item") == items


# ---------------------------------------------------------------- consolidated texts


@pytest.mark.parametrize(
    ("language", "first", "cue", "former", "following"),
    [
        (
            "es",
            "Artículo 4. La víctima será oída.",
            "LEGISLACIÓN ANTERIOR []",
            "Artículo 4. La víctima podrá ser oída:\na) siempre.",
            "Artículo 5. Rige.",
        ),
        (
            "en",
            "Section 4. The court shall hear the survivor.",
            "Previous version:",
            "Section 4. The court may hear:\n(a) all.",
            "Section 5. End.",
        ),
        (
            "fr",
            "Article 4 : La victime est entendue.",
            "Ancienne rédaction",
            "Article 4 : La victime peut être entendue :\n1° seule.",
            "Article 5 : Fin.",
        ),
        (
            "pt",
            "Artigo 4. A vítima será ouvida.",
            "Redação anterior:",
            "Artigo 4. A vítima poderá ser ouvida:\na) só.",
            "Artigo 5. Fim.",
        ),
    ],
)
def test_an_article_as_it_read_before_counts_no_more(language: str, first: str, cue: str, former: str, following: str) -> None:
    document = read("\n".join([first, cue, former, following]), language)
    articles = [p.kind for p in document.provisions if p.unit == "article"]
    assert articles == [TextKind.OPERATIVE, TextKind.REPEALED, TextKind.OPERATIVE]
    assert {p.kind for p in document.provisions if p.unit == "item"} == {TextKind.REPEALED}
    assert not document.warnings


@pytest.mark.parametrize(
    ("language", "label", "breaks", "goes_on"),
    [
        ("es", "Artículo", "El personal pasará a la situación prevista en el inciso 2 del", "Cuando apruebe, ascenderá."),
        ("en", "Section", "The officer may be placed in the state described in paragraph 2 of", "Once fit, he returns."),
        ("fr", "Article", "L'agent est placé dans la situation prévue au point 2 de", "Puis il revient."),
        ("pt", "Artigo", "O agente passa à situação prevista no número 2 do", "Depois, regressa."),
    ],
)
def test_a_line_that_begins_with_the_article_referred_to(language: str, label: str, breaks: str, goes_on: str) -> None:
    text = f"{label} 1. A.\n{label} 2. {breaks}\n{label} 38. {goes_on}\n{label} 3. B."
    assert [path.split()[-1] for path in paths(read(text, language), "article")] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("language", "outer", "inner", "article", "path"),
    [
        ("en", "CHAPTER", "PART", "Section", "Ch. {}, Part {}"),
        ("fr", "PARTIE", "LIVRE", "Article", "Partie {}, Livre {}"),
        ("es", "CAPÍTULO", "TÍTULO", "Artículo", "Cap. {}, Tít. {}"),
        ("pt", "CAPÍTULO", "TÍTULO", "Artigo", "Cap. {}, Tít. {}"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_divisions_nest_as_their_numbers_show(
    language: str, outer: str, inner: str, article: str, path: str, *, turned: bool
) -> None:
    names = (inner, outer) if turned else (outer, inner)
    lines = []
    for first in ("I", "II", "III"):
        lines.append(f"{names[0]} {first}")
        for second in ("I", "II"):
            lines += [f"{names[1]} {second}", f"{article} {len(lines)}. A."]
    document = read("\n".join(lines), language)
    if turned:
        path = ", ".join(reversed(path.split(", ")))
    assert paths(document, "part", "chapter")[-1] == path.format("III", "II")


def test_a_heading_said_under_several_is_cited_with_them() -> None:
    text = "# Plan\n## Aim one\n### Actions\n1. Train.\n2. Hire.\n## Aim two\n### Actions\n1. Count.\n2. Report."
    found = paths(read(text, "en", DocumentKind.ACTION_PLAN), "item")
    assert found == ["Aim one, Actions, 1", "Aim one, Actions, 2", "Aim two, Actions, 1", "Aim two, Actions, 2"]


def test_what_stands_in_another_language_keeps_its_language_and_counts_no_articles() -> None:
    document = read(
        [
            Block("Section 1. The police shall respond."),
            Block("Article 1er. La police intervient.", language="fr"),
            Block("Section 2. The police shall record the complaint."),
            Block("Article 2. La police enregistre la plainte.", language="fr"),
        ],
        "en",
    )
    assert [(p.path, p.language) for p in document.provisions] == [("s. 1", ""), ("s. 1", "fr"), ("s. 2", ""), ("s. 2", "fr")]
    assert paths(document, "article") == ["s. 1", "s. 2"]


# ---------------------------------------------------------------- policies and orders


def test_the_box_at_the_head_of_an_order_stands_in_no_path() -> None:
    document = read(
        """
        # POLICE DEPARTMENT
        ** GENERAL ORDER
        ** NUMBER: 3.25
        ** SUBJECT: Response to survivors
        ** REFERENCE STANDARDS: 1.1.2 12.1.3
        26.1.1 26.1.4
        ** This order remains in effect
        ** POLICY
        The department protects the survivor and acts at once, as this paragraph says at some length.
        ** I. DEFINITIONS
        A. A survivor is a person harmed.
        B. An officer is a member.
        ** II. PROCEDURES
        A. Officers attend.
        B. Officers report.
        ** BY ORDER OF:
        ** ____________ DATE: 10/03/2017
        ** Chief of Police
        """,
        "en",
        DocumentKind.OPERATIONAL_POLICY,
    )
    order = "General Order 3.25"
    assert paths(document, "item") == [f"{order} {path}" for path in ("I", "I.A", "I.B", "II", "II.A", "II.B")]
    assert kind_of(document, "NUMBER") is kind_of(document, "REFERENCE") is TextKind.TITLE
    assert at(document, "Response to survivors").kind is TextKind.TITLE
    assert at(document, "POLICY").heading == "POLICY"
    assert kind_of(document, "BY ORDER") is kind_of(document, "Chief of") is TextKind.FURNITURE


# ---------------------------------------------------------------- items put in, definitions, recitals


def test_items_put_in_with_capital_letters() -> None:
    text = """
    Section 2. (1) The court may— (a) hear; (b) decide; (bA) adjourn; (bB) refer; and (c) close. (1A) It shall be public. (2) End.
    Section 3. (1) The officer shall attend. (2) The officer shall record. (2A) The record is public. (3) End.
    """
    assert paths(read(text, "en"), "item") == [
        *("s. 2(1)", "s. 2(1)(a)", "s. 2(1)(b)", "s. 2(1)(bA)", "s. 2(1)(bB)", "s. 2(1)(c)", "s. 2(1A)", "s. 2(2)"),
        *("s. 3(1)", "s. 3(2)", "s. 3(2A)", "s. 3(3)"),
    ]


@pytest.mark.parametrize(
    ("language", "text", "begins"),
    [
        (
            "en",
            "Section 2. Acts.\n(1) For the purposes of this Act, violence, at home, means any of the following:\n(a) harm.",
            "(a)",
        ),
        ("en", "Section 2. Definition of violence\nViolence is harm.\nSection 3. B.", "Section 2"),
        ("es", "Artículo 2. Definición de violencia\nEs todo daño.\nArtículo 3. B.", "Artículo 2"),
        ("fr", "Article 2 : Définition de la violence\nC'est tout dommage.\nArticle 3 : B.", "Article 2"),
        ("pt", "Artigo 2. Definição de violência\nÉ todo o dano.\nArtigo 3. B.", "Artigo 2"),
    ],
)
def test_what_defines_is_a_definition(language: str, text: str, begins: str) -> None:
    assert kind_of(read(text, language), begins) is TextKind.DEFINITION


@pytest.mark.parametrize(
    ("language", "recital"),
    [
        ("en", "WHEREAS it is expedient to protect survivors;"),
        ("es", "Que, el Estado ha suscrito la Convención;"),
        ("fr", "Considérant qu'il est urgent d'agir ;"),
        ("pt", "Considerando que a violência é crime;"),
    ],
)
def test_a_recital_binds_nowhere(language: str, recital: str) -> None:
    document = read(f"# Plan\nUn texto.\n{recital}", language, DocumentKind.ACTION_PLAN)
    assert kind_of(document, recital[:8]) is TextKind.PREAMBLE


def test_a_section_that_a_lost_line_break_put_into_a_paragraph() -> None:
    text = """
    Section 1 This Act may be cited as the Safety Act.
    Section 2 The court shall hear both. Protection orders 3.—(1) Any person may apply.
    (2) The application shall be in writing. Procedure 4.-(1) The court shall sit at once. (2) End.
    Section 5 The order shall be served.
    """
    assert paths(read(text, "en"), "article") == ["s. 1", "s. 2", "s. 3", "s. 4", "s. 5"]


# ---------------------------------------------------------------- articles whose label stands within a line


ACT = """
    1. This Act may be cited as the Protection Act.
    2. The court may grant an order to an applicant. {inside}
    4. The police shall keep a register of orders.
    5. The Minister may make regulations.
    """


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("Standard 3. Every question of fact shall be decided on a balance of probabilities.", True),
        ("Appeals 3.-(1) A person aggrieved may appeal. (2) The appeal suspends nothing.", True),
        ("It shall pay a fee of dollars 3. Every question of fact is open. Fees 3. The fee is paid to the registrar.", False),
        ("See section 3. of the Evidence Act.", False),
    ],
)
def test_a_missing_section_is_found_again_within_a_line(inside: str, found: bool) -> None:
    document = read(ACT.format(inside=inside), "en")
    assert ("s. 3" in paths(document, "article")) is found
    assert any("gap" in warning for warning in document.warnings) is not found
    if "(2)" in inside:
        assert body(document, "s. 3(2)") == "The appeal suspends nothing."


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            """
            Section 7. Payments. The judge shall pay out the money collected:
            (a) as compensation to the survivor;
            (b) where it is not claimed, under paragraph (a) of subsection
            (1) to the fund of the victims; and
            (c) to the registry.
            """,
        ),
        (
            "es",
            """
            Artículo 7. Pagos. El juez entregará el dinero:
            a) a la víctima, como reparación;
            b) si nadie lo reclama conforme al literal
            a) al fondo de las víctimas; y
            c) al registro.
            """,
        ),
        (
            "fr",
            """
            Article 7. Paiements. Le juge verse les sommes :
            a) à la victime, en réparation ;
            b) si elles ne sont pas réclamées selon la lettre
            a) au fonds des victimes ; et
            c) au greffe.
            """,
        ),
        (
            "pt",
            """
            Art. 7. Pagamentos. O juiz entrega o dinheiro:
            a) à vítima, como reparação;
            b) se ninguém o reclamar conforme a alínea
            a) ao fundo das vítimas; e
            c) ao registro.
            """,
        ),
    ],
)
def test_a_line_that_begins_with_the_number_of_a_reference_is_no_item(language: str, text: str) -> None:
    document = read(text, language)
    items = [p for p in document.provisions if p.unit == "item"]
    assert [p.label.strip("()") for p in items] == ["a", "b", "c"]
    assert "\n" not in document.text[items[1].start : items[1].end]


def test_items_after_a_joining_word_stay_items() -> None:
    document = read("Section 7. The officer shall:\n(a) write the report; and\n(b) sign it.", "en")
    assert [p.label for p in document.provisions if p.unit == "item"] == ["(a)", "(b)"]


def test_a_list_after_the_word_for_a_section_stays_one() -> None:
    document = read(
        "Section 7. The court may make an order under this section\n(a) for the survivor; or\n(b) for a witness.", "en"
    )
    assert [p.label for p in document.provisions if p.unit == "item"] == ["(a)", "(b)"]


def test_rows_of_signs_are_no_text() -> None:
    document = read("1. The officer shall write the report.\n* * *\n______\n2. The chief shall sign it.", "en")
    signs = [p for p in document.provisions if p.kind is TextKind.FURNITURE]
    assert [document.text[p.start : p.end] for p in signs] == ["* * *", "______"]


def test_a_copyright_notice_is_no_text() -> None:
    document = read("1. The officer shall write the report.\n© 2019 Publishers of Manuals\n2. The chief shall sign it.", "en")
    assert kind_of(document, "©") is TextKind.FURNITURE


@pytest.mark.parametrize(
    ("language", "text", "path"),
    [
        (
            "en",
            "Section 4. The court shall decide.\nSCHEDULE (Sections 2, 3 and 4)\n(a) Keeping a house;\n(b) Paying for it.",
            "Schedule",
        ),
        ("es", "Artículo 4. El juez decide.\nANEXO (artículos 2 y 3)\na) Tener una casa;\nb) Pagarla.", "Anexo"),
        ("fr", "Article 4. Le juge décide.\nANNEXE (articles 2 et 3)\na) Tenir une maison ;\nb) La payer.", "Annexe"),
        ("pt", "Art. 4º O juiz decide.\nANEXO (artigos 2 e 3)\na) Ter uma casa;\nb) Pagar por ela.", "Anexo"),
    ],
)
def test_a_schedule_that_only_names_its_sections_is_one(language: str, text: str, path: str) -> None:
    document = read(text, language)
    assert [p.path for p in document.provisions if p.unit == "annex"] == [path]
    assert kind_of(document, "(a) Keeping" if language == "en" else "a)") is TextKind.ANNEX


# ---------------------------------------------------------------- orders


@pytest.mark.parametrize(
    ("language", "head", "shall", "path"),
    [
        ("en", "GENERAL ORDER\nNUMBER: 7.12", "Officers shall record every complaint", "General Order 7.12 II.A.1"),
        ("es", "ORDEN GENERAL N.° 14/2019", "El personal registrará toda denuncia", "Orden General 14/2019 II.A.1"),
        ("fr", "NOTE DE SERVICE N° 32", "Les agents enregistrent toute plainte", "Note de service 32 II.A.1"),
        ("pt", "ORDEM DE SERVIÇO N.º 5/2021", "Os agentes registam todas as queixas", "Ordem de Serviço 5/2021 II.A.1"),
    ],
)
def test_sections_of_a_standing_order_are_cited_with_its_number(language: str, head: str, shall: str, path: str) -> None:
    lines = [*head.split("\n"), "# I. ---", f"{shall}.", "# II. ---", "A. ---:", f"1. {shall};", f"2. {shall}."]
    text = "\n".join(line.replace("---", shall.split()[1].title()) for line in lines)
    document = read(text, language, DocumentKind.OPERATIONAL_POLICY)
    assert path in paths(document, "item")


def test_numbers_that_begin_with_that_of_their_order_are_not_cited_with_it_twice() -> None:
    text = "GENERAL ORDER 311\n# 311.1 Purpose\nIt guides officers.\n# 311.2 Duties\nOfficers shall record every complaint."
    document = read(text, "en", DocumentKind.OPERATIONAL_POLICY)
    assert {"311.1", "311.2"} <= set(paths(document, "item", "section"))


@pytest.mark.parametrize(
    ("language", "heading"), [("en", "Bibliography"), ("es", "Bibliografía"), ("fr", "Bibliographie"), ("pt", "Referências")]
)
def test_the_numbered_parts_of_a_bibliography_stand_under_it_and_the_plan_goes_on_after_it(language: str, heading: str) -> None:
    plan = read(
        f"# Plan\n# Police\n\nAgentes 2027.\n\n1. Agentes.\n\n2. Casas.\n\n3. Datos.\n\n# {heading}\n\n1. Documentos\n\n"
        "* Manual 2010.\n\n2. Informes\n\n* Informe 2012.\n\n# Costes\n\n1. Agentes 2028.",
        language,
        DocumentKind.ACTION_PLAN,
    )
    assert kind_of(plan, "* Manual") is TextKind.BACKGROUND
    assert kind_of(plan, "* Informe") is TextKind.BACKGROUND
    assert next(one.path for one in plan.provisions if "Informe 2012" in plan.text[one.start : one.end]).startswith(heading)
    assert kind_of(plan, "1. Agentes 2028") is TextKind.OPERATIVE


def test_a_plan_whose_numbers_go_on_after_its_references_goes_on() -> None:
    plan = read(
        "# Plan\n\n# 1. Goals\n\nThe police shall act.\n\n# 2. Actions\n\nThe court decides.\n\n# References\n\nA manual.\n\n"
        "# 3. Budget\n\nThe ministry shall pay.",
        "en",
        DocumentKind.ACTION_PLAN,
    )
    assert kind_of(plan, "A manual") is TextKind.BACKGROUND
    assert (at(plan, "3").heading, kind_of(plan, "The ministry")) == ("Budget", TextKind.OPERATIVE)
