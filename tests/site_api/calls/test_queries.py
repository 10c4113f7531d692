from datetime import date
from zoneinfo import ZoneInfo

import pytest

from charter_data.vocabulary import CallClass, Event
from site_api.calls.queries import call_counts, legs_of
from tests.site_api.calls.logs import import_lincoln, import_rows, row

ZONE = ZoneInfo("Asia/Jakarta")
DAY = date(2026, 5, 4)
pytestmark = pytest.mark.usefixtures("app")


def test_calls_are_counted_by_what_became_of_them(tmp_path):
    import_rows(
        tmp_path,
        [
            row(1, masuk=0, angkat=9),
            row(2, masuk=0, angkat=9, kelas="iseng"),
            row(3, masuk=0, kelas="terputus"),
            row(4, masuk=0, angkat=8, kelas=""),
            row(5, instansi="damkar", terus=0),
        ],
    )

    counts = call_counts(DAY, DAY, ZONE)

    assert (counts.arrived, counts.answered) == (4, 3)
    assert counts.by_class == {CallClass.EMERGENCY: 1, CallClass.NUISANCE: 1, CallClass.DROPPED: 1}


@pytest.mark.parametrize(
    ("masuk", "is_counted"),
    [
        ("2026-05-03 23:59:59", False),
        ("2026-05-04 00:00:00", True),
        ("2026-05-04 23:59:59", True),
        ("2026-05-05 00:00:00", False),
    ],
)
def test_a_day_begins_and_ends_at_midnight_of_the_city(tmp_path, masuk, is_counted):
    import_rows(tmp_path, [row(1, masuk=masuk)])

    assert call_counts(DAY, DAY, ZONE).arrived == is_counted


def test_foreign_calls_are_never_counted(tmp_path):
    import_lincoln()
    import_rows(tmp_path, [row(1, masuk=0)], "foreign")

    assert call_counts(date(2009, 1, 1), date(2027, 1, 1), ZONE).arrived == 0


def test_the_legs_of_a_log_run_between_neighbours_of_the_events_it_records(tmp_path):
    import_rows(
        tmp_path,
        [
            row(1, instansi="polres", unit="a", masuk=0, angkat=9, terus=60, tiba=600),
            row(1, instansi="dinkes", unit="b", masuk=0, angkat=9, terus=50),
            row(2, masuk=0, angkat=7),
        ],
    )
    events = frozenset({Event.CALL_ARRIVES, Event.ANSWERED, Event.PASSED_ON, Event.ARRIVES})

    found = {f"{start}-{end}": sorted(legs, key=str) for (start, end), legs in legs_of("log-kota", events)}

    assert found == {"masuk-angkat": [7, 9], "angkat-terus": [41, 51], "terus-tiba": [540, None]}
