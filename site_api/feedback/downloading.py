"""What reviewers take with them: the cases that they may see, with the parts that they may read, as CSV."""

from collections.abc import Sequence
from functools import partial

from flask import Blueprint, Response, make_response, request

from site_api import pages
from site_api.csv_files import as_csv
from site_api.errors import FieldFault, Invalid, Problem, SecondPersonNeeded
from site_api.feedback import queries
from site_api.feedback.models import Feedback, State
from site_api.feedback.schemas import Download
from site_api.feedback.table import Words, note_download, table_of
from site_api.installation import installation
from site_api.intake import read
from site_api.reviewers import access
from site_api.reviewers.models import Actor
from site_api.reviewers.workflow import form_token
from site_api.texts import language_of_page

MOST_ALONE = 10
MOST = 5000

blueprint = Blueprint("downloading_review", __name__, url_prefix="/tinjau")


@blueprint.get("/unduh")
def form() -> Response:
    """Ask which cases the file is to hold."""
    return _form()


@blueprint.post("/unduh")
def download() -> Response:
    """Give the file; the audit says who took how many cases with them."""
    actor = access.actor()
    try:
        state = read(Download, pages.form_as_json({"state": request.form.get("state", "")})).state
        cases = _cases(actor, state)
        file = _file(actor, cases)
        note_download(installation(), actor, len(cases), state)
    except Problem as problem:
        return _form(problem)
    return file


def _cases(actor: Actor, state: State | None) -> Sequence[Feedback]:
    cases = queries.visible(actor, state, MOST + 1)
    if len(cases) > MOST:
        raise Invalid([FieldFault("state", "too_many_rows")])
    if len(cases) > MOST_ALONE:
        raise SecondPersonNeeded
    return cases


def _file(actor: Actor, cases: Sequence[Feedback]) -> Response:
    place = installation()
    say = partial(place.texts.say, language_of_page(request.path))
    response = make_response(as_csv(*table_of(actor, cases, Words(say, place.zone))))
    response.mimetype = "text/csv"
    name = f"masukan-{place.local_date(place.now()).isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.cache_control.no_store = True
    return response


def _form(problem: Problem | None = None) -> Response:
    actor = access.actor()
    return pages.render(
        "portal/download.html",
        problem.status if problem else 200,
        actor=actor,
        token=form_token(installation(), actor.token),
        states=tuple(State),
        most_alone=MOST_ALONE,
        **pages.told(problem),
    )
