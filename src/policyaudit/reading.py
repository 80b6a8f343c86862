"""What is said in a document, as ``match`` hands it to ``score``: sentences, mentions of concepts, commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, overload

from policyaudit.model import Force, Instrument

if TYPE_CHECKING:
    import numpy
    from pydantic_core import CoreSchema

    Column = numpy.ndarray[Any, numpy.dtype[Any]]

FORCES = tuple(Force)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, never longer than the own text of its provision. ``tokens`` are (first, one past last) in the document."""

    start: int
    end: int
    provision: int
    tokens: tuple[int, int]
    words: tuple[str, ...]  # its content words by their dictionary form, for ranking near passages
    heading: bool = False  # it is the label and heading of its provision


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept said in the text, and what its surroundings make of it."""

    concept: str
    start: int
    end: int
    sentence: int  # index into Reading.sentences
    token: int  # its first word, counted through the document; commas and full stops are no words
    token_end: int
    force: Force = Force.STATED
    negated: bool = False  # "shall not", "no officer"
    excepted: bool = False  # inside "unless ...", "except ..."
    pointer: bool = False  # inside "in accordance with the ... Code"


@dataclass(frozen=True, eq=False)
class Mentions(Sequence[Mention]):
    """Mentions in order of the text, kept in columns, since most of the hundred thousand of a manual are never looked at: each
    is made when it is asked for. ``concept`` is a place in ``names``, ``force`` one in FORCES; the other columns are
    those of Mention."""

    COLUMNS: ClassVar = ("concept", "start", "end", "sentence", "token", "token_end", "force", "negated", "excepted", "pointer")
    names: tuple[str, ...]
    concept: Column
    start: Column
    end: Column
    sentence: Column
    token: Column
    token_end: Column
    force: Column
    negated: Column
    excepted: Column
    pointer: Column

    def __len__(self) -> int:
        return len(self.concept)

    @overload
    def __getitem__(self, at: int) -> Mention: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Mention]: ...
    def __getitem__(self, at: int | slice) -> Mention | Sequence[Mention]:
        if isinstance(at, slice):
            return [self[one] for one in range(len(self))[at]]
        return Mention(
            self.names[self.concept[at]],
            int(self.start[at]),
            int(self.end[at]),
            int(self.sentence[at]),
            int(self.token[at]),
            int(self.token_end[at]),
            FORCES[self.force[at]],
            bool(self.negated[at]),
            bool(self.excepted[at]),
            bool(self.pointer[at]),
        )

    def __iter__(self) -> Iterator[Mention]:
        return (self[at] for at in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(one == two for one, two in zip(self, other))  # noqa: B905

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> CoreSchema:
        """How pydantic keeps them: a dictionary of the names and of each column as a list."""
        from pydantic_core import core_schema

        dump = core_schema.plain_serializer_function_ser_schema(cls._as_data)
        return core_schema.no_info_plain_validator_function(cls._of_data, serialization=dump)

    def _as_data(self) -> dict[str, Any]:
        return {"names": list(self.names), **{name: getattr(self, name).tolist() for name in self.COLUMNS}}

    @classmethod
    def _of_data(cls, data: dict[str, Any]) -> Mentions:
        import numpy

        flags = ("negated", "excepted", "pointer")
        columns = [numpy.array(data[name], bool if name in flags else numpy.int64) for name in cls.COLUMNS]
        return cls(tuple(data["names"]), *columns)


@dataclass(frozen=True, slots=True)
class Command:
    """Words that give a sentence its force, and where the one stands whom they bind. Tokens as of a Mention."""

    sentence: int
    token: int
    token_end: int
    force: Force
    forbids: bool = False  # "shall not"
    bearer: str = "before"  # "before" ("the police shall"), "after" ("it is the duty of the police"), "nobody" ("shall be")


@dataclass(frozen=True, slots=True)
class Reading:
    """Who says what where in one document. ``mentions`` are in order of the text."""

    language: str
    sentences: tuple[Sentence, ...]
    mentions: Mentions
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)  # concept -> the words of its terms, for ranking
    title: frozenset[str] = frozenset()  # the concepts said in the title as it is known
    instruments: tuple[Instrument, ...] = ()  # what the document points to, the most often named first
    languages: tuple[str, ...] = ()  # those read in which the whole document stands: its own first, then those of its columns
    commands: tuple[Command, ...] = ()  # in order of the text
