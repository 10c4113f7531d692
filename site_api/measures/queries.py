"""What may be read of measures, and by whom."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from site_api.database import db
from site_api.errors import CaseUnknown
from site_api.measures.models import ENDED_BY_CLOCK, HOLDING, OPEN, Measure, State, Step
from site_api.reviewers.models import Actor
from site_api.reviewers.policy import Act, may, measures_of

MOST = 100


def visible_to(actor: Actor) -> Select[Measure]:
    """Start a query from what the actor may see (`reviewers/policy.py`)."""
    return select(Measure).where(Measure.state.in_(sorted(measures_of(actor))))


def measure_of(actor: Actor, number: str) -> Measure:
    """Give one measure; raises CaseUnknown, also for one that the actor may not see."""
    found = db.session.scalar(visible_to(actor).where(Measure.number == number))
    if found is None:
        raise CaseUnknown
    return found


def to_second(actor: Actor) -> Select[Measure]:
    """Narrow to the proposals that an actor may decide on as the second official."""
    return _where(actor, Act.SECOND, Measure.state == State.PROPOSED, Measure.proposed_by != actor.name)


def to_judge(actor: Actor) -> Select[Measure]:
    """Narrow to the appeals that an actor may judge, having decided nothing of the measure."""
    is_outside = Measure.proposed_by != actor.name, Measure.decided_by != actor.name
    return _where(actor, Act.JUDGE, Measure.state == State.APPEALED, *is_outside)


def waiting_for(actor: Actor) -> Sequence[Measure]:
    """Give the proposals and appeals that wait for an actor, the oldest first."""
    both = [
        one.order_by(Measure.proposed_at, Measure.id).limit(MOST)
        for one in (to_second(actor), to_judge(actor))
    ]
    return [measure for one in both for measure in db.session.scalars(one)]


def _where(actor: Actor, act: Act, *conditions: ColumnElement[bool]) -> Select[Measure]:
    return visible_to(actor).where(*(conditions if may(actor, act) else (false(),)))


def waiting(actor: Actor) -> Sequence[Measure]:
    """Give what has not ended: appeals first, by the day on which they are due, then the oldest."""
    found = visible_to(actor).where(Measure.state.in_(OPEN))
    order = (Measure.judge_by.is_(None), Measure.judge_by, Measure.proposed_at, Measure.id)
    return db.session.scalars(found.order_by(*order).limit(MOST)).all()


def ended(actor: Actor) -> Sequence[Measure]:
    """Give the measures that ended last."""
    found = visible_to(actor).where(Measure.state.not_in(OPEN))
    return db.session.scalars(found.order_by(Measure.ended_at.desc(), Measure.id).limit(MOST)).all()


def of_caller(caller_hash: str) -> Sequence[Measure]:
    """Give every measure about one caller that still stands or waits for somebody."""
    found = select(Measure).where(Measure.caller_hash == caller_hash, Measure.state.in_(OPEN))
    return db.session.scalars(found.order_by(Measure.proposed_at, Measure.id)).all()


def was_decided(caller_hash: str) -> bool:
    """Tell whether two officials have decided on this caller; not while it is appealed, nor once lifted."""
    stands = or_(
        Measure.state.in_(HOLDING), and_(Measure.state == State.ENDED, Measure.decided_at.is_not(None))
    )
    found = select(Measure.id).where(Measure.caller_hash == caller_hash, Measure.step == Step.DECIDE, stands)
    return db.session.scalar(found.limit(1)) is not None


def due(day: date) -> Sequence[Measure]:
    """Give what ends on a local day: what has stood its days, and proposals that nobody has seconded."""
    over = select(Measure).where(Measure.state.in_(ENDED_BY_CLOCK), Measure.ends_on < day)
    return db.session.scalars(over.order_by(Measure.id)).all()
