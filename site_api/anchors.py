"""The daily signed heads of the audit chain, as this installation keeps them."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, func, select, text
from sqlalchemy.orm import Mapped, mapped_column

from charter_data.audit_heads import AuditHead
from site_api import audit, heads, proofs
from site_api.audit import AuditEntry, Chain
from site_api.database import Kept, Model, UtcTime, db, insert_new, write
from site_api.heads import HeadsFault
from site_api.installation import Installation

VERB = "audit.anchor"
LOSS = "audit.loss"
COLUMNS = ("sequence", "city", "day", "made_at", "rows", "head", "previous", "key", "signature")


class Anchor(Model):
    """Hold one signed head; it is never changed or removed, and the site publishes it."""

    __tablename__ = "audit_heads"
    kept = Kept()

    sequence: Mapped[int] = mapped_column(primary_key=True)
    city: Mapped[str]
    day: Mapped[date] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    rows: Mapped[int]
    head: Mapped[str]
    previous: Mapped[str]
    key: Mapped[str]
    signature: Mapped[str]


class NotAnchored(Exception):
    """No head was signed; str() says why."""


def kept_heads() -> tuple[AuditHead, ...]:
    """Give all heads, the oldest first; raises HeadsFault for one that is no head at all."""
    # As text, since somebody may have put there what is no date.
    found = db.session.execute(text(f"SELECT {', '.join(COLUMNS)} FROM audit_heads ORDER BY sequence"))  # noqa: S608
    return tuple(_head(dict(zip(COLUMNS, row, strict=True))) for row in found)


def newest() -> datetime | None:
    """Give when the newest head was made."""
    return db.session.scalar(select(Anchor.made_at).order_by(Anchor.sequence.desc()).limit(1))


def walk(
    place: Installation, others: Collection[AuditHead] = (), kept: str | None = None
) -> tuple[Chain, list[str]]:
    """Walk the chain, and say what does not hold of it, of the heads kept here and of others."""
    # Heads before rows: what is written meanwhile then only adds rows that no head asks for.
    try:
        ours = kept_heads()
        uneven = _uneven(ours)
    except HeadsFault as fault:
        ours, uneven = (), str(fault)
    known = heads.in_order((*ours, *others))
    chain = audit.verify(kept, {head.rows for head in known})
    keys = proofs.published_keys(place.settings, place.charter)
    found = [chain.fault, heads.fault_of_rows(known, chain), uneven]
    return chain, [*(one for one in found if one), *heads.faults(known, keys)]


def anchor(
    place: Installation, day: date, others: Collection[AuditHead] = (), *, is_loss_known: bool = False
) -> tuple[AuditHead, bool]:
    """Sign the head of a day, once; tell whether it is new. Raises NotAnchored.

    `others` are those that were published: with fewer rows than they say nothing is signed, until somebody
    who knows of the loss says so, which the chain then tells.
    """
    last = next(reversed(kept_heads()), None)
    if last and day < last.day:
        raise NotAnchored(f"the newest head is of {last.day}, later than {day}")
    if last and day == last.day:
        return last, False
    chain, found = walk(place, () if is_loss_known else others)
    if found:
        raise NotAnchored("; ".join(found))
    if is_loss_known:
        chain = _told_loss(place, others)
    head = heads.signed(place, day, chain.rows, chain.head, last)
    return head, write(lambda connection: _store(connection, head))


def _store(connection: Connection, head: AuditHead) -> bool:
    made_at = datetime.fromisoformat(head.made_at)
    values = head.model_dump(exclude={"format", "made_at"})
    if not insert_new(connection, Anchor, **values, made_at=made_at):
        return False  # another run was faster
    detail = {"rows": head.rows, "head": head.head}
    audit.record(
        connection, at=made_at, actor=audit.CLOCK, verb=VERB, subject=str(head.sequence), detail=detail
    )
    return True


def _told_loss(place: Installation, others: Collection[AuditHead]) -> Chain:
    now = place.now()
    detail = {"published_rows": max((head.rows for head in others), default=0)}

    def job(connection: Connection) -> None:
        audit.record(connection, at=now, actor=audit.COMMAND, verb=LOSS, subject="audit", detail=detail)

    write(job)
    return audit.verify()


def _uneven(ours: Collection[AuditHead]) -> str | None:
    """Say whether chain and table tell of another number of heads: each has its row."""
    told = db.session.scalar(select(func.count()).where(AuditEntry.verb == VERB)) or 0
    if told == len(ours):
        return None
    if told > len(ours):
        return f"head {len(ours) + 1} and later ones are gone"
    return f"the rows that tell of head {told + 1} and later ones are gone"


def _head(stored: dict[str, Any]) -> AuditHead:
    try:
        return AuditHead.model_validate(stored)
    except ValidationError:
        raise HeadsFault(f"head {stored['sequence']} is not what was written") from None
