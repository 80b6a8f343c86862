"""HTML pages: the document in them, without navigation, banners and scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.blocks import AS_USUAL, Block, Manner, RawDocument, Role
from policyaudit.ingest.decoding import decode
from policyaudit.ingest.grid import TableRow, table_rows
from policyaudit.ingest.letters import clean
from policyaudit.ingest.marks import BULLET, NUMBER, has_leaders, without_leaders
from policyaudit.ingest.numerals import numeral
from policyaudit.ingest.unwrapping import broken_lines, rejoined

FORMAT = "html"
EXTENSIONS = (".html", ".htm", ".xhtml")
READS_TEXT = True

_START = re.compile(rb"<!doctype\s+html|<html[\s>]|<(?:body|div|article|section|main|h1|p)[\s>][^\0]*</", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")

_NEVER = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "svg",
        "math",
        "canvas",
        "button",
        "select",
        "input",
        "textarea",
        "audio",
        "video",
        "map",
        "head",
        "del",
        "s",
        "strike",
    )
)
_AROUND = frozenset(("nav", "aside", "header", "footer", "form", "dialog"))
_AROUND_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog", "menu", "menubar")
)
# What web designers call the parts around the text.
_AROUND_NAMES = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|banner|navbar|nav|menu|breadcrumbs?|sidebar|share|sharing|social|toolbar|"
    r"skip|newsletter|advert\w*|ads|popup|modal|pagination|related|comments)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    )
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def recognises(head: bytes) -> bool:
    """Whether the bytes are an HTML page or a piece of one."""
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if plain.startswith(b"<?xml"):
        return b"<html" in plain[:2048].lower()
    return plain.startswith(b"<") and bool(_START.search(plain[:4096]))


def read(data: bytes, *, name: str, manner: Manner = AS_USUAL) -> RawDocument:
    """The main text of the page as blocks. Raises UnreadableDocument if there is none."""
    declared = _CHARSET.search(data[:4096])
    text = _DECLARATION.sub("", decode(data, declared=declared.group(1).decode("ascii", "ignore") if declared else None))
    try:
        root = html.document_fromstring(text)
    except (ParserError, ValueError) as error:
        raise UnreadableDocument("The page has no text in it. Save it again with its content.") from error
    title = root.findtext(".//title")
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip().lower()
    body = root.find("body")
    blocks = rejoined(list(_Walk(_main(body if body is not None else root)).blocks()))
    if not blocks:
        raise UnreadableDocument("The page has no text in it, perhaps since it loads it by script. Save it from a browser.")
    return RawDocument(tuple(blocks), title=clean(title or "") or None, language=language[:2] or None)


def _size(element: HtmlElement) -> int:
    return len("".join(element.itertext()).split())


def _main(body: HtmlElement) -> HtmlElement:
    """The element that holds the text, after everything around it has been taken out."""
    for element in list(body.iter()):
        gone = not isinstance(element.tag, str) or element.tag in _NEVER or _hidden(element)
        if gone and element is not body and element.getparent() is not None:
            element.drop_tree()
    whole = _size(body)
    for element in list(body.iter()):
        if element is not body and _is_around(element) and _size(element) < 0.4 * whole and element.getparent() is not None:
            element.drop_tree()
    left = _size(body)
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = body.findall(path)
        if len(found) == 1 and _size(found[0]) >= 0.5 * left:
            return found[0]
    return body


def _hidden(element: HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or element.get("aria-hidden") == "true" or "display:none" in style


def _is_around(element: HtmlElement) -> bool:
    if element.get("role") in _AROUND_ROLES:
        return True
    if element.tag in _AROUND:
        # The head of an article is its title; only that of the page is around it.
        inside = element.tag in ("header", "footer") and any(
            parent.tag in ("article", "main") for parent in element.iterancestors()
        )
        return not inside
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag in ("div", "section", "ul", "ol", "span", "p", "table") and bool(_AROUND_NAMES.search(names))


class _Walk:
    """Goes through the elements in order and gathers running text into blocks."""

    def __init__(self, root: HtmlElement) -> None:
        self.root = root
        self.text: list[str] = []
        self.bold: list[tuple[int, bool]] = []  # (letters, whether bold) of each run
        self.found: list[Block] = []
        self.mark = ""  # the number or bullet of the item at hand
        self.depth = 0  # of lists
        self.role = Role.PARAGRAPH
        self.level = 0

    def blocks(self) -> list[Block]:
        self._visit(self.root, bold=False)
        self._flush()
        return self.found

    def _visit(self, element: HtmlElement, *, bold: bool) -> None:
        tag = element.tag
        if tag == "br":
            self.text.append("\n")
            return
        if tag == "table" and _is_data(element):
            self._flush()
            self.found += _table_blocks(element)
            return
        block = tag in _BLOCKS
        if block:
            self._flush()
        bold = bold or tag in ("b", "strong")
        before = self.role, self.level, self.mark
        if tag in _HEADINGS:
            self.role, self.level = Role.HEADING, _HEADINGS[tag]
        elif tag in ("ul", "ol"):
            self.depth += 1
        elif tag == "li":
            if self.role not in (Role.FURNITURE, Role.CONTENTS):
                self.role = Role.ITEM
            self.level, self.mark = self.depth, _item_mark(element)
        elif "footnote" in f"{element.get('role') or ''} {element.get('class') or ''}".lower() and block:
            self.role = Role.NOTE
        if tag in ("ul", "ol") and _is_links(element, inward=True):
            self.role = Role.CONTENTS
        elif tag == "ul" and _is_links(element, inward=False):
            self.role = Role.FURNITURE
        self._say(element.text, bold)
        for child in element:
            if isinstance(child.tag, str):
                self._visit(child, bold=bold)
            self._say(child.tail, bold)
        if block:
            self._flush()
            self.role, self.level, self.mark = before if tag != "li" else (*before[:2], "")
        if tag in ("ul", "ol"):
            self.depth -= 1

    def _say(self, text: str | None, bold: bool) -> None:
        if text:
            self.text.append(text.replace("\n", " ").replace("\r", " "))
            self.bold.append((len(text.strip()), bold))

    def _flush(self) -> None:
        whole = "".join(self.text)
        bold = all(strong for letters, strong in self.bold if letters)
        self.text, self.bold = [], []
        for piece in re.split(r"\n\s*\n", whole):
            for part in broken_lines(piece, hard=True):
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


def _item_mark(item: HtmlElement) -> str:
    """The number or bullet that a browser shows before a list item."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "•"
    try:
        number = int(item.get("value") or "")
    except ValueError:
        start = parent.get("start") or "1"
        number = int(start) if start.lstrip("-").isdigit() else 1
        for sibling in parent.iterchildren("li"):
            value = sibling.get("value") or ""
            number = int(value) if value.isdigit() else number
            if sibling is item:
                break
            number += 1
    return f"{numeral(number, parent.get('type') or '1')}."


