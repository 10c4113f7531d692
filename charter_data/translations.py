"""Every text of a record, and which pairs of Indonesian and English somebody has confirmed."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import yaml

from charter_data.models import Record, Text
from charter_data.models.base import Line, Pair
from charter_data.problems import Path

Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
SIDECAR = "en_of.yml"
HEAD = "# Written by `build_charter.py translated FILE`: the pairs of texts that somebody has compared.\n"


class Confirmed(Record):
    """Hold en_of.yml: per data file, each confirmed pair by the hashes of its two texts."""

    files: dict[Line, tuple[Pair, ...]]


def texts_in(value: Any, path: Path = ()) -> Iterator[tuple[Path, Text]]:
    """Yield every text inside a record with its path."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from texts_in(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts_in(item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts_in(item, (*path, key))


def pair_of(text: Text) -> str:
    """Give the hashes of a text: by content, so that moving it changes nothing."""
    return f"{_short_hash(text.id)}-{_short_hash(text.en)}"


def sidecar_text(confirmed: Confirmed) -> str:
    """Give the text of en_of.yml: the same pairs, the same bytes."""
    files = {name: sorted(set(pairs)) for name, pairs in confirmed.files.items()}
    return HEAD + yaml.dump({"files": files}, Dumper=Dumper, sort_keys=True, width=120)


def _short_hash(words: str) -> str:
    return sha256(words.encode()).hexdigest()[:12]
