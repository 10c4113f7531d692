"""What is kept of a hoax report: the event, and what a check found."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from charter_data.snapshot import Finding
from site_api.cases import Case
from site_api.database import Kept, UtcTime, Word

NOUN = "hoax_report"
PREFIX = "P"


class HoaxClass(StrEnum):
    """Name what the writer takes the call for; good faith is one of the answers."""

    NUISANCE = "iseng"
    FALSE_REPORT = "palsu"
    MISTAKEN = "keliru"
    UNKNOWN = "unknown"


class State(StrEnum):
    """Name the stations of a hoax report."""

    RECEIVED = "received"
    VERIFIED = "verified"
    FOUND = "found"
    CLOSED = "closed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


OPEN = (State.RECEIVED, State.VERIFIED)


class HoaxReport(Case):
    """Hold one report; `text` is the writer's own words and is never published."""

    __tablename__ = "hoax_reports"
    kept = Kept(days=365, since=("ended_at", "found_at"))
    noun = NOUN
    __table_args__ = (Index("hoax_report_queue", "state", "received_at"),)

    call_class: Mapped[HoaxClass] = mapped_column(Word(HoaxClass))
    time: Mapped[str | None]
    place: Mapped[str | None]
    agencies: Mapped[str]
    state: Mapped[State] = mapped_column(Word(State))
    finding: Mapped[Finding | None] = mapped_column(Word(Finding))
    found_at: Mapped[datetime | None] = mapped_column(UtcTime)
    found_by: Mapped[str | None]