def _is_links(element: HtmlElement, *, inward: bool) -> bool:
    """Whether a list is nothing but links: to other pages, or inward, to the headings of this one."""
    links = element.findall(".//a")
    inside = sum(_size(link) for link in links)
    meant = [link for link in links if (link.get("href") or "#").startswith("#") is inward]
    if inward and len(meant) < len(links):
        return False
    return len(meant) >= 4 and inside >= 0.9 * _size(element) and inside < (16 if inward else 8) * len(links)


def _is_data(table: HtmlElement) -> bool:
    """Whether a table holds data, and is not there to place parts of the page."""
    if table.find(".//table") is not None:
        return False
    if table.find(".//th") is not None:
        return True
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    wide = [row for row in rows if sum(1 for cell in row if _size(cell)) > 1]
    if len(wide) < 2:
        return False
    return not any(cell.find(f".//{tag}") is not None for row in rows for cell in row for tag in _HEADINGS) and not any(
        _size(cell) > 400 for row in rows for cell in row
    )


def _table_blocks(table: HtmlElement) -> Iterator[Block]:
    caption = table.find("caption")
    if caption is not None and clean("".join(caption.itertext())):
        yield Block(clean("".join(caption.itertext())))
    rows: list[TableRow] = []
    above: dict[int, tuple[int, str]] = {}  # column -> (rows still covered, text) of a cell that spans rows
    found: list[tuple[list[tuple[int, int, str, bool]], bool]] = []
    columns = 0
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        column = 0
        placed = []
        for covered in list(above):
            left, text = above[covered]
            if left == 0:
                del above[covered]
        now = dict(above)
        above = {place: (left - 1, text) for place, (left, text) in above.items()}
        for cell in cells:
            while column in now:
                column += 1
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            text = clean(" ".join(cell.itertext()))
            placed.append((column, column + across - 1, text, True))
            if down > 1:
                for place in range(column, column + across):
                    above[place] = (down - 1, text if place == column else "")
            column += across
        placed += [(place, place, text, False) for place, (_, text) in now.items() if text]
        columns = max([columns, *(last + 1 for _, last, _, _ in placed)])
        parent = row.getparent()
        head = bool(cells) and (all(cell.tag == "th" for cell in cells) or (parent is not None and parent.tag == "thead"))
        found.append((placed, head))
    for placed, head in found:
        texts = [""] * columns
        filled = [False] * columns
        for begin, _, text, own in placed:
            texts[begin], filled[begin] = text, own and bool(text)
        rows.append(TableRow(texts, filled, [(begin, last) for begin, last, _, own in placed if own], head=head, bold=head))
    yield from table_rows(rows, columns)[0]


def _span(cell: HtmlElement, name: str) -> int:
    value = cell.get(name) or "1"
    return min(max(int(value), 1), 200) if value.isdigit() else 1
