"""Each value of a canonical JSON file with its place, byte by byte, even when the file is broken."""

import hashlib
import json
import re
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import Any

from charter_data.problems import Path

MARK_LENGTH = 12
DEEPEST = 64
TEXT = re.compile(rb'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-f]{4}))*')
PLAIN = re.compile(rb"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null")
EMPTY = {b"{": b"{}", b"[": b"[]"}
CLOSING = {b"{": b"}", b"[": b"]"}
NAMES = ("code", "id", "key")


class UnreadableError(Exception):
    """Say at which byte, and inside which value, a file stops being canonical JSON."""

    def __init__(self, at: int, path: Path) -> None:
        """Keep the byte, counted from 0, and the path."""
        super().__init__(f"unreadable at byte {at}")
        self.at = at
        self.path = path


@dataclass(frozen=True)
class Leaf:
    """Hold a value without parts: its path, its bytes, and where the file goes on after it."""

    path: Path
    token: bytes
    end: int

    @property
    def value(self) -> Any:
        """Give what the bytes say."""
        return json.loads(self.token)

    @property
    def mark(self) -> str:
        """Give the first 12 digits of SHA-256 over JSON pointer, `=` and value."""
        pointer = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in self.path)
        return hashlib.sha256(pointer.encode() + b"=" + self.token).hexdigest()[:MARK_LENGTH]


Leaves = Generator[Leaf, None, int]


def scan(content: bytes) -> Leaves:
    """Yield every leaf in the order of the file; no space may stand between values.

    Raises UnreadableError.
    """
    end = yield from _value(content, 0, ())
    if end != len(content):
        raise UnreadableError(end, ())
    return end


def names(leaves: Iterable[Leaf]) -> dict[Path, str]:
    """Give each leaf's name as people read it: services[KBK].promises[KBK.siap].text.id."""
    kept = tuple(leaves)
    called = labels(kept)
    return {leaf.path: name_of(leaf.path, called) for leaf in kept}


def name_of(path: Path, called: dict[Path, str]) -> str:
    """Give a path as people read it; items of lists are called by their label, else counted from 0."""
    said = ""
    for at, part in enumerate(path, start=1):
        is_inside = isinstance(part, int) or "." in part
        said += f"[{called.get(path[:at], part)}]" if is_inside else f".{part}"
    return "".join(sign if sign.isprintable() else "\u00b7" for sign in said.removeprefix("."))


def labels(leaves: Iterable[Leaf]) -> dict[Path, str]:
    """Give the label of every item of a list that has a code, id or key that no item before it has."""
    leaves = tuple(leaves)
    texts = {leaf.path[:-1] for leaf in leaves if leaf.path[-1:] == ("en",)}
    found: dict[Path, str] = {}
    taken: set[tuple[Path, str]] = set()
    for leaf in leaves:
        item = leaf.path[:-1]
        if leaf.path[-1:] and leaf.path[-1] in NAMES and item and isinstance(item[-1], int):
            is_translation = leaf.path[-1] == "id" and item in texts
            if not is_translation and leaf.token[:1] == b'"' and (item[:-1], leaf.value) not in taken:
                found[item] = leaf.value
                taken.add((item[:-1], leaf.value))
    return found


def _value(content: bytes, at: int, path: Path) -> Leaves:
    opening = content[at : at + 1]
    if opening in CLOSING and content[at : at + 2] != EMPTY[opening]:
        return (yield from _parts(content, at, path, CLOSING[opening]))
    end = at + 2 if opening in CLOSING else _token_end(content, at, path)
    yield Leaf(path, content[at:end], end)
    return end


def _parts(content: bytes, at: int, path: Path, closing: bytes) -> Leaves:
    if len(path) == DEEPEST:
        raise UnreadableError(at, path)
    part: str | int = -1
    while True:
        if closing == b"}":
            part, at = _key(content, at + 1, path)
        else:
            part, at = int(part) + 1, at + 1
        at = yield from _value(content, at, (*path, part))
        if content[at : at + 1] != b",":
            break
    return _after(content, at, closing, path)


def _key(content: bytes, at: int, path: Path) -> tuple[str, int]:
    if content[at : at + 1] != b'"':
        raise UnreadableError(at, path)
    end = _token_end(content, at, path)
    name = content[at + 1 : end - 1].decode()
    return json.loads(f'"{name}"') if "\\" in name else name, _after(content, end, b":", path)


def _after(content: bytes, at: int, sign: bytes, path: Path) -> int:
    if content[at : at + 1] != sign:
        raise UnreadableError(at, path)
    return at + 1


def _token_end(content: bytes, at: int, path: Path) -> int:
    found = TEXT.match(content, at) or PLAIN.match(content, at)
    if found is None:
        raise UnreadableError(at, path)
    try:
        found.group().decode()
    except UnicodeDecodeError as error:
        raise UnreadableError(at + error.start, path) from None
    return _after(content, found.end(), b'"', path) if found.re is TEXT else found.end()
