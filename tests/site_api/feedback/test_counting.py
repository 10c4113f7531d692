"""What the public is told of all feedback: right numbers, and none by which a sensitive case is found."""

from datetime import date, timedelta

import pytest

from charter_data.snapshot import DeclineReason, Outcome
from site_api.database import db
from site_api.feedback import counting, following, workflow
from site_api.feedback.models import Feedback
from site_api.feedback.schemas import Assignment, NewFeedback, Verification
from site_api.installation import installation
from tests.site_api.stories import TRIAGE, answer, sent

FIRST = date(2026, 11, 24)


@pytest.fixture
def promising(make_app, open_charter):
    """Be in a city that promises answers."""
    app = make_app(open_charter)
    with app.app_context():
        yield app


def put(**changes):
    new = NewFeedback.model_validate(sent(**changes), strict=False)
    number = workflow.submit(installation(), new, None)[0].number
    return db.session.query(Feedback).filter_by(number=number).one()


def read(case):
    workflow.verify(installation(), TRIAGE, case, Verification(kind=case.kind, clause=case.clause))
    return case


def given(case, **changes):
    workflow.answer(installation(), TRIAGE, read(case), answer(**changes))
    return case


def counted(last_day=None):
    place = installation()
    return counting.counts(place, FIRST, last_day or place.local_date(place.now()))


def test_an_answer_is_in_time_until_the_last_day_and_late_from_the_day_after(promising, clock):
    on_the_day, too_late = put(), put()
    clock.forward(days=(on_the_day.answer_by - FIRST).days)
    given(on_the_day)
    clock.forward(days=1)
    given(too_late)

    assert (counted().in_time, counted().late) == (1, 1)


def test_an_objection_does_not_make_an_answer_in_time_a_late_one(promising, clock):
    case = given(put())
    following.dispute(installation(), case, "Belum menjawab pertanyaan saya.")
    clock.forward(days=60)
    db.session.refresh(case)
    workflow.answer(installation(), TRIAGE, case, answer())

    found = counted()

    assert (found.answered, found.in_time, found.late, found.disputed) == (1, 1, 0, 1)


def test_where_no_day_was_promised_an_answer_is_neither_in_time_nor_late(app):
    given(put())

    assert (counted().answered, counted().in_time, counted().late) == (1, 0, 0)


def test_what_is_owed_is_told_with_the_days_of_the_oldest_whenever_it_came(promising, clock):
    oldest = put()
    clock.forward(days=400)
    put()
    today = installation().local_date(installation().now())

    found = counting.counts(installation(), today, today)

    assert (found.received, found.overdue) == (1, 1)
    assert found.oldest_overdue_days == (today - oldest.answer_by).days
    assert found.oldest_waiting_days == 400


def test_on_its_last_day_a_case_is_not_overdue(promising):
    case = put()

    assert counted(case.answer_by).overdue == 0
    assert counted(case.answer_by).oldest_overdue_days is None
    assert counted(case.answer_by + timedelta(days=1)).oldest_overdue_days == 1


def test_a_plan_is_overdue_from_the_day_after_until_another_answer_holds(promising):
    case = given(put(), outcome="planned", planned_on="2026-12-01")

    assert counted(date(2026, 12, 1)).planned_overdue == 0
    assert counted(date(2026, 12, 2)).planned_overdue == 1

    following.dispute(installation(), case, "Belum menjawab pertanyaan saya.")
    db.session.refresh(case)
    workflow.answer(installation(), TRIAGE, case, answer())

    assert counted(date(2026, 12, 2)).planned_overdue == 0
    assert counted(date(2026, 12, 2)).outcomes == {Outcome.DONE: 1}


def test_declined_cases_are_counted_by_reason(app):
    workflow.decline(installation(), TRIAGE, put(), DeclineReason.SPAM)

    assert counted().declined_because == {DeclineReason.SPAM: 1}


def test_what_staff_erase_is_not_counted_as_withdrawn_by_its_writer(app):
    withdrawn, by_code, by_staff, answered = put(), put(), put(), given(put())
    workflow.withdraw(installation(), withdrawn)
    following.erase(installation(), by_code)
    following.erase(installation(), by_staff, "sari")
    following.erase(installation(), answered, "sari")

    found = counted()

    assert (found.received, found.withdrawn, found.erased_by_staff, found.answered) == (4, 2, 2, 0)


@pytest.mark.parametrize("confidential", [True, False])
def test_every_number_is_the_same_whether_a_case_is_sensitive_or_not(promising, clock, confidential):
    first, second, third = (put(confidential=confidential) for _ in range(3))
    given(first, outcome="refused", refused_because="anggaran belum ada")
    read(second)
    if not confidential:  # operators' and other agencies' officers never have a sensitive one
        workflow.assign(installation(), TRIAGE, second, Assignment(agency="damkar", reason="Tentang regu"))
    workflow.withdraw(installation(), third)
    clock.forward(days=90)

    found = counted()

    assert (found.received, found.answered, found.waiting, found.withdrawn, found.overdue) == (3, 1, 1, 1, 1)
    assert (found.in_time, found.outcomes, found.oldest_waiting_days) == (1, {Outcome.REFUSED: 1}, 90)
