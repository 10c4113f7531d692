"""Everything that is kept about one case, as its writer may take it along: no name of staff, no code."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from site_api.audit import AuditEntry
from site_api.database import db
from site_api.feedback.models import Answer, Feedback
from site_api.hoax_reports.models import HoaxReport
from site_api.installation import Installation

UNTOLD = {"release"}  # machines would learn from it what keeps them out of the queue
OF_CASE = (
    "number", "state", "language", "channel", "district", "occurred_on", "text", "decline_reason", "seal"
)  # fmt: skip
OF_FEEDBACK = (
    "kind", "happened", "service", "clause", "may_publish", "may_pass_on", "is_sensitive", "was_disbelieved",
    "agency", "verify_by", "answer_by", "extended_because", "rating",
)  # fmt: skip
OF_REPORT = ("call_class", "time", "place", "agencies", "finding")
OF_ANSWER = (
    "outcome", "planned_on", "refused_because", "lapor_number", "theme_id", "theme_en", "text_id", "text_en",
    "summary_id", "summary_en",
)  # fmt: skip


def all_of(place: Installation, case: Feedback | HoaxReport) -> dict[str, Any]:
    """Give all that is kept of a case, with its history as the audit has it."""
    found = {**_plain(case, OF_CASE), "received_on": _day(place, case.received_at)}
    found["history"] = _history(place, case.number)
    if isinstance(case, HoaxReport):
        return found | _plain(case, OF_REPORT)
    return {
        **found,
        **_plain(case, OF_FEEDBACK),
        "published_on": _day(place, case.published_at),
        "answers": [_answer(place, answer) for answer in case.answers],
        "messages": thread(place, case),
        "opinions": opinions(place, case),
        "stays": [
            {
                "agency": stay.agency,
                "reason": stay.reason,
                "from": _day(place, stay.started_at),
                "until": _day(place, stay.ended_at),
            }
            for stay in case.stays
        ],
    }


def thread(place: Installation, case: Feedback) -> list[dict[str, Any]]:
    """Give the messages of a case with day and side, never with who on the staff wrote them."""
    return [
        {
            "on": _day(place, said.written_at),
            "side": said.side.value,
            "agency": said.agency,
            "is_objection": said.is_objection,
            "text": said.text,
        }
        for said in case.messages
    ]


def opinions(place: Installation, case: Feedback) -> list[dict[str, Any]]:
    """Give the second opinions that are public, named by the organisation, never by who wrote them."""
    return [
        {
            "organisation": one.organisation,
            "stance": one.stance.value,
            "written_on": _day(place, one.written_at),
            "text": {"id": one.text_id, "en": one.text_en},
        }
        for one in case.public_opinions
    ]


def _history(place: Installation, number: str) -> list[dict[str, Any]]:
    rows = select(AuditEntry.at, AuditEntry.verb).where(AuditEntry.subject == number).order_by(AuditEntry.id)
    told = ((_day(place, at), verb.split(".")[1]) for at, verb in db.session.execute(rows))
    return [{"on": day, "what": what} for day, what in told if what not in UNTOLD]


def _answer(place: Installation, answer: Answer) -> dict[str, Any]:
    return {"answered_on": _day(place, answer.answered_at), **_plain(answer, OF_ANSWER)}


def _plain(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names}
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()
    }


def _day(place: Installation, moment: datetime | None) -> str | None:
    return place.local_date(moment).isoformat() if moment else None
