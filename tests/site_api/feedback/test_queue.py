"""Lists in pages: every case once and in its place, whoever asks and however it is narrowed."""

from itertools import product
from random import Random
from typing import Any

import pytest
from sqlalchemy import update

from site_api.database import db, write
from site_api.errors import Invalid
from site_api.feedback import filters, queue
from site_api.feedback.filters import Filters, View
from site_api.feedback.models import OPEN, Feedback, State
from site_api.feedback.queries import visible_to
from site_api.installation import installation
from site_api.reviewers.models import Actor, Role
from tests.site_api.stories import DAMKAR, TRIAGE

ACTORS = [DAMKAR, *(Actor(9, role.value, role, None, "") for role in Role if role is not Role.AGENCY)]
READING = [actor for actor in ACTORS if actor.role is not Role.ADMIN]
SRI_PADANG = "1274020008"
COLUMNS: dict[str, list[Any]] = {
    "state": list(State),
    "kind": ["complaint", "praise"],
    "service": ["KBK", None],
    "clause": ["KBK.siap", None],
    "agency": ["damkar", "polres", None],
    "district": [SRI_PADANG, None],
    "concerns": ["diskominfo", "damkar", None],
    "is_sensitive": [False, False, True],
    "answer_by": ["2026-11-20", "2026-12-01", None],
    "held_at": ["2026-11-24T08:00:00Z", None, None],
    "received_at": ["2026-11-24T08:00:00Z", "2026-11-24T08:00:01Z"],
}
ASKED = {
    "state": "assigned",
    "kind": "praise",
    "service": "KBK",
    "clause": "KBK.siap",
    "agency": "polres",
    "district": SRI_PADANG,
    "overdue": "yes",
    "sensitive": "yes",
}
FAR = "9999"


@pytest.fixture
def mixed(submitted, monkeypatch):
    """Store cases of every mixture, most of them tied with others in their place in the list."""
    monkeypatch.setattr(queue, "PAGE", 3)
    random = Random(112)  # noqa: S311 (no secret)
    keys = [submitted().id for _ in range(60)]

    def mix(connection):
        for key in keys:
            row = {name: random.choice(values) for name, values in COLUMNS.items()}
            if row["state"] is not State.RECEIVED:
                row["held_at"] = None
            names = ", ".join(f"{name} = ?" for name in row)
            connection.exec_driver_sql(f"UPDATE feedback SET {names} WHERE id = ?", (*row.values(), key))  # noqa: S608

    write(mix)
    db.session.rollback()
    db.session.expire_all()


def walk(actor, view, **asked):
    """Read a list to its end, page by page."""
    numbers, after = [], None
    while True:
        page = queue.page(installation(), actor, view, Filters(setelah=after, **asked))
        numbers += [case.number for case in page.cases]
        after = page.after
        if after is None:
            return numbers
        assert len(page.cases) == queue.PAGE


def is_in(view, case):
    if view is View.DONE:
        return case.state not in OPEN
    is_held = case.held_at is not None
    return case.state in OPEN and not is_held if view is View.WAITING else is_held


def place_of(view, case):
    if view is View.DONE:
        return -case.id
    day = str(case.answer_by or FAR) if view is View.WAITING else ""
    return day, case.received_at, case.id


def fits(case, name, value):
    if name == "overdue":
        return case.state in OPEN and case.answer_by is not None and str(case.answer_by) < "2026-11-24"
    return case.is_sensitive if name == "sensitive" else getattr(case, name) == value


@pytest.mark.parametrize("view", [View.WAITING, View.HELD, View.DONE])
def test_every_list_gives_each_case_once_and_in_its_place_also_where_places_are_tied(mixed, view):
    for actor, (name, value) in product(ACTORS, [(None, None), *ASKED.items()]):
        seen = db.session.scalars(visible_to(actor)).all()
        wanted = [case for case in seen if is_in(view, case) and (not name or fits(case, name, value))]
        asked = Filters.model_validate({name: value} if name else {}, strict=False)

        walked = walk(actor, view, **{key: getattr(asked, key) for key in asked.given})

        in_order = sorted(wanted, key=lambda case: place_of(view, case))
        assert walked == [case.number for case in in_order], (actor.role, name)


def test_the_mixture_holds_something_for_every_role_and_list(mixed):
    for actor, view in product(ACTORS, [View.WAITING, View.DONE]):
        assert bool(walk(actor, view)) == (actor.role is not Role.ADMIN), (actor.role, view)
    assert walk(TRIAGE, View.HELD)


def test_a_list_goes_on_after_a_case_that_has_left_it_meanwhile(mixed):
    whole = walk(TRIAGE, View.WAITING)
    last = whole[2]
    write(
        lambda c: c.execute(update(Feedback).where(Feedback.number == last).values(state="declined")).rowcount
    )
    db.session.rollback()

    rest = queue.page(installation(), TRIAGE, View.WAITING, Filters(setelah=last))

    assert [case.number for case in rest.cases] == whole[3:6]


def test_a_place_out_of_sight_is_refused_like_one_that_does_not_exist(mixed):
    mine = set(walk(DAMKAR, View.WAITING)) | set(walk(DAMKAR, View.DONE))
    others = [case.number for case in db.session.query(Feedback) if case.number not in mine]

    for number in (others[0], "M-000000"):
        with pytest.raises(Invalid) as refused:
            queue.page(installation(), DAMKAR, View.WAITING, Filters(setelah=number))
        assert [(fault.field, fault.what) for fault in refused.value.faults] == [("setelah", "unknown_place")]


def test_counts_end_where_nobody_counts_on(mixed, monkeypatch):
    monkeypatch.setattr(queue, "MOST_COUNTED", 4)

    assert queue.count(installation(), TRIAGE, View.WAITING) == 5
    assert queue.count(installation(), TRIAGE, View.WAITING, Filters(clause="KBK.siap", agency="pln")) == 0


@pytest.mark.parametrize("actor", READING, ids=lambda actor: actor.role)
@pytest.mark.parametrize("view", [View.WAITING, View.HELD, View.DONE])
def test_no_list_reads_a_row_that_is_not_shown_or_sorts_what_it_has_found(app, actor, view):
    for name in (None, *filters.offered(actor, view)):
        asked = Filters.model_validate({name: ASKED[name]} if name else {}, strict=False)
        listed = queue._listed(installation(), actor, view, asked, None).order_by(*queue.ORDER[view])
        sql = str(listed.limit(51).compile(db.engine, compile_kwargs={"render_postcompile": True}))
        explained = db.session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {sql}", (None,) * sql.count("?")
        )
        plan = explained.all()

        (step,) = [row[3] for row in plan]
        assert f"COVERING INDEX feedback_{view}" in step, (name, step)
