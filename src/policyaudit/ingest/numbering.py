"""The number at the start of a paragraph: "ARTÍCULO 26.-", "12.—(1)", "(iv)", "3.25.4 B", "§ 2º", a bullet.

What a mark means can be open: (i) is a letter or a Roman number. A mark therefore carries all its readings, and
``sequence`` takes the one that goes on with what stands before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from policyaudit.languages import Grammar, Unit

ARTICLE_RANK = 100
ITEM_RANK = 200
BULLETS = "•‣▪◦●○■□◆◇►▶▸➢➤✓✔⁃∙·❖–—*-"

Reading = tuple[str, float]  # (style, value): two marks of one style run in a sequence
Decimal = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A number as it stands at the start of a paragraph. ``end`` is where the label ends in the paragraph's text."""

    end: int
    number: str  # as cited: "26", "a", "2"
    readings: tuple[Reading, ...]  # for items; empty for a unit with a word before its number
    unit: Unit | None = None
    value: float | None = None  # of a unit's number, where it is known
    decimal: Decimal = ()  # of "3.25.4"
    strong: bool = True  # False for what is a mark only where it goes on with a sequence


_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


@cache
def _plain(letter: str) -> str:
    if letter == "’":
        return "'"
    base = unicodedata.normalize("NFD", letter.lower())[0]
    return base if len(letter.lower()) == 1 or base.isascii() else letter


@lru_cache(maxsize=64)  # several questions in a row are asked about the same paragraph
def fold(text: str) -> str:
    """The text in lower case, without accents and with plain apostrophes, letter for letter, so that offsets stay true."""
    if text.isascii():
        return text.lower()
    return _BEYOND_ASCII.sub(lambda match: _plain(match[0]), text).lower()


ROMAN = re.compile(r"(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})$")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


_CLOSED = re.compile(r"[”\"»][\s.;,)]*(?:\([A-Z]{1,3}\))?[\s.;]*$")


def closes_quotation(text: str) -> bool:
    """Whether a text ends with a closing quotation mark whose opening one does not stand in it, or stands at its start."""
    if not _CLOSED.search(text):
        return False
    opened, closed = len(re.findall("[“«]", text)), len(re.findall("[”»]", text))
    straight = text.count('"')
    begins = text.lstrip()[:1] in '“«"'
    return closed > opened or straight % 2 == 1 or (begins and closed <= opened)


def opens_quotation(text: str) -> bool:
    """Whether a text begins with a quotation mark that is not closed before the text's end."""
    text = text.strip()
    if text[:1] not in '“«"':
        return False
    closing = {"“": '[”"]', "«": "»", '"': '["”]'}[text[0]]
    first = re.search(closing, text[1:])
    return first is None or (bool(_CLOSED.search(text)) and first.end() + 1 >= len(text.rstrip(" .;,)")) - 6)


_ENDED = re.compile(r"[.;:)\]”\"»]\s*$")
_TO_SECTION = re.compile(r"\s*[(\[][^()\d]{2,30}\d[^()]{0,40}(?:\(\w{1,4}\)[^()]{0,30})*[)\]]")
_LONGEST_TAIL = 220


def roman(text: str) -> int | None:
    """The value of a Roman number, None if it is none."""
    text = text.lower()
    if not text or not ROMAN.match(text):
        return None
    total = 0
    for letter, after in zip(text, [*text[1:], ""], strict=True):
        value = _ROMAN_VALUES[letter]
        total += -value if _ROMAN_VALUES.get(after, 0) > value else value
    return total


def letter_value(text: str) -> float | None:
    """The place of an enumerating letter: b is 2, bb 28; ñ stands after n."""
    inserted = re.fullmatch("([a-z]{1,2})([A-Z]{1,2})", text)  # (dA) stands between (d) and (e)
    if inserted:
        before, after = letter_value(inserted[1]), letter_value(inserted[2])
        return before + 0.01 * after if before and after else None
    low = text.lower()
    if low in ("ch", "ll"):
        return {"ch": 3.5, "ll": 12.5}[low]
    if low == "ñ":
        return 14.5
    if len(low) == 1 and "a" <= low <= "z":
        return float(ord(low) - 96)
    if len(low) == 2 and low[0] == low[1] and "a" <= low[0] <= "z":
        return float(ord(low[0]) - 96 + 26)
    return None


