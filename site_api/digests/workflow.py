"""Claims a digest before it is sent and confirms it after, so that a restart sends none twice."""

from datetime import date, timedelta

from sqlalchemy import Connection, delete, select, update

from site_api import audit
from site_api.database import db, insert_new, write
from site_api.digests.models import Digest
from site_api.installation import Installation
from site_api.reviewers.models import Actor

PATIENCE = timedelta(minutes=15)


def is_sent(actor: Actor, day: date) -> bool:
    """Tell whether a reviewer was sent the digest of a day."""
    sent = select(Digest.sent_at).where(Digest.reviewer_id == actor.id, Digest.day == day)
    return db.session.scalar(sent) is not None


def claim(place: Installation, actor: Actor, day: date) -> bool:
    """Tell whether this run may send; a claim that nobody confirmed holds for 15 minutes."""
    now, reviewer_id = place.now(), actor.id
    lapsed = (Digest.sent_at.is_(None), Digest.claimed_at <= now - PATIENCE)
    again = update(Digest).where(Digest.reviewer_id == reviewer_id, Digest.day == day, *lapsed)

    def job(connection: Connection) -> bool:
        if insert_new(connection, Digest, reviewer_id=reviewer_id, day=day, claimed_at=now):
            return True
        return connection.execute(again.values(claimed_at=now)).rowcount == 1

    return write(job)


def confirm(place: Installation, actor: Actor, day: date) -> None:
    """Keep that the mail server has taken the digest; the audit tells that the reviewer was reminded."""
    now, name = place.now(), actor.name
    mine = update(Digest).where(Digest.reviewer_id == actor.id, Digest.day == day).values(sent_at=now)

    def job(connection: Connection) -> None:
        connection.execute(mine)
        detail = {"day": day.isoformat()}
        audit.record(connection, at=now, actor=audit.CLOCK, verb="digest.send", subject=name, detail=detail)

    write(job)


def release(actor: Actor, day: date) -> None:
    """Give a claim back: the mail surely did not leave, so the next run may try at once."""
    mine = delete(Digest).where(Digest.reviewer_id == actor.id, Digest.day == day, Digest.sent_at.is_(None))
    write(lambda connection: connection.execute(mine).rowcount)
