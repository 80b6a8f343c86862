"""What a document is: its language and its kind, guessed where the source does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from py3langid.langid import LanguageIdentifier, _load_identifier

from policyaudit.ingest.numbering import fold
from policyaudit.languages import Grammar, KindCues
from policyaudit.languages.identity import Identity
from policyaudit.model import DocumentKind

# Languages in which laws are written and that a text could be taken for; the fewer, the surer the guess.
LANGUAGES = (
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "gl", "he", "hi", "hr", "hu", "id",
    "is", "it", "ja", "ko", "lt", "lv", "mk", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "th",
    "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip
_SAMPLE = 2000
_FIRST_PAGES = 6000
_OPENING = 1500
_ADOPTED = 4.0
_SIGNS = re.compile(r"[\W_]+")


@cache
def _identifier() -> LanguageIdentifier:
    return _load_identifier(langs=list(LANGUAGES))


def language(text: str) -> tuple[str, bool]:
    """The ISO 639-1 code of the language in which most of the text is written, and whether all of it looks like that."""
    votes = list(_votes(text))
    best = max(votes, key=lambda vote: (votes.count(vote), -votes.index(vote)))
    return best, len(set(votes)) == 1


def other_language(text: str, supposed: str) -> str | None:
    """The language that all of a text looks like, where that is not the supposed one; else None, mostly after one sample."""
    heard = None
    for vote in _votes(text):
        if vote == supposed or (heard is not None and vote != heard):
            return None
        heard = vote
    return heard


def _votes(text: str) -> Iterator[str]:
    """The language of each of three samples of a text, or of all of a short one."""
    if len(text) <= 3 * _SAMPLE:
        samples = [text]
    else:
        samples = [text[at : at + _SAMPLE] for at in (len(text) // 4, len(text) // 2, 3 * len(text) // 4)]
    for sample in samples:
        yield str(_identifier().classify(_words(sample))[0])


def _words(text: str) -> str:
    return re.sub(r"https?://\S+|[\d_|*#]+", " ", text)


@lru_cache(maxsize=64)
def worded(text: str) -> str:
    """The words of a text as cues are compared: in lower case, without accents and signs, a space at either end."""
    return f" {_SIGNS.sub(' ', fold(text)).strip()} "


@cache
def cue_pattern(cue: str) -> re.Pattern[str]:
    """A cue as a pattern over what ``worded`` gives; a star in it stands for any letters."""
    words = [r"\w*".join(re.escape(worded(part).strip()) for part in word.split("*")) for word in cue.split()]
    return re.compile(f"(?<= ){' '.join(words)}(?= )")


def kind_cues(grammar: Grammar, identity: Identity) -> dict[DocumentKind, KindCues]:
    """What tells the kinds in a language: its grammar knows, or, for a language without, the file of its ways of naming."""
    return grammar.kinds or identity.kinds


def kind(title: str, name: str, text: str, grammar: Grammar, identity: Identity, *, articles: int) -> tuple[DocumentKind, str]:
    """The kind that the cues of title, first pages and structure speak for most, a law where nothing speaks; and the words
    of the title that spoke for it, "" where none did."""
    said, named = worded(title), worded(name)
    first = fold(text[:_FIRST_PAGES])
    opening = worded(first[:_OPENING])
    adopts = "|".join(worded(phrase).strip() for phrase in grammar.adopts) or "(?!)"
    several = kind_cues(grammar, identity)
    scores: dict[DocumentKind, float] = {}
    words: dict[DocumentKind, str] = {}
    for candidate in DocumentKind:
        cues = several.get(candidate)
        score = 0.0
        if cues:
            hits = [(cue, match[0]) for cue in cues.title if (match := cue_pattern(cue).search(said))]
            found = [2.0 + 0.3 * cue.count(" ") for cue, _ in hits]
            words[candidate] = max((hit for _, hit in hits), key=len, default="")
            # "Act" or "Decree" is the form of many an instrument whose title also says what it is.
            score += max(found, default=0.0) if candidate is DocumentKind.LAW else 1.5 * sum(found)
            score += sum(1.0 for cue in cues.title if cue_pattern(cue).search(named))
            if candidate is not DocumentKind.LAW:
                # A decree that approves a plan is read for the plan.
                names = "|".join(cue_pattern(cue).pattern[6:-5] for cue in cues.title)
                adopted = re.compile(rf" (?:{adopts}) (?:\w+ ){{0,4}}?(?:{names}) ")
                score += _ADOPTED if adopted.search(said) else 0.75 * _ADOPTED if adopted.search(opening) else 0.0
            score += sum(min(first.count(fold(cue)), 2) * 0.5 for cue in cues.text)
        scores[candidate] = score
    if articles >= 5:
        scores[DocumentKind.LAW] += 1.5
    best = max(scores.values())
    if best <= 0:
        return DocumentKind.LAW if articles or not several else DocumentKind.OPERATIONAL_POLICY, ""
    chosen = next(candidate for candidate in DocumentKind if scores[candidate] == best)
    return chosen, words.get(chosen, "")


def has_cue(said: str, several: dict[DocumentKind, KindCues]) -> bool:
    """Whether words, as ``worded`` gives them, name a kind of document."""
    return any(cue_pattern(cue).search(said) for cues in several.values() for cue in cues.title)


def is_any(patterns: Sequence[str], line: str) -> bool:
    """Whether one of the patterns of a language's file is found in a line."""
    folded = fold(line).strip()
    return any(re.search(pattern, folded) for pattern in patterns)
