"""The text of paragraphs and how it looks."""

from __future__ import annotations

from typing import Any

from policyaudit.ingest.letters import clean
from policyaudit.ingest.word.elements import W, is_on, number, value
from policyaudit.ingest.word.styles import Style, Styles

_APART = frozenset(f"{W}{tag}" for tag in ("rPr", "pPr", "txbxContent", "instrText", "delText", "rt"))
_SPACES = frozenset((f"{W}tab", f"{W}ptab"))
_LINES = frozenset((f"{W}br", f"{W}cr"))
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
# Places in Adobe's font Symbol.
_SYMBOLS = {
    "A3": "≤", "B3": "≥", "B0": "°", "B1": "±", "B4": "×", "B9": "≠", "BB": "≈", "AE": "→", "2D": "−", "A2": "′", "B2": "″",
    "D2": "®", "D3": "©", "D4": "™", "E2": "®", "E3": "©", "E4": "™",
}  # fmt: skip


def text_of(element: Any) -> str:
    """The text of a paragraph or run, without that of text boxes in it; line breaks in it are "\n"."""
    parts: list[str] = []
    _gather(element, parts)
    return "".join(parts)


def _gather(element: Any, parts: list[str]) -> None:
    for child in element:
        tag = child.tag
        if tag in _APART:
            continue
        if tag in (f"{W}t", _FORMULA):
            parts.append((child.text or "").replace("\n", " "))
        elif tag in _SPACES:
            parts.append(" ")
        elif tag in _LINES:
            parts.append("\n")
        elif tag == f"{W}noBreakHyphen":
            parts.append("-")
        elif tag == f"{W}sym":
            parts.append(_symbol(child))
        elif isinstance(tag, str) and len(child):
            _gather(child, parts)


def _symbol(element: Any) -> str:
    """A sign that is named by its font and place: those of Symbol that stand in sentences; all others are bullets."""
    code = (element.get(f"{W}char") or "")[-2:].upper()
    return _SYMBOLS.get(code, "•") if element.get(f"{W}font") == "Symbol" else "•"


def is_bold(paragraph: Any, style: Style, styles: Styles) -> bool:
    """Whether all letters of a paragraph are bold."""
    found = False
    for run in paragraph.iter(f"{W}r"):
        if not clean(text_of(run)):
            continue
        bold = is_on(run, "rPr/b")
        if bold is None:
            own = value(run, "rPr/rStyle")
            bold = style.bold or bool(own and styles.of(own).bold)
        if not bold:
            return False
        found = True
    return found


def size_of(paragraph: Any, style: Style) -> float:
    """The size of a paragraph's letters in points as its runs name it; 0 where they name none."""
    size = next((found for run in paragraph.iter(f"{W}r") if (found := number(run, "rPr/sz"))), None)
    return size / 2 if size else 0.0


def indent_of(paragraph: Any) -> float:
    """The left edge of a paragraph in points; 0 where it names none."""
    indent = paragraph.find(f"{W}pPr/{W}ind")
    left = "" if indent is None else indent.get(f"{W}left") or indent.get(f"{W}start") or ""
    return int(left) / 20 if left.lstrip("-").isdigit() else 0.0
