"""PDF, through pdfium: text in reading order with its type, tables from their ruled lines."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from pypdfium2 import PdfDocument, PdfiumError

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.blocks import AS_USUAL, Block, Manner, RawDocument, Role
from policyaudit.ingest.letters import clean, compounds_in, join_lines
from policyaudit.ingest.marks import NOTE
from policyaudit.ingest.readers.pdf.aligned import take_aligned
from policyaudit.ingest.readers.pdf.asking import Box, OpenPage
from policyaudit.ingest.readers.pdf.bullets import give_bullets
from policyaudit.ingest.readers.pdf.furniture import find_furniture, margin_zones
from policyaudit.ingest.readers.pdf.languages import mark_languages
from policyaudit.ingest.readers.pdf.linenumbers import change_signs, line_numbers
from policyaudit.ingest.readers.pdf.lines import Line, page_lines, turn_point
from policyaudit.ingest.readers.pdf.order import Column, joined_pieces, marginal_notes, page_columns
from policyaudit.ingest.readers.pdf.paragraphs import Paragraphs, Print, common_size, measured
from policyaudit.ingest.readers.pdf.rows import Running, table_blocks
from policyaudit.ingest.readers.pdf.rules import page_grids
from policyaudit.ingest.readers.pdf.scans import Picture, no_text, reread
from policyaudit.ingest.readers.pdf.tables import Table, take_tables
from policyaudit.ingest.watermarks import status_of

FORMAT = "pdf"
EXTENSIONS = (".pdf",)

_FILE_NAME = re.compile(r"\.\w{2,5}$|^\S+$|^.{0,5}$|[\\/]|\bPowerPoint\b")  # or what a program puts there


def recognises(head: bytes) -> bool:
    """Whether the first bytes are those of a PDF; a few stray bytes before the mark are common."""
    return b"%PDF-" in head[:1024]


def read(data: bytes, *, name: str, manner: Manner = AS_USUAL) -> RawDocument:
    """The PDF as blocks. Raises UnreadableDocument for a file that is broken, locked, or has no text at all."""
    if b"%%EOF" not in data[-4096:]:
        raise UnreadableDocument("The PDF is cut off: its end is missing. Download or export it again.")
    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableDocument(
                "The PDF is protected by a password. Save a copy without the password and audit that."
            ) from error
        raise UnreadableDocument("The PDF is damaged and cannot be opened. Download or export it again.") from error
    try:
        return _read(document, lambda: hashlib.sha256(data).hexdigest(), manner)
    finally:
        document.close()


class _Page:
    """What is kept of a page once pdfium has closed it."""

    __slots__ = ("behind", "broken", "columns", "counted", "furniture", "lines", "notes", "span", "tables", "turned")

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.turned: list[Line] = []
        self.behind: list[Line] = []
        self.counted: list[Line] = []  # the numbers of its lines, and signs of change
        self.tables: list[Table] = []
        self.span = (0.0, 0.0)
        self.broken = False
        self.furniture: set[int] = set()
        self.columns: list[Column] = []

    def all_lines(self) -> Iterator[Line]:
        yield from self.lines
        for table in self.tables:
            yield from (line for row in table.rows for cell in row for line in cell.lines)

    def take(self, picture: Picture) -> None:
        """What was read from the image of the page, in place of what stands in the file."""
        aligned, self.lines = take_aligned(picture.lines)
        self.lines += picture.notes
        self.tables, self.turned, self.span = picture.tables + aligned, picture.turned, picture.span

    def margins(self, foot: float, head: float) -> list[Line]:
        """The lines that may be running heads or feet: not those of a table that reaches into the middle of the page."""
        lines = list(self.lines)
        for table in self.tables:
            inside = [line for row in table.rows for cell in row for line in cell.lines]
            if all(line.base > head for line in inside) or all(line.base < foot for line in inside):
                lines += inside
        return lines


def _read(document: PdfDocument, sha256: Callable[[], str], manner: Manner) -> RawDocument:
    count = len(document)
    pages = [_page(document, index) for index in range(count)]
    if all(page.broken for page in pages):
        raise UnreadableDocument("No page of the PDF can be opened: it is damaged. Download or export it again.")
    texts = [None if page.broken else " ".join(line.text for line in (*page.all_lines(), *page.turned)) for page in pages]
    again = reread(document, texts, sha256, manner)
    for number, picture in again.read.items():
        pages[number - 1].take(picture)
    if not any(page.lines or page.tables or page.turned for page in pages):
        raise UnreadableDocument(no_text(again, manner))
    empty = tuple(sorted({*again.unread, *(number for number, page in enumerate(pages, 1) if page.broken)}))
    spans = [page.span for page in pages]
    zones = margin_zones([page.lines for page in pages], spans)
    margins = [page.margins(*zone) for page, zone in zip(pages, zones, strict=True)]
    size = common_size(line for page in pages for line in page.lines)
    for page, furniture in zip(pages, find_furniture(margins, spans, zones, size), strict=True):
        page.furniture = furniture
    for page in pages:
        body = marginal_notes([line for line in page.lines if id(line) not in page.furniture], size)
        page.columns = page_columns(body + [_stand_in(table, index) for index, table in enumerate(page.tables)])
    spoken = mark_languages([page.columns for page in pages])
    style = measured([page.columns for page in pages], compounds_in(line.text for page in pages for line in page.all_lines()))
    blocks = _blocks(pages, margins, style)
    broken = [f"Page {number} could not be opened and was not read." for number, page in enumerate(pages, 1) if page.broken]
    return RawDocument(
        tuple(_ranked(blocks, style)),
        count,
        empty,
        title=_title(document),
        spoken=spoken,
        warnings=(*broken, *_enclosed(document), *again.warnings),
        recognised=again.confidence,
        facts=_facts(pages),
    )


def _enclosed(document: PdfDocument) -> Iterator[str]:
    """A sentence about other files within the PDF, as in a portfolio, whose own page only says what it is."""
    count = document.count_attachments()
    if count:
        yield f"The PDF holds other files within it ({count}) that were not read. Save them out of it and give them too."


def _page(document: PdfDocument, index: int) -> _Page:
    """Reads one page and closes it, so that memory does not grow with the document."""
    kept = _Page()
    try:
        page = OpenPage(document, index)
    except PdfiumError:
        kept.broken = True
        return kept
    try:
        lines, turn = page_lines(page)
        kept.behind = [line for line in lines if line.watermark]
        lines = [line for line in lines if not line.watermark] if kept.behind else lines
        box = page.box()
        ends = turn_point(box[0], box[1], turn)[1], turn_point(box[2], box[3], turn)[1]
        kept.span = (min(ends), max(ends))
        kept.counted = line_numbers(lines) + change_signs(lines)
        if kept.counted:
            numbers = {id(line) for line in kept.counted}
            lines = [line for line in lines if id(line) not in numbers]
        signs: list[Box] = []
        if lines:
            grids, signs = page_grids(page, page.text, lines, turn)
            kept.tables, lines = take_tables(grids, lines, page.text, turn)
            aligned, lines = take_aligned(lines)
            kept.tables += aligned
        kept.lines = [line for line in lines if not line.turned]
        kept.turned = [line for line in lines if line.turned]
        if signs:
            give_bullets(signs, kept.all_lines(), turn)
    finally:
        page.close()
    return kept


def _stand_in(table: Table, index: int) -> Line:
    """A line that holds the table's place among the lines of the page."""
    return Line("x" * 60, table.xs[0], table.xs[-1], table.top - 1, 0.0, False, 0, 0, table=index)


