"""How much a request may carry: more is read, dropped and refused by name."""

from io import BytesIO

from flask import Flask, request

from site_api.errors import PayloadTooLarge

LARGEST_BODY = 64 * 1024
READ_AND_DROPPED = 16 * 1024 * 1024
CHUNK = 64 * 1024


def refuse_large_bodies() -> None:
    """Answer 413 only after the body is read, so that the sender sees the answer and no broken line."""
    stream, length = request.environ["wsgi.input"], request.content_length
    if length is not None:
        left, is_large = min(length, READ_AND_DROPPED), length > LARGEST_BODY
    elif request.environ.get("wsgi.input_terminated"):  # in chunks: only reading tells how much it is
        body = stream.read(LARGEST_BODY + 1)
        request.environ["wsgi.input"] = BytesIO(body)
        left, is_large = READ_AND_DROPPED, len(body) > LARGEST_BODY
    else:
        return
    if is_large:
        while left > 0 and (chunk := stream.read(min(CHUNK, left))):
            left -= len(chunk)
        raise PayloadTooLarge(headers={"Connection": "close"})


def init_app(app: Flask) -> None:
    """Set the limits of an app."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_BODY
    app.before_request(refuse_large_bodies)
