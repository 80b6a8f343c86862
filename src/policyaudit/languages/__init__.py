"""What reading a document must know of its language: languages/<lang>.yaml. What matching must know stands in languages/context.

Words and phrases are compared without case and accents; a pattern is a regular expression over the text with its accents
taken off and in lower case.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from policyaudit.datafile import load
from policyaudit.model import DocumentKind


class Unit(BaseModel):
    """A numbered unit that is announced by a word: "Chapter IV", "ARTÍCULO 26.-"."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    unit: Literal["annex", "part", "chapter", "section", "article", "paragraph"]
    rank: int  # the lower, the further out; 100 is an article
    words: tuple[str, ...]
    cite: str  # how it is cited, {} standing for its number
    bare: bool = False  # it may stand without a number


class KindCues(BaseModel):
    """What tells a kind of document: phrases of its title, and phrases of its first pages."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: tuple[str, ...] = ()
    text: tuple[str, ...] = ()


class Grammar(BaseModel):
    """How documents of one language are drafted."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    units: tuple[Unit, ...] = ()
    unnumbered: str = "¶ {}"  # how the second, third ... paragraph without a number is cited where that is needed
    bare_articles: str = ""  # how an article is cited that has no word before its number; "" where there are none
    ordinals: dict[str, int] = {}  # numbers as words
    ordinal_endings: tuple[str, ...] = ()  # letters after a figure: 1er, 2o
    number_signs: tuple[str, ...] = ()  # what may stand between a unit's word and its number
    suffixes: tuple[str, ...] = ()  # bis, ter
    joins: tuple[str, ...] = ()  # "and", "or" before the last item of an enumeration
    references: tuple[str, ...] = ()  # words after which a mark in brackets refers to an item and opens none
    sentence_words: tuple[str, ...] = ()  # what stands in a sentence and hardly in a heading
    sentence_forms: str = ""  # pattern: the same, of words in lower case with their accents, such as verbs in the future
    title_fields: tuple[str, ...] = ()  # what stands before the title in the box at the head of an order
    contents: tuple[str, ...] = ()  # headings of a table of contents
    preamble: tuple[str, ...] = ()  # headings of recitals and forewords; * stands for any words
    recitals: tuple[str, ...] = ()  # what a recital, or the enacting words, begin with
    whereas: tuple[str, ...] = ()  # what hardly anything but a recital begins with
    reciting: tuple[str, ...] = ()  # participles that open the recitals of a resolution, which end with a comma
    reciting_forms: tuple[str, ...] = ()  # patterns: the same by its form; heeded beside a recital only
    enacting: tuple[str, ...] = ()  # patterns: what the line that ends the recitals ends with, its colon included
    proclaiming: tuple[str, ...] = ()  # patterns: the same, so plain that all before it in its annex or document is recitals
    enacts: tuple[str, ...] = ()  # what the enacting words end with, before the first article
    background: tuple[str, ...] = ()  # headings of chapters that describe and do not bind
    sources: tuple[str, ...] = ()  # headings of bibliographies, which do not bind either; their parts may be numbered
    pointers: tuple[str, ...] = ()  # headings of the laws that a document rests on
    naming: tuple[str, ...] = ()  # patterns: what may stand before the word for an instrument where a line names one
    instruments: tuple[str, ...] = ()  # patterns: words for laws, treaties and the like
    commands: tuple[str, ...] = ()  # patterns, in lower case with accents: what says that someone must act
    definition: tuple[str, ...] = ()  # headings of definitions
    defines: tuple[str, ...] = ()  # patterns: what the body of a definition begins with
    defining: tuple[str, ...] = ()  # what stands after a term in quotation marks that is being defined
    notes: tuple[str, ...] = ()  # patterns: a whole paragraph that is a note of an editor
    former: tuple[str, ...] = ()  # patterns: a line after which an article is said again as it read before
    dangling: tuple[str, ...] = ()  # words that no sentence and no heading ends with
    unfinished: tuple[str, ...] = ()  # of these, the ones that a paragraph ends with in no language, though a capital follows
    repealed: tuple[str, ...] = ()  # patterns: all that is left of a repealed article
    closing: tuple[str, ...] = ()  # patterns: what the closing words of an act begin with
    final: tuple[str, ...] = ()  # patterns: what the last article of an act says
    offices: tuple[str, ...] = ()  # patterns: what a line begins with that says in what office someone signs
    page: tuple[str, ...] = ()  # patterns: what a web page puts before a document's title
    adverts: tuple[str, ...] = ()  # patterns: the same, so plain that it may stand between the articles
    stamps: tuple[str, ...] = ()  # patterns, in any case and with accents: what the stamp of a signature on each page begins with
    watermarks: dict[str, tuple[str, ...]] = {}  # status of a document -> the words behind the text of its pages that say so
    as_above: tuple[str, ...] = ()  # what a cell of a table says that repeats the one above it
    adopts: tuple[str, ...] = ()  # what an act says before the plan or code that it brings into force
    kinds: dict[DocumentKind, KindCues] = {}


NONE = Grammar()
"""For a language that has no file: numbers, letters and bullets are known everywhere."""


def folder() -> Path:
    return Path(str(resources.files("policyaudit"))) / "languages"


def languages() -> tuple[str, ...]:
    """The languages that have a grammar, by ISO 639-1 code."""
    return tuple(sorted(path.stem for path in folder().glob("*.yaml")))


@cache
def grammar_of(language: str) -> Grammar:
    """The grammar of a language; ``NONE`` where there is no file."""
    return load(folder() / f"{language}.yaml", Grammar) if language in languages() else NONE


@cache
def unfinished() -> frozenset[str]:
    """The words that a paragraph ends with in no language that has a grammar: where one does, its sentence is broken."""
    return frozenset(word for language in languages() for word in grammar_of(language).unfinished)


@cache
def stamps() -> tuple[str, ...]:
    """What the stamps of all languages that have a grammar begin with, as patterns."""
    return tuple(pattern for language in languages() for pattern in grammar_of(language).stamps)
