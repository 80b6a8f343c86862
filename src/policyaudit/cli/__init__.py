"""The front door: the command ``policyaudit``.

Exit code: 0 all well, 1 something could not be assessed, 2 wrong usage or a faulty rubric.

Rooms are imported inside the commands: ``--help`` and ``--version`` must not wait for the matcher to load.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from policyaudit import __version__
from policyaudit.cli import (
    agreeing,
    auditing,
    comparing,
    corpora,
    deciding,
    differing,
    reading,
    reviewing,
    rubrics,
    running,
    schemas,
)
from policyaudit.errors import UsageError


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Example: policyaudit audit corpora/example",
)
@click.version_option(__version__, prog_name="policyaudit")
def program() -> None:
    """Audit laws, action plans, codes of conduct and policies against a rubric; every finding is a verbatim quotation."""


program.add_command(auditing.audit)
program.add_command(corpora.group)
program.add_command(reading.read)
program.add_command(deciding.explain)
program.add_command(comparing.compare)
program.add_command(differing.diff)
program.add_command(running.run)
program.add_command(running.status)
program.add_command(auditing.report)
program.add_command(reviewing.review)
program.add_command(agreeing.agreement)
program.add_command(rubrics.rubric)
program.add_command(schemas.schema)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code. What is wrong with the usage is said on stderr, one line a fault."""
    sys.exit(_code(arguments))


def _code(arguments: Sequence[str] | None) -> int:
    try:
        outcome = program.main(arguments, prog_name="policyaudit", standalone_mode=False)
        sys.stdout.flush()
        return outcome if isinstance(outcome, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
    except click.ClickException as error:
        where = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "policyaudit"
        message = " ".join(error.format_message().split())
        click.echo(f"{where}: {message} (see {where} --help)", err=True)
    except UsageError as error:
        click.echo(str(error), err=True)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        return 130
    except BrokenPipeError:  # the reader of our output, such as head, had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return 2
