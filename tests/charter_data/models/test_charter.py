import pytest
from pydantic import ValidationError

from charter_data.models import Info
from charter_data.vocabulary import Component, Event, SideEvent
from tests.factories import added, agreed, by, changed, city_files, make_charter, text

CITY = city_files()
FIRE, FAMILY = "services/KBK.yml", "services/KDR.yml"
CONDUCT = {
    **CITY[FIRE],
    "code": "HOX",
    "slug": "panggilan-palsu",
    "kind": "conduct",
    "special_cases": [],
    **{kind: [] for kind in ("promises", "rights", "obligations", "powers", "partners", "standard")},
    "steps": [
        {
            "id": "HOX.langkah-cek",
            "text": text("Dicek"),
            "actor": "operator",
            **by("Operator"),
            "event": "ragu",
            "after": "catat",
        }
    ],
}


def quiet_case(charter):
    return charter.service["KDR"].special_cases[0]


def test_everything_is_found_by_its_key(charter):
    assert charter.by_id["KBK.siap"].owner == "damkar"
    assert charter.agency["polres"].short == "Polres"
    assert charter.service["KDR"].slug == "bantuan-keluarga"
    assert charter.service_of_scope["BKL"] is charter.service["KDR"]
    assert charter.law["uu-contoh"].short == "UU Contoh"
    assert charter.emergency_number.number == "112"
    assert charter.texts.bar.en == "Emergency? Call 112. Free."


def test_clauses_of_every_call_come_before_those_of_services(charter):
    scopes = list(dict.fromkeys(clause.scope for clause in charter.clauses()))

    assert scopes == ["UMUM", "PGD", "KBK", "BKL"]


def test_promises_and_proposals_come_in_one_row(charter):
    ids = [promise.id for promise in charter.promises()]

    assert ids[:2] == ["UMUM.angkat", "UMUM.terus"]
    assert ids[-2:] == ["BKL.tiba-polisi", "BKL.damping"]


def test_conduct_is_no_emergency():
    charter = make_charter(files={**CITY, "services/HOX.yml": CONDUCT})

    assert [service.code for service in charter.emergencies] == ["KBK", "KDR"]


def test_an_own_step_takes_the_place_of_the_common_one(charter):
    steps = charter.steps_of(charter.service["KBK"])

    assert [step.event for step in steps] == [
        Event.CALL_ARRIVES,
        Event.ANSWERED,
        Event.LOGGED,
        Event.PASSED_ON,
        Event.ACCEPTED,
        Event.LEAVES,
        Event.ARRIVES,
        SideEvent.POWER_CUT,
        Event.HELP_BEGINS,
        Event.CLOSED,
        Event.CALLER_TOLD,
    ]
    assert next(step.id for step in steps if step.event is Event.HELP_BEGINS) == "KBK.langkah-padamkan"


def test_conduct_has_its_own_steps_only():
    charter = make_charter(files={**CITY, "services/HOX.yml": CONDUCT})

    assert [step.id for step in charter.steps_of(charter.service["HOX"])] == ["HOX.langkah-cek"]


@pytest.mark.parametrize(
    ("changes", "before"),
    [
        ({"event": "arus_padam"}, "terus"),
        ({"event": None}, "angkat"),
    ],
)
def test_a_step_without_a_moment_of_its_own_still_has_a_place(changes, before):
    step = {"id": "KBK.langkah-lain", "text": text("Lain"), "actor": "lead", **by("Regu"), **changes}
    charter = make_charter(files=added(CITY, FIRE, ("steps",), step))

    ids = [step.id for step in charter.steps_of(charter.service["KBK"])]

    assert ids[ids.index("KBK.langkah-lain") + 1] == f"UMUM.langkah-{before}"


def test_the_standard_has_fourteen_parts_the_own_one_where_there_is_one(charter):
    parts = charter.standard_of(charter.service["KBK"])

    assert [part.component for part in parts] == list(Component)
    assert {part.scope for part in parts if part.component is Component.COST} == {"KBK"}
    assert {part.scope for part in parts if part.component is not Component.COST} == {"UMUM"}


def test_lines_that_wait_for_an_agreement_are_held_back(charter):
    lines = charter.lines_of(quiet_case(charter))

    assert [line.id for line in lines] == ["Sebut alamat (id)", "Jawab ya atau tidak (id)"]


def test_lines_appear_once_the_clause_is_agreed():
    charter = make_charter(files=agreed(CITY, "UMUM.senyap", "diskominfo", "dprd"))

    lines = charter.lines_of(quiet_case(charter))

    assert lines[-1].id == "Biarkan operator mendengar (id)"
    assert len(lines) == 3


@pytest.mark.parametrize("clause", ["UMUM.hak-dipercaya", "UMUM.angkat"])
def test_lines_stay_back_while_the_clause_is_no_agreed_promise(clause):
    charter = make_charter((FAMILY, ("special_cases", 0, "needs", "clause"), clause))

    assert len(charter.lines_of(quiet_case(charter))) == 2


def test_another_services_case_lends_its_lines_as_they_may_be_printed(charter):
    twin = charter.service["KBK"].special_cases[1]

    assert charter.lines_of(twin) == charter.lines_of(quiet_case(charter))
    assert len(charter.lines_of(twin)) == 2


def test_a_case_that_waits_for_nothing_is_printed_whole(charter):
    case = charter.service["KBK"].special_cases[0]

    assert charter.lines_of(case) == case.do


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("status", "final"),
        ("intake", "terbuka"),
        ("version", "satu"),
        ("public_url", "contoh.example"),
        ("agreement_rule", []),
        ("official", None),
    ],
)
def test_the_state_of_a_charter_is_told_in_its_own_words(key, value):
    with pytest.raises(ValidationError):
        Info.model_validate(changed(CITY, "charter.yml", (key,), value)["charter.yml"])
