"""The stays of a case with agencies: each has a beginning, an end, and a clock of its own."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, update

from site_api.feedback.clocks import stay_due
from site_api.feedback.models import Feedback, Stay
from site_api.installation import Installation


def is_still_with(agency: str | None) -> ColumnElement[bool]:
    """Give the condition that nobody has handed a case on meanwhile."""
    return Feedback.agency.is_not_distinct_from(agency)


def begun_stay(place: Installation, by: str) -> dict[str, Any]:
    """Give what any stay begins with: moment, who sent it there, and its own clock."""
    due_by = stay_due(place.local_date(place.now()), place.settings.stay_days)
    return {"started_at": place.now(), "started_by": by, "due_by": due_by}


def end_stay(connection: Connection, key: int, now: datetime) -> None:
    """End the stay with the agency that has a case, if one has it."""
    current = update(Stay).where(Stay.feedback_id == key, Stay.ended_at.is_(None))
    connection.execute(current.values(ended_at=now))
