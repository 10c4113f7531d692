import pytest

from site_api.database import db
from site_api.hoax_reports.models import HoaxReport, State
from tests.documents import read
from tests.forms import code_in, fields_of
from tests.site_api.portal import Desk, add_reviewer

ADDRESS = "/masukan/panggilan-palsu"


def filled(response, base="", **changes):
    typed = {"class": "palsu", "occurred_on": "2026-11-20", "note": "Dua mobil datang sia-sia."}
    return fields_of(response, f"{base}{ADDRESS}") | typed | changes


def reports():
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(HoaxReport).all()


@pytest.mark.parametrize("base", ["", "/en"])
def test_from_form_to_finding_without_a_script(app, client, clock, base):
    form = client.get(f"{base}{ADDRESS}")
    clock.forward(seconds=20)
    code = code_in(
        client.post(f"{base}{ADDRESS}", data=filled(form, base) | {"agencies": ["damkar", "dinkes"]})
    )
    (report,) = reports()
    assert report.agencies == "damkar dinkes"

    add_reviewer("sari")
    desk = Desk(app.test_client(), "sari")
    place = f"panggilan-palsu/{report.number}"
    assert report.number in desk.get("").text
    assert desk.post(f"{place}/periksa").status_code == 303
    assert desk.post(f"{place}/temuan", finding="good_faith").status_code == 303

    assert reports()[0].state is State.FOUND
    status = client.post(f"{base}/lacak", data={"tracking_code": code})
    assert report.number in status.text
    assert "palsu untuk menghukum" not in status.text


def test_the_form_promises_that_it_alone_punishes_nobody(client):
    assert "tidak pernah cukup untuk menghukum siapa pun" in client.get(ADDRESS).text


def test_what_was_typed_is_still_there_when_something_is_wrong(client):
    typed = filled(client.get(ADDRESS), note="Nomornya 0812-3456-7890", place="dekat pasar")

    again = client.post(ADDRESS, data=typed | {"agencies": ["damkar"]})

    kept = fields_of(again, ADDRESS)
    assert again.status_code == 422
    assert (kept["note"], kept["place"], kept["agencies"]) == (typed["note"], "dekat pasar", "damkar")
    assert reports() == []


def test_a_form_that_is_sent_twice_gives_one_report(client):
    typed = filled(client.get(ADDRESS))

    codes = {code_in(client.post(ADDRESS, data=typed)) for _ in range(2)}

    assert len(codes) == 1
    assert len(reports()) == 1


def test_no_name_and_no_number_is_asked_for(client):
    names = {
        one.attributes.get("name")
        for one in read(client.get(ADDRESS).text).all("input", "textarea", "select")
    }

    assert names == {
        "idempotency_key",
        "form_token",
        "website",
        "class",
        "occurred_on",
        "time",
        "district",
        "place",
        "agencies",
        "note",
    }


def test_a_second_finding_is_refused_on_the_page(app, client):
    client.post(ADDRESS, data=filled(client.get(ADDRESS)))
    (report,) = reports()
    add_reviewer("sari")
    desk = Desk(app.test_client(), "sari")
    desk.post(f"panggilan-palsu/{report.number}/periksa")
    desk.post(f"panggilan-palsu/{report.number}/temuan", finding="nuisance")

    assert desk.post(f"panggilan-palsu/{report.number}/temuan", finding="false_report").status_code == 409
    assert desk.post(f"panggilan-palsu/{report.number}/tolak", reason="unclear").status_code == 409


@pytest.mark.parametrize("sent", [{}, {"finding": "entah"}, {"warna": "biru"}])
def test_a_finding_that_cannot_be_read_is_told_by_name(app, client, sent):
    client.post(ADDRESS, data=filled(client.get(ADDRESS)))
    (report,) = reports()
    add_reviewer("sari")
    desk = Desk(app.test_client(), "sari")
    desk.post(f"panggilan-palsu/{report.number}/periksa")

    page = desk.post(f"panggilan-palsu/{report.number}/temuan", **sent)

    assert page.status_code == 422
    told = read(page.text).one("main").text
    assert "Hasil pengecekan: " in told
    assert all(f"{name}: " in told for name in sent if name != "finding")
    assert reports()[0].state is State.VERIFIED
