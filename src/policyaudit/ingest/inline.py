"""Marks inside a paragraph: where an item, or a section without a word before its number, could begin there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyaudit.ingest.numbering import fold
from policyaudit.languages import Grammar

_BARE = re.compile(r"(?<=\s)(?P<number>\d{1,3}[A-Z]?)\s?\.\s?[-–—]{1,3}\s?(?=\((?:1|I|l)\)\s)")


def inner_bare(text: str) -> Iterator[int]:
    """Where, inside a paragraph, a section without a word before its number could begin: "... Order 4.—(1) The court"."""
    if "(1)" in text or "(I)" in text or "(l)" in text:
        for match in _BARE.finditer(text):
            yield match.start()


_INLINE = re.compile(
    r"""(?P<before>^|[;:.,—–\-)\]”"»]|\s[-–—])(?:\s+|(?:(?<=[—–])|(?<=[.:]-))(?=\())(?P<join>[^\W\d]+(?:/[^\W\d]+)?\s+)?
    (?P<mark>\((?:\d{1,2}[A-Z]{0,2}|[a-z]{1,4}|[a-z]{1,2}[A-Z]{1,2})\)(?=[\s“"])|(?<![\w(])\d{1,2}\s?°\s|(?<![\w(])[a-zñ]\)\s|(?<![\w(.])\d{1,2}\.\s(?=[A-ZÁÉÍÓÚ]))""",
    re.VERBOSE,
)


_NUMBER_STOP = re.compile(r"\.\s[A-ZÁÉÍÓÚ](?<=\d\.\s.)")  # what is rarer stands first

# "shall (a) respond; (b) record": the first of a list may stand after a plain word, if the second stands after a stop.
_FIRST = re.compile(r"(?P<word>[^\W\d]+)\s+(?P<mark>\((?P<number>a|i|1)\))\s")
_SECOND = {key: re.compile(rf"[;,:]\s+(?:[^\W\d]+\s+)?\({value}\)\s") for key, value in {"a": "b", "i": "ii", "1": "2"}.items()}


def unmarked(text: str, start: int) -> bool:
    """Whether no mark can stand in a paragraph: most hold none, and that is quickly seen."""
    return ")" not in text and "°" not in text and not _NUMBER_STOP.search(text, start)


def inline_marks(text: str, grammar: Grammar, start: int = 0) -> Iterator[int]:
    """Where, inside a paragraph, a mark could open an item: after a stop, or after the word that joins the last item."""
    if unmarked(text, start):
        return
    joins = grammar.joins
    firsts = _FIRST.finditer(text, start) if any(first in text for first in ("(a)", "(i)", "(1)")) else ()
    for match in firsts:
        if fold(match["word"]) not in grammar.references and _SECOND[match["number"]].search(text, match.end()):
            yield match.start("mark")
    for match in _INLINE.finditer(text, start):
        join = (match["join"] or "").strip().lower()
        before = match["before"].strip()
        if join and (join not in joins or before not in (";", ",")):
            continue
        if before == "," and not join:
            continue
        yield match.start("mark")
