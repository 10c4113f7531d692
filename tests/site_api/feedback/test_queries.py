import pytest

from site_api.database import write
from site_api.errors import CaseUnknown
from site_api.feedback import queries, queue, workflow
from site_api.feedback.filters import Filters, View
from site_api.feedback.schemas import NewFeedback
from site_api.installation import installation
from site_api.reviewers.models import Actor, Role
from tests.site_api.stories import DAMKAR, TRIAGE, answer, sent

POLRES = Actor(3, "tono", Role.AGENCY, "polres", "token")


def listed(view, actor):
    return [case.number for case in queue.page(installation(), actor, view, Filters()).cases]


def test_triage_sees_every_open_case_the_oldest_first_while_nothing_is_promised(submitted, clock):
    first = submitted()
    clock.forward(minutes=1)
    second = submitted(clause="BKL.damping")

    assert listed(View.WAITING, TRIAGE) == [first.number, second.number]


def test_the_nearest_deadline_comes_first(make_app, open_charter, city_charter, submitted, clock):
    without = submitted()
    app = make_app(open_charter)
    with app.app_context():
        clock.forward(days=1)
        new = NewFeedback.model_validate(sent(), strict=False)
        due = workflow.submit(installation(), new, None)[0]

    assert listed(View.WAITING, TRIAGE) == [due.number, without.number]


def test_an_agency_sees_its_own_cases_only(assigned, verified):
    own, others = assigned("damkar"), assigned("polres")
    verified()

    assert listed(View.WAITING, DAMKAR) == [own.number]
    assert listed(View.WAITING, POLRES) == [others.number]
    with pytest.raises(CaseUnknown):
        queries.case_of(POLRES, own.number)


def test_no_agency_sees_a_sensitive_case(assigned):
    case = assigned("polres", clause="BKL.damping")

    assert listed(View.WAITING, POLRES) == []
    with pytest.raises(CaseUnknown):
        queries.case_of(POLRES, case.number)


def test_an_agency_still_sees_what_it_answered(assigned):
    case = assigned("damkar", kind="suggestion")
    workflow.answer(installation(), DAMKAR, case, answer())

    assert listed(View.DONE, DAMKAR) == [case.number]
    assert listed(View.WAITING, DAMKAR) == []


def test_a_number_that_does_not_exist_is_unknown(app):
    with pytest.raises(CaseUnknown):
        queries.case_of(TRIAGE, "M-000000")


@pytest.mark.parametrize("state", ["withdrawn", "declined", "assigned"])
def test_only_a_case_in_a_state_with_an_answer_is_public_whatever_else_its_row_says(answered, state):
    case = answered()
    workflow.publish(installation(), TRIAGE, case)
    assert len(queries.published()) == 1
    write(lambda c: c.exec_driver_sql("UPDATE feedback SET state = ?", (state,)).rowcount)

    assert list(queries.published()) == []
