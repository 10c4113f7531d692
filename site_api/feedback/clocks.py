"""Until when feedback is read and answered: what is promised, what the laws say, and what we aim at."""

from datetime import date, timedelta

from charter_data.models import Charter, Promise
from charter_data.vocabulary import FeedbackEvent, Intake, Unit
from charter_data.working_days import add_working_days

LONGEST_DAYS = 60
LONGEST_WORKING_DAYS = 60


def legal_limits(received_on: date) -> tuple[date, date]:
    """Give the last day to answer by each way to count: 60 days, and 60 working days.

    The first is the reading of UU 25/2009 article 50, the second that of the procedures in use.
    """
    days = received_on + timedelta(days=LONGEST_DAYS)
    return days, add_working_days(received_on, LONGEST_WORKING_DAYS)


def deadlines(charter: Charter, received_on: date) -> tuple[date | None, date | None]:
    """Give the last days for reading and answering; none is promised until intake is open.

    However long the charter's own term is, an answer is promised by the earlier of both limits.
    """
    if charter.info.intake is not Intake.OPEN:
        return None, None
    answer_by = _deadline(charter, received_on, FeedbackEvent.ANSWERED)
    if answer_by is not None:
        answer_by = min(answer_by, *legal_limits(received_on))
    return _deadline(charter, received_on, FeedbackEvent.READ), answer_by


def _deadline(charter: Charter, received_on: date, end: FeedbackEvent) -> date | None:
    clocks = (
        promise
        for promise in charter.promises()
        if promise.clock and (promise.clock.start, promise.clock.end) == (FeedbackEvent.RECEIVED, end)
    )
    promise: Promise | None = next(clocks, None)
    if promise is None or not promise.targets:
        return None
    target = promise.targets[0]
    days = int(target.value)
    if target.unit is Unit.WORKING_DAY:
        return add_working_days(received_on, days)
    return received_on + timedelta(days=days)


def stay_due(started_on: date, working_days: int) -> date:
    """Give the day by which an agency is to have answered or passed on: our own aim, promised to nobody."""
    return add_working_days(started_on, working_days)
