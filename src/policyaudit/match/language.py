"""What ``match`` must know of a language beside the rubric's terms: languages/context/<lang>.yaml."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from policyaudit.datafile import load
from policyaudit.model import Force, TextKind


class Negation(BaseModel):
    """``clause``: what negates to the next comma; ``sentence``: what negates on to the end; ``ends``: what ends both;
    ``never``: phrases that hold such a word and negate nothing ("ne ... que")."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    clause: tuple[str, ...]
    sentence: tuple[str, ...]
    ends: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


class Plain(BaseModel):
    """For a language that drafts its commands as plain statements ("la police enregistre la plainte"): the kinds of a law's
    ``text`` in which a sentence commands that holds a verb in the present, which has a ``form`` and a ``dictionary`` form like
    these (regular expressions; the dictionary form without accents)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    text: tuple[TextKind, ...]
    form: str
    dictionary: str


class ForceCues(BaseModel):
    """Phrases that give a sentence its force; ``mandatory_forms`` is a regular expression for verb forms that do.
    ``permissive_forms`` another for those that permit ("poder-se-á"). ``neutral``: phrases that hold such a word and give none
    ("as may be required"). ``plain``: where a sentence without any of these commands."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    mandatory: tuple[str, ...]
    directory: tuple[str, ...]
    permissive: tuple[str, ...]
    aspiration: tuple[str, ...]
    neutral: tuple[str, ...] = ()
    mandatory_forms: str = ""
    permissive_forms: str = ""
    plain: Plain | None = None


class Bearing(BaseModel):
    """Whom a command binds, where it is not the one named before it. ``nobody``: commands in the passive and what is no duty
    ("shall be", "is liable to"), save where they are also ``before`` ("shall be responsible for"). ``after``: those that name
    the bearer behind them ("it is the duty of"). ``relative``: words behind which a command only describes ("who shall").
    Phrases are written like terms, and overlap the words that command."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    nobody: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    relative: tuple[str, ...] = ()


class Context(BaseModel):
    """The words of one language from which the surroundings of a mention are read. Phrases are written like terms."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    skip: tuple[str, ...]  # articles, which never count in a comparison
    same: dict[str, str] = {}  # contractions: "del" counts as "de"
    rewrite: dict[str, str] = {}  # patterns for words that the dictionary leaves as they are: other spellings, cut-off verbs
    cuts: tuple[str, ...] = ()  # patterns: where a word is cut in two beside the usual places ("obriga-se")
    numbers: tuple[str, ...]
    joins: tuple[str, ...] = ()  # what stands within a number in words: "vinte e quatro"
    abbreviations: tuple[str, ...]  # after which a full stop ends no sentence
    endings: tuple[str, ...] = ()  # short words in which a word may end that is written as one: hacer-lo, gratuita-mente
    stopwords: tuple[str, ...]  # words that say nothing about what a passage is about
    force: ForceCues
    bearing: Bearing = Bearing()
    negation: Negation
    exception: tuple[str, ...]
    pointer: tuple[str, ...]  # "in accordance with ... act"
    instruments: tuple[str, ...] = ()  # patterns of names of acts, case counts; group 1 is the name, a space any white space
    before_instruments: tuple[str, ...] = ()  # words that stand before such a name and are no part of it
    own: tuple[str, ...] = ()  # what makes a pointer one to the text itself: "this act"
    defines: tuple[str, ...] = ()  # "means", "refers to": what follows a defined term


def folder() -> Path:
    return Path(str(resources.files("policyaudit"))) / "languages" / "context"


def languages() -> tuple[str, ...]:
    """The languages that can be matched, by ISO 639-1 code."""
    return tuple(sorted(path.stem for path in folder().glob("*.yaml")))


@cache
def context_of(language: str) -> Context:
    return load(folder() / f"{language}.yaml", Context)


@cache
def binding_forms(language: str) -> dict[Force, re.Pattern[str]]:
    """By force, what the forms of words look like that give a sentence this force by themselves."""
    force = context_of(language).force
    patterns = {Force.MANDATORY: force.mandatory_forms, Force.PERMISSIVE: force.permissive_forms}
    return {force: re.compile(pattern, re.IGNORECASE) for force, pattern in patterns.items() if pattern}
