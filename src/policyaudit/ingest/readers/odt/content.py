"""The body of an OpenDocument text as blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from policyaudit.ingest.blocks import Block, Role
from policyaudit.ingest.grid import table_rows
from policyaudit.ingest.letters import clean
from policyaudit.ingest.marks import BULLET, has_leaders, without_leaders
from policyaudit.ingest.readers.odt.changes import put_back
from policyaudit.ingest.readers.odt.names import DRAW, OFFICE, STYLE, TABLE, TEXT, XML_ID
from policyaudit.ingest.readers.odt.styles import Styles, printed
from policyaudit.ingest.readers.odt.tables import rows_of
from policyaudit.ingest.unwrapping import broken_lines

_INDEXES = (
    "table-of-content",
    "illustration-index",
    "table-index",
    "alphabetical-index",
    "user-index",
    "object-index",
    "bibliography",
)
_THROUGH = frozenset((f"{TEXT}section", f"{TEXT}index-body", f"{TEXT}index-title", f"{OFFICE}text", f"{TEXT}list-header"))
_SHAPES = tuple(f"{DRAW}{shape}" for shape in ("frame", "custom-shape", "rect", "ellipse", "polygon", "path", "caption"))
_MARGINS = ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")
_APART = frozenset((f"{TEXT}note", f"{OFFICE}annotation", f"{TEXT}tracked-changes", *_SHAPES))
_WATERMARK = "WaterMark"  # in the names that Word and LibreOffice give to them


class Content:
    """One pass through a document."""

    def __init__(self, text: Any, styles: Styles, changes: str) -> None:
        self.text = text
        self.styles = styles
        self.counts: dict[str, dict[int, int]] = {}  # list -> level -> how far it has counted
        self.outline: dict[int, int] = {}
        self.counter_of: dict[str | None, str] = {}  # list -> the list whose count it goes on with
        self.last_list: dict[str, str] = {}  # list style -> the list that used it last
        self.notes: list[str] = []
        regions = list(text.iter(f"{TEXT}changed-region"))
        self.changed = len(regions)
        self.deleted = {region.get(XML_ID) or region.get(f"{TEXT}id"): region.find(f"{TEXT}deletion") for region in regions}
        self.inserted = {
            region.get(XML_ID) or region.get(f"{TEXT}id") for region in regions if region.find(f"{TEXT}insertion") is not None
        }
        self.before = changes == "original"
        self.within_insertion = 0
        if self.before:
            put_back(text, self.deleted)

    def blocks(self) -> list[Block]:
        """The document's text as blocks."""
        return list(self._body(self.text, ()))

    @staticmethod
    def watermarks(roots: Iterable[Any]) -> list[str]:
        """The words that stand large behind the text of the pages."""
        shapes = [shape for root in roots for shape in root.iter(f"{DRAW}custom-shape")]
        marked = [shape for shape in shapes if _WATERMARK in (shape.get(f"{DRAW}name") or "")]
        return [clean("".join(shape.itertext())) for shape in marked]

    def margins(self, roots: Iterable[Any]) -> Iterator[Block]:
        """The texts of all running heads and feet, each once."""
        texts: dict[str, None] = {}
        for root in roots:
            for page in root.iter(f"{STYLE}master-page"):
                for kind in _MARGINS:
                    for margin in page.findall(f"{STYLE}{kind}"):
                        for paragraph in margin.iter(f"{TEXT}p", f"{TEXT}h"):
                            texts.setdefault(clean(self._running(paragraph)))
        self.notes.clear()
        return (Block(text, Role.FURNITURE) for text in texts if text)

    def _body(self, parent: Any, index: tuple[str, ...]) -> Iterator[Block]:
        for element in parent:
            tag = element.tag
            if tag in (f"{TEXT}p", f"{TEXT}h"):
                yield from self._paragraph(element, "", 0, contents=bool(index))
            elif tag == f"{TEXT}list":
                yield from self._list(element, None, 1)
            elif tag == f"{TABLE}table":
                yield from self._table(element)
            elif tag in _THROUGH and element.get(f"{TEXT}display") != "none":
                yield from self._body(element, index)
            elif tag in (f"{TEXT}change", f"{TEXT}change-start", f"{TEXT}change-end"):
                yield from self._change(element, index)
            elif any(tag == f"{TEXT}{name}" for name in _INDEXES):
                yield from self._body(element, (*index, tag))
            elif tag == f"{TEXT}numbered-paragraph":
                yield from self._list(element, None, self._place(element))
            elif tag in _SHAPES:
                yield from self._box(element)
            elif tag in (f"{DRAW}g", f"{DRAW}a"):
                yield from self._body(element, index)

    def _change(self, mark: Any, index: tuple[str, ...]) -> Iterator[Block]:
        """Whole paragraphs that were deleted stand at their mark; what was inserted stands between two."""
        key = mark.get(f"{TEXT}change-id")
        if mark.tag == f"{TEXT}change" and self.before and self.deleted.get(key) is not None:
            yield from self._body(self.deleted[key], index)
        elif mark.tag == f"{TEXT}change-start" and key in self.inserted:
            self.within_insertion += 1
        elif mark.tag == f"{TEXT}change-end" and key in self.inserted:
            self.within_insertion -= 1

    def _paragraph(self, element: Any, mark: str, depth: int, *, contents: bool = False) -> Iterator[Block]:
        name = element.get(f"{TEXT}style-name")
        whole = "" if self.styles.is_hidden("paragraph", name) else self._running(element)
        text = clean(whole)
        role, level = Role.PARAGRAPH, depth
        names = self.styles.names(name)
        if element.tag == f"{TEXT}h":
            place = element.get(f"{TEXT}outline-level") or "1"
            role, level = Role.HEADING, int(place) if place.isdigit() else 1
            if text and not mark and element.get(f"{TEXT}is-list-header") != "true":
                mark = self._outlined(level)
        elif "title" in names:
            role = Role.TITLE
        elif contents or has_leaders(text):
            role, text = Role.CONTENTS, without_leaders(text)
        elif mark or BULLET.match(text):
            role = Role.ITEM
        lines = (
            [text] if role not in (Role.PARAGRAPH, Role.ITEM) or "\n" not in whole.strip() else broken_lines(whole, hard=False)
        )
        for line in filter(None, map(clean, lines)):
            yield Block(
                f"{mark} {line}" if mark and role is not Role.CONTENTS else line,
                Role.ITEM if role is Role.PARAGRAPH and BULLET.match(line) else role,
                level=level,
                bold=self._bold(element),
                size=self.styles.size(name),
            )
            mark = ""
        for box in element.iter(*_SHAPES):
            if next(box.iterancestors(*_SHAPES, f"{TEXT}p", f"{TEXT}h")) is element:
                yield from self._box(box)
        yield from (Block(note, Role.NOTE) for note in self.notes)
        self.notes.clear()

    def _box(self, box: Any) -> Iterator[Block]:
        """The text in a frame or shape; a picture has none."""
        holders = box.findall(f"{DRAW}text-box") if box.tag == f"{DRAW}frame" else [box]
        for holder in holders:
            yield from self._body(holder, ())

    def _outlined(self, level: int) -> str:
        self.outline[level] = self.outline[level] + 1 if level in self.outline else self._start(self.styles.outline, level)
        for deeper in [other for other in self.outline if other > level]:
            del self.outline[deeper]
        return printed(self.styles.outline, self.outline, level)

    @staticmethod
    def _start(levels: Any, place: int) -> int:
        return int(levels[place].start) if place in levels else 1

    def _list(self, element: Any, style: str | None, place: int, key: str = "") -> Iterator[Block]:
        style = element.get(f"{TEXT}style-name") or style or self._style_within(element)
        if not key:
            key = self._counter(element, style or "")
        levels = self.styles.lists.get(style or "", {})
        counts = self.counts.setdefault(key, {})
        for item in element:
            if item.tag == f"{TEXT}list-header":
                yield from self._body(item, ())
                continue
            if item.tag == f"{TEXT}list-item":
                children = list(item)
            elif element.tag == f"{TEXT}numbered-paragraph":
                item, children = element, [item]
            else:
                continue
            mark = ""
            first = next((child for child in children if child.tag in (f"{TEXT}p", f"{TEXT}h", f"{TEXT}list")), None)
            if first is not None and first.tag != f"{TEXT}list":
                start = item.get(f"{TEXT}start-value") or ""
                own = int(start) if start.isdigit() else None
                following = counts[place] + 1 if place in counts else self._start(levels, place)
                counts[place] = following if own is None else own
                for deeper in [other for other in counts if other > place]:
                    del counts[deeper]
                for outer in range(place - levels[place].shown + 1 if place in levels else place, place):
                    counts.setdefault(outer, self._start(levels, outer))  # begun, although none of its items stands before
                mark = printed(levels, counts, place)
            for child in children:
                if child.tag in (f"{TEXT}p", f"{TEXT}h"):
                    said = list(self._paragraph(child, mark, place))
                    if self.before and not said and mark and clean("".join(child.itertext())):
                        counts[place] -= 1  # all of it was inserted
                    yield from said
                    mark = ""
                elif child.tag == f"{TEXT}list":
                    yield from self._list(child, style, place + 1, key)
                else:
                    yield from self._body([child], ())

    @staticmethod
    def _place(element: Any) -> int:
        place = element.get(f"{TEXT}level") or "1"
        return int(place) if place.isdigit() else 1

    def _style_within(self, element: Any) -> str | None:
        first = next(element.iter(f"{TEXT}p", f"{TEXT}h"), None)
        return None if first is None else self.styles.list_of(first.get(f"{TEXT}style-name"))

    def _counter(self, element: Any, style: str) -> str:
        """Which list a list goes on counting: the one it names, or the last of its style if it says that it goes on."""
        own = element.get(XML_ID) or element.get(f"{TEXT}list-id") or f"{style} {len(self.counter_of)}"
        if element.tag == f"{TEXT}numbered-paragraph" and own in self.counter_of:
            return self.counter_of[own]
        counter = own
        goes_on = element.get(f"{TEXT}continue-list")
        if goes_on in self.counter_of:
            counter = self.counter_of[goes_on]
        elif element.get(f"{TEXT}continue-numbering") == "true" and style in self.last_list:
            counter = self.last_list[style]
        self.counter_of[own] = self.last_list[style] = counter
        return counter

    def _running(self, element: Any) -> str:
        parts: list[str] = []
        self._gather(element, parts)
        return "".join(parts)

    def _gather(self, element: Any, parts: list[str]) -> None:
        self._say(element.text, parts)
        for child in element:
            tag = child.tag
            if tag == f"{TEXT}note":
                body = child.find(f"{TEXT}note-body")
                sign = clean(child.findtext(f"{TEXT}note-citation") or "")
                texts = [self._running(part) for part in (body.iter(f"{TEXT}p") if body is not None else ())]
                said = clean(" ".join(texts))
                self.notes.append(said if sign and said.startswith(f"{sign} ") else clean(f"{sign} {said}"))
            elif tag == f"{TEXT}change":
                deletion = self.deleted.get(child.get(f"{TEXT}change-id"))
                if self.before and deletion is not None:
                    parts.append(" ".join(self._running(part) for part in deletion.iter(f"{TEXT}p", f"{TEXT}h")))
            elif tag in (f"{TEXT}change-start", f"{TEXT}change-end"):
                if child.get(f"{TEXT}change-id") in self.inserted:
                    self.within_insertion += 1 if tag == f"{TEXT}change-start" else -1
            elif tag in (f"{TEXT}s", f"{TEXT}tab"):
                parts.append(" ")
            elif tag == f"{TEXT}line-break":
                parts.append("\n")
            elif tag not in _APART and not (
                tag == f"{TEXT}span" and self.styles.is_hidden("text", child.get(f"{TEXT}style-name"))
            ):
                self._gather(child, parts)
            self._say(child.tail, parts)

    def _say(self, text: str | None, parts: list[str]) -> None:
        if text and not (self.before and self.within_insertion > 0):
            parts.append(text.replace("\n", " "))

    def _bold(self, element: Any) -> bool:
        own = self.styles.is_bold("paragraph", element.get(f"{TEXT}style-name")) or False
        strong = [own for text in (element.text,) if (text or "").strip()]
        for child in element:
            if child.tag == f"{TEXT}span" and "".join(child.itertext()).strip():
                bold = self.styles.is_bold("text", child.get(f"{TEXT}style-name"))
                strong.append(own if bold is None else bold)
            if (child.tail or "").strip():
                strong.append(own)
        return all(strong) if strong else False

    def _table(self, table: Any) -> Iterator[Block]:
        if self.styles.is_hidden_table(table.get(f"{TABLE}style-name")):
            return
        rows, columns = rows_of(table, self._cell)
        if columns == 1:
            for cell in table.iter(f"{TABLE}table-cell"):
                yield from self._body(cell, ())
            return
        yield from table_rows(rows, columns)[0]
        yield from (Block(note, Role.NOTE) for note in self.notes)
        self.notes.clear()

    def _cell(self, cell: Any) -> tuple[str, bool]:
        notes, self.notes = self.notes, []
        found = list(self._body(cell, ()))
        self.notes = notes + [block.text for block in found if block.role is Role.NOTE]
        blocks = [block for block in found if block.role is not Role.NOTE]
        return "\n".join(block.text for block in blocks), bool(blocks) and all(block.bold for block in blocks)
