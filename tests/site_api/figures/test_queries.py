from datetime import date, timedelta

import pytest

from charter_data.snapshot import Figure, Verdict
from site_api.calls import simulation
from site_api.database import db
from site_api.figures.queries import figures
from site_api.installation import installation
from tests.site_api.calls.logs import import_lincoln, import_rows, row

FIRST = date(2025, 6, 1)
LAST = date(2026, 5, 31)
pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def measure(tmp_path, city_charter):
    """Import rows and give the figures of the year by clause, service and agency."""

    def measure(rows=(), first_day=FIRST, last_day=LAST, kind="real"):
        if rows:
            import_rows(tmp_path, list(rows), kind)
        db.session.rollback()
        place = installation()
        found = figures(city_charter, first_day=first_day, last_day=last_day, zone=place.zone)
        by_key = {(one.clause, one.service, one.agency): one for one in found}
        assert len(by_key) == len(found)
        return by_key

    return measure


def shown(found):
    return {clause for (clause, _, _), figure in found.items() if not figure.is_hidden}


def counted(figure: Figure):
    return (figure.n, figure.missing, figure.out_of_order)


def fires(durations, **cells):
    """Give fires whose fire engine was told at 0 and had water on after so many seconds."""
    return [
        row(at, layanan="KBK", instansi="damkar", unit="D1", terus=0, tolong=seconds, **cells)
        for at, seconds in enumerate(durations)
    ]


def violence(count, *agencies):
    """Give cases of the service that hides behind a neutral code."""
    times = {"masuk": 0, "angkat": 5, "catat": 30, "terus": 60, "tiba": 600}
    return [
        row(f"b{at}", layanan="BKL", instansi=agency, unit="1", **times)
        for at in range(count)
        for agency in agencies or ("polres",)
    ]


def test_without_calls_nothing_is_measured(measure):
    assert measure() == {}


def test_a_case_runs_from_its_earliest_start_to_its_earliest_end(measure):
    found = measure(
        [
            row(1, layanan="KBK", instansi="damkar", unit="D1", terus=0, tolong=900),
            row(1, layanan="KBK", instansi="damkar", unit="D2", terus=60, tolong=600),
            row(1, layanan="KBK", instansi="polres", unit="P1", terus=30, tolong=120),
        ]
    )

    figure = found["KBK.siap", "KBK", None]
    assert counted(figure) == (1, 0, 0)
    assert (figure.median_s, figure.mean_s, figure.within) == (600, 600, 1)


def test_an_agency_that_was_not_sent_has_no_leg_to_miss(measure):
    found = measure([row(1, layanan="KBK", instansi="polres", unit="P1", terus=0, tolong=60)])

    assert ("KBK.siap", "KBK", None) not in found


def test_a_time_that_was_not_written_down_is_missing_and_a_wrong_order_is_counted_apart(measure):
    found = measure([*fires([600, -60]), row(9, layanan="KBK", instansi="damkar", unit="D1", terus=0)])

    assert counted(found["KBK.siap", "KBK", None]) == (1, 1, 1)


def test_an_end_before_its_start_is_left_out_of_the_figure(measure):
    found = measure(
        [row(9, layanan="KBK", instansi="damkar", unit="D1", terus=600, tolong=0), *fires([700, 800])]
    )

    figure = found["KBK.siap", "KBK", None]
    assert counted(figure) == (2, 0, 1)
    assert figure.median_s == 700


def test_each_agency_of_a_case_has_a_leg_of_its_own(measure):
    found = measure(
        [
            row(1, layanan="KLL", instansi="polres", unit="P1", terus=0, terima=30),
            row(1, layanan="KLL", instansi="dinkes", unit="A1", terus=10, terima=100),
            row(1, layanan="KLL", instansi="dinkes", unit="A2", terus=20, terima=90),
            row(2, layanan="KLL", instansi="polres", unit="P1", terus=0),
        ]
    )

    assert counted(found["UMUM.terima", None, None]) == (2, 1, 0)
    assert counted(found["UMUM.terima", "KLL", None]) == (2, 1, 0)
    assert found["UMUM.terima", "KLL", "polres"].median_s == 30
    assert counted(found["UMUM.terima", "KLL", "polres"]) == (1, 1, 0)
    assert found["UMUM.terima", "KLL", "dinkes"].median_s == 80


