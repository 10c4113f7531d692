"""How much a request may carry: more is read, dropped and refused by name."""

from flask import Flask, request

from site_api.errors import PayloadTooLarge

LARGEST_BODY = 64 * 1024
READ_AND_DROPPED = 16 * 1024 * 1024
CHUNK = 64 * 1024


def refuse_large_bodies() -> None:
    """Answer 413 only after the body is read, so that the sender sees the answer and no broken line."""
    length = request.content_length or 0
    if length <= LARGEST_BODY:
        return
    stream = request.environ["wsgi.input"]
    left = min(length, READ_AND_DROPPED)
    while left > 0 and (chunk := stream.read(min(CHUNK, left))):
        left -= len(chunk)
    raise PayloadTooLarge(values={"limit": LARGEST_BODY // 1024}, headers={"Connection": "close"})


def init_app(app: Flask) -> None:
    """Set the limits of an app."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_BODY
    app.before_request(refuse_large_bodies)
