"""The parts of a Word document: which file in the archive is what."""

from __future__ import annotations

import posixpath
from typing import Any

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.archive import Archive
from policyaudit.ingest.letters import clean
from policyaudit.ingest.word.changes import settle, with_initials, without_codes, without_hidden
from policyaudit.ingest.word.styles import Styles

_STRICT = b"http://purl.oclc.org/ooxml/"
_PLAIN = b"http://schemas.openxmlformats.org/"
# The names of the strict variant of the standard, and those by which it is known everywhere.
_NAMES = (
    (_STRICT + b"wordprocessingml/main", _PLAIN + b"wordprocessingml/2006/main"),
    (_STRICT + b"officeDocument/relationships", _PLAIN + b"officeDocument/2006/relationships"),
    (_STRICT + b"drawingml/main", _PLAIN + b"drawingml/2006/main"),
)
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


class Package:
    """The XML of a document's parts, its tracked changes settled, without field codes and hidden text."""

    def __init__(self, archive: Archive, *, changes: str) -> None:
        """Raises UnreadableDocument if the archive holds no Word document or a damaged one."""
        self.archive = archive
        self.changes = changes
        self.changed = 0  # tracked changes in all parts of the text
        self.targets: dict[str, str] = {}  # the parts that the document names, by their key
        main = self._relations("", "_rels/.rels").get("officeDocument", ["word/document.xml"])[0]
        root = self._xml(main)
        folder, file = posixpath.split(main)
        self.targets = {}
        self.parts = self._relations(folder, f"{folder}/_rels/{file}.rels")
        if root is None or not str(root.tag).endswith("}document") or not len(root):
            raise UnreadableDocument("The Word document is damaged: it has no text in it. Save it again from Word.")
        self.styles = Styles(self._first("styles"))
        self.settings = self._first("settings")
        self.numbering = self._first("numbering")
        self.comments = len(self._first("comments")) if self._first("comments") is not None else 0
        self.body = self._settled(root)
        self.notes = {kind: self._settled(self._first(f"{kind}s")) for kind in ("footnote", "endnote")}
        self.margins = {kind: [self._settled(root) for root in self._all(kind)] for kind in ("header", "footer")}

    @property
    def title(self) -> str | None:
        """The title that the document's properties name, if it is more than a word."""
        root = self.archive.xml("docProps/core.xml")
        title = clean(root.findtext(_TITLE) or "") if root is not None else ""
        return title if " " in title else None

    def related(self, key: str | None) -> Any:
        """The XML of the part that the document names by this key; None if there is none."""
        return self._xml(self.targets.get(key or "", ""))

    def bytes_of(self, key: str | None) -> bytes | None:
        """The bytes of such a part."""
        return self.archive.read(self.targets.get(key or "", ""))

    def _settled(self, root: Any) -> Any:
        if root is not None:
            self.changed += settle(root, self.changes)
            without_hidden(root, self.styles)
            without_codes(root)
            with_initials(root)
        return root

    def _relations(self, folder: str, name: str) -> dict[str, list[str]]:
        """The parts that a part refers to, by the last word of what they are to it."""
        root = self._xml(name)
        found: dict[str, list[str]] = {}
        for relation in root.iter(_RELATION) if root is not None else ():
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or "")).lstrip("/")
                self.targets[relation.get("Id") or ""] = target
                found.setdefault((relation.get("Type") or "").rsplit("/", 1)[-1], []).append(target)
        return found

    def _xml(self, name: str) -> Any:
        data = self.archive.read(name)
        if data and _STRICT in data[:4096]:
            for strict, plain in _NAMES:
                data = data.replace(strict, plain)
        return None if not data else self.archive.parsed(data)

    def _all(self, kind: str) -> list[Any]:
        roots = (self._xml(name) for name in dict.fromkeys(self.parts.get(kind, ())))
        return [root for root in roots if root is not None]

    def _first(self, kind: str) -> Any:
        return next(iter(self._all(kind)), None)
