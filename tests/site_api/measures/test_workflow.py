"""Two decide, somebody outside judges, the clock ends it; every step once, and each with its audit row."""

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from site_api import audit, retention
from site_api.audit import AuditEntry
from site_api.auditing import unproven
from site_api.database import db, write
from site_api.errors import AppealTooLate, Conflict, SecondPersonNeeded
from site_api.installation import installation
from site_api.measures import queries, workflow
from site_api.measures.models import Measure, State
from site_api.measures.schemas import Judgement
from tests.site_api.measures.people import GROUNDS, SARI, TONO, WATI, again, hidden, in_force, proposed

pytestmark = pytest.mark.usefixtures("app")
APPEAL = "Ponsel saya dipinjam tetangga malam itu."


def judgement(outcome):
    sent = {"outcome": outcome, "grounds": "Saksi membenarkan ponsel dipinjam."}
    return Judgement.model_validate(sent, strict=False)


def appealed():
    measure = in_force()
    workflow.appeal(installation(), SARI, measure, APPEAL)
    return again(measure)


def verbs():
    return [entry.verb for entry in db.session.query(AuditEntry).order_by(AuditEntry.id)]


def test_a_proposal_is_not_in_force_before_a_second_person_agrees():
    measure = proposed()
    assert (measure.state, measure.ends_on) == (State.PROPOSED, date(2026, 12, 1))

    workflow.second(installation(), TONO, measure, GROUNDS)

    measure = again(measure)
    assert (measure.state, measure.proposed_by, measure.decided_by) == (State.IN_FORCE, "sari", "tono")
    assert measure.ends_on == date(2027, 2, 22)
    assert verbs() == ["measure.propose", "measure.second"]


@pytest.mark.parametrize("act", [workflow.second, workflow.refuse])
def test_nobody_is_the_second_person_of_an_own_proposal(act):
    measure = proposed()

    with pytest.raises(SecondPersonNeeded):
        act(installation(), SARI, measure, GROUNDS)

    assert again(measure).state is State.PROPOSED
    assert verbs() == ["measure.propose"]


def test_what_the_second_person_refuses_has_ended():
    measure = proposed()

    workflow.refuse(installation(), TONO, measure, GROUNDS)

    measure = again(measure)
    assert (measure.state, measure.ended_by) == (State.REFUSED, "tono")


def test_of_two_who_decide_at_once_one_does():
    measure = proposed()
    version = measure.version
    workflow.second(installation(), TONO, measure, GROUNDS)
    stale = again(measure)
    stale.version = version

    with pytest.raises(Conflict):
        workflow.refuse(installation(), WATI, stale, GROUNDS)

    assert verbs().count("measure.second") == 1
    assert "measure.refuse" not in verbs()


def test_the_same_step_is_open_once_for_one_caller():
    proposed()

    with pytest.raises(Conflict):
        proposed(actor=TONO)
    proposed(step="anak", caller="a" * 64)

    assert db.session.query(Measure).count() == 2


def test_an_appeal_is_due_within_three_working_days_and_judged_outside_the_call_centre():
    measure = appealed()
    assert (measure.state, measure.judge_by) == (State.APPEALED, date(2026, 11, 27))

    workflow.judge(installation(), WATI, measure, judgement("lifted"))

    measure = again(measure)
    assert (measure.state, measure.judged_by, measure.ended_by) == (State.LIFTED, "wati", "wati")


@pytest.mark.parametrize("decider", [SARI, TONO])
def test_whoever_decided_never_judges(decider):
    measure = appealed()

    with pytest.raises(SecondPersonNeeded):
        workflow.judge(installation(), decider, measure, judgement("upheld"))

    assert again(measure).state is State.APPEALED


def test_an_appeal_is_judged_once_and_what_is_upheld_still_ends_by_the_clock(clock):
    measure = appealed()
    workflow.judge(installation(), WATI, measure, judgement("upheld"))
    with pytest.raises(Conflict):
        workflow.judge(installation(), WATI, again(measure), judgement("lifted"))
    with pytest.raises(Conflict):
        workflow.appeal(installation(), SARI, again(measure), APPEAL)

    clock.time = datetime(2027, 2, 23, 8, tzinfo=UTC)
    due = queries.due(date(2027, 2, 23))

    assert workflow.end_due(installation(), due) == (1, [])
    assert (again(measure).state, again(measure).ended_by) == (State.ENDED, audit.CLOCK)


