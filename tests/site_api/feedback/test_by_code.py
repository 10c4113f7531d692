"""What whoever has the code may still do: pages and JSON, lost races, and nothing left after erasing."""

import sqlite3
from uuid import uuid4

import pytest

from charter_data.snapshot import Outcome
from site_api import cases
from site_api.auditing import unproven
from site_api.database import db
from site_api.errors import AlreadyDisputed, AlreadyRated, CodeUnknown, Conflict, TooManyMessages
from site_api.feedback import counting, following, queries, workflow
from site_api.feedback.models import Feedback, State
from site_api.feedback.schemas import Assignment, NewFeedback, Verification
from site_api.hoax_reports import workflow as hoax_workflow
from site_api.hoax_reports.models import HoaxReport
from site_api.hoax_reports.schemas import NewHoaxReport
from site_api.installation import installation
from site_api.intake import grouped
from tests.forms import fields_of
from tests.site_api.stories import TRIAGE, answer, sent

RARE = "Sirene bukit zamrud"
WHY = "Jawabannya tidak tentang petugas yang saya ceritakan."


@pytest.fixture
def coded(app):
    """Store feedback and give the case with its code."""

    def store(**changes):
        new = NewFeedback.model_validate(sent(**changes), strict=False)
        case, code = workflow.submit(installation(), new, str(uuid4()))
        return reread(case.number), grouped(code)

    return store


def reread(number):
    db.session.rollback()
    return db.session.query(Feedback).filter_by(number=number).one()


def give_answer(case, agency=None):
    place = installation()
    read = Verification(kind=case.kind, clause=case.clause, service=case.service)
    workflow.verify(place, TRIAGE, case, read)
    if agency:
        workflow.assign(place, TRIAGE, case, Assignment(agency=agency, reason="Tentang petugasnya"))
    workflow.answer(place, TRIAGE, case, answer())
    return case


def test_messages_go_both_ways_and_never_name_staff(client, coded):
    case, code = coded()
    page = client.post("/lacak/pesan", data={"tracking_code": code, "message": "Saya ingat satu hal lagi."})
    following.write_back(installation(), TRIAGE, reread(case.number), "Terima kasih, kami cek dulu.")
    told = client.post("/lacak", data={"tracking_code": code})

    assert page.status_code == 200
    assert "Saya ingat satu hal lagi." in told.text
    assert "Terima kasih, kami cek dulu." in told.text
    assert TRIAGE.name not in told.text
    assert code not in told.headers.get("Location", "")
    assert unproven() == []


def test_a_message_that_leads_to_a_person_is_refused_and_stays_typed(client, coded):
    case, code = coded()
    page = client.post("/lacak/pesan", data={"tracking_code": code, "message": "Telepon saya 081234567890"})

    assert page.status_code == 422
    assert fields_of(page, "/lacak/pesan")["message"] == "Telepon saya 081234567890"
    assert reread(case.number).messages == []


def test_the_twenty_first_message_is_refused_by_name(coded):
    case, _ = coded()
    for n in range(20):
        following.add_message(installation(), case, f"Pesan yang ke-{n} dari saya")

    with pytest.raises(TooManyMessages):
        following.add_message(installation(), case, "Pesan yang berlebih dari saya")
    assert len(case.messages) == 20


@pytest.mark.parametrize("agency", [None, "damkar"])
def test_an_objection_reopens_once_and_keeps_the_first_answer(client, coded, agency):
    case, code = coded()
    give_answer(case, agency)
    workflow.publish(installation(), TRIAGE, case)
    page = client.post("/lacak/sanggah", data={"tracking_code": code, "objection": WHY})

    case = reread(case.number)
    assert page.status_code == 200
    assert (case.state, case.agency) == (State.ASSIGNED, agency)
    assert case.number in queries.removed()
    assert answer().text_id in page.text
    workflow.answer(installation(), TRIAGE, case, answer(text_id="Sudah kami cek sekali lagi."))
    told = client.post("/lacak", data={"tracking_code": code}).text
    assert told.index("Sudah kami cek sekali lagi.") < told.index(answer().text_id)
    again = client.post("/api/v1/feedback/dispute", json={"tracking_code": code, "objection": WHY})
    assert (again.status_code, again.json["type"]) == (409, "urn:piagam112:already_disputed")
    assert unproven() == []
    assert sum(counted(case).outcomes.values()) == 1


def counted(case):
    place = installation()
    day = place.local_date(case.received_at)
    return counting.counts(place, day, day)


def test_of_two_objections_at_once_one_wins_and_the_other_is_told(coded, monkeypatch):
    case, _ = coded()
    give_answer(case)
    change = cases.change
    raced: list[bool] = []

    def slower(place, actor, case, *args, **how):
        if not raced:  # the rival's whole objection comes between our reading and our writing
            raced.append(True)
            following.dispute(place, reread(case.number), "Saya yang lebih dahulu menyanggah.")
        return change(place, actor, case, *args, **how)

    monkeypatch.setattr(cases, "change", slower)
    with pytest.raises(AlreadyDisputed):
        following.dispute(installation(), case, WHY)
    assert [said.text for said in reread(case.number).messages] == ["Saya yang lebih dahulu menyanggah."]


def test_a_rating_closes_the_case_once(client, coded):
    case, code = coded()
    with pytest.raises(Conflict):
        following.rate(installation(), case, 4)
    give_answer(case)
    reply = client.post("/api/v1/feedback/rating", json={"tracking_code": code, "rating": "4"})

    case = reread(case.number)
    assert (reply.status_code, case.state, case.rating) == (200, State.CLOSED, 4)
    with pytest.raises(AlreadyRated):
        following.rate(installation(), case, 1)


