"""Which instruments the documents point to that the corpus does not hold: what to fetch next."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from policyaudit import codes
from policyaudit.corpus.versions import plain
from policyaudit.inventory import Item, Pointer, Wanted

_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_TELLING = 3  # digits from which a number without its year is told from others


def wanted(items: Sequence[Item]) -> tuple[Wanted, ...]:
    """The instruments that are pointed to and not there, those that most documents point to first. An instrument is one
    country's; one that is named alike in documents of two countries is listed for each."""
    holdings = _Holdings(items)
    times: dict[tuple[str, str], int] = defaultdict(int)
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    sources: dict[tuple[str, str], list[tuple[str, int, tuple[str, ...]]]] = defaultdict(list)
    for item in items:
        for pointer in item.pointers:
            if holdings.has(item.country, pointer):
                continue
            key = (item.country or "", pointer.key)
            times[key] += pointer.times
            names[key].append(pointer.name)
            sources[key].append((item.name, pointer.times, pointer.places))
    found = [
        Wanted(key[0] or None, _best(names[key]), times[key], tuple(sorted(sources[key], key=lambda one: (-one[1], one[0]))))
        for key in times
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.sources), -one.times, one.country or "~", one.name)))


def _best(names: Iterable[str]) -> str:
    """The longest way of writing it."""
    return max(names, key=lambda name: (len(name), name))


class _Holdings:
    """What the corpus holds, by country; what belongs to no country holds for all."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._keys: dict[str, set[str]] = defaultdict(set)
        self._titles: dict[tuple[str, str], set[int]] = defaultdict(set)  # country, word -> the titles that hold it
        self._numbers: dict[str, set[tuple[int, int | None]]] = defaultdict(set)
        self._shared = ["", *codes.codes().regions]
        count = 0
        for item in items:
            where = item.country or ""
            self._keys[where].update(item.called)
            for key in item.called:
                count += 1
                for word in key.split():
                    self._titles[where, word].add(count)
            for said in [item.fact("number") or "", item.title]:
                number, year = _number(said)
                if number is not None:
                    self._numbers[where].add((number, year or item.year))
                    self._numbers[where].add((number, None))

    def has(self, country: str | None, pointer: Pointer) -> bool:
        """Whether it is there: by its very name, by its number and year, or by a title that holds all words of its name."""
        number, year = _number(pointer.name)
        for where in (country or "", *self._shared):
            if pointer.key in self._keys[where]:
                return True
            if number is not None and (number, year) in self._numbers[where] and (year or len(str(number)) >= _TELLING):
                return True
            if number is None and self._holds_all(where, pointer.key.split()):
                return True
        return False

    def _holds_all(self, where: str, words: Sequence[str]) -> bool:
        """Whether a title there holds all of the words."""
        return bool(set.intersection(*(self._titles.get((where, word), set()) for word in words)))


def _number(name: str) -> tuple[int | None, int | None]:
    """The number of an instrument and the year beside it, as its name has them; None for what it has not."""
    digits = _DIGITS.findall(plain(name).replace(".", "").replace("·", ""))
    years = [int(one) for one in digits if _YEAR.fullmatch(one)]
    others = [int(one) for one in digits if not _YEAR.fullmatch(one)]
    if not others and len(years) == 2:  # "Decreto 1930 de 2013"
        return years[0], years[1]
    return (others[0] if others else None), (years[-1] if years else None)
