"""What reviewers download is what they may see, in cells that are no formulas, and leaves a trace."""

import csv
import json
from io import StringIO

import pytest

from site_api.audit import AuditEntry
from site_api.database import db
from site_api.feedback import workflow
from site_api.feedback.table import COLUMNS
from site_api.installation import installation
from site_api.reviewers.models import Role
from site_api.reviewers.policy import Part
from tests.site_api.portal import Desk, add_reviewer
from tests.site_api.reviewers.roles_table import table, words
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


def test_every_part_but_the_private_notes_has_its_columns():
    assert set(COLUMNS) == set(Part) - {Part.NOTES}
