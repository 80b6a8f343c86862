"""Which documents look like versions of one instrument: by the manifest, a like title, the same number, a like text."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

from policyaudit.inventory import Item, Versions

_WORD = re.compile(r"[^\W\d_]{4,}")  # a title's shorter words, numbers and years do not make it another
_STEM = 5  # letters by which its words are compared: plural or singular, with or without an accent
_FEWEST = 2  # words of a title that says enough
_SLUG = 6  # words of a proposed id
_NUMBERED = re.compile(r"\d{1,5}\D{1,4}(?:1[89]|20)\d\d")  # "4 of 2015", "27/2003": a number that only one instrument has


def versions(items: Sequence[Item], related: Iterable[tuple[Item, Item, float]]) -> tuple[Versions, ...]:
    """Groups of documents of one country and kind that look like versions of one instrument, those of the manifest first.

    ``related``: pairs of like texts. Files of the same text are no versions, and a draft is one: an instrument has drafts.
    """
    stated: dict[tuple[str | None, str], list[Item]] = defaultdict(list)
    for item in items:
        if item.instrument:
            stated[item.country, item.instrument].append(item)
    groups = _Groups(items)
    for (_, identifier), several in stated.items():
        groups.join(several, f"instrument {identifier} in the manifest")
    by_title: dict[tuple[object, ...], list[Item]] = defaultdict(list)
    by_number: dict[tuple[object, ...], list[Item]] = defaultdict(list)
    for item in items:
        here = (item.country, item.jurisdiction, item.kind)
        words = _stems(item.title)
        if len(words) >= _FEWEST:
            by_title[(*here, words)].append(item)
        number = item.fact("number") or ""
        if item.country and _NUMBERED.fullmatch(number):
            by_number[(*here, number)].append(item)
    for several in by_title.values():
        groups.join(several, "the same title")
    for here_number, several in by_number.items():
        groups.join(several, f"the same number, {here_number[-1]}")
    for first, second, share in related:
        if first.country == second.country and first.kind == second.kind and first.jurisdiction == second.jurisdiction:
            groups.join([first, second], f"{share:.0%} of the wording is the same")
    found = []
    for several, why in groups.found():
        if len({item.text_sha256 for item in several}) < 2:
            continue
        ids = {item.instrument for item in several if item.instrument}
        whole = len(ids) == 1 and all(item.instrument for item in several)
        identifier = next(iter(ids)) if len(ids) == 1 else _slug(several)
        found.append(Versions(identifier or "", several[0].country, tuple(item.name for item in several), whole, why))
    return tuple(sorted(found, key=lambda one: (not one.stated, one.country or "~", one.instrument)))


class _Groups:
    """Items joined step by step; what is joined with the same is joined."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = {item.name: item for item in items}
        self._group = {item.name: item.name for item in items}
        self._why: dict[str, list[str]] = defaultdict(list)

    def join(self, several: Sequence[Item], why: str) -> None:
        if len(several) < 2:
            return
        roots = sorted({self._root(item.name) for item in several})
        for root in roots[1:]:
            self._group[root] = roots[0]
            self._why[roots[0]] += self._why.pop(root, [])
        if why not in self._why[roots[0]]:
            self._why[roots[0]].append(why)

    def found(self) -> list[tuple[list[Item], str]]:
        """The groups, each from the oldest to the newest, and why they are."""
        groups: dict[str, list[Item]] = defaultdict(list)
        for name, item in self._items.items():
            groups[self._root(name)].append(item)
        return [
            (sorted(several, key=lambda item: (item.in_force or str(item.year or ""), item.name)), "; ".join(self._why[root][:3]))
            for root, several in groups.items()
            if len(several) > 1
        ]

    def _root(self, name: str) -> str:
        while self._group[name] != name:
            name = self._group[name]
        return name


def plain(text: str) -> str:
    """Lower case, without accents."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(letter))


def _stems(title: str) -> tuple[str, ...]:
    return tuple(sorted({word[:_STEM] for word in _WORD.findall(plain(title))}))


def _slug(several: Sequence[Item]) -> str:
    """A proposed id: the country and the first words of the oldest title, in letters that any program takes."""
    words = [word for word in _WORD.findall(plain(several[0].title)) if word.isascii()][:_SLUG]
    country = (several[0].country or "").lower()
    return "-".join([country, *words] if country else words) or several[0].sha256[:8]
