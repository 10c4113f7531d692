"""What can go wrong in a request, each failure with its HTTP status and its name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as filled
from http import HTTPStatus
from typing import ClassVar


class Problem(Exception):
    """A failure that is answered with its own status and words; `values` fill the words."""

    status: HTTPStatus
    key: ClassVar[str]
    built_page: ClassVar[str | None] = None

    def __init__(
        self,
        *,
        members: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        values: Mapping[str, object] | None = None,
    ) -> None:
        """Keep what the answer carries besides its words."""
        super().__init__(self.key)
        self.members = dict(members or {})
        self.headers = dict(headers or {})
        self.values = dict(values or {})


class BadRequest(Problem):
    """The request cannot be read."""

    status = HTTPStatus.BAD_REQUEST
    key = "bad_request"


class IdempotencyKeyInvalid(BadRequest):
    """The Idempotency-Key can be guessed or is no key at all."""

    key = "idempotency_key_invalid"


class IntakeClosed(Problem):
    """The city takes no feedback now."""

    status = HTTPStatus.FORBIDDEN
    key = "intake_closed"


class TokenMissing(Problem):
    """A form of the portal came without the token of its session."""

    status = HTTPStatus.FORBIDDEN
    key = "token_missing"


class NotAllowed(Problem):
    """The reviewer's role does not reach this."""

    status = HTTPStatus.FORBIDDEN
    key = "not_allowed"


class SignInNeeded(Problem):
    """Only somebody who has signed in may see this."""

    status = HTTPStatus.UNAUTHORIZED
    key = "sign_in_needed"


class NotFound(Problem):
    """There is nothing at this address."""

    status = HTTPStatus.NOT_FOUND
    key = "not_found"
    built_page = "404.html"


class CodeUnknown(Problem):
    """No feedback and no report has this tracking code."""

    status = HTTPStatus.NOT_FOUND
    key = "code_unknown"


class CaseUnknown(Problem):
    """No case of this number is within the reviewer's sight."""

    status = HTTPStatus.NOT_FOUND
    key = "case_unknown"


class MethodNotAllowed(Problem):
    """The address is there, but not for this method."""

    status = HTTPStatus.METHOD_NOT_ALLOWED
    key = "method_not_allowed"


class Conflict(Problem):
    """Somebody else was faster: the case is no longer in a state from which this is possible."""

    status = HTTPStatus.CONFLICT
    key = "conflict"


class AlreadyPublished(Conflict):
    """The answer stands on the site already."""

    key = "already_published"


class AlreadyExtended(Conflict):
    """The answer has been given more time once already."""

    key = "already_extended"


class PublishingRefused(Conflict):
    """The writer did not allow a summary to be published."""

    key = "publishing_refused"


class AlreadyDisputed(Conflict):
    """The writer has objected once already."""

    key = "already_disputed"


class AlreadyRated(Conflict):
    """The answer has its rating already."""

    key = "already_rated"


class TooManyMessages(Conflict):
    """The writer has added as many messages as one case takes."""

    key = "too_many_messages"


class HandleExpired(Conflict):
    """The form means a caller who was looked up too long ago, or by somebody else."""

    key = "handle_expired"


class AppealTooLate(Conflict):
    """The days in which a measure may be appealed against are over."""

    key = "appeal_too_late"


class SecondPersonNeeded(Conflict):
    """One person alone may not decide this."""

    key = "second_person_needed"


class AlreadyAsked(Conflict):
    """The same waits for a second person already."""

    key = "already_asked"


class AlreadyDecided(Conflict):
    """Somebody has decided this request, or it has been taken back."""

    key = "already_decided"


class RequestLapsed(Conflict):
    """The case is no longer as it was asked about, so the request no longer counts."""

    key = "request_lapsed"


class PayloadTooLarge(Problem):
    """The body is over the limit."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    key = "payload_too_large"


class UnsupportedMediaType(Problem):
    """The body is not of the type that this address takes."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    key = "unsupported_media_type"


@dataclass(frozen=True)
class FieldFault:
    """Say of one field what is wrong; `what` names a text of the app, `values` fill it."""

    field: str
    what: str
    values: Mapping[str, object] = filled(default_factory=dict)


class TooManyRequests(Problem):
    """One network has asked too often; nothing of this request was read or stored."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    key = "too_many_requests"

    def __init__(self, wait_s: int) -> None:
        """Say when to try again, people in whole minutes."""
        minutes = max(2, -(-wait_s // 60))
        super().__init__(headers={"Retry-After": str(wait_s)}, values={"minutes": minutes})


class TooManyCodes(TooManyRequests):
    """So many wrong codes came in all that somebody is guessing; for a while none is looked up."""

    key = "too_many_codes"


class Invalid(Problem):
    """Fields cannot be accepted as they are; each is named."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    key = "invalid"

    def __init__(self, faults: Sequence[FieldFault]) -> None:
        """Keep every fault, so that all can be mended at once."""
        super().__init__()
        self.faults = tuple(faults)


class IdempotencyMismatch(Problem):
    """The same key came with another payload."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    key = "idempotency_mismatch"


class Fault(Problem):
    """Something of ours broke."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    key = "fault"


class Unavailable(Problem):
    """The app runs but cannot serve this now."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    key = "unavailable"


class CannotStore(Unavailable):
    """The database refused to write; nothing was stored."""

    key = "cannot_store"


class CannotRead(Unavailable):
    """The database refused to read: its file is broken, or not one of ours."""

    key = "cannot_read"


class OutcomeUnknown(Unavailable):
    """The writer did not answer in time: it may be stored; the same key tells."""

    key = "outcome_unknown"


class NotReady(Unavailable):
    """A part that serving needs is missing; `checks` names it."""

    key = "not_ready"

    def __init__(self, checks: Mapping[str, str]) -> None:
        """Name the checks, those that fail among them."""
        super().__init__(members={"checks": dict(checks)})


class SiteNotBuilt(Unavailable):
    """The pages have not been built yet."""

    key = "site_not_built"
