import pytest
from werkzeug.datastructures import MultiDict

from site_api import asking
from site_api.asking import Question, Step
from site_api.errors import FieldFault

WHAT = Question("what", ("fruit",))
HOW = Question("how", ("peel", "knife"), lambda typed: typed.get("fruit") == "mango")
RIPE = Question("ripe", ("ripe",), is_once=True)
NOTE = Question("note", ("note",), is_optional=True)
ALL = (WHAT, HOW, RIPE, NOTE)


def take(faults=(), **typed):
    return asking.take(ALL, typed, lambda *_: faults)


def test_an_answer_leads_to_the_next_question_that_is_asked():
    assert take(question="what", fruit="mango") == Step(HOW)
    assert take(question="what", fruit="apple") == Step(RIPE)


def test_back_leads_past_what_is_not_asked_and_holds_no_answer_to_anything():
    assert take(question="ripe", back="yes", fruit="mango") == Step(HOW)
    assert take(question="ripe", back="yes", fruit="apple") == Step(WHAT)
    assert take(question="what", back="yes") == Step(WHAT)


def test_a_question_without_an_answer_is_asked_again_and_each_gap_named():
    assert take(question="how", fruit="mango", peel="yes") == Step(HOW, [FieldFault("knife", "missing")])
    assert take(question="how", fruit="mango", peel="", knife="") == Step(
        HOW, [FieldFault("peel", "missing"), FieldFault("knife", "missing")]
    )


def test_i_do_not_know_is_an_answer_but_not_beside_another():
    assert take(question="how", fruit="mango", peel="yes", knife="", knife_unknown="yes") == Step(RIPE)
    both = take(question="how", fruit="mango", peel="yes", knife="big", knife_unknown="yes")
    assert both == Step(HOW, [FieldFault("knife", "one_of_two")])


def test_a_fault_keeps_the_question_open():
    fault = FieldFault("fruit", "unknown_choice")

    assert take((fault,), question="what", fruit="stone") == Step(WHAT, [fault])


def test_what_is_optional_may_stay_empty_and_the_last_answer_leads_to_the_check_page():
    assert take(question="note", note="") == Step(None)


def test_a_question_that_is_asked_once_does_not_come_back():
    assert take(question="what", fruit="apple", ripe="yes") == Step(NOTE)
    assert take(question="note", back="yes", fruit="apple", ripe="yes") == Step(WHAT)


def test_a_changed_answer_leads_back_to_the_check_page():
    typed = {"fruit": "apple", "ripe": "no", "checked": "yes"}

    assert take(change="what", **typed) == Step(WHAT)
    assert take(question="what", **typed) == Step(None)
    assert take(question="what", back="yes", **typed) == Step(None)


def test_a_changed_answer_leads_first_to_what_it_leaves_open():
    assert take(question="what", fruit="mango", ripe="no", checked="yes") == Step(HOW)


def test_back_from_the_check_page_leads_to_the_last_question():
    assert take(question="check", back="yes", checked="yes", fruit="apple") == Step(NOTE)


@pytest.mark.parametrize("name", ["", "seed", "check"])
def test_a_question_that_there_is_not_leads_to_the_first_one_open(name):
    assert take(question=name, fruit="mango") == Step(HOW)


def test_a_page_carries_all_answers_but_its_own_and_nothing_it_does_not_know():
    typed = MultiDict(
        [("fruit", "a"), ("fruit", "b"), ("knife_unknown", "yes"), ("key", "k"), ("colour", "blue")]
    )

    assert asking.carried(ALL, typed, RIPE, ("key",)) == [
        ("fruit", "a"),
        ("fruit", "b"),
        ("knife_unknown", "yes"),
        ("key", "k"),
    ]
    assert asking.carried(ALL, typed, WHAT, ("key",)) == [("knife_unknown", "yes"), ("key", "k")]


def test_a_field_leads_to_its_question():
    assert asking.places(ALL) == {
        "fruit": "what",
        "peel": "how",
        "knife": "how",
        "ripe": "ripe",
        "note": "note",
    }
