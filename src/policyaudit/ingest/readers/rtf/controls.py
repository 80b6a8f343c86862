"""What the control words of Rich Text say of the letters that follow: where they go, how they look, how they are coded."""

from __future__ import annotations

import codecs
import contextlib
import re
from dataclasses import dataclass, replace

from policyaudit.ingest.readers.rtf.words import BOXES, CHARSETS, SYMBOL


@dataclass(slots=True)
class State:
    """What holds in a group; the group within takes it over."""

    into: str = "text"  # text, note, margin, mark, box, code, fonts, styles, title, nothing, never
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    inserted: bool = False
    font: int = 0
    size: float = 0.0
    fallback: int = 1  # letters that stand after a Unicode letter for programs that do not know it
    style: int = 0
    outline: int = 9
    depth: int = 0
    in_table: bool = False
    star: bool = False  # the group began with a star
    at_end: bool = False  # a note that stands at the end of the document
    before: str = ""  # where letters went before the same in two codings
    contents: bool = False  # within the result of a field for a table of contents


class Controls:
    """The state of a document at the place that has been reached. ``title`` is that of its properties, ``changed`` the number
    of tracked changes."""

    def __init__(self, *, original: bool) -> None:
        self.original = original
        self.title = ""
        self.changed = 0
        self.codec = "cp1252"
        self.charsets: dict[int, int] = {}
        self.state = State()
        self.parts: dict[str, list[str]] = {into: [] for into in ("text", "note", "margin", "mark", "box", "code", "styles")}
        self.in_contents = False  # the paragraph at hand has text of a table of contents
        self.strong: list[bool] = []
        self.sizes: list[float] = []
        self.coded = bytearray()  # bytes of letters not yet decoded
        self.unsaid = 0  # letters of a fallback still to be passed over

    def _byte(self, byte: int) -> None:
        if self.unsaid:
            self.unsaid -= 1
        else:
            self.coded.append(byte)

    def _decode(self) -> None:
        if not self.coded:
            return
        charset = self.charsets.get(self.state.font, 0)
        if charset == SYMBOL:
            text = "•" * len(self.coded)
        else:
            codec = CHARSETS.get(charset, self.codec) if charset else self.codec
            text = self.coded.decode(codec, errors="replace")
        self.coded.clear()
        self._put(text)

    def _say(self, text: str) -> None:
        if self.unsaid:
            passed = min(self.unsaid, len(text))
            self.unsaid -= passed
            text = text[passed:]
        if self.charsets.get(self.state.font) == SYMBOL and self.state.into in ("text", "mark"):
            text = re.sub(r"[^\s]", "•", text)
        self._put(text)

    def _put(self, text: str) -> None:
        state = self.state
        if not text or state.into in ("nothing", "never", "fonts"):
            return
        if state.hidden or self._is_gone():
            return
        if state.into == "title":
            self.title += text
            return
        self.parts[state.into].append(text)
        if state.into == "text" and text.strip():
            self.in_contents = self.in_contents or state.contents
            self.strong.append(state.bold)
            self.sizes.append(state.size)

    def _is_gone(self) -> bool:
        """Whether what stands here is deleted, or with the text before the changes, was inserted."""
        return self.state.inserted if self.original else self.state.deleted

    def _destination(self, word: str) -> bool:
        state = self.state
        if word == "fonttbl":
            state.into = "fonts"
        elif word == "stylesheet":
            state.into, self.parts["styles"] = "styles", []
        elif word == "info" or (word == "shpinst" and state.into == "text"):
            state.into = "nothing"
        elif word == "title" and state.into == "nothing":
            state.into = "title"
        elif word == "ftnalt":
            state.at_end = True
        elif word == "footnote":
            state.into = "note" if state.into == "text" else "nothing"
        elif word in ("listtext", "pntext"):
            state.into = "mark" if state.into == "text" else "nothing"
        elif word in BOXES:
            state.into = "box"
        elif word == "shprslt":
            state.into = "never"  # the same box for old programs
        elif word == "fldinst":
            state.into = "code" if state.into == "text" else "nothing"
        elif word == "upr":  # twice the same: for old programs, then in Unicode
            state.before, state.into = state.into, "nothing"
        elif word == "ud" and state.before:
            state.into = state.before
        else:
            return False
        return True

    def _looks(self, word: str, value: int | None) -> bool:
        state = self.state
        if word == "b":
            state.bold = value != 0
        elif word == "v":
            state.hidden = value != 0
        elif word in ("deleted", "revised", "mvf", "mvt"):  # the last two: moved from here, moved to here
            self.changed += value != 0
            if word in ("deleted", "mvf"):
                state.deleted = value != 0
            else:
                state.inserted = value != 0
        elif word == "plain":
            self.state = replace(state, bold=False, hidden=False, size=0.0, font=0, deleted=False, inserted=False)
        elif word == "fs":
            state.size = (value or 0) / 2
        elif word == "f":
            state.font = value or 0
        elif word == "fcharset" and state.into == "fonts":
            self.charsets[state.font] = value or 0
        elif word == "uc":
            state.fallback = max(value or 0, 0)
        elif word == "ansicpg":
            self._page(f"cp{value}")
        elif word in ("mac", "pc", "pca"):
            self._page({"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word])
        else:
            return False
        return True

    def _page(self, name: str) -> None:
        with contextlib.suppress(LookupError):
            self.codec = codecs.lookup({"cp10000": "mac_roman", "cp65001": "utf-8"}.get(name, name)).name
