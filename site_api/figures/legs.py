"""Which stored moments a promise's clock runs between, as one query a clock."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, literal, null, or_, select

from charter_data.models import Clock
from charter_data.models.clauses import Moment
from charter_data.vocabulary import CallClass, Event, SideEvent
from site_api.calls.models import OF_UNIT, Call, CallEvent, CallUnit
from site_api.calls.queries import has_reached, seconds, stored_at
from site_api.database import db

NEED_NOT_HAPPEN = (SideEvent.ESCALATION, SideEvent.TRANSFER, Event.CALLER_TOLD)
Scope = tuple[ColumnElement[bool], ...]


class Leg(NamedTuple):
    """Hold one leg: its case, its agency where the clock runs for each, and its seconds if known."""

    case: int
    service: str | None
    agency: str | None
    seconds: int | None


def legs(clock: Clock, *scope: ColumnElement[bool]) -> Iterator[Leg]:
    """Yield the leg of each case in scope, or of each agency of each case.

    Only genuine emergencies count, except that every call may be asked how soon it was answered; mass
    incidents never do. A leg without one of its times is missing, and yet no leg at all if its end need not
    have happened: the unit was called off, or the caller hung up first.
    """
    statement = _gaps(scope) if clock.counts == "gap" else _legs(clock, scope)
    for number, service, agency, start, end, is_called_off in db.session.execute(statement):
        if end is None and (is_called_off or clock.end in NEED_NOT_HAPPEN):
            continue
        yield Leg(number, service, agency, None if start is None or end is None else end - start)


def _legs(clock: Clock, scope: Scope) -> Any:
    is_each = clock.counts == "each"
    agency = CallUnit.agency if is_each else literal(clock.agency) if clock.agency else None
    start, end = (seconds(_earliest(moment, agency)) for moment in (clock.start, clock.end))
    called_off = or_(_events(SideEvent.CANCELLED, agency).exists(), Call.call_class == CallClass.DROPPED)
    rows: Any = select(Call.id, Call.service, CallUnit.agency if is_each else null(), start, end, called_off)
    rows = rows.where(*_counted(clock), *scope)
    if agency is not None:
        rows = rows.join(CallUnit, CallUnit.call_id == Call.id).where(CallUnit.agency == agency)
    elif {clock.start, clock.end} & set(OF_UNIT):
        rows = rows.outerjoin(CallUnit, CallUnit.call_id == Call.id)
    else:
        return rows
    return rows.group_by(Call.id, CallUnit.agency) if is_each else rows.group_by(Call.id)


def _gaps(scope: Scope) -> Select[Any]:
    """Give when the first and when the last agency of a case was told, if it had several."""
    told = (
        select(Call.id, Call.service, seconds(func.min(CallUnit.t3)).label("at"))
        .join(CallUnit, CallUnit.call_id == Call.id)
        .where(*_genuine(), CallUnit.agency.is_not(None), *scope)
        .group_by(Call.id, CallUnit.agency)
        .subquery()
    )
    # An agency without a time may have been the last one, so nobody knows when that was.
    last = case((func.count(told.c.at) == func.count(), func.max(told.c.at)))
    rows = select(told.c.id, told.c.service, null(), func.min(told.c.at), last, literal(False))
    return rows.group_by(told.c.id).having(func.count() > 1)


def _counted(clock: Clock) -> Scope:
    return (has_reached(), _is_ordinary()) if clock.end is Event.ANSWERED else _genuine()


def _genuine() -> Scope:
    return (Call.call_class == CallClass.EMERGENCY, _is_ordinary())


def _is_ordinary() -> ColumnElement[bool]:
    return ~_events(SideEvent.MASS_INCIDENT, None).exists()


def _earliest(moment: Moment, agency: Any) -> Any:
    if isinstance(moment, SideEvent):
        return _events(moment, agency).with_only_columns(func.min(CallEvent.at)).scalar_subquery()
    if isinstance(moment, Event) and moment in OF_UNIT:
        return func.min(stored_at(moment))
    return stored_at(Event(moment))


def _events(event: SideEvent, agency: Any) -> Select[Any]:
    """Take the side events of one kind of the call in hand: an agency's, and those that are of no agency."""
    found = select(CallEvent.id).where(CallEvent.call_id == Call.id, CallEvent.event == event)
    if agency is not None:
        found = found.where(or_(CallEvent.agency == agency, CallEvent.agency.is_(None)))
    return found.correlate(Call, CallUnit)
