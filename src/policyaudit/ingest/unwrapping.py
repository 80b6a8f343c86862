"""Paragraphs put together again where a source broke them at the width of a page."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from policyaudit.ingest.blocks import Block, Role
from policyaudit.ingest.letters import join_lines
from policyaudit.ingest.marks import begins_unit, ends_unit

WIDEST = 140  # letters; a page is no wider
_LONGEST = 20_000  # letters of a paragraph; what runs on longer is no broken sentence
_TEXT = (Role.PARAGRAPH, Role.ITEM)


def broken_lines(text: str, *, hard: bool) -> list[str]:
    """A paragraph with line ends in it as the paragraphs it holds. ``hard`` says that the source meant the line ends: then
    only a line that begins in lower case goes on with the one before; otherwise only a number or bullet begins anew."""
    parts: list[str] = []
    for line in text.split("\n"):
        line = line.strip()
        if not line:
            continue
        if not parts or _begins(line, parts[-1], hard):
            parts.append(line)
        else:
            parts[-1] = join_lines(parts[-1], line)
    return parts


def _begins(line: str, before: str, hard: bool) -> bool:
    if begins_unit(line):
        return hard or ends_unit(before) or before.endswith((",", "-", "—", "–")) or len(before) < 60
    return hard and (ends_unit(before) or not line[0].islower())


def lines_are_paragraphs(text: str) -> bool:
    """Whether a text has a line for each paragraph: many lines are longer than any page is wide."""
    lengths = [len(line) for line in text.split("\n") if line.strip()]
    return sum(length > 2 * WIDEST for length in lengths) > 0.1 * len(lengths)


def rejoined(blocks: list[Block]) -> list[Block]:
    """The blocks, with paragraphs that go on in the next one made whole, if that happens throughout the document."""
    open_ends, width, headings = _habits(blocks)
    if not (open_ends or headings):
        return blocks
    joined: list[Block] = []
    last = 0  # letters of the last line of the paragraph at hand
    for block in blocks:
        before = joined[-1] if joined else None
        if before is not None and headings and _heading_goes_on(before, block):
            joined[-1] = replace(before, text=join_lines(before.text, block.text), role=Role.PARAGRAPH, level=0)
        elif before is not None and open_ends and _goes_on(before, block, last, width):
            joined[-1] = replace(before, text=join_lines(before.text, block.text))
        else:
            joined.append(block)
        last = len(block.text)
    return joined


def _goes_on(before: Block, block: Block, last: int, width: int) -> bool:
    if before.role not in _TEXT or ends_unit(before.text) or begins_unit(block.text) or len(before.text) > _LONGEST:
        return False
    if block.role is Role.HEADING:
        # A line that a converter took for a heading since it begins like one: it goes on and ends as a sentence.
        return last >= 0.6 * (width or WIDEST) and block.text.endswith(".") and not block.text.isupper()
    if block.role is not Role.PARAGRAPH or before.text.isupper() != block.text.isupper():
        return False
    return _is_cut(before, block) or (width > 0 and last >= 0.75 * width)


def _is_cut(before: Block, block: Block) -> bool:
    """Whether a paragraph ends within a sentence and the next begins within one."""
    return block.text[0].islower() and not ends_unit(before.text) and not begins_unit(block.text)


def _heading_goes_on(before: Block, block: Block) -> bool:
    """Whether a converter took the first line of an article for a heading, and its rest for a paragraph."""
    return (
        before.role is Role.HEADING
        and block.role is Role.PARAGRAPH
        and before.text[-1].isalnum()
        and begins_unit(before.text)
        and _is_cut(before, block)
    )


def _habits(blocks: list[Block]) -> tuple[bool, int, bool]:
    """(whether paragraphs are cut within sentences, letters in a full line or 0 if not all lines are cut, whether
    headings are cut)."""
    lengths = []
    pairs = cuts = headings = 0
    for before, block in pairwise(blocks):
        headings += _heading_goes_on(before, block)
        if before.role in _TEXT and block.role is Role.PARAGRAPH:
            pairs += 1
            if _is_cut(before, block):
                cuts += 1
                if len(before.text) <= WIDEST:
                    lengths.append(len(before.text))
    lengths.sort()
    throughout = len(lengths) >= 5 and len(lengths) >= 0.04 * pairs
    return cuts >= 3, lengths[len(lengths) * 9 // 10] if throughout else 0, headings >= 3
