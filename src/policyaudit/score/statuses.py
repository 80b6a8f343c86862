"""The scoring formula, in one place: a status from the elements, a score from the status, a section from its criteria.

Statuses and scores are those of the design: the share of elements found; a contradiction is never offset; what was not or
could not be judged has no score. Criteria weigh alike within a section, and sections are never added up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from policyaudit.model import ElementFinding, Finding, SectionScore, Status
from policyaudit.rubric import Rubric

SCORED = frozenset({Status.MET, Status.PARTLY, Status.NOT_FOUND, Status.CONTRADICTED})


def judge(elements: Sequence[ElementFinding], *, contradicted: bool) -> tuple[Status, float]:
    """Status and score (0 to 1) of a criterion from its elements; those that do not count (questions for a
    reviewer, and what one decided to be not applicable) count neither way."""
    counted = [element for element in elements if element.counts]
    found = sum(element.found for element in counted)
    if contradicted:
        return Status.CONTRADICTED, 0.0
    if counted and found == len(counted):
        return Status.MET, 1.0
    if found:
        return Status.PARTLY, round(found / len(counted), 4)
    return Status.NOT_FOUND, 0.0


def sections(findings: Sequence[Finding], rubric: Rubric) -> tuple[SectionScore, ...]:
    """For each section the mean score of its scored criteria, how many are scored of those applicable, and all statuses."""
    return by_section(findings, {section.id: [criterion.id for criterion in section.criteria] for section in rubric.sections})


def by_section(findings: Sequence[Finding], held: Mapping[str, Sequence[str]]) -> tuple[SectionScore, ...]:
    """As ``sections``; ``held``: the criteria of each section."""
    result = []
    by_id = {finding.criterion: finding for finding in findings}
    for section, criteria in held.items():
        mine = [by_id[criterion] for criterion in criteria if criterion in by_id]
        scores = [f.score for f in mine if f.score is not None]
        applicable = sum(f.status is not Status.NOT_APPLICABLE for f in mine)
        mean = round(sum(scores) / len(scores), 4) if scores else None
        counts = Counter(str(f.status) for f in mine)
        result.append(SectionScore(section, mean, len(scores), applicable, {str(s): counts[str(s)] for s in Status}))
    return tuple(result)
