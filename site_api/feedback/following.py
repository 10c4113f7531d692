"""What a citizen who has the code may still do: write, object, rate, and erase; and what staff write back."""

from typing import Any

from sqlalchemy import Connection, func, select, update

from site_api import cases
from site_api.approvals import workflow as approvals
from site_api.audit import PUBLIC
from site_api.database import insert
from site_api.errors import AlreadyDisputed, AlreadyRated, Conflict, TooManyMessages
from site_api.feedback import search
from site_api.feedback.models import NOUN, OPEN, Answer, Feedback, Message, Note, Opinion, Side, State, Stay
from site_api.feedback.stays import begun_stay, end_stay, is_still_with
from site_api.feedback.workflow import Approved, off_the_site_if_on_it
from site_api.installation import Installation
from site_api.reviewers.models import Actor

MOST_MESSAGES = 20
TALKING = (*OPEN, State.ANSWERED)
WORDS_OF_ANSWER = (
    *("planned_on", "refused_because", "lapor_number"),
    *("theme_id", "theme_en", "text_id", "text_en"),
)
WORDS_OF_OPINION = ("text_id", "text_en")
SUMMARY = ("summary_id", "summary_en")


def add_message(place: Installation, case: Feedback, text: str) -> None:
    """Add what the writer still has to say; the same words sent twice in a row are kept once.

    Raises TooManyMessages, and Conflict once the case has ended.
    """
    if _is_said(case, Side.CITIZEN, text):
        return
    key, row = case.id, _message(place, case, Side.CITIZEN, PUBLIC, text)

    def put(connection: Connection) -> None:
        written = select(func.count()).where(
            Message.feedback_id == key, Message.side == Side.CITIZEN, Message.is_objection.is_(False)
        )
        if connection.execute(written).scalar_one() >= MOST_MESSAGES:
            raise TooManyMessages
        insert(connection, Message, **row)

    same = {"state": Feedback.state}
    cases.change(place, PUBLIC, case, f"{NOUN}.message", TALKING, said=text, also=put, to=same)


def write_back(place: Installation, actor: Actor, case: Feedback, text: str) -> None:
    """Write to the citizen from the desk that has the case."""
    if _is_said(case, Side.STAFF, text):
        return
    row = {**_message(place, case, Side.STAFF, actor.name, text), "agency": actor.agency}

    def put(connection: Connection) -> None:
        insert(connection, Message, **row)

    cases.change(
        place,
        actor.name,
        case,
        f"{NOUN}.message",
        TALKING,
        is_still_with(case.agency),
        said=text,
        also=put,
        to={"state": Feedback.state},
    )


def dispute(place: Installation, case: Feedback, reason: str) -> None:
    """Object to an answer, once: it goes back to the agency, or to triage where no agency had it.

    The first answer stays readable by code and comes off the site. Raises AlreadyDisputed, and Conflict for a
    case that has no answer now.
    """
    row = {**_message(place, case, Side.CITIZEN, PUBLIC, reason), "is_objection": True}
    stay = {"feedback_id": case.id, "agency": case.agency, "reason": "", **begun_stay(place, PUBLIC)}

    def put(connection: Connection) -> None:
        insert(connection, Message, **row)
        if stay["agency"] is not None:
            insert(connection, Stay, **stay)

    to = {"state": State.ASSIGNED, "disputed_at": place.now(), **off_the_site_if_on_it(place)}
    once = Feedback.disputed_at.is_(None), is_still_with(case.agency)
    try:
        cases.change(
            place, PUBLIC, case, f"{NOUN}.dispute", (State.ANSWERED,), *once, said=reason, also=put, to=to
        )
    except Conflict:
        raise (AlreadyDisputed if case.disputed_at else Conflict) from None


def rate(place: Installation, case: Feedback, rating: int) -> None:
    """Rate the answer once, which closes the case; raises AlreadyRated, and Conflict without an answer."""
    to = {"state": State.CLOSED, "rating": rating, "ended_at": place.now(), "ended_by": PUBLIC}
    states, detail = (State.ANSWERED,), {"rating": rating}
    try:
        cases.change(place, PUBLIC, case, f"{NOUN}.rate", states, detail=detail, to=to)
    except Conflict:
        raise (AlreadyRated if case.rating else Conflict) from None


def erase(place: Installation, case: Feedback, by: str = PUBLIC, approved: Approved | None = None) -> None:
    """Erase all words about a case; what is public comes off, and the code leads nowhere after it."""
    key, number, now = case.id, case.number, place.now()
    found_by = search.keys_of(place, case.text or "")

    def wipe(connection: Connection) -> None:
        if approved is not None:
            approved(connection)
        approvals.erase(connection, number)
        end_stay(connection, key, now)
        gone = dict.fromkeys((*WORDS_OF_ANSWER, *SUMMARY))
        connection.execute(update(Answer).where(Answer.feedback_id == key).values(**gone))
        silent = dict.fromkeys(WORDS_OF_OPINION)
        connection.execute(update(Opinion).where(Opinion.feedback_id == key).values(**silent))
        connection.execute(update(Message).where(Message.feedback_id == key).values(text=None))
        connection.execute(update(Stay).where(Stay.feedback_id == key).values(reason=""))
        connection.execute(update(Note).where(Note.feedback_id == key).values(text=None))
        search.forget(connection, key, found_by)

    ended = cases.ended_by_erasing(place, Feedback, TALKING, State.WITHDRAWN, by)
    to = {"extended_because": None, **cases.erased(place), **ended, **off_the_site_if_on_it(place)}
    is_there = Feedback.erased_at.is_(None)
    cases.change(place, by, case, f"{NOUN}.erase", tuple(State), is_there, also=wipe, to=to)


def _is_said(case: Feedback, side: Side, text: str) -> bool:
    last = case.messages[-1] if case.messages else None
    return last is not None and (last.side, last.text) == (side, text)


def _message(place: Installation, case: Feedback, side: Side, by: str, text: str) -> dict[str, Any]:
    about = {"feedback_id": case.id, "side": side, "is_objection": False, "agency": None}
    return {**about, "written_by": by, "written_at": place.now(), "text": text}
