import pytest

from charter_data.loading import load
from tests.factories import DAY, changed, city_files, write_city

CITY = city_files()
FIRE, FAMILY = "services/KBK.yml", "services/KDR.yml"


def told(folder, *changes):
    files = CITY
    for change in changes:
        files = changed(files, *change)
    return [(problem.file, problem.code) for problem in load(write_city(folder, files)).problems]


def test_a_number_counts_as_tested_once_a_day_is_recorded(tmp_path):
    untested = told(tmp_path, ("charter.yml", ("emergency_number", "verified_on"), None))
    tested = told(tmp_path, ("charter.yml", ("emergency_number", "verified_on"), DAY))

    assert (untested, tested) == ([("charter.yml", "number-unverified")], [])


@pytest.mark.parametrize(
    ("intake", "codes"),
    [
        ("closed", ["officer-missing"]),
        ("pilot", ["officer-missing"]),
        ("open", ["intake-without-officer", "officer-missing"]),
    ],
)
def test_feedback_is_not_open_before_somebody_answers_for_it(tmp_path, intake, codes):
    problems = told(
        tmp_path, ("charter.yml", ("complaint_officer",), None), ("charter.yml", ("intake",), intake)
    )

    assert [code for _, code in problems] == codes


def test_feedback_may_be_open_once_an_officer_is_named(tmp_path):
    assert told(tmp_path, ("charter.yml", ("intake",), "open")) == []


@pytest.mark.parametrize(
    "path",
    [
        ("first_aid", "reviewed_by"),
        ("first_aid", "reviewed_on"),
        ("special_cases", 0, "first_aid", "reviewed_by"),
        ("special_cases", 0, "first_aid", "reviewed_on"),
    ],
)
def test_instructions_that_nobody_has_checked_are_told(tmp_path, path):
    assert told(tmp_path, (FIRE, path, None)) == [(FIRE, "first-aid-unreviewed")]


def test_a_warning_names_who_should_check(tmp_path):
    files = changed(CITY, FIRE, ("special_cases", 0, "first_aid", "reviewed_by"), None)

    problem = load(write_city(tmp_path, files)).problems[0]

    assert problem.message == "`Terjebak (id)` waits for Dinas Kesehatan Contoh: nobody has checked it yet"


def test_a_sensitive_page_is_named_by_its_public_code(tmp_path):
    files = changed(CITY, FAMILY, ("reviewed_on",), None)

    problem = load(write_city(tmp_path, files)).problems[0]

    assert problem.message == "BKL has no review date: the page says so"


@pytest.mark.parametrize(("file", "index"), [("common.yml", 3), (FIRE, 0)])
def test_a_part_of_the_standard_that_is_not_known_is_told(tmp_path, file, index):
    assert told(tmp_path, (file, ("standard", index, "text"), None)) == [(file, "fact-missing")]


def test_every_empty_seat_is_told(tmp_path):
    problems = told(
        tmp_path,
        ("agreements.yml", ("parties", 0, "holder"), None),
        ("agreements.yml", ("parties", 4, "holder"), None),
    )

    assert problems == [("agreements.yml", "seat-empty")] * 2


@pytest.mark.parametrize(
    "key", ["kemendagri_code", "area_km2", "population", "population_on", "codes_licence"]
)
def test_ground_that_nobody_has_found_is_told(tmp_path, key):
    assert told(tmp_path, ("area.yml", (key,), None)) == [("area.yml", "fact-missing")]


@pytest.mark.parametrize("key", ["area_km2", "population_2010"])
def test_a_subdistrict_without_its_figures_is_told(tmp_path, key):
    assert told(tmp_path, ("area.yml", ("subdistricts", 0, key), None)) == [("area.yml", "fact-missing")]


def test_a_city_without_a_list_of_subdistricts_is_told_once(tmp_path):
    assert told(tmp_path, ("area.yml", ("subdistricts",), [])) == [("area.yml", "fact-missing")]
