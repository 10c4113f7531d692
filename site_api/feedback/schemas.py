"""What may be sent in about feedback: by citizens, and by those who review it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from charter_data.models import Charter
from charter_data.seals import canonical
from charter_data.snapshot import Outcome, Stance
from site_api.approvals.schemas import Ask
from site_api.cases import Channel, DeclineReason
from site_api.errors import FieldFault, Invalid
from site_api.feedback.models import Answer, FeedbackKind, Happened, State
from site_api.intake import PlainLine, PlainText, Submission

Message = Annotated[PlainText, StringConstraints(min_length=10, max_length=4000)]
Paragraphs = Annotated[PlainText, StringConstraints(min_length=10, max_length=4000)]
Sentence = Annotated[PlainLine, StringConstraints(min_length=3, max_length=300)]
Theme = Annotated[PlainLine, StringConstraints(min_length=3, max_length=60)]
Word = Annotated[str, StringConstraints(max_length=40)]
LANGUAGES = Literal["id", "en"]
DISBELIEVED = {(FeedbackKind.COMPLAINT, Happened.PAST), (FeedbackKind.COMPLAINT, Happened.NOW)}
"""Only a complaint about an event can say that a true call for help was not believed."""


class NewFeedback(Submission):
    """Hold what a citizen sends; there is no field for a name or a way to be reached."""

    kind: FeedbackKind
    message: Message
    happened: Happened
    may_publish: bool
    may_pass_on: bool
    clause: Word | None = None
    service: Word | None = None
    district: Word | None = None
    occurred_on: date | None = None
    confidential: bool = False
    was_disbelieved: bool = False
    language: LANGUAGES = "id"


class TypedFeedback(NewFeedback):
    """Hold feedback that staff type in; what happens now is a call for 112 and no feedback."""

    channel: Literal[Channel.PHONE, Channel.PAPER]
    happened: Literal[Happened.PAST, Happened.IDEA]


class Code(Submission):
    """Hold a tracking code as somebody wrote it."""

    tracking_code: Annotated[str, StringConstraints(max_length=60)]


class NewMessage(Code):
    """Hold what a citizen adds."""

    message: Annotated[PlainText, StringConstraints(min_length=10, max_length=2000)]


class NewObjection(Code):
    """Hold why a citizen objects to an answer."""

    objection: Annotated[PlainText, StringConstraints(min_length=10, max_length=2000)]


class NewRating(Code):
    """Hold how good an answer was: 5 is very good, 1 very bad."""

    rating: Literal["1", "2", "3", "4", "5"]


class NewReply(Submission):
    """Hold what staff write to the citizen."""

    message: Annotated[PlainText, StringConstraints(min_length=10, max_length=2000)]


class Verification(Submission):
    """Hold what triage made of a piece of feedback."""

    kind: FeedbackKind
    service: Word | None = None
    clause: Word | None = None
    concerns: Word | None = None
    is_sensitive: bool = False


class Assignment(Submission):
    """Hold to which agency a case goes, and why."""

    agency: Word
    reason: Sentence


class NewAnswer(Submission):
    """Hold the outcome, the answer to the writer, and the summary that may be published."""

    outcome: Outcome
    text_id: Paragraphs
    summary_id: Paragraphs
    text_en: Paragraphs | None = None
    summary_en: Paragraphs | None = None
    planned_on: date | None = None
    refused_because: Sentence | None = None
    lapor_number: Annotated[PlainLine, StringConstraints(max_length=40)] | None = Field(default=None)
    theme_id: Theme | None = None
    theme_en: Theme | None = None


class NewOpinion(Submission):
    """Hold what the council or an NGO says of an answer in public."""

    stance: Stance
    opinion_id: Annotated[PlainText, StringConstraints(min_length=10, max_length=2000)]
    opinion_en: Annotated[PlainText, StringConstraints(min_length=10, max_length=2000)] | None = None


class NewNote(Submission):
    """Hold what an office notes for itself."""

    note: Annotated[PlainText, StringConstraints(min_length=3, max_length=2000)]


class Extension(Submission):
    """Hold until when an answer takes longer, and why; the citizen reads the reason."""

    answer_by: date
    reason: Sentence


class Download(Submission):
    """Hold which cases somebody takes with them: those of one state, or all."""

    state: State | None = None


class DownloadAsked(Ask):
    """Hold what a second person is to let somebody take along, and why it is needed."""

    state: State | None = None


class Decline(Submission):
    """Hold why a case is not taken further."""

    reason: DeclineReason


def check_place(charter: Charter, sent: NewFeedback | Verification, today: date | None = None) -> None:
    """Compare what was sent with the charter and the date; raises Invalid with every fault."""
    faults = []
    clause = charter.by_id.get(sent.clause) if sent.clause else None
    if sent.clause and clause is None:
        faults.append(FieldFault("clause", "unknown_clause"))
    if sent.service and sent.service not in charter.service_of_scope:
        faults.append(FieldFault("service", "unknown_service"))
    elif (
        clause and sent.service and clause.scope in charter.service_of_scope and clause.scope != sent.service
    ):
        faults.append(FieldFault("service", "other_service"))
    if isinstance(sent, Verification) and sent.concerns and sent.concerns not in charter.agency:
        faults.append(FieldFault("concerns", "unknown_agency"))
    if isinstance(sent, NewFeedback):
        faults += _faults_of_event(charter, sent, today)
    if faults:
        raise Invalid(faults)


def check_filter(charter: Charter, clause: str | None, service: str | None) -> None:
    """Hold a filter to what the charter has; raises Invalid."""
    faults = []
    if clause is not None and clause not in charter.by_id:
        faults.append(FieldFault("clause", "unknown_clause"))
    if service is not None and service not in charter.service_of_scope:
        faults.append(FieldFault("service", "unknown_service"))
    if faults:
        raise Invalid(faults)


def _faults_of_event(charter: Charter, sent: NewFeedback, today: date | None) -> list[FieldFault]:
    faults = []
    if sent.district and sent.district not in charter.area.district:
        faults.append(FieldFault("district", "unknown_district"))
    if sent.occurred_on and today and sent.occurred_on > today:
        faults.append(FieldFault("occurred_on", "date_future"))
    if sent.was_disbelieved and (sent.kind, sent.happened) not in DISBELIEVED:
        faults.append(FieldFault("was_disbelieved", "only_complaint"))
    return faults


NAMED_BY = {
    Outcome.PLANNED: "planned_on",
    Outcome.REFUSED: "refused_because",
    Outcome.HANDED_OVER: "lapor_number",
}


def checked_answer(sent: NewAnswer, *, may_pass_on: bool) -> NewAnswer:
    """Give what is kept of an answer: an outcome names what it promises and nothing else; raises Invalid."""
    named = NAMED_BY.get(sent.outcome)
    if named and not getattr(sent, named):
        raise Invalid([FieldFault(named, "missing")])
    if sent.outcome is Outcome.HANDED_OVER and not may_pass_on:
        raise Invalid([FieldFault("outcome", "may_not_pass_on")])
    return sent.model_copy(update=dict.fromkeys(set(NAMED_BY.values()) - {named}))


LATER = ("theme_id", "theme_en")
"""Fields that an answer did not have at first: empty, they stay out of its digest, which is proven by it."""


def words_of(answer: NewAnswer | Answer) -> str:
    """Give all that an answer says as one text: the same when it is given and when it is read again."""
    said = {name: getattr(answer, name) for name in NewAnswer.model_fields}
    without = {name for name in LATER if said[name] is None}
    return canonical(NewAnswer.model_construct(**said).model_dump(mode="json", exclude=without)).decode()


def words_of_opinion(stance: Stance, text_id: str, text_en: str | None) -> str:
    """Give all that an opinion says as one text, as `words_of` does of an answer."""
    return canonical({"stance": stance.value, "id": text_id, "en": text_en}).decode()
