"""One person asks, another decides: approving runs the act itself in the same transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from charter_data.seals import canonical
from site_api import audit
from site_api.approvals.models import LASTS, Approval, Decision
from site_api.approvals.policy import is_over, may_decide
from site_api.cases import Case
from site_api.database import insert, write
from site_api.errors import AlreadyAsked, AlreadyDecided, Conflict, RequestLapsed, SecondPersonNeeded
from site_api.installation import Installation
from site_api.intake import text_digest
from site_api.reviewers.models import Actor
from site_api.reviewers.policy import Joint, office_of

Job = Callable[[Connection], None]


@dataclass(frozen=True)
class Subject:
    """Name what a request is about: a case as it was seen, or anything else by a name of its own."""

    noun: str
    name: str
    version: int | None = None
    salt: str | None = None


def about(case: Case) -> Subject:
    """Give a case as the subject of a request."""
    return Subject(case.noun, case.number, case.version, case.salt)


def ask(
    place: Installation,
    actor: Actor,
    subject: Subject,
    verb: Joint,
    detail: Mapping[str, Any] | None = None,
    reason: str | None = None,
    check: Job | None = None,
) -> int:
    """Ask for what takes two persons, and give the key of the request; `check` may refuse it.

    Raises AlreadyAsked while the same waits; what was asked before the case changed, or too long ago, lapses.
    """
    said = canonical(dict(detail or {})).decode()
    row: dict[str, Any] = {"subject": subject.name, "version": subject.version, "verb": verb, "detail": said}
    row |= {"reason": reason, "asked_by": actor.name, "office": office_of(actor), "asked_at": place.now()}
    digest = text_digest(subject.salt, words_of(said, reason)) if subject.salt else None
    now = place.now()

    def job(connection: Connection) -> int:
        if check is not None:
            check(connection)
        _make_room(connection, actor.name, subject, verb, now)
        key = insert(connection, Approval, **row, decision=Decision.ASKED)
        _record(connection, actor.name, subject.noun, subject.name, "ask", verb, key, now, digest)
        return key

    return write(job)


def words_of(detail: str, reason: str | None) -> str:
    """Give all that a request says as one text, for the digest in the audit."""
    return canonical([detail, reason or ""]).decode()


def approve(
    place: Installation, actor: Actor, subject: Subject, request: Approval, act: Callable[[Job], None]
) -> None:
    """Approve a request as the second person: `act` runs what was asked for, and the given job within it.

    Raises SecondPersonNeeded for who may not decide it, AlreadyDecided, and RequestLapsed if the case is no
    longer as it was asked about, or the time is over.
    """
    _check_second(actor, request)
    if request.version != subject.version or is_over(request.verb, request.asked_at, place.now()):
        _lapse(place, actor, subject, request)
    try:
        act(_deciding(place, actor, subject, request, Decision.APPROVED))
    except Conflict:
        _lapse(place, actor, subject, request)


def refuse(place: Installation, actor: Actor, subject: Subject, request: Approval, because: str) -> None:
    """Refuse a request as the second person; raises as approving does."""
    _check_second(actor, request)
    write(_deciding(place, actor, subject, request, Decision.REFUSED, refused_because=because))


def take_back(place: Installation, actor: Actor, subject: Subject, request: Approval) -> None:
    """Take back what one has asked for oneself; raises SecondPersonNeeded, AlreadyDecided."""
    if request.asked_by != actor.name:
        raise SecondPersonNeeded
    write(_deciding(place, actor, subject, request, Decision.WITHDRAWN))


def use(place: Installation, actor: Actor, request: Approval, act: Job) -> None:
    """Use what one has asked for and another has approved, once; `act` leaves the trace of it.

    Raises RequestLapsed if it is not approved, was used before, or the time is over.
    """
    is_good = (
        Approval.id == request.id,
        Approval.asked_by == actor.name,
        Approval.decision == Decision.APPROVED,
        Approval.decided_at > place.now() - LASTS[request.verb],
    )
    used = update(Approval).where(*is_good).values(decision=Decision.USED)

    def job(connection: Connection) -> None:
        if connection.execute(used).rowcount != 1:
            raise RequestLapsed
        act(connection)

    write(job)


def erase(connection: Connection, subject: str) -> None:
    """Blank what requests about a subject say; that they were made stays."""
    gone = dict.fromkeys(("detail", "reason", "refused_because"))
    connection.execute(update(Approval).where(Approval.subject == subject).values(**gone))


def _check_second(actor: Actor, request: Approval) -> None:
    if request.decision is not Decision.ASKED:
        raise AlreadyDecided
    if not may_decide(actor, request):
        raise SecondPersonNeeded


def _lapse(place: Installation, actor: Actor, subject: Subject, request: Approval) -> None:
    write(_deciding(place, actor, subject, request, Decision.LAPSED))
    raise RequestLapsed


VERBS = {
    Decision.APPROVED: "approve",
    Decision.REFUSED: "refuse",
    Decision.WITHDRAWN: "take_back",
    Decision.LAPSED: "lapse",
}


def _deciding(
    place: Installation, actor: Actor, subject: Subject, request: Approval, decision: Decision, **more: str
) -> Job:
    """Give the job that decides a request, once; it raises AlreadyDecided."""
    key, verb, now = request.id, request.verb, place.now()
    values = {"decision": decision, "decided_by": actor.name, "decided_at": now, **more}

    def job(connection: Connection) -> None:
        is_open = Approval.id == key, Approval.decision == Decision.ASKED
        if connection.execute(update(Approval).where(*is_open).values(**values)).rowcount != 1:
            raise AlreadyDecided
        _record(connection, actor.name, subject.noun, subject.name, VERBS[decision], verb, key, now)

    return job


def _make_room(connection: Connection, by: str, subject: Subject, verb: Joint, now: datetime) -> None:
    same = Approval.subject == subject.name, Approval.verb == verb, Approval.decision == Decision.ASKED
    found = select(Approval.id, Approval.version, Approval.asked_at).where(*same)
    for key, version, asked_at in connection.execute(found).all():
        if version == subject.version and not is_over(verb, asked_at, now):
            raise AlreadyAsked
        lapsed = {"decision": Decision.LAPSED, "decided_by": by, "decided_at": now}
        connection.execute(update(Approval).where(Approval.id == key).values(**lapsed))
        _record(connection, by, subject.noun, subject.name, "lapse", verb, key, now)


def _record(
    connection: Connection,
    by: str,
    noun: str,
    subject: str,
    what: str,
    verb: Joint,
    key: int,
    now: datetime,
    digest: str | None = None,
) -> None:
    detail = {"request": key, "verb": verb.value}
    audit.record(
        connection, at=now, actor=by, verb=f"{noun}.{what}", subject=subject, detail=detail, digest=digest
    )
