"""The pages of sign-in, links, the own account and all accounts, as people meet them."""

import html
import re
from contextlib import contextmanager, suppress
from unicodedata import normalize

import pytest
from argon2 import PasswordHasher
from sqlalchemy import event

from site_api.audit import verify
from site_api.database import db, write
from site_api.installation import installation
from site_api.reviewers import authenticator, credentials, invitations
from site_api.reviewers.authenticator import code_at
from site_api.reviewers.credentials import Refused
from site_api.reviewers.models import Invitation, Reviewer, ReviewerSession, Role, Standing
from site_api.reviewers.passwords import LONGEST
from site_api.reviewers.schemas import NewAccount
from site_api.reviewers.slowing import FREE, LONGEST_S, MANY, Slowed, slowly
from tests.documents import read
from tests.site_api.portal import GROUND, PASSWORD, Desk, add_reviewer, fresh_code, sign_in, token_of

OTHER_PASSWORD = "sepeda hijau makan nasi"  # noqa: S105 (of accounts that only tests have)
SECRET = re.compile(r'translate="no">((?:[A-Z2-7]{4} ?){8})<')
CODES = re.compile(r"<li>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})</li>")
LINK = re.compile(r"http://127\.0\.0\.1:8112(/tinjau/undangan\?kode=[A-Za-z0-9_-]{43})")


@pytest.fixture
def admin(app) -> Desk:
    add_reviewer("ani", Role.ADMIN)
    return Desk(app.test_client(), "ani")


@pytest.fixture
def desk(app) -> Desk:
    add_reviewer("sari")
    return Desk(app.test_client(), "sari")


def fail(app, number, name="sari"):
    """Let somebody fail from a network of their own, without the work of comparing."""
    place = {"REMOTE_ADDR": f"10.0.{number // 250}.{number % 250}"}
    with app.test_request_context("/tinjau/masuk", environ_base=place), suppress(Refused), slowly(name):
        raise Refused


def shown(response):
    return html.unescape(response.text)


def faulty(response):
    """Name the fields that a page marks as wrong."""
    fields = read(response.text).all("input")
    return {one.attributes["name"] for one in fields if one.attributes.get("aria-invalid") == "true"}


def link_in(response):
    found = LINK.search(response.text)
    assert found
    return found[1]


def secret_in(response):
    found = SECRET.search(response.text)
    assert found
    return found[1].replace(" ", "")


def enrol(client, address):
    """Do what an invited person does, and give the page of recovery codes."""
    page = client.get(address)
    sent = {
        "token": token_of(page),
        "kode": address.split("kode=")[1],
        "new_password": PASSWORD,
        "code": code_at(secret_in(page), installation().now()),
    }
    return client.post("/tinjau/undangan", data=sent)


def test_from_the_invitation_to_the_first_page(app, admin):
    told = admin.post("pengguna", name="forum", role="ngo", email="forum@contoh.id", **GROUND)
    assert told.status_code == 201
    client = app.test_client()

    codes = CODES.findall(enrol(client, link_in(told)).text)

    assert len(codes) == 10
    assert sign_in(client, "forum").status_code == 303
    assert "LSM" in client.get("/tinjau/").text
    listed = admin.get("pengguna").text
    assert GROUND["organisation"] in listed
    assert GROUND["basis"] in listed
    assert link_in(told) not in listed


def test_looking_at_a_link_uses_nothing_up(app, admin):
    address = link_in(admin.post("pengguna", name="sari", role="triage"))
    pages = [app.test_client().get(address) for _ in range(3)]

    assert {page.status_code for page in pages} == {200}
    assert len({secret_in(page) for page in pages}) == 1
    assert enrol(app.test_client(), address).status_code == 201
    assert app.test_client().get(address).status_code == 404


@pytest.mark.parametrize("code", ["", "x", "A" * 43, "%00", "🙂"])
def test_a_link_that_nobody_made_says_where_to_get_one(client, code):
    answers = [client.get(f"/tinjau/undangan?kode={code}")]
    token = token_of(client.get("/tinjau/masuk"))
    answers.append(client.post("/tinjau/undangan", data={"token": token, "kode": code}))

    for answer in answers:
        assert answer.status_code == 404
        assert "Minta yang baru kepada pengelola akun." in answer.text


