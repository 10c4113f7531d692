"""Texts of the site go out compressed; what the app writes itself does not, for it may hold a secret."""

import gzip
from http import HTTPStatus

from flask import Response, request

LEAST = 1024  # bytes; below that there is little to win
OTHER_TEXTS = frozenset(
    {
        "application/atom+xml",
        "application/javascript",
        "application/json",
        "application/ld+json",
        "application/manifest+json",
        "application/xml",
        "image/svg+xml",
    }
)


def pack(response: Response) -> None:
    """Compress a file's text for a browser that takes gzip; both forms share one weak tag."""
    kind = response.mimetype or ""
    if not (kind.startswith("text/") or kind in OTHER_TEXTS):
        return
    response.vary.add("Accept-Encoding")
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)
    if _is_worth_it(response):
        response.direct_passthrough = False
        response.set_data(gzip.compress(response.get_data(), mtime=0))
        response.content_encoding = "gzip"
        del response.headers["Accept-Ranges"]


def _is_worth_it(response: Response) -> bool:
    return (
        response.status_code == HTTPStatus.OK
        and (response.content_length or 0) >= LEAST
        and request.accept_encodings["gzip"] > 0
    )
