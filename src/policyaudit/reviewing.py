"""The corridor of ``policyaudit review``: a run and what reviewers say of it -> reviews.csv -> the results that reports show.

Decisions stand in ``reviews.csv`` of the corpus that the run was made of, beside its manifest.csv, so that the next run finds
them; where there is no such folder or it cannot be written, in the run's own. A run folder keeps what the machine said:
decisions are applied when reports are made.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from policyaudit import reviewfile, store
from policyaudit.corpus.manifest import MANIFEST, read_table
from policyaudit.errors import UsageError
from policyaudit.looking import ToReview, Why, everything, summary, worth_a_look
from policyaudit.model import Card, Decision, Document, Results, Review
from policyaudit.places import is_local, put
from policyaudit.report import reviewbook
from policyaudit.reviews import FOUND, NOT_FOUND, asked, machine_said, meant, shown_hash, text_hash
from policyaudit.score import quoting, reviewed
from policyaudit.score.ground import ground

MOST = reviewbook.MOST  # rows of a workbook
CORPUS = "corpus.json"  # in a run folder: where its corpus is, as seen from there
_UNPLACED = ("sheet", "row", "document", "criterion", "element", "decision", "reason", "quotation", "place", "why", "nearest")
NO_DOCUMENT = "the run has no document"
_LISTED = 20  # names of what a run holds
_PLACES = 5  # named where a quotation stands in more
_CHOICES = tuple(decision.replace("_", " ") for decision in Decision)
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A row that was not taken: why, and the nearest passage where its quotation is not in the text."""

    entry: reviewbook.Entry
    why: str
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a workbook. ``unplaced_in``: the file that keeps what was not taken, None where all was."""

    path: Path
    taken: tuple[Review, ...]
    fresh: int  # of them, those that reviews.csv did not hold yet
    unplaced: tuple[Unplaced, ...]
    unplaced_in: Path | None
    silent: int  # of those taken: they overrule the machine without a reason or a quotation
    replaced: int = 0  # decisions of the same reviewer that said otherwise before
    replaced_in: Path | None = None  # the file that keeps them, None where there are none
    unsettled: int = 0  # of those taken: on elements on which others disagree, and not final


def remember(run: Path, corpus: Path | None) -> None:
    """Note in a run folder which corpus folder it was made of; None is of none. Raises UsageError where it cannot be written."""
    if not is_local(run):
        return
    try:
        if corpus is None or not is_local(corpus):
            (run / CORPUS).unlink(missing_ok=True)
            return
        try:
            told = os.path.relpath(corpus.resolve(), run.resolve())
        except ValueError:  # on another drive
            told = str(corpus.resolve())
        put(run / CORPUS, (json.dumps({"corpus": Path(told).as_posix()}) + "\n").encode())
    except OSError as fault:
        raise UsageError(f"{run / CORPUS}: cannot be written ({fault.strerror})") from None


def kept(run: Path, reviews: Path | None = None) -> list[Review]:
    """The decisions on the documents of a run: of its corpus and of the run folder, or those of the file ``reviews``. Raises
    UsageError where a file is damaged, or ``reviews`` is not there."""
    if reviews is not None and not reviews.is_file():
        raise UsageError(f"{reviews}: no such file; policyaudit review import writes it")
    several = [reviews] if reviews is not None else _files(run)
    found: list[Review] = []
    for path in several:
        if path.is_file():
            found = reviewfile.merged(found, _read(path))
    return found


def _read(path: Path) -> list[Review]:
    if path.suffix.lower() in (".xlsx", ".ods", ".xls"):
        raise UsageError(f"{path}: a workbook, not a file of decisions; policyaudit review import takes it in")
    table = read_table(path)
    return reviewfile.read(table.head, table.rows, path)


def legible(corpus: Path | None) -> None:
    """Raises UsageError where the decisions on a corpus cannot be read: said before the work, not after it."""
    if corpus is not None and is_local(corpus) and (corpus / reviewfile.FILENAME).is_file():
        _read(corpus / reviewfile.FILENAME)


def astray(run: Path) -> str:
    """Where the corpus of a run should stand, with its decisions, and does not, as after the run folder was moved; "" else."""
    folder = _named(run)
    return str(folder) if folder is not None and not folder.is_dir() else ""


def applied(results: Results, run: Path, reviews: Path | None = None) -> Results:
    """The results with the decisions of reviewers; as they are where there are none."""
    return reviewed.apply(results, kept(run, reviews))


def countries(run: Path) -> Iterator[Card]:
    """The cards of the countries of a run one by one, with the decisions of reviewers; the documents are opened only where there
    are any."""
    yield from load(run).countries if kept(run) else store.roll_ups(run)


def told(results: Results, run: Path) -> Mapping[str, int]:
    """How many decisions hold in a run, overrule the machine, are disputed and must be made again; empty where there are none."""
    reviews = kept(run)
    return summary(reviewed.apply(results, reviews)) if reviews else {}


def load(run: Path, reviews: Path | None = None) -> Results:
    """The results of a run folder with the decisions of reviewers."""
    return applied(store.load(run), run, reviews)


@dataclass(frozen=True, slots=True)
class Only:
    """What a workbook is restricted to; all of it, where nothing is given."""

    country: str | None = None  # ISO 3166-1 alpha-3
    documents: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    why: tuple[Why, ...] = ()  # rows that are there for one of these reasons


def export(
    run: Path,
    out: Path,
    *,
    language: str = "en",
    reviewer: str | None = None,
    all_rows: bool = False,
    reviews: Path | None = None,
    only: Only = Only(),
) -> tuple[ToReview, ...]:
    """Write the workbook of what still needs a look (of all elements, with ``all_rows``); its rows. With a ``reviewer`` it leaves
    out what that one has decided and shows nothing of what others have: two who are to agree must judge apart. Raises UsageError
    where it cannot be written, names what the run does not hold, or would have more than MOST rows."""
    known = kept(run, reviews)
    _one_spelling(reviewer or "", known)
    results = reviewed.apply(store.load(run), [one for one in known if reviewer in (None, one.reviewer)])
    several = everything(results) if all_rows else worth_a_look(results)
    chosen = _restricted(several, results, only)
    if len(chosen) > MOST:
        hint = "restrict it with --country, --document, --section or --why sample"
        raise UsageError(f"{len(chosen):,} rows are too many for one workbook ({MOST:,}); {hint}")
    reviewbook.write(results, chosen, out, language)
    return chosen


def _restricted(several: tuple[ToReview, ...], results: Results, only: Only) -> tuple[ToReview, ...]:
    country = {document.name: document.country for document in results.documents}
    held: dict[str, set[str | None]] = {"--country": set(country.values()), "--document": set(country)}
    held["--section"] = {finding.criterion.split(".")[0] for card in results.cards for finding in card.findings}
    asked_for = {"--country": (only.country,) if only.country else (), "--document": only.documents, "--section": only.sections}
    for option, names in asked_for.items():
        for name in names:
            if name not in held[option]:
                several_held = sorted(one for one in held[option] if one)
                more = ", ..." if len(several_held) > _LISTED else ""
                raise UsageError(f"{option} {name}: not in this run, which has {', '.join(several_held[:_LISTED])}{more}")
    return tuple(
        one
        for one in several
        if only.country in (None, country[one.document])
        and (not only.documents or one.document in only.documents)
        and (not only.sections or one.criterion.split(".")[0] in only.sections)
        and (not only.why or not set(only.why).isdisjoint(one.why))
    )


def take_in(workbook: Path, run: Path, *, reviewer: str, date: str, reviews: Path | None = None, final: bool = False) -> Imported:
    """Read a reviewer's workbook into reviews.csv. ``date``: of the decisions, ISO 8601; ``final``: they settle what reviewers
    disagreed on. Raises UsageError where nothing can be read or written; what cannot be placed is no error."""
    results = store.load(run)
    entries = reviewbook.read(workbook)
    path = reviews or _where(run)
    known = kept(run) if reviews is None else kept(run, reviews) if reviews.is_file() else []
    _one_spelling(reviewer, known)
    placer = _Placer(results, reviewer, date, final)
    taken: dict[Key, Review] = {}
    rows: dict[Key, reviewbook.Entry] = {}
    unplaced: list[Unplaced] = []
    for entry in entries:
        one = placer.place(entry)
        if isinstance(one, Unplaced):
            unplaced.append(one)
        elif one.key in taken and taken[one.key] != one:
            other = rows[one.key]
            unplaced.append(Unplaced(entry, f"row {other.row} of sheet {other.sheet!r} says otherwise of the same element"))
        else:
            taken[one.key], rows[one.key] = one, entry
    after = reviewfile.merged(known, taken.values())
    before = {(*one.key, one.reviewer, one.final): one for one in known}
    now = {(*one.key, one.reviewer, one.final): one for one in after}
    replaced = [one for key, one in before.items() if _gone(one, now[key])]
    old = workbook.with_name(f"{workbook.stem}-replaced.csv")
    if replaced:
        _put(old, reviewfile.written([*(_read(old) if old.is_file() else []), *replaced]))
    if taken:
        _put(path, reviewfile.written(after))
    beside = workbook.with_name(f"{workbook.stem}-unplaced.csv")
    if unplaced:
        _put(beside, reviewfile.as_csv(_UNPLACED, map(_row, unplaced)))
    else:
        _drop(beside)  # that of an import before, of which all is placed now
    fresh = len(set(after) - set(known))
    silent = sum(_silent(review) for review in taken.values())
    kept_in = beside if unplaced else None
    told = old if replaced else None
    open_still = 0 if final else _disputed(taken, known)
    return Imported(path, tuple(taken.values()), fresh, tuple(unplaced), kept_in, silent, len(replaced), told, open_still)


# ---------------------------------------------------------------- one row


class _Placer:
    """Makes decisions of rows, each judged against the machine's own results."""

    def __init__(self, results: Results, reviewer: str, date: str, final: bool) -> None:
        self._by = {"reviewer": reviewer, "date": date, "rubric_version": results.run.rubric_version, "final": final}
        self._asked = asked(results.rubric)
        self._documents = {document.name: document for document in results.documents}
        self._hashes = {document.name: text_hash(document.text) for document in results.documents}
        self._findings = {card.name: {one.criterion: one for one in card.findings} for card in results.cards}
        self._letters: dict[str, quoting.Letters] = {}

    def place(self, entry: reviewbook.Entry) -> Review | Unplaced:
        document = self._document(entry)
        if document is None:
            return Unplaced(entry, f"{NO_DOCUMENT} {entry.document!r}")
        finding = self._findings[document.name].get(entry.criterion)
        question = self._asked.get((entry.criterion, entry.element))
        if finding is None or question is None:
            return Unplaced(entry, f"the run has no element {entry.criterion} {entry.element}".rstrip())
        if entry.decision is None:
            why = f"“{entry.said}” is no decision" if entry.said else "no decision was chosen"
            return Unplaced(entry, f"{why}; choose one from the list of the cell ({', '.join(_CHOICES)})")
        state, evidence = machine_said(finding, entry.element)
        best = evidence[0].quote if evidence else ""
        if entry.decision is Decision.AGREE and state not in (FOUND, NOT_FOUND, "contradicted"):
            return Unplaced(entry, "the machine decided nothing here that could be agreed with; decide it yourself")
        changed = self._changed(entry, document, state, best)
        if changed:
            return Unplaced(entry, changed)
        quotation, place = "", entry.place
        if entry.quotation:
            found = self._found(document, entry)
            if isinstance(found, Unplaced):
                return found
            quotation, place = found
        why = _wanting(entry, state, quotation)
        if why:
            return Unplaced(entry, why)
        review = Review(
            document.name,
            entry.criterion,
            entry.element,
            entry.decision,
            entry.reason,
            quotation,
            place,
            text_hash=self._hashes[document.name],
            machine=state,
            machine_quotation=best,
            **self._by,  # type: ignore[arg-type]
        )
        return replace(review, ground=ground(review, question, finding, document))

    def _document(self, entry: reviewbook.Entry) -> Document | None:
        if entry.document in self._documents or not entry.text:
            return self._documents.get(entry.document)
        same = [name for name, digest in self._hashes.items() if digest.startswith(entry.text)]
        return self._documents[same[0]] if len(same) == 1 else None

    def _changed(self, entry: reviewbook.Entry, document: Document, state: str, best: str) -> str:
        """Why a decision made on another state of this run is none on this one; "" where it is. One that brings a quotation of
        its own stands on that."""
        if not entry.shown or (entry.quotation and entry.decision in (Decision.FOUND, Decision.CONTRADICTED)):
            return ""
        if entry.shown != shown_hash(state, best):
            return "the machine's finding is another one than the workbook shows; export it again"
        absent = entry.decision is Decision.NOT_FOUND or (entry.decision is Decision.AGREE and state == NOT_FOUND)
        if absent and not self._hashes[document.name].startswith(entry.text):
            return "the text is another one than when the workbook was made; export it again"
        return ""

    def _found(self, document: Document, entry: reviewbook.Entry) -> tuple[str, str] | Unplaced:
        """The quotation as the text has it, and its place."""
        if document.name not in self._letters:
            self._letters = {document.name: quoting.Letters(document.text)}  # rows mostly come document by document
        spans = self._letters[document.name].places(entry.quotation)
        if not spans:
            near = quoting.nearest(document, entry.quotation)
            told = f"{near.place}: {near.quote}" if near and near.place else near.quote if near else ""
            return Unplaced(entry, "the quotation is not in the text of the document", told)
        several = {one.place: one for one in reversed([quoting.cited(document, start, end) for start, end in spans])}
        named = [one for one in several.values() if _same(one.place, entry.place)]
        named = named or [
            one for one in several.values() if _numbers(entry.place) and _numbers(one.place) == _numbers(entry.place)
        ]
        if len(several) > 1 and len(named) != 1:
            first = ", ".join(list(several)[::-1][:_PLACES])
            more = f" and {len(several) - _PLACES} more" if len(several) > _PLACES else ""
            return Unplaced(entry, f"the quotation stands in several places ({first}{more}); quote more, or name its place so")
        one = named[0] if named else next(iter(several.values()))
        return one.quote, one.place


