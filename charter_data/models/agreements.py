"""Who has agreed to what: seats, agreements, open points; and the ladder for misuse."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from charter_data.models.base import ClauseId, Hash, Key, Line, Record, Source, Text, Version
from charter_data.vocabulary import CallClass, PartyKind, Standing


class Party(Record):
    """Hold one seat at the table; no holder means the seat is empty."""

    key: Key
    name: Text
    kind: PartyKind
    agency: Key | None = None
    holder: Line | None
    seated_on: date | None


class AgreedClause(Record):
    """Bind an agreement to the exact wording of a clause."""

    clause: ClauseId
    sha256: Hash


class Agreement(Record):
    """Hold what one party has agreed to, when, and with which note."""

    party: Key
    clauses: Annotated[tuple[AgreedClause, ...], Field(min_length=1)]
    version: Version
    agreed_on: date
    minutes: Line
    note: Text | None = None


class OpenPoint(Record):
    """Hold a question that the parties, not we, must settle."""

    key: Key
    question: Text
    why: Text
    options: tuple[Text, ...] = ()
    ask: Annotated[tuple[Key, ...], Field(min_length=1)]
    clauses: tuple[ClauseId, ...] = ()


class Agreements(Record):
    """Hold the seats, what has been agreed, what is open, and how to take part."""

    parties: Annotated[tuple[Party, ...], Field(min_length=1)]
    agreements: tuple[Agreement, ...]
    open_points: tuple[OpenPoint, ...]
    take_part: Text


class HoaxStep(Text):
    """Hold one rung of the fair ladder."""

    key: Key


class NeverCounted(Record):
    """Name the calls and callers that never count as misuse."""

    classes: tuple[CallClass, ...]
    callers: tuple[Text, ...]


class Practice(Record):
    """Hold what was done or counted at a date, told as such."""

    text: Text
    source: Source


class HoaxPolicy(Record):
    """Hold the fair ladder for misuse of the line; no agreement can bind it yet, so it stays a proposal."""

    standing: Literal[Standing.PROPOSED]
    access: Text
    cost: Text
    steps: Annotated[tuple[HoaxStep, ...], Field(min_length=1)]
    never_counted: NeverCounted
    practice: tuple[Practice, ...]
    parents: tuple[Text, ...]
    teachers: tuple[Text, ...]
    reasons: tuple[Text, ...]
    appeal_decided_by: Text
    penalty: Text
