"""What is kept of a measure: the step, who decided it and why, and what became of it; nobody's number."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from site_api.cases import Guarded
from site_api.database import Kept, UtcTime, Word

NOUN = "measure"
PREFIX = "T"
DAYS_TO_SECOND = 7
DAYS_IN_FORCE = 90
DAYS_TO_APPEAL = 7
WORKING_DAYS_TO_JUDGE = 3


class Step(StrEnum):
    """Name the steps that somebody decides, by their keys in the charter's ladder."""

    MARK = "tandai"
    DECIDE = "putus"
    POLICE = "polisi"
    FAMILY = "anak"


class Caller(StrEnum):
    """Say who called, as far as it is known."""

    ADULT = "adult"
    CHILD = "child"
    IN_CRISIS = "in_crisis"
    NOT_KNOWN = "not_known"


class State(StrEnum):
    """Name the stations of a measure."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    REFUSED = "refused"
    APPEALED = "appealed"
    UPHELD = "upheld"
    LIFTED = "lifted"
    ENDED = "ended"


OPEN = (State.PROPOSED, State.IN_FORCE, State.APPEALED, State.UPHELD)
HOLDING = (State.IN_FORCE, State.UPHELD)
"""The states in which a measure holds; one that is appealed against waits for its judge."""


ENDED_BY_CLOCK = (State.PROPOSED, *HOLDING)


class Measure(Guarded):
    """Hold one measure; `caller_hash` is shown to nobody and leaves with the row."""

    __tablename__ = "hoax_measures"
    kept = Kept(days=365, since=("ended_at",))
    __table_args__ = (
        Index("hoax_measures_of_caller", "caller_hash", "step"),
        Index("hoax_measures_by_state", "state", "proposed_at"),
    )

    state: Mapped[State] = mapped_column(Word(State))
    caller_hash: Mapped[str]
    caller: Mapped[Caller] = mapped_column(Word(Caller))
    step: Mapped[Step] = mapped_column(Word(Step))
    counted_calls: Mapped[int]
    reason: Mapped[str | None] = mapped_column(Text)
    proposed_at: Mapped[datetime] = mapped_column(UtcTime)
    proposed_by: Mapped[str]
    decision: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None] = mapped_column(UtcTime)
    decided_by: Mapped[str | None]
    told_at: Mapped[datetime | None] = mapped_column(UtcTime)
    told_by: Mapped[str | None]
    appeal: Mapped[str | None] = mapped_column(Text)
    appealed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    appealed_by: Mapped[str | None]
    judgement: Mapped[str | None] = mapped_column(Text)
    judged_at: Mapped[datetime | None] = mapped_column(UtcTime)
    judged_by: Mapped[str | None]
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)
    ended_by: Mapped[str | None]
    ends_on: Mapped[date]
    judge_by: Mapped[date | None]
