"""Who may call which route: one table, and the one guard that holds every request to it."""

import hmac
from collections.abc import Mapping
from enum import Enum
from functools import partial
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g, request

from site_api import pages
from site_api.errors import Conflict, NotAllowed, NotFound, SignInNeeded, TokenMissing
from site_api.installation import installation
from site_api.reviewers import slowing, workflow
from site_api.reviewers.models import Actor, Role
from site_api.reviewers.policy import (
    ACTS,
    KEEPERS,
    READERS,
    READERS_OF_MEASURES,
    READERS_OF_REPORTS,
    READERS_OF_WORDS,
    Act,
    may,
)

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
EVERYBODY = frozenset(Role)
PORTAL = "/tinjau/"
BESIDE = ("token", "version")


class Open(Enum):
    """Mark what needs no session."""

    ANYONE = "anyone"


ANYONE = Open.ANYONE
Callers = Open | frozenset[Role]

ROUTES: Mapping[str, Callers] = {
    "health.alive": ANYONE,
    "health.ready": ANYONE,
    "openapi_json.as_json": ANYONE,
    "openapi_page.page": ANYONE,
    "kept_data.page": ANYONE,
    "proofs.keys": ANYONE,
    "site.page": ANYONE,
    "feedback_public.form": ANYONE,
    "feedback_public.send": ANYONE,
    "feedback_public.start": ANYONE,
    "feedback_public.step": ANYONE,
    "feedback_public.track_form": ANYONE,
    "feedback_public.show_status": ANYONE,
    "feedback_public.withdraw": ANYONE,
    "by_code_public.write": ANYONE,
    "by_code_public.dispute": ANYONE,
    "by_code_public.rate": ANYONE,
    "by_code_public.save": ANYONE,
    "by_code_public.show_all": ANYONE,
    "by_code_public.erase": ANYONE,
    "by_code_api.add_message": ANYONE,
    "by_code_api.object_to": ANYONE,
    "by_code_api.give_rating": ANYONE,
    "by_code_api.give_all": ANYONE,
    "by_code_api.erase_now": ANYONE,
    "by_code_api.withdraw_now": ANYONE,
    "feedback_api.submit": ANYONE,
    "feedback_api.track": ANYONE,
    "feedback_api.answers": ANYONE,
    "hoax_reports_public.form": ANYONE,
    "hoax_reports_public.step": ANYONE,
    "hoax_reports_public.send": ANYONE,
    "hoax_reports_api.submit": ANYONE,
    "reviewers_public.sign_in_form": ANYONE,
    "reviewers_public.sign_in": ANYONE,
    "reviewers_public.invitation": ANYONE,
    "reviewers_public.accept": ANYONE,
    "reviewers_review.sign_out": EVERYBODY,
    "reviewers_review.own_account": EVERYBODY,
    "reviewers_review.end_session": EVERYBODY,
    "reviewers_review.end_other_sessions": EVERYBODY,
    "reviewers_review.change_password": EVERYBODY,
    "reviewers_review.renew_recovery_codes": EVERYBODY,
    "reviewers_review.renew_authenticator": EVERYBODY,
    "managing_review.accounts": KEEPERS,
    "managing_review.invite": KEEPERS,
    "managing_review.invite_again": KEEPERS,
    "managing_review.deactivate": KEEPERS,
    "lists_review.waiting": EVERYBODY,
    "lists_review.held": ACTS[Act.RELEASE],
    "lists_review.done": READERS,
    "lists_review.find": READERS,
    "lists_review.decline_spam": ACTS[Act.DECLINE],
    "lists_review.similar": READERS_OF_WORDS,
    "feedback_review.case": READERS,
    "feedback_review.release": ACTS[Act.RELEASE],
    "feedback_review.verify": ACTS[Act.VERIFY],
    "feedback_review.assign": ACTS[Act.ASSIGN],
    "feedback_review.answer": ACTS[Act.ANSWER],
    "feedback_review.write": ACTS[Act.WRITE],
    "feedback_review.publish": ACTS[Act.PUBLISH],
    "feedback_review.unpublish": ACTS[Act.UNPUBLISH],
    "feedback_review.decline": ACTS[Act.DECLINE],
    "feedback_review.extend": ACTS[Act.EXTEND],
    "feedback_review.note": ACTS[Act.NOTE],
    "feedback_review.erase": ACTS[Act.ERASE],
    "feedback_review.approve": ACTS[Act.DECIDE],
    "feedback_review.refuse": ACTS[Act.DECIDE],
    "feedback_review.take_back": ACTS[Act.TAKE_BACK],
    "feedback_review.opine": ACTS[Act.OPINE],
    "feedback_review.retract": ACTS[Act.OPINE],
    "taking_review.feedback_form": ACTS[Act.TAKE],
    "taking_review.take_feedback": ACTS[Act.TAKE],
    "taking_review.report_form": ACTS[Act.TAKE],
    "taking_review.take_report": ACTS[Act.TAKE],
    "answer_templates_review.listed": ACTS[Act.KEEP_TEMPLATES],
    "answer_templates_review.add": ACTS[Act.KEEP_TEMPLATES],
    "answer_templates_review.form": ACTS[Act.KEEP_TEMPLATES],
    "answer_templates_review.change": ACTS[Act.KEEP_TEMPLATES],
    "answer_templates_review.remove": ACTS[Act.KEEP_TEMPLATES],
    "hoax_reports_review.case": READERS_OF_REPORTS,
    "hoax_reports_review.release": ACTS[Act.FIND],
    "hoax_reports_review.verify": ACTS[Act.FIND],
    "hoax_reports_review.find": ACTS[Act.FIND],
    "hoax_reports_review.decline": ACTS[Act.FIND],
    "hoax_reports_review.erase": ACTS[Act.FIND],
    "hoax_reports_review.approve": ACTS[Act.FIND],
    "hoax_reports_review.refuse": ACTS[Act.FIND],
    "hoax_reports_review.take_back": ACTS[Act.FIND],
    "measures_review.all_measures": READERS_OF_MEASURES,
    "measures_review.look_up": ACTS[Act.LOOK_UP],
    "measures_review.propose": ACTS[Act.PROPOSE],
    "measures_review.case": READERS_OF_MEASURES,
    "measures_review.second": ACTS[Act.SECOND],
    "measures_review.refuse": ACTS[Act.REFUSE],
    "measures_review.tell": ACTS[Act.TELL],
    "measures_review.appeal": ACTS[Act.APPEAL],
    "measures_review.judge": ACTS[Act.JUDGE],
    "downloading_review.form": ACTS[Act.DOWNLOAD],
    "downloading_review.download": ACTS[Act.DOWNLOAD],
    "downloading_review.ask": ACTS[Act.DOWNLOAD],
    "downloading_review.take": ACTS[Act.DOWNLOAD],
    "downloading_review.take_back": ACTS[Act.DOWNLOAD],
    "downloading_review.approve": ACTS[Act.DECIDE],
    "downloading_review.refuse": ACTS[Act.DECIDE],
}


