from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from charter_data.models import (
    Clause,
    Obligation,
    PartnerClause,
    Power,
    Promise,
    Right,
    StandardComponent,
    Step,
    Target,
    Text,
    anchor_of,
)
from charter_data.vocabulary import Component, Event, FeedbackEvent, Side, SideEvent, Standing
from tests.factories import by, city_files, text

FIRE = city_files()["services/KBK.yml"]
WORDS = text("Kata")


def promise(**changes):
    return Promise.model_validate({**FIRE["promises"][0], **changes})


MAKERS: dict[type[Clause], dict[str, Any]] = {
    Step: {"text": WORDS, "actor": "lead", **by("Regu")},
    Promise: {"text": WORDS, "standing": "usulan", "owner": "damkar"},
    Right: {"text": WORDS, "answered_by": ["KBK.kami-x"]},
    Obligation: {"text": WORDS},
    Power: {"text": WORDS},
    PartnerClause: {"text": WORDS},
    StandardComponent: {"text": WORDS},
}


@pytest.mark.parametrize(
    ("kind", "clause_id"),
    [
        (Step, "KBK.langkah-tiba"),
        (Promise, "KBK.siap"),
        (Promise, "KBK.siap-warga"),
        (Promise, "KBK.hak"),
        (Right, "KBK.hak-orang"),
        (Obligation, "KBK.wajib-keluar"),
        (Obligation, "KBK.kami-orang"),
        (Power, "KBK.wenang-batas"),
        (PartnerClause, "KBK.mitra-listrik"),
        (StandardComponent, "KBK.std-biaya"),
    ],
)
def test_the_word_after_the_dot_says_what_kind_of_clause_it_is(kind, clause_id):
    clause = kind.model_validate({"id": clause_id, **MAKERS[kind]})

    assert clause.id == clause_id


@pytest.mark.parametrize(
    ("kind", "clause_id"),
    [
        (Step, "KBK.tiba"),
        (Step, "KBK.hak-tiba"),
        (Promise, "KBK.hak-orang"),
        (Promise, "KBK.std-biaya"),
        (Right, "KBK.kami-orang"),
        (Right, "KBK.hak"),
        (Obligation, "KBK.hak-orang"),
        (Obligation, "KBK.keluar"),
        (Power, "KBK.wajib-batas"),
        (PartnerClause, "KBK.listrik"),
        (StandardComponent, "KBK.biaya"),
        (StandardComponent, "KBK.std"),
        (StandardComponent, "KBK.std-harga"),
    ],
)
def test_a_clause_in_the_wrong_list_is_refused(kind, clause_id):
    with pytest.raises(ValidationError):
        kind.model_validate({"id": clause_id, **MAKERS[kind]})


@pytest.mark.parametrize(
    ("clause_id", "scope", "prefix", "anchor"),
    [
        ("KBK.siap", "KBK", "", "kbk-siap"),
        ("KBK.siap-warga", "KBK", "", "kbk-siap-warga"),
        ("UMUM.angkat", "UMUM", "", "umum-angkat"),
        ("PGD.hakiki", "PGD", "", "pgd-hakiki"),
    ],
)
def test_an_id_says_scope_prefix_and_address(clause_id, scope, prefix, anchor):
    clause = promise(id=clause_id)

    assert (clause.scope, clause.prefix, clause.anchor) == (scope, prefix, anchor)
    assert anchor_of(clause_id) == anchor


@pytest.mark.parametrize("standing", ["wajib", "disepakati", "usulan"])
def test_a_promise_takes_the_standings_of_promises(standing):
    assert promise(standing=standing).standing == standing


@pytest.mark.parametrize("standing", ["acuan", Standing.REFERENCE, "", None])
def test_somebody_elses_figure_can_never_be_a_promise(standing):
    with pytest.raises(ValidationError):
        promise(standing=standing)


