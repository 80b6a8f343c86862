"""A rubric from its folder, with every fault that can be told before a document is read."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from policyaudit.datafile import Place, load_placed
from policyaudit.errors import UsageError
from policyaudit.rubric import CASES, CONCEPTS, CONDITIONS, TERMS, Head, Rubric
from policyaudit.sections import Criterion, HeadTexts, Section, SectionTexts, Translated


def shipped() -> Path:
    """The folder of the rubrics that come with the package: in the wheel, or in a checkout."""
    inside = Path(str(resources.files("policyaudit"))) / "rubrics"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "rubrics"


DEFAULT = "un-women-security-sector"


def find(name: str) -> Path:
    """The folder of a rubric, by path or by the id of one that is shipped. Raises UsageError with those there are."""
    path = Path(name)
    if (path / "rubric.yaml").is_file():
        return path
    if (shipped() / name / "rubric.yaml").is_file():
        return shipped() / name
    have = ", ".join(sorted(p.parent.name for p in shipped().glob("*/rubric.yaml")))
    raise UsageError(f"--rubric {name}: neither a folder with a rubric.yaml nor the id of a rubric; there are: {have}")


def load(folder: Path) -> Rubric:
    """The rubric in a folder. Raises UsageError with every fault found, one line each: file, line, what is permitted."""
    faults: list[str] = []
    places: dict[Place, str] = {}

    def attempt(path: Path, shape: Any, *root: str | int, first: int = 0) -> Any:
        """The file's data; its places go under ``root``, the positions of a list counted from ``first``."""
        try:
            data, lines = load_placed(path, shape)
        except UsageError as error:
            faults.extend(str(error).splitlines())
            return None
        for place, line in lines.items():
            head, rest = place[:1], place[1:]
            if root and head and isinstance(head[0], int):
                head = (head[0] + first,)
            places[(*root, *head, *rest)] = f"{path}:{line}"
        return data

    def merged(pattern: str, shape: Any, *root: str) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for path in sorted(folder.glob(pattern)):
            before = {key: places[(*root, key)] for key in result}
            for key, value in (attempt(path, shape, *root) or {}).items():
                if key in before:
                    faults.append(f"{places[(*root, key)]}: {key} stands in {before[key]} already")
                else:
                    result[key] = value
        return result

    def in_order(pattern: str, shape: Any, *root: str) -> list[Any]:
        result: list[Any] = []
        for path in sorted(folder.glob(pattern)):
            result += attempt(path, shape, *root, first=len(result)) or ()
        return result

    head = attempt(folder / "rubric.yaml", Head, "rubric")
    files = sorted(folder.glob("sections/*.yaml"))
    sections = [attempt(path, Section, "sections", number) for number, path in enumerate(files)]
    concepts = merged("concepts/*.yaml", CONCEPTS, "concepts")
    conditions = merged("conditions/*.yaml", CONDITIONS, "conditions")
    spoken = sorted(path.name for path in folder.glob("terms/*") if path.is_dir())
    terms = {language: merged(f"terms/{language}/*.yaml", TERMS, "terms", language) for language in spoken}
    tried = sorted(path.name for path in folder.glob("cases/*") if path.is_dir())
    cases = {language: tuple(in_order(f"cases/{language}/*.yaml", CASES, "cases", language)) for language in tried}
    texts: dict[str, Translated] = {}
    for language in sorted(path.name for path in folder.glob("texts/*") if path.is_dir()):
        at = folder / "texts" / language
        own = attempt(at / "rubric.yaml", HeadTexts, "texts", language, "rubric") if (at / "rubric.yaml").is_file() else None
        several = [
            attempt(path, SectionTexts, "texts", language, path.stem)
            for path in sorted(at.glob("*.yaml"))
            if path.name != "rubric.yaml"
        ]
        texts[language] = Translated(own or HeadTexts(), tuple(section for section in several if section))
    if head and not faults:
        rubric = Rubric(folder, head, tuple(sections), concepts, conditions, terms, cases, digest(folder), texts, places)
        faults += cross_check(rubric)
        if not faults:
            return rubric
    raise UsageError("\n".join(faults))


