"""What each kind of problem is called outside: its type as RFC 9457 has it."""

from collections.abc import Iterator

from site_api.errors import (
    BadRequest,
    Fault,
    MethodNotAllowed,
    NotFound,
    PayloadTooLarge,
    Problem,
    Unavailable,
    UnsupportedMediaType,
)

PLAIN: tuple[type[Problem], ...] = (
    BadRequest,
    NotFound,
    MethodNotAllowed,
    PayloadTooLarge,
    UnsupportedMediaType,
    Fault,
    Unavailable,
)


def _kinds(base: type[Problem]) -> Iterator[type[Problem]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _kinds(kind)


NAMED = tuple(kind for kind in _kinds(Problem) if kind not in PLAIN)
PROBLEMS = PLAIN + NAMED


def type_of(kind: type[Problem]) -> str:
    """Give the type of a kind of problem (RFC 9457): what the status alone says is about:blank."""
    return "about:blank" if kind in PLAIN else f"urn:piagam112:{kind.key}"
