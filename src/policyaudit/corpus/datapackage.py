"""datapackage.json beside a manifest: what its columns mean, as a Frictionless Data Package (https://datapackage.org, version 2).

It says the columns of the manifest, and a person may add columns and what they permit (``required``, ``enum``, ``pattern``,
``unique``, ``type``): the manifest is held to that.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from policyaudit.corpus.manifest import MANIFEST, OPTIONAL, REQUIRED, Table
from policyaudit.datafile import read_yaml
from policyaudit.errors import UsageError
from policyaudit.model import WITHOUT_FORCE, DocumentKind

DATAPACKAGE = "datapackage.json"
PROPOSED = "_proposed"
TO_CHECK = "to_check"
_TITLES: dict[str, tuple[str, str, str]] = {  # column -> type, title, description
    "file": ("string", "File", "The path of the document from this folder, with forward slashes."),
    "country": (
        "string",
        "Country",
        "ISO 3166-1 alpha-3 code; EUR or WLD for instruments of no country; XAA to XZZ for invented ones.",
    ),
    "kind": ("string", "Kind of document", "What sort of instrument it is."),
    "title": ("string", "Title", "The title by which readers know it."),
    "language": ("string", "Language", "ISO 639-1 code of the language of the text."),
    "year": ("year", "Year", "The year in which it was adopted, or from which this version is."),
    "status": (
        "string",
        "Status",
        f"in_force, consolidated, or one that counts for nothing in its country: {', '.join(sorted(WITHOUT_FORCE))}.",
    ),
    "jurisdiction": (
        "string",
        "Jurisdiction below the country",
        "ISO 3166-2 code such as US-IL, or a name; empty for the whole country.",
    ),
    "instrument": (
        "string",
        "Instrument",
        "A short id that all versions of one instrument share; empty where there is one version.",
    ),
    "in_force": ("string", "In force from", "The date (ISO 8601) or year from which this version is in force."),
}
_SURE = "How sure the proposal was (sure, likely, guess, unknown) and what said so; not read by any command, and may be deleted."


def described(columns: tuple[str, ...], name: str) -> dict[str, Any]:
    """The content of datapackage.json for a manifest of these columns in a folder of that name."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-._") or "corpus",
        "title": name,
        "description": "Documents to be audited. One row of the manifest is one file of this folder.",
        "resources": [
            {
                "$schema": "https://datapackage.org/profiles/2.0/dataresource.json",
                "name": "manifest",
                "path": MANIFEST,
                "type": "table",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
                    "fields": [_field(column) for column in columns],
                    "primaryKey": ["file"],
                    "missingValues": [""],
                },
            }
        ],
    }


def _field(column: str) -> dict[str, Any]:
    kind, title, description = _TITLES.get(column, ("string", "", ""))
    field: dict[str, Any] = {"name": column, "type": kind}
    if title:
        field |= {"title": title, "description": description}
    elif column == TO_CHECK or column.endswith(PROPOSED):
        field["description"] = _SURE if column != TO_CHECK else "The columns that a person must look at first."
    known: dict[str, dict[str, Any]] = {
        "file": {"required": True, "unique": True},
        "country": {"pattern": "[A-Z]{3}"},
        "kind": {"enum": [str(kind) for kind in DocumentKind]},
        "language": {"pattern": "[a-z]{2}"},
        "in_force": {"pattern": r"\d{4}(-\d{2}-\d{2})?"},
    }
    return field | ({"constraints": known[column]} if column in known else {})


# ---------------------------------------------------------------- reading it


class _Loose(BaseModel):
    """What the standard permits beyond what is looked at here is let pass."""

    model_config = ConfigDict(extra="allow", frozen=True)


class Constraints(_Loose):
    required: bool = False
    unique: bool = False
    enum: tuple[str | int | float | bool, ...] = ()
    pattern: str | None = None

    @model_validator(mode="after")
    def _compiles(self) -> Constraints:
        try:
            re.compile(self.pattern or "")
        except re.error as fault:
            raise ValueError(f"pattern is not a valid regular expression: {fault}") from None
        return self


Type = Literal[
    "any",
    "array",
    "boolean",
    "date",
    "datetime",
    "duration",
    "geojson",
    "geopoint",
    "integer",
    "list",
    "number",
    "object",
    "string",
    "time",
    "year",
    "yearmonth",
]


class FieldOf(_Loose):
    name: Annotated[str, Field(min_length=1)]
    type: Type = "string"
    constraints: Constraints = Constraints()


class Schema(_Loose):
    fields: tuple[FieldOf, ...] = Field(min_length=1)
    missingValues: tuple[str | dict[str, str], ...] = ("",)  # the standard's own name


