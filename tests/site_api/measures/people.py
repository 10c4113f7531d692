"""Who acts on measures in tests, a caller with a log of calls, and how a measure comes about."""

from typing import Any

from site_api.calls.callers import caller_hash
from site_api.database import db
from site_api.installation import installation
from site_api.measures import workflow
from site_api.measures.models import Measure
from site_api.measures.schemas import Proposal
from site_api.reviewers.models import Actor, Role
from tests.site_api.calls import logs

SARI = Actor(1, "sari", Role.TRIAGE, None, "token")
TONO = Actor(2, "tono", Role.TRIAGE, None, "token")
WATI = Actor(3, "wati", Role.INSPECTORATE, None, "token")
NUMBER = "0812-3456-7890"
GROUNDS = "Tiga kali mobil datang dan tidak ada apa-apa."


def import_calls(folder, classes, number=NUMBER):
    """Import a call of each class by one caller, a day after the other."""
    rows = [
        logs.row(f"{number}-{index}", masuk=86_400 * index, kelas=kind, penelepon=number)
        for index, kind in enumerate(classes)
    ]
    logs.import_rows(folder, rows, **logs.CALLER)


def hidden(number=NUMBER):
    return caller_hash(installation().settings.number_key, number)


def proposal(**changes: Any) -> Proposal:
    whole = {"handle": "x", "caller": "adult", "step": "tandai", "grounds": GROUNDS}
    return Proposal.model_validate(whole | changes, strict=False)


def proposed(caller=None, actor=SARI, **changes) -> Measure:
    number = workflow.propose(installation(), actor, proposal(**changes), caller or hidden(), 3)
    return db.session.query(Measure).filter_by(number=number).one()


def in_force(**changes) -> Measure:
    measure = proposed(**changes)
    workflow.second(installation(), TONO, measure, GROUNDS)
    return again(measure)


def again(measure: Measure) -> Measure:
    db.session.rollback()
    return db.session.get_one(Measure, measure.id, populate_existing=True)
