"""A file appears whole or not at all: it is made beside its place and moved there when it is done."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from policyaudit.errors import UsageError


def put(path: Path, make: Callable[[Path], None]) -> Path:
    """The path, where ``make`` has written the file. Raises UsageError, with what to do, if it cannot be written."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            make(part)
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as fault:
        raise UsageError(f"{path}: cannot be written ({fault.strerror or fault}); choose another folder with --out") from None
    return path