def _same(place: str, named: str) -> bool:
    return bool(named) and "".join(place.split()).casefold() == "".join(named.split()).casefold()


def _numbers(place: str) -> list[str]:
    """What is left of a place when "art." and "section" are the same: "s. 10(8)(a)" -> 10, 8, a."""
    parts = re.findall(r"\w+", place.casefold())
    return [part for part in parts if part[0].isdigit() or (len(part) == 1 and part != parts[0])]


def _wanting(entry: reviewbook.Entry, state: str, quotation: str) -> str:
    """What a decision lacks; "" where nothing. One that says "found" against the machine must show it, or say why it cannot."""
    if entry.decision is Decision.CONTRADICTED and state != "contradicted" and not quotation:
        return "a contradiction needs the quotation that states it"
    if entry.decision is Decision.FOUND and state != FOUND and not quotation and not entry.reason:
        return "found, but neither a quotation nor a reason why there is none"
    return ""


def _one_spelling(reviewer: str, known: Iterable[Review]) -> None:
    """Raises UsageError where a reviewer has decided before under a name that differs in case or spaces only: the two would be
    taken for two persons, who agree."""
    names = {one.reviewer for one in known}
    alike = min((name for name in names if _same(name, reviewer)), default="")
    if alike and reviewer not in names:
        raise UsageError(f"--reviewer {reviewer}: there are decisions of {alike}; write it so, or take initials of your own")


