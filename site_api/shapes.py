"""What programs get back, as the API's description says it; a test holds every answer to it."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from charter_data.snapshot import Finding, Outcome
from site_api.feedback.models import State
from site_api.hoax_reports.models import State as ReportState


class Shape(BaseModel):
    """Be what an answer has, all of it and nothing else."""

    model_config = ConfigDict(extra="forbid")


class Emergency(Shape):
    """Hold what stands in every answer that a person in danger might read."""

    number: str
    tel: str
    text: str


class BothLanguages(Shape):
    """Hold a text in Indonesian, and in English where there is one."""

    id: str
    en: str | None


class Times(Shape):
    """Hold when a case came, and until when it is read and answered where that is promised."""

    number: str = Field(description="public number of the case; it opens nothing")
    received_at: datetime
    verify_by: date | None
    answer_by: date | None


class Receipt(Times):
    """Hold what the sender must keep: the code is shown this once."""

    tracking_code: str = Field(description="four groups of four; whoever has it reads and changes the case")
    emergency: Emergency | None = Field(None, description="only for what happens now")


class GivenAnswer(Shape):
    """Hold an answer, in staff's words."""

    answered_on: date
    outcome: Outcome
    planned_on: date | None
    refused_because: str | None
    lapor_number: str | None
    text: BothLanguages


class PublishedAnswer(GivenAnswer):
    """Hold a published answer, with the summary that stands in place of the citizen's words."""

    number: str
    clause: str | None
    service: str | None
    summary: BothLanguages


class PublishedAnswers(Shape):
    """Hold the published answers, the newest first."""

    answers: list[PublishedAnswer]


class TrackedFeedback(Times):
    """Hold where a piece of feedback stands; `answer` once there is one."""

    state: State
    answer: GivenAnswer | None = None


class TrackedReport(Times):
    """Hold where a report of a false call stands; `finding` once there is one."""

    state: ReportState
    finding: Finding | None = None


class Alive(Shape):
    """Hold that the process answers."""

    status: Literal["ok"]


class Ready(Shape):
    """Hold that the app can serve, with what was checked."""

    status: Literal["ready"]
    checks: dict[str, str]


class Fault(Shape):
    """Hold what is wrong with one field."""

    pointer: str = Field(description="JSON Pointer (RFC 6901) to the field")
    detail: str


class ProblemBody(Shape):
    """Hold a failure (RFC 9457), with the emergency number for whoever reads it in trouble."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    emergency: Emergency
    errors: list[Fault] | None = Field(None, description="each field that cannot be accepted")
    checks: dict[str, str] | None = Field(None, description="what serving needs, and which of it is missing")
