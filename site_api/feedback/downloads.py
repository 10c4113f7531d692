"""Taking cases out: few alone, more once a second person has approved; each time with its audit row."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from site_api import audit
from site_api.approvals import queries as requests
from site_api.approvals import workflow as approvals
from site_api.approvals.models import LASTS, Approval, Decision
from site_api.approvals.workflow import Job, Subject
from site_api.database import db, write
from site_api.errors import FieldFault, Invalid, SecondPersonNeeded
from site_api.feedback import queries
from site_api.feedback.models import NOUN, Feedback, State
from site_api.feedback.schemas import DownloadAsked
from site_api.installation import Installation
from site_api.reviewers.models import Actor
from site_api.reviewers.policy import Joint

MOST_ALONE = 10
MOST = 5000
MOST_SHOWN = 5


def within(actor: Actor, state: State | None) -> Sequence[Feedback]:
    """Give the cases within sight that a file is to hold; raises Invalid if they are too many for one."""
    found = queries.visible(actor, state, MOST + 1)
    if len(found) > MOST:
        raise Invalid([FieldFault("state", "too_many_rows")])
    return found


def few(actor: Actor, state: State | None) -> Sequence[Feedback]:
    """Give the cases that one person takes alone; raises SecondPersonNeeded for more."""
    found = within(actor, state)
    if len(found) > MOST_ALONE:
        raise SecondPersonNeeded
    return found


def ask(place: Installation, actor: Actor, sent: DownloadAsked) -> None:
    """Ask a second person for a file; raises Invalid where nobody has to be asked, and AlreadyAsked."""
    count = len(within(actor, sent.state))
    if count <= MOST_ALONE:
        raise Invalid([FieldFault("state", "no_second_needed")])
    detail = {"state": sent.state.value if sent.state else None, "cases": count}
    approvals.ask(place, actor, subject_of(actor.name), Joint.EXPORT, detail, sent.reason)


def approve(place: Installation, actor: Actor, request: Approval) -> None:
    """Approve what another has asked for; that one then takes the file."""
    approvals.approve(place, actor, subject_of(request.asked_by), request, write)


def refuse(place: Installation, actor: Actor, request: Approval, because: str) -> None:
    """Refuse what another has asked for."""
    approvals.refuse(place, actor, subject_of(request.asked_by), request, because)


def take_back(place: Installation, actor: Actor, request: Approval) -> None:
    """Take back what one has asked for oneself."""
    approvals.take_back(place, actor, subject_of(actor.name), request)


def take_alone(place: Installation, actor: Actor, count: int, state: State | None) -> None:
    """Leave the trace of a file that one person takes alone."""
    write(_trace(place, actor, count, state))


def take_approved(place: Installation, actor: Actor, count: int, request: Approval) -> None:
    """Use an approved request, once, and leave the trace of the file; raises RequestLapsed."""
    approvals.use(place, actor, request, _trace(place, actor, count, state_of(request), request.id))


def subject_of(name: str) -> Subject:
    """Give the subject of the requests of one account: one of them waits at a time."""
    return Subject("export", f"unduh-{name}")


def state_of(request: Approval) -> State | None:
    """Give the state of cases that a request is about; None: every state."""
    state = requests.detail_of(request)["state"]
    return State(state) if state else None


def own(actor: Actor) -> Sequence[Approval]:
    """Give the newest requests of an actor."""
    return requests.of(subject_of(actor.name).name)[:MOST_SHOWN]


def waiting_for(actor: Actor, now: datetime) -> Sequence[Approval]:
    """Give the requests for files that wait for an actor, the oldest first."""
    found = requests.lasting_for(actor, Joint.EXPORT, now).order_by(Approval.id)
    return db.session.scalars(found.limit(requests.MOST)).all()


def standing_of(request: Approval, now: datetime) -> Decision:
    """Give what a request is worth now: what has run out has lapsed, whoever wrote that down."""
    is_open = request.decision in (Decision.ASKED, Decision.APPROVED)
    return Decision.LAPSED if is_open and now >= until(request) else request.decision


def until(request: Approval) -> datetime:
    """Give the moment at which a request, or its approval, runs out."""
    return (request.decided_at or request.asked_at) + LASTS[request.verb]


def _trace(
    place: Installation, actor: Actor, count: int, state: State | None, request: int | None = None
) -> Job:
    now, name = place.now(), actor.name
    detail: dict[str, object] = {"cases": count, "state": state.value if state else None}
    if request is not None:
        detail["request"] = request

    def job(connection: Connection) -> None:
        audit.record(connection, at=now, actor=name, verb=f"{NOUN}.download", subject=NOUN, detail=detail)

    return job
