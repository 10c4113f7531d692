from uuid import uuid4

import pytest
from sqlalchemy import text

from charter_data.vocabulary import Intake
from site_api.database import db
from site_api.feedback.models import Feedback
from site_api.hoax_reports.models import HoaxReport
from site_api.reviewers.models import Role
from site_api.settings import Limits
from tests.documents import read
from tests.site_api.portal import Desk, add_reviewer

SAID = {
    "channel": "phone",
    "kind": "complaint",
    "happened": "past",
    "message": "Damkar datang lama sekali, kata penelepon.",
    "clause": "KBK.siap",
}
REPORT = {"channel": "paper", "class": "palsu", "occurred_on": "2026-11-20", "note": "Tertulis di kertas."}
SENSITIVE = "BKL"


@pytest.fixture
def desk(app) -> Desk:
    add_reviewer("sari")
    return Desk(app.test_client(), "sari")


def marked(page, name):
    """Give the parts of a page that carry a class."""
    return [one for one in read(page.text).walk() if name in one.attributes.get("class", "").split()]


def code_on(page):
    return marked(page, "p-code__groups")[0].text.replace(" ", "")


def kept(model=Feedback):
    db.session.rollback()
    return db.session.query(model).all()


def first_row(case):
    rows = text("SELECT actor, verb, detail FROM audit WHERE subject = :number ORDER BY id")
    return db.session.execute(rows, {"number": case.number}).first()


def test_what_a_caller_says_is_kept_with_its_channel_and_who_typed_it(desk):
    page = desk.post("masukan/baru", **SAID, may_publish="yes")

    (case,) = kept()
    assert page.status_code == 201
    assert (case.channel, case.text, case.service) == ("phone", SAID["message"], "KBK")
    assert (case.may_publish, case.may_pass_on, case.held_at) == (True, False, None)
    row = first_row(case)
    assert (row.actor, row.verb, row.detail) == ("sari", "feedback.submit", '{"channel":"phone"}')


def test_the_receipt_shows_the_code_once_and_the_code_leads_to_a_marked_status(desk, client):
    receipt = desk.post("masukan/baru", **SAID)
    (case,) = kept()
    code = code_on(receipt)

    assert case.number in receipt.text
    assert receipt.cache_control.no_store
    assert code not in desk.get(f"masukan/{case.number}").text
    assert "Disampaikan lewat telepon." in client.post("/lacak", data={"tracking_code": code}).text
    english = client.post("/en/lacak", data={"tracking_code": code}).text
    assert "It was given by phone." in english


def test_a_receipt_tells_the_days_that_are_promised(make_app, open_charter):
    app = make_app(open_charter)
    with app.app_context():
        add_reviewer("sari")
        told = read(Desk(app.test_client(), "sari").post("masukan/baru", **SAID).text).one("main").text

    assert "Dibaca paling lambat" in told
    assert "Dijawab paling lambat" in told


@pytest.mark.parametrize(("channel", "word"), [("phone", "telepon"), ("paper", "kertas")])
def test_lists_and_case_say_how_it_came_and_who_typed_it(desk, channel, word):
    desk.post("masukan/baru", **SAID | {"channel": channel})
    (case,) = kept()

    tags = [tag.text for tag in marked(desk.get(""), "p-tag")]

    assert word in tags
    facts = marked(desk.get(f"masukan/{case.number}"), "p-facts")[0].text
    assert word in facts
    assert "Diketik oleh" in facts
    assert "sari" in facts


def test_what_came_by_the_site_has_no_mark(desk, submitted):
    case = submitted()

    assert marked(desk.get(""), "p-tag") == []
    assert "Diketik oleh" not in desk.get(f"masukan/{case.number}").text


