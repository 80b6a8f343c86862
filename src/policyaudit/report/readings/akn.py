"""Akoma Ntoso 3.0 (OASIS LegalDocML) of a document as read: valid by the standard's schema, and read again by this program.

The hierarchy is that of the provisions. What the standard has no place for (the page, the place as cited, the kind of text,
the facts with their origin) stands in attributes and elements of our own namespace, which the standard permits.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import cast

from lxml import etree

from policyaudit import __version__, codes
from policyaudit.model import Document, DocumentKind, Provision, TextKind
from policyaudit.report import tables
from policyaudit.report.translation import ENGLISH, Translation
from policyaudit.report.view import readable

FORM = "akn"
ENDING = ".xml"

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OURS = "urn:policyaudit:reading:1"
_NAMESPACES = cast("dict[str, str]", {None: AKN, "pa": OURS})  # lxml's stubs know no default namespace
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ELEMENTS = {
    "part": "part",
    "chapter": "chapter",
    "section": "section",
    "article": "article",
    "paragraph": "paragraph",
    "item": "point",
}
_SHORT = {"chapter": "chp", "section": "sec", "article": "art", "paragraph": "para", "attachment": "att"}
_PREFACE = frozenset({TextKind.TITLE, TextKind.FURNITURE, TextKind.CONTENTS, TextKind.NOTE})
_PREAMBLE = frozenset({TextKind.PREAMBLE, TextKind.FURNITURE, TextKind.NOTE})
_UNDATED = "0001-01-01"  # the standard wants a date where none is known
_BILLS = ("bill", "draft")


def written(document: Document, _words: Translation = ENGLISH) -> bytes:
    """The document as XML in UTF-8, the same in every language of reports."""
    root = etree.Element(_akn("akomaNtoso"), nsmap=_NAMESPACES)
    _Writer(document).whole(root)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return data


def _akn(name: str) -> str:
    return f"{{{AKN}}}{name}"


def _pa(name: str) -> str:
    return f"{{{OURS}}}{name}"


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.pages = [page.start for page in document.pages]
        self.taken: set[str] = set()
        self.parts = _parted(document)
        self.children = _children(document, self.parts)

    def whole(self, root: etree._Element) -> None:
        document = self.document
        law = document.kind is DocumentKind.LAW
        name = "doc" if not law else "bill" if document.status in _BILLS else "act"
        top = etree.SubElement(root, _akn(name), {"name": document.kind.value})
        self._meta(top, uri=self._uri(), facts=True)
        for part, several in (("preface", self.parts.preface), ("preamble", self.parts.preamble)):
            if several:
                self._flat(etree.SubElement(top, _akn(part)), several)
        roots = self.children.get(None, [])
        first = next((at for at, root in enumerate(roots) if root.unit == "annex"), len(roots))
        self._body(etree.SubElement(top, _akn("body" if law else "mainBody")), roots[:first], "")
        if self.parts.conclusions:
            self._flat(etree.SubElement(top, _akn("conclusions")), self.parts.conclusions)
        if first < len(roots):
            self._annexes(etree.SubElement(top, _akn("attachments")), roots[first:])

    def _annexes(self, attachments: etree._Element, roots: Sequence[Provision]) -> None:
        """Each annex with what follows it as a document of its own."""
        starts = [at for at, root in enumerate(roots) if root.unit == "annex"]
        for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(roots)], strict=True), 1):
            prefix = self._id("", "attachment", str(number))
            attachment = etree.SubElement(attachments, _akn("attachment"), {"eId": prefix})
            inner = etree.SubElement(attachment, _akn("doc"), {"name": "annex"})
            self._meta(inner, uri=f"{self._uri()}/!annex_{number}", facts=False)
            self._body(etree.SubElement(inner, _akn("mainBody")), roots[start:end], prefix)

    # ------------------------------------------------------------ what the document is

    def _uri(self) -> str:
        document = self.document
        kind = {"bill": "bill", "draft": "bill"}.get(document.status or "", "act") if document.kind is DocumentKind.LAW else "doc"
        number = self._fact("number") or document.stem.rpartition("/")[2]
        when = self._fact("date") or str(document.year or "undated")
        return "/".join(["/akn", self._country(), kind, when, _slug(number)])

    def _fact(self, name: str) -> str:
        return next((fact.value for fact in self.document.facts if fact.name == name), "")

    def _country(self) -> str:
        known = codes.codes().countries.get(self.document.country or self._fact("jurisdiction").upper())
        return known[0].lower() if known else "zz"

    def _meta(self, top: etree._Element, *, uri: str, facts: bool) -> None:
        document = self.document
        date = self._fact("date") if re.fullmatch(r"\d{4}-\d\d-\d\d", self._fact("date")) else ""
        dated = {"date": date or (f"{document.year}-01-01" if document.year else _UNDATED)}
        dated["name"] = "date" if date else "year" if document.year else "unknown"
        meta = etree.SubElement(top, _akn("meta"))
        identification = etree.SubElement(meta, _akn("identification"), {"source": "#policyaudit"})
        language = document.language
        expression = f"{uri}/{language}@"
        for level, address in (("Work", uri), ("Expression", expression), ("Manifestation", f"{expression}.akn")):
            part = etree.SubElement(identification, _akn(f"FRBR{level}"))
            etree.SubElement(part, _akn("FRBRthis"), {"value": f"{address}/!main" if "/!" not in uri else address})
            etree.SubElement(part, _akn("FRBRuri"), {"value": address})
            etree.SubElement(part, _akn("FRBRdate"), dated)
            etree.SubElement(part, _akn("FRBRauthor"), {"href": "#author" if level != "Manifestation" else "#policyaudit"})
            if level == "Work":
                etree.SubElement(part, _akn("FRBRcountry"), {"value": self._country()})
                if self._fact("number"):
                    etree.SubElement(part, _akn("FRBRnumber"), {"value": readable(self._fact("number"))})
                etree.SubElement(part, _akn("FRBRname"), {"value": " ".join(readable(document.title).split())})
            elif level == "Expression":
                etree.SubElement(part, _akn("FRBRlanguage"), {"language": language})
        references = etree.SubElement(meta, _akn("references"), {"source": "#policyaudit"})
        several = (("policyaudit", f"policyaudit {__version__}"), ("author", "not known"))
        for name, shown in several if facts else ():
            etree.SubElement(
                references, _akn("TLCOrganization"), {"eId": name, "href": f"/akn/ontology/organization/{name}", "showAs": shown}
            )
        if not facts:
            meta.remove(references)
            return
        ours = etree.SubElement(meta, _akn("proprietary"), {"source": "#policyaudit"})
        etree.SubElement(
            ours, _pa("source"), {"name": readable(document.name), "sha256": document.sha256, "format": document.format}
        )
        for fact in document.facts:
            said = {"name": fact.name, "value": " ".join(readable(fact.value).split()), "origin": fact.origin}
            if fact.start is not None and self.pages:
                said["page"] = str(self._page(fact.start))
            etree.SubElement(ours, _pa("fact"), said)
        for warning in document.warnings:
            etree.SubElement(ours, _pa("warning")).text = readable(warning)

    # ------------------------------------------------------------ the text

    def _flat(self, parent: etree._Element, several: Sequence[Provision]) -> None:
        """Provisions as paragraphs one under the other, each with its label and heading in it."""
        for provision in several:
            text = self._text(provision.start, provision.end)
            if provision.kind is TextKind.NOTE:
                self._note(etree.SubElement(parent, _akn("p")), provision, text)
                continue
            for line in text.split("\n"):
                paragraph = etree.SubElement(parent, _akn("p"), self._marks(provision))
                if provision.kind is TextKind.TITLE:
                    etree.SubElement(paragraph, _akn("docTitle")).text = line
                else:
                    paragraph.text = line

    def _body(self, parent: etree._Element, roots: Sequence[Provision], prefix: str) -> None:
        self._several(parent, roots, prefix)
        if not len(parent):
            etree.SubElement(parent, _akn("hcontainer"), {"name": "text", "eId": self._id(prefix, "hcontainer", "1")})

    def _several(self, parent: etree._Element, provisions: Sequence[Provision], prefix: str, *, quoted: bool = False) -> None:
        """The provisions as elements: rows that follow one another as a table, text of another instrument as a quotation."""
        for key, group in groupby(provisions, key=lambda one: _gathered(one, quoted)):
            several = list(group)
            if key.startswith("table"):
                self._table(parent, several, prefix)
            elif key == "quotation":
                box = self._box(parent, "quotation", prefix)
                quotation = etree.SubElement(etree.SubElement(self._content(box, "p"), _akn("mod")), _akn("quotedStructure"))
                quotation.set("eId", self._id(str(box.get("eId")), "qstr", "1"))
                self._several(quotation, several, str(quotation.get("eId")), quoted=True)
            else:
                for provision in several:
                    self._one(parent, provision, prefix, quoted)

    def _one(self, parent: etree._Element, provision: Provision, prefix: str, quoted: bool) -> None:
        name = _ELEMENTS.get(provision.unit, "hcontainer")
        wanted = (
            provision.eid if provision.eid and not re.search(r"\s", provision.eid) and provision.eid not in self.taken else ""
        )
        if wanted:
            self.taken.add(wanted)
        element = etree.SubElement(parent, _akn(name), self._marks(provision))
        element.set("eId", wanted or self._id(prefix, name, _number(provision.label) or self._next(prefix, name)))
        if name == "hcontainer":
            element.set("name", "note" if provision.kind is TextKind.NOTE else provision.unit)
        label, heading, body = self._apart(provision)
        if label:
            etree.SubElement(element, _akn("num")).text = label
        if heading:
            etree.SubElement(element, _akn("heading")).text = heading
        children = self.children.get(provision.index, [])
        lines = body.split("\n") if body else []
        if lines:
            name = "intro" if children else "content"
            place = etree.SubElement(element, _akn(name), {"eId": self._id(str(element.get("eId")), name, "1")})
            if provision.kind is TextKind.NOTE:
                self._note(etree.SubElement(place, _akn("p")), provision, body)
            for line in lines if provision.kind is not TextKind.NOTE else ():
                etree.SubElement(place, _akn("p")).text = line
        self._several(element, children, str(element.get("eId")), quoted=quoted)

    def _apart(self, provision: Provision) -> tuple[str, str, str]:
        """Label, heading and body as printed. What is neither label nor heading before the body is kept with the heading."""
        document = self.document
        if provision.unit == "text" and provision.body == provision.end and not provision.label:
            return "", "", self._text(provision.start, provision.end)
        head = self._text(provision.start, provision.body)
        label = readable(provision.label).strip()
        rest = head.removeprefix(label).strip() if head.startswith(label) else head
        if label and not rest.strip(" .:;,-–—"):
            label, rest = head, ""
        return label, rest.replace("\n", " "), readable(document.text[provision.body : provision.end]).strip()

    def _note(self, paragraph: etree._Element, provision: Provision, text: str) -> None:
        note = etree.SubElement(paragraph, _akn("authorialNote"), {"placement": "inline", **self._marks(provision)})
        note.set("eId", self._id("", "authorialNote", self._next("", "authorialNote")))
        if provision.label:
            note.set("marker", readable(provision.label).strip())
        for line in text.split("\n"):
            etree.SubElement(note, _akn("p")).text = line

    def _table(self, parent: etree._Element, rows: Sequence[Provision], prefix: str) -> None:
        box = self._box(parent, "table", prefix)
        content = self._content(box)
        table = etree.SubElement(content, _akn("table"), {"eId": self._id(str(box.get("eId")), "table", "1")})
        for row, cells in zip(rows, tables.placed(rows), strict=True):
            line = etree.SubElement(table, _akn("tr"), self._marks(row))
            for cell in cells:
                spans = {name: str(count) for name, count in (("colspan", cell.columns), ("rowspan", cell.rows)) if count > 1}
                place = etree.SubElement(line, _akn("th" if cell.is_head else "td"), spans)
                for said in self._text(cell.start, cell.end).split("\n"):
                    etree.SubElement(place, _akn("p")).text = said
        for note in (one for row in rows for one in self.children.get(row.index, [])):
            self._one(parent, note, prefix, False)

    def _box(self, parent: etree._Element, name: str, prefix: str) -> etree._Element:
        number = self._next(prefix, "hcontainer")
        return etree.SubElement(parent, _akn("hcontainer"), {"name": name, "eId": self._id(prefix, "hcontainer", number)})

    def _content(self, element: etree._Element, block: str = "") -> etree._Element:
        """The content of an element; with ``block``, the paragraph in it."""
        content = etree.SubElement(element, _akn("content"), {"eId": self._id(str(element.get("eId")), "content", "1")})
        return etree.SubElement(content, _akn(block)) if block else content

    # ------------------------------------------------------------ attributes

    def _marks(self, provision: Provision) -> dict[str, str]:
        marks = {_pa("place"): readable(provision.path), _pa("kind"): provision.kind.value}
        if self.pages:
            marks[_pa("page")] = str(self._page(provision.start))
        if provision.kind is TextKind.REPEALED:
            marks["status"] = "removed"
        if provision.language:
            marks[_LANG] = provision.language
        return {name: value for name, value in marks.items() if value}

    def _page(self, at: int) -> int:
        return self.document.pages[max(bisect_right(self.pages, at) - 1, 0)].number

    def _text(self, start: int, end: int) -> str:
        return readable(self.document.text[start:end]).strip()

    def _id(self, prefix: str, name: str, number: str) -> str:
        """An eId by the naming convention, made unique where a document has a number twice."""
        plain = "__".join(part for part in (prefix, f"{_SHORT.get(name, name)}_{number}") if part)
        wanted, count = plain, 1
        while wanted in self.taken:
            count += 1
            wanted = f"{plain}-{count}"
        self.taken.add(wanted)
        return wanted

    def _next(self, prefix: str, name: str) -> str:
        """The first number that is free among the unnumbered elements of that name."""
        number = 1
        while "__".join(part for part in (prefix, f"{_SHORT.get(name, name)}_{number}") if part) in self.taken:
            number += 1
        return str(number)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What stands before and after the body, in order of the text; ``left_out`` is running heads, feet and page numbers."""

    preface: list[Provision]
    preamble: list[Provision]
    conclusions: list[Provision]
    left_out: frozenset[int]


