"""What binds and what does not: recitals wherever they stand, signatures, lists of the laws that a plan rests on."""

from __future__ import annotations

import pytest

from policyaudit.model import DocumentKind, TextKind
from test_structure import at, kind_of, read

_LONG = "123 456 789, 123 456 789, 123 456 789, 123 456 789."  # the text of an article in any language

# ---------------------------------------------------------------- recitals


@pytest.mark.parametrize(
    ("language", "article", "annex", "recital", "enacting", "operative"),
    [
        (
            "es",
            "Artículo 1. Se publica el acuerdo.",
            "ANEXO",
            "Toda violencia contra las mujeres vulnera sus derechos, y los Estados deben actuar con la diligencia debida",
            "Por todo lo expuesto, el Pleno adopta el siguiente acuerdo:",
            "Primero. La policía registrará toda denuncia.",
        ),
        (
            "fr",
            "Article 1. La décision est publiée.",
            "ANNEXE",
            "Toute violence contre les femmes est une atteinte à leurs droits, et les États agissent avec la diligence voulue",
            "Le Conseil adopte la décision suivante :",
            "La police enregistre toute plainte.",
        ),
        (
            "pt",
            "Artigo 1. Publica-se a deliberação.",
            "ANEXO",
            "Toda a violência contra as mulheres viola os seus direitos, e os Estados devem agir com a devida diligência",
            "O Conselho aprova a seguinte deliberação:",
            "A polícia regista toda a queixa.",
        ),
        (
            "en",
            "Article 1. The decision is published.",
            "ANNEX",
            "All violence against women violates their rights, and States must act with due diligence to prevent it",
            "The Council adopts the following decision:",
            "The police shall record every complaint.",
        ),
    ],
)
def test_recitals_before_the_enacting_words_of_an_annex_do_not_bind(
    language: str, article: str, annex: str, recital: str, enacting: str, operative: str
) -> None:
    document = read("\n".join(("# Decreto", article, f"# {annex}", f"{recital}: {_LONG}", enacting, operative)), language)
    assert kind_of(document, recital) is TextKind.PREAMBLE
    assert kind_of(document, operative) is TextKind.ANNEX


@pytest.mark.parametrize(
    ("language", "text", "operative"),
    [
        (
            "es",
            "# Ordenanza\n# CONSIDERANDO\nQue la violencia crece;\nEl Consejo resuelve:\nLa policía registrará la denuncia.",
            "La",
        ),
        (
            "fr",
            "# Décision\n# Considérant\nQue la violence croît ;\nLe Conseil décide :\nPolice : elle enregistre la plainte.",
            "Police",
        ),
        (
            "pt",
            "# Resolução\n# Considerando\nQue a violência cresce;\nO Conselho resolve:\nA polícia regista a queixa.",
            "A polícia",
        ),
        (
            "en",
            "# Resolution\n# Recitals\nViolence is growing;\nThe Council resolves as follows:\nPolice shall record it.",
            "Police",
        ),
    ],
)
def test_what_is_enacted_under_the_heading_of_the_recitals_binds(language: str, text: str, operative: str) -> None:
    document = read(text, language, DocumentKind.ACTION_PLAN)
    assert kind_of(document, operative) is TextKind.OPERATIVE


@pytest.mark.parametrize(
    ("language", "subject", "known", "formed", "operative"),
    [
        ("fr", "Le Conseil,", "Rappelant sa résolution 10 (1999),", "Soucieux d’agir vite ;", "1. Demande aux États d’agir;"),
        ("fr", "Le Conseil,", "Rappelant sa résolution 10 (1999),", "Pesant les effets des conflits,", "1. Demande d’agir;"),
        ("es", "La Asamblea,", "Recordando su resolución 10,", "Lamentando la impunidad,", "1. Insta a los Estados a actuar;"),
        ("pt", "A Assembleia,", "Recordando a resolução 10,", "Lamentando a impunidade,", "1. Exorta os Estados a agir;"),
        ("en", "The Council,", "Recalling its resolution 10,", "Deploring impunity,", "1. Urges States to act;"),
    ],
)
def test_a_recital_is_told_by_its_form_beside_others(
    language: str, subject: str, known: str, formed: str, operative: str
) -> None:
    document = read("\n".join(("# Plan", subject, known, formed, operative)), language, DocumentKind.ACTION_PLAN)
    assert [kind_of(document, line) for line in (subject, known, formed)] == [TextKind.PREAMBLE] * 3
    assert kind_of(document, operative) is TextKind.OPERATIVE


