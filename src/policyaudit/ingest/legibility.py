"""How legible a text is: the share of its words that the dictionary of its language knows (simplemma).

Names, acronyms and numbers count neither way. Torn words, words run together and letters without a meaning count against
it. What is read of it as a threshold stands in ``quality.yaml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path

import simplemma
from pydantic import BaseModel, ConfigDict

from policyaudit.datafile import load
from policyaudit.ingest import identify
from policyaudit.model import Page

_SIGNS = ".,;:!?()[]{}<>«»“”„\"'‘’`´*_-–—/|•·…§°ºª&+=%$£€#@~^"
_INSIDE = re.compile(r"[-'’‘/.,;:()\[\]“”\"\u00ad–—|&+]+")
_ODD = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufffd\ufffe\uffff\U000f0000-\U0010ffff]")
_GLYPH = re.compile(r"\(cid:\d+\)")
_WORD = re.compile(r"[a-z\u00df-\u024f]{3,}")
_VOWELS = frozenset("aeiouy")
_NO_VOWEL = 0.2  # of the words; no language of Latin letters comes near it
_UNUSUAL = re.compile(r"[^\t-\x7f\u00a0-\u024f\u2010-\u2027\u2030-\u205e]")  # letters and signs of print are passed over
_ACRONYM = 6  # letters of one at most
_LETTERS_APART = 5  # one word in five may be a single letter; more of them are words torn into letters


class Quality(BaseModel):
    """The thresholds of ``quality.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    languages: tuple[str, ...]
    least_words: int
    sample: int
    recognised_confidence: float
    recognised_legibility: float
    suspect_legibility: float
    suspect_under_image: float
    native_legibility: float
    odd_letters: float
    few_words: int
    image_share: float
    drawn_paths: int
    stamped_words: int


@cache
def quality() -> Quality:
    """The thresholds, read once."""
    return load(Path(str(resources.files("policyaudit"))) / "ingest" / "quality.yaml", Quality)


class Dictionary:
    """Tells words of one language; every word is looked up once."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._known: dict[str, bool | None] = {}

    def judge(self, token: str) -> bool | None:
        """Whether a token is a word; None for one that says nothing: a number, a sign, a name, an acronym."""
        word = token.strip(_SIGNS)
        if len(word) == 1:  # a letter that stands alone is a label where it has a sign beside it, else a word or a torn one
            return self._of(word) if word == token else None
        return self._of(word) if word else None

    def _of(self, word: str) -> bool | None:
        try:
            return self._known[word]
        except KeyError:
            found = self._known[word] = self._judged(word)
            return found

    def _judged(self, word: str) -> bool | None:
        if _GLYPH.search(word) or odd_letters(word):
            return False
        word = unicodedata.normalize("NFKC", word)
        if not word.isalpha():
            parts = [part for part in _INSIDE.split(word) if part]
            if len(parts) > 1:
                judged = [found for part in parts if len(part) > 1 and (found := self._of(part)) is not None]
                return all(judged) if judged else None
            if any(letter.isdigit() for letter in word):
                return None
            return False if any(letter.isalpha() for letter in word) else None
        if simplemma.is_known(word, lang=self._language) or simplemma.is_known(word.lower(), lang=self._language):
            return True
        if len(word) == 1 or (word.isupper() and len(word) <= _ACRONYM):
            return None
        return None if word[:1].isupper() and word[1:].islower() else False

    def share(self, tokens: Iterable[str]) -> float | None:
        """The share of these tokens that are words, to two places; None where too few can be judged."""
        known = unknown = silent = letters = 0
        for token, times in Counter(tokens).items():
            found = self.judge(token)
            if found is None:
                silent += times * token[:1].isalpha()
            elif found:
                known += times
                letters += times * (len(token) == 1)
            else:
                unknown += times
        if silent > known + unknown:  # names and acronyms do not fill a page: these are letters mapped wrongly
            unknown += silent
        total = known + unknown
        torn = max(0, letters - total // _LETTERS_APART)
        return round((known - torn) / total, 2) if total >= quality().least_words else None


@cache
def dictionary(language: str) -> Dictionary | None:
    """The dictionary of a language by its ISO 639-1 code; None where there is none that is full enough."""
    return Dictionary(language) if language in quality().languages else None


def legibility(text: str, language: str) -> float | None:
    """The share of a text's words that are words of the language, from an even sample; None where that cannot be told."""
    words = dictionary(language)
    return words.share(sampled(text)) if words else None


def page_legibility(text: str, language: str) -> float | None:
    """As ``legibility``, for a page that may be in another language than its document; None too where it is in one whose
    words are not known, and looks like one."""
    share = legibility(text, language)
    if share is None or share >= quality().suspect_legibility:
        return share
    other = identify.language(text)[0]
    if other == language:
        return share
    again = legibility(text, other)
    return max(share, again) if again is not None else share if _no_language(text) else None


def _no_language(text: str) -> bool:
    """Whether a text is in no language of Latin letters at all: torn into letters, or too many words without a vowel."""
    tokens = text.split()
    if 2 * sum(len(token) == 1 and token.isalpha() for token in tokens) > len(tokens):
        return True
    words = [unicodedata.normalize("NFKD", word) for word in _WORD.findall(text.lower())]
    return sum(not _VOWELS.intersection(word) for word in words) > _NO_VOWEL * len(words)


def judged(pages: Sequence[Page], text: str, language: str) -> tuple[tuple[Page, ...], float | None]:
    """The pages with the legibility of each, those that cannot be read marked so, and the legibility of the whole text."""
    found = []
    for page in pages:
        share = page_legibility(text[page.start : page.end], language)
        found.append(replace(page, legibility=share, has_text=page.has_text and _readable(page.recognised, share)))
    return tuple(found), legibility(text, language)


def _readable(recognised: float | None, share: float | None) -> bool:
    limits = quality()
    if recognised is None:
        return share is None or share >= limits.native_legibility
    return recognised >= limits.recognised_confidence and (share is None or share >= limits.recognised_legibility)


def sampled(text: str) -> list[str]:
    """Tokens of a text, spread evenly over it."""
    tokens = text.split()
    return tokens[:: -(-len(tokens) // quality().sample)] if tokens else []


def odd_letters(text: str) -> int:
    """How many characters have no meaning: private use, replacement signs, control characters."""
    return 0 if text.isprintable() and "\ufffd" not in text else len(_ODD.findall(text))
