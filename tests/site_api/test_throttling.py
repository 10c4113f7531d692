import logging
from uuid import uuid4

import pytest
from sqlalchemy import text

from site_api.database import db
from site_api.feedback.models import Feedback
from site_api.settings import Limits
from tests.documents import read
from tests.site_api.portal import Desk, add_reviewer
from tests.site_api.stories import sent

HERE, THERE = {"REMOTE_ADDR": "192.0.2.7"}, {"REMOTE_ADDR": "198.51.100.9"}
BROWSER = {"Accept": "text/html"}
WRONG = {"tracking_code": "AAAA-AAAA-AAAA-AAAA"}


@pytest.fixture
def app(make_app):
    app = make_app(limits=Limits(drafts=4))
    with app.app_context():
        yield app


@pytest.fixture
def submit(client):
    def submit(place=HERE, key=None, **changes):
        headers = {"Idempotency-Key": key} if key else {}
        return client.post("/api/v1/feedback", json=sent(**changes), headers=headers, environ_base=place)

    return submit


def count():
    db.session.rollback()
    return db.session.query(Feedback).count()


def test_the_eleventh_submission_of_an_hour_is_refused_and_says_when_to_try_again(submit, clock):
    first = [submit() for _ in range(10)]
    clock.forward(minutes=20)

    refused = submit()

    assert {answer.status_code for answer in first} == {201}
    assert first[2].headers["RateLimit-Policy"] == '"submissions";q=10;w=3600'
    assert first[2].headers["RateLimit"] == '"submissions";r=7;t=3600'
    assert (refused.status_code, refused.json["type"]) == (429, "urn:piagam112:too_many_requests")
    assert refused.headers["Retry-After"] == "2400"
    assert refused.headers["RateLimit"] == '"submissions";r=0;t=2400'
    assert "40 menit" in refused.json["detail"]
    assert refused.json["emergency"]["number"] == "112"
    assert count() == 10
    assert submit(THERE).status_code == 201
    clock.forward(minutes=40)
    assert submit().status_code == 201


def test_over_the_limit_a_body_is_not_read_and_a_browser_gets_a_page_with_112(client, submit):
    for _ in range(10):
        submit()

    page = client.post("/en/masukan", data={"colour": "blue"}, headers=BROWSER, environ_base=HERE)

    assert page.status_code == 429
    told = read(page.text)
    assert told.one("header").all("a")[0].attributes["href"] == "tel:112"
    assert "Nothing of this was saved." in told.one("main").text


def test_feedback_and_reports_of_one_network_share_a_bucket(client, submit):
    for _ in range(10):
        submit()

    refused = client.post("/api/v1/hoax-reports", json={}, environ_base=HERE)

    assert refused.status_code == 429


def test_a_program_that_repeats_gets_its_first_answer_over_the_limit_too(submit):
    key = str(uuid4())
    first = submit(key=key)
    for _ in range(9):
        submit()

    again = submit(key=key)

    assert (again.status_code, again.json) == (201, first.json)
    assert submit(key=str(uuid4())).status_code == 429
    assert submit(key="short").status_code == 429
    assert count() == 10


def test_mending_a_form_costs_no_submission_but_has_its_own_limit(submit):
    mended = [submit(message="pendek") for _ in range(4)]

    assert {answer.status_code for answer in mended} == {422}
    assert mended[-1].headers["RateLimit"].startswith('"submissions";r=10;')
    refused = submit()
    assert refused.status_code == 429
    assert refused.headers["RateLimit-Policy"] == '"drafts";q=4;w=3600'


@pytest.mark.parametrize("address", ["/lacak", "/en/lacak", "/lacak/tarik"])
def test_the_eleventh_wrong_code_of_an_hour_is_refused(client, address):
    tries = [client.post(address, data=WRONG, environ_base=HERE).status_code for _ in range(11)]

    assert tries == [404] * 10 + [429]
    assert client.post("/api/v1/track", json=WRONG, environ_base=HERE).status_code == 429
    assert client.post("/lacak", data=WRONG, environ_base=THERE).status_code == 404


def test_right_codes_cost_nothing_until_the_wrong_ones_are_used_up(client, submit):
    code = {"tracking_code": submit().json["tracking_code"]}

    right = [client.post("/api/v1/track", json=code, environ_base=HERE) for _ in range(12)]

    assert {answer.status_code for answer in right} == {200}
    assert right[-1].headers["RateLimit"].startswith('"codes";r=10;')
    for _ in range(10):
        client.post("/api/v1/track", json=WRONG, environ_base=HERE)
    assert client.post("/api/v1/track", json=code, environ_base=HERE).status_code == 429


