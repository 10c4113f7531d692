"""Which requests are counted, by which rule, and what is answered over a limit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TypeGuard

from flask import Flask, Response, current_app, g, request

from site_api import cases
from site_api.errors import IdempotencyKeyInvalid, TooManyCodes, TooManyRequests
from site_api.feedback import models as feedback
from site_api.hoax_reports import models as hoax_reports
from site_api.installation import Installation, installation
from site_api.intake import idempotency_key
from site_api.pacing import MARK
from site_api.rate_limits import WINDOW, Buckets, Networks
from site_api.settings import Limits

Kept = tuple[type[cases.Case], str]

FEEDBACK: Kept = (feedback.Feedback, feedback.NOUN)
HOAX_REPORT: Kept = (hoax_reports.HoaxReport, hoax_reports.NOUN)
SUBMISSIONS: Mapping[str, Kept] = {
    "feedback_public.send": FEEDBACK,
    "feedback_api.submit": FEEDBACK,
    "hoax_reports_public.send": HOAX_REPORT,
    "hoax_reports_api.submit": HOAX_REPORT,
}
EVERYBODY = b""
LOOPBACK = ("127.0.0.1", "::1")
CODES = frozenset(
    {
        "feedback_public.show_status",
        "feedback_public.withdraw",
        "feedback_api.track",
        *(f"by_code_public.{name}" for name in ("write", "dispute", "rate", "save", "show_all", "erase")),
        *(
            f"by_code_api.{name}"
            for name in ("add_message", "object_to", "give_rating", "give_all", "erase_now", "withdraw_now")
        ),
    }
)


@dataclass
class Visit:
    """Be one counted request: whose it is, and the rule that its answer tells of."""

    network: bytes
    rule: Buckets
    now: datetime
    has_token: bool = True


class Throttle:
    """Count requests before their bodies are read, and settle the count once the answer is known."""

    def __init__(self, limits: Limits) -> None:
        """Begin with full buckets."""
        self.networks = Networks()
        self.submissions = Buckets("submissions", limits.submissions)
        self.drafts = Buckets("drafts", limits.drafts)
        self.codes = Buckets("codes", limits.codes)
        self.system = Buckets("system", limits.system, most=1)
        self.all_codes = Buckets("all_codes", limits.all_codes, most=1)
        self._has_warned = False
        self._quiet_until: datetime | None = None

    def admit(self) -> None:
        """Take the token that a request needs; raises TooManyRequests."""
        endpoint = (request.endpoint or "").removeprefix("en_")
        if endpoint in SUBMISSIONS:
            self._admit_submission(SUBMISSIONS[endpoint])
        elif endpoint in CODES:
            self._take(self.codes)
            self._take_code_of_all()
            request.environ[MARK] = True  # not what is refused: a flood would hold every thread

    def settle(self, response: Response) -> Response:
        """Give back what was not spent, and tell what is left.

        A submission costs only when it is stored: what has to be mended counts as a draft. Of codes only
        wrong ones cost.
        """
        visit = g.get("visit")
        if not _is_counted(visit):
            return response
        if visit.has_token and visit.rule is self.codes and response.status_code != HTTPStatus.NOT_FOUND:
            self.codes.give_back(visit.network)
            self.all_codes.give_back(EVERYBODY)
        if visit.has_token and visit.rule is self.submissions and response.status_code != HTTPStatus.CREATED:
            self._settle_draft(visit.network, response.status_code)
        if g.get("hold_reason"):  # what waits apart leaves the queue's share to others
            self._give_back_system()
        rule, (left, seconds) = visit.rule, visit.rule.left(visit.network, visit.now)
        window = int(WINDOW.total_seconds())
        response.headers.add("RateLimit-Policy", f'"{rule.name}";q={rule.quota};w={window}')
        response.headers.add("RateLimit", f'"{rule.name}";r={left};t={seconds}')
        return response

    def _admit_submission(self, kept: Kept) -> None:
        try:
            self._take(self.submissions)
        except TooManyRequests:
            if not _is_repeated(installation(), kept):
                raise
            self._take(self.drafts)
            return
        visit = g.visit
        g.is_over_system_limit = not self.system.take(EVERYBODY, visit.now)
        if self.drafts.left(visit.network, visit.now)[0] == 0:
            self.submissions.give_back(visit.network)
            self._give_back_system()
            self._take(self.drafts)

    def _take_code_of_all(self) -> None:
        """Take from what all networks together may get wrong, or many of them could guess side by side."""
        now = installation().now()
        if self.all_codes.take(EVERYBODY, now):
            return
        self.codes.give_back(g.visit.network)
        g.visit = Visit(EVERYBODY, self.all_codes, now, has_token=False)
        wait_s = self.all_codes.left(EVERYBODY, now)[1]
        if self._quiet_until is None or self._quiet_until <= now:
            self._quiet_until = now + timedelta(seconds=wait_s)
            current_app.logger.warning(
                "%d wrong tracking codes in an hour: somebody is guessing. No code is looked up for %d s.",
                self.all_codes.quota,
                wait_s,
            )
        raise TooManyCodes(wait_s)

    def _warn_of_proxy(self) -> None:
        """Tell the operator once that all citizens look like one: a proxy of this machine stands in front."""
        is_hidden = "HTTP_X_FORWARDED_FOR" in request.environ and request.remote_addr in LOOPBACK
        if is_hidden and not installation().settings.proxy_hops and not self._has_warned:
            self._has_warned = True
            current_app.logger.warning(
                "PIAGAM_PROXY_HOPS is 0 behind a proxy: all citizens share one limit. Set it to the number of"
                " proxies in front."
            )

    def _take(self, rule: Buckets) -> None:
        self._warn_of_proxy()
        now = installation().now()
        network = self.networks.name(request.remote_addr, now)
        g.visit = Visit(network, rule, now, rule.take(network, now))
        if not g.visit.has_token:
            raise TooManyRequests(rule.left(network, now)[1])

    def _settle_draft(self, network: bytes, status: int) -> None:
        self.submissions.give_back(network)
        self._give_back_system()
        if status < HTTPStatus.INTERNAL_SERVER_ERROR:  # our own faults cost nobody anything
            self.drafts.take(network, installation().now())

    def _give_back_system(self) -> None:
        if not g.get("is_over_system_limit", True):
            self.system.give_back(EVERYBODY)


def _is_counted(visit: object) -> TypeGuard[Visit]:
    return isinstance(visit, Visit)


def _is_repeated(place: Installation, kept: Kept) -> bool:
    """Tell whether a program repeats what is stored already; the key of a form stands in its body, unread."""
    given = request.headers.get("Idempotency-Key")
    try:
        return given is not None and cases.is_stored(place, *kept, idempotency_key(given))
    except IdempotencyKeyInvalid:
        return False


def init_app(app: Flask, limits: Limits) -> None:
    """Put the count before every request, and its outcome on every answer."""
    throttle = Throttle(limits)
    app.before_request(throttle.admit)
    app.after_request(throttle.settle)