def _disputed(keys: Iterable[Key], known: Iterable[Review]) -> int:
    """On how many of the elements reviewers had disagreed before, and nobody had settled it."""
    several: dict[Key, list[Review]] = {key: [] for key in keys}
    for one in known:
        if one.key in several:
            several[one.key].append(one)
    return sum(bool(reviewed.settled(of)[1]) for of in several.values() if of)


def _gone(old: Review, new: Review) -> bool:
    """Whether something that was decided, or said for it, would stand nowhere any more after the new decision."""
    said = ((old.reason, new.reason), (old.quotation, new.quotation))
    return old.decision != new.decision or any(before and before != after for before, after in said)


def _silent(review: Review) -> bool:
    return meant(review).value != review.machine and not review.reason and not review.quotation


# ---------------------------------------------------------------- files


def _files(run: Path) -> list[Path]:
    """Where the decisions on a run are looked for."""
    corpus = _corpus(run)
    return [folder / reviewfile.FILENAME for folder in (*([corpus] if corpus else []), run)]


def _where(run: Path) -> Path:
    """Where new decisions on a run go."""
    corpus = _corpus(run)
    writable = corpus is not None and os.access(corpus, os.W_OK)
    return (corpus if corpus is not None and writable else run) / reviewfile.FILENAME


def _corpus(run: Path) -> Path | None:
    """The folder of the corpus that a run was made of; None where that is not known, or no manifest is there: what stands in a
    run folder must not have us write into any folder."""
    folder = _named(run)
    return folder if folder is not None and (folder / MANIFEST).is_file() else None


def _named(run: Path) -> Path | None:
    """The folder that a run folder names as its corpus; None where it names none."""
    try:
        told = json.loads((run / CORPUS).read_text(encoding="utf-8"))["corpus"]
        return Path(os.path.normpath(run.resolve() / str(told)))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _put(path: Path, data: bytes) -> None:
    try:
        put(path, data)
    except OSError as fault:
        raise UsageError(f"{path}: cannot be written ({fault.strerror}); close it if it is open") from None


def _drop(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as fault:
        raise UsageError(
            f"{path}: all rows are taken now, and it cannot be removed ({fault.strerror}); close and delete it"
        ) from None


def _row(one: Unplaced) -> dict[str, object]:
    entry = one.entry
    told = {name: getattr(entry, name) for name in ("sheet", "row", "document", "criterion", "element", "reason", "quotation")}
    return {**told, "decision": entry.said, "place": entry.place, "why": one.why, "nearest": one.nearest}
