"""What may be read of stored calls: how long legs took, and how many calls there were."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Integer, and_, cast, func, or_, select

from charter_data.snapshot import CallCounts
from charter_data.vocabulary import CallClass, Event
from site_api.calls.models import EVENTS, OF_UNIT, Call, CallUnit, Dataset, DatasetKind, column_of
from site_api.database import db

ONE_DAY = timedelta(days=1)
Leg = tuple[Event, Event]


class CallOfCaller(NamedTuple):
    """Hold what may be told of a call that is looked up by its caller's number."""

    first_at: datetime
    call_class: CallClass | None
    service: str | None


def stored_at(event: Event) -> Any:
    """Give the column that holds an event."""
    return getattr(CallUnit if event in OF_UNIT else Call, column_of(event))


def seconds(moment: Any) -> ColumnElement[int]:
    """Give a stored moment as seconds, so that the database can subtract."""
    return cast(func.strftime("%s", moment), Integer)


def in_period(first_day: date, last_day: date, zone: ZoneInfo) -> ColumnElement[bool]:
    """Take the calls of this city, real or simulated, that began on one of the local days."""
    midnight = (datetime.combine(day, time(), zone) for day in (first_day, last_day + ONE_DAY))
    start, end = (moment.astimezone(UTC) for moment in midnight)
    own = select(Dataset.id).where(Dataset.kind != DatasetKind.FOREIGN)
    return and_(Call.dataset_id.in_(own), Call.first_at >= start, Call.first_at < end)


def has_reached() -> ColumnElement[bool]:
    """Take the calls that reached 112, answered or not."""
    return or_(Call.t0.is_not(None), Call.t1.is_not(None))


def call_counts(first_day: date, last_day: date, zone: ZoneInfo, apart: Collection[str] = ()) -> CallCounts:
    """Count the calls of a period of local days: those that reached 112, were answered, and were classed.

    Calls of the services in `apart` are left out: beside the figures their number could be worked out.
    """
    told = or_(Call.service.is_(None), Call.service.not_in(apart))
    reached = and_(in_period(first_day, last_day, zone), has_reached(), told)
    arrived, answered = db.session.execute(
        select(func.count(), func.count(Call.t1)).select_from(Call).where(reached)
    ).one()
    classed = select(Call.call_class, func.count()).where(reached, Call.call_class.is_not(None))
    found = dict(iter(db.session.execute(classed.group_by(Call.call_class))))
    by_class = {key: found[key] for key in CallClass if key in found}
    return CallCounts(arrived=arrived, answered=answered, by_class=by_class)


def calls_of_caller(caller_hash: str) -> Sequence[CallOfCaller]:
    """Give day, class and service of one caller's calls to this city, the newest first."""
    own = select(Dataset.id).where(Dataset.kind != DatasetKind.FOREIGN)
    told = select(Call.first_at, Call.call_class, Call.service)
    theirs = told.where(Call.caller_hash == caller_hash, Call.dataset_id.in_(own))
    return [CallOfCaller(*row) for row in db.session.execute(theirs.order_by(Call.first_at.desc(), Call.id))]


def legs_of(dataset: str, events: frozenset[Event]) -> Iterator[tuple[Leg, list[int | None]]]:
    """Give the seconds of each leg between two neighbours of the events, row by row of one dataset."""
    for start, end in pairwise(event for event in EVENTS if event in events):
        elapsed = seconds(stored_at(end)) - seconds(stored_at(start))
        rows = select(elapsed).select_from(Call).join(Dataset).where(Dataset.name == dataset)
        if {start, end} & set(OF_UNIT):
            rows = rows.join(CallUnit, CallUnit.call_id == Call.id).where(CallUnit.agency.is_not(None))
        yield (start, end), list(db.session.scalars(rows))


def is_simulated() -> bool:
    """Tell whether the calls of this database are made up."""
    simulated = select(Dataset.id).where(Dataset.kind == DatasetKind.SIMULATED).limit(1)
    return db.session.scalar(simulated) is not None
