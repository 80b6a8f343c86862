"""Tables: what a person sees in a plan's matrix is what stands in its rows."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from making import rubric
from policyaudit import run
from policyaudit.ingest import structured
from policyaudit.ingest.blocks import Block, RawDocument, Role, row_block
from policyaudit.ingest.readers import open_file
from policyaudit.match import Matcher
from policyaudit.model import Document, DocumentKind, Provision, Source, TextKind
from policyaudit.score.assess import assess

Draw = Callable[[Canvas], None]
PROSE = "The police shall record every complaint of domestic violence without delay and shall hand over a copy of it. " * 6


def blocks_of(draw: Draw, folder: Path) -> tuple[Block, ...]:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    draw(canvas)
    canvas.save()
    path = folder / "plan.pdf"
    path.write_bytes(buffer.getvalue())
    return open_file(path)[2].blocks


def put(canvas: Canvas, x: float, y: float, text: str, *, bold: bool = False, size: float = 9) -> None:
    canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
    for step, line in enumerate(text.split("\n")):
        canvas.drawString(x, y - 1.2 * size * step, line)


def grid(canvas: Canvas, xs: list[float], ys: list[float]) -> None:
    for y in ys:
        canvas.line(xs[0], y, xs[-1], y)
    for x in xs:
        canvas.line(x, ys[0], x, ys[-1])


def rows_of(blocks: tuple[Block, ...]) -> list[Block]:
    return [block for block in blocks if block.role is Role.ROW]


def cells(document: Document, row: Provision) -> dict[str, str]:
    return {cell.head: document.text[cell.start : cell.end] for cell in row.cells}


# ---------------------------------------------------------------- a real plan


def test_the_matrix_of_a_real_plan_reads_from_its_first_row_to_its_last(shared: Path) -> None:
    path = shared / "corpus" / "plans" / "cod_pan-1325-deuxieme-generation_2018.pdf"
    document = run.read(Source(str(path), path.name, language="fr"))
    assert isinstance(document, Document)
    rows = [p for p in document.provisions if p.unit == "row"]
    content = [row for row in rows if row.kind is TextKind.OPERATIVE]
    assert (len(rows), len(content)) == (30, 26)
    assert [row.heading for row in rows if row.kind is TextKind.HEADING and len(row.cells) == 1] == [
        "AXE 1. PARTICIPATION",
        "AXE 2. PRÉVENTION",
        "AXE 4. RELÈVEMENT",
    ]
    heads = ["OBJECTIFS SPÉCIFIQUES DE L’AXE", "RÉSULTATS ATTENDUS", "INDICATEURS", "ACTIVITÉS", "ACTEURS"]
    assert all(list(cells(document, row)) == heads for row in content)
    objectives = [int(re.match(r"\d+", cells(document, row)[heads[0]])[0]) for row in content]  # type: ignore[index]
    assert objectives == [1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 6, 7, 8, 8, 8, 8, 8, 9, 9, 10, 10, 11, 11, 11]
    actors = [cells(document, row)["ACTEURS"] for row in content]
    assert actors[7].endswith("Médias, OSC, PTF") and actors[-1].startswith("Ministère de la Justice,")
    # Merged cells stand once in the text, and so does a row that the page end cuts in two.
    assert document.text.count("11. Assurer") == 1
    over = [[page.number for page in document.pages if page.start < row.end and page.end > row.start] for row in content]
    assert [pages for pages in over if len(pages) > 1] == [[25, 26], [27, 28]]
    assert cells(document, content[5])[heads[0]].endswith("promotion des droits des femmes")
    assert content[5].path == "Chap. 5, table 1, AXE 2. PRÉVENTION, row 9"


# ---------------------------------------------------------------- made for one thing


def test_a_row_that_goes_on_over_the_page_end_is_one(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        xs = [60, 200, 340, 480]
        grid(canvas, xs, [760, 740, 700, 60])
        for x, head in zip(xs, ("Action", "Responsible", "Date"), strict=False):
            put(canvas, x + 4, 745, head, bold=True)
        for x, text in zip(xs, ("Train officers", "Police", "2025"), strict=False):
            put(canvas, x + 4, 720, text)
        for x, text in zip(xs, ("Open a desk for women in", "The ministry of the", "2026"), strict=False):
            put(canvas, x + 4, 90, text)
        canvas.showPage()
        grid(canvas, xs, [760, 740, 700, 660])
        for x, head in zip(xs, ("Action", "Responsible", "Date"), strict=False):
            put(canvas, x + 4, 745, head, bold=True)
        put(canvas, 64, 720, "every station")
        put(canvas, 204, 720, "interior")
        for x, text in zip(xs, ("Pay the helpline", "Treasury", "2027"), strict=False):
            put(canvas, x + 4, 680, text)

    blocks = blocks_of(draw, tmp_path)
    rows = rows_of(blocks)
    assert [row.cells for row in rows[1:]] == [
        (("Action", "Train officers"), ("Responsible", "Police"), ("Date", "2025")),
        (("Action", "Open a desk for women in every station"), ("Responsible", "The ministry of the interior"), ("Date", "2026")),
        (("Action", "Pay the helpline"), ("Responsible", "Treasury"), ("Date", "2027")),
    ]
    assert rows[2].breaks == ((rows[2].text.index("every station"), 2),)
    assert [block.text for block in blocks if block.role is Role.FURNITURE] == ["Action | Responsible | Date"]
    pages = [block.page for block in blocks]
    assert pages == sorted(pages)


def test_bands_head_the_rows_after_them_and_groups_of_columns_their_columns(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.line(60, 760, 460, 760)
        canvas.line(260, 740, 460, 740)
        for y in (720, 700, 680, 660, 640, 620):
            canvas.line(60, y, 460, y)
        for x, top, bottom in ((60, 760, 620), (460, 760, 620)):
            canvas.line(x, top, x, bottom)
        for y, z in ((760, 720), (700, 660), (640, 620)):
            canvas.line(260, y, 260, z)
        for y, z in ((740, 720), (700, 660), (640, 620)):
            canvas.line(360, y, 360, z)
        for x, y, text in ((64, 735, "Action"), (264, 745, "2018"), (264, 725, "T1"), (364, 725, "T2")):
            put(canvas, x, y, text, bold=True)
        put(canvas, 64, 705, "AXIS 1. PREVENTION", bold=True)
        put(canvas, 64, 645, "AXIS 2. PROTECTION", bold=True)
        names = ("Train all officers of the force", "Talk in every school of the land", "Open a desk")
        for y, name in zip((685, 665, 625), names, strict=True):
            put(canvas, 64, y, name)
            put(canvas, 264, y, "started")
            put(canvas, 364, y, "finished")

    raw = RawDocument(blocks_of(draw, tmp_path), pages=1)
    document = structured(Source("x", "plan.pdf", kind=DocumentKind.ACTION_PLAN, language="en"), "pdf", "", raw)
    rows = [p for p in document.provisions if p.unit == "row" and p.kind is TextKind.OPERATIVE]
    assert [row.path for row in rows] == [
        "table 1, AXIS 1. PREVENTION, row 4",
        "table 1, AXIS 1. PREVENTION, row 5",
        "table 1, AXIS 2. PROTECTION, row 7",
    ]
    assert cells(document, rows[0]) == {
        "Action": "Train all officers of the force",
        "2018 / T1": "started",
        "2018 / T2": "finished",
    }
    parents = [document.provisions[row.parent].heading for row in rows if row.parent is not None]
    assert parents == ["AXIS 1. PREVENTION", "AXIS 1. PREVENTION", "AXIS 2. PROTECTION"]


def matrix_without_rules(canvas: Canvas, *, levels: bool = False) -> None:
    xs = (60, 250, 400)
    for x, head in zip(xs, ("Activity", "Responsible", "Date"), strict=True):
        put(canvas, x, 700, head)
    rows = [
        ("Train all officers in the\nhandling of complaints", "National Police", "2025"),
        ("Open a desk for women", "Ministry of the\nInterior", "2026"),
        ("Fund the helpline", "Treasury", "2027"),
    ]
    for step, row in enumerate(rows):
        for x, text in zip(xs, row, strict=True):
            put(canvas, x, 680 - 28 * step, text)
    if levels:
        for y in (712, 692, 663, 635, 606):
            canvas.line(58, y, 480, y)


@pytest.mark.parametrize("levels", [False, True])
def test_columns_are_told_by_white_space_alone(tmp_path: Path, levels: bool) -> None:
    rows = rows_of(blocks_of(lambda canvas: matrix_without_rules(canvas, levels=levels), tmp_path))
    assert [row.cells for row in rows[1:]] == [
        (("Activity", "Train all officers in the handling of complaints"), ("Responsible", "National Police"), ("Date", "2025")),
        (("Activity", "Open a desk for women"), ("Responsible", "Ministry of the Interior"), ("Date", "2026")),
        (("Activity", "Fund the helpline"), ("Responsible", "Treasury"), ("Date", "2027")),
    ]


def prose_in_two_columns(canvas: Canvas) -> None:
    words = PROSE.split()
    lines = [" ".join(words[at : at + 7]) for at in range(0, len(words), 7)]
    put(canvas, 60, 740, "Title of the left side", bold=True)
    put(canvas, 320, 740, "Title of the right side", bold=True)
    for step, line in enumerate(lines[:8]):
        put(canvas, 60, 720 - 12 * step, line)
        put(canvas, 320, 720 - 12 * step, lines[8 + step])


def table_of_contents(canvas: Canvas) -> None:
    put(canvas, 60, 740, "Contents", bold=True)
    for step in range(6):
        for x, text in ((60, f"{step + 1}."), (90, f"Chapter with name {step}"), (500, str(3 + 4 * step))):
            put(canvas, x, 720 - 14 * step, text)


def addresses(canvas: Canvas) -> None:
    for x, name in ((60, "Ministry of Justice"), (230, "Ministry of Health"), (400, "Police Service")):
        put(canvas, x, 740, name, bold=True)
        put(canvas, x, 726, "PO Box 12\nCapital City")


@pytest.mark.parametrize("draw", [prose_in_two_columns, table_of_contents, addresses])
def test_columns_that_are_no_table_are_none(tmp_path: Path, draw: Draw) -> None:
    assert rows_of(blocks_of(draw, tmp_path)) == []


def test_items_and_paragraphs_of_a_cell_stand_on_their_own_lines(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, [60, 260, 460], [760, 740, 640])
        put(canvas, 64, 745, "Action", bold=True)
        put(canvas, 264, 745, "Indicator", bold=True)
        put(canvas, 64, 720, "- Train all officers in the\n  handling of complaints\n- Open a desk")
        put(canvas, 264, 720, "1. Number of officers\n2. Number of desks")

    row = rows_of(blocks_of(draw, tmp_path))[-1]
    assert [text for _, text in row.cells] == [
        "- Train all officers in the handling of complaints\n- Open a desk",
        "1. Number of officers\n2. Number of desks",
    ]


def read_markdown(text: str, folder: Path, *, language: str = "en") -> Document:
    path = folder / "plan.md"
    path.write_text(text, encoding="utf-8")
    document = run.read(Source(str(path), "plan.md", kind=DocumentKind.ACTION_PLAN, language=language))
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize(("language", "same"), [("en", "As above"), ("es", "Ídem"), ("fr", "idem."), ("pt", "”")])
def test_a_cell_that_says_as_above_is_the_one_above(tmp_path: Path, language: str, same: str) -> None:
    rest = f"| Equip | {same} | 2026 |\n| Pay | {same} | 2027 |\n"
    table = f"| Action | Who | Date |\n|---|---|---|\n| Train | Police | 2025 |\n{rest}"
    document = read_markdown(f"# Plan\n\n{table}", tmp_path, language=language)
    rows = [p for p in document.provisions if p.unit == "row"][1:]
    assert [cells(document, row)["Who"] for row in rows] == ["Police"] * 3


def test_an_empty_first_cell_is_that_of_the_row_above_where_cells_cannot_be_merged(tmp_path: Path) -> None:
    table = "| Goal | Action | Who |\n|---|---|---|\n| Protect | Train | Police |\n| | Equip | |\n"
    document = read_markdown(f"# Plan\n\n{table}", tmp_path)
    last = document.provisions[-1]
    assert cells(document, last) == {"Goal": "Protect", "Action": "Equip"}
    assert document.text[last.start : last.end] == "Equip"


def test_a_row_is_assessed_as_one_with_its_heads_bands_and_merged_cells() -> None:
    heads = ("Objective", "Action", "Budget", "Responsible")

    def row(*texts: str, carried: tuple[int, ...] = ()) -> Block:
        return row_block(zip(heads, texts, strict=True), carried=carried)

    blocks = (
        row_block([("", head) for head in heads], names="columns", bold=True),
        row("End violence against women.", "Train. All officers.", "400", "Police"),
        row("End violence against women.", "Equip the stations.", "200", "Ministry", carried=(0,)),
    )
    source = Source("x", "plan.docx", kind=DocumentKind.ACTION_PLAN, language="en")
    document = structured(source, "docx", "", RawDocument(blocks))
    terms: dict[str, list[str]] = {
        "police": ["police"],
        "ministry": ["ministry"],
        "train": ["train"],
        "equip": ["equip"],
        "budget": ["budget"],
        "violence": ["violence against women"],
    }
    conditions: dict[str, list[dict[str, object]]] = {
        "a": [{"sequence": ["police", "train"], "gap": 3}],
        "b": [{"all": ["equip", "budget"], "within": "sentence"}],
        "c": [{"all": ["ministry", "violence"], "within": "sentence"}],
        "d": [{"all": ["ministry", "train"], "within": "sentence"}],
    }
    small = rubric(terms, conditions)  # type: ignore[arg-type]
    card = assess(document, Matcher(small).read(document), small)
    found = {element.id: [evidence.quote for evidence in element.evidence] for element in card.findings[0].elements}
    assert found["a"] and "Police" in " ".join(found["a"])
    assert found["b"] and found["c"]
    assert not found["d"], "one row is not another"
