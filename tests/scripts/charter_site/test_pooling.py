import pytest

from scripts.charter_site.measures import Measures
from scripts.charter_site.pooling import Pool, handed_over, pools, recorded
from scripts.charter_site.words import Words
from tests.snapshots import HIDDEN, figure, leg, snapshot, year

ID = Words("id")


@pytest.fixture
def accepts(city_charter):
    return city_charter.by_id["UMUM.terima"]


def measured(charter, *figures):
    return Measures(snapshot(charter, figures=figures))


def accepted(service, n, agency="dinkes", **changes):
    return leg("UMUM.terima", service, n, 40, agency=agency, **({"within": n} | changes))


def test_counts_of_an_agency_are_added_up_over_the_services(city_charter, accepts):
    given = measured(
        city_charter,
        accepted("KLL", 33, within=24, missing=5, out_of_order=2),
        accepted("MED", 12, within=9, missing=0),
        accepted(None, 400),
        leg("UMUM.terima", "KLL", 81, 40),
        figure(clause="UMUM.terima", service="BKL", agency="dinkes", **HIDDEN),
        leg("UMUM.terus", "KLL", 40, 24, agency="dinkes"),
    )

    assert pools(given, accepts) == {"dinkes": Pool(45, 5, 2, 33)}


def test_what_was_counted_only_in_part_is_not_told_as_the_whole(city_charter, accepts):
    given = measured(city_charter, accepted("KLL", 33), accepted("MED", 12, within=None))

    assert pools(given, accepts)["dinkes"].within is None
    assert handed_over(city_charter, ID, given, [accepts]).rows[0].cells[0].said == "belum dihitung"


def test_an_agency_has_a_row_only_from_ten_cases_and_the_others_are_named(city_charter, accepts):
    given = measured(
        city_charter, accepted("KLL", 10), accepted("KBK", 9, "damkar"), accepted("KLL", 20, "polres")
    )

    table = handed_over(city_charter, ID, given, [accepts])

    assert table.heads == ("Instansi", "Diterima dalam 60 detik", "Diterima: tanpa jam")
    assert [[row.name, *(cell.said for cell in row.cells)] for row in table.rows] == [
        ["Dinkes", "10 dari 10", "2"],
        ["Polres", "20 dari 20", "2"],
    ]
    assert [row.cells[0].beneath for row in table.rows] == ["", "100 persen"]
    assert "tidak ditulis: Damkar." in table.note


def test_a_leg_with_few_cases_is_not_told_beside_one_with_enough(city_charter, accepts):
    passed_on = city_charter.by_id["UMUM.terus"]
    given = measured(
        city_charter,
        accepted("KLL", 9),
        leg("UMUM.terus", "KLL", 12, 24, agency="dinkes", within=11),
        leg("UMUM.terus", "KLL", 12, 24, agency="polres", within=11),
    )

    rows = handed_over(city_charter, ID, given, [passed_on, accepts]).rows

    assert [[cell.said for cell in row.cells] for row in rows] == [
        ["11 dari 12", "kurang dari 10 kejadian", "2"],
        ["11 dari 12", "belum diukur", "belum diukur"],
    ]


def test_agencies_keep_the_order_of_the_charter_whoever_was_faster(city_charter, accepts):
    table = handed_over(city_charter, ID, Measures(year(city_charter)), [accepts])

    shown = [row.address.removeprefix("instansi/#") for row in table.rows]

    assert shown == [body.key for body in city_charter.agencies if body.key in shown]
    assert len(shown) == 3


def test_records_are_told_as_x_of_y_even_where_there_are_few(city_charter, accepts):
    leaves = city_charter.by_id["UMUM.berangkat"]
    given = measured(city_charter, accepted("KLL", 28, missing=12), accepted("KLL", 7, "damkar", missing=2))

    table = recorded(city_charter, ID, given, [accepts, leaves])

    assert table.heads[1:] == ("Dari diteruskan sampai diterima", "Dari diterima sampai berangkat")
    assert [[row.name, *(cell.said for cell in row.cells)] for row in table.rows] == [
        ["Damkar", "7 dari 9", "belum diukur"],
        ["Dinkes", "28 dari 40", "belum diukur"],
    ]
    assert [row.cells[0].beneath for row in table.rows] == ["", "70 persen"]