def callers_of(endpoint: str) -> Callers | None:
    """Give who may call an endpoint; English pages share the line of the Indonesian ones. None: nobody."""
    return ROUTES.get(endpoint.removeprefix("en_"))


def guard() -> Response | None:
    """Hold a request to the table; a route without a line refuses everybody."""
    if request.endpoint is None:
        return None
    callers = callers_of(request.endpoint)
    if callers is None:
        raise NotFound
    if isinstance(callers, Open):
        return None
    return _admit(callers)


def _admit(callers: frozenset[Role]) -> Response | None:
    place = installation()
    token = request.cookies.get(cookie_name("session"), "")
    actor = workflow.actor_of(place, token) if token else None
    if actor is None and request.method in SAFE:
        return pages.redirect_to(f"{english()}{PORTAL}masuk")
    if actor is None:
        raise SignInNeeded
    if request.method not in SAFE:
        check_form_token(actor.token)
    if actor.role not in callers:
        raise NotAllowed
    g.actor = actor
    return None


def check_form_token(secret: str) -> None:
    """Hold a form to the token of its session, and to its own site; raises TokenMissing."""
    expected = workflow.form_token(installation(), secret)
    given = request.form.get("token", "")
    from_elsewhere = request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")
    if not secret or from_elsewhere or not hmac.compare_digest(given.encode(), expected.encode()):
        raise TokenMissing


def check_version(version: int) -> None:
    """Hold a form to the version of the case that it was shown with; raises Conflict."""
    if request.form.get("version") != str(version):
        raise Conflict


def actor() -> Actor:
    """Give who acts in this request."""
    found: Actor = g.actor
    return found


def page(template: str, status: int = HTTPStatus.OK, **context: Any) -> Response:
    """Render a page of the portal."""
    return pages.render(template, status, **frame(), **context)


def frame() -> dict[str, Any]:
    """Give what the frame and the forms of a page of the portal need."""
    who = actor()
    token = workflow.form_token(installation(), who.token)
    return {"actor": who, "token": token, "may": partial(may, who)}


def sent(*flags: str) -> bytes:
    """Give what a form of the portal says, without what every one carries; flags as yes or no."""
    said = {name: text for name, text in request.form.items() if name not in BESIDE}
    return pages.form_as_json(said, flags)


def english() -> str:
    """Give what stands before the addresses of the language of this page."""
    return "/en" if request.path.startswith("/en/") else ""


def cookie_name(purpose: str) -> str:
    """Give the name of a cookie; over TLS the browser itself holds it to this host."""
    return f"__Host-{purpose}" if installation().settings.is_secure else purpose


def set_cookie(response: Response, purpose: str, value: str) -> None:
    """Set a cookie that no script reads and no other site sends."""
    response.set_cookie(cookie_name(purpose), value, **_how_kept())


def delete_cookie(response: Response, purpose: str) -> None:
    """Take a cookie back, with all that a browser asks of its name."""
    response.delete_cookie(cookie_name(purpose), **_how_kept())


def _how_kept() -> dict[str, Any]:
    secure = installation().settings.is_secure
    return {"httponly": True, "samesite": "Lax", "secure": secure, "path": "/"}


def init_app(app: Flask) -> None:
    """Put the guard before every request, and count who guesses."""
    slowing.init_app(app)
    app.before_request(guard)
