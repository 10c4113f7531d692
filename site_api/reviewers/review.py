"""What everybody of the portal may do with the own account, and the way out."""

import re
from http import HTTPStatus

from flask import Blueprint, Response, request

from site_api import pages
from site_api.errors import Invalid
from site_api.installation import installation
from site_api.reviewers import access, queries, sessions, workflow
from site_api.reviewers.credentials import Credentials, Refused
from site_api.reviewers.slowing import Slowed, answer, slowly

OWN = f"{access.PORTAL}akun"
SESSION_KEY = re.compile(r"[0-9]{1,18}")

blueprint = Blueprint("reviewers_review", __name__, url_prefix="/tinjau")


@blueprint.post("/keluar")
def sign_out() -> Response:
    """End the session on the server and in the browser."""
    workflow.sign_out(installation(), access.actor())
    response = pages.redirect_to(f"{access.english()}{access.PORTAL}masuk")
    access.delete_cookie(response, "session")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@blueprint.get("/akun")
def own_account() -> Response:
    """Show the own sessions, and what can be changed."""
    return _page()


@blueprint.post("/akun/sesi/akhiri")
def end_session() -> Response:
    """End one other session."""
    number = request.form.get("session", "")
    key = int(number) if SESSION_KEY.fullmatch(number) else 0
    workflow.end_session(installation(), access.actor(), key)
    return _back()


@blueprint.post("/akun/sesi/akhiri-lain")
def end_other_sessions() -> Response:
    """End every session but this."""
    workflow.end_other_sessions(installation(), access.actor())
    return _back()


@blueprint.post("/akun/kata-sandi")
def change_password() -> Response:
    """Set another password."""
    place, actor, given = installation(), access.actor(), _credentials()
    try:
        with slowly(actor.name):
            workflow.change_password(place, actor, given, request.form.get("new_password", ""))
    except Invalid as problem:
        return _page(problem.status, open_form="kata-sandi", **pages.told(problem))
    except (Refused, Slowed) as error:
        return answer(error, lambda status, words: _page(status, words, "kata-sandi"))
    return _back()


@blueprint.post("/akun/kode-pemulihan")
def renew_recovery_codes() -> Response:
    """Show ten new recovery codes, this once."""
    place, actor = installation(), access.actor()
    try:
        with slowly(actor.name):
            codes = workflow.renew_recovery_codes(place, actor, _credentials())
    except (Refused, Slowed) as error:
        return answer(error, lambda status, words: _page(status, words, "kode-pemulihan"))
    return access.page("portal/recovery_codes.html", HTTPStatus.CREATED, codes=codes)


@blueprint.post("/akun/autentikator")
def renew_authenticator() -> Response:
    """Go on to the page on which another authenticator is set up."""
    try:
        with slowly(access.actor().name):
            token = workflow.renew_authenticator(installation(), _credentials())
    except (Refused, Slowed) as error:
        return answer(error, lambda status, words: _page(status, words, "autentikator"))
    return pages.redirect_to(f"{access.english()}{access.PORTAL}undangan?kode={token}")


def _credentials() -> Credentials:
    form = request.form
    return Credentials(access.actor().name, form.get("password", ""), form.get("code", ""))


def _page(
    status: int = HTTPStatus.OK, problem: dict[str, str] | None = None, open_form: str = "", **told: object
) -> Response:
    place, actor = installation(), access.actor()
    return access.page(
        "portal/own_account.html",
        status,
        sessions=queries.own_sessions(place, actor),
        this=sessions.key_of(place, actor.token),
        codes_left=queries.codes_left(actor),
        open_form=open_form,
        **({"problem": problem, "faults": {}} | told),
    )


def _back() -> Response:
    return pages.redirect_to(f"{access.english()}{OWN}")
