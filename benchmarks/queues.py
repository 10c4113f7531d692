"""The lists and the search of the portal with a million cases, beside pages by offset and LIKE."""

import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import Select, func, select

from benchmarks import seeding
from site_api import create_app
from site_api.database import close_app, db
from site_api.feedback import queue
from site_api.feedback.filters import STATES, Filters, View, conditions, offered
from site_api.feedback.models import Feedback, FeedbackKind, State
from site_api.feedback.queries import visible_to
from site_api.installation import Installation, installation
from site_api.reviewers.models import Actor, Role
from site_api.settings import KEY_NAMES, SQLITE, Settings

CASES = 1_000_000
LIMIT_MS = 50.0
PAGES = 20
NAIVE_PAGES = (PAGES - 1,)
AGENCY = "damkar"
ROLES = tuple(role for role in Role if role is not Role.ADMIN)
FILTERED = (View.WAITING, View.DONE)


@dataclass(frozen=True)
class Asked:
    """Hold what one role asks of one list."""

    role: Role
    view: View
    filters: Filters

    @property
    def actor(self) -> Actor:
        """Give somebody of the role."""
        return Actor(1, self.role.value, self.role, AGENCY if self.role is Role.AGENCY else None, "")

    def __str__(self) -> str:
        """Say it in few words."""
        return " ".join(
            [self.view, self.role, *(f"{name}={value}" for name, value in self.filters.given.items())]
        )


@dataclass(frozen=True)
class Timed:
    """Hold the P95 in milliseconds of one question; `naive` is None where only ours was asked."""

    asked: Asked
    ours: float
    naive: float | None

    @property
    def is_over(self) -> bool:
        """Tell whether ours is slow where the naive way is slow too, or was not tried."""
        return self.ours >= LIMIT_MS and (self.naive is None or self.naive > LIMIT_MS)


@dataclass(frozen=True)
class Lists:
    """Hold how much there was to look through, and how long it took."""

    sizes: seeding.Sizes
    timed: list[Timed]


def measure(folder: Path, cases: int = CASES) -> Lists:
    """Seed a database; ask every list, every single filter of every role, and the search."""
    app = create_app(_settings(folder / "queues.sqlite3"))
    with app.app_context():
        upgrade()
        place = installation()
        sizes = seeding.seed(place, cases)
        beside = [*_views(), *_filters(place, Role.TRIAGE), *_searches(sizes)]
        alone = [asked for role in ROLES if role is not Role.TRIAGE for asked in _filters(place, role)]
        timed = [Timed(asked, _ours(place, asked), _naive(place, asked)) for asked in beside]
        timed += [Timed(asked, _ours(place, asked), None) for asked in alone]
    close_app(app)
    return Lists(sizes, timed)


def report(lists: Lists) -> str:
    """Give the figures as lines."""
    sizes, beside = lists.sizes, [one for one in lists.timed if one.naive is not None]
    alone = [one for one in lists.timed if one.naive is None]
    slowest = max(alone, key=lambda one: one.ours)
    lines = [
        f"Lists of {sizes.cases:,} cases ({sizes.waiting:,} wait, {sizes.held:,} are held; {sizes.pairs:,}"
        f" words taken down; {sizes.megabytes:,.0f} MB), P95 of a page and its count, under {LIMIT_MS:g} ms"
        " where pages by offset and LIKE need more:",
        *(f"{one.asked}: {_beside(one)}" for one in beside),
        f"{len(alone)} more, every single filter of the other roles:"
        f" at most {slowest.ours:.1f} ms ({slowest.asked})",
    ]
    return "\n".join(lines)


def over(lists: Lists) -> list[str]:
    """Name what is over the limit."""
    return [f"{one.asked}: {one.ours:.1f} ms" for one in lists.timed if one.is_over]


def _beside(one: Timed) -> str:
    naive = one.naive or 0
    return f"{one.ours:.1f} ms, naive {naive:.0f} ms ({naive / one.ours:.1f} times)"


def _views() -> Iterator[Asked]:
    for role in ROLES:
        for view in FILTERED:
            yield Asked(role, view, Filters())
    for role in (Role.TRIAGE, Role.INSPECTORATE):
        yield Asked(role, View.HELD, Filters())