def test_a_fault_on_the_page_of_a_link_is_told_at_its_field(app, client, admin):
    address = link_in(admin.post("pengguna", name="sari", role="triage"))
    page = client.get(address)
    sent = {"token": token_of(page), "kode": address.split("kode=")[1], "new_password": "passwordpassword"}

    told = client.post("/tinjau/undangan", data=sent)

    assert told.status_code == 422
    assert "new_password" in faulty(told)
    assert "mudah ditebak" in told.text
    assert "passwordpassword" not in told.text
    assert secret_in(told) == secret_in(page)


def test_an_invitation_with_faults_keeps_what_was_typed(admin):
    told = admin.post("pengguna", name="forum", role="ngo", organisation="Forum <b>", email="salah")

    assert told.status_code == 422
    assert faulty(told) == {"basis", "email"}
    kept = {one.attributes["name"]: one.attributes["value"] for one in read(told.text).all("input")}
    assert (kept["name"], kept["organisation"], kept["email"]) == ("forum", "Forum <b>", "salah")
    assert db.session.query(Reviewer).count() == 1


def test_an_administrator_gives_a_new_link_and_switches_off(app, admin, desk):
    address = link_in(admin.post("pengguna/sari/tautan"))
    assert desk.get("akun").status_code == 303
    assert enrol(app.test_client(), address).status_code == 201
    again = Desk(app.test_client(), "sari")

    assert admin.post("pengguna/sari/nonaktif").status_code == 303

    assert again.get("akun").status_code == 303
    assert "nonaktif" in admin.get("pengguna").text
    assert admin.post("pengguna/sari/nonaktif").status_code == 409
    assert admin.post("pengguna/ani/nonaktif").status_code == 409
    assert verify().fault is None


def test_the_own_page_lists_sessions_without_addresses_and_ends_them(app, desk, clock):
    clock.forward(minutes=2)
    elsewhere = Desk(app.test_client(), "sari")
    other = db.session.query(ReviewerSession).order_by(ReviewerSession.id).all()[0]
    page = desk.get("akun").text
    assert page.count('/tinjau/akun/sesi/akhiri"') == 1
    assert "127.0.0.1" not in page

    assert elsewhere.post("akun/sesi/akhiri", session=other.id).status_code == 303

    assert desk.get("akun").status_code == 303
    assert elsewhere.get("akun").status_code == 200


def test_nobody_ends_the_session_of_another_account(app, desk, admin):
    hers = db.session.query(ReviewerSession).filter_by(reviewer_id=1).one()
    for session in (hers.id, 999, "x", "", "9" * 30):
        assert admin.post("akun/sesi/akhiri", session=session).status_code == 409, session

    assert desk.get("akun").status_code == 200


def test_all_other_sessions_end_and_this_one_stays(app, desk):
    others = [Desk(app.test_client(), "sari") for _ in range(2)]

    assert desk.post("akun/sesi/akhiri-lain").status_code == 303

    assert [one.get("akun").status_code for one in others] == [303, 303]
    assert desk.get("akun").status_code == 200


def proof(name="sari", **wrong):
    return {"password": PASSWORD, "code": fresh_code(name)} | wrong


def test_changing_the_password_ends_the_other_sessions(app, desk):
    other = Desk(app.test_client(), "sari")

    assert desk.post("akun/kata-sandi", new_password=OTHER_PASSWORD, **proof()).status_code == 303

    assert other.get("akun").status_code == 303
    assert desk.get("akun").status_code == 200
    assert sign_in(app.test_client(), "sari").status_code == 403
    assert sign_in(app.test_client(), "sari", OTHER_PASSWORD).status_code == 303


def test_a_new_password_that_cannot_be_taken_is_told_at_its_field(app, desk):
    told = desk.post("akun/kata-sandi", **proof(new_password="pendek"))  # noqa: S106 (refused)

    assert told.status_code == 422
    assert "new_password" in faulty(told)
    assert sign_in(app.test_client(), "sari").status_code == 303


