"""Canaries go through every field, header and way to fail: none may sing in a log, an error or an address."""

import sqlite3
from itertools import count

import pytest

from tests.site_api.stories import sent

numbers = count(112)
REPORT = {"class": "iseng", "occurred_on": "2026-11-20", "time": "21:15", "note": "Menelepon lalu diam saja."}
CODE = {"tracking_code": "0000-0000-0000-0000"}
BODIES = {
    "/api/v1/feedback": {**sent(), "service": None, "district": None, "occurred_on": None, "language": "id"},
    "/api/v1/hoax-reports": {**REPORT, "district": None, "place": None, "agencies": [], "language": "id"},
    "/api/v1/track": CODE,
    "/api/v1/feedback/messages": {**CODE, "message": "Masih ada yang lain."},
    "/api/v1/feedback/dispute": {**CODE, "objection": "Regu itu belum datang."},
    "/api/v1/feedback/rating": {**CODE, "rating": "4"},
    "/api/v1/feedback/export": CODE,
    "/api/v1/feedback/erase": CODE,
}
FIELDS = [(path, field) for path, body in BODIES.items() for field in body]
FORMS = {
    "/masukan": "kind message happened clause service district occurred_on idempotency_key",
    "/masukan/panggilan-palsu": "class occurred_on time place agencies note idempotency_key",
    "/lacak": "tracking_code",
    "/lacak/tarik": "tracking_code",
    "/lacak/pesan": "tracking_code message",
    "/lacak/hapus": "tracking_code confirmed",
    "/tinjau/masuk": "name password",
}
TYPED = [(path, field) for path, fields in FORMS.items() for field in fields.split()]
HEADERS = (
    "Accept", "Accept-Language", "Authorization", "Cookie", "Forwarded", "Origin", "Referer", "User-Agent",
    "X-Forwarded-For", "X-Real-IP",
)  # fmt: skip
ADDRESS = "203.0.113.77"


@pytest.fixture
def canary():
    return f"kenari zq{next(numbers)}zq"


@pytest.fixture
def logged(caplog, capfd):
    """Give all that was logged or printed."""
    caplog.set_level("DEBUG")

    def read():
        said = capfd.readouterr()
        return "\n".join(
            [*(record.getMessage() for record in caplog.records), caplog.text, said.out, said.err]
        )

    return read


def stored(tmp_path):
    return b"".join(path.read_bytes() for path in tmp_path.glob("piagam.sqlite3*"))


@pytest.mark.parametrize(("path", "field"), FIELDS)
def test_what_a_program_sends_is_in_no_log_and_in_no_error(client, canary, logged, path, field):
    response = client.post(path, json=BODIES[path] | {field: canary})

    assert canary not in logged()
    assert canary not in str(response.headers)
    assert response.status_code == 201 or canary not in response.text


@pytest.mark.parametrize(("path", "field"), TYPED)
@pytest.mark.parametrize("base", ["", "/en"])
def test_what_a_person_types_is_in_no_log_and_in_no_address(client, canary, logged, base, path, field):
    response = client.post(base + path, data={field: canary}, headers={"Accept": "text/html"})

    assert canary not in logged()
    assert canary not in str(response.headers)


@pytest.mark.parametrize("path", BODIES)
@pytest.mark.parametrize("body", ['{"message": "%s"', '"%s"', "message=%s", "[[[[%s]]]]"])
def test_what_cannot_be_read_is_told_without_a_word_of_it(client, canary, logged, path, body):
    for kind in ("application/json", "text/plain"):
        response = client.post(path, data=body % canary, content_type=kind)

        assert response.status_code in (400, 415)
        assert canary not in response.text
    assert canary not in logged()


@pytest.mark.parametrize("header", HEADERS)
def test_what_a_header_says_is_kept_nowhere(client, canary, logged, tmp_path, header):
    response = client.post("/api/v1/feedback", json=sent(), headers={header: canary})

    assert canary not in logged() + response.text + str(response.headers)
    assert canary.encode() not in stored(tmp_path)


def test_neither_the_code_nor_the_address_of_a_sender_is_in_the_file(client, logged, tmp_path):
    response = client.post("/api/v1/feedback", json=sent(), environ_base={"REMOTE_ADDR": ADDRESS})
    code = response.json["tracking_code"]

    raw = stored(tmp_path)
    assert sent()["message"].encode() in raw  # so that a code would be found if it were there
    for secret in (code, code.replace("-", ""), ADDRESS):
        assert secret.encode() not in raw
        assert secret not in logged()


@pytest.mark.parametrize(
    "spoil",
    [
        "CREATE TRIGGER no BEFORE INSERT ON feedback BEGIN SELECT RAISE(ABORT, 'no'); END",
        "CREATE TRIGGER no BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END",
        "ALTER TABLE feedback RENAME TO gone",
    ],
)
def test_a_database_that_refuses_says_in_the_log_why_and_nothing_of_the_text(
    client, canary, logged, tmp_path, spoil
):
    with sqlite3.connect(tmp_path / "piagam.sqlite3") as database:
        database.execute(spoil)
    database.close()

    response = client.post("/api/v1/feedback", json=sent(message=f"Damkar datang lama, {canary}."))

    assert response.status_code in (500, 503)
    assert canary not in response.text
    assert canary not in logged()
