"""What the rooms before this one say in English, in the language of a report: the rubric's texts, reasons, warnings.

Those rooms know nothing of the language of reports. Here stands every sentence of theirs that a report prints, with its
values marked, so that it gets into the catalogues and is known again when it comes. A sentence that is not known stays English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from policyaudit.model import Card, Finding, Results
from policyaudit.report.translation import N_, Translation

# Sentences of the rooms. A value called "named" is made of identifiers, which have names of their own in each language, and
# one called "percent" is a share; "country" and "tongue" are names with their codes, and "reason" is a sentence itself.
SENTENCES: tuple[str, ...] = (
    # score
    N_("A document of the kind %(named)s cannot carry it; it is looked for in: %(named2)s."),
    N_("The rubric has no terms for it in the document's language (%(language)s) yet."),
    N_("The rubric has no terms for it yet."),
    N_("No page of the document could be read."),
    N_("Page %(pages)s could not be read; what was not found may stand there."),
    N_("Pages %(pages)s could not be read; what was not found may stand there."),
    N_(
        "Page %(pages)s could not be read (%(some)s of %(all)s with anything on them), so that it cannot be said that it is "
        "not there."
    ),
    N_(
        "Pages %(pages)s could not be read (%(some)s of %(all)s with anything on them), so that it cannot be said that it is "
        "not there."
    ),
    N_("%(some)s of its documents could not be assessed on it."),
    N_("It is marked as %(named)s."),
    N_("It was not yet in force on %(date)s."),
    N_("A later version is in force: %(document)s."),
    N_("Decided by a reviewer."),
    N_("A reviewer decided that it does not apply."),
    # comparison
    N_("The runs were made by different versions of policyaudit: %(list)s."),
    N_("%(run)s was audited against %(list)s only."),
    N_("No person has reviewed these findings: they are proposals of a machine."),
    N_("Persons decided on findings of %(list)s; all others are proposals of a machine."),
    N_(
        "The runs are of different versions of the rubric: of %(all)s criteria %(some)s did not change and can be compared; the "
        "others are left out."
    ),
    N_("was not assessed"),
    # corpus
    N_("%(named)s, as the manifest says; it does not count for its country"),
    N_("%(named)s, as the text says; it does not count for its country"),
    N_("its period %(period)s had ended by %(date)s; it counts, unless the manifest says expired"),
    N_("%(named)s: the manifest says %(named2)s, p. %(page)s (“%(quoted)s”) %(named3)s"),
    N_("%(named)s: the manifest says %(named2)s, the text (“%(quoted)s”) %(named3)s"),
    N_("%(named)s: the manifest says %(named2)s, the file says %(named3)s"),
    N_("%(named)s: the manifest says %(named2)s, the text looks like %(named3)s"),
    N_("instrument %(identifier)s in the manifest"),
    N_("the same title"),
    N_("the same number, %(number)s"),
    N_("%(percent)s of the wording is the same"),
    N_("no document of it was read that counts"),
    # ingest
    N_("The numbering of articles has gaps between %(gaps)s."),
    N_("Articles stand out of order: %(disorder)s."),
    N_("Articles stand more than once with the same number, perhaps in several versions: %(gaps)s."),
    N_(
        "The numbers of its articles do not run on (%(gaps)s), as in an act that amends others or in an excerpt; else some were "
        "not read."
    ),
    N_("The year is %(year)s, as the manifest says, but the title as read names %(year2)s."),
    N_("The language is %(tongue)s, as the manifest says, but the text looks like %(tongue2)s."),
    N_("The country is %(country)s, as the manifest says, but %(reason)s."),
    N_("The status is %(named)s, as the manifest says, but the text reads like %(named2)s: %(reason)s."),
    N_(
        "Read as %(named)s, because %(reason)s; it is left out of its country's card. If it is in force, say status in_force in "
        "the manifest."
    ),
    N_("the file itself says so"),
    N_("the title says “%(quoted)s”"),
    N_("the beginning says “%(quoted)s”"),
    N_("p. %(page)s says “%(quoted)s”"),
    N_("the title names %(country)s"),
    N_("the beginning names %(country)s"),
    N_("p. %(page)s names %(country)s"),
    N_("Its period %(period)s had ended at the date of the audit, %(date)s; it is assessed as if it still held."),
    N_("Some letters of the file were coded twice (%(number)s); they were put right. Check the quotations."),
    N_("Some letters of the file cannot be read (%(number)s): it is damaged, or its coding is not known."),
    N_(
        "The document is in a language without a grammar here (%(language)s); its numbering is read only as far as its signs "
        "tell."
    ),
    N_("The document has tracked changes (%(number)s): it was read as if all were accepted."),
    N_("The document has tracked changes (%(number)s): it was read as it was before them."),
    N_("The document has comments in its margin (%(number)s): they are no part of its text."),
    N_("The document holds another file within it that was not read. Open it in Word and save it again."),
    N_("The PDF holds other files within it (%(number)s) that were not read. Save them out of it and give them too."),
    N_("Hidden sheets, rows or columns of the workbook (%(number)s) were left out. Show them if they count."),
    N_("The workbook has formulas without a result (%(number)s). Open it in Excel and save it again."),
    N_("The page holds hidden text (%(number)s words) that a browser does not show: it was left out."),
    N_("Most of the page is struck through, as portals show what is no longer in force."),
    N_("The file ends before its text does: it is cut off. Download or save it again."),
    N_("The document's metadata say that it is repealed from %(date)s."),
    N_("Page %(pages)s has no text and could not be read."),
    N_("Pages %(pages)s have no text and could not be read."),
    N_("Page %(pages)s is not legible enough to be relied on."),
    N_("Pages %(pages)s are not legible enough to be relied on."),
    N_("Page %(pages)s was read from the image by text recognition (confidence %(figure)s); check quotations against the image."),
    N_(
        "Pages %(pages)s were read from the image by text recognition (confidence %(figure)s); check quotations against the "
        "image."
    ),
)

# What identifiers and short remarks are called.
NAMES: tuple[str, ...] = (
    *(N_("law"), N_("action plan"), N_("budget"), N_("operational policy"), N_("code of conduct")),
    *(N_("draft"), N_("bill"), N_("repealed"), N_("expired"), N_("in force"), N_("amended"), N_("consolidated")),
    *(N_("a draft"), N_("a bill")),
    *(N_("title"), N_("number"), N_("date"), N_("jurisdiction"), N_("language"), N_("kind"), N_("status"), N_("year")),
    *(N_("consolidated to"), N_("period"), N_("country"), N_("exception")),
    *(N_("European Union"), N_("World (United Nations instruments)")),
)

_TEXTS = ("title", "requirement", "why", "passing", "failing", "advice")


def in_language(results: Results, words: Translation) -> Results:
    """The results with everything that reports print of the rubric and of the program in this language. What has no
    translation stays English; quotations and names of documents stay as they are."""
    texts = results.rubric.get("texts")
    rubric = {key: value for key, value in results.rubric.items() if key != "texts"}
    if words.language == "en":
        return replace(results, rubric=rubric)
    own = _own(texts, words)
    asked = {key: dict(texts.get("questions") or {}) for key, texts in dict(own.get("criteria") or {}).items()}
    return replace(
        results,
        rubric=_rubric(rubric, own),
        documents=tuple(
            replace(document, warnings=tuple(said(warning, words) for warning in document.warnings))
            for document in results.documents
        ),
        cards=tuple(_card(card, asked, words) for card in results.cards),
        machine=tuple(_card(card, asked, words) for card in results.machine),
        countries=tuple(_card(card, asked, words) for card in results.countries),
        failures=tuple(replace(failure, message=said(failure.message, words)) for failure in results.failures),
    )


def rubric_in_language(rubric: Mapping[str, object], words: Translation) -> dict[str, object]:
    """The rubric's texts as rubric.json holds them, in this language; what has no translation stays English."""
    return _rubric({key: value for key, value in rubric.items() if key != "texts"}, _own(rubric.get("texts"), words))