@cache  # of marks of up to five letters
def _letter_readings(text: str, bracket: str) -> tuple[Reading, ...]:
    case = "A" if text[0].isupper() else "a"
    found: list[Reading] = []
    value = letter_value(text)
    if value is not None:
        found.append((f"{bracket}{case}", value))
    number = roman(text)
    if number is not None:
        found.append((f"{bracket}{'I' if case == 'A' else 'i'}", float(number)))
    return tuple(found)


# How most paragraphs begin: a long word, or a short one before two more. It is no number, and that is seen at once.
_WORD = re.compile(r"(?=[^\W\d_]{5}|[^\W\d_o](?:[^\W\d_]{1,3})? [^\W\d_]+(?: [^\W\d_]|, ))[ivxlcIVXLC]*[^\W\d_ivxlcIVXLC]")


@cache
def _generic(suffixes: tuple[str, ...]) -> re.Pattern[str]:
    bis = "|".join(map(re.escape, suffixes)) or "(?!)"
    return re.compile(
        rf"""\s*(?:\d{{1,3}}\[)?["“«‘'*_]{{0,3}}(?:
          (?P<paragraph>§{{1,2}}\s?(?P<paragraph_number>\d{{1,3}})\s?[º°oª]?\s?[.\-–—:]*)
        | (?P<decimal>(?P<decimal_number>\d{{1,4}}(?:\.\d{{1,4}}){{1,6}})
            (?:\s(?P<decimal_letter>[A-Z])(?=\s+[A-Z\d(]|\.|$))?
            (?:[.)]?\s?[-–—]*(?=\s|$)|\.(?=[A-Z][a-z])))
        | (?P<lettered>(?P<lettered_number>[a-zA-Z]\.\d{{1,2}}(?:\.\d{{1,2}})*)[.)]*\s?-?(?=\s))
        | (?P<degree>(?P<degree_number>\d{{1,3}})(?:\s?[º°]|\.[º°ª])(?:\s(?P<degree_bis>{bis})(?![a-z]))?
            \s?[.)]?[-–—]{{0,2}}(?=[\s“"«A-Z]))
        | (?P<both>\((?P<both_number>\d{{1,3}}[A-Z]{{0,2}}|[a-zA-Zñ]{{1,5}})(?:\s(?P<both_bis>{bis}))?\)\.?)
        | (?P<close>(?P<close_number>\d{{1,3}}|[a-zA-Zñ]{{1,4}})(?:\s?(?P<close_bis>{bis}))?\s?\)\.?[-–—]?
            (?=[\s“"«A-ZÁÉÍÓÚ(]|$))
        | (?P<dot>(?P<dot_number>\d{{1,4}}[A-Z]{{0,2}}|[A-ZÑ]{{1,2}}|[a-zñ]|[IVXLC]{{1,6}}|[ivxl]{{1,5}})
            (?:\s(?P<dot_bis>{bis}))?\s?\.\s?(?:[-–—]{{1,2}}|:)?
            (?=[\s“"«(\[]|[A-ZÁÉÍÓÚ](?![A-Z.])|[A-Z]{{2}}[A-Za-z]|$))
        | (?P<dash>(?P<dash_number>\d{{1,3}}|[IVXLC]{{1,6}})\s?[-–—](?=\s))
        | (?P<bullet>(?P<bullet_sign>[{re.escape(BULLETS)}])(?=\s)|(?P<bullet_letter>o)(?=\s{{1,4}}[A-Z"“]))
        | (?P<bare>(?P<bare_number>\d{{1,3}}[A-Z]?|[IVXL]{{1,6}})(?=\s+[A-ZÁÉÍÓÚ]))
        )""",
        re.VERBOSE,
    )


_DIGITS = re.compile(r"\d+")
_WITH_SUFFIX = ("degree", "both", "close", "dot")


