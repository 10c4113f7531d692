import pytest
from werkzeug.datastructures import MultiDict

from site_api.database import db
from site_api.hoax_reports.models import HoaxReport, State
from tests.documents import read
from tests.forms import all_fields_of, code_in, fields_of, form_of, go_on
from tests.site_api.portal import Desk, add_reviewer

ADDRESS = "/masukan/panggilan-palsu"


def filled(response, base="", **changes):
    typed = {"class": "palsu", "occurred_on": "2026-11-20", "note": "Dua mobil datang sia-sia."}
    return fields_of(response, f"{base}{ADDRESS}/lanjut") | typed | changes


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
    page, names = client.get(ADDRESS), set()
    for answers in (
        {"class": "palsu"},
        {"occurred_on": "2026-11-20", "time_unknown": "yes"},
        {"district_unknown": "yes", "place": "Dekat pasar"},
        {"agencies": ["damkar", "dinkes"]},
        {"note": "Dua mobil datang sia-sia."},
    ):
        shown = form_of(page, f"{ADDRESS}/lanjut").all("input", "textarea", "select")
        names |= {one.attributes["name"] for one in shown if one.attributes.get("type") != "hidden"}
        page = go_on(client, page, ADDRESS, **answers)

    unknown = {"time_unknown", "district_unknown", "place_unknown", "agencies_unknown"}
    event = {"class", "occurred_on", "time", "district", "place", "agencies", "note"}
    assert names == event | unknown | {"website"}
    assert "tidak pernah cukup untuk menghukum" in page.text
    assert client.post(ADDRESS, data=fields_of(page, ADDRESS)).status_code == 201


def test_every_unit_that_came_is_carried_to_the_report(client):
    page = client.get(ADDRESS)
    steps = [
        {"class": "palsu"},
        {"occurred_on": "2026-11-20", "time": "21:15"},
        {"district": "", "place": ""},
    ]
    for answers in steps:
        page = go_on(client, page, ADDRESS, **answers)
    assert page.status_code == 422
    page = go_on(client, page, ADDRESS, district_unknown="yes", place_unknown="yes")
    page = go_on(client, page, ADDRESS, agencies=["damkar", "dinkes"])
    page = go_on(client, page, ADDRESS)

    sent = all_fields_of(page, ADDRESS)
    assert [value for name, value in sent if name == "agencies"] == ["damkar", "dinkes"]
    assert client.post(ADDRESS, data=MultiDict(sent)).status_code == 201
    (report,) = reports()
    assert (report.agencies, report.time, report.place, report.district) == (
        "damkar dinkes",
        "21:15",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("question", "answers", "field"),
    [
        ("class", {}, "class"),
        ("class", {"class": "hantu"}, "class"),
        ("when", {"occurred_on": "2027-01-01", "time_unknown": "yes"}, "occurred_on"),
        ("when", {"occurred_on": "2026-11-20", "time": "99:99"}, "time"),
        ("where", {"district": "999", "place_unknown": "yes"}, "district"),
        ("where", {"district_unknown": "yes", "place": "0812-3456-7890"}, "place"),
        ("who", {}, "agencies"),
        ("who", {"agencies": "hansip"}, "agencies"),
        ("note", {"note": "Nomornya 0812-3456-7890"}, "note"),
    ],
)
def test_each_answer_is_held_to_the_report_at_once(client, question, answers, field):
    page = client.post(f"{ADDRESS}/lanjut", data={"question": question, **answers})

    assert page.status_code == 422
    (link,) = read(page.text).one("main").one("ul").all("a")
    assert link.attributes["href"] == f"#{field}"
    assert read(page.text).by_id(field)


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


@pytest.mark.parametrize(
    ("verb", "reason", "state"),
    [("tolak", "unclear", State.DECLINED), ("hapus", "Ada nama penelepon", State.WITHDRAWN)],
)
def test_declining_and_erasing_a_report_take_two_persons(app, client, verb, reason, state):
    client.post(ADDRESS, data=filled(client.get(ADDRESS)))
    (report,) = reports()
    for name in ("sari", "tini"):
        add_reviewer(name)
    first, second = (Desk(app.test_client(), name) for name in ("sari", "tini"))
    place = f"panggilan-palsu/{report.number}"

    assert first.post(f"{place}/{verb}", reason=reason).status_code == 303
    assert "menunggu orang kedua" in first.get(place).text
    assert reports()[0].state is State.RECEIVED
    assert report.number in read(second.get("").text).one("main").one("section").text
    assert first.post(f"{place}/persetujuan/1/setuju").status_code == 409
    assert second.post(f"{place}/persetujuan/1/jangan", refused_because="").status_code == 422

    assert second.post(f"{place}/persetujuan/1/setuju").status_code == 303
    assert (reports()[0].state, reports()[0].ended_by) == (state, "tini")
    assert second.get(place).status_code == 200
