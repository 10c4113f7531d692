"""The ladder: who never meets a measure, and what each step needs."""

from datetime import UTC, datetime

import pytest

from charter_data.vocabulary import CallClass
from site_api.calls.queries import CallOfCaller
from site_api.errors import Invalid
from site_api.measures.models import Caller, Step
from site_api.measures.schemas import check_step, counted, never_counted

LONG_AGO = datetime(2026, 5, 4, 8, tzinfo=UTC)
NUISANCE, FALSE = CallClass.NUISANCE, CallClass.FALSE_REPORT


def fault_of(step, caller, misuse=(NUISANCE, FALSE), *, was_decided=True):
    try:
        check_step(step, caller, list(misuse), was_decided=was_decided)
    except Invalid as invalid:
        return invalid.faults[0].what
    return None


def calls(*classes):
    return [CallOfCaller(LONG_AGO, kind, None) for kind in classes]


@pytest.mark.parametrize("step", Step)
def test_a_person_in_a_crisis_meets_no_measure_at_all(step):
    assert fault_of(step, Caller.IN_CRISIS) == "caller_in_crisis"


@pytest.mark.parametrize("step", Step)
def test_for_a_child_there_is_only_talk_with_family_and_school(step):
    assert fault_of(step, Caller.CHILD) == (None if step is Step.FAMILY else "child_not_punished")


@pytest.mark.parametrize("caller", [Caller.ADULT, Caller.NOT_KNOWN])
def test_family_and_school_are_spoken_with_about_children_alone(caller):
    assert fault_of(Step.FAMILY, caller) == "only_for_children"


@pytest.mark.parametrize(
    ("step", "caller", "misuse", "was_decided", "fault"),
    [
        (Step.MARK, Caller.NOT_KNOWN, [NUISANCE, NUISANCE], False, None),
        (Step.MARK, Caller.ADULT, [NUISANCE], False, "not_repeated"),
        (Step.DECIDE, Caller.NOT_KNOWN, [FALSE], False, None),
        (Step.DECIDE, Caller.ADULT, [NUISANCE] * 9, False, "nobody_was_sent"),
        (Step.POLICE, Caller.ADULT, [FALSE], True, None),
        (Step.POLICE, Caller.ADULT, [FALSE], False, "not_decided_yet"),
        (Step.POLICE, Caller.NOT_KNOWN, [FALSE], True, "police_needs_adult"),
        (Step.MARK, Caller.ADULT, [], True, "nothing_counts"),
        (Step.FAMILY, Caller.CHILD, [], True, "nothing_counts"),
    ],
)
def test_each_step_needs_what_the_ladder_says(step, caller, misuse, was_decided, fault):
    assert fault_of(step, caller, misuse, was_decided=was_decided) == fault


def test_only_nuisance_and_false_reports_count_and_what_the_charter_excludes_never_does(city_charter):
    assert counted(city_charter, calls(*CallClass, None)) == [NUISANCE, FALSE]
    never = city_charter.hoax_policy.never_counted.classes
    assert never_counted(city_charter, calls(*CallClass, None)) == len(never) == 8


def test_a_class_that_the_charter_excludes_later_counts_no_more(city_charter):
    ladder = city_charter.hoax_policy
    wider = ladder.never_counted.model_copy(update={"classes": (*ladder.never_counted.classes, NUISANCE)})
    charter = city_charter.model_copy(
        update={"hoax_policy": ladder.model_copy(update={"never_counted": wider})}
    )

    assert counted(charter, calls(NUISANCE, FALSE)) == [FALSE]
