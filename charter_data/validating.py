"""Plain data to records: every fault named, and whatever is sound kept."""

import difflib
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from types import UnionType
from typing import Annotated, Any, Generic, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from charter_data.models.base import FORMS, Record, Text
from charter_data.problems import MOST_TOLD, Finding, Path

R = TypeVar("R", bound=Record)

NEAR = "did you mean "

WISHES = {
    "string_type": "write a text",
    "string_too_short": "write a text, or take the line out",
    "string_too_long": "write at most {max_length} characters",
    "too_short": "write at least {min_length}",
    "too_long": "{actual_length} are too many: at most {max_length}",
    "greater_than": "write a number above {gt:g}",
    "greater_than_equal": "write at least {ge}",
    "less_than_equal": "write at most {le}",
    "finite_number": "write an ordinary number",
    "tuple": "write a list, each item on a line that begins with `- `",
    "dict": "write `key: value` lines below it",
    "date": "write a date such as 2026-11-24",
    "bool": "write true or false",
    "int": "write a whole number",
    "float": "write a number",
}


@dataclass(frozen=True)
class Sound(Generic[R]):
    """Hold a valid record, and how its list places differ from the file's when bad items were left out."""

    file: str
    record: R
    kept: dict[Path, list[int]] = field(default_factory=dict)

    def original(self, path: Path) -> Path:
        """Give the path in the file of a path in the record."""
        if not self.kept:
            return path
        found: Path = ()
        for part in path:
            kept = self.kept.get(found)
            found = (*found, kept[part] if kept and isinstance(part, int) else part)
        return found


def validate(model: type[R], data: Any, file: str) -> tuple[Sound[R] | None, list[Finding]]:
    """Give the record (without the list items that are broken), and every finding on the data."""
    try:
        return Sound(file, model.model_validate(data)), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
        findings = list(_findings(errors[:MOST_TOLD], model, data, file))
        if len(errors) > MOST_TOLD:
            message = f"{len(errors) - MOST_TOLD} more faults are not told yet: correct the others first"
            findings.append(Finding(file, (), "wrong-value", message))
        return _salvage(model, data, errors, file), findings


def _salvage(model: type[R], data: Any, errors: list[ErrorDetails], file: str) -> Sound[R] | None:
    copy = deepcopy(data)
    dropped: dict[Path, set[int]] = {}
    for error in errors:
        location = error["loc"]
        if error["type"] == "extra_forbidden":
            _at(copy, location[:-1]).pop(location[-1], None)
            continue
        first = next((at for at, part in enumerate(location) if isinstance(part, int)), None)
        if first is None:
            return None
        dropped.setdefault(location[:first], set()).add(int(location[first]))
    kept = {path: _keep(_at(copy, path), bad) for path, bad in dropped.items()}
    try:
        return Sound(file, model.model_validate(copy), kept)
    except ValidationError:
        return None


def _keep(items: list[Any], bad: set[int]) -> list[int]:
    kept = [index for index in range(len(items)) if index not in bad]
    items[:] = [items[index] for index in kept]
    return kept


