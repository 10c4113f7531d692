"""The desks' own page of answers to begin from."""

from flask import Blueprint, Response, request

from charter_data.snapshot import Outcome
from site_api import pages
from site_api.answer_templates import queries, workflow
from site_api.answer_templates.models import AnswerTemplate
from site_api.answer_templates.schemas import NewTemplate
from site_api.errors import Problem
from site_api.installation import installation
from site_api.intake import read
from site_api.reviewers import access

blueprint = Blueprint("answer_templates_review", __name__, url_prefix="/tinjau/contoh-jawaban")


@blueprint.get("/")
def listed() -> Response:
    """List the templates, with a form for one more."""
    return _page()


@blueprint.post("/")
def add() -> Response:
    """Keep a new template."""
    try:
        workflow.add(installation(), access.actor(), read(NewTemplate, access.sent()))
    except Problem as problem:
        return _page(problem=problem)
    return _back()


@blueprint.get("/<int:key>")
def form(key: int) -> Response:
    """Show one template to be changed or removed."""
    return _page(queries.one(key))


@blueprint.post("/<int:key>")
def change(key: int) -> Response:
    """Change a template."""
    template = queries.one(key)
    try:
        access.check_version(template.version)
        workflow.change(installation(), access.actor(), template, read(NewTemplate, access.sent()))
    except Problem as problem:
        return _page(queries.one(key), problem)
    return _back()


@blueprint.post("/<int:key>/hapus")
def remove(key: int) -> Response:
    """Remove a template."""
    template = queries.one(key)
    access.check_version(template.version)
    workflow.remove(installation(), access.actor(), template)
    return _back()


def _back() -> Response:
    return pages.redirect_to(f"{access.english()}{access.PORTAL}contoh-jawaban/")


def _page(edited: AnswerTemplate | None = None, problem: Problem | None = None) -> Response:
    return access.page(
        "portal/answer_templates.html",
        problem.status if problem else 200,
        templates=queries.all_of_them(),
        edited=edited,
        outcomes=tuple(Outcome),
        typed=request.form if problem else {},
        **pages.told(problem),
    )
