"""What the page of a case shows beside the case: words typed, changes missed, a template chosen."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request

from charter_data.snapshot import DeclineReason, Outcome, Stance
from site_api.answer_templates import queries as templates
from site_api.audit import AuditEntry
from site_api.feedback import queries
from site_api.feedback.models import OPEN, Feedback, FeedbackKind

WORDS = (
    *("message", "note", "text_id", "text_en", "summary_id", "summary_en", "refused_because", "reason"),
    *("theme_id", "theme_en", "opinion_id", "opinion_en"),
)


def choices() -> dict[str, Any]:
    """Give what the forms of a case let choose from, and what they begin with."""
    return {
        "open_states": OPEN,
        "kinds": tuple(FeedbackKind),
        "outcomes": tuple(Outcome),
        "reasons": tuple(DeclineReason),
        "stances": tuple(Stance),
        "themes": queries.themes(),
        "shown_as": queries.shown_as,
        "typed": request.form,
        "chosen": chosen(request.form),
    }


def kept_words() -> dict[str, str]:
    """Give the words that somebody has typed and would miss."""
    return {name: request.form[name] for name in WORDS if request.form.get(name)}


def changes(case: Feedback) -> Sequence[AuditEntry]:
    """Give what others did to a case since the page was shown that this form came from."""
    seen = request.form.get("version", "")
    missed = case.version - int(seen) if seen.isdecimal() and len(seen) < 10 else 0
    return queries.since(case.number, missed) if missed > 0 else ()


def chosen(typed: Mapping[str, str]) -> Mapping[str, str]:
    """Give what the form of the answer begins with: what was typed, or a template that was asked for."""
    key = request.args.get("contoh", "")
    if typed or not key.isdecimal() or len(key) > 9:
        return typed
    template = templates.one(int(key))
    return {"outcome": template.outcome.value, "text_id": template.text_id, "text_en": template.text_en or ""}
