"""Numbers of list items as word processors and browsers print them."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def numeral(number: int, style: str) -> str:
    """The number in a style: "1" decimal, "01" with a zero, "a" and "A" letters, "i" and "I" roman; else decimal."""
    if number > 0 and style in ("a", "A"):
        # After z comes aa, bb, as Word has it.
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if style == "A" else letters
    if 0 < number < 4000 and style in ("i", "I"):
        letters = ""
        for value, sign in _ROMAN:
            letters += sign * (number // value)
            number %= value
        return letters.upper() if style == "I" else letters
    return f"{number:02d}" if style == "01" else str(number)
