import re

import pytest

from charter_data.vocabulary import Intake
from site_api.database import db
from site_api.hoax_reports.models import HoaxReport

REPORTS = "/api/v1/hoax-reports"


def sent(**changes):
    whole = {
        "class": "palsu",
        "occurred_on": "2026-11-20",
        "time": "21:15",
        "district": "1274010001",
        "place": "dekat pasar",
        "agencies": ["damkar", "dinkes"],
        "note": "Dua mobil datang, tidak ada kebakaran.",
    }
    return whole | changes


def rows():
    db.session.rollback()
    return db.session.query(HoaxReport).count()


def test_a_report_gets_a_receipt_and_can_be_tracked_by_its_code(client):
    receipt = client.post(REPORTS, json=sent())

    assert receipt.status_code == 201
    assert re.fullmatch(r"P-[0-9A-Z]{6}", receipt.json["number"])
    status = client.post("/api/v1/track", json={"tracking_code": receipt.json["tracking_code"]})
    assert (status.json["number"], status.json["state"]) == (receipt.json["number"], "received")


def test_only_class_and_date_are_needed(client):
    assert client.post(REPORTS, json={"class": "unknown", "occurred_on": "2026-11-24"}).status_code == 201


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"class": "jahat"}, "/class"),
        ({"occurred_on": "2026-11-25"}, "/occurred_on"),
        ({"occurred_on": None}, "/occurred_on"),
        ({"time": "25:00"}, "/time"),
        ({"district": "1"}, "/district"),
        ({"agencies": ["damkar", "nasa"]}, "/agencies/1"),
        ({"agencies": "damkar"}, "/agencies"),
        ({"note": "Nomornya 081234567890"}, "/note"),
        ({"place": "rumah pak@contoh.id"}, "/place"),
        ({"place": "baris satu\nbaris dua"}, "/place"),
        ({"caller": "Pak Anu"}, "/caller"),
    ],
)
def test_a_field_that_cannot_be_right_is_named_and_nothing_is_stored(client, change, pointer):
    response = client.post(REPORTS, json=sent(**change))

    assert response.status_code == 422
    assert [error["pointer"] for error in response.json["errors"]] == [pointer]
    assert rows() == 0


def test_the_same_key_gives_the_same_answer_and_another_code_than_feedback(client):
    key = {"Idempotency-Key": "kunci-acak-yang-cukup-panjang"}
    first, second = (client.post(REPORTS, json=sent(), headers=key) for _ in range(2))
    feedback = {
        "kind": "praise",
        "message": "Terima kasih banyak.",
        "happened": "past",
        "may_publish": False,
        "may_pass_on": False,
    }

    other = client.post("/api/v1/feedback", json=feedback, headers=key)

    assert first.json == second.json
    assert rows() == 1
    assert other.json["tracking_code"] != first.json["tracking_code"]
    assert client.post(REPORTS, json=sent(note=None), headers=key).status_code == 422


def test_a_retry_gets_its_first_answer_even_after_intake_has_closed(client, make_app, city_charter):
    key = {"Idempotency-Key": "kunci-acak-yang-cukup-panjang"}
    first = client.post(REPORTS, json=sent(), headers=key)
    closed = city_charter.info.model_copy(update={"intake": Intake.CLOSED})
    later = make_app(city_charter.model_copy(update={"info": closed})).test_client()

    again, other = later.post(REPORTS, json=sent(), headers=key), later.post(REPORTS, json=sent())

    assert (again.status_code, again.json) == (201, first.json)
    assert other.status_code == 403
