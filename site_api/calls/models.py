"""What is kept of a call, of what each unit did, and of what else happened; of callers a keyed hash alone."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from charter_data.vocabulary import CallClass, Event, SideEvent
from site_api.database import Kept, Model, UtcTime, Word

EVENTS = tuple(Event)
OF_CALL = (Event.CALL_ARRIVES, Event.ANSWERED, Event.LOGGED, Event.CLOSED, Event.CALLER_TOLD)
OF_UNIT = tuple(event for event in EVENTS if event not in OF_CALL)
OF_AGENCY = (
    SideEvent.ESCALATION,
    SideEvent.CANCELLED,
    SideEvent.AT_HOSPITAL,
    SideEvent.POWER_CUT,
    SideEvent.COMPANION,
    SideEvent.PROTECTION,
)


class DatasetKind(StrEnum):
    """Part the city's own calls from made-up ones and from those of another place; they never mix."""

    REAL = "real"
    SIMULATED = "simulated"
    FOREIGN = "foreign"


class Dataset(Model):
    """Hold one log: where it comes from and of what kind it is."""

    __tablename__ = "datasets"
    kept = Kept()

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[DatasetKind] = mapped_column(Word(DatasetKind))
    source: Mapped[str] = mapped_column(Text)
    licence: Mapped[str | None]
    time_zone: Mapped[str]
    imported_at: Mapped[datetime] = mapped_column(UtcTime)


class Call(Model):
    """Hold one case; `key` is a digest of what names it in its log, `first_at` its earliest known time.

    `caller_hash` is the number of the caller as `calls/callers.py` hides it; none where the log names none.
    """

    __tablename__ = "calls"
    kept = Kept(days=730, since=("first_at",))
    __table_args__ = (
        UniqueConstraint("dataset_id", "key"),
        Index("calls_period", "first_at"),
        Index("calls_caller", "caller_hash"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id"))
    key: Mapped[str]
    first_at: Mapped[datetime] = mapped_column(UtcTime)
    call_class: Mapped[CallClass | None] = mapped_column(Word(CallClass))
    service: Mapped[str | None]
    district: Mapped[str | None]
    caller_hash: Mapped[str | None]
    t0: Mapped[datetime | None] = mapped_column(UtcTime)
    t1: Mapped[datetime | None] = mapped_column(UtcTime)
    t2: Mapped[datetime | None] = mapped_column(UtcTime)
    t8: Mapped[datetime | None] = mapped_column(UtcTime)
    t9: Mapped[datetime | None] = mapped_column(UtcTime)


class CallUnit(Model):
    """Hold one row of a log: what one unit did; no agency where nobody was sent.

    `key` is a digest of what names the row, `digest` one of what it says, `line` where it stood in its file.
    """

    __tablename__ = "call_units"
    kept = Kept(goes_with="calls")
    __table_args__ = (UniqueConstraint("dataset_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"), index=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id"))
    key: Mapped[str]
    digest: Mapped[str]
    line: Mapped[int]
    agency: Mapped[str | None]
    unit: Mapped[str | None]
    t3: Mapped[datetime | None] = mapped_column(UtcTime)
    t4: Mapped[datetime | None] = mapped_column(UtcTime)
    t5: Mapped[datetime | None] = mapped_column(UtcTime)
    t6: Mapped[datetime | None] = mapped_column(UtcTime)
    t7: Mapped[datetime | None] = mapped_column(UtcTime)


class CallEvent(Model):
    """Hold a side event of a call, of one agency where the event is an agency's."""

    __tablename__ = "call_events"
    kept = Kept(goes_with="calls")
    __table_args__ = (Index("call_events_of_call", "call_id", "event"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"))
    agency: Mapped[str | None]
    event: Mapped[SideEvent] = mapped_column(Word(SideEvent))
    at: Mapped[datetime] = mapped_column(UtcTime)


def column_of(event: Event) -> str:
    """Give the column of an event: t0 of the call to t9."""
    return f"t{EVENTS.index(event)}"
