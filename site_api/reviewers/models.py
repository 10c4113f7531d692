"""Who reviews, in which role, how they come in, and their sessions; nothing secret but as hashes."""

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


class Standing(StrEnum):
    """Say where an account stands: invited until its link has been used."""

    INVITED = "invited"
    ACTIVE = "active"
    INACTIVE = "inactive"


@dataclass(frozen=True)
class Actor:
    """Be the person who acts in this request; an agency's officer sees that agency's cases only."""

    id: int
    name: str
    role: Role
    agency: str | None
    token: str


class Reviewer(Model):
    """Hold one account; `basis` is the written ground on which an organisation outside government reads.

    The secret of its authenticator is derived from `totp_salt`; `last_step` is the newest one used.
    """

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
    totp_salt: Mapped[str | None]
    last_step: Mapped[int | None]
    is_active: Mapped[bool]
    added_at: Mapped[datetime] = mapped_column(UtcTime)

    @property
    def standing(self) -> Standing:
        """Tell whether somebody can come in with this account."""
        if not self.is_active:
            return Standing.INACTIVE
        return Standing.ACTIVE if self.totp_salt else Standing.INVITED


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


class Invitation(Model):
    """Hold one link by which an account gets password and authenticator; its token only as a keyed hash."""

    __tablename__ = "invitations"
    kept = Kept(days=7, since=("made_at",))

    id: Mapped[int] = mapped_column(primary_key=True)
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("reviewers.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    totp_salt: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime)

    reviewer: Mapped[Reviewer] = relationship(viewonly=True)


class RecoveryCode(Model):
    """Hold one code for who has lost the authenticator, as a keyed hash; it works once."""

    __tablename__ = "recovery_codes"
    kept = Kept()

    id: Mapped[int] = mapped_column(primary_key=True)
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("reviewers.id"), index=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime)
