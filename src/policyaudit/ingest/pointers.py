"""Lists of the laws that a document rests on: a line that only names another instrument commands nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policyaudit.ingest import headings
from policyaudit.ingest.numbering import fold
from policyaudit.ingest.patterns import either
from policyaudit.ingest.sequence import Node
from policyaudit.languages import Grammar
from policyaudit.model import TextKind

_LONGEST = 500  # letters of a line that names an instrument and says what it is about
_NAMED_WITHIN = 160  # letters of its beginning in which its number or year stands
_SHORT = 110  # letters of a line that may name it without either
_UNITS = ("text", "item", "row")
_MARK = re.compile(r"^(?:[\W_]+|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z])[.)]\s+)+")


def mark(text: str, nodes: Sequence[Node], grammar: Grammar, *, owned: frozenset[int]) -> None:
    """Lines that only name an instrument, under a heading such as "Legal framework", are background; a measure among those of
    a heading that is background as a whole is not. ``owned``: nodes that had a kind before any was handed down."""
    if not grammar.pointers or not grammar.instruments:
        return
    before = "|".join(grammar.naming) or "(?!)"
    opening = re.compile(rf"(?:{before})?(?:{'|'.join(grammar.instruments)})\b")
    naming = re.compile(rf"\b(?:{'|'.join(grammar.instruments)})\b")
    commands = either(grammar.commands)
    for head in nodes:
        if not head.heading or head.unit == "article" or not headings.is_called(headings.named(head.heading), grammar.pointers):
            continue
        for node in _under(head):
            if node.unit not in _UNITS or node.end - node.body > _LONGEST or id(node) in owned:
                continue
            said = text[node.body : node.end].strip()
            command = commands.search(_MARK.sub("", said.lower())) is not None
            plain = _MARK.sub("", fold(said))
            if node.kind is TextKind.BACKGROUND:
                if node.unit == "item" and command and not naming.search(plain):
                    node.kind = None
            elif node.kind in (None, TextKind.ANNEX) and not command and opening.match(plain):
                known = len(plain) < _SHORT or any(map(str.isdigit, plain[:_NAMED_WITHIN]))
                node.kind = TextKind.BACKGROUND if known else node.kind


def _under(head: Node) -> Iterator[Node]:
    for child in head.children:
        yield child
        yield from _under(child)
