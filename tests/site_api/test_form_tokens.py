import pytest
from sqlalchemy import text

from site_api.database import db
from tests.forms import fields_of
from tests.site_api.portal import Desk, add_reviewer

FEEDBACK = ("/masukan", {"happened": "past", "kind": "complaint", "message": "Ambulans datang terlambat."})
REPORT = ("/masukan/panggilan-palsu", {"class": "palsu", "occurred_on": "2026-11-20"})
BOTH = pytest.mark.parametrize(("address", "typed"), [FEEDBACK, REPORT])


def held():
    """Give why the newest case is held, if it is."""
    db.session.rollback()
    found = db.session.execute(
        text("SELECT json_extract(detail, '$.held') FROM audit WHERE verb LIKE '%.submit' ORDER BY id DESC")
    )
    return found.scalar()


@BOTH
def test_a_person_who_takes_a_moment_is_in_the_queue(client, clock, address, typed):
    form = fields_of(client.get(address), f"{address}/lanjut")
    clock.forward(seconds=3)

    assert client.post(address, data=form | typed).status_code == 201
    assert held() is None


@BOTH
@pytest.mark.parametrize(
    ("changes", "seconds", "reason"),
    [
        ({"website": "https://contoh.id"}, 60, "honeypot"),
        ({"form_token": ""}, 60, "no_token"),
        ({"form_token": "1795507200." + "0" * 64}, 60, "no_token"),
        ({"form_token": "kemarin.\u00e9"}, 60, "no_token"),
        ({}, 2, "too_fast"),
        ({}, 24 * 3600 + 1, "too_old"),
    ],
)
def test_what_looks_like_a_machine_is_held_and_gets_its_receipt(
    client, clock, address, typed, changes, seconds, reason
):
    form = fields_of(client.get(address), f"{address}/lanjut")
    clock.forward(seconds=seconds)

    receipt = client.post(address, data=form | typed | changes)

    assert receipt.status_code == 201
    assert held() == reason
    assert "ditahan" not in receipt.text.lower()
    add_reviewer("sari")
    desk = Desk(client.application.test_client(), "sari")
    assert "Ditahan (1)" in desk.get("").text


@BOTH
@pytest.mark.parametrize(
    ("back", "reason"), [({"seconds": 1}, None), ({"hours": 1}, None), ({"days": 365}, "too_old")]
)
def test_a_clock_that_is_put_back_makes_nobody_too_fast(client, clock, address, typed, back, reason):
    clock.forward(**back)
    form = fields_of(client.get(address), f"{address}/lanjut")
    clock.forward(**{part: -amount for part, amount in back.items()})

    assert client.post(address, data=form | typed).status_code == 201
    assert held() == reason


@BOTH
def test_a_form_with_faults_keeps_the_time_it_was_first_given(client, clock, address, typed):
    form = fields_of(client.get(address), f"{address}/lanjut")
    clock.forward(minutes=5)
    shown = fields_of(client.post(address, data=form), address)

    assert shown["form_token"] == form["form_token"]
    assert client.post(address, data=shown | typed).status_code == 201
    assert held() is None


def test_the_question_whether_it_happens_now_carries_the_token_on(client, clock):
    address, typed = FEEDBACK
    form = fields_of(client.get(address), f"{address}/lanjut")
    clock.forward(minutes=1)
    asked = client.post(address, data=form | typed | {"happened": "now"})

    assert client.post(address, data=fields_of(asked, address)).status_code == 201
    assert held() is None
