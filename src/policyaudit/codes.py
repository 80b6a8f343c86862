"""The codes that a manifest and the command line may use: countries, their divisions, languages, kinds of document.

ISO 3166 and ISO 639 come from pycountry, which lives here and nowhere else; codes.yaml holds what no standard does.
"""

from __future__ import annotations

import difflib
import gettext
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib import resources
from pathlib import Path

import pycountry
from pydantic import BaseModel, ConfigDict

from policyaudit.datafile import load
from policyaudit.model import DocumentKind

_USER_ASSIGNED = re.compile(r"AA[A-Z]|Q[M-Z][A-Z]|X[A-Z][A-Z]|ZZ[A-Z]")
_DIVISION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
VOWEL_SIGNS = re.compile("[\u0900-\u0963\u0970-\u0dff\u1000-\u1049\u1050-\u109f\u1780-\u17d3]")
"""Letters of the scripts of South Asia, Myanmar and Cambodia with their signs, which are half of a word and no accents."""
_NO_WORD = re.compile(rf"(?:(?!{VOWEL_SIGNS.pattern})[\W_])+")
_SHORTEST_NAME = 4  # letters; "Oman" is a name, "Iran" too, and nothing shorter that is no word of its own


class Own(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    regions: dict[str, str]
    named_in: tuple[str, ...]


class Codes(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    countries: dict[str, tuple[str, str]]  # alpha-3 -> alpha-2, the name in common use
    regions: dict[str, str]
    languages: dict[str, str]  # ISO 639-1 -> name


@cache
def _own() -> Own:
    return load(Path(str(resources.files("policyaudit"))) / "codes.yaml", Own)


@cache
def codes() -> Codes:
    """The tables of all codes."""
    countries = {one.alpha_3: (one.alpha_2, getattr(one, "common_name", one.name)) for one in pycountry.countries}
    languages = {one.alpha_2: one.name for one in pycountry.languages if hasattr(one, "alpha_2")}
    return Codes(countries=countries, regions=_own().regions, languages=languages)


def country(text: str) -> str:
    """The alpha-3 code in upper case. Raises ValueError that says what is permitted."""
    code = text.strip().upper()
    table = codes()
    if code in table.countries or code in table.regions or _USER_ASSIGNED.fullmatch(code):
        return code
    named = {alpha2: alpha3 for alpha3, (alpha2, _) in table.countries.items()}
    named |= {name.upper(): alpha3 for alpha3, (_, name) in table.countries.items()}
    near = named.get(code) or _near(code, {n: a for n, a in named.items() if len(n) > 3})
    raise ValueError(
        f"unknown country code {text.strip()!r}; permitted: ISO 3166 alpha-3 codes such as KEN, "
        f"{', '.join(sorted(table.regions))}, and XAA to XZZ for an invented country{_hint(near)}"
    )


def jurisdiction(text: str) -> str:
    """What lies below a country: an ISO 3166-2 code in upper case ("US-IL"), or a name as given. Raises ValueError for what
    looks like such a code and is none."""
    words = text.strip()
    code = words.upper()
    if not _DIVISION.fullmatch(code) or code in _divisions():
        return code if code in _divisions() else words
    divided = {country for country, _ in _divisions().values()}
    if code[:2] in divided or code[:2] not in {alpha2 for alpha2, _ in codes().countries.values()}:
        raise ValueError(f"unknown jurisdiction {words!r}; permitted: ISO 3166-2 codes such as US-IL, or a name")
    return words


def country_of_jurisdiction(code: str) -> str | None:
    """The alpha-3 code of the country to which an ISO 3166-2 code belongs; None for a name."""
    alpha2 = _divisions()[code][0] if code in _divisions() else ""
    return next((alpha3 for alpha3, (own, _) in codes().countries.items() if own == alpha2), None)


@cache
def _divisions() -> dict[str, tuple[str, str]]:
    """ISO 3166-2 code -> alpha-2 of its country, name."""
    return {one.code: (one.country_code, one.name) for one in pycountry.subdivisions}


def jurisdiction_in(name: str, within: str | None) -> str | None:
    """The ISO 3166-2 code that the name of a folder is, or, within a country (alpha-3), names; None for none."""
    code = name.strip().upper().replace("_", "-")
    if code in _divisions():
        return code
    alpha2 = codes().countries[within][0] if within in codes().countries else ""
    said = _folded(name)
    return next((code for code, (country, own) in _divisions().items() if country == alpha2 and _folded(own) == said), None)


def country_in(name: str) -> tuple[str, str] | None:
    """The alpha-3 code of the country that the name of a folder or file names, and the words that do; None for none.

    Countries are known by their names in several languages, by an alpha-3 code at the beginning or the end ("ken_act-2015"),
    or by an alpha-2 code in capitals at the beginning ("KE-act"); a folder may be no more than its code.
    """
    words = _NO_WORD.sub(" ", name).split()
    folded = [_folded(word) for word in words]
    names = country_names()
    for length in range(min(6, len(words)), 0, -1):
        for first in range(len(words) - length + 1):
            code = names.get(" ".join(folded[first : first + length]))
            if code:
                return code, " ".join(words[first : first + length])
    table = codes()
    for word in dict.fromkeys(words[:1] + words[-1:]):
        code = word.upper()
        if len(code) == 3 and (code in table.countries or code in table.regions) and (len(words) > 1 or word == name):
            return code, word
    if words and re.fullmatch("[A-Z]{2}", words[0]):
        return next(((alpha3, words[0]) for alpha3, (alpha2, _) in table.countries.items() if alpha2 == words[0]), None)
    return None


@cache
def country_names(language: str | None = None) -> dict[str, str]:
    """Names of countries, folded, -> alpha-3 code: in one language by its ISO 639-1 code, or in the chief ones of the world.
    Empty for a language in which none are known. Names of fewer letters than four and names of several countries are left out."""
    found: dict[str, set[str]] = {}
    for translated in _translations(language):
        for one in pycountry.countries:
            for field in ("name", "common_name", "official_name"):
                said = getattr(one, field, None)
                if said is None:
                    continue
                given = translated(said)
                if language not in (None, "en") and given == said and field != "name":
                    continue
                for way in (given, _turned(given)):
                    found.setdefault(_folded(way), set()).add(one.alpha_3)
    return {name: min(several) for name, several in found.items() if len(several) == 1 and _long_enough(name)}


def _translations(language: str | None) -> list[Callable[[str], str]]:
    """Ways from an English name to that of a language, or of the languages in which names of folders are read."""
    wanted = ("en", *_own().named_in) if language is None else ("zh_CN" if language == "zh" else language,)
    found: list[Callable[[str], str]] = []
    for one in wanted:
        if one == "en":
            found.append(str)
            continue
        try:
            found.append(gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[one]).gettext)
        except OSError:
            continue
    return found


def _turned(name: str) -> str:
    """ "Tanzania, United Republic of" as it is said: its name alone."""
    return name.split(",")[0]


def _long_enough(name: str) -> bool:
    return len(name) >= _SHORTEST_NAME or not name.isascii()


def _folded(text: str) -> str:
    """Words in lower case, without accents and signs, one space between."""
    letters = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter) or VOWEL_SIGNS.match(letter))
    return " ".join(_NO_WORD.sub(" ", plain).split())


