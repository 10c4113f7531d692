"""What is kept of a request: who asks for what and why, and what the second person made of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from site_api.database import Kept, Model, UtcTime, Word
from site_api.reviewers.policy import Joint


class Decision(StrEnum):
    """Name what has become of a request."""

    ASKED = "asked"
    APPROVED = "approved"
    USED = "used"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


LASTS: Mapping[Joint, timedelta] = {Joint.EXPORT: timedelta(hours=24)}
"""How long a request waits, and an approval may be used, where no change of a case ends them."""


class Approval(Model):
    """Hold one request; `version` is that of the case as it was asked about, and none for other subjects."""

    __tablename__ = "approvals"
    kept = Kept(days=730, since=("decided_at", "asked_at"))
    __table_args__ = (
        Index("approvals_of_subject", "subject"),
        Index("approvals_by_decision", "decision", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str]
    version: Mapped[int | None]
    verb: Mapped[Joint] = mapped_column(Word(Joint))
    detail: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    asked_by: Mapped[str]
    office: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(UtcTime)
    decision: Mapped[Decision] = mapped_column(Word(Decision))
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcTime)
    refused_because: Mapped[str | None] = mapped_column(Text)
