"""A small valid city, Kota Contoh, as plain data: change one thing and see what happens."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from charter_data.loading import load_charter
from charter_data.models import Charter, Promise, Text
from charter_data.seals import clause_hash
from charter_data.translations import SIDECAR, Confirmed, pair_of, sidecar_text
from tests.kota_contoh import city, common, services
from tests.kota_contoh.pieces import DAY, by, review, source, text

Files = dict[str, Any]
Place = tuple[str | int, ...]
Change = tuple[str, Place, Any]

__all__ = [
    "DAY",
    "added",
    "agreed",
    "as_yaml",
    "by",
    "changed",
    "city_files",
    "confirming",
    "make_charter",
    "review",
    "source",
    "text",
    "without",
    "write_city",
]


# Writes the same value twice rather than an alias, which the reader refuses.
PlainDumper = type(
    "PlainDumper", (getattr(yaml, "CSafeDumper", yaml.SafeDumper),), {"ignore_aliases": lambda *_: True}
)


def city_files() -> Files:
    return {
        "charter.yml": city.charter(),
        "common.yml": common.common(),
        "agencies.yml": city.agencies(),
        "area.yml": city.area(),
        "legal_basis.yml": city.legal_basis(),
        "hoax_policy.yml": city.hoax_policy(),
        "agreements.yml": city.agreements(),
        "definitions.yml": common.definitions(),
        "services/KBK.yml": services.fire(),
        "services/KDR.yml": services.family(),
    }


def as_yaml(data: Any) -> str:
    return yaml.dump(data, Dumper=PlainDumper, allow_unicode=True, sort_keys=False)


def write_city(folder: Path, files: Mapping[str, Any]) -> Path:
    """Write files; a whole city comes with all its English confirmed, unless it says otherwise itself."""
    confirmed = {SIDECAR: confirming(files)} if "charter.yml" in files else {}
    for name, data in {**confirmed, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = data if isinstance(data, str | bytes) else as_yaml(data)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def confirming(files: Mapping[str, Any]) -> str:
    """Give an en_of.yml that confirms every text of these files as it stands."""
    return sidecar_text(Confirmed(files={name: tuple(_pairs(data)) for name, data in files.items()}))


def changed(files: Files, name: str, path: Place, value: Any) -> Files:
    copy = deepcopy(files)
    if path:
        _inside(copy[name], path[:-1])[path[-1]] = value
    else:
        copy[name] = value
    return copy


def without(files: Files, name: str, path: Place = ()) -> Files:
    copy = deepcopy(files)
    if path:
        del _inside(copy[name], path[:-1])[path[-1]]
    else:
        del copy[name]
    return copy


def added(files: Files, name: str, path: Place, item: Any) -> Files:
    copy = deepcopy(files)
    _inside(copy[name], path).append(item)
    return copy


def agreed(files: Files, clause_id: str, *parties: str) -> Files:
    """Record the yes of the parties to a promise, and make it `disepakati`."""
    copy = deepcopy(files)
    promise = next(
        promise
        for data in copy.values()
        for promise in data.get("promises", ())
        if isinstance(promise, dict) and promise["id"] == clause_id
    )
    promise["standing"] = "disepakati"
    sha256 = clause_hash(Promise.model_validate(promise))
    for party in parties:
        copy["agreements.yml"]["agreements"].append(
            {
                "party": party,
                "clauses": [{"clause": clause_id, "sha256": sha256}],
                "version": "0.1",
                "agreed_on": DAY,
                "minutes": "Berita acara nomor 1",
            }
        )
    return copy


def make_charter(*changes: Change, files: Files | None = None) -> Charter:
    """Give the charter of Kota Contoh (or of these files) after changes of (file, path, value)."""
    made = city_files() if files is None else files
    for name, path, value in changes:
        made = changed(made, name, path, value)
    with TemporaryDirectory() as folder:
        return load_charter(write_city(Path(folder), made))


def _pairs(data: Any) -> Iterator[str]:
    if isinstance(data, dict) and isinstance(data.get("id"), str) and isinstance(data.get("en"), str):
        yield pair_of(Text.model_construct(id=data["id"].strip(), en=data["en"].strip()))
    items = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for item in items:
        yield from _pairs(item)


def _inside(data: Any, path: Place) -> Any:
    for part in path:
        data = data[part]
    return data
