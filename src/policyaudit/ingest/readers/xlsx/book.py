"""The parts of an Excel workbook: its sheets, the texts that they share, and how cells look."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.archive import LARGEST_PART, Archive
from policyaudit.ingest.blocks import Block, Role
from policyaudit.ingest.readers.xlsx.shown import Look, builtin, shown

_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_LONGEST_NUMBER = 9  # digits
_LONGEST_FORM = 255  # letters, as in Excel
_UNNAMED = re.compile(r"\w+\d{1,3}")  # what programs call a sheet before a person does


@dataclass(frozen=True, slots=True)
class Sheet:
    """``root``: its XML. ``heads``: the rows that are printed at the head of each page, from 1; (0, 0) for none."""

    name: str
    root: Any
    heads: tuple[int, int] = (0, 0)


class Book:
    """A workbook, and what was left out of it as it was read."""

    def __init__(self, archive: Archive) -> None:
        """Raises UnreadableDocument if the archive holds no workbook."""
        self.archive = archive
        root = archive.xml("xl/workbook.xml")
        if root is None:
            raise UnreadableDocument(
                "The Excel workbook is damaged: it does not say what sheets it has. Save it again from Excel."
            )
        self.root = root
        self.hidden = 0  # sheets, rows and columns with something in them
        self.uncounted = 0  # formulas without a result
        self.shared = 0  # letters of shared texts that cells have shown
        properties = root.find("{*}workbookPr")
        self.since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        shared = archive.xml("xl/sharedStrings.xml")
        self.texts = [text_of(item) for item in shared.iterfind("{*}si")] if shared is not None else []
        self.looks = list(_looks(archive.xml("xl/styles.xml")))

    def sheets(self) -> Iterator[Sheet]:
        """The sheets that are shown, in their order."""
        relations = self.archive.xml("xl/_rels/workbook.xml.rels")
        targets = (
            {one.get("Id"): one.get("Target") or "" for one in relations.iter("{*}Relationship")} if relations is not None else {}
        )
        heads = dict(self._heads())
        seen: set[str] = set()  # no program names the same sheet twice
        for place, item in enumerate(self.root.iterfind("{*}sheets/{*}sheet")):
            target = targets.get(item.get(_RELATED) or item.get(_STRICT), "")
            path = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            root = self.archive.xml(path) if "worksheet" in path and path not in seen else None
            seen.add(path)
            if root is None:
                continue
            if item.get("state") in ("hidden", "veryHidden"):
                self.hidden += next(root.iter("{*}c"), None) is not None
                continue
            yield Sheet(item.get("name") or "", root, heads.get(place, (0, 0)))

    def _heads(self) -> Iterator[tuple[int, tuple[int, int]]]:
        for name in self.root.iterfind("{*}definedNames/{*}definedName"):
            rows = re.search(r"\$(\d{1,7}):\$(\d{1,7})$", name.text or "")
            place = whole(name.get("localSheetId"))
            if name.get("name") == "_xlnm.Print_Titles" and rows and place is not None:
                yield place, (int(rows[1]), int(rows[2]))

    def value(self, cell: Any) -> str:
        """What a cell shows; dates as ISO 8601."""
        kind, text = cell.get("t") or "n", cell.findtext("{*}v")
        if kind == "inlineStr":
            inner = cell.find("{*}is")
            return text_of(inner) if inner is not None else ""
        if not text:
            self.uncounted += cell.find("{*}f") is not None
            return ""
        if kind == "s":
            place = whole(text)
            said = self.texts[place] if place is not None and place < len(self.texts) else ""
            self.shared += len(said)
            if self.shared > LARGEST_PART:  # a text that is kept once can be shown a million times
                raise UnreadableDocument(
                    "The cells of the workbook show more text than any document holds. "
                    "Do not use the file unless you trust where it comes from."
                )
            return said
        if kind == "n":
            return shown(text, self.look(cell).form, since_1904=self.since_1904)
        return "" if kind == "e" else text

    def look(self, cell: Any) -> Look:
        """How a cell looks."""
        style = whole(cell.get("s") or "0")
        return self.looks[style] if style is not None and style < len(self.looks) else Look()

    def heading(self, name: str, *, alone: bool) -> tuple[Block, ...]:
        """The name of a sheet above what stands in it, where it is one that a person gave."""
        return () if alone or not name.strip() or _UNNAMED.fullmatch(name) else (Block(name.strip(), Role.HEADING, level=1),)

    def warnings(self) -> Iterator[str]:
        """Sentences for the user about what was left out."""
        if self.hidden:
            yield f"Hidden sheets, rows or columns of the workbook ({self.hidden}) were left out. Show them if they count."
        if self.uncounted:
            yield f"The workbook has formulas without a result ({self.uncounted}). Open it in Excel and save it again."


def whole(said: str | None) -> int | None:
    """A whole number from 0 up, as the XML writes it; None for what is none, or larger than any place in a workbook."""
    return int(said) if said and said.isdecimal() and len(said) <= _LONGEST_NUMBER else None


def text_of(item: Any) -> str:
    """The text of a string with all its runs, without what tells how it is pronounced."""
    spoken = {id(text) for part in item.iterfind("{*}rPh") for text in part.iter("{*}t")}
    return "".join(text.text or "" for text in item.iter("{*}t") if id(text) not in spoken)


def _looks(root: Any) -> Iterator[Look]:
    if root is None:
        return
    written = root.iterfind("{*}numFmts/{*}numFmt")
    forms = {form.get("numFmtId"): (form.get("formatCode") or "")[:_LONGEST_FORM] for form in written}
    bold = [_is_bold(font) for font in root.iterfind("{*}fonts/{*}font")]
    for style in root.iterfind("{*}cellXfs/{*}xf"):
        key, font = style.get("numFmtId") or "0", whole(style.get("fontId") or "0")
        yield Look(forms.get(key) or builtin(key), bold=font is not None and font < len(bold) and bold[font])


def _is_bold(font: Any) -> bool:
    strong = font.find("{*}b")
    return strong is not None and strong.get("val") not in ("0", "false")
