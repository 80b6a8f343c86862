"""From the groups and control words of Rich Text to blocks."""

from __future__ import annotations

import re
from dataclasses import replace

from policyaudit.ingest.blocks import CELL_GAP, Block, Role
from policyaudit.ingest.letters import clean
from policyaudit.ingest.marks import BULLET, has_leaders, without_leaders
from policyaudit.ingest.readers.rtf import rows
from policyaudit.ingest.readers.rtf.controls import Controls, State
from policyaudit.ingest.readers.rtf.notes import Notes
from policyaudit.ingest.readers.rtf.words import KEPT, MARGINS, SIGNS, SKIPPED, SYMBOLS, TOKEN
from policyaudit.ingest.unwrapping import broken_lines, rejoined

_HEADING = re.compile(r"heading (\d)")
_TOC = re.compile(r"(?:toc|contents) \d")
_DEEPEST = 10_000  # groups within one another


class Text(Controls):
    """One pass through a document. ``open_groups`` says that the file is cut off."""

    def __init__(self, source: str, *, original: bool) -> None:
        super().__init__(original=original)
        self.source = source
        self.open_groups = False
        self.styles: dict[int, tuple[str, int]] = {}  # number -> name, outline level
        self.stack: list[State] = []
        self.found: list[Block] = []
        self.margins: dict[str, None] = {}
        self.boxed: list[str] = []  # of text boxes that are anchored in the paragraph at hand
        self.notes = Notes()
        self.cell: list[str] = []
        self.inner: list[str] = []
        self.row = rows.Row()
        self.edge = rows.Edge(0)
        self.table: list[rows.Row] = []

    def blocks(self) -> tuple[Block, ...]:
        """The document's text as blocks, its running heads and feet last."""
        at = 0
        while at < len(self.source):
            match = TOKEN.match(self.source, at)
            if match is None:
                at += 1
                continue
            at = match.end()
            if match["word"] == "bin":
                at += max(int(match["number"] or 0), 0)
                continue
            if match["byte"]:
                self._byte(int(match["byte"], 16))
                continue
            self._decode()
            if match["brace"] == "{":
                if len(self.stack) < _DEEPEST:
                    self.stack.append(self.state)
                self.state = replace(self.state, star=False)
            elif match["brace"]:
                self._close()
            elif match["text"]:
                self._say(match["text"])
            elif match["sign"]:
                self._sign(match["sign"])
            elif match["word"]:
                self._word(match["word"], match["number"])
        self._decode()
        self.open_groups = bool(self.stack)
        self._paragraph()
        self._end_table()
        return (*rejoined(self.found), *(Block(text, Role.FURNITURE) for text in self.margins if text))

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self.state.star = True
        elif sign in "\r\n":
            self._paragraph()
        elif sign in SYMBOLS:
            self._say(SYMBOLS[sign])

    def _word(self, word: str, number: str | None) -> None:
        state, value = self.state, int(number) if number is not None else None
        if state.into == "never":
            return
        if state.star:
            state.star = False
            if word not in KEPT:
                state.into = "nothing"
                return
        if word == "u":
            self._put(chr((value or 0) % 65536))
            self.unsaid = state.fallback
        elif word in SIGNS:
            self._say(SIGNS[word])
        elif word in SKIPPED:
            state.into = "nothing"
        elif word in MARGINS:
            state.into = "margin"
        elif word == "chftn" or self.notes.heeds(word, value):
            self.notes.signed = self.notes.signed or (word == "chftn" and state.into == "note")
        elif not (self._destination(word) or self._looks(word, value) or self._structure(word, value)):
            self._tables(word, value)

    def _structure(self, word: str, value: int | None) -> bool:
        state = self.state
        if word == "par" and state.into == "text" and self._is_gone():
            self.parts["mark"] = []  # the paragraph goes on in the next one, which has a number of its own
        elif word in ("par", "sect", "page", "column"):
            self._paragraph()
        elif word == "pard":
            self.state = replace(state, style=0, outline=9, depth=0, in_table=False)
        elif word == "s":
            state.style = value or 0
        elif word == "outlinelevel":
            state.outline = 9 if value is None else value
        elif word == "ilvl":
            state.depth = (value or 0) + 1
        elif word == "intbl":
            state.in_table = True
        else:
            return False
        return True

    def _tables(self, word: str, value: int | None) -> None:
        if word == "trowd":
            self.row.edges, self.row.head, self.edge = [], False, rows.Edge(0)
        elif word == "trhdr":
            self.row.head = True
        elif word == "clvmrg":
            self.edge.goes_down = True
        elif word == "clmrg":
            self.edge.goes_on = True
        elif word == "cellx":
            self.edge.right = value or 0
            self.row.edges.append(self.edge)
            self.edge = rows.Edge(0)
        elif word in ("cell", "nestcell", "row") and self.state.into == "box":
            self._paragraph()
        elif word == "nestcell" and self.state.into == "text":
            self.inner.append(clean("".join(self.parts["text"])))
            self.parts["text"] = []
        elif word == "nestrow":
            self.cell.append(CELL_GAP.join(text for text in self.inner if text))
            self.inner = []
        elif word == "cell" and self.state.into == "text":
            self.state.in_table = True
            self._paragraph()
            self.row.texts.append("\n".join(text for text in self.cell if text))
            self.cell = []
        elif word == "row":
            self._row()

    def _row(self) -> None:
        row = self.row
        row.bold = bool(self.strong) and all(self.strong)
        self.strong, self.sizes = [], []
        if row.texts:
            self.table.append(row)
        # A row without a definition of its own has that of the one before.
        self.row = rows.Row([replace(edge) for edge in row.edges])

    def _end_table(self) -> None:
        if self.row.texts:
            self._row()
        if self.table:
            if max(len(row.texts) for row in self.table) == 1:
                lines = [line for row in self.table for text in row.texts for line in broken_lines(text, hard=True)]
                self.found += [Block(line, Role.ITEM if BULLET.match(line) else Role.PARAGRAPH) for line in lines if line]
            else:
                self.found += rows.blocks_of(self.table)
            self.table = []
            self._say_notes()

    def _paragraph(self) -> None:
        """What ends at a paragraph's end."""
        state = self.state
        if state.into in ("margin", "box"):
            text = clean(_joined(self.parts[state.into]))
            self.parts[state.into] = []
            if state.into == "margin":
                self.margins.setdefault(text)
            else:
                self.boxed += [text] if text else []
            return
        if state.into == "note":
            self.parts["note"].append(" ")
        if state.into != "text":
            return
        whole, mark = _joined(self.parts["text"]).strip(), clean(_joined(self.parts["mark"]))
        self.parts["text"], self.parts["mark"] = [], []
        boxed, self.boxed = self.boxed, []
        if state.in_table:
            text = clean(whole)
            self.cell += [f"{mark} {text}".strip()] if text else []
            self.cell += boxed
            return
        self._end_table()
        for text in map(clean, broken_lines(whole, hard=False)):
            self.found.append(self._block(text, mark, bold=all(self.strong), size=max(self.sizes, default=0.0)))
            mark = ""
        self.found += [Block(text, Role.ITEM if BULLET.match(text) else Role.PARAGRAPH) for text in boxed]
        self.strong, self.sizes, self.in_contents = [], [], False
        self._say_notes()

    def _say_notes(self) -> None:
        self.found += [Block(note, Role.NOTE) for note in self.notes.said()]

    def _block(self, text: str, mark: str, *, bold: bool, size: float) -> Block:
        name, outline = self.styles.get(self.state.style, ("", 9))
        level = self.state.outline if self.state.outline < 9 else outline
        named = _HEADING.fullmatch(name)
        if named:
            level = int(named.group(1)) - 1
        whole = f"{mark} {text}" if mark else text
        if self.in_contents or _TOC.fullmatch(name) or has_leaders(text):
            return Block(without_leaders(whole), Role.CONTENTS, size=size)
        if level < 9:
            return Block(whole, Role.HEADING, level=level + 1, bold=bold, size=size)
        if name == "title":
            return Block(whole, Role.TITLE, bold=bold, size=size)
        is_item = bool(mark) or BULLET.match(text) is not None
        return Block(whole, Role.ITEM if is_item else Role.PARAGRAPH, level=self.state.depth, bold=bold, size=size)

    def _close(self) -> None:
        """What ends with a group."""
        state, self.unsaid = self.state, 0
        outer = self.stack.pop() if self.stack else State()
        if state.into == "styles":
            if outer.into == "styles":
                self.styles[state.style] = ("".join(self.parts["styles"]).strip().rstrip(";").lower(), state.outline)
            self.parts["styles"] = []
        elif state.into == "margin" and outer.into != "margin":
            self._paragraph()
        elif state.into == "note" and outer.into != "note":
            self.notes.add(clean(_joined(self.parts["note"])), at_end=state.at_end)
            self.parts["note"] = []
        elif state.into == "box" and outer.into != "box":
            self._paragraph()
        elif state.into == "code" and outer.into != "code":
            outer = replace(outer, contents=outer.contents or "".join(self.parts["code"]).strip().upper().startswith("TOC"))
            self.parts["code"] = []
        if state.into == outer.into == "text":
            # The looks of a paragraph outlast the group in which they were set, as writers count on.
            outer = replace(outer, style=state.style, outline=state.outline, depth=state.depth, in_table=state.in_table)
        self.state = outer


def _joined(parts: list[str]) -> str:
    """The text of the parts, its letters beyond 16 bits made whole."""
    text = "".join(parts)
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
