"""Where corpora and runs are: folders of this machine, or of an object store by their URL (s3://, gs://, abfs://).

A place in an object store behaves as a ``pathlib.Path`` does, by universal_pathlib over fsspec; the rest of the program
need not know which it is.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from policyaudit.errors import UsageError

_URL = re.compile(r"^[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def place(name: str) -> Path:
    """The folder or file of a name: a path, or a URL. Raises UsageError where what reads such URLs is not installed."""
    if not _URL.match(name):
        return Path(name)
    try:
        from upath import UPath
    except ImportError:
        raise UsageError(f"{name}: URLs need an extra; run: pip install 'policyaudit[cluster]'") from None
    try:
        return cast(Path, UPath(name))
    except (ImportError, ValueError) as fault:
        raise UsageError(f"{name}: {' '.join(str(fault).split())}") from None


def is_url(name: str) -> bool:
    """Whether a name is a URL and no path."""
    return bool(_URL.match(name))


def is_local(path: Path) -> bool:
    """Whether a place is on this machine, with folders that can be empty and files that can be renamed."""
    return isinstance(path, Path)


def put(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file, whole or not at all, its pieces as they come. Raises OSError."""
    if not is_local(path):
        _send(path, data)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        _fill(half, data)
        half.replace(path)
    except BaseException:  # what makes the pieces may fail as it likes
        half.unlink(missing_ok=True)
        raise


def _fill(path: Path, data: bytes | Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines([data] if isinstance(data, bytes) else data)


def _send(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write an object, which a store shows only when it is whole. One in pieces is made whole on this machine first."""
    if isinstance(data, bytes):
        path.write_bytes(data)
        return
    with tempfile.TemporaryDirectory(prefix="policyaudit-") as folder:
        whole = Path(folder) / "whole"
        _fill(whole, data)
        remote = cast(Any, path)
        remote.fs.put_file(str(whole), remote.path)


def stamp(path: Path) -> str:
    """What changes when the file does: of an object store, as it says itself. Raises OSError."""
    remote = cast(Any, path)
    return str(remote.fs.checksum(remote.path))


@contextmanager
def reaching(name: str) -> Iterator[None]:
    """Turns whatever goes wrong inside with a store into a UsageError, where the name is a URL."""
    try:
        yield
    except UsageError:
        raise
    except Exception as fault:  # what reads a store raises what it likes: of the network, of credentials, of the store
        if not is_url(name):
            raise
        raise UsageError(f"{name}: cannot be reached ({' '.join(str(fault).split())})") from None


def fetched(url: str, folder: Path) -> Path:
    """A copy of a folder of an object store, inside ``folder``. Raises UsageError where it cannot be had."""
    there = place(url)
    copy = folder / (there.name or "run")
    copy.mkdir()
    with reaching(url):
        for file in there.rglob("*"):
            if file.is_file():
                put(copy.joinpath(*file.parts[len(there.parts) :]), file.read_bytes())
    return copy
