"""What is kept of a piece of feedback, of its stays with agencies and of its answer."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from charter_data.snapshot import Outcome, Stance
from site_api.cases import Case
from site_api.database import Kept, Model, UtcTime, Word
from site_api.reviewers.models import Role

NOUN = "feedback"
PREFIX = "M"


class FeedbackKind(StrEnum):
    """Name the four kinds of feedback."""

    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    INFORMATION_REQUEST = "information_request"
    PRAISE = "praise"


class Happened(StrEnum):
    """Say when it happened; an idea is about no event."""

    NOW = "now"
    PAST = "past"
    IDEA = "idea"


class Side(StrEnum):
    """Say who wrote a message: the citizen, or staff."""

    CITIZEN = "citizen"
    STAFF = "staff"


class State(StrEnum):
    """Name the stations of a piece of feedback."""

    RECEIVED = "received"
    VERIFIED = "verified"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    CLOSED = "closed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


OPEN = (State.RECEIVED, State.VERIFIED, State.ASSIGNED)
ANSWERED = (State.ANSWERED, State.CLOSED)
"""The states in which an answer is given: to the writer by code, and to all once it is published."""

WAITING = "state IN ('received', 'verified', 'assigned') AND held_at IS NULL"
HELD = "state = 'received' AND held_at IS NOT NULL"
DONE = "state NOT IN ('received', 'verified', 'assigned')"
"""The lists of the portal; SQLite uses the index of one only if a query says these very words."""

FILTERED = ("state", "kind", "service", "clause", "agency", "district", "concerns", "is_sensitive")
LEADS = ("clause", "district", "agency", "service", "concerns")
"""What can be so rare that a list of what is done begins with it, the rarest first."""


def _lists() -> tuple[Index, ...]:
    """Give the indexes that hold all that filters ask, so that only the rows that are shown are read."""
    order = ("answer_by", "received_at", "id", "held_at")
    waiting, held, done = (text(words) for words in (WAITING, HELD, DONE))
    rest = ("id", *FILTERED)
    return (
        Index("feedback_waiting", *order, *FILTERED, sqlite_where=waiting),
        Index("feedback_held", *order[1:], *FILTERED, sqlite_where=held),
        Index("feedback_done", *rest, sqlite_where=done),
        *(
            Index(f"feedback_done_{lead}", lead, *(name for name in rest if name != lead), sqlite_where=done)
            for lead in LEADS
        ),
    )


class Feedback(Case):
    """Hold one piece of feedback; `text` is the citizen's own words and is never published.

    `concerns` is the agency that it is about, which is not always the one that has it.
    """

    __tablename__ = "feedback"
    kept = Kept(days=730, since=("ended_at",))
    noun = NOUN
    __table_args__ = (Index("feedback_queue", "state", "answer_by", "received_at"), *_lists())

    kind: Mapped[FeedbackKind] = mapped_column(Word(FeedbackKind))
    happened: Mapped[Happened] = mapped_column(Word(Happened))
    service: Mapped[str | None]
    clause: Mapped[str | None]
    may_publish: Mapped[bool]
    may_pass_on: Mapped[bool]
    is_sensitive: Mapped[bool]
    was_disbelieved: Mapped[bool]
    concerns: Mapped[str | None]
    state: Mapped[State] = mapped_column(Word(State))
    agency: Mapped[str | None]
    verify_by: Mapped[date | None]
    answer_by: Mapped[date | None]
    answered_at: Mapped[datetime | None] = mapped_column(UtcTime)
    extended_at: Mapped[datetime | None] = mapped_column(UtcTime)
    extended_because: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[datetime | None] = mapped_column(UtcTime)
    published_by: Mapped[str | None]
    unpublished_at: Mapped[datetime | None] = mapped_column(UtcTime)

    disputed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    rating: Mapped[int | None]

    stays: Mapped[list["Stay"]] = relationship(order_by="Stay.id", viewonly=True)
    answers: Mapped[list["Answer"]] = relationship(order_by="Answer.id", viewonly=True)
    messages: Mapped[list["Message"]] = relationship(order_by="Message.id", viewonly=True)
    notes: Mapped[list["Note"]] = relationship(order_by="Note.id", viewonly=True)
    opinions: Mapped[list["Opinion"]] = relationship(order_by="Opinion.id", viewonly=True)

    @property
    def answer(self) -> "Answer | None":
        """Give the newest answer; after an objection there may be a second one."""
        return self.answers[-1] if self.answers else None

    @property
    def readable_answers(self) -> list["Answer"]:
        """Give what the writer reads by code, the newest first: nothing once it is withdrawn."""
        return [] if self.state is State.WITHDRAWN else self.answers[::-1]

    @property
    def standing_opinions(self) -> list["Opinion"]:
        """Give the second opinions on the newest answer that are neither withdrawn nor erased."""
        newest = self.answer.id if self.answer else None
        return [one for one in self.opinions if one.answer_id == newest and one.is_standing]

    @property
    def public_opinions(self) -> list["Opinion"]:
        """Give the second opinions that all may read: with a published answer, never on a sensitive case."""
        return self.standing_opinions if self.is_published and not self.is_sensitive else []

    @property
    def is_published(self) -> bool:
        """Tell whether the next snapshot carries the answer."""
        return self.published_at is not None


class Stay(Model):
    """Hold how long a case lay with one agency; an open stay has no end, `due_by` is an aim of our own."""

    __tablename__ = "feedback_stays"
    kept = Kept(goes_with="feedback")

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"), index=True)
    agency: Mapped[str]
    reason: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(UtcTime)
    started_by: Mapped[str]
    due_by: Mapped[date | None]
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)


class Answer(Model):
    """Hold an answer in staff's own words, and the summary to be published; erasing takes the words."""

    __tablename__ = "feedback_answers"
    kept = Kept(goes_with="feedback")

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"), index=True)
    outcome: Mapped[Outcome] = mapped_column(Word(Outcome))
    planned_on: Mapped[date | None]
    refused_because: Mapped[str | None] = mapped_column(Text)
    lapor_number: Mapped[str | None]
    theme_id: Mapped[str | None]
    theme_en: Mapped[str | None]
    text_id: Mapped[str | None] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)
    summary_id: Mapped[str | None] = mapped_column(Text)
    summary_en: Mapped[str | None] = mapped_column(Text)
    answered_by: Mapped[str]
    answered_at: Mapped[datetime | None] = mapped_column(UtcTime)


