"""spaCy token patterns, tried on the tokens of a sentence in which the term's anchor stands."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.matcher import Matcher as TokenMatcher
from spacy.tokens import Span


def find(matcher: TokenMatcher, span: Span) -> Iterator[tuple[int, int, int]]:
    """(pattern's key, first character, one past the last) of the matches within a span."""
    for key, first, last in matcher(span):
        part = span[first:last]
        yield key, part.start_char, part.end_char
