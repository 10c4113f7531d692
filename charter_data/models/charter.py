"""What a charter is as a whole, and what may be asked of it."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from charter_data.models.agreements import Agreements, HoaxPolicy
from charter_data.models.base import Key, Line, Record, ReportAddress, SiteUrl, Source, Text, Version, Zone
from charter_data.models.bodies import Agency, Area, Law
from charter_data.models.changes import Changes
from charter_data.models.clauses import Clause, Promise, StandardComponent, Step
from charter_data.models.definitions import Definitions
from charter_data.models.services import Service, SpecialCase
from charter_data.models.texts import Common, EmergencyNumber, Texts
from charter_data.vocabulary import Component, Event, Intake, ServiceKind, SideEvent

SECURITY_CONTACT_DAYS = 364


class City(Record):
    """Name the city."""

    name: Line
    short: Line


class ComplaintOfficer(Record):
    """Name the person responsible for complaints (UU 25/2009 art. 36(4))."""

    name: Line
    address: Line


class Pledge(Record):
    """Say who has signed the maklumat, and when; null until somebody has (UU 25/2009 art. 22)."""

    signed_by: Line | None
    office: Line | None
    signed_on: date | None

    @property
    def is_signed(self) -> bool:
        """Tell whether the head of the service stands by it."""
        return self.signed_by is not None and self.signed_on is not None


class Info(Record):
    """Hold charter.yml: what this charter is and in what state."""

    city: City
    name: Text
    description: Text
    version: Version
    dated: date
    status: Literal["draft", "adopted"]
    official: bool
    adopted_on: date | None
    intake: Intake
    emergency_number: EmergencyNumber
    complaint_officer: ComplaintOfficer | None
    pledge: Pledge
    owner: Key
    owner_note: Text
    reviewed_on: date | None
    time_zone: Zone
    public_url: SiteUrl | None
    api_url: SiteUrl | None
    licence: Line
    origin: Source | None = None
    security_contact: ReportAddress | None = None
    simulated: bool = False
    agreement_rule: Annotated[tuple[Key, ...], Field(min_length=1)]

    @property
    def security_contact_until(self) -> date:
        """Give the last day on which security.txt holds: within a year, as RFC 9116 section 2.5.5 advises."""
        # No date is later than the last one that there is.
        return date.fromordinal(min(self.dated.toordinal() + SECURITY_CONTACT_DAYS, date.max.toordinal()))


class Charter(Record):
    """Hold a whole charter that has passed the reader."""

    info: Info
    common: Common
    agencies: tuple[Agency, ...]
    area: Area
    legal_basis: tuple[Law, ...]
    hoax_policy: HoaxPolicy
    agreements: Agreements
    definitions: Definitions
    services: tuple[Service, ...]
    changes: Changes = Changes()

    @property
    def emergency_number(self) -> EmergencyNumber:
        """Give the number and its standing."""
        return self.info.emergency_number

    @property
    def texts(self) -> Texts:
        """Give the words that belong to no single service."""
        return self.common.texts

    @cached_property
    def worked_out(self) -> dict[str, str]:
        """Hold what is worked out of the whole charter once, by its name."""
        return {}

    @cached_property
    def by_id(self) -> dict[str, Clause]:
        """Give every clause by its id."""
        return {clause.id: clause for clause in self.clauses()}

    @cached_property
    def agency(self) -> dict[str, Agency]:
        """Give every agency by its key."""
        return {agency.key: agency for agency in self.agencies}

    @cached_property
    def service(self) -> dict[str, Service]:
        """Give every service by its code in the data."""
        return {service.code: service for service in self.services}

    @cached_property
    def service_of_scope(self) -> dict[str, Service]:
        """Give every service by its public code."""
        return {service.public_code: service for service in self.services}

    @cached_property
    def law(self) -> dict[str, Law]:
        """Give every law by its key."""
        return {law.key: law for law in self.legal_basis}

    @property
    def emergencies(self) -> tuple[Service, ...]:
        """Give the services for which one calls 112."""
        return tuple(service for service in self.services if service.kind is ServiceKind.EMERGENCY)

    def clauses(self) -> Iterator[Clause]:
        """Yield every clause: those of every call first, then service by service."""
        for holder in (self.common, *self.services):
            yield from holder.clauses()

    def promises(self) -> Iterator[Promise]:
        """Yield every promise and proposal."""
        for holder in (self.common, *self.services):
            yield from holder.promises

    def lines_of(self, case: SpecialCase) -> tuple[Text, ...]:
        """Give the lines of a special case that may be printed today."""
        if case.same_as is not None:
            other = self.service[case.same_as]
            return self.lines_of(next(twin for twin in other.special_cases if twin.title == case.title))
        if case.needs is None or self._is_met(case):
            return case.do
        return case.do[: case.needs.lines_until_then]

    def steps_of(self, service: Service) -> tuple[Step, ...]:
        """Give the steps of a service in order; its own step replaces the common one of the same event."""
        if service.kind is ServiceKind.CONDUCT:
            return service.steps
        own = {step.event for step in service.steps}
        steps = [step for step in self.common.steps if step.event not in own]
        return tuple(sorted((*steps, *service.steps), key=_moment))

    def standard_of(self, service: Service) -> tuple[StandardComponent, ...]:
        """Give the 14 components for a service: its own where it has one, else the common ones."""
        own = {part.component: part for part in service.standard}
        common = {part.component: part for part in self.common.standard}
        return tuple(own.get(key) or common[key] for key in Component if key in own or key in common)

    def _is_met(self, case: SpecialCase) -> bool:
        clause = self.by_id.get(case.needs.clause) if case.needs else None
        return (
            isinstance(clause, Promise) and case.needs is not None and clause.standing is case.needs.standing
        )


def _moment(step: Step) -> tuple[int, int]:
    order = list(Event)
    if isinstance(step.event, SideEvent):
        return (order.index(step.after or Event.LOGGED), 1)
    return (order.index(step.event or Event.CALL_ARRIVES), 0)
