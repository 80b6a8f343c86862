"""gap-report.html: one file to read, print and pass on. It asks nothing of a network and reads well without JavaScript.

With many countries and documents one file could not be opened any more: then it holds the overview, and each of them has a
page of its own in the folder gap-report beside it.

How nothing a document says can run or load anything stands in ``report/web.py``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from policyaudit.model import Results, Status
from policyaudit.report import decided, view, web
from policyaudit.report.formats.html.chapters import Chapter, chapters
from policyaudit.report.originals import NO_ORIGINALS, Originals
from policyaudit.report.translation import ENGLISH, Translation

FORMAT = "html"
FILENAME = "gap-report.html"
ORIGINALS = True  # it can point at the documents themselves

_FOLDER = "gap-report"  # of the pages of a large report
_OPEN_CHAPTERS = 4  # with more countries and documents than this, each stands folded
_ONE_FILE = 20  # with more than this, each has a page of its own
_GENERATOR = "policyaudit "


def write(results: Results, path: Path, words: Translation = ENGLISH, originals: Originals = NO_ORIGINALS) -> None:
    """Write the page; beside it, for a large report, the page of each country and document. ``originals``: what the passages
    link to and are shown as."""
    rubric = view.rubric(results)
    names = _slugs([card.name for card in (*results.countries, *results.cards)])
    folder = _FOLDER if len(view.subjects(results)) > _ONE_FILE else ""
    first = path.parent / folder / FILENAME if folder else path  # from where the passages link
    links = originals.links([document.name for document in results.documents], first)
    pictures = originals.addresses()
    several = chapters(results, rubric, names, words, folder=folder, links=links, pictures=pictures)
    template = web.template("report.html.j2", words)
    review = decided.reviewed(results, words)
    _clear(path.parent / _FOLDER)
    if folder:
        (path.parent / folder).mkdir(exist_ok=True)
        for chapter in several:
            its = set(chapter.documents) | {chapter.name}
            part = replace(results, documents=tuple(d for d in results.documents if d.name in its), failures=())
            _page(template, part, rubric, review, [chapter], names, words, path.parent / chapter.page, home=f"../{FILENAME}")
    _page(template, results, rubric, review, several, names, words, path)


def _page(
    template: web.Template,
    results: Results,
    rubric: view.Rubric,
    review: decided.Reviewed,
    several: Sequence[Chapter],
    names: dict[str, str],
    words: Translation,
    path: Path,
    *,
    home: str = "",
) -> None:
    pages = {} if home else {chapter.name: chapter.page for chapter in several if chapter.page}
    style, style_hash = web.ours("report.css")
    script, script_hash = web.ours("report.js")
    used = {bar.section for chapter in several for bar in chapter.bars}
    scored = {bar.section for chapter in several for bar in chapter.bars if bar.score is not None} or used
    page = template.stream(
        results=results,
        rubric=rubric,
        review=review,
        chapters=several,
        single=len(several) == 1,
        folded=len(several) > _OPEN_CHAPTERS,
        apart=bool(pages),
        home=home,
        instruments={card.name: card.instruments for card in results.cards},
        documents=[(document, names.get(document.name, ""), pages.get(document.name, "")) for document in results.documents],
        title=several[0].label if home else _title(results, words),
        used=[section for section in rubric.sections if section in used],
        scored=[section for section in rubric.sections if section in scored],
        Status=Status,
        status_words={status: words.gettext(said) for status, said in view.STATUS_WORDS.items()},
        meanings={status: words.gettext(said) for status, said in view.STATUS_MEANINGS.items()},
        limits=[words.gettext(limit) for limit in view.LIMITS],
        generator=_GENERATOR + results.run.package_version,
        style=style,
        script=script,
        style_hash=style_hash,
        script_hash=script_hash,
    )
    with path.open("wb") as file:
        page.dump(file, encoding="utf-8", errors="replace")


def _title(results: Results, words: Translation) -> str:
    if len(results.documents) == 1:
        return view.readable(results.documents[0].title or results.documents[0].name)
    countries = sorted({document.country for document in results.documents if document.country})
    count = words.ngettext("%(num)s document", "%(num)s documents", len(results.documents))
    if not countries:
        return count
    named = ", ".join(words.country(country) for country in countries)
    if len(countries) > 3:
        named = words.ngettext("%(num)s country", "%(num)s countries", len(countries))
    return f"{words.label(named)} {count}"


def _slugs(names: list[str]) -> dict[str, str]:
    """A name for the anchors of each: lower-case letters without accents, digits and hyphens; no two are the same."""
    result: dict[str, str] = {}
    for name in names:
        plain = unicodedata.normalize("NFKD", re.sub(r"\.\w{1,8}$", "", name)).encode("ascii", "ignore").decode()
        slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "document"
        number, unique = 1, slug
        while unique in result.values():
            number += 1
            unique = f"{slug}-{number}"
        result.setdefault(name, unique)
    return result


def _clear(folder: Path) -> None:
    """Remove the pages of an earlier report, and nothing that is not ours."""
    for path in folder.glob("*.html") if folder.is_dir() else ():
        with path.open("rb") as file:
            ours = f'name="generator" content="{_GENERATOR}'.encode() in file.read(2000)
        if ours:
            path.unlink()
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
