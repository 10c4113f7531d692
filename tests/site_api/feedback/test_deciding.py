"""What takes two persons: one asks, another decides, and what the case was when it was asked counts."""

import json

import pytest

from site_api.approvals import queries as requests
from site_api.approvals import workflow as approvals
from site_api.approvals.models import Approval, Decision
from site_api.approvals.workflow import Subject, about
from site_api.audit import AuditEntry
from site_api.auditing import unproven
from site_api.cases import DeclineReason
from site_api.database import db, write
from site_api.errors import AlreadyAsked, AlreadyDecided, Conflict, Invalid, RequestLapsed, SecondPersonNeeded
from site_api.feedback import deciding, following, queries, workflow
from site_api.feedback.models import Feedback, State
from site_api.feedback.schemas import Assignment, Verification
from site_api.installation import installation
from site_api.reviewers.models import Actor, Role
from site_api.reviewers.policy import DESKS, Joint
from tests.site_api.rivals import rival
from tests.site_api.stories import DAMKAR, TRIAGE, answer

TINI = Actor(4, "tini", Role.TRIAGE, None, "token")
IRA = Actor(7, "ira", Role.INSPECTORATE, None, "token")
RINA = Actor(5, "rina", Role.AGENCY, "damkar", "token")


def again(case):
    db.session.rollback()
    db.session.expire_all()
    return db.session.get(Feedback, case.id)


def newest():
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(Approval).order_by(Approval.id.desc()).first()


def approve(actor, case):
    deciding.approve(installation(), actor, again(case), newest())


def trail(case):
    entries = db.session.query(AuditEntry).filter_by(subject=case.number).order_by(AuditEntry.id)
    return [(entry.actor, entry.verb.split(".")[1]) for entry in entries]


@pytest.fixture
def declining(submitted):
    case = submitted()
    deciding.decline(installation(), TRIAGE, case, DeclineReason.UNCLEAR)
    return again(case)


@pytest.fixture
def drafted(assigned):
    """Let an agency answer a complaint about itself."""
    case = again(assigned("damkar"))
    assert (case.concerns, case.agency) == ("damkar", "damkar")
    deciding.answer(installation(), DAMKAR, case, answer())
    return again(case)


def test_declining_for_another_reason_than_spam_waits_for_a_second_person(declining):
    assert (declining.state, newest().decision) == (State.RECEIVED, Decision.ASKED)

    approve(TINI, declining)

    case = again(declining)
    assert (case.state, case.decline_reason, case.ended_by) == (State.DECLINED, DeclineReason.UNCLEAR, "tini")
    assert (newest().decision, newest().decided_by) == (Decision.APPROVED, "tini")
    assert trail(case)[1:] == [("sari", "ask"), ("tini", "approve"), ("tini", "decline")]


def test_one_person_declines_spam_alone(submitted):
    case = submitted()

    deciding.decline(installation(), TRIAGE, case, DeclineReason.SPAM)

    assert (again(case).state, newest()) == (State.DECLINED, None)


def test_nobody_is_the_second_person_of_the_own_request(declining):
    with pytest.raises(SecondPersonNeeded):
        approve(TRIAGE, declining)
    with pytest.raises(SecondPersonNeeded):
        approvals.refuse(installation(), TRIAGE, about(declining), newest(), "Saya tolak sendiri")

    assert (again(declining).state, newest().decision) == (State.RECEIVED, Decision.ASKED)


@pytest.mark.parametrize("role", [role for role in Role if role not in DESKS])
def test_who_may_not_do_the_act_is_no_second_person_of_it(declining, role):
    with pytest.raises(SecondPersonNeeded):
        approve(Actor(9, "lain", role, None, ""), declining)


def test_what_the_citizen_adds_meanwhile_makes_the_request_lapse(declining):
    following.add_message(installation(), declining, "Saya jelaskan lagi apa maksudnya.")

    with pytest.raises(RequestLapsed):
        approve(TINI, declining)

    assert (again(declining).state, newest().decision) == (State.RECEIVED, Decision.LAPSED)
    assert trail(declining)[-1] == ("tini", "lapse")


