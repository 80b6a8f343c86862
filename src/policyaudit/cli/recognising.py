"""The options for scans, the same in every command that reads a document, and how recognition shows how far it is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from platformdirs import user_cache_path

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from policyaudit.run import Manner

Tell = Callable[[int, int], None]  # pages recognised, pages to recognise

CACHE = "POLICYAUDIT_CACHE"


def reading_options(command: Callable[..., int]) -> Callable[..., int]:
    """Gives a command the options of how documents are read; it is called with ``manner`` in their place, a Manner without
    a way to tell its progress."""

    @click.option(
        "--changes",
        type=click.Choice(["accepted", "original"]),
        default="accepted",
        show_default=True,
        help="Tracked changes of a draft: as if accepted, or the text before them.",
    )
    @click.option("--ocr/--no-ocr", default=True, help="Read scanned pages by text recognition, or leave them unread.")
    @click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Scanned pages, or documents of a corpus, worked at once.  [default: one a core]",
    )
    @click.option("--cache/--no-cache", default=True, help="Keep what was recognised, so that a scan is read once.")
    @wraps(command)
    def with_manner(*args: Any, changes: str, ocr: bool, jobs: int | None, cache: bool, **options: Any) -> int:
        from policyaudit.run import Manner

        manner = Manner(changes=changes, recognise=ocr, cache=cache_folder() if cache else None, jobs=jobs or os.cpu_count() or 1)
        return command(*args, manner=manner, **options)

    return with_manner


def cache_folder() -> Path:
    """Where recognised pages are kept: the folder named by POLICYAUDIT_CACHE, else the user's cache."""
    named = os.environ.get(CACHE)
    return Path(named) if named else user_cache_path("policyaudit", appauthor=False)


def in_bar(bar: Bar) -> Tell:
    """Shows the pages of a scan as a line of a bar that is on the screen, while they are read."""
    task = bar.add_task("scanned pages", total=None, visible=False)

    def tell(done: int, total: int) -> None:
        bar.update(task, completed=done, total=total, visible=done < total)

    return tell


def in_lines() -> Tell:
    """A line on stderr for each scan, where that is no terminal."""

    said = 0

    def tell(done: int, total: int) -> None:
        nonlocal said
        left = total - done
        if left and said != total:
            click.echo(f"reading {left} scanned {'page' if left == 1 else 'pages'}", err=True)
        said = total if left else 0

    return tell


@contextmanager
def shown(manner: Manner) -> Iterator[Manner]:
    """The manner with its progress shown on stderr, for a command that reads one document."""
    from dataclasses import replace

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield replace(manner, progress=in_lines())
        return
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as bar:
        yield replace(manner, progress=in_bar(bar))
