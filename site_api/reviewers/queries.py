"""Reads accounts and sessions."""

from collections.abc import Sequence

from sqlalchemy import func, select

from site_api.database import db
from site_api.installation import Installation
from site_api.reviewers.models import Actor, RecoveryCode, Reviewer, ReviewerSession
from site_api.reviewers.sessions import is_open


def accounts() -> Sequence[Reviewer]:
    """List every account by its name."""
    return db.session.scalars(select(Reviewer).order_by(Reviewer.is_active.desc(), Reviewer.name)).all()


def own_sessions(place: Installation, actor: Actor) -> list[ReviewerSession]:
    """List the sessions of an account that are open, the newest first."""
    theirs = select(ReviewerSession).where(
        ReviewerSession.reviewer_id == actor.id, ReviewerSession.ended_at.is_(None)
    )
    now = place.now()
    found = db.session.scalars(theirs.order_by(ReviewerSession.id.desc()))
    return [session for session in found if is_open(session, now)]


def codes_left(actor: Actor) -> int:
    """Count the recovery codes of an account that can still be used."""
    unused = select(func.count()).where(RecoveryCode.reviewer_id == actor.id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(unused) or 0
