"""What may be read of requests; of those about a case, whoever calls has checked that it is within sight."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, or_, select

from site_api.approvals.models import LASTS, Approval, Decision
from site_api.approvals.policy import may_decide
from site_api.cases import Case
from site_api.database import db
from site_api.errors import NotFound
from site_api.reviewers.models import Actor
from site_api.reviewers.policy import OTHER_OFFICE, Joint, decides, office_of

MOST = 20

C = TypeVar("C", bound=Case)


def of(subject: str) -> Sequence[Approval]:
    """Give the requests about a subject, the newest first."""
    found = select(Approval).where(Approval.subject == subject)
    return db.session.scalars(found.order_by(Approval.id.desc())).all()


def one_of(subject: str, key: int) -> Approval:
    """Give one request about a subject; raises NotFound."""
    found = db.session.scalar(select(Approval).where(Approval.subject == subject, Approval.id == key))
    if found is None:
        raise NotFound
    return found


def one_to_do(verb: Joint, key: int) -> Approval:
    """Give one request about no case, whoever asked; raises NotFound."""
    found = db.session.scalar(select(Approval).where(Approval.verb == verb, Approval.id == key))
    if found is None:
        raise NotFound
    return found


def detail_of(request: Approval) -> dict[str, Any]:
    """Give what is asked for beside the verb; nothing once it is erased."""
    found: dict[str, Any] = json.loads(request.detail or "{}")
    return found


def shown(actor: Actor, case: Case) -> dict[str, Any]:
    """Give what the page of a case says of requests; one that was made before the case changed has lapsed."""
    found = of(case.number)
    is_live = {one.id: one.decision is Decision.ASKED and one.version == case.version for one in found}
    return {
        "asked": [one for one in found if is_live[one.id]],
        "asked_before": [one for one in found if not is_live[one.id]],
        "asked_verbs": {one.verb.value for one in found if is_live[one.id]},
        "detail_of": detail_of,
        "may_decide": lambda one: may_decide(actor, one),
    }


def waiting_for(actor: Actor, visible: Select[C], model: type[C]) -> Sequence[Approval]:
    """Give the requests about visible cases that wait for an actor, the oldest first."""
    found = asked_of(actor, visible, model).with_only_columns(Approval)
    return db.session.scalars(found.order_by(Approval.asked_at, Approval.id).limit(MOST)).all()


def asked_of(actor: Actor, visible: Select[C], model: type[C]) -> Select[C]:
    """Narrow a query to the visible cases with a request that waits for an actor."""
    is_as_asked = and_(Approval.subject == model.number, Approval.version == model.version)
    return visible.join(Approval, is_as_asked).where(*_waits_for(actor))


def lasting_for(actor: Actor, verb: Joint, now: datetime) -> Select[Approval]:
    """Start a query from the requests about no case that wait for an actor and have not run out."""
    is_fresh = Approval.asked_at > now - LASTS[verb]
    return select(Approval).where(*_waits_for(actor), Approval.verb == verb, is_fresh)


def _waits_for(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        Approval.decision == Decision.ASKED,
        Approval.verb.in_(sorted(decides(actor))),
        Approval.asked_by != actor.name,
        or_(Approval.verb.not_in(sorted(OTHER_OFFICE)), Approval.office != office_of(actor)),
    )
