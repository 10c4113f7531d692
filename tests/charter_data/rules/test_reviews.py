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
