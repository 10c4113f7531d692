"""What citizens call about hoax calls: the form, and the same as JSON."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, request

from charter_data.vocabulary import Intake
from site_api import pages
from site_api.errors import IntakeClosed, Problem
from site_api.form_tokens import HONEYPOT, TOKEN
from site_api.hoax_reports import workflow
from site_api.hoax_reports.models import HoaxClass
from site_api.hoax_reports.schemas import NewHoaxReport
from site_api.installation import installation
from site_api.intake import read
from site_api.texts import language_of_page

LISTS = ("agencies",)

site = Blueprint("hoax_reports_public", __name__)
api = Blueprint("hoax_reports_api", __name__, url_prefix="/api/v1")


@site.get("/masukan/panggilan-palsu")
def form() -> Response:
    """Show the form."""
    if installation().charter.info.intake is Intake.CLOSED:
        raise IntakeClosed
    return _form()


@site.post("/masukan/panggilan-palsu")
def send() -> Response:
    """Store what was typed and give the receipt; on any failure what was typed is still there."""
    typed = request.form.copy()
    key = typed.pop("idempotency_key", None)
    for name in (TOKEN, HONEYPOT):
        typed.pop(name, None)
    typed["language"] = language_of_page(request.path)
    try:
        sent = read(NewHoaxReport, pages.form_as_json(typed, lists=LISTS))
        report, code = workflow.submit(installation(), sent, key, pages.hold_reason(request.form))
    except Problem as problem:
        return _form(problem)
    return pages.receipt_page("hoax_reports/receipt.html", report, code)


@api.post("/hoax-reports")
def submit() -> tuple[dict[str, Any], int]:
    """Store a report; 201 means on disk."""
    sent = read(NewHoaxReport, pages.json_body())
    report, code = workflow.submit(
        installation(), sent, request.headers.get("Idempotency-Key"), pages.hold_reason()
    )
    return pages.receipt(report, code), HTTPStatus.CREATED


def _form(problem: Problem | None = None) -> Response:
    return pages.render(
        "hoax_reports/form.html",
        problem.status if problem else HTTPStatus.OK,
        typed=request.form,
        given=pages.given_form(request.form),
        key=pages.key_of_form(request.form.get("idempotency_key"), problem),
        classes=tuple(HoaxClass),
        **pages.told(problem),
    )