def test_the_same_form_sent_twice_is_kept_once(desk):
    key = str(uuid4())
    pages = [desk.post("masukan/baru", **SAID, idempotency_key=key) for _ in range(2)]

    assert [page.status_code for page in pages] == [201, 201]
    assert code_on(pages[0]) == code_on(pages[1])
    assert len(kept()) == 1
    other = desk.post("masukan/baru", **SAID | {"channel": "paper"}, idempotency_key=key)
    assert other.status_code == 422


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("channel", ""),
        ("channel", "web"),
        ("channel", "fax"),
        ("happened", "now"),
        ("kind", ""),
        ("message", "pendek"),
        ("message", "Telepon saya 0812-3456-7890, tolong."),
        ("clause", "ZZZ.siap"),
        ("occurred_on", "2027-01-01"),
    ],
)
def test_a_fault_is_named_and_what_was_typed_is_still_there(desk, field, value):
    page = desk.post("masukan/baru", **SAID | {"may_pass_on": "yes", field: value})

    assert page.status_code == 422
    assert marked(page, "p-problem")[0].all("a")[0].attributes["href"] == f"#{field}"
    assert 'value="yes" checked' in page.text
    assert field == "message" or SAID["message"] in page.text
    assert kept() == []


def test_a_sensitive_service_keeps_no_district(desk, city_charter):
    district = next(iter(city_charter.area.district))
    whole = {name: value for name, value in SAID.items() if name != "clause"}

    desk.post("masukan/baru", **whole, service=SENSITIVE, district=district)

    (case,) = kept()
    assert (case.is_sensitive, case.district) == (True, None)


def test_a_report_of_a_false_call_is_typed_in_the_same_way(desk, client):
    receipt = desk.post("panggilan-palsu/baru", **REPORT, agencies="damkar")

    (report,) = kept(HoaxReport)
    assert receipt.status_code == 201
    assert (report.channel, report.agencies, first_row(report).actor) == ("paper", "damkar", "sari")
    status = client.post("/lacak", data={"tracking_code": code_on(receipt)}).text
    assert "Disampaikan di atas kertas." in status
    assert "Diketik oleh" in desk.get(f"panggilan-palsu/{report.number}").text
    assert "kertas" in [tag.text for tag in marked(desk.get(""), "p-tag")]
    faulty = desk.post("panggilan-palsu/baru", **REPORT | {"class": ""})
    assert faulty.status_code == 422
    assert REPORT["note"] in faulty.text


def test_staff_meet_no_limit_take_nothing_from_citizens_and_are_never_held(make_app):
    app = make_app(limits=Limits(submissions=1, drafts=1, system=1))
    with app.app_context():
        add_reviewer("sari")
        desk, citizen = Desk(app.test_client(), "sari"), app.test_client()
        taken = [desk.post("masukan/baru", **SAID).status_code for _ in range(3)]
        sent = {name: value for name, value in SAID.items() if name != "channel"}
        own = citizen.post("/api/v1/feedback", json=sent | {"may_publish": True, "may_pass_on": True})
        held = [case.held_at for case in kept()]

    assert (taken, own.status_code, held) == ([201] * 3, 201, [None] * 4)


def test_an_agency_may_not_type_in_and_sees_no_way_to(app):
    add_reviewer("budi", Role.AGENCY, "damkar")
    desk = Desk(app.test_client(), "budi")

    assert desk.get("masukan/baru").status_code == 403
    assert desk.post("masukan/baru", **SAID).status_code == 403
    assert "masukan/baru" not in desk.get("").text
    assert kept() == []


def test_nothing_is_typed_in_while_the_city_takes_nothing(make_app, city_charter):
    info = city_charter.info.model_copy(update={"intake": Intake.CLOSED})
    app = make_app(city_charter.model_copy(update={"info": info}))
    with app.app_context():
        add_reviewer("sari")
        desk = Desk(app.test_client(), "sari")

        pages = desk.get("masukan/baru"), desk.post("masukan/baru", **SAID), desk.get("panggilan-palsu/baru")

    assert [page.status_code for page in pages] == [403] * 3


@pytest.mark.parametrize(
    ("filled", "why"), [({}, "tidak dikirim dari formulir"), ({"website": "x"}, "kotak")]
)
def test_triage_reads_why_a_case_is_held(desk, client, filled, why):
    form = {name: value for name, value in SAID.items() if name != "channel"}
    client.post("/masukan", data=form | filled)
    (case,) = kept()

    assert why in desk.get(f"masukan/{case.number}").text
