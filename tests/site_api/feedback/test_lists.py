"""The pages of the lists: filters by name, tabs, pages, and many spams at once."""

from uuid import uuid4

import pytest
from werkzeug.datastructures import MultiDict

from site_api.audit import AuditEntry
from site_api.database import db, write
from site_api.feedback import queue
from site_api.feedback.models import Feedback, State
from site_api.hoax_reports import queries as hoax_queries
from site_api.hoax_reports import workflow as hoax_workflow
from site_api.hoax_reports.schemas import NewHoaxReport
from site_api.installation import installation
from site_api.reviewers.models import Role
from tests.documents import read
from tests.site_api.portal import Desk, add_reviewer
from tests.site_api.rivals import rival
from tests.site_api.stories import TRIAGE

SRI_PADANG = "1274020008"
LISTS = ("", "ditahan", "selesai", "cari")


@pytest.fixture
def desk(app) -> Desk:
    add_reviewer("sari")
    return Desk(app.test_client(), "sari")


@pytest.fixture
def council(app) -> Desk:
    add_reviewer("wati", Role.DPRD)
    return Desk(app.test_client(), "wati")


@pytest.fixture
def damkar(app) -> Desk:
    add_reviewer("budi", Role.AGENCY, "damkar")
    return Desk(app.test_client(), "budi")


def again(case):
    db.session.rollback()
    return db.session.get_one(Feedback, case.id, populate_existing=True)


def decline(desk, *cases):
    chosen = [("case", f"{case.number}.{case.version}") for case in cases]
    return desk.client.post("/tinjau/tolak", data=MultiDict([("token", desk.token), *chosen]))


@pytest.mark.parametrize(
    ("address", "heading", "nothing"),
    [
        ("", "Panggilan palsu, menunggu (0)", "Tidak ada yang menunggu."),
        ("ditahan", "Panggilan palsu, ditahan (0)", "Tidak ada yang ditahan."),
    ],
)
def test_a_list_says_of_its_reports_what_they_do_there(desk, address, heading, nothing):
    page = read(desk.get(address).text)

    assert heading in [one.text for one in page.walk() if one.tag == "h2"]
    assert [one.text for one in page.walk() if "p-empty" in one.attributes.get("class", "")] == [nothing] * 2


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(
            ("state", "hilang"),
            ("kind", "x"),
            ("service", "XYZ"),
            ("clause", "KBK.hilang"),
            ("district", "1"),
        ),
        *(("agency", "kantor_lama"), ("sensitive", "mungkin"), ("warna", "biru"), ("setelah", "M-000000")),
    ],
)
def test_a_value_that_no_filter_has_is_refused_by_name_and_nothing_is_listed(
    desk, submitted, address, name, value
):
    number = submitted().number

    page = desk.get(
        f"{address}?{name}={value}&words={number}" if address == "cari" else f"{address}?{name}={value}"
    )

    assert page.status_code == 422
    main = read(page.text).one("main")
    assert name in page.text
    assert number not in "".join(table.text for table in main.all("table"))
    for link in main.all("a"):
        target = link.attributes["href"]
        assert not target.startswith("#") or read(page.text).by_id(target[1:])


@pytest.mark.parametrize("name", ["district", "sensitive", "held"])
def test_a_role_is_not_even_told_whether_a_filter_it_may_not_use_finds_something(council, name):
    value = SRI_PADANG if name == "district" else "yes"
    for address in ("", "cari"):
        assert f'name="{name}"' not in council.get(address).text
        assert council.get(f"{address}?{name}={value}").status_code == 422


def test_a_role_that_reads_no_words_finds_numbers_only(council, verified):
    case = verified(message="Sirene meraung sekali")

    words, number = (council.get(f"cari?words={typed}") for typed in ("meraung", case.number))

    assert (words.status_code, number.status_code) == (422, 200)
    assert case.number not in words.text
    assert case.number in number.text


def test_words_find_a_case_by_hand_and_by_filter(desk, submitted):
    case, other = submitted(message="Sirene meraung sekali"), submitted(message="Lampu padam semua")

    page = desk.get("cari?words=meraung&kind=complaint")

    assert case.number in page.text
    assert other.number not in page.text
    assert case.number not in desk.get("cari?words=meraung&kind=praise").text


def test_an_officer_finds_no_case_of_another_agency(damkar, assigned):
    own, other = (assigned(agency, message="Sirene meraung sekali") for agency in ("damkar", "polres"))

    for typed in ("meraung", other.number):
        assert f"masukan/{other.number}" not in damkar.get(f"cari?words={typed}").text
    assert own.number in damkar.get("cari?words=meraung").text


def test_filters_are_told_kept_over_pages_and_may_be_cleared(desk, submitted, monkeypatch):
    monkeypatch.setattr(queue, "PAGE", 2)
    numbers = [submitted(clause="KBK.siap").number for _ in range(3)]
    submitted(clause="BKL.damping")

    page = desk.get("?clause=KBK.siap&kind=complaint")

    main = read(page.text).one("main")
    tags = [tag.text for tag in main.all("span") if tag.attributes.get("class") == "p-tag"]
    assert {"Bagian piagam: KBK.siap", "Jenis masukan: Pengaduan"} <= set(tags)
    (onward,) = [a.attributes["href"] for a in main.all("a") if a.attributes.get("rel") == "next"]
    assert "clause=KBK.siap" in onward
    following = desk.client.get(onward).text
    assert numbers[2] in following
    assert numbers[0] not in following
    back = [a.attributes["href"] for a in read(following).one("main").all("a") if "Kembali ke awal" in a.text]
    assert back == ["/tinjau/?kind=complaint&clause=KBK.siap"]
    assert "/tinjau/" in [a.attributes["href"] for a in main.all("a") if a.text == "Hapus saringan"]


