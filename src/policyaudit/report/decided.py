"""Who decided what, in the words of a report: of one element, and of a whole run, with what the agreement of reviewers permits.

A report in which nobody decided anything says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from policyaudit import agreement
from policyaudit.agreement import Between, Measure, Verdict
from policyaudit.looking import everything
from policyaudit.looking import summary as counted
from policyaudit.model import Contradiction, Decision, ElementFinding, Finding, Results, Review
from policyaudit.report import view
from policyaudit.report.translation import ENGLISH, N_, Translation
from policyaudit.reviews import CONTRADICTED, FOUND, NOT_FOUND, NOT_JUDGED, QUESTION, meant

DECISION_WORDS: Mapping[Decision, str] = {
    Decision.AGREE: N_("agree"),
    Decision.FOUND: N_("found"),
    Decision.NOT_FOUND: N_("not found"),
    Decision.NOT_APPLICABLE: N_("not applicable"),
    Decision.CONTRADICTED: N_("contradicted"),
}
MACHINE_WORDS: Mapping[str, str] = {
    FOUND: N_("found"),
    NOT_FOUND: N_("not found"),
    CONTRADICTED: N_("contradicted"),
    QUESTION: N_("left to the reviewer"),
    NOT_JUDGED: N_("not assessed"),
}
ENOUGH: Mapping[Verdict, str] = {
    Verdict.RELIABLE: N_("enough to publish"),
    Verdict.TENTATIVE: N_("enough for tentative conclusions only"),
    Verdict.UNRELIABLE: N_("not enough to publish"),
    Verdict.FEW: N_("no figure: fewer than %(fewest)s elements"),
    Verdict.ONE_CATEGORY: N_("no figure: all were judged the same"),
}
_LONGEST = 300  # characters of the machine's passage that are repeated beside a decision


# ---------------------------------------------------------------- one element


def brief(reviews: Iterable[Review], words: Translation) -> str:
    """Decisions as a list in a cell, one a line: "found (AB, 2026-11-26): in the annex"."""
    return "\n".join(_brief(review, words) for review in reviews)


def _brief(review: Review, words: Translation) -> str:
    who = ", ".join(part for part in (review.reviewer, review.date) if part)
    said = words.gettext(DECISION_WORDS[review.decision])
    return f"{said} ({who})" + (f": {review.reason}" if review.reason else "")


def sentences(
    part: ElementFinding | Contradiction, words: Translation, *, named: bool = False, quoted: bool = True
) -> tuple[str, ...]:
    """Who decided what on an element or opposite, with the reason, and what the machine had proposed where that was overruled;
    who disagrees, where that is not settled; empty where nobody decided. ``named``: with the document that it is about;
    ``quoted``: with the passage that was refused."""
    if part.decided is not None:
        opposite = isinstance(part, Contradiction)
        return tuple(_decided(part.decided, words, opposite=opposite, named=named, quoted=quoted))
    if part.disputed:
        said = "; ".join(_brief(review, words) for review in part.disputed)
        return (words.gettext("Reviewers disagree, and it stands as the machine found it: %(said)s.", said=said.rstrip(".")),)
    return ()


def _decided(review: Review, words: Translation, *, opposite: bool, named: bool, quoted: bool) -> Iterator[str]:
    refused = opposite and meant(review) is Decision.NOT_FOUND
    what = words.gettext("refused") if refused else words.gettext(DECISION_WORDS[meant(review)])
    if review.decision is Decision.AGREE:
        what = words.gettext("%(decision)s, as the machine proposed", decision=what)
    if review.reason:
        what = words.gettext("%(decision)s, because: %(reason)s", decision=what, reason=review.reason.rstrip(" ."))
    values = {"reviewer": review.reviewer, "date": review.date, "decision": what}
    if review.final:
        said = words.gettext("Settled by %(reviewer)s on %(date)s: %(decision)s.", **values)
    else:
        said = words.gettext("Decided by %(reviewer)s on %(date)s: %(decision)s.", **values)
    yield view.readable(f"{said} [{review.document}]" if named else said)
    if review.machine and meant(review).value != review.machine:
        proposed = words.gettext(MACHINE_WORDS.get(review.machine, review.machine))
        quotation = " ".join(view.readable(review.machine_quotation).split())
        if quotation and quoted:
            quotation = quotation if len(quotation) <= _LONGEST else quotation[:_LONGEST].rpartition(" ")[0] + " …"
            proposed = f"{proposed}, “{quotation}”"
        yield words.gettext("The machine proposed: %(status)s.", status=proposed)


def columns(part: ElementFinding | Contradiction) -> dict[str, object]:
    """The same as data, for tables: decision (agreement resolved), who, when, why; empty where nobody decided."""
    if part.decided is None:
        return {"disputed": "; ".join(_brief(review, ENGLISH) for review in part.disputed)} if part.disputed else {}
    review = part.decided
    return {
        "decision": meant(review).value,
        "decided_by": review.reviewer,
        "decided_on": review.date,
        "decided_reason": review.reason,
        "final": "yes" if review.final else "no",
        "machine": review.machine,
        "machine_quote": review.machine_quotation,
    }


def before(finding: Finding, words: Translation) -> str:
    """What the machine had proposed for a criterion, where decisions changed it: "The machine proposed: met, 100%."; else ""."""
    if finding.machine_status is None or (finding.machine_status, finding.machine_score) == (finding.status, finding.score):
        return ""
    proposed = words.gettext(view.STATUS_WORDS[finding.machine_status])
    if finding.machine_score is not None:
        proposed = f"{proposed}, {words.percent(finding.machine_score)}"
    return words.gettext("The machine proposed: %(status)s.", status=proposed)


# ---------------------------------------------------------------- a run


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a report says of its review. ``said``: the first line says whether anybody decided anything; ``rows``: agreement
    between reviewers, over all and by section, as (section or "", elements, agreed, alpha, what it permits)."""

    said: tuple[str, ...]
    rows: tuple[tuple[str, str, str, str, str], ...] = ()


