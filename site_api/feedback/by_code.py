"""What whoever has the code calls after sending: messages, objection, rating, all data, erasing."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, json, make_response, request

from site_api import cases, pages
from site_api.errors import CodeUnknown, Problem
from site_api.feedback import export, following, public, workflow
from site_api.feedback.models import Feedback
from site_api.feedback.public import case_of_code, status_page
from site_api.feedback.schemas import Code, NewMessage, NewObjection, NewRating
from site_api.hoax_reports import workflow as hoax_workflow
from site_api.hoax_reports.models import HoaxReport
from site_api.installation import Installation, installation
from site_api.intake import Submission, read

Act = Callable[[Installation, Feedback, Any], None]

site = Blueprint("by_code_public", __name__)
api = Blueprint("by_code_api", __name__, url_prefix="/api/v1/feedback")


@site.post("/lacak/pesan")
def write() -> Response:
    """Add a message."""
    return _act(NewMessage, lambda place, case, sent: following.add_message(place, case, sent.message))


@site.post("/lacak/sanggah")
def dispute() -> Response:
    """Object to the answer."""
    return _act(NewObjection, lambda place, case, sent: following.dispute(place, case, sent.objection))


@site.post("/lacak/nilai")
def rate() -> Response:
    """Rate the answer."""
    return _act(NewRating, lambda place, case, sent: following.rate(place, case, int(sent.rating)))


@site.post("/lacak/simpan")
def save() -> Response:
    """Hand over all that is kept as one file; its name tells nothing but the number."""
    case = case_of_code(_written())
    response = make_response(json.dumps(export.all_of(installation(), case), indent=2, ensure_ascii=False))
    response.mimetype = "application/json"
    response.headers["Content-Disposition"] = f'attachment; filename="{case.number}.json"'
    response.cache_control.no_store = True
    return response


@site.post("/lacak/cetak")
def show_all() -> Response:
    """Show all that is kept on a page to print."""
    case = case_of_code(_written())
    kept = export.all_of(installation(), case)
    return pages.render("feedback/all.html", case=case, kept=kept, is_report=isinstance(case, HoaxReport))


@site.post("/lacak/hapus")
def erase() -> Response:
    """Say what erasing takes and what must remain; erase once that has been read and confirmed."""
    written = _written()
    case = case_of_code(written)
    is_report, is_sensitive = isinstance(case, HoaxReport), getattr(case, "is_sensitive", False)
    is_erased = "confirmed" in request.form
    if is_erased:
        _erase(case)
    return pages.render(
        "feedback/erase.html",
        number=case.number,
        written="" if is_erased else written,
        is_erased=is_erased,
        is_report=is_report,
        is_sensitive=is_sensitive,
    )


def ask_again(problem: CodeUnknown) -> Response:
    """Ask for the code once more, with what was typed and what is wrong with it."""
    return pages.render("feedback/track.html", problem.status, fault=pages.words_of(problem))


for pages_by_code in (site, public.site):
    pages_by_code.register_error_handler(CodeUnknown, ask_again)


@api.post("/withdraw")
def withdraw_now() -> dict[str, Any]:
    """Withdraw feedback at once; a program asks its user before."""
    return _done(Code, lambda place, case, _sent: workflow.withdraw(place, case))


@api.post("/messages")
def add_message() -> dict[str, Any]:
    """Add a message."""
    return _done(NewMessage, lambda place, case, sent: following.add_message(place, case, sent.message))


@api.post("/dispute")
def object_to() -> dict[str, Any]:
    """Object to the answer."""
    return _done(NewObjection, lambda place, case, sent: following.dispute(place, case, sent.objection))


@api.post("/rating")
def give_rating() -> dict[str, Any]:
    """Rate the answer."""
    return _done(NewRating, lambda place, case, sent: following.rate(place, case, int(sent.rating)))


@api.post("/export")
def give_all() -> dict[str, Any]:
    """Hand over all that is kept of feedback or of a report."""
    return export.all_of(installation(), case_of_code(read(Code, pages.json_body()).tracking_code))


@api.post("/erase")
def erase_now() -> dict[str, Any]:
    """Erase feedback or a report at once; a program asks its user before."""
    case = case_of_code(read(Code, pages.json_body()).tracking_code)
    _erase(case)
    return {"number": case.number, "state": case.state, "erased": True}


def _act(kind: type[Submission], act: Act) -> Response:
    written = _written()
    case = cases.by_code(installation(), Feedback, written)
    typed = {name: value for name, value in request.form.items() if value}
    try:
        act(installation(), case, read(kind, pages.form_as_json(typed)))
    except CodeUnknown:
        raise
    except Problem as problem:
        return status_page(case_of_code(written), written, problem)
    return status_page(case_of_code(written), written)


def _done(kind: type[Code], act: Act) -> dict[str, Any]:
    sent = read(kind, pages.json_body())
    place = installation()
    act(place, cases.by_code(place, Feedback, sent.tracking_code), sent)
    case = cases.by_code(place, Feedback, sent.tracking_code)
    return {"number": case.number, "state": case.state, "messages": export.thread(place, case)}


def _erase(case: Feedback | HoaxReport) -> None:
    if isinstance(case, HoaxReport):
        hoax_workflow.erase(installation(), case)
    else:
        following.erase(installation(), case)


def _written() -> str:
    return request.form.get("tracking_code", "")
