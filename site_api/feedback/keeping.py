"""What an office does beside the way of a case: more time for the answer, once, and notes for itself."""

from datetime import date

from sqlalchemy import Connection

from site_api import audit, cases
from site_api.database import insert, write
from site_api.errors import AlreadyExtended, FieldFault, Invalid
from site_api.feedback.clocks import legal_limits
from site_api.feedback.models import NOUN, Feedback, Note, State
from site_api.feedback.schemas import Extension
from site_api.feedback.workflow import ANSWERABLE
from site_api.installation import Installation
from site_api.intake import text_digest
from site_api.reviewers.models import Actor
from site_api.reviewers.policy import office_of


def latest_answer(place: Installation, case: Feedback) -> date:
    """Give the last day to which an answer may be put off: the earlier of both limits of the law."""
    return min(legal_limits(place.local_date(case.received_at)))


def extend(place: Installation, actor: Actor, case: Feedback, sent: Extension) -> None:
    """Promise the answer for a later day, once, and tell the citizen why; raises AlreadyExtended, Invalid."""
    if case.extended_at is not None:
        raise AlreadyExtended
    latest = latest_answer(place, case)
    if case.answer_by is None:
        raise Invalid([FieldFault("answer_by", "nothing_promised")])
    if sent.answer_by <= case.answer_by:
        raise Invalid([FieldFault("answer_by", "not_later")])
    if sent.answer_by > latest:
        raise Invalid([FieldFault("answer_by", "over_limit", {"day": latest.isoformat()})])
    detail = {"from": case.answer_by.isoformat(), "to": sent.answer_by.isoformat()}
    to = {"answer_by": sent.answer_by, "extended_at": place.now(), "extended_because": sent.reason}
    once = Feedback.extended_at.is_(None)
    verb = f"{NOUN}.extend"
    cases.change(place, actor.name, case, verb, ANSWERABLE, once, detail=detail, said=sent.reason, to=to)


def note(place: Installation, actor: Actor, case: Feedback, text: str) -> None:
    """Note something for the own office; the case itself stays as it is, and so do requests about it."""
    check = cases.unchanged(case, tuple(State), Feedback.erased_at.is_(None))
    number, now = case.number, place.now()
    digest = text_digest(case.salt, text) if case.salt else None
    row = {"feedback_id": case.id, "office": office_of(actor), "written_by": actor.name}

    def job(connection: Connection) -> None:
        check(connection)
        insert(connection, Note, **row, written_at=now, text=text)
        audit.record(connection, at=now, actor=actor.name, verb=f"{NOUN}.note", subject=number, digest=digest)

    write(job)
