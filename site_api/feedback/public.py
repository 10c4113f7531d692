"""What citizens call: the feedback form, the way back by code, and the same as JSON."""

from functools import partial
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, request

from site_api import cases, pages, steps
from site_api.asking import Step, unknown
from site_api.errors import CodeUnknown, Problem
from site_api.feedback import export, following, queries, workflow
from site_api.feedback.models import Feedback, FeedbackKind, Happened
from site_api.feedback.questions import (
    ASIDE,
    CARRIED,
    FLAGS,
    faults_of,
    is_quiet,
    opened,
    questions,
    settled,
)
from site_api.feedback.schemas import Code, NewFeedback, check_filter
from site_api.hoax_reports.models import HoaxReport
from site_api.installation import installation
from site_api.intake import read
from site_api.texts import language_of_page

BESIDE = (*steps.BESIDE, *ASIDE, *map(unknown, ("service", "occurred_on", "district")))

site = Blueprint("feedback_public", __name__)
api = Blueprint("feedback_api", __name__, url_prefix="/api/v1")


@site.get("/masukan")
def form() -> Response:
    """Ask the first question; opened from a clause, the form knows the clause."""
    steps.check_open()
    typed = opened(installation().charter, request.args)
    return _walk(typed).first(typed)


@site.post("/masukan/mulai")
def start() -> Response:
    """Ask the first question for a sensitive service, whose name may stand in no address."""
    steps.check_open()
    typed = opened(installation().charter, request.form)
    typed["is_neutral"] = "yes"
    return _walk(typed).first(typed)


@site.post("/masukan/lanjut")
def step() -> Response:
    """Take one answer and ask the next question; nothing is kept before the last page is sent."""
    steps.check_open()
    typed = settled(installation().charter, steps.typed_form())
    if "back" not in typed and (page := _numbers_first(typed, "/masukan/lanjut")):
        return page
    return _walk(typed).step(typed)


@site.post("/masukan")
def send() -> Response:
    """Store what was typed and give the receipt; on any failure what was typed is still there."""
    typed = steps.typed_form()
    if typed.get("happened") == Happened.NOW and "go_on" not in typed:
        return _numbers_page(typed, "/masukan")
    sent = {name: value for name, value in typed.items() if name not in BESIDE}
    sent["language"] = language_of_page(request.path)
    try:
        message = read(NewFeedback, pages.form_as_json(sent, FLAGS))
        case, code = workflow.submit(
            installation(), message, typed.get("idempotency_key"), pages.hold_reason(typed)
        )
    except Problem as problem:
        return _walk(typed).show(Step(None), typed, problem)
    return pages.receipt_page("feedback/receipt.html", case, code)


@site.get("/lacak")
def track_form() -> Response:
    """Ask for the code."""
    return pages.render("feedback/track.html", fault=None)


@site.post("/lacak")
def show_status() -> Response:
    """Show where the case of a code stands."""
    written = request.form.get("tracking_code", "")
    try:
        case = case_of_code(written)
    except CodeUnknown as problem:
        return pages.render("feedback/track.html", problem.status, fault=pages.words_of(problem))
    return status_page(case, written)


@site.post("/lacak/tarik")
def withdraw() -> Response:
    """Withdraw feedback, because its writer says so."""
    written = request.form.get("tracking_code", "")
    place = installation()
    workflow.withdraw(place, cases.by_code(place, Feedback, written))
    return status_page(case_of_code(written), written)


@api.post("/feedback")
def submit() -> tuple[dict[str, Any], int]:
    """Store feedback; 201 means on disk."""
    sent = read(NewFeedback, pages.json_body())
    case, code = workflow.submit(
        installation(), sent, request.headers.get("Idempotency-Key"), pages.hold_reason()
    )
    body = pages.receipt(case, code)
    if case.happened is Happened.NOW:
        body["emergency"] = installation().emergency(sent.language)
    return body, HTTPStatus.CREATED


@api.post("/track")
def track() -> dict[str, Any]:
    """Say where the case of a code stands, and its answer once there is one."""
    case = case_of_code(read(Code, pages.json_body()).tracking_code)
    body: dict[str, Any] = {"number": case.number, "state": case.state, **pages.times(case)}
    if isinstance(case, HoaxReport):
        return body | ({"finding": case.finding} if case.finding else {})
    body["messages"] = export.thread(installation(), case)
    return body | ({"answer": _answer(case)} if case.readable_answers else {})


@api.get("/answers")
def answers() -> dict[str, Any]:
    """Give the published answers, the newest first: staff's words, never the citizens'."""
    clause, service = request.args.get("clause"), request.args.get("service")
    check_filter(installation().charter, clause, service)
    found = queries.published(clause, service)
    return {
        "answers": [
            {
                "number": case.number,
                "clause": case.clause,
                "service": case.service,
                "summary": {"id": case.answer.summary_id, "en": case.answer.summary_en},
                **_answer(case),
            }
            for case in found
            if case.answer
        ]
    }


def _answer(case: Feedback) -> dict[str, Any]:
    answer = case.answer
    if answer is None or case.answered_at is None:
        return {}
    return {
        "answered_on": installation().local_date(case.answered_at).isoformat(),
        "outcome": answer.outcome,
        "planned_on": answer.planned_on.isoformat() if answer.planned_on else None,
        "refused_because": answer.refused_because,
        "lapor_number": answer.lapor_number,
        "theme": {"id": answer.theme_id, "en": answer.theme_en} if answer.theme_id else None,
        "opinions": export.opinions(installation(), case),
        "text": {"id": answer.text_id, "en": answer.text_en},
    }


def case_of_code(written: str) -> Feedback | HoaxReport:
    """Give the feedback or the report of a code; raises CodeUnknown."""
    place = installation()
    try:
        return cases.by_code(place, Feedback, written)
    except CodeUnknown:
        return cases.by_code(place, HoaxReport, written)


def status_page(case: Feedback | HoaxReport, written: str, problem: Problem | None = None) -> Response:
    """Show where a case stands, and what may still be done; on a failure what was typed is still there."""
    is_report = isinstance(case, HoaxReport)
    return pages.render(
        "hoax_reports/status.html" if is_report else "feedback/status.html",
        problem.status if problem else HTTPStatus.OK,
        case=case,
        written=written,
        withdrawable=workflow.WITHDRAWABLE,
        talking=following.TALKING,
        typed=request.form if problem else {},
        **pages.told(problem),
    )


def _walk(typed: steps.Form) -> steps.Walk:
    place = installation()
    return steps.Walk(
        "/masukan",
        "feedback",
        questions(place.charter, place.texts),
        partial(faults_of, place),
        CARRIED,
        {
            "clause": place.charter.by_id.get(typed.get("clause", "")),
            "is_quiet": is_quiet(place.charter, typed),
            "kinds": tuple(FeedbackKind),
            "happened": tuple(Happened),
        },
    )


def _numbers_first(typed: steps.Form, address: str) -> Response | None:
    """Show the emergency numbers to whoever says that it happens now, or that somebody is in danger."""
    if "went_on" in typed:
        return None
    is_now = (typed.get("question"), typed.get("happened")) == ("when", Happened.NOW)
    is_danger = (typed.get("question"), typed.get("in_danger")) == ("danger", "yes")
    return _numbers_page(typed, address) if is_now or is_danger else None


def _numbers_page(typed: steps.Form, address: str) -> Response:
    kept = {name: value for name, value in typed.items() if name not in ("go_on", "change", "back")}
    quiet = is_quiet(installation().charter, typed)
    return pages.render("feedback/now.html", typed=kept, target=address, is_quiet=quiet)
