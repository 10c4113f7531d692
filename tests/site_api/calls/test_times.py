from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from site_api.calls.times import TimeForm, in_utc

JAKARTA = ZoneInfo("Asia/Jakarta")
CHICAGO = ZoneInfo("America/Chicago")
DAY = date(2026, 5, 4)


def clock(*times: str, day: date | None = DAY, zone: ZoneInfo = JAKARTA) -> list[datetime]:
    """Place times of day one after the other."""
    return [moment for _, moment in in_utc(day, list(enumerate(map(time.fromisoformat, times))), zone)]


def legs(moments: list[datetime]) -> list[timedelta]:
    return [end - start for start, end in pairwise(moments)]


@pytest.mark.parametrize(
    ("form", "text", "value"),
    [
        ("%H:%M:%S", "06:51:33", time(6, 51, 33)),
        ("%H:%M", "6:51", time(6, 51)),
        ("%Y-%m-%d", "2026-05-04", datetime(2026, 5, 4)),
        ("%d/%m/%Y %H.%M", "4/5/2026 6.51", datetime(2026, 5, 4, 6, 51)),
        ("%d %b %Y %I:%M %p", "04 May 2026 06:51 PM", datetime(2026, 5, 4, 18, 51)),
        ("%Y-%m-%dT%H:%M:%S%z", "2026-05-04T06:51:33+07:00", datetime(2026, 5, 3, 23, 51, 33, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_as_its_form_says(form, text, value):
    assert TimeForm(form).read(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "6",
        "25:00:00",
        "06:60:00",
        "06:51",
        "06:51:33 ",
        "\u0660\u0666:\u0665\u0661:\u0663\u0663",
        "jam enam",
    ],
)
def test_what_is_written_in_another_form_is_no_time(text):
    with pytest.raises(ValueError, match="is not written as"):
        TimeForm("%H:%M:%S").read(text)


def test_the_signs_of_a_form_mean_only_themselves():
    with pytest.raises(ValueError, match="is not written as"):
        TimeForm("%H.%M").read("06:51")


def test_times_are_placed_on_their_day_and_kept_in_utc():
    assert clock("06:51:33", "07:03:23") == [
        datetime(2026, 5, 3, 23, 51, 33, tzinfo=UTC),
        datetime(2026, 5, 4, 0, 3, 23, tzinfo=UTC),
    ]


def test_a_time_more_than_twelve_hours_earlier_is_of_the_next_day():
    assert legs(clock("23:50:00", "00:05:00", "00:20:00")) == [timedelta(minutes=15)] * 2


@pytest.mark.parametrize(("earlier", "hours"), [("08:00:01", -12), ("08:00:00", -12), ("07:59:59", 12)])
def test_twelve_hours_part_the_next_day_from_a_wrong_order(earlier, hours):
    leg = legs(clock("20:00:00", earlier))[0]

    assert abs(leg - timedelta(hours=hours)) <= timedelta(seconds=1)


def test_a_wrong_order_after_midnight_stays_a_wrong_order():
    assert legs(clock("23:50:00", "00:05:00", "23:58:00")) == [timedelta(minutes=15), timedelta(minutes=-7)]


def test_a_night_that_passes_midnight_twice_goes_on():
    assert legs(clock("23:50:00", "00:05:00", "11:00:00", "22:00:00", "00:10:00"))[-1] == timedelta(
        minutes=130
    )


def test_a_very_long_leg_stays():
    assert legs(clock("00:10:00", "23:50:00")) == [timedelta(hours=23, minutes=40)]


def test_a_time_with_its_own_day_is_never_moved():
    written = [(0, datetime(2026, 5, 4, 23, 50)), (1, datetime(2026, 5, 4, 0, 5))]

    first, second = (moment for _, moment in in_utc(None, written, JAKARTA))

    assert second - first == timedelta(hours=-23, minutes=-45)


def test_a_time_with_its_own_zone_is_taken_as_it_is():
    written: list[tuple[int, datetime | time]] = [(0, datetime(2026, 5, 4, 6, tzinfo=UTC)), (1, time(13, 10))]

    first, second = (moment for _, moment in in_utc(DAY, written, JAKARTA))

    assert second - first == timedelta(minutes=10)


def test_an_hour_that_the_clocks_showed_twice_is_read_nearest_to_what_came_after():
    night = date(2012, 11, 4)
    moments = clock("01:49:24", "01:50:44", "02:00:37", day=night, zone=CHICAGO)

    assert legs(moments) == [timedelta(seconds=80), timedelta(seconds=593)]
    assert moments[0] == datetime(2012, 11, 4, 7, 49, 24, tzinfo=UTC)


def test_an_hour_shown_twice_with_nothing_after_it_is_read_as_the_first():
    night = date(2011, 11, 6)

    assert legs(clock("00:50:00", "01:10:00", day=night, zone=CHICAGO)) == [timedelta(minutes=20)]


def test_an_hour_that_the_clocks_left_out_is_no_time():
    with pytest.raises(ValueError, match="left out"):
        clock("02:30:00", day=date(2012, 3, 11), zone=CHICAGO)


def test_a_time_without_a_day_is_no_moment():
    with pytest.raises(ValueError, match="without a day"):
        clock("06:51:33", day=None)
