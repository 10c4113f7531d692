"""Every change of a piece of feedback, from submission to its end."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, literal
from sqlalchemy import case as choose

from charter_data.working_days import add_working_days
from site_api import cases
from site_api.approvals import workflow as approvals
from site_api.audit import CLOCK, PUBLIC
from site_api.cases import ONLINE, DeclineReason, HoldReason, Submitted, Taken
from site_api.database import UtcTime, insert
from site_api.errors import (
    AlreadyPublished,
    Conflict,
    FieldFault,
    IntakeClosed,
    Invalid,
    PublishingRefused,
    SecondPersonNeeded,
)
from site_api.feedback.clocks import deadlines
from site_api.feedback.matter import barred_agencies, is_own_cause, is_sensitive, owner_of, service_of
from site_api.feedback.models import (
    ANSWERED,
    NOUN,
    OPEN,
    PREFIX,
    Answer,
    Feedback,
    State,
    Stay,
)
from site_api.feedback.schemas import (
    Assignment,
    NewAnswer,
    NewFeedback,
    Verification,
    check_place,
    checked_answer,
    words_of,
)
from site_api.feedback.stays import begun_stay, end_stay, is_still_with
from site_api.installation import Installation
from site_api.intake import idempotency_key
from site_api.reviewers.models import Actor

Approved = approvals.Job
"""What a second person's approval adds to the transaction of the act."""

DAYS_UNTIL_CLOSED = 10
ANSWERABLE = (State.VERIFIED, State.ASSIGNED)
DECLINABLE = (State.RECEIVED, State.VERIFIED)
WITHDRAWABLE = (*OPEN, State.ANSWERED)


def submit(
    place: Installation,
    sent: NewFeedback,
    key: str | None,
    held: HoldReason | None = None,
    taken: Taken = ONLINE,
) -> tuple[Feedback | Submitted, str]:
    """Store feedback and give the case with its secret code.

    Raises Invalid, IdempotencyKeyInvalid, IdempotencyMismatch and IntakeClosed. A sensitive case is stored
    without its district, so that nobody can be found by it.
    """
    key = idempotency_key(key)
    now = place.now()
    received_on = place.local_date(now)
    try:
        cases.check_intake(place)
        check_place(place.charter, sent, received_on)
    except (IntakeClosed, Invalid):
        if before := cases.stored_before(place, Feedback, NOUN, key, sent):
            return before
        raise
    values = _values(place, sent, now, received_on)
    return cases.store_once(place, Feedback, NOUN, PREFIX, key, sent, values, held, taken)


def _values(place: Installation, sent: NewFeedback, now: datetime, received_on: date) -> dict[str, Any]:
    charter = place.charter
    sensitive = sent.confidential or is_sensitive(charter, sent.service, sent.clause)
    verify_by, answer_by = deadlines(charter, received_on)
    return {
        "language": sent.language,
        "kind": sent.kind,
        "happened": sent.happened,
        "service": sent.service or service_of(charter, sent.clause),
        "clause": sent.clause,
        "district": None if sensitive else sent.district,
        "occurred_on": sent.occurred_on,
        "text": sent.message,
        "may_publish": sent.may_publish,
        "may_pass_on": sent.may_pass_on,
        "is_sensitive": sensitive,
        "was_disbelieved": sent.was_disbelieved,
        "concerns": place.operators if sent.was_disbelieved else owner_of(charter, sent.clause),
        "state": State.RECEIVED,
        "received_at": now,
        "verify_by": verify_by,
        "answer_by": answer_by,
    }


def release(place: Installation, actor: Actor, case: Feedback) -> None:
    """Let a held case stand in the queue like the rest."""
    is_held = Feedback.held_at.is_not(None)
    cases.change(place, actor.name, case, f"{NOUN}.release", (State.RECEIVED,), is_held, to={"held_at": None})


def verify(place: Installation, actor: Actor, case: Feedback, sent: Verification) -> None:
    """Take a case as read, and set what it is about; what the writer called confidential stays so."""
    check_place(place.charter, sent)
    sensitive = (
        case.is_sensitive or sent.is_sensitive or is_sensitive(place.charter, sent.service, sent.clause)
    )
    to = {
        "state": State.VERIFIED,
        "held_at": None,
        "kind": sent.kind,
        "service": sent.service or service_of(place.charter, sent.clause),
        "clause": sent.clause,
        "concerns": _concerns(place, case, sent),
        "is_sensitive": sensitive,
        "district": None if sensitive else case.district,
        "verified_at": place.now(),
        "verified_by": actor.name,
    }
    detail = {**sent.model_dump(mode="json"), "is_sensitive": sensitive}
    cases.change(place, actor.name, case, f"{NOUN}.verify", (State.RECEIVED,), detail=detail, to=to)


def assign(place: Installation, actor: Actor, case: Feedback, sent: Assignment) -> None:
    """Hand a case to an agency, with the reason; its stay with the one before ends, late or not."""
    if sent.agency not in place.charter.agency:
        raise Invalid([FieldFault("agency", "unknown_agency")])
    if sent.agency == case.agency:
        raise Invalid([FieldFault("agency", "same_agency")])
    if sent.agency in barred_agencies(place, actor, case):
        raise Invalid([FieldFault("agency", "only_inspectorate")])
    key, now = case.id, place.now()
    stay = {"agency": sent.agency, "reason": sent.reason, **begun_stay(place, actor.name)}

    def move(connection: Connection) -> None:
        end_stay(connection, key, now)
        insert(connection, Stay, feedback_id=key, **stay)

    cases.change(
        place,
        actor.name,
        case,
        f"{NOUN}.assign",
        ANSWERABLE,
        is_still_with(case.agency),
        detail={"agency": sent.agency, "from": case.agency},
        said=sent.reason,
        also=move,
        to={"state": State.ASSIGNED, "agency": sent.agency},
    )


