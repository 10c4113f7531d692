"""What may be read of feedback, and by whom."""

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, Select, exists, false, or_, select, true
from sqlalchemy.orm import selectinload

from site_api.approvals.models import Approval, Decision
from site_api.audit import AuditEntry
from site_api.database import db
from site_api.errors import CaseUnknown
from site_api.feedback.models import ANSWERED, NOUN, Answer, Feedback, Note, State
from site_api.installation import Installation, installation
from site_api.reviewers.models import Actor, Reviewer, Role
from site_api.reviewers.policy import EVERY, Joint, Part, Whose, office_of, reads, sight_of

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
    approved = exists().where(
        Approval.subject == Feedback.number,
        Approval.verb == Joint.PUBLISH,
        Approval.decision == Decision.APPROVED,
    )
    found = (
        select(Feedback)
        .where(
            Feedback.published_at.is_not(None),
            # A second lock, should a change forget to take an answer off the site, or to ask two persons.
            Feedback.state.in_(ANSWERED),
            or_(Feedback.is_sensitive.is_(False), approved),
        )
        .options(selectinload(Feedback.answers), selectinload(Feedback.opinions))
    )
    if clause is not None:
        found = found.where(Feedback.clause == clause)
    if service is not None:
        found = found.where(Feedback.service == service)
    return db.session.scalars(found.order_by(Feedback.answered_at.desc(), Feedback.id).limit(most)).all()


def themes() -> list[str]:
    """Give the themes of the published answers, the last used first."""
    is_public = Feedback.published_at.is_not(None), Feedback.is_sensitive.is_(False)
    used = select(Answer.theme_id).join(Feedback, Feedback.id == Answer.feedback_id)
    used = used.where(Answer.theme_id.is_not(None), *is_public).order_by(Answer.id.desc()).limit(MOST)
    return [theme for theme in dict.fromkeys(db.session.scalars(used)) if theme]


def shown_as(actor: Actor) -> str | None:
    """Give the organisation that an actor's opinion is named by; the council's needs no account to say it."""
    of_account = select(Reviewer.organisation).where(Reviewer.id == actor.id)
    council = f"DPRD {installation().charter.info.city.name}" if actor.role is Role.DPRD else None
    return db.session.scalar(of_account) or council


def removed() -> Sequence[str]:
    """Give the numbers whose answer was public once and is no more."""
    gone = select(Feedback.number).where(
        Feedback.unpublished_at.is_not(None), Feedback.published_at.is_(None)
    )
    return db.session.scalars(gone.order_by(Feedback.number)).all()


def answered_before(place: Installation, day: date) -> Sequence[Feedback]:
    """Give what was answered before a local day and has not been closed."""
    start = datetime.combine(day, time(), place.zone)
    found = select(Feedback).where(Feedback.state == State.ANSWERED, Feedback.answered_at < start)
    return db.session.scalars(found.order_by(Feedback.id)).all()
