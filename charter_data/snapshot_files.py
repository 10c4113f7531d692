"""Writes what the API hands to the site to a folder, and reads it from there."""

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from charter_data.models import Charter, Record
from charter_data.models.base import AreaCode, Hash
from charter_data.problems import RefusedError
from charter_data.seals import canonical
from charter_data.snapshot import Snapshot

SCHEMA = "piagam112/snapshot/3"
MANIFEST = "manifest.json"
HEADS = "heads"
PARTS = ("figures", "answers", "removed", "counts", HEADS)
R = TypeVar("R", bound=Record)


class SnapshotError(RefusedError):
    """Say why a snapshot cannot stand on the site."""


class Manifest(Record):
    """Hold what a snapshot is of, and the SHA-256 of each of its files."""

    schema_version: Literal["piagam112/snapshot/3"]
    city: AreaCode
    seal: Hash
    made_at: datetime
    kind: Literal["real", "simulated"]
    audit_head: Hash | None = None
    files: dict[Literal["figures.json", "answers.json", "removed.json", "counts.json", "heads.json"], Hash]


def write_snapshot(folder: Path, snapshot: Snapshot) -> None:
    """Write the files, and the manifest last: a folder without one is no snapshot."""
    folder.mkdir(parents=True, exist_ok=True)
    data = snapshot.model_dump(mode="json")
    hashes = {}
    for name in PARTS:
        content = canonical(data[name])
        (folder / f"{name}.json").write_bytes(content)
        hashes[f"{name}.json"] = hashlib.sha256(content).hexdigest()
    manifest = {key: data[key] for key in ("city", "seal", "made_at", "kind", "audit_head")}
    content = canonical({**manifest, "schema_version": SCHEMA, "files": hashes})
    (folder / MANIFEST).write_bytes(content)


def read_snapshot(folder: Path, charter: Charter) -> Snapshot:
    """Give the snapshot of a folder.

    Raises SnapshotError when a file is missing, changed or misshapen, or when it is of another city.
    """
    manifest = _valid(Manifest, _of_this_form(_json(folder, MANIFEST), folder), MANIFEST)
    if manifest.city != charter.area.bps_code:
        message = f"{folder}: the snapshot is of city {manifest.city}, the charter of {charter.area.bps_code}"
        raise SnapshotError(f"{message}: name the snapshot of this city")
    hashes = {str(name): sha for name, sha in manifest.files.items()}
    parts = {}
    for name in PARTS:
        file = f"{name}.json"
        content = _bytes(folder, file)
        if hashlib.sha256(content).hexdigest() != hashes.get(file):
            raise SnapshotError(
                f"{folder / file}: not the file that the manifest names: make the snapshot again"
            )
        parts[name] = _parsed(content, folder / file)
    head = manifest.model_dump(exclude={"schema_version", "files"})
    return _valid(Snapshot, {**head, **parts}, str(folder))


def _of_this_form(manifest: Any, folder: Path) -> Any:
    """Refuse by its name a form that another version of the app wrote: what it lacks would count as none."""
    form = manifest.get("schema_version", SCHEMA) if isinstance(manifest, dict) else SCHEMA
    if form != SCHEMA:
        raise SnapshotError(f"{folder}: the snapshot is of the form {form}, not {SCHEMA}: make it again")
    return manifest


def _bytes(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise SnapshotError(
            f"{folder / name}: cannot be read ({error.strerror}): make the snapshot again"
        ) from None


def _json(folder: Path, name: str) -> Any:
    return _parsed(_bytes(folder, name), folder / name)


def _parsed(content: bytes, path: Path) -> Any:
    try:
        return json.loads(content)
    except ValueError as error:
        raise SnapshotError(f"{path}: is not JSON ({error}): make the snapshot again") from None


def _valid(model: type[R], data: Any, where: str) -> R:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise SnapshotError(f"{where}: {place}: {first['msg']}: make the snapshot again") from None
