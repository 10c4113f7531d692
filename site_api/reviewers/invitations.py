"""Makes accounts by links that work once, and switches accounts off."""

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, delete, select, update

from site_api import audit
from site_api.database import db, insert, write
from site_api.errors import Conflict, FieldFault, Invalid
from site_api.installation import Installation
from site_api.intake import keyed_hash
from site_api.reviewers import authenticator, passwords, sessions
from site_api.reviewers.credentials import Proof, spend
from site_api.reviewers.models import Invitation, RecoveryCode, Reviewer
from site_api.reviewers.schemas import NewAccount

VALID = timedelta(hours=72)


class LinkOver(Exception):
    """The link was used, is older than 72 hours, or was never made."""


@dataclass(frozen=True)
class Link:
    """Hold a link that has just been made: its token is known to nobody but who made it, this once."""

    token: str
    salt: str


def invite(place: Installation, actor: str, new: NewAccount) -> str:
    """Make an account that waits for its link, and give the link's token; raises Invalid."""
    new.check(place.charter.agency)
    link, now = _new_link(), place.now()
    values = new.model_dump() | {"password_hash": passwords.NOBODY, "is_active": True, "added_at": now}
    detail = {
        "role": new.role.value,
        "agency": new.agency,
        "basis": keyed_hash(place.settings.secret_key, "basis", new.basis) if new.basis else None,
    }

    def job(connection: Connection) -> None:
        key = insert(connection, Reviewer, **values)
        _put(connection, place, key, link, actor)
        audit.record(connection, at=now, actor=actor, verb="reviewer.invite", subject=new.name, detail=detail)

    try:
        write(job)
    except sqlite3.IntegrityError:
        raise Invalid([FieldFault("name", "name_taken")]) from None
    return link.token


def invite_again(place: Installation, actor: str, name: str) -> str:
    """Give an account a new link, for a lost authenticator; its password and sessions end at once."""
    link, now = _new_link(), place.now()

    def job(connection: Connection) -> None:
        key = _key_of(connection, name, actor)
        values = {"password_hash": passwords.NOBODY, "totp_salt": None, "is_active": True}
        connection.execute(update(Reviewer).where(Reviewer.id == key).values(**values))
        connection.execute(delete(RecoveryCode).where(RecoveryCode.reviewer_id == key))
        sessions.end_all(connection, key, now)
        _put(connection, place, key, link, actor)
        audit.record(connection, at=now, actor=actor, verb="reviewer.invite_again", subject=name)

    write(job)
    return link.token


def renew(place: Installation, proof: Proof) -> str:
    """Give people a link for an authenticator of their own; until it is used all stays; raises Refused."""
    link, now = _new_link(), place.now()

    def job(connection: Connection) -> None:
        spend(connection, proof, now)
        _put(connection, place, proof.reviewer_id, link, proof.name)
        audit.record(connection, at=now, actor=proof.name, verb="reviewer.renew", subject=proof.name)

    write(job)
    return link.token


def deactivate(place: Installation, actor: str, name: str) -> None:
    """Switch another account off: its sessions and links end at once; raises Conflict if it is off."""
    now = place.now()

    def job(connection: Connection) -> None:
        key = _key_of(connection, name, actor)
        switched = update(Reviewer).where(Reviewer.id == key, Reviewer.is_active).values(is_active=False)
        if connection.execute(switched).rowcount != 1:
            raise Conflict
        sessions.end_all(connection, key, now)
        _end_links(connection, place, key)
        audit.record(connection, at=now, actor=actor, verb="reviewer.deactivate", subject=name)

    write(job)


def address_of(place: Installation, token: str) -> str:
    """Give the address of a link; its token stands where no log should look, behind the question mark."""
    return f"{place.settings.public_url}/tinjau/undangan?kode={token}"


def opened(place: Installation, token: str) -> Invitation:
    """Give the invitation of a link; looking at it uses nothing up; raises LinkOver."""
    found = db.session.scalar(
        select(Invitation).where(
            Invitation.token_hash == _token_hash(place, token),
            Invitation.used_at.is_(None),
            Invitation.made_at > place.now() - VALID,
        )
    )
    if found is None or not found.reviewer.is_active:
        raise LinkOver
    return found


def accept(place: Installation, invitation: Invitation, password: str, code: str) -> list[str]:
    """Use up a link: set password and authenticator, and give new recovery codes, shown this once.

    Raises Invalid for a password or code that cannot be taken, LinkOver for a link used meanwhile.
    """
    now, name, key = place.now(), invitation.reviewer.name, invitation.reviewer_id
    link_id, salt = invitation.id, invitation.totp_salt
    step = authenticator.step_of(authenticator.secret_of(place.settings.secret_key, salt), code, now)
    fault = passwords.fault_of(password, (name, place.charter.info.city.name))
    faults = [FieldFault("new_password", fault)] if fault else []
    faults += [] if step else [FieldFault("code", "wrong_code")]
    if faults:
        raise Invalid(faults)
    values = {"password_hash": passwords.hashed(password), "totp_salt": salt, "last_step": step}

    def job(connection: Connection) -> list[str]:
        used = update(Invitation).where(Invitation.id == link_id, Invitation.used_at.is_(None))
        account = update(Reviewer).where(Reviewer.id == key, Reviewer.is_active)
        for change in (used.values(used_at=now), account.values(**values)):
            if connection.execute(change).rowcount != 1:
                raise LinkOver
        sessions.end_all(connection, key, now)
        audit.record(connection, at=now, actor=name, verb="reviewer.accept", subject=name)
        return new_recovery_codes(connection, place, key)

    return write(job)


def new_recovery_codes(connection: Connection, place: Installation, key: int) -> list[str]:
    """Put ten new codes in place of those of before, inside the job of the change itself."""
    connection.execute(delete(RecoveryCode).where(RecoveryCode.reviewer_id == key))
    codes = authenticator.recovery_codes()
    for code in codes:
        code_hash = authenticator.recovery_hash(place.settings.secret_key, key, code)
        insert(connection, RecoveryCode, reviewer_id=key, code_hash=code_hash)
    return codes


def _new_link() -> Link:
    return Link(secrets.token_urlsafe(sessions.TOKEN_BYTES), authenticator.new_salt())


def _put(connection: Connection, place: Installation, key: int, link: Link, actor: str) -> None:
    """Put a new link in place of those that are still open."""
    _end_links(connection, place, key)
    values = {"token_hash": _token_hash(place, link.token), "totp_salt": link.salt}
    insert(connection, Invitation, reviewer_id=key, made_by=actor, made_at=place.now(), **values)


def _end_links(connection: Connection, place: Installation, key: int) -> None:
    theirs = update(Invitation).where(Invitation.reviewer_id == key, Invitation.used_at.is_(None))
    connection.execute(theirs.values(used_at=place.now()))


def _key_of(connection: Connection, name: str, actor: str) -> int:
    """Give the key of another one's account; raises Conflict for the own one or none."""
    key = connection.scalar(select(Reviewer.id).where(Reviewer.name == name))
    if key is None or name == actor:
        raise Conflict
    return int(key)


def _token_hash(place: Installation, token: str) -> str:
    return keyed_hash(place.settings.secret_key, "invitation", token)