@pytest.mark.parametrize(
    ("language", "measure"),
    [
        ("es", "Capacitando a la policía cada año,"),
        ("fr", "En formant la police,"),
        ("pt", "Formando a polícia,"),
        ("en", "Training the police,"),
    ],
)
def test_the_form_of_a_recital_alone_makes_none(language: str, measure: str) -> None:
    document = read(f"# Plan\nAlgo.\n{measure}\nMás.", language, DocumentKind.ACTION_PLAN)
    assert kind_of(document, measure) is TextKind.OPERATIVE


# ---------------------------------------------------------------- signatures


@pytest.mark.parametrize(
    ("language", "closing", "signed", "annexed"),
    [
        ("es", "Publíquese y cúmplase.", ("# ANA LUZ PAZ", "El Ministro del Interior,", "# Juan de la Vega."), "ANEXO I"),
        ("fr", "Fait à Rosières, le 3 mai 2010.", ("# ANNE LE ROUX", "Le ministre de l’Intérieur,", "# Jean Petit"), "ANNEXE I"),
        ("pt", "Publique-se.", ("# ANA LUZ PAZ", "O Ministro do Interior,", "# João da Costa"), "ANEXO I"),
        ("en", "Done at Rosedale on 3 May 2010.", ("# ANN LEE ROSE", "The Minister of the Interior,", "# John Reed"), "ANNEX I"),
    ],
)
def test_those_who_sign_an_act_head_nothing(language: str, closing: str, signed: tuple[str, ...], annexed: str) -> None:
    article = {"es": "Artículo", "fr": "Article", "pt": "Artigo", "en": "Article"}[language]
    lines = (f"{article} 1. {_LONG}", f"{article} 2. {_LONG}", closing, *signed, f"# {annexed}", "1. Formulario.")
    document = read("\n".join(("# Ley X", *lines)), language)
    for line in signed:
        assert kind_of(document, line.strip("# ")) is TextKind.FURNITURE
    assert not [p for p in document.provisions if p.unit == "heading" and document.text[p.start : p.end] in signed]
    assert at(document, f"{annexed.title()}, 1").kind is TextKind.ANNEX


@pytest.mark.parametrize(
    ("language", "office"),
    [("es", "El Presidente,"), ("fr", "Le Président,"), ("pt", "O Presidente,"), ("en", "The President,")],
)
def test_a_name_beside_an_office_signs_without_closing_words(language: str, office: str) -> None:
    article = {"es": "Artículo", "fr": "Article", "pt": "Artigo", "en": "Article"}[language]
    document = read(f"# X\n{article} 1. {_LONG}\n{article} 2. {_LONG}\n{office}\n# ANA LUZ PAZ", language)
    assert kind_of(document, office) is kind_of(document, "ANA LUZ") is TextKind.FURNITURE


def test_the_members_of_a_commission_are_no_signatures() -> None:
    members = "La Comisión se integra por:\nEl Ministro del Interior,\nPolicía Nacional\nDefensa Pública"
    document = read(f"# Ley\nArtículo 1. {_LONG}\nArtículo 2. {members}", "es")
    assert kind_of(document, "El Ministro") is TextKind.OPERATIVE


def test_several_names_after_the_last_article_sign_it() -> None:
    text = f"# Ley\nArtículo 1. {_LONG}\nArtículo 2. {_LONG}\n# ROSA PAZ - JUAN LUZ - ANA SOL"
    document = read(text, "es")
    assert kind_of(document, "ROSA PAZ") is TextKind.FURNITURE


def test_the_title_of_the_plan_that_a_decree_adopts_is_no_signature() -> None:
    plan = "# Plan Nacional de Igualdad\nLa policía se formará."
    text = f"# Decreto\nArtículo 1. {_LONG}\nArtículo 2. {_LONG}\nPublíquese y cúmplase.\n{plan}"
    document = read(text, "es")
    assert kind_of(document, "La policía") is TextKind.OPERATIVE


# ---------------------------------------------------------------- the laws that a document rests on


@pytest.mark.parametrize(
    ("language", "heading", "named", "measures"),
    [
        (
            "es",
            "Marco jurídico nacional",
            ("Ley N.º 10 de 2010, que previene la violencia.", "Constitución Política, artículos 1 y 2."),
            ("El Ministerio capacitará a la policía.", "Capacitar a la policía en la Ley 10 de 2010."),
        ),
        (
            "fr",
            "Cadre juridique",
            ("La loi n° 10 du 20 juillet 2006 sur les violences sexuelles ;", "Constitution de la République"),
            ("Le ministère formera la police.", "Réviser la loi n° 10 de 2006."),
        ),
        (
            "pt",
            "Quadro legal",
            ("Lei n.º 10/2009, sobre a violência doméstica", "Constituição da República, artigo 35"),
            ("O Ministério formará a polícia.", "Rever a Lei n.º 10/2009."),
        ),
        (
            "en",
            "Legal framework",
            ("Domestic Violence Act, No. 10 of 2011", "The Constitution of the Republic"),
            ("Police shall be trained in the Act.", "Review the Domestic Violence Act, 2011.", "Officers may act in 24 hours."),
        ),
    ],
)
def test_a_line_that_only_names_a_law_is_no_measure(
    language: str, heading: str, named: tuple[str, ...], measures: tuple[str, ...]
) -> None:
    lines = "\n".join(f"* {line}" for line in (*named, *measures))
    document = read(f"# Plan\n## {heading}\n{lines}", language, DocumentKind.ACTION_PLAN)
    assert {kind_of(document, f"* {line}") for line in named} == {TextKind.BACKGROUND}
    assert {kind_of(document, f"* {line}") for line in measures} == {TextKind.OPERATIVE}


