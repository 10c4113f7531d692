"""What triage calls about a hoax report: see it, take it as read, set what a check found."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response, request

from charter_data.snapshot import Finding
from site_api import pages
from site_api.approvals import queries as requests
from site_api.approvals import workflow as approvals
from site_api.approvals.schemas import Ask, Refusal
from site_api.approvals.workflow import about
from site_api.audit import beginning
from site_api.cases import DeclineReason
from site_api.errors import Problem
from site_api.hoax_reports import deciding, queries, workflow
from site_api.hoax_reports.models import HoaxReport
from site_api.hoax_reports.schemas import Decline, NewFinding
from site_api.installation import Installation, installation
from site_api.intake import read
from site_api.reviewers import access, policy
from site_api.reviewers.models import Actor

Doing = Callable[[Installation, Actor, HoaxReport], None]

blueprint = Blueprint("hoax_reports_review", __name__, url_prefix="/tinjau/panggilan-palsu")


@blueprint.get("/<number>")
def case(number: str) -> Response:
    """Show one report."""
    return _case(queries.case_of(access.actor(), number))


@blueprint.post("/<number>/lepas")
def release(number: str) -> Response:
    """Let a held case stand in the queue."""
    return _act(number, workflow.release)


@blueprint.post("/<number>/periksa")
def verify(number: str) -> Response:
    """Take a report as read."""
    return _act(number, workflow.verify)


@blueprint.post("/<number>/temuan")
def find(number: str) -> Response:
    """Set what a check found."""
    return _act(
        number,
        lambda place, actor, report: workflow.find(
            place, actor, report, read(NewFinding, access.sent()).finding
        ),
    )


@blueprint.post("/<number>/tolak")
def decline(number: str) -> Response:
    """End a report without a finding."""
    return _act(
        number,
        lambda place, actor, report: deciding.decline(
            place, actor, report, read(Decline, access.sent()).reason
        ),
    )


@blueprint.post("/<number>/hapus")
def erase(number: str) -> Response:
    """Ask a second person to erase a report."""
    return _act(
        number,
        lambda place, actor, report: deciding.erase(place, actor, report, read(Ask, access.sent()).reason),
    )


@blueprint.post("/<number>/persetujuan/<int:key>/setuju")
def approve(number: str, key: int) -> Response:
    """Let happen what another has asked for."""
    return _act(
        number,
        lambda place, actor, report: deciding.approve(place, actor, report, requests.one_of(number, key)),
    )


@blueprint.post("/<number>/persetujuan/<int:key>/jangan")
def refuse(number: str, key: int) -> Response:
    """Refuse what another has asked for."""
    return _act(
        number,
        lambda place, actor, report: approvals.refuse(
            place,
            actor,
            about(report),
            requests.one_of(number, key),
            read(Refusal, access.sent()).refused_because,
        ),
    )


@blueprint.post("/<number>/persetujuan/<int:key>/batal")
def take_back(number: str, key: int) -> Response:
    """Take back what one has asked for oneself."""
    return _act(
        number,
        lambda place, actor, report: approvals.take_back(
            place, actor, about(report), requests.one_of(number, key)
        ),
    )


def _act(number: str, act: Doing) -> Response:
    report = queries.case_of(access.actor(), number)
    try:
        access.check_version(report.version)
        act(installation(), access.actor(), report)
    except Problem as problem:
        return _case(queries.case_of(access.actor(), number), problem)
    return pages.redirect_to(f"{access.english()}{access.PORTAL}panggilan-palsu/{number}")


def _case(report: HoaxReport, problem: Problem | None = None) -> Response:
    actor = access.actor()
    return access.page(
        "portal/hoax_report.html",
        problem.status if problem else 200,
        reads=partial(policy.reads_report, actor),
        case=report,
        **requests.shown(actor, report),
        typed=request.form,
        came=beginning(report.number),
        findings=tuple(Finding),
        reasons=tuple(DeclineReason),
        **pages.told(problem),
    )
