"""Which reviewer was sent the digest of which day."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from site_api.database import Kept, Model, UtcTime


class Digest(Model):
    """Hold one mail: claimed before it is sent, confirmed after; neither its words nor an address."""

    __tablename__ = "digests"
    kept = Kept(days=30, since=("claimed_at",))
    __table_args__ = (UniqueConstraint("reviewer_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("reviewers.id"))
    day: Mapped[date]
    claimed_at: Mapped[datetime] = mapped_column(UtcTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcTime)
