"""The way into the portal: one form for name, password and code, and the page of a link."""

import secrets
from http import HTTPStatus
from textwrap import wrap

from flask import Blueprint, Response, request

from site_api import pages
from site_api.errors import Invalid, Problem
from site_api.installation import installation
from site_api.reviewers import access, authenticator, invitations, workflow
from site_api.reviewers.credentials import Credentials, Refused
from site_api.reviewers.invitations import LinkOver
from site_api.reviewers.models import Invitation
from site_api.reviewers.slowing import Slowed, answer, slowly

LONGEST_FIELD = 2048  # a password of 256 signs may be sent with each mark of a letter apart

blueprint = Blueprint("reviewers_public", __name__, url_prefix="/tinjau")


@blueprint.get("/masuk")
def sign_in_form() -> Response:
    """Ask for name, password and code."""
    return _sign_in_page()


@blueprint.post("/masuk")
def sign_in() -> Response:
    """Start a session; whatever was wrong, the answer is the same."""
    _check_entry()
    name, password, code = (
        request.form.get(field, "")[:LONGEST_FIELD] for field in ("name", "password", "code")
    )
    try:
        with slowly(name):
            token = workflow.sign_in(installation(), Credentials(name, password, code))
    except (Refused, Slowed) as error:
        return answer(error, _sign_in_page)
    response = pages.redirect_to(f"{access.english()}{access.PORTAL}")
    access.set_cookie(response, "session", token)
    return response


@blueprint.get("/undangan")
def invitation() -> Response:
    """Show what an invited person has to do; looking uses nothing up."""
    return _invitation_page(request.args.get("kode", ""))


@blueprint.post("/undangan")
def accept() -> Response:
    """Set password and authenticator, and show the recovery codes this once."""
    _check_entry()
    place, token = installation(), request.form.get("kode", "")
    password, code = request.form.get("new_password", ""), request.form.get("code", "")
    try:
        codes = invitations.accept(place, invitations.opened(place, token), password, code)
    except Invalid as problem:
        return _invitation_page(token, problem)
    except LinkOver:
        return _over()
    return pages.render("portal/recovery_codes.html", HTTPStatus.CREATED, codes=codes, actor=None)


def _check_entry() -> None:
    access.check_form_token(request.cookies.get(access.cookie_name("entry"), ""))


def _sign_in_page(status: int = HTTPStatus.OK, problem: dict[str, str] | None = None) -> Response:
    session = request.cookies.get(access.cookie_name("session"), "")
    is_over = bool(session) and workflow.actor_of(installation(), session) is None
    return _with_entry("portal/sign_in.html", status, problem=problem, is_over=is_over)


def _invitation_page(token: str, problem: Problem | None = None) -> Response:
    try:
        found = invitations.opened(installation(), token)
    except LinkOver:
        return _over()
    status = problem.status if problem else HTTPStatus.OK
    return _with_entry(
        "portal/invitation.html",
        status,
        code=token,
        account=found.reviewer,
        **_secret(found),
        **pages.told(problem),
    )


def _over() -> Response:
    return pages.render("portal/link_over.html", HTTPStatus.NOT_FOUND)


def _secret(found: Invitation) -> dict[str, object]:
    """Give the secret of the new authenticator as text, as an address and as a picture."""
    place = installation()
    secret = authenticator.secret_of(place.settings.secret_key, found.totp_salt)
    address = authenticator.address_of(secret, found.reviewer.name, place.charter.info.name.id)
    return {"secret": " ".join(wrap(secret, 4)), "address": address, "picture": pages.qr_code(address)}


def _with_entry(template: str, status: int, **context: object) -> Response:
    """Render a form for who has no session yet, held to this browser by a cookie of its own."""
    entry = secrets.token_urlsafe(32)
    token = workflow.form_token(installation(), entry)
    response = pages.render(template, status, token=token, **context)
    access.set_cookie(response, "entry", entry)
    return response
