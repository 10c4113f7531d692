"""One YAML file to plain data that knows its lines; nothing in it is ever executed."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path as FilePath
from typing import Any

import yaml

from charter_data.problems import MOST_TOLD, Path, Problem

LIMIT_BYTES = 512 * 1024
LIMIT_DEPTH = 32
LIMIT_VALUES = 20_000
# Of numbers, dates and yes or no: YAML counts `1:1:1` in sixties, which takes for ever when it is long.
LIMIT_PLAIN = 100
TEXT_TAG = "tag:yaml.org,2002:str"

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# For places alone: it does not ask of each value what it is.
PlaceLoader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class YamlFile:
    """Hold a file's plain data, and the text that knows where each value stands."""

    name: str
    text: str
    data: Any

    def place(self, path: Path) -> tuple[int, int]:
        """Give line and column (from 1) of a path, or of the deepest part of it that exists."""
        node = _root(self.text)
        mark = node.start_mark
        for part in path:
            found = _child(node, part)
            if found is None:
                break
            mark, node = found
        return _spot(mark)


def read_yaml(path: FilePath, name: str) -> YamlFile | list[Problem]:
    """Read a file, or give every reason why it cannot be read."""
    try:
        if path.exists() and not path.is_file():
            return [Problem(name, 1, 1, "file-missing", "this is no ordinary file: put one here")]
        with path.open("rb") as file:
            raw = file.read(LIMIT_BYTES + 1)
        text = raw.decode("utf-8") if len(raw) <= LIMIT_BYTES else None
    except OSError as error:
        return [
            Problem(name, 1, 1, "file-missing", f"no file can be read here ({error.strerror}): put one here")
        ]
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return [Problem(name, line, 1, "file-not-utf8", "this line is not UTF-8: save the file as UTF-8")]
    if text is None:
        return [Problem(name, 1, 1, "file-too-large", "larger than 512 KiB: shorten it")]
    try:
        problems = list(islice(_forbidden(text, name), MOST_TOLD))
        return problems or _construct(text, name)
    except yaml.MarkedYAMLError as error:
        return [_syntax_problem(error, name)]
    except (yaml.reader.ReaderError, ValueError, OverflowError):
        return [_control_character(text, name)]


def _forbidden(text: str, name: str) -> Iterator[Problem]:
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=Loader)):
        line, column = _spot(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            yield Problem(
                name,
                line,
                column,
                "yaml-alias",
                f"`*{event.anchor}` points elsewhere: write the text out instead",
            )
        elif tag := getattr(event, "tag", None):
            message = f"`{tag}` is refused and was not run: write the plain value"
            yield Problem(name, line, column, "yaml-tag", message)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > LIMIT_DEPTH:
            yield Problem(name, line, column, "yaml-depth", f"deeper than {LIMIT_DEPTH} levels: flatten it")
            return
        if count > LIMIT_VALUES:
            yield Problem(name, line, column, "file-too-large", f"over {LIMIT_VALUES} values: shorten it")
            return


def _construct(text: str, name: str) -> YamlFile | list[Problem]:
    loader = Loader(text)
    try:
        root = loader.get_single_node()
        if not isinstance(root, yaml.MappingNode):
            return [
                Problem(
                    name,
                    1,
                    1,
                    "wrong-value",
                    "no `key: value` lines are read here: begin the file with its first key",
                )
            ]
        problems = list(islice(chain(_bad_keys(root, name), _unreadable(root, loader, name)), MOST_TOLD))
        return problems or YamlFile(name, text, loader.construct_document(root))
    finally:
        loader.dispose()


def _bad_keys(root: yaml.Node, name: str) -> Iterator[Problem]:
    for node in _walk(root):
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, _ in node.value:
                line, column = _spot(key.start_mark)
                if key.tag != TEXT_TAG:
                    shown = f"`{key.value}`" if isinstance(key, yaml.ScalarNode) else "what stands here"
                    message = f"{shown} is not known here: a key is a word, such as `text`"
                    yield Problem(name, line, column, "unknown-key", message)
                elif key.value in seen:
                    message = f"`{key.value}` stands twice here: keep one"
                    yield Problem(name, line, column, "yaml-duplicate-key", message)
                seen.add(str(key.value))


def _unreadable(root: yaml.Node, loader: Any, name: str) -> Iterator[Problem]:
    for node in _walk(root):
        if isinstance(node, yaml.ScalarNode) and node.tag != TEXT_TAG:
            try:
                if len(node.value) > LIMIT_PLAIN:
                    raise ValueError(f"{len(node.value)} signs are too many")
                loader.construct_object(node)
            except (ValueError, yaml.constructor.ConstructorError) as error:
                line, column = _spot(node.start_mark)
                reason = f" ({error})" if isinstance(error, ValueError) else ""
                message = f"`{node.value[:60]}` cannot be read{reason}: correct it, or put text in quotes"
                yield Problem(name, line, column, "yaml-value", message)


def _walk(root: yaml.Node) -> Iterator[yaml.Node]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, yaml.MappingNode):
            waiting += [value for _, value in reversed(node.value)]
        elif isinstance(node, yaml.SequenceNode):
            waiting += reversed(node.value)


# The nodes of a whole city fill the memory: only the last file asked for keeps its own.
@lru_cache(maxsize=1)
def _root(text: str) -> Any:
    return yaml.compose(text, Loader=PlaceLoader)


@lru_cache(maxsize=LIMIT_DEPTH)
def _keys(node: yaml.MappingNode) -> dict[str, tuple[Any, yaml.Node]]:
    return {str(key.value): (key.start_mark, value) for key, value in node.value}


def _child(node: yaml.Node, part: str | int) -> tuple[Any, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return _keys(node).get(str(part))
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark, node.value[part]
    return None


def _control_character(text: str, name: str) -> Problem:
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    before = text[: found.start()] if found else ""
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    return Problem(
        name, line, column, "yaml-syntax", "a control character that YAML does not allow: remove it"
    )


def _syntax_problem(error: yaml.MarkedYAMLError, name: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = _spot(mark)
    message = f"{error.problem or error.context}: check quotes, colons and indentation around this place"
    return Problem(name, line, column, "yaml-syntax", message)


def _spot(mark: Any) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
