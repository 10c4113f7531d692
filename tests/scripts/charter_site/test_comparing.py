from datetime import date

import pytest

from scripts.charter_site.comparing import compare
from scripts.charter_site.measures import Measures
from tests.snapshots import HIDDEN, figure, leg, snapshot, year


def compared(charter, code, *figures):
    given = snapshot(charter, figures=figures) if figures else year(charter)
    return compare(charter, charter.service[code], Measures(given))


def test_a_crash_sets_police_and_ambulance_side_by_side(city_charter):
    table = compared(city_charter, "KLL")

    assert [body.key for body in table.agencies] == ["polres", "dinkes"]
    assert [(one.clock.start.value, one.clock.end.value) for one in table.legs] == [
        ("catat", "terus"),
        ("terus", "terima"),
        ("terima", "berangkat"),
        ("masuk", "tiba"),
    ]


def test_two_promises_of_one_clock_share_a_row(city_charter):
    arrival = compared(city_charter, "KLL").legs[-1]

    assert {promise.id for promise in arrival.promises} == {"KLL.tiba-ambulans", "KLL.tiba-polisi"}
    assert {key: figure.clause for key, figure in arrival.figures.items()} == {
        "dinkes": "KLL.tiba-ambulans",
        "polres": "KLL.tiba-polisi",
    }


def test_two_promises_of_one_agency_stand_apart(city_charter):
    both = (leg("HWN.tiba-bahaya", "HWN", 12, 600.0), leg("HWN.tiba-lain", "HWN", 30, 1500.0))

    assert [[one.id for one in row.promises] for row in compared(city_charter, "HWN", *both).legs] == [
        ["HWN.tiba-bahaya"],
        ["HWN.tiba-lain"],
    ]


def test_an_agency_that_leads_has_its_column_even_unmeasured_and_a_helper_only_when_measured(city_charter):
    helped = compared(city_charter, "KLL", leg("UMUM.terima", "KLL", 11, 60.0, agency="damkar"))

    assert [body.key for body in helped.agencies] == ["polres", "dinkes", "damkar"]


@pytest.mark.parametrize(
    ("service", "agency"), [("MED", None), ("KLL", "polres"), ("MED", "sudah_bubar")], ids=str
)
def test_there_is_no_table_without_a_figure_of_an_agency_for_the_service(city_charter, service, agency):
    given = leg("UMUM.terima", service, 11, 60.0, agency=agency)

    assert compared(city_charter, "MED", given) is None


def test_there_is_no_table_without_a_snapshot(city_charter):
    assert compare(city_charter, city_charter.service["MED"], Measures(None)) is None


def test_the_table_covers_the_days_of_all_its_figures(city_charter):
    early = leg("UMUM.terima", "KLL", 11, 60.0, agency="polres", first_day=date(2025, 7, 1))
    late = figure(clause="UMUM.terima", service="KLL", agency="dinkes", **HIDDEN, last_day=date(2027, 1, 31))

    assert compared(city_charter, "KLL", early, late).days == (date(2025, 7, 1), date(2027, 1, 31))
