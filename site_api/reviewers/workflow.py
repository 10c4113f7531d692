"""Starts and ends sessions, and changes what an own account comes in with."""

import hashlib
import hmac
import secrets
from datetime import datetime

from sqlalchemy import Connection, select, update

from site_api import audit
from site_api.database import db, insert, write
from site_api.errors import Conflict, FieldFault, Invalid
from site_api.installation import Installation
from site_api.reviewers import passwords, sessions
from site_api.reviewers.credentials import Credentials, prove, spend
from site_api.reviewers.invitations import new_recovery_codes, renew
from site_api.reviewers.models import Actor, Reviewer, ReviewerSession


def sign_in(place: Installation, given: Credentials) -> str:
    """Start a session and give its token; raises Refused, without saying which part was wrong."""
    proof = prove(place, given)
    token, now = secrets.token_urlsafe(sessions.TOKEN_BYTES), place.now()
    token_hash = sessions.token_hash(place, token)
    detail = {"by": "code" if proof.step is not None else "recovery code"}

    def job(connection: Connection) -> None:
        spend(connection, proof, now)
        values = {"reviewer_id": proof.reviewer_id, "token_hash": token_hash}
        insert(connection, ReviewerSession, **values, started_at=now, seen_at=now)
        audit.record(
            connection, at=now, actor=proof.name, verb="reviewer.sign_in", subject=proof.name, detail=detail
        )

    write(job)
    return token


def sign_out(place: Installation, actor: Actor) -> None:
    """End the session on the server, so that its cookie is worth nothing."""
    ended = update(ReviewerSession).where(
        ReviewerSession.token_hash == sessions.token_hash(place, actor.token)
    )

    def job(connection: Connection) -> None:
        connection.execute(ended.values(ended_at=place.now()))
        _record(connection, place, actor, "sign_out")

    write(job)


def end_session(place: Installation, actor: Actor, session_id: int) -> None:
    """End another session of one's own; raises Conflict if it has ended, or is not one's own."""
    theirs = update(ReviewerSession).where(
        ReviewerSession.id == session_id,
        ReviewerSession.reviewer_id == actor.id,
        ReviewerSession.ended_at.is_(None),
    )

    def job(connection: Connection) -> None:
        if connection.execute(theirs.values(ended_at=place.now())).rowcount != 1:
            raise Conflict
        _record(connection, place, actor, "end_session")

    write(job)


def end_other_sessions(place: Installation, actor: Actor) -> None:
    """End every session of one's own but this."""
    this = sessions.key_of(place, actor.token)

    def job(connection: Connection) -> None:
        sessions.end_all(connection, actor.id, place.now(), but=this)
        _record(connection, place, actor, "end_other_sessions")

    write(job)


def change_password(place: Installation, actor: Actor, given: Credentials, password: str) -> None:
    """Set another password and end all other sessions; raises Invalid or Refused."""
    if fault := passwords.fault_of(password, (actor.name, place.charter.info.city.name)):
        raise Invalid([FieldFault("new_password", fault)])
    proof = prove(place, given)
    this, password_hash = sessions.key_of(place, actor.token), passwords.hashed(password)

    def job(connection: Connection) -> None:
        spend(connection, proof, place.now())
        mine = update(Reviewer).where(Reviewer.id == actor.id)
        connection.execute(mine.values(password_hash=password_hash))
        sessions.end_all(connection, actor.id, place.now(), but=this)
        _record(connection, place, actor, "change_password")

    write(job)


def renew_recovery_codes(place: Installation, actor: Actor, given: Credentials) -> list[str]:
    """Give ten new recovery codes, shown this once; those of before end; raises Refused."""
    proof = prove(place, given)

    def job(connection: Connection) -> list[str]:
        spend(connection, proof, place.now())
        _record(connection, place, actor, "renew_recovery_codes")
        return new_recovery_codes(connection, place, actor.id)

    return write(job)


def renew_authenticator(place: Installation, given: Credentials) -> str:
    """Give the token of a link for another authenticator; raises Refused."""
    return renew(place, prove(place, given))


def actor_of(place: Installation, token: str) -> Actor | None:
    """Give who a session belongs to: idle at most 30 minutes, 12 hours in all."""
    wanted = ReviewerSession.token_hash == sessions.token_hash(place, token)
    session = db.session.scalar(select(ReviewerSession).where(wanted, ReviewerSession.ended_at.is_(None)))
    now = place.now()
    if session is None or not session.reviewer.is_active or not sessions.is_open(session, now):
        return None
    if now - session.seen_at >= sessions.SEEN_EVERY:
        _see(session.id, now)
    reviewer = session.reviewer
    return Actor(reviewer.id, reviewer.name, reviewer.role, reviewer.agency, token)


def _see(session_id: int, now: datetime) -> None:
    seen = update(ReviewerSession).where(ReviewerSession.id == session_id).values(seen_at=now)
    write(lambda connection: connection.execute(seen).rowcount)


def _record(connection: Connection, place: Installation, actor: Actor, act: str) -> None:
    audit.record(connection, at=place.now(), actor=actor.name, verb=f"reviewer.{act}", subject=actor.name)


def form_token(place: Installation, secret: str) -> str:
    """Give the token that every form of a session carries; another site cannot know it."""
    return hmac.new(place.settings.secret_key, f"form:{secret}".encode(), hashlib.sha256).hexdigest()
