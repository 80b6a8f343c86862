"""Documents that are zip archives of XML (Word, OpenDocument, EPUB), opened without trusting them."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from lxml import etree

from policyaudit.errors import UnreadableDocument

ZIP = b"PK\x03\x04"
LARGEST_PART = 128 * 1024 * 1024  # bytes, unpacked: some 30,000 pages
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError)


class Archive:
    """The parts of an archive by their names. ``what`` names the kind of document in messages."""

    def __init__(self, data: bytes, what: str) -> None:
        """Raises UnreadableDocument for an archive that is broken."""
        self.what = what
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
            self.names = frozenset(self._file.namelist())
        except (*_BROKEN, NotImplementedError) as error:
            raise UnreadableDocument(f"The {what} is cut off or damaged. Download or save it again.") from error

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, None if there is no such part. Raises UnreadableDocument for one that is broken, locked
        with a password or far too large."""
        if name not in self.names:
            return None
        try:
            with self._file.open(name) as part:
                data = part.read(LARGEST_PART + 1)
        except (*_BROKEN, NotImplementedError) as error:  # before RuntimeError, of which it is one: a packing unknown to zipfile
            raise UnreadableDocument(f"The {self.what} is damaged and cannot be opened. Save it again.") from error
        except RuntimeError as error:  # that of an encrypted member
            raise UnreadableDocument(f"The {self.what} is locked with a password. Save it again without one.") from error
        if len(data) > LARGEST_PART:
            raise UnreadableDocument(
                f"A part of the {self.what} unpacks to more than {LARGEST_PART >> 20} MB, which no document of text does. "
                "Do not use the file unless you trust where it comes from; save its text as a new document."
            )
        return data

    def xml(self, name: str) -> Any:
        """The root element of a part, None if there is no such part or nothing in it. Raises UnreadableDocument."""
        data = self.read(name)
        return self.parsed(data) if data else None

    def parsed(self, data: bytes) -> Any:
        """The root element of the XML of a part. Raises UnreadableDocument."""
        return xml(data, self.what)


def xml(data: bytes, what: str) -> Any:
    """The root element of XML: entities are not replaced and nothing is fetched. Raises UnreadableDocument."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument(f"The {what} is damaged: its XML cannot be read. Download or save it again.") from error
    if root is None:
        raise UnreadableDocument(f"The {what} is damaged: there is nothing in its XML. Download or save it again.")
    return root
