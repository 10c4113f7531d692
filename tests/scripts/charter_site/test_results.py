import pytest

from scripts.charter_site import results
from scripts.charter_site.words import Words
from tests.snapshots import HIDDEN, figure, leg

TIMED = {"mean_s": 800.0, "median_s": 700.0, "p90_s": 1500.0}


@pytest.fixture
def words():
    return Words("id")


@pytest.fixture
def average(city_charter):
    return city_charter.by_id["KBK.siap"]


@pytest.fixture
def shared(city_charter):
    return city_charter.by_id["KLL.tiba-ambulans"]


def test_a_promise_of_an_average_shows_the_mean(words, average):
    said = results.sentences(words, average, figure(n=28, **TIMED))

    assert said == ("Rata-rata 13 menit 20 detik.", "Sembilan dari sepuluh paling lama 25 menit.")


@pytest.mark.parametrize(
    ("n", "within", "said"),
    [(9, 7, "7 dari 9 dalam 15 menit."), (34, 13, "13 dari 34 dalam 15 menit (38 persen).")],
)
def test_a_promise_for_a_share_shows_how_many_and_a_percentage_only_from_twenty(
    words, shared, n, within, said
):
    assert results.sentences(words, shared, figure(n=n, within=within))[0] == said


@pytest.mark.parametrize(("n", "is_told"), [(19, False), (20, True)])
def test_the_longest_tenth_is_told_only_from_twenty(words, shared, n, is_told):
    said = " ".join(results.sentences(words, shared, figure(n=n, **TIMED)))

    assert ("Sembilan dari sepuluh" in said) is is_told
    assert "Nilai tengah 11 menit 40 detik." in said


def test_without_a_target_there_is_the_median(words, city_charter):
    open_one = city_charter.by_id["KLL.tiba-polisi"]

    assert results.sentences(words, open_one, leg(open_one.id, "KLL", 18, 742)) == (
        "Nilai tengah 12 menit 22 detik.",
    )


def test_what_small_numbers_hide_is_not_made_up(words, average, shared):
    for promise in (average, shared):
        nothing = figure(within=None)
        assert results.sentences(words, promise, nothing) == ()
        assert results.brief(words, promise, nothing) == ""
        assert results.brief(words, promise, figure(**HIDDEN)) == ""


@pytest.mark.parametrize(
    ("clause", "changes", "said"),
    [
        ("KBK.siap", {"n": 28, **TIMED}, "rata-rata 13 menit 20 detik, 28 kejadian"),
        ("KLL.tiba-ambulans", {"n": 34, "within": 13}, "13 dari 34 dalam 15 menit"),
        ("KLL.tiba-polisi", {"n": 18, "median_s": 742.0}, "nilai tengah 12 menit 22 detik, 18 kejadian"),
    ],
)
def test_beside_a_leg_it_is_said_briefly(words, city_charter, clause, changes, said):
    assert results.brief(words, city_charter.by_id[clause], figure(**changes)) == said


@pytest.mark.parametrize(
    ("clause", "changes", "said"),
    [
        ("KBK.siap", {}, "9 kejadian, 2 tanpa jam"),
        ("UMUM.angkat", {"n": 4120}, "4.120 panggilan, 2 tanpa jam"),
        ("PGD.jawab", {}, "9 masukan, 2 tanpa jam"),
        ("KBK.siap", {"out_of_order": 1}, "9 kejadian, 2 tanpa jam, 1 dengan urutan jam yang tidak mungkin"),
    ],
)
def test_what_was_counted_is_called_by_its_name(words, city_charter, clause, changes, said):
    assert results.counted(words, city_charter.by_id[clause], figure(**changes)) == said


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("KBK.siap", "Belum diukur. Data jam mulai menolong belum kami terima."),
        ("BKL.damping", "Belum diukur. Data jam didampingi belum kami terima."),
        ("PGD.jawab", "Belum diukur."),
        ("PGD.penanggung-jawab", "Belum diukur."),
    ],
)
def test_what_is_missing_is_named_where_it_is_not_ours(words, city_charter, clause, said):
    assert results.unmeasured(city_charter, words, city_charter.by_id[clause]) == said


@pytest.mark.parametrize(
    ("clause", "n", "is_small"),
    [("KBK.siap", 9, True), ("KBK.siap", 10, False), ("KBK.siap", 0, False), ("KLL.tiba-ambulans", 9, False)],
)
def test_only_a_promise_is_too_small_to_judge(city_charter, clause, n, is_small):
    assert results.is_too_small_to_judge(city_charter.by_id[clause], figure(n=n)) is is_small


@pytest.mark.parametrize(
    ("clause", "changes", "said"),
    [
        ("KBK.siap", {"n": 28, **TIMED}, "Rata-rata 13 menit 20 detik. Batasnya 15 menit."),
        ("KLL.tiba-ambulans", {"n": 34, "within": 13, **TIMED}, "13 dari 34 dalam 15 menit (38 persen)."),
        ("KLL.tiba-polisi", {"n": 18, "median_s": 742.0}, "Nilai tengah 12 menit 22 detik."),
        ("KLL.tiba-polisi", {"n": 4}, "Kejadiannya terlalu sedikit untuk menulis waktunya."),
    ],
)
def test_one_value_is_read_first(words, city_charter, clause, changes, said):
    promise = city_charter.by_id[clause]

    assert results.headline(words, promise, figure(**({"within": None} | changes))) == said
