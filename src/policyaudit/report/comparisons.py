"""Countries side by side, as files: comparison.xlsx for work, comparison.html to look at and to print."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from policyaudit.comparison import Comparison
from policyaudit.report import heatmap, whole
from policyaudit.report.formats.xlsx import countries

NAME = "comparison"
_WAYS: dict[str, tuple[str, Callable[[Comparison, Path], None]]] = {
    "xlsx": (f"{NAME}.xlsx", countries.write),
    "html": (f"{NAME}.html", heatmap.write),
}


def write(comparison: Comparison, folder: Path, names: Iterable[str] = tuple(_WAYS)) -> tuple[Path, ...]:
    """Write the forms named into the folder, each whole or not at all; their paths. Raises UsageError if that fails."""
    ways = [_WAYS[name] for name in names]
    return tuple(whole.put(folder / filename, partial(make, comparison)) for filename, make in ways)