def _own(texts: object, words: Translation) -> Mapping[str, Any]:
    own = texts.get(words.language) if isinstance(texts, Mapping) else None
    return own if isinstance(own, Mapping) else {}


@lru_cache(maxsize=4096)
def said(sentence: str, words: Translation) -> str:
    """A sentence of the rooms in this language; as it is where it is not known."""
    for message, pattern in _patterns():
        match = pattern.fullmatch(sentence)
        if match:
            values = {name: _value(name, value, words) for name, value in match.groupdict().items()}
            return words.gettext(message, **values)
    return sentence


def _value(name: str, value: str, words: Translation) -> str:
    if name.startswith("named"):
        return ", ".join(words.named(one) for one in value.split(", "))
    if name == "reason":
        return said(value, words)
    code = re.search(r"\(([^()]+)\)$", value)
    if name.startswith(("country", "tongue")):
        named = words.country if name.startswith("country") else words.language_name
        return named(code[1]) if code else value
    if name == "percent":
        return words.percent(int(value.removesuffix("%")) / 100)
    if name in ("gaps", "disorder"):
        return "; ".join(_listed(one, words) for one in value.split("; "))
    return value


def _listed(part: str, words: Translation) -> str:
    """ "12 and 14" or "9 after 11", and "and 3 more" at the end of a list."""
    for message, pattern in _parts():
        match = pattern.fullmatch(part)
        if match:
            return words.gettext(message, **match.groupdict())
    return part


