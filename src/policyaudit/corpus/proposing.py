"""What a manifest could say of a file: from its folder, its name and its text, each with how sure that is and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from policyaudit import codes
from policyaudit.inventory import Item, Proposal, Sure, Told

_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20[0-4]\d)(?!\d)")
_TEXT = "the text"
_FEW = 3  # times that a text must name a country before it says something, and
_AHEAD = 2  # how many times as often as the next
NOTHING = Proposal("", Sure.UNKNOWN)

FIELDS = ("country", "kind", "title", "language", "year", "status")


def proposals(item: Item, *, above: Sequence[str] = ()) -> dict[str, Proposal]:
    """A proposal for each column of the manifest but the file. ``above``: the names of the folders that hold the corpus, of
    which the nearest may name the country of all."""
    folders = [*above, *PurePosixPath(item.name).parts[:-1]]
    country = _country(item, folders)
    return {
        "country": country,
        "kind": _kind(item),
        "title": _title(item),
        "language": _language(item),
        "year": _year(item),
        "status": _status(item),
        "jurisdiction": _jurisdiction(item, folders, country.value),
    }


def unread(name: str, *, above: Sequence[str] = ()) -> dict[str, Proposal]:
    """What the name alone of a file that cannot be read says of it."""
    pure = PurePosixPath(name)
    signs = _named([*above, *pure.parts[:-1]], pure.stem)
    country = Proposal(signs[0][0], Sure.LIKELY, signs[0][1]) if signs else NOTHING
    years = _YEAR.findall(pure.stem)
    year = Proposal(years[-1], Sure.GUESS, "the file's name") if years else NOTHING
    return {field: NOTHING for field in (*FIELDS, "jurisdiction")} | {"country": country, "year": year}


def _named(folders: Sequence[str], stem: str) -> list[tuple[str, str]]:
    """The countries that the file's name and the folders name, the nearest to the file first, with what says so."""
    signs = []
    for what, name in [("file name", stem), *(("folder", folder) for folder in reversed(folders))]:
        found = codes.country_in(name)
        if found:
            signs.append((found[0], f"{what} “{found[1]}”"))
    return signs


def _country(item: Item, folders: Sequence[str]) -> Proposal:
    signs = _named(folders, PurePosixPath(item.name).stem)
    for fact in item.facts:
        if fact.name == "jurisdiction" and fact.origin != "manifest":
            code = fact.value.upper() if len(fact.value) == 3 else (codes.country_in(fact.value) or ("",))[0]
            if code:
                signs.append((code, _where(fact)))
    mentions = _mentioned(item)
    if not signs:
        return Proposal(mentions[0], Sure.GUESS, mentions[1]) if mentions else NOTHING
    value, why = signs[0]
    others = [*signs[1:], *([mentions] if mentions else [])]
    agree = [words for code, words in others if code == value]
    differ = [(code, words) for code, words in others if code != value]
    if differ:
        against = "; ".join(f"but {words}: {code}" for code, words in differ)
        return Proposal(value, Sure.LIKELY if agree else Sure.GUESS, f"{why}; {against}")
    return Proposal(value, Sure.SURE, f"{why}; {agree[0]}") if agree else Proposal(value, Sure.LIKELY, why)


def _mentioned(item: Item) -> tuple[str, str] | None:
    """The country that the text names far more often than any other."""
    if not item.named or item.named[0][1] < _FEW:
        return None
    (code, times), *rest = item.named
    if rest and times < _AHEAD * rest[0][1]:
        return None
    return code, f"{_TEXT} names it {times} times"


def _kind(item: Item) -> Proposal:
    fact = _told(item, "kind")
    if fact is None:
        return Proposal(item.kind.value, Sure.GUESS, "nothing says otherwise")
    if fact.origin == "file":
        return Proposal(fact.value, Sure.SURE, "the file itself")
    return Proposal(fact.value, Sure.LIKELY if fact.words else Sure.GUESS, _where(fact) if fact.words else "the text's form")


def _title(item: Item) -> Proposal:
    fact = _told(item, "title")
    if fact is None or not item.title:
        return Proposal(item.title, Sure.GUESS, "the file's name")
    if fact.origin == "text":
        return Proposal(item.title, Sure.LIKELY, f"p. {fact.page}" if fact.page else _TEXT)
    if fact.words:
        return Proposal(item.title, Sure.SURE, "the file itself and the text")
    return Proposal(item.title, Sure.GUESS, "the file itself")


def _language(item: Item) -> Proposal:
    fact = _told(item, "language")
    if fact is not None and fact.origin == "file" and item.language_throughout:
        return Proposal(item.language, Sure.SURE, "the file itself and the text")
    if item.words < 100:
        return Proposal(item.language, Sure.GUESS, "little text")
    if item.language_throughout:
        return Proposal(item.language, Sure.SURE, "all of the text")
    return Proposal(item.language, Sure.LIKELY, "the greater part of the text")


def _year(item: Item) -> Proposal:
    named = _YEAR.findall(PurePosixPath(item.name).stem)
    fact = _told(item, "year")
    if item.year is None:
        return NOTHING
    value = str(item.year)
    if fact is None or fact.origin == "guess":
        if value in named:
            return Proposal(value, Sure.LIKELY, "file name")
        return Proposal(value, Sure.GUESS, "the year that the text names most")
    said = (_where(fact) if fact.words else _TEXT) if fact.origin == "text" else "title or file name"
    if fact.origin != "text" and len(set(named)) > 1:  # one of them may be a number: "dec-1895_2015"
        return Proposal(value, Sure.GUESS, f"the file's name says {' and '.join(dict.fromkeys(named))}")
    if fact.origin == "text" and value in named:
        return Proposal(value, Sure.SURE, f"file name; {said}")
    if named and value not in named:
        return Proposal(value, Sure.GUESS, f"{said}; but the file's name says {named[-1]}")
    return Proposal(value, Sure.LIKELY, said)


def _status(item: Item) -> Proposal:
    fact = _told(item, "status")
    if fact is None:
        return Proposal("", Sure.UNKNOWN, "nothing says it: in_force, draft, repealed ...")
    return Proposal(fact.value, Sure.LIKELY, "the file itself" if fact.origin == "file" else _where(fact))


def _jurisdiction(item: Item, folders: Sequence[str], country: str) -> Proposal:
    for folder in reversed(folders):
        code = codes.jurisdiction_in(folder, country or None)
        if code:
            return Proposal(code, Sure.LIKELY, f"folder “{folder}”")
    return NOTHING


def _told(item: Item, name: str) -> Told | None:
    return next((fact for fact in item.facts if fact.name == name and fact.origin != "manifest"), None)


def _where(fact: Told) -> str:
    place = f"p. {fact.page}" if fact.page else _TEXT
    return f"{place}: “{fact.words}”" if fact.words else ("the file itself" if fact.origin == "file" else place)
