"""What an administrator does: invites people, gives new links, switches accounts off; reads no case."""

from http import HTTPStatus

from flask import Blueprint, Response, request

from site_api import pages
from site_api.errors import Invalid, Problem
from site_api.installation import installation
from site_api.intake import read
from site_api.reviewers import access, invitations, queries
from site_api.reviewers.models import Role
from site_api.reviewers.schemas import NewAccount

blueprint = Blueprint("managing_review", __name__, url_prefix="/tinjau")


@blueprint.get("/pengguna")
def accounts() -> Response:
    """List all accounts, and ask whom to invite."""
    return _page()


@blueprint.post("/pengguna")
def invite() -> Response:
    """Make an account and show its link, this once."""
    place, typed = installation(), {name: text for name, text in request.form.items() if name != "token"}
    try:
        new = read(NewAccount, pages.form_as_json(typed))
        token = invitations.invite(place, access.actor().name, new)
    except Invalid as problem:
        return _page(problem.status, problem)
    return _link_page(new.name, token)


@blueprint.post("/pengguna/<name>/tautan")
def invite_again(name: str) -> Response:
    """Show a new link for who has lost the authenticator, this once."""
    return _link_page(name, invitations.invite_again(installation(), access.actor().name, name))


@blueprint.post("/pengguna/<name>/nonaktif")
def deactivate(name: str) -> Response:
    """Switch an account off."""
    invitations.deactivate(installation(), access.actor().name, name)
    return pages.redirect_to(f"{access.english()}{access.PORTAL}pengguna")


def _link_page(name: str, token: str) -> Response:
    address = invitations.address_of(installation(), token)
    return access.page("portal/link.html", HTTPStatus.CREATED, name=name, address=address)


def _page(status: int = HTTPStatus.OK, problem: Problem | None = None) -> Response:
    return access.page(
        "portal/accounts.html",
        status,
        accounts=queries.accounts(),
        roles=tuple(Role),
        typed=request.form,
        **pages.told(problem),
    )
