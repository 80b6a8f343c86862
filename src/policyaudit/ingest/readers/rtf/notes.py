"""Footnotes and endnotes of Rich Text, each with the sign by which the text points to it."""

from __future__ import annotations

import re

from policyaudit.ingest.numerals import numeral
from policyaudit.ingest.readers.rtf.words import COUNTED

_FORM = re.compile(r"(a?)ftnn(ar|alc|auc|rlc|ruc)")
_OWN = ("*", "†", "‡", "§")


class Notes:
    """The notes of the paragraph or table at hand, and how far those of each kind have been counted."""

    def __init__(self) -> None:
        self.signed = False  # the note at hand has its number in it
        self.waiting: list[str] = []
        self.counts = {False: 0, True: 0}  # whether they stand at the end of the document -> how many there were
        self.forms = {False: "1", True: "i"}
        self.starts = {False: 1, True: 1}

    def heeds(self, word: str, value: int | None) -> bool:
        """Takes up a control word that says how notes are counted; whether it was one."""
        form = _FORM.fullmatch(word)
        if form:
            self.forms[bool(form[1])] = COUNTED[form[2]]
        elif word in ("ftnstart", "aftnstart"):
            self.starts[word == "aftnstart"] = 1 if value is None else value
        return form is not None or word in ("ftnstart", "aftnstart")

    def add(self, text: str, *, at_end: bool) -> None:
        """A note, which is counted unless it has a sign of its own."""
        signed, self.signed = self.signed, False
        if not text:
            return
        if text.startswith(_OWN) and not signed:
            self.waiting.append(text)
            return
        self.waiting.append(f"{numeral(self.starts[at_end] + self.counts[at_end], self.forms[at_end])} {text}")
        self.counts[at_end] += 1

    def said(self) -> list[str]:
        """The notes that wait, which wait no longer."""
        waiting, self.waiting = self.waiting, []
        return waiting