def digest(folder: Path) -> str:
    """One hash over the rubric's files, their names and contents in order; line ends do not count. What can change no finding
    is left out: cases, and texts in other languages."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml"), key=lambda p: p.relative_to(folder).as_posix()):
        if path.relative_to(folder).parts[0] not in ("cases", "texts"):
            total.update(path.relative_to(folder).as_posix().encode())
            total.update(hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).digest())
    return total.hexdigest()


def cross_check(rubric: Rubric) -> list[str]:
    """Faults that no single file shows: names used that are nowhere defined, and the reverse. One line each, with its place."""
    faults = [*_sections(rubric), *_concepts(rubric), *_conditions(rubric), *_unspoken(rubric), *_cases(rubric)]
    for language in rubric.terms:
        faults += _terms(rubric, language)
    for language in rubric.texts:
        faults += _texts(rubric, language)
    return list(dict.fromkeys(faults))


def _sections(rubric: Rubric) -> Iterator[str]:
    seen: dict[str, str] = {}
    for number, section in enumerate(rubric.sections):
        for index, criterion in enumerate(section.criteria):
            place = ("sections", number, "criteria", index)
            where = f"{rubric.place(*place)}: {criterion.id}"
            if criterion.id in seen:
                yield f"{where}: the id stands in {seen[criterion.id]} already"
            seen.setdefault(criterion.id, rubric.place(*place))
            if criterion.id.split(".")[0] != section.id:
                yield f"{where}: stands in section {section.id}"
            for position, source in enumerate(criterion.sources):
                if source.work not in rubric.head.works:
                    line = rubric.place(*place, "sources", position)
                    yield f"{line}: {criterion.id}: source {source.work!r} is not among the works of rubric.yaml"
    for name, subject in rubric.head.subjects.items():
        for key, concepts in (
            ("concepts", subject.concepts),
            ("headings", subject.headings),
            ("title", subject.title),
            ("unless_title", subject.unless_title),
            ("unless_said", subject.unless_said),
        ):
            for concept in concepts:
                if concept not in rubric.concepts:
                    yield _no_concept(rubric, concept, f"subject {name}", "rubric", "subjects", name, key)
    duties = rubric.head.duties
    for concept in (*(actor.concept for actor in duties.actors), *duties.deadlines):
        if concept not in rubric.concepts:
            yield _no_concept(rubric, concept, "duties", "rubric", "duties")
    if duties.subject not in {*rubric.head.subjects, "any"}:
        yield f"{rubric.place('rubric', 'duties', 'subject')}: duties: subject {duties.subject!r} is not among the subjects"
    for unknown in sorted({*rubric.head.guidance.core, *rubric.head.guidance.questions} - {s.id for s in rubric.sections}):
        yield f"{rubric.place('rubric', 'guidance')}: guidance: the rubric has no section {unknown!r}"
    for unknown in sorted({*rubric.head.guidance.look_if_absent} - {s.id for s in rubric.sections} - {*rubric.criteria}):
        yield f"{rubric.place('rubric', 'guidance', 'look_if_absent')}: guidance: the rubric has no criterion {unknown!r}"


def _concepts(rubric: Rubric) -> Iterator[str]:
    for name, concept in rubric.concepts.items():
        for below in concept.includes:
            if below not in rubric.concepts:
                yield _no_concept(rubric, below, f"{name}.includes", "concepts", name, "includes")


def _conditions(rubric: Rubric) -> Iterator[str]:
    subjects = {*rubric.head.subjects, "any"}
    for key, conditions in rubric.conditions.items():
        if key not in rubric.criteria:
            yield f"{rubric.place('conditions', key)}: {key}: the rubric has no such criterion{_near(key, rubric.criteria)}"
            continue
        known = {*rubric.criteria[key].elements, *rubric.criteria[key].contradicted_by}
        asked: list[tuple[str | None, Place]] = [(conditions.subject, ("conditions", key, "subject"))]
        for element in (*conditions.found_when, *conditions.manual):
            part = "found_when" if element in conditions.found_when else "manual"
            if element not in known:
                where = f"{rubric.place('conditions', key, part, element)}: {key}.{element}"
                yield f"{where}: no such element; permitted: {', '.join(sorted(known))}"
        for element, several in conditions.found_when.items():
            for index, condition in enumerate(several):
                place = ("conditions", key, "found_when", element, index)
                asked.append((condition.subject, (*place, "subject")))
                for name in sorted(condition.concepts - set(rubric.concepts)):
                    yield _no_concept(rubric, name, f"{key}.{element}", *place)
        for subject, at in asked:
            if subject and subject not in subjects:
                permitted = ", ".join(sorted(subjects))
                yield f"{rubric.place(*at)}: {key}: subject {subject!r} is not permitted; permitted: {permitted}"


def _terms(rubric: Rubric, language: str) -> Iterator[str]:
    for name, wording in rubric.terms[language].items():
        if name not in rubric.concepts:
            yield _no_concept(rubric, name, "terms", "terms", language, name)
        for index, term in enumerate(wording.terms):
            if not isinstance(term, str) and term.anchor not in rubric.concepts:
                yield _no_concept(rubric, term.anchor, f"{name}: anchor", "terms", language, name, "terms", index)


def _unspoken(rubric: Rubric) -> Iterator[str]:
    """Concepts in use that no language says. Those that only some languages lack are no fault: see ``Rubric.scorable``."""
    spoken = frozenset[str]().union(*(rubric.speakable(language) for language in rubric.terms))
    for name, place in _used(rubric).items():
        if name in rubric.concepts and name not in spoken:
            yield f"{rubric.place(*place)}: concept {name!r} is used here and has no terms in any language"


def _used(rubric: Rubric) -> dict[str, Place]:
    """The concepts that conditions and subjects name, each with the first place that does."""
    used: dict[str, Place] = {}
    for key, conditions in rubric.conditions.items():
        for element, several in conditions.found_when.items():
            for index, condition in enumerate(several):
                for name in sorted(condition.concepts):
                    used.setdefault(name, ("conditions", key, "found_when", element, index))
    for subject, described in rubric.head.subjects.items():
        for name in (*described.concepts, *described.title, *described.unless_title, *described.unless_said):
            used.setdefault(name, ("rubric", "subjects", subject))
    return used


def _cases(rubric: Rubric) -> Iterator[str]:
    for language, cases in rubric.cases.items():
        for number, case in enumerate(cases):
            where = f"{rubric.place('cases', language, number)}: {case.criterion}"
            criterion = rubric.criteria.get(case.criterion)
            if criterion is None:
                yield f"{where}: the rubric has no such criterion{_near(case.criterion, rubric.criteria)}"
                continue
            if case.kind not in criterion.applies_to:
                yield f"{where}: kind {case.kind} cannot carry it; permitted: {', '.join(criterion.applies_to)}"
            for name in {*case.found, *case.not_found} - set(criterion.elements):
                yield f"{where}: no such element {name!r}; permitted: {', '.join(criterion.elements)}"
            for name in {*case.contradicted, *case.not_contradicted} - set(criterion.contradicted_by):
                yield f"{where}: no such opposite {name!r}; permitted: {', '.join(criterion.contradicted_by) or 'none'}"


def _texts(rubric: Rubric, language: str) -> Iterator[str]:
    """Texts of what the rubric does not have. Those that are missing are no fault: see ``untranslated``."""
    sections = {section.id for section in rubric.sections}
    for section in rubric.texts[language].sections:
        if section.id not in sections:
            yield f"{rubric.place('texts', language, section.id)}: {section.id}: the rubric has no such section"
        for key, own in section.criteria.items():
            where = f"{rubric.place('texts', language, section.id, 'criteria', key)}: {key}"
            criterion = rubric.criteria.get(key)
            if criterion is None:
                yield f"{where}: the rubric has no such criterion{_near(key, rubric.criteria)}"
                continue
            for part, known in _named(rubric, criterion):
                for name in sorted(set(getattr(own, part)) - set(known)):
                    yield f"{where}: {part}: nothing is called {name!r}; permitted: {', '.join(known) or 'none'}"


def _named(rubric: Rubric, criterion: Criterion) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The texts of a criterion that go by a letter, by the name of their part."""
    yield "elements", criterion.elements
    yield "contradicted_by", criterion.contradicted_by
    yield "questions", rubric.conditions[criterion.id].manual if criterion.id in rubric.conditions else {}


def untranslated(rubric: Rubric, language: str) -> list[str]:
    """What reports in a language print in English: "A1.03", or "A1.03 (advice, elements c)" where only some of it is missing."""
    missing = []
    for key, criterion in rubric.criteria.items():
        own = rubric.texts[language].criteria.get(key)
        if own is None:
            missing.append(key)
            continue
        lacking = [part for part in ("title", "requirement", "why", "passing", "failing", "advice") if not getattr(own, part)]
        for part, known in _named(rubric, criterion):
            names = [name for name in known if name not in getattr(own, part)]
            lacking += [f"{part} {' '.join(names)}"] if names else []
        missing += [f"{key} ({', '.join(lacking)})"] if lacking else []
    return missing


def _no_concept(rubric: Rubric, name: str, what: str, *place: str | int) -> str:
    return f"{rubric.place(*place)}: {what}: {name!r} is no concept of {rubric.folder / 'concepts'}{_near(name, rubric.concepts)}"


def _near(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""
