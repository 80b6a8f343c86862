"""Footnotes and endnotes of a Word document, each with the sign by which the text points to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policyaudit.ingest.letters import clean
from policyaudit.ingest.numerals import numeral
from policyaudit.ingest.word.elements import W, number, value
from policyaudit.ingest.word.lists import FORMS
from policyaudit.ingest.word.package import Package
from policyaudit.ingest.word.runs import text_of

_USUAL = {"footnote": "decimal", "endnote": "lowerRoman"}
_SIGNS = "*†‡§"  # which Word doubles where they run out


class Notes:
    """The notes of a document. ``counts`` is how far the text has come to point to those of each kind."""

    def __init__(self, package: Package) -> None:
        self.texts = dict(_texts(package))
        self.counts = dict.fromkeys(_USUAL, 0)
        self.forms: dict[str, str] = {}
        self.starts: dict[str, int] = {}
        section = next(package.body.iter(f"{W}sectPr"), None)
        for kind, usual in _USUAL.items():
            said = [holder for holder in (section, package.settings) if holder is not None]
            self.forms[kind] = next((form for one in said if (form := value(one, f"{kind}Pr/numFmt"))), usual)
            self.starts[kind] = next((start for one in said if (start := number(one, f"{kind}Pr/numStart")) is not None), 1)

    def of(self, element: Any) -> Iterator[str]:
        """The notes that a paragraph or table points to, in their order, and counts them."""
        for reference in element.iter(f"{W}footnoteReference", f"{W}endnoteReference"):
            kind = "footnote" if reference.tag == f"{W}footnoteReference" else "endnote"
            text = self.texts.get((kind, reference.get(f"{W}id") or ""))
            if not text:
                continue
            if reference.get(f"{W}customMarkFollows") in ("1", "true", "on"):
                yield text  # which begins with its own sign
                continue
            yield f"{_sign(self.starts[kind] + self.counts[kind], self.forms[kind])} {text}"
            self.counts[kind] += 1


def _texts(package: Package) -> Iterator[tuple[tuple[str, str], str]]:
    for kind, root in package.notes.items():
        for note in root.findall(f"{W}{kind}") if root is not None else ():
            if note.get(f"{W}type") in (None, "normal"):
                yield (kind, note.get(f"{W}id") or ""), clean(" ".join(text_of(part) for part in note.iter(f"{W}p")))


def _sign(count: int, form: str) -> str:
    if form == "chicago" and count > 0:
        return _SIGNS[(count - 1) % len(_SIGNS)] * ((count - 1) // len(_SIGNS) + 1)
    return numeral(count, FORMS.get(form, "1"))
