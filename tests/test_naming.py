"""Which countries a text names."""

from __future__ import annotations

from policyaudit import codes
from policyaudit.ingest.naming import countries_named


def test_words_of_scripts_with_vowel_signs_are_whole() -> None:
    law = "বাংলাদেশ সরকার এই আইন প্রণয়ন করিল। পুলিশ কর্মকর্তা পরিদর্শন করিবেন।"
    assert countries_named(law, "bn") == (("BGD", 1),)
    assert countries_named("पुलिस अधिकारी भारत में सूचना देंगे।", "hi") == (("IND", 1),)


def test_accents_and_signs_make_no_other_country() -> None:
    assert countries_named("La policía del Perú, y la del PERU.", "es") == (("PER", 2),)
    assert codes.country_in("Côte d’Ivoire_police-act") == ("CIV", "Côte d Ivoire")
