"""Which terms of a language are heard in some texts, term by term: for those who keep a vocabulary in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from policyaudit.match.language import context_of
from policyaudit.match.vocabulary import Vocabulary
from policyaudit.rubric import Wording


def unheard(language: str, terms: Mapping[str, Wording], texts: Iterable[str]) -> list[tuple[str, int]]:
    """(concept, position of the term in its list) of every phrase or near term that stands in none of the texts.

    Each text counts as one sentence, so that only the words decide. Token patterns and regular expressions are left out.
    """
    vocabulary = Vocabulary(context_of(language), language)
    wanted: dict[str, tuple[str, int]] = {}
    for concept, wording in terms.items():
        for index, term in enumerate(wording.terms):
            if isinstance(term, str):
                name = f"{concept} {index}"
                wanted[name] = (concept, index)
                vocabulary.add(name, [term])
    for text in texts:
        for name in vocabulary.hits(vocabulary.stream(text, [(0, len(text), 0, False)])):
            wanted.pop(name, None)
    return list(wanted.values())


def killed(language: str, wording: Wording) -> list[int]:
    """Positions of the terms that the concept's own exclusions always take away: every way to read them holds, word for
    word, an excluded phrase."""
    if not wording.exclude:
        return []
    vocabulary = Vocabulary(context_of(language), language)
    vocabulary.add("excluded", wording.exclude)
    result = []
    for index, term in enumerate(wording.terms):
        if isinstance(term, str):
            said = vocabulary.said(term)
            if said and all("excluded" in vocabulary.hits(vocabulary.stream(text, [(0, len(text), 0, False)])) for text in said):
                result.append(index)
    return result
