"""Paragraphs put together again where a source broke them at the width of a page."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from policyaudit.ingest.blocks import Block, Role
from policyaudit.ingest.letters import join_lines
from policyaudit.ingest.marks import begins_unit, ends_unit

WIDEST = 140  # letters; a page is no wider
_TEXT = (Role.PARAGRAPH, Role.ITEM)


def broken_lines(text: str, *, hard: bool) -> list[str]:
    """A paragraph with line ends in it as the paragraphs it holds. ``hard`` says that the source meant the line ends."""
    parts: list[str] = []
    for line in text.split("\n"):
        line = line.strip()
        if not line:
            continue
        if parts and not (begins_unit(line) and _clause_ends(parts[-1])) and not (hard and ends_unit(parts[-1])):
            parts[-1] = join_lines(parts[-1], line)
        else:
            parts.append(line)
    return parts


def _clause_ends(text: str) -> bool:
    return ends_unit(text) or text.endswith((",", "-", "—", "–")) or len(text) < 60


def rejoined(blocks: list[Block]) -> list[Block]:
    """The blocks, with paragraphs that go on in the next one made whole, if that happens throughout the document."""
    width = _width(blocks)
    if not width:
        return blocks
    joined: list[Block] = []
    last = 0  # letters of the last line of the paragraph at hand
    for block in blocks:
        if joined and _goes_on(joined[-1], block, last, width):
            joined[-1] = replace(joined[-1], text=join_lines(joined[-1].text, block.text))
        else:
            joined.append(block)
        last = len(block.text)
    return joined


def _goes_on(before: Block, block: Block, last: int, width: int) -> bool:
    if before.role not in _TEXT or ends_unit(before.text) or begins_unit(block.text):
        return False
    if block.role is Role.HEADING:
        # A line that a converter took for a heading since it begins like one: it goes on and ends as a sentence.
        return last >= 0.6 * width and block.text.endswith(".") and not block.text.isupper()
    if block.role is not Role.PARAGRAPH or before.text.isupper() != block.text.isupper():
        return False
    return block.text[0].islower() or (last >= 0.75 * width and not before.text.isupper())


def _width(blocks: list[Block]) -> int:
    """Letters in a full line, or 0 if the paragraphs are whole."""
    lengths = []
    pairs = 0
    for before, block in zip(blocks, blocks[1:], strict=False):
        if before.role in _TEXT and block.role is Role.PARAGRAPH and before.text and block.text:
            pairs += 1
            if not ends_unit(before.text) and block.text[0].islower() and len(before.text) <= WIDEST:
                lengths.append(len(before.text))
    if len(lengths) < 5 or len(lengths) < 0.04 * pairs:
        return 0
    lengths.sort()
    return lengths[len(lengths) * 9 // 10]
