"""The one thread that may write: waiting jobs share a commit, and each can fail alone."""

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import StaticPool

from site_api.errors import CannotStore, OutcomeUnknown

T = TypeVar("T")
GROUP = 64
WAITING = 256
PATIENCE_S = 10.0
BUSY_S = 5.0
KNOWN = "known to the group"
OF_DATABASE = (
    DatabaseError,
    OperationalError,
    sqlite3.DatabaseError,
    sqlite3.OperationalError,
    UnicodeDecodeError,
)


@dataclass
class _Job(Generic[T]):
    run: Callable[[Connection], T]
    done: Lock = field(default_factory=Lock)
    value: T | None = None
    error: Exception | None = None


class Writer:
    """Own the only writing connection; waiting jobs share one commit, and each can fail alone."""

    def __init__(self, path: Path, journal: str) -> None:
        """Prepare; the thread starts with the first job, so a fork before that does no harm."""
        self._path = path
        self._engine = writing_engine(path, journal)
        self._connection: Connection | None = None
        self._queue: SimpleQueue[_Job[Any] | None] = SimpleQueue()
        self._starting = Lock()
        self._thread: Thread | None = None

    @property
    def waiting(self) -> int:
        """Give how many jobs wait for the next group."""
        return self._queue.qsize()

    def write(self, run: Callable[[Connection], T], patience_s: float | None = None) -> T:
        """Run a job in the next group and return its value once it is on disk.

        Raises what the job raised, CannotStore when the database refused, and OutcomeUnknown when it has not
        ended after ten seconds, or as many as are given.
        """
        job = self.post(run)
        if not job.done.acquire(timeout=patience_s or PATIENCE_S):
            raise OutcomeUnknown(headers={"Retry-After": "10"})
        if is_of_database(job.error):
            raise CannotStore(headers={"Retry-After": "5"}) from job.error
        if job.error is not None:
            raise job.error
        return job.value  # type: ignore[return-value]  # the job has run

    def post(self, run: Callable[[Connection], T]) -> _Job[T]:
        """Put a job into the queue without waiting for it; raises CannotStore if too many wait."""
        if self.waiting >= WAITING:
            raise CannotStore(headers={"Retry-After": "5"})
        job = _Job(run)
        job.done.acquire()
        self._start()
        self._queue.put(job)
        return job

    def close(self) -> None:
        """Finish what waits, fold the journal into the file and let go of it."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join(PATIENCE_S)
        with alone(self._path):
            if self._connection is not None:
                self._connection.close()
            self._engine.dispose()

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = Thread(target=self._work, name="writer", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while (first := self._queue.get()) is not None:
            group = [first]
            is_last = False
            while len(group) < GROUP and not is_last:
                try:
                    job = self._queue.get_nowait()
                except Empty:
                    break
                is_last = job is None
                group += [job] if job is not None else []
            self._commit(group)
            if is_last:
                return

    def _commit(self, group: list[_Job[Any]]) -> None:
        try:
            with self._transaction() as connection:
                known(connection).clear()  # another process may have written meanwhile
                for job in group:
                    _attempt(connection, job)
        except Exception as error:  # the whole group is undone, so all of it has failed
            for job in group:
                job.error = error
        for job in group:
            job.done.release()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with alone(self._path):
            if self._connection is None:
                self._connection = self._engine.connect()
            with self._connection.begin():
                yield self._connection


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep other processes from writing to a database and checkpointing it meanwhile."""
    lock = os.open(f"{path}.lock", os.O_WRONLY | os.O_CREAT, 0o666)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def plain(connection: Connection) -> sqlite3.Connection:
    """Give the driver's own connection, for the few statements that every submission runs."""
    found: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
    return found


def known(connection: Connection) -> dict[str, Any]:
    """Give what a job may leave for the next of its group; forgotten when a job fails, and with the group."""
    found: dict[str, Any] = connection.info.setdefault(KNOWN, {})
    return found


def _attempt(connection: Connection, job: _Job[Any]) -> None:
    statement = plain(connection).execute
    statement("SAVEPOINT job")
    try:
        job.value = job.run(connection)
    except Exception as error:
        job.error = error
        known(connection).clear()
        statement("ROLLBACK TO job")
    statement("RELEASE job")


def writing_engine(path: Path, journal: str) -> Engine:
    """Give an engine with one connection that may write: durable, and each transaction alone."""
    engine = create_engine(
        f"sqlite:///{path}",
        poolclass=StaticPool,
        hide_parameters=True,  # or an error would carry a citizen's words into the log
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": BUSY_S},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in (f"journal_mode={journal}", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def is_of_database(error: BaseException | None) -> bool:
    """Tell whether the database itself refused; what one of our statements did wrong is a fault of ours."""
    # The words in which SQLite tells of a broken file can hold bytes of that file.
    return type(error) in OF_DATABASE
