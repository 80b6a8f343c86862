"""YAML files into pydantic models, with errors that give file, line and permitted values."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from policyaudit.errors import UsageError

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
T = TypeVar("T")
Place = tuple[str | int, ...]


def read_yaml(path: Path) -> tuple[Any, dict[Place, int]]:
    """The data of a YAML file and the line of each of its places (keys and list positions from the root).

    Raises UsageError, one line a fault, for a file that is missing, is no UTF-8 or no YAML, or holds a key twice.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file") from None
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(f"{path}: cannot be read as UTF-8 text ({fault})") from None
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise UsageError(f"{path}:{line}: not valid YAML: {fault.problem}") from None
    except yaml.YAMLError as fault:
        raise UsageError(f"{path}: not valid YAML: {fault}") from None
    lines: dict[Place, int] = {(): 1}
    faults: list[str] = []
    data = _value(node, (), lines, faults, path)
    if faults:
        raise UsageError("\n".join(faults))
    return data, lines


def _value(node: Any, place: Place, lines: dict[Place, int], faults: list[str], path: Path) -> Any:
    if node is None:
        return None
    if isinstance(node, yaml.MappingNode):
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            here = (*place, key)
            line = key_node.start_mark.line + 1
            if key in result:
                faults.append(f"{path}:{line}: {key!r} stands twice here (first in line {lines[here]})")
            lines.setdefault(here, line)
            result[key] = _value(value_node, here, lines, faults, path)
        return result
    if isinstance(node, yaml.SequenceNode):
        values = []
        for index, item in enumerate(node.value):
            here = (*place, index)
            lines[here] = item.start_mark.line + 1
            values.append(_value(item, here, lines, faults, path))
        return values
    return _scalar(node)


def _scalar(node: yaml.ScalarNode) -> Any:
    if node.tag == "tag:yaml.org,2002:bool" and node.value.lower() not in ("true", "false"):
        return node.value  # YAML 1.1 takes "no", "on" and "yes" for truth values; here they are words
    loader = Loader("")
    try:
        return loader.construct_object(node, deep=True)
    finally:
        loader.dispose()


def load(path: Path, shape: type[T] | TypeAdapter[T]) -> T:
    """The file as ``shape`` (a model or a TypeAdapter). Raises UsageError, one line a fault: file, line, what is permitted."""
    return load_placed(path, shape)[0]


def load_placed(path: Path, shape: type[T] | TypeAdapter[T]) -> tuple[T, dict[Place, int]]:
    """As ``load``, with the line of each place of the file."""
    data, lines = read_yaml(path)
    adapter: TypeAdapter[T] = shape if isinstance(shape, TypeAdapter) else TypeAdapter(shape)
    try:
        return adapter.validate_python({} if data is None else data), lines
    except ValidationError as error:
        faults = sorted({_fault(path, lines, data, detail, shape) for detail in error.errors(include_url=False)})
        raise UsageError("\n".join(text for _, text in faults)) from None


def _fault(path: Path, lines: dict[Place, int], data: Any, detail: ErrorDetails, shape: Any) -> tuple[int, str]:
    place: Place = tuple(detail["loc"])
    known = place
    while known and known not in lines:
        known = known[:-1]
    line = lines.get(known, 1)
    where = ".".join(_spoken(data, place)) or "the file"
    return line, f"{path}:{line}: {where}: {_message(detail, shape)}"


def _spoken(data: Any, place: Place) -> Iterator[str]:
    """The steps of a place; an entry of a list is named by its id, where it has one, and not by its number."""
    for step in place:
        try:
            data = data[step]
        except (TypeError, KeyError, IndexError):
            data = None
        named = isinstance(step, int) and isinstance(data, dict) and data.get("id")
        yield str(named or step)


def _message(detail: ErrorDetails, shape: Any) -> str:
    kind = detail["type"]
    if kind == "extra_forbidden":
        permitted = sorted(_keys(shape, tuple(detail["loc"])[:-1]))
        key = str(detail["loc"][-1])
        near = difflib.get_close_matches(key, permitted, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        return "unknown key" + (f"; permitted: {', '.join(permitted)}" if permitted else "") + hint
    if kind == "missing":
        return "is missing"
    if kind == "enum" or kind == "literal_error":
        return f"{detail['input']!r} is not permitted; permitted: {detail['ctx']['expected']}"
    message = detail["msg"].removeprefix("Value error, ").replace("tuple should", "list should")
    return message[0].lower() + message[1:]


def _keys(shape: Any, place: Place) -> set[str]:
    """The keys permitted at a place of a model, as far as its JSON Schema tells."""
    adapter = shape if isinstance(shape, TypeAdapter) else TypeAdapter(shape)
    schema: dict[str, Any] = adapter.json_schema()
    definitions = schema.get("$defs", {})

    def resolve(part: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in part:
            part = definitions[part["$ref"].rsplit("/", 1)[-1]]
        return part

    here = [resolve(schema)]
    for step in place:
        following: list[dict[str, Any]] = []
        for part in here:
            options = [resolve(option) for option in part.get("anyOf", [])] or [part]
            for option in options:
                if isinstance(step, int):
                    following += [resolve(option["items"])] if isinstance(option.get("items"), dict) else []
                elif step in option.get("properties", {}):
                    following.append(resolve(option["properties"][step]))
                elif isinstance(option.get("additionalProperties"), dict):
                    following.append(resolve(option["additionalProperties"]))
        here = following or here
    options = [option for part in here for option in (part, *map(resolve, part.get("anyOf", [])))]
    return {key for option in options for key in option.get("properties", {})}


def schema(shape: type[BaseModel] | TypeAdapter[Any]) -> dict[str, Any]:
    """The JSON Schema of a data file, for editors."""
    adapter: TypeAdapter[Any] = shape if isinstance(shape, TypeAdapter) else TypeAdapter(shape)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **adapter.json_schema()}