def test_the_gap_is_between_the_first_and_the_last_agency_to_be_told(measure):
    found = measure(
        [
            row(1, layanan="KLL", instansi="polres", unit="P1", terus=100),
            row(1, layanan="KLL", instansi="dinkes", unit="A1", terus=20),
            row(1, layanan="KLL", instansi="dinkes", unit="A2", terus=900),
            row(2, layanan="KLL", instansi="polres", unit="P1", terus=0),
            row(3, layanan="KLL", instansi="polres", unit="P1", terus=0),
            row(3, layanan="KLL", instansi="dinkes", unit="A1", tiba=0),
        ]
    )

    gap = found["KLL.serentak", "KLL", None]
    assert counted(gap) == (1, 1, 0)
    assert gap.median_s == 80


def test_an_escalation_is_of_the_agency_that_did_not_answer(measure):
    found = measure(
        [
            row(1, layanan="KLL", instansi="polres", unit="P1", terus=0, eskalasi=118),
            row(1, layanan="KLL", instansi="dinkes", unit="A1", terus=0, terima=20),
        ]
    )

    assert counted(found["UMUM.naik", "KLL", "polres"]) == (1, 0, 0)
    assert ("UMUM.naik", "KLL", "dinkes") not in found


def test_what_need_not_happen_is_never_missing(measure):
    found = measure([row(1, layanan="KLL", masuk=0, angkat=5, catat=30, selesai=900)])

    assert not shown(found) & {"UMUM.alih", "UMUM.naik", "UMUM.kabar"}


def test_what_should_have_happened_is_missing(measure):
    found = measure([row(1, layanan="MED", masuk=0, angkat=5), row(2, layanan="MED", angkat=0, pandu=50)])

    assert counted(found["MED.pandu", "MED", None]) == (1, 1, 0)


def test_a_unit_that_was_called_off_misses_nothing(measure):
    called_off = {"layanan": "KLL", "instansi": "dinkes", "unit": "A1", "masuk": 0, "terus": 60, "batal": 200}

    found = measure([row(1, **called_off)])

    assert ("KLL.tiba-ambulans", "KLL", None) not in found
    assert (
        counted(found["KLL.tiba-polisi", "KLL", None]) == (0, 1, 0)
        if ("KLL.tiba-polisi", "KLL", None) in found
        else True
    )


def test_only_genuine_emergencies_count_except_for_how_soon_a_call_is_answered(measure):
    found = measure(
        [
            row(1, kelas="iseng", masuk=0, angkat=9, catat=60),
            row(2, kelas="", masuk=0, angkat=7, catat=60),
            row(3, kelas="terputus", masuk=0),
            row(4, kelas="senyap", angkat=0),
        ]
    )

    assert counted(found["UMUM.angkat", None, None]) == (2, 1, 0)
    assert {clause for clause, _, agency in found if found[clause, _, agency].n is not None} == {
        "UMUM.angkat"
    }


def test_a_mass_incident_is_in_no_figure(measure):
    found = measure([row(1, layanan="BJR", masuk=0, angkat=5, catat=30, massal=600), *fires([600])])

    assert ("UMUM.angkat", "BJR", None) not in found
    assert found["UMUM.catat", None, None].n == 0


@pytest.mark.parametrize(
    ("day", "is_inside"),
    [("2025-05-31", False), ("2025-06-01", True), ("2026-05-31", True), ("2026-06-01", False)],
)
def test_a_period_takes_the_calls_that_began_on_its_days(measure, day, is_inside):
    found = measure([row(1, masuk=f"{day} 00:00:00", angkat=f"{day} 00:00:09"), *fires([600])])

    assert (("UMUM.angkat", None, None) in found) is is_inside


def test_foreign_calls_are_in_no_figure(measure):
    import_lincoln()

    assert measure(fires([600]), kind="foreign", first_day=date(2009, 1, 1)) == {}


