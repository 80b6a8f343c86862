"""Small steps on columns of whole numbers."""

from __future__ import annotations

from typing import Any

import numpy

Ints = numpy.ndarray[Any, numpy.dtype[numpy.int64]]
Flags = numpy.ndarray[Any, numpy.dtype[numpy.bool_]]


def spread(starts: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """The ranges ``starts[i] .. starts[i] + counts[i]`` one after the other, as (i, member of the range)."""
    owner = numpy.repeat(numpy.arange(len(counts)), counts)
    before = numpy.cumsum(counts) - counts
    return owner, numpy.arange(len(owner)) + (starts - before)[owner]


def bounds(numbers: Ints, count: int) -> Ints:
    """Where the rows of each number 0 .. count - 1 begin among sorted ``numbers``, and at last their length: count + 1 places."""
    return numpy.searchsorted(numbers, numpy.arange(count + 1))


def column(numbers: list[int]) -> Ints:
    return numpy.array(numbers, numpy.int64)
