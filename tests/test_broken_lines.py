"""Sentences that a source broke over paragraphs, so that who must act stood apart from what they must do."""

from __future__ import annotations

import time

import pytest

from policyaudit.ingest.blocks import Block, Role
from policyaudit.ingest.marks import has_leaders
from policyaudit.ingest.sentences import unbroken
from policyaudit.model import DocumentKind, TextKind
from test_structure import body, kind_of, paths, read


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("es", "Promover, a través del Consejo Federal de la", "Función Pública, acciones de formación."),
        ("fr", "Le ministre transmet chaque année le rapport aux", "Assemblées, avec ses recommandations."),
        ("pt", "O Ministro apresenta todos os anos o relatório da", "Polícia, com as suas recomendações."),
        ("en", "Each year the Minister shall lay a report before the", "National Assembly, with recommendations."),
    ],
)
def test_a_paragraph_that_ends_on_a_word_that_ends_no_sentence_goes_on(language: str, first: str, second: str) -> None:
    document = read(f"# Plan\n{first}\n{second}", language, DocumentKind.ACTION_PLAN)
    assert kind_of(document, f"{first} {second}") is TextKind.OPERATIVE


def test_the_lines_of_an_article_that_were_set_as_headings_are_its_text() -> None:
    """As laws on Argentine web pages: each line a heading or paragraph of its own."""
    lines = (
        Block("Ley de Capacitación", Role.TITLE),
        Block("Art. 1° - La formación es obligatoria para todas las personas.", Role.HEADING, level=5),
        Block("Art. 2° - Las máximas autoridades de los organismos referidos en el", Role.HEADING, level=5),
        Block("artículo 1°, con la colaboración de sus oficinas de", Role.HEADING, level=5),
        Block("género, garantizarán la formación."),
        Block("Art. 3° - Rige desde hoy.", Role.HEADING, level=5),
    )
    document = read(list(lines), "es")
    assert paths(document, "article") == ["art. 1", "art. 2", "art. 3"]
    assert body(document, "art. 2").startswith("Las máximas autoridades de los organismos referidos en el artículo 1°, con")
    assert body(document, "art. 2").endswith("género, garantizarán la formación.")


def test_a_short_first_line_is_no_sentence() -> None:
    text = '# Ley\nARTICULO 1 — La situación de\n"actividad" es la del personal que presta servicio.\nARTICULO 2 — Rige.'
    assert body(read(text, "es"), "art. 1") == 'La situación de "actividad" es la del personal que presta servicio.'


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("La comisión se integra por representantes de los", "Artículo 2. La comisión se reúne cada mes."),
        ("La comisión se integra por representantes de los", "a) ministerios;"),
        ("La comisión rinde cuentas cada año.", "Función Pública: acciones de formación."),
    ],
)
def test_what_begins_anew_is_not_drawn_in(first: str, second: str) -> None:
    document = read(f"# Ley\nArtículo 1. Se crea.\n{first}\n{second}", "es")
    assert kind_of(document, second) is TextKind.OPERATIVE


@pytest.mark.parametrize(
    ("language", "stamp"),
    [
        ("es", "Firmado digitalmente por PAZ LUZ Ana FAU 2013 soft Motivo: Doy V° B°"),
        ("fr", "Signé électroniquement par Anne PAIX"),
        ("pt", "Documento assinado digitalmente por ANA PAZ"),
        ("en", "Digitally signed by Ann ROSE Date: 2022.05.13"),
    ],
)
def test_the_stamp_of_a_signature_on_a_page_breaks_no_sentence(language: str, stamp: str) -> None:
    first, second = "123 La 456 789 123 456 789 123 456 con", "abc 123 456 789."
    document = read(f"# Plan\n{first}\n{stamp}\n{second}", language, DocumentKind.ACTION_PLAN)
    assert kind_of(document, stamp) is TextKind.FURNITURE
    assert kind_of(document, f"{first} {second}") is TextKind.OPERATIVE


def test_items_numbered_with_a_point_and_a_raised_letter() -> None:
    """As Spain's and Portugal's official journals number the items below a letter."""
    text = "# Ley\nArtículo 1. Se aplicará a:\na) las víctimas directas;\nb) las indirectas:\n1.º A su cónyuge.\n2.º A sus hijos."
    assert paths(read(text, "es"), "item") == ["art. 1(a)", "art. 1(b)", "art. 1(b)(1)", "art. 1(b)(2)"]


def test_thousands_of_lines_of_dashes_are_passed_quickly() -> None:
    blocks = [Block("Article 1. The police shall act.", Role.PARAGRAPH), *[Block("-----", Role.FURNITURE)] * 30_000]
    began = time.process_time()
    assert list(unbroken(blocks)) == blocks
    assert time.process_time() - began < 2


def test_a_row_of_thousands_of_dots_is_passed_quickly() -> None:
    began = time.process_time()
    assert not has_leaders("Name: " + ". " * 20_000 + "of the applicant")
    assert has_leaders("1. Scope" + ". " * 20_000 + "12")
    assert time.process_time() - began < 2
