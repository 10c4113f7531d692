"""What reviewers call: the queue, one case, and what may be done with it."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response

from site_api import pages
from site_api.answer_templates import queries as templates
from site_api.approvals import queries as requests
from site_api.approvals import workflow as approvals
from site_api.approvals.models import Approval
from site_api.approvals.schemas import Ask, Refusal
from site_api.approvals.workflow import about
from site_api.audit import beginning
from site_api.errors import CaseUnknown, Conflict, Problem
from site_api.feedback import deciding, downloads, following, keeping, opinions, queries, showing, workflow
from site_api.feedback.clocks import legal_limits
from site_api.feedback.matter import barred_agencies, is_own_cause
from site_api.feedback.models import Feedback
from site_api.feedback.schemas import (
    Assignment,
    Decline,
    Extension,
    NewAnswer,
    NewNote,
    NewOpinion,
    NewReply,
    Verification,
)
from site_api.hoax_reports import queries as hoax_queries
from site_api.hoax_reports.models import HoaxReport
from site_api.installation import Installation, installation
from site_api.intake import Submission, read
from site_api.reviewers import access, policy
from site_api.reviewers.models import Actor
from site_api.reviewers.policy import Act

Doing = Callable[[Installation, Actor, Feedback], None]
FORMS: dict[str, type[Submission]] = {
    "periksa": Verification,
    "teruskan": Assignment,
    "jawab": NewAnswer,
    "pesan": NewReply,
    "tolak": Decline,
    "perpanjang": Extension,
    "catatan": NewNote,
    "hapus": Ask,
    "jangan": Refusal,
    "pendapat": NewOpinion,
}

blueprint = Blueprint("feedback_review", __name__, url_prefix="/tinjau")


@blueprint.get("/masukan/<number>")
def case(number: str) -> Response:
    """Show one case and what may be done with it now."""
    return _case(queries.case_of(access.actor(), number))


@blueprint.post("/masukan/<number>/lepas")
def release(number: str) -> Response:
    """Let a held case stand in the queue."""
    return _act(number, workflow.release)


@blueprint.post("/masukan/<number>/periksa")
def verify(number: str) -> Response:
    """Take a case as read."""
    return _act(
        number,
        lambda place, actor, case: workflow.verify(
            place, actor, case, read(Verification, access.sent("is_sensitive"))
        ),
    )


@blueprint.post("/masukan/<number>/teruskan")
def assign(number: str) -> Response:
    """Hand a case to an agency."""
    return _act(
        number,
        lambda place, actor, case: workflow.assign(place, actor, case, read(Assignment, access.sent())),
    )


@blueprint.post("/masukan/<number>/jawab")
def answer(number: str) -> Response:
    """Answer the writer."""
    return _act(
        number,
        lambda place, actor, case: deciding.answer(place, actor, case, read(NewAnswer, access.sent())),
    )


@blueprint.post("/masukan/<number>/pesan")
def write(number: str) -> Response:
    """Write to the citizen."""
    return _act(
        number,
        lambda place, actor, case: following.write_back(
            place, actor, case, read(NewReply, access.sent()).message
        ),
    )


@blueprint.post("/masukan/<number>/tayangkan")
def publish(number: str) -> Response:
    """Let the answer stand on the site."""
    return _act(number, deciding.publish)


@blueprint.post("/masukan/<number>/turunkan")
def unpublish(number: str) -> Response:
    """Take the answer off the site."""
    return _act(number, workflow.unpublish)


@blueprint.post("/masukan/<number>/tolak")
def decline(number: str) -> Response:
    """End a case without an answer."""
    return _act(
        number,
        lambda place, actor, case: deciding.decline(place, actor, case, read(Decline, access.sent()).reason),
    )


@blueprint.post("/masukan/<number>/perpanjang")
def extend(number: str) -> Response:
    """Put the answer off, once."""
    return _act(
        number,
        lambda place, actor, case: keeping.extend(place, actor, case, read(Extension, access.sent())),
    )


@blueprint.post("/masukan/<number>/catatan")
def note(number: str) -> Response:
    """Note something for the own office."""
    return _act(
        number, lambda place, actor, case: keeping.note(place, actor, case, read(NewNote, access.sent()).note)
    )


@blueprint.post("/masukan/<number>/hapus")
def erase(number: str) -> Response:
    """Ask a second person to erase a case."""
    return _act(
        number, lambda place, actor, case: deciding.erase(place, actor, case, read(Ask, access.sent()).reason)
    )


@blueprint.post("/masukan/<number>/persetujuan/<int:key>/setuju")
def approve(number: str, key: int) -> Response:
    """Let happen what another has asked for."""
    return _act(
        number,
        lambda place, actor, case: deciding.approve(place, actor, case, requests.one_of(number, key)),
    )


@blueprint.post("/masukan/<number>/persetujuan/<int:key>/jangan")
def refuse(number: str, key: int) -> Response:
    """Refuse what another has asked for."""
    return _act(
        number,
        lambda place, actor, case: approvals.refuse(
            place,
            actor,
            about(case),
            requests.one_of(number, key),
            read(Refusal, access.sent()).refused_because,
        ),
    )


@blueprint.post("/masukan/<number>/persetujuan/<int:key>/batal")
def take_back(number: str, key: int) -> Response:
    """Take back what one has asked for oneself."""
    return _act(
        number,
        lambda place, actor, case: approvals.take_back(
            place, actor, about(case), requests.one_of(number, key)
        ),
    )


@blueprint.app_context_processor
def for_second_person() -> dict[str, object]:
    """Give the pages of the portal what waits for this reviewer as the second person."""
    return {"requests_waiting": _requests_waiting}


def _requests_waiting() -> list[Approval]:
    actor = access.actor()
    return [
        *requests.waiting_for(actor, queries.visible_to(actor), Feedback),
        *requests.waiting_for(actor, hoax_queries.visible_to(actor), HoaxReport),
        *downloads.waiting_for(actor, installation().now()),
    ]


@blueprint.post("/masukan/<number>/pendapat")
def opine(number: str) -> Response:
    """Say in public what the council or an NGO thinks of the answer."""
    return _act(
        number,
        lambda place, actor, case: opinions.opine(
            place, actor, case, read(NewOpinion, access.sent()), queries.shown_as(actor)
        ),
    )


@blueprint.post("/masukan/<number>/tarik-pendapat")
def retract(number: str) -> Response:
    """Withdraw one's own opinion."""
    return _act(number, opinions.retract)


