"""What staff call about measures: look a caller up, propose, decide, tell, appeal, judge."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response, request

from site_api import pages
from site_api.calls.callers import caller_hash
from site_api.calls.queries import calls_of_caller
from site_api.errors import FieldFault, Invalid, Problem
from site_api.installation import Installation, installation
from site_api.intake import read
from site_api.measures import queries, workflow
from site_api.measures.handles import caller_of, handle_of
from site_api.measures.models import DAYS_TO_APPEAL, Caller, Measure, State, Step
from site_api.measures.schemas import (
    Appeal,
    Decision,
    Judgement,
    LookUp,
    Proposal,
    check_step,
    counted,
    never_counted,
)
from site_api.reviewers import access, policy
from site_api.reviewers.models import Actor

Doing = Callable[[Installation, Actor, Measure], None]

blueprint = Blueprint("measures_review", __name__, url_prefix="/tinjau/tindakan")


@blueprint.get("")
def all_measures() -> Response:
    """List the measures, and ask the call centre for a number to look up."""
    return _list()


@blueprint.post("/cari")
def look_up() -> Response:
    """Tell of a number what its calls were; it stands in no address and on no page."""
    place, actor = installation(), access.actor()
    try:
        caller = _caller_typed(place)
    except Problem as problem:
        return _list(problem)
    workflow.note_look_up(place, actor, len(calls_of_caller(caller)))
    return _caller(caller)


@blueprint.post("/usul")
def propose() -> Response:
    """Take down what the first of two officials has decided about the caller of a handle."""
    place, actor = installation(), access.actor()
    try:
        caller = caller_of(place, actor, request.form.get("handle", ""))
    except Problem as problem:
        return _list(problem)
    try:
        sent = read(Proposal, access.sent())
        misuse = counted(place.charter, calls_of_caller(caller))
        check_step(sent.step, sent.caller, misuse, was_decided=queries.was_decided(caller))
        number = workflow.propose(place, actor, sent, caller, len(misuse))
    except Problem as problem:
        return _caller(caller, problem)
    return pages.redirect_to(f"{_here()}/{number}")


@blueprint.get("/<number>")
def case(number: str) -> Response:
    """Show one measure and what may be done about it now."""
    return _measure(queries.measure_of(access.actor(), number))


@blueprint.post("/<number>/setujui")
def second(number: str) -> Response:
    """Decide for a proposal as the second official."""
    return _act(
        number,
        lambda place, actor, one: workflow.second(place, actor, one, read(Decision, access.sent()).grounds),
    )


@blueprint.post("/<number>/tolak")
def refuse(number: str) -> Response:
    """Decide against a proposal as the second official."""
    return _act(
        number,
        lambda place, actor, one: workflow.refuse(place, actor, one, read(Decision, access.sent()).grounds),
    )


@blueprint.post("/<number>/beritahu")
def tell(number: str) -> Response:
    """Note that the person has been told."""
    return _act(number, workflow.tell)


@blueprint.post("/<number>/banding")
def appeal(number: str) -> Response:
    """Take down what the person says against it."""
    return _act(
        number,
        lambda place, actor, one: workflow.appeal(place, actor, one, read(Appeal, access.sent()).appeal),
    )


@blueprint.post("/<number>/putus")
def judge(number: str) -> Response:
    """Decide on an appeal, outside the call centre."""
    return _act(
        number, lambda place, actor, one: workflow.judge(place, actor, one, read(Judgement, access.sent()))
    )


@blueprint.app_context_processor
def for_whoever_decides() -> dict[str, object]:
    """Give the pages of the portal the proposals and appeals that wait for this reviewer."""
    return {"measures_waiting": lambda: queries.waiting_for(access.actor())}


def _act(number: str, act: Doing) -> Response:
    actor = access.actor()
    measure = queries.measure_of(actor, number)
    try:
        access.check_version(measure.version)
        act(installation(), actor, measure)
    except Problem as problem:
        return _measure(queries.measure_of(actor, number), problem)
    return pages.redirect_to(f"{_here()}/{number}")


def _caller_typed(place: Installation) -> str:
    caller = caller_hash(place.settings.number_key, read(LookUp, access.sent()).caller_number)
    if caller is None:
        raise Invalid([FieldFault("caller_number", "wrong_number")])
    return caller


def _list(problem: Problem | None = None) -> Response:
    actor = access.actor()
    lists = {"waiting": queries.waiting(actor), "ended": queries.ended(actor)}
    return _page("portal/measures.html", problem, **lists)


def _caller(caller: str, problem: Problem | None = None) -> Response:
    place, actor = installation(), access.actor()
    calls = calls_of_caller(caller)
    return _page(
        "portal/caller.html",
        problem,
        calls=calls,
        misuse=len(counted(place.charter, calls)),
        never=never_counted(place.charter, calls),
        measures=queries.of_caller(caller),
        handle=handle_of(place, actor, caller),
        steps=tuple(Step),
        callers=tuple(Caller),
    )


def _measure(measure: Measure, problem: Problem | None = None) -> Response:
    return _page(
        "portal/measure.html",
        problem,
        case=measure,
        days_to_appeal=DAYS_TO_APPEAL,
        outcomes=(State.UPHELD, State.LIFTED),
    )


def _page(template: str, problem: Problem | None, **context: object) -> Response:
    actor = access.actor()
    return access.page(
        template,
        problem.status if problem else 200,
        reads=partial(policy.reads_measure, actor),
        **pages.told(problem),
        **context,
    )


def _here() -> str:
    return f"{access.english()}{access.PORTAL}tindakan"