@pytest.mark.parametrize(
    ("language", "heading", "named", "measure"),
    [
        ("es", "Marco normativo", "Ley N.º 10 de 2010.", "El Ministerio capacitará a la policía."),
        ("fr", "Base juridique", "Loi n° 10 de 2010.", "Le ministère formera la police."),
        ("pt", "Base legal", "Lei n.º 10 de 2010.", "O Ministério formará a polícia."),
        ("en", "Legal basis", "Safety Act, 2010.", "The Ministry shall train the police."),
    ],
)
def test_a_measure_among_the_laws_of_a_plan_binds(language: str, heading: str, named: str, measure: str) -> None:
    document = read(f"# Plan\n## {heading}\n* {named}\n* {measure}", language, DocumentKind.ACTION_PLAN)
    assert kind_of(document, f"* {named}") is TextKind.BACKGROUND
    assert kind_of(document, f"* {measure}") is TextKind.OPERATIVE


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("es", "Proceso de elaboración del Plan"),
        ("fr", "Méthodologie/Processus d’élaboration du plan"),
        ("pt", "Processo de elaboração do Plano"),
        ("en", "Process of developing the Plan"),
    ],
)
def test_how_a_plan_was_made_is_no_measure_of_it(language: str, heading: str) -> None:
    document = read(f"# Plan\n## {heading}\n123 456.\n## 2010\n789 123.", language, DocumentKind.ACTION_PLAN)
    assert kind_of(document, "123 456") is TextKind.BACKGROUND
    assert kind_of(document, "789 123") is TextKind.OPERATIVE


def test_a_curved_apostrophe_is_an_apostrophe() -> None:
    document = read("# Plan\nUn texte.\nConsidérant qu’il est urgent d’agir\nDeux.", "fr", DocumentKind.ACTION_PLAN)
    assert kind_of(document, "Considérant") is TextKind.PREAMBLE


@pytest.mark.parametrize(
    ("language", "text", "title", "recital", "operative"),
    [
        ("fr", "# Arrêté n° 12\nLe ministre,\nVu la loi ;\nARRÊTE :\nArticle 1. {}", "Arrêté", "Vu la loi", "Article 1"),
        ("es", "# Ordenanza N.° 12\nPOR CUANTO:\nQue, crece;\nORDENA:\nArtículo 1. {}", "Ordenanza", "Que, crece", "Artículo 1"),
        ("pt", "# Decreto n.º 12\nConsiderando a lei,\nDECRETA:\nArtigo 1. {}", "Decreto", "Considerando", "Artigo 1"),
        ("en", "# Order enacted by the Council\nWHEREAS it grows;\nORDERS:\nArticle 1. {}", "Order", "WHEREAS", "Article 1"),
    ],
)
def test_the_name_of_an_act_is_no_enacting_word(language: str, text: str, title: str, recital: str, operative: str) -> None:
    document = read(text.format(_LONG), language)
    assert kind_of(document, title) is TextKind.TITLE
    assert kind_of(document, recital) is TextKind.PREAMBLE
    assert kind_of(document, operative) is TextKind.OPERATIVE


@pytest.mark.parametrize(
    ("language", "powers", "heading", "recital", "enacting", "operative"),
    [
        (
            "es",
            "El Director, en ejercicio de sus facultades, y",
            "CONSIDERANDO:",
            "1. Que crece.",
            "RESUELVE:",
            "PRIMERO.- Créase.",
        ),
        ("pt", "O Conselho, nos termos do artigo 199.º, e", "Considerando que cresce,", "123.", "resolve:", "PRIMEIRO. Criar."),
    ],
)
def test_who_resolves_and_by_what_powers_is_preamble(
    language: str, powers: str, heading: str, recital: str, enacting: str, operative: str
) -> None:
    document = read(
        "\n".join(("# Acto", powers, heading, recital, enacting, operative)), language, DocumentKind.OPERATIONAL_POLICY
    )
    assert [kind_of(document, line) for line in (powers, heading, recital, enacting)] == [TextKind.PREAMBLE] * 4
    assert kind_of(document, operative) is TextKind.OPERATIVE


