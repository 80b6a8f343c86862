"""The readers: one module a format, found by looking into this folder.

Each has ``FORMAT`` (its name in every output), ``EXTENSIONS``, ``recognises(head)`` for the first bytes of a file, and
``read(data, name=..., manner=...)``. A reader of a format that is written in plain text also sets ``READS_TEXT = True``:
nearly any text could be taken for it, so it is not used for a file whose extension promises something else, unless it has
``is_sure(head)`` and that says so.
A reader of files that another one reads, once they are converted, names its format in ``READ_AS`` and has
``converted(data, manner=...)`` in place of ``read``.
"""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Protocol, cast

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.blocks import AS_USUAL, Manner, RawDocument

HEAD = 65536  # bytes that a reader sees to recognise its format

# What other files say of themselves in their first bytes, so that the message can name it.
_FOREIGN = (
    (b"GIF8", "a GIF image"),
    (b"PK", "a zip archive"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"%!PS", "a PostScript file"),
    (b"<?xml", "an XML file of a kind that is not known"),
)


class Reader(Protocol):
    """What every module of this folder offers."""

    FORMAT: str
    EXTENSIONS: tuple[str, ...]

    def recognises(self, head: bytes) -> bool: ...

    def read(self, data: bytes, *, name: str, manner: Manner = AS_USUAL) -> RawDocument: ...


class Converter(Protocol):
    """What a module with ``READ_AS`` offers in place of ``read``."""

    def converted(self, data: bytes, *, manner: Manner = AS_USUAL) -> bytes: ...


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader of this folder, by the name of its format."""
    modules = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    return tuple(sorted((cast(Reader, module) for module in modules), key=lambda reader: reader.FORMAT))


def extensions() -> tuple[str, ...]:
    """Every file ending that a reader claims, in lower case with the point."""
    return tuple(sorted(ending for reader in readers() for ending in reader.EXTENSIONS))


def open_file(path: str | Path, manner: Manner = AS_USUAL) -> tuple[str, str, RawDocument]:
    """(format, SHA-256 of the bytes in hexadecimal, the document as blocks) of a file.

    The reader is picked by what the file holds; the extension only decides between readers that could all take it.
    Raises UnreadableDocument with one line that says why and what to do, without the file's name.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableDocument("There is no such file. Check the path.") from error
    except IsADirectoryError as error:
        raise UnreadableDocument("This is a folder, not a file. Name a file in it.") from error
    except OSError as error:
        raise UnreadableDocument(f"The file cannot be opened ({error.strerror}). Check its permissions.") from error
    reader = _pick(data, path.suffix.lower())
    document = _read(reader, data, path.name, manner)
    if not any(block.text for block in document.blocks):
        raise UnreadableDocument("The file has no text in it. Check that the document was saved whole.")
    return reader.FORMAT, hashlib.sha256(data).hexdigest(), document


def _read(reader: Reader, data: bytes, name: str, manner: Manner) -> RawDocument:
    form = getattr(reader, "READ_AS", None)
    if form is None:
        return reader.read(data, name=name, manner=manner)
    other = next(one for one in readers() if form == one.FORMAT)
    return other.read(cast(Converter, reader).converted(data, manner=manner), name=name, manner=manner)


def _pick(data: bytes, ending: str) -> Reader:
    if not data.strip(b"\0\t\n\r "):
        raise UnreadableDocument("The file is empty. Download or export it again.")
    head = data[:HEAD]
    named = next((reader for reader in readers() if ending in reader.EXTENSIONS), None)
    if named is not None and named.recognises(head):
        return named
    able = [reader for reader in readers() if reader.recognises(head)]
    exact = [reader for reader in able if not getattr(reader, "READS_TEXT", False) or _is_sure(reader, head)]
    if exact:
        return exact[0]
    if named is not None and able and not getattr(named, "READS_TEXT", False):
        raise UnreadableDocument(
            f"The file ends in {ending} but holds plain text ({able[0].FORMAT}). "
            "Download it again, or give it the ending that fits."
        )
    if able:
        return able[-1]
    if b"mimetypeapplication/vnd.oasis.opendocument" in head[:200]:
        raise UnreadableDocument("The file is an OpenDocument drawing or slides. Save its text as .odt or .docx.")
    what = next((words for begin, words in _FOREIGN if data.lstrip().startswith(begin)), "not a document that is known")
    promise = f", although its name ends in {ending}" if named is not None else ""
    raise UnreadableDocument(f"The file is {what}{promise}. {_advice(what)}")


def _is_sure(reader: Reader, head: bytes) -> bool:
    sure: Callable[[bytes], bool] | None = getattr(reader, "is_sure", None)
    return sure is not None and sure(head)


def _advice(what: str) -> str:
    if "image" in what:
        return "Run text recognition (OCR) on it and give the result as PDF, Word or text."
    if "archive" in what:
        return "Unpack it and give the documents in it."
    return f"Save it as one of: {', '.join(sorted(reader.EXTENSIONS[0] for reader in readers()))}."
