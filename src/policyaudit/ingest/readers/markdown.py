"""Markdown, which for law is mostly a conversion from a web page: its numbers are kept as they stand in the source."""

from __future__ import annotations

import re
from dataclasses import replace

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.blocks import AS_USUAL, Block, Manner, RawDocument, Role
from policyaudit.ingest.decoding import decode, is_text, mended
from policyaudit.ingest.grid import LONGEST_HEAD, Heads, TableRow, table_rows
from policyaudit.ingest.letters import clean
from policyaudit.ingest.marks import has_leaders, is_address, without_leaders
from policyaudit.ingest.unwrapping import broken_lines, lines_are_paragraphs, rejoined

FORMAT = "markdown"
EXTENSIONS = (".md", ".markdown", ".mdown")
READS_TEXT = True

_MARKUP = re.compile(rb"<\?xml|<!doctype|<html|\{\\rtf", re.IGNORECASE)
_FRONT = re.compile(r"\A\s*(?:---|\+\+\+)[ \t]*\n(.*?)\n(?:---|\+\+\+|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_NOTE = re.compile(r"\[\^[^\]]+\]:")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^>]*>|<!--.*?-->", re.DOTALL)
_BREAKING = frozenset(
    ("br", "p", "div", "li", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "hr", "blockquote", "center")
)
# An indented line is no program in a legal text, and a line of dashes under a paragraph is a rule, not its underline.
_PARSER = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable("table").disable(["code", "lheading"])
_LONGEST_HEADING = 400
# The words of a link, broken over two paragraphs where the page broke its line.
_SPLIT_LINK = re.compile(r"\[([^\[\]\n]{1,200})\n[ \t]*\n([^\[\]\n]{1,200})\]\((?=\w+:)")
# The parser gives up on the text of quotations within quotations; no document puts so many into one another.
_DEEP = re.compile(r"^(?:[ \t]*[>*+-]){20,}[ \t]*(?=[^\s>*+-])", re.MULTILINE)


def recognises(head: bytes) -> bool:
    """Whether the bytes are text and not plainly markup of another kind: any text is Markdown."""
    plain = head[:300].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return is_text(head) and b"%PDF-" not in head[:1024] and not _MARKUP.match(plain)


# What the front matter of collections of laws calls the title.
_TITLES = ("title", "titulo", "título", "titre")


def read(data: bytes, *, name: str, manner: Manner = AS_USUAL) -> RawDocument:
    """The Markdown as blocks. Raises UnreadableDocument if it is no text or empty."""
    source, faults = mended(decode(data))
    front = _FRONT.match(source)
    known = _front_matter(front.group(1)) if front else {}
    body = _DEEP.sub("", source[front.end() :] if front else source)
    body = _SPLIT_LINK.sub(r"[\1 \2](", body)
    blocks = rejoined(_Tokens(_PARSER.parse(body), hard=lines_are_paragraphs(body)).blocks())
    if not blocks:
        raise UnreadableDocument("The file has no text in it. Check that the document was saved whole.")
    title = next((known[name] for name in _TITLES if known.get(name)), None)
    language = known.get("lang") or known.get("language")
    return RawDocument(
        tuple(blocks),
        title=clean(title) or None if isinstance(title, str) else None,
        language=language.lower()[:2] or None if isinstance(language, str) else None,
        warnings=faults,
    )


def _front_matter(text: str) -> dict[str, object]:
    try:
        values = yaml.safe_load(text)
    except yaml.YAMLError:
        return {}
    return {str(key).lower(): value for key, value in values.items()} if isinstance(values, dict) else {}


