"""What triage types in for people who phoned or wrote on paper: the two forms and their receipt."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict

from site_api import cases, pages
from site_api.cases import Channel, Taken
from site_api.errors import Problem
from site_api.feedback import workflow
from site_api.feedback.models import FeedbackKind, Happened
from site_api.feedback.schemas import TypedFeedback
from site_api.hoax_reports import workflow as hoax_workflow
from site_api.hoax_reports.models import HoaxClass
from site_api.hoax_reports.schemas import TypedHoaxReport
from site_api.installation import installation
from site_api.intake import read
from site_api.reviewers import access
from site_api.texts import language_of_page

FLAGS = ("may_publish", "may_pass_on", "confidential")
LISTS = ("agencies",)
BESIDE = ("token", "idempotency_key")
CHANNELS = (Channel.PHONE, Channel.PAPER)

blueprint = Blueprint("taking_review", __name__, url_prefix="/tinjau")


@blueprint.get("/masukan/baru")
def feedback_form() -> Response:
    """Show the form for feedback."""
    cases.check_intake(installation())
    return _feedback_form()


@blueprint.post("/masukan/baru")
def take_feedback() -> Response:
    """Store feedback that somebody gave by phone or on paper, and show its receipt."""
    try:
        sent = read(TypedFeedback, pages.form_as_json(_typed(), FLAGS))
        case, code = workflow.submit(installation(), sent, _key(), taken=_taken(sent))
    except Problem as problem:
        return _feedback_form(problem)
    return pages.receipt_page("portal/taken.html", case, code, **access.frame())


@blueprint.get("/panggilan-palsu/baru")
def report_form() -> Response:
    """Show the form for a report of a false call."""
    cases.check_intake(installation())
    return _report_form()


@blueprint.post("/panggilan-palsu/baru")
def take_report() -> Response:
    """Store a report that somebody gave by phone or on paper, and show its receipt."""
    try:
        sent = read(TypedHoaxReport, pages.form_as_json(_typed(), lists=LISTS))
        report, code = hoax_workflow.submit(installation(), sent, _key(), taken=_taken(sent))
    except Problem as problem:
        return _report_form(problem)
    return pages.receipt_page("portal/taken.html", report, code, **access.frame())


def _typed() -> MultiDict[str, str]:
    typed = request.form.copy()
    for name in BESIDE:
        typed.poplist(name)
    typed["language"] = language_of_page(request.path)
    return typed


def _key() -> str | None:
    return request.form.get("idempotency_key")


def _taken(sent: TypedFeedback | TypedHoaxReport) -> Taken:
    return Taken(sent.channel, access.actor().name)


def _feedback_form(problem: Problem | None = None) -> Response:
    happened = (Happened.PAST, Happened.IDEA)
    return _form("portal/new_feedback.html", problem, kinds=tuple(FeedbackKind), happened=happened)


def _report_form(problem: Problem | None = None) -> Response:
    return _form("portal/new_hoax_report.html", problem, classes=tuple(HoaxClass))


def _form(template: str, problem: Problem | None, **context: Any) -> Response:
    return access.page(
        template,
        problem.status if problem else HTTPStatus.OK,
        typed=request.form,
        key=pages.key_of_form(_key(), problem),
        channels=CHANNELS,
        **pages.told(problem),
        **context,
    )