def test_an_appeal_is_taken_within_seven_days_after_the_person_was_told(clock):
    measure = in_force()
    clock.forward(days=30)
    workflow.tell(installation(), SARI, measure)
    clock.forward(days=7)
    workflow.appeal(installation(), WATI, again(measure), APPEAL)

    assert again(measure).state is State.APPEALED


def test_on_the_eighth_day_an_appeal_is_too_late(clock):
    measure = in_force()
    workflow.tell(installation(), SARI, measure)
    clock.forward(days=8)

    with pytest.raises(AppealTooLate):
        workflow.appeal(installation(), SARI, again(measure), APPEAL)


def test_while_nobody_has_told_the_person_the_days_do_not_run(clock):
    measure = in_force()
    clock.forward(days=60)

    workflow.appeal(installation(), SARI, measure, APPEAL)

    assert again(measure).state is State.APPEALED


def test_the_person_is_told_once():
    measure = in_force()
    workflow.tell(installation(), SARI, measure)

    with pytest.raises(Conflict):
        workflow.tell(installation(), TONO, again(measure))


@pytest.mark.parametrize(("days", "ended"), [(90, 0), (91, 1)])
def test_a_mark_stands_for_ninety_days_and_then_ends(clock, days, ended):
    measure = in_force()
    clock.forward(days=days)
    today = installation().local_date(clock())

    assert workflow.end_due(installation(), queries.due(today)) == (ended, [])
    assert (again(measure).state is State.ENDED) == bool(ended)


@pytest.mark.parametrize(("days", "ended"), [(7, 0), (8, 1)])
def test_a_proposal_that_nobody_seconds_ends_after_seven_days(clock, days, ended):
    proposed()
    clock.forward(days=days)
    today = installation().local_date(clock())

    assert workflow.end_due(installation(), queries.due(today)) == (ended, [])


def test_what_is_appealed_against_waits_for_its_judge_and_not_for_the_clock(clock):
    measure = appealed()
    clock.forward(days=120)

    workflow.end_due(installation(), queries.due(installation().local_date(clock())))

    assert again(measure).state is State.APPEALED


def test_two_have_decided_only_while_it_stands_and_nobody_has_lifted_it():
    measure = proposed(step="putus")
    told = [queries.was_decided(hidden())]
    workflow.second(installation(), TONO, measure, GROUNDS)
    told.append(queries.was_decided(hidden()))
    workflow.appeal(installation(), SARI, again(measure), APPEAL)
    told.append(queries.was_decided(hidden()))
    workflow.judge(installation(), WATI, again(measure), judgement("lifted"))
    told.append(queries.was_decided(hidden()))

    assert told == [False, True, False, False]


def test_a_proposal_that_ended_unseconded_decides_nothing(clock):
    proposed(step="putus")
    clock.forward(days=8)
    workflow.end_due(installation(), queries.due(installation().local_date(clock())))

    assert not queries.was_decided(hidden())


def test_the_audit_holds_no_words_no_number_and_no_hash():
    measure = appealed()
    workflow.judge(installation(), WATI, measure, judgement("lifted"))

    rows = [
        json.dumps([one.subject, one.detail, one.digest, one.actor])
        for one in db.session.query(AuditEntry).all()
    ]
    assert len(rows) == 4
    for secret in (GROUNDS, APPEAL, hidden(), "0812", "81234567890"):
        assert not [row for row in rows if secret in row]
    assert audit.verify().fault is None


@pytest.mark.parametrize("column", ["reason", "decision", "appeal", "judgement"])
def test_reasons_that_somebody_rewrites_are_named_by_the_audit(column):
    measure = appealed()
    workflow.judge(installation(), WATI, measure, judgement("upheld"))
    refused = proposed(caller="b" * 64)
    workflow.refuse(installation(), TONO, refused, GROUNDS)
    assert unproven() == []

    number, key = measure.number, measure.id
    rewritten = update(Measure).where(Measure.id == key).values({column: "Alasan yang lain sekali."})
    write(lambda connection: connection.execute(rewritten).rowcount)

    (fault,) = unproven()
    assert fault.startswith(f"{number}: the ")


def test_what_has_ended_is_erased_a_year_later_with_the_hash_and_what_stands_is_not(clock, tmp_path):
    measure = proposed()
    workflow.refuse(installation(), TONO, measure, GROUNDS)
    in_force(step="putus", caller="b" * 64)
    clock.forward(days=367)
    today = installation().local_date(clock())

    assert retention.erase_due(installation(), Measure, today).rows == 1

    retention.fold_journal(installation())
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("piagam.sqlite3*"))
    assert (hidden().encode() in stored, b"b" * 64 in stored) == (False, True)
