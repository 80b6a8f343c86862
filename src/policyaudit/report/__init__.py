"""Show it: results -> files. A format is one module (or package) in ``formats/``; nobody keeps a list.

A format module has ``FORMAT`` (its name on the command line), ``FILENAME`` and ``write(results, path, words)``, and is
made from ``Results`` alone, in the language of ``words``. Its file holds the same bytes
whenever the results are the same. One with ``ORIGINALS`` takes those as a fourth argument.
"""

from __future__ import annotations

import os
import pkgutil
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from types import ModuleType

from policyaudit.errors import UsageError
from policyaudit.model import Results
from policyaudit.report import formats as _folder
from policyaudit.report import sentences
from policyaudit.report.originals import NO_ORIGINALS
from policyaudit.report.originals import Originals as Originals
from policyaudit.report.translation import Translation
from policyaudit.report.translation import languages as languages
from policyaudit.report.translation import translation as translation


def formats() -> dict[str, ModuleType]:
    """The formats that exist, by name, in alphabetical order."""
    modules = [import_module(f"{_folder.__name__}.{found.name}") for found in pkgutil.iter_modules(_folder.__path__)]
    return {module.FORMAT: module for module in sorted(modules, key=lambda module: str(module.FORMAT))}


def write(
    results: Results, folder: Path, names: Iterable[str], *, language: str = "en", originals: Originals = NO_ORIGINALS
) -> tuple[Path, ...]:
    """Write the reports of these formats into the folder, which is made if need be; the paths in the order of ``names``.

    A report appears whole or not at all. UsageError for a format or a language that does not exist, or a folder that cannot
    be written.
    """
    words = translation(language)
    known = formats()
    wanted = list(dict.fromkeys(names))
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise UsageError(f"unknown report format: {', '.join(unknown)}; the formats are {', '.join(known)}")
    results = sentences.in_language(results, words)
    return tuple(_write(known[name], results, folder, words, originals) for name in wanted)


def _write(module: ModuleType, results: Results, folder: Path, words: Translation, originals: Originals) -> Path:
    path = folder / str(module.FILENAME)
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            if getattr(module, "ORIGINALS", False):
                module.write(results, part, words, originals)
            else:
                module.write(results, part, words)
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(
            f"cannot write {path}: {error.strerror or error}; close the file if it is open, or choose another folder with --out"
        ) from error
    return path
