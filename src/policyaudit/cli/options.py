"""What options mean, the same in every command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from policyaudit.errors import UsageError

T = TypeVar("T")


def checked(option: str, read: Callable[[str], T], value: str | None) -> T | None:
    """The value as ``read`` understands it, None if the option was not given. Raises UsageError with what is permitted."""
    try:
        return None if value is None else read(value)
    except ValueError as fault:
        raise UsageError(f"{option}: {fault}") from None


def iso_date(text: str) -> str:
    """A date such as 2026-06-30. Raises ValueError that says what is permitted."""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise ValueError(f"{text.strip()!r} is not a date; permitted: YYYY-MM-DD such as 2026-06-30") from None


def today() -> str:
    """The date of this day. The only clock in the program; what it says is kept in run.json, so that a run can be repeated."""
    return date.today().isoformat()


def listed(values: Sequence[str]) -> list[str]:
    """The values of an option that may be given again or hold a list (``-x a -x b``, ``-x a,b``), each once."""
    return list(dict.fromkeys(part.strip() for value in values for part in value.split(",") if part.strip()))


def report_language(value: str, permitted: Sequence[str]) -> str:
    """The language that reports are asked for in. Raises UsageError with those there are."""
    code = value.strip().lower()
    if code not in permitted:
        raise UsageError(f"--report-language: no reports in {value.strip()!r}; permitted: {', '.join(permitted)}")
    return code


def formats(values: Sequence[str], permitted: Sequence[str]) -> list[str]:
    """The report formats asked for. Raises UsageError with those there are."""
    names = [name.lower() for name in listed(values)]
    for name in names:
        if name not in permitted:
            raise UsageError(f"--format: unknown format {name!r}; permitted: {', '.join(permitted)}")
    return names
