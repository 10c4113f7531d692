from pathlib import Path

import pytest

from charter_data.loading import load, load_charter
from charter_data.models import Charter, Promise
from charter_data.vocabulary import Standing
from tests.factories import text

DATA = Path(__file__).resolve().parents[2] / "charter_data" / "tebing_tinggi"
WAITING = "Jangan tutup telepon; biarkan operator mendengar."


@pytest.fixture(scope="module")
def city_charter():
    return load_charter(DATA)


def quiet_case(charter):
    return next(
        case for case in charter.service["KDR"].special_cases if case.title.id == "Tidak aman untuk bicara"
    )


def once_agreed(charter, clause_id):
    promises = tuple(
        promise.model_copy(update={"standing": Standing.AGREED}) if promise.id == clause_id else promise
        for promise in charter.common.promises
    )
    common = charter.common.model_copy(update={"promises": promises})
    return Charter(**{name: getattr(charter, name) for name in Charter.model_fields} | {"common": common})


def test_the_data_of_the_city_has_no_errors():
    assert load(DATA).errors == ()


def test_the_charter_covers_twelve_services_and_thirty_five_districts(city_charter):
    districts = [part.code for group in city_charter.area.subdistricts for part in group.districts]

    assert len(city_charter.services) == 12
    assert len(city_charter.emergencies) == 11
    assert (len(districts), len(set(districts))) == (35, 35)


def test_each_district_lies_in_its_subdistrict_by_code(city_charter):
    stray = [
        part.code
        for group in city_charter.area.subdistricts
        for part in group.districts
        if not part.code.startswith(group.code) or not group.code.startswith(city_charter.area.bps_code)
    ]

    assert stray == []


@pytest.mark.parametrize(
    ("code", "public_code", "slug"), [("KDR", "BKL", "bantuan-keluarga"), ("ODG", "JWA", "dukungan-jiwa")]
)
def test_sensitive_services_have_a_code_title_and_address_that_give_nothing_away(
    city_charter, code, public_code, slug
):
    service = city_charter.service[code]

    assert (service.public_code, service.slug, service.is_sensitive) == (public_code, slug, True)
    assert service.title != service.name
    assert {clause.scope for clause in service.clauses()} == {public_code}


def test_no_other_service_hides(city_charter):
    assert {service.code for service in city_charter.services if service.is_sensitive} == {"KDR", "ODG"}


def test_every_clause_stands_in_its_scope(city_charter):
    assert {clause.scope for clause in city_charter.common.clauses()} == {"UMUM", "PGD"}
    assert [
        clause.id
        for service in city_charter.services
        for clause in service.clauses()
        if clause.scope != service.public_code
    ] == []


def test_every_clause_has_an_address_of_its_own(city_charter):
    anchors = [clause.anchor for clause in city_charter.clauses()]

    assert len(set(anchors)) == len(anchors)


def test_nothing_is_printed_about_silent_calls_that_is_not_agreed(city_charter):
    lines = city_charter.lines_of(quiet_case(city_charter))

    assert len(lines) == 2
    assert WAITING not in [line.id for line in lines]


def test_the_third_line_appears_once_the_clause_on_silent_calls_is_agreed(city_charter):
    charter = once_agreed(city_charter, "UMUM.senyap")

    lines = charter.lines_of(quiet_case(charter))

    assert [line.id for line in lines][2:] == [WAITING]


def test_another_agreement_does_not_release_the_third_line(city_charter):
    charter = once_agreed(city_charter, "UMUM.angkat")

    assert len(charter.lines_of(quiet_case(charter))) == 2


def test_borrowed_cases_have_lines(city_charter):
    borrowed = [case for service in city_charter.services for case in service.special_cases if case.same_as]

    assert borrowed
    assert all(city_charter.lines_of(case) for case in borrowed)


def test_nothing_is_called_agreed_while_no_agreement_is_recorded(city_charter):
    assert city_charter.agreements.agreements == ()
    assert {promise.standing for promise in city_charter.promises()} == {Standing.REQUIRED, Standing.PROPOSED}


def test_bodies_that_the_city_cannot_bind_have_no_figure_but_that_of_a_law(city_charter):
    figures = [
        promise
        for promise in city_charter.promises()
        if promise.targets
        and promise.owner != "each"
        and not city_charter.agency[promise.owner].bound_by_city
    ]

    assert {promise.standing for promise in figures} == {Standing.REQUIRED}


def test_every_service_answers_all_fourteen_components(city_charter):
    assert {len(city_charter.standard_of(service)) for service in city_charter.services} == {14}


def test_every_step_of_an_emergency_has_a_place_in_the_chain(city_charter):
    chains = [[step.event for step in city_charter.steps_of(service)] for service in city_charter.emergencies]

    assert all(chain[0] == "masuk" and chain[-1] == "kabar" for chain in chains)


def test_no_promise_of_the_city_could_take_a_reference(city_charter):
    promise = next(city_charter.promises())

    with pytest.raises(ValueError, match="standing"):
        Promise.model_validate({**promise.model_dump(), "text": text("x"), "standing": "acuan"})
