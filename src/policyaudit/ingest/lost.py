"""Articles whose label stands within a line, found again where a number is missing between two articles.

Old acts have the note in the margin before the number, and text recognition runs the two together: "Application 7.-(1) ...".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from policyaudit.ingest.blocks import Role
from policyaudit.ingest.numbering import UnitFinder, generic_mark
from policyaudit.ingest.pieces import Piece, after_label
from policyaudit.ingest.sequence import Node, is_article
from policyaudit.languages import Grammar
from policyaudit.model import TextKind

_MOST = 3  # numbers missing in a row that are looked for
_NOT_COUNTED = (TextKind.QUOTED, TextKind.INSERTED, TextKind.REPEALED)


def places(text: str, nodes: Sequence[Node]) -> list[int]:
    """Where, in the text, the labels of missing articles stand: each in the one place between its neighbours where its number
    follows a word and opens a sentence or a first subsection, with the form of label that they have."""
    found: list[int] = []
    articles = [node for node in nodes if is_article(node) and node.kind not in _NOT_COUNTED]
    for before, after in pairwise(articles):
        missing = range(int(before.value) + 1, int(after.value))
        if before.value % 1 or after.value % 1 or not 0 < len(missing) <= _MOST or not before.number.isdigit():
            continue
        begin = before.body
        for number in missing:
            several = list(_label(number).finditer(text, begin, after.start))
            if len(several) == 1:
                begin = several[0].start()
                found.append(begin)
    return found


def opened(pieces: Sequence[Piece], found: Sequence[int], finder: UnitFinder, grammar: Grammar) -> Iterator[Piece]:
    """The pieces, cut before each of these places, what begins there with the mark of a section."""
    for piece in pieces:
        inside = [at for at in found if piece.start < at < piece.end and piece.role in (Role.PARAGRAPH, Role.ITEM)]
        if not inside:
            yield piece
            continue
        for start, end in pairwise([piece.start, *inside, piece.end]):
            text = piece.text[start - piece.start : end - piece.start].rstrip()
            part = replace(piece, start=start, end=start + len(text), text=text)
            if start == piece.start:
                yield part
            else:
                yield from after_label(
                    replace(part, mark=generic_mark(text), inline=True, section=True, term=False), finder, grammar
                )


def _label(number: int) -> re.Pattern[str]:
    return re.compile(rf"(?<=[^\W\d][ \t\n]){number}\s?\.\s?(?:[-–—]{{1,3}}\s?(?=\([1Il]\)\s)|(?=[A-ZÁÉÍÓÚ][^\W\d]+\s))")
