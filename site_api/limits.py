"""How much a request may carry, and that it came whole: what is more, or less, is refused by name."""

from io import BytesIO
from typing import IO

from flask import Flask, request

from site_api.errors import BadRequest, PayloadTooLarge

LARGEST_BODY = 64 * 1024
READ_AND_DROPPED = 16 * 1024 * 1024
CHUNK = 64 * 1024
LAST = {"Connection": "close"}


def take_body() -> None:
    """Read the body before anything is done with it; raises PayloadTooLarge, or BadRequest if it was cut off.

    A server gives what has come when a line is lost: half a form would be stored as if it were the whole.
    """
    environ, length = request.environ, request.content_length
    stream = environ["wsgi.input"]
    if length is None and not environ.get("wsgi.input_terminated"):
        return
    body = _read(stream, LARGEST_BODY + 1 if length is None else min(length, LARGEST_BODY + 1))
    if len(body) > LARGEST_BODY:
        _drop(stream, READ_AND_DROPPED if length is None else min(length, READ_AND_DROPPED) - len(body))
        raise PayloadTooLarge(headers=LAST)
    if length is not None and len(body) < length:
        raise BadRequest(headers=LAST)
    environ["wsgi.input"] = BytesIO(body)


def _read(stream: IO[bytes], most: int) -> bytes:
    try:
        return stream.read(most)
    except Exception as error:  # each server has its own for a body that breaks off between two chunks
        raise BadRequest(headers=LAST) from error


def _drop(stream: IO[bytes], left: int) -> None:
    """Read what is too much, so that the sender sees the answer and no broken line."""
    while left > 0 and (chunk := _read(stream, min(CHUNK, left))):
        left -= len(chunk)


def init_app(app: Flask) -> None:
    """Set the limits of an app; Flask's own for a whole body would count again what has been let through."""
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_BODY
    app.before_request(take_body)
