"""Adds accounts, starts and ends sessions."""

import hashlib
import hmac
import re
import secrets
import sqlite3
import unicodedata
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Connection, select, update

from site_api import audit
from site_api.database import db, insert, write
from site_api.installation import Installation
from site_api.intake import keyed_hash
from site_api.reviewers.models import Actor, Reviewer, ReviewerSession, Role
from site_api.reviewers.schemas import NAME_FORM, SignIn, fault_of_password

TOKEN_BYTES = 32
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)

_hasher = PasswordHasher()
# Checked when there is no such account, so that the answer takes as long.
_NOBODY = _hasher.hash(secrets.token_hex(TOKEN_BYTES))


class AccountError(Exception):
    """Say why an account cannot be made, and what would be right."""


def add(place: Installation, name: str, role: Role, agency: str | None, password: str) -> None:
    """Make an account; raises AccountError."""
    if not re.fullmatch(NAME_FORM, name):
        raise AccountError(f"{name!r} is no name: 3 to 32 of a-z, 0-9, dot, _ and -, first a letter")
    if (role is Role.AGENCY) != (agency is not None):
        raise AccountError("role agency needs --agency, and no other role takes one")
    if agency is not None and agency not in place.charter.agency:
        raise AccountError(
            f"{agency!r} is no agency of the charter: {', '.join(sorted(place.charter.agency))}"
        )
    if fault := fault_of_password(password):
        raise AccountError(fault)
    values = {
        "name": name,
        "role": role,
        "agency": agency,
        "password_hash": _hasher.hash(_one_form(password)),
        "is_active": True,
        "added_at": place.now(),
    }

    def job(connection: Connection) -> None:
        insert(connection, Reviewer, **values)
        detail = {"role": role.value, "agency": agency}
        audit.record(
            connection, at=place.now(), actor="command", verb="reviewer.add", subject=name, detail=detail
        )

    try:
        write(job)
    except sqlite3.IntegrityError:
        raise AccountError(f"there is a reviewer {name!r} already") from None


def sign_in(place: Installation, sent: SignIn) -> str | None:
    """Start a session and give its token; None for a wrong name or password, without saying which."""
    reviewer = db.session.scalar(select(Reviewer).where(Reviewer.name == sent.name, Reviewer.is_active))
    try:
        _hasher.verify(reviewer.password_hash if reviewer else _NOBODY, _one_form(sent.password))
    except VerificationError:
        return None
    if reviewer is None:
        return None
    token, now = secrets.token_urlsafe(TOKEN_BYTES), place.now()
    key, name, token_hash = reviewer.id, reviewer.name, _token_hash(place, token)

    def job(connection: Connection) -> None:
        insert(
            connection, ReviewerSession, reviewer_id=key, token_hash=token_hash, started_at=now, seen_at=now
        )
        audit.record(connection, at=now, actor=name, verb="reviewer.sign_in", subject=name)

    write(job)
    return token


def sign_out(place: Installation, actor: Actor) -> None:
    """End the session on the server, so that its cookie is worth nothing."""
    ended = update(ReviewerSession).where(ReviewerSession.token_hash == _token_hash(place, actor.token))

    def job(connection: Connection) -> None:
        connection.execute(ended.values(ended_at=place.now()))
        audit.record(
            connection, at=place.now(), actor=actor.name, verb="reviewer.sign_out", subject=actor.name
        )

    write(job)


def actor_of(place: Installation, token: str) -> Actor | None:
    """Give who a session belongs to: idle at most 30 minutes, 12 hours in all."""
    wanted = ReviewerSession.token_hash == _token_hash(place, token)
    session = db.session.scalar(select(ReviewerSession).where(wanted, ReviewerSession.ended_at.is_(None)))
    now = place.now()
    if session is None or not session.reviewer.is_active:
        return None
    if now - session.seen_at > IDLE or now - session.started_at > LONGEST:
        return None
    if session.seen_at - now > SEEN_EVERY:  # the clock was put back, and would make the session longer
        return None
    if now - session.seen_at >= SEEN_EVERY:
        _see(session.id, now)
    reviewer = session.reviewer
    return Actor(reviewer.id, reviewer.name, reviewer.role, reviewer.agency, token)


def _see(session_id: int, now: datetime) -> None:
    seen = update(ReviewerSession).where(ReviewerSession.id == session_id).values(seen_at=now)
    write(lambda connection: connection.execute(seen).rowcount)


def form_token(place: Installation, secret: str) -> str:
    """Give the token that every form of a session carries; another site cannot know it."""
    return hmac.new(place.settings.secret_key, f"form:{secret}".encode(), hashlib.sha256).hexdigest()


def _token_hash(place: Installation, token: str) -> str:
    return keyed_hash(place.settings.secret_key, "session", token)


def _one_form(password: str) -> str:
    return unicodedata.normalize("NFC", password)
