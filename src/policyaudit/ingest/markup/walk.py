"""From the elements of a page to blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from policyaudit.ingest.blocks import Block, Role
from policyaudit.ingest.letters import clean
from policyaudit.ingest.marks import BULLET, NUMBER, has_leaders, without_leaders
from policyaudit.ingest.markup import words_in
from policyaudit.ingest.markup.cells import is_data, table_blocks
from policyaudit.ingest.markup.notes import is_note, without_marks
from policyaudit.ingest.numerals import numeral
from policyaudit.ingest.unwrapping import broken_lines

_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend",
        "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
        "caption",
    )
)  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MARKS = {"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I"}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)


def blocks_of(root: Any) -> Iterator[Block]:
    """The text of an element as blocks, in its order; the signs in it that point to notes are taken out."""
    without_marks(root)
    walk = _Walk()
    # Pages can nest deeper than Python follows by calls, so the elements are gone through by events.
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if event == "start":
            if not walk.enter(element):
                events.skip_subtree()
        else:
            walk.leave(element)
            if element is not root:
                walk.say(element.tail)
    walk.flush()
    yield from walk.found


class _Walk:
    """Goes through the elements in order and gathers running text into blocks."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.bold: list[tuple[int, bool]] = []  # (letters, whether bold) of each run
        self.found: list[Block] = []
        self.mark = ""  # the number or bullet of the item at hand
        self.depth = 0  # of lists
        self.following: dict[Any, int] = {}  # list -> the number of its next item
        self.role = Role.PARAGRAPH
        self.level = 0
        self.strong = False  # within bold type
        self.set = False  # within text set line by line
        self.before: list[tuple[Role, int, str, bool, bool]] = []  # what held before each element that is open

    def enter(self, element: Any) -> bool:
        """Takes up an element; whether what is in it is to be gone through."""
        tag = element.tag
        self.before.append((self.role, self.level, self.mark, self.strong, self.set))
        if tag == "br":
            self.text.append("\n")
            return False
        if tag == "table" and is_data(element):
            self.flush()
            self.found += table_blocks(element)
            return False
        if tag in _BLOCKS:
            self.flush()
        self.strong = self.strong or tag in ("b", "strong")
        self.set = self.set or tag == "pre"
        self._describe(element)
        self.say(element.text)
        return True

    def leave(self, element: Any) -> None:
        """Puts back what held before an element."""
        role, level, mark, self.strong, outer_set = self.before.pop()
        if element.tag in _BLOCKS:
            self.flush()
            self.role, self.level, self.mark = role, level, "" if element.tag == "li" else mark
        self.set = outer_set
        if element.tag in ("ul", "ol"):
            self.depth -= 1

    def _describe(self, element: Any) -> None:
        """What an element says of the text in it."""
        tag = element.tag
        if tag in _HEADINGS:
            self.role, self.level = Role.HEADING, _HEADINGS[tag]
        elif tag in ("ul", "ol"):
            self.depth += 1
        elif tag == "li":
            if self.role not in (Role.FURNITURE, Role.CONTENTS, Role.NOTE):
                self.role = Role.ITEM
            self.level, self.mark = self.depth, _item_mark(element, self.following)
        if tag in _BLOCKS and is_note(element):
            self.role = Role.NOTE
        if tag in ("ul", "ol", "dl", "div", "nav") and is_links(element, inward=True):
            self.role = Role.CONTENTS
        elif tag in ("ul", "div") and is_links(element, inward=False):
            self.role = Role.FURNITURE

    def say(self, text: str | None) -> None:
        """Adds running text."""
        if text:
            self.text.append(text if self.set else text.replace("\n", " ").replace("\r", " "))
            self.bold.append((len(text.strip()), self.strong))

    def flush(self) -> None:
        """Makes blocks of the text gathered so far."""
        whole = "".join(self.text)
        bold = all(strong for letters, strong in self.bold if letters)
        self.text, self.bold = [], []
        for piece in re.split(r"\n\s*\n", whole):
            for part in broken_lines(piece, hard=not self.set):
                text = clean(part)
                if text:
                    self._add(text, bold)

    def _add(self, text: str, bold: bool) -> None:
        role, level = self.role, self.level
        if self.mark:
            if not (NUMBER.match(text) or BULLET.match(text)):
                text = f"{self.mark} {text}"
            self.mark = ""
        elif role is Role.ITEM and not (NUMBER.match(text) or BULLET.match(text)):
            role = Role.PARAGRAPH
        if role is Role.PARAGRAPH and has_leaders(text):
            text, role = without_leaders(text), Role.CONTENTS
        self.found.append(Block(text, role, level=level, bold=bold))


def _item_mark(item: Any, following: dict[Any, int]) -> str:
    """The number or bullet that a browser shows before a list item; "" for none. ``following`` has the next number of each
    list that is open."""
    parent = item.getparent()
    styled = _LIST_STYLE.search((parent.get("style") or "") if parent is not None else "")
    style = styled.group(1).lower() if styled else ""
    if style == "none":
        return ""
    if parent is None or parent.tag != "ol":
        return "•"
    backwards = parent.get("reversed") is not None
    number = _whole(item.get("value"))
    if number is None and parent in following:
        number = following[parent]
    if number is None:
        number = _whole(parent.get("start"))
    if number is None:
        number = len(parent.findall("li")) if backwards else 1
    following[parent] = number + (-1 if backwards else 1)
    return f"{numeral(number, _MARKS.get(style) or parent.get('type') or '1')}."


def _whole(value: str | None) -> int | None:
    value = (value or "").strip()
    return int(value) if value.lstrip("-").isdigit() and len(value) < 10 else None


def is_links(element: Any, *, inward: bool) -> bool:
    """Whether an element is nothing but links: to other pages, or inward, to the headings of this one."""
    links = element.findall(".//a")
    if len(links) < 4:
        return False
    inside = sum(map(words_in, links))
    meant = [link for link in links if (link.get("href") or "#").startswith("#") is inward]
    if inward and len(meant) < len(links):
        return False
    return len(meant) >= 4 and inside >= 0.9 * words_in(element) and inside < (16 if inward else 8) * len(links)
