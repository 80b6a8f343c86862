"""How paragraphs and list items begin and end in print, whatever their language."""

from __future__ import annotations

import re

from policyaudit.ingest.letters import BULLETS

BULLET = re.compile(rf"[{BULLETS}\uf000-\uf0ff]|[-‒–—*o]\s")
"""The sign of a list item without a number."""

NUMBER = re.compile(
    r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxlcIVXLC]{2,6})(?:[.)°º]+|[.]?[-–—]+)(?=\s|[A-ZÀ-Þ(\[\"“]|$)"
    r"|\d+(?:\.\d+)+\s|§"
)
"""The number or letter of a list item, paragraph or article: "1." "(a)" "iv)" "3.2.1" "5°" """

NAMED = re.compile(r"[A-ZÀ-Þ][\wÀ-ÿ]{1,14}\.?\s+(?:\d{1,4}|[IVXLC]{1,7})(?:\s?[ºª°o])?\s?(?:[.:–—-]|$)")
"""A capitalised word and a number with its point: how articles begin, whatever the language calls them."""

WORD = re.compile(r"(?=[ivxlc]{0,2}[abd-hjkm-uwyz])[a-z]{3}")
"""The beginning of a word in small letters that is no Roman number: none of the signs above. Seen sooner than their absence."""

NOTE = re.compile(r"\d{1,3}(?=\D)|[*†‡]|\[\d{1,3}\]|\(\d{1,3}\)")
"""The sign of a footnote."""

# Only from the first dot of a row: from each of thousands, one would look through all that follow.
LEADERS = re.compile(r"\s*(?<![.…_·])(?<![.…_·]\s)(?:[.…_·]\s?){4,}\s*([\divxlc]+)?\s*$", re.IGNORECASE)
"""The end of a line of a table of contents: dots, and a page number."""

_CLOSING = "\"'”’»)]*"
_ENDING = ".;:!?…"


def has_leaders(text: str) -> bool:
    """Whether the text ends as a line of a table of contents does. Nearly no line holds dots at all, so those go first."""
    dotted = ".." in text or ". ." in text or "…" in text or "__" in text or "·" in text
    return dotted and LEADERS.search(text) is not None


def begins_unit(text: str) -> bool:
    """Whether the text begins with a bullet, a number or the name and number of an article."""
    return bool(BULLET.match(text) or NUMBER.match(text) or NAMED.match(text))


def ends_unit(text: str) -> bool:
    """Whether the text ends as a sentence, or as a clause before a list or in one, does."""
    bare = text.rstrip(_CLOSING)
    return bool(bare) and bare[-1] in _ENDING


_ADDRESS = re.compile(r"https?://\S+")


def is_address(text: str) -> bool:
    """Whether a text is hardly more than addresses of web pages: where a file was found, what a banner links to."""
    return "http" in text and sum(len(found[0]) for found in _ADDRESS.finditer(text)) > 0.6 * len(text)


def without_leaders(text: str) -> str:
    """A line of a table of contents with its row of dots made one sign."""
    return LEADERS.sub(lambda match: f" … {match.group(1) or ''}", text).strip()
