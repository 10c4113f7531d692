"""A portal with cases, reports and measures in every state, and what waits for each of the staff."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import update

from charter_data.snapshot import Finding
from site_api.answer_templates import workflow as templates
from site_api.answer_templates.schemas import NewTemplate
from site_api.approvals import queries as requests
from site_api.approvals import workflow as approvals
from site_api.cases import DeclineReason, HoldReason
from site_api.database import db, write
from site_api.feedback import deciding, following, keeping, workflow
from site_api.feedback.models import Feedback
from site_api.feedback.schemas import Extension, NewFeedback
from site_api.hoax_reports import deciding as hoax_deciding
from site_api.hoax_reports import workflow as hoax
from site_api.hoax_reports.models import HoaxReport
from site_api.hoax_reports.schemas import NewHoaxReport
from site_api.installation import installation
from site_api.measures import workflow as measures
from site_api.measures.models import State as Standing
from site_api.measures.schemas import Judgement
from tests.browser.desks import WORDS, actor, answered, assigned, drafted, new_case, stored, verified
from tests.site_api.measures import people
from tests.site_api.stories import sent

CALLER = "0813-2222-4444"
UNCLEAR = DeclineReason.UNCLEAR
APPEAL = "Ponsel saya dipinjam tetangga malam itu."
MESSAGE = "Gang mana yang Anda maksud, dan di kelurahan apa?"
OBJECTION = "Papan itu sampai sekarang belum dipasang."
Furniture = dict[str, str]


def furnish(app: Flask, folder: Path) -> Furniture:
    """Fill the portal, and give the address of each thing below /tinjau/ by what is special about it."""
    numbers = {f"masukan/{number}": what for what, number in _feedback(app).items()}
    with app.app_context():
        numbers |= {f"panggilan-palsu/{number}": what for what, number in _reports().items()}
        numbers |= {f"tindakan/{number}": what for what, number in _measures().items()}
        people.import_calls(folder, ["iseng", "palsu", "senyap"], CALLER)
    return {what: address for address, what in numbers.items()}


def _feedback(app: Flask) -> Furniture:
    made = _sorted(app) | _ended(app) | _of_operators(app)
    with app.app_context():
        sample = {"title": "Papan nama gang", "outcome": "planned", "text_id": "Papan nama gang kami pasang."}
        templates.add(installation(), actor("sari"), NewTemplate.model_validate(sample, strict=False))
    return made


def _sorted(app: Flask) -> Furniture:
    """Give what is still open at the desk of triage."""
    made = {
        "new": new_case(app),
        "new, sensitive": new_case(app, clause=None, service="JWA"),
        "held": _held(app),
        "read": verified(app, kind="suggestion"),
        "read, sensitive": verified(app, clause=None, service="JWA"),
        "asked to decline": verified(app),
        "asked to decline by oneself": verified(app),
        "refused to decline": verified(app),
        "with its agency": assigned(app),
        "with another agency": assigned(app, "dinkes", kind="suggestion"),
        "late, with notes and messages": assigned(app, may_pass_on=True),
        "with more time": assigned(app),
        "draft of an agency": drafted(app, "budi", "sari"),
    }
    with app.app_context():
        place = installation()
        for what, name in (
            ("asked to decline", "joko"),
            ("asked to decline by oneself", "sari"),
            ("refused to decline", "joko"),
        ):
            deciding.decline(place, actor(name), stored(made[what]), UNCLEAR)
        case = stored(made["refused to decline"])
        waiting = requests.shown(actor("sari"), case)["asked"][0]
        approvals.refuse(place, actor("sari"), approvals.about(case), waiting, "Gangnya disebut jelas.")
        _talk(made["late, with notes and messages"])
        _hurry(made["with more time"], 10)
        later = place.local_date(place.now()) + timedelta(days=20)
        more = Extension(answer_by=later, reason="Regu masih mengukur gangnya.")
        keeping.extend(place, actor("sari"), stored(made["with more time"]), more)
        _hurry(made["with its agency"], 2)
        _hurry(made["read"], 9)
    return made


def _held(app: Flask) -> str:
    with app.app_context():
        new = NewFeedback.model_validate(sent(message=WORDS), strict=False)
        return workflow.submit(installation(), new, None, HoldReason.HONEYPOT)[0].number


def _hurry(number: str, days: int) -> None:
    """Promise an answer, as a city does whose charter is agreed on; before today it is late."""
    place = installation()
    today = place.local_date(place.now())
    due = {"answer_by": today + timedelta(days=days), "verify_by": today + timedelta(days=days)}
    by_hand = update(Feedback).where(Feedback.number == number).values(**due)
    write(lambda connection: connection.execute(by_hand).rowcount)


def _talk(number: str) -> None:
    place = installation()
    following.write_back(place, actor("sari"), stored(number), MESSAGE)
    following.add_message(place, stored(number), "Gang di belakang pasar, yang tidak ada papannya.")
    for name in ("sari", "budi"):
        keeping.note(place, actor(name), stored(number), "Sudah ditelepon ke pos jaga, menunggu kabar.")
    _hurry(number, -4)


def _ended(app: Flask) -> Furniture:
    """Give what has an answer, or will get none."""
    acts: dict[str, tuple[str, Callable[..., Any]]] = {
        "published": (answered(app), lambda at, case: workflow.publish(at, actor("sari"), case)),
        "taken off the site": (answered(app), _off_again),
        "asked to publish": (
            answered(app, clause=None, service="JWA"),
            lambda at, case: deciding.publish(at, actor("joko"), case),
        ),
        "objected to": (answered(app), lambda at, case: following.dispute(at, case, OBJECTION)),
        "rated": (answered(app), lambda at, case: following.rate(at, case, 4)),
        "declined": (
            verified(app),
            lambda at, case: workflow.decline(at, actor("sari"), case, DeclineReason.SPAM),
        ),
        "withdrawn": (verified(app), workflow.withdraw),
        "erased": (answered(app), following.erase),
        "asked to erase": (
            answered(app),
            lambda at, case: deciding.erase(at, actor("joko"), case, "Memuat nama tetangga."),
        ),
    }
    with app.app_context():
        for number, act in acts.values():
            act(installation(), stored(number))
    made = {what: number for what, (number, _) in acts.items()}
    return made | {"answered, not for the public": answered(app, may_publish=False)}


def _off_again(place: Any, case: Feedback) -> None:
    number = case.number
    workflow.publish(place, actor("sari"), case)
    workflow.unpublish(place, actor("sari"), stored(number))


def _of_operators(app: Flask) -> Furniture:
    about = {"clause": "UMUM.angkat"}
    return {
        "operators: new": new_case(app, was_disbelieved=True, **about),
        "operators: read": verified(app, "ratna", **about),
        "operators: draft": drafted(app, "dina", "ratna"),
        "operators: answered": answered(app, "ratna", **about),
    }


def _reports() -> Furniture:
    place, sari = installation(), actor("sari")
    found = _report()
    hoax.find(place, sari, _read(found), Finding.NOT_PROVEN)
    declined, asked, erasing = _report(), _report(), _report()
    hoax.decline(place, sari, _read(declined), DeclineReason.SPAM)
    hoax_deciding.decline(place, actor("joko"), _read(asked), UNCLEAR)
    hoax_deciding.erase(place, sari, _read(erasing), "Memuat nama tetangga.")
    read = _report()
    _read(read)
    return {
        "report": _report(),
        "report held": _report(HoldReason.TOO_FAST),
        "report read": read,
        "report found": found,
        "report declined": declined,
        "report: asked to decline": asked,
        "report: asked to erase": erasing,
    }


def _report(held: HoldReason | None = None) -> str:
    place = installation()
    event = {
        "class": "palsu",
        "occurred_on": place.local_date(place.now()).isoformat(),
        "agencies": ["damkar"],
        "place": "Dekat pasar lama",
        "note": "Mobil datang, tidak ada api.",
    }
    return hoax.submit(place, NewHoaxReport.model_validate(event, strict=False), None, held)[0].number


def _read(number: str) -> HoaxReport:
    """Let triage take a report as read, and give it as it stands then."""
    for is_last in (False, True):
        db.session.rollback()
        db.session.expire_all()
        report = db.session.query(HoaxReport).filter_by(number=number).one()
        if not is_last:
            hoax.verify(installation(), actor("sari"), report)
    return report


def _measures() -> Furniture:
    place = installation()
    caller = [people.hidden(f"0813-5555-000{index}") for index in range(6)]
    appealed, lifted, told = (people.in_force(caller=caller[index]) for index in range(3))
    refused = people.proposed(caller[3])
    for one in (appealed, lifted):
        measures.appeal(place, people.SARI, one, APPEAL)
    judgement = Judgement(outcome=Standing.LIFTED, grounds=people.GROUNDS)
    measures.judge(place, people.WATI, people.again(lifted), judgement)
    measures.tell(place, people.TONO, told)
    measures.refuse(place, people.TONO, refused, people.GROUNDS)
    made = {
        "measure proposed by oneself": people.proposed(caller[4]),
        "measure proposed": people.proposed(caller[5], people.TONO),
        "measure in force": told,
        "measure appealed": appealed,
        "measure lifted": lifted,
        "measure refused": refused,
    }
    return {what: people.again(one).number for what, one in made.items()}
