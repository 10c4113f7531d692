"""Who may be the second person of a request, and how long one holds."""

from datetime import datetime

from site_api.approvals.models import LASTS, Approval, Decision
from site_api.reviewers.models import Actor
from site_api.reviewers.policy import OTHER_OFFICE, Joint, decides, office_of


def may_decide(actor: Actor, request: Approval) -> bool:
    """Tell whether an actor is the second person of a request that nobody has decided."""
    is_other = request.asked_by != actor.name
    if request.verb in OTHER_OFFICE:
        is_other = is_other and request.office != office_of(actor)
    return is_other and request.decision is Decision.ASKED and request.verb in decides(actor)


def is_over(verb: Joint, since: datetime, now: datetime) -> bool:
    """Tell whether what was asked for, or approved, at a moment no longer holds."""
    return verb in LASTS and now >= since + LASTS[verb]
