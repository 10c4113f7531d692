"""Who sits at the desks of the portal in a browser, and the cases that they find there."""

from typing import Any

from flask import Flask

from site_api.database import db
from site_api.feedback import deciding, workflow
from site_api.feedback.models import Feedback
from site_api.feedback.schemas import Assignment, NewFeedback, Verification
from site_api.installation import installation
from site_api.reviewers.models import Actor, Role
from tests.site_api.portal import add_reviewer
from tests.site_api.stories import answer, sent

STAFF: dict[str, tuple[Role, str | None]] = {
    "sari": (Role.TRIAGE, None),
    "joko": (Role.TRIAGE, None),
    "budi": (Role.AGENCY, "damkar"),
    "dina": (Role.AGENCY, "diskominfo"),
    "ratna": (Role.INSPECTORATE, None),
    "fraksi": (Role.DPRD, None),
    "forum": (Role.NGO, None),
    "ujang": (Role.AUDITOR, None),
    "ani": (Role.ADMIN, None),
}
WORDS = "Mobil pemadam berputar dua kali sebelum menemukan gang kami."
REASON = "Gang ini di wilayah tugas mereka."


def actor(name: str) -> Actor:
    """Give somebody of the staff as who acts."""
    role, agency = STAFF[name]
    return Actor(list(STAFF).index(name) + 1, name, role, agency, "token")


def seat(app: Flask, names: list[str] | None = None) -> None:
    """Give the staff their accounts."""
    with app.app_context():
        for name in names or list(STAFF):
            add_reviewer(name, *STAFF[name])


def stored(number: str) -> Feedback:
    """Give a case as it stands now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(Feedback).filter_by(number=number).one()


def new_case(app: Flask, **changes: Any) -> str:
    """Let somebody send feedback, and give its number."""
    with app.app_context():
        new = NewFeedback.model_validate(sent(**{"message": WORDS} | changes), strict=False)
        return workflow.submit(installation(), new, None)[0].number


def verified(app: Flask, desk: str = "sari", **changes: Any) -> str:
    """Give the number of a case that its desk has read."""
    number = new_case(app, **changes)
    with app.app_context():
        case = stored(number)
        read = Verification(kind=case.kind, service=case.service, clause=case.clause)
        workflow.verify(installation(), actor(desk), case, read)
    return number


def assigned(app: Flask, agency: str = "damkar", desk: str = "sari", **changes: Any) -> str:
    """Give the number of a case that lies with an agency."""
    number = verified(app, desk, **changes)
    with app.app_context():
        workflow.assign(installation(), actor(desk), stored(number), Assignment(agency=agency, reason=REASON))
    return number


def answered(app: Flask, by: str = "sari", **changes: Any) -> str:
    """Give the number of a case that has its answer."""
    number = verified(app, by, **changes)
    with app.app_context():
        workflow.answer(installation(), actor(by), stored(number), answer())
    return number


def drafted(app: Flask, by: str, desk: str) -> str:
    """Give the number of a complaint about an agency whose own answer waits for another office."""
    agency = STAFF[by][1] or ""
    clause = {"damkar": "KBK.siap", "diskominfo": "UMUM.angkat"}[agency]
    number = assigned(app, agency, desk, clause=clause)
    with app.app_context():
        deciding.answer(installation(), actor(by), stored(number), answer())
    return number
