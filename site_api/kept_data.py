"""The page `data yang kami simpan`, made from what the tables say of themselves."""

from functools import partial
from typing import NamedTuple

from flask import Blueprint, Response, request

from site_api import pages
from site_api.database import Model
from site_api.dates import Say, count_words
from site_api.installation import installation
from site_api.retention import TABLES
from site_api.texts import language_of_page

YEAR = 365

site = Blueprint("kept_data", __name__)


class Told(NamedTuple):
    """Hold what the page tells of one table."""

    name: str
    title: str
    what: str
    why: str
    readers: str
    how_long: str


@site.get("/data-kami")
def page() -> Response:
    """Tell of every table what it holds, what for, who reads it and how long it stays."""
    say = partial(installation().texts.say, language_of_page(request.path))
    return pages.render("kept_data.html", tables=[told(model, say) for model in TABLES])


def told(model: type[Model], say: Say) -> Told:
    """Put into words what a table declares."""
    name = model.__tablename__
    title, what, why, readers = (_about(say, name, part) for part in ("title", "what", "why", "readers"))
    return Told(name, title, what, why, readers, _how_long(model, say))


def _about(say: Say, table: str, part: str) -> str:
    return say(f"kept.{table}.{part}")


def _how_long(model: type[Model], say: Say) -> str:
    kept, table = model.kept, model.__tablename__
    if kept.goes_with:
        return say("data_kept.goes_with", what=_about(say, kept.goes_with, "title"))
    if kept.days is None:
        return _about(say, table, "until")
    return say("data_kept.after", length=_length(kept.days, say), event=_about(say, table, "event"))


def _length(days: int, say: Say) -> str:
    years, rest = divmod(days, YEAR)
    return count_words(days, "days", say) if rest else count_words(years, "years", say)
