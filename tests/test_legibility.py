"""Legibility: the share of words that are words, and what is made of it."""

from __future__ import annotations

import pytest

from policyaudit.ingest.legibility import judged, legibility, quality
from policyaudit.model import Page

ENGLISH = "The court shall issue a protection order on the day on which it is applied for, without a fee. " * 3
SPANISH = "Las mujeres que sufren violencia tienen derecho a la protección del Estado y a una reparación justa. " * 3


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (SPANISH, "es")])
def test_good_text_is_legible(text: str, language: str) -> None:
    assert (legibility(text, language) or 0) >= 0.95


def test_names_numbers_and_acronyms_count_neither_way() -> None:
    assert legibility(ENGLISH + "Ouagadougou Kigali UNSCR 1325 (2000) A/RES/48/104 § 3 " * 4, "en") == legibility(ENGLISH, "en")


@pytest.mark.parametrize(
    "text",
    [
        "".join(chr(ord(c) - 29) if c.isalpha() else c for c in ENGLISH),  # a font without its mapping
        " ".join(ENGLISH.replace(" ", "")),  # torn into letters
        "".join(
            ENGLISH.split()[number] + (" " if number % 4 == 3 else "") for number in range(len(ENGLISH.split()))
        ),  # run together
        ENGLISH.replace("e", "\ue065").replace("t", "\ue074"),
        "(cid:12)(cid:7)(cid:31) " * 40,
    ],
)
def test_text_that_no_one_can_read_is_not(text: str) -> None:
    assert (legibility(text, "en") or 0) < quality().suspect_legibility


def test_too_few_words_say_nothing() -> None:
    assert legibility("Annex I", "en") is None
    assert legibility(ENGLISH, "xx") is None


def test_a_page_below_the_thresholds_counts_as_not_read() -> None:
    torn = " ".join(ENGLISH.replace(" ", ""))
    text = ENGLISH + torn + SPANISH + ENGLISH
    ends = [len(ENGLISH), len(ENGLISH + torn), len(text) - len(ENGLISH), len(text)]
    pages = [Page(1, 0, ends[0]), Page(2, ends[0], ends[1]), Page(3, ends[1], ends[2]), Page(4, ends[2], ends[3], recognised=0.5)]
    found, whole = judged(pages, text, "en")
    assert [page.has_text for page in found] == [True, False, True, False]  # Spanish is legible; the last scan is not sure
    assert found[0].legibility is not None and found[0].legibility > 0.9
    assert whole is not None and whole < found[0].legibility