@pytest.mark.parametrize(
    ("standing", "is_proposal"), [("wajib", False), ("disepakati", False), ("usulan", True)]
)
def test_only_a_proposal_binds_nobody(standing, is_proposal):
    assert promise(standing=standing).is_proposal is is_proposal


@pytest.mark.parametrize("kind", [Right, Obligation, PartnerClause])
def test_what_a_law_carries_is_no_proposal(kind):
    data = {"id": f"KBK.{kind.prefixes[-1]}-x", **MAKERS[kind]}

    ours, lawful = kind.model_validate(data), kind.model_validate({**data, "basis": [{"law": "uu-contoh"}]})

    assert (ours.is_proposal, lawful.is_proposal) == (True, False)


def test_powers_are_ours_alone_and_steps_are_told_as_they_are():
    power = Power.model_validate({"id": "KBK.wenang-x", **MAKERS[Power]})
    step = Step.model_validate({"id": "KBK.langkah-x", **MAKERS[Step]})

    assert (power.is_proposal, step.is_proposal) == (True, False)


@pytest.mark.parametrize(
    ("clause_id", "side"), [("KBK.wajib-x", Side.CITIZEN), ("KBK.kami-x", Side.PROVIDER)]
)
def test_an_obligation_says_who_owes_it(clause_id, side):
    assert Obligation.model_validate({"id": clause_id, "text": WORDS}).side is side


@pytest.mark.parametrize(
    "target",
    [
        {"value": 15, "unit": "s"},
        {"value": 0.5, "unit": "h", "share": 90},
        {"value": 15, "unit": "min", "share": "average"},
        {"value": 10, "unit": "working_day", "share": 1},
    ],
)
def test_a_target_is_a_figure_with_its_unit(target):
    assert Target.model_validate(target).share == target.get("share", 100)


@pytest.mark.parametrize(
    "target",
    [
        {"value": 15},
        {"value": 0, "unit": "s"},
        {"value": -1, "unit": "s"},
        {"value": float("inf"), "unit": "s"},
        {"value": float("nan"), "unit": "s"},
        {"value": 15, "unit": "seconds"},
        {"value": 15, "unit": "s", "share": 0},
        {"value": 15, "unit": "s", "share": 101},
        {"value": 15, "unit": "s", "share": "median"},
    ],
)
def test_a_figure_that_cannot_be_measured_is_no_target(target):
    with pytest.raises(ValidationError):
        Target.model_validate(target)


@pytest.mark.parametrize(
    ("start", "moment"),
    [("masuk", Event.CALL_ARRIVES), ("damping", SideEvent.COMPANION), ("masukan_dibaca", FeedbackEvent.READ)],
)
def test_a_clock_runs_between_moments_of_any_kind(start, moment):
    clock = promise(clock={"start": start, "end": "tolong"}).clock

    assert (clock.start, clock.end, clock.counts) == (moment, Event.HELP_BEGINS, "first")


def test_a_right_needs_an_answer():
    with pytest.raises(ValidationError):
        Right.model_validate({"id": "KBK.hak-x", "text": WORDS, "answered_by": []})


@pytest.mark.parametrize("component", Component)
def test_every_component_of_the_law_can_be_told(component):
    part = StandardComponent(id=f"UMUM.std-{component.value}", text=Text(**WORDS))

    assert part.component is component


def test_a_component_may_be_unknown():
    part = TypeAdapter(StandardComponent).validate_python({"id": "UMUM.std-biaya", "text": None})

    assert part.text is None


def test_clauses_come_kind_by_kind(charter):
    ids = [clause.id for clause in charter.service["KBK"].clauses()]

    assert ids == [
        "KBK.langkah-padamkan",
        "KBK.langkah-arus",
        "KBK.siap",
        "KBK.siap-warga",
        "KBK.hak-orang",
        "KBK.kami-orang",
        "KBK.wajib-keluar",
        "KBK.wenang-batas",
        "KBK.mitra-listrik",
        "KBK.std-biaya",
    ]
