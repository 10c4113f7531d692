"""Cases as rows of a table, each with the parts that its reader may read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from site_api.dates import Say, local_day
from site_api.feedback.models import Feedback
from site_api.reviewers.models import Actor
from site_api.reviewers.policy import Part, reads


class Words(NamedTuple):
    """Put values into the words of a page."""

    say: Say
    zone: ZoneInfo

    def of(self, above: str, word: StrEnum | None) -> str | None:
        """Give a word of a vocabulary as people read it."""
        return self.say(f"{above}.{word.value}") if word else None

    def day(self, moment: datetime | None) -> date | None:
        """Give the date in the city."""
        return local_day(moment, self.zone) if moment else None


Value = Callable[[Feedback, Words], Any]


def _plain(name: str) -> Value:
    return lambda case, _: getattr(case, name)


def _answered(name: str) -> Value:
    return lambda case, _: getattr(case.answer, name) if case.answer else None


ANSWER = ("text_id", "text_en", "summary_id", "summary_en", "refused_because", "lapor_number")
COLUMNS: Mapping[Part, Mapping[str, Value]] = {
    Part.FACTS: {
        "portal.number": _plain("number"),
        "labels.kind": lambda case, words: words.of("kinds", case.kind),
        "labels.service": _plain("service"),
        "labels.clause": _plain("clause"),
        "portal.state": lambda case, words: words.of("states", case.state),
        "labels.agency": _plain("agency"),
        "portal.received": lambda case, words: words.day(case.received_at),
        "portal.deadline": _plain("answer_by"),
        "download.answered": lambda case, words: words.day(case.answered_at),
        "labels.outcome": lambda case, words: words.of(
            "outcomes", case.answer.outcome if case.answer else None
        ),
        "labels.reason": lambda case, words: words.of("reasons", case.decline_reason),
        "download.rating": _plain("rating"),
    },
    Part.PLACE: {"labels.district": _plain("district"), "labels.occurred_on": _plain("occurred_on")},
    Part.WORDS: {"taking.words": _plain("text")},
    Part.ANSWER: {f"labels.{name}": _answered(name) for name in ANSWER},
    Part.STAFF: {
        "portal.verified_by": _plain("verified_by"),
        "download.answered_by": _answered("answered_by"),
        "portal.ended_by": _plain("ended_by"),
    },
}
"""The columns of each part, by the keys of their names; a new part without its line fails a test."""


def table_of(
    actor: Actor, cases: Sequence[Feedback], words: Words
) -> tuple[list[str], Iterator[list[object]]]:
    """Give header and rows; a part that the actor reads of no case has no columns."""
    parts = [part for part in COLUMNS if any(reads(actor, part, is_sensitive=one) for one in (True, False))]
    header = [words.say(name) for part in parts for name in COLUMNS[part]]
    return header, (_row(actor, case, parts, words) for case in cases)


def _row(actor: Actor, case: Feedback, parts: Sequence[Part], words: Words) -> list[object]:
    return [
        value(case, words) if reads(actor, part, is_sensitive=case.is_sensitive) else None
        for part in parts
        for value in COLUMNS[part].values()
    ]
