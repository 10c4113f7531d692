"""Signed heads: made once a day, published, and what they tell of a backup that was put back."""

import json
import shutil
import sqlite3
import sys
from contextlib import closing
from functools import partial

import pytest
from sqlalchemy import text

from charter_data.audit_heads import published
from site_api import anchors, audit, heads, proofs
from site_api.database import db, write
from site_api.installation import installation
from tests.site_api.test_audit import add, spoil, verify
from tests.site_api.test_proving import run, run_openssl, run_python


@pytest.fixture
def anchor(app):
    """Sign by the command, as cron does."""

    def run(*arguments):
        db.session.rollback()
        return app.test_cli_runner().invoke(args=["audit", "anchor", *arguments])

    return run


@pytest.fixture
def days(app, clock, anchor):
    """Write two rows a day and sign, three days long."""
    for day in range(3):
        for number in range(2):
            write(partial(add, number=10 * day + number))
        assert anchor().exit_code == 0
        clock.forward(days=1)
    return app


@pytest.fixture
def put_back(tmp_path):
    """Copy the database now; calling what this gives puts that copy in its place, as an older backup."""
    copy = tmp_path / "backup.sqlite3"

    def take():
        copied(tmp_path / "piagam.sqlite3", copy)

        def put():
            db.session.remove()
            db.engine.dispose()
            copied(copy, tmp_path / "piagam.sqlite3")

        return put

    return take


def copied(source, target):
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def publish(folder, name="audit.json"):
    """Write the heads as the site does; give the file."""
    place = installation()
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(published(place.charter.area.bps_code, "real", anchors.kept_heads())))
    return file


def tampered(folder, *statements):
    """Run SQL with the triggers out of the way."""
    with closing(sqlite3.connect(folder / "piagam.sqlite3")) as file:
        read = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = {name: sql for name, sql in file.execute(read) if name in audit.TRIGGERS}
    spoil(folder, *(f"DROP TRIGGER {name}" for name in triggers), *statements, *triggers.values())
    db.session.rollback()


def test_each_day_has_one_head_that_names_the_one_before(days):
    first, second, third = anchors.kept_heads()

    assert [one.sequence for one in (first, second, third)] == [1, 2, 3]
    assert [one.day.isoformat() for one in (first, second, third)] == [
        "2026-11-24",
        "2026-11-25",
        "2026-11-26",
    ]
    assert (first.previous, second.previous, third.previous) == (audit.START, first.digest, second.digest)
    assert [one.rows for one in (first, second, third)] == [2, 5, 8]  # each head has a row of its own
    assert verify(days).exit_code == 0


def test_a_second_run_of_a_day_signs_nothing(days, anchor, clock):
    clock.forward(days=-1)

    told = anchor()

    assert told.output.startswith("head 3 of 2026-11-26, signed before: 8 rows, ")
    assert len(anchors.kept_heads()) == 3


@pytest.mark.parametrize(("day", "why"), [("2026-11-25", "later than"), ("2026-11-28", "has not come yet")])
def test_no_head_is_signed_for_a_day_before_the_newest_or_one_to_come(days, anchor, day, why):
    told = anchor("--today", day)

    assert (told.exit_code, len(anchors.kept_heads())) == (1, 3)
    assert why in told.output


def test_a_broken_chain_is_never_signed(days, anchor, tmp_path):
    tampered(tmp_path, "UPDATE audit SET actor = 'lain' WHERE id = 2")

    told = anchor()

    assert told.exit_code == 1
    assert "nothing signed: row 2 (feedback.verify M-1) is not what was written" in told.output


