"""Each agency's time side by side: for one service, one column an agency and one row a leg."""

from dataclasses import dataclass
from datetime import date

from charter_data.models import Agency, Charter, Promise, Service
from charter_data.models.clauses import Clock, Moment
from charter_data.snapshot import Figure
from charter_data.vocabulary import Event
from scripts.charter_site.measures import Measures

ORDER: list[Moment] = list(Event)


@dataclass(frozen=True)
class SharedLeg:
    """Hold one leg with the promises that time it, and the figure of each agency."""

    clock: Clock
    promises: tuple[Promise, ...]
    figures: dict[str, Figure]

    def takes(self, clock: Clock, figures: dict[str, Figure]) -> bool:
        """Tell whether a promise of this clock may stand in the same row: no agency has two figures."""
        same = (self.clock.start, self.clock.end) == (clock.start, clock.end)
        return same and not set(self.figures) & set(figures)


@dataclass(frozen=True)
class Comparison:
    """Hold the table of a service: its agencies and its legs."""

    agencies: tuple[Agency, ...]
    legs: tuple[SharedLeg, ...]

    @property
    def days(self) -> tuple[date, date]:
        """Give the first and the last day that any of its figures covers."""
        figures = [figure for leg in self.legs for figure in leg.figures.values()]
        return min(one.first_day for one in figures), max(one.last_day for one in figures)


def compare(charter: Charter, service: Service, measures: Measures) -> Comparison | None:
    """Give the legs of a service that were measured agency by agency; None if there are none.

    An agency that leads has its column even where nothing of it was measured.
    """
    legs: list[SharedLeg] = []
    for promise in (*charter.common.promises, *service.promises):
        given = measures.by_agency(promise, service)
        figures = {agency: figure for agency, figure in given.items() if agency in charter.agency}
        if promise.clock and figures:
            _place(legs, promise, promise.clock, figures)
    measured = {agency for leg in legs for agency in leg.figures}
    if not measured:
        return None
    shown = measured | {service.lead, *service.co_lead.values()}
    ordered = dict.fromkeys((*service.agencies, *sorted(measured)))
    return Comparison(
        tuple(charter.agency[key] for key in ordered if key in shown),
        tuple(sorted(legs, key=_moment)),
    )


def _place(legs: list[SharedLeg], promise: Promise, clock: Clock, figures: dict[str, Figure]) -> None:
    for at, leg in enumerate(legs):
        if leg.takes(clock, figures):
            legs[at] = SharedLeg(leg.clock, (*leg.promises, promise), leg.figures | figures)
            return
    legs.append(SharedLeg(clock, (promise,), figures))


def _moment(leg: SharedLeg) -> tuple[int, int]:
    places = [ORDER.index(one) if one in ORDER else len(ORDER) for one in (leg.clock.end, leg.clock.start)]
    return places[0], places[1]
