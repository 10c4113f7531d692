"""What may be read of hoax reports, and by whom; the public reads nothing but counts."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, false, func, select, true

from charter_data.snapshot import HoaxCounts
from site_api.database import db
from site_api.errors import CaseUnknown
from site_api.hoax_reports.models import OPEN, HoaxReport, State
from site_api.installation import Installation
from site_api.reviewers.models import Actor
from site_api.reviewers.policy import READERS_OF_REPORTS

MOST = 100


def visible_to(actor: Actor) -> Select[HoaxReport]:
    """Start a query from what the actor may see: reports are of the call centre and whoever audits it."""
    sees = actor.role in READERS_OF_REPORTS
    return select(HoaxReport).where(true() if sees else false())


def case_of(actor: Actor, number: str) -> HoaxReport:
    """Give one report; raises CaseUnknown, also for one that the actor may not see."""
    report = db.session.scalar(visible_to(actor).where(HoaxReport.number == number))
    if report is None:
        raise CaseUnknown
    return report


def queue(actor: Actor) -> Sequence[HoaxReport]:
    """Give the open reports, the oldest first."""
    waiting = visible_to(actor).where(HoaxReport.state.in_(OPEN), HoaxReport.held_at.is_(None))
    return db.session.scalars(waiting.order_by(HoaxReport.received_at, HoaxReport.id).limit(MOST)).all()


def held(actor: Actor) -> Sequence[HoaxReport]:
    """Give what waits apart, the oldest first."""
    apart = visible_to(actor).where(HoaxReport.state == State.RECEIVED, HoaxReport.held_at.is_not(None))
    return db.session.scalars(apart.order_by(HoaxReport.received_at, HoaxReport.id).limit(MOST)).all()


def found_before(place: Installation, day: date) -> Sequence[HoaxReport]:
    """Give what a check had found before a local day and has not been closed."""
    start = datetime.combine(day, time(), place.zone)
    found = select(HoaxReport).where(HoaxReport.state == State.FOUND, HoaxReport.found_at < start)
    return db.session.scalars(found.order_by(HoaxReport.id)).all()


def counts(place: Installation, first_day: date, last_day: date) -> HoaxCounts:
    """Count the reports received in a period of local days, and what was found."""
    start = datetime.combine(first_day, time(), place.zone)
    end = datetime.combine(last_day + timedelta(days=1), time(), place.zone)
    grouped = (
        select(HoaxReport.finding, func.count())
        .where(HoaxReport.received_at >= start, HoaxReport.received_at < end)
        .group_by(HoaxReport.finding)
    )
    found = {row[0]: row[1] for row in db.session.execute(grouped)}
    received = sum(found.values())
    return HoaxCounts(received=received, findings={key: n for key, n in found.items() if key is not None})
