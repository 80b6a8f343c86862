"""Numbers of sections that stand otherwise in the text than they are meant: behind the sign of a footnote ("42. Definitions" is
section 2 with note 4), with a letter read for a figure ("L2, Right to health") or torn apart ("1 5. Orders")."""

from __future__ import annotations

import re

from policyaudit.ingest import headings
from policyaudit.ingest.numbering import Mark
from policyaudit.ingest.pieces import Piece

_FIRSTS = frozenset("0123456789LlIiOoSBZz|")
_FIGURES = str.maketrans("LlIi|OoSBZz", "11111005822")
_LABEL = re.compile(
    r"\s*['‘’]?(?P<number>[0-9LlIiOoSBZz|](?:\s?[0-9LlIiOoSBZz|]){0,2})\s?(?P<stop>[.,:;])\s?[-–—]*\s*(?=[\[(“\"A-ZÁÉÍÓÚ])"
)
_NOTED = re.compile(r"\s*(?P<number>\d{2,4})\s?\.\s?[-–—]*\s*(?=[\[(“\"A-ZÁÉÍÓÚ])")
_TITLED = re.compile(r"(?P<title>[^.;:]{3,160}?)[.,:;]\s?[-–—_]")


def meant(piece: Piece, wanted: int, words: headings.SentenceWords) -> Mark | None:
    """The mark of the section that goes on with a run of sections without a word before their number, ``wanted`` being the next
    number, where a paragraph only bears another because of a note's sign or of letters read amiss; None if it bears none of
    these. Only what has the heading of a section is one."""
    text = piece.text
    if text.lstrip(" \t'‘’")[:1] not in _FIRSTS:
        return None
    noted = _NOTED.match(text)
    if noted and noted["number"].endswith(str(wanted)) and 0 < len(noted["number"]) - len(str(wanted)) <= 2:
        if headings.length(text[noted.end() :], headed=False, words=words):
            return _mark(noted.end(), wanted)
        return None
    misread = _LABEL.match(text)
    if misread is None or (misread["number"].isdigit() and misread["stop"] == "."):
        return None
    if misread["number"].replace(" ", "").translate(_FIGURES) != str(wanted):
        return None
    titled = _TITLED.match(text, misread.end())
    return _mark(misread.end(), wanted) if titled and not words.count(titled["title"]) else None


def _mark(end: int, wanted: int) -> Mark:
    return Mark(end, str(wanted), ((".1", float(wanted)),))
