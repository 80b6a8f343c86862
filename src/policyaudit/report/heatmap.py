"""comparison.html: one page, with countries by criteria as a heat map, each section as a small picture, and the tables behind.

The page holds every quotation as far as it fits ``LIMIT`` bytes; longer ones are shortened, all alike, and the page says so. The
quotations are packed (zlib, base64): the page's script unpacks them, and without a script the tables stand as they are.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from policyaudit.comparison import Comparison, Place, Standing
from policyaudit.model import Status
from policyaudit.report import beside, view, web
from policyaudit.report.translation import ENGLISH, Translation

LIMIT = 2_900_000
LENGTHS = (600, 400, 280, 200, 140, 100, 70, 40, 0)  # of quotations, in characters, until they fit

SYMBOLS: Mapping[Status, str] = {
    Status.MET: "●",
    Status.PARTLY: "◐",
    Status.NOT_FOUND: "○",
    Status.CONTRADICTED: "✕",
    Status.NOT_APPLICABLE: "–",
    Status.UNSCORED: "?",
    Status.ERROR: "!",
}
LETTERS: Mapping[Status, str] = {
    Status.MET: "m",
    Status.PARTLY: "p",
    Status.NOT_FOUND: "n",
    Status.CONTRADICTED: "c",
    Status.NOT_APPLICABLE: "a",
    Status.UNSCORED: "u",
    Status.ERROR: "e",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A country in the picture of a section; ``x`` and ``height`` in the units of the drawing."""

    place: Place
    standing: Standing
    x: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    section: str
    title: str
    bars: tuple[Bar, ...]
    ranked: int
    width: int
    step: int


_HEIGHT = 60
_WIDTH = 400


def write(comparison: Comparison, path: Path, words: Translation = ENGLISH) -> None:
    """Write the page; the same comparison gives the same bytes."""
    empty = _page(comparison, "", None, words)
    room = LIMIT - len(empty)
    length, packed = next(
        ((length, packed) for length in LENGTHS if len(packed := _packed(comparison, length)) <= room), (None, "")
    )
    path.write_bytes(_page(comparison, packed, length, words))


def _page(comparison: Comparison, packed: str, length: int | None, words: Translation) -> bytes:
    style, style_hash = web.ours("report.css")
    own, own_hash = web.ours("comparison.css")
    script, script_hash = web.ours("comparison.js")
    countries = [place for place in comparison.places if not place.jurisdiction]
    region = partial(beside.lies_in, words=words)
    regions = sorted({region(place) for place in comparison.places})
    text = web.template("comparison.html.j2", words).render(
        comparison=comparison,
        countries=countries,
        groups=[
            ("", [place for place in countries if place.ranked]),
            (words.gettext("Not ranked in any section"), [place for place in countries if not place.ranked]),
            (
                words.gettext("Below a country: not ranked among countries"),
                [place for place in comparison.places if place.jurisdiction],
            ),
        ],
        pictures=[_picture(comparison, section) for section in comparison.sections],
        height=_HEIGHT,
        regions=regions,
        region_number={place.name: regions.index(region(place)) for place in comparison.places},
        kinds=sorted({kind for criterion in comparison.criteria for kind in criterion.kinds}),
        name_of=partial(beside.named, words=words),
        lacking=partial(beside.lacking, words=words),
        Status=Status,
        symbols=SYMBOLS,
        letters=LETTERS,
        status_words={status: words.gettext(said) for status, said in view.STATUS_WORDS.items()},
        packed=packed,
        length=length,
        whole=length == LENGTHS[0],
        generator=f"policyaudit {comparison.package_version}",
        style=style,
        own=own,
        script=script,
        hashes=(style_hash, own_hash, script_hash),
    )
    return text.encode("utf-8", errors="replace")


def _picture(comparison: Comparison, section: str) -> Picture:
    ranked, others = comparison.order(section)
    judged = [place for place in others if place.sections[section].score is not None]
    several = [*ranked, *judged]
    step = max(2, min(24, _WIDTH // max(1, len(several))))
    bars = tuple(
        Bar(place, place.sections[section], number * step, round((place.sections[section].score or 0) * _HEIGHT))
        for number, place in enumerate(several)
    )
    return Picture(section, comparison.sections[section], bars, len(ranked), max(_WIDTH, step * len(several)), step)


def _packed(comparison: Comparison, length: int) -> str:
    """What the script shows of each cell: for each place a list by criterion of [elements found, of, reason, quotation, place,
    page, instrument, weaker texts], texts but quotations by their number in a list that stands before."""
    texts: dict[str, int] = {}

    def number(text: str) -> int:
        return texts.setdefault(text, len(texts))

    rows = []
    for place in comparison.places:
        row: list[list[object]] = []
        for criterion in comparison.criteria:
            one = place.results[criterion.id]
            cell: list[object] = [one.found, one.elements, number(view.readable(one.reason))]
            if one.evidence is not None:
                passage = _shortened(" ".join(view.readable(one.evidence.quote).split()), length)
                where = (number(view.readable(one.evidence.place)), one.evidence.page, number(view.readable(one.instrument)))
                cell += [passage, *where, len(one.weaker)]
            row.append(cell)
        rows.append(row)
    data = json.dumps([list(texts), rows], ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(data.encode("utf-8", errors="replace"), 9)).decode()


def _shortened(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    return text[: text.rfind(" ", 0, length) if " " in text[:length] else length] + " …" if length else ""
