"""Who may be the second person of a request."""

from site_api.approvals.models import Approval, Decision
from site_api.reviewers.models import Actor
from site_api.reviewers.policy import OTHER_OFFICE, decides, office_of


def may_decide(actor: Actor, request: Approval) -> bool:
    """Tell whether an actor is the second person of a request that nobody has decided."""
    is_other = request.asked_by != actor.name
    if request.verb in OTHER_OFFICE:
        is_other = is_other and request.office != office_of(actor)
    return is_other and request.decision is Decision.ASKED and request.verb in decides(actor)
