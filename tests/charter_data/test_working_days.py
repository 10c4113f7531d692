from datetime import date, timedelta

import pytest

from charter_data.working_days import add_working_days, is_working_day, working_days_between

FRIDAY = date(2026, 11, 20)
INDEPENDENCE_DAY = date(2026, 8, 17)
JOINT_LEAVE = date(2026, 3, 20)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        INDEPENDENCE_DAY,
        date(2026, 12, 25),
        date(2026, 5, 1),
        date(2026, 6, 1),
        date(2026, 11, 21),
    ],
)
def test_nobody_works_on_weekends_and_public_holidays(day):
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [FRIDAY, date(2026, 8, 18), JOINT_LEAVE])
def test_every_other_day_is_a_working_day(day):
    assert is_working_day(day)


def test_data_may_add_a_holiday_and_take_one_away():
    assert not is_working_day(JOINT_LEAVE, added={JOINT_LEAVE})
    assert is_working_day(INDEPENDENCE_DAY, removed={INDEPENDENCE_DAY})


def test_a_weekend_stays_free_even_if_data_takes_its_holiday_away():
    assert not is_working_day(date(2026, 11, 21), removed={date(2026, 11, 21)})


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (FRIDAY, 0, FRIDAY),
        (FRIDAY, 1, date(2026, 11, 23)),
        (FRIDAY, 3, date(2026, 11, 25)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 8, 14), 1, date(2026, 8, 18)),
        (date(2026, 12, 24), 3, date(2026, 12, 30)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
    ],
)
def test_the_day_of_receipt_does_not_count_and_the_last_day_does(start, days, last):
    assert add_working_days(start, days) == last


def test_a_correction_moves_the_last_day():
    assert add_working_days(date(2026, 3, 18), 1) == JOINT_LEAVE
    assert add_working_days(date(2026, 3, 18), 1, added={JOINT_LEAVE}) == date(2026, 3, 23)
    assert add_working_days(date(2026, 8, 14), 1, removed={INDEPENDENCE_DAY}) == INDEPENDENCE_DAY


def test_a_term_cannot_be_less_than_no_days():
    with pytest.raises(ValueError, match="before it begins"):
        add_working_days(FRIDAY, -1)


def test_counting_undoes_adding():
    for offset in range(0, 365, 13):
        start = date(2026, 1, 1) + timedelta(days=offset)
        for days in range(15):
            assert working_days_between(start, add_working_days(start, days)) == days


@pytest.mark.parametrize("end", [FRIDAY, FRIDAY - timedelta(days=9)])
def test_no_working_day_lies_between_a_day_and_an_earlier_one(end):
    assert working_days_between(FRIDAY, end) == 0
