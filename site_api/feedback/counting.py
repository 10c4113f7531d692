"""What may be told of all feedback together: numbers of the whole city over a year, broken down no further.

A sensitive case counts like every other, and no number is of one service, clause, district, agency or month:
so no two numbers differ by the sensitive cases alone, and nobody can find them by subtracting. Were they left
out instead, a case that triage marks as sensitive would be seen to leave the sum of the day before, and an
answer that a person in danger still waits for would be owed to nobody.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from charter_data.snapshot import FeedbackCounts
from site_api.audit import PUBLIC
from site_api.database import db
from site_api.feedback.models import ANSWERED, OPEN, Answer, Feedback, Opinion, State
from site_api.installation import Installation

NEWEST = Answer.id.in_(select(func.max(Answer.id)).group_by(Answer.feedback_id))
"""The answer that holds: after an objection there may be a second one."""


def counts(place: Installation, first_day: date, last_day: date) -> FeedbackCounts:
    """Count the feedback received in a period of local days by what became of it, and all that is owed."""
    within = and_(*period(place, Feedback.received_at, first_day, last_day))
    states = _tally(within, Feedback.state)
    kept = Counter(_in_time(place, within))
    overdue, oldest_due, oldest = _owed(last_day)
    withdrawn = _number(within & (Feedback.state == State.WITHDRAWN) & (Feedback.ended_by == PUBLIC))
    return FeedbackCounts(
        received=sum(states.values()),
        answered=sum(states.get(state, 0) for state in ANSWERED),
        in_time=kept[True],
        late=kept[False],
        declined=states.get(State.DECLINED, 0),
        declined_because=_tally(within & (Feedback.state == State.DECLINED), Feedback.decline_reason),
        withdrawn=withdrawn,
        erased_by_staff=states.get(State.WITHDRAWN, 0) - withdrawn,
        waiting=sum(states.get(state, 0) for state in OPEN),
        published=_number(within & Feedback.published_at.is_not(None)),
        outcomes=_outcomes(within),
        disputed=_number(within & Feedback.disputed_at.is_not(None)),
        opinions=_opinions(within),
        overdue=overdue,
        oldest_overdue_days=(last_day - oldest_due).days if oldest_due else None,
        oldest_waiting_days=max((last_day - place.local_date(oldest)).days, 0) if oldest else None,
        planned_overdue=_planned_overdue(last_day),
    )


def period(place: Installation, column: Any, first_day: date, last_day: date) -> tuple[Any, Any]:
    """Give the conditions that a moment lies on one of the local days, first and last included."""
    start = datetime.combine(first_day, time(), place.zone)
    end = datetime.combine(last_day + timedelta(days=1), time(), place.zone)
    return column >= start, column < end


def _in_time(place: Installation, within: ColumnElement[bool]) -> Iterator[bool]:
    """Say of each answered case with a promised day whether its first answer came by then."""
    first: Any = select(Feedback.answer_by, func.min(Answer.answered_at))
    first = first.join(Answer, Answer.feedback_id == Feedback.id)
    promised = within & Feedback.state.in_(ANSWERED) & Feedback.answer_by.is_not(None)
    for answer_by, answered_at in db.session.execute(first.where(promised).group_by(Feedback.id)):
        yield bool(place.local_date(answered_at) <= answer_by)


def _owed(last_day: date) -> tuple[int, date | None, datetime | None]:
    """Give how many open cases are past their day, that of the oldest, and when the oldest of all came."""
    is_open = Feedback.state.in_(OPEN)
    past = select(func.count(), func.min(Feedback.answer_by)).where(is_open, Feedback.answer_by < last_day)
    overdue, oldest_due = db.session.execute(past).one()
    return overdue, oldest_due, db.session.scalar(select(func.min(Feedback.received_at)).where(is_open))


def _outcomes(within: ColumnElement[bool]) -> dict[Any, int]:
    held = within & Feedback.state.in_(ANSWERED) & NEWEST
    return _pairs(select(Answer.outcome, func.count()).join(Feedback).where(held).group_by(Answer.outcome))


def _opinions(within: ColumnElement[bool]) -> dict[Any, int]:
    stands = within & Opinion.withdrawn_at.is_(None)
    return _pairs(select(Opinion.stance, func.count()).join(Feedback).where(stands).group_by(Opinion.stance))


def _planned_overdue(last_day: date) -> int:
    past = select(func.count()).select_from(Answer).join(Feedback)
    is_past = (NEWEST, Feedback.state.in_(ANSWERED), Answer.planned_on < last_day)
    return db.session.scalar(past.where(*is_past)) or 0


def _number(condition: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(Feedback).where(condition)) or 0


def _tally(condition: ColumnElement[bool], column: Any) -> dict[Any, int]:
    return _pairs(select(column, func.count()).where(condition).group_by(column))


def _pairs(statement: Select[Any, int]) -> dict[Any, int]:
    return {row[0]: row[1] for row in db.session.execute(statement) if row[0] is not None}