def test_what_has_to_be_mended_is_no_guess(desk):
    for _ in range(FREE + 1):
        assert desk.post("akun/kata-sandi", **proof(new_password="pendek")).status_code == 422  # noqa: S106

    assert desk.post("akun/kata-sandi", **proof(new_password=OTHER_PASSWORD)).status_code == 303


@pytest.mark.parametrize("wrong", [{"password": "salah sekali salah"}, {"code": "000000"}, {"code": ""}])
@pytest.mark.parametrize("act", ["kata-sandi", "kode-pemulihan", "autentikator"])
def test_every_change_asks_for_password_and_code(desk, act, wrong):
    told = desk.post(f"akun/{act}", new_password=OTHER_PASSWORD, **proof(**wrong))

    assert told.status_code == 403
    assert "tidak cocok satu sama lain" in told.text
    assert db.session.query(Invitation).count() == 1


def test_who_guesses_at_an_open_desk_waits_too(desk):
    for _ in range(FREE):
        assert desk.post("akun/kode-pemulihan", **proof(code="000000")).status_code == 403

    told = desk.post("akun/kode-pemulihan", **proof())

    assert (told.status_code, told.headers["Retry-After"]) == (429, "1")


def test_new_recovery_codes_are_shown_this_once(app, desk):
    told = desk.post("akun/kode-pemulihan", **proof())

    codes = CODES.findall(told.text)
    assert (told.status_code, len(codes)) == (201, 10)
    assert told.headers["Cache-Control"] == "no-store"
    assert sign_in(app.test_client(), "sari", code=codes[3]).status_code == 303
    assert "Kode pemulihan yang tersisa: 9." in desk.get("akun").text


def test_another_authenticator_is_set_up_by_a_link_of_ones_own(app, desk):
    sent_on = desk.post("akun/autentikator", **proof())

    assert sent_on.status_code == 303
    assert enrol(desk.client, sent_on.location).status_code == 201
    assert desk.get("akun").status_code == 303
    assert sign_in(app.test_client(), "sari").status_code == 303


def test_the_longest_password_comes_in_also_with_the_parts_of_its_letters_apart(app):
    password = "".join(chr(0xAC01 + number) for number in range(LONGEST))
    add_reviewer("sari", password=password)
    sent = normalize("NFD", password)

    assert len(sent) > 2 * LONGEST
    assert sign_in(app.test_client(), "sari", sent).status_code == 303


def test_a_code_is_taken_once(app, desk):
    code = fresh_code("sari")
    assert sign_in_with(app.test_client(), code).status_code == 303

    assert sign_in_with(app.test_client(), code).status_code == 403


def sign_in_with(client, code):
    token = token_of(client.get("/tinjau/masuk"))
    return client.post(
        "/tinjau/masuk", data={"token": token, "name": "sari", "password": PASSWORD, "code": code}
    )


WRONG = {
    "unknown name": {"name": "tidak-ada"},
    "password": {"password": "salah sekali salah"},
    "code": {"code": "000000"},
    "used code": {"code": "used"},
    "no code": {"code": ""},
    "invited only": {"name": "baru"},
    "switched off": {"name": "pergi"},
    "nothing": {"name": "", "password": "", "code": ""},
}


@pytest.fixture
def accounts(app):
    """Have an active account, one that is only invited, and one that is switched off."""
    add_reviewer("sari")
    add_reviewer("pergi")
    place = installation()
    invitations.deactivate(place, "ani", "pergi")
    invitations.invite(place, "ani", NewAccount(name="baru", role=Role.TRIAGE))
    used = fresh_code("sari")
    assert sign_in_with(app.test_client(), used).status_code == 303
    return used


def test_whatever_is_wrong_the_answer_is_the_same(app, accounts):
    answers = set()
    for wrong in WRONG.values():
        values = wrong | ({"code": accounts} if wrong.get("code") == "used" else {})
        client = app.test_client()
        sent = {"name": "sari", "password": PASSWORD, "code": "123"} | values
        told = client.post("/tinjau/masuk", data={"token": token_of(client.get("/tinjau/masuk")), **sent})
        text = re.sub(r'name="(token|name)"[^>]*', "", told.text)
        # The length says nothing but how long the name is that was typed.
        names = set(told.headers.keys()) - {"Date"}
        answers.add((told.status_code, text, frozenset(names)))

    assert len(answers) == 1


