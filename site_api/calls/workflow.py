"""What an import does: a log is read and checked first, then stored in one job, all or nothing."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from sqlalchemy import Connection, select

from site_api import audit
from site_api.calls.models import Dataset, DatasetKind
from site_api.calls.reading import Log, LogError, RowFault
from site_api.calls.rows import Row, RowReader
from site_api.calls.schemas import Mapping, MappingError, Vocabulary, load_mapping
from site_api.calls.storing import Refusals, Store, Stored
from site_api.database import insert, write
from site_api.installation import Installation

COMMAND = "command"
BATCH = 2000
PATIENCE_S = 3600.0
MIXED = {DatasetKind.REAL: DatasetKind.SIMULATED, DatasetKind.SIMULATED: DatasetKind.REAL}


@dataclass(frozen=True)
class Imported:
    """Hold what an import did; each refusal is the line in the file and its reason."""

    mapping: Mapping
    kind: DatasetKind
    rows: int
    callers: int
    added: int
    duplicates: int
    already_there: int
    refused: Refusals


class _Nothing(Exception):
    """Undo the job of an import that has added nothing."""


def import_log(place: Installation, log: Path, mapping: Path, kind: DatasetKind) -> Imported:
    """Import a CSV log; what cannot be read or contradicts what is stored is refused, row by row.

    Raises MappingError and LogError before anything is stored, for faults that are not of a single row.
    """
    vocabulary = Vocabulary(place.charter, kind)
    form = load_mapping(mapping, vocabulary)
    if form.caller is not None and kind is DatasetKind.FOREIGN:
        raise MappingError(f"{mapping.name}: `caller` has no place in a foreign log: take it out")
    read = Log(log, form)
    reader = RowReader(form, read.header, vocabulary, place.settings.number_key)
    with TemporaryFile("w+", encoding="utf-8") as aside:
        total, callers, refused = _set_aside(read, reader, aside)
        stored = _store(place.now(), form, kind, aside, _sha256(log))
    counts = (stored.added, stored.duplicates, stored.already_there)
    return Imported(form, kind, total, callers, *counts, sorted([*refused, *stored.refused]))


def _set_aside(log: Log, reader: RowReader, aside: IO[str]) -> tuple[int, int, Refusals]:
    """Read every row before the database is asked to wait, so that nobody else waits for a slow file."""
    total = callers = 0
    refused: Refusals = []
    for line, cells in log.rows():
        total += 1
        try:
            if isinstance(cells, RowFault):
                raise cells
            row = reader.read(line, cells)
            json.dump(row, aside)
            aside.write("\n")
            callers += row.call[-1] is not None
        except RowFault as fault:
            refused.append((line, str(fault)))
    aside.seek(0)
    return total, callers, refused


def _batches(aside: IO[str]) -> Iterator[list[Row]]:
    while batch := [Row(*json.loads(line)) for line in islice(aside, BATCH)]:
        yield batch


def _store(at: datetime, mapping: Mapping, kind: DatasetKind, aside: IO[str], sha256: str) -> Stored:
    counted: list[Stored] = []

    def job(connection: Connection) -> None:
        store = Store(connection, _dataset(connection, mapping, kind, at))
        counted.append(store.stored)
        for batch in _batches(aside):
            store.add(batch)
        if not store.stored.added:
            raise _Nothing
        _record(connection, at, mapping.dataset, kind, store.stored, sha256)

    with suppress(_Nothing):
        write(job, PATIENCE_S)
    return counted[-1]


def _dataset(connection: Connection, mapping: Mapping, kind: DatasetKind, at: datetime) -> int:
    """Give the key of the dataset, and make it if it is new; raises LogError where kinds would mix."""
    found = connection.execute(
        select(Dataset.id, Dataset.kind).where(Dataset.name == mapping.dataset)
    ).first()
    if found is not None and found.kind is not kind:
        raise LogError(
            f"the dataset {mapping.dataset} is {found.kind}, not {kind}: give this log another name"
        )
    if found is not None:
        return int(found.id)
    if kind in MIXED and connection.scalar(select(Dataset.id).where(Dataset.kind == MIXED[kind])):
        message = f"this database holds {MIXED[kind]} calls, which never mix with {kind} ones"
        raise LogError(f"{message}: import into another database")
    return insert(
        connection,
        Dataset,
        name=mapping.dataset,
        kind=kind,
        source=mapping.source,
        licence=mapping.licence,
        time_zone=mapping.time_zone,
        imported_at=at,
    )


def _record(
    connection: Connection, at: datetime, name: str, kind: DatasetKind, stored: Stored, sha256: str
) -> None:
    detail = {
        "kind": kind.value,
        "file_sha256": sha256,
        "added": stored.added,
        "duplicates": stored.duplicates,
        "already_there": stored.already_there,
    }
    audit.record(connection, at=at, actor=COMMAND, verb="calls.import", subject=name, detail=detail)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
