"""One question a page: which comes next, which came before, and what has been answered so far."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from site_api.errors import FieldFault

Typed = Mapping[str, str]
UNKNOWN = "unknown"
"""The answer "I do not know" of a choice; it is carried in a field of its own."""
STEERING = ("question", "back", "change")


@dataclass(frozen=True)
class Question:
    """Be one page of a form; what is optional may stay empty, all else is answered or said to be unknown."""

    name: str
    fields: tuple[str, ...]
    is_asked: Callable[[Typed], bool] = lambda _: True
    is_optional: bool = False
    is_once: bool = False


@dataclass(frozen=True)
class Step:
    """Say which question is shown now, None for the check page, and what was wrong with its answer."""

    question: Question | None
    faults: Sequence[FieldFault] = ()


Questions = Sequence[Question]


def unknown(field: str) -> str:
    """Give the name under which "I do not know" is carried."""
    return f"{field}_{UNKNOWN}"


def is_answered(field: str, typed: Typed) -> bool:
    """Tell whether a field has an answer, be it that nobody knows."""
    return bool(typed.get(field)) or unknown(field) in typed


def is_done(question: Question, typed: Typed) -> bool:
    """Tell whether nothing of a question is left to answer."""
    return question.is_optional or all(is_answered(field, typed) for field in question.fields)


def asked(questions: Questions, typed: Typed) -> list[Question]:
    """Give the questions that these answers lead to; one that is asked once goes when it is answered."""
    return [
        question
        for question in questions
        if question.is_asked(typed) and not (question.is_once and is_done(question, typed))
    ]


def named(questions: Questions, name: str | None) -> Question | None:
    """Give the question of a name, if there is one."""
    return next((question for question in questions if question.name == name), None)


def places(questions: Questions) -> dict[str, str]:
    """Give of each field the name of the question that it belongs to."""
    return {field: question.name for question in questions for field in question.fields}


def after(questions: Questions, typed: Typed, present: Question) -> Question | None:
    """Give the next question, None when all are asked."""
    place = questions.index(present)
    return next(iter(asked(questions[place + 1 :], typed)), None)


def before(questions: Questions, typed: Typed, present: Question | None) -> Question | None:
    """Give the question before one, or before the check page; None before the first."""
    place = questions.index(present) if present else len(questions)
    return next(reversed(asked(questions[:place], typed)), None)


def unfinished(questions: Questions, typed: Typed) -> Question | None:
    """Give the first question that still wants an answer."""
    return next((question for question in asked(questions, typed) if not is_done(question, typed)), None)


def faults_of_gaps(question: Question, typed: Typed) -> list[FieldFault]:
    """Name what is not answered, and what is both answered and said to be unknown."""
    if question.is_optional:
        return []
    gaps = [FieldFault(field, "missing") for field in question.fields if not is_answered(field, typed)]
    both = [field for field in question.fields if typed.get(field) and unknown(field) in typed]
    return gaps + [FieldFault(field, "one_of_two") for field in both]


def take(
    questions: Questions, typed: Typed, faults_of: Callable[[Question, Typed], Sequence[FieldFault]]
) -> Step:
    """Take one step: change an answer, go back, or hold the answer to its question and go on.

    Once the check page was seen, a changed answer leads back to it, past whatever it leaves open.
    """
    present = named(questions, typed.get("question"))
    if change := named(questions, typed.get("change")):
        return Step(change)
    if "back" in typed:
        if present and "checked" in typed:
            return Step(None)
        return Step(before(questions, typed, present) or questions[0])
    if present is None:
        return Step(unfinished(questions, typed))
    if faults := [*faults_of_gaps(present, typed), *faults_of(present, typed)]:
        return Step(present, faults)
    if "checked" in typed:
        return Step(unfinished(questions, typed))
    return Step(after(questions, typed, present))


def carried(
    questions: Questions, typed: "MultiDict[str, str]", present: Question | None, beside: Sequence[str]
) -> list[tuple[str, str]]:
    """Give what a page carries on unseen: all that was answered, except what it asks itself."""
    here = _names(present) if present else set()
    known = {*beside}.union(*(_names(question) for question in questions)) - here
    return [(name, value) for name, value in typed.items(multi=True) if name in known]


def _names(question: Question) -> set[str]:
    return {*question.fields, *map(unknown, question.fields)}
