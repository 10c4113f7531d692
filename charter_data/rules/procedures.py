"""Procedures: each clock on its calendar, each body once in the row of a step, costs and roles known."""

from collections import Counter
from collections.abc import Iterator

from charter_data.drafts import Draft
from charter_data.models import Promise, Step
from charter_data.problems import Finding
from charter_data.vocabulary import Calendar, Unit

CALENDARS = {Unit.WORKING_DAY: Calendar.WORKING_DAYS, Unit.DAY: Calendar.DAYS}


def clocks_have_a_calendar(draft: Draft) -> Iterator[Finding]:
    """Find clocks without a calendar, and calendars that the target's unit contradicts."""
    for place, clause in draft.clauses():
        if not isinstance(clause, Promise) or clause.clock is None:
            continue
        if clause.calendar is None:
            choices = ", ".join(calendar.value for calendar in Calendar)
            message = f"`{clause.id}` has a clock: say under `calendar` which days count ({choices})"
            yield place.finding("calendar-missing", message, "clock")
        for index, target in enumerate(clause.targets if clause.calendar else ()):
            wanted = CALENDARS.get(target.unit, Calendar.ALWAYS)
            if clause.calendar is not wanted:
                message = (
                    f"`{target.unit.value}` is not counted on `{clause.calendar}`: write `{wanted.value}`, "
                    "or another unit"
                )
                yield place.finding("calendar-wrong", message, "targets", index, "unit")


def bodies_stand_once_in_a_step(draft: Draft) -> Iterator[Finding]:
    """Find bodies that act in a step and are also asked or told of it."""
    for place, clause in draft.clauses():
        if isinstance(clause, Step):
            for field in ("consulted", "informed"):
                for at, key in enumerate(getattr(clause, field)):
                    if Counter((clause.actor, *clause.consulted, *clause.informed))[key] > 1:
                        message = f"`{key}` has two parts in `{clause.id}`: it acts, is asked, or is told"
                        yield place.finding("part-twice", message, field, at)


def costs_are_found(draft: Draft) -> Iterator[Finding]:
    """Warn of steps whose cost nobody has found."""
    for place, clause in draft.clauses():
        if isinstance(clause, Step) and clause.cost is None:
            message = f"the cost of `{clause.id}` is not known: pages say so"
            yield place.finding("cost-missing", message, "cost")


RULES = (clocks_have_a_calendar, bodies_stand_once_in_a_step, costs_are_found)
