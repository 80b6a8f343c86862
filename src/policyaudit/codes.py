"""The codes that a manifest and the command line may use: countries, languages, kinds of document (codes.yaml)."""

from __future__ import annotations

import difflib
import re
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from policyaudit.datafile import load
from policyaudit.model import DocumentKind

_USER_ASSIGNED = re.compile(r"AA[A-Z]|Q[M-Z][A-Z]|X[A-Z][A-Z]|ZZ[A-Z]")


class Codes(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    countries: dict[str, tuple[str, str]]  # alpha-3 -> alpha-2, name
    regions: dict[str, str]
    languages: dict[str, str]


@cache
def codes() -> Codes:
    """The tables of codes.yaml."""
    return load(Path(str(resources.files("policyaudit"))) / "codes.yaml", Codes)


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
