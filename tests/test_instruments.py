"""The instruments that a document points to."""

from __future__ import annotations

import pytest

from making import document
from policyaudit.match.instruments import instruments
from policyaudit.model import TextKind


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        (
            "en",
            "Arrest follows the Criminal Procedure Act, 1977, and section 5 of the Penal Code.",
            ["Criminal Procedure Act, 1977", "Penal Code"],
        ),
        (
            "en",
            "Under the Arms and Ammunition Act, 1996 (Act No. 7 of 1996) a permit lapses.",
            ["Act No. 7 of 1996", "Arms and Ammunition Act, 1996"],
        ),
        ("en", "This Act does not limit the Act on which the order rests.", []),
        ("en", "An officer acts under 750 ILCS 60/304.", ["750 ILCS 60/304"]),
        (
            "es",
            "Se aplica el Código Procesal Penal y la Ley N° 20.066, de 2005.",
            ["Código Procesal Penal", "Ley N° 20.066, de 2005"],
        ),
        (
            "es",
            "La presente ley rige la Convención Interamericana para Prevenir la violencia.",
            ["Convención Interamericana para Prevenir"],
        ),
    ],
)
def test_names_of_acts_are_read(language: str, line: str, names: list[str]) -> None:
    assert sorted(found.name for found in instruments(document(line, language=language), language)) == names


def test_one_act_with_and_without_its_year_is_one_and_its_places_are_kept() -> None:
    text = document("1. The Police Act, 1990, applies.", "2. The Police Act applies to cadets.", "3. So does the Prisons Act.")
    first, second = instruments(text, "en")
    assert (first.name, first.times, first.places) == ("Police Act, 1990", 2, ("1.", "2."))
    assert text.text[first.start : first.end] == "Police Act, 1990"
    assert second.name == "Prisons Act"


def test_the_document_itself_and_its_table_of_contents_point_nowhere() -> None:
    text = document("The Police Act", "1. The Orders Act, 2003, is this one.", kinds={0: TextKind.CONTENTS}, title="Orders Act")
    assert instruments(text, "en") == ()
