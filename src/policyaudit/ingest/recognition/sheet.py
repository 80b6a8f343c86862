"""What recognition makes of a page: its lines with their boxes, the way up, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from policyaudit.ingest.recognition.ruling import NO_RULES, Ruling

LEAST = 0.5
"""Confidence under which a line is no text but a stamp, a scribble or the edge of the paper."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A stretch of a printed line. Its box is in pixels of the page as turned upright, y downwards, tilt undone."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float  # in [0, 1]
    turned: bool = False  # runs up or down the page, across its other lines
    beside: bool = False  # a note in the margin, beside the text


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as recognised. ``turn`` is how it was turned to stand upright, in quarter turns against the clock."""

    width: int
    height: int
    turn: int
    found: tuple[Printed, ...]
    ruling: Ruling = NO_RULES

    @property
    def lines(self) -> tuple[Printed, ...]:
        """The lines that are text."""
        return tuple(line for line in self.found if line.confidence >= LEAST)

    @property
    def confidence(self) -> float | None:
        """Mean confidence of all that was found, weighted by letters, to two places; None where there is nothing."""
        weight = sum(len(line.text) for line in self.found)
        if not weight:
            return None
        return round(sum(line.confidence * len(line.text) for line in self.found) / weight, 2)

    def as_data(self) -> dict[str, Any]:
        """The sheet for a JSON file; ``from_data`` makes it again, the same to the last digit."""
        rows = [
            [line.text, line.left, line.top, line.right, line.bottom, line.confidence, line.turned, line.beside]
            for line in self.found
        ]
        rules = {"across": self.ruling.across, "down": self.ruling.down, "open": self.ruling.open}
        return {"width": self.width, "height": self.height, "turn": self.turn, "lines": rows, **rules}

    @staticmethod
    def from_data(data: dict[str, Any]) -> Sheet:
        """A sheet from what ``as_data`` gave. Raises KeyError, TypeError or ValueError for anything else."""
        lines = tuple(
            Printed(
                str(text), float(left), float(top), float(right), float(bottom), float(confidence), bool(turned), bool(beside)
            )
            for text, left, top, right, bottom, confidence, turned, beside in data["lines"]
        )
        across, down = ([(float(at), float(begin), float(end)) for at, begin, end in data[name]] for name in ("across", "down"))
        tables = [(float(left), float(top), float(right), float(bottom)) for left, top, right, bottom in data["open"]]
        rules = Ruling(tuple(across), tuple(down), tuple(tables))
        return Sheet(int(data["width"]), int(data["height"]), int(data["turn"]), lines, rules)
