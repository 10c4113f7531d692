"""What proves who somebody is: password and second factor together, each code once."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from site_api import audit
from site_api.database import db, post
from site_api.installation import Installation
from site_api.reviewers import authenticator, passwords
from site_api.reviewers.models import RecoveryCode, Reviewer


class Refused(Exception):
    """Name, password and code do not fit together; nothing says which of them."""


@dataclass(frozen=True)
class Credentials:
    """Hold what somebody typed to show who they are."""

    name: str
    password: str = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True)
class Proof:
    """Hold what fitted, until its code is used up in the same job as what it allows."""

    reviewer_id: int
    name: str
    password_hash: str = field(repr=False)
    salt: str = field(repr=False)
    step: int | None
    recovery_id: int | None


def prove(place: Installation, given: Credentials) -> Proof:
    """Compare all three with the account; raises Refused, after the same work for every kind of wrong."""
    key = place.settings.secret_key
    reviewer = db.session.scalar(select(Reviewer).where(Reviewer.name == given.name))
    reviewer_id, salt = (reviewer.id, reviewer.totp_salt or "") if reviewer else (0, "")
    stored = reviewer.password_hash if reviewer else passwords.NOBODY
    fits = passwords.fits(stored, given.password)
    step = authenticator.step_of(authenticator.secret_of(key, salt), given.code, place.now())
    code_hash = authenticator.recovery_hash(key, reviewer_id, given.code)
    recovery_id = db.session.scalar(
        select(RecoveryCode.id).where(RecoveryCode.code_hash == code_hash, RecoveryCode.used_at.is_(None))
    )
    is_fresh = step is not None and step > (reviewer.last_step or 0 if reviewer else 0)
    is_open = reviewer is not None and reviewer.is_active and reviewer.totp_salt is not None
    if not (is_open and fits and (is_fresh or recovery_id)):
        raise Refused
    return Proof(reviewer_id, given.name, stored, salt, step if is_fresh else None, recovery_id)


def spend(connection: Connection, proof: Proof, now: datetime) -> None:
    """Use up the code of a proof; raises Refused if it or the account has changed meanwhile."""
    account = update(Reviewer).where(
        Reviewer.id == proof.reviewer_id,
        Reviewer.is_active,
        Reviewer.totp_salt == proof.salt,
        Reviewer.password_hash == proof.password_hash,
    )
    if proof.step is not None:
        fresh = account.where(func.coalesce(Reviewer.last_step, 0) < proof.step)
        is_spent = connection.execute(fresh.values(last_step=proof.step)).rowcount == 1
    else:
        unused = update(RecoveryCode).where(
            RecoveryCode.id == proof.recovery_id, RecoveryCode.used_at.is_(None)
        )
        is_same = connection.execute(account.values(is_active=True)).rowcount == 1
        is_spent = is_same and connection.execute(unused.values(used_at=now)).rowcount == 1
    if not is_spent:
        raise Refused


def note_failures(place: Installation, name: str, count: int) -> None:
    """Put into the audit that an account is being guessed at; nobody waits for it, so that no time tells."""
    now = place.now()

    def job(connection: Connection) -> None:
        if connection.scalar(select(Reviewer.id).where(Reviewer.name == name)) is None:
            return  # what was typed in the place of a name may be a password
        audit.record(
            connection,
            at=now,
            actor=audit.PUBLIC,
            verb="reviewer.slow_down",
            subject=name,
            detail={"failures": count},
        )

    post(job)
