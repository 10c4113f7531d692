from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from charter_data.snapshot import Outcome
from site_api.audit import AuditEntry
from site_api.cases import DeclineReason
from site_api.database import db, write
from site_api.errors import (
    AlreadyPublished,
    Conflict,
    Invalid,
    PublishingRefused,
    SecondPersonNeeded,
)
from site_api.feedback import counting, queries, workflow
from site_api.feedback.models import Feedback, FeedbackKind, State, Stay
from site_api.feedback.schemas import Assignment, Verification
from site_api.installation import installation
from tests.site_api.rivals import rival
from tests.site_api.stories import DAMKAR, TRIAGE, answer


def again(case):
    """Read a case afresh."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get(Feedback, case.id)


def close_due(today):
    db.session.rollback()
    return workflow.close_due(installation(), queries.answered_before(installation(), today), today)[0]


def trail(case):
    entries = db.session.query(AuditEntry).filter_by(subject=case.number).order_by(AuditEntry.id)
    return [(entry.actor, entry.verb) for entry in entries]


def test_a_case_goes_from_hand_to_hand_and_every_step_is_in_the_audit(assigned):
    case = again(assigned(kind="suggestion"))
    workflow.answer(installation(), DAMKAR, case, answer())
    workflow.publish(installation(), TRIAGE, again(case))

    case = again(case)
    assert (case.state, case.agency, case.is_published) == (State.ANSWERED, "damkar", True)
    assert trail(case) == [
        ("public", "feedback.submit"),
        ("sari", "feedback.verify"),
        ("sari", "feedback.assign"),
        ("budi", "feedback.answer"),
        ("sari", "feedback.publish"),
    ]


def test_verifying_sets_kind_service_and_clause(submitted):
    case = submitted(clause=None, kind="praise")
    read = Verification(kind=FeedbackKind.COMPLAINT, clause="KLL.serentak")

    workflow.verify(installation(), TRIAGE, case, read)

    case = again(case)
    assert (case.kind, case.clause, case.service) == (FeedbackKind.COMPLAINT, "KLL.serentak", "KLL")
    assert (case.state, case.verified_by) == (State.VERIFIED, "sari")


def test_what_the_writer_called_confidential_stays_sensitive(submitted):
    case = submitted(confidential=True)

    workflow.verify(installation(), TRIAGE, case, Verification(kind=case.kind, clause=case.clause))

    assert again(case).is_sensitive


def test_triage_can_make_a_case_sensitive_and_its_district_is_forgotten(submitted):
    case = submitted(district="1274030001")

    read = Verification(kind=case.kind, clause=case.clause, is_sensitive=True)
    workflow.verify(installation(), TRIAGE, case, read)

    assert (again(case).is_sensitive, again(case).district) == (True, None)


@pytest.mark.parametrize("wrong", [{"clause": "KBK.tidak-ada"}, {"service": "XYZ"}])
def test_a_case_is_not_verified_onto_what_the_charter_does_not_have(submitted, wrong):
    case = submitted()

    with pytest.raises(Invalid):
        workflow.verify(installation(), TRIAGE, case, Verification(kind=case.kind, **wrong))

    assert again(case).state is State.RECEIVED


def test_of_two_who_verify_at_once_one_is_told(submitted):
    case = submitted()
    read = Verification(kind=case.kind, clause=case.clause)
    workflow.verify(installation(), TRIAGE, case, read)

    with pytest.raises(Conflict):
        workflow.verify(installation(), TRIAGE, case, read)

    assert trail(case).count(("sari", "feedback.verify")) == 1


def test_each_stay_with_an_agency_is_timed(assigned, clock):
    case = assigned("damkar")
    clock.forward(days=2)
    workflow.assign(
        installation(), DAMKAR, again(case), Assignment(agency="dinkes", reason="Bukan bagian kami")
    )
    clock.forward(days=1)
    workflow.answer(installation(), TRIAGE, again(case), answer())

    stays = again(case).stays

    assert [(stay.agency, stay.ended_at - stay.started_at) for stay in stays] == [
        ("damkar", timedelta(days=2)),
        ("dinkes", timedelta(days=1)),
    ]
    assert again(case).agency == "dinkes"


def test_an_agency_that_does_not_exist_gets_nothing(verified):
    case = verified()

    with pytest.raises(Invalid):
        workflow.assign(installation(), TRIAGE, case, Assignment(agency="polisi_rahasia", reason="Coba saja"))

    assert (again(case).state, db.session.query(Stay).count()) == (State.VERIFIED, 0)


@pytest.mark.parametrize(
    ("outcome", "missing"),
    [("planned", "planned_on"), ("refused", "refused_because"), ("handed_over", "lapor_number")],
)
def test_an_outcome_names_what_it_promises(verified, outcome, missing):
    case = verified(may_pass_on=True)

    with pytest.raises(Invalid) as caught:
        workflow.answer(installation(), TRIAGE, case, answer(outcome=outcome))

    assert [fault.field for fault in caught.value.faults] == [missing]
    assert again(case).state is State.VERIFIED


def test_nothing_is_passed_on_against_the_writers_will(verified):
    case = verified(may_pass_on=False)

    with pytest.raises(Invalid) as caught:
        workflow.answer(installation(), TRIAGE, case, answer(outcome="handed_over", lapor_number="123"))

    assert caught.value.faults[0].what == "may_not_pass_on"


def test_a_case_is_answered_once(answered):
    case = answered()

    with pytest.raises(Conflict):
        workflow.answer(installation(), TRIAGE, again(case), answer())


def test_an_answer_before_the_case_was_read_is_refused(submitted):
    case = submitted()

    with pytest.raises(Conflict):
        workflow.answer(installation(), TRIAGE, case, answer())

    assert again(case).answer is None


def test_an_answer_is_published_once(answered):
    case = answered()
    stale = again(case)
    workflow.publish(installation(), TRIAGE, case)

    with pytest.raises(AlreadyPublished):
        workflow.publish(installation(), TRIAGE, again(case))
    stale.published_at = None
    with pytest.raises(Conflict):
        workflow.publish(installation(), TRIAGE, stale)
    db.session.rollback()

    assert trail(case).count(("sari", "feedback.publish")) == 1


def test_nothing_is_published_against_the_writers_will(answered):
    case = answered(may_publish=False)

    with pytest.raises(PublishingRefused):
        workflow.publish(installation(), TRIAGE, case)

    assert not again(case).is_published


def test_one_person_alone_does_not_publish_a_sensitive_case(answered):
    case = answered(clause="BKL.damping")

    with pytest.raises(SecondPersonNeeded):
        workflow.publish(installation(), TRIAGE, again(case))

    assert not again(case).is_published


def test_an_unanswered_case_cannot_be_published(verified):
    with pytest.raises(Conflict):
        workflow.publish(installation(), TRIAGE, verified())


def test_what_is_taken_off_the_site_is_listed_as_removed(answered):
    case = answered()
    workflow.publish(installation(), TRIAGE, case)
    workflow.unpublish(installation(), TRIAGE, again(case))

    assert list(queries.removed()) == [case.number]
    assert list(queries.published()) == []


def test_what_is_published_again_is_no_longer_removed(answered):
    case = answered()
    workflow.publish(installation(), TRIAGE, case)
    workflow.unpublish(installation(), TRIAGE, again(case))
    workflow.publish(installation(), TRIAGE, again(case))

    assert list(queries.removed()) == []


def test_one_person_declines_spam_and_nothing_else(submitted):
    spam, other = submitted(), submitted()

    workflow.decline(installation(), TRIAGE, spam, DeclineReason.SPAM)
    with pytest.raises(SecondPersonNeeded):
        workflow.decline(installation(), TRIAGE, other, DeclineReason.UNCLEAR)

    assert (again(spam).state, again(other).state) == (State.DECLINED, State.RECEIVED)


def test_a_writer_withdraws_and_a_published_answer_goes_too(answered):
    case = answered()
    workflow.publish(installation(), TRIAGE, case)

    workflow.withdraw(installation(), again(case))

    assert (again(case).state, again(case).is_published) == (State.WITHDRAWN, False)
    assert list(queries.removed()) == [case.number]
    with pytest.raises(Conflict):
        workflow.withdraw(installation(), again(case))


def test_an_answer_nobody_objects_to_is_closed_after_ten_working_days(answered):
    case = answered()  # on Tuesday, 24 November 2026

    assert close_due(date(2026, 12, 8)) == 0
    assert again(case).state is State.ANSWERED
    assert close_due(date(2026, 12, 10)) == 1
    assert again(case).state is State.CLOSED
    assert trail(case)[-1] == ("clock", "feedback.close")


def test_a_closed_answer_can_still_be_published(answered):
    case = answered()
    close_due(date(2027, 1, 4))

    workflow.publish(installation(), TRIAGE, again(case))

    assert again(case).is_published


def test_the_audit_holds_no_text_of_anybody(answered):
    case = answered(message="Kalimat yang hanya ada sekali di dunia.")

    entries = db.session.query(AuditEntry).all()

    told = " ".join(f"{entry.detail} {entry.digest}" for entry in entries)
    assert "Kalimat" not in told
    assert "regu jaga" not in told
    assert case.text == "Kalimat yang hanya ada sekali di dunia."


def test_an_answer_holds_no_phone_number():
    with pytest.raises(ValidationError):
        answer(text_id="Hubungi Pak Budi di 081234567890")


def test_counts_tell_what_became_of_the_feedback(submitted, verified, answered, clock):
    workflow.decline(installation(), TRIAGE, submitted(), DeclineReason.SPAM)
    workflow.withdraw(installation(), submitted())
    verified()
    workflow.publish(installation(), TRIAGE, answered())

    counts = counting.counts(installation(), date(2026, 11, 24), date(2026, 11, 24))

    assert (counts.received, counts.answered, counts.declined, counts.withdrawn) == (4, 1, 1, 1)
    assert (counts.waiting, counts.published, counts.outcomes) == (1, 1, {Outcome.DONE: 1})


def test_a_period_ends_with_its_last_local_day(submitted, clock):
    clock.forward(hours=8, minutes=59)  # 23:59 in the city
    submitted()
    clock.forward(minutes=1)
    submitted()

    counted = [
        counting.counts(installation(), day, day).received for day in (date(2026, 11, 24), date(2026, 11, 25))
    ]

    assert counted == [1, 1]


def test_what_is_published_while_its_writer_withdraws_does_not_stay_public(answered):
    case = answered()
    db.session.expunge(read_before := again(case))
    workflow.publish(installation(), TRIAGE, again(case))

    workflow.withdraw(installation(), read_before)

    assert list(queries.published()) == []
    assert list(queries.removed()) == [case.number]
    assert again(case).unpublished_at == installation().now()


def test_who_has_lost_a_case_meanwhile_no_longer_answers_or_moves_it(assigned):
    case = assigned("damkar")
    db.session.expunge(read_before := again(case))
    workflow.assign(
        installation(), TRIAGE, again(case), Assignment(agency="dinkes", reason="Konflik kepentingan")
    )

    with pytest.raises(Conflict):
        workflow.answer(installation(), DAMKAR, read_before, answer())
    with pytest.raises(Conflict):
        workflow.assign(installation(), DAMKAR, read_before, Assignment(agency="polres", reason="Bukan kami"))

    assert (again(case).state, again(case).agency) == (State.ASSIGNED, "dinkes")
    assert [stay.agency for stay in again(case).stays] == ["damkar", "dinkes"]


def test_a_case_is_not_passed_to_where_it_lies_already(assigned):
    case = assigned("damkar")

    with pytest.raises(Invalid) as caught:
        workflow.assign(
            installation(), TRIAGE, again(case), Assignment(agency="damkar", reason="Sekali lagi")
        )

    assert [fault.what for fault in caught.value.faults] == ["same_agency"]
    assert len(again(case).stays) == 1


def test_one_case_that_changed_meanwhile_does_not_keep_the_others_open(answered):
    first, second = answered(), answered()
    listed = queries.answered_before(installation(), date(2027, 1, 4))
    for case in listed:
        db.session.expunge(case)
    workflow.withdraw(installation(), again(first))

    assert workflow.close_due(installation(), listed, date(2027, 1, 4)) == (1, [first.number])
    assert again(second).state is State.CLOSED


def test_the_command_names_what_changed_while_it_closed_the_rest(app, answered, clock):
    first, second = answered(), answered()
    clock.forward(days=60)

    with rival(app, "UPDATE feedback SET state = 'withdrawn' WHERE id = 1"):
        result = app.test_cli_runner().invoke(args=["feedback", "close-due"])

    assert result.output == f"1 closed; changed meanwhile and left: {first.number}\n"
    assert [again(case).state for case in (first, second)] == [State.WITHDRAWN, State.CLOSED]


def test_the_audit_proves_every_part_of_an_answer(answered, verified):
    digests = set()
    for changes in (
        {},
        {"summary_id": "Ringkasan yang lain sama sekali."},
        {"text_en": "We have added a crew."},
    ):
        case = verified()
        give_all_the_same_salt()
        workflow.answer(installation(), TRIAGE, again(case), answer(**changes))
        digests.add(db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).limit(1).one().digest)

    assert len(digests) == 3


def give_all_the_same_salt():
    """Let only the words make a difference."""
    write(lambda connection: connection.exec_driver_sql("UPDATE feedback SET salt = 'x'").rowcount)


def test_nothing_is_closed_on_a_day_that_has_not_come(app, answered):
    case = answered()

    result = app.test_cli_runner().invoke(args=["feedback", "close-due", "--today", "2027-03-01"])

    assert result.exit_code == 1
    assert "2027-03-01 has not come yet" in result.output
    assert again(case).state is State.ANSWERED
