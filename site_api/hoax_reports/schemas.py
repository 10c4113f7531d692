"""What may be sent in about a hoax call."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from charter_data.models import Charter
from charter_data.snapshot import Finding
from site_api.cases import Channel, DeclineReason
from site_api.errors import FieldFault, Invalid
from site_api.hoax_reports.models import HoaxClass
from site_api.intake import PlainLine, PlainText, Submission

Word = Annotated[str, StringConstraints(max_length=40)]
CLOCK_FORM = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def _clock(value: str) -> str:
    if not CLOCK_FORM.fullmatch(value):
        raise PydanticCustomError("wrong_time", "hours and minutes, such as 21:15")
    return value


class NewHoaxReport(Submission):
    """Hold the event only: no caller, no number, no name."""

    call_class: Annotated[HoaxClass, Field(alias="class")]
    occurred_on: date
    time: Annotated[str, AfterValidator(_clock)] | None = None
    district: Word | None = None
    place: Annotated[PlainLine, StringConstraints(max_length=120)] | None = None
    agencies: Annotated[tuple[Word, ...], Field(max_length=10, strict=False)] = ()
    note: Annotated[PlainText, StringConstraints(max_length=2000)] | None = None
    language: Literal["id", "en"] = "id"


class TypedHoaxReport(NewHoaxReport):
    """Hold a report that staff type in."""

    channel: Literal[Channel.PHONE, Channel.PAPER]


class NewFinding(Submission):
    """Hold what a check found; it is apart from the accusation."""

    finding: Finding


class Decline(Submission):
    """Hold why a report is not taken further."""

    reason: DeclineReason


def check_event(charter: Charter, sent: NewHoaxReport, today: date) -> None:
    """Compare what was sent with the charter and the date; raises Invalid with every fault."""
    faults = []
    if sent.occurred_on > today:
        faults.append(FieldFault("occurred_on", "date_future"))
    if sent.district and sent.district not in charter.area.district:
        faults.append(FieldFault("district", "unknown_district"))
    faults += [
        FieldFault(f"agencies/{index}", "unknown_agency")
        for index, agency in enumerate(sent.agencies)
        if agency not in charter.agency
    ]
    if faults:
        raise Invalid(faults)