def test_what_is_done_stands_in_a_list_of_its_own_the_newest_first(desk, answered, submitted):
    first, second, waiting = answered(), answered(), submitted()

    text = desk.get("selesai").text

    assert text.index(second.number) < text.index(first.number)
    assert waiting.number not in text
    assert first.number not in desk.get("").text


def test_an_administrator_is_told_that_there_is_no_case_to_see(app, submitted):
    number = submitted().number
    add_reviewer("rahmat", Role.ADMIN)
    desk = Desk(app.test_client(), "rahmat")

    assert number not in desk.get("").text
    assert '<form method="get"' not in desk.get("").text
    assert desk.get("cari").status_code == 403


def test_chosen_spam_is_declined_each_for_itself(desk, submitted):
    spam, kept = [submitted() for _ in range(2)], submitted()

    page = decline(desk, *spam)

    assert page.status_code == 200
    assert "Ditolak sebagai spam: 2" in page.text
    assert [again(case).state for case in (*spam, kept)] == [State.DECLINED, State.DECLINED, State.RECEIVED]
    entries = db.session.query(AuditEntry).filter_by(verb="feedback.decline").all()
    assert {(entry.subject, entry.actor, entry.detail) for entry in entries} == {
        (case.number, "sari", '{"reason":"spam"}') for case in spam
    }


def test_what_a_rival_has_changed_meanwhile_is_left_and_named(app, desk, submitted):
    first, second = submitted(), submitted()

    with rival(app, f"UPDATE feedback SET version = version + 1 WHERE id = {first.id}"):  # noqa: S608 (ours)
        page = decline(desk, first, second)

    assert [again(case).state for case in (first, second)] == [State.RECEIVED, State.DECLINED]
    main = read(page.text).one("main").text
    assert "Ditolak sebagai spam: 1" in main
    assert first.number in main
    assert second.number not in main


def test_a_case_shown_in_an_older_version_is_left(desk, submitted):
    case = submitted()
    write(lambda c: c.exec_driver_sql("UPDATE feedback SET version = 2").rowcount)

    page = desk.client.post("/tinjau/tolak", data={"token": desk.token, "case": f"{case.number}.1"})

    assert case.number in page.text
    assert again(case).state is State.RECEIVED


def test_nobody_declines_what_is_out_of_sight(desk, submitted):
    case = submitted(was_disbelieved=True)

    page = decline(desk, case)

    assert "Ditolak sebagai spam: 0" in page.text
    assert again(case).state is State.RECEIVED


def test_none_and_more_than_a_hundred_are_refused(desk, submitted):
    none = decline(desk)
    many = desk.client.post(
        "/tinjau/tolak",
        data=MultiDict([("token", desk.token), *(("case", f"M-{n:06}.1") for n in range(101))]),
    )

    assert (none.status_code, many.status_code) == (422, 422)
    assert "paling banyak 100" in none.text


def test_the_page_of_a_case_leads_to_what_is_alike(desk, council, submitted, verified):
    case = verified(message="Pipa induk bocor dekat jembatan")
    alike = verified(message="Pipa induk bocor dekat jembatan")

    assert f"/tinjau/masukan/{case.number}/serupa" in desk.get(f"masukan/{case.number}").text
    assert alike.number in desk.get(f"masukan/{case.number}/serupa").text
    assert "serupa" not in council.get(f"masukan/{case.number}").text
    assert council.get(f"masukan/{case.number}/serupa").status_code == 403


def test_whoever_reads_reports_of_false_calls_finds_them_in_the_list_and_by_number(app, desk, council):
    report = NewHoaxReport.model_validate({"class": "palsu", "occurred_on": "2026-11-20"}, strict=False)
    number = hoax_workflow.submit(installation(), report, str(uuid4()))[0].number
    add_reviewer("ratna", Role.AUDITOR)
    auditor = Desk(app.test_client(), "ratna")

    for reader in (desk, auditor):
        assert number in reader.get("").text
        assert reader.get(f"cari?words={number.lower()}").location == f"/tinjau/panggilan-palsu/{number}"
    assert number not in council.get("").text
    found = council.get(f"cari?words={number}")
    assert (found.status_code, f"panggilan-palsu/{number}" in found.text) == (200, False)


def test_chosen_reports_are_declined_beside_feedback(desk, submitted):
    case = submitted()
    report = NewHoaxReport.model_validate({"class": "palsu", "occurred_on": "2026-11-20"}, strict=False)
    number = hoax_workflow.submit(installation(), report, str(uuid4()))[0].number

    page = decline(desk, case, hoax_queries.case_of(TRIAGE, number))

    assert "Ditolak sebagai spam: 2" in page.text
    assert number not in desk.get("").text
