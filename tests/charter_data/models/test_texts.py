import pytest
from pydantic import ValidationError

from charter_data.models import Common, EmergencyNumber
from tests.factories import changed, city_files, without

CITY = city_files()


@pytest.mark.parametrize(
    "path",
    [
        ("texts", "bar"),
        ("texts", "notices", "unverified_112"),
        ("texts", "home", "not_112"),
        ("texts", "emergency_page", "free_call", "source"),
        ("texts", "unavailable"),
    ],
)
def test_no_word_that_pages_need_may_be_missing(path):
    files = without(CITY, "common.yml", path)

    with pytest.raises(ValidationError):
        Common.model_validate(files["common.yml"])


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("texts", "home", "cards"), []),
        (("texts", "home", "cards", 0, "services"), []),
        (("texts", "home", "cards", 0, "services"), ["kbk"]),
        (("texts", "emergency_page", "no_answer_numbers"), []),
        (("texts", "emergency_page", "no_answer_numbers", 0, "number"), 110),
    ],
)
def test_the_ways_to_help_are_never_empty(path, value):
    files = changed(CITY, "common.yml", path, value)

    with pytest.raises(ValidationError):
        Common.model_validate(files["common.yml"])


def test_a_national_number_is_not_called_checked_unless_somebody_says_so():
    numbers = Common.model_validate(CITY["common.yml"]).texts.emergency_page.no_answer_numbers

    assert [bool(number.locally_checked) for number in numbers] == [False, True]


def test_an_untested_number_says_so():
    data = {**CITY["charter.yml"]["emergency_number"], "verified_on": None, "verified_how": None}

    assert EmergencyNumber.model_validate(data).verified_on is None
