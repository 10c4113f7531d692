"""The shape of what the API hands to the site."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from charter_data.audit_heads import AuditHead
from charter_data.models import Charter, Record
from charter_data.models.base import AreaCode, ClauseId, Code, Hash, Key, Line
from charter_data.vocabulary import CallClass

Paragraphs = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Count = Annotated[int, Field(ge=0)]
Seconds = Annotated[float, Field(ge=0)]


class Verdict(StrEnum):
    """Say whether a promise was kept; a proposal is never judged."""

    KEPT = "ditepati"
    MISSED = "tidak_ditepati"
    UNCERTAIN = "belum_pasti"
    NOT_JUDGED = "tidak_dinilai"


class Outcome(StrEnum):
    """Say what came of a piece of feedback."""

    DONE = "done"
    PLANNED = "planned"
    REFUSED = "refused"
    HANDED_OVER = "handed_over"


class DeclineReason(StrEnum):
    """Name the only reasons for which a case is not taken further."""

    SPAM = "spam"
    NOT_ABOUT_112 = "not_about_112"
    UNCLEAR = "unclear"
    DUPLICATE = "duplicate"


class Stance(StrEnum):
    """Say how a second opinion stands to the answer: two remarks and one dissent."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    ADDS = "adds"


class Finding(StrEnum):
    """Say what a check of a reported hoax call found."""

    NOT_PROVEN = "not_proven"
    NUISANCE = "nuisance"
    FALSE_REPORT = "false_report"
    GOOD_FAITH = "good_faith"


class Said(Record):
    """Hold a text in Indonesian; English may be missing and is then shown as Indonesian."""

    id: Paragraphs
    en: Paragraphs | None = None


class Figure(Record):
    """Hold what was measured of one clause over whole days.

    It is of one service or of all calls, and of one agency's leg or of all agencies. Times are in seconds.
    What the rules for small numbers hide is null; without `n` nobody may be recognised, so all is hidden.
    """

    clause: ClauseId
    service: Code | None
    agency: Key | None = None
    first_day: date
    last_day: date
    n: Count | None
    missing: Count | None
    out_of_order: Count | None
    within: Count | None
    mean_s: Seconds | None
    median_s: Seconds | None
    p90_s: Seconds | None
    verdict: Verdict

    @property
    def is_hidden(self) -> bool:
        """Tell whether it is kept back so that nobody can be recognised."""
        return self.n is None

    @model_validator(mode="after")
    def _hides_all_or_counts_all(self) -> Self:
        counted = (self.missing, self.out_of_order)
        timed = (self.within, self.mean_s, self.median_s, self.p90_s)
        if self.is_hidden and any(value is not None for value in (*counted, *timed)):
            raise ValueError("a figure without `n` hides everything that was counted and timed")
        if not self.is_hidden and None in counted:
            raise ValueError("a figure with `n` says how many were missing and out of order")
        return self


class Opinion(Record):
    """Hold a second opinion on an answer; it is named by the organisation, never by who wrote it."""

    role: Literal["dprd", "ngo"]
    organisation: Line
    stance: Stance
    written_on: date
    text: Said


class Answer(Record):
    """Hold a published answer: summary and answer in staff's words, never the citizen's.

    What its writer asked to be handled with discretion stands on its page and in no feed.
    """

    number: Line
    clause: ClauseId | None
    service: Code | None
    answered_on: date
    outcome: Outcome
    due_on: date | None = None
    refused_because: Line | None = None
    lapor_number: Line | None = None
    theme: Said | None = None
    summary: Said
    text: Said
    in_feeds: bool = True
    opinions: tuple[Opinion, ...] = ()


class CallCounts(Record):
    """Count the calls of a period."""

    arrived: Count
    answered: Count
    by_class: dict[CallClass, Count]


class FeedbackCounts(Record):
    """Count the feedback of a period by what became of it, and all that waits longer than was promised.

    An answer is in time or late by the last day that its writer was given; where no day was promised it is
    neither. What staff erased while it ran is told apart from what its writer withdrew. `overdue`,
    `planned_overdue` and the oldest are as of the last day, whenever a case came in.
    """

    received: Count
    answered: Count
    in_time: Count
    late: Count
    declined: Count
    declined_because: dict[DeclineReason, Count]
    withdrawn: Count
    erased_by_staff: Count
    waiting: Count
    published: Count
    outcomes: dict[Outcome, Count]
    disputed: Count
    opinions: dict[Stance, Count]
    overdue: Count
    oldest_overdue_days: Count | None
    oldest_waiting_days: Count | None
    planned_overdue: Count


class HoaxCounts(Record):
    """Count what citizens told us of false calls, and what was found; never by district."""

    received: Count
    findings: dict[Finding, Count]


class Counts(Record):
    """Hold what is counted of a period rather than timed."""

    first_day: date
    last_day: date
    calls: CallCounts
    feedback: FeedbackCounts
    hoax_reports: HoaxCounts


class Snapshot(Record):
    """Hold a whole snapshot; foreign data has no place in one."""

    city: AreaCode
    seal: Hash
    made_at: datetime
    kind: Literal["real", "simulated"]
    audit_head: Hash | None = None
    figures: tuple[Figure, ...] = ()
    answers: tuple[Answer, ...] = ()
    removed: tuple[Line, ...] = ()
    counts: Counts | None = None
    heads: tuple[AuditHead, ...] = ()

    @model_validator(mode="after")
    def _nothing_removed_is_published(self) -> Self:
        kept = sorted({answer.number for answer in self.answers} & set(self.removed))
        if kept:
            raise ValueError(f"{', '.join(kept)} is removed and still among the answers")
        return self

    @property
    def is_simulated(self) -> bool:
        """Tell whether none of this happened."""
        return self.kind == "simulated"

    def retired(self, charter: Charter) -> tuple[str, ...]:
        """Give the clauses that the snapshot speaks of and the charter no longer has."""
        named = {figure.clause for figure in self.figures} | {
            one.clause for one in self.answers if one.clause
        }
        return tuple(sorted(named - set(charter.by_id)))
