"""One SQLite file: reads through the session, every write through the one thread that may write."""

import sqlite3
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from flask import Flask, current_app
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Dialect, FromClause, String, event, text, update
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from site_api.errors import Conflict
from site_api.settings import Settings
from site_api.writer import BUSY_S, Writer, plain

T = TypeVar("T")
WRITER = "piagam112.writer"
FIXED_SQLITE = (3, 51, 3)
SOUND = "has the fix of the WAL-reset fault"
FAULTY = (
    "has the WAL-reset fault (3.7.0 to 3.51.2): the server alone writes and checkpoints, commands take the "
    "same file lock; PIAGAM_JOURNAL=TRUNCATE avoids that journal altogether"
)
SOUND_FILE = "file: ok"
MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True)
class Kept:
    """Say how long the rows of a table are kept; without days or another table, for good.

    The days count from the first of the moments `since` that is known. What goes with another table goes with
    the row there that it belongs to.
    """

    days: int | None = None
    since: tuple[str, ...] = ()
    goes_with: str | None = None


class Base(DeclarativeBase):
    """Be the base of all tables."""


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
migrate = Migrate()
if TYPE_CHECKING:

    class Model(DeclarativeBase):
        """Be one table, which says how long it keeps its rows."""

        kept: ClassVar[Kept]
else:
    Model = db.Model


@lru_cache(maxsize=64)  # a submission writes its moment four times
def utc_text(moment: datetime) -> str:
    """Write a moment as UTC with second precision, so that it sorts and reads well."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


class _NamingIndexes(SQLiteCompiler):
    """Let a query name its index (`with_hint`): SQLite keeps no figures here by which it could choose."""

    def get_from_hint_text(self, _table: FromClause, text: str | None) -> str | None:
        return text


class UtcTime(TypeDecorator[datetime]):
    """Store a moment as UTC text with second precision, so that it sorts and reads well."""

    impl = String(20)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> str | None:
        """Write the moment; a time without zone is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs its zone")
        return utc_text(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> datetime | None:
        """Read the moment back."""
        return None if value is None else datetime.fromisoformat(value)


class Word(TypeDecorator[StrEnum]):
    """Store a word of a closed vocabulary as its text."""

    impl = String(32)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        """Keep the vocabulary."""
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | None, _dialect: Dialect) -> str | None:
        """Write the word; raises ValueError for one that the vocabulary does not have."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, _dialect: Dialect) -> StrEnum | None:
        """Read the word back."""
        return None if value is None else self.kind(value)


def write(run: Callable[[Connection], T], patience_s: float | None = None) -> T:
    """Run a job on the app's writer; see Writer.write. What was read before is read afresh afterwards."""
    writer: Writer = current_app.extensions[WRITER]
    try:
        return writer.write(run, patience_s)
    finally:
        if db.session.registry.has():
            db.session.rollback()


def post(run: Callable[[Connection], object]) -> None:
    """Leave a job to the app's writer without waiting for it; one that fails is lost."""
    writer: Writer = current_app.extensions[WRITER]
    writer.post(run)


def insert(connection: Connection, model: type[Model], **values: Any) -> int:
    """Insert one row with SQL compiled once, and give its key; columns that are not named are null."""
    return int(_insert(connection, model, "", values).lastrowid or 0)


def insert_new(connection: Connection, model: type[Model], **values: Any) -> bool:
    """Insert one row unless another has one of its unique values; tell whether it was inserted."""
    return _insert(connection, model, " ON CONFLICT DO NOTHING", values).rowcount == 1


def _insert(
    connection: Connection, model: type[Model], ending: str, values: Mapping[str, Any]
) -> sqlite3.Cursor:
    sql, columns, binds = _insertion(model, connection.dialect)
    if unknown := values.keys() - columns.keys():
        raise TypeError(f"{model.__tablename__} has no column {', '.join(sorted(unknown))}")
    row = {**columns, **values}
    for name, bind in binds:
        if row[name] is not None:
            row[name] = bind(row[name])
    return plain(connection).execute(sql + ending, tuple(row.values()))


@cache
def _insertion(
    model: type[Model], dialect: Dialect
) -> tuple[str, dict[str, Any], tuple[tuple[str, Callable[[Any], Any]], ...]]:
    table = model.__table__
    compiled = table.insert().compile(dialect=dialect)  # type: ignore[attr-defined]
    found = (
        (column.name, column.type.dialect_impl(dialect).bind_processor(dialect)) for column in table.columns
    )
    nulls = dict.fromkeys(column.name for column in table.columns)
    return str(compiled), nulls, tuple((name, bind) for name, bind in found if bind)


def transition(
    connection: Connection, model: Any, key: int, states: Collection[StrEnum], *conditions: Any, **values: Any
) -> None:
    """Change a case only if it is still in one of the states; raises Conflict otherwise."""
    statement = update(model).where(model.id == key, model.state.in_(states), *conditions).values(**values)
    if connection.execute(statement).rowcount != 1:
        raise Conflict


def init_app(app: Flask, settings: Settings) -> None:
    """Join the app to its database: a session that only reads, and the writer."""
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{settings.database}"
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "pool_size": 32,
        "connect_args": {"timeout": BUSY_S},
        "hide_parameters": True,  # or an error would carry a citizen's words into the log
    }
    app.extensions[WRITER] = Writer(settings.database, settings.journal)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(MIGRATIONS))
    with app.app_context():
        event.listen(db.engine, "connect", _read_only)
        db.engine.dialect.statement_compiler = _NamingIndexes


def close_app(app: Flask) -> None:
    """Let go of the database: what waits is written first."""
    with app.app_context():
        db.engine.dispose()
    app.extensions[WRITER].close()


def _read_only(connection: sqlite3.Connection, _record: object) -> None:
    # A reader that checkpoints could meet the writer in the WAL-reset fault of SQLite before 3.51.3.
    for pragma in ("query_only=ON", "wal_autocheckpoint=0", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {pragma}")


def is_migrated() -> bool:
    """Tell whether the tables are those of this version."""
    return fault_of_tables() is None


def fault_of_tables() -> str | None:
    """Say what keeps the tables from being used: a file that cannot be read, or another version."""
    try:
        names = set(db.session.scalars(text("SELECT name FROM sqlite_master")))
        is_there = "alembic_version" in names
        found = db.session.scalar(text("SELECT version_num FROM alembic_version")) if is_there else None
    except (DatabaseError, UnicodeDecodeError):
        return "broken"
    return None if found == migrate_head() else "not migrated"


@cache
def migrate_head() -> str:
    """Give the name of the newest migration."""
    return max(path.stem for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def diagnosis() -> list[str]:
    """Give what there is to know of the database, a line each."""
    version = sqlite3.sqlite_version
    journal = write(lambda connection: connection.exec_driver_sql("PRAGMA journal_mode").scalar())
    sound = db.session.execute(text("PRAGMA quick_check")).scalar()
    is_fixed = tuple(map(int, version.split("."))) >= FIXED_SQLITE
    is_now = is_migrated()
    return [
        f"SQLite {version}: {SOUND if is_fixed else FAULTY}",
        f"journal {journal}, synchronous FULL for the writer, readers query_only",
        f"tables: {'of this version' if is_now else 'not of this version: flask --app site_api db upgrade'}",
        f"file: {sound}",
    ]
