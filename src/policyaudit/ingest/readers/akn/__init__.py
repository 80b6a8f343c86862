"""Akoma Ntoso (OASIS LegalDocML, 2.0 and 3.0): the document's own hierarchy and identifiers, used as they are."""

from __future__ import annotations

import re
from typing import Any

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.archive import xml
from policyaudit.ingest.blocks import AS_USUAL, Manner, RawDocument
from policyaudit.ingest.markup import drop, plain_names
from policyaudit.ingest.readers.akn.identification import Identification
from policyaudit.ingest.readers.akn.text import blocks_of

FORMAT = "akn"
EXTENSIONS = (".akn", ".xml")

_ROOT = re.compile(rb"<(?:[\w.-]+:)?akomaNtoso[\s>]")


def recognises(head: bytes) -> bool:
    """Whether the first bytes are those of an Akoma Ntoso document."""
    return _ROOT.search(head.replace(b"\0", b"")) is not None


def read(data: bytes, *, name: str, manner: Manner = AS_USUAL) -> RawDocument:
    """The document as blocks that carry its hierarchy. Raises UnreadableDocument for XML that is broken or of another kind."""
    if not recognises(data):
        raise UnreadableDocument("The file is XML but not Akoma Ntoso. Give the document as Akoma Ntoso, PDF, Word or HTML.")
    root = plain_names(xml(data, "Akoma Ntoso document"))
    if manner.changes == "original":
        _take_back(root)
    try:
        blocks = tuple(blocks_of(root))
    except RecursionError as error:
        raise UnreadableDocument("The document puts its elements too deep within one another. Check how it was made.") from error
    if not blocks:
        raise UnreadableDocument("The Akoma Ntoso document has no text in it, only metadata. Give the whole document.")
    known = Identification(root)
    return RawDocument(blocks, title=known.title, language=known.language, warnings=known.warnings, facts=known.facts)


def _take_back(root: Any) -> None:
    """Takes out what was put in, and leaves what was taken out as text that stands."""
    for element in list(root.iter("ins")):
        drop(element)
    for element in root.iter("del"):
        element.tag = "inline"
