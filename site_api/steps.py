"""How a form of questions is walked: a step is taken and the next page rendered, and nothing is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import Response, request
from werkzeug.datastructures import MultiDict

from charter_data.vocabulary import Intake
from site_api import asking, pages
from site_api.asking import Question, Questions, Step, Typed
from site_api.errors import FieldFault, IntakeClosed, Invalid, Problem
from site_api.form_tokens import HONEYPOT, TOKEN
from site_api.installation import installation

Form = MultiDict[str, str]
CARRIED = ("idempotency_key", TOKEN, "checked")
BESIDE = (*CARRIED, HONEYPOT, *asking.STEERING)
CHECK = "check"


@dataclass(frozen=True)
class Walk:
    """Hold what is a noun's own of a form: address, questions, how answers are read, what pages show."""

    address: str
    folder: str
    questions: Questions
    faults_of: Callable[[Question, Typed], Sequence[FieldFault]]
    carried: tuple[str, ...] = ()
    shown: Mapping[str, Any] = field(default_factory=dict)

    def first(self, typed: Form) -> Response:
        """Show the first question."""
        return self.show(Step(self.questions[0]), typed)

    def step(self, typed: Form) -> Response:
        """Take a step, and show where it leads."""
        step = asking.take(self.questions, typed, self.faults_of)
        return self.show(step, typed, Invalid(step.faults) if step.faults else None)

    def show(self, step: Step, typed: Form, problem: Problem | None = None) -> Response:
        """Render a question, or the check page with all answers; what was typed is still there."""
        question = step.question
        typed = typed.copy()
        typed["idempotency_key"] = pages.key_of_form(typed.get("idempotency_key"), problem)
        given = pages.given_form(typed)
        if question is None:
            typed["checked"] = "yes"
        beside = (*(name for name in CARRIED if name != TOKEN), *self.carried)
        return pages.render(
            f"{self.folder}/{'question' if question else CHECK}.html",
            problem.status if problem else HTTPStatus.OK,
            address=self.address,
            name=question.name if question else CHECK,
            question=question,
            is_first=question is self.questions[0],
            asked=asking.asked(self.questions, typed),
            place_of=asking.places(self.questions),
            carried=asking.carried(self.questions, typed, question, beside),
            typed=typed,
            given=given,
            **self.shown,
            **pages.told(problem),
        )


def typed_form() -> Form:
    """Give what was typed; a part of a multipart form may have no name at all."""
    return MultiDict((name, value) for name, value in request.form.items(multi=True) if name)


def without(typed: Form, *names: str) -> Form:
    """Give a form without some of its fields."""
    return MultiDict((name, value) for name, value in typed.items(multi=True) if name not in names)


def choose_unknown(typed: Form, *fields: str) -> Form:
    """Carry "I do not know" of a choice beside its field; another choice takes it back."""
    chosen = typed.copy()
    for name in fields:
        if typed.get(name) == asking.UNKNOWN:
            chosen.pop(name)
            chosen[asking.unknown(name)] = "yes"
        elif typed.get(name):
            chosen.poplist(asking.unknown(name))
    return chosen


def check_open() -> None:
    """Raise IntakeClosed while the city takes nothing."""
    if installation().charter.info.intake is Intake.CLOSED:
        raise IntakeClosed