def _parted(document: Document) -> _Parts:
    several = document.provisions
    preface = _run(several, 0, lambda one: one.kind in _PREFACE and (one.kind is TextKind.CONTENTS or not one.label))
    preamble = _run(several, len(preface), lambda one: one.kind in _PREAMBLE)
    at = len(preface) + len(preamble)
    last = next((one.index for one in several[at:] if one.unit == "annex"), len(several))
    end = last
    while end > at and several[end - 1].kind is TextKind.FURNITURE:
        end -= 1
    furniture = frozenset(one.index for one in several if one.kind is TextKind.FURNITURE)
    return _Parts(preface, preamble, list(several[end:last]), furniture)


def _run(several: Sequence[Provision], start: int, permitted: Callable[[Provision], bool]) -> list[Provision]:
    return list(takewhile(permitted, several[start:]))


def _children(document: Document, parts: _Parts) -> dict[int | None, list[Provision]]:
    """The provisions of the body under what is left of those above them: the title stands in the preface, not around all."""
    gone = parts.left_out | {one.index for several in (parts.preface, parts.preamble, parts.conclusions) for one in several}
    children: dict[int | None, list[Provision]] = {}
    for provision in document.provisions:
        if provision.index in gone:
            continue
        above = provision.parent
        while above is not None and above in gone:
            above = document.provisions[above].parent
        children.setdefault(above, []).append(provision)
    return children


def _gathered(provision: Provision, quoted: bool) -> str:
    if provision.unit == "row":
        return "".join(re.findall(r"table \d+", provision.path)[-1:]) or "table"
    return "quotation" if provision.kind in (TextKind.QUOTED, TextKind.INSERTED) and not quoted else ""


def _number(label: str) -> str:
    """The number of a label as an eId holds it: "ARTÍCULO 26 bis.-" gives "26-bis"; "" for a bullet."""
    parts = re.findall(r"\w+", unicodedata.normalize("NFKC", label))
    while len(parts) > 1 and parts[0].isalpha() and len(parts[0]) > 2 and not re.fullmatch("[ivxlcdmIVXLCDM]+", parts[0]):
        parts.pop(0)
    return "-".join(parts).lower()


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "document"
