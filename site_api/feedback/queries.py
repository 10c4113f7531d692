"""What may be read of feedback, and by whom."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, select, true
from sqlalchemy.orm import selectinload

from charter_data.snapshot import FeedbackCounts
from site_api.audit import AuditEntry
from site_api.database import db
from site_api.errors import CaseUnknown
from site_api.feedback.models import ANSWERED, NOUN, OPEN, Answer, Feedback, Note, State
from site_api.installation import Installation, installation
from site_api.reviewers.models import Actor
from site_api.reviewers.policy import EVERY, Part, Whose, office_of, reads, sight_of

MOST = 100
BESIDE = ("note", "ask", "approve", "refuse", "take_back", "lapse")
"""Verbs that leave the version of a case as it is."""


def visible_to(actor: Actor) -> Select[Feedback]:
    """Start a query from what the actor may see (`reviewers/policy.py`)."""
    cases = select(Feedback)
    sight = sight_of(actor)
    if sight is None:
        return cases.where(false())
    conditions = [_whose(sight.whose, actor)]
    if sight.states != EVERY:
        conditions.append(Feedback.state.in_(sorted(sight.states)))
    if not sight.sensitive_parts:
        conditions.append(Feedback.is_sensitive.is_(False))
    return cases.where(*conditions)


def _whose(whose: Whose, actor: Actor) -> ColumnElement[bool]:
    operators = installation().operators
    if whose is Whose.OWN:
        return Feedback.agency == actor.agency
    if whose is Whose.OF_OPERATORS:
        return Feedback.concerns == operators
    return Feedback.concerns.is_distinct_from(operators) if whose is Whose.OF_OTHERS else true()


def case_of(actor: Actor, number: str) -> Feedback:
    """Give one case; raises CaseUnknown, also for one that the actor may not see."""
    case = db.session.scalar(visible_to(actor).where(Feedback.number == number))
    if case is None:
        raise CaseUnknown
    return case


def notes_of(actor: Actor, case: Feedback) -> list[Note]:
    """Give what the actor's own office has noted about a case; nobody reads the notes of another."""
    if not reads(actor, Part.NOTES, is_sensitive=case.is_sensitive):
        return []
    return [note for note in case.notes if note.office == office_of(actor) and note.text]


def since(number: str, changes: int) -> Sequence[AuditEntry]:
    """Give the newest changes of a case, the oldest of them first, as its audit has them."""
    beside = [f"{NOUN}.{verb}" for verb in BESIDE]
    found = select(AuditEntry).where(AuditEntry.subject == number, AuditEntry.verb.not_in(beside))
    return db.session.scalars(found.order_by(AuditEntry.id.desc()).limit(changes)).all()[::-1]


def visible(actor: Actor, state: State | None, most: int) -> Sequence[Feedback]:
    """Give the cases within sight, of one state or of all, the newest first, with their answers."""
    found = visible_to(actor).options(selectinload(Feedback.answers))
    if state is not None:
        found = found.where(Feedback.state == state)
    return db.session.scalars(found.order_by(Feedback.received_at.desc(), Feedback.id).limit(most)).all()


def published(
    clause: str | None = None, service: str | None = None, most: int | None = MOST
) -> Sequence[Feedback]:
    """Give the cases whose answer is public, the newest answer first; all of them with most=None."""
    found = (
        select(Feedback)
        .where(
            Feedback.published_at.is_not(None),
            # A second lock, should a change ever forget to take an answer off the site.
            Feedback.state.in_(ANSWERED),
            Feedback.is_sensitive.is_(False),
        )
        .options(selectinload(Feedback.answers))
    )
    if clause is not None:
        found = found.where(Feedback.clause == clause)
    if service is not None:
        found = found.where(Feedback.service == service)
    return db.session.scalars(found.order_by(Feedback.answered_at.desc(), Feedback.id).limit(most)).all()


def removed() -> Sequence[str]:
    """Give the numbers whose answer was public once and is no more."""
    gone = select(Feedback.number).where(
        Feedback.unpublished_at.is_not(None), Feedback.published_at.is_(None)
    )
    return db.session.scalars(gone.order_by(Feedback.number)).all()


def counts(place: Installation, first_day: date, last_day: date) -> FeedbackCounts:
    """Count the feedback received in a period of local days by what became of it."""
    within = and_(*period(place, Feedback.received_at, first_day, last_day))
    states = _tally(select(Feedback.state, func.count()).where(within).group_by(Feedback.state))
    newest = select(func.max(Answer.id)).group_by(Answer.feedback_id)
    outcomes = _tally(
        select(Answer.outcome, func.count())
        .join(Feedback, Feedback.id == Answer.feedback_id)
        .where(within, Feedback.state.in_(ANSWERED), Answer.id.in_(newest))
        .group_by(Answer.outcome)
    )
    public = select(func.count()).where(within, Feedback.published_at.is_not(None))
    return FeedbackCounts(
        received=sum(states.values()),
        answered=states.get(State.ANSWERED, 0) + states.get(State.CLOSED, 0),
        declined=states.get(State.DECLINED, 0),
        withdrawn=states.get(State.WITHDRAWN, 0),
        waiting=sum(states.get(state, 0) for state in OPEN),
        published=db.session.scalar(public) or 0,
        outcomes=outcomes,
    )


def period(place: Installation, column: Any, first_day: date, last_day: date) -> tuple[Any, Any]:
    """Give the conditions that a moment lies on one of the local days, first and last included."""
    start = datetime.combine(first_day, time(), place.zone)
    end = datetime.combine(last_day + timedelta(days=1), time(), place.zone)
    return column >= start, column < end


def answered_before(place: Installation, day: date) -> Sequence[Feedback]:
    """Give what was answered before a local day and has not been closed."""
    start = datetime.combine(day, time(), place.zone)
    found = select(Feedback).where(Feedback.state == State.ANSWERED, Feedback.answered_at < start)
    return db.session.scalars(found.order_by(Feedback.id)).all()


def _tally(statement: Select[Any, int]) -> dict[Any, int]:
    return {row[0]: row[1] for row in db.session.execute(statement)}
