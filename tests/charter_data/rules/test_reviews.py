from datetime import date, timedelta

import pytest

from charter_data.loading import load
from tests.factories import changed, city_files, write_city

FIRE = "services/KBK.yml"
CITY = city_files()


def codes(folder, files, today):
    return [problem.code for problem in load(write_city(folder, files), today).problems]


@pytest.mark.parametrize(
    ("reviewed", "last"),
    [(date(2026, 2, 28), date(2027, 2, 28)), (date(2024, 2, 29), date(2025, 2, 28))],
)
def test_a_review_lasts_a_year_to_the_day(tmp_path, reviewed, last):
    files = changed(CITY, FIRE, ("reviewed_on",), reviewed)

    assert "review-past" not in codes(tmp_path / "a", files, last)
    assert "review-past" in codes(tmp_path / "b", files, last + timedelta(days=1))


def test_without_a_day_to_judge_by_no_date_is_judged(tmp_path):
    assert codes(tmp_path, changed(CITY, FIRE, ("reviewed_on",), date(1999, 1, 1)), None) == []


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("charter.yml", ("emergency_number", "verified_on")),
        ("charter.yml", ("pledge", "signed_on")),
        ("charter.yml", ("reviewed_on",)),
        (FIRE, ("reviewed_on",)),
        (FIRE, ("first_aid", "reviewed_on")),
        (FIRE, ("special_cases", 0, "first_aid", "reviewed_on")),
    ],
)
def test_nothing_has_happened_on_a_day_that_has_not_come(tmp_path, file, path):
    files = changed(CITY, file, path, date(2026, 11, 25))

    assert codes(tmp_path, files, date(2026, 11, 24)) == ["date-ahead"]


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2027, 10, 24), None),
        (date(2027, 10, 25), "security.txt holds until 2027-11-23"),
        (date(2027, 11, 23), "security.txt holds until 2027-11-23"),
        (date(2027, 11, 24), "security.txt held until 2027-11-23"),
    ],
)
def test_a_security_contact_that_will_not_hold_much_longer_is_named(tmp_path, today, told):
    problems = load(write_city(tmp_path, CITY), today).problems

    found = [one.message for one in problems if one.code == "security-contact-old"]
    assert [one.split(":")[0] for one in found] == ([told] if told else [])


def test_without_a_security_contact_nothing_can_grow_old(tmp_path):
    files = changed(CITY, "charter.yml", ("security_contact",), None)

    assert "security-contact-old" not in codes(tmp_path, files, date(2040, 1, 1))


def test_a_charter_of_the_last_day_that_there_is_is_checked_all_the_same(tmp_path):
    files = changed(CITY, "charter.yml", ("dated",), date.max)

    assert "security-contact-old" not in codes(tmp_path, files, date(2026, 11, 24))
