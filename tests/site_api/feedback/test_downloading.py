"""What reviewers download is what they may see, in cells that are no formulas, and leaves a trace."""

import csv
import json
from io import StringIO

import pytest

from site_api.approvals.models import Approval, Decision
from site_api.audit import AuditEntry
from site_api.database import db
from site_api.errors import RequestLapsed
from site_api.feedback import downloads, workflow
from site_api.feedback.table import COLUMNS
from site_api.installation import installation
from site_api.reviewers.models import Actor, Role
from site_api.reviewers.policy import READERS, Part
from tests.site_api.portal import Desk, add_reviewer
from tests.site_api.reviewers.roles_table import table, words
from tests.site_api.rivals import rival
from tests.site_api.stories import TRIAGE, answer

WORDS = {"words": "kenari-teks", "place": "1274020008", "answer": "kenari-jawab", "staff": "sari"}


def desk_of(app, role="triage", name="joko"):
    add_reviewer(name, Role(role), "damkar" if role == "agency" else None)
    return Desk(app.test_client(), name)


def rows_of(file):
    assert file.status_code == 200
    text = file.data.decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), strict=True))


def test_it_is_an_attachment_that_nobody_keeps_on_the_way(app, submitted):
    submitted()

    file = desk_of(app).post("unduh")

    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert file.headers["Content-Disposition"] == 'attachment; filename="masukan-2026-11-24.csv"'
    assert file.headers["Cache-Control"] == "no-store"
    assert file.data.startswith(b'\xef\xbb\xbf"Nomor","Jenis masukan"')
    assert file.data.endswith(b"\r\n")


def test_cells_that_begin_like_formulas_have_an_apostrophe(app, submitted):
    submitted(message="=1+1 dan Damkar datang lama")

    header, row = rows_of(desk_of(app).post("unduh"))

    assert row[header.index("Kata-kata warga")] == "'=1+1 dan Damkar datang lama"


def test_it_holds_the_cases_of_the_state_asked_for_and_all_without_one(app, submitted, answered):
    new, done = submitted().number, answered().number
    desk = desk_of(app)

    assert {row[0] for row in rows_of(desk.post("unduh"))[1:]} == {new, done}
    assert [row[0] for row in rows_of(desk.post("unduh", state="answered"))[1:]] == [done]
    assert rows_of(desk.post("unduh", state="closed"))[1:] == []
    assert desk.post("unduh", state="entah").status_code == 422


def test_in_english_it_speaks_english(app, submitted):
    submitted()
    desk = desk_of(app)

    header, row = rows_of(desk.client.post("/en/tinjau/unduh", data={"token": desk.token}))

    assert (header[1], row[1]) == ("Kind of feedback", "Complaint")


@pytest.mark.parametrize("role", [role.value for role in Role if role is not Role.ADMIN])
def test_each_role_gets_the_parts_of_the_page_and_no_other(app, assigned, role):
    told = "kenari-teks: Damkar datang lama"
    case = assigned(message=told, district="1274020008", occurred_on="2026-11-20")
    workflow.answer(installation(), TRIAGE, case, answer(text_id="kenari-jawab: satu regu lagi"))
    expected = {row["part"] for row in table("Parts") if role in words(row["who reads"])}

    file = desk_of(app, role).post("unduh")

    is_seen = role != "inspectorate"
    assert len(rows_of(file)) == 1 + is_seen
    for part, canary in WORDS.items():
        assert (canary in file.text) == (is_seen and part in expected), (role, part)


def test_of_sensitive_cases_only_the_parts_that_the_role_reads_are_filled(app, submitted):
    submitted(message="kenari-teks: rahasia sekali ini", confidential=True)
    sensitive = {row["part"] for row in table("Parts") if "auditor" in words(row["who reads if sensitive"])}
    assert sensitive == {"facts", "staff"}

    assert "kenari-teks" in desk_of(app).post("unduh").text
    assert len(rows_of(desk_of(app, "dprd", "dewan").post("unduh"))) == 1
    auditor = desk_of(app, "auditor", "ani").post("unduh")
    assert "kenari-teks" not in auditor.text
    assert len(rows_of(auditor)) == 2


