"""How a term is written in terms/<lang>/*.yaml, taken apart.

protection order            by dictionary form: also "protection orders"; articles and hyphens do not count
(issue|grant) an order      alternatives; an empty one makes a part optional: order (of|) protection
refuse .. complaint         at most 3 words between, in one sentence
refuse ... complaint        at most 10 words between
within <n> hours            a number, in digits or words
=may                        this very form (case and accents do not count); =18 this very number
(fail .. report|omit)       alternatives may hold gaps, and brackets of their own
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

ANY_NUMBER = "<n>"
GAPS = {"..": 3, "...": 10, "…": 10}
_GROUP = re.compile(r"\(([^()]*)\)")
_GAP = re.compile(r"\s*(?:(?<=\s)|^)(\.\.\.|\.\.|…)(?=\s|$)\s*")


def readings(term: str) -> Iterator[tuple[list[list[str]], list[int]]]:
    """Every way to read a term, as ``parse`` gives it: alternatives with gaps or brackets in them one by one, and with and
    without the parts that may be left out."""
    for plain in _unnested(term):
        yield from ways(*parse(plain))


def _unnested(term: str) -> Iterator[str]:
    """The term without gaps and brackets inside its alternatives: "(a .. b|c) d" -> "a .. b d", "c d"."""
    for start, end in _outermost(term):
        inside = term[start + 1 : end]
        if "(" in inside or _GAP.search(f" {inside} "):
            for alternative in _alternatives(inside):
                yield from _unnested(term[:start] + alternative + term[end + 1 :])
            return
    yield term


def _outermost(term: str) -> Iterator[tuple[int, int]]:
    """Where the outermost brackets open and close."""
    depth = start = 0
    for at, sign in enumerate(term):
        if sign == "(":
            start, depth = (at if depth == 0 else start), depth + 1
        elif sign == ")" and depth:
            depth -= 1
            if depth == 0:
                yield start, at


def _alternatives(inside: str) -> list[str]:
    """What stands between the bars that are in no bracket."""
    result, depth = [""], 0
    for sign in inside:
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            result.append("")
        else:
            result[-1] += sign
    return result


def expand(text: str) -> list[str]:
    """Every way to read the alternatives of a term: "(a|b) c" -> ["a c", "b c"]."""
    pieces = _GROUP.split(text)
    choices = [[piece] if index % 2 == 0 else piece.split("|") for index, piece in enumerate(pieces)]
    return [" ".join("".join(combination).split()) for combination in itertools.product(*choices)]


def parse(term: str) -> tuple[list[list[str]], list[int]]:
    """A term as its parts, each with the phrases that may stand there, and the gaps between them."""
    pieces = _GAP.split(f" {term.strip()} ")
    parts = [expand(piece.strip()) for piece in pieces[::2]]
    gaps = [GAPS[sign] for sign in pieces[1::2]]
    return parts, gaps


def ways(parts: list[list[str]], gaps: list[int]) -> Iterator[tuple[list[list[str]], list[int]]]:
    """A term with all its parts, and without those that may be left out because one of their alternatives is empty; the
    gaps on both sides are then one."""
    for at, phrases in enumerate(parts):
        if "" in phrases and len(parts) > 1:
            filled = [phrase for phrase in phrases if phrase]
            if filled:
                yield from ways([*parts[:at], filled, *parts[at + 1 :]], gaps)
            joined = [sum(gaps[at - 1 : at + 1])] if 0 < at < len(parts) - 1 else []
            yield from ways([*parts[:at], *parts[at + 1 :]], [*gaps[: max(0, at - 1)], *joined, *gaps[at + 1 :]])
            return
    yield parts, gaps