@pytest.mark.parametrize("verb", ["UPDATE audit_heads SET rows = 1", "DELETE FROM audit_heads"])
def test_the_database_itself_refuses_to_change_a_head(days, tmp_path, verb):
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        spoil(tmp_path, verb)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            "UPDATE audit_heads SET rows = 4 WHERE sequence = 2",
            "head 2 of 2026-11-25: the signature does not",
        ),
        ("UPDATE audit_heads SET head = previous WHERE sequence = 3", "head 3 of 2026-11-26: the signature"),
        (
            "UPDATE audit_heads SET day = '2026-11-02' WHERE sequence = 1",
            "head 1 of 2026-11-02: the signature",
        ),
        ("UPDATE audit_heads SET city = '9999' WHERE sequence = 1", "head 1 of 2026-11-24 is of city 9999"),
        ("UPDATE audit_heads SET key = '0000000000000000' WHERE sequence = 1", "is not among the published"),
        (
            "UPDATE audit_heads SET signature = substr(signature, 2) || 'A'",
            "head 1 of 2026-11-24: the signature",
        ),
        ("UPDATE audit_heads SET day = 'kemarin' WHERE sequence = 2", "head 2 is not what was written"),
        ("UPDATE audit_heads SET head = x'00' WHERE sequence = 2", "head 2 is not what was written"),
        ("DELETE FROM audit_heads WHERE sequence = 3", "head 3 and later ones are gone"),
        ("DELETE FROM audit_heads WHERE sequence = 2", "head 2 is missing before head 3 of 2026-11-26"),
        ("UPDATE audit_heads SET sequence = 4 WHERE sequence = 3", "head 3 is missing before head 4"),
    ],
)
def test_a_head_that_somebody_changed_or_took_away_is_named(days, tmp_path, change, told):
    tampered(tmp_path, change)

    result = verify(days)

    assert result.exit_code == 1
    assert told in result.output
    assert isinstance(result.exception, SystemExit)


def test_rows_cut_off_down_to_the_very_head_are_missed(days, tmp_path):
    tampered(tmp_path, "DELETE FROM audit WHERE id > 8")

    assert "the rows that tell of head 3 and later ones are gone" in verify(days).output


def test_an_older_backup_is_told_by_the_heads_that_the_site_has_published(
    days, clock, tmp_path, put_back, anchor
):
    put = put_back()
    write(partial(add, number=98))
    anchor()
    file = publish(tmp_path)
    put()

    assert verify(days).exit_code == 0
    told = verify(days, "--heads", str(file))
    assert told.exit_code == 1
    assert "missing 1 rows since 2026-11-26, if not more: row 9 is the last here" in told.output


@pytest.mark.parametrize("place", ["audit.json", "data/audit.json"])
def test_what_is_written_after_an_older_backup_does_not_hide_it(
    days, clock, tmp_path, put_back, anchor, place
):
    put = put_back()
    write(partial(add, number=98))
    anchor()
    publish(tmp_path / "site", place)
    put()
    for number in range(5):
        write(partial(add, number=number))

    told = verify(days, "--heads", str(tmp_path / "site"))

    assert told.exit_code == 1
    assert "head 4 of 2026-11-27: row 10 is not the one that was signed" in told.output
    assert "rows after row 8, since 2026-11-26, were replaced" in told.output


def test_after_an_older_backup_nothing_is_signed_until_somebody_owns_up(
    days, clock, tmp_path, put_back, anchor
):
    put = put_back()
    write(partial(add, number=98))
    anchor()
    file = publish(tmp_path / "site", "data/audit.json")
    put()
    clock.forward(days=1)

    refused = anchor()
    assert refused.exit_code == 1
    assert "nothing signed: missing 1 rows" in refused.output

    assert anchor("--after-loss").exit_code == 0
    db.session.rollback()
    assert (
        db.session.scalar(text("SELECT detail FROM audit WHERE verb = 'audit.loss'"))
        == '{"published_rows":10}'
    )
    told = verify(days, "--heads", str(file))
    assert "an older backup was restored, or one list was changed" in told.output


def test_heads_of_a_snapshot_are_read_as_well(days, tmp_path):
    folder = tmp_path / "snapshot"
    assert days.test_cli_runner().invoke(args=["snapshot", str(folder)]).exit_code == 0

    assert verify(days, "--heads", str(folder)).exit_code == 0
    assert heads.read(folder) == anchors.kept_heads()


def test_a_file_that_holds_no_heads_is_said_to(app, tmp_path):
    (tmp_path / "audit.json").write_text('{"heads": [{"sequence": 1}]}')

    assert "holds no list of signed heads" in verify(app, "--heads", str(tmp_path / "audit.json")).output
    (tmp_path / "audit.json").unlink()
    assert "there is no heads.json" in verify(app, "--heads", str(tmp_path)).output


def test_heads_of_a_key_of_before_stay_proven(days, make_app):
    place = installation()
    former = bytes.fromhex(proofs.published_keys(place.settings, place.charter).keys[0].public_key)
    renewed = make_app(proof_key=b"q" * 32, former_proof_keys=(former,))

    with renewed.app_context():
        assert verify(renewed).exit_code == 0
    forgotten = make_app(proof_key=b"q" * 32)
    with forgotten.app_context():
        assert "is not among the published keys" in verify(forgotten).output


