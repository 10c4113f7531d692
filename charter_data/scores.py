"""How complete a service's page is: what the charter should say of it, and how much of that it says."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from charter_data.models import Charter, Promise, Service
from charter_data.vocabulary import Certainty


class Matter(StrEnum):
    """Name what a page is judged by."""

    COMPONENTS = "components"
    STEPS = "steps"
    PROMISES = "promises"
    LAWS = "laws"
    REVIEWS = "reviews"
    LEAD = "lead"


@dataclass(frozen=True)
class Score:
    """Hold how many of the wanted facts of a service are there, matter by matter."""

    service: Service
    parts: tuple[tuple[Matter, int, int], ...]

    @property
    def found(self) -> int:
        """Give the number of facts that are there."""
        return sum(found for _, found, _ in self.parts)

    @property
    def wanted(self) -> int:
        """Give the number of facts that should be there."""
        return sum(wanted for _, _, wanted in self.parts)


def scores(charter: Charter) -> tuple[Score, ...]:
    """Give the score of every service, in the order of the charter."""
    return tuple(score(charter, service) for service in charter.services)


def score(charter: Charter, service: Service) -> Score:
    """Count components, costs of steps, figures, articles of laws, reviews and the certainty of the lead."""
    return Score(
        service,
        tuple((matter, sum(facts), len(facts)) for matter, facts in _facts(charter, service) if facts),
    )


def _facts(charter: Charter, service: Service) -> Iterator[tuple[Matter, list[bool]]]:
    yield Matter.COMPONENTS, [part.text is not None for part in charter.standard_of(service)]
    yield Matter.STEPS, [step.cost is not None for step in charter.steps_of(service)]
    yield Matter.PROMISES, [_is_told(promise) for promise in service.promises]
    yield Matter.LAWS, [reference.article is not None for reference in service.legal]
    own = (case.first_aid for case in service.special_cases if case.first_aid)
    reviews = [review.is_reviewed for review in (service.first_aid, *own)]
    yield Matter.REVIEWS, [*reviews, service.reviewed_on is not None]
    yield Matter.LEAD, [service.lead_certainty is Certainty.HIGH]


def _is_told(promise: Promise) -> bool:
    return promise.clock is None or bool(promise.targets)
