"""The numbers of lists and headings, which stand nowhere in the text of a Word document: counted as Word counts them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from policyaudit.ingest.numerals import numeral
from policyaudit.ingest.word.elements import W, is_on, number, value
from policyaudit.languages import Grammar

FORMS = {
    "decimal": "1", "decimalZero": "01", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I",
}  # fmt: skip
_DASHES = frozenset("-–—")
_WORDS = ("ordinalText", "cardinalText")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is counted and printed."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False  # all numbers in it as figures, whatever the outer levels say
    restart: int | None = None  # the level, from 1, after which it begins anew; 0 never; None after every outer one


class Lists:
    """The numbered lists of a document, and how far each has counted."""

    def __init__(self, root: Any, style_list: Callable[[str], str | None], grammar: Grammar) -> None:
        """``style_list`` gives the list that a numbering style stands for; ``grammar`` has the words for numbers."""
        self.grammar = grammar
        self.levels: dict[str, dict[int, Level]] = {}  # list -> its levels
        self.counter_of: dict[str, str] = {}  # list -> the counter it shares with others
        self.begins: dict[str, dict[int, int]] = {}  # list -> level -> where it begins anew when first used
        self.counts: dict[str, dict[int, int]] = {}
        self.level_of_style: dict[tuple[str, str], int] = {}
        self.used: set[tuple[str, int]] = set()
        if root is None:
            return
        abstract = {item.get(f"{W}abstractNumId"): item for item in root.findall(f"{W}abstractNum")}
        lists = {item.get(f"{W}numId"): item for item in root.findall(f"{W}num")}
        for key, item in lists.items():
            base = value(item, "abstractNumId") or ""
            for _ in range(5):  # a list may take its looks from a style, which names another list
                linked = value(abstract[base], "numStyleLink") if base in abstract else None
                other = lists.get(style_list(linked) or "") if linked else None
                if other is None:
                    break
                base = value(other, "abstractNumId") or ""
            self._add(key, base, item, abstract.get(base))

    def _add(self, key: str, base: str, item: Any, abstract: Any) -> None:
        levels: dict[int, Level] = {}
        for own in abstract.findall(f"{W}lvl") if abstract is not None else ():
            place = int(own.get(f"{W}ilvl") or 0)
            levels[place] = _level(own)
            style = value(own, "pStyle")
            if style:
                self.level_of_style[key, style] = place
        for change in item.findall(f"{W}lvlOverride"):
            place = int(change.get(f"{W}ilvl") or 0)
            other = change.find(f"{W}lvl")
            if other is not None:
                levels[place] = _level(other)
            start = number(change, "startOverride")
            if start is not None and place in levels:
                levels[place] = replace(levels[place], start=start)
                self.begins.setdefault(key, {})[place] = start
        self.levels[key] = levels
        self.counter_of[key] = base

    def mark(self, key: str, place: int) -> str | None:
        """Counts one item on and returns its number or bullet as Word shows it; None without such a list."""
        levels = self.levels.get(key)
        if not levels or place not in levels:
            return None
        counts = self.counts.setdefault(self.counter_of[key], {})
        if (key, place) not in self.used:
            self.used.add((key, place))
            if place in self.begins.get(key, {}):
                counts.pop(place, None)
        counts[place] = counts[place] + 1 if place in counts else levels[place].start
        for deeper in [other for other in counts if other > place]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or place < restart:
                del counts[deeper]
        level = levels[place]
        if level.form == "bullet":
            sign = level.text.strip()
            return sign if sign in _DASHES else "•"
        for outer in range(place):  # Word counts an outer level as begun where none of its items stands before
            if outer in levels and f"%{outer + 1}" in level.text:
                counts.setdefault(outer, levels[outer].start)

        def shown(match: re.Match[str]) -> str:
            outer = int(match.group(1)) - 1
            own = levels.get(outer, Level())
            return self._printed(counts.get(outer, own.start), "decimal" if level.legal and outer < place else own.form)

        return re.sub(r"%([1-9])", shown, level.text).strip()

    def _printed(self, count: int, form: str) -> str:
        if form == "none":
            return ""
        if form in _WORDS:
            named = [word for word, known in self.grammar.ordinals.items() if known == count]
            if named:
                return named[-1 if form == "ordinalText" else 0].capitalize()
        if form == "ordinal":
            return f"{count}{self._ending(count)}"
        if form == "numberInDash":
            return f"- {count} -"
        return numeral(count, FORMS.get(form, "1"))

    def _ending(self, count: int) -> str:
        """What makes a figure an ordinal: its own letters for the first three in a language that has them, or the first alone,
        else the sign."""
        endings = self.grammar.ordinal_endings
        if not endings or len(endings[0]) == 1:  # one letter, set as the sign
            return "º"
        if len(endings) != 4:
            return endings[0] if count == 1 else min(endings[1:], key=len, default=endings[0])
        last = count % 10 if count % 100 not in (11, 12, 13) else 0
        return endings[last - 1] if 1 <= last <= 3 else endings[3]


def _level(item: Any) -> Level:
    return Level(
        number(item, "start") if number(item, "start") is not None else 1,  # type: ignore[arg-type]
        value(item, "numFmt") or "decimal",
        value(item, "lvlText") or "",
        bool(is_on(item, "isLgl")),
        number(item, "lvlRestart"),
    )