def test_two_runs_at_once_sign_one_head(app):
    place = installation()
    write(partial(add, number=1))
    day = place.local_date(place.now())
    first = heads.signed(place, day, 1, audit.head(), None)

    assert [write(partial(anchors._store, head=first)) for _ in range(2)] == [True, False]
    assert verify(app).exit_code == 0


def test_the_doctor_tells_when_no_head_was_signed_for_more_than_26_hours(app, clock, anchor):
    def told():
        db.session.rollback()
        return app.test_cli_runner().invoke(args=["doctor"])

    assert "signed head: none yet" in told().output
    anchor()
    clock.forward(hours=26)
    assert "signed head: 26 hours old\n" in told().output
    clock.forward(minutes=1)
    late = told()
    assert "older than 26" in late.output
    assert late.exit_code == 0
    assert app.test_client().get("/readyz").json["checks"]["database"] == "ok"


def test_a_snapshot_of_what_is_no_head_is_refused(days, tmp_path):
    tampered(tmp_path, "UPDATE audit_heads SET head = 'lain' WHERE sequence = 2")

    told = days.test_cli_runner().invoke(args=["snapshot", str(tmp_path / "snapshot")])

    assert (told.exit_code, "head 2 is not what was written" in told.output) == (1, True)


@pytest.mark.parametrize("command", ["verify", "anchor"])
def test_tables_of_another_version_are_said_to_be(make_app, tmp_path, command):
    app = make_app(database=tmp_path / "baru.sqlite3")
    told = app.test_cli_runner().invoke(args=["audit", command])

    assert (told.exit_code, "flask --app site_api db upgrade" in told.output) == (1, True)


@pytest.fixture
def keys(app, client, tmp_path):
    file = tmp_path / "keys.json"
    file.write_bytes(client.get("/.well-known/piagam112-proof-keys.json").data)
    return file


def prove(app, *arguments):
    return app.test_cli_runner().invoke(args=["proof", "heads", *map(str, arguments)])


def test_whoever_has_the_keys_proves_the_heads_without_the_database(days, keys, tmp_path):
    told = prove(days, publish(tmp_path), "--keys", keys)

    assert told.exit_code == 0
    assert told.output.startswith("Proven: 3 heads until 2026-11-26; the last is after 8 rows: ")


def test_heads_that_were_kept_and_are_published_no_longer_are_named(days, keys, tmp_path, anchor):
    shorter = publish(tmp_path, "shorter.json")
    anchor()
    kept = publish(tmp_path, "kept.json")

    told = prove(days, kept, shorter, "--keys", keys)

    assert told.exit_code == 1
    assert "Not proven: head 4 of 2026-11-27 is no longer published." in told.output
    assert prove(days, shorter, kept, "--keys", keys).exit_code == 0


@pytest.mark.parametrize("member", ["rows", "head", "day", "previous", "made_at", "signature", "sequence"])
def test_a_published_head_with_another_value_is_not_proven(days, keys, tmp_path, member):
    file = publish(tmp_path)
    data = json.loads(file.read_text())
    one, other = data["heads"][1], data["heads"][0]
    one[member] = other[member]
    shutil.copy(file, tmp_path / "kept.json")
    file.write_text(json.dumps(data))

    assert "Not proven: " in prove(days, file, "--keys", keys).output


@pytest.mark.parametrize("verified", [run_python, run_openssl])
def test_what_the_reference_shows_of_a_proof_verifies_a_head_as_well(days, keys, tmp_path, verified):
    keys.rename(tmp_path / "piagam112-proof-keys.json")
    file = tmp_path / "proof.json"
    file.write_text(anchors.kept_heads()[-1].whole)
    assert verified(tmp_path).returncode == 0

    file.write_text(file.read_text().replace("2026-11-26", "2026-11-25"))

    assert verified(tmp_path).returncode == 1


def test_it_needs_neither_settings_nor_database(days, keys, tmp_path):
    publish(tmp_path)
    command = [sys.executable, "-m", "site_api", "heads", "audit.json", "--keys", keys.name]
    environment = {"PYTHONPATH": ":".join(path for path in sys.path if path), "PATH": "/usr/bin:/bin"}

    said = run(command, tmp_path, env=environment)

    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith("Proven: 3 heads")
