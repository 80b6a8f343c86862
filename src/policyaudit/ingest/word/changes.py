"""Tracked changes settled, and what is in the file but not on the screen taken out: field codes, hidden text."""

from __future__ import annotations

from typing import Any

from policyaudit.ingest.word.elements import AROUND, FALLBACK, W, drop, is_on, value
from policyaudit.ingest.word.styles import Styles

_ADDED = ("ins", "moveTo")
_REMOVED = ("del", "moveFrom")
_FORMER = {f"{W}{kind}Change": f"{W}{kind}" for kind in ("pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr")}
_BODY = frozenset((f"{W}p", f"{W}tbl", f"{W}sectPr", *AROUND))
CONTENTS = "contents"  # attribute of a paragraph that a field for a table of contents wrote


def settle(root: Any, changes: str) -> int:
    """Accepts all tracked changes, or with "original" takes them all back; the number of changes of the text."""
    before = changes == "original"
    gone, kept = (_ADDED, _REMOVED) if before else (_REMOVED, _ADDED)
    count = 0
    for row in list(root.iter(f"{W}tr")):
        if any(row.find(f"{W}trPr/{W}{tag}") is not None for tag in gone):
            count += 1
            drop(row)
    for cell in list(root.iter(f"{W}tc")):
        if cell.find(f"{W}tcPr/{W}{'cellIns' if before else 'cellDel'}") is not None:
            drop(cell)
    for tag in gone:
        for element in list(root.iter(f"{W}{tag}")):
            parent = element.getparent()
            if parent is None:
                continue
            if parent.tag in (f"{W}rPr", f"{W}trPr", f"{W}numPr"):
                continue  # of the mark at a paragraph's end, looked at below, or of a row
            count += 1
            drop(element)
    count += sum(1 for tag in kept for element in root.iter(f"{W}{tag}") if element.getparent().tag != f"{W}rPr")
    _join(root, gone)
    if before:
        for element in root.iter(f"{W}delText"):
            element.tag = f"{W}t"
        _restore(root)
    return count


def _join(root: Any, gone: tuple[str, ...]) -> None:
    """A paragraph whose end is gone goes on in the next one, and takes its looks."""
    for paragraph in list(root.iter(f"{W}p")):
        if not any(paragraph.find(f"{W}pPr/{W}rPr/{W}{tag}") is not None for tag in gone):
            continue
        rest = [child for child in paragraph if child.tag != f"{W}pPr"]
        after = paragraph.getnext()
        while after is not None and after.tag not in _BODY:  # the ends of bookmarks, comments and moves
            after = after.getnext()
        if after is None or after.tag != f"{W}p":
            if not any(True for _ in paragraph.iter(f"{W}t")) and paragraph.getparent().tag != f"{W}tc":
                drop(paragraph)
            continue
        at = 1 if len(after) and after[0].tag == f"{W}pPr" else 0
        for child in reversed(rest):
            after.insert(at, child)
        drop(paragraph)


def _restore(root: Any) -> None:
    """Puts the former properties in the place of the changed ones."""
    for change, own in _FORMER.items():
        for element in list(root.iter(change)):
            former, holder = element.find(own), element.getparent()
            if holder is None or former is None:
                continue
            # The marks of changes at a paragraph's end are no part of the former properties.
            kept = [child for child in holder if child.tag == f"{W}rPr" and own == f"{W}pPr"]
            for child in list(holder):
                holder.remove(child)
            holder.extend([*former, *kept])


def without_hidden(root: Any, styles: Styles) -> None:
    """Takes out text that is hidden, by itself or by its style, the prompts of empty content controls, and what stands there
    for old programs."""
    for element in list(root.iter(FALLBACK)):
        if element.getparent().find("{*}Choice") is not None:
            drop(element)
    for run in list(root.iter(f"{W}r")):
        own = is_on(run, "rPr/vanish")
        if own or (own is None and styles.hidden and _is_hidden(run, styles)):
            drop(run)
    for control in root.iter(f"{W}sdt"):
        if is_on(control, "sdtPr/showingPlcHdr"):
            for run in list(control.iter(f"{W}r")):  # a cell that asks to be filled in stays a cell
                drop(run)


def _is_hidden(run: Any, styles: Styles) -> bool:
    paragraph = next(run.iterancestors(f"{W}p"), None)
    of_paragraph = None if paragraph is None else value(paragraph, "pPr/pStyle") or styles.default
    return value(run, "rPr/rStyle") in styles.hidden or of_paragraph in styles.hidden


def with_initials(root: Any) -> None:
    """Puts a large initial letter, which stands in a paragraph of its own, back before the word that it begins."""
    for frame in list(root.iter(f"{W}framePr")):
        initial = next(frame.iterancestors(f"{W}p"), None)
        after = initial.getnext() if initial is not None and frame.get(f"{W}dropCap") in ("drop", "margin") else None
        if initial is None or after is None or after.tag != f"{W}p":
            continue
        at = 1 if len(after) and after[0].tag == f"{W}pPr" else 0
        for child in reversed([child for child in initial if child.tag != f"{W}pPr"]):
            after.insert(at, child)
        drop(initial)


def without_codes(root: Any) -> None:
    """Takes out the codes of fields and leaves their results; marks paragraphs that a table of contents wrote."""
    open_fields: list[_Field] = []
    for element in root.iter(f"{W}p", f"{W}fldChar", f"{W}instrText", f"{W}t", f"{W}tab", f"{W}br"):
        tag = element.tag
        if tag == f"{W}p":
            if any(field.contents for field in open_fields):
                element.set(CONTENTS, "1")
        elif tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                open_fields.append(_Field())
            elif kind in ("separate", "end") and open_fields:
                open_fields[-1].in_code = False
                if kind == "end":
                    _close(open_fields)
        elif tag == f"{W}instrText":
            if (element.text or "").strip().upper().startswith("TOC"):
                for field in open_fields:
                    field.contents = True
                holder = next(element.iterancestors(f"{W}p"), None)
                if holder is not None:
                    holder.set(CONTENTS, "1")
        elif open_fields and any(field.in_code for field in open_fields):
            open_fields[-1].code.append(element)


class _Field:
    __slots__ = ("code", "contents", "in_code")

    def __init__(self) -> None:
        self.in_code = True
        self.contents = False
        self.code: list[Any] = []


def _close(open_fields: list[_Field]) -> None:
    """Only the code of a field that has an end is taken out: one without would take the rest of the document with it."""
    for element in open_fields.pop().code:
        if element.tag == f"{W}t":
            element.text = ""
        else:
            drop(element)
