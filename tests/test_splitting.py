"""Words that a source runs together or tears apart: cut for matching, at the source's offsets, only where that is common."""

from __future__ import annotations

import pytest
import spacy

from making import document, rubric
from policyaudit.match import Matcher
from policyaudit.match.language import context_of
from policyaudit.match.splitting import run_together
from policyaudit.match.stream import words_of

CLEAN = {
    "fr": "La police et les femmes de la région participent à la sécurité avec le soutien de la société civile. "
    "Les victimes de violences sont entendues par la justice et le ministère protège les droits des femmes. ",
    "es": "La policía y las mujeres de la región participan en la seguridad con el apoyo de la sociedad civil. "
    "Las víctimas de la violencia son oídas por la justicia y el ministerio protege los derechos de las mujeres. ",
    "en": "The police and the women of the region take part in security with the support of civil society. "
    "The victims of violence are heard by the court and the ministry protects the rights of women in the country. ",
    "pt": "A polícia e as mulheres da região participam na segurança com o apoio da sociedade civil. "
    "As vítimas de violência são ouvidas pela justiça e o ministério protege os direitos das mulheres. ",
}
TOGETHER = {
    "fr": "lespolicières desfemmes lasociété lajustice desvictimes lesdroitsdesfemmes LeprésentPAN2définit protègelesvictimes",
    "es": "delasmujeres lasociedad lajusticia lasvíctimas losderechosdelasmujeres Elministerio laviolencia protegelasvíctimas",
    "en": "ofthewomen civilsociety thecourt thevictims therightsofwomen theministry ofviolence protectsthevictims",
    "pt": "dasmulheres asociedade ajustiça asvítimas osdireitosdasmulheres dajustiça daviolência protegeasvítimas",
}
APART = {
    "fr": {"lesdroitsdesfemmes": "les droits des femmes", "protègelesvictimes": "protège les victimes"},
    "es": {"losderechosdelasmujeres": "los derechos de las mujeres", "protegelasvíctimas": "protege las víctimas"},
    "en": {"therightsofwomen": "the rights of women", "protectsthevictims": "protects the victims"},
    "pt": {"osdireitosdasmulheres": "os direitos das mulheres", "protegeasvítimas": "protege as vítimas"},
}


def cut(text: str, language: str) -> dict[str, str]:
    """Each word that is cut, as the source has it, and its pieces."""
    context = context_of(language)
    little = frozenset((*context.stopwords, *context.skip, *context.same, *context.numbers))
    doc = spacy.blank(language)(text)
    found = {}
    for pieces in run_together(text, language, words_of(doc), little=little, endings=frozenset(context.endings)).values():
        for word, start, end in pieces:
            assert "".join(text[start:end].split()) == word
        if pieces:
            found[text[pieces[0][1] : pieces[-1][2]]] = " ".join(word for word, _, _ in pieces)
    return found


@pytest.mark.parametrize("language", sorted(CLEAN))
def test_words_run_together_are_taken_apart(language: str) -> None:
    found = cut(CLEAN[language] * 6 + TOGETHER[language], language)
    assert {word: found.get(word) for word in APART[language]} == APART[language]


def test_a_name_with_figures_inside_is_told_from_the_words_around_it() -> None:
    assert cut(CLEAN["fr"] * 6 + TOGETHER["fr"], "fr")["LeprésentPAN2définit"] == "Le présent PAN 2 définit"


def test_a_word_torn_in_two_is_whole_again() -> None:
    torn = CLEAN["fr"] * 6 + TOGETHER["fr"] + " Les régionauxetint ernationaux de la société et la partici pation des femmes."
    found = cut(torn, "fr")
    assert found["régionauxetint ernationaux"] == "régionaux et internationaux"
    assert found["partici pation"] == "participation"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "hacerlo comunicarse gratuitamente Antabamba Chachapoyas Pacasmayo oficial(es alterno(a) desubsidiariedad"),
        ("fr", "effectivement généralement Kinshasa Lubumbashi entrepreneuriat MONUSCO sexospécifique"),
        ("en", "policewoman Chesterfield whistleblower safeguarding cyberbullying ombudswoman"),
        ("pt", "livremente gratuitamente Inhambane feminicídio fazê-lo informá-la"),
    ],
)
def test_a_clean_text_is_left_alone(language: str, words: str) -> None:
    assert cut(CLEAN[language] * 6 + words, language) == {}
    assert cut(f"{CLEAN[language] * 6} {words} " + CLEAN[language] * 30 + TOGETHER[language].split(" ")[0], language) == {}


def test_concepts_are_found_in_words_run_together_and_quoted_as_printed() -> None:
    line = "1. " + CLEAN["en"] * 4 + TOGETHER["en"] + " Thepoliceshall protectthevictims ofviolence."
    read = document(line)
    small = rubric({"victims": ["protect .. victim"]}, {"a": [{"all": ["victims"]}]})
    (mention,) = [m for m in Matcher(small).read(read).mentions if read.text[m.start :].startswith("protectthe")]
    assert read.text[mention.start : mention.end] == "protectthevictims"
