"""Plain data to records: every fault named, and whatever is sound kept."""

import difflib
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from types import UnionType
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from charter_data.models.base import FORMS, Record
from charter_data.problems import Finding, Path

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Sound(Generic[R]):
    """Hold a valid record, and how its list places differ from the file's when bad items were left out."""

    file: str
    record: R
    kept: dict[Path, list[int]] = field(default_factory=dict)

    def original(self, path: Path) -> Path:
        """Give the path in the file of a path in the record."""
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
        findings = list(_findings(error.errors(), model, data, file))
        return _salvage(model, data, error.errors(), file), findings


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
    merged: dict[tuple[Path, str], list[str]] = {}
    for error in errors:
        path = _real_path(data, error["loc"], keeps_last=error["type"] == "missing")
        code, message = _explain(error, path, model)
        messages = merged.setdefault((path, code), [])
        if message not in messages:
            messages.append(message)
    for (path, code), messages in merged.items():
        yield Finding(file, path, code, f"`{_name(path)}` {'; or '.join(messages)}")


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


def _explain(error: ErrorDetails, path: Path, model: type[Record]) -> tuple[str, str]:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "missing" and path[-1] in ("id", "en"):
        return "missing-translation", "is missing: every text has `id` (Indonesian) and `en` (English)"
    if kind == "missing":
        return "missing-key", f"is missing: add it{_choices(model, path)}"
    if kind == "extra_forbidden":
        return "unknown-key", f"is not known here: {_suggestion(str(path[-1]), _record_at(model, path[:-1]))}"
    if kind == "string_pattern_mismatch":
        form = FORMS.get(str(context["pattern"]), f"the pattern {context['pattern']}")
        return "wrong-form", f"is `{error['input']}`: write it as {form}"
    if kind in ("enum", "literal_error"):
        return "wrong-value", f"is `{error['input']}`: it must be {context['expected']}"
    if kind == "value_error":
        return "wrong-value", f"is not sound: {context['error']}"
    return "wrong-value", f"is `{_short(error['input'])}`: {error['msg']}"


def _choices(model: type[Record], path: Path) -> str:
    record = _record_at(model, path[:-1])
    annotation = record.model_fields[str(path[-1])].annotation if record else None
    values = getattr(annotation, "__members__", None)
    return f", one of {', '.join(member.value for member in values.values())}" if values else ""


def _suggestion(key: str, record: type[BaseModel] | None) -> str:
    known = [info.alias or name for name, info in record.model_fields.items()] if record else []
    near = difflib.get_close_matches(key, known, n=1)
    if near:
        return f"did you mean `{near[0]}`?"
    return f"remove it, or use one of {', '.join(known)}"


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
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
