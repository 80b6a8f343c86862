"""Sentences that a page end, or the line ends of a source, broke over several blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from policyaudit.ingest.blocks import Block, Role
from policyaudit.ingest.marks import NAMED, begins_unit
from policyaudit.ingest.numbering import generic_mark
from policyaudit.languages import stamps, unfinished

if TYPE_CHECKING:
    from policyaudit.ingest.pieces import Piece

_LABEL = 12  # letters; what is shorter may be the name of a field
_LONGEST_STAMP = 260
_SHORT = 30
_LINE = 60
_TWO_SENTENCES = re.compile(r"[^\W\d]{3}\.\s+[^\W\d_]\w*\s")
_LONG_HEADING = 160


def unbroken(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with the foot and head of a page that stand inside a sentence put after it."""
    index = 0
    while index < len(blocks):
        yield blocks[index]
        index += 1
        if blocks[index - 1].role is Role.FURNITURE:
            continue  # nothing goes on with it, and of thousands in a row each would look through all that follow
        after = index
        while after < len(blocks) and blocks[after].role is Role.FURNITURE:
            after += 1
        if index < after < len(blocks) and goes_on(blocks[index - 1], blocks[after]):
            yield blocks[after]
            yield from blocks[index:after]
            index = after + 1


def without_stamps(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, the stamps of digital signatures among them made page furniture: they stand inside sentences."""
    return [replace(block, role=Role.FURNITURE) if _is_stamp(block) else block for block in blocks]


@cache
def _stamp() -> re.Pattern[str]:
    return re.compile("|".join(stamps()), re.IGNORECASE)


def _is_stamp(block: Block) -> bool:
    plain = block.role in (Role.PARAGRAPH, Role.ITEM) and len(block.text) < _LONGEST_STAMP
    return plain and _stamp().match(block.text) is not None


def goes_on(before: Piece | Block, block: Block) -> bool:
    """Whether a block is the rest of a sentence that breaks off in the paragraph before it."""
    if block.given is not None or before.language != block.language:
        return False
    if _breaks_off(before, block):
        return True
    broken = before.role is Role.HEADING and block.role is Role.PARAGRAPH and _TWO_SENTENCES.search(before.text)
    if not (broken or before.role in (Role.PARAGRAPH, Role.ITEM)) or block.role not in (Role.PARAGRAPH, Role.HEADING, Role.ITEM):
        return False
    last = before.text[-1:]
    begins_low = block.text.lstrip(" \"“«‘'")[:1].islower()
    if not begins_low or len(before.text) <= _SHORT:
        return False
    open_end = last.isalpha() or last == "," or (len(before.text) > _LINE and (last == ")" or last.isdigit()))
    return open_end and generic_mark(block.text) is None


def _breaks_off(before: Piece | Block, block: Block) -> bool:
    """Whether a paragraph ends on a word that no sentence ends with, so that the next is its rest, whatever its first letter. A
    heading is a broken paragraph only if it begins as an article does; another heading goes on with it in lower case only."""
    text = before.text
    if not text[-1:].islower() or len(text) <= _LABEL or text[text.rfind(" ") + 1 :] not in unfinished():
        return False
    if before.role not in (Role.PARAGRAPH, Role.ITEM) and not (before.role is Role.HEADING and begins_unit(text)):
        return False
    if block.role is Role.HEADING and not block.text[0].islower():
        return False
    return block.role in (Role.PARAGRAPH, Role.HEADING) and not begins_unit(block.text)


def is_sentence(text: str) -> bool:
    """Whether the lines that a source set as a heading are an article, or a sentence, and no heading."""
    return NAMED.match(text) is not None or len(text) > _LONG_HEADING or text.endswith((".", ";", ","))
