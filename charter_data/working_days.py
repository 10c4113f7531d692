"""Hari kerja: Monday to Friday without public holidays, with corrections from data."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

import holidays

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def is_working_day(day: date, added: Collection[date] = (), removed: Collection[date] = ()) -> bool:
    """Tell whether offices work; `added` are further holidays, `removed` are none after all.

    Source of the public holidays: the `holidays` package, category public. The days of joint leave (cuti
    bersama) that the government names each year are working days until they stand among `added`.
    """
    if day.weekday() >= SATURDAY or day in added:
        return False
    return day in removed or day not in _holidays(day.year)


def add_working_days(
    start: date, days: int, added: Collection[date] = (), removed: Collection[date] = ()
) -> date:
    """Give the last day of a term, itself included; the day of receipt does not count.

    Raises ValueError for a term of less than no days.
    """
    if days < 0:
        raise ValueError(f"a term of {days} days ends before it begins")
    day = start
    while days:
        day += ONE_DAY
        days -= is_working_day(day, added, removed)
    return day


def working_days_between(
    start: date, end: date, added: Collection[date] = (), removed: Collection[date] = ()
) -> int:
    """Count the working days after `start` up to and with `end`; none if `end` is not later."""
    days = (start + ONE_DAY * number for number in range(1, (end - start).days + 1))
    return sum(is_working_day(day, added, removed) for day in days)


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("ID", years=year))
