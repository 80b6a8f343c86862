"""How each provision is cited, and the provisions made from the tree."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyaudit.ingest import telling
from policyaudit.ingest.sequence import HEADING_RANK, Node
from policyaudit.languages import Grammar
from policyaudit.model import Provision, TextKind

_LONGEST_HEADING = 90
_LONGEST_BAND = 60


def provisions(nodes: Sequence[Node], grammar: Grammar, *, order: str = "") -> tuple[Provision, ...]:
    """The provisions in order of the text, with their paths and the ranges of their descendants. ``order`` is what stands before
    the numbers of an order's own sections, which bear no word: its name and number."""
    place = {id(node): index for index, node in enumerate(nodes)}
    last = _last(nodes, place)
    runs = _single_runs(nodes)
    divisions, paragraphs = telling.divisions(nodes), telling.paragraphs(nodes, grammar)
    repeated = telling.repeated(nodes)
    paths: list[tuple[str, bool]] = []
    levels: list[int] = []
    tables = _Tables()
    made = []
    for index, node in enumerate(nodes):
        above = place[id(node.parent)] if node.parent is not None else None
        path, numbered = _path(node, paths[above] if above is not None else ("", False), runs, repeated)
        if order and path and path == node.number and not _says_order(node, order):
            path = f"{order} {path}"
        if id(node) in divisions:
            named = divisions[id(node)]
            within = shortened(named.heading) if named.unit == "heading" else paths[place[id(named)]][0]
            path = f"{within}, {_cited(node)}"
        elif path and id(node) in paragraphs:
            said = paragraphs[id(node)]
            path = f"{path} {said}" if said[0] == '"' else f"{path}, {said}"
        if node.unit == "row":
            path = tables.path(index, nodes, "" if _under_the_title(node) else path)
        paths.append((path, numbered))
        levels.append(levels[above] + 1 if above is not None else 0)
        made.append(
            Provision(
                index,
                above,
                levels[index],
                node.unit,
                node.label,
                path,
                node.heading,
                node.kind or TextKind.OPERATIVE,
                node.start,
                node.body,
                node.end,
                last[index],
                node.cells,
                language=node.language,
                eid=node.eid,
            )
        )
    return tuple(made)


def _under_the_title(node: Node) -> bool:
    """Whether nothing but the title of the whole stands above: where in it a table stands, its number says."""
    above = node.parent
    return above is not None and above.parent is None and above.unit == "heading" and above.kind is TextKind.TITLE


def _last(nodes: Sequence[Node], place: dict[int, int]) -> list[int]:
    last = [index + 1 for index in range(len(nodes))]
    for index in range(len(nodes) - 1, -1, -1):
        parent = nodes[index].parent
        if parent is not None:
            above = place[id(parent)]
            last[above] = max(last[above], last[index])
    return last


def _single_runs(nodes: Sequence[Node]) -> frozenset[str]:
    """The styles of number that run through a whole document only once, so that a number of theirs needs no heading before
    it: the "IV" of a general order, whatever stands above it on the page."""
    said: dict[str, list[str]] = {}
    for node in nodes:
        headed = node.unit == "item" and node.number and node.parent is not None and node.parent.unit == "heading"
        if headed and node.style != "word" and not _outer(node, "annex"):
            said.setdefault(node.style, []).append(node.number)
    return frozenset(style for style, numbers in said.items() if len(numbers) == len(set(numbers)) > 1)


def _path(node: Node, above: tuple[str, bool], runs: frozenset[str], repeated: frozenset[str]) -> tuple[str, bool]:
    """(path, whether a number stands in it)."""
    before, numbered = above
    if node.unit == "heading":
        own = shortened(node.heading)
        return (f"{before}, {own}" if before and (numbered or node.heading in repeated) else own), numbered
    if node.unit == "article":
        own = _cited(node)
        annex = _outer(node, "annex")
        within = _outer(node, "article")
        if within:
            return f"{within}, {own}", True
        return (f"{annex}, {own}" if annex else own), True
    if node.cite:
        own = _cited(node)
        joined = f"{before} {own}" if node.unit == "paragraph" else f"{before}, {own}"
        return (joined if before and numbered else own), True
    if node.decimal:
        annex = _outer(node, "annex")
        own = _counted_in_article(node) or node.number
        return (f"{annex}, {own}" if annex else own), True
    if node.unit == "item" and node.number:
        return _item(node, before, numbered, runs), True
    return before, numbered


def _says_order(node: Node, order: str) -> bool:
    """Whether a number such as 3.25.4 begins with that of its order."""
    return bool(node.decimal) and str(node.decimal[0]) in re.findall(r"\d+", order)


def _counted_in_article(node: Node) -> str:
    """How a number such as 16.5 is cited where it goes on from that of its article: "art. 16.5"; "" where it does not."""
    above = node.parent
    while above is not None and above.unit != "article":
        above = above.parent
    if above is None or "{}" not in above.cite or above.number != str(node.decimal[0]):
        return ""
    return above.cite.replace("{}", node.number)


def _cited(node: Node) -> str:
    if "{label}" in node.cite:
        return node.cite.replace("{label}", re.sub(r"[\W_]+$", "", node.label).title())
    return (
        node.cite.replace("{}", node.number).strip()
        if node.number or "{}" not in node.cite
        else node.cite.replace("{}", "").strip()
    )


def _outer(node: Node, unit: str) -> str:
    above = node.parent
    while above is not None:
        if above.unit == unit and above.cite:
            return _cited(above)
        above = above.parent
    return ""


def _item(node: Node, before: str, numbered: bool, runs: frozenset[str]) -> str:
    parent = node.parent
    while parent is not None and not (parent.number or parent.unit == "heading" or parent.rank < HEADING_RANK):
        parent = parent.parent
    if parent is None or not before:
        return node.number
    if node.number.startswith("§"):
        return f"{before} {node.number}"
    if parent.unit in ("article", "paragraph") or (parent.unit == "item" and (node.style[0] != "." or before.endswith(")"))):
        return f"{before}({node.number})"
    if parent.kind is TextKind.TITLE or (
        parent is node.parent and not numbered and node.style in runs and parent.unit == "heading"
    ):
        return node.number
    if parent.unit == "heading" or parent.rank < HEADING_RANK:
        return f"{before}, {node.number}"
    if parent.decimal:
        return f"{before} {node.number}" if node.style[0] == "." else f"{before}({node.number})"
    return f"{before}.{node.number}"


def shortened(heading: str, longest: int = _LONGEST_HEADING) -> str:
    """A heading short enough to cite."""
    if len(heading) <= longest:
        return heading
    return heading[:longest].rsplit(" ", 1)[0].rstrip(",;:") + " …"


class _Tables:
    """Counts tables and their rows: a table is a run of rows."""

    def __init__(self) -> None:
        self.table = 0
        self.row = 0
        self.at = -2

    def path(self, index: int, nodes: Sequence[Node], above: str) -> str:
        """How a row is cited: by its table, the bands that head it, and its number. ``above``: where the band or the table
        stands."""
        goes_on = self.at >= 0 and all(nodes[i].kind in (TextKind.FURNITURE, TextKind.NOTE) for i in range(self.at + 1, index))
        if goes_on:
            self.row += 1
        else:
            self.table, self.row = self.table + 1, 1
        self.at = index
        node = nodes[index]
        headed = node.parent is not None and node.parent.unit == "row"
        own = shortened(node.heading, _LONGEST_BAND) if node.heading and node.children else f"row {self.row}"
        if not headed:
            own = f"table {self.table}, {own}"
        return f"{above}, {own}" if above else own
