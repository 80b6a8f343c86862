"""Countries side by side, as files: comparison.xlsx for work, comparison.html to look at and to print."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from policyaudit.comparison import Comparison
from policyaudit.errors import UsageError
from policyaudit.report import heatmap
from policyaudit.report.formats.xlsx import countries

NAME = "comparison"
_WAYS: dict[str, tuple[str, Callable[[Comparison, Path], None]]] = {
    "xlsx": (f"{NAME}.xlsx", countries.write),
    "html": (f"{NAME}.html", heatmap.write),
}


def write(comparison: Comparison, folder: Path, names: Iterable[str] = tuple(_WAYS)) -> tuple[Path, ...]:
    """Write the forms named into the folder, each whole or not at all; their paths. Raises UsageError if that fails."""
    written = []
    for name in names:
        filename, make = _WAYS[name]
        path, part = folder / filename, folder / f".{filename}.part"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            try:
                make(comparison, part)
                os.replace(part, path)
            finally:
                part.unlink(missing_ok=True)
        except OSError as fault:
            raise UsageError(f"{path}: cannot be written ({fault.strerror or fault}); choose another folder with --out") from None
        written.append(path)
    return tuple(written)
