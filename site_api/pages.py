"""How the app's own pages are rendered: one frame that begins with 112, in the language of the address."""

from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from typing import Any

import segno
from flask import Response, g, json, make_response, render_template, request
from flask import redirect as found
from markupsafe import Markup

from site_api import form_tokens, proofs
from site_api.cases import HoldReason
from site_api.errors import (
    BadRequest,
    FieldFault,
    IdempotencyKeyInvalid,
    IdempotencyMismatch,
    Invalid,
    Problem,
    UnsupportedMediaType,
)
from site_api.installation import Installation, installation
from site_api.intake import grouped, idempotency_key
from site_api.settings import LANGUAGES
from site_api.texts import language_of_page

QR_MASK = 4
CHOICES = ("happened", "kind", "service", "confidential", "in_danger", "may_publish", "may_pass_on", "class")
MISSING = {
    **dict.fromkeys(
        (*CHOICES, "channel", "agency", "role", "outcome", "finding", "rating", "caller", "step"),
        "fields.missing_choice",
    ),
    **dict.fromkeys(
        ("message", "objection", "text_id", "summary_id", "grounds", "appeal"), "fields.missing_words"
    ),
    **dict.fromkeys(("time", "district", "place", "agencies"), "fields.missing_or_unknown"),
}
"""How people are told to fill a gap, where the general words would leave them guessing."""


def render(template: str, status: int = HTTPStatus.OK, **context: Any) -> Response:
    """Render a page; nothing of it may be kept by a browser or a proxy."""
    place = installation()
    language = language_of_page(request.path)
    page = render_template(template, **frame(place, language), **context)
    response = make_response(page, status)
    response.cache_control.no_store = True
    return response


def redirect_to(address: str) -> Response:
    """Send the browser on to a page of ours after a form."""
    response = make_response(found(address, HTTPStatus.SEE_OTHER))
    response.cache_control.no_store = True
    return response


def frame(place: Installation, language: str) -> dict[str, Any]:
    """Give what every page needs: language, words, charter, and the way to the other pages."""
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    return {
        "language": language,
        "other_language": other,
        "base": "" if language == LANGUAGES[0] else f"/{language}",
        "other_base": "" if other == LANGUAGES[0] else f"/{other}",
        "charter": place.charter,
        "say": partial(place.texts.say, language),
        "zone": place.zone,
        "agency_words": partial(_agency_words, place),
    }


def _agency_words(place: Installation, key: str) -> str:
    """Give the short name of an agency; one that the charter no longer has keeps its key."""
    agency = place.charter.agency.get(key)
    return agency.short if agency else key


def words_of(problem: Problem) -> dict[str, str]:
    """Give title and detail of a problem in the language of the page."""
    say = partial(installation().texts.say, language_of_page(request.path))
    return {part: say(f"errors.{problem.key}.{part}", **problem.values) for part in ("title", "detail")}


def told(problem: Problem | None) -> dict[str, Any]:
    """Give what a page says of a problem: in all, and of each field its first fault."""
    if problem is None:
        return {"problem": None, "faults": {}}
    say = partial(installation().texts.say, language_of_page(request.path))
    faults = reversed(problem.faults) if isinstance(problem, Invalid) else ()
    return {
        "problem": words_of(problem),
        "faults": {fault.field.split("/")[0]: say(_what(fault), **fault.values) for fault in faults},
    }


def _what(fault: FieldFault) -> str:
    general = f"fields.{fault.what}"
    return MISSING.get(fault.field, general) if fault.what == "missing" else general


def key_of_form(sent: str | None, problem: Problem | None) -> str:
    """Give the key of a form: the one it was sent with, unless that key is what was refused."""
    is_refused = isinstance(problem, IdempotencyKeyInvalid | IdempotencyMismatch)
    return idempotency_key(None) if is_refused or not sent else sent


def hold_reason(form: Mapping[str, str] | None = None) -> HoldReason | None:
    """Tell why what is sent now has to wait apart from the queue, if it has to; programs send no form."""
    found = form_tokens.suspicion(installation(), form) if form is not None else None
    if g.get("is_over_system_limit"):
        found = found or HoldReason.SYSTEM_LIMIT
    g.hold_reason = found
    return found


def given_form(typed: Mapping[str, str]) -> dict[str, str]:
    """Give the hidden fields of a form: the time it was first given stays, also when it is shown again."""
    return {
        form_tokens.TOKEN: typed.get(form_tokens.TOKEN) or form_tokens.given(installation()),
        form_tokens.HONEYPOT: typed.get(form_tokens.HONEYPOT, ""),
    }


def form_as_json(form: Mapping[str, str], flags: tuple[str, ...] = (), lists: tuple[str, ...] = ()) -> bytes:
    """Give a plain form as the JSON that a program would send: empty fields left out, flags as yes or no."""
    # A part of a multipart form may have no name at all.
    sent: dict[str, Any] = {
        name: value for name, value in form.items() if name and value and name not in flags
    }
    sent.update({name: form.get(name, "no") != "no" for name in flags})
    sent.update({name: form.getlist(name) for name in lists})  # type: ignore[attr-defined]
    return json.dumps(sent).encode()


def json_body() -> bytes:
    """Give the body of a JSON request; raises UnsupportedMediaType, or BadRequest for an empty one."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    body = request.get_data()
    if not body:
        raise BadRequest
    return body


def receipt(case: Any, code: str) -> dict[str, Any]:
    """Give what the sender must keep; the code is shown this once."""
    proof = proofs.of_case(installation(), case)
    return {"tracking_code": grouped(code), "number": case.number, **times(case), "proof": proof}


def receipt_page(template: str, case: Any, code: str, **more: Any) -> Response:
    """Render what the sender must keep: the code, shown this once, and the proof, also for a camera."""
    proof = proofs.of_case(installation(), case)
    picture = qr_code(proof) if proof else None
    shown = {"case": case, "code": grouped(code), "proof": proof, "picture": picture}
    return render(template, HTTPStatus.CREATED, **shown, **more)


def qr_code(text: str) -> Markup:
    """Draw a text as a QR code, black on white in any colours of the page."""
    # Of the eight masks one is given: weighing all takes most of the time, and every reader knows each.
    code = segno.make_qr(text, error="m", boost_error=False, mask=QR_MASK)
    drawn = code.svg_inline(omitsize=True, light="#fff", svgclass="p-proof__code", lineclass=None)
    return Markup(drawn)  # noqa: S704 (drawn by us)


def times(case: Any) -> dict[str, str | None]:
    """Give when a case came and until when it is read and answered, if that is promised."""
    days = {name: getattr(case, name, None) for name in ("verify_by", "answer_by")}
    received = case.received_at.astimezone(installation().zone).isoformat()
    return {"received_at": received} | {name: day.isoformat() if day else None for name, day in days.items()}