def test_whatever_is_wrong_the_work_is_the_same(app, accounts, monkeypatch):
    """Counted, because a clock would tell now and then of another process instead."""
    works = {}
    for kind, wrong in WRONG.items():
        work: list[str] = []
        counted = {
            (PasswordHasher, "verify"): "argon2",
            (authenticator, "step_of"): "codes",
            (authenticator, "recovery_hash"): "hash",
        }
        with monkeypatch.context() as patch:
            for (owner, name), word in counted.items():
                patch.setattr(owner, name, counting(getattr(owner, name), work, word))
            values = wrong | ({"code": accounts} if wrong.get("code") == "used" else {})
            given = credentials.Credentials(**{"name": "sari", "password": PASSWORD, "code": "123"} | values)
            with seen_statements(work), pytest.raises(Refused):
                credentials.prove(installation(), given)
        works[kind] = work
    first = works["unknown name"]

    assert first.count("argon2") == 1
    assert first.count("SELECT") == 2
    assert [kind for kind, work in works.items() if work != first] == []


def counting(run, work, word):
    def counted(*args, **named):
        work.append(word)
        return run(*args, **named)

    return counted


@contextmanager
def seen_statements(work):
    """Note the first word of every statement that reaches the database."""

    def note(_connection, _cursor, statement, *_rest):
        work.append(statement.split()[0])

    db.session.rollback()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("name", ["sari", "tidak-ada"])
def test_after_five_failures_the_next_try_waits_and_compares_nothing(app, client, clock, name):
    add_reviewer("sari")
    for _ in range(FREE):
        assert sign_in(client, name, "salah sekali salah").status_code == 403

    told = sign_in(client, name)
    assert (told.status_code, told.headers["Retry-After"]) == (429, "1")
    assert "Tunggu 1 detik" in shown(told)
    assert client.get_cookie("session") is None
    clock.forward(seconds=1)

    assert sign_in(client, name).status_code == (303 if name == "sari" else 403)


def test_the_right_person_comes_in_from_another_network_within_a_minute_of_an_attack(app, client, clock):
    add_reviewer("sari")
    for number in range(MANY):
        fail(app, number)
    sari, started = app.test_client(), clock()

    told = sign_in(sari, "sari")
    assert (told.status_code, told.headers["Retry-After"]) == (429, str(LONGEST_S))
    clock.forward(seconds=LONGEST_S)
    with pytest.raises(Slowed):
        fail(app, MANY + 1)

    assert sign_in(sari, "sari").status_code == 303
    assert (clock() - started).total_seconds() < 60


def test_the_audit_tells_of_an_account_that_is_guessed_at_and_of_no_other_name(app, client):
    add_reviewer("sari")
    for number in range(MANY):
        fail(app, number)
        fail(app, number, "rahasia-sekali")
    add_reviewer("tini")  # what was left to the writer is on disk before this

    rows = db.session.execute(db.text("SELECT subject, detail FROM audit WHERE verb = 'reviewer.slow_down'"))
    assert [tuple(row) for row in rows] == [("sari", f'{{"failures":{count}}}') for count in (FREE, MANY)]
    assert "rahasia" not in str(db.session.execute(db.text("SELECT * FROM audit")).all())
    assert verify().fault is None


def test_an_account_of_before_authenticators_comes_in_by_a_new_link_only(app):
    add_reviewer("sari")
    write(lambda c: c.exec_driver_sql("UPDATE reviewers SET totp_salt = NULL").rowcount)

    assert sign_in(app.test_client(), "sari").status_code == 403
    db.session.rollback()
    assert db.session.query(Reviewer).one().standing == Standing.INVITED


@pytest.mark.parametrize("base", ["", "/en"])
def test_the_pages_speak_both_languages(app, admin, base):
    for address in ("akun", "pengguna"):
        page = read(admin.client.get(f"{base}/tinjau/{address}").text)
        assert page.one("html").attributes["lang"] == (base[1:] or "id"), address
    link = link_in(admin.post("pengguna", name="sari", role="triage"))
    assert app.test_client().get(base + link).status_code == 200