def answer(
    place: Installation,
    actor: Actor,
    case: Feedback,
    sent: NewAnswer,
    approved: Approved | None = None,
    drafted_by: str | None = None,
) -> None:
    """Answer the writer, with an outcome that says what will happen.

    Raises SecondPersonNeeded for an agency that answers a complaint about itself.
    """
    if approved is None and is_own_cause(actor, case):
        raise SecondPersonNeeded
    kept = checked_answer(sent, may_pass_on=case.may_pass_on)
    key, now, by = case.id, place.now(), drafted_by or actor.name

    def put(connection: Connection) -> None:
        if approved is not None:
            approved(connection)
        end_stay(connection, key, now)
        insert(connection, Answer, **dict(kept), feedback_id=key, answered_by=by, answered_at=now)

    cases.change(
        place,
        actor.name,
        case,
        f"{NOUN}.answer",
        ANSWERABLE,
        is_still_with(case.agency),
        detail={"outcome": sent.outcome.value} | ({"drafted_by": drafted_by} if drafted_by else {}),
        said=words_of(kept),
        also=put,
        to={"state": State.ANSWERED, "answered_at": now},
    )


def publish(place: Installation, actor: Actor, case: Feedback, approved: Approved | None = None) -> None:
    """Let summary and answer stand on the site; the writer must have allowed it.

    Raises SecondPersonNeeded for one person alone with a sensitive case.
    """
    if case.is_published:
        raise AlreadyPublished
    if not case.may_publish:
        raise PublishingRefused
    if case.is_sensitive and approved is None:
        raise SecondPersonNeeded
    is_not_public = Feedback.published_at.is_(None)
    to = {"published_at": place.now(), "published_by": actor.name, "unpublished_at": None}
    cases.change(place, actor.name, case, f"{NOUN}.publish", ANSWERED, is_not_public, also=approved, to=to)


def unpublish(place: Installation, actor: Actor, case: Feedback) -> None:
    """Take summary and answer off the site with the next build."""
    is_public = Feedback.published_at.is_not(None)
    to = _off_the_site(place)
    cases.change(place, actor.name, case, f"{NOUN}.unpublish", ANSWERED, is_public, to=to)


def decline(
    place: Installation,
    actor: Actor,
    case: Feedback,
    reason: DeclineReason,
    approved: Approved | None = None,
) -> None:
    """End a case without an answer; raises SecondPersonNeeded for anything but spam by one person."""
    if reason is not DeclineReason.SPAM and approved is None:
        raise SecondPersonNeeded
    to = {"state": State.DECLINED, "decline_reason": reason, **_ended(place, actor.name)}
    detail = {"reason": reason.value}
    cases.change(place, actor.name, case, f"{NOUN}.decline", DECLINABLE, detail=detail, also=approved, to=to)


def withdraw(place: Installation, case: Feedback) -> None:
    """End a case because its writer says so; what was public comes off the site."""
    key, now = case.id, place.now()
    to = {"state": State.WITHDRAWN, **_ended(place, PUBLIC), **off_the_site_if_on_it(place)}

    def end(connection: Connection) -> None:
        end_stay(connection, key, now)

    cases.change(place, PUBLIC, case, f"{NOUN}.withdraw", WITHDRAWABLE, also=end, to=to)


def close_due(place: Installation, answered: Iterable[Feedback], today: date) -> tuple[int, list[str]]:
    """Close those of the answered cases whose ten working days are over.

    Gives how many, and the numbers of those that changed meanwhile and were left as they are.
    """
    closed, left = 0, []
    for case in answered:
        answered_on = place.local_date(case.answered_at) if case.answered_at else today
        if add_working_days(answered_on, DAYS_UNTIL_CLOSED) >= today:
            continue
        to = {"state": State.CLOSED, **_ended(place, CLOCK)}
        number = case.number
        try:
            cases.change(place, CLOCK, case, f"{NOUN}.close", (State.ANSWERED,), to=to)
            closed += 1
        except Conflict:
            left.append(number)
    return closed, left


def off_the_site_if_on_it(place: Installation) -> dict[str, Any]:
    """Give what takes an answer off the site; the row as it is then decides whether it was on it."""
    is_public = (Feedback.published_at.is_not(None), literal(place.now(), UtcTime()))
    return _off_the_site(place) | {"unpublished_at": choose(is_public, else_=Feedback.unpublished_at)}


def _ended(place: Installation, by: str) -> dict[str, Any]:
    return {"ended_at": place.now(), "ended_by": by}


def _off_the_site(place: Installation) -> dict[str, Any]:
    return {"published_at": None, "published_by": None, "unpublished_at": place.now()}


def _concerns(place: Installation, case: Feedback, sent: Verification) -> str | None:
    if case.was_disbelieved:
        return place.operators  # doubted by whoever took the call, whatever the clause
    return sent.concerns or owner_of(place.charter, sent.clause)
