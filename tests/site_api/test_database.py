import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event, Lock
from time import monotonic

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import create_engine, event, inspect, text
from sqlalchemy.exc import OperationalError

from site_api import database, writer
from site_api.database import db, insert, post, write
from site_api.errors import CannotStore, Conflict, OutcomeUnknown
from site_api.feedback.models import Feedback, State
from site_api.reviewers.models import Reviewer, Role
from site_api.writer import Writer
from tests.apps import settings_in

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def account(name: str):
    return {"name": name, "role": Role.TRIAGE, "password_hash": "x", "is_active": True, "added_at": NOW}


def add(name: str):
    return lambda connection: insert(connection, Reviewer, **account(name))


def until(is_so):
    deadline = monotonic() + 10
    while not is_so():
        assert monotonic() < deadline


def names():
    return sorted(db.session.scalars(text("SELECT name FROM reviewers")))


def test_what_was_written_can_be_read_at_once(app):
    key = write(add("satu"))

    reviewer = db.session.get(Reviewer, key)

    assert reviewer is not None
    assert (reviewer.name, reviewer.role, reviewer.added_at) == ("satu", Role.TRIAGE, NOW)


def test_a_written_row_is_in_the_file_when_the_call_returns(app, tmp_path):
    write(add("satu"))

    with sqlite3.connect(tmp_path / "piagam.sqlite3") as elsewhere:
        assert elsewhere.execute("SELECT name FROM reviewers").fetchall() == [("satu",)]
    elsewhere.close()


def test_the_session_cannot_write(app):
    db.session.add(Reviewer(**account("satu")))

    with pytest.raises(OperationalError, match="readonly"):
        db.session.commit()
    db.session.rollback()

    assert names() == []


def test_a_job_that_fails_is_undone_alone(app):
    def fail(connection):
        insert(connection, Reviewer, **account("setengah"))
        raise ZeroDivisionError

    barrier = Event()
    with ThreadPoolExecutor(3) as pool:

        def send(job):
            barrier.wait()
            with app.app_context():
                return write(job)

        waiting = [pool.submit(send, job) for job in (add("satu"), fail, add("dua"))]
        barrier.set()

    with pytest.raises(ZeroDivisionError):
        waiting[1].result()
    assert [waiting[0].exception(), waiting[2].exception()] == [None, None]
    assert names() == ["dua", "satu"]


def test_many_at_once_are_all_written(app):
    def send(number):
        with app.app_context():
            return write(add(f"nomor-{number}"))

    with ThreadPoolExecutor(16) as pool:
        keys = list(pool.map(send, range(300)))

    assert len(set(keys)) == 300
    assert len(names()) == 300


def test_a_posted_job_is_written_before_the_next_and_one_that_fails_harms_no_other(app):
    def fail(connection):
        insert(connection, Reviewer, **account("setengah"))
        raise ZeroDivisionError

    post(add("satu"))
    post(fail)
    write(add("dua"))

    assert names() == ["dua", "satu"]


def test_waiting_jobs_share_one_commit(app):
    writer: Writer = app.extensions[database.WRITER]
    commits: list[object] = []
    running, go_on = Event(), Event()
    write(lambda connection: event.listen(connection.engine, "commit", commits.append))

    def hold(_connection):
        running.set()
        go_on.wait(10)

    with ThreadPoolExecutor(9) as pool:
        first = pool.submit(writer.write, hold)
        running.wait(10)
        rest = [pool.submit(writer.write, add(f"nomor-{number}")) for number in range(8)]
        until(lambda: writer.waiting == 8)
        commits.clear()
        go_on.set()
        first.result()
        for one in rest:
            one.result()

    assert len(commits) == 2  # that of the first, and one for all the others


def test_a_database_that_refuses_is_named_and_nothing_is_stored(app):
    write(lambda connection: connection.exec_driver_sql("PRAGMA max_page_count = 1"))

    with pytest.raises(CannotStore):
        write(lambda connection: [insert(connection, Reviewer, **account(f"n{i}")) for i in range(5000)])

    assert names() == []


def test_a_disk_that_has_room_again_is_written_to_again(app):
    write(lambda connection: connection.exec_driver_sql("PRAGMA max_page_count = 1"))
    with pytest.raises(CannotStore):
        write(lambda connection: [insert(connection, Reviewer, **account(f"n{i}")) for i in range(5000)])
    write(lambda connection: connection.exec_driver_sql("PRAGMA max_page_count = 1000000"))

    write(add("satu"))

    assert names() == ["satu"]