def _filters(place: Installation, role: Role) -> Iterator[Asked]:
    """Give each filter of each list that the role is offered, each with a frequent and a rare value."""
    for view in FILTERED:
        somebody = Asked(role, view, Filters())
        for name in offered(somebody.actor, view):
            for value in _values(place, view, name):
                yield Asked(role, view, Filters.model_validate({name: value}, strict=False))


def _values(place: Installation, view: View, name: str) -> tuple[Any, ...]:
    charter = place.charter
    some: dict[str, list[Any]] = {
        "state": list(STATES[view]),
        "kind": list(FeedbackKind),
        "service": [service.public_code for service in charter.services],
        "clause": [key for key in charter.by_id if key.split(".")[0] in charter.service_of_scope],
        "agency": [agency.key for agency in charter.agencies],
        "district": list(charter.area.district),
    }
    return (some[name][0], some[name][-1]) if name in some else ("yes",)


def _searches(sizes: seeding.Sizes) -> Iterator[Asked]:
    words = sizes.words
    for typed in (words[0], words[100], words[-1], f"{words[0]} {words[50]}", f"{words[10]} {words[-1]}"):
        yield Asked(Role.TRIAGE, View.FOUND, Filters(words=typed))
    for role in (Role.AGENCY, Role.INSPECTORATE):
        yield Asked(role, View.FOUND, Filters(words=words[100]))
    yield Asked(Role.TRIAGE, View.FOUND, Filters(words=words[0], state=State.DECLINED))


def _ours(place: Installation, asked: Asked) -> float:
    """Walk through the first pages, and through some from the middle of all cases."""
    took, middle = [], db.session.scalar(select(func.max(Feedback.id)).select_from(Feedback)) or 0
    inside = visible_to(asked.actor).where(Feedback.id <= middle // 2).order_by(Feedback.id.desc()).limit(1)
    for start in (None, db.session.scalars(inside).one().number):
        after = start
        for _ in range(PAGES):
            filters = asked.filters.model_copy(update={"setelah": after})
            seconds, page = _time(partial(_page_and_count, place, asked, filters))
            took.append(seconds)
            if (after := page.after) is None:
                break
    return _p95(took)


def _page_and_count(place: Installation, asked: Asked, filters: Filters) -> queue.Page:
    db.session.rollback()
    if asked.view is not View.FOUND:
        queue.count(place, asked.actor, asked.view, asked.filters)
    return queue.page(place, asked.actor, asked.view, filters)


def _naive(place: Installation, asked: Asked) -> float:
    """Ask the same by LIKE, for a page by offset with a count of all; the same pages, but fewer of them."""
    wanted = _plainly(place, asked)
    order: tuple[Any, ...] = (Feedback.received_at.desc(), Feedback.id.desc())
    if asked.view is View.WAITING:
        order = (Feedback.answer_by.asc().nulls_last(), Feedback.received_at.asc(), Feedback.id.asc())

    def ask(offset: int) -> None:
        db.session.rollback()
        db.session.scalar(select(func.count()).select_from(wanted.with_only_columns(Feedback.id).subquery()))
        db.session.scalars(wanted.order_by(*order).limit(queue.PAGE).offset(offset)).all()

    return _p95([_time(partial(ask, page * queue.PAGE))[0] for page in NAIVE_PAGES])


def _plainly(place: Installation, asked: Asked) -> Select[Any]:
    is_held = Feedback.held_at.is_not(None)
    wanted = visible_to(asked.actor).where(
        *conditions(place, asked.filters.model_copy(update={"words": None}))
    )
    if asked.view is View.FOUND:
        return wanted.where(
            *(Feedback.text.like(f"%{word}%") for word in (asked.filters.words or "").split())
        )
    if asked.view is View.HELD:
        return wanted.where(Feedback.state == State.RECEIVED, is_held)
    states = wanted.where(Feedback.state.in_(STATES[asked.view]))
    return states.where(~is_held) if asked.view is View.WAITING else states


def _time(task: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    made = task()
    return time.perf_counter() - begun, made


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[ceil(0.95 * len(seconds)) - 1] * 1000


def _settings(database: Path) -> Settings:
    keys = {name: secrets.token_hex(32) for name in KEY_NAMES}
    return Settings.from_environment(
        keys | {"PIAGAM_DATABASE_URL": f"{SQLITE}{database}"}, database.with_suffix(".env")
    )
