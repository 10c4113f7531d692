"""What programs get back, as the API's description says it; a test holds every answer to it."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from charter_data.snapshot import Finding, Outcome, Stance
from site_api.cases import Channel, DeclineReason
from site_api.feedback.models import FeedbackKind, Happened, Side, State
from site_api.hoax_reports.models import HoaxClass
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
    proof: str | None = Field(description="signed proof of submission; none once the text has been erased")
    emergency: Emergency | None = Field(None, description="only for what happens now")


class SecondOpinion(Shape):
    """Hold what the council or an NGO says of a published answer."""

    organisation: str
    stance: Stance
    written_on: date
    text: BothLanguages


class GivenAnswer(Shape):
    """Hold an answer, in staff's words, and what the council and NGOs say of it once it is published."""

    answered_on: date
    outcome: Outcome
    planned_on: date | None
    refused_because: str | None
    lapor_number: str | None
    theme: BothLanguages | None
    text: BothLanguages
    opinions: list[SecondOpinion]


class PublishedAnswer(GivenAnswer):
    """Hold a published answer, with the summary that stands in place of the citizen's words."""

    number: str
    clause: str | None
    service: str | None
    summary: BothLanguages


class PublishedAnswers(Shape):
    """Hold the published answers, the newest first."""

    answers: list[PublishedAnswer]


class Said(Shape):
    """Hold a message of the writer or of staff, whose names nobody outside learns."""

    on: date
    side: Side
    agency: str | None
    is_objection: bool
    text: str | None


class TrackedFeedback(Times):
    """Hold where a piece of feedback stands; `answer` once there is one."""

    state: State
    messages: list[Said]
    answer: GivenAnswer | None = None


class TrackedReport(Times):
    """Hold where a report of a false call stands; `finding` once there is one."""

    state: ReportState
    finding: Finding | None = None


class Acted(Shape):
    """Hold where a piece of feedback stands after its writer has acted."""

    number: str
    state: State
    messages: list[Said]


class Erased(Shape):
    """Hold what can still be told of a case: from now on its code opens nothing."""

    number: str
    state: State | ReportState
    erased: Literal[True]


class Event(Shape):
    """Hold one act on a case, as the audit has it."""

    on: date
    what: str


class KeptStay(Shape):
    """Hold how long a case lay with an agency."""

    agency: str
    reason: str
    since: date = Field(alias="from")
    until: date | None


class KeptAnswer(Shape):
    """Hold an answer with the summary that may be published."""

    answered_on: date | None
    outcome: Outcome
    planned_on: date | None
    refused_because: str | None
    lapor_number: str | None
    theme_id: str | None
    theme_en: str | None
    text_id: str | None
    text_en: str | None
    summary_id: str | None
    summary_en: str | None


class Kept(Shape):
    """Hold what is kept of any case."""

    number: str
    language: Literal["id", "en"]
    channel: Channel
    district: str | None
    occurred_on: date | None
    text: str | None
    decline_reason: DeclineReason | None
    seal: str
    received_on: date
    history: list[Event]


class KeptFeedback(Kept):
    """Hold all that is kept of a piece of feedback."""

    state: State
    kind: FeedbackKind
    happened: Happened
    service: str | None
    clause: str | None
    may_publish: bool
    may_pass_on: bool
    is_sensitive: bool
    was_disbelieved: bool
    agency: str | None
    verify_by: date | None
    answer_by: date | None
    extended_because: str | None
    rating: int | None
    published_on: date | None
    answers: list[KeptAnswer]
    opinions: list[SecondOpinion]
    messages: list[Said]
    stays: list[KeptStay]


class KeptReport(Kept):
    """Hold all that is kept of a report of a false call."""

    state: ReportState
    call_class: HoaxClass
    time: str | None
    place: str | None
    agencies: str | list[str] | None
    finding: Finding | None


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
