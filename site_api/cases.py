"""What feedback and hoax reports have in common: they are stored once, and changed only with an audit row."""

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import SimpleNamespace
from typing import Any, ClassVar, TypeVar

from sqlalchemy import Connection, Text, literal, select
from sqlalchemy import case as choose
from sqlalchemy.orm import Mapped, mapped_column

from charter_data.snapshot import DeclineReason as DeclineReason
from charter_data.vocabulary import Intake
from site_api import audit
from site_api.database import Model, UtcTime, Word, db, insert_new, transition, write
from site_api.errors import CannotStore, CodeUnknown, IdempotencyMismatch, IntakeClosed
from site_api.installation import Installation
from site_api.intake import (
    Submission,
    keyed_hash,
    payload_digest,
    random_number,
    read_code,
    text_digest,
    tracking_code,
)
from site_api.writer import plain

SALT_BYTES = 16
NOBODY_LOOKS = (audit.PUBLIC, audit.CLOCK)
"""Whose changes do not depend on what was on a screen: the citizen's, and the clock's."""


class Channel(StrEnum):
    """Name how a submission reached the city; what came by phone or on paper was typed in by staff."""

    WEB = "web"
    PHONE = "phone"
    PAPER = "paper"


@dataclass(frozen=True)
class Taken:
    """Say how a submission came in, and who sent or typed it."""

    channel: Channel
    by: str


ONLINE = Taken(Channel.WEB, audit.PUBLIC)


class HoldReason(StrEnum):
    """Name why a submission waits apart from the queue; the audit keeps it, the writer is not told."""

    SYSTEM_LIMIT = "system_limit"
    HONEYPOT = "honeypot"
    NO_TOKEN = "no_token"  # noqa: S105 (a word)
    TOO_FAST = "too_fast"
    TOO_OLD = "too_old"


class Guarded(Model):
    """Hold what `change` needs: a public number, what keys the digests of its texts, and a version."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    salt: Mapped[str | None]
    version: Mapped[int]


class Case(Guarded):
    """Hold what every case has; code and key only as keyed hashes, no address of anybody."""

    __abstract__ = True
    noun: ClassVar[str]

    code_hash: Mapped[str] = mapped_column(unique=True)
    key_hash: Mapped[str] = mapped_column(unique=True)
    payload_digest: Mapped[str]
    seal: Mapped[str]
    channel: Mapped[str]
    language: Mapped[str]
    district: Mapped[str | None]
    occurred_on: Mapped[date | None]
    received_at: Mapped[datetime] = mapped_column(UtcTime)
    held_at: Mapped[datetime | None] = mapped_column(UtcTime)
    verified_at: Mapped[datetime | None] = mapped_column(UtcTime)
    verified_by: Mapped[str | None]
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)
    ended_by: Mapped[str | None]
    decline_reason: Mapped[DeclineReason | None] = mapped_column(Word(DeclineReason))
    text: Mapped[str | None] = mapped_column(Text)
    erased_at: Mapped[datetime | None] = mapped_column(UtcTime)


C = TypeVar("C", bound=Case)


class Submitted(SimpleNamespace):
    """Be a case just stored, by its columns; the mapper's own object would cost more than storing it."""


def store_once(
    place: Installation,
    model: type[C],
    noun: str,
    prefix: str,
    key: str,
    sent: Submission,
    values: Mapping[str, Any],
    held: HoldReason | None = None,
    taken: Taken = ONLINE,
) -> tuple[C | Submitted, str]:
    """Store a submission under its idempotency key and give the case with its tracking code.

    The same key and payload give the same case again. Raises IdempotencyMismatch for the same key with
    another payload.
    """
    code_key = place.settings.code_key
    code = tracking_code(code_key, noun, key)
    row = {
        **values,
        "channel": taken.channel.value,
        "code_hash": keyed_hash(code_key, "code", code),
        "key_hash": _key_hash(place, noun, key),
        "payload_digest": payload_digest(code_key, sent.model_dump_json()),
        "salt": secrets.token_hex(SALT_BYTES),
        "seal": place.seal,
        "held_at": values["received_at"] if held else None,
        "version": 1,
    }
    number = write(lambda connection: _insert_new(connection, model, noun, prefix, row, held, taken.by))
    if number is not None:
        return Submitted(**row, number=number, noun=noun), code
    before = stored_before(place, model, noun, key, sent)
    if before is None:
        raise CannotStore
    return before


def check_intake(place: Installation) -> None:
    """Raise IntakeClosed while the city takes nothing."""
    if place.charter.info.intake is Intake.CLOSED:
        raise IntakeClosed