def test_a_change_between_looking_and_approving_makes_the_request_lapse_too(app, declining):
    seen, request = again(declining), newest()

    with (
        rival(app, "UPDATE feedback SET version = version + 1, state = 'withdrawn'"),
        pytest.raises(RequestLapsed),
    ):
        deciding.approve(installation(), TINI, seen, request)

    assert (again(declining).state, newest().decision) == (State.WITHDRAWN, Decision.LAPSED)


def test_of_two_second_persons_one_decides(app, declining):
    seen, request = again(declining), newest()

    with (
        rival(app, "UPDATE approvals SET decision = 'refused', decided_by = 'rudi'"),
        pytest.raises(AlreadyDecided),
    ):
        deciding.approve(installation(), TINI, seen, request)

    assert (again(declining).state, newest().decision) == (State.RECEIVED, Decision.REFUSED)
    assert ("tini", "decline") not in trail(declining)


def test_what_was_refused_stays_refused_and_says_why(declining):
    approvals.refuse(installation(), TINI, about(declining), newest(), "Isinya cukup jelas")

    with pytest.raises(AlreadyDecided):
        approve(TINI, declining)
    assert (newest().refused_because, again(declining).state) == ("Isinya cukup jelas", State.RECEIVED)
    deciding.decline(installation(), TRIAGE, again(declining), DeclineReason.DUPLICATE)
    assert newest().decision is Decision.ASKED


def test_the_same_is_asked_for_once_until_the_case_changes(declining):
    with pytest.raises(AlreadyAsked):
        deciding.decline(installation(), TINI, again(declining), DeclineReason.DUPLICATE)
    following.add_message(installation(), again(declining), "Saya jelaskan lagi apa maksudnya.")

    deciding.decline(installation(), TINI, again(declining), DeclineReason.DUPLICATE)

    assert [one.decision for one in requests.of(declining.number)] == [Decision.ASKED, Decision.LAPSED]


def test_who_asked_takes_it_back_and_nobody_else_does(declining):
    with pytest.raises(SecondPersonNeeded):
        approvals.take_back(installation(), TINI, about(declining), newest())

    approvals.take_back(installation(), TRIAGE, about(declining), newest())

    assert newest().decision is Decision.WITHDRAWN
    with pytest.raises(AlreadyDecided):
        approve(TINI, declining)


def test_nothing_is_asked_of_a_case_that_is_no_longer_there_for_it(answered):
    with pytest.raises(Conflict):
        deciding.decline(installation(), TRIAGE, again(answered()), DeclineReason.UNCLEAR)

    assert newest() is None


def test_a_sensitive_answer_is_published_by_two(answered):
    case = again(answered(clause="BKL.damping"))
    deciding.publish(installation(), TRIAGE, case)
    assert not again(case).is_published

    approve(TINI, case)

    assert (again(case).is_published, again(case).published_by) == (True, "tini")


def test_an_answer_to_a_complaint_about_the_own_agency_is_a_draft_until_a_desk_countersigns(drafted):
    assert (drafted.state, drafted.answers) == (State.ASSIGNED, [])
    with pytest.raises(SecondPersonNeeded):
        approve(RINA, drafted)  # a colleague of the same office

    approve(TRIAGE, drafted)

    case = again(drafted)
    assert (case.state, case.answer.text_id, case.answer.answered_by) == (
        State.ANSWERED,
        answer().text_id,
        "budi",
    )
    assert trail(case)[-3:] == [("budi", "ask"), ("sari", "approve"), ("sari", "answer")]


def test_no_way_round_the_countersignature(assigned):
    case = again(assigned("damkar"))

    with pytest.raises(SecondPersonNeeded):
        workflow.answer(installation(), DAMKAR, case, answer())

    assert again(case).answer is None


