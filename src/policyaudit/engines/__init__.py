"""Engines: the same function over many tasks, in processes that may hang, die or grow too large without loss to the rest.

An engine knows nothing of documents. ``prepare(setup)`` is called once in each process and gives the function that works a
task; both must be importable by name. ``local`` works on this machine, ``cluster`` on Ray.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may take: seconds, and megabytes of memory of its process with all that this started."""

    seconds: float = 1800.0
    megabytes: float = 4096.0


@dataclass(frozen=True, slots=True)
class Lost:
    """A task without a result: ``why`` in a sentence, for the user."""

    why: str


TRIES = 3
"""How often a task is begun whose process or machine dies under it."""
