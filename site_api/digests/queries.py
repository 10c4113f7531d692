"""What waits for a reviewer on a day: public numbers and deadlines, of what that reviewer sees and may do."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, Date, Select, case, func, literal, select, union

from site_api.approvals.models import Approval
from site_api.approvals.queries import asked_of, lasting_for
from site_api.database import db
from site_api.feedback.models import OPEN, Feedback, State
from site_api.feedback.queries import visible_to
from site_api.hoax_reports.models import HoaxReport
from site_api.hoax_reports.queries import visible_to as reports_visible_to
from site_api.installation import Installation
from site_api.measures.models import Measure
from site_api.measures.queries import to_judge, to_second
from site_api.reviewers.models import Actor, Reviewer
from site_api.reviewers.policy import Act, Joint, may

MOST = 30
AHEAD = timedelta(days=2)
YESTERDAY = timedelta(days=1)
Found = Select[*tuple[Any, ...]] | CompoundSelect[Any] | None
Source = Callable[[Installation, Actor, date], Found]


class Topic(StrEnum):
    """Name what a digest tells of, in its order."""

    OVERDUE = "overdue"
    SOON = "soon"
    OBJECTION = "objection"
    APPEAL = "appeal"
    REQUEST = "request"


class Waiting(NamedTuple):
    """Hold a case that waits: its public number and its deadline, nothing else."""

    number: str
    due_on: date | None


class Told(NamedTuple):
    """Hold how many cases there are of a topic, and those with the nearest deadlines."""

    topic: Topic
    cases: int
    first: tuple[Waiting, ...]


def recipients() -> list[tuple[Actor, str]]:
    """Give everybody who can come in and be written to, with the address."""
    can_come_in = (Reviewer.is_active, Reviewer.totp_salt.is_not(None))
    wanted = select(Reviewer).where(*can_come_in, Reviewer.email.is_not(None))
    found = db.session.scalars(wanted.order_by(Reviewer.name))
    return [(Actor(one.id, one.name, one.role, one.agency, ""), one.email or "") for one in found]


def waiting_for(place: Installation, actor: Actor, day: date) -> list[Told]:
    """Give what there is to tell a reviewer; nothing for whoever only watches."""
    return list(_told(place, actor, day))


def _told(place: Installation, actor: Actor, day: date) -> Iterator[Told]:
    for topic, source in SOURCES.items():
        found = source(place, actor, day)
        if found is None:
            continue
        rows = found.subquery()
        cases = db.session.scalar(select(func.count()).select_from(rows)) or 0
        nearest = select(rows).order_by(rows.c.due_on.is_(None), rows.c.due_on, rows.c.number).limit(MOST)
        if cases:
            yield Told(topic, cases, tuple(Waiting(*row) for row in db.session.execute(nearest)))


def _overdue(_place: Installation, actor: Actor, day: date) -> Found:
    return _open(actor, day > DUE_ON)


def _soon(_place: Installation, actor: Actor, day: date) -> Found:
    return _open(actor, DUE_ON.between(day, day + AHEAD))


def _objections(place: Installation, actor: Actor, day: date) -> Found:
    start = datetime.combine(day - YESTERDAY, time(), place.zone)
    return _open(actor, Feedback.disputed_at >= start)


def _appeals(_place: Installation, actor: Actor, _day: date) -> Found:
    return to_judge(actor).with_only_columns(Measure.number, Measure.judge_by.label("due_on"))


def _requests(place: Installation, actor: Actor, _day: date) -> Found:
    of_feedback = asked_of(actor, visible_to(actor), Feedback)
    of_reports = asked_of(actor, reports_visible_to(actor), HoaxReport)
    of_downloads = lasting_for(actor, Joint.EXPORT, place.now())
    no_day = literal(None, Date()).label("due_on")
    return union(
        of_feedback.with_only_columns(Feedback.number, DUE_ON.label("due_on")),
        of_reports.with_only_columns(HoaxReport.number, no_day),
        of_downloads.with_only_columns(Approval.subject, no_day),
        to_second(actor).with_only_columns(Measure.number, Measure.ends_on),
    )


def _open(actor: Actor, *conditions: Any) -> Found:
    if not may(actor, Act.ANSWER):
        return None
    waiting = visible_to(actor).where(Feedback.state.in_(OPEN), Feedback.held_at.is_(None), *conditions)
    return waiting.with_only_columns(Feedback.number, DUE_ON.label("due_on"))


DUE_ON: Any = case((Feedback.state == State.RECEIVED, Feedback.verify_by), else_=Feedback.answer_by)
SOURCES: Mapping[Topic, Source] = {
    Topic.OVERDUE: _overdue,
    Topic.SOON: _soon,
    Topic.OBJECTION: _objections,
    Topic.APPEAL: _appeals,
    Topic.REQUEST: _requests,
}
"""Each gives a query of `number` and `due_on`, or None for whoever has no part in it."""