class _Tokens:
    """Goes through the parser's tokens and gathers blocks."""

    def __init__(self, tokens: list[Token], *, hard: bool) -> None:
        self.tokens = tokens
        self.hard = hard  # whether every line end is meant
        self.found: list[Block] = []
        self.marks: list[str] = []  # of the items that are open, "" once said
        self.heading = 0
        self.heads: Heads | None = None  # of the last table
        self.table_end = 0  # how many blocks there were when it ended

    def blocks(self) -> list[Block]:
        index = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.type == "table_open":
                index = self._table(index)
                continue
            if token.type == "list_item_open":
                self.marks.append(f"{token.info}{token.markup}" if token.info else "•")
            elif token.type == "list_item_close":
                self.marks.pop()
            elif token.type == "heading_open":
                self.heading = int(token.tag[1:])
            elif token.type == "heading_close":
                self.heading = 0
            elif token.type == "inline":
                self._inline(token)
            elif token.type in ("html_block", "fence", "code_block"):
                text = _without_tags(token.content) if token.type == "html_block" else token.content
                for piece in re.split(r"\n\s*\n", text):
                    self._add(piece, bold=False, hard=True, linked=False)
            index += 1
        return self.found

    def _inline(self, token: Token) -> None:
        text, bold, linked, hard = _inline_text(token)
        for piece in re.split(r"\n\s*\n", text):
            self._add(piece, bold=bold, hard=hard or self.hard, linked=linked)

    def _add(self, piece: str, *, bold: bool, hard: bool, linked: bool) -> None:
        for part in broken_lines(piece, hard=hard):
            text = clean(part)
            if not text:
                continue
            role, level = Role.PARAGRAPH, 0
            if self.heading and len(text) <= _LONGEST_HEADING:
                role, level = Role.HEADING, self.heading
            elif self.marks and self.marks[-1]:
                text, role, level = f"{self.marks[-1]} {text}", Role.ITEM, len(self.marks)
                self.marks[-1] = ""
            if linked and role is not Role.HEADING:
                role = Role.FURNITURE
            elif _NOTE.match(text):
                role = Role.NOTE
            elif has_leaders(text):
                text, role = without_leaders(text), Role.CONTENTS
            elif is_address(text):
                role = Role.FURNITURE
            self.found.append(Block(text, role, level=level, bold=bold))

    def _table(self, index: int) -> int:
        """The rows of the table that opens at this token; returns the index after it."""
        rows: list[list[str]] = []
        heads: list[bool] = []
        in_head = False
        while self.tokens[index].type != "table_close":
            token = self.tokens[index]
            if token.type in ("thead_open", "thead_close"):
                in_head = token.type == "thead_open"
            elif token.type == "tr_open":
                rows.append([])
                heads.append(in_head)
            elif token.type == "inline":
                lines = map(clean, _inline_text(token)[0].split("\n"))
                rows[-1].append("\n".join(line for line in lines if line))
            index += 1
        columns = max(len(row) for row in rows)
        grid = []
        for row, head in zip(rows, heads, strict=True):
            texts = row + [""] * (columns - len(row))
            spans = [(column, column) for column in range(columns)]
            grid.append(TableRow(texts, [bool(text) for text in texts], spans, head=head, bold=head))
        blocks, self.heads = table_rows(grid, columns, known=self._goes_on(grid, columns), flat=True)
        self.found += blocks
        self.table_end = len(self.found)
        return index + 1

    def _goes_on(self, rows: list[TableRow], columns: int) -> Heads | None:
        """The heads of the table just before, where these rows go on with it: a converter has made one of its rows of numbers the
        head row that Markdown asks of every table."""
        before = self.found[-1] if self.found and self.table_end == len(self.found) else None
        first = rows[0].texts
        if before is None or len(before.cells) != columns or not any(first) or any(map(str.isalpha, "".join(first))):
            return None
        if self.heads is None or not self.heads.rows:
            names = [text for _, text in before.cells]
            if not all(any(map(str.isalpha, name)) and len(name) <= LONGEST_HEAD for name in names):
                return None
            self.heads = Heads(names, [names])
            self.found[-1] = replace(before, names="columns", bold=True)
        rows[0].head = rows[0].bold = False
        return self.heads


def _inline_text(token: Token) -> tuple[str, bool, bool, bool]:
    """(text, whether all of it is bold, whether all of it links to other pages, whether its line ends are meant)."""
    parts: list[str] = []
    strong = 0
    outward = False
    letters = bold = linked = 0
    hard = False
    for child in token.children or ():
        if child.type == "strong_open":
            strong += 1
        elif child.type == "strong_close":
            strong -= 1
        elif child.type == "link_open":
            outward = not str(child.attrs.get("href", "#")).startswith("#")
        elif child.type == "link_close":
            outward = False
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
            hard = hard or child.type == "hardbreak"
        elif child.type == "html_inline":
            text = _without_tags(child.content)
            hard = hard or "\n" in text
            parts.append(text)
        elif child.type != "image":
            parts.append(child.content)
            count = sum(map(str.isalnum, child.content))
            letters += count
            bold += count if strong else 0
            linked += count if outward else 0
    # Emphasis that the converter left open, with a space inside its stars, is no emphasis to the parser.
    text = re.sub(r"\*\*+", "", "".join(parts))
    return text, 0 < letters == bold, 0 < letters == linked, hard


def _without_tags(text: str) -> str:
    return _TAG.sub(lambda tag: "\n" if (tag.group(2) or "").lower() in _BREAKING else "", text)
