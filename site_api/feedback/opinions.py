"""Second opinions: what the council and NGOs say in public of an answer, beside it and never in its place."""

from typing import Any

from sqlalchemy import Connection, update

from site_api import cases
from site_api.database import insert_new
from site_api.errors import Conflict, PublishingRefused
from site_api.feedback.models import ANSWERED, NOUN, Feedback, Opinion
from site_api.feedback.schemas import NewOpinion, words_of_opinion
from site_api.installation import Installation
from site_api.reviewers.models import Actor

TO_SAME = {"state": Feedback.state}


def opine(place: Installation, actor: Actor, case: Feedback, sent: NewOpinion, shown_as: str | None) -> None:
    """Attach a second opinion to the newest answer; it goes public and comes off together with that answer.

    Raises PublishingRefused where the answer can never be public, and Conflict for a second opinion of the
    same reviewer or one that no organisation stands behind.
    """
    if not case.may_publish or case.is_sensitive:
        raise PublishingRefused
    if case.answer is None or shown_as is None:
        raise Conflict
    row: dict[str, Any] = {
        "stance": sent.stance,
        "text_id": sent.opinion_id,
        "text_en": sent.opinion_en,
        "feedback_id": case.id,
        "answer_id": case.answer.id,
        "role": actor.role,
        "organisation": shown_as,
        "written_by": actor.name,
        "written_at": place.now(),
    }

    def put(connection: Connection) -> None:
        if not insert_new(connection, Opinion, **row):
            raise Conflict

    said = words_of_opinion(sent.stance, sent.opinion_id, sent.opinion_en)
    detail, verb = {"stance": sent.stance.value}, f"{NOUN}.opine"
    cases.change(place, actor.name, case, verb, ANSWERED, detail=detail, said=said, also=put, to=TO_SAME)


def retract(place: Installation, actor: Actor, case: Feedback) -> None:
    """Withdraw one's own opinion; it leaves the site with the next build. Raises Conflict without one."""
    newest = case.answer.id if case.answer else None
    mine = (Opinion.answer_id == newest, Opinion.written_by == actor.name, Opinion.withdrawn_at.is_(None))
    gone = update(Opinion).where(*mine).values(withdrawn_at=place.now())

    def take_back(connection: Connection) -> None:
        if connection.execute(gone).rowcount != 1:
            raise Conflict

    cases.change(place, actor.name, case, f"{NOUN}.retract", ANSWERED, also=take_back, to=TO_SAME)
