from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from site_api import dates
from site_api.texts import Texts

JAKARTA = ZoneInfo("Asia/Jakarta")
START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def texts():
    return Texts.load()


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 24, 16, 59, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 24, 17, 0, tzinfo=UTC), date(2026, 11, 25)),
    ],
)
def test_a_day_begins_at_midnight_in_the_city(moment, day):
    assert dates.local_day(moment, JAKARTA) == day


@pytest.mark.parametrize(("language", "words"), [("id", "8 Desember 2026"), ("en", "8 December 2026")])
def test_a_day_is_written_as_people_write_it(texts, language, words):
    assert dates.day_words(date(2026, 12, 8), partial(texts.say, language)) == words


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_month_has_a_name(texts, language, month):
    _, name, _ = dates.day_words(date(2026, month, 1), partial(texts.say, language)).split()

    assert name.isalpha()


@pytest.mark.parametrize(
    ("language", "words"),
    [("id", "25 November 2026, pukul 00.05 WIB"), ("en", "25 November 2026, 00:05 WIB")],
)
def test_a_moment_is_told_on_the_clock_of_the_city(texts, language, words):
    moment = datetime(2026, 11, 24, 17, 5, tzinfo=UTC)

    assert dates.moment_words(moment, JAKARTA, partial(texts.say, language)) == words


@pytest.mark.parametrize(("ahead", "days"), [(0, 0), (10, 10), (-3, -3)])
def test_days_ahead_are_positive_and_days_gone_negative(ahead, days):
    today = date(2026, 11, 24)

    assert dates.days_until(today + timedelta(days=ahead), today) == days


@pytest.mark.parametrize(("number", "words"), [(0, "0 days"), (1, "1 day"), (2, "2 days")])
def test_english_counts_one_as_one(texts, number, words):
    assert dates.count_words(number, "days", partial(texts.say, "en")) == words


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(), "kurang dari 1 jam"),
        (timedelta(minutes=59), "kurang dari 1 jam"),
        (timedelta(hours=1), "1 jam"),
        (timedelta(hours=47, minutes=59), "47 jam"),
        (timedelta(days=2), "2 hari"),
        (timedelta(days=9, hours=23), "9 hari"),
    ],
)
def test_a_length_is_told_in_hours_and_from_two_days_on_in_days(texts, length, words):
    assert dates.length_words(START, START + length, partial(texts.say, "id")) == words


def test_today_and_now_follow_the_clock_of_the_installation(app, clock):
    clock.time = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)

    assert (dates.today(), dates.now()) == (date(2027, 1, 1), clock.time)
