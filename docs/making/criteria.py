"""The pages of the criteria, written from the rubric while the site is built (a hook of MkDocs; see mkdocs.yml).

Each page shows examples from the rubric's cases with what the program says of them. The program is run for it; where it says
otherwise than the case, the site is not built.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from policyaudit import rubricfolder
from policyaudit.match import Matcher
from policyaudit.model import Failure, Finding
from policyaudit.rubric import Case, Rubric
from policyaudit.rubriccases import assess_cases, faults_of
from policyaudit.sections import Criterion, CriterionTexts, Section

KINDS = {
    "law": "laws",
    "action_plan": "action plans",
    "budget": "budgets",
    "operational_policy": "operational policies",
    "code_of_conduct": "codes of conduct",
}
STATUSES = {
    "met": "met",
    "partly": "partly met",
    "not_found": "not found",
    "contradicted": "contradicted",
    "not_applicable": "not applicable",
    "unscored": "not assessed",
}
CHECKED = {"read": "", "partly": "read in part", "known": "not read for this rubric, so cited without a place"}


@dataclass(frozen=True)
class Example:
    """A case as its page shows it, with what the program says of it."""

    head: str
    case: Case
    finding: Finding


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the sections and criteria into the navigation."""
    rubric = _rubric(config)
    for entry in config.nav or ():
        if "Criteria" in entry:
            entry["Criteria"] = ["criteria/index.md", *({_head(s): _entries(s)} for s in rubric.sections)]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the page of each criterion, the index of each section and the index of all."""
    rubric = _rubric(config)
    languages = [code for code in config.extra["example_languages"].split() if code in rubric.cases]
    examples = _examples(rubric, languages)
    template = _templates()
    shared = {"rubric": rubric, "statuses": STATUSES, "kinds": KINDS, "checked": CHECKED, "language": _language}
    for section in rubric.sections:
        for criterion in section.criteria:
            mine = [(code, _texts(rubric, criterion, code), examples[criterion.id, code]) for code in languages]
            page = template("criterion", **shared, section=section, criterion=criterion, examples=mine)
            files.append(File.generated(config, f"criteria/{criterion.id}.md", content=page))
        page = template("section", **shared, section=section)
        files.append(File.generated(config, f"criteria/{section.id}.md", content=page))
    files.append(File.generated(config, "criteria/index.md", content=template("criteria", **shared)))
    return files


def on_post_page(output: str, **_: object) -> str:
    """Name the search for screen readers; the theme leaves it without."""
    head = 'data-md-component="search" role="dialog"'
    return output.replace(head, f'{head} aria-label="Search"')


def _rubric(config: MkDocsConfig) -> Rubric:
    return _loaded(config.extra["rubric"])


@cache
def _loaded(name: str) -> Rubric:
    return rubricfolder.load(rubricfolder.find(name))


def _head(section: Section) -> str:
    return f"{section.id} {section.title}"


def _entries(section: Section) -> list[Any]:
    return [f"criteria/{section.id}.md", *({f"{c.id} {c.title}": f"criteria/{c.id}.md"} for c in section.criteria)]


def _language(code: str) -> str:
    return Locale.parse(code).get_language_name("en") or code


def _texts(rubric: Rubric, criterion: Criterion, code: str) -> CriterionTexts:
    """The criterion in the language of an example, as far as it is translated."""
    translated = rubric.texts.get(code)
    return translated.criteria.get(criterion.id, CriterionTexts()) if translated else CriterionTexts()


# ---------------------------------------------------------------- examples


def _examples(rubric: Rubric, languages: Sequence[str]) -> Mapping[tuple[str, str], list[Example]]:
    """By criterion and language. Raises PluginError where the program says otherwise than a case."""
    chosen = [(code, head, case) for code in languages for key in rubric.criteria for head, case in _chosen(rubric, key, code)]
    outcomes = assess_cases([(code, case) for code, _, case in chosen], Matcher(rubric), rubric)
    examples: dict[tuple[str, str], list[Example]] = {(key, code): [] for key in rubric.criteria for code in languages}
    for (code, head, case), outcome in zip(chosen, outcomes, strict=True):
        faults = faults_of(case, outcome)
        if faults or isinstance(outcome, Failure):
            raise PluginError(f"{case.criterion} ({code}): the program says otherwise than the case: {'; '.join(faults)}")
        examples[case.criterion, code].append(Example(head, case, outcome[1].findings[0]))
    return examples


def _chosen(rubric: Rubric, criterion: str, code: str) -> Iterator[tuple[str, Case]]:
    """The case with the most elements, one that looks alike and does not count, and one that says the opposite."""
    cases = [case for case in rubric.cases[code] if case.criterion == criterion]
    if found := sorted((c for c in cases if c.found), key=lambda c: -len(c.found)):
        yield "A text that says it", found[0]
    nothing = [c for c in cases if c.not_found and not c.found and not c.contradicted]
    if unlike := sorted(nothing, key=lambda c: not c.why):
        yield "A text that does not", unlike[0]
    if opposite := [c for c in cases if c.contradicted]:
        yield "A text that says the opposite", opposite[0]


# ---------------------------------------------------------------- writing


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["plain"] = _plain
    environment.filters["verbatim"] = html.escape
    return environment


def _templates() -> Any:
    return lambda name, **values: _environment().get_template(f"{name}.md.jinja").render(**values)


def _plain(text: str) -> str:
    """Text on one line, as Markdown in which no sign has a meaning of its own."""
    return re.sub(r"[&<>\\`*_{}\[\]#|~!$^]", lambda sign: f"&#{ord(sign.group())};", " ".join(text.split()))
