import pytest
from pydantic import ValidationError

from charter_data.models import Agency, Area, Law
from tests.factories import changed, city_files, without

CITY = city_files()


@pytest.mark.parametrize("key", ["emergency_number", "phone", "address", "duty_post"])
def test_a_fact_that_was_not_found_is_said_and_not_left_out(key):
    files = without(CITY, "agencies.yml", ("agencies", 0, key))

    with pytest.raises(ValidationError):
        Agency.model_validate(files["agencies.yml"]["agencies"][0])


@pytest.mark.parametrize(
    ("key", "value"), [("emergency_number", "seratus"), ("bound_by_city", None), ("key", "PLN")]
)
def test_an_agency_with_a_wrong_fact_is_refused(key, value):
    files = changed(CITY, "agencies.yml", ("agencies", 0, key), value)

    with pytest.raises(ValidationError):
        Agency.model_validate(files["agencies.yml"]["agencies"][0])


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("population",), 0),
        (("population",), 2**60),
        (("area_km2",), 0),
        (("area_km2",), float("inf")),
        (("bps_code",), "12"),
        (("subdistricts", 0, "districts"), []),
        (("subdistricts", 0, "districts", 0, "code"), "Mawar"),
    ],
)
def test_ground_that_cannot_be_is_refused(path, value):
    files = changed(CITY, "area.yml", path, value)

    with pytest.raises(ValidationError):
        Area.model_validate(files["area.yml"])


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("population",), None),
        (("population_on",), None),
        (("area_km2",), None),
        (("kemendagri_code",), None),
        (("codes_licence",), None),
        (("subdistricts",), []),
        (("subdistricts", 0, "area_km2"), None),
        (("subdistricts", 0, "population_2010"), None),
    ],
)
def test_ground_that_was_not_found_is_said_and_not_made_up(path, value):
    files = changed(CITY, "area.yml", path, value)

    Area.model_validate(files["area.yml"])


def test_a_law_without_an_address_is_told_as_not_found():
    law = Law.model_validate({**CITY["legal_basis.yml"]["laws"][1], "url": None})

    assert law.url is None
