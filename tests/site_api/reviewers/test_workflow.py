import sqlite3

import pytest

from site_api.database import db, write
from site_api.installation import installation
from site_api.reviewers import workflow
from site_api.reviewers.models import Reviewer, Role
from site_api.reviewers.schemas import SignIn
from site_api.reviewers.workflow import AccountError
from tests.site_api.portal import PASSWORD, add_reviewer


def sign_in(name="sari", password=PASSWORD):
    return workflow.sign_in(installation(), SignIn(name=name, password=password))


def test_an_account_is_added_from_the_command_line(app):
    arguments = ["reviewer", "add", "sari", "--role", "triage", "--password", PASSWORD]

    result = app.test_cli_runner().invoke(args=arguments)

    assert (result.exit_code, result.output) == (0, "sari can sign in at /tinjau/\n")
    assert sign_in() is not None


def test_the_password_is_asked_for_and_not_shown(app):
    arguments = ["reviewer", "add", "budi", "--role", "agency", "--agency", "damkar"]

    result = app.test_cli_runner().invoke(args=arguments, input=f"{PASSWORD}\n{PASSWORD}\n")

    assert result.exit_code == 0
    assert PASSWORD not in result.output
    assert db.session.query(Reviewer).one().agency == "damkar"


@pytest.mark.parametrize(
    ("name", "role", "agency", "password", "told"),
    [
        ("S", Role.TRIAGE, None, PASSWORD, "is no name"),
        ("sari", Role.TRIAGE, "damkar", PASSWORD, "no other role takes one"),
        ("sari", Role.AGENCY, None, PASSWORD, "needs --agency"),
        ("sari", Role.AGENCY, "nasa", PASSWORD, "is no agency of the charter"),
        ("sari", Role.TRIAGE, None, "pendek", "15 to 256 characters"),
        ("sari", Role.TRIAGE, None, "aaaaaaaaaaaaaaaaaaaa", "five different"),
    ],
)
def test_an_account_that_cannot_be_right_is_refused_by_name(app, name, role, agency, password, told):
    with pytest.raises(AccountError, match=told):
        workflow.add(installation(), name, role, agency, password)

    assert db.session.query(Reviewer).count() == 0


def test_a_name_is_given_once(app):
    add_reviewer("sari")

    with pytest.raises(AccountError, match="already"):
        add_reviewer("sari")


@pytest.mark.parametrize(
    ("name", "password"), [("sari", PASSWORD + "!"), ("tidak-ada", PASSWORD), ("sari", "")]
)
def test_wrong_name_and_wrong_password_give_nothing(app, name, password):
    add_reviewer("sari")

    assert sign_in(name, password) is None


def test_a_password_is_the_same_however_its_letters_are_composed(app):
    workflow.add(installation(), "sari", Role.TRIAGE, None, "kafe\u0301 di tepi sungai")

    assert sign_in("sari", "kaf\u00e9 di tepi sungai") is not None


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
    assert sign_in() is None


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
