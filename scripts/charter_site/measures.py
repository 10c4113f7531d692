"""What a snapshot says of a clause or a service; without one, nothing has been measured or answered."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from charter_data.audit_heads import AuditHead
from charter_data.models import Promise, Service
from charter_data.snapshot import Answer, Counts, Figure, Snapshot, Verdict

Key = tuple[str, str | None, str | None]


@dataclass(frozen=True)
class Measures:
    """Look up figures, answers and counts; an absent snapshot has none."""

    snapshot: Snapshot | None

    @property
    def is_simulated(self) -> bool:
        """Tell whether every page must say that none of this happened."""
        return self.snapshot is not None and self.snapshot.is_simulated

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Give all figures."""
        return self.snapshot.figures if self.snapshot else ()

    @property
    def counts(self) -> Counts | None:
        """Give what was counted of calls, feedback and false calls."""
        return self.snapshot.counts if self.snapshot else None

    @property
    def heads(self) -> tuple[AuditHead, ...]:
        """Give the signed heads of the record of changes, the newest first."""
        return self.snapshot.heads[::-1] if self.snapshot else ()

    @property
    def days(self) -> tuple[date, date] | None:
        """Give the first and the last day that anything measured or counted covers."""
        given = (*self.figures, *((self.counts,) if self.counts else ()))
        if not given:
            return None
        return min(one.first_day for one in given), max(one.last_day for one in given)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Give all published answers, the newest first."""
        given = self.snapshot.answers if self.snapshot else ()
        return tuple(sorted(given, key=lambda answer: (answer.answered_on, answer.number), reverse=True))

    def is_past(self, answer: Answer) -> bool:
        """Tell whether what an answer plans should have been done by the day of the snapshot."""
        return bool(self.snapshot and answer.due_on and answer.due_on < self.snapshot.made_at.date())

    @cached_property
    def _figure(self) -> dict[Key, Figure]:
        return {(figure.clause, figure.service, figure.agency): figure for figure in self.figures}

    def figure_of(self, promise: Promise, service: Service | None = None) -> Figure | None:
        """Give the figure of a promise: for the service (or its own scope), else for all calls.

        Where its clock is one agency's alone, a figure of that agency is the figure of the promise.
        """
        own = service.public_code if service else promise.scope
        return self._of(promise, own) or self.of_every_call(promise)

    def of_service(self, promise: Promise, service: Service) -> Figure | None:
        """Give the figure of a promise for a service and for no more than that."""
        return self._of(promise, service.public_code)

    def of_every_call(self, promise: Promise) -> Figure | None:
        """Give the figure of a promise for all calls together."""
        return self._of(promise, None)

    def _of(self, promise: Promise, code: str | None) -> Figure | None:
        agency = promise.clock.agency if promise.clock else None
        keys = ((promise.id, code, body) for body in (None, agency))
        return next((self._figure[key] for key in keys if key in self._figure), None)

    def by_agency(self, promise: Promise, service: Service) -> dict[str, Figure]:
        """Give the figures of a promise for one service by the agency whose leg they are."""
        own = promise.clock.agency if promise.clock else None
        found = [
            (figure.agency or own, figure)
            for figure in sorted(self.figures, key=lambda one: one.agency or "")
            if (figure.clause, figure.service) == (promise.id, service.public_code)
        ]
        return {agency: figure for agency, figure in found if agency}

    def tally(self, promises: Iterable[Promise]) -> dict[str, int]:
        """Count the promises that have a clock by what came of them; one without a figure is not measured."""
        figures = [self.figure_of(promise) for promise in promises if promise.clock]
        verdicts = Counter(figure.verdict if figure else None for figure in figures)
        return {
            "kept": verdicts[Verdict.KEPT],
            "missed": verdicts[Verdict.MISSED],
            "uncertain": verdicts[Verdict.UNCERTAIN],
            "unmeasured": verdicts[Verdict.NOT_JUDGED] + verdicts[None],
        }

    def answers_of(self, service: Service) -> tuple[Answer, ...]:
        """Give the published answers that concern a service."""
        return tuple(answer for answer in self.answers if answer.service == service.public_code)

    def answers_to(self, promise: Promise) -> tuple[Answer, ...]:
        """Give the published answers to feedback on a promise."""
        return tuple(answer for answer in self.answers if answer.clause == promise.id)


NOTHING_MEASURED = Measures(None)