def generic_mark(text: str, *, headed: bool = False, suffixes: tuple[str, ...] = ()) -> Mark | None:
    """The number, letter or bullet at the start of a text, None if there is none. ``headed``: the text is a heading, so that
    a number needs no sign after it. ``suffixes``: words that may follow a number put in between two others."""
    match = None if _WORD.match(text) else _generic(suffixes).match(text)
    if not match:
        return None
    kind = match.lastgroup or ""  # of groups within one another the outer one closes last
    end = match.end()
    if kind == "bullet":
        sign = match.group("bullet_sign") or "o"
        return Mark(end, "", ((f"•{sign}", 0.0),), strong=sign not in "*–—-" or len(text) > end + 1)
    if kind == "bare" and not headed:
        return None
    number = match.group(f"{kind}_number")
    if kind == "paragraph":
        return Mark(end, f"§ {number}", (("§", float(number)),))
    if kind == "decimal":
        parts = tuple(int(part) for part in number.split("."))
        letter = match.group("decimal_letter")
        if letter and text[match.end("decimal_letter") :].lstrip()[:1].islower():
            letter = None
        if not letter and match.group("decimal_letter"):
            end = match.end("decimal_number")
        rest = text[end:].lstrip()
        plain = not rest or not (rest[0].isupper() or rest[0] in "“\"«(¿[•'‘")
        number = f"{number} {letter}" if letter else number
        return Mark(end, number, (), decimal=parts, strong=headed or not plain)
    if kind == "lettered":
        head, *tail = number.split(".")
        place = letter_value(head)
        if place is None:
            return None
        return Mark(end, number, ((f"lettered{len(tail)}{head.lower()}", float(tail[-1])),))
    bis = match.group(f"{kind}_bis") if kind in _WITH_SUFFIX else None
    put_in = suffixes.index(bis) + 1 if bis else 0  # 2 for "3 ter"
    if bis:
        number = f"{number} {bis}"
    bracket = {"degree": "°", "both": "()", "close": ")", "dot": ".", "dash": "-", "bare": "."}[kind]
    plain_number = number.split(" ")[0]
    digits = _DIGITS.match(plain_number)
    if digits:
        letters = plain_number[digits.end() :]  # 6A, 6B, 6BA
        places = (0.01 ** (place + 1) * (letter_value(letter) or 1) for place, letter in enumerate(letters))
        value = round(float(digits[0]) + sum(places) + 0.001 * put_in, 6)
        return Mark(end, number, ((f"{bracket}1", value),), strong=kind != "bare" or headed)
    readings = _letter_readings(plain_number, bracket)
    if bis:
        readings = tuple((style, value + 0.05 * put_in) for style, value in readings)
    if not readings:
        return None
    return Mark(end, number, readings)


_NUMBER = re.compile(
    r"""(?P<number>
      [A-Z]{0,3}\.?\s?\*?\s?\d+(?:[.\-–]\d+)*(?:[-–]?[A-Z]{1,2}(?![A-Za-z]))?
    | [IVXLCDMivxlcdm]+(?:er|re)?(?![A-Za-z\w])(?:-[A-Z])?
    | [A-Za-zñ](?=\s*(?:$|[.:)\-–—]))
    )""",
    re.VERBOSE,
)
_SEPARATOR = re.compile(r"\s*[º°ª]?\s*(?P<sep>[.:\-–—)*\]~]*)\s*[.\-–—]*\s*")


_WRITTEN = re.compile(
    r"\s*[\"“«]{0,2}(?P<words>(?P<word>[^\W\d_]{3,15})(?:\s[^\W\d_]{4,12})?)\s?[.:]\s?[-–—]*\s*(?=[A-ZÁÉÍÓÚ¿“\"«\[(]|$)"
)


_OPENING = "\"“”«‘'*_>.·"  # signs that may stand before a unit's word; the dots are specks on a scan
_SPECK = re.compile(r"\s*·\s*(?P<word>[^\W\d_]+)")
_QUOTATION = ('"', "“", "”", "«")
_LETTERS = re.compile("[a-z]{1,4}")


def _stands_inside(unit: Unit) -> bool:
    return unit.unit == "article" or unit.rank < ARTICLE_RANK


