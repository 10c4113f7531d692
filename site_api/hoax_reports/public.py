"""What citizens call about hoax calls: the form, and the same as JSON."""

from functools import partial
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, request

from site_api import pages, steps
from site_api.asking import Step, unknown
from site_api.errors import Problem
from site_api.hoax_reports import workflow
from site_api.hoax_reports.models import HoaxClass
from site_api.hoax_reports.questions import LISTS, MAY_BE_UNKNOWN, faults_of, questions
from site_api.hoax_reports.schemas import NewHoaxReport
from site_api.installation import installation
from site_api.intake import read
from site_api.texts import language_of_page

BESIDE = (*steps.BESIDE, *map(unknown, MAY_BE_UNKNOWN))

site = Blueprint("hoax_reports_public", __name__)
api = Blueprint("hoax_reports_api", __name__, url_prefix="/api/v1")


@site.get("/masukan/panggilan-palsu")
def form() -> Response:
    """Ask the first question."""
    steps.check_open()
    return _walk().first(steps.Form())


@site.post("/masukan/panggilan-palsu/lanjut")
def step() -> Response:
    """Take one answer and ask the next question; nothing is kept before the last page is sent."""
    steps.check_open()
    return _walk().step(steps.typed_form())


@site.post("/masukan/panggilan-palsu")
def send() -> Response:
    """Store what was typed and give the receipt; on any failure what was typed is still there."""
    typed = steps.typed_form()
    sent = steps.without(typed, *BESIDE)
    sent.setlist("language", [language_of_page(request.path)])
    try:
        message = read(NewHoaxReport, pages.form_as_json(sent, lists=LISTS))
        report, code = workflow.submit(
            installation(), message, typed.get("idempotency_key"), pages.hold_reason(typed)
        )
    except Problem as problem:
        return _walk().show(Step(None), typed, problem)
    return pages.receipt_page("hoax_reports/receipt.html", report, code)


@api.post("/hoax-reports")
def submit() -> tuple[dict[str, Any], int]:
    """Store a report; 201 means on disk."""
    sent = read(NewHoaxReport, pages.json_body())
    report, code = workflow.submit(
        installation(), sent, request.headers.get("Idempotency-Key"), pages.hold_reason()
    )
    return pages.receipt(report, code), HTTPStatus.CREATED


def _walk() -> steps.Walk:
    place = installation()
    return steps.Walk(
        "/masukan/panggilan-palsu",
        "hoax_reports",
        questions(place.charter),
        partial(faults_of, place),
        shown={"classes": tuple(HoaxClass)},
    )
