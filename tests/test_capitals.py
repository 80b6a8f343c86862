"""Titles and headings in capitals drop their accents; what they say is found all the same."""

from __future__ import annotations

import pytest

from making import document, rubric
from policyaudit.match import Matcher


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("es", "violencia doméstica", "LEY DE ERRADICACION DE LA VIOLENCIA DOMESTICA"),
        ("es", "violencia de género", "LEY CONTRA LA VIOLENCIA DE GENERO"),
        ("pt", "violência doméstica", "LEI DA VIOLENCIA DOMESTICA"),
        ("pt", "proteção da vítima", "PROTECCAO DA VITIMA"),
        ("fr", "autorité de sécurité", "AUTORITE DE SECURITE"),
    ],
)
def test_capitals_without_accents_are_read(language: str, term: str, text: str) -> None:
    made = rubric({"concept": [term]}, {"a": [{"all": ["concept"]}]}, language=language)
    assert [m.concept for m in Matcher(made).read(document(text, language=language)).mentions] == ["concept"]
