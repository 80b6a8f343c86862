"""The region of the world that a country lies in, by the M49 standard of the United Nations Statistics Division."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import TypeAdapter

from policyaudit.datafile import load

OTHER = "No region"
_SHAPE = TypeAdapter(dict[str, dict[str, list[str]]])


def region(country: str) -> tuple[str, str]:
    """Region and subregion of an ISO 3166 alpha-3 code: ("Africa", "Eastern Africa"); ``OTHER`` twice where it has none."""
    return _table().get(country, (OTHER, OTHER))


@cache
def _table() -> dict[str, tuple[str, str]]:
    regions = load(Path(str(resources.files("policyaudit") / "regions.yaml")), _SHAPE)
    return {code: (name, below) for name, several in regions.items() for below, codes in several.items() for code in codes}
