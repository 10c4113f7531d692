import sqlite3

import pytest

from site_api.database import db, write
from site_api.installation import installation
from site_api.reviewers import workflow
from site_api.reviewers.credentials import Credentials, Refused
from site_api.reviewers.models import Role
from tests.site_api.portal import PASSWORD, add_reviewer, fresh_code


def sign_in(name="sari", password=PASSWORD, code=None):
    code = fresh_code(name) if code is None else code
    return workflow.sign_in(installation(), Credentials(name, password, code))


@pytest.mark.parametrize(
    ("name", "password", "code"),
    [
        ("sari", PASSWORD + "!", None),
        ("sari", PASSWORD, ""),
        ("sari", PASSWORD, "000000"),
        ("sari", PASSWORD, "0000-0000-0000"),
        ("sari", "", None),
        ("sari", PASSWORD, PASSWORD),
        ("tidak-ada", PASSWORD, None),
        ("tidak-ada", PASSWORD, "000000"),
        ("", "", ""),
        ("sari\0", "\0", "\u0661\u0662\u0663\u0664\u0665\u0666"),
    ],
)
def test_whatever_is_wrong_gives_nothing(app, name, password, code):
    add_reviewer("sari")

    with pytest.raises(Refused):
        sign_in(name, password, code)


def test_a_password_is_the_same_however_its_letters_are_composed(app):
    add_reviewer("sari", Role.TRIAGE, None, "kafe\u0301 di tepi sungai")

    assert sign_in("sari", "kaf\u00e9 di tepi sungai")


def test_a_session_belongs_to_its_reviewer(app):
    add_reviewer("budi", Role.AGENCY, "damkar")

    actor = workflow.actor_of(installation(), sign_in("budi"))

    assert actor
    assert (actor.name, actor.role, actor.agency) == ("budi", Role.AGENCY, "damkar")


def test_an_unknown_token_is_nobody(app):
    assert workflow.actor_of(installation(), "x" * 43) is None


def test_a_session_ends_after_half_an_hour_without_a_request(app, clock):
    add_reviewer("sari")
    token = sign_in()

    clock.forward(minutes=30)
    assert workflow.actor_of(installation(), token)
    clock.forward(minutes=30, seconds=1)
    db.session.rollback()

    assert workflow.actor_of(installation(), token) is None


@pytest.mark.parametrize("jump", [{"days": 365}, {"days": -365}, {"hours": -1}])
def test_a_clock_that_jumps_signs_a_reviewer_out_rather_than_making_a_session_longer(app, clock, jump):
    add_reviewer("sari")
    token = sign_in()
    clock.forward(**jump)
    db.session.rollback()

    assert workflow.actor_of(installation(), token) is None


def test_a_clock_that_is_set_right_by_seconds_signs_nobody_out(app, clock):
    add_reviewer("sari")
    token = sign_in()
    clock.forward(seconds=-59)
    db.session.rollback()

    assert workflow.actor_of(installation(), token)


def test_a_session_ends_after_twelve_hours_of_work(app, clock):
    add_reviewer("sari")
    token = sign_in()
    for _ in range(24):
        clock.forward(minutes=30)
        db.session.rollback()
        assert workflow.actor_of(installation(), token)

    clock.forward(seconds=1)
    db.session.rollback()

    assert workflow.actor_of(installation(), token) is None


def test_signing_out_ends_the_session_on_the_server(app):
    add_reviewer("sari")
    token = sign_in()
    actor = workflow.actor_of(installation(), token)
    assert actor
    workflow.sign_out(installation(), actor)
    db.session.rollback()

    assert workflow.actor_of(installation(), token) is None


def test_an_account_that_is_switched_off_is_out_at_once(app):
    add_reviewer("sari")
    token = sign_in()
    write(lambda c: c.exec_driver_sql("UPDATE reviewers SET is_active = 0").rowcount)
    db.session.rollback()
    db.session.expire_all()

    assert workflow.actor_of(installation(), token) is None
    with pytest.raises(Refused):
        sign_in()


def test_the_database_holds_neither_password_nor_token(app, tmp_path):
    add_reviewer("sari")
    token = sign_in()

    files = b"".join(path.read_bytes() for path in tmp_path.glob("piagam.sqlite3*"))

    assert PASSWORD.encode() not in files
    assert token.encode() not in files


def test_passwords_are_hashed_with_argon2id(app, tmp_path):
    add_reviewer("sari")

    with sqlite3.connect(tmp_path / "piagam.sqlite3") as elsewhere:
        (stored,) = elsewhere.execute("SELECT password_hash FROM reviewers").fetchone()
    elsewhere.close()

    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