class UnitFinder:
    """Finds the units of a language that are announced by a word."""

    def __init__(self, grammar: Grammar) -> None:
        words = sorted(((fold(word), unit) for unit in grammar.units for word in unit.words), key=lambda pair: -len(pair[0]))
        self._units = dict(reversed(words))
        self._ordinals = {fold(word): value for word, value in grammar.ordinals.items()}
        self._place = {fold(word): 0.01 * (index + 1) for index, word in enumerate(grammar.suffixes)}
        suffixes = "|".join(map(re.escape, grammar.suffixes)) or "(?!)"
        self._suffix = re.compile(rf"\s?[-–]?\s?({suffixes})(?![a-z])")
        alternatives = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word, _ in words) or "(?!)"
        signs = "|".join(map(re.escape, grammar.number_signs)) or "(?!)"
        gap = rf"(?P<gap>[._]?\s*(?:(?:{signs})\s*)?)"
        self._word = re.compile(rf"\s*[{_OPENING}]{{0,3}}\s?(?P<word>{alternatives})(?![a-z]){gap}")
        self._firsts = tuple({word.split(" ")[0][:3] for word, _ in words})
        self._bare_word = re.compile(rf"\s*[\"“”«*_]{{0,3}}\s?(?P<word>{alternatives})(?![a-z])")
        endings = "|".join(map(re.escape, grammar.ordinal_endings)) or "(?!)"
        self._degree = re.compile(rf"\s?(?:\.?[º°ª]|(?:{endings})(?![a-z]))\.?")
        self._inner = _Words((unit for unit in grammar.units if unit.unit == "article"), r"\s*\d")
        self._division = _Words((unit for unit in grammar.units if unit.rank < ARTICLE_RANK), "(?![a-z])")
        inside = [fold(word) for unit in grammar.units if _stands_inside(unit) for word in unit.words]
        self._inside = _begins(frozenset(found[0] for word in inside if (found := _LETTERS.match(word))))
        defining = "|".join(map(re.escape, grammar.defining)) or "(?!)"
        said = rf"\s*,?\s*(?:\([^)]{{1,60}}\)\s*)?(?:,[^.;:“”\"]{{3,80}},\s*)?(?:{defining})(?![a-z])"
        self._term = re.compile(rf"[;.:—–\-\])]\s+(?:and\s+)?(?=[\"“”]\s?[^\"“”]{{1,100}}[\"”]{said})")
        self._defined = re.compile(rf"\s*[\"“”«]\s?(?P<term>[^\"“”«»]{{1,70}})[\"”»]{said}")

    def find(self, text: str) -> Mark | None:
        """The unit's mark at the start of a text. Whether the text really opens the unit is for ``opens`` to say."""
        begin = text[:3]
        if begin[:1].isalpha() and begin.isascii() and not begin.lower().startswith(self._firsts):
            return None
        head = text[:400]
        if not fold(head.lstrip().lstrip(_OPENING).lstrip()[:3]).startswith(self._firsts):
            return None  # most paragraphs begin with another word, and that is quickly seen
        speck = _SPECK.match(head)
        if speck and not speck["word"].isupper():
            return None  # a dot halfway up is a bullet, unless what follows can be no item
        low = fold(head)
        for match in (self._word.match(low), self._bare_word.match(low)):
            if not match:
                continue
            unit = self._units[re.sub(r"\s+", " ", match["word"])]
            found = self._numbered(head, low, match.end(), unit) if "gap" in match.groupdict() else None
            if found:
                return found
            if unit.bare and match["word"]:
                separator = _SEPARATOR.match(head, match.end("word"))
                end = separator.end() if separator else match.end("word")
                return Mark(end, "", (), unit, None)
        return None

    def written(self, text: str) -> Mark | None:
        """The mark at the start of a paragraph that is numbered in words: "PRIMERA.-", "Segundo: ...", None if there is none."""
        match = _WRITTEN.match(text)
        if match is None or fold(match["word"]) not in self._ordinals:
            return None
        number = match["words"]
        low = fold(number)
        words = self._ordinal(low, 0)
        if words is None or words[0] != len(low):
            return None
        return Mark(match.end(), number[0].upper() + number[1:].lower(), (("word", words[1]),))

    def inside(self, text: str) -> Iterator[int]:
        """Where, inside a paragraph, the label of another article could stand."""
        for at, before in self._inner.inside(text):
            if text[at : at + 6].isupper() or before[-1] in '.;:”"':
                yield at

    def silent(self, text: str) -> bool:
        """Whether a paragraph holds no capital word of a unit and no quotation mark, so that ``inside``, ``divisions`` and
        ``terms`` find nothing in it: most do not."""
        return '"' not in text and "“" not in text and "”" not in text and not self._inside.search(text)

    def defined(self, text: str) -> str:
        """The term in quotation marks that a paragraph begins to define, "" if it defines none."""
        if text.lstrip()[:1] not in _QUOTATION:
            return ""
        match = self._defined.match(fold(text[:300]))
        return text[match.start("term") : match.end("term")].strip() if match else ""

    def divisions(self, text: str, *, follows: Callable[[], Mark | None]) -> Iterator[int]:
        """Where, inside a paragraph, the label of a part, chapter or annex stands: in a chain of labels ("Book I > Title I"),
        before the reference of an annex to its section, or at the end of what an article or a division ``follows``."""
        begun = False
        for at, before in self._division.inside(text):
            rest = text[at:]
            if (mark := self.find(rest)) is None or mark.unit is None:
                continue
            if before[-1] in ">|›" or (mark.unit.unit == "annex" and _ENDED.search(before) and _TO_SECTION.match(rest, mark.end)):
                yield at
                continue
            annex = mark.unit.unit == "annex"
            followed = follows()
            if followed is None or followed.unit is None or (annex and followed.unit.unit == "article" and followed.value != 1):
                continue
            if (
                not (mark.number or annex)
                or rest.count("]") > rest.count("[")
                or len(rest) > _LONGEST_TAIL
                or re.search(r"[.;]\s+\S", rest[mark.end :])
            ):
                continue
            shouted = rest[:2].isupper() and sum(map(str.isupper, rest)) > 0.8 * sum(map(str.isalpha, rest))
            separated = re.match(r"\s*(?:[:\-–—.]|$)", rest[mark.end :]) or re.search(r"[:\-–—.]\s*$", rest[: mark.end])
            if begun or shouted or (separated and _ENDED.search(before)):
                begun = True
                yield at

    def terms(self, text: str) -> Iterator[int]:
        """Where, inside a paragraph, the definition of another term begins."""
        if '"' in text or "“" in text or "”" in text:
            for match in self._term.finditer(fold(text)):
                yield match.end()

    def _numbered(self, head: str, low: str, at: int, unit: Unit) -> Mark | None:
        words = self._ordinal(low, at)
        if words:
            end, value = words[0], words[1]
            number = f"{value:g}"
        else:
            match = _NUMBER.match(head, at)
            if not match:
                return None
            end = match.end("number")
            number = re.sub(r"\s+", " ", match["number"].strip())
            known = number_value(number)
            if known is None:
                return None
            value = known
            degree = self._degree.match(low, end)
            if degree:
                end = degree.end()
        suffix = self._suffix.match(low, end)
        if suffix:
            end = suffix.end()
            number = f"{number} {suffix[1]}"
            value += self._place[suffix[1]]
        separator = _SEPARATOR.match(head, end)
        if separator:
            end = separator.end()
        return Mark(end, number, (), unit, value)

    def _ordinal(self, low: str, at: int) -> tuple[int, float] | None:
        total, end = 0, at
        found = False
        for match in re.finditer(r"\s*([a-z]+)", low[at : at + 60]):
            if match.start() + at != end or match[1] not in self._ordinals:
                break
            total += self._ordinals[match[1]]
            end = at + match.end()
            found = True
        return (end, float(total)) if found else None


