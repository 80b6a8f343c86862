"""Bytes to text for formats that do not say, or say wrongly, how their letters are coded."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from policyaudit.errors import UnreadableDocument

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The letters and signs of western European print. Detectors by statistics take short Spanish or French texts for
# Polish or Turkish ones, so a text that reads cleanly in a western code page is taken for that.
_WESTERN = frozenset("áéíóúàèìòùâêîôûäëïöüãõñçåæœøßÿÁÉÍÓÚÀÈÌÒÙÂÊÎÔÛÄËÏÖÜÃÕÑÇÅÆŒØ«»“”‘’„–—…•°ºª§¿¡€£©®·²³\u00a0\u00ad½¼")
_CODE_PAGES = ("cp1252", "mac_roman", "cp850", "cp437")
_CONTROL = bytes(frozenset(range(32)) - {9, 10, 11, 12, 13, 26, 27})


def decode(data: bytes, *, declared: str | None = None) -> str:
    """The text, its line ends made "\\n". ``declared`` is the coding that the document itself names.

    Raises UnreadableDocument if the bytes are no text.
    """
    text = _decoded(data, declared)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_text(data: bytes) -> bool:
    """Whether the bytes, perhaps only the first ones of a file, are text in some coding."""
    if any(data.startswith(mark) for mark, _ in _MARKS) or _utf16_without_mark(data):
        return True
    sample = data[:65536]
    return len(sample) - len(sample.translate(None, _CONTROL)) <= max(2, len(sample) // 300)


def _decoded(data: bytes, declared: str | None) -> str:
    for mark, coding in _MARKS:
        if data.startswith(mark):
            return data.decode(coding, errors="replace").lstrip("\ufeff")
    without_mark = _utf16_without_mark(data)
    if without_mark:
        return data.decode(without_mark, errors="replace")
    if not is_text(data):
        raise UnreadableDocument("The file is not text: it holds binary data. Give the document in a format that is read.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    damaged = data.decode("utf-8", errors="replace")
    if damaged.count("\ufffd") * 50 < sum(1 for letter in damaged if letter > "\x7f"):
        return damaged
    if declared:
        try:
            # Pages that name Latin 1 mean the code page of Windows, which holds more signs; so browsers read them.
            name = codecs.lookup(declared).name
            # A page whose declaration could be read letter by letter is not coded in pairs of bytes, whatever it says.
            if not name.startswith(("utf-16", "utf-32")):
                return data.decode("cp1252" if name in ("iso8859-1", "ascii") else name)
        except (LookupError, UnicodeDecodeError):
            pass
    best = max(_CODE_PAGES, key=lambda page: _western_share(data, page))
    if _western_share(data, best) >= 0.95:
        return data.decode(best, errors="replace")
    guess = from_bytes(data).best()
    return str(guess) if guess is not None else data.decode("cp1252", errors="replace")


def _single_bytes() -> dict[str, int]:
    """Letter -> its byte in the code page of Windows; the bytes that it leaves open stand for themselves."""
    table = {chr(byte): byte for byte in range(256)}
    for byte in range(0x80, 0xA0):
        letter = bytes([byte]).decode("cp1252", errors="ignore")
        if letter:
            table[letter] = byte
    return table


_BYTE_OF = _single_bytes()
_FOLLOWING = "".join(re.escape(letter) for letter, byte in _BYTE_OF.items() if 0x80 <= byte < 0xC0)
_TWICE = re.compile(rf"[\u00c2-\u00f4][{_FOLLOWING}]{{1,3}}")
_SOME = 5


def mended(text: str) -> tuple[str, tuple[str, ...]]:
    """(the text, with letters that were coded twice put right; sentences for the user about what was wrong with it)."""
    warnings = []
    twice = 0

    def once(match: re.Match[str]) -> str:
        nonlocal twice
        try:
            letters = bytes(_BYTE_OF[letter] for letter in match[0]).decode("utf-8")
        except UnicodeDecodeError:
            return match[0]
        twice += 1
        return letters

    better = _TWICE.sub(once, text) if text.count("\u00c3") + text.count("\u00c2") + text.count("\u00e2") >= _SOME else text
    if twice >= _SOME:
        text = better
        warnings.append(f"Some letters of the file were coded twice ({twice}); they were put right. Check the quotations.")
    lost = text.count("\ufffd")
    if lost:
        warnings.append(f"Some letters of the file cannot be read ({lost}): it is damaged, or its coding is not known.")
    return text, tuple(warnings)


def _western_share(data: bytes, page: str) -> float:
    """Share of the letters beyond ASCII that are western ones, if the bytes are read in this code page."""
    letters = [letter for letter in data.decode(page, errors="replace") if letter > "\x7f"]
    return sum(letter in _WESTERN for letter in letters) / max(len(letters), 1)


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 without a byte order mark shows in text of Latin letters: every other byte is zero."""
    sample = data[: 4096 - len(data) % 2]
    if len(sample) < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None
