"""The description of the API (OpenAPI 3.1), made from routes, models and failures: as JSON and as a page."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from inspect import getdoc
from typing import Any, get_args

from flask import Blueprint, Flask, Response, current_app
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from werkzeug.routing import Rule

from site_api import health, pages, proving
from site_api.errors import (
    AlreadyDisputed,
    AlreadyRated,
    BadRequest,
    CannotStore,
    CodeUnknown,
    Conflict,
    IdempotencyKeyInvalid,
    IdempotencyMismatch,
    IntakeClosed,
    Invalid,
    NotReady,
    OutcomeUnknown,
    PayloadTooLarge,
    Problem,
    TooManyCodes,
    TooManyMessages,
    TooManyRequests,
    UnsupportedMediaType,
)
from site_api.feedback import by_code
from site_api.feedback import public as feedback
from site_api.feedback.schemas import Code, NewFeedback, NewMessage, NewObjection, NewRating
from site_api.hoax_reports import public as hoax_reports
from site_api.hoax_reports.schemas import NewHoaxReport
from site_api.intake import KEY_FORM, Submission
from site_api.problem_types import type_of
from site_api.proofs import PublicKeys
from site_api.shapes import (
    Acted,
    Alive,
    Erased,
    KeptFeedback,
    KeptReport,
    ProblemBody,
    PublishedAnswers,
    Ready,
    Receipt,
    TrackedFeedback,
    TrackedReport,
)

VERSION = "1.0.0"
LICENSE = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
SCHEMAS = "#/components/schemas/"
DESCRIBED: tuple[Blueprint, ...] = (
    health.blueprint,
    proving.blueprint,
    feedback.api,
    by_code.api,
    hoax_reports.api,
)
OF_A_BODY = (BadRequest, PayloadTooLarge, UnsupportedMediaType, Invalid)
OF_A_CODE = (*OF_A_BODY, CodeUnknown, TooManyRequests, TooManyCodes)
OF_ACTING = (*OF_A_CODE, Conflict, CannotStore, OutcomeUnknown)
OF_STORING = (
    *OF_A_BODY,
    TooManyRequests,
    IntakeClosed,
    IdempotencyKeyInvalid,
    IdempotencyMismatch,
    CannotStore,
    OutcomeUnknown,
)


TOO_LONG = "414", {"description": "The line of the request is longer than the web server in front reads."}


@dataclass(frozen=True)
class Operation:
    """Hold what the code of a view does not say: what it takes and gives, and how it fails."""

    gives: Any
    status: HTTPStatus = HTTPStatus.OK
    takes: type[Submission] | None = None
    filters: tuple[str, ...] = ()
    problems: tuple[type[Problem], ...] = ()
    has_key: bool = False


OPERATIONS = {
    "health.alive": Operation(Alive),
    "proofs.keys": Operation(PublicKeys),
    "health.ready": Operation(Ready, problems=(NotReady,)),
    "feedback_api.submit": Operation(
        Receipt, HTTPStatus.CREATED, NewFeedback, problems=OF_STORING, has_key=True
    ),
    "feedback_api.track": Operation(TrackedFeedback | TrackedReport, takes=Code, problems=OF_A_CODE),
    "by_code_api.add_message": Operation(Acted, takes=NewMessage, problems=(*OF_ACTING, TooManyMessages)),
    "by_code_api.object_to": Operation(Acted, takes=NewObjection, problems=(*OF_ACTING, AlreadyDisputed)),
    "by_code_api.give_rating": Operation(Acted, takes=NewRating, problems=(*OF_ACTING, AlreadyRated)),
    "by_code_api.give_all": Operation(KeptFeedback | KeptReport, takes=Code, problems=OF_A_CODE),
    "by_code_api.erase_now": Operation(Erased, takes=Code, problems=OF_ACTING),
    "by_code_api.withdraw_now": Operation(Acted, takes=Code, problems=OF_ACTING),
    "feedback_api.answers": Operation(PublishedAnswers, filters=("clause", "service"), problems=(Invalid,)),
    "hoax_reports_api.submit": Operation(
        Receipt, HTTPStatus.CREATED, NewHoaxReport, problems=OF_STORING, has_key=True
    ),
}

programs = Blueprint("openapi_json", __name__)
people = Blueprint("openapi_page", __name__)


@programs.get("/api/openapi.json")
def as_json() -> Response:
    """Give the description for programs."""
    return Response(text(current_app), mimetype="application/json")


@people.get("/api/")
def page() -> Response:
    """Show the description for people."""
    return pages.render("api.html", described=description(current_app))


def text(app: Flask) -> str:
    """Give the description as it lies in docs/developers/openapi.json: the same code gives the same bytes."""
    return json.dumps(description(app), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def description(app: Flask) -> dict[str, Any]:
    """Give the description of the routes of an app that OPERATIONS tells of."""
    schemas, components = _schemas()
    paths: dict[str, dict[str, Any]] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if operation := OPERATIONS.get(rule.endpoint):
            method = next(iter((rule.methods or set()) - {"HEAD", "OPTIONS"})).lower()
            paths.setdefault(rule.rule, {})[method] = _described(app, rule, operation, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Piagam 112",
            "version": VERSION,
            "license": LICENSE,
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": components},
    }


def _schemas() -> tuple[dict[type[BaseModel], Any], dict[str, Any]]:
    """Give the schema of every model that is taken or given, and those that they need."""
    given = {shape for one in OPERATIONS.values() for shape in _shapes(one.gives)} | {ProblemBody}
    taken = {one.takes for one in OPERATIONS.values() if one.takes}
    models = [
        *((model, "serialization") for model in sorted(given, key=lambda model: model.__name__)),
        *((model, "validation") for model in sorted(taken, key=lambda model: model.__name__)),
    ]
    refs, whole = models_json_schema(models, ref_template=f"{SCHEMAS}{{model}}")  # type: ignore[arg-type]
    return {model: ref for (model, _), ref in refs.items()}, whole["$defs"]  # type: ignore[misc]


def _shapes(gives: Any) -> tuple[type[BaseModel], ...]:
    return get_args(gives) or (gives,)


def _described(app: Flask, rule: Rule, operation: Operation, schemas: Any) -> dict[str, Any]:
    summary = (getdoc(app.view_functions[rule.endpoint]) or "").rstrip(".")
    told: dict[str, Any] = {"operationId": _name(rule.endpoint), "summary": summary}
    if operation.takes:
        body = {"application/json": {"schema": schemas[operation.takes]}}
        told["requestBody"] = {"required": True, "content": body}
    if parameters := [*_parameters(operation)]:
        told["parameters"] = parameters
    told["responses"] = dict(_responses(operation, schemas))
    return told


def _parameters(operation: Operation) -> Iterator[dict[str, Any]]:
    for name in operation.filters:
        yield {"name": name, "in": "query", "required": False, "schema": {"type": "string"}}
    if operation.has_key:
        yield {
            "name": "Idempotency-Key",
            "in": "header",
            "required": False,
            "description": "the same key and body give the same answer; a repeat stores nothing twice",
            "schema": {"type": "string", "pattern": f"^{KEY_FORM.pattern}$"},
        }


def _responses(operation: Operation, schemas: Any) -> Iterator[tuple[str, Any]]:
    shapes = [schemas[shape] for shape in _shapes(operation.gives)]
    schema = shapes[0] if len(shapes) == 1 else {"anyOf": shapes}
    given = {"application/json": {"schema": schema}}
    answer = {"description": operation.status.phrase, "content": given}
    links = dict(_links(operation))
    yield str(int(operation.status)), answer | ({"links": links} if links else {})
    body = {"application/problem+json": {"schema": schemas[ProblemBody]}}
    for status in sorted({problem.status for problem in operation.problems}):
        kinds = [problem for problem in operation.problems if problem.status is status]
        said = " ".join(f"{getdoc(kind)} ({type_of(kind)})" for kind in kinds)
        yield str(int(status)), {"description": said, "content": body}
    if operation.filters:
        yield TOO_LONG


def _links(operation: Operation) -> Iterator[tuple[str, Any]]:
    """Say what the code of a receipt opens: for a report only what takes nothing but the code."""
    if operation.gives is not Receipt:
        return
    for endpoint, other in OPERATIONS.items():
        is_for_both = operation.takes is NewFeedback or other.gives is not Acted
        if is_for_both and other.takes and issubclass(other.takes, Code):
            code = {"tracking_code": "$response.body#/tracking_code"}
            yield endpoint.partition(".")[2], {"operationId": _name(endpoint), "requestBody": code}


def _name(endpoint: str) -> str:
    return endpoint.replace(".", "_")


def main() -> None:
    """Print the description of this code; it needs no keys and no database."""
    app = Flask(__name__)
    for described in DESCRIBED:
        app.register_blueprint(described)
    sys.stdout.write(text(app))