@cache
def _written(letter: str) -> str:
    """The letters of European print that are this one to ``fold``."""
    return "".join(other for other in map(chr, (*range(0x41, 0x250), *range(0x1E00, 0x1F00))) if fold(other) == letter)


@cache
def _begins(heads: frozenset[str]) -> re.Pattern[str]:
    """Finds, after a space, a word that begins with one of these letters, the first of them a capital."""
    firsts = {head[0]: "".join(filter(str.isupper, _written(head[0]))) for head in sorted(heads)}
    either = "|".join(f"[{firsts[head[0]]}]" + "".join(f"[{_written(letter)}]" for letter in head[1:]) for head in sorted(heads))
    return re.compile(rf"\s(?=[{''.join(firsts.values())}])(?:{either})" if heads else "(?!)")


class _Words:
    """Finds the words of some units, with what must follow them, inside a paragraph."""

    def __init__(self, units: Iterable[Unit], following: str) -> None:
        words = [fold(word) for unit in units for word in unit.words]
        self._firsts = frozenset(word.split(" ")[0] for word in words)
        either = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words) or "(?!)"
        self._pattern = re.compile(rf"\s(?:{either}){following}")

    def inside(self, text: str) -> Iterator[tuple[int, str]]:
        """(place, what stands before it) of each where it begins a word, with a capital."""
        folded = fold(text)
        if not any(map(folded.__contains__, self._firsts)):
            return  # seen far sooner than the pattern would see it
        for match in self._pattern.finditer(folded):
            at = match.start() + 1
            if text[at].isupper():
                before = text[:at].rstrip()
                if before:
                    yield at, before


def number_value(number: str) -> float | None:
    """The value by which an article's number is ordered, None if it is no number: "434-12" is ordered by its last part."""
    plain = re.sub(r"(?<=[ivxIVX])(?:er|re)$", "", number.strip())
    if roman(plain) and (len(plain) > 1 or plain.isupper()):
        return float(roman(plain) or 0)
    digits = list(re.finditer(r"\d+", plain))
    if not digits:
        head = plain.split("-")[0]
        if roman(head):
            return float(roman(head) or 0) + 0.01
        return letter_value(plain) if len(plain) == 1 else None
    last = digits[-1]
    tail = plain[last.end() :].strip(" -–")
    return float(last[0]) + (0.01 * (letter_value(tail[:1]) or 1) if tail else 0)