def test_a_forwarded_address_changes_no_bucket_unless_a_proxy_is_set(client):
    tries = [
        client.post(
            "/lacak", data=WRONG, environ_base=HERE, headers={"X-Forwarded-For": f"203.0.113.{n}"}
        ).status_code
        for n in range(11)
    ]

    assert tries[-1] == 429


@pytest.mark.parametrize(
    ("hops", "address", "warnings"), [(0, "127.0.0.1", 1), (0, "192.0.2.7", 0), (1, "127.0.0.1", 0)]
)
def test_a_proxy_that_the_settings_do_not_know_is_told_once(make_app, caplog, hops, address, warnings):
    client = make_app(proxy_hops=hops).test_client()
    for _ in range(2):
        client.post(
            "/lacak",
            data=WRONG,
            environ_base={"REMOTE_ADDR": address},
            headers={"X-Forwarded-For": "198.51.100.1"},
        )

    told = [record for record in caplog.records if "PIAGAM_PROXY_HOPS" in record.getMessage()]
    assert len(told) == warnings


def test_behind_a_proxy_the_last_forwarded_address_counts_and_no_other(make_app):
    client = make_app(proxy_hops=1, limits=Limits()).test_client()

    def attempt(forwarded):
        headers = {"X-Forwarded-For": forwarded}
        return client.post("/lacak", data=WRONG, headers=headers, environ_base=HERE).status_code

    tries = [attempt(f"203.0.113.{n}, 198.51.100.1") for n in range(11)]

    assert tries[-1] == 429
    assert attempt("198.51.100.1, 198.51.100.2") == 404


def test_no_address_stands_in_the_database_or_a_log(client, submit, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    for _ in range(11):
        submit()
        client.post("/lacak", data=WRONG, environ_base=HERE)

    kept = b"".join(file.read_bytes() for file in tmp_path.glob("piagam.sqlite3*"))
    assert b"Damkar" in kept
    assert HERE["REMOTE_ADDR"].encode() not in kept
    assert HERE["REMOTE_ADDR"] not in caplog.text


@pytest.fixture
def crowded(make_app):
    """Give an app that takes two submissions an hour into its queue, and a desk."""
    app = make_app(limits=Limits(system=2))
    with app.app_context():
        add_reviewer("sari")
        yield app.test_client(), Desk(app.test_client(), "sari")


REPORT = {"class": "palsu", "occurred_on": "2026-11-20"}


def test_over_the_system_limit_nothing_is_refused_but_held_apart_until_released(crowded):
    client, desk = crowded
    first = [client.post("/api/v1/feedback", json=sent()).json for _ in range(3)]
    report = client.post("/api/v1/hoax-reports", json=REPORT)
    number = first[2]["number"]

    assert report.status_code == 201
    assert client.post("/api/v1/track", json={"tracking_code": first[2]["tracking_code"]}).status_code == 200
    queue, apart = desk.get("").text, desk.get("ditahan").text
    assert first[1]["number"] in queue
    assert "Ditahan (2)" in queue
    for held in (number, report.json["number"]):
        assert held not in queue
        assert held in apart
    assert desk.post(f"masukan/{number}/lepas").status_code == 303
    assert desk.post(f"panggilan-palsu/{report.json['number']}/lepas").status_code == 303
    assert desk.post(f"masukan/{number}/lepas").status_code == 409
    queue = desk.get("").text
    assert number in queue
    assert report.json["number"] in queue
    assert "Ditahan (0)" in queue
    rows = db.session.execute(text("SELECT verb, detail FROM audit WHERE subject = :n"), {"n": number}).all()
    assert [row.verb for row in rows] == ["feedback.submit", "feedback.release"]
    assert '"held":"system_limit"' in rows[0].detail


def test_a_held_case_may_be_declined_as_spam_or_verified_at_once(crowded):
    client, desk = crowded
    spam, genuine = [client.post("/api/v1/feedback", json=sent()).json["number"] for _ in range(4)][2:]

    desk.post(f"masukan/{spam}/tolak", reason="spam")
    desk.post(f"masukan/{genuine}/periksa", kind="complaint", clause="KBK.siap")

    assert genuine in desk.get("").text
    apart = desk.get("ditahan").text
    assert spam not in apart
    assert genuine not in apart


def test_what_is_not_stored_takes_nothing_from_the_system_limit(crowded):
    client, desk = crowded
    for _ in range(5):
        client.post("/api/v1/feedback", json=sent(message="pendek"))

    number = client.post("/api/v1/feedback", json=sent()).json["number"]

    assert number in desk.get("").text


@pytest.fixture
def guessed(make_app):
    """Give an app where all networks together may get three codes wrong in an hour."""
    app = make_app(limits=Limits(all_codes=3))
    with app.app_context():
        yield app.test_client()


def place_of(number):
    return {"REMOTE_ADDR": f"198.51.100.{number}"}


def guess(client, number, address="/api/v1/track"):
    body = {"json" if address.startswith("/api") else "data": WRONG}
    return client.post(address, **body, environ_base=place_of(number))


@pytest.mark.parametrize("address", ["/api/v1/track", "/lacak", "/en/lacak/tarik", "/api/v1/feedback/erase"])
def test_many_networks_together_run_into_the_limit_of_all_wrong_codes(guessed, clock, address):
    own = guessed.post("/api/v1/feedback", json=sent(), environ_base=HERE).json
    code = {"tracking_code": own["tracking_code"]}

    tries = [guess(guessed, n, address).status_code for n in range(3)]
    clock.forward(minutes=20)
    refused = guess(guessed, 4, address)
    right = guessed.post("/api/v1/track", json=code, environ_base=THERE)
    page = guessed.post("/lacak", data=code, headers=BROWSER, environ_base=THERE)

    assert tries == [404] * 3
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "2400")
    assert (right.status_code, right.json["type"]) == (429, "urn:piagam112:too_many_codes")
    assert right.headers["RateLimit"] == '"all_codes";r=0;t=2400'
    assert page.status_code == 429
    assert "Kode Anda tetap berlaku" in read(page.text).one("main").text
    clock.forward(minutes=40)
    assert guessed.post("/api/v1/track", json=code, environ_base=THERE).status_code == 200


