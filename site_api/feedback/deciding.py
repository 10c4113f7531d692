"""What one person does alone, what waits for a second one, and what that one then lets happen."""

from collections.abc import Callable, Mapping

from site_api import cases
from site_api.approvals import workflow as approvals
from site_api.approvals.models import Approval
from site_api.approvals.queries import detail_of
from site_api.approvals.workflow import Job, about
from site_api.cases import DeclineReason
from site_api.errors import AlreadyPublished, PublishingRefused
from site_api.feedback import following, workflow
from site_api.feedback.matter import is_own_cause
from site_api.feedback.models import ANSWERED, Feedback, State
from site_api.feedback.schemas import NewAnswer, checked_answer
from site_api.feedback.stays import is_still_with
from site_api.installation import Installation
from site_api.reviewers.models import Actor
from site_api.reviewers.policy import Joint


def decline(place: Installation, actor: Actor, case: Feedback, reason: DeclineReason) -> None:
    """Decline spam at once, and ask a second person about anything else."""
    if reason is DeclineReason.SPAM:
        workflow.decline(place, actor, case, reason)
        return
    check = cases.unchanged(case, workflow.DECLINABLE)
    approvals.ask(place, actor, about(case), Joint.DECLINE, {"reason": reason.value}, check=check)


def publish(place: Installation, actor: Actor, case: Feedback) -> None:
    """Publish at once, and ask a second person about a sensitive case."""
    if not case.is_sensitive:
        workflow.publish(place, actor, case)
        return
    if case.is_published:
        raise AlreadyPublished
    if not case.may_publish:
        raise PublishingRefused
    approvals.ask(place, actor, about(case), Joint.PUBLISH, check=cases.unchanged(case, ANSWERED))


def answer(place: Installation, actor: Actor, case: Feedback, sent: NewAnswer) -> None:
    """Answer at once; what an agency says to a complaint about itself waits to be countersigned."""
    if not is_own_cause(actor, case):
        workflow.answer(place, actor, case, sent)
        return
    draft = checked_answer(sent, may_pass_on=case.may_pass_on).model_dump(mode="json")
    check = cases.unchanged(case, workflow.ANSWERABLE, is_still_with(case.agency))
    approvals.ask(place, actor, about(case), Joint.ANSWER, draft, check=check)


def erase(place: Installation, actor: Actor, case: Feedback, reason: str) -> None:
    """Ask a second person to erase what the writer has not asked to be erased."""
    check = cases.unchanged(case, tuple(State), Feedback.erased_at.is_(None))
    approvals.ask(place, actor, about(case), Joint.ERASE, reason=reason, check=check)


def approve(place: Installation, actor: Actor, case: Feedback, request: Approval) -> None:
    """Let happen what another has asked for; raises what `approvals.approve` raises."""
    run = RUNS[request.verb]
    approvals.approve(place, actor, about(case), request, lambda job: run(place, actor, case, request, job))


def _decline(place: Installation, actor: Actor, case: Feedback, request: Approval, job: Job) -> None:
    workflow.decline(place, actor, case, DeclineReason(detail_of(request)["reason"]), job)


def _publish(place: Installation, actor: Actor, case: Feedback, _request: Approval, job: Job) -> None:
    workflow.publish(place, actor, case, job)


def _answer(place: Installation, actor: Actor, case: Feedback, request: Approval, job: Job) -> None:
    draft = NewAnswer.model_validate(detail_of(request), strict=False)
    workflow.answer(place, actor, case, draft, job, request.asked_by)


def _erase(place: Installation, actor: Actor, case: Feedback, _request: Approval, job: Job) -> None:
    following.erase(place, case, actor.name, job)


RUNS: Mapping[Joint, Callable[[Installation, Actor, Feedback, Approval, Job], None]] = {
    Joint.DECLINE: _decline,
    Joint.PUBLISH: _publish,
    Joint.ANSWER: _answer,
    Joint.ERASE: _erase,
}
