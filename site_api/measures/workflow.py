"""Every change of a measure: two decide, one outside judges, the clock ends it; none touches the line."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, exists, select

from charter_data.working_days import add_working_days
from site_api import audit, cases
from site_api.audit import CLOCK
from site_api.cases import SALT_BYTES
from site_api.database import insert_new, write
from site_api.errors import AppealTooLate, Conflict, SecondPersonNeeded
from site_api.installation import Installation
from site_api.intake import random_number, text_digest
from site_api.measures.models import (
    DAYS_IN_FORCE,
    DAYS_TO_APPEAL,
    DAYS_TO_SECOND,
    ENDED_BY_CLOCK,
    NOUN,
    OPEN,
    PREFIX,
    WORKING_DAYS_TO_JUDGE,
    Measure,
    State,
)
from site_api.measures.schemas import Judgement, Proposal
from site_api.reviewers.models import Actor


def note_look_up(place: Installation, actor: Actor, calls: int) -> None:
    """Leave a trace of every look at a number; neither the number nor its hash stands in it."""
    audit.note(
        at=place.now(), actor=actor.name, verb="calls.look_up", subject="calls", detail={"calls": calls}
    )


def propose(place: Installation, actor: Actor, sent: Proposal, caller_hash: str, counted: int) -> str:
    """Store what the first of two officials has decided, and give its number.

    Raises Conflict while the same step is open for the same caller.
    """
    salt, now = secrets.token_hex(SALT_BYTES), place.now()
    ends_on = place.local_date(now) + timedelta(days=DAYS_TO_SECOND)
    values = {
        "salt": salt,
        "version": 1,
        "state": State.PROPOSED,
        "caller_hash": caller_hash,
        "caller": sent.caller,
        "step": sent.step,
        "counted_calls": counted,
        "reason": sent.grounds,
        "proposed_at": now,
        "proposed_by": actor.name,
        "ends_on": ends_on,
    }
    detail = {"step": sent.step.value, "caller": sent.caller.value, "counted_calls": counted}
    same = (Measure.caller_hash == caller_hash, Measure.step == sent.step, Measure.state.in_(OPEN))
    name, digest = actor.name, text_digest(salt, sent.grounds)

    def job(connection: Connection) -> str:
        if connection.scalar(select(exists().where(*same))):
            raise Conflict
        while not insert_new(connection, Measure, **values, number=(number := random_number(PREFIX))):
            pass
        verb = f"{NOUN}.propose"
        audit.record(connection, at=now, actor=name, verb=verb, subject=number, detail=detail, digest=digest)
        return number

    return write(job)


def second(place: Installation, actor: Actor, measure: Measure, grounds: str) -> None:
    """Decide as the second official; from today on the measure stands for its days."""
    ends_on = place.local_date(place.now()) + timedelta(days=DAYS_IN_FORCE)
    to = {"state": State.IN_FORCE, "ends_on": ends_on, **_decided(place, actor, grounds)}
    _decide(place, actor, measure, "second", grounds, to)


def refuse(place: Installation, actor: Actor, measure: Measure, grounds: str) -> None:
    """Decide against a proposal as the second official, which ends it."""
    to = {"state": State.REFUSED, **_decided(place, actor, grounds), **_ended(place, actor.name)}
    _decide(place, actor, measure, "refuse", grounds, to)


def _decide(
    place: Installation, actor: Actor, measure: Measure, verb: str, grounds: str, to: dict[str, Any]
) -> None:
    if measure.proposed_by == actor.name:
        raise SecondPersonNeeded
    is_another = Measure.proposed_by != actor.name
    states = (State.PROPOSED,)
    cases.change(place, actor.name, measure, f"{NOUN}.{verb}", states, is_another, said=grounds, to=to)


def tell(place: Installation, actor: Actor, measure: Measure) -> None:
    """Note that the person has been told today; from then on the days to appeal count."""
    is_new, to = Measure.told_at.is_(None), {"told_at": place.now(), "told_by": actor.name}
    cases.change(place, actor.name, measure, f"{NOUN}.tell", (State.IN_FORCE,), is_new, to=to)


def appeal(place: Installation, actor: Actor, measure: Measure, words: str) -> None:
    """Take an appeal down, for somebody outside the call centre; raises AppealTooLate after seven days."""
    today = place.local_date(place.now())
    told_on = place.local_date(measure.told_at) if measure.told_at else today
    if today > told_on + timedelta(days=DAYS_TO_APPEAL):
        raise AppealTooLate
    to = {
        "state": State.APPEALED,
        "appeal": words,
        "appealed_at": place.now(),
        "appealed_by": actor.name,
        "judge_by": add_working_days(today, WORKING_DAYS_TO_JUDGE),
    }
    cases.change(place, actor.name, measure, f"{NOUN}.appeal", (State.IN_FORCE,), said=words, to=to)


def judge(place: Installation, actor: Actor, measure: Measure, sent: Judgement) -> None:
    """Decide on an appeal; whoever decided the measure never judges it. What is lifted has ended."""
    if actor.name in (measure.proposed_by, measure.decided_by):
        raise SecondPersonNeeded
    to = {
        "state": sent.outcome,
        "judgement": sent.grounds,
        "judged_at": place.now(),
        "judged_by": actor.name,
        **(_ended(place, actor.name) if sent.outcome is State.LIFTED else {}),
    }
    is_outside = (Measure.proposed_by != actor.name, Measure.decided_by != actor.name)
    detail, states = {"outcome": sent.outcome.value}, (State.APPEALED,)
    verb = f"{NOUN}.judge"
    cases.change(
        place, actor.name, measure, verb, states, *is_outside, detail=detail, said=sent.grounds, to=to
    )


def end_due(place: Installation, due: Iterable[Measure]) -> tuple[int, list[str]]:
    """End what is due; gives how many, and the numbers of those that changed meanwhile."""
    over, left = 0, []
    for measure in due:
        number, to = measure.number, {"state": State.ENDED, **_ended(place, CLOCK)}
        is_still = Measure.ends_on == measure.ends_on
        try:
            cases.change(place, CLOCK, measure, f"{NOUN}.end", ENDED_BY_CLOCK, is_still, to=to)
            over += 1
        except Conflict:
            left.append(number)
    return over, left


def _decided(place: Installation, actor: Actor, grounds: str) -> dict[str, Any]:
    return {"decision": grounds, "decided_at": place.now(), "decided_by": actor.name}


def _ended(place: Installation, by: str) -> dict[str, Any]:
    return {"ended_at": place.now(), "ended_by": by}
