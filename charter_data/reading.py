"""One YAML file to plain data that knows its lines; nothing in it is ever executed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

import yaml

from charter_data.problems import Path, Problem

LIMIT_BYTES = 512 * 1024
LIMIT_DEPTH = 32
TEXT_TAG = "tag:yaml.org,2002:str"

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
    try:
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
        problems = list(_forbidden(text, name))
        return problems or _construct(text, name)
    except yaml.MarkedYAMLError as error:
        return [_syntax_problem(error, name)]
    except yaml.reader.ReaderError:
        return [_control_character(text, name)]


def _forbidden(text: str, name: str) -> Iterator[Problem]:
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
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
        problems = [*_bad_keys(root, name), *_unreadable(root, loader, name)]
        return problems or YamlFile(name, root, loader.construct_document(root))
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
        if isinstance(node, yaml.ScalarNode):
            try:
                loader.construct_object(node)
            except (ValueError, yaml.constructor.ConstructorError) as error:
                line, column = _spot(node.start_mark)
                reason = f" ({error})" if isinstance(error, ValueError) else ""
                message = f"`{node.value[:60]}` cannot be read{reason}: correct it, or put text in quotes"
                yield Problem(name, line, column, "yaml-value", message)


def _walk(node: yaml.Node) -> Iterator[yaml.Node]:
    yield node
    if isinstance(node, yaml.MappingNode):
        for _, value in node.value:
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
