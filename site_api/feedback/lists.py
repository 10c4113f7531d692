"""What reviewers call to find their cases: the lists, the search, what is alike, and many spams at once."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from site_api import pages
from site_api.cases import Case, DeclineReason
from site_api.errors import CaseUnknown, Conflict, FieldFault, Invalid
from site_api.feedback import queries, queue, search, workflow
from site_api.feedback.filters import STATES, Filters, View, check, number_in, offered
from site_api.feedback.models import OPEN, PREFIX, FeedbackKind, State
from site_api.feedback.queue import Page
from site_api.hoax_reports import queries as hoax_queries
from site_api.hoax_reports import workflow as hoax_workflow
from site_api.hoax_reports.models import HoaxReport
from site_api.installation import installation
from site_api.intake import read
from site_api.reviewers import access, policy
from site_api.reviewers.models import Actor
from site_api.reviewers.policy import READERS, READERS_OF_MEASURES, READERS_OF_REPORTS, READERS_OF_WORDS, Act

ADDRESSES = {View.WAITING: "", View.HELD: "ditahan", View.DONE: "selesai", View.FOUND: "cari"}
MOST_AT_ONCE = 100
DECLINABLE = (State.RECEIVED, State.VERIFIED)
REPORTS = {View.WAITING: hoax_queries.queue, View.HELD: hoax_queries.held}

blueprint = Blueprint("lists_review", __name__, url_prefix="/tinjau")


@blueprint.get("/")
def waiting() -> Response:
    """List what waits, the nearest deadline first."""
    return _list(View.WAITING)


@blueprint.get("/ditahan")
def held() -> Response:
    """List what is held apart from the queue, the oldest first."""
    return _list(View.HELD)


@blueprint.get("/selesai")
def done() -> Response:
    """List what is done, the newest first."""
    return _list(View.DONE)


@blueprint.get("/cari")
def find() -> Response:
    """Find cases by words or by number, the newest first; a report of a false call is shown at once."""
    number = number_in(request.args.get("words", ""))
    if number and _is_report_seen(access.actor(), number):
        return pages.redirect_to(f"{access.english()}{access.PORTAL}panggilan-palsu/{number}")
    return _list(View.FOUND)


def _is_report_seen(actor: Actor, number: str) -> bool:
    try:
        hoax_queries.case_of(actor, number)
    except CaseUnknown:
        return False
    return True


@blueprint.get("/masukan/<number>/serupa")
def similar(number: str) -> Response:
    """Show the cases that share rare words with one."""
    place, actor = installation(), access.actor()
    missing = search.take_down(place)
    case = queries.case_of(actor, number)
    return _page("portal/similar.html", case=case, cases=search.similar(place, actor, case), missing=missing)


@blueprint.post("/tolak")
def decline_spam() -> Response:
    """Decline the chosen cases as spam, each for itself; say which had changed meanwhile."""
    chosen = list(dict.fromkeys(request.form.getlist("case")))
    if not 1 <= len(chosen) <= MOST_AT_ONCE:
        problem = Invalid([FieldFault("case", "one_to_hundred")])
        return _page("portal/declined.html", problem.status, **pages.told(problem))
    actor = access.actor()
    left = [one.partition(".")[0] for one in chosen if not _is_declined(actor, one)]
    return _page("portal/declined.html", declined=len(chosen) - len(left), left=left, **pages.told(None))


def _is_declined(actor: Actor, one: str) -> bool:
    number, _, version = one.partition(".")
    place, spam = installation(), DeclineReason.SPAM
    try:
        if number.startswith(PREFIX):
            case = queries.case_of(actor, number)
            _check_version(case, version)
            workflow.decline(place, actor, case, spam)
        else:
            report = hoax_queries.case_of(actor, number)
            _check_version(report, version)
            hoax_workflow.decline(place, actor, report, spam)
    except (CaseUnknown, Conflict):
        return False
    return True


def _check_version(case: Case, version: str) -> None:
    if str(case.version) != version:
        raise Conflict


def _list(view: View) -> Response:
    place, actor = installation(), access.actor()
    asked, found, missing, problem = Filters(), Page((), None), 0, None
    try:
        asked = read(Filters, pages.form_as_json(request.args))
        check(place, actor, view, asked)
        missing = search.take_down(place) if asked.words and not asked.number else 0
        found = queue.page(place, actor, view, asked)
    except Invalid as refused:
        problem = refused
    is_whole = not (asked.given or asked.setelah or problem)
    return _page(
        "portal/queue.html",
        problem.status if problem else 200,
        view=view.value,
        views={one.value: ADDRESSES[one] for one in _views(actor)},
        found=found,
        missing=missing,
        asked=asked.given,
        is_narrowed=bool(asked.given.keys() - {"words"}),
        next_page=urlencode(asked.given | {"setelah": found.after}),
        count=_told(0 if problem or view is View.FOUND else queue.count(place, actor, view, asked)),
        held=_told(_held(actor)),
        reports=_reports(actor, view) if is_whole else None,
        offered=offered(actor, view),
        reads_words=actor.role in READERS_OF_WORDS,
        reads_measures=actor.role in READERS_OF_MEASURES,
        states=STATES[view],
        kinds=tuple(FeedbackKind),
        typed=request.args,
        **pages.told(problem),
    )


def _views(actor: Actor) -> Iterator[View]:
    if actor.role in READERS:
        yield View.WAITING
        if policy.may(actor, Act.RELEASE):
            yield View.HELD
        yield from (View.DONE, View.FOUND)


def _reports(actor: Actor, view: View) -> Sequence[HoaxReport] | None:
    """Give the reports of false calls beside a list; None where there are none to be shown."""
    if actor.role not in READERS_OF_REPORTS or view not in REPORTS:
        return None
    return REPORTS[view](actor)


def _held(actor: Actor) -> int:
    if not policy.may(actor, Act.RELEASE):
        return 0
    return queue.count(installation(), actor, View.HELD) + len(hoax_queries.held(actor))


def _told(number: int) -> str:
    return f"{queue.MOST_COUNTED}+" if number > queue.MOST_COUNTED else str(number)


def _page(template: str, status: int = 200, **context: object) -> Response:
    told = {"declinable": DECLINABLE, "open_states": OPEN, "most": MOST_AT_ONCE}
    return access.page(template, status, **told, **context)