def test_right_codes_take_nothing_from_the_limit_of_all(guessed):
    own = guessed.post("/api/v1/feedback", json=sent(), environ_base=HERE).json
    code = {"tracking_code": own["tracking_code"]}

    right = [guessed.post("/api/v1/track", json=code, environ_base=place_of(n)) for n in range(6)]

    assert {answer.status_code for answer in right} == {200}
    assert [guess(guessed, n).status_code for n in range(4)] == [404] * 3 + [429]


def test_one_network_over_its_own_limit_takes_nothing_from_all(make_app):
    app = make_app(limits=Limits(codes=2, all_codes=3))
    with app.app_context():
        client = app.test_client()
        alone = [guess(client, 1).json["type"] for _ in range(6)]
        others = [guess(client, 2).json["type"] for _ in range(2)]

    assert alone[2:] == ["urn:piagam112:too_many_requests"] * 4
    assert others == ["urn:piagam112:code_unknown", "urn:piagam112:too_many_codes"]


def test_being_refused_for_all_costs_a_network_nothing_of_its_own(make_app, clock):
    app = make_app(limits=Limits(codes=2, all_codes=1))
    with app.app_context():
        client = app.test_client()
        guess(client, 1)
        clock.forward(minutes=50)
        for _ in range(5):
            guess(client, 2)
        clock.forward(minutes=10)

        assert guess(client, 2).status_code == 404


def test_the_log_warns_once_an_hour_of_guessing(guessed, clock, caplog):
    def warnings():
        return [record for record in caplog.records if "somebody is guessing" in record.getMessage()]

    for _ in range(2):
        for number in range(6):
            guess(guessed, number)
        clock.forward(hours=1)

    assert [record.levelname for record in warnings()] == ["WARNING"] * 2
    assert "3 wrong tracking codes" in warnings()[0].getMessage()
    assert "198.51.100" not in caplog.text


def test_the_eleventh_wrong_code_is_refused_from_any_address_of_one_ipv6_prefix(make_app):
    app = make_app(limits=Limits())
    with app.app_context():
        client = app.test_client()
        tries = [
            client.post(
                "/api/v1/track", json=WRONG, environ_base={"REMOTE_ADDR": f"2001:db8:0:1::{n:x}"}
            ).status_code
            for n in range(1, 12)
        ]

    assert tries == [404] * 10 + [429]
