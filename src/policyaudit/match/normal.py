"""The word forms in which text and terms are compared: dictionary form, no accents, numbers as one sign, articles left out.

Only inflection is undone (simplemma's dictionaries), never derivation: *respectful* is not *respect*.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import simplemma

_EITHER = re.compile(r"\(\w{1,3}\)?$")  # "victim(s)", "niño(a)": spaCy leaves the bracket at the word
NUMBER = "#"
STOPS = frozenset(".,;:?!")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")  # "not-" at the opening of a list is "not"


def plain(word: str) -> str:
    """Lower case, without accents; ligatures and typographic forms undone."""
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return "".join(ch for ch in decomposed if not unicodedata.combining(ch))


def bare(word: str) -> str:
    """The very form of a word, for terms that ask for it: lower case, without accents and without signs at its edges."""
    return plain(_EDGES.sub("", word))


class Normaliser:
    """Gives the compared form of a word of one language; every form is worked out once."""

    def __init__(self, language: str, *, skip: frozenset[str], same: Mapping[str, str], numbers: frozenset[str]) -> None:
        self.language = language
        self.skip = skip
        self.same = same
        self.numbers = numbers
        self._known: dict[str, str | None] = {}

    def __call__(self, word: str) -> str | None:
        """The compared form of a token; None for one that is left out (articles, quotation marks, dashes, brackets)."""
        lower = word.lower()
        try:
            return self._known[lower]
        except KeyError:
            form = self._known[lower] = self._form(lower)
            return form

    def _form(self, word: str) -> str | None:
        if word in STOPS:
            return word
        word = _EDGES.sub("", _EITHER.sub("", word))
        if not word:
            return None
        if word in self.skip:
            return None
        if word in self.numbers or word[0].isdigit():
            return NUMBER
        word = self.same.get(word, word)
        return plain(simplemma.lemmatize(word, lang=self.language)) or None
