"""The way out of the portal."""

from flask import Blueprint, Response

from site_api import pages
from site_api.installation import installation
from site_api.reviewers import access, workflow

blueprint = Blueprint("reviewers_review", __name__, url_prefix="/tinjau")


@blueprint.post("/keluar")
def sign_out() -> Response:
    """End the session on the server and in the browser."""
    workflow.sign_out(installation(), access.actor())
    response = pages.redirect_to(f"{access.english()}{access.PORTAL}masuk")
    access.delete_cookie(response, "session")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
