"""Phrases and near terms are found all at once in columns: here against the plainest way to find them, on texts of chance."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import pytest

from policyaudit.match.kinds import near as near_terms
from policyaudit.match.language import context_of
from policyaudit.match.stream import Stream
from policyaudit.match.vocabulary import Vocabulary

WORDS = ["police", "court", "order", "victim", "report", "case", "file", "send"]
Phrase = tuple[str, ...]
Near = tuple[list[list[Phrase]], list[int]]  # parts, each with the phrases that may stand there, and the gaps between


def made(seed: int) -> tuple[str, dict[str, list[Phrase]], dict[str, Near]]:
    """A text of sentences, phrases by name, and near terms by name."""
    chance = random.Random(seed)

    def phrase() -> Phrase:
        return tuple(chance.choice(WORDS) for _ in range(chance.randint(1, 3)))

    def sentence() -> str:
        signs = ["", "", "", ","]
        return " ".join(chance.choice(WORDS) + chance.choice(signs) for _ in range(chance.randint(3, 40))).rstrip(",")

    text = ". ".join(sentence() for _ in range(12)) + "."
    phrases = {f"phrase {number}": [phrase() for _ in range(chance.randint(1, 4))] for number in range(12)}
    near = {}
    for number in range(20):
        parts = [[phrase() for _ in range(chance.randint(1, 3))] for _ in range(chance.randint(2, 4))]
        near[f"near {number}"] = (parts, [chance.choice([3, 10]) for _ in parts[1:]])
    return text, phrases, near


def standing(phrases: Sequence[Phrase], words: Sequence[str], sentence: Sequence[int]) -> list[tuple[int, int]]:
    """Where any of some phrases stands within one sentence, in order."""
    found = set()
    for first in range(len(words)):
        for phrase in phrases:
            last = first + len(phrase)
            if tuple(words[first:last]) == phrase and sentence[first] == sentence[last - 1]:
                found.add((first, last))
    return sorted(found)


def runs(parts: list[list[tuple[int, int]]], gaps: list[int], stream: Stream, end: int) -> Iterator[int]:
    """Where a run may end that goes on behind the word before ``end``, the nearest way first."""
    if not parts:
        yield end
        return
    places, sentence = stream.places, stream.sentence
    for first, last in parts[0]:
        if first >= end and sentence[first] == sentence[end - 1] and places[first] - places[end - 1] - 1 <= gaps[0]:
            yield from runs(parts[1:], gaps[1:], stream, last)


def longest(hits: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [one for one in sorted(set(hits)) if not any(o != one and o[0] <= one[0] and one[1] <= o[1] for o in hits)]


@pytest.mark.parametrize("seed", range(40))
def test_what_is_found_at_once_is_what_the_plainest_search_finds(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near_terms, "BLOCK", 7 if seed % 2 else near_terms.BLOCK)
    text, phrases, near = made(seed)
    vocabulary = Vocabulary(context_of("en"), "en")
    for name, several in phrases.items():
        vocabulary.add(name, [" ".join(one) for one in several])
    for name, (parts, gaps) in near.items():
        signs = {3: " .. ", 10: " ... "}
        term = "(" + "|".join(" ".join(one) for one in parts[0]) + ")"
        for part, gap in zip(parts[1:], gaps, strict=True):
            term += signs[gap] + "(" + "|".join(" ".join(one) for one in part) + ")"
        vocabulary.add(name, [term])
    ends = [at + 1 for at, sign in enumerate(text) if sign == "."]
    spans = [(start, end, 0, False) for start, end in zip([0, *(end + 1 for end in ends)], ends, strict=False)]
    stream = vocabulary.stream(text, spans)
    words, sentence = stream.compared(0, len(stream)), stream.sentence.tolist()
    expected = {name: longest(standing(several, words, sentence)) for name, several in phrases.items()}
    for name, (parts, gaps) in near.items():
        places = [standing(part, words, sentence) for part in parts]
        starts = [(first, next(runs(places[1:], gaps, stream, last), None)) for first, last in places[0]]
        expected[name] = longest([(first, end) for first, end in starts if end is not None])
    assert dict(vocabulary.hits(stream)) == {name: hits for name, hits in expected.items() if hits}
    assert any(name.startswith("near") for name, hits in expected.items() if hits)
