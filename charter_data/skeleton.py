"""A new city's files: those of the reference city, comments kept, with what is local taken out."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, cast

import yaml

from charter_data.models.base import Line, Record
from charter_data.problems import RefusedError
from charter_data.reading import Loader

LOCAL = Path(__file__).with_suffix(".yml")
BLANK = re.compile("%(name|short|code|today|folder|time_zone)%")
# A day stands without quotes; whatever else fills a blank stands inside quotes or in a comment.
DAY = "%today%"
WIDTH = 100


class SkeletonError(RefusedError):
    """Say why no skeleton can be made."""


class Place(Record):
    """Name places in files: keys, `*` for every one, `key=value` for the items that hold it."""

    file: Line
    at: Line


class Change(Place):
    """Say what stands instead at a place; with `was`, only where that stood and without asking for one."""

    now: Any
    was: Any = None


class Replacement(Record):
    """Say which words stand instead of others, in every file."""

    old: Line
    new: str


class Local(Record):
    """Hold skeleton.yml: what of the reference city is local, and what a new city begins with."""

    changes: tuple[Change, ...]
    lists: tuple[Place, ...]
    words: tuple[Replacement, ...]
    only_here: tuple[Line, ...]
    time_zones: dict[Line, tuple[Line, ...]]


@dataclass(frozen=True)
class NewCity:
    """Hold what is known of a new city: names, BPS code, first day, and how its folder is written."""

    name: str
    short: str
    code: str
    today: date
    folder: str


class Span(NamedTuple):
    """Hold what stands instead of a part of a text."""

    start: int
    end: int
    new: str


class Found(NamedTuple):
    """Hold a value, where it begins (after its key, if it has one), and how far its block is set in."""

    node: yaml.Node
    start: int
    indent: int | None


def read_local(path: Path = LOCAL) -> Local:
    """Read what is local."""
    return Local.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def skeleton(texts: Mapping[str, str], local: Local, city: NewCity) -> dict[str, str]:
    """Give the files of a new city, by name, from those of the reference city.

    Raises SkeletonError when skeleton.yml names a place or words that the files do not have.
    """
    made = {name: _edited(name, text, local, city) for name, text in texts.items()}
    for place in (*local.changes, *local.lists):
        optional = isinstance(place, Change) and place.was is not None
        if not optional and not any(_at(name, text, place) for name, text in texts.items()):
            raise SkeletonError(f"skeleton.yml: `{place.file}` has no `{place.at}`: correct the place")
    for words in local.words:
        if not any(words.old in text for text in made.values()):
            raise SkeletonError(f"skeleton.yml: no file says `{words.old}`: correct the words")
        made = {name: text.replace(words.old, words.new) for name, text in made.items()}
    return {name: _filled(text, local, city) for name, text in made.items()}


def _edited(name: str, text: str, local: Local, city: NewCity) -> str:
    spans = [
        Span(found.start, _end(found.node), _written(change.now, found.indent))
        for change in local.changes
        for found in _at(name, text, change)
        if change.was is None or getattr(found.node, "value", None) == change.was
    ]
    for place in local.lists:
        for found in _at(name, text, place):
            spans += _shortened(text, found, _local_words(local, city))
    for span in sorted(spans, reverse=True):
        text = text[: span.start] + span.new + text[span.end :]
    return re.sub(r"\n{4,}", "\n\n\n", text)


def _local_words(local: Local, city: NewCity) -> re.Pattern[str]:
    words = "|".join(map(re.escape, local.only_here))
    # A short name such as Batu is a word of its own; the reference city's names stand in addresses too.
    return re.compile(rf"(?i:{words})|\b{re.escape(city.short)}\b")


def _shortened(text: str, found: Found, words: re.Pattern[str]) -> Iterator[Span]:
    """Yield what takes the items out of a list that name the reference city or the new one."""
    items = [Span(item.start_mark.index, _end(item), "") for item in found.node.value]
    gone = [item for item in items if words.search(text, item.start, item.end)]
    if len(gone) == len(items):
        yield Span(found.start, _end(found.node), _written([], found.indent))
        return
    for item in gone:
        start = text.rindex("\n", 0, item.start) + 1
        yield Span(start, text.index("\n", item.end) + 1, "")


def _at(name: str, text: str, place: Place) -> list[Found]:
    if not fnmatch(name, place.file):
        return []
    found = [Found(_root(text), 0, None)]
    for part in place.at.split("/"):
        found = [child for one in found for child in _children(one.node, part)]
    return found


@lru_cache
def _root(text: str) -> yaml.Node:
    return cast(yaml.Node, yaml.compose(text, Loader=Loader))


def _children(node: yaml.Node, part: str) -> Iterator[Found]:
    key, _, value = part.partition("=")
    if isinstance(node, yaml.MappingNode):
        for word, child in node.value:
            if part in ("*", word.value):
                yield Found(child, word.end_mark.index, word.start_mark.column + 2)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if part == "*" or _value(item, key) == value:
                yield Found(item, item.start_mark.index, None)


def _value(node: yaml.Node, key: str) -> str | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((str(child.value) for word, child in pairs if word.value == key), None)


def _end(node: yaml.Node) -> int:
    # The end mark of a block lies beyond the comments that follow it.
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _written(value: Any, indent: int | None) -> str:
    flow = _flow(value)
    if indent is None:
        return flow
    if not isinstance(value, dict) or indent + len(flow) <= WIDTH:
        return f": {flow}"
    return ":" + "".join(f"\n{' ' * indent}{key}{_written(item, indent + 2)}" for key, item in value.items())


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    return DAY if value == DAY else json.dumps(value, ensure_ascii=False)


def _filled(text: str, local: Local, city: NewCity) -> str:
    blanks = {
        "name": city.name,
        "short": city.short,
        "code": city.code,
        "today": city.today.isoformat(),
        "folder": city.folder,
        "time_zone": _time_zone(local, city.code),
    }
    quoted = {blank: json.dumps(value, ensure_ascii=False)[1:-1] for blank, value in blanks.items()}
    return BLANK.sub(lambda found: quoted[found[1]], text)


def _time_zone(local: Local, code: str) -> str:
    zones = (zone for zone, provinces in local.time_zones.items() if code[:2] in provinces)
    return next(zones, next(iter(local.time_zones)))
