"""The language that a report is written in: its words from the message catalogues of ``locale/``, numbers and names from Babel.

English is the language of the sources, so it needs no catalogue. Quotations and what documents call themselves stay as they
are. Babel lives here and nowhere else.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from babel import Locale, numbers

from policyaudit import codes
from policyaudit.errors import UsageError

DOMAIN = "policyaudit"
_CATALOGUES = Path(__file__).parent / "locale"


def N_(message: str) -> str:
    """The message as it is; marks one that is translated elsewhere, so that it gets into the catalogues."""
    return message


@dataclass(frozen=True, slots=True)
class Translation:
    """The words of one language. ``language`` is its ISO 639-1 code, for ``<html lang>``."""

    language: str = "en"
    _catalogue: gettext.NullTranslations = field(default_factory=gettext.NullTranslations, repr=False, compare=False)

    def gettext(self, message: str, **values: object) -> str:
        """The message in this language, with ``%(name)s`` in it filled if there are values; "" stays ""."""
        said = self._catalogue.gettext(message) if message else ""
        return said % values if values else said

    def ngettext(self, singular: str, plural: str, number: int, **values: object) -> str:
        """The form of the message that goes with the number; ``%(num)s`` in it is the number as it is written, other values are
        filled as by ``gettext``."""
        said = self._catalogue.ngettext(singular, plural, number).replace("%(num)s", self.number(number))
        return said % values if values else said

    def named(self, identifier: str) -> str:
        """An identifier such as ``action_plan`` as a reader wants it."""
        return self.gettext(identifier.replace("_", " "))

    def label(self, name: str) -> str:
        """A name before its value, with the colon as the language sets it: "year:", "année :"."""
        return self.gettext("%(name)s:", name=name)

    def number(self, value: int | float) -> str:
        """A number as the language groups its thousands and marks its decimals, of which two are kept."""
        return numbers.format_decimal(value, format="#,##0.##", locale=self.language)

    def figure(self, value: float, places: int = 2) -> str:
        """A number between 0 and 1 with so many decimals: "0.96", "0,96"."""
        return numbers.format_decimal(value, format="0." + "0" * places, locale=self.language)

    def percent(self, share: float | None) -> str:
        """A share as whole per cent: "67%", "67 %"; "–" where there is none, which is not zero."""
        return "–" if share is None else numbers.format_percent(round(share * 100) / 100, locale=self.language)

    def country(self, code: str) -> str:
        """A country's code as people read it: "Kenya (KEN)"; the code alone where it is no country's we know."""
        if self.language == "en" or not code:
            return codes.country_named(code)
        alpha2, name = codes.codes().countries.get(code, ("", ""))
        regions = codes.codes().regions
        said = self._locale().territories.get(alpha2, name) if name else self.gettext(regions.get(code, ""))
        return f"{said} ({code})" if said else code

    def language_name(self, code: str) -> str:
        """A language's code as people read it: "Spanish (es)"; the code alone where we do not know it."""
        if self.language == "en":
            return codes.language_named(code)
        said = self._locale().languages.get(code)
        return f"{said} ({code})" if said else codes.language_named(code)

    def _locale(self) -> Locale:
        return Locale.parse(self.language)


ENGLISH = Translation()


def languages() -> tuple[str, ...]:
    """The languages in which reports can be written, English first."""
    return ("en", *sorted(path.parts[-3] for path in _CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")))


@cache
def translation(language: str) -> Translation:
    """The words of a language. Raises UsageError with those there are."""
    if language == "en":
        return ENGLISH
    if language not in languages():
        raise UsageError(f"--report-language: no reports in {language!r}; there are: {', '.join(languages())}")
    return Translation(language, gettext.translation(DOMAIN, _CATALOGUES, languages=[language]))
