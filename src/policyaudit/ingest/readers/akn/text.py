"""From the elements of an Akoma Ntoso document to blocks with their place in its hierarchy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from policyaudit.ingest.blocks import Block, Given, Role
from policyaudit.ingest.letters import clean
from policyaudit.ingest.markup.cells import table_blocks
from policyaudit.model import TextKind

# How the standard's own elements are cited where the language's words are not known.
_DIVISIONS = {
    "book": "part", "tome": "part", "part": "part", "title": "part", "subpart": "section", "subtitle": "section",
    "chapter": "chapter", "subchapter": "section", "division": "section", "subdivision": "section", "section": "section",
}  # fmt: skip
_ARTICLES = {"article": "art. {}", "rule": "rule {}", "section": "sec. {}", "clause": "cl. {}"}
_DEEPER = frozenset(
    (
        "paragraph", "subparagraph", "subsection", "subclause", "subrule", "list", "sublist", "point", "indent", "alinea",
        "proviso", "level", "transitional", "item", "tblock", "hcontainer", "crossHeading", "recital", "citation", "li",
    )
)  # fmt: skip
_HIERARCHY = frozenset((*_DIVISIONS, *_ARTICLES, *_DEEPER, "attachment", "annex"))
_LINES = frozenset(("p", "block", "listIntroduction", "listWrapUp", "signature", "docTitle", "shortTitle", "narrative", "scene"))
_INNER = frozenset(("quotedStructure", "embeddedStructure", "blockList", "table", "ul", "ol", "toc", "p", "tblock", "foreign"))
_NOWHERE = frozenset(("meta", "noteRef", "img", "marker", "del", "num", "heading", "subheading", "documentRef", "componentRef"))
_SPACE = frozenset(("br", "eol"))
_MODIFIES = frozenset(("mod", "rmod"))
_HEADINGS = frozenset(("crossHeading", "crossheading"))
_KINDS = {
    "coverPage": TextKind.TITLE, "preface": TextKind.TITLE, "preamble": TextKind.PREAMBLE, "conclusions": TextKind.FURNITURE,
    "attachment": TextKind.ANNEX, "annex": TextKind.ANNEX, "quotedStructure": TextKind.QUOTED,
    "embeddedStructure": TextKind.QUOTED,
}  # fmt: skip
_ANNEXES = re.compile(r"schedule|annex|appendix|attachment", re.IGNORECASE)
_FURNITURE = re.compile(r"footer|header|repeatable", re.IGNORECASE)
_NOTES = re.compile(r"note|credit", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:^|(?<=[\s§(.]))(\d+(?:[.\-–]\d+)*(?:\s?[-–]?\s?[A-Za-z]{1,12})?|[IVXLCDM]+|[ivxlcdm]+|[A-Za-z]{1,2})[º°ª]?[\s.)\]:—–-]*$"
)
_GONE = ("removed", "repealed")


def blocks_of(root: Any) -> Iterator[Block]:
    """The text of the document in its order, each block with its place in the hierarchy."""
    walk = _Walk(root)
    walk.inside(root, 0, None)
    walk.settle()
    yield from walk.found


class _Walk:
    def __init__(self, root: Any) -> None:
        self.found: list[Block] = []
        self.waiting: tuple[str, Given] | None = None  # a label that waits for the text on its line
        self.headed = False  # a label with its heading stands last, its text not yet
        self.sections_divide = root.find(".//article") is not None or root.find(".//rule") is not None
        self.with_act = root.find(".//component/act") is not None or root.find(".//component/bill") is not None
        # What a modification takes out, as the document's own analysis says.
        self.old = {(old.get("href") or "").lstrip("#") for change in root.iter("textualMod") for old in change.iter("old")}

    def inside(self, element: Any, depth: int, kind: TextKind | None) -> None:
        """All that stands in an element, itself opened already."""
        if element.tag in _LINES or (not len(element) and (element.text or "").strip()):
            self._line(element, depth, kind)
            return
        if (element.text or "").strip():
            self.say(element.text or "", depth, kind, element)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _NOWHERE:
                self._one(child, depth, kind)
            if (child.tail or "").strip() and child.tag not in ("num", "heading"):
                self.say(child.tail or "", depth, kind, element)

    def _one(self, element: Any, depth: int, kind: TextKind | None) -> None:
        tag = element.tag
        kind = self._kind(element, kind)
        if tag == "table":
            self.settle()
            for block in table_blocks(element):
                unit = "row" if block.role is Role.ROW else "text"
                self.found.append(replace(block, given=Given(depth, unit, kind=kind, eid=_eid(element))))
            self.headed = False
        elif tag == "tocItem":
            self.settle()
            text = clean(" ".join(element.itertext()))
            self.found.append(Block(text, Role.CONTENTS, given=Given(depth, "text", kind=TextKind.CONTENTS)))
        elif tag == "authorialNote":
            self._note(element, depth)
        elif tag in _HEADINGS:
            self._cross(element, depth, kind)
        elif tag == "doc" and kind is TextKind.ANNEX and self._titled(element) is not None:
            self._annex(element, depth)
        elif tag in _ARTICLES or element.find("num") is not None or element.find("heading") is not None:
            self._open(element, depth, kind)
        else:
            self.inside(element, depth, kind)

    def _kind(self, element: Any, kind: TextKind | None) -> TextKind | None:
        name = element.get("name") or ""
        if (element.get("status") or "") in _GONE:
            return TextKind.REPEALED
        if kind in (TextKind.QUOTED, TextKind.INSERTED, TextKind.FURNITURE, TextKind.REPEALED):
            return kind
        if element.tag == "quotedStructure" and _eid(element) not in self.old:
            inserted = any(parent.tag in _MODIFIES for parent in element.iterancestors())
            return TextKind.INSERTED if inserted else TextKind.QUOTED
        if element.tag in _KINDS:
            return _KINDS[element.tag]
        if element.tag in ("container", "block") and _FURNITURE.search(name):
            return TextKind.FURNITURE
        if element.tag == "block" and _NOTES.search(name):
            return TextKind.NOTE
        if element.tag in ("hcontainer", "doc") and _ANNEXES.search(name):
            return TextKind.ANNEX
        if element.tag == "doc" and self.with_act and kind is None:
            return TextKind.PREAMBLE  # the reasons for a bill, its costs
        return kind

    def _unit(self, element: Any, numbered: bool) -> str:
        tag = element.tag
        if tag in ("attachment", "annex") or (tag == "hcontainer" and _ANNEXES.search(element.get("name") or "")):
            return "annex"
        within = next((parent.tag for parent in element.iterancestors() if parent.tag in _HIERARCHY), "")
        headed = element.find("heading") is not None
        if tag in _ARTICLES and (numbered or headed) and not (tag == "section" and self.sections_divide):
            return "item" if within in _DEEPER and within not in ("hcontainer", "tblock", "level") else "article"
        if tag in _DIVISIONS and numbered:
            return _DIVISIONS[tag]
        if numbered:
            return "item"
        return "heading" if headed else "text"

    def _open(self, element: Any, depth: int, kind: TextKind | None) -> None:
        """An element with a number or a heading, and all in it."""
        self.settle()
        number, heading = self._shown(element, "num", depth), self._shown(element, "heading", depth)
        under = self._shown(element, "subheading", depth)
        heading = f"{heading} {under}".strip()
        unit = self._unit(element, bool(number))
        label = len(number)
        text = f"{number} {heading}".strip()
        cite = _ARTICLES.get(element.tag, "{label}" if re.search(r"[^\W\d]{3}", number) else "{}") if unit != "item" else ""
        given = Given(
            depth,
            unit,
            number=_number(number),
            label=label,
            heading=len(text) if heading else label,
            eid=_eid(element),
            name=element.tag,
            cite=cite,
            kind=kind,
        )
        self.headed = False
        if heading or unit in ("part", "chapter", "section", "annex"):
            if text:
                self.found.append(Block(text, Role.HEADING, level=depth + 1, given=given))
                self.headed = unit not in ("part", "chapter", "section", "annex", "heading")
        elif number:
            self.waiting = (number, given)
        elif unit == "article":
            self.waiting = ("", given)
        self._notes_in(element, depth + 1)
        self.inside(element, depth + 1, kind)
        self.settle()
        self.headed = False

    def _cross(self, element: Any, depth: int, kind: TextKind | None) -> None:
        """A heading over the provisions that follow, which do not stand in it."""
        self.settle()
        text = clean("".join(part for part in self._running(element) if isinstance(part, str)))
        if text:
            self.found.append(
                Block(text, Role.HEADING, given=Given(depth, "heading", heading=len(text), kind=kind, eid=_eid(element)))
            )
        self.headed = False

    def _titled(self, element: Any) -> Any:
        """The first page of a schedule that is a document of its own, where it says what it is and no heading above does."""
        holder = element.getparent()
        front = element.find("preface")
        named = holder is not None and (holder.find("heading") is not None or holder.find("num") is not None)
        return front if front is not None and not named and clean("".join(front.itertext())) else None

    def _annex(self, element: Any, depth: int) -> None:
        """A schedule that is a document of its own, headed by what its first page says."""
        self.settle()
        front = self._titled(element)
        text = clean(" ".join("".join(line.itertext()) for line in front.findall(".//p") or [front]))
        given = Given(depth, "annex", heading=len(text), eid=_eid(element.getparent()), name="annex", kind=TextKind.ANNEX)
        self.found.append(Block(text, Role.HEADING, level=depth + 1, given=given))
        self.headed = False
        for child in element:
            if isinstance(child.tag, str) and child is not front and child.tag not in _NOWHERE:
                self._one(child, depth + 1, TextKind.ANNEX)
        self.settle()

    def _shown(self, element: Any, tag: str, depth: int) -> str:
        found = element.find(tag)
        return "" if found is None else clean("".join(part for part in self._running(found) if isinstance(part, str)))

    def _notes_in(self, element: Any, depth: int) -> None:
        """The notes to a number or heading."""
        for tag in ("num", "heading", "subheading"):
            for note in element.findall(f"{tag}//authorialNote"):
                self._note(note, depth)

    def settle(self) -> None:
        """A label that waits for text that does not come stands alone."""
        if self.waiting and self.waiting[0]:
            text, given = self.waiting
            self.found.append(Block(text, given=given))
        self.waiting = None

    def say(self, text: str, depth: int, kind: TextKind | None, element: Any) -> None:
        """A paragraph: on the line of the label that waits for it, under the heading, or for itself."""
        text = clean(text)
        if not text:
            return
        if self.waiting:
            label, given = self.waiting
            self.waiting = None
            self.found.append(Block(f"{label} {text}".strip(), given=given))
        elif self.headed:
            self.headed = False
            self.found.append(Block(text, given=Given(depth, kind=kind)))
        else:
            self.found.append(Block(text, given=Given(depth, "text", kind=kind, eid=_eid(element))))

    def _line(self, element: Any, depth: int, kind: TextKind | None) -> None:
        """A paragraph, with what stands inside it: notes after it, quoted provisions and lists where they are."""
        running: list[str] = []
        notes = []
        for part in self._running(element):
            if isinstance(part, str):
                running.append(part)
            elif part.tag == "authorialNote":
                notes.append(part)
            else:
                self.say("".join(running), depth, kind, element)
                running = []
                self._one(part, depth, kind)
        self.say("".join(running), depth, kind, element)
        for note in notes:
            self._note(note, depth)

    def _running(self, element: Any) -> Iterator[Any]:
        """The text of an element in pieces, and the elements inside it that stand for themselves."""
        yield element.text or ""
        for child in element:
            tag = child.tag
            if tag in _INNER or tag == "authorialNote":
                yield child
            elif tag in _SPACE:
                yield " "
            elif tag == "quotedText":
                yield from (child.get("startQuote") or "", *self._running(child), child.get("endQuote") or "")
            elif isinstance(tag, str) and tag not in _NOWHERE:
                yield from self._running(child)
            yield child.tail or ""

    def _note(self, note: Any, depth: int) -> None:
        text = clean(f"{note.get('marker') or ''} {' '.join(note.itertext())}")
        if text:
            self.settle()
            self.headed = False
            self.found.append(Block(text, Role.NOTE, given=Given(depth, "text", kind=TextKind.NOTE, eid=_eid(note))))


def _eid(element: Any) -> str:
    return element.get("eId") or element.get("id") or ""


def _number(label: str) -> str:
    """A label's number as cited: "(a)" is a, "Art. 14-bis." is 14-bis."""
    found = _NUMBER.search(label.strip())
    return re.sub(r"\s+", " ", found.group(1)) if found else re.sub(r"^\W+|\W+$", "", label)