def country_named(code: str) -> str:
    """A country's code as people read it: "Kenya (KEN)"; the code alone where it is no country's we know."""
    table = codes()
    name = table.countries[code][1] if code in table.countries else table.regions.get(code, "")
    return f"{name} ({code})" if name else code


def language_named(code: str) -> str:
    """A language's code as people read it: "Spanish (es)"; the code alone where we do not know it."""
    name = codes().languages.get(code, "").split(" (")[0]  # "Occitan (post 1500)"
    return f"{name} ({code})" if name else code


def language(text: str) -> str:
    """The ISO 639-1 code in lower case. Raises ValueError that says what is permitted."""
    code = text.strip().lower()
    table = codes().languages
    if code in table:
        return code
    named = {name.lower(): key for key, name in table.items()}
    region = code[:2] if re.match("[a-z]{2}[-_]", code) and code[:2] in table else None  # pt-BR
    near = named.get(code) or region or _near(code, named)
    raise ValueError(f"unknown language {text.strip()!r}; permitted: ISO 639-1 codes such as en, es, fr, pt{_hint(near)}")


def kind(text: str) -> DocumentKind:
    """The kind of document. Raises ValueError that says what is permitted."""
    word = text.strip().lower()
    permitted = [str(k) for k in DocumentKind]
    if word in permitted:
        return DocumentKind(word)
    raise ValueError(f"unknown kind {text.strip()!r}; permitted: {', '.join(permitted)}{_hint(near_kind(text))}")


def near_kind(text: str) -> str | None:
    """The kind that was probably meant; None where the word is nothing like one."""
    permitted = [str(k) for k in DocumentKind]
    near = difflib.get_close_matches(re.sub(r"\W+", "_", text.strip().lower()), permitted, n=1, cutoff=0.7)
    return near[0] if near else None


def _near(word: str, named: dict[str, str]) -> str | None:
    close = difflib.get_close_matches(word, sorted(named), n=1, cutoff=0.75)
    return named[close[0]] if close else None


def _hint(near: str | None) -> str:
    return f"; did you mean {near}?" if near else ""
