"""Every change of a hoax report; nothing here touches a line or a caller."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection

from charter_data.snapshot import Finding
from charter_data.working_days import add_working_days
from site_api import cases
from site_api.approvals import workflow as approvals
from site_api.audit import CLOCK, PUBLIC
from site_api.cases import ONLINE, DeclineReason, HoldReason, Submitted, Taken
from site_api.errors import Conflict, IntakeClosed, Invalid, SecondPersonNeeded
from site_api.hoax_reports.models import NOUN, OPEN, PREFIX, HoaxReport, State
from site_api.hoax_reports.schemas import NewHoaxReport, check_event
from site_api.installation import Installation
from site_api.intake import idempotency_key
from site_api.reviewers.models import Actor

DAYS_UNTIL_CLOSED = 10


def submit(
    place: Installation,
    sent: NewHoaxReport,
    key: str | None,
    held: HoldReason | None = None,
    taken: Taken = ONLINE,
) -> tuple[HoaxReport | Submitted, str]:
    """Store a report and give it with its secret code.

    Raises Invalid, IdempotencyKeyInvalid, IdempotencyMismatch and IntakeClosed.
    """
    key = idempotency_key(key)
    now = place.now()
    try:
        cases.check_intake(place)
        check_event(place.charter, sent, place.local_date(now))
    except (IntakeClosed, Invalid):
        if before := cases.stored_before(place, HoaxReport, NOUN, key, sent):
            return before
        raise
    values = {
        "language": sent.language,
        "call_class": sent.call_class,
        "occurred_on": sent.occurred_on,
        "time": sent.time,
        "district": sent.district,
        "place": sent.place,
        "agencies": " ".join(sent.agencies),
        "text": sent.note,
        "state": State.RECEIVED,
        "received_at": now,
    }
    return cases.store_once(place, HoaxReport, NOUN, PREFIX, key, sent, values, held, taken)


def release(place: Installation, actor: Actor, report: HoaxReport) -> None:
    """Let a held case stand in the queue like the rest."""
    is_held = HoaxReport.held_at.is_not(None)
    cases.change(
        place, actor.name, report, f"{NOUN}.release", (State.RECEIVED,), is_held, to={"held_at": None}
    )


def verify(place: Installation, actor: Actor, report: HoaxReport) -> None:
    """Take a report as read."""
    read = {
        "state": State.VERIFIED,
        "held_at": None,
        "verified_at": place.now(),
        "verified_by": actor.name,
    }
    cases.change(place, actor.name, report, f"{NOUN}.verify", (State.RECEIVED,), to=read)


def find(place: Installation, actor: Actor, report: HoaxReport, finding: Finding) -> None:
    """Set what a check found; a report alone never proves anything."""
    found = {"state": State.FOUND, "finding": finding, "found_at": place.now(), "found_by": actor.name}
    detail = {"finding": finding.value}
    cases.change(place, actor.name, report, f"{NOUN}.find", (State.VERIFIED,), detail=detail, to=found)


def close_due(place: Installation, found: Iterable[HoaxReport], today: date) -> tuple[int, list[str]]:
    """Close those of the found reports whose ten working days are over.

    Gives how many, and the numbers of those that changed meanwhile and were left as they are.
    """
    closed, left = 0, []
    for report in found:
        found_on = place.local_date(report.found_at) if report.found_at else today
        if add_working_days(found_on, DAYS_UNTIL_CLOSED) >= today:
            continue
        number, to = report.number, {"state": State.CLOSED, "ended_at": place.now(), "ended_by": CLOCK}
        try:
            cases.change(place, CLOCK, report, f"{NOUN}.close", (State.FOUND,), to=to)
            closed += 1
        except Conflict:
            left.append(number)
    return closed, left


def erase(
    place: Installation, report: HoaxReport, by: str = PUBLIC, approved: approvals.Job | None = None
) -> None:
    """Erase what its writer told of an event; a report that nobody has decided ends with it."""
    number = report.number

    def wipe(connection: Connection) -> None:
        if approved is not None:
            approved(connection)
        approvals.erase(connection, number)

    ended = cases.ended_by_erasing(place, HoaxReport, OPEN, State.WITHDRAWN, by)
    told = {"time": None, "place": None, "agencies": "", **cases.erased(place)}
    is_there = HoaxReport.erased_at.is_(None)
    to = told | ended
    cases.change(place, by, report, f"{NOUN}.erase", tuple(State), is_there, also=wipe, to=to)


def decline(
    place: Installation,
    actor: Actor,
    report: HoaxReport,
    reason: DeclineReason,
    approved: approvals.Job | None = None,
) -> None:
    """End a report without a finding; raises SecondPersonNeeded for anything but spam by one person."""
    if reason is not DeclineReason.SPAM and approved is None:
        raise SecondPersonNeeded
    to = {"state": State.DECLINED, "decline_reason": reason, "ended_at": place.now(), "ended_by": actor.name}
    verb, detail = f"{NOUN}.decline", {"reason": reason.value}
    cases.change(place, actor.name, report, verb, OPEN, detail=detail, also=approved, to=to)
