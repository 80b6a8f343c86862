"""Words for places that are compared, in the language of a report: their names, their regions, what they lack."""

from __future__ import annotations

from dataclasses import replace

from policyaudit.comparison import Comparison, Missing, Place
from policyaudit.regions import region
from policyaudit.report.sentences import said
from policyaudit.report.translation import N_, Translation

REGIONS = (
    *(N_("Africa"), N_("Eastern Africa"), N_("Middle Africa"), N_("Northern Africa"), N_("Southern Africa")),
    *(N_("Western Africa"), N_("Americas"), N_("Caribbean"), N_("Central America"), N_("Northern America")),
    *(N_("South America"), N_("Asia"), N_("Australia and New Zealand"), N_("Central Asia"), N_("Eastern Asia")),
    *(N_("South-eastern Asia"), N_("Southern Asia"), N_("Western Asia"), N_("Europe"), N_("Eastern Europe")),
    *(N_("Northern Europe"), N_("Southern Europe"), N_("Western Europe"), N_("Oceania"), N_("Melanesia")),
    *(N_("Micronesia"), N_("Polynesia"), N_("No region")),
)
"""The names in regions.yaml, for the catalogues."""


def in_language(comparison: Comparison, words: Translation) -> Comparison:
    """The comparison with its notes and reasons in this language; quotations and names of instruments stay as they are."""
    if words.language == "en":
        return comparison
    return replace(
        comparison,
        notes=tuple(said(note, words) for note in comparison.notes),
        places=tuple(
            replace(
                place,
                results={key: replace(one, reason=said(one.reason, words)) for key, one in place.results.items()},
                versions=tuple(replace(one, reason=said(one.reason, words)) for one in place.versions),
            )
            for place in comparison.places
        ),
    )


def named(place: Place, words: Translation) -> str:
    """What a place is called: "Kenya (KEN)", or "United States (USA) > US-IL" below a country."""
    country = words.country(place.country)
    return f"{country} > {place.jurisdiction}" if place.jurisdiction else country


def lies_in(place: Place, words: Translation) -> tuple[str, str]:
    """Its region and subregion."""
    whole, part = region(place.country)
    return words.gettext(whole), words.gettext(part)


def lacking(missing: Missing, words: Translation) -> str:
    """What is missing to judge the rest, with how many criteria want for it."""
    if missing.files:
        return words.ngettext("%(num)s file could not be read", "%(num)s files could not be read", missing.files)
    if missing.kinds:
        several = words.gettext(" or ").join(words.named(kind) for kind in missing.kinds)
        what = words.gettext("no %(kinds)s", kinds=several)
    else:
        what = said(f"{missing.reason}.", words) if missing.reason[:1].isupper() else said(missing.reason, words)
    count = words.ngettext("%(num)s criterion", "%(num)s criteria", missing.criteria)
    return f"{what.rstrip('.')} ({count})"
