"""What a corpus holds and lacks, as files: corpus-check.xlsx for work, .html to read, .json for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from pydantic import TypeAdapter

from policyaudit import __version__
from policyaudit.inventory import Inventory
from policyaudit.model import DocumentKind
from policyaudit.report import web, whole
from policyaudit.report.formats.xlsx import holdings
from policyaudit.report.sentences import said
from policyaudit.report.translation import ENGLISH, Translation

NAME = "corpus-check"
_SHAPE = TypeAdapter(Inventory)
_MOST_WANTED = 300  # on the page; all of them stand in the workbook


def as_json(inventory: Inventory) -> bytes:
    """All of it as JSON; of each document all but what only the comparison of texts needs."""
    data = _SHAPE.dump_python(inventory, mode="json")
    for item in data["items"]:
        del item["sketch"], item["pointers"], item["called"]
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", errors="backslashreplace")


def in_language(inventory: Inventory, words: Translation, titles: Mapping[str, str]) -> Inventory:
    """The inventory with its remarks in this language and the criteria by these titles; what has none stays English, and what
    documents are called stays as it is."""
    if words.language == "en":
        return inventory

    def each(sentences: Iterable[str]) -> tuple[str, ...]:
        return tuple(said(one, words) for one in sentences)

    return replace(
        inventory,
        items=tuple(replace(item, warnings=each(item.warnings)) for item in inventory.items),
        failures=tuple(replace(one, message=said(one.message, words)) for one in inventory.failures),
        uncarried=tuple(replace(one, title=titles.get(one.criterion) or one.title) for one in inventory.uncarried),
        versions=tuple(replace(one, why="; ".join(each(one.why.split("; ")))) for one in inventory.versions),
        outdated={name: said(why, words) for name, why in inventory.outdated.items()},
        denied={name: each(several) for name, several in inventory.denied.items()},
    )


def _json(inventory: Inventory, path: Path, _words: Translation) -> None:
    path.write_bytes(as_json(inventory))


def _html(inventory: Inventory, path: Path, words: Translation) -> None:
    style, style_hash = web.ours("report.css")
    page = web.template("holdings.html.j2", words).stream(
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


_WAYS: dict[str, tuple[str, Callable[[Inventory, Path, Translation], None]]] = {
    "xlsx": (f"{NAME}.xlsx", holdings.write),
    "html": (f"{NAME}.html", _html),
    "json": (f"{NAME}.json", _json),
}


def formats() -> tuple[str, ...]:
    """The forms that there are."""
    return tuple(_WAYS)


def write(
    inventory: Inventory,
    folder: Path,
    names: Iterable[str],
    *,
    words: Translation = ENGLISH,
    titles: Mapping[str, str] | None = None,
) -> tuple[Path, ...]:
    """Write the forms named into the folder, each whole or not at all; their paths. Raises UsageError if that fails.

    ``titles`` of criteria in the language of ``words``, by criterion. What is for programs (JSON) is the same in every language.
    """
    spoken = in_language(inventory, words, titles or {})
    paths = []
    for filename, make in (_WAYS[name] for name in names):
        shown = inventory if make is _json else spoken
        paths.append(whole.put(folder / filename, partial(_made, make, shown, words)))
    return tuple(paths)


def _made(make: Callable[[Inventory, Path, Translation], None], inventory: Inventory, words: Translation, path: Path) -> None:
    make(inventory, path, words)
