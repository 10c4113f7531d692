"""What a piece of feedback is about, by the charter, and whose own cause it is."""

from charter_data.models import Charter
from site_api.feedback.models import Feedback, FeedbackKind
from site_api.installation import Installation
from site_api.reviewers.models import Actor, Role


def service_of(charter: Charter, clause_id: str | None) -> str | None:
    """Give the service of a clause; None where it belongs to all."""
    scope = charter.by_id[clause_id].scope if clause_id else None
    return scope if scope in charter.service_of_scope else None


def owner_of(charter: Charter, clause_id: str | None) -> str | None:
    """Give the agency that a clause binds; None where it binds each agency, or nobody by name."""
    owner = getattr(charter.by_id[clause_id], "owner", None) if clause_id else None
    return owner if owner in charter.agency else None


def is_sensitive(charter: Charter, service_code: str | None, clause_id: str | None) -> bool:
    """Tell whether the charter calls the service sensitive."""
    scope = service_code or service_of(charter, clause_id)
    service = charter.service_of_scope.get(scope) if scope else None
    return service is not None and service.is_sensitive


def barred_agencies(place: Installation, actor: Actor, case: Feedback) -> frozenset[str]:
    """Give to whom this actor may not hand a case: only the inspectorate lets operators judge themselves."""
    is_about_operators = case.concerns == place.operators
    is_barred = is_about_operators and actor.role is not Role.INSPECTORATE
    return frozenset({place.operators}) if is_barred else frozenset()


def is_own_cause(actor: Actor, case: Feedback) -> bool:
    """Tell whether an agency would answer a complaint about itself."""
    is_about_itself = actor.agency is not None and case.concerns == case.agency == actor.agency
    return is_about_itself and case.kind is FeedbackKind.COMPLAINT