def test_every_file_leaves_a_trace_with_its_count(app, submitted):
    submitted()
    submitted(message="Yang lain: mobil datang cepat.")
    desk = desk_of(app)
    desk.post("unduh", state="received")
    desk.post("unduh")

    db.session.rollback()
    traces = db.session.query(AuditEntry).filter_by(verb="feedback.download").order_by(AuditEntry.id)
    assert [(one.actor, json.loads(one.detail)) for one in traces] == [
        ("joko", {"cases": 2, "state": "received"}),
        ("joko", {"cases": 2, "state": None}),
    ]


def test_ten_cases_are_given_to_one_person_and_eleven_are_not(app, submitted):
    for number in range(10):
        submitted(message=f"Damkar datang lama sekali, {number} kali.")
    desk = desk_of(app)
    assert len(rows_of(desk.post("unduh"))) == 11

    submitted(message="Yang kesebelas: lama sekali.")

    refused = desk.post("unduh")
    assert (refused.status_code, refused.mimetype) == (409, "text/html")
    db.session.rollback()
    assert db.session.query(AuditEntry).filter_by(verb="feedback.download").count() == 1


REASON = "Untuk rapat evaluasi bulan ini"


@pytest.fixture
def eleven(submitted):
    """Store one case more than one person may take alone."""
    return [submitted(message=f"Damkar datang lama sekali, {number} kali.") for number in range(11)]


@pytest.fixture
def joko(app, eleven):
    """Let a desk ask for all eleven."""
    desk = desk_of(app)
    assert desk.post("unduh/minta", reason=REASON).status_code == 303
    return desk


@pytest.fixture
def tini(app, joko):
    return desk_of(app, name="tini")


def newest():
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(Approval).order_by(Approval.id.desc()).first()


def traces():
    db.session.rollback()
    found = db.session.query(AuditEntry).filter(AuditEntry.verb.in_(["feedback.download"]))
    return [(one.actor, json.loads(one.detail)) for one in found.order_by(AuditEntry.id)]


def verbs_of(subject):
    db.session.rollback()
    found = db.session.query(AuditEntry).filter_by(subject=subject).order_by(AuditEntry.id)
    return [(one.actor, one.verb) for one in found]


def test_more_than_ten_wait_for_a_second_person_who_reads_what_for(joko, tini):
    assert tini.get("").text.count('href="/tinjau/unduh">Mengunduh data</a>: joko') == 1
    page = tini.get("unduh").text
    assert REASON in page
    assert "Semua keadaan: 11 masukan saat diminta" in page
    assert f"/tinjau/unduh/{newest().id}/setuju" in page
    assert f"/tinjau/unduh/{newest().id}/setuju" not in joko.get("unduh").text
    assert joko.post(f"unduh/{newest().id}").status_code == 409
    assert traces() == []


def test_once_approved_whoever_asked_takes_the_file_once(joko, tini):
    key = newest().id
    assert tini.post(f"unduh/{key}/setuju").status_code == 303
    assert f'action="/tinjau/unduh/{key}"' in joko.get("unduh").text

    assert len(rows_of(joko.post(f"unduh/{key}"))) == 12

    assert traces() == [("joko", {"cases": 11, "request": key, "state": None})]
    assert newest().decision is Decision.USED
    again = joko.post(f"unduh/{key}")
    assert (again.status_code, "sudah dipakai" in again.text) == (409, True)
    assert joko.post("unduh").status_code == 409
    assert len(traces()) == 1
    assert verbs_of("unduh-joko") == [("joko", "export.ask"), ("tini", "export.approve")]


def test_of_two_takings_at_once_one_is_given(app, joko, tini):
    key = newest().id
    tini.post(f"unduh/{key}/setuju")
    request, asker = newest(), Actor(1, "joko", Role.TRIAGE, None, "token")

    with rival(app, "UPDATE approvals SET decision = 'used'"), pytest.raises(RequestLapsed):
        downloads.take_approved(installation(), asker, 11, request)

    assert traces() == []


def test_the_file_is_of_the_state_asked_for_and_of_the_sight_of_that_moment(joko, tini, eleven, submitted):
    joko.post(f"unduh/{newest().id}/batal")
    joko.post("unduh/minta", state="received", reason=REASON)
    key = newest().id
    tini.post(f"unduh/{key}/setuju")
    workflow.withdraw(installation(), eleven[0])
    submitted(message="Yang kedua belas: lama sekali.")
    submitted(message="Yang ketiga belas: lama sekali.")

    rows = rows_of(joko.post(f"unduh/{key}", state=""))

    assert len(rows) == 13
    assert eleven[0].number not in {row[0] for row in rows}
    assert traces() == [("joko", {"cases": 12, "request": key, "state": "received"})]


