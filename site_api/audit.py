"""The audit chain: every change of a case, each row sealed over the one before; nothing is ever removed."""

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import inf
from typing import Any

from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Mapped, mapped_column

from charter_data.seals import canonical
from site_api.database import Kept, Model, UtcTime, db, insert, utc_text, write
from site_api.writer import known, plain

START = "0" * 64
SEALED = ("id", "at", "actor", "verb", "subject", "detail", "digest", "previous")
TRIGGERS = ("audit_no_delete", "audit_no_update", "audit_heads_no_delete", "audit_heads_no_update")
PUBLIC = "public"
HEAD = "head of the audit chain"
CLOCK = "clock"
COMMAND = "command"
EVERY = f"SELECT {', '.join(SEALED)}, hash FROM audit WHERE id > ? ORDER BY id"  # noqa: S608 (ours)
BROKEN = "SELECT id, CAST(verb AS BLOB), CAST(subject AS BLOB) FROM audit WHERE id > ? ORDER BY id LIMIT 1"


class AuditEntry(Model):
    """Hold one change: who did what to which case; of texts only a keyed digest."""

    __tablename__ = "audit"
    kept = Kept()

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcTime)
    actor: Mapped[str]
    verb: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[str]
    digest: Mapped[str | None]
    previous: Mapped[str]
    hash: Mapped[str]


@dataclass(frozen=True)
class Chain:
    """Hold what a walk along the chain found; `fault` names the first row that does not fit.

    `hashes` are those of the rows that the walk was asked for, as far as they are there.
    """

    rows: int
    head: str
    fault: str | None
    hashes: Mapping[int, str]


@dataclass(frozen=True)
class Beginning:
    """Hold who sent or typed a case, and why it was held apart, if it was."""

    actor: str
    held: str | None


def record(
    connection: Connection,
    *,
    at: datetime,
    actor: str,
    verb: str,
    subject: str,
    detail: Mapping[str, Any] | None = None,
    digest: str | None = None,
) -> None:
    """Add a row to the chain, inside the transaction of the change itself."""
    last, previous = known(connection).get(HEAD) or _last(connection)
    number = last + 1
    values = {
        "id": number,
        "at": utc_text(at),
        "actor": actor,
        "verb": verb,
        "subject": subject,
        "detail": canonical(dict(detail or {})).decode(),
        "digest": digest,
        "previous": previous,
    }
    seal = hashlib.sha256(canonical(values)).hexdigest()
    insert(connection, AuditEntry, **{**values, "at": at}, hash=seal)
    known(connection)[HEAD] = (number, seal)


def note(*, at: datetime, actor: str, verb: str, subject: str, detail: Mapping[str, Any]) -> None:
    """Add a row for what changes nothing and yet must leave a trace: that somebody looked, or took a copy."""

    def job(connection: Connection) -> None:
        record(connection, at=at, actor=actor, verb=verb, subject=subject, detail=detail)

    write(job)


def _last(connection: Connection) -> tuple[int, str]:
    newest = "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1"
    return plain(connection).execute(newest).fetchone() or (0, START)


def head() -> str:
    """Give the hash of the newest row; whoever keeps it can prove later that no row is gone."""
    return db.session.scalar(select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)) or START


def beginning(subject: str) -> Beginning:
    """Give how a case came in."""
    first = select(AuditEntry).where(AuditEntry.subject == subject).order_by(AuditEntry.id).limit(1)
    entry = db.session.scalars(first).one()
    return Beginning(entry.actor, json.loads(entry.detail).get("held"))


def verify(kept: str | None = None, wanted: Collection[int] = ()) -> Chain:
    """Walk the whole chain and look for a hash that somebody kept, such as that of a snapshot."""
    previous, rows, fault = START, 0, None
    is_kept_there, hashes = kept in {None, START}, {0: START}
    for found in _all_rows():
        rows += 1
        fault = fault or _fault_of_row(rows, previous, found)
        previous = found[-1]
        is_kept_there = is_kept_there or previous == kept
        if rows in wanted:
            hashes[rows] = previous
    fault = fault or _missing_trigger()
    if fault is None and not is_kept_there:
        fault = f"no row has the hash {kept}: rows at the end are gone, or it is of another database"
    return Chain(rows, previous, fault, hashes)


def _all_rows() -> Iterator[tuple[Any, ...]]:
    """Yield every row as the file has it; of one that holds what is no text, only what can be read."""
    reader, last = plain(db.session.connection()), -inf
    while True:
        try:
            for found in reader.execute(EVERY, (last,)):
                last = found[0]
                yield found
        except sqlite3.OperationalError as error:
            if "decode" not in str(error):
                raise
        else:
            return
        last, verb, subject = reader.execute(BROKEN, (last,)).fetchone()
        yield last, None, None, _shown(verb), _shown(subject), None, None, None, None


def _shown(raw: bytes) -> str:
    return raw.decode(errors="replace")


def _fault_of_row(number: int, previous: str, found: tuple[Any, ...]) -> str | None:
    values = dict(zip(SEALED, found, strict=False))
    if found[0] == number and values["previous"] == previous and found[-1] == _seal(values):
        return None
    said = f"row {found[0]} ({values['verb']} {values['subject']}) is not what was written"
    is_gap = found[0] > number and found[-1] == _seal(values)
    return f"{said}: row {number} is gone" if is_gap else said


def _seal(values: Mapping[str, Any]) -> str | None:
    """Give the hash of a row; None for one with values that are never written."""
    try:
        return hashlib.sha256(canonical(values)).hexdigest()
    except ValueError:
        return None


def _missing_trigger() -> str | None:
    found = set(db.session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")))
    missing = [name for name in TRIGGERS if name not in found]
    return f"the trigger {missing[0]}, which keeps rows from being changed, is gone" if missing else None