def _blocks(pages: list[_Page], margins: list[list[Line]], style: Print) -> list[Block]:
    paragraphs = Paragraphs(style)
    running: Running | None = None
    for number, (page, margin) in enumerate(zip(pages, margins, strict=True), 1):
        heads, feet = _furniture_blocks(page, margin, number)
        notes = Paragraphs(style, role=Role.NOTE)
        # What stands at the head of this page comes after a paragraph that runs over from the page before; so does a note
        # in the margin after the paragraph that it interrupts.
        held = heads
        for column in page.columns:
            first_note = _first_note(column, style, page.span)
            for position, line in enumerate(column.lines):
                if line.table >= 0:
                    paragraphs.close()
                    paragraphs.blocks += held
                    held = []
                    rows, running = table_blocks(
                        page.tables[line.table], number, page.furniture, running, paragraphs.blocks, compounds=style.compounds
                    )
                    paragraphs.blocks += rows
                elif line.marginal:
                    held.append(_marginal_block(line, number))
                elif position >= first_note:
                    notes.add(line, column, number)
                else:
                    before = paragraphs.open
                    paragraphs.add(line, column, number)
                    if held and paragraphs.open is not before:
                        paragraphs.blocks += held
                        held = []
        notes.close()
        closing = notes.blocks + _outside(page, number) + feet
        closing = held + closing  # held until here if the whole page is one paragraph that began before it
        if closing and paragraphs.open is not None and not _may_run_over(paragraphs, pages, number):
            paragraphs.close()
        paragraphs.blocks += closing
    paragraphs.close()
    return paragraphs.blocks


