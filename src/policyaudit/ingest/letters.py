"""Letters as every reader hands them on: the characters that typesetting adds are taken out or made plain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable

BULLETS = "•▪◦●○■□◆◇►▶▸➢➤✓✔‣⁃∙·❖"

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_NOTHING = [0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_CONTROL = [code for code in [*range(0x20), *range(0x7F, 0xA0)] if code not in (0x09, 0x0A, 0x0D)]
_TABLE: dict[int, str | None] = {
    **_LIGATURES,
    **dict.fromkeys(_CONTROL, " "),
    **dict.fromkeys(_NOTHING),
    # Symbol and Wingdings fonts put their signs, nearly always bullets, at these private places.
    **dict.fromkeys(range(0xF000, 0xF100), "•"),
    0x2010: "-",  # hyphen and non-breaking hyphen are one sign to a reader of words
    0x2011: "-",
}
# Letters and signs of European print that stay as they are. The soft hyphen is left out, and whatever may join with another.
_AS_IT_IS = "!-~\u00a1-\u00ac\u00ae-\u017f\u2012-\u2015\u2018-\u201f\u2026"
_PLAIN = re.compile(rf"[{_AS_IT_IS}]+(?: [{_AS_IT_IS}]+)*")
_COMPOUND = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_HYPHENS = {0x2010: "-", 0x2011: "-"}
_EDGES = re.compile(r"^\W+|\W+$|['’]\w*$")
_SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """The text on one line, in composed letters, with ligatures undone and invisible characters taken out."""
    if _PLAIN.fullmatch(text):
        return text
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text.translate(_TABLE))).strip()


def join_lines(first: str, second: str, *, compounds: Container[str] = ()) -> str:
    """Two lines of one paragraph as running text. A hyphen at the end of the first is healed only between letters and
    before a lower-case one, and not in a word that the document elsewhere writes with its hyphen (see ``compounds_in``)."""
    if not first or not second:
        return first or second
    if len(first) > 1 and first[-1] == "-" and first[-2].isalpha() and second[0].isalpha():
        left, right = first[:-1].rsplit(" ", 1)[-1], second.split(" ", 1)[0]
        written = _EDGES.sub("", f"{left}-{right}").lower()
        # A word with another hyphen in it was hyphenated by its writer: "on-the-" "job".
        real = not second[0].islower() or "-" in left or "-" in right.strip("-") or written in compounds
        return first + second if real else first[:-1] + second
    if first[-1] in "/–—" and second[0].isalpha() and len(first) > 1 and not first[-2].isspace():
        return first + second
    return f"{first} {second}"


def compounds_in(lines: Iterable[str]) -> frozenset[str]:
    """The words that a text writes with a hyphen within its lines, in lower case."""
    plain = (line if line.isascii() else line.translate(_HYPHENS) for line in lines)
    return frozenset(word.lower() for line in plain if "-" in line for word in _COMPOUND.findall(line))
