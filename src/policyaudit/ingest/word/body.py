"""The paragraphs and tables of a Word document in their order, with its notes, text boxes, heads and feet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from policyaudit.ingest.blocks import Block, RawDocument, Role
from policyaudit.ingest.grid import table_rows
from policyaudit.ingest.letters import clean
from policyaudit.ingest.marks import BULLET, has_leaders, without_leaders
from policyaudit.ingest.unwrapping import broken_lines, rejoined
from policyaudit.ingest.watermarks import status_of
from policyaudit.ingest.word.changes import CONTENTS
from policyaudit.ingest.word.elements import AROUND, W, number, value, within
from policyaudit.ingest.word.embedded import diagrams, put_in
from policyaudit.ingest.word.lists import Lists
from policyaudit.ingest.word.notes import Notes
from policyaudit.ingest.word.package import Package
from policyaudit.ingest.word.runs import indent_of, is_bold, size_of, text_of
from policyaudit.ingest.word.styles import Style, numbered
from policyaudit.ingest.word.tables import is_frame, rows_of
from policyaudit.languages import grammar_of

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_TEXTPATH = "{urn:schemas-microsoft-com:vml}textpath"
_HOW = {"accepted": "it was read as if all were accepted", "original": "it was read as it was before them"}


class Body:
    """One pass through a document."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.styles = package.styles
        self.lists = Lists(package.numbering, self.styles.list_of, grammar_of(self.styles.language))
        self.notes = Notes(package)
        self.unread = 0  # other files within it that are not read

    def document(self) -> RawDocument:
        """The document as blocks."""
        heads, feet = self._margin("header"), self._margin("footer")
        marks = self._watermarks()
        text = rejoined([block for body in self.package.body.findall(f"{W}body") for block in self._body(body)])
        status = next((status for mark in marks if (status := status_of(mark))), None)
        return RawDocument(
            (*heads, *(Block(mark, Role.FURNITURE) for mark in marks), *text, *feet),
            title=self.package.title,
            warnings=tuple(self._warnings()),
            facts={"status": status} if status else {},
        )

    def _warnings(self) -> Iterator[str]:
        if self.package.changed:
            yield f"The document has tracked changes ({self.package.changed}): {_HOW[self.package.changes]}."
        if self.package.comments:
            yield f"The document has comments in its margin ({self.package.comments}): they are no part of its text."
        if self.unread:
            yield "The document holds another file within it that was not read. Open it in Word and save it again."

    def _margin(self, kind: str) -> list[Block]:
        """The texts of all running heads or feet, each once."""
        texts: dict[str, None] = {}
        for root in self.package.margins[kind]:
            for paragraph in root.iter(f"{W}p"):
                texts.setdefault(clean(text_of(paragraph)))
        return [Block(text, Role.FURNITURE) for text in texts if text]

    def _watermarks(self) -> list[str]:
        """The words that stand large behind the text of the pages, each once."""
        roots = self.package.margins["header"]
        return list(dict.fromkeys(clean(path.get("string") or "") for root in roots for path in root.iter(_TEXTPATH)))

    def _body(self, parent: Any) -> Iterator[Block]:
        for element in parent:
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield from self._table(element)
            elif element.tag == f"{W}altChunk":
                blocks = put_in(element, self.package)
                self.unread += blocks is None
                yield from blocks or ()
            elif element.tag in AROUND:
                yield from self._body(element)

    def _style(self, paragraph: Any) -> Style:
        return self.styles.of(value(paragraph, "pPr/pStyle") or self.styles.default)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        style = self._style(element)
        whole = text_of(element)
        text = clean(whole)
        mark, depth = self._mark(element, style)
        if text:
            role, level = self._role(element, style, text, mark)
            if role is Role.CONTENTS:
                text = without_leaders(text)
            block = Block(
                f"{mark} {text}" if mark else text,
                role,
                level=level if level is not None else depth,
                bold=is_bold(element, style, self.styles),
                size=size_of(element, style),
                indent=indent_of(element),
            )
            yield from _by_lines(block, whole, mark) if "\n" in whole.strip() else (block,)
        yield from (Block(text) for text in diagrams(element, self.package))
        for box in element.iter(f"{W}txbxContent"):
            if next(box.iterancestors(f"{W}txbxContent", f"{W}p")) is element:  # not one within another
                yield from self._body(box)
        yield from self._notes_of(element)

    def _role(self, element: Any, style: Style, text: str, mark: str | None) -> tuple[Role, int | None]:
        """(role, level; None for the depth of its list)."""
        outline = number(element, "pPr/outlineLvl")
        level = style.outline if outline is None else outline
        named = _HEADING.fullmatch(style.name)
        if named:
            level = int(named.group(1)) - 1
        if element.get(CONTENTS) or style.name.startswith("toc ") or has_leaders(text):
            return Role.CONTENTS, None
        if level is not None and level < 9:
            return Role.HEADING, level + 1
        if style.name == "title":
            return Role.TITLE, 0
        if mark is not None or BULLET.match(text):
            return Role.ITEM, None
        return Role.PARAGRAPH, None

    def _notes_of(self, element: Any) -> Iterator[Block]:
        return (Block(text, Role.NOTE) for text in self.notes.of(element))

    def _mark(self, element: Any, style: Style) -> tuple[str | None, int]:
        """Counts a paragraph of a list on, also one without text; (its number, depth of its list)."""
        place = numbered(element, style, self.styles, self.lists.level_of_style)
        if place is None:
            return None, 0
        return self.lists.mark(*place), place[1] + 1

    def _table(self, table: Any) -> Iterator[Block]:
        """The rows of the table, and after them the footnotes of its cells."""
        if is_frame(table):
            for row in within(table, "tr"):
                for cell in within(row, "tc"):
                    yield from self._body(cell)
            return
        rows, columns = rows_of(table, self.styles, self._cell)
        yield from table_rows(rows, columns)[0]
        yield from self._notes_of(table)

    def _cell(self, cell: Any) -> tuple[str, bool]:
        """The text of a cell, its paragraphs and the rows of tables in it on lines of their own, and whether all is bold."""
        counts = dict(self.notes.counts)  # its notes are said once, after the table
        blocks = [block for block in self._body(cell) if block.role is not Role.NOTE]
        self.notes.counts = counts
        return "\n".join(block.text for block in blocks), all(block.bold for block in blocks)


def _by_lines(block: Block, whole: str, mark: str | None) -> Iterator[Block]:
    """A paragraph whose lines were broken by hand: a line that begins with a number or bullet stands for itself."""
    if block.role not in (Role.PARAGRAPH, Role.ITEM):
        yield block
        return
    for line in filter(None, map(clean, broken_lines(whole, hard=False))):
        role = Role.ITEM if mark or BULLET.match(line) else Role.PARAGRAPH
        yield replace(block, text=f"{mark} {line}" if mark else line, role=role)
        mark = None
