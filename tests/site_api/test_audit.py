import hashlib
import sqlite3
from datetime import UTC, datetime
from functools import partial

import pytest

from charter_data.seals import canonical
from site_api import audit
from site_api.database import write

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture
def chain(app):
    """Write three rows."""
    for number in range(3):
        write(partial(add, number=number))
    return app


def add(connection, number, **changes):
    values = {
        "actor": "sari",
        "verb": "feedback.verify",
        "subject": f"M-{number}",
        "detail": {"kind": "praise"},
    }
    audit.record(connection, at=NOW, **(values | changes))


def spoil(folder, *statements):
    """Change the file behind the app's back, as somebody with the disk could."""
    connection = sqlite3.connect(folder / "piagam.sqlite3", isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def verify(app, *arguments):
    return app.test_cli_runner().invoke(args=["audit", "verify", *arguments])


def test_an_untouched_chain_verifies_and_gives_its_head(chain):
    result = verify(chain)

    assert result.exit_code == 0
    assert result.output == f"3 rows, unbroken; head {audit.head()}\n"


def test_anybody_can_compute_the_hash_of_a_row(chain, tmp_path):
    connection = sqlite3.connect(tmp_path / "piagam.sqlite3")
    connection.row_factory = sqlite3.Row
    row = dict(connection.execute("SELECT * FROM audit WHERE id = 2").fetchone())
    connection.close()

    sealed = row.pop("hash")

    assert hashlib.sha256(canonical(row)).hexdigest() == sealed


@pytest.mark.parametrize(
    "verb", ["UPDATE audit SET actor = 'lain' WHERE id = 2", "DELETE FROM audit WHERE id = 3"]
)
def test_the_database_itself_refuses_to_change_a_row(chain, tmp_path, verb):
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        spoil(tmp_path, verb)

    assert verify(chain).exit_code == 0


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ("UPDATE audit SET actor = 'lain' WHERE id = 2", 2),
        ("UPDATE audit SET detail = '{}' WHERE id = 1", 1),
        ("UPDATE audit SET at = '2026-01-01T00:00:00Z' WHERE id = 3", 3),
        ("UPDATE audit SET digest = 'abc' WHERE id = 3", 3),
        ("UPDATE audit SET hash = previous WHERE id = 2", 2),
        ("DELETE FROM audit WHERE id = 2", 3),
        ("UPDATE audit SET id = id + 10 WHERE id = 3", 13),
    ],
)
def test_a_tampered_row_is_named(chain, tmp_path, change, row):
    triggers = dict.fromkeys(audit.TRIGGERS)
    connection = sqlite3.connect(tmp_path / "piagam.sqlite3")
    for name in triggers:
        (triggers[name],) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = ?", (name,)
        ).fetchone()
    connection.close()
    spoil(tmp_path, *(f"DROP TRIGGER {name}" for name in triggers), change, *triggers.values())

    result = verify(chain)

    assert result.exit_code == 1
    assert result.output.startswith(f"Error: row {row} (feedback.verify M-")


@pytest.mark.parametrize("name", audit.TRIGGERS)
def test_a_missing_trigger_is_named(chain, tmp_path, name):
    spoil(tmp_path, f"DROP TRIGGER {name}")

    assert f"the trigger {name}," in verify(chain).output


def test_rows_that_are_gone_from_the_end_are_seen_by_a_head_that_was_kept(chain, tmp_path):
    kept = audit.head()
    spoil(tmp_path, "DROP TRIGGER audit_no_delete", "DELETE FROM audit WHERE id = 3")
    spoil(
        tmp_path, "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'x'); END"
    )

    assert verify(chain).exit_code == 0
    assert f"no row has the hash {kept}" in verify(chain, "--head", kept).output


def test_a_head_that_was_kept_earlier_is_still_in_the_chain(chain):
    kept = audit.head()
    write(lambda connection: add(connection, 4))

    assert verify(chain, "--head", kept).exit_code == 0


def test_an_empty_chain_has_the_head_of_all_zeros(app):
    assert verify(app).output == f"0 rows, unbroken; head {'0' * 64}\n"


@pytest.mark.parametrize("value", ["CAST(x'66ff' AS TEXT)", "x'66ff'", "1.5", "''"])
def test_a_row_with_what_is_no_text_is_named_and_never_an_error(chain, tmp_path, value):
    change = f"UPDATE audit SET digest = {value} WHERE id = 2"  # noqa: S608
    spoil(tmp_path, "DROP TRIGGER audit_no_update", change)

    assert "row 2 (feedback.verify M-1) is not what was written" in verify(chain).output


def test_of_a_row_that_cannot_be_read_what_can_be_is_told(chain, tmp_path):
    spoil(
        tmp_path,
        "DROP TRIGGER audit_no_update",
        "UPDATE audit SET subject = CAST(x'4d2dff' AS TEXT) WHERE id = 3",
    )

    assert "row 3 (feedback.verify M-\ufffd) is not what was written" in verify(chain).output


def test_a_hidden_row_before_the_first_is_named(chain, tmp_path):
    spoil(
        tmp_path,
        "INSERT INTO audit SELECT -9223372036854775808, at, actor, verb, subject, detail, digest, previous,"
        " hash FROM audit WHERE id = 1",
    )

    assert "row -9223372036854775808 (feedback.verify M-0) is not what was written" in verify(chain).output
