"""The corridor: sources -> ingest -> match -> score -> store and report. Nothing else joins the rooms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Any, TypeVar

from policyaudit import __version__, ingest, report, reviewing, store
from policyaudit.corpus import stems
from policyaudit.difference import Difference, between
from policyaudit.errors import UnreadableDocument
from policyaudit.ingest import picturing
from policyaudit.ingest.blocks import AS_USUAL
from policyaudit.ingest.blocks import Manner as Manner  # for the command line, which knows no room
from policyaudit.ingest.facts import expiry
from policyaudit.match import Matcher
from policyaudit.match.language import languages as known_languages
from policyaudit.model import Card, Document, Failure, Finding, Results, RunInfo, Source
from policyaudit.report import originals, readings
from policyaudit.rubric import Rubric
from policyaudit.score import assess, countries
from policyaudit.score.decisions import Decision, decide
from policyaudit.sections import Criterion

# And those that can where a page was read by text recognition.
RECOGNITION = ("onnxruntime", "rapidocr")

T = TypeVar("T")
Progress = Callable[[int, str], None]  # how many documents are done, the name of the next

# Those whose version can change a finding.
LIBRARIES = (
    "charset-normalizer",
    "lxml",
    "markdown-it-py",
    "py3langid",
    "pypdfium2",
    "simplemma",
    "spacy",
)


def audit(
    sources: Sequence[Source],
    rubric: Rubric,
    *,
    sections: Iterable[str] = (),
    failures: Iterable[Failure] = (),
    progress: Progress | None = None,
    manner: Manner = AS_USUAL,
    as_of: str | None = None,
) -> Results:
    """Assess every source against the rubric, or some of its sections; UsageError for a section it does not have.

    ``as_of``: the date of the audit in ISO 8601, by which a plan's period may have ended; None asks nothing of that.

    A file that cannot be read, or on which we fail ourselves, becomes a Failure and the run goes on; ``failures`` are those
    known before. Documents, cards and failures stand in the order of the sources, countries in that of their codes.
    """
    chosen = rubric.select(sections)
    matcher = Matcher(chosen)
    stem_of = stems(sources)
    documents: list[Document] = []
    cards: list[Card] = []
    failed = list(failures)
    for done, source in enumerate(sources):
        if progress:
            progress(done, source.name)
        outcome = assess_one(source, matcher, chosen, manner, as_of)
        if isinstance(outcome, Failure):
            failed.append(outcome)
        else:
            document, card = outcome
            documents.append(replace(document, stem=stem_of[source.name]))
            cards.append(card)
    card_of = {card.name: card for card in cards}
    united = list(countries(documents, lambda document: card_of[document.name], chosen, as_of))
    scanned = any(page.recognised is not None for document in documents for page in document.pages)
    info = made_with(rubric, chosen, as_of, scanned=scanned)
    return Results(info, chosen.as_data(), tuple(documents), tuple(cards), tuple(united), tuple(failed))


def made_with(rubric: Rubric, chosen: Rubric, as_of: str | None, *, scanned: bool) -> RunInfo:
    """What a run is made with. ``chosen``: the rubric, or some of its sections; ``scanned``: pages were read by recognition."""
    return RunInfo(
        rubric=rubric.head.id,
        rubric_version=rubric.head.version,
        rubric_sha256=rubric.sha256,
        package_version=__version__,
        libraries={name: metadata.version(name) for name in (*LIBRARIES, *(RECOGNITION if scanned else ()))},
        sections=tuple(section.id for section in chosen.sections) if chosen is not rubric else (),
        as_of=as_of,
    )


def assess_one(
    source: Source, matcher: Matcher, rubric: Rubric, manner: Manner = AS_USUAL, as_of: str | None = None
) -> tuple[Document, Card] | Failure:
    """One document and its scorecard, or why there is none."""
    return guarded(source, lambda: _assessed(source, matcher, rubric, manner, as_of))


def explain(
    source: Source, rubric: Rubric, criterion: Criterion, manner: Manner = AS_USUAL
) -> tuple[Finding, tuple[Decision, ...]] | Failure:
    """The finding on one criterion in one document, and how each of its elements was decided; or why there is none."""
    section = next(s for s in rubric.sections if criterion in s.criteria)
    one = replace(rubric, sections=(section.model_copy(update={"criteria": (criterion,)}),))

    def work() -> tuple[Finding, tuple[Decision, ...]]:
        document = ingest.read(source, manner)
        reading = Matcher(rubric).read(document)
        return assess(document, reading, one).findings[0], decide(criterion, document, reading, rubric)

    return guarded(source, work)


def read(source: Source, manner: Manner = AS_USUAL, as_of: str | None = None) -> Document | Failure:
    """One document as read, or why it cannot be; with ``as_of``, warned where its period had ended at that date."""
    return guarded(source, lambda: _read(source, manner, as_of))


def _read(source: Source, manner: Manner, as_of: str | None) -> Document:
    document = ingest.read(source, manner)
    told = expiry(document.facts, as_of) if as_of else None
    return replace(document, warnings=(*document.warnings, told)) if told else document


def _assessed(source: Source, matcher: Matcher, rubric: Rubric, manner: Manner, as_of: str | None) -> tuple[Document, Card]:
    document = _read(source, manner, as_of)
    return document, assess(document, matcher.read(document), rubric)


def guarded(source: Source, work: Callable[[], T]) -> T | Failure:
    """What the work gives, or the Failure that it ends in: one document must not take the others with it."""
    try:
        return work()
    except UnreadableDocument as reason:
        return Failure(source.name, str(reason), source.country)
    except OSError as fault:
        return Failure(source.name, f"cannot be read ({fault.strerror or fault})", source.country)
    except Exception as fault:  # the only broad one: one document must not take the others with it
        told = f"a fault of ours, please report: {type(fault).__name__}: {_line(fault)}"
        return Failure(source.name, told, source.country)


def _line(fault: Exception) -> str:
    return " ".join(str(fault).split())[:300]


def endings() -> tuple[str, ...]:
    """The endings of files that can be read, with their dot."""
    return ingest.endings()


def languages() -> tuple[str, ...]:
    """The languages whose grammar we know enough of to match in, by ISO 639-1 code."""
    return known_languages()


def forms() -> dict[str, str]:
    """The forms in which a document as read can be written, with the endings of their files."""
    return readings.forms()


def written(document: Document, form: str, *, language: str = "en") -> bytes:
    """A document as read in one of the ``forms``, what the program says of it in one of the ``report_languages``."""
    return readings.written(document, form, report.translation(language))


def formats() -> tuple[str, ...]:
    """The names of the report formats."""
    return tuple(report.formats())


def prepare(folder: Path) -> None:
    """See that a run can be written into the folder, before the work is done. Raises UsageError if not."""
    store.prepare(folder)


def report_languages() -> tuple[str, ...]:
    """The languages in which reports can be written, by ISO 639-1 code."""
    return report.languages()


def write(
    results: Results,
    folder: Path,
    names: Iterable[str],
    *,
    language: str = "en",
    sources: Path | None = None,
    pictures: bool = False,
    corpus: Path | None = None,
) -> tuple[Path, ...]:
    """Write the run folder and its reports into it, these in a language of ``report_languages``; the reports' paths. Raises
    UsageError where that cannot be done. ``sources``: the folder in which the documents stand under their names, which reports
    link to; ``pictures``: they also show passages as they look on their pages; ``corpus``: the folder that the documents are of,
    whose reviews.csv holds what reviewers decided. Reports show that; the run folder keeps what the machine said."""
    store.write(results, folder)
    reviewing.remember(folder, corpus)
    results = reviewing.applied(results, folder)
    return report.write(results, folder, names, language=language, originals=_originals(results, sources, pictures))


def left_over(folder: Path, names: Iterable[str]) -> tuple[Path, ...]:
    """Reports in a run folder that are of an earlier run: those of formats other than the ones just written."""
    others = [module for name, module in report.formats().items() if name not in set(names)]
    return tuple(path for module in others if (path := folder / str(module.FILENAME)).exists())


def rewrite(
    folder: Path,
    names: Iterable[str],
    out: Path,
    *,
    language: str = "en",
    sources: Path | None = None,
    pictures: bool = False,
    reviews: Path | None = None,
) -> tuple[Path, ...]:
    """Make the reports of a run folder again into ``out``, with what reviewers decided (the file ``reviews``, or as
    ``reviewing`` finds it); their paths. ``sources`` and ``pictures`` as in ``write``."""
    results = reviewing.load(folder, reviews)
    return report.write(results, out, names, language=language, originals=_originals(results, sources, pictures))


def _originals(results: Results, sources: Path | None, pictures: bool) -> report.Originals:
    """What reports link to and show; pictures only as many as a report carries."""
    if sources is None or not pictures:
        return report.Originals(sources)
    by_name = {document.name: document for document in results.documents}
    cut: dict[tuple[str, int, int], bytes] = {}
    total = 0
    for name, passages in originals.worth_showing(results).items():
        for evidence, png in picturing.pictures(by_name[name], sources, passages) if name in by_name else ():
            total += len(png)
            if total > originals.BYTES:
                return report.Originals(sources, cut)
            cut[name, evidence.start, evidence.end] = png
    return report.Originals(sources, cut)


def difference(before: Path, after: Path) -> Difference:
    """What the run in one folder says otherwise than that in another. Raises UsageError where one holds no run."""
    return between(store.load(before), store.load(after))


def schema() -> dict[str, Any]:
    """JSON Schemas of the files of a run folder."""
    return store.schema()
