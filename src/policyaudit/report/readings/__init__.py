"""Show how one document was read: a document -> one file. A form is one module here; nobody keeps a list.

A module has ``FORM`` (its name on the command line), ``ENDING`` and ``written(document, words)``, which gives the file's bytes:
the same whenever document and language are the same. A form for programs has no words of its own and ignores the language.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType

from policyaudit.model import Document
from policyaudit.report.translation import ENGLISH, Translation


def forms() -> dict[str, str]:
    """The forms that exist, by name, with the ending of their files."""
    return {name: str(module.ENDING) for name, module in _modules().items()}


def written(document: Document, form: str, words: Translation = ENGLISH) -> bytes:
    """The document in one of the ``forms``, with what the program says of it in this language."""
    data: bytes = _modules()[form].written(document, words)
    return data


def _modules() -> dict[str, ModuleType]:
    modules = [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    return {str(module.FORM): module for module in sorted(modules, key=lambda module: str(module.FORM))}
