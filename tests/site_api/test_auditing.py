"""Texts that somebody with the disk in hand changed behind the app's back."""

import pytest

from site_api.auditing import unproven
from site_api.database import db
from site_api.feedback import workflow
from site_api.hoax_reports import workflow as hoax_workflow
from site_api.hoax_reports.models import HoaxReport
from site_api.hoax_reports.schemas import NewHoaxReport
from site_api.installation import installation
from tests.site_api.stories import TRIAGE, answer
from tests.site_api.test_audit import spoil, verify

REPORT = {"class": "palsu", "occurred_on": "2026-11-20", "note": "Dua mobil datang sia-sia."}


@pytest.fixture
def told(app, assigned):
    """Tell one story to its end, and one of a hoax call; give the published case."""
    case = assigned()
    workflow.answer(installation(), TRIAGE, case, answer(outcome="planned", planned_on="2026-12-31"))
    workflow.publish(installation(), TRIAGE, case)
    report(REPORT)
    return case


def report(sent):
    new = NewHoaxReport.model_validate(sent, strict=False)
    return hoax_workflow.submit(installation(), new, None)[0]


def faults():
    db.session.rollback()
    return unproven()


def test_texts_that_nobody_touched_are_all_proven(app, told):
    assert faults() == []
    assert verify(app).exit_code == 0


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("UPDATE feedback SET text = 'Semua baik-baik saja.'", "message"),
        ("UPDATE feedback_answers SET text_id = 'Kami tidak berjanji apa pun.'", "answer"),
        ("UPDATE feedback_answers SET text_en = 'Nothing was promised.'", "answer"),
        ("UPDATE feedback_answers SET summary_id = 'Warga memuji Damkar.'", "answer"),
        ("UPDATE feedback_answers SET summary_en = 'Praise.'", "answer"),
        ("UPDATE feedback_answers SET planned_on = '2027-12-31'", "answer"),
        ("UPDATE feedback_answers SET outcome = 'done'", "answer"),
        ("UPDATE feedback_stays SET reason = 'Tanpa alasan'", "reason"),
        ("UPDATE feedback SET salt = 'lain'", "message"),
        ("UPDATE feedback SET salt = NULL", "message"),
        ("UPDATE feedback SET salt = NULL, text = NULL", "answer"),
    ],
)
def test_a_changed_text_is_named_by_its_case(app, told, tmp_path, change, what):
    spoil(tmp_path, change)

    result = verify(app)

    assert result.exit_code == 1
    assert f"{told.number}: the {what} is not what the audit proves" in result.output


def test_a_changed_note_about_a_hoax_call_is_named(app, told, tmp_path):
    spoil(tmp_path, "UPDATE hoax_reports SET text = 'Penelepon itu tetangga saya.'")

    assert faults() == [
        f"{db.session.query(HoaxReport).one().number}: the message is not what the audit proves"
    ]


def test_an_answer_put_into_the_tables_by_hand_is_named(app, verified, tmp_path):
    case = verified()
    spoil(
        tmp_path,
        "INSERT INTO feedback_answers (feedback_id, outcome, text_id, summary_id, answered_by)"
        " VALUES (1, 'done', 'Tidak pernah dijawab begini.', 'Ringkasan.', 'sari')",
    )

    assert faults() == [f"{case.number}: the answer is not what the audit proves"]


def test_texts_of_two_cases_cannot_be_swapped(app, verified, tmp_path):
    first, second = (verified(message=f"Cerita nomor {number} tentang Damkar.") for number in ("satu", "dua"))
    spoil(tmp_path, "UPDATE feedback SET text = 'Cerita nomor dua tentang Damkar.' WHERE id = 1")

    assert faults() == [f"{first.number}: the message is not what the audit proves"]
    assert second.number != first.number


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE feedback SET text = NULL",
        "UPDATE feedback SET text = NULL, salt = NULL, published_at = NULL",
    ],
)
def test_an_erased_text_is_no_fault(told, tmp_path, change):
    spoil(tmp_path, change)

    assert faults() == []


def test_a_hoax_report_without_a_note_has_nothing_to_prove_until_one_is_added(app, tmp_path):
    number = report({name: value for name, value in REPORT.items() if name != "note"}).number
    assert faults() == []
    spoil(tmp_path, "UPDATE hoax_reports SET text = 'Ditambahkan kemudian.'")

    assert faults() == [f"{number}: the message is not what the audit proves"]


def test_what_an_outcome_does_not_ask_for_is_neither_kept_nor_proven(verified):
    sent = answer(outcome="done", planned_on="2026-12-31", refused_because="Tidak jadi ditolak")
    workflow.answer(installation(), TRIAGE, verified(), sent)

    assert faults() == []
