"""What a corpus holds and what can be judged with it: the types that ``corpus`` fills and ``report`` shows.

An Item is all that is kept of a document when a whole corpus is looked over, so that thousands fit into memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from policyaudit.model import WITHOUT_FORCE, DocumentKind, Failure


class Sure(StrEnum):
    """How sure a proposal is."""

    SURE = "sure"  # two signs agree, or the format itself states it
    LIKELY = "likely"  # one plain sign
    GUESS = "guess"  # inferred, or signs that differ
    UNKNOWN = "unknown"  # nothing says it; a person must


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value proposed for a column of the manifest ("" where nothing is), how sure it is, and what says so."""

    value: str
    sure: Sure
    why: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A model.Fact with the words that it was read from and their page, so that it stands without the text."""

    name: str
    value: str
    origin: str
    words: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Pointer:
    """Another instrument that a document points to. ``key``: the words that make two ways of writing it one."""

    key: str
    name: str
    times: int
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A document of a corpus as far as looking over the corpus needs it. ``sketch`` is its MinHash, empty for too little text."""

    name: str
    sha256: str
    text_sha256: str  # of its words, so that the same text in two formats is the same
    country: str | None
    kind: DocumentKind
    title: str
    language: str
    year: int | None
    status: str | None
    guessed: tuple[str, ...]
    facts: tuple[Told, ...] = ()
    warnings: tuple[str, ...] = ()
    jurisdiction: str | None = None
    instrument: str | None = None
    in_force: str | None = None
    pages: int = 0
    unread: tuple[int, ...] = ()  # pages that hold something and could not be read
    recognised: int = 0  # pages read by text recognition
    words: int = 0
    language_throughout: bool = True  # every sample of the text looks like its language
    named: tuple[tuple[str, int], ...] = ()  # countries that its text names, the most often named first
    called: tuple[str, ...] = ()  # the keys of what it is called, as of a Pointer
    pointers: tuple[Pointer, ...] = ()
    sketch: tuple[int, ...] = ()

    def fact(self, name: str) -> str | None:
        """The value of a fact that file or text tell; None where they tell none."""
        return next((fact.value for fact in self.facts if fact.name == name and fact.origin != "manifest"), None)

    @property
    def counts(self) -> bool:
        """Whether it counts for its country: it is no draft, no bill, and neither repealed nor expired."""
        return self.status not in WITHOUT_FORCE


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a country's documents could carry. ``judged``: criteria, of ``of``, that a document at hand could carry in a language
    with terms. ``opens``: for each kind that is not there, how many more criteria one such document would open."""

    country: str
    kinds: Mapping[DocumentKind, int]
    documents: int  # that count
    without_force: int
    judged: int
    of: int
    opens: Mapping[DocumentKind, int]


@dataclass(frozen=True, slots=True)
class Uncarried:
    """A criterion that no document at hand could carry, and why: the kinds that could, or "language"."""

    criterion: str
    title: str
    kinds: tuple[DocumentKind, ...]
    countries: int  # how many countries of the corpus it cannot be judged in
    nowhere: bool  # in none of them can it be judged
    why: str  # "kind": no such document; "language": there is one, in a language without terms for it


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two documents that hold the same text, or nearly. ``how``: file, text or near; ``share`` of their wording in [0, 1]."""

    first: str
    second: str
    how: str
    share: float


@dataclass(frozen=True, slots=True)
class Versions:
    """Documents that look like versions of one instrument, the oldest first. ``stated``: the manifest says so."""

    instrument: str  # the id that the manifest gives, or one proposed
    country: str | None
    names: tuple[str, ...]
    stated: bool
    why: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """An instrument that documents point to and that is not among them: how often in all, from which documents (the most
    often first, each with how often and the first places)."""

    country: str | None
    name: str
    times: int
    sources: tuple[tuple[str, int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Inventory:
    """A corpus looked over. ``faults``: what is wrong with the files that describe it, whole lines; ``unlisted``: files of the
    folder that its manifest does not name."""

    rubric: str
    rubric_version: str
    as_of: str | None
    items: tuple[Item, ...]
    failures: tuple[Failure, ...]
    countries: tuple[Coverage, ...]
    uncarried: tuple[Uncarried, ...]
    speechless: Mapping[str, tuple[str, ...]]  # language without terms -> the documents in it
    likenesses: tuple[Likeness, ...]
    versions: tuple[Versions, ...]
    outdated: Mapping[str, str]  # document -> why it does not count: its status, or its period that has ended
    denied: Mapping[str, tuple[str, ...]]  # document -> where its text says otherwise than the manifest
    wanted: tuple[Wanted, ...]
    notes: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    descriptions: Mapping[str, str] = field(default_factory=dict)  # country code -> its name
