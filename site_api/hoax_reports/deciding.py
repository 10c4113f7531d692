"""What one person does alone to a hoax report, what waits for a second one, and what that one lets happen."""

from site_api import cases
from site_api.approvals import workflow as approvals
from site_api.approvals.models import Approval
from site_api.approvals.queries import detail_of
from site_api.approvals.workflow import Job, about
from site_api.cases import DeclineReason
from site_api.hoax_reports import workflow
from site_api.hoax_reports.models import OPEN, HoaxReport, State
from site_api.installation import Installation
from site_api.reviewers.models import Actor
from site_api.reviewers.policy import Joint


def decline(place: Installation, actor: Actor, report: HoaxReport, reason: DeclineReason) -> None:
    """Decline spam at once, and ask a second person about anything else."""
    if reason is DeclineReason.SPAM:
        workflow.decline(place, actor, report, reason)
        return
    check = cases.unchanged(report, OPEN)
    approvals.ask(place, actor, about(report), Joint.DECLINE, {"reason": reason.value}, check=check)


def erase(place: Installation, actor: Actor, report: HoaxReport, reason: str) -> None:
    """Ask a second person to erase what the writer has not asked to be erased."""
    check = cases.unchanged(report, tuple(State), HoaxReport.erased_at.is_(None))
    approvals.ask(place, actor, about(report), Joint.ERASE, reason=reason, check=check)


def approve(place: Installation, actor: Actor, report: HoaxReport, request: Approval) -> None:
    """Let happen what another has asked for; raises what `approvals.approve` raises."""

    def run(job: Job) -> None:
        if request.verb is Joint.ERASE:
            workflow.erase(place, report, actor.name, job)
        else:
            reason = DeclineReason(detail_of(request)["reason"])
            workflow.decline(place, actor, report, reason, job)

    approvals.approve(place, actor, about(report), request, run)
