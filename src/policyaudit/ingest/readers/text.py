"""Plain text: one line a paragraph, paragraphs between blank lines, or lines broken at the width of a page."""

from __future__ import annotations

import re
from itertools import pairwise

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.blocks import AS_USUAL, Block, Manner, RawDocument, Role
from policyaudit.ingest.decoding import decode, is_text, mended
from policyaudit.ingest.letters import clean, join_lines
from policyaudit.ingest.marks import BULLET, begins_unit, ends_unit, has_leaders, is_address, without_leaders
from policyaudit.ingest.unwrapping import WIDEST, rejoined

FORMAT = "text"
EXTENSIONS = (".txt", ".text")
READS_TEXT = True

_MARKUP = re.compile(rb"\s*(?:<\?xml|<!doctype|<html|\{\\rtf)", re.IGNORECASE)


def recognises(head: bytes) -> bool:
    """Whether the bytes are text and not plainly markup of another kind."""
    return (
        is_text(head)
        and b"%PDF-" not in head[:1024]
        and not _MARKUP.match(head.replace(b"\0", b"")[:200].lstrip(b"\xef\xbb\xbf\xff\xfe"))
    )


def read(data: bytes, *, name: str, manner: Manner = AS_USUAL) -> RawDocument:
    """The text as paragraphs. Raises UnreadableDocument if it is no text or empty."""
    source, faults = mended(decode(data))
    lines = [line.rstrip() for line in source.replace("\f", "\n\n").split("\n")]
    if not any(lines):
        raise UnreadableDocument("The file has no text in it. Check that the document was saved whole.")
    width = _wrap_width(lines)
    texts = _unwrapped(lines, width) if width else [line for line in lines if line]
    blocks = [_block(text) for text in map(clean, texts) if text]
    return RawDocument(tuple(blocks if width else rejoined(blocks)), warnings=faults)


def _block(text: str) -> Block:
    if has_leaders(text):
        return Block(without_leaders(text), Role.CONTENTS)
    if is_address(text):
        return Block(text, Role.FURNITURE)
    return Block(text, Role.ITEM if BULLET.match(text) else Role.PARAGRAPH)


def _wrap_width(lines: list[str]) -> int:
    """Letters of a full line in a text broken at a width; 0 for a text with a line for each paragraph.

    Lines that are followed at once by another are looked at: in a broken text nearly all of them are about as long as
    the longest, and the line after often goes on in lower case.
    """
    inner = [(line, after) for line, after in pairwise(lines) if line.strip() and after.strip()]
    if not inner or max(len(line) for line in lines) > WIDEST:
        longest = sorted(len(line) for line in lines if line.strip())
        # One long line, an address or a heading, does not make a broken text a text of long lines.
        if not inner or longest[len(longest) * 98 // 100] > WIDEST:
            return 0
    going_on = sum(1 for line, after in inner if after.lstrip()[:1].islower() and not ends_unit(line))
    if len(inner) < 2 or going_on < 0.25 * len(inner):
        return 0
    lengths = sorted(len(line) for line, _ in inner)
    return lengths[len(lengths) * 9 // 10]


def _unwrapped(lines: list[str], width: int) -> list[str]:
    paragraphs: list[str] = []
    last = ""  # the line before, "" after a blank line
    for line in lines:
        text = line.strip()
        if text and last and not _begins(text, line, last, width):
            paragraphs[-1] = join_lines(paragraphs[-1], text)
        elif text:
            paragraphs.append(text)
        last = line if text else ""
    return paragraphs


def _begins(text: str, line: str, last: str, width: int) -> bool:
    """Whether a line begins a paragraph although no blank line stands before it."""
    room = width - len(last)
    if begins_unit(text) and (ends_unit(last) or room > 0.2 * width):
        return True
    if len(text.split(" ", 1)[0]) + 1 < room - 0.15 * width and (ends_unit(last) or not text[0].islower()):
        return True
    indent, before = len(line) - len(line.lstrip()), len(last) - len(last.lstrip())
    return indent > before + 1 and ends_unit(last)
