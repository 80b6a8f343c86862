"""Dates, years and periods that a document states of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from policyaudit.ingest.numbering import fold
from policyaudit.languages.identity import Identity

_FRONT = 1500  # characters in which a title is followed by its date
_LONGEST_PERIOD = 30  # years
_RECENT = 1930  # older years in a text are mostly those of the laws that it cites
_YEAR = re.compile(r"(?<![\d/.])(1[89]\d\d|20[0-4]\d)(?![\d/])|(?<=\d/)(?:1[89]\d\d|20[0-4]\d)(?!\d)")
_ISO = r"(?P<year>(?:18|19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)"
_GROUP = re.compile(r"\(\?P<(?:day|month|number|year)>")


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where it stands."""

    value: str
    start: int
    end: int


Months = tuple[tuple[str, ...], ...]


@cache
def _months(months: Months) -> dict[str, int]:
    return {fold(name): number for number, names in enumerate(months, 1) for name in names}


@cache
def _date_patterns(dates: tuple[str, ...], months: Months) -> tuple[re.Pattern[str], ...]:
    named = "|".join(sorted(map(re.escape, _months(months)), key=len, reverse=True)) or "(?!)"
    return tuple(re.compile(pattern.replace("{month}", named)) for pattern in (*dates, _ISO))


def with_dates(pattern: str, identity: Identity) -> re.Pattern[str]:
    """A pattern of a language's file with its ``{date}`` filled in."""
    return _with_dates(pattern, identity.dates, identity.months)


@cache
def _with_dates(pattern: str, dates: tuple[str, ...], months: Months) -> re.Pattern[str]:
    either = "|".join(_GROUP.sub("(?:", one.pattern) for one in _date_patterns(dates, months))
    return re.compile(pattern.replace("{date}", f"(?:{either})"), re.MULTILINE)


def iso(words: str, identity: Identity) -> str | None:
    """A date in the words of the language as ISO 8601; None where it is none that a calendar has."""
    for pattern in _date_patterns(identity.dates, identity.months):
        found = pattern.search(fold(words))
        if not found:
            continue
        said = found.groupdict()
        month = _months(identity.months).get(said.get("month") or "", 0) or int(said.get("number") or 0)
        day = int(said["day"]) if said["day"].isdigit() else 1  # "premier"
        if 1 <= month <= 12 and 1 <= day <= 31:
            return f"{said['year']}-{month:02}-{day:02}"
    return None


def date(title: str, text: str, identity: Identity, *, front: int) -> Found | None:
    """The date of the document: one in its title, or what the front (the first characters of the text) says it was dated."""
    at = text.find(title) if title else -1
    found = any_date(own_words(title, identity)[1], identity)
    if found:
        return Found(found.value, found.start + at, found.end + at) if at >= 0 else Found(found.value, -1, -1)
    return dated(text[:front], identity)


def dated(text: str, identity: Identity) -> Found | None:
    """The first date that the text says to be that of the document; None where it says none."""
    folded = fold(text)
    for pattern in identity.dated:
        for found in with_dates(pattern, identity).finditer(folded):
            value = iso(found["date"], identity)
            if value:
                return Found(value, found.start("date"), found.end("date"))
    return None


def any_date(text: str, identity: Identity) -> Found | None:
    """The first date in a text; None where it has none."""
    for found in with_dates("(?P<date>{date})", identity).finditer(fold(text)):
        value = iso(found["date"], identity)
        if value:
            return Found(value, found.start(), found.end())
    return None


def number(title: str, text: str, identity: Identity, *, front: int) -> Found | None:
    """The number of the instrument, as printed: of its title, else of its front."""
    at = text.find(title) if title else -1
    own = own_words(title, identity)[1]
    head = text[:front]
    if 0 <= at < front:
        head = head[:at] + " " * len(title) + head[at + len(title) :]  # the rest of it names the act that it changes
    for words, folded, shift in ((title, own, at), (head, fold(head), 0)):
        folded = with_dates("{date}", identity).sub(lambda found: "·" * len(found[0]), folded)
        hits = [found for pattern in identity.numbers if (found := re.search(pattern, folded, re.MULTILINE))]
        if hits:
            start, end = min(hits, key=lambda one: one.start("number")).span("number")
            value = words[start:end].strip(" .-/,")
            return Found(value, start + shift, start + shift + len(value)) if shift >= 0 else Found(value, -1, -1)
    return None


def year(text: str) -> int | None:
    """The first year that the text names, None if it names none: for a title or a file's name."""
    found = _YEAR.search(text)
    return int(found[0]) if found else None


def year_of(title: str, text: str, identity: Identity) -> int | None:
    """The year that a title, or the short line beneath it, says: not that of the act that it changes, nor a number."""
    own, _ = own_words(title, identity)
    _, _, after = text[:_FRONT].partition(title) if title else ("", "", "")
    beneath = after.strip().partition("\n")[0]
    return year(own) or (year(beneath) if len(beneath) < 40 else None)


def own_words(title: str, identity: Identity) -> tuple[str, str]:
    """The words of a title that are about the document itself and no other: without its number, and folded with it."""
    folded = fold(title)
    cuts = [found.start() for phrase in identity.amends if (found := re.search(rf"\b{re.escape(fold(phrase))}\b", folded))]
    cut = min((at for at in cuts if at > 0), default=len(title))
    masked = folded
    for pattern in identity.numbers:
        for found in re.finditer(pattern, folded):
            start, end = found.span("number")
            # "1917/2008" and "4 of 2015" hold the year; "Decreto 1930" does not.
            kept = re.search(r"(?:/|-| of )((?:18|19|20)\d\d)(?:-[a-z/]+)?$", folded[start:end])
            end = start + kept.start(1) if kept else end
            masked = masked[:start] + " " * (end - start) + masked[end:]
    return masked[:cut], folded[:cut]


def most_named(text: str, identity: Identity) -> int | None:
    """The recent year that the text names most, the first of those named as often, other acts' left out; None for none."""
    folded = fold(text)
    for pattern in identity.numbers:
        folded = re.sub(pattern, lambda found: " " * len(found[0]), folded, flags=re.MULTILINE)
    years = [int(match[0]) for match in _YEAR.finditer(folded) if int(match[0]) >= _RECENT]
    return max(years, key=lambda one: (years.count(one), -years.index(one))) if years else None


def period(text: str, identity: Identity) -> Found | None:
    """The first period that the text names, as "2018-2022"; None where it names none."""
    until = "|".join(re.escape(fold(word)) for word in identity.until) or "(?!)"
    pattern = rf"(?<![\d/.-])((?:19|20)\d\d) ?(?:[-–—/]| (?:{until}) ) ?((?:20)?\d\d)(?![\d/]|[-–—.]\d)"
    for found in re.finditer(pattern, fold(text)):
        first = int(found[1])
        last = int(found[2]) if len(found[2]) == 4 else first // 100 * 100 + int(found[2])
        if 0 < last - first <= _LONGEST_PERIOD:
            return Found(f"{first}-{last}", found.start(), found.end())
    return None


def expired(period: str, as_of: str) -> bool:
    """Whether a period such as "2018-2022" had ended at a date in ISO 8601; False for a period that is not of years."""
    last = re.search(r"(?<!\d)(\d{4})$", period)
    return last is not None and int(last[1]) < int(as_of[:4])
