"""What may be read of hoax reports: triage only; the public reads nothing but counts."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select

from charter_data.snapshot import HoaxCounts
from site_api.database import db
from site_api.errors import CaseUnknown
from site_api.hoax_reports.models import OPEN, HoaxReport, State
from site_api.installation import Installation

MOST = 100


def case_of(number: str) -> HoaxReport:
    """Give one report; raises CaseUnknown."""
    report = db.session.scalar(select(HoaxReport).where(HoaxReport.number == number))
    if report is None:
        raise CaseUnknown
    return report


def queue() -> Sequence[HoaxReport]:
    """Give the open reports, the oldest first."""
    waiting = select(HoaxReport).where(HoaxReport.state.in_(OPEN), HoaxReport.held_at.is_(None))
    return db.session.scalars(waiting.order_by(HoaxReport.received_at, HoaxReport.id).limit(MOST)).all()


def held() -> Sequence[HoaxReport]:
    """Give what waits apart, the oldest first."""
    apart = select(HoaxReport).where(HoaxReport.state == State.RECEIVED, HoaxReport.held_at.is_not(None))
    return db.session.scalars(apart.order_by(HoaxReport.received_at, HoaxReport.id).limit(MOST)).all()


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
