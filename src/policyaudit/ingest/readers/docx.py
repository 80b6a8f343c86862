"""Word documents: paragraphs and tables in document order, with numbers as Word shows them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml.etree import XMLSyntaxError, fromstring

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.blocks import AS_USUAL, Block, Manner, RawDocument, Role
from policyaudit.ingest.grid import TableRow, table_rows
from policyaudit.ingest.letters import clean
from policyaudit.ingest.marks import BULLET, has_leaders, without_leaders
from policyaudit.ingest.numerals import numeral

FORMAT = "docx"
EXTENSIONS = (".docx", ".docm", ".dotx")

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
# What the libraries raise for an archive with faults inside it; RuntimeError is that of an encrypted member.
_BROKEN = (
    PackageNotFoundError, zipfile.BadZipFile, zlib.error, XMLSyntaxError, KeyError, ValueError, EOFError, RuntimeError,
    AttributeError, OSError,
)  # fmt: skip
_STYLES = {
    "decimal": "1", "decimalZero": "01", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I",
}  # fmt: skip
# What was deleted or moved away while changes were tracked is no longer text; field codes never were.
_GONE = frozenset(f"{_W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr")) | {_ALTERNATIVE}
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)


def recognises(head: bytes) -> bool:
    """Whether the first bytes are those of a zip archive, as a Word document is; what is in it shows only in reading."""
    return head.startswith(b"PK\x03\x04")


def read(data: bytes, *, name: str, manner: Manner = AS_USUAL) -> RawDocument:
    """The document as blocks. Raises UnreadableDocument for an archive that is broken or holds no Word document."""
    if not recognises(data):
        raise UnreadableDocument("The file is no Word document (.docx): it is not a zip archive. Save it again from Word.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise UnreadableDocument("The Word document is cut off or damaged. Download or save it again.") from error
    if "word/document.xml" not in parts and not any(part.startswith("word/") for part in parts):
        raise UnreadableDocument("The file is a zip archive but no Word document. Unpack it and give the documents in it.")
    try:
        return _Reading(docx.Document(io.BytesIO(data))).document()
    except _BROKEN as error:
        raise UnreadableDocument("The Word document is damaged and cannot be opened. Save it again from Word.") from error


def _value(element: Any, path: str) -> str | None:
    """The ``w:val`` of the first element on the path, as ``w:pPr/w:pStyle``; None if there is none."""
    found = element.find("/".join(f"{_W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{_W}val")


def _on(element: Any, path: str) -> bool | None:
    """Whether a property that is on or off is set; None if it is not named."""
    found = element.find("/".join(f"{_W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{_W}val") not in ("0", "false", "off", "none")


class _Style:
    """A paragraph style with what it takes from the styles it is based on."""

    __slots__ = ("bold", "name", "number", "outline")

    def __init__(self, name: str, outline: int | None, bold: bool, number: tuple[str | None, str | None]) -> None:
        self.name = name
        self.outline = outline
        self.bold = bold
        self.number = number  # (list, level)


class _Lists:
    """The numbered lists of a document, and how far each has counted."""

    def __init__(self, root: Any) -> None:
        self.levels: dict[str, dict[int, tuple[int, str, str]]] = {}  # list -> level -> (start, format, text)
        self.counter_of: dict[str, str] = {}  # list -> the counter it shares with others
        self.counts: dict[str, dict[int, int]] = {}
        self.level_of_style: dict[tuple[str, str], int] = {}
        if root is None:
            return
        abstract = {item.get(f"{_W}abstractNumId"): item for item in root.findall(f"{_W}abstractNum")}
        for number in root.findall(f"{_W}num"):
            key = number.get(f"{_W}numId")
            base = _value(number, "abstractNumId") or ""
            levels: dict[int, tuple[int, str, str]] = {}
            restarts = False
            for item in abstract[base].findall(f"{_W}lvl") if base in abstract else ():
                level = int(item.get(f"{_W}ilvl"))
                levels[level] = _level(item)
                style = _value(item, "pStyle")
                if style:
                    self.level_of_style[key, style] = level
            for change in number.findall(f"{_W}lvlOverride"):
                level = int(change.get(f"{_W}ilvl"))
                own = change.find(f"{_W}lvl")
                if own is not None:
                    levels[level] = _level(own)
                start = _value(change, "startOverride")
                if start is not None and level in levels:
                    levels[level] = (int(start), *levels[level][1:])
                    restarts = True
            self.levels[key] = levels
            self.counter_of[key] = f"own {key}" if restarts else base

    def mark(self, key: str, level: int) -> str | None:
        """Counts one item on and returns its number or bullet as Word shows it; None without such a list."""
        levels = self.levels.get(key)
        if not levels or level not in levels:
            return None
        counts = self.counts.setdefault(self.counter_of[key], {})
        counts[level] = counts[level] + 1 if level in counts else levels[level][0]
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        _, style, text = levels[level]
        if style == "bullet":
            return "•"

        def number(match: re.Match[str]) -> str:
            place = int(match.group(1)) - 1
            start, own, _ = levels.get(place, (1, "decimal", ""))
            return numeral(counts.get(place, start), _STYLES.get(own, "1"))

        return re.sub(r"%(\d)", number, "" if style == "none" else text).strip()


def _level(item: Any) -> tuple[int, str, str]:
    return int(_value(item, "start") or 1), _value(item, "numFmt") or "decimal", _value(item, "lvlText") or ""


class _Reading:
    """One pass through a document."""

    def __init__(self, source: Any) -> None:
        self.source = source
        self.parts = {
            relation.reltype: relation.target_part for relation in source.part.rels.values() if not relation.is_external
        }
        numbering = self._root("numbering")
        self.lists = _Lists(numbering)
        self.styles: dict[str, _Style] = {}
        self.elements = {item.get(f"{_W}styleId"): item for item in source.styles.element.findall(f"{_W}style")}
        paragraphs = [key for key, item in self.elements.items() if item.get(f"{_W}type") == "paragraph"]
        self.default = next((key for key in paragraphs if self.elements[key].get(f"{_W}default") == "1"), "")
        self.notes = {**self._notes("footnotes", "footnote"), **self._notes("endnotes", "endnote")}
        self.note_count = 0

    def document(self) -> RawDocument:
        heads, feet = self._margins("headers"), self._margins("footers")
        blocks = [*heads, *self._body(self.source.element.body), *feet]
        properties = self.source.core_properties
        title = clean(properties.title or "")
        return RawDocument(tuple(blocks), title=title if " " in title else None, warnings=self._changes())

    def _changes(self) -> tuple[str, ...]:
        """That the text was read with all tracked changes accepted, where there are any."""
        body = self.source.element.body
        count = sum(1 for tag in ("ins", "del", "moveFrom") for _ in body.iter(f"{_W}{tag}"))
        if not count:
            return ()
        return (f"The document has tracked changes ({count}): it was read as if all were accepted.",)

    def _root(self, kind: str) -> Any:
        part = self.parts.get(_NOTES + kind)
        return None if part is None else fromstring(part.blob)

    def _notes(self, kind: str, tag: str) -> dict[tuple[str, str], str]:
        root = self._root(kind)
        notes = {}
        for note in root.findall(f"{_W}{tag}") if root is not None else ():
            if note.get(f"{_W}type") in (None, "normal"):
                text = clean(" ".join(_text(paragraph) for paragraph in note.iter(f"{_W}p")))
                notes[tag, note.get(f"{_W}id")] = text
        return notes

    def _margins(self, kind: str) -> list[Block]:
        """The texts of all running heads or feet, each once."""
        wanted = _NOTES + kind.rstrip("s")
        texts: dict[str, None] = {}
        for relation in self.source.part.rels.values():
            if relation.reltype == wanted and not relation.is_external:
                for paragraph in fromstring(relation.target_part.blob).iter(f"{_W}p"):
                    texts.setdefault(clean(_text(paragraph)))
        return [Block(text, Role.FURNITURE) for text in texts if text]

    def _style(self, key: str, seen: tuple[str, ...] = ()) -> _Style:
        known = self.styles.get(key)
        if known is not None:
            return known
        item = self.elements.get(key)
        if item is None or key in seen:
            return _Style("", None, False, (None, None))
        based = _value(item, "basedOn")
        base = self._style(based, (*seen, key)) if based else _Style("", None, False, (None, None))
        outline = _value(item, "pPr/outlineLvl")
        bold = _on(item, "rPr/b")
        number, level = _value(item, "pPr/numPr/numId"), _value(item, "pPr/numPr/ilvl")
        if number is not None and level is None and (number, key) in self.lists.level_of_style:
            level = str(self.lists.level_of_style[number, key])
        style = _Style(
            (_value(item, "name") or "").lower(),
            base.outline if outline is None else int(outline),
            base.bold if bold is None else bold,
            (number or base.number[0], level or base.number[1]),
        )
        self.styles[key] = style
        return style

    def _body(self, parent: Any) -> Iterator[Block]:
        for element in parent:
            if element.tag == f"{_W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                yield from self._table(element)
            elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml", f"{_W}smartTag"):
                yield from self._body(element)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        style = self._style(_value(element, "pPr/pStyle") or self.default)
        text = clean(_text(element))
        outline = _value(element, "pPr/outlineLvl")
        level = int(outline) if outline is not None else style.outline
        named = _HEADING.fullmatch(style.name)
        if named:
            level = int(named.group(1)) - 1
        if text:
            mark, depth = self._mark(element, style)
            role = Role.PARAGRAPH
            if level is not None and level < 9:
                role, depth = Role.HEADING, level + 1
            elif style.name == "title":
                role, depth = Role.TITLE, 0
            elif style.name.startswith("toc ") or has_leaders(text):
                role, text = Role.CONTENTS, without_leaders(text)
            elif mark is not None or BULLET.match(text):
                role = Role.ITEM
            if mark:
                text = f"{mark} {text}"
            yield Block(text, role, level=depth, bold=self._bold(element, style), size=_size(element), indent=_indent(element))
        for box in element.iter(f"{_W}txbxContent"):
            if not any(parent.tag == _ALTERNATIVE for parent in box.iterancestors()):
                yield from self._body(box)
        yield from self._notes_of(element)

    def _notes_of(self, element: Any) -> Iterator[Block]:
        for tag in ("footnote", "endnote"):
            for reference in element.iter(f"{_W}{tag}Reference"):
                text = self.notes.get((tag, reference.get(f"{_W}id")))
                if text:
                    self.note_count += 1
                    yield Block(f"{self.note_count} {text}", Role.NOTE)

    def _mark(self, element: Any, style: _Style) -> tuple[str | None, int]:
        number = _value(element, "pPr/numPr/numId")
        level = _value(element, "pPr/numPr/ilvl")
        if number is None:
            number, level = style.number[0], level or style.number[1]
        if number is None or number == "0":
            return None, 0
        place = int(level or style.number[1] or 0)
        return self.lists.mark(number, place), place + 1

    def _bold(self, element: Any, style: _Style) -> bool:
        found = False
        for run in element.iter(f"{_W}r"):
            if not clean(_text(run)):
                continue
            bold = _on(run, "rPr/b")
            if bold is None:
                own = _value(run, "rPr/rStyle")
                bold = style.bold or bool(own and self._style(own).bold)
            if not bold:
                return False
            found = True
        return found

    def _table(self, table: Any) -> Iterator[Block]:
        """The rows of the table, and after them the footnotes of its cells."""
        rows: list[TableRow] = []
        merged: dict[int, str] = {}  # column -> text of the cell that is merged downwards
        columns = 0
        found: list[tuple[list[tuple[int, int, str, bool]], bool, bool]] = []
        styled = self._first_row_is_styled(table)
        for row in _within(table, "tr"):
            if row.find(f"{_W}trPr/{_W}del") is not None:
                continue
            column = int(_value(row, "trPr/gridBefore") or 0)
            placed = []
            bold = True
            for cell in _within(row, "tc"):
                across = int(_value(cell, "tcPr/gridSpan") or 1)
                down = cell.find(f"{_W}tcPr/{_W}vMerge")
                text, cell_bold = self._cell(cell)
                goes_on = down is not None and down.get(f"{_W}val") != "restart"
                if goes_on and not text:
                    placed.append((column, column + across - 1, merged.get(column, ""), False))
                else:
                    placed.append((column, column + across - 1, text, True))
                    bold = bold and (cell_bold or not text)
                if down is None:
                    merged.pop(column, None)
                elif not goes_on:
                    merged[column] = text
                column += across
            columns = max(columns, column)
            styled_head = styled and not found
            found.append((placed, bold, styled_head or bool(_on(row, "trPr/tblHeader"))))
        for placed, bold, head in found:
            texts = [""] * columns
            filled = [False] * columns
            for begin, _, text, own in placed:
                texts[begin], filled[begin] = text, own and bool(text)
            spans = [(begin, last) for begin, last, _, own in placed if own]
            rows.append(TableRow(texts, filled, spans, bold=bold, head=head))
        if columns == 1:
            # A table of one column is a frame around text.
            for row in _within(table, "tr"):
                for cell in _within(row, "tc"):
                    yield from self._body(cell)
            return
        yield from table_rows(rows, columns)[0]
        yield from self._notes_of(table)

    def _first_row_is_styled(self, table: Any) -> bool:
        """Whether the table's style sets its first row off. The plain grid, which is Word's default, does not."""
        look = table.find(f"{_W}tblPr/{_W}tblLook")
        style = self.elements.get(_value(table, "tblPr/tblStyle") or "")
        if look is None or style is None:
            return False
        on = look.get(f"{_W}firstRow") == "1" or int(look.get(f"{_W}val") or "0", 16) & 0x20
        return bool(on) and any(part.get(f"{_W}type") == "firstRow" for part in style.findall(f"{_W}tblStylePr"))

    def _cell(self, cell: Any) -> tuple[str, bool]:
        """The text of a cell, with the numbers of its items, and whether all of it is bold."""
        texts = []
        bold = True
        for element in cell.iter(f"{_W}p"):
            text = clean(_text(element))
            if text:
                style = self._style(_value(element, "pPr/pStyle") or self.default)
                mark, _ = self._mark(element, style)
                texts.append(f"{mark} {text}" if mark else text)
                bold = bold and self._bold(element, style)
        return " ".join(texts), bold


def _within(parent: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those that stand in a content control."""
    for element in parent:
        if element.tag == f"{_W}{tag}":
            yield element
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _within(element, tag)


def _text(element: Any) -> str:
    """The text of a paragraph or run as it stands once all tracked changes are accepted."""
    parts: list[str] = []
    _gather(element, parts)
    return "".join(parts)


def _gather(element: Any, parts: list[str]) -> None:
    for child in element:
        tag = child.tag
        if tag in _GONE or tag == f"{_W}txbxContent":
            continue
        if tag == f"{_W}t":
            parts.append(child.text or "")
        elif tag in (f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}ptab"):
            parts.append(" ")
        elif tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif tag == f"{_W}sym":
            parts.append("•")
        elif isinstance(tag, str) and len(child):
            _gather(child, parts)


def _size(element: Any) -> float:
    size = next((value for run in element.iter(f"{_W}r") if (value := _value(run, "rPr/sz"))), None)
    return int(size) / 2 if size and size.isdigit() else 0.0


def _indent(element: Any) -> float:
    indent = element.find(f"{_W}pPr/{_W}ind")
    left = "" if indent is None else indent.get(f"{_W}left") or indent.get(f"{_W}start") or ""
    return int(left) / 20 if left.lstrip("-").isdigit() else 0.0
