"""What a document is: proposed with the place it was read from, never against what a person said without telling."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policyaudit import corpus, ingest, run
from policyaudit.ingest.facts import expiry
from policyaudit.languages import folder
from policyaudit.languages.identity import countries_of, identity_of
from policyaudit.model import Document, DocumentKind, Failure, Source

ACT = """
PARLIAMENT OF KENYA

THE PROTECTION AGAINST VIOLENCE ACT

No. 12 of 2015

Date of assent: 14th May, 2015

1. Short title.-This Act may be cited as the Protection against Violence Act, 2015.

2. Duties.-The police shall record every report.
"""


@pytest.fixture
def read(tmp_path: Path):
    def call(text: str, *, name: str = "document.md", **known: object) -> Document:
        path = tmp_path / name
        path.write_text(text.strip(), encoding="utf-8")
        return ingest.read(Source(str(path), name, **known))  # type: ignore[arg-type]

    return call


def value(document: Document, name: str, origin: str | None = None) -> str | None:
    return next((f.value for f in document.facts if f.name == name and origin in (None, f.origin)), None)


def words(document: Document, name: str) -> str:
    fact = next(f for f in document.facts if f.name == name and f.start is not None)
    return document.text[fact.start : fact.end]


def test_an_act_says_its_short_title_number_date_and_country(read) -> None:
    document = read(ACT)
    assert document.title == "Protection against Violence Act, 2015" and document.year == 2015
    assert (value(document, "number"), value(document, "date")) == ("12 of 2015", "2015-05-14")
    assert value(document, "jurisdiction") == "KEN" and words(document, "jurisdiction") == "KENYA"
    assert words(document, "number") == "12 of 2015" and words(document, "date") == "14th May, 2015"
    assert document.status is None and "status" not in document.guessed


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "POLICE DEPARTMENT HANOVER HILL, OHIO\n\nDIRECTIVE: 114-A\n\nSUBJECT: Code of Conduct\n\nI. Officers shall.",
            "Code of Conduct",
        ),
        (
            "MINISTERIO DEL INTERIOR\n\nPLAN NACIONAL DE SEGURIDAD 2020-2024\n\nTexto del plan.",
            "PLAN NACIONAL DE SEGURIDAD 2020-2024",
        ),
        (
            "[COMPLETAR NOMBRE]\n\nCÓDIGO DE ÉTICA DE LA POLICÍA\n\nArtículo 1.- Los agentes respetarán.",
            "CÓDIGO DE ÉTICA DE LA POLICÍA",
        ),
        (
            "RÉPUBLIQUE DU NIGER\n\nLOI N° 2003-25 SUR LES VIOLENCES\n\nArticle 1 : La loi protège.",
            "LOI N° 2003-25 SUR LES VIOLENCES",
        ),
        (
            "ÓRGANO OFICIAL DEL ESTADO\n\nEN ESTA EDICIÓN\n\nORG4·.·NISM0 L1•SL\n\nDECRETO NÚMERO 7-2013\n\nArtículo 1. Hay.",
            "DECRETO NÚMERO 7-2013",
        ),
        (
            "DIÁRIO OFICIAL DO ESTADO\n\nNESTA EDIÇÃO\n\nDECRETO N.º 7 DE 2013\n\nArt. 1º Fica criado o fundo das vítimas.",
            "DECRETO N.º 7 DE 2013",
        ),
        (
            "MONITEUR OFFICIEL\n\nDANS CE NUMÉRO\n\nDÉCRET N° 7 DE 2013\n\nArticle 1 : Il est créé un fonds des victimes.",
            "DÉCRET N° 7 DE 2013",
        ),
        (
            "THE GAZETTE OF THE NORTH\n\nIN THIS ISSUE\n\nVICTIMS FUND ACT\n\nSection 1. There shall be a fund of the victims.",
            "VICTIMS FUND ACT",
        ),
    ],
)
def test_the_issuer_is_no_title(read, text: str, title: str) -> None:
    assert read(text).title == title


def test_entities_in_a_title_are_read(read) -> None:
    assert read('---\ntitle: "Plan de Acci&oacute;n"\n---\n\nTexto.').title == "Plan de Acción"


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        ("DRAFT FOR CONSULTATION\n\nPOLICE ACT\n\n1. The police shall act.", "draft", "DRAFT FOR CONSULTATION"),
        ("A BILL\n\nto protect survivors\n\n1. The court shall act.", "bill", "A BILL"),
        ("Borrador\n\nLey de protección\n\nArtículo 1.- La policía actuará.", "draft", "Borrador"),
        ("Anteproyecto de ley de protección\n\nArtículo 1.- La policía actuará.", "draft", "Anteproyecto de ley de protección"),
        ("POLICE ACT\n\nThis Act has been repealed by Act 5 of 2010.\n\n1. The police shall act.", "repealed", "This Act"),
        (
            "POLICE ACT\n\nConsolidated version as at 3 March 2020\n\n1. The police shall act.",
            "consolidated",
            "Consolidated version",
        ),
        ("Projet de loi n° 45 sur la protection\n\nArticle 1 : La police agit.", "bill", "Projet de loi"),
        ("Estatus | VIGENTE\n\nLEY DE PROTECCIÓN\n\nArtículo 1.- La policía actuará.", "in_force", "Estatus | VIGENTE"),
    ],
)
def test_the_status_is_read_with_its_place(read, text: str, status: str, said: str) -> None:
    document = read(text)
    assert document.status == status and "status" in document.guessed
    assert words(document, "status").startswith(said)
    assert any("left out of its country's card" in w for w in document.warnings) is (status in ("draft", "bill", "repealed"))


@pytest.mark.parametrize(
    "text",
    [
        # The formula of promulgation, and words inside the law.
        "LEY NÚM. 20.066 DE VIOLENCIA\n\nTeniendo presente que el Congreso ha dado su aprobación al siguiente\n\n"
        "Proyecto de ley:\n\nArtículo 1.- La policía actuará.",
        "POLICE ACT\n\n1. Repeal.-The Police Act 1930 is repealed.\n\n2. A draft of every order shall be sent to the court.",
        "POLICE ACT\n\nARRANGEMENT OF SECTIONS\n\n1. Police.\n\n1. The police shall draft a bill of costs.",
    ],
)
def test_a_law_in_force_is_not_taken_for_a_bill(read, text: str) -> None:
    assert read(text).status is None


def test_what_a_person_said_stands_and_a_contradiction_is_told(read) -> None:
    document = read("DRAFT BILL\n\nPOLICE ACT\n\n1. The police shall act.", status="in_force", country="KEN")
    assert document.status == "in_force" and "status" not in document.guessed
    assert (value(document, "status", "manifest"), value(document, "status", "text")) == ("in_force", "draft")
    assert any("DRAFT BILL" in warning and "in force" in warning for warning in document.warnings)
    assert not any("left out" in warning for warning in document.warnings)


def test_metadata_say_a_status_too(tmp_path: Path) -> None:
    from policyaudit.ingest.blocks import Block, RawDocument

    raw = RawDocument((Block("Police Act"), Block("1. The police shall act.")), facts={"status": "draft", "kind": "law"})
    document = ingest.structured(Source("a.docx", "a.docx"), "docx", "", raw)
    assert document.status == "draft" and value(document, "status", "file") == "draft"
    assert any("the file itself says so" in warning for warning in document.warnings)


def test_a_guessed_draft_counts_for_nothing_in_the_country(tmp_path: Path) -> None:
    from policyaudit.rubricfolder import DEFAULT, find, load

    sources = []
    for name, text in (("act.md", ACT), ("bill.md", "A BILL\n\nto protect\n\n" + ACT)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        sources.append(Source(str(tmp_path / name), name, country="KEN"))
    results = run.audit(sources, load(find(DEFAULT)), sections=["A3"])
    assert [document.status for document in results.documents] == [None, "bill"]
    assert [card.documents for card in results.countries] == [("act.md",)]


def test_other_disagreements_are_told_too(read) -> None:
    long = ACT + "\n\n3. The police shall protect every survivor and shall inform her of her rights.\n" * 20
    document = read(long, year=1990, country="UGA")
    told = " ".join(document.warnings)
    assert document.year == 1990 and document.country == "UGA" and "Kenya" in told and "2015" in told
    assert value(document, "jurisdiction", "text") == "KEN"
    document = read(long, language="es")
    told = " ".join(document.warnings)
    assert document.language == "es" and value(document, "language", "guess") == "en"
    assert "Spanish" in told and "English" in told


def test_a_reform_draft_is_not_of_the_year_of_the_act_it_changes(read) -> None:
    document = read(
        "# Proyecto de ley de reforma de la Ley núm. 14 de 2009\n\n"
        "BORRADOR, versión 2, marzo de 2024.\n\nArtículo 1.- Se modifica."
    )
    assert document.year == 2024 and value(document, "number") is None


@pytest.mark.parametrize(
    ("title", "year", "number"),
    [
        ("Decreto 1930 de 2013, Política Pública", 2013, "1930"),
        ("Real Decreto 1917/2008, de 21 de noviembre", 2008, "1917/2008"),
        ("Loi n° 2006-399 du 4 avril 2006 sur les violences", 2006, "2006-399"),
        ("Law No. 51/2018 of 13/08/2018 on trafficking", 2018, "51/2018"),
    ],
)
def test_a_number_is_no_year(read, title: str, year: int, number: str) -> None:
    document = read(
        f"# {title}\n\nTexte. Texto. Text.", language="fr" if "Loi" in title else "es" if "Decreto" in title else "en"
    )
    assert (document.year, value(document, "number")) == (year, number)


def test_the_period_of_a_plan_and_whether_it_has_expired(read, tmp_path: Path) -> None:
    document = read("# National Action Plan on Women, Peace and Security 2018-2022\n\nThe ministry shall act.")
    assert document.kind is DocumentKind.ACTION_PLAN and value(document, "period") == "2018-2022"
    assert words(document, "period") == "2018-2022"
    assert expiry(document.facts, "2022-12-31") is None
    assert "2018-2022" in (expiry(document.facts, "2023-01-01") or "")
    later = run.read(Source(str(tmp_path / "document.md"), "document.md"), as_of="2024-01-01")
    assert isinstance(later, Document) and "2024-01-01" in later.warnings[-1] and later.status is None


@pytest.mark.parametrize("said", ["for the years 2018 to 2022", "2018–2022", "2018/22"])
def test_a_period_is_said_in_many_ways(read, said: str) -> None:
    assert value(read(f"# National Action Plan {said}\n\nThe ministry shall act."), "period") == "2018-2022"


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        (
            "Gesetz zum Schutz vor Gewalttaten",
            "§ 1 Das Gericht hat die Maßnahmen zu treffen, die erforderlich sind.",
            DocumentKind.LAW,
        ),
        (
            "Wehrdisziplinarordnung",
            "§ 1 Dieses Gesetz regelt die Würdigung von Leistungen der Soldaten.",
            DocumentKind.CODE_OF_CONDUCT,
        ),
        ("Zákon o Policii České republiky", "Policie je jednotný ozbrojený bezpečnostní sbor, který slouží.", DocumentKind.LAW),
        ("中华人民共和国反家庭暴力法", "第一条 为了预防和制止家庭暴力,保护家庭成员的合法权益,制定本法。", DocumentKind.LAW),
    ],
)
def test_the_kind_is_told_in_languages_without_a_grammar(read, title: str, text: str, kind: DocumentKind) -> None:
    assert read(f"# {title}\n\n{text}").kind is kind


def test_every_fact_that_was_read_stands_in_the_text(shared: Path) -> None:
    """On real laws: ranges lie in the text, and none in force is taken for a draft or a bill."""
    listed = [s for s in corpus.read_manifest(shared / "corpus" / "manifest.csv").sources if s.path.endswith(".md")]
    taken = [s for s in listed if s.kind is DocumentKind.LAW and "bill" not in s.path][::6]
    assert len(taken) > 20
    for source in taken:
        document = run.read(Source(source.path, Path(source.path).name, country=source.country))
        assert not isinstance(document, Failure)
        assert document.status not in ("draft", "bill", "repealed"), source.path
        for fact in document.facts:
            assert fact.value and (fact.start is None) == (fact.end is None)
            if fact.start is not None and fact.end is not None:
                assert 0 <= fact.start < fact.end <= len(document.text)


@pytest.mark.parametrize("language", sorted(path.stem for path in (folder() / "identity").glob("*.yaml")))
def test_the_files_of_how_documents_name_themselves_load(language: str) -> None:
    identity = identity_of(language)
    assert identity.months == () or len(identity.months) == 12
    several = [*identity.issuers, *identity.forms, *identity.cited, *identity.numbers, *identity.dated, *identity.jurisdictions]
    several += [pattern for standing in identity.statuses.values() for pattern in standing.lines]
    for pattern in several:
        re.compile(pattern.replace("{date}", "x").replace("{country}", "x"))
    assert not identity.jurisdictions or countries_of(language)


def test_a_title_of_the_file_that_breaks_off_is_read_to_its_end(read) -> None:
    text = "---\ntitle: Rules and Regulations of the\n---\n\n# Rules and Regulations of the Board of Police\n\nThe chief decides."
    assert read(text).title == "Rules and Regulations of the Board of Police"
    assert read(text.replace("Regulations of the\n---", "Regulations II\n---")).title == "Rules and Regulations II"