def _act(number: str, act: Doing) -> Response:
    actor = access.actor()
    try:
        case = queries.case_of(actor, number)
        access.check_version(case.version)
        act(installation(), actor, case)
    except Problem as problem:
        return _told(actor, number, problem)
    # An agency that hands its case on no longer sees it, nor do operators what is said to be about them.
    target = f"{access.english()}{access.PORTAL}" + (f"masukan/{number}" if _is_seen(actor, number) else "")
    return pages.redirect_to(target)


def _is_seen(actor: Actor, number: str) -> bool:
    try:
        queries.case_of(actor, number)
    except CaseUnknown:
        return False
    return True


def _told(actor: Actor, number: str, problem: Problem) -> Response:
    if not _is_seen(actor, number):  # whoever has lost the case meanwhile is told why, and keeps the words
        return access.page(
            "portal/lost.html", problem.status, kept_words=showing.kept_words(), **pages.told(problem)
        )
    return _case(queries.case_of(actor, number), problem)


def _case(case: Feedback, problem: Problem | None = None) -> Response:
    return access.page(
        "portal/feedback.html",
        problem.status if problem else 200,
        case=case,
        **requests.shown(access.actor(), case),
        is_own_cause=is_own_cause(access.actor(), case),
        barred=barred_agencies(installation(), access.actor(), case),
        notes=queries.notes_of(access.actor(), case),
        legal_limits=legal_limits(installation().local_date(case.received_at)),
        latest_answer=keeping.latest_answer(installation(), case),
        came=beginning(case.number),
        talking=following.TALKING,
        **showing.choices(),
        templates=templates.all_of_them() if policy.may(access.actor(), Act.ANSWER) else (),
        changes=showing.changes(case) if isinstance(problem, Conflict) else (),
        kept_words=showing.kept_words() if isinstance(problem, Conflict) else {},
        reads=partial(policy.reads, access.actor(), is_sensitive=case.is_sensitive),
        form_fields={verb: tuple(form.model_fields) for verb, form in FORMS.items()},
        **pages.told(problem),
    )
