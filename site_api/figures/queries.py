"""What was measured of every promise over whole days, as far as small numbers may be told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from charter_data.models import Charter, Promise, Service
from charter_data.snapshot import Figure, Verdict
from charter_data.vocabulary import FeedbackEvent
from site_api.calls.durations import mean, quantile, sort_legs, within
from site_api.calls.models import Call
from site_api.calls.queries import in_period
from site_api.database import db
from site_api.figures.legs import Leg, legs
from site_api.figures.small_numbers import NOTHING, SENSITIVE_FROM, without_small_numbers
from site_api.figures.statistics import judge

EVERY_CALL = "UMUM"
LONGEST_FROM = 20
YEAR_DAYS = 365
Legs = list[Leg]


def figures(charter: Charter, *, first_day: date, last_day: date, zone: ZoneInfo) -> tuple[Figure, ...]:
    """Measure every promise that has a clock of calls, on the calls that began on the given local days.

    A promise about every call has a figure of all calls and one a service; where its clock runs for each
    agency, also one a service and agency. Foreign calls never count. A sensitive service is in no figure of
    all calls, and tells nothing below ten cases or of less than a year, not even whether there were any.
    """
    scope = in_period(first_day, last_day, zone)
    if db.session.scalar(select(Call.id).where(scope).limit(1)) is None:
        return ()
    found: list[Figure] = []
    for promise in charter.promises():
        clock = promise.clock
        if clock is None or isinstance(clock.start, FeedbackEvent) or isinstance(clock.end, FeedbackEvent):
            continue
        measured = _Measured(charter, promise, first_day, last_day)
        if promise.scope == EVERY_CALL:
            measured.take(legs(clock, scope))
            found += measured.of_every_call()
        else:
            measured.take(legs(clock, scope, Call.service == promise.scope))
            found += measured.of_service(charter.service_of_scope[promise.scope])
    sensitive = {service.public_code for service in charter.services if service.is_sensitive}
    return tuple(without_small_numbers(found, sensitive))


class _Measured:
    """Gather the legs of one promise by service and agency, and say what may be told of them."""

    def __init__(self, charter: Charter, promise: Promise, first_day: date, last_day: date) -> None:
        self._charter = charter
        self._promise = promise
        self._days = (first_day, last_day)
        # Two promises for different cases on one clock: no log says which of them a case falls under.
        twins = [
            one for one in charter.promises() if (one.scope, one.clock) == (promise.scope, promise.clock)
        ]
        self._targets = promise.targets if len(twins) == 1 else ()
        self._legs: dict[tuple[str | None, str | None], Legs] = defaultdict(list)

    def take(self, found: Iterator[Leg]) -> None:
        """Sort legs by their service and agency."""
        for leg in found:
            self._legs[leg.service, leg.agency].append(leg)

    def of_every_call(self) -> Iterator[Figure]:
        """Give the figure of all calls, then those of each service and its agencies."""
        services = self._charter.services
        # Left out whether told or hidden, as in the counts: no subtraction then gives what is hidden.
        apart = {service.public_code for service in services if service.is_sensitive}
        everyone = [leg for (code, _), some in self._legs.items() if code not in apart for leg in some]
        yield from self._figures(None, None, everyone)
        for service in services:
            yield from self.of_service(service)

    def of_service(self, service: Service) -> Iterator[Figure]:
        """Give the figure of a service, then those of its agencies."""
        legs_of_service = self._of(service.public_code)
        if self._is_hidden(service, legs_of_service):
            yield self._hidden(service.public_code)
            return
        yield from self._figures(service.public_code, None, legs_of_service)
        if not service.is_sensitive:
            for agency in self._charter.agency:
                some = self._legs.get((service.public_code, agency), [])
                yield from self._figures(service.public_code, agency, some)

    def _of(self, code: str) -> Legs:
        return [leg for (service, _), some in self._legs.items() if service == code for leg in some]

    def _is_hidden(self, service: Service, some: Legs) -> bool:
        first_day, last_day = self._days
        is_short = (last_day - first_day).days + 1 < YEAR_DAYS
        timed = (leg for leg in some if leg.seconds is not None and leg.seconds >= 0)
        return service.is_sensitive and (is_short or _cases(timed) < SENSITIVE_FROM)

    def _hidden(self, code: str) -> Figure:
        first_day, last_day = self._days
        return Figure(
            clause=self._promise.id,
            service=code,
            first_day=first_day,
            last_day=last_day,
            verdict=Verdict.NOT_JUDGED,
            **NOTHING,
        )

    def _figures(self, code: str | None, agency: str | None, some: Legs) -> Iterator[Figure]:
        """Give the one figure of some legs, or none where nothing has been recorded."""
        if not some:
            return
        found = sort_legs(leg.seconds for leg in some)
        first_day, last_day = self._days
        yield Figure(
            clause=self._promise.id,
            service=code,
            agency=agency,
            first_day=first_day,
            last_day=last_day,
            n=found.n,
            missing=found.missing,
            out_of_order=found.out_of_order,
            within=within(found.seconds, self._targets[0]) if self._targets else None,
            mean_s=mean(found.seconds),
            median_s=quantile(found.seconds, 50),
            p90_s=quantile(found.seconds, 90) if found.n >= LONGEST_FROM else None,
            verdict=judge(self._promise.standing, self._targets, found.seconds),
        )


def _cases(some: Iterable[Leg]) -> int:
    """Count the cases of legs: one case may have a leg of each agency, and still be of one person."""
    return len({leg.case for leg in some})
