"""How documents of a language say what they are: languages/identity/<lang>.yaml, and languages/countries/<lang>.yaml.

Kept apart from the grammars: a language may be known well enough to tell a law from a plan before its numbering is known.
Patterns are regular expressions over text in lower case and without accents; in them ``{date}`` stands for a date of the
language and ``{country}`` for the name of a country.
"""

from __future__ import annotations

import re
from functools import cache

from pydantic import BaseModel, ConfigDict, TypeAdapter

from policyaudit.datafile import load, read_yaml
from policyaudit.languages import KindCues, folder
from policyaudit.model import DocumentKind


class Standing(BaseModel):
    """What tells that a document has a status: phrases of its title, and patterns of a whole line before its first article."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


class Identity(BaseModel):
    """How documents of one language say what they are."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kinds: dict[DocumentKind, KindCues] = {}  # only where the language has no grammar, which has them otherwise
    issuers: tuple[str, ...] = ()  # patterns: a line that names only who issued a document
    forms: tuple[str, ...] = ()  # patterns: a line that is only the form, such as "Policy manual"
    orders: tuple[str, ...] = ()  # names of standing orders, as they are cited with their numbers
    labels: tuple[str, ...] = ()  # what stands before a title in the head of a form
    cited: tuple[str, ...] = ()  # patterns: the clause that gives the short title, in the group "title"
    numbers: tuple[str, ...] = ()  # patterns: the number of an instrument, in the group "number"
    amends: tuple[str, ...] = ()  # phrases of a title after which it names other instruments
    dated: tuple[str, ...] = ()  # patterns: what says the date of the document
    dates: tuple[str, ...] = ()  # patterns: a date, {month} standing for the months; groups day, month, year
    months: tuple[tuple[str, ...], ...] = ()  # what each month is called
    until: tuple[str, ...] = ()  # words between the first and the last year of a period
    statuses: dict[str, Standing] = {}
    consolidated: tuple[str, ...] = ()  # patterns: what says up to when changes are worked in; with {date}
    jurisdictions: tuple[str, ...] = ()  # patterns: what names the country, with {country}


NOTHING = Identity()
"""For a language that has no file."""

_COUNTRIES = TypeAdapter(dict[str, tuple[str, ...]])


@cache
def identity_of(language: str) -> Identity:
    """What is known of a language's ways of saying what a document is; ``NOTHING`` where there is no file."""
    path = folder() / "identity" / f"{language}.yaml"
    return load(path, Identity) if re.fullmatch("[a-z]{2}", language) and path.exists() else NOTHING


@cache
def countries_of(language: str) -> dict[str, str]:
    """Name of a country as the language's file writes it -> its ISO 3166 alpha-3 code; empty where there is no file."""
    path = folder() / "countries" / f"{language}.yaml"
    if not re.fullmatch("[a-z]{2}", language) or not path.exists():
        return {}
    named = _COUNTRIES.validate_python(read_yaml(path)[0])
    return {name: code for code, names in named.items() for name in names}
