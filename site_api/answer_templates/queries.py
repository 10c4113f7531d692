"""What may be read of answers to begin from."""

from collections.abc import Sequence

from sqlalchemy import select

from site_api.answer_templates.models import AnswerTemplate
from site_api.database import db
from site_api.errors import NotFound


def all_of_them() -> Sequence[AnswerTemplate]:
    """Give every template, by title."""
    return db.session.scalars(select(AnswerTemplate).order_by(AnswerTemplate.title, AnswerTemplate.id)).all()


def one(key: int) -> AnswerTemplate:
    """Give one template; raises NotFound."""
    found = db.session.get(AnswerTemplate, key)
    if found is None:
        raise NotFound
    return found
