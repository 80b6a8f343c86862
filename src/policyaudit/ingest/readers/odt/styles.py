"""Styles of an OpenDocument text: what paragraphs look like, and how lists count."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from policyaudit.ingest.numerals import numeral
from policyaudit.ingest.readers.odt.names import FO, LOEXT, STYLE, TABLE, TEXT

_NUMBER_OF = re.compile(r"%(\d{1,2})%")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is printed: ``form`` as in ``numeral``, "" for one without numbers, "•" for bullets."""

    form: str
    before: str
    after: str
    shown: int  # levels whose numbers stand in it
    start: int
    pattern: str = ""  # all of it, the numbers of the levels as %1%; "" where the parts above say it


class Styles:
    """The styles of a document by their names; automatic styles first, since they come later."""

    def __init__(self, roots: Iterable[Any]) -> None:
        self.styles: dict[tuple[str, str], Any] = {}
        self.lists: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}
        for root in roots:
            for style in root.iter(f"{STYLE}style"):
                self.styles[style.get(f"{STYLE}family") or "", style.get(f"{STYLE}name") or ""] = style
            for item in root.iter(f"{TEXT}list-style"):
                self.lists[item.get(f"{STYLE}name") or ""] = dict(_levels(item))
            for item in root.iter(f"{TEXT}outline-style"):
                self.outline = dict(_levels(item))

    def line(self, family: str, name: str | None) -> Iterable[Any]:
        """A style and those it takes from, itself first."""
        seen: list[str] = []
        while name and name not in seen and (family, name) in self.styles:
            seen.append(name)
            style = self.styles[family, name]
            yield style
            name = style.get(f"{STYLE}parent-style-name")

    def text_property(self, family: str, name: str | None, key: str) -> str | None:
        """A property of the letters of a style or of those it takes from; None if none names it."""
        for style in self.line(family, name):
            properties = style.find(f"{STYLE}text-properties")
            if properties is not None and properties.get(key) is not None:
                return str(properties.get(key))
        return None

    def is_bold(self, family: str, name: str | None) -> bool | None:
        """Whether a style is bold; None if it does not say."""
        weight = self.text_property(family, name, f"{FO}font-weight")
        return None if weight is None else weight == "bold" or (weight.isdigit() and int(weight) >= 600)

    def is_hidden(self, family: str, name: str | None) -> bool:
        """Whether a style, of the family "text" or "paragraph", hides its letters."""
        return self.text_property(family, name, f"{TEXT}display") == "none"

    def is_hidden_table(self, name: str | None) -> bool:
        """Whether a style of tables hides them, as a spreadsheet hides a sheet."""
        properties = [style.find(f"{STYLE}table-properties") for style in self.line("table", name)]
        return any(found is not None and found.get(f"{TABLE}display") == "false" for found in properties)

    def size(self, name: str | None) -> float:
        """The size of the letters of a paragraph style in points; 0 if it is not named in points."""
        size = self.text_property("paragraph", name, f"{FO}font-size") or ""
        return float(size[:-2]) if size.endswith("pt") and size[:-2].replace(".", "", 1).isdigit() else 0.0

    def list_of(self, name: str | None) -> str | None:
        """The list style that a paragraph style brings."""
        return next((found for style in self.line("paragraph", name) if (found := style.get(f"{STYLE}list-style-name"))), None)

    def names(self, name: str | None) -> set[str]:
        """The names of a paragraph style and those it takes from, as the user sees them, in lower case."""
        styles = self.line("paragraph", name)
        return {(style.get(f"{STYLE}display-name") or style.get(f"{STYLE}name") or "").lower() for style in styles}


def _levels(item: Any) -> Iterable[tuple[int, Level]]:
    for level in item:
        place = level.get(f"{TEXT}level") or ""
        if not place.isdigit():
            continue
        form = "•"
        if level.tag != f"{TEXT}list-level-style-bullet":
            form = level.get(f"{STYLE}num-format") or ""
            form = "01" if form.startswith("01") else form  # "01, 02, 03, ..."
        if level.tag == f"{TEXT}list-level-style-image":
            form = "•"
        yield (
            int(place),
            Level(
                form,
                level.get(f"{STYLE}num-prefix") or "",
                level.get(f"{STYLE}num-suffix") or "",
                int(level.get(f"{TEXT}display-levels") or 1),
                int(level.get(f"{TEXT}start-value") or 1),
                level.get(f"{LOEXT}num-list-format") or "",
            ),
        )


def printed(levels: dict[int, Level], counts: dict[int, int], place: int) -> str:
    """The number of an item at a level, from how far each level has counted."""
    level = levels.get(place)
    if level is None:
        return ""
    if level.form == "•":
        return "•"
    if not level.form:
        return (level.before + level.after).strip()
    if level.pattern and "%" in level.pattern:

        def number(match: re.Match[str]) -> str:
            outer = levels.get(int(match[1]))
            shown = outer is not None and outer.form not in ("", "•")
            return numeral(counts.get(int(match[1]), outer.start), outer.form) if outer is not None and shown else ""

        return _NUMBER_OF.sub(number, level.pattern).strip()
    shown = range(max(place - level.shown + 1, 1), place + 1)
    numbers = [
        numeral(counts.get(outer, levels[outer].start), levels[outer].form)
        for outer in shown
        if outer in levels and levels[outer].form not in ("", "•")
    ]
    return f"{level.before}{'.'.join(numbers)}{level.after}".strip()