def test_a_writer_that_does_not_answer_leaves_the_outcome_open(app, monkeypatch):
    monkeypatch.setattr(writer, "PATIENCE_S", 0.05)
    go_on = Lock()
    go_on.acquire()

    with pytest.raises(OutcomeUnknown):
        write(lambda _connection: go_on.acquire(timeout=10))
    go_on.release()


def test_another_process_waits_while_one_writes(app, tmp_path):
    path = tmp_path / "piagam.sqlite3"
    second = Writer(path, "WAL")
    started = Event()

    with ThreadPoolExecutor(1) as pool:
        with writer.alone(path):

            def send():
                started.set()
                return second.write(add("dua"))

            late = pool.submit(send)
            started.wait(10)
            assert not late.done()
        late.result()
    second.close()

    assert names() == ["dua"]


def test_what_still_waits_is_written_before_the_writer_closes(tmp_path, make_app):
    make_app()
    writer = Writer(tmp_path / "piagam.sqlite3", "WAL")
    running, go_on = Event(), Event()

    def hold(_connection):
        running.set()
        go_on.wait(10)

    with ThreadPoolExecutor(3) as pool:
        pool.submit(writer.write, hold)
        running.wait(10)
        last = pool.submit(writer.write, add("terakhir"))
        until(lambda: writer.waiting == 1)
        closing = pool.submit(writer.close)
        go_on.set()
        closing.result()

    assert last.result() == 1
    assert not (tmp_path / "piagam.sqlite3-wal").exists()


@pytest.mark.parametrize("journal", ["WAL", "TRUNCATE"])
def test_the_journal_is_the_one_that_was_set(make_app, journal):
    app = make_app(journal=journal)
    with app.app_context():
        write(add("satu"))

        assert journal.lower() in " ".join(database.diagnosis())


def test_insert_names_a_column_that_is_not_there(app):
    with pytest.raises(TypeError, match="reviewers has no column colour"):
        write(lambda connection: insert(connection, Reviewer, **account("satu"), colour="biru"))


def test_a_time_without_zone_is_refused(app):
    with pytest.raises(ValueError, match="zone"):
        write(lambda c: insert(c, Reviewer, **account("satu") | {"added_at": datetime(2026, 1, 1)}))


def test_a_word_outside_the_vocabulary_is_refused(app):
    with pytest.raises(ValueError, match="penguasa"):
        write(lambda c: insert(c, Reviewer, **account("satu") | {"role": "penguasa"}))


def test_a_transition_needs_its_state(app):
    with pytest.raises(Conflict):
        write(lambda c: database.transition(c, Feedback, 1, (State.RECEIVED,), state=State.VERIFIED))


def test_migrations_give_the_tables_of_the_models(app):
    from_models = create_engine("sqlite://")
    db.metadata.create_all(from_models)
    wanted, made = inspect(from_models), inspect(db.engine)

    assert set(wanted.get_table_names()) == set(made.get_table_names()) - {"alembic_version"}
    for table in wanted.get_table_names():
        assert shape(made, table) == shape(wanted, table)
    from_models.dispose()


def shape(schema, table):
    return (
        {column["name"]: (str(column["type"]), column["nullable"]) for column in schema.get_columns(table)},
        {tuple(index["column_names"]) for index in schema.get_indexes(table)},
        {tuple(unique["column_names"]) for unique in schema.get_unique_constraints(table)},
        {tuple(key["constrained_columns"]) for key in schema.get_foreign_keys(table)},
    )


def test_migrations_go_down_and_up_again(tmp_path, make_app):
    app = make_app()
    with app.app_context():
        downgrade(revision="base")
        assert not database.is_migrated()
        upgrade()
        assert database.is_migrated()
        assert names() == []


def test_the_doctor_names_version_journal_and_tables(app):
    told = app.test_cli_runner().invoke(args=["doctor"]).output

    assert f"SQLite {sqlite3.sqlite_version}" in told
    assert "journal wal" in told
    assert "tables: of this version" in told
    assert "file: ok" in told


def test_the_doctor_says_what_to_do_about_tables_of_another_version(make_app, tmp_path):
    app = make_app(database=settings_in(tmp_path).database.with_name("baru.sqlite3"))

    assert "flask --app site_api db upgrade" in app.test_cli_runner().invoke(args=["doctor"]).output
