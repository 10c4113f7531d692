"""The way into the portal."""

import secrets
from http import HTTPStatus

from flask import Blueprint, Response, request

from site_api import pages
from site_api.errors import Invalid
from site_api.installation import installation
from site_api.intake import read
from site_api.reviewers import access, workflow
from site_api.reviewers.schemas import SignIn

blueprint = Blueprint("reviewers_public", __name__, url_prefix="/tinjau")


@blueprint.get("/masuk")
def sign_in_form() -> Response:
    """Ask for name and password."""
    return _form()


@blueprint.post("/masuk")
def sign_in() -> Response:
    """Start a session; a wrong name and a wrong password look the same."""
    access.check_form_token(request.cookies.get(access.cookie_name("entry"), ""))
    place = installation()
    try:
        sent = read(
            SignIn, pages.form_as_json({name: request.form.get(name, "") for name in ("name", "password")})
        )
        token = workflow.sign_in(place, sent)
    except Invalid:
        token = None
    if token is None:
        return _form(is_refused=True)
    response = pages.redirect_to(f"{access.english()}{access.PORTAL}")
    access.set_cookie(response, "session", token)
    return response


def _form(*, is_refused: bool = False) -> Response:
    entry = secrets.token_urlsafe(32)
    status = HTTPStatus.FORBIDDEN if is_refused else HTTPStatus.OK
    token = workflow.form_token(installation(), entry)
    response = pages.render("portal/sign_in.html", status, token=token, is_refused=is_refused)
    access.set_cookie(response, "entry", entry)
    return response
