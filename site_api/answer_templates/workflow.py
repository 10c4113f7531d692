"""Every change of an answer to begin from, each with its audit row."""

from datetime import datetime

from sqlalchemy import Connection, delete, update

from site_api import audit
from site_api.answer_templates.models import NOUN, AnswerTemplate
from site_api.answer_templates.schemas import NewTemplate
from site_api.database import insert, write
from site_api.errors import Conflict
from site_api.installation import Installation
from site_api.reviewers.models import Actor


def add(place: Installation, actor: Actor, sent: NewTemplate) -> int:
    """Keep a new template and give its key."""
    values, by, now = dict(sent), actor.name, place.now()

    def job(connection: Connection) -> int:
        key = insert(connection, AnswerTemplate, **values, version=1)
        _record(connection, by, "add", key, now)
        return key

    return write(job)


def change(place: Installation, actor: Actor, template: AnswerTemplate, sent: NewTemplate) -> None:
    """Change a template as it was seen; raises Conflict if a colleague was faster."""
    key, version = template.id, template.version
    values, by, now = {**dict(sent), "version": version + 1}, actor.name, place.now()
    as_seen = AnswerTemplate.id == key, AnswerTemplate.version == version

    def job(connection: Connection) -> None:
        if connection.execute(update(AnswerTemplate).where(*as_seen).values(**values)).rowcount != 1:
            raise Conflict
        _record(connection, by, "change", key, now)

    write(job)


def remove(place: Installation, actor: Actor, template: AnswerTemplate) -> None:
    """Remove a template as it was seen; raises Conflict if a colleague was faster."""
    key, by, now = template.id, actor.name, place.now()
    as_seen = AnswerTemplate.id == key, AnswerTemplate.version == template.version

    def job(connection: Connection) -> None:
        if connection.execute(delete(AnswerTemplate).where(*as_seen)).rowcount != 1:
            raise Conflict
        _record(connection, by, "remove", key, now)

    write(job)


def _record(connection: Connection, by: str, what: str, key: int, now: datetime) -> None:
    audit.record(connection, at=now, actor=by, verb=f"{NOUN}.{what}", subject=f"{NOUN}-{key}")