def test_nobody_decides_the_own_request_and_nobody_takes_the_file_of_another(joko, tini):
    key = newest().id
    assert joko.post(f"unduh/{key}/setuju").status_code == 409
    assert joko.post(f"unduh/{key}/jangan", refused_because="Saya sendiri").status_code == 409
    assert newest().decision is Decision.ASKED

    tini.post(f"unduh/{key}/setuju")

    assert tini.post(f"unduh/{key}").status_code == 404
    assert tini.post(f"unduh/{key}/batal").status_code == 404
    assert newest().decision is Decision.APPROVED


@pytest.mark.parametrize("role", sorted(READERS))
def test_the_desks_of_the_page_decide_and_no_other_role(app, joko, role):
    (may,) = [words(row["decided by"]) for row in table("Two persons") if row["joint"] == "export"]
    other = desk_of(app, role, "orang-lain")

    assert ("Untuk rapat evaluasi" in other.get("unduh").text) == (role in may)
    assert other.post(f"unduh/{newest().id}/setuju").status_code == (303 if role in may else 403)


def test_who_watches_asks_as_well_and_takes_no_more_than_that_role_sees(app, verified):
    for number in range(11):
        verified(message=f"kenari-teks, {number} kali.")
    council, desk = desk_of(app, "dprd", "dewan"), desk_of(app, "inspectorate", "ira")
    council.post("unduh/minta", reason=REASON)
    desk.post(f"unduh/{newest().id}/setuju")

    file = council.post(f"unduh/{newest().id}")

    assert len(rows_of(file)) == 12
    assert "kenari-teks" not in file.text


def test_a_request_lapses_after_a_day_and_may_be_made_again(joko, tini, clock):
    key = newest().id
    again = joko.post("unduh/minta", reason=REASON)
    assert (again.status_code, "sudah menunggu orang kedua" in again.text) == (409, True)
    clock.forward(hours=24)
    joko, tini = (Desk(desk.client, name) for desk, name in ((joko, "joko"), (tini, "tini")))

    assert "Mengunduh data" not in tini.get("").text
    assert REASON not in tini.get("unduh").text
    assert "gugur" in joko.get("unduh").text
    assert joko.post("unduh/minta", reason=REASON).status_code == 303
    assert newest().id != key
    assert tini.post(f"unduh/{key}/setuju").status_code == 409
    assert [verb for _, verb in verbs_of("unduh-joko")] == ["export.ask", "export.lapse", "export.ask"]


def test_a_request_that_has_run_out_is_not_approved_any_more(tini, clock):
    clock.forward(hours=24)
    tini = Desk(tini.client, "tini")

    late = tini.post(f"unduh/{newest().id}/setuju")

    assert (late.status_code, "Permintaan ini sudah gugur" in late.text) == (409, True)
    assert newest().decision is Decision.LAPSED


def test_an_approval_that_nobody_uses_for_a_day_is_worth_nothing(joko, tini, clock):
    key = newest().id
    clock.forward(hours=23)
    Desk(tini.client, "tini").post(f"unduh/{key}/setuju")
    clock.forward(hours=24)
    joko = Desk(joko.client, "joko")

    assert joko.post(f"unduh/{key}").status_code == 409
    assert f'action="/tinjau/unduh/{key}"' not in joko.get("unduh").text
    assert traces() == []


def test_who_refuses_says_why_and_who_asked_reads_it(joko, tini):
    key = newest().id
    without = tini.post(f"unduh/{key}/jangan", refused_because="")
    assert (without.status_code, f'href="#jangan-{key}"' in without.text) == (422, True)

    assert tini.post(f"unduh/{key}/jangan", refused_because="Tidak perlu semuanya").status_code == 303

    assert "Tidak perlu semuanya" in joko.get("unduh").text
    assert joko.post(f"unduh/{key}").status_code == 409


def test_a_request_says_what_for_and_is_only_for_many(app, eleven):
    desk = desk_of(app)

    without = desk.post("unduh/minta", state="received", reason="")
    few = desk.post("unduh/minta", state="closed", reason=REASON)

    assert (without.status_code, 'href="#reason"' in without.text) == (422, True)
    assert (few.status_code, "langsung unduh saja" in few.text, REASON in few.text) == (422, True, True)
    assert newest() is None


def test_every_part_but_the_private_notes_has_its_columns():
    assert set(COLUMNS) == set(Part) - {Part.NOTES}