def reviewed(results: Results, words: Translation) -> Reviewed:
    """What is to be said of the review of a run."""
    again = len(results.reopened)
    reopened = words.ngettext(
        "%(num)s earlier decision holds no longer, since text, rubric or finding have changed; it must be made again.",
        "%(num)s earlier decisions hold no longer, since text, rubric or finding have changed; they must be made again.",
        again,
    )
    if not results.reviews:
        nobody = words.gettext("No person has reviewed these findings: they are proposals of a machine.")
        return Reviewed((nobody, *([reopened] if again else [])))
    keys = {review.key for card in results.cards for review in agreement.counting(card)}
    names = sorted({review.reviewer for review in results.reviews})
    figures = counted(results)
    all_elements = len(everything(results))
    said = [
        words.gettext(
            "%(some)s of %(all)s elements were decided by persons (%(reviewers)s); the others are proposals of a machine.",
            some=words.number(len(keys)),
            all=words.number(all_elements),
            reviewers=view.readable(", ".join(names)),
        )
        if len(keys) < all_elements
        else words.gettext("All elements were decided by persons (%(reviewers)s).", reviewers=view.readable(", ".join(names)))
    ]
    overruled = sum(
        meant(review).value != review.machine for card in results.cards for review in agreement.counting(card) if review.machine
    )
    if overruled:
        said.append(
            words.ngettext(
                "%(num)s of them was decided otherwise than the machine proposed.",
                "%(num)s of them were decided otherwise than the machine proposed.",
                overruled,
            )
        )
    measures = agreement.measures(results)
    among = agreement.of_all(measures).get(Between.REVIEWERS)
    said.append(_publishable(among, words))
    if figures["disputed"]:
        said.append(
            words.ngettext(
                "Reviewers disagree on %(num)s element, which stands as the machine found it until that is settled.",
                "Reviewers disagree on %(num)s elements, which stand as the machine found them until that is settled.",
                figures["disputed"],
            )
        )
    if again:
        said.append(reopened)
    rows = [one for one in measures if one.between is Between.REVIEWERS and one.level in ("all", "section")]
    return Reviewed(tuple(said), tuple(_row(one, words) for one in rows))


def _publishable(among: Measure | None, words: Translation) -> str:
    """The figure of agreement, and whether it is enough to publish."""
    if among is None:
        return words.gettext("One reviewer only: how far reviewers agree is not known, and publication needs a second one.")
    if among.alpha is None:
        return words.gettext(
            "Agreement of reviewers over %(elements)s elements judged by two or more: %(enough)s. Not enough to publish: judge "
            "more elements twice.",
            elements=words.number(among.units),
            enough=_enough(among.verdict, words),
        )
    return words.gettext(
        "Agreement of reviewers: Krippendorff’s alpha %(figure)s over %(elements)s elements judged by two or more: %(enough)s. "
        "From %(reliable)s on it is reliable, from %(tentative)s on for tentative conclusions only (Krippendorff 2004, p. 241).",
        figure=words.figure(among.alpha, 3),
        elements=words.number(among.units),
        enough=_enough(among.verdict, words),
        reliable=words.figure(agreement.RELIABLE, 3),
        tentative=words.figure(agreement.TENTATIVE, 3),
    )


def _enough(verdict: Verdict, words: Translation) -> str:
    return words.gettext(ENOUGH[verdict], fewest=agreement.FEWEST)


def _row(one: Measure, words: Translation) -> tuple[str, str, str, str, str]:
    return (
        one.subject,
        words.number(one.units),
        words.percent(one.agreed / one.units if one.units else None),
        "–" if one.alpha is None else words.figure(one.alpha, 3),
        _enough(one.verdict, words),
    )
