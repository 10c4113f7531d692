import pytest

from charter_data.snapshot import Verdict
from charter_data.vocabulary import Event, ServiceKind
from scripts.charter_site.measures import Measures
from scripts.charter_site.tables import by_class, by_promise, by_service, leg
from scripts.charter_site.views import in_order
from scripts.charter_site.words import Words
from tests.snapshots import HIDDEN, counts, figure, snapshot, year
from tests.snapshots import leg as timed

ID = Words("id")


def ends_with(*events):
    return lambda promise: promise.clock is not None and promise.clock.end in events


ANSWERED = ends_with(Event.ANSWERED)
ARRIVED = ends_with(Event.ARRIVES, Event.HELP_BEGINS)


def table_of(charter, wanted, *figures, words=ID):
    return by_service(charter, words, Measures(snapshot(charter, figures=figures)), wanted)


def said(row):
    return [cell.said for cell in row.cells] or row.instead


def row_of(table, name, note=""):
    return next(row for row in table.rows if row.name == name and note in row.note)


def test_services_stand_in_the_order_of_the_home_page_whatever_was_measured(city_charter):
    table = table_of(city_charter, ANSWERED, timed("UMUM.angkat", "KLL", 40, 8, within=40))
    emergencies = [one for one in in_order(city_charter) if one.kind is ServiceKind.EMERGENCY]

    assert [row.name for row in table.rows] == [one.title.id for one in emergencies]
    assert [row.address for row in table.rows] == [f"layanan/{one.slug}/" for one in emergencies]


def test_a_row_says_how_many_in_time_the_median_how_many_and_how_many_without_a_time(city_charter):
    table = table_of(city_charter, ANSWERED, timed("UMUM.angkat", "KBK", 33, 9, within=29, out_of_order=1))
    row = row_of(table, "Kebakaran")

    assert table.heads == ("Layanan", "Dalam 15 detik", "Nilai tengah", "Jumlah", "Tanpa jam")
    assert said(row) == ["29 dari 33", "9 detik", "33", "2"]
    assert [cell.beneath for cell in row.cells] == ["88 persen", "", "", "1 urutan keliru"]


@pytest.mark.parametrize(("n", "beneath"), [(19, ""), (20, "50 persen")])
def test_a_percentage_stands_only_from_twenty(city_charter, n, beneath):
    table = table_of(city_charter, ANSWERED, timed("UMUM.angkat", "KBK", n, 9, within=10))

    assert row_of(table, "Kebakaran").cells[0].beneath == beneath


def test_a_row_never_borrows_the_figure_of_all_calls(city_charter):
    table = table_of(city_charter, ANSWERED, timed("UMUM.angkat", None, 412, 9, within=371))

    assert {row.instead for row in table.rows} == {"belum diukur"}


def test_a_sensitive_service_has_its_neutral_name_and_no_more(city_charter):
    given = figure(clause="BKL.tiba-polisi", service="BKL", **HIDDEN)
    row = row_of(table_of(city_charter, ARRIVED, given), "Bantuan keluarga")

    assert (row.address, row.note) == ("layanan/bantuan-keluarga/", "")
    assert said(row) == "disembunyikan agar tidak ada yang dikenali"


@pytest.mark.parametrize(("missing", "told"), [(3, "belum diukur, 3 tanpa jam"), (0, "belum diukur")])
def test_where_there_is_no_time_at_all_it_says_how_many_are_missing(city_charter, missing, told):
    given = figure(clause="BJR.tiba-penolong", service="BJR", n=0, missing=missing, within=0)

    row = row_of(table_of(city_charter, ARRIVED, given), "Banjir dan bencana alam")

    assert said(row) == told


def test_limits_that_differ_stand_in_the_rows(city_charter):
    table = table_of(
        city_charter,
        ARRIVED,
        figure(mean_s=629.0, median_s=601.0, n=30, within=28),
        figure(clause="KLL.tiba-polisi", service="KLL", agency="polres", within=None),
        timed("KLL.tiba-ambulans", "KLL", 36, 770, within=25),
    )

    assert table.heads[1] == "Dalam batas waktu"
    fire = row_of(table, "Kebakaran", "sejak diteruskan sampai mulai menolong").cells[0]
    assert (fire.said, fire.beneath) == ("10 menit 29 detik", "rata-rata, batas 15 menit")
    ambulance = row_of(table, "Kecelakaan lalu lintas", "Dinkes").cells[0]
    assert (ambulance.said, ambulance.beneath) == ("25 dari 36", "batas 15 menit, 69 persen")
    police = row_of(table, "Kecelakaan lalu lintas", "Polres")
    assert said(police)[:2] == ["belum ada batas waktu", "tidak ditulis"]


def test_two_clauses_that_were_timed_as_one_stand_once(city_charter):
    both = ("HWN.tiba-bahaya", "HWN.tiba-lain")
    table = table_of(city_charter, ARRIVED, *(timed(one, "HWN", 8, 705, agency="damkar") for one in both))

    rows = [row for row in table.rows if row.address == "layanan/hewan-berbahaya/"]

    assert [said(row)[0] for row in rows] == ["belum dihitung"]


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("KLL.tiba-ambulans", "Dinkes: tiba"),
        ("TGL.tiba-penolong", "tiba"),
        ("KBK.siap", "Damkar: sejak diteruskan sampai mulai menolong"),
        ("PGD.jawab", ""),
        ("PGD.penanggung-jawab", ""),
    ],
)
def test_a_leg_is_named_briefly(city_charter, clause, name):
    assert leg(city_charter, ID, city_charter.by_id[clause]) == name


def test_kinds_of_calls_stand_in_the_order_of_their_definitions(city_charter):
    table = by_class(city_charter, ID, counts())

    assert [(row.name, said(row)) for row in table.rows] == [("Darurat", ["6"]), ("Panggilan iseng", ["20"])]


def test_every_promise_stands_with_what_came_of_it_a_sensitive_one_under_its_neutral_name(city_charter):
    rows = by_promise(city_charter, ID, Measures(year(city_charter))).rows

    assert [(row.name.split()[0], said(row)) for row in rows] == [
        ("Damkar", ["ditepati"]),
        ("Bantuan", "disembunyikan agar tidak ada yang dikenali"),
    ]


def test_a_promise_with_too_few_cases_is_not_judged(city_charter):
    few = figure(verdict=Verdict.NOT_JUDGED)

    rows = by_promise(city_charter, Words("en"), Measures(snapshot(city_charter, figures=(few,)))).rows

    assert [said(row) for row in rows] == [
        "Not judged yet: that takes at least 10 cases.",
        "not measured yet",
    ]
