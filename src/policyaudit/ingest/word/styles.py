"""Paragraph styles with what they take from the styles they are based on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from policyaudit.ingest.word.elements import W, is_on, number, value

_NONE = "0"  # the list that says "no list"


@dataclass(frozen=True, slots=True)
class Style:
    """``numbering`` and ``place`` are the list of its paragraphs and the level in it, None if none is named."""

    key: str = ""
    name: str = ""
    outline: int | None = None
    bold: bool = False
    numbering: str | None = None
    place: int | None = None
    size: float = 0.0  # points; 0 unknown
    hidden: bool = False


class Styles:
    """The styles of a document by their key."""

    def __init__(self, root: Any) -> None:
        self.elements: dict[str, Any] = {}
        if root is not None:
            self.elements = {item.get(f"{W}styleId") or "": item for item in root.findall(f"{W}style")}
        self.known: dict[str, Style] = {}
        paragraphs = [key for key, item in self.elements.items() if item.get(f"{W}type") == "paragraph"]
        self.default = next((key for key in paragraphs if self.elements[key].get(f"{W}default") in ("1", "true")), "")
        # Of the letters of ordinary paragraphs, whose style often says another language than the program's defaults.
        named = [value(self.elements[self.default], "rPr/lang")] if self.default else []
        named += [value(root, "docDefaults/rPrDefault/rPr/lang")] if root is not None else []
        self.language = next(filter(None, named), "")[:2].lower()
        self.hidden = frozenset(key for key in self.elements if self.of(key).hidden)

    def of(self, key: str, seen: tuple[str, ...] = ()) -> Style:
        """The style of this key; one without any properties if there is none."""
        known = self.known.get(key)
        if known is not None:
            return known
        item = self.elements.get(key)
        if item is None or key in seen or len(seen) > 40:
            return Style()
        based = value(item, "basedOn")
        base = self.of(based, (*seen, key)) if based else Style()
        outline, bold = number(item, "pPr/outlineLvl"), is_on(item, "rPr/b")
        hidden = is_on(item, "rPr/vanish")
        numbering, place = value(item, "pPr/numPr/numId"), number(item, "pPr/numPr/ilvl")
        style = Style(
            key,
            (value(item, "name") or "").lower(),
            base.outline if outline is None else outline,
            base.bold if bold is None else bold,
            numbering or base.numbering,
            base.place if place is None else place,
            (number(item, "rPr/sz") or 0) / 2 or base.size,
            base.hidden if hidden is None else hidden,
        )
        self.known[key] = style
        return style

    def list_of(self, key: str) -> str | None:
        """The list that a numbering style stands for."""
        item = self.elements.get(key)
        return value(item, "pPr/numPr/numId") if item is not None else None

    def line(self, style: Style) -> tuple[str, ...]:
        """The keys of a style and those it is based on, from itself outwards."""
        keys: list[str] = []
        key: str | None = style.key
        while key and key not in keys and key in self.elements:
            keys.append(key)
            key = value(self.elements[key], "basedOn")
        return tuple(keys)


def numbered(paragraph: Any, style: Style, styles: Styles, level_of_style: dict[tuple[str, str], int]) -> tuple[str, int] | None:
    """(list, level) of a paragraph; None for one that stands in no list."""
    key, place = value(paragraph, "pPr/numPr/numId"), number(paragraph, "pPr/numPr/ilvl")
    if key is None:
        key = style.numbering
    if key is None or key == _NONE:
        return None
    if place is None:
        # A level of a list can be tied to a style; the tie of the nearest style counts.
        place = next((level_of_style[key, own] for own in styles.line(style) if (key, own) in level_of_style), style.place)
    return key, place or 0
