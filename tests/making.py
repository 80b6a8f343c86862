"""Small documents and rubrics for tests, made by hand so that a test shows all that matters to it."""

from __future__ import annotations

from pathlib import Path

from policyaudit.model import Document, DocumentKind, Provision, TextKind
from policyaudit.rubric import Concept, Condition, CriterionConditions, Head, Rubric, Subject, Wording
from policyaudit.sections import Citation, Criterion, Section


def document(
    *lines: str,
    language: str = "en",
    kind: DocumentKind = DocumentKind.LAW,
    kinds: dict[int, TextKind] | None = None,
    title: str = "",
) -> Document:
    """A document with one provision a line. Two spaces of indent make it a child of the line above that is less indented;
    ``#`` before a line makes it a heading; ``1. `` makes an article, ``(a) `` and ``a) `` an item."""
    text, provisions, stack = "", [], []
    rows: list[dict[str, object]] = []
    for number, line in enumerate(lines):
        level = (len(line) - len(line.lstrip())) // 2
        body = line.strip()
        heading = body.startswith("#")
        body = body.lstrip("# ")
        while stack and rows[stack[-1]]["level"] >= level:
            stack.pop()
        label = body.split(" ")[0] if body[:1] == "(" or body[1:2] in ".)" or body[2:3] == "." else ""
        unit = "heading" if heading else "item" if ")" in label else "article" if label else "text"
        start = len(text)
        text += body + "\n"
        end = len(text) - 1
        rows.append(
            {
                "index": number,
                "parent": stack[-1] if stack else None,
                "level": level,
                "unit": unit,
                "label": label,
                "path": label or "par.",
                "heading": body if heading else "",
                "kind": (kinds or {}).get(number, TextKind.HEADING if heading else TextKind.OPERATIVE),
                "start": start,
                "body": end if heading else start + len(label),
                "end": end,
            }
        )
        stack.append(number)
    for row in rows:
        following = [r for r in rows if r["index"] > row["index"] and r["level"] <= row["level"]]
        row["last"] = following[0]["index"] if following else len(rows)
    provisions = tuple(Provision(**row) for row in rows)  # type: ignore[arg-type]
    return Document(
        name="a.md",
        stem="a",
        sha256="0" * 64,
        format="markdown",
        country=None,
        kind=kind,
        title=title,
        language=language,
        year=None,
        status=None,
        guessed=(),
        text=text,
        pages=(),
        provisions=provisions,
        warnings=(),
    )


def rubric(
    terms: dict[str, list[str] | Wording],
    conditions: dict[str, list[dict[str, object]]],
    *,
    language: str = "en",
    includes: dict[str, list[str]] | None = None,
    actors: tuple[str, ...] = (),
    subjects: dict[str, Subject] | None = None,
    subject: str = "any",
    manual: dict[str, str] | None = None,
    applies_to: tuple[DocumentKind, ...] = tuple(DocumentKind),
) -> Rubric:
    """A rubric of one criterion, A1.01, whose elements and opposites are the keys of ``conditions`` (and of ``manual``)."""
    names = sorted({*terms, *(includes or {})})
    keys = [*conditions, *(manual or {})]
    criterion = Criterion(
        id="A1.01",
        title="A criterion",
        applies_to=applies_to,
        requirement="What is required",
        why="Why it matters",
        passing="It is there",
        failing="It was not found",
        advice="Add it",
        elements={key: f"element {key}" for key in keys if key[0] != "x"},
        contradicted_by={key: f"opposite {key}" for key in keys if key[0] == "x"},
        sources=(Citation(work="W", checked="known"),),
    )
    head = Head(id="test", title="A rubric", version="1", about="For tests", works={"W": "A work"}, subjects=subjects or {})
    return Rubric(
        folder=Path(),
        head=head,
        sections=(Section(id="A1", title="A section", criteria=(criterion,)),),
        concepts={
            name: Concept(means=name, includes=tuple((includes or {}).get(name, ())), actor=name in actors) for name in names
        },
        conditions={
            "A1.01": CriterionConditions(
                subject=subject,
                found_when={key: tuple(Condition(**c) for c in several) for key, several in conditions.items()},
                manual=manual or {},
            )
        },
        terms={
            language: {
                name: wording if isinstance(wording, Wording) else Wording(terms=tuple(wording))
                for name, wording in terms.items()
            }
        },
        cases={},
        sha256="",
    )
