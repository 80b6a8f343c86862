"""The word forms in which text and terms are compared: dictionary form, no accents, numbers as one sign, articles left out.

Only inflection is undone (simplemma's dictionaries), never derivation: *respectful* is not *respect*.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

import simplemma

_EITHER = re.compile(r"\(\w{1,3}\)?$")  # "victim(s)", "niño(a)": spaCy leaves the bracket at the word
# "agent·e·s", "agent.e.s", "policier(ère)s": the ending for the other gender
_BOTH = re.compile(r"(?<=[^\W\d]{3})(?:[·•‧∙.](?=[^\W\d]{1,5}(?:$|[·•‧∙.]))[^\W\d]+(?:[·•‧∙.]s)?|\([^\W\d]{1,4}\)s)$")
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

    def __init__(
        self,
        language: str,
        *,
        skip: frozenset[str],
        same: Mapping[str, str],
        numbers: frozenset[str],
        rewrite: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.language = language
        self._rewrite = [(re.compile(pattern), by) for pattern, by in rewrite.items()]
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
        word = _EDGES.sub("", _EITHER.sub("", _BOTH.sub("", word)))
        if not word:
            return None
        if word in self.skip:
            return None
        if word in self.numbers or word[0].isdigit():
            return NUMBER
        same = self.same.get(word)
        return plain(self._dictionary(word) if same is None else same) or None

    def _dictionary(self, word: str) -> str:
        """The dictionary form. Where a language has patterns for what its dictionary does not know, they are tried and the
        outcome is looked up again: *acções* -> *acção* -> *ação*, *proibidas* -> *proibido* -> *proibir*."""
        seen: set[str] = set()
        while word not in seen:
            seen.add(word)
            form = simplemma.lemmatize(word, lang=self.language).split(",")[0]
            if not self._rewrite:
                return form
            if form == word:
                form = next((pattern.sub(by, word) for pattern, by in self._rewrite if pattern.search(word)), word)
            word = form
        return word