def test_all_that_is_kept_comes_as_a_file_without_code_and_staff(client, coded):
    case, code = coded(message=f"{RARE} terdengar semalam.")
    give_answer(case)
    file = client.post("/lacak/simpan", data={"tracking_code": code})
    page = client.post("/en/lacak/cetak", data={"tracking_code": code})

    assert file.headers["Content-Disposition"] == f'attachment; filename="{case.number}.json"'
    assert "no-store" in file.headers["Cache-Control"]
    assert RARE in file.text
    assert RARE in page.text
    assert [one["what"] for one in file.json["history"]] == ["submit", "verify", "answer"]
    assert file.json["answers"][0]["outcome"] == Outcome.DONE
    for secret in (code, code.replace("-", ""), TRIAGE.name, case.code_hash, case.salt):
        assert secret not in file.text


def test_erasing_asks_first_and_then_leaves_no_byte(app, client, coded, tmp_path):
    case, code = coded(message=f"{RARE} terdengar semalam.")
    following.add_message(installation(), case, f"{RARE} masih terdengar.")
    give_answer(case, "damkar")
    workflow.publish(installation(), TRIAGE, case)
    asked = client.post("/lacak/hapus", data={"tracking_code": code})
    assert reread(case.number).text
    done = client.post("/lacak/hapus", data=fields_of(asked, "/lacak/hapus"))

    case = reread(case.number)
    assert done.status_code == 200
    assert (case.state, case.text, case.salt, case.district) == (State.WITHDRAWN, None, None, None)
    assert case.number in queries.removed()
    assert client.post("/lacak", data={"tracking_code": code}).status_code == 404
    assert unproven() == []
    file = tmp_path / "piagam.sqlite3"
    db.session.remove()
    db.engine.dispose()
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for path in tmp_path.glob("piagam.sqlite3*"):
        for word in (RARE, answer().summary_id, answer().text_id):
            assert word.encode() not in path.read_bytes(), path.name


def test_erasing_leaves_a_case_that_has_ended_as_it_ended(coded):
    case, code = coded()
    give_answer(case)
    following.rate(installation(), case, 2)
    following.erase(installation(), case)

    case = reread(case.number)
    assert (case.state, case.answer.outcome, case.answer.text_id) == (State.CLOSED, Outcome.DONE, None)
    with pytest.raises(CodeUnknown):
        cases.by_code(installation(), Feedback, code)


def test_a_hoax_report_is_erased_by_its_code(client, app):
    told = {"class": "palsu", "occurred_on": "2026-11-20", "note": RARE, "place": "Dekat pasar"}
    report, code = hoax_workflow.submit(
        installation(), NewHoaxReport.model_validate(told, strict=False), None
    )
    kept = client.post("/api/v1/feedback/export", json={"tracking_code": code})
    reply = client.post("/api/v1/feedback/erase", json={"tracking_code": code})

    row = db.session.query(HoaxReport).one()
    assert kept.json["text"] == RARE
    assert reply.json == {"number": report.number, "state": "withdrawn", "erased": True}
    assert (row.text, row.place, row.occurred_on, row.agencies) == (None, None, None, "")
    assert client.post("/lacak", data={"tracking_code": code}).status_code == 404
    assert unproven() == []


@pytest.mark.parametrize("act", ["pesan", "sanggah", "nilai", "simpan", "cetak", "hapus", "tarik"])
@pytest.mark.parametrize(("base", "language"), [("", "id"), ("/en", "en")])
def test_a_wrong_code_asks_for_the_code_again_with_what_was_typed(client, act, base, language):
    wrong = "AAAA-AAAA-AAAA-AAAA"
    page = client.post(f"{base}/lacak/{act}", data={"tracking_code": wrong, "message": WHY})

    assert page.status_code == 404
    assert fields_of(page, f"{base}/lacak")["tracking_code"] == wrong
    assert installation().texts.say(language, "errors.code_unknown.title") in page.text
    assert page.cache_control.no_store


def test_feedback_is_withdrawn_as_json_and_a_report_is_not(client, coded):
    case, code = coded()
    report = client.post("/api/v1/hoax-reports", json={"class": "palsu", "occurred_on": "2026-11-20"}).json

    done = client.post("/api/v1/feedback/withdraw", json={"tracking_code": code})
    again = client.post("/api/v1/feedback/withdraw", json={"tracking_code": code})
    other = client.post("/api/v1/feedback/withdraw", json={"tracking_code": report["tracking_code"]})

    assert (done.status_code, done.json) == (
        200,
        {"number": case.number, "state": "withdrawn", "messages": []},
    )
    assert reread(case.number).state is State.WITHDRAWN
    assert (again.status_code, again.json["type"]) == (409, "urn:piagam112:conflict")
    assert other.status_code == 404


@pytest.mark.parametrize("agency", [None, "damkar"])
def test_after_an_objection_the_status_says_so_and_who_has_it(client, coded, agency):
    case, code = coded()
    give_answer(case, agency)
    page = client.post("/lacak/sanggah", data={"tracking_code": code, "objection": WHY}).text

    assert "Anda menyanggah jawabannya. Petugas membacanya lagi." in page
    assert "Diteruskan ke" not in page
    assert ("Ada di Damkar sejak" in page) is (agency is not None)


def test_the_page_of_all_that_is_kept_tells_the_day_and_not_the_minute(client, coded):
    _, code = coded()
    page = client.post("/lacak/cetak", data={"tracking_code": code}).text

    assert "formulir situs" in page
    assert "Sudah lewat" in page
    assert "pukul" not in page
