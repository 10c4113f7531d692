"""What a snapshot says of a clause or a service; without one, nothing has been measured or answered."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from charter_data.models import Promise, Service
from charter_data.snapshot import Answer, Figure, Snapshot, Verdict


@dataclass(frozen=True)
class Measures:
    """Look up figures and answers; an absent snapshot has none."""

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
    def answers(self) -> tuple[Answer, ...]:
        """Give all published answers, the newest first."""
        given = self.snapshot.answers if self.snapshot else ()
        return tuple(sorted(given, key=lambda answer: (answer.answered_on, answer.number), reverse=True))

    @cached_property
    def _figure(self) -> dict[tuple[str, str | None], Figure]:
        return {(figure.clause, figure.service): figure for figure in self.figures}

    def figure_of(self, clause_id: str, service: Service | None = None) -> Figure | None:
        """Give the figure of a clause: for the service (or its own scope), else for all calls."""
        code = service.public_code if service else clause_id.split(".")[0]
        return self._figure.get((clause_id, code)) or self._figure.get((clause_id, None))

    def tally(self, promises: Iterable[Promise]) -> dict[str, int]:
        """Count the promises that have a clock by what came of them; one without a figure is not measured."""
        figures = [self.figure_of(promise.id) for promise in promises if promise.clock]
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


NOTHING_MEASURED = Measures(None)
