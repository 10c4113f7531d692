"""One YAML file to plain data that knows its lines; nothing in it is ever executed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

import yaml

from charter_data.problems import Path, Problem

LIMIT_BYTES = 512 * 1024
LIMIT_DEPTH = 32

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class YamlFile:
    """Hold a file's plain data and the nodes that know where each value stands."""

    name: str
    root: yaml.Node
    data: Any

    def place(self, path: Path) -> tuple[int, int]:
        """Give line and column (from 1) of a path, or of the deepest part of it that exists."""
        node, mark = self.root, self.root.start_mark
        for part in path:
            found = _child(node, part)
            if found is None:
                break
            mark, node = found
        return _spot(mark)


def read_yaml(path: FilePath, name: str) -> YamlFile | list[Problem]:
    """Read a file, or give every reason why it cannot be read."""
    raw = path.read_bytes()
    if len(raw) > LIMIT_BYTES:
        return [Problem(name, 1, 1, "file-too-large", f"{len(raw)} bytes: at most {LIMIT_BYTES}")]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return [Problem(name, line, 1, "file-not-utf8", "this line is not UTF-8: save the file as UTF-8")]
    try:
        problems = list(_forbidden(text, name))
        return problems or _construct(text, name)
    except yaml.MarkedYAMLError as error:
        return [_syntax_problem(error, name)]
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        message = "a control character that YAML does not allow: remove it"
        return [Problem(name, line, 1, "yaml-syntax", message)]


def _forbidden(text: str, name: str) -> Iterator[Problem]:
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        line, column = _spot(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            yield Problem(name, line, column, "yaml-alias", f"`*{event.anchor}`: write the text out instead")
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


def _construct(text: str, name: str) -> YamlFile | list[Problem]:
    loader = Loader(text)
    try:
        root = loader.get_single_node()
        if not isinstance(root, yaml.MappingNode):
            return [Problem(name, 1, 1, "wrong-value", "the file holds no `key: value` lines: it must")]
        problems = [*_duplicates(root, name), *_unreadable(root, loader, name)]
        return problems or YamlFile(name, root, loader.construct_document(root))
    finally:
        loader.dispose()


def _duplicates(root: yaml.Node, name: str) -> Iterator[Problem]:
    for node in _walk(root):
        if isinstance(node, yaml.MappingNode):
            seen = set()
            for key, _ in node.value:
                if key.value in seen:
                    line, column = _spot(key.start_mark)
                    message = f"`{key.value}` stands twice here: keep one"
                    yield Problem(name, line, column, "yaml-duplicate-key", message)
                seen.add(str(key.value))


def _unreadable(root: yaml.Node, loader: Any, name: str) -> Iterator[Problem]:
    for node in _walk(root):
        if isinstance(node, yaml.ScalarNode):
            try:
                loader.construct_object(node)
            except ValueError as error:
                line, column = _spot(node.start_mark)
                message = f"`{node.value}` cannot be read ({error}): correct it, or put text in quotes"
                yield Problem(name, line, column, "yaml-value", message)


def _walk(node: yaml.Node) -> Iterator[yaml.Node]:
    yield node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _walk(key)
            yield from _walk(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _walk(item)


def _child(node: yaml.Node, part: str | int) -> tuple[Any, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == part:
                return key.start_mark, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark, node.value[part]
    return None


def _syntax_problem(error: yaml.MarkedYAMLError, name: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = _spot(mark)
    message = f"{error.problem or error.context}: check quotes, colons and indentation around this place"
    return Problem(name, line, column, "yaml-syntax", message)


def _spot(mark: Any) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