class Resource(_Loose):
    name: Annotated[str, Field(min_length=1)]
    path: str | tuple[str, ...] | None = None
    data: Any = None
    tableschema: Schema | str | None = Field(default=None, alias="schema")

    @model_validator(mode="after")
    def _has_content(self) -> Resource:
        if (self.path is None) == (self.data is None):
            raise ValueError("a resource has either path or data")
        return self


class Package(_Loose):
    resources: tuple[Resource, ...] = Field(min_length=1)


def read(path: Path) -> Package:
    """A data package. Raises UsageError with every fault, one line each with its line in the file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = json.loads(text)
    except OSError as fault:
        raise UsageError(f"{path}: cannot be read ({fault.strerror})") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: not UTF-8 text, as a data package must be") from None
    except json.JSONDecodeError as fault:
        raise UsageError(f"{path}:{fault.lineno}: not valid JSON: {fault.msg}") from None
    try:
        return Package.model_validate(data)
    except ValidationError as fault:
        lines = _lines(path)
        raise UsageError("\n".join(dict.fromkeys(_told(path, lines, one) for one in fault.errors(include_url=False)))) from None


def _lines(path: Path) -> dict[tuple[str | int, ...], int]:
    """The line of each place. JSON is YAML, but for what hardly anybody writes; then every place has the first line."""
    try:
        return read_yaml(path)[1]
    except UsageError:
        return {}


def _told(path: Path, lines: dict[tuple[str | int, ...], int], error: Any) -> str:
    """One fault as a line. A path of the union of types ends where the file has nothing more."""
    place = tuple(part for part in error["loc"] if part not in ("Schema", "str", "tuple[str, ...]"))
    known = place
    while known and known not in lines:
        known = known[:-1]
    where = ".".join(str(part) for part in place) or "the whole"
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"{path}:{lines.get(known, 1)}: {where}: {message[:1].lower()}{message[1:]}"


def schema_of(package: Package) -> Schema | None:
    """What the package says of the columns of the manifest; None where it says nothing of them in itself."""
    for resource in package.resources:
        paths = resource.path if isinstance(resource.path, tuple) else (resource.path,)
        if MANIFEST in paths and isinstance(resource.tableschema, Schema):
            return resource.tableschema
    return None


def faults(path: Path, table: Table, schema: Schema) -> Iterator[str]:
    """Where a manifest does not keep to what the package says of it, in whole lines with file and line."""
    missing = {value if isinstance(value, str) else value.get("value", "") for value in schema.missingValues} | {""}
    for field in schema.fields:
        if field.name.lower() not in table.head:
            if field.constraints.required or (field.name in REQUIRED and field.name not in OPTIONAL):
                yield f"{path}:1: no column {field.name}, which {DATAPACKAGE} describes"
            continue
        seen: dict[str, int] = {}
        for line, row in table.rows:
            value = row.get(field.name.lower(), "")
            if value in missing:
                if field.constraints.required:
                    yield f"{path}:{line}: {field.name} is empty, and {DATAPACKAGE} requires it"
                continue
            if wrong := _wrong(value, field):
                yield f"{path}:{line}: {field.name} {value!r} {wrong} ({DATAPACKAGE})"
            if field.constraints.unique and value in seen:
                yield f"{path}:{line}: {field.name} {value!r} stands in line {seen[value]} already ({DATAPACKAGE})"
            seen.setdefault(value, line)


def _wrong(value: str, field: FieldOf) -> str:
    """What is wrong with a value, to follow it in a sentence; "" for nothing."""
    if not _is(value, field.type):
        return f"is not of the type {field.type}"
    permitted = [str(one) for one in field.constraints.enum]
    if permitted and value not in permitted:
        return f"is none of {', '.join(permitted)}"
    if field.constraints.pattern and not re.fullmatch(field.constraints.pattern, value):
        return f"is not of the form {field.constraints.pattern}"
    return ""


def _is(value: str, kind: str) -> bool:
    """Whether a value is of a type of the standard; of those that a manifest hardly has, every value is."""
    if kind == "date":
        try:
            date.fromisoformat(value)
        except ValueError:
            return False
        return True
    forms = {
        "integer": r"[+-]?\d+",
        "year": r"-?\d{4}",
        "yearmonth": r"-?\d{4}-(0[1-9]|1[0-2])",
        "number": r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|INF|-INF|NaN",
        "boolean": "true|false|True|False|TRUE|FALSE|1|0",
    }
    return kind not in forms or re.fullmatch(forms[kind], value) is not None
