"""The lists of cases, a page at a time and narrowed by filters, each along an index of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, text, tuple_

from site_api.database import UtcTime, db
from site_api.errors import CaseUnknown, FieldFault, Invalid
from site_api.feedback import search
from site_api.feedback.filters import Filters, View, conditions
from site_api.feedback.models import DONE, HELD, LEADS, WAITING, Feedback, SearchWord
from site_api.feedback.queries import case_of, visible_to
from site_api.installation import Installation
from site_api.reviewers.models import Actor
from site_api.reviewers.policy import Whose, sight_of

PAGE = 50
MOST_COUNTED = 100
IN_LIST = {View.WAITING: text(WAITING), View.HELD: text(HELD), View.DONE: text(DONE)}
ORDER: dict[View, tuple[Any, ...]] = {
    View.WAITING: (Feedback.answer_by.asc().nulls_last(), Feedback.received_at, Feedback.id),
    View.HELD: (Feedback.received_at, Feedback.id),
    View.DONE: (Feedback.id.desc(),),
}
"""The newest is what was stored last; no index of days is needed for that."""


@dataclass(frozen=True)
class Page:
    """Hold one page of a list, and the number after which the next one begins."""

    cases: Sequence[Feedback]
    after: str | None
    is_cut: bool = False


def page(place: Installation, actor: Actor, view: View, asked: Filters) -> Page:
    """Give a page of a list; raises Invalid for a place in it that is not within sight."""
    last = _last_shown(actor, asked)
    if view is View.FOUND:
        return _found(place, actor, asked, last)
    return _page(_listed(place, actor, view, asked, last).order_by(*ORDER[view]))


def _page(found: Select[Any], *, is_cut: bool = False) -> Page:
    keys = db.session.scalars(found.limit(PAGE + 1)).all()
    shown = select(Feedback).where(Feedback.id.in_(keys[:PAGE]))
    rows = {case.id: case for case in db.session.scalars(shown)}
    cases = [rows[key] for key in keys[:PAGE]]
    has_more = len(keys) > PAGE
    return Page(cases, cases[-1].number if has_more else None, is_cut and not has_more)


def count(place: Installation, actor: Actor, view: View, asked: Filters | None = None) -> int:
    """Count a list, but no further than one more than is told."""
    some = _listed(place, actor, view, asked or Filters(), None).limit(MOST_COUNTED + 1)
    return db.session.scalar(select(func.count()).select_from(some.subquery())) or 0


def _last_shown(actor: Actor, asked: Filters) -> Feedback | None:
    try:
        return case_of(actor, asked.setelah) if asked.setelah else None
    except CaseUnknown:
        raise Invalid([FieldFault("setelah", "unknown_place")]) from None


def _listed(
    place: Installation, actor: Actor, view: View, asked: Filters, last: Feedback | None
) -> Select[Any]:
    whole = visible_to(actor).with_only_columns(Feedback.id).where(IN_LIST[view], *conditions(place, asked))
    if last is not None:
        whole = whole.where(_after(view, last))
    index = _index(actor, view, asked)
    return whole.with_hint(Feedback, f"INDEXED BY {index}") if index else whole


def _index(actor: Actor, view: View, asked: Filters) -> str | None:
    """Name the index that leaves least to look through; SQLite has no figures by which it could choose."""
    sight = sight_of(actor)
    if sight is None or view is not View.DONE:
        return f"feedback_{view}" if sight else None
    by_sight = {Whose.OWN: "agency", Whose.OF_OPERATORS: "concerns"}.get(sight.whose)
    lead = by_sight or next((name for name in LEADS if getattr(asked, name, None)), None)
    return f"feedback_done_{lead}" if lead else "feedback_done"


def _after(view: View, last: Feedback) -> ColumnElement[bool]:
    """Give the condition that a case comes after another one, whatever became of that one meanwhile."""
    if view is View.DONE:
        return Feedback.id < last.id
    later = tuple_(Feedback.received_at, Feedback.id) > tuple_(literal(last.received_at, UtcTime()), last.id)
    if view is View.HELD:
        return later
    without = Feedback.answer_by.is_(None)
    if last.answer_by is None:
        return and_(without, later)
    return or_(
        without, Feedback.answer_by > last.answer_by, and_(Feedback.answer_by == last.answer_by, later)
    )


def _found(place: Installation, actor: Actor, asked: Filters, last: Feedback | None) -> Page:
    """Find by a number or by words, the newest first; where nothing was asked nothing is found."""
    whole = visible_to(actor).with_only_columns(Feedback.id).where(*conditions(place, asked))
    if asked.number:
        return _page(whole.where(Feedback.number == asked.number))
    words = search.keys_of(place, asked.words or "")
    if not words:
        return Page((), None)
    first, before = search.rarest(words), last.id if last else None
    oldest = search.oldest(first, before)
    joined = whole.join(SearchWord, SearchWord.feedback_id == Feedback.id)
    joined = joined.where(*search.holding(words, first, before))
    if oldest is not None:
        joined = joined.where(SearchWord.feedback_id > oldest)
    return _page(joined.order_by(SearchWord.feedback_id.desc()), is_cut=oldest is not None)
