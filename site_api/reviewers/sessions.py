"""What a session is: how long it holds, and how it ends inside the job of another change."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from site_api.database import db
from site_api.installation import Installation
from site_api.intake import keyed_hash
from site_api.reviewers.models import ReviewerSession

TOKEN_BYTES = 32
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)


def is_open(session: ReviewerSession, now: datetime) -> bool:
    """Tell whether a session that nobody has ended still holds."""
    if now - session.seen_at > IDLE or now - session.started_at > LONGEST:
        return False
    # Otherwise the clock was put back, and would make the session longer.
    return session.seen_at - now <= SEEN_EVERY


def key_of(place: Installation, token: str) -> int | None:
    """Give the key of the session that a token opens."""
    return db.session.scalar(
        select(ReviewerSession.id).where(ReviewerSession.token_hash == token_hash(place, token))
    )


def end_all(connection: Connection, reviewer_id: int, now: datetime, but: int | None = None) -> None:
    """End the sessions of an account, all or all but one."""
    theirs = update(ReviewerSession).where(
        ReviewerSession.reviewer_id == reviewer_id,
        ReviewerSession.ended_at.is_(None),
        ReviewerSession.id.is_distinct_from(but),
    )
    connection.execute(theirs.values(ended_at=now))


def token_hash(place: Installation, token: str) -> str:
    """Give what lies in the database in place of a session's token."""
    return keyed_hash(place.settings.secret_key, "session", token)