def stored_before(
    place: Installation, model: type[C], noun: str, key: str, sent: Submission
) -> tuple[C, str] | None:
    """Give the case that a key stored, with its code; raises IdempotencyMismatch for another payload.

    Whoever repeats gets the first answer, even if the city has closed or changed its charter since.
    """
    case = db.session.scalar(select(model).where(model.key_hash == _key_hash(place, noun, key)))
    if case is None:
        return None
    if case.payload_digest != payload_digest(place.settings.code_key, sent.model_dump_json()):
        raise IdempotencyMismatch
    return case, tracking_code(place.settings.code_key, noun, key)


def is_stored(place: Installation, model: type[Case], noun: str, key: str) -> bool:
    """Tell whether a key has stored something."""
    found = select(model.id).where(model.key_hash == _key_hash(place, noun, key))
    return db.session.scalar(found) is not None


def _key_hash(place: Installation, noun: str, key: str) -> str:
    return keyed_hash(place.settings.code_key, f"key:{noun}", key)


def _insert_new(
    connection: Connection,
    model: type[Case],
    noun: str,
    prefix: str,
    row: Mapping[str, Any],
    held: HoldReason | None,
    by: str,
) -> str | None:
    while not insert_new(connection, model, **row, number=(number := random_number(prefix))):
        if _is_known(connection, model, row["key_hash"]):
            return None
    audit.record(
        connection,
        at=row["received_at"],
        actor=by,
        verb=f"{noun}.submit",
        subject=number,
        detail={"channel": row["channel"]} | ({"held": held.value} if held else {}),
        digest=text_digest(row["salt"], row["text"] or ""),
    )
    return number


def _is_known(connection: Connection, model: type[Case], key_hash: str) -> bool:
    known = f"SELECT 1 FROM {model.__tablename__} WHERE key_hash = ?"  # noqa: S608 (a table of ours)
    return plain(connection).execute(known, (key_hash,)).fetchone() is not None


def change(
    place: Installation,
    actor: str,
    case: Guarded,
    verb: str,
    states: Collection[StrEnum],
    *conditions: Any,
    detail: Mapping[str, Any] | None = None,
    said: str | None = None,
    also: Callable[[Connection], None] | None = None,
    to: Mapping[str, Any],
) -> None:
    """Give columns of a case new values, and write its audit row in the same transaction.

    Raises Conflict if the case is no longer in one of the states, or a condition no longer holds.
    What staff do holds only for the case as they have seen it: nobody undoes what another has just done.
    """
    digest = text_digest(case.salt, said) if said and case.salt else None
    # Taken here, because the job runs in the writer's thread, where the session's objects have no place.
    model, key, number, now = type(case), case.id, case.number, place.now()
    as_seen = () if actor in NOBODY_LOOKS else (model.version == case.version,)

    def job(connection: Connection) -> None:
        next_version = {"version": model.version + 1}
        transition(connection, model, key, states, *conditions, *as_seen, **to, **next_version)
        if also is not None:
            also(connection)
        audit.record(connection, at=now, actor=actor, verb=verb, subject=number, detail=detail, digest=digest)

    write(job)


def unchanged(case: Case, states: Collection[StrEnum], *conditions: Any) -> Callable[[Connection], None]:
    """Give what raises Conflict inside a job unless a case is as it was seen, in one of the states."""
    model, key, version = type(case), case.id, case.version

    def check(connection: Connection) -> None:
        as_seen = model.version == version
        transition(connection, model, key, states, *conditions, as_seen, version=version)

    return check


def erased(place: Installation) -> dict[str, Any]:
    """Give what erasing does to any case: no words, nothing that leads to a person, a code nobody has.

    Without its salt no digest in the audit proves a guess. The key stays known, so that a browser that sends
    the form again does not bring the words back.
    """
    gone = dict.fromkeys(("text", "salt", "district", "occurred_on"))
    nobodys = f"erased:{secrets.token_hex(SALT_BYTES)}"
    return {**gone, "payload_digest": "", "code_hash": nobodys, "erased_at": place.now()}


def ended_by_erasing(
    place: Installation, model: type[Case], states: Collection[StrEnum], withdrawn: StrEnum, by: str
) -> dict[str, Any]:
    """Give what erasing does to a case still in one of the states; one that has ended stays as it is."""
    table: Any = model
    is_running = table.state.in_(states)
    return {
        "state": choose((is_running, withdrawn.value), else_=table.state),
        "ended_at": choose((is_running, literal(place.now(), UtcTime())), else_=table.ended_at),
        "ended_by": choose((is_running, by), else_=table.ended_by),
    }


def by_code(place: Installation, model: type[C], written: str) -> C:
    """Give the case of a tracking code as somebody wrote it; raises CodeUnknown."""
    code = read_code(written)
    if code is None:
        raise CodeUnknown
    wanted = keyed_hash(place.settings.code_key, "code", code)
    case = db.session.scalar(select(model).where(model.code_hash == wanted))
    if case is None:
        raise CodeUnknown
    return case