class Message(Model):
    """Hold a message to or from the writer; the name of staff is never shown to the writer."""

    __tablename__ = "feedback_messages"
    kept = Kept(goes_with="feedback")

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"), index=True)
    side: Mapped[Side] = mapped_column(Word(Side))
    is_objection: Mapped[bool]
    agency: Mapped[str | None]
    written_by: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(UtcTime)
    text: Mapped[str | None] = mapped_column(Text)


class Note(Model):
    """Hold what an office notes for itself about a case; neither the writer nor another office reads it."""

    __tablename__ = "feedback_notes"
    kept = Kept(goes_with="feedback")

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"), index=True)
    office: Mapped[str]
    written_by: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(UtcTime)
    text: Mapped[str | None] = mapped_column(Text)


class SearchWord(Model):
    """Say that a word stands in a case; the word is only a keyed hash."""

    __tablename__ = "feedback_words"
    kept = Kept(goes_with="feedback")
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 (as SQLAlchemy wants it)

    word: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"), primary_key=True)


class SearchMark(Model):
    """Hold up to which case the words have been taken down; there is one row."""

    __tablename__ = "feedback_searched"
    kept = Kept()

    id: Mapped[int] = mapped_column(primary_key=True)
    up_to: Mapped[int]


class Opinion(Model):
    """Hold what a council member or an NGO says in public of one answer; only the organisation is shown."""

    __tablename__ = "feedback_opinions"
    kept = Kept(goes_with="feedback")
    __table_args__ = (
        Index(
            "feedback_opinions_standing",
            "answer_id",
            "written_by",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"), index=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("feedback_answers.id"))
    role: Mapped[Role] = mapped_column(Word(Role))
    organisation: Mapped[str]
    stance: Mapped[Stance] = mapped_column(Word(Stance))
    text_id: Mapped[str | None] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)
    written_by: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(UtcTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcTime)

    @property
    def is_standing(self) -> bool:
        """Tell whether its words are still there and still meant."""
        return self.withdrawn_at is None and self.text_id is not None
