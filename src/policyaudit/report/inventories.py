"""What a corpus holds and lacks, as files: corpus-check.xlsx for work, .html to read, .json for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from pydantic import TypeAdapter

from policyaudit import __version__
from policyaudit.inventory import Inventory
from policyaudit.model import DocumentKind
from policyaudit.report import web, whole
from policyaudit.report.formats.xlsx import holdings

NAME = "corpus-check"
_SHAPE = TypeAdapter(Inventory)
_MOST_WANTED = 300  # on the page; all of them stand in the workbook


def as_json(inventory: Inventory) -> bytes:
    """All of it as JSON; of each document all but what only the comparison of texts needs."""
    data = _SHAPE.dump_python(inventory, mode="json")
    for item in data["items"]:
        del item["sketch"], item["pointers"], item["called"]
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", errors="backslashreplace")


def _json(inventory: Inventory, path: Path) -> None:
    path.write_bytes(as_json(inventory))


def _html(inventory: Inventory, path: Path) -> None:
    style, style_hash = web.ours("report.css")
    page = web.template("holdings.html.j2").stream(
        inventory=inventory,
        kinds=list(DocumentKind),
        wanted=inventory.wanted[:_MOST_WANTED],
        unread=[item for item in inventory.items if item.unread],
        nowhere=[one for one in inventory.uncarried if one.nowhere],
        generator=f"policyaudit {__version__}",
        style=style,
        style_hash=style_hash,
    )
    with path.open("wb") as file:
        page.dump(file, encoding="utf-8", errors="replace")


_WAYS: dict[str, tuple[str, Callable[[Inventory, Path], None]]] = {
    "xlsx": (f"{NAME}.xlsx", holdings.write),
    "html": (f"{NAME}.html", _html),
    "json": (f"{NAME}.json", _json),
}


def formats() -> tuple[str, ...]:
    """The forms that there are."""
    return tuple(_WAYS)


def write(inventory: Inventory, folder: Path, names: Iterable[str]) -> tuple[Path, ...]:
    """Write the forms named into the folder, each whole or not at all; their paths. Raises UsageError if that fails."""
    ways = [_WAYS[name] for name in names]
    return tuple(whole.put(folder / filename, partial(make, inventory)) for filename, make in ways)