@pytest.mark.parametrize(("count", "verdict"), [(9, Verdict.NOT_JUDGED), (10, Verdict.KEPT)])
def test_a_law_is_judged_from_ten_cases(measure, count, verdict):
    assert measure(fires([600, 610] * count)[:count])["KBK.siap", "KBK", None].verdict is verdict


def test_a_proposal_is_measured_and_never_judged(measure):
    found = measure([row(at, masuk=0, angkat=9) for at in range(30)])

    figure = found["UMUM.angkat", None, None]
    assert (figure.within, figure.verdict) == (30, Verdict.NOT_JUDGED)


@pytest.mark.parametrize(("count", "is_shown"), [(19, False), (20, True)])
def test_the_longest_tenth_is_shown_from_twenty_cases(measure, count, is_shown):
    figure = measure(fires([600] * count))["KBK.siap", "KBK", None]

    assert (figure.p90_s is not None) is is_shown
    assert figure.median_s == 600


def test_two_promises_on_one_clock_are_timed_but_held_against_no_target(measure):
    found = measure([row(1, layanan="HWN", instansi="damkar", unit="D1", masuk=0, tiba=600)])

    for clause in ("HWN.tiba-bahaya", "HWN.tiba-lain"):
        assert found[clause, "HWN", None].median_s == 600
        assert found[clause, "HWN", None].within is None


@pytest.mark.parametrize("count", [0, 1, 9])
def test_a_sensitive_service_tells_nothing_below_ten_cases_not_even_that_there_were_none(measure, count):
    found = measure([*violence(count), *fires([600])])

    for clause in ("BKL.tiba-polisi", "BKL.lindung", "UMUM.angkat", "UMUM.terus"):
        assert found[clause, "BKL", None].is_hidden
        assert found[clause, "BKL", None].verdict is Verdict.NOT_JUDGED


def test_it_is_people_that_count_for_that_and_not_legs(measure):
    found = measure(violence(6, "polres", "p3apm"))

    assert found["UMUM.terus", "BKL", None].is_hidden


def test_a_sensitive_service_is_told_from_ten_cases_but_never_by_agency(measure):
    found = measure(violence(10))

    assert found["BKL.tiba-polisi", "BKL", None].median_s == 600
    assert found["UMUM.terus", "BKL", None].n == 10
    assert not [key for key in found if key[1] == "BKL" and key[2]]


def test_a_sensitive_service_tells_nothing_of_less_than_a_year(measure):
    shorter = measure(violence(12), first_day=FIRST + timedelta(days=1))

    assert shorter["BKL.tiba-polisi", "BKL", None].is_hidden


def test_what_is_hidden_cannot_be_found_by_subtraction(measure):
    with_few = measure([*violence(3), row(1, layanan="KLL", masuk=0, angkat=5, catat=30)])

    assert counted(with_few["UMUM.catat", None, None]) == (1, 0, 0)
    assert counted(with_few["UMUM.catat", "KLL", None]) == (1, 0, 0)


def test_a_simulated_year_has_figures_of_every_ordinary_service_and_hides_the_others(tmp_path, measure):
    last_day = date(2026, 10, 31)
    simulation.import_year(installation(), tmp_path, year_end=last_day, seed=112)

    found = measure(first_day=date(2025, 11, 1), last_day=last_day)

    assert found["KBK.siap", "KBK", None].verdict in (Verdict.KEPT, Verdict.UNCERTAIN, Verdict.MISSED)
    assert found["UMUM.terima", "KLL", "polres"].missing > found["UMUM.terima", "KLL", "dinkes"].missing
    assert found["UMUM.terima", None, None].out_of_order > 0
    assert all(one.is_hidden for one in found.values() if one.service in ("BKL", "JWA"))


@pytest.mark.parametrize("timed", [8, 9])
def test_what_is_hidden_is_left_out_of_the_whole_however_many_were_recorded(measure, timed):
    cases = violence(12)
    for case in cases[timed:]:
        case["catat"] = ""
    found = measure([*cases, *(row(f"k{at}", layanan="KBK", masuk=0, angkat=5, catat=20) for at in range(3))])

    assert found["UMUM.catat", "BKL", None].is_hidden
    assert counted(found["UMUM.catat", None, None]) == (3, 0, 0)
