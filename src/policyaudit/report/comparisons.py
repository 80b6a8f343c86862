"""Countries side by side, as files: comparison.xlsx for work, comparison.html to look at and to print."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from policyaudit.comparison import Comparison
from policyaudit.report import beside, heatmap, whole
from policyaudit.report.formats.xlsx import countries
from policyaudit.report.translation import ENGLISH, Translation

NAME = "comparison"
_WAYS: dict[str, tuple[str, Callable[[Comparison, Path, Translation], None]]] = {
    "xlsx": (f"{NAME}.xlsx", countries.write),
    "html": (f"{NAME}.html", heatmap.write),
}

NAMES = tuple(_WAYS)


def write(
    comparison: Comparison, folder: Path, names: Iterable[str] = NAMES, *, words: Translation = ENGLISH
) -> tuple[Path, ...]:
    """Write the forms named into the folder, each whole or not at all; their paths. Raises UsageError if that fails."""
    comparison = beside.in_language(comparison, words)
    ways = [_WAYS[name] for name in names]
    return tuple(whole.put(folder / filename, partial(_made, make, comparison, words)) for filename, make in ways)


def _made(make: Callable[[Comparison, Path, Translation], None], comparison: Comparison, words: Translation, path: Path) -> None:
    make(comparison, path, words)