def _may_run_over(paragraphs: Paragraphs, pages: list[_Page], number: int) -> bool:
    """Whether the paragraph at hand goes on with the first line of the next page (page ``number`` is counted from 1)."""
    following = pages[number] if number < len(pages) else None
    if following is None or not following.columns:
        return False
    column = following.columns[0]
    first = next((line for line in column.lines if not line.marginal), None)
    return first is not None and first.table < 0 and paragraphs.would_continue(first, column)


def _furniture_blocks(page: _Page, margin: list[Line], number: int) -> tuple[list[Block], list[Block]]:
    """The running heads and the running feet of a page, line by line."""
    found = [line for line in margin if id(line) in page.furniture]
    middle = sum(page.span) / 2
    parts: tuple[list[Block], list[Block]] = ([], [])
    for line in joined_pieces(found):
        text = clean(line.text)
        if text:
            parts[line.base < middle].append(
                Block(text, Role.FURNITURE, number, size=round(line.size, 1), indent=round(line.x0, 1))
            )
    return parts


def _marginal_block(note: Line, number: int) -> Block:
    text = ""
    for line in note.text.split("\n"):
        text = join_lines(text, clean(line))
    return Block(text, Role.NOTE, number, size=round(note.size, 1), indent=round(note.x0, 1))


def _outside(page: _Page, number: int) -> list[Block]:
    """What stands outside the text: what runs sideways, a mark or a running title where it is short; watermarks; the numbers
    of lines."""
    text = clean(" ".join(line.text for line in page.turned))
    blocks = [Block(text, Role.FURNITURE if len(text) < 200 else Role.PARAGRAPH, number)] if text else []
    others = (_watermark(page), " ".join(line.text for line in page.counted))
    return blocks + [Block(other, Role.FURNITURE, number) for other in others if other]


def _watermark(page: _Page) -> str:
    """What stands large behind the text of a page. A mark that runs askew comes letter by letter."""
    text = clean(" ".join(line.text for line in page.behind))
    return text.replace(" ", "") if text and all(len(word) == 1 for word in text.split()) else text


def _facts(pages: list[_Page]) -> dict[str, str]:
    """What the watermarks say of the document: its status, where a third of its pages say so."""
    marks = Counter(mark for page in pages if (mark := _watermark(page)))
    said: Counter[str] = Counter()
    for mark, count in marks.items():
        status = status_of(mark)
        if status:
            said[status] += count
    return {"status": said.most_common(1)[0][0]} if said and said.most_common(1)[0][1] >= len(pages) / 3 else {}


def _first_note(column: Column, style: Print, span: tuple[float, float]) -> int:
    """Where the footnotes of a column begin: small print at its end that starts with a mark, under larger print."""
    begin = len(column.lines)
    while begin and column.lines[begin - 1].table < 0 and column.lines[begin - 1].size <= 0.91 * style.size:
        begin -= 1
    if begin == 0 and len(column.lines) > 6:
        return len(column.lines)
    for index in range(begin, len(column.lines)):
        line = column.lines[index]
        if NOTE.match(clean(line.text)) and line.base < span[0] + 0.6 * (span[1] - span[0]):
            return index
    return len(column.lines)


def _ranked(blocks: list[Block], style: Print) -> list[Block]:
    """The blocks with a level for every heading by the size of its letters, and the largest one of the first page as title."""
    sizes = sorted({round(block.size) for block in blocks if block.role is Role.HEADING}, reverse=True)
    first = next((block.page for block in blocks if block.role is not Role.FURNITURE), 0)
    largest = max((block.size for block in blocks if block.role is Role.HEADING and block.page == first), default=0.0)
    ranked = []
    titled = False
    for block in blocks:
        if block.role is Role.HEADING:
            is_title = not titled and block.page == first and block.size == largest >= 1.25 * style.size
            titled = titled or is_title
            role = Role.TITLE if is_title else Role.HEADING
            block = replace(block, role=role, level=0 if is_title else sizes.index(round(block.size)) + 1)
        ranked.append(block)
    return ranked


def _title(document: PdfDocument) -> str | None:
    """The title in the file's own metadata, unless it is a file name or a single word."""
    title = clean(document.get_metadata_value("Title") or "")
    title = title.removeprefix("Microsoft Word - ")
    return None if _FILE_NAME.search(title) else title
