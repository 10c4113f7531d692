"""What a clause is: promise, step, right, obligation, power, component of the standard."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from charter_data.models.base import ClauseId, Key, LegalReference, Record, Source, Target, Text
from charter_data.vocabulary import (
    Calendar,
    Component,
    Event,
    Exclusion,
    FeedbackEvent,
    HandoverMode,
    Side,
    SideEvent,
    Standing,
)

CLAUSE_PREFIXES = ("langkah", "hak", "wajib", "kami", "wenang", "mitra", "std")

Moment = Event | SideEvent | FeedbackEvent


class Clause(Record):
    """Be anything of the charter that has an address of its own."""

    prefixes: ClassVar[tuple[str, ...]] = ("",)

    id: ClauseId

    @model_validator(mode="after")
    def _prefix_fits_kind(self) -> Self:
        if self.prefix not in self.prefixes:
            wanted = " or ".join(f"`{prefix}-...`" if prefix else "no prefix" for prefix in self.prefixes)
            raise ValueError(f"`{self.id}` does not fit its list: the key after the dot takes {wanted}")
        return self

    @property
    def scope(self) -> str:
        """Give UMUM, PGD or the public code of the service."""
        return self.id.split(".")[0]

    @property
    def prefix(self) -> str:
        """Give the word that says what kind of clause this is; promises have none."""
        word, dash, _ = self.id.split(".")[1].partition("-")
        return word if dash and word in CLAUSE_PREFIXES else ""

    @property
    def is_proposal(self) -> bool:
        """Tell whether it is ours alone: neither a law nor an agreement carries it."""
        return False

    @property
    def anchor(self) -> str:
        """Give the clause's id as it stands in an address."""
        return anchor_of(self.id)


class Clock(Record):
    """Say from which moment to which a promise runs, and of whom."""

    start: Moment
    end: Moment
    agency: Key | None = None
    counts: Literal["each", "first", "gap"] = "first"


class Promise(Clause):
    """Hold a promise or a proposal for one; `acuan` can never be its standing."""

    text: Text
    clock: Clock | None = None
    targets: tuple[Target, ...] = ()
    calendar: Calendar | None = None
    exclusions: tuple[Exclusion, ...] = ()
    standing: Literal[Standing.REQUIRED, Standing.AGREED, Standing.PROPOSED]
    owner: Key
    basis: tuple[LegalReference, ...] = ()
    source: Source | None = None
    condition: Text | None = None
    today: Text | None = None
    remedy: Text | None = None
    valid_from: date | None = None

    @property
    def is_proposal(self) -> bool:
        """Tell whether nobody can be held to it."""
        return not self.standing.is_promise


class Handover(Record):
    """Say to whom a step hands the call, and how."""

    to: Annotated[tuple[Key, ...], Field(min_length=1)]
    mode: HandoverMode


class Step(Clause):
    """Hold one step of the procedure, in the order of its event.

    `actor` does it, in the `role` of somebody; `caller` says what the caller does meanwhile. `accountable`
    answers for it (the actor's own body unless named), `consulted` are asked, `informed` are told (RACI).
    """

    prefixes = ("langkah",)

    text: Text
    actor: Key
    role: Text
    caller: Text | None
    cost: Text | None
    accountable: Key | None = None
    consulted: tuple[Key, ...] = ()
    informed: tuple[Key, ...] = ()
    event: Event | SideEvent | None = None
    after: Event | None = None
    handover: Handover | None = None
    promise: ClauseId | None = None


class Right(Clause):
    """Hold a right of the citizen and the obligations that answer it."""

    prefixes = ("hak",)

    text: Text
    answered_by: Annotated[tuple[ClauseId, ...], Field(min_length=1)]
    basis: tuple[LegalReference, ...] = ()

    @property
    def is_proposal(self) -> bool:
        """Tell whether no law carries the right."""
        return not self.basis


class Obligation(Clause):
    """Hold an obligation: of the citizen (`wajib-`) or of the provider (`kami-`)."""

    prefixes = ("wajib", "kami")

    text: Text
    good_for: Text | None = None
    basis: tuple[LegalReference, ...] = ()

    @property
    def is_proposal(self) -> bool:
        """Tell whether no law carries the obligation."""
        return not self.basis

    @property
    def side(self) -> Side:
        """Give the side that owes it."""
        return Side.CITIZEN if self.prefix == "wajib" else Side.PROVIDER


class Power(Clause):
    """Hold what the provider, or one officer alone, may decide."""

    prefixes = ("wenang",)

    text: Text
    limit: Text | None = None

    @property
    def is_proposal(self) -> bool:
        """Tell whether it is ours alone: no power here has been granted yet."""
        return True


class PartnerClause(Clause):
    """Hold a right or an obligation of a stakeholder, beside the clauses it concerns."""

    prefixes = ("mitra",)

    text: Text
    about: tuple[ClauseId, ...] = ()
    basis: tuple[LegalReference, ...] = ()

    @property
    def is_proposal(self) -> bool:
        """Tell whether no law carries it."""
        return not self.basis


class StandardComponent(Clause):
    """Hold one of the 14 components of the standard; no text means not found yet."""

    prefixes = ("std",)

    text: Text | None

    @model_validator(mode="after")
    def _component_exists(self) -> Self:
        known = [component.value for component in Component]
        if self.id.split(".std-")[1] not in known:
            raise ValueError(f"`{self.id}` is no component of the law: one of {', '.join(known)}")
        return self

    @property
    def component(self) -> Component:
        """Give the component of the law that this is."""
        return Component(self.id.split(".std-")[1])


class Clauses(Record):
    """Gather the clauses of one scope by kind."""

    steps: tuple[Step, ...] = ()
    promises: tuple[Promise, ...] = ()
    rights: tuple[Right, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    powers: tuple[Power, ...] = ()
    partners: tuple[PartnerClause, ...] = ()
    standard: tuple[StandardComponent, ...] = ()

    def clauses(self) -> Iterator[Clause]:
        """Yield every clause, kind by kind."""
        return chain.from_iterable(getattr(self, kind) for kind in Clauses.model_fields)


def anchor_of(clause_id: str) -> str:
    """Give a clause id as it stands in an address: KBK.siap is kbk-siap."""
    return clause_id.lower().replace(".", "-")