@pytest.mark.parametrize("changes", [{"kind": "suggestion"}, {"clause": None}])
def test_an_agency_answers_alone_what_is_no_complaint_about_itself(assigned, changes):
    case = again(assigned("damkar", **changes))

    deciding.answer(installation(), DAMKAR, case, answer())

    assert again(case).state is State.ANSWERED


def test_only_the_inspectorate_hands_operators_their_own_case_and_countersigns(verified):
    case = verified(was_disbelieved=True)
    sent = Assignment(agency="diskominfo", reason="Keputusan inspektorat")
    with pytest.raises(Invalid) as caught:
        workflow.assign(installation(), TRIAGE, again(case), sent)
    assert caught.value.faults[0].what == "only_inspectorate"
    workflow.assign(installation(), IRA, again(case), sent)
    case = again(case)
    operators = Actor(6, "opi", Role.AGENCY, "diskominfo", "token")
    deciding.answer(installation(), operators, case, answer())

    for actor, waits in ((TRIAGE, 0), (IRA, 1)):
        assert len(requests.waiting_for(actor, queries.visible_to(actor), Feedback)) == waits


def test_two_persons_erase_and_nothing_is_left_of_what_they_said(answered):
    case = again(answered())
    deciding.erase(installation(), TRIAGE, case, "Ada nama tetangga di dalamnya")
    assert again(case).text

    approve(TINI, case)

    case = again(case)
    assert (case.text, case.answer.text_id, case.erased_at) == (None, None, installation().now())
    assert (newest().decision, newest().reason, newest().detail) == (Decision.APPROVED, None, None)
    assert trail(case)[-2:] == [("tini", "approve"), ("tini", "erase")]


def test_the_writers_own_erasing_takes_drafts_with_it(drafted):
    following.erase(installation(), drafted)

    assert (newest().detail, newest().reason) == (None, None)


def test_the_audit_tells_of_requests_without_a_word_of_them(drafted):
    told = " ".join(entry.detail for entry in db.session.query(AuditEntry))

    assert answer().text_id not in told
    ask = db.session.query(AuditEntry).filter_by(verb="feedback.ask").one()
    assert json.loads(ask.detail) == {"request": newest().id, "verb": "answer"}
    assert ask.digest


def test_a_draft_that_somebody_changes_by_hand_is_named(drafted):
    assert unproven() == []
    write(
        lambda c: (
            c.exec_driver_sql(
                "UPDATE approvals SET detail = replace(detail, 'satu regu', 'dua regu')"
            ).rowcount
        )
    )

    assert unproven() == [f"{drafted.number}: the request is not what the audit proves"]


def test_what_is_no_case_takes_two_persons_as_well(app):
    subject = Subject("export", "export-2026-11")
    ran: list = []
    approvals.ask(installation(), TRIAGE, subject, Joint.EXPORT, {"cases": 12}, "Untuk laporan DPRD")

    for nobody in (TRIAGE, DAMKAR):
        with pytest.raises(SecondPersonNeeded):
            approvals.approve(installation(), nobody, subject, newest(), ran.append)
    approvals.refuse(installation(), IRA, subject, newest(), "Terlalu banyak")

    assert (newest().decision, ran) == (Decision.REFUSED, [])
    verbs = [entry.verb for entry in db.session.query(AuditEntry).filter_by(subject=subject.name)]
    assert verbs == ["export.ask", "export.refuse"]


def test_who_is_the_second_person_sees_it_waiting_and_who_asked_does_not(declining):
    def waiting(actor):
        return [one.subject for one in requests.waiting_for(actor, queries.visible_to(actor), Feedback)]

    assert (waiting(TINI), waiting(TRIAGE), waiting(DAMKAR)) == ([declining.number], [], [])
    workflow.verify(installation(), TRIAGE, again(declining), Verification(kind=declining.kind))
    assert waiting(TINI) == []
