"""What may be sent about a measure, and what the ladder allows."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import StringConstraints

from charter_data.models import Charter
from charter_data.vocabulary import CallClass
from site_api.calls.queries import CallOfCaller
from site_api.errors import FieldFault, Invalid
from site_api.intake import PlainText, Submission
from site_api.measures.models import Caller, State, Step

Words = Annotated[PlainText, StringConstraints(min_length=10, max_length=2000)]
OFTEN = 2
"""From how many calls on misuse is repeated."""


class LookUp(Submission):
    """Hold a number that is looked up; it is never stored and never shown again."""

    caller_number: Annotated[str, StringConstraints(max_length=40)]


class Proposal(Submission):
    """Hold what the first of two officials writes."""

    handle: Annotated[str, StringConstraints(max_length=400)]
    caller: Caller
    step: Step
    grounds: Words


class Decision(Submission):
    """Hold what the second official writes, for or against."""

    grounds: Words


class Appeal(Submission):
    """Hold what the person says against a measure."""

    appeal: Words


class Judgement(Submission):
    """Hold what somebody outside the call centre decides on an appeal."""

    outcome: Literal[State.UPHELD, State.LIFTED]
    grounds: Words


def never_counted(charter: Charter, calls: Sequence[CallOfCaller]) -> int:
    """Count the calls that the ladder never counts, whatever anybody thinks of them."""
    return sum(one.call_class in charter.hoax_policy.never_counted.classes for one in calls)


def counted(charter: Charter, calls: Sequence[CallOfCaller]) -> list[CallClass]:
    """Give the classes of the calls that count as misuse; a call without a class never does."""
    never = charter.hoax_policy.never_counted.classes
    misuse = {one.key for one in charter.definitions.call_classes if one.misuse == "yes"} - {*never}
    return [one.call_class for one in calls if one.call_class in misuse]


def check_step(step: Step, caller: Caller, misuse: list[CallClass], *, was_decided: bool) -> None:
    """Hold a proposal to the ladder; raises Invalid with every rule that it breaks."""
    faults = [*_of_caller(step, caller), *_of_calls(step, misuse, was_decided=was_decided)]
    if faults:
        raise Invalid(faults)


def _of_caller(step: Step, caller: Caller) -> list[FieldFault]:
    if caller is Caller.IN_CRISIS:
        return [FieldFault("caller", "caller_in_crisis")]
    if caller is Caller.CHILD and step is not Step.FAMILY:
        return [FieldFault("step", "child_not_punished")]
    if caller is not Caller.CHILD and step is Step.FAMILY:
        return [FieldFault("step", "only_for_children")]
    if caller is not Caller.ADULT and step is Step.POLICE:
        return [FieldFault("step", "police_needs_adult")]
    return []


def _of_calls(step: Step, misuse: list[CallClass], *, was_decided: bool) -> list[FieldFault]:
    if not misuse:
        return [FieldFault("step", "nothing_counts")]
    if step is Step.MARK and len(misuse) < OFTEN:
        return [FieldFault("step", "not_repeated")]
    if step is Step.DECIDE and CallClass.FALSE_REPORT not in misuse:
        return [FieldFault("step", "nobody_was_sent")]
    if step is Step.POLICE and not was_decided:
        return [FieldFault("step", "not_decided_yet")]
    return []