@pytest.mark.parametrize(
    ("language", "last"),
    [
        ("es", "Artículo 2. La presente ley entrará en vigor el 3 de mayo de 2010, en todo el territorio."),
        ("fr", "Article 2. Le directeur est chargé de l’exécution du présent arrêté, à compter du 3 mai."),
        ("pt", "Art. 2º Esta Portaria entra em vigor na data de sua publicação, em todo o território."),
        ("en", "Article 2. This Act comes into force on 3 May 2010, in the whole of the territory."),
    ],
)
def test_a_name_alone_signs_after_the_article_on_entry_into_force(language: str, last: str) -> None:
    one = last.split(" 2")[0]
    document = read(f"# X\n{one} 1. {_LONG}\n{last}\n# ANA PAZ LUZ", language)
    assert kind_of(document, "ANA PAZ") is TextKind.FURNITURE


def test_initials_of_those_who_sign_number_no_items() -> None:
    lines = (
        "Done at Rosedale, 3 May 2010.",
        "For the Council",
        "The President",
        "R. ROSE",
        "For the Board",
        "The President",
        "V. VAN LEE",
    )
    text = "\n".join(("# Directive", f"Article 1. {_LONG}", f"Article 2. {_LONG}", *lines))
    document = read(text, "en")
    assert {kind_of(document, line) for line in lines} == {TextKind.FURNITURE}
    assert not [p for p in document.provisions if p.unit == "item"]


@pytest.mark.parametrize(
    ("language", "label", "closing"),
    [
        ("es", "Artículo", "Regístrese, comuníquese y cúmplase."),
        ("fr", "Article", "Fait à Rosières, le 3 mai 2010."),
        ("pt", "Artigo", "Publique-se."),
        ("en", "Article", "Done at Rosedale, 3 May 2010."),
    ],
)
def test_the_articles_of_what_an_act_adopts_are_its_own(language: str, label: str, closing: str) -> None:
    act = "\n".join(f"{label.upper()} {number}.- {_LONG}" for number in (1, 2, 3))
    adopted = "\n".join(f"{label} {number}.- {_LONG}" for number in (1, 2))
    document = read(f"# X\n{act}\n{closing}\n{adopted}", language)
    assert [p.kind for p in document.provisions if p.unit == "article"] == [TextKind.OPERATIVE] * 5


def test_the_title_of_what_an_act_adopts_closes_its_signatures() -> None:
    act = f"ARTICULO 1.- {_LONG}\nARTICULO 2.- {_LONG}\nDado en Rosales, a 3 de mayo.\nANA PAZ LUZ\nPresidenta de la República"
    title = f"REGLAMENTO DE {'LA POLICÍA DE ROSALES Y DE ' * 7}SUS BARRIOS"
    document = read(f"# X\n{act}\n{title}\nLa policía registrará la denuncia.", "es")
    assert kind_of(document, "ANA PAZ") is TextKind.FURNITURE
    assert kind_of(document, "REGLAMENTO") is TextKind.TITLE
    assert kind_of(document, "La policía") is TextKind.OPERATIVE


@pytest.mark.parametrize(
    ("language", "heading"), [("es", "Bibliografía"), ("fr", "Bibliographie"), ("pt", "Referências"), ("en", "Bibliography")]
)
def test_the_works_that_a_plan_cites_are_no_measures(language: str, heading: str) -> None:
    document = read(f"# Plan\n## {heading}\n123 456, 2010.", language, DocumentKind.ACTION_PLAN)
    assert kind_of(document, "123 456") is TextKind.BACKGROUND


def test_notes_after_the_last_who_signed_do_not_stand_under_the_name() -> None:
    lines = (
        "Publíquese y cúmplase.",
        "# ANA PAZ LUZ",
        "El Ministro del Interior,",
        "# Juan de la Vega.",
        "[1] En la ley se define.",
    )
    document = read("\n".join(("# Ley", f"Artículo 1. {_LONG}", f"Artículo 2. {_LONG}", *lines)), "es")
    assert kind_of(document, "Juan de la Vega") is TextKind.FURNITURE
    assert not [p for p in document.provisions if "Vega" in p.path]


def test_a_paragraph_to_which_a_mark_in_the_text_refers_is_a_note() -> None:
    document = read(f"# Plan\nEl plan [1] rige.\n{_LONG}\n[1]En la Ley 10 se definen sus fondos.", "es", DocumentKind.ACTION_PLAN)
    assert kind_of(document, "[1]En la Ley") is TextKind.NOTE
    document = read(
        "# Plan\n[1] La policía registrará toda denuncia.\n[2] Ningún agente mediará.", "es", DocumentKind.ACTION_PLAN
    )
    assert kind_of(document, "[1] La policía") is TextKind.OPERATIVE
