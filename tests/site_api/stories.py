"""Feedback as citizens send it, answers as staff give them, and who gives them."""

from typing import Any

from site_api.feedback.schemas import NewAnswer
from site_api.reviewers.models import Actor, Role

TRIAGE = Actor(1, "sari", Role.TRIAGE, None, "token")
DAMKAR = Actor(2, "budi", Role.AGENCY, "damkar", "token")


def sent(**changes: Any) -> dict[str, Any]:
    whole = {
        "kind": "complaint",
        "message": "Damkar datang lama sekali, api sudah habis.",
        "happened": "past",
        "may_publish": True,
        "may_pass_on": False,
        "clause": "KBK.siap",
    }
    return whole | changes


def answer(**changes: Any) -> NewAnswer:
    whole = {
        "outcome": "done",
        "text_id": "Kami menambah satu regu jaga di kecamatan Anda.",
        "summary_id": "Warga menyampaikan bahwa Damkar datang lama.",
    }
    return NewAnswer.model_validate(whole | changes, strict=False)
