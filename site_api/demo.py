"""Fills the database of `make demo`: a simulated year of calls, and made-up feedback in every state."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import yaml
from flask.cli import with_appcontext
from pydantic import TypeAdapter

from site_api.calls import simulation
from site_api.cases import DeclineReason
from site_api.database import db
from site_api.feedback import following, opinions, queries, workflow
from site_api.feedback.models import Feedback
from site_api.feedback.schemas import Assignment, NewAnswer, NewFeedback, NewOpinion, Verification
from site_api.hoax_reports import workflow as hoax_workflow
from site_api.hoax_reports.models import HoaxReport
from site_api.hoax_reports.schemas import NewFinding, NewHoaxReport
from site_api.installation import Installation, installation
from site_api.reviewers import authenticator, invitations
from site_api.reviewers.models import Actor, Role
from site_api.reviewers.schemas import NewAccount

STORIES = Path(__file__).with_name("demo.yml")
YEAR_END = date(2026, 10, 31)
SEED = 112
OFFICE_OPENS = time(9)
TRIAGE = Actor(0, "triase", Role.TRIAGE, None, "")
GROUND = {"organisation": "Forum Warga (simulasi)", "basis": "Surat 112/SIM/2026, 1 Oktober 2026"}
ACCOUNTS: dict[str, dict[str, Any]] = {
    TRIAGE.name: {"role": Role.TRIAGE},
    "petugas-dinkes": {"role": Role.AGENCY, "agency": "dinkes"},
    "inspektorat": {"role": Role.INSPECTORATE},
    "dprd": {"role": Role.DPRD},
    "lsm": {"role": Role.NGO, **GROUND},
    "auditor": {"role": Role.AUDITOR},
    "admin": {"role": Role.ADMIN},
}
Step = Callable[[int, Callable[[Installation, Feedback], None]], None]
BESIDE = {
    "received_on",
    "verify_after",
    "assign",
    "answer",
    "dispute",
    "answer_again",
    "publish_after",
    "opinions",
    "decline_after",
    "withdraw_after",
}


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Fill an empty database with simulated calls and made-up cases; print how to sign in."""
    place = installation()
    if db.session.query(Feedback).count() or db.session.query(HoaxReport).count():
        raise click.ClickException("the database holds cases already: a demo begins with an empty one")
    _import_calls(place)
    stories = yaml.safe_load(STORIES.read_text("utf-8"))
    for index, story in enumerate(stories["feedback"]):
        _tell(place, story, f"demo-feedback-number-{index:06}")
    for index, story in enumerate(stories["hoax_reports"]):
        _tell_of_hoax(place, story, f"demo-hoax-report-number-{index:06}")
    answered = queries.answered_before(place, YEAR_END)
    workflow.close_due(_at(place, YEAR_END), answered, YEAR_END)
    password = secrets.token_urlsafe(18)
    click.echo(f"Data simulasi. Portal: /tinjau/; password {password}; keys for an authenticator app:")
    for name, values in ACCOUNTS.items():
        click.echo(f"{name:<16}{_enrolled(place, NewAccount(name=name, **values), password)}")


def _enrolled(place: Installation, new: NewAccount, password: str) -> str:
    """Make an account as its owner would, and give the key of its authenticator."""
    invitation = invitations.opened(place, invitations.invite(place, "command", new))
    secret = authenticator.secret_of(place.settings.secret_key, invitation.totp_salt)
    invitations.accept(place, invitation, password, authenticator.code_at(secret, place.now()))
    return secret


def _import_calls(place: Installation) -> None:
    with TemporaryDirectory() as folder:
        simulation.import_year(place, Path(folder), year_end=YEAR_END, seed=SEED)


def _tell(place: Installation, story: dict[str, Any], key: str) -> None:
    """Let one made-up piece of feedback live its life, each step on its day."""
    day = story["received_on"]
    sent = {name: value for name, value in story.items() if name not in BESIDE}
    passes_on = story.get("answer", {}).get("outcome") == "handed_over"
    new = _made(NewFeedback, sent | {"may_pass_on": passes_on})
    number = workflow.submit(_at(place, day), new, key)[0].number

    def step(days: int, act: Callable[[Installation, Feedback], None]) -> None:
        nonlocal day
        day += timedelta(days=days)
        act(_at(place, day), _fresh(Feedback, number))

    if "decline_after" in story:
        step(story["decline_after"], lambda at, case: workflow.decline(at, TRIAGE, case, DeclineReason.SPAM))
    if "withdraw_after" in story:
        step(story["withdraw_after"], workflow.withdraw)
    if "verify_after" in story:
        read = Verification(kind=new.kind, service=new.service, clause=new.clause)
        step(story["verify_after"], lambda at, case: workflow.verify(at, TRIAGE, case, read))
    if "assign" in story:
        assignment = _made(Assignment, {name: story["assign"][name] for name in ("agency", "reason")})
        step(story["assign"]["after"], lambda at, case: workflow.assign(at, TRIAGE, case, assignment))
    if "answer" in story:
        _answer(step, story["answer"])
    if "dispute" in story:
        said = story["dispute"]
        step(said["after"], lambda at, case: following.dispute(at, case, said["objection"]))
    if "answer_again" in story:
        _answer(step, story["answer_again"])
    if "publish_after" in story:
        step(story["publish_after"], lambda at, case: workflow.publish(at, TRIAGE, case))
    for opinion in story.get("opinions", ()):
        _opine(step, opinion)


def _answer(step: Step, told: dict[str, Any]) -> None:
    given = {name: value for name, value in told.items() if name in NewAnswer.model_fields}
    answer = _made(NewAnswer, given)
    step(told["after"], lambda at, case: workflow.answer(at, TRIAGE, case, answer))


def _opine(step: Step, told: dict[str, Any]) -> None:
    new = _made(NewOpinion, {name: told[name] for name in NewOpinion.model_fields if name in told})
    by, named = Actor(0, told["by"], Role(told["role"]), None, ""), told["organisation"]
    step(told["after"], lambda at, case: opinions.opine(at, by, case, new, named))


def _tell_of_hoax(place: Installation, story: dict[str, Any], key: str) -> None:
    sent = {name: value for name, value in story.items() if name not in ("received_on", "find")}
    at = _at(place, story["received_on"])
    number = hoax_workflow.submit(at, _made(NewHoaxReport, sent), key)[0].number
    hoax_workflow.verify(at, TRIAGE, _fresh(HoaxReport, number))
    if "find" in story:
        later = _at(place, story["received_on"] + timedelta(days=story["find"]["after"]))
        finding = _made(NewFinding, {"finding": story["find"]["finding"]}).finding
        hoax_workflow.find(later, TRIAGE, _fresh(HoaxReport, number), finding)


def _made(kind: Any, values: dict[str, Any]) -> Any:
    return TypeAdapter(kind).validate_python(values, strict=False)


def _fresh(model: type[Any], number: str) -> Any:
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(model).filter_by(number=number).one()


def _at(place: Installation, day: date) -> Installation:
    moment = datetime.combine(day, OFFICE_OPENS, place.zone)
    return replace(place, clock=lambda: moment)