_PARTS = (
    N_("and %(number)s more"),
    N_("between %(one)s and %(other)s"),
    N_("%(one)s after %(other)s"),
    N_("%(one)s and %(other)s"),
)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((message, _pattern(message)) for message in SENTENCES)


@cache
def _parts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((message, _pattern(message)) for message in _PARTS)


def _pattern(message: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"%\\\((\w+)\\\)s|%\((\w+)\)s", r"(?P<\1\2>.+?)", re.escape(message)), re.DOTALL)


def _card(card: Card, asked: Mapping[str, Mapping[str, str]], words: Translation) -> Card:
    versions = tuple(replace(version, reason=said(version.reason, words)) for version in card.versions)
    return replace(card, findings=tuple(_finding(finding, asked, words) for finding in card.findings), versions=versions)


def _finding(finding: Finding, asked: Mapping[str, Mapping[str, str]], words: Translation) -> Finding:
    questions = asked.get(finding.criterion) or {}
    elements = finding.elements
    if questions:
        elements = tuple(
            replace(element, question=questions.get(element.id, element.question)) if element.question else element
            for element in elements
        )
    return replace(finding, reason=said(finding.reason, words) if finding.reason else "", elements=elements)


def _rubric(rubric: dict[str, object], own: Mapping[str, Any]) -> dict[str, object]:
    titles, criteria = own.get("sections") or {}, own.get("criteria") or {}

    def criterion(data: Mapping[str, Any]) -> dict[str, Any]:
        texts = criteria.get(data.get("id")) or {}
        parts = {part: {**(data.get(part) or {}), **(texts.get(part) or {})} for part in ("elements", "contradicted_by")}
        return {**data, **{key: texts[key] for key in _TEXTS if texts.get(key)}, **parts}

    sections = rubric.get("sections")
    return {
        **rubric,
        **{key: own[key] for key in ("title", "about") if own.get(key)},
        "sections": [
            {
                **section,
                "title": titles.get(section.get("id")) or section.get("title"),
                "criteria": [criterion(one) for one in section.get("criteria") or ()],
            }
            for section in (sections if isinstance(sections, list | tuple) else ())
            if isinstance(section, Mapping)
        ],
    }
