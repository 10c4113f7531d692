"""Clocks of a case and of each stay, more time for an answer, and notes of an office."""

from datetime import date, timedelta

import pytest

from site_api.audit import AuditEntry
from site_api.auditing import unproven
from site_api.database import db, write
from site_api.errors import AlreadyExtended, Conflict, Invalid
from site_api.feedback import export, following, keeping, queries, workflow
from site_api.feedback.clocks import deadlines, legal_limits
from site_api.feedback.models import Feedback
from site_api.feedback.schemas import Assignment, Extension
from site_api.installation import installation
from site_api.reviewers.models import Actor, Role
from tests.site_api.stories import DAMKAR, TRIAGE

TINI = Actor(4, "tini", Role.TRIAGE, None, "token")
IRA = Actor(7, "ira", Role.INSPECTORATE, None, "token")
RECEIVED = date(2026, 11, 24)
WHY = "Kami menunggu hasil pengukuran di lapangan."


def again(case):
    db.session.rollback()
    db.session.expire_all()
    return db.session.get(Feedback, case.id)


@pytest.fixture
def promised(verified):
    """Have a case whose answer is promised for a day."""
    case = verified()
    write(lambda c: c.exec_driver_sql("UPDATE feedback SET answer_by = '2026-12-08'").rowcount)
    return again(case)


def longer(case, day, actor=TRIAGE):
    keeping.extend(installation(), actor, again(case), Extension(answer_by=day, reason=WHY))


def test_of_both_ways_to_count_the_earlier_is_promised(open_charter):
    days, working_days = legal_limits(RECEIVED)

    assert (days, working_days) == (date(2027, 1, 23), date(2027, 2, 19))
    promised = deadlines(open_charter, RECEIVED)[1]
    assert promised
    assert promised <= days


def test_a_charter_that_allows_more_than_the_law_promises_the_law(open_charter, monkeypatch):
    for promise in open_charter.promises():
        if promise.clock and promise.clock.end.value == "masukan_dijawab":
            target = promise.targets[0].model_copy(update={"value": 90})
            monkeypatch.setitem(promise.__dict__, "targets", (target,))

    assert deadlines(open_charter, RECEIVED)[1] == legal_limits(RECEIVED)[0]


def test_an_answer_is_put_off_once_and_the_citizen_reads_why(promised):
    longer(promised, date(2027, 1, 23))

    case = again(promised)
    assert (case.answer_by, case.extended_because) == (date(2027, 1, 23), WHY)
    assert export.all_of(installation(), case)["extended_because"] == WHY
    assert unproven() == []
    with pytest.raises(AlreadyExtended):
        longer(promised, date(2027, 1, 24))
    following.erase(installation(), again(promised))
    assert again(promised).extended_because is None


@pytest.mark.parametrize(
    ("day", "fault"), [(date(2026, 12, 8), "not_later"), (date(2027, 1, 24), "over_limit")]
)
def test_an_answer_is_put_off_to_a_later_day_within_sixty(promised, day, fault):
    with pytest.raises(Invalid) as caught:
        longer(promised, day)

    assert [one.what for one in caught.value.faults] == [fault]
    assert again(promised).answer_by == date(2026, 12, 8)


def test_where_nothing_is_promised_nothing_is_put_off(verified):
    with pytest.raises(Invalid) as caught:
        longer(verified(), date(2027, 1, 20))

    assert caught.value.faults[0].what == "nothing_promised"


def test_of_two_who_put_it_off_at_once_one_does(promised):
    seen = again(promised)
    db.session.expunge(seen)
    longer(promised, date(2027, 1, 4))

    with pytest.raises(Conflict):
        keeping.extend(installation(), TINI, seen, Extension(answer_by=date(2027, 1, 5), reason=WHY))
    assert again(promised).answer_by == date(2027, 1, 4)


def test_each_stay_has_its_own_clock_and_stays_late_once_it_was(assigned, clock):
    case = assigned("damkar")
    clock.forward(days=20)
    workflow.assign(installation(), TRIAGE, again(case), Assignment(agency="dinkes", reason="Bukan damkar"))

    first, second = again(case).stays
    assert first.due_by == date(2026, 12, 1)  # five working days after 24 November
    assert installation().local_date(first.ended_at) > first.due_by
    assert second.due_by > installation().local_date(second.started_at) + timedelta(days=4)


def test_each_office_reads_its_own_notes_and_no_other(assigned):
    case = assigned("damkar")
    for actor, text in ((TRIAGE, "Catatan meja"), (DAMKAR, "Catatan damkar")):
        keeping.note(installation(), actor, again(case), text)

    def read_by(actor):
        return [note.text for note in queries.notes_of(actor, again(case))]

    assert read_by(TINI) == ["Catatan meja"]
    assert read_by(DAMKAR) == ["Catatan damkar"]
    assert read_by(IRA) == read_by(Actor(8, "ngo", Role.NGO, None, "")) == []


def test_no_note_reaches_who_has_the_code_but_the_history_tells_of_it(verified):
    case = again(verified())
    version = case.version
    keeping.note(installation(), TRIAGE, case, "Kalimat rahasia kantor")

    told = export.all_of(installation(), again(case))
    assert "Kalimat rahasia" not in str(told)
    assert told["history"][-1]["what"] == "note"
    assert again(case).version == version
    assert unproven() == []


def test_notes_go_with_their_case_and_none_comes_after_it(verified):
    case = again(verified())
    keeping.note(installation(), TRIAGE, case, "Kalimat rahasia kantor")
    following.erase(installation(), again(case))

    assert [note.text for note in again(case).notes] == [None]
    with pytest.raises(Conflict):
        keeping.note(installation(), TRIAGE, again(case), "Terlambat")
    assert "rahasia" not in " ".join(entry.detail for entry in db.session.query(AuditEntry))
