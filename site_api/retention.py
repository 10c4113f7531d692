"""Erases what has been kept for as long as its table says: `flask --app site_api retention run`."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

import click
from flask.cli import AppGroup
from sqlalchemy import ColumnElement, Connection, delete, func, null, select

from site_api import audit
from site_api.anchors import Anchor
from site_api.answer_templates.models import AnswerTemplate
from site_api.approvals.models import Approval
from site_api.calls.models import Call, CallEvent, CallUnit, Dataset
from site_api.database import Model, db, is_migrated, write
from site_api.dates import day_of, for_a_day
from site_api.digests.models import Digest
from site_api.errors import Conflict, Problem
from site_api.feedback import following
from site_api.feedback.models import (
    Answer,
    Feedback,
    Message,
    Note,
    Opinion,
    SearchMark,
    SearchWord,
    Stay,
)
from site_api.hoax_reports import workflow as hoax_workflow
from site_api.hoax_reports.models import HoaxReport
from site_api.installation import Installation, installation
from site_api.measures.models import Measure
from site_api.reviewers.models import Invitation, RecoveryCode, Reviewer, ReviewerSession
from site_api.writer import BUSY_S, alone

GROUP = 200
TABLES: tuple[type[Model], ...] = (
    *(Feedback, Message, Answer, Opinion, Stay, Note, SearchWord, HoaxReport, Measure, Approval),
    *(Call, CallUnit, CallEvent, Dataset),
    *(AnswerTemplate, SearchMark, Reviewer, ReviewerSession, Invitation, RecoveryCode, Digest),
    *(audit.AuditEntry, Anchor),
)
# A case stays as a row without words, so that counts and the audit hold; all else goes as a whole row.
ERASERS: Mapping[type[Model], Callable[[Installation, Any, str], None]] = {
    Feedback: following.erase,
    HoaxReport: hoax_workflow.erase,
}


class Erased(NamedTuple):
    """Count the rows that went, and those that somebody changed meanwhile and that were left."""

    rows: int
    left: int = 0


def due(place: Installation, model: type[Model], day: date) -> ColumnElement[bool] | None:
    """Give the condition of the rows that go on a local day; None for a table with no days of its own.

    The day on which something ended does not count, so a row is kept for at least as long as is said.
    """
    days, table = model.kept.days, _columns(model)
    if days is None:
        return None
    since = func.coalesce(*(table[name] for name in model.kept.since), null())
    is_over = since < datetime.combine(day - timedelta(days=days), time(), place.zone)
    return is_over & table["erased_at"].is_(None) if model in ERASERS else is_over


def count_due(place: Installation, model: type[Model], day: date) -> int:
    """Count the rows of a table that go on a local day, those that go with another row included."""
    owner = next((one for one in TABLES if one.__tablename__ == model.kept.goes_with), model)
    condition = due(place, owner, day)
    if condition is None:
        return 0
    if owner is not model:
        condition = _link(model, owner).in_(select(_columns(owner)["id"]).where(condition))
    return db.session.scalar(select(func.count()).select_from(model).where(condition)) or 0


def erase_due(place: Installation, model: type[Model], day: date) -> Erased:
    """Erase what goes on a local day, a few rows at a time, so that the server can write between."""
    condition = due(place, model, day)
    if condition is None:
        return Erased(0)
    if model in ERASERS:
        return _erase_cases(place, model, condition)
    rows = 0
    while gone := _delete_group(place, model, condition):
        rows += gone
    return Erased(rows)


def _erase_cases(place: Installation, model: type[Model], condition: ColumnElement[bool]) -> Erased:
    rows = left = 0
    key = _columns(model)["id"]
    last = 0
    while keys := db.session.scalars(
        select(key).where(condition, key > last).order_by(key).limit(GROUP)
    ).all():
        for last in keys:
            try:
                ERASERS[model](place, db.session.get_one(model, last), audit.CLOCK)
                rows += 1
            except Conflict:
                left += 1
    return Erased(rows, left)


def _delete_group(place: Installation, model: type[Model], condition: ColumnElement[bool]) -> int:
    table, now = _columns(model), place.now()
    with_it = [one for one in TABLES if one.kept.goes_with == model.__tablename__]

    def job(connection: Connection) -> int:
        keys = connection.scalars(select(table["id"]).where(condition).limit(GROUP)).all()
        for one in with_it:
            connection.execute(delete(one).where(_link(one, model).in_(keys)))
        connection.execute(delete(model).where(table["id"].in_(keys)))
        if keys:
            name, detail = model.__tablename__, {"rows": len(keys)}
            audit.record(
                connection, at=now, actor=audit.CLOCK, verb="retention.erase", subject=name, detail=detail
            )
        return len(keys)

    return write(job)


def fold_journal(place: Installation) -> bool:
    """Take the old words out of the journal as well; False if somebody was reading them just then."""
    db.session.rollback()
    file = place.settings.database
    with alone(file), closing(sqlite3.connect(file, timeout=BUSY_S)) as connection:
        is_busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not is_busy


def _columns(model: type[Model]) -> Any:
    return model.__table__.columns


def _link(model: type[Model], owner: type[Model]) -> Any:
    """Give the column that says to which row of its owner a row belongs."""
    return next(column for column in _columns(model) if column.references(_columns(owner)["id"]))


commands = AppGroup("retention", help="How long what is kept stays.")


@commands.command("run")
@click.option("--dry-run", is_flag=True, help="only count what is due")
@for_a_day
def run(*, dry_run: bool, today: datetime | None) -> None:
    """Erase what has been kept long enough, and say of each table how many rows that were."""
    place, day = installation(), day_of(today)
    if not is_migrated():
        raise click.ClickException("the tables are not of this version: flask --app site_api db upgrade")
    try:
        for line in _counted(place, day) if dry_run else _erased(place, day):
            click.echo(line)
    except Problem as problem:
        message = f"the database did not confirm ({problem}): free what it lacks, then run it again"
        raise click.ClickException(message) from None


def _counted(place: Installation, day: date) -> Iterator[str]:
    for model in TABLES:
        yield f"{model.__tablename__:<20}{_rule(model):<24}{count_due(place, model, day):>8,} due"
    yield "Nothing has been changed."


def _erased(place: Installation, day: date) -> Iterator[str]:
    # All are counted first: what goes with a row is gone together with it.
    found = {model: count_due(place, model, day) for model in TABLES}
    for model in TABLES:
        gone = erase_due(place, model, day)
        rows = found[model] if model.kept.goes_with else gone.rows
        left = f"; changed meanwhile and left: {gone.left:,}" if gone.left else ""
        yield f"{model.__tablename__:<20}{_rule(model):<24}{rows:>8,} erased{left}"
    if not fold_journal(place):
        message = "erased; somebody was reading, so old words may stand in the journal: run it again"
        raise click.ClickException(message)


def _rule(model: type[Model]) -> str:
    kept = model.kept
    if kept.days is not None:
        return f"{kept.days:,} {'day' if kept.days == 1 else 'days'}"
    return f"with {kept.goes_with}" if kept.goes_with else "for good"
