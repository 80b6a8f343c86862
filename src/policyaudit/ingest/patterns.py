"""The patterns of a language's file as one."""

from __future__ import annotations

import re
from collections.abc import Sequence


def either(patterns: Sequence[str]) -> re.Pattern[str]:
    """One pattern that matches where one of these does; what matches nothing where there are none."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or "(?!)", re.DOTALL)
