"""The audit chain: every change of a case, each row sealed over the one before; nothing is ever removed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Mapped, mapped_column

from charter_data.seals import canonical
from site_api.database import Kept, Model, UtcTime, db, insert, utc_text
from site_api.writer import known, plain

START = "0" * 64
SEALED = ("id", "at", "actor", "verb", "subject", "detail", "digest", "previous")
TRIGGERS = ("audit_no_delete", "audit_no_update")
PUBLIC = "public"
HEAD = "head of the audit chain"
CLOCK = "clock"


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
    """Hold what a walk along the chain found; `fault` names the first row that does not fit."""

    rows: int
    head: str
    fault: str | None


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
        "at": at,
        "actor": actor,
        "verb": verb,
        "subject": subject,
        "detail": canonical(dict(detail or {})).decode(),
        "digest": digest,
        "previous": previous,
    }
    seal = _seal(values)
    insert(connection, AuditEntry, **values, hash=seal)
    known(connection)[HEAD] = (number, seal)


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


def verify(kept: str | None = None) -> Chain:
    """Walk the whole chain and look for a hash that somebody kept, such as that of a snapshot."""
    previous, rows, fault = START, 0, _missing_trigger()
    seen = {START}
    for entry in db.session.scalars(
        select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=500)
    ):
        rows += 1
        values = {name: getattr(entry, name) for name in SEALED}
        if fault is None and (entry.id, entry.previous, entry.hash) != (rows, previous, _seal(values)):
            fault = f"row {entry.id} ({entry.verb} {entry.subject}) is not what was written"
        previous = entry.hash
        seen.add(previous)
    if fault is None and kept is not None and kept not in seen:
        fault = f"no row has the hash {kept}: rows at the end are gone, or it is of another database"
    return Chain(rows, previous, fault)


def _seal(values: Mapping[str, Any]) -> str:
    at: datetime = values["at"]
    return hashlib.sha256(canonical({**values, "at": utc_text(at)})).hexdigest()


def _missing_trigger() -> str | None:
    found = set(db.session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")))
    missing = [name for name in TRIGGERS if name not in found]
    return f"the trigger {missing[0]}, which keeps rows from being changed, is gone" if missing else None
