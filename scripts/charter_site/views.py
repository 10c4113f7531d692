"""What the templates need worked out: cards, pairs, legs; no markup here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from charter_data.models import (
    Agency,
    Charter,
    Clause,
    Clauses,
    PartnerClause,
    Promise,
    Service,
    Step,
    Text,
    anchor_of,
)
from charter_data.vocabulary import Side

EACH = "each"


@dataclass(frozen=True)
class Card:
    """Hold a promise with the bodies that owe it, or that have promised nothing."""

    promise: Promise
    owners: tuple[Agency, ...]
    silent: tuple[Agency, ...]

    @property
    def is_promise(self) -> bool:
        """Tell whether somebody can be held to it."""
        return self.promise.standing.is_promise

    @property
    def has_figure(self) -> bool:
        """Tell whether there is a figure to print."""
        return bool(self.promise.targets)

    @property
    def is_silent(self) -> bool:
        """Tell whether its only owner has promised nothing."""
        return not self.owners and bool(self.silent)


@dataclass(frozen=True)
class Cell:
    """Hold a clause in a table, and whether this is the place its address leads to."""

    clause: Clause
    is_home: bool


@dataclass(frozen=True)
class Row:
    """Hold one line of the balance: what citizens may or must, and what the others owe for it."""

    citizen: tuple[Cell, ...]
    provider: tuple[Cell, ...]
    stakeholder: tuple[Cell, ...]


@dataclass(frozen=True)
class Leg:
    """Hold one step with its number, who acts, to whom it is handed, and the promise of that leg."""

    number: int
    title: Text
    step: Step
    actors: tuple[str, ...]
    receivers: tuple[str, ...]
    accountable: tuple[str, ...]
    consulted: tuple[str, ...]
    informed: tuple[str, ...]
    card: Card | None
    is_home: bool
    apart: str


def card(charter: Charter, promise: Promise, among: Iterable[str] | None = None) -> Card:
    """Give the card of a promise; `each` spreads over the agencies of `among`, or over all that lead."""
    if promise.owner == EACH:
        keys = tuple(leading_agencies(charter) if among is None else among)
        bodies = [charter.agency[key] for key in keys]
        return Card(
            promise,
            tuple(body for body in bodies if body.bound_by_city),
            tuple(body for body in bodies if not body.bound_by_city),
        )
    owner = charter.agency[promise.owner]
    silent = not owner.bound_by_city and not promise.standing.is_promise
    return Card(promise, () if silent else (owner,), (owner,) if silent else ())


def leading_agencies(charter: Charter) -> tuple[str, ...]:
    """Give every agency that leads an emergency or leads with another, each once."""
    leads = ((service.lead, *service.co_lead.values()) for service in charter.emergencies)
    return tuple(dict.fromkeys(chain.from_iterable(leads)))


def cards(charter: Charter, holder: Clauses) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
    """Give a holder's cards in two heaps: promises, and what is only proposed."""
    made = [card(charter, promise) for promise in holder.promises]
    return tuple(one for one in made if one.is_promise), tuple(one for one in made if not one.is_promise)


def balance(charter: Charter, holder: Clauses) -> tuple[Row, ...]:
    """Give rights and obligations of the three sides, pairs on one line; each own clause has one home."""
    own = {clause.id for clause in holder.clauses()}
    homes: set[str] = set()

    def cells(clauses: Iterable[Clause]) -> tuple[Cell, ...]:
        made = []
        for clause in clauses:
            made.append(Cell(clause, clause.id in own and clause.id not in homes))
            homes.add(clause.id)
        return tuple(made)

    rows = [
        Row(cells(citizen), cells(provider), cells(partners))
        for citizen, provider, partners in chain(_rights(charter, holder), _duties(holder))
    ]
    left = [
        clause for clause in (*holder.obligations, *holder.powers, *holder.partners) if clause.id not in homes
    ]
    rows.extend(
        Row((), cells([clause]), ())
        if not isinstance(clause, PartnerClause)
        else Row((), (), cells([clause]))
        for clause in left
    )
    return tuple(rows)


def legs(charter: Charter, service: Service) -> tuple[Leg, ...]:
    """Give the steps of a service as numbered legs between agencies.

    Where several steps share a title, `apart` names the body that acts in each.
    """
    own = {step.id for step in service.steps}
    names = event_names(charter)
    steps = charter.steps_of(service)
    titles = [names.get(step.event, step.text) for step in steps]
    return tuple(
        Leg(
            number,
            title,
            step,
            _bodies(service, (step.actor,)),
            _bodies(service, step.handover.to) if step.handover else (),
            _accountable(charter, service, step),
            _bodies(service, step.consulted),
            _bodies(service, step.informed),
            _card_of(charter, step, service),
            step.id in own,
            _apart(charter, step) if titles.count(title) > 1 else "",
        )
        for number, (step, title) in enumerate(zip(steps, titles, strict=True), start=1)
    )


def _accountable(charter: Charter, service: Service, step: Step) -> tuple[str, ...]:
    if step.accountable:
        return _bodies(service, (step.accountable,))
    spread = {"caller": (), "operator": (charter.info.owner,)}
    return spread.get(step.actor, _bodies(service, (step.actor,)))


def _apart(charter: Charter, step: Step) -> str:
    agency = charter.agency.get(step.actor)
    return agency.short if agency else ""


def event_names(charter: Charter) -> dict[object, Text]:
    """Give the names of all events and side events by key."""
    definitions = charter.definitions
    names: dict[object, Text] = {item.key: item.name for item in definitions.events}
    names.update({item.key: item.name for item in definitions.side_events})
    return names


def home_of(charter: Charter, clause: Clause) -> str:
    """Give the address of the one page where a clause lives, with its anchor."""
    service = charter.service_of_scope.get(clause.scope)
    page = f"layanan/{service.slug}/" if service else "janji/"
    return f"{page}#{anchor_of(clause.id)}"


def in_order(charter: Charter) -> tuple[Service, ...]:
    """Give the services in the order of the home page; conduct comes last."""
    shown = [code for entry in charter.texts.home.cards for code in entry.services]
    rest = [service.code for service in charter.services if service.code not in shown]
    return tuple(charter.service[code] for code in (*shown, *rest))


def _rights(charter: Charter, holder: Clauses) -> Iterator[tuple[list[Clause], list[Clause], list[Clause]]]:
    for right in holder.rights:
        answers: list[Clause] = [charter.by_id[answer] for answer in right.answered_by]
        yield [right], answers, list(_beside(holder, {right.id, *right.answered_by}))


def _duties(holder: Clauses) -> Iterator[tuple[list[Clause], list[Clause], list[Clause]]]:
    for duty in holder.obligations:
        if duty.side is Side.CITIZEN:
            yield [duty], [], list(_beside(holder, {duty.id}))


def _beside(holder: Clauses, ids: set[str]) -> Iterator[Clause]:
    return (partner for partner in holder.partners if ids & set(partner.about))


def _bodies(service: Service, roles: Iterable[str]) -> tuple[str, ...]:
    spread = {
        "lead": (service.lead, *service.co_lead.values()),
        "co_lead": tuple(service.co_lead.values()),
        "support": service.support,
    }
    return tuple(dict.fromkeys(chain.from_iterable(spread.get(role, (role,)) for role in roles)))


def _card_of(charter: Charter, step: Step, service: Service) -> Card | None:
    promise = charter.by_id.get(step.promise) if step.promise else None
    if not isinstance(promise, Promise):
        return None
    return card(charter, promise, (service.lead, *service.co_lead.values()))
