"""Where the names of a vocabulary are said: concepts, exclusions and cues, as columns and name by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy

from policyaudit.columns import Ints, bounds, column

Hit = tuple[int, int]  # first word of the stream, one past the last
NAME, FIRST = 48, 16  # bits of a hit as one number from which the name and the first word stand; below them how short it is
SHORTEST = (1 << FIRST) - 1


class Hits(Mapping[str, list[Hit]]):
    """By name the hits in order; columns hold the same of all names, ``name`` as a number in ``names``, sorted by it."""

    def __init__(self, names: Sequence[str], name: Ints, first: Ints, last: Ints) -> None:
        self.names = names
        self.name, self.first, self.last = name, first, last
        self._numbers = {name: number for number, name in enumerate(names)}
        self._begins = bounds(name, len(names)).tolist()

    @classmethod
    def of(cls, names: Sequence[str], name: Ints, first: Ints, last: Ints) -> Hits:
        """Of places in any order: each once, without those that lie within another of the same name."""
        rows = numpy.sort((name << NAME) | (first << FIRST) | (SHORTEST - numpy.minimum(last - first, SHORTEST)))
        name, first = rows >> NAME, (rows >> FIRST) & ((1 << NAME - FIRST) - 1)
        last = first + (SHORTEST - (rows & SHORTEST))
        # Sorted by name and first word, the longest first: one that ends no further than all before it lies within one of them.
        reach = numpy.maximum.accumulate((name << NAME - FIRST) + last)
        kept = numpy.ones(len(rows), bool)
        kept[1:] = ((name << NAME - FIRST) + last)[1:] > reach[:-1]
        return cls(names, name[kept], first[kept], last[kept])

    @property
    def places(self) -> tuple[Ints, Ints]:
        """The different places of all names in order, as (first, one past the last)."""
        rows = numpy.sort((self.first << FIRST) | (self.last - self.first))
        rows = rows[numpy.diff(rows, prepend=-1) > 0]
        return rows >> FIRST, (rows >> FIRST) + (rows & SHORTEST)

    def with_more(self, places: Sequence[tuple[str, int, int]]) -> Hits:
        """These and others, given as (name, first, last), also within one another; each once."""
        if not places:
            return self
        numbers = {**self._numbers}
        for name, _, _ in places:
            numbers.setdefault(name, len(numbers))
        more = [(numbers[name], first, last) for name, first, last in places]
        added = [column([row[place] for row in more]) for place in range(3)]
        several = (self.name, self.first, self.last)
        names, first, last = (numpy.append(one, two) for one, two in zip(several, added, strict=True))
        rows = numpy.sort((names << NAME) | (first << FIRST) | (last - first))
        rows = rows[numpy.diff(rows, prepend=-1) > 0]
        first = (rows >> FIRST) & ((1 << NAME - FIRST) - 1)
        return Hits(list(numbers), rows >> NAME, first, first + (rows & SHORTEST))

    def rows(self, name: str) -> slice:
        """The rows of one name."""
        number = self._numbers.get(name)
        return slice(0, 0) if number is None else slice(self._begins[number], self._begins[number + 1])

    def __getitem__(self, name: str) -> list[Hit]:
        rows = self.rows(name)
        if rows.start == rows.stop:
            raise KeyError(name)
        return list(zip(self.first[rows].tolist(), self.last[rows].tolist(), strict=True))

    def __iter__(self) -> Iterator[str]:
        return (name for number, name in enumerate(self.names) if self._begins[number] < self._begins[number + 1])

    def __len__(self) -> int:
        return sum(1 for _ in self)