def _at(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data


def _findings(errors: list[ErrorDetails], model: type[Record], data: Any, file: str) -> Iterator[Finding]:
    merged: dict[tuple[Path, str, str], list[str]] = {}
    for error in errors:
        path = _real_path(data, error["loc"], keeps_last=error["type"] == "missing")
        code, fault, wish = _explain(error, path, model)
        merged.setdefault((path, code, fault), []).append(wish)
    for (path, code, fault), wishes in merged.items():
        near = [wish.removeprefix(NEAR) for wish in wishes if wish.startswith(NEAR)]
        right = f"{NEAR}{' or '.join(near)}?" if near else " or ".join(wishes)
        yield Finding(file, path, code, f"`{_name(path)}` {fault}: {right}")


def _real_path(data: Any, location: Path, *, keeps_last: bool) -> Path:
    """Drop the labels that pydantic adds for members of a union."""
    path: Path = ()
    for at, part in enumerate(location):
        inside = (isinstance(data, dict) and part in data) or (
            isinstance(data, list) and isinstance(part, int) and part < len(data)
        )
        if inside:
            data, path = data[part], (*path, part)
        elif keeps_last and at == len(location) - 1:
            path = (*path, part)
    return path


def _explain(error: ErrorDetails, path: Path, model: type[Record]) -> tuple[str, str, str]:
    """Give the code, what is wrong, and what would be right."""
    kind, context = error["type"], error.get("ctx", {})
    record = _record_at(model, path[:-1])
    if kind == "missing" and record and issubclass(record, Text) and path[-1] in Text.model_fields:
        return "missing-translation", "is missing", "every text has `id` (Indonesian) and `en` (English)"
    if kind == "missing":
        return "missing-key", "is missing", f"add it{_choices(record, str(path[-1]))}"
    if kind == "extra_forbidden":
        return "unknown-key", "is not known here", _suggestion(str(path[-1]), record)
    if kind == "value_error":
        return "wrong-value", "is not sound", str(context["error"])
    shown = "" if error["input"] is None else _short(error["input"])
    fault = f"is `{shown}`" if shown else "is empty"
    if kind == "string_pattern_mismatch":
        form = FORMS.get(str(context["pattern"]), f"the pattern {context['pattern']}")
        return "wrong-form", fault, f"write it as {form}"
    if kind in ("enum", "literal_error"):
        return "wrong-value", fault, _choice(str(error["input"]), str(context["expected"]))
    if kind == "model_type":
        return "wrong-value", fault, _shape(_record_at(model, path))
    return "wrong-value", fault, _wish(error)


def _wish(error: ErrorDetails) -> str:
    kind, value = error["type"], error["input"]
    if kind == "string_type" and isinstance(value, int | float | date):
        return "put it in quotes, so that it stays text"
    wish = WISHES.get(kind) or WISHES.get(kind.split("_")[0])
    return wish.format(**error.get("ctx", {})) if wish else error["msg"].replace("Input should", "it should")


def _choice(value: str, expected: str) -> str:
    *some, last = re.findall(r"'([^']+)'", expected)
    near = difflib.get_close_matches(value, [*some, last], n=1)
    if near:
        return f"{NEAR}`{near[0]}`"
    return f"write {', '.join(some)} or {last}" if some else f"write {last}"


def _shape(record: type[BaseModel] | None) -> str:
    if record and issubclass(record, Text):
        return "write it in both languages, under `id:` and `en:`"
    keys = [info.alias or name for name, info in record.model_fields.items()] if record else []
    return f"write its keys below it: {', '.join(keys)}"


def _choices(record: type[BaseModel] | None, key: str) -> str:
    annotation = record.model_fields[key].annotation if record and key in record.model_fields else None
    literal = get_args(annotation) if get_origin(annotation) is Literal else ()
    values = [str(member) for member in getattr(annotation, "__members__", {}).values() or literal]
    return f", one of {', '.join(values)}" if values else ""


def _suggestion(key: str, record: type[BaseModel] | None) -> str:
    known = [info.alias or name for name, info in record.model_fields.items()] if record else []
    near = difflib.get_close_matches(key, known, n=1)
    return f"{NEAR}`{near[0]}`" if near else f"remove it, or use one of {', '.join(known)}"


def _record_at(model: Any, path: Path) -> type[BaseModel] | None:
    for part in path:
        fields = {info.alias or name: info for name, info in model.model_fields.items()}
        if isinstance(part, str) and part in fields:
            inner = list(_records_in(fields[part].annotation))
            if not inner:
                return None
            model = inner[0]
    return model if isinstance(model, type) and issubclass(model, BaseModel) else None


def _records_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (Annotated, Union, UnionType, tuple, dict):
        for argument in get_args(annotation):
            yield from _records_in(argument)


def _name(path: Path) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else f"{text[:57]}..."
