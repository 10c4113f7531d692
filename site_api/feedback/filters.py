"""What may be asked of the lists of the portal: by whom, of which list, and what it means."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import StringConstraints
from sqlalchemy import ColumnElement

from site_api.errors import FieldFault, Invalid
from site_api.feedback.models import OPEN, Feedback, FeedbackKind, State
from site_api.feedback.schemas import Word
from site_api.installation import Installation
from site_api.intake import Submission
from site_api.reviewers import policy
from site_api.reviewers.models import Actor, Role
from site_api.reviewers.policy import Act, Part

Mark = Literal["yes"]
NUMBER = re.compile(r"[MP]-[0-9A-HJKMNP-TV-Z]{6}")
MISREAD = str.maketrans("OIL", "011")


class View(StrEnum):
    """Name the lists: what waits, what is held apart, what is done, and what a search finds."""

    WAITING = "waiting"
    HELD = "held"
    DONE = "done"
    FOUND = "found"


STATES = {
    View.WAITING: OPEN,
    View.HELD: (),
    View.DONE: tuple(state for state in State if state not in OPEN),
    View.FOUND: tuple(State),
}
ANYWHERE = ("kind", "service", "clause", "district", "sensitive")
OFFERED = {
    View.WAITING: ("state", "agency", "overdue", *ANYWHERE),
    View.HELD: ANYWHERE,
    View.DONE: ("state", "agency", *ANYWHERE),
    View.FOUND: ("words", "state", "agency", "overdue", "held", *ANYWHERE),
}
EQUAL = ("state", "kind", "service", "clause", "agency", "district")


class Filters(Submission):
    """Hold what a list is narrowed to; nothing: the whole list."""

    words: Annotated[str, StringConstraints(max_length=100, strip_whitespace=True)] | None = None
    state: State | None = None
    kind: FeedbackKind | None = None
    service: Word | None = None
    clause: Word | None = None
    agency: Word | None = None
    district: Word | None = None
    overdue: Mark | None = None
    held: Mark | None = None
    sensitive: Mark | None = None
    setelah: Word | None = None

    @property
    def given(self) -> dict[str, str]:
        """Give what the list is narrowed to, without the place in it."""
        return {name: str(value) for name, value in self if value and name != "setelah"}

    @property
    def number(self) -> str | None:
        """Give the number of a case that was typed in place of words."""
        return number_in(self.words or "")


def number_in(typed: str) -> str | None:
    """Read the number of a case as people write it."""
    number = typed.strip().upper()
    number = number[:2] + number[2:].translate(MISREAD)
    return number if NUMBER.fullmatch(number) else None


def offered(actor: Actor, view: View) -> tuple[str, ...]:
    """Give the filters of a list for one role: none asks for what that role does not read."""
    sight = policy.sight_of(actor)
    withheld = {
        "district": not policy.reads(actor, Part.PLACE, is_sensitive=False),
        "sensitive": sight is None or not sight.sensitive_parts,
        "held": not policy.may(actor, Act.RELEASE),
        "agency": actor.role is Role.AGENCY,
    }
    return tuple(name for name in OFFERED[view] if not withheld.get(name))


def check(place: Installation, actor: Actor, view: View, asked: Filters) -> None:
    """Refuse by name what is not offered, or is no value of the charter; raises Invalid."""
    known = offered(actor, view)
    faults = [FieldFault(name, "unknown_field") for name in asked.given if name not in known]
    faults = faults or list(_wrong_values(place, actor, view, asked))
    if faults:
        raise Invalid(faults)


def _wrong_values(place: Installation, actor: Actor, view: View, asked: Filters) -> Iterator[FieldFault]:
    charter = place.charter
    choices: dict[str, Any] = {
        "state": STATES[view],
        "service": charter.service_of_scope,
        "agency": charter.agency,
        "district": charter.area.district,
    }
    for name, known in choices.items():
        if (value := getattr(asked, name)) and value not in known:
            yield FieldFault(name, "unknown_choice")
    if asked.clause and asked.clause not in charter.by_id:
        yield FieldFault("clause", "unknown_clause")
    if asked.words and not asked.number and not policy.reads(actor, Part.WORDS, is_sensitive=False):
        yield FieldFault("words", "only_number")


def conditions(place: Installation, asked: Filters) -> Iterator[ColumnElement[bool]]:
    """Give what the filters mean."""
    for name in EQUAL:
        if value := getattr(asked, name):
            yield getattr(Feedback, name) == value
    if asked.overdue:
        yield Feedback.answer_by < place.local_date(place.now())
        yield Feedback.state.in_(OPEN)
    if asked.held:
        yield Feedback.state == State.RECEIVED
        yield Feedback.held_at.is_not(None)
    if asked.sensitive:
        yield Feedback.is_sensitive.is_(True)
