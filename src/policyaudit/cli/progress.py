"""How far a command is that goes through many documents."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from policyaudit.cli import table
from policyaudit.cli.recognising import Tell, in_bar, in_lines

if TYPE_CHECKING:
    from policyaudit.run import Progress


@contextmanager
def progress_of(total: int) -> Iterator[tuple[Progress, Tell]]:
    """A bar on stderr, and another for the pages of a scan; where that is no terminal, a line for each document and scan."""
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, name: click.echo(f"[{done + 1}/{total}] {table.plain(name)}", err=True), in_lines()
        return
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda done, name: bar.update(task, completed=done, description=escape(table.plain(name))), in_bar(bar)
