"""From a file to a Document: the readers give blocks, ``structure`` makes one text and its provisions of them."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from policyaudit.ingest import citing, facts, hierarchy, identify, legibility, lost, orders, readers
from policyaudit.ingest.articles import bare_articles
from policyaudit.ingest.blocks import AS_USUAL, Manner, RawDocument
from policyaudit.ingest.contents import mark_contents
from policyaudit.ingest.numbering import UnitFinder
from policyaudit.ingest.pieces import Piece, lay_out, mark_pieces
from policyaudit.ingest.references import with_references
from policyaudit.ingest.sequence import Node, is_article
from policyaudit.ingest.structure import provisions
from policyaudit.ingest.textkinds import Kinds
from policyaudit.languages import grammar_of, languages
from policyaudit.languages.identity import identity_of
from policyaudit.model import Document, DocumentKind, Page, Source, TextKind
from policyaudit.pages import ranges


def endings() -> tuple[str, ...]:
    """The endings of files that can be read, with their dot."""
    return readers.extensions()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for circles of objects that keep each other alive: while a document is read hardly any arise, and it
    would go through the whole memory of the program again and again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def read(source: Source, manner: Manner = AS_USUAL) -> Document:
    """The document in a file, its kind, language, title and year guessed where the source does not say them.

    Raises UnreadableDocument with one line that says why the file cannot be read and what to do.
    """
    with _uncollected():
        form, sha256, raw = readers.open_file(Path(source.path), manner)
        return structured(source, form, sha256, raw)


def structured(source: Source, form: str, sha256: str, raw: RawDocument) -> Document:
    """The blocks of a file as a Document."""
    raw = _in_language(raw, source.language)
    text, paragraphs, pages = lay_out(raw)
    language = source.language or raw.language or raw.spoken or identify.language(text)[0]
    pages, share = legibility.judged(pages, text, language)
    grammar = grammar_of(language)
    given = hierarchy.is_given(paragraphs)
    if not given:
        mark_contents(paragraphs, grammar)
        text, paragraphs = with_references(text, paragraphs, grammar)
    finder = UnitFinder(grammar)
    pieces = paragraphs if given else mark_pieces(paragraphs, finder, grammar)
    stem = str(PurePosixPath(source.name).with_suffix(""))
    worded = sum(1 for piece in pieces if _is_article(piece))
    known = facts.known(source, raw, text, pages, pieces, stem=stem, language=language, grammar=grammar, articles=worded)
    if given:
        nodes = hierarchy.provisions(pieces, finder)
    else:
        bare = bare_articles(pieces, grammar, law=known.kind is DocumentKind.LAW)
        marks = [(piece.mark, piece.inline) for piece in pieces]  # building takes some back
        nodes = provisions(pieces, grammar, bare_articles=bare)
        if grammar.bare_articles and (missing := lost.places(text, nodes)):
            for piece, (mark, inline) in zip(pieces, marks, strict=True):
                piece.mark, piece.inline = mark, inline
            pieces = list(lost.opened(pieces, missing, finder, grammar))
            nodes = provisions(pieces, grammar, bare_articles=bare)
    Kinds(text, nodes, grammar, kind=known.kind, title=known.title).assign(stated=given)
    return Document(
        name=source.name,
        stem=stem,
        sha256=sha256,
        format=form,
        country=source.country,
        kind=known.kind,
        title=known.title or PurePosixPath(stem).name,
        language=language,
        year=known.year,
        status=known.status,
        guessed=known.guessed,
        text=text,
        pages=pages,
        provisions=citing.provisions(nodes, grammar, order=orders.cited(text, known.facts, identity_of(language), grammar)),
        warnings=(*raw.warnings, *known.warnings, *_warnings(raw, pages, language, nodes)),
        facts=known.facts,
        legibility=share,
        jurisdiction=source.jurisdiction,
        instrument=source.instrument,
        in_force=source.in_force,
    )


def _in_language(raw: RawDocument, language: str | None) -> RawDocument:
    """A document with columns in several languages, read in another one of them than most of its columns are in."""
    if not raw.spoken or language in (None, raw.spoken) or all(block.language != language for block in raw.blocks):
        return raw
    blocks = [replace(block, language="" if block.language == language else block.language or raw.spoken) for block in raw.blocks]
    return replace(raw, blocks=tuple(blocks))


def _is_article(piece: Piece) -> bool:
    if piece.given is not None:
        return piece.given.unit == "article"
    return piece.mark is not None and piece.mark.unit is not None and piece.mark.unit.unit == "article"


def _warnings(raw: RawDocument, pages: tuple[Page, ...], language: str, nodes: list[Node]) -> list[str]:
    found = []
    if raw.empty_pages:
        found.append(f"{_pages(raw.empty_pages, 'has', 'have')} no text and could not be read.")
    illegible = tuple(page.number for page in pages if not page.has_text and page.number not in raw.empty_pages)
    if illegible:
        found.append(f"{_pages(illegible, 'is', 'are')} not legible enough to be relied on.")
    if raw.recognised:
        least, most = min(raw.recognised.values()), max(raw.recognised.values())
        sure = f"{least:.2f}" if least == most else f"{least:.2f} to {most:.2f}"
        found.append(
            f"{_pages(tuple(raw.recognised), 'was', 'were')} read from the image by text recognition (confidence {sure}); "
            "check quotations against the image."
        )
    if language not in languages():
        found.append(
            f"The document is in a language without a grammar here ({language}); "
            "its numbering is read only as far as its signs tell."
        )
    found += numbering_warnings(nodes)
    return found


def numbering_warnings(nodes: list[Node]) -> list[str]:
    """Whole sentences on the articles that are missing, stand twice, or stand out of order; one calm sentence for an act that
    amends others and for an excerpt, where such numbers are no sign of loss."""
    gaps: list[str] = []
    twice: list[str] = []
    disorder: list[str] = []
    last: Node | None = None
    articles = [node for node in nodes if node.unit == "annex" or (is_article(node) and node.kind not in _NOT_COUNTED)]
    for node in articles:
        if node.unit == "annex":
            last = None
            continue
        if node.kind is TextKind.REPEALED and last is not None and node.number == last.number:
            continue  # as it read before
        if last is not None and last.cite == node.cite and not (node.value == 1 and last.value > 1):
            step = node.value - last.value
            if node.number == last.number:
                twice.append(node.number)
            elif not _compound(node.number) and step > 1:
                gaps.append(f"{last.number} and {node.number}")
            elif not _compound(node.number) and step <= 0:
                disorder.append(f"{node.number} after {last.number}")
        last = node
    found = []
    amends = any(node.unit == "article" and node.kind in (TextKind.QUOTED, TextKind.INSERTED) for node in nodes)
    if (gaps or disorder) and (amends or 4 * len(gaps) > len(articles)):
        found.append(
            "The numbers of its articles do not run on "
            f"({_listed([*(f'between {gap}' for gap in gaps), *disorder])}), as in an act that amends others or in an excerpt; "
            "else some were not read."
        )
    else:
        if gaps:
            found.append(f"The numbering of articles has gaps between {_listed(gaps)}.")
        if disorder:
            found.append(f"Articles stand out of order: {_listed(disorder)}.")
    if twice:
        found.append(f"Articles stand more than once with the same number, perhaps in several versions: {_listed(twice)}.")
    return found


_NOT_COUNTED = (TextKind.QUOTED, TextKind.INSERTED)


def _compound(number: str) -> bool:
    """Whether a number is like "R434-12": such numbers go on from chapter to chapter with gaps that mean nothing."""
    parts = re.findall(r"\d+", number)
    return (len(parts) > 1 and re.search(r"\d[-–.]\d", number) is not None) or (number[:1].isalpha() and bool(parts))


def _listed(several: list[str]) -> str:
    shown = "; ".join(several[:5])
    return shown if len(several) <= 5 else f"{shown}; and {len(several) - 5} more"


def _pages(numbers: tuple[int, ...], one: str, several: str) -> str:
    return f"Page {numbers[0]} {one}" if len(numbers) == 1 else f"Pages {ranges(numbers)} {several}"
