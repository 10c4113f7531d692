"""What reviewers take with them: the cases that they may see, with the parts that they may read, as CSV."""

from collections.abc import Callable, Sequence
from functools import partial

from flask import Blueprint, Response, make_response, request

from site_api import pages
from site_api.approvals import queries as requests
from site_api.approvals.models import Approval
from site_api.approvals.schemas import Refusal
from site_api.csv_files import as_csv
from site_api.errors import Problem
from site_api.feedback import downloads
from site_api.feedback.models import Feedback, State
from site_api.feedback.schemas import Download, DownloadAsked
from site_api.feedback.table import Words, table_of
from site_api.installation import Installation, installation
from site_api.intake import Submission, read
from site_api.reviewers import access
from site_api.reviewers.models import Actor
from site_api.reviewers.policy import Joint
from site_api.texts import language_of_page

blueprint = Blueprint("downloading_review", __name__, url_prefix="/tinjau")


@blueprint.get("/unduh")
def form() -> Response:
    """Ask which cases the file is to hold."""
    return _form()


@blueprint.post("/unduh")
def download() -> Response:
    """Give the file to one person alone; the audit says who took how many cases with them."""
    place, actor = installation(), access.actor()
    try:
        state = read(Download, _sent(Download)).state
        cases = downloads.few(actor, state)
        file = _file(place, actor, cases)
        downloads.take_alone(place, actor, len(cases), state)
    except Problem as problem:
        return _form(problem)
    return file


@blueprint.post("/unduh/minta")
def ask() -> Response:
    """Ask a second person for a file of many cases."""
    return _act(lambda place, actor: downloads.ask(place, actor, read(DownloadAsked, _sent(DownloadAsked))))


@blueprint.post("/unduh/<int:key>/setuju")
def approve(key: int) -> Response:
    """Let somebody else take a file of many cases."""
    return _act(lambda place, actor: downloads.approve(place, actor, _asked(key)))


@blueprint.post("/unduh/<int:key>/jangan")
def refuse(key: int) -> Response:
    """Refuse somebody else a file of many cases."""
    return _act(
        lambda place, actor: downloads.refuse(
            place, actor, _asked(key), read(Refusal, _sent(Refusal)).refused_because
        )
    )


@blueprint.post("/unduh/<int:key>/batal")
def take_back(key: int) -> Response:
    """Take back what one has asked for oneself."""
    return _act(lambda place, actor: downloads.take_back(place, actor, _own(actor, key)))


@blueprint.post("/unduh/<int:key>")
def take(key: int) -> Response:
    """Give the file that was asked for, once another person has approved it."""
    place, actor = installation(), access.actor()
    try:
        asked = _own(actor, key)
        cases = downloads.within(actor, downloads.state_of(asked))
        file = _file(place, actor, cases)
        downloads.take_approved(place, actor, len(cases), asked)
    except Problem as problem:
        return _form(problem)
    return file


def _asked(key: int) -> Approval:
    return requests.one_to_do(Joint.EXPORT, key)


def _own(actor: Actor, key: int) -> Approval:
    return requests.one_of(downloads.subject_of(actor.name).name, key)


def _sent(schema: type[Submission]) -> bytes:
    return pages.form_as_json({name: request.form.get(name, "") for name in schema.model_fields})


def _act(act: Callable[[Installation, Actor], None]) -> Response:
    try:
        act(installation(), access.actor())
    except Problem as problem:
        return _form(problem)
    return pages.redirect_to(f"{access.english()}{access.PORTAL}unduh")


def _file(place: Installation, actor: Actor, cases: Sequence[Feedback]) -> Response:
    say = partial(place.texts.say, language_of_page(request.path))
    response = make_response(as_csv(*table_of(actor, cases, Words(say, place.zone))))
    response.mimetype = "text/csv"
    name = f"masukan-{place.local_date(place.now()).isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.cache_control.no_store = True
    return response


def _form(problem: Problem | None = None) -> Response:
    actor, now = access.actor(), installation().now()
    return access.page(
        "portal/download.html",
        problem.status if problem else 200,
        states=tuple(State),
        most_alone=downloads.MOST_ALONE,
        own=downloads.own(actor),
        for_me=downloads.waiting_for(actor, now),
        standing_of=partial(downloads.standing_of, now=now),
        until=downloads.until,
        detail_of=requests.detail_of,
        **pages.told(problem),
    )
