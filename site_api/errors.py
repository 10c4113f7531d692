"""What can go wrong in a request, each failure with its HTTP status."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import ClassVar

from werkzeug.exceptions import HTTPException

KEPT_HEADERS = ("Allow", "Content-Range", "Retry-After")


class Problem(Exception):
    """A failure that is answered with its own status and words."""

    status: HTTPStatus
    key: ClassVar[str]
    type: ClassVar[str] = "about:blank"
    built_page: ClassVar[str | None] = None

    def __init__(
        self, *, members: Mapping[str, object] | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        """Keep what the answer carries besides its words."""
        super().__init__(self.key)
        self.members = dict(members or {})
        self.headers = dict(headers or {})


class BadRequest(Problem):
    """The request cannot be read."""

    status = HTTPStatus.BAD_REQUEST
    key = "bad_request"


class NotFound(Problem):
    """There is nothing at this address."""

    status = HTTPStatus.NOT_FOUND
    key = "not_found"
    built_page = "404.html"


class MethodNotAllowed(Problem):
    """The address is there, but not for this method."""

    status = HTTPStatus.METHOD_NOT_ALLOWED
    key = "method_not_allowed"


class PayloadTooLarge(Problem):
    """The body is over the limit."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    key = "payload_too_large"


class Fault(Problem):
    """Something of ours broke."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    key = "fault"


class Unavailable(Problem):
    """The app runs but cannot serve this now."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    key = "unavailable"


class SiteNotBuilt(Unavailable):
    """The pages have not been built yet."""

    key = "site_not_built"

    def __init__(self) -> None:
        """Name the check that fails, as /readyz does."""
        super().__init__(members={"checks": {"charter": "ok", "site": "not built"}})


PROBLEMS: tuple[type[Problem], ...] = (
    BadRequest,
    NotFound,
    MethodNotAllowed,
    PayloadTooLarge,
    Fault,
    Unavailable,
    SiteNotBuilt,
)
OF_STATUS = {problem.status: problem for problem in reversed(PROBLEMS)}


def problem_from(error: Exception) -> Problem:
    """Give the problem that stands for any exception; an unforeseen one becomes a Fault."""
    if isinstance(error, Problem):
        return error
    if not isinstance(error, HTTPException):
        return Fault()
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    nearest = OF_STATUS.get(status) or (Fault if status >= HTTPStatus.INTERNAL_SERVER_ERROR else BadRequest)
    problem = nearest(headers={name: text for name, text in error.get_headers() if name in KEPT_HEADERS})
    problem.status = status
    return problem
