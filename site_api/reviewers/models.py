"""Who reviews, in which role, and their sessions; passwords and tokens only as hashes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from site_api.database import Kept, Model, UtcTime, Word


class Role(StrEnum):
    """Name what a reviewer is there for."""

    TRIAGE = "triage"
    AGENCY = "agency"
    INSPECTORATE = "inspectorate"
    DPRD = "dprd"
    NGO = "ngo"
    AUDITOR = "auditor"
    ADMIN = "admin"


@dataclass(frozen=True)
class Actor:
    """Be the person who acts in this request; an agency's officer sees that agency's cases only."""

    id: int
    name: str
    role: Role
    agency: str | None
    token: str


class Reviewer(Model):
    """Hold one account; `basis` is the written ground on which an organisation outside government reads."""

    __tablename__ = "reviewers"
    kept = Kept()

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[Role] = mapped_column(Word(Role))
    agency: Mapped[str | None]
    organisation: Mapped[str | None]
    basis: Mapped[str | None]
    email: Mapped[str | None]
    password_hash: Mapped[str]
    is_active: Mapped[bool]
    added_at: Mapped[datetime] = mapped_column(UtcTime)


class ReviewerSession(Model):
    """Hold one session on the server; its token lies here only as a keyed hash."""

    __tablename__ = "reviewer_sessions"
    kept = Kept(days=1, since=("started_at",))

    id: Mapped[int] = mapped_column(primary_key=True)
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("reviewers.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    started_at: Mapped[datetime] = mapped_column(UtcTime)
    seen_at: Mapped[datetime] = mapped_column(UtcTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)

    reviewer: Mapped[Reviewer] = relationship(viewonly=True)
